"""Labels texts by asking a language model: embed, filter, classify.

1. Embed the premise.
2. Filter: the labels most like it in each dimension, with their ancestors, and the most alike texts
   whose labels people have decided.
3. Classify: one question with the codebook entries of those labels and those examples.

A language model gives no probabilities that mean anything, so an answer is 1 or 0. What the filter
left out was not asked; `exhaustive` adds it as 0 and asks nothing more.
"""

import logging
import secrets
import time
from collections.abc import Callable, Collection, Sequence
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from core.domain import (
    Answer,
    Example,
    ItemLabel,
    Labelling,
    LabelPath,
    Language,
    Origin,
    Premise,
)
from core.errors import BadAnswer
from core.models.llm import answers, prompt
from core.models.llm.budget import estimate
from core.models.llm.server import Schema, Server
from core.ports import Embedder, Examples, Precedents, Vectors
from core.taxonomy import Label, Taxonomy, ancestors, dimension_of, localised, parent_of

log = logging.getLogger(__name__)

T = TypeVar("T")

MOST_ALIKE = 12
"""Labels of a dimension that are asked about, besides their ancestors.

Swept 4-16 on 300 texts each of four public sets (those of `tests/eval/labels.py`) with the starter
taxonomy, 94 of whose 151 labels are topics: a topic of the text's section is among the candidates
for 95 % of Taiwan's statutes in Chinese and 98 % in English, 92 % of English news and 80 % of
headlines in Simplified Chinese; with 8 it is 94, 96, 89 and 74 %, with 16 96, 99, 95 and 82 %. The
question has some 65 entries then; with 8 it has 49, which are about 2,600 tokens (`estimate`).
"""

MOST_EXAMPLES = 6
"""Decided texts that are shown; more of them crowd out the codebook of small models."""

AGAIN = "\n\nYour last answer was not the JSON object that was asked for. Answer with it alone."


class Prototypes:
    """Each label as a vector: its name, aliases and definition. Kept until they change.

    Args:
        embedder: makes them.
    """

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._kept: dict[Language, tuple[Sequence[str], Vectors]] = {}

    def of(self, labels: Sequence[Label], language: Language) -> Vectors:
        """Array of shape (n, size), in the order of n labels."""
        texts = [_prototype(label, language) for label in labels]
        kept = self._kept.get(language)
        if kept is None or kept[0] != texts:
            kept = self._kept[language] = (texts, self._embedder.embed(texts))
        return kept[1]


