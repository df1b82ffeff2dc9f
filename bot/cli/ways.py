"""The ways of labelling that `evaluate` knows, by the names that the command line gives them.

Those of one run share an embedder that remembers, as they all read the same texts.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from core.errors import BadConfig

if TYPE_CHECKING:
    from bot.config import Settings
    from core.comparing import Learner
    from core.models.heads import Forest, Head
    from core.ports import Embedder
    from core.taxonomy import Taxonomy

NEED_EXAMPLES = ("flat", "cascade", "sequence")
"""Those that know nothing before they have learnt."""


def _entailment(settings: "Settings", tree: "Taxonomy", embedder: "Embedder") -> "Learner":
    """The labels that the bot gives."""
    from bot.app import make_annotator
    from core.evaluation import AnnotatorMethod
    from core.learners import Fixed

    del embedder
    return Fixed(AnnotatorMethod(make_annotator(settings), tree, settings.language, at_once=64))


def _llm(settings: "Settings", tree: "Taxonomy", embedder: "Embedder") -> "Learner":
    """What a language model suggests, shown examples if there are any; its answers fail one by
    one."""
    from bot.app import make_llm
    from core.evaluation import AnnotatorMethod
    from core.learners import ShownLearner

    server = make_llm(settings)
    if server is None:
        raise BadConfig(
            "There is no language model to evaluate. Name its server and model in [llm] (see "
            "config.example.toml).",
            key="llm.base_url",
            found="nothing",
            expected='an address such as "http://127.0.0.1:11434/v1"',
        )
    from core.models.llm.annotator import LlmAnnotator, Prototypes

    prototypes = Prototypes(embedder)
    return ShownLearner(
        lambda shown: AnnotatorMethod(
            LlmAnnotator(server, embedder, precedents=shown, prototypes=prototypes),
            tree,
            settings.language,
            at_once=1,
        ),
        embedder,
    )


def _headed(
    name: str, make: "Callable[[Forest], Head]", tree: "Taxonomy", embedder: "Embedder"
) -> "Learner":
    from core.learners import HeadLearner
    from core.models.heads import Forest

    return HeadLearner(name, make, Forest.of(tree), embedder)


def _flat(settings: "Settings", tree: "Taxonomy", embedder: "Embedder") -> "Learner":
    """Each label by itself."""
    from core.models.heads import Flat

    del settings
    return _headed("flat", Flat, tree, embedder)


def _cascade(settings: "Settings", tree: "Taxonomy", embedder: "Embedder") -> "Learner":
    """Level by level."""
    from core.models.heads import Cascade

    del settings
    return _headed("cascade", Cascade, tree, embedder)


def _sequence(settings: "Settings", tree: "Taxonomy", embedder: "Embedder") -> "Learner":
    """Paths written one token after the other."""
    from core.models.heads import Sequences

    del settings
    return _headed("sequence", Sequences, tree, embedder)


METHODS: "Mapping[str, Callable[[Settings, Taxonomy, Embedder], Learner]]" = {
    "entailment": _entailment,
    "flat": _flat,
    "cascade": _cascade,
    "sequence": _sequence,
    "llm": _llm,
}


def make_ways(names: Sequence[str], settings: "Settings", tree: "Taxonomy") -> "dict[str, Learner]":
    """The ways of these names, in their order."""
    from bot.app import make_embedder
    from core.learners import RememberingEmbedder

    embedder = RememberingEmbedder(make_embedder(settings))
    return {name: METHODS[name](settings, tree, embedder) for name in names}
