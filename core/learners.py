"""The ways of labelling that `commonplace evaluate` compares, made to learn from examples."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from core.comparing import Move
from core.domain import Document, Example, LabelPath, Language, Summary
from core.errors import BadExamples
from core.evaluation import AnnotatorMethod, Documents, Method, Said
from core.labelled import LabelledText
from core.labelling import choose_premise
from core.models.heads import Forest, Head
from core.ports import Annotator, Embedder, Precedents, Vectors
from core.scores import Sheet
from core.taxonomy import Taxonomy

log = logging.getLogger(__name__)

AT_ONCE = 64


@dataclass(frozen=True, slots=True)
class Fixed:
    """A way that cannot learn: it is measured without examples only.

    Attributes:
        method: labels.
    """

    method: Method

    def learn(
        self, texts: Sequence[LabelledText], documents: Documents, *, seed: int, on_progress: Move
    ) -> Method | None:
        """Label as ever; see `Learner`."""
        del documents, seed, on_progress
        return None if texts else self.method


class Tuner(Protocol):
    """Makes an entailment model a group's own by examples."""

    def tune(
        self,
        texts: Sequence[LabelledText],
        documents: Documents,
        *,
        seed: int,
        on_progress: Move,
    ) -> Annotator:
        """Fine-tune; see `Learner.learn` for the arguments.

        Raises:
            BadExamples: so few teach nothing.
            ModelUnavailable: this model cannot be trained here.
        """
        ...


@dataclass(frozen=True, slots=True)
class TunedLearner:
    """Entailment: as it is without examples, fine-tuned with some.

    Attributes:
        annotator: labels without examples.
        tuner: makes another one with examples.
        taxonomy, language: as for `core.evaluation.AnnotatorMethod`.
    """

    annotator: Annotator
    tuner: Tuner
    taxonomy: Taxonomy
    language: Language

    def learn(
        self, texts: Sequence[LabelledText], documents: Documents, *, seed: int, on_progress: Move
    ) -> Method | None:
        """Fine-tune; see `Learner`. Too few examples are as good as none, and no point."""
        annotator = self.annotator
        if texts:
            try:
                annotator = self.tuner.tune(texts, documents, seed=seed, on_progress=on_progress)
            except BadExamples as error:
                log.info("examples=%s teach nothing: %s", len(texts), error)
                return None
        return AnnotatorMethod(annotator, self.taxonomy, self.language, at_once=AT_ONCE)


@dataclass(frozen=True, slots=True)
class HeadLearner:
    """A head on an encoder's vectors; it needs examples.

    Attributes:
        name: for people and for versions.
        make: a head that has not learnt.
        forest: the labels.
        embedder: makes vectors of the same premises that entailment is asked about.
    """

    name: str
    make: Callable[[Forest], Head]
    forest: Forest
    embedder: Embedder

    def learn(
        self, texts: Sequence[LabelledText], documents: Documents, *, seed: int, on_progress: Move
    ) -> Method | None:
        """Train a head; see `Learner`."""
        if not texts:
            return None
        forest = self.forest
        sheet = Sheet.of(texts, forest.labels)
        column = {path: at for at, path in enumerate(sheet.labels)}
        order = [column[path] for path in forest.labels]
        head = self.make(forest)
        head.fit(
            _vectors(self.embedder, documents),
            sheet.truth[:, order],
            sheet.judged[:, order],
            seed=seed,
            on_progress=on_progress,
        )
        return HeadMethod(f"{self.name}@1/{self.embedder.version}", head, forest, self.embedder)


class RememberingEmbedder:
    """Embeds each text once: draws share most of theirs, and all are measured on the same.

    Args:
        embedder: makes vectors. What it made is kept as long as this object is.
    """

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._kept: dict[str, NDArray[np.float32]] = {}

    @property
    def version(self) -> str:
        """The embedder's."""
        return self._embedder.version

    @property
    def size(self) -> int:
        """Length of a vector."""
        return self._embedder.size

    def embed(
        self, texts: Sequence[str], *, role: Literal["passage", "query"] = "passage"
    ) -> Vectors:
        """Embed texts; see `Embedder`. Questions are not remembered."""
        if role == "query":
            return self._embedder.embed(texts, role=role)
        new = [text for text in dict.fromkeys(texts) if text not in self._kept]
        if new:
            self._kept.update(zip(new, self._embedder.embed(new), strict=True))
        if not texts:
            return np.zeros((0, self.size), np.float32)
        return np.stack([self._kept[text] for text in texts])


@dataclass(frozen=True, slots=True)
class HeadMethod:
    """A trained head.

    Attributes:
        model: name and version.
        head, forest, embedder: see `HeadLearner`.
    """

    model: str
    head: Head
    forest: Forest
    embedder: Embedder
    at_once: int = AT_ONCE

    def label(self, documents: Documents) -> Said:
        """Label texts; see `Method`."""
        given, said = self.head.label(_vectors(self.embedder, documents))
        labels = self.forest.labels
        return Said(
            self.model,
            [frozenset(labels[at] for at in np.flatnonzero(row)) for row in given],
            [dict(zip(labels, map(float, row), strict=True)) for row in said],
        )


@dataclass(frozen=True, slots=True)
class ShownLearner:
    """A way to which examples are shown when it is asked, as to a language model.

    Attributes:
        make: the method, shown decided texts.
        embedder: finds the most alike ones.
    """

    make: Callable[[Precedents], Method]
    embedder: Embedder

    def learn(
        self, texts: Sequence[LabelledText], documents: Documents, *, seed: int, on_progress: Move
    ) -> Method:
        """Keep the examples at hand; see `Learner`."""
        del seed, on_progress
        vectors = _vectors(self.embedder, documents) if texts else None
        shown = [_example(text, *each) for text, each in zip(texts, documents, strict=True)]
        return self.make(Shown(shown, vectors))


@dataclass(frozen=True, eq=False, slots=True)
class Shown:
    """Examples to be shown; see `core.ports.Precedents`.

    Attributes:
        examples: n of them; vectors: theirs, of shape (n, size); None if there are none.
    """

    examples: Sequence[Example]
    vectors: Vectors | None

    def nearest(self, vector: NDArray[np.float32], *, limit: int) -> list[Example]:
        """The most alike ones, best first."""
        if self.vectors is None:
            return []
        order = np.argsort(-(self.vectors @ vector), kind="stable")
        return [self.examples[place] for place in order[:limit]]


def _example(text: LabelledText, document: Document, summary: Summary | None) -> Example:
    premise = choose_premise(document, summary).text
    return Example(premise, _sorted(text.labels), _sorted(text.rejected))


def _sorted(paths: frozenset[LabelPath]) -> tuple[LabelPath, ...]:
    return tuple(sorted(paths))


def _vectors(embedder: Embedder, documents: Documents) -> Vectors:
    return embedder.embed([choose_premise(*each).text for each in documents])
