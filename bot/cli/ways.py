"""The ways of labelling that `evaluate` knows, by the names that the command line gives them.

Those of one run share an embedder that remembers, as they all read the same texts.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from core.errors import BadConfig

if TYPE_CHECKING:
    from bot.config import Settings
    from core.comparing import Learner
    from core.models.heads import Forest, Head
    from core.ports import Annotator, Embedder
    from core.taxonomy import Taxonomy

NEED_EXAMPLES = ("flat", "cascade", "sequence")
"""Those that know nothing before they have learnt."""


@dataclass(frozen=True, slots=True)
class Tools:
    """What ways need.

    Attributes:
        embedder: remembers what it embedded.
        work: a folder for models that are made on the way.
    """

    embedder: "Embedder"
    work: Path


def _entailment(settings: "Settings", tree: "Taxonomy", tools: "Tools") -> "Learner":
    """The labels that the bot gives; with examples, by a model of ours that is fine-tuned."""
    from bot.app import make_annotator
    from core.evaluation import AnnotatorMethod
    from core.learners import Fixed, TunedLearner
    from core.models.entailer import BUILTIN_NAME, is_ours
    from core.tuning import FolderTuner

    annotator = make_annotator(settings)
    name = settings.models.entailer
    base = None if name in (None, BUILTIN_NAME) else Path(name).expanduser()
    if base is not None and not is_ours(base):
        return Fixed(AnnotatorMethod(annotator, tree, settings.language, at_once=64))

    def opened(folder: Path) -> "Annotator":
        models = settings.models.model_copy(update={"entailer": str(folder)})
        return make_annotator(settings.model_copy(update={"models": models}))

    tuner = FolderTuner(
        tools.work,
        tree,
        settings.language,
        opened,
        base=base,
        threads=settings.models.threads or None,
    )
    return TunedLearner(annotator, tuner, tree, settings.language)


def _llm(settings: "Settings", tree: "Taxonomy", tools: "Tools") -> "Learner":
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

    embedder, prototypes = tools.embedder, Prototypes(tools.embedder)
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


def _flat(settings: "Settings", tree: "Taxonomy", tools: "Tools") -> "Learner":
    """Each label by itself."""
    from core.models.heads import Flat

    del settings
    return _headed("flat", Flat, tree, tools.embedder)


def _cascade(settings: "Settings", tree: "Taxonomy", tools: "Tools") -> "Learner":
    """Level by level."""
    from core.models.heads import Cascade

    del settings
    return _headed("cascade", Cascade, tree, tools.embedder)


def _sequence(settings: "Settings", tree: "Taxonomy", tools: "Tools") -> "Learner":
    """Paths written one token after the other."""
    from core.models.heads import Sequences

    del settings
    return _headed("sequence", Sequences, tree, tools.embedder)


METHODS: "Mapping[str, Callable[[Settings, Taxonomy, Tools], Learner]]" = {
    "entailment": _entailment,
    "flat": _flat,
    "cascade": _cascade,
    "sequence": _sequence,
    "llm": _llm,
}


def make_ways(
    names: Sequence[str], settings: "Settings", tree: "Taxonomy", *, work: Path
) -> "dict[str, Learner]":
    """The ways of these names, in their order; `work` is a folder for what is trained."""
    from bot.app import make_embedder
    from core.learners import RememberingEmbedder

    tools = Tools(RememberingEmbedder(make_embedder(settings)), work)
    return {name: METHODS[name](settings, tree, tools) for name in names}