class LlmAnnotator:
    """An annotator that asks a language model.

    Args:
        server: where it is.
        embedder: compares premise, labels and examples.
        precedents: decided texts of the community; None: there are none to show.
        prototypes: of labels, where several annotators share them.
        key: secret; marks what is data. None: a new one.

    Attributes:
        dropped: how many answered labels were nobody's, since the beginning.
    """

    def __init__(
        self,
        server: Server,
        embedder: Embedder,
        *,
        precedents: Precedents | None = None,
        prototypes: Prototypes | None = None,
        key: bytes | None = None,
    ) -> None:
        self._server = server
        self._embedder = embedder
        self._precedents = precedents
        self._key = key or secrets.token_bytes(32)
        self._prototypes = prototypes or Prototypes(embedder)
        self.dropped = 0

    @property
    def version(self) -> str:
        """Prompt and model."""
        return f"llm@{prompt.VERSION}/{self._server.model}"

    def annotate(
        self,
        premises: Sequence[Premise],
        *,
        taxonomy: Taxonomy,
        language: Language,
        exhaustive: bool = False,
        earlier: Collection[Labelling] = (),
        examples: Examples | None = None,
    ) -> list[Labelling]:
        """Label each premise, by one question each; see `core.ports.Annotator`.

        Earlier answers and vectors of examples make no difference: it has precedents of its own.

        Raises:
            OverBudget, ModelBusy, ModelUnavailable: see `Server.ask`.
            BadAnswer: twice no answer in the form that was asked for.
        """
        del earlier, examples
        return [
            self._label(premise, taxonomy, language, exhaustive=exhaustive) for premise in premises
        ]

    def _label(
        self, premise: Premise, taxonomy: Taxonomy, language: Language, *, exhaustive: bool
    ) -> Labelling:
        started = time.monotonic()
        # 1. embed
        (vector,) = self._embedder.embed([premise.text])
        # 2. filter
        ranked = self._ranked(vector, taxonomy, language)
        examples: list[Example] = []
        if self._precedents is not None:
            examples = self._precedents.nearest(vector, limit=MOST_EXAMPLES)
        question, asked = self._fitting(premise, ranked, examples, taxonomy, language)
        # 3. classify
        checked = ask_twice(
            self._server,
            question,
            answers.labels_schema(asked),
            lambda text: answers.read_labels(text, asked=asked, taxonomy=taxonomy),
        )
        self.dropped += checked.dropped
        log.info(
            "llm labelled asked=%s labels=%s dropped=%s in %.1f s",
            len(asked),
            len(checked.labels),
            checked.dropped,
            time.monotonic() - started,
        )
        return self._labelling(
            premise, checked.labels, asked, taxonomy, language, exhaustive=exhaustive
        )

    def _ranked(
        self, vector: NDArray[np.float32], taxonomy: Taxonomy, language: Language
    ) -> list[Label]:
        """The labels most like a premise, best first, `MOST_ALIKE` of each dimension."""
        labels = list(taxonomy.walk())
        likeness = self._prototypes.of(labels, language) @ vector
        ranked = [labels[place] for place in np.argsort(-likeness, kind="stable")]
        seen: dict[str, int] = {}
        kept: list[Label] = []
        for label in ranked:
            dimension = dimension_of(label.path)
            seen[dimension] = seen.get(dimension, 0) + 1
            if seen[dimension] <= MOST_ALIKE:
                kept.append(label)
        return kept

    def _fitting(
        self,
        premise: Premise,
        ranked: Sequence[Label],
        examples: Sequence[Example],
        taxonomy: Taxonomy,
        language: Language,
    ) -> tuple[prompt.Question, list[LabelPath]]:
        """The largest question within the limit: examples give way first, then the last labels."""
        shown, kept = list(examples), list(ranked)
        while True:
            paths = {above for label in kept for above in (*ancestors(label.path), label.path)}
            candidates = [label for label in taxonomy.walk() if label.path in paths]
            question = prompt.labelling_question(
                premise.text,
                candidates=candidates,
                examples=shown,
                taxonomy=taxonomy,
                language=language,
                key=self._key,
            )
            is_fitting = estimate(question.system + question.user) <= self._server.room
            if is_fitting or len(kept) <= 1:
                return question, [label.path for label in candidates]
            if shown:
                shown.pop()
            else:
                kept = kept[: max(1, len(kept) * 3 // 4)]

    def _labelling(
        self,
        premise: Premise,
        labels: Sequence[LabelPath],
        asked: Sequence[LabelPath],
        taxonomy: Taxonomy,
        language: Language,
        *,
        exhaustive: bool,
    ) -> Labelling:
        """What was answered, level by level: under a label that was refused nothing is told."""
        accepted = set(labels)
        told = [label.path for label in taxonomy.walk()]
        if not exhaustive:
            within = set(asked)
            told = [
                path
                for path in told
                if path in within and (parent_of(path) is None or parent_of(path) in accepted)
            ]
        return Labelling(
            premise=premise,
            language=language,
            model=self.version,
            wording=taxonomy.wording,
            answers=tuple(
                Answer(path, taxonomy.hypothesis(path, language), float(path in accepted))
                for path in told
            ),
            labels=tuple(ItemLabel(path, 1.0, origin=Origin.LLM) for path in labels),
            origin=Origin.LLM,
        )


def ask_twice(
    server: Server, question: prompt.Question, schema: Schema, read: Callable[[str], T]
) -> T:
    """Ask, and once more if the answer cannot be read.

    The broken answer is not shown to the model again: it may be a stranger's.

    Raises:
        BadAnswer: the second could not be read either.
    """
    for user in (question.user, question.user + AGAIN):
        answer = server.ask(system=question.system, user=user, schema=schema)
        try:
            return read(answer)
        except ValueError as error:
            log.info("llm answered %s characters: %s", len(answer), error)
    raise BadAnswer(
        f"The model {server.model} answered twice in another form than the JSON asked for. Try a "
        "larger model, or a server that can be held to a JSON schema.",
        model=server.model,
    )


def _prototype(label: Label, language: Language) -> str:
    name = localised(label.names, language, label.path)
    aliases = localised(label.aliases, language, ())
    return f"{'、'.join((name, *aliases))}。{localised(label.definitions, language, '')}"
