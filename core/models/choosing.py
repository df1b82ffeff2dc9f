"""Compares texts with labels by vectors: each label is one prototype, made of what is said of it.

A prototype is the mean of the label's hypothesis and its name; where people gave the label to
texts, their mean joins with the same weight (Rocchio 1971). `python -m tests.eval.choosing --data
DIR --examples N`, the best six of twenty topics: a right one is among them for 93.8 % of texts
without examples, 95.9 % with two a topic, 97.8 % with eight. Tried and left out: definitions and
aliases changed nothing that was more than noise; the likeness of the nearest examples, as it is
beside that of the words, did harm where only some topics have examples (87.5 % against 95.0 %),
since texts are more alike to texts than to names.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from core.domain import LabelPath, Language
from core.models.keeping import Kept
from core.ports import Embedder, Examples, Vectors
from core.taxonomy import Label, Taxonomy, localised

_WORDINGS_KEPT = 4_096  # 6 MB at 384 numbers; 1,000 labels in two languages fit


class PrototypeChooser:
    """A chooser that asks an embedder; safe to share between threads.

    Args:
        embedder: its vectors are compared.
    """

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._wordings: Kept[tuple[str, str], NDArray[np.float32]] = Kept(_WORDINGS_KEPT)

    def likeness(
        self,
        premises: Sequence[str],
        *,
        taxonomy: Taxonomy,
        language: Language,
        examples: Examples | None = None,
    ) -> list[Mapping[LabelPath, float]]:
        """Compare every premise with every label; see `core.ports.Chooser`.

        Raises:
            ModelUnavailable: as the embedder does.
        """
        if not premises:
            return []
        labels = tuple(taxonomy.walk())
        worded = self._worded([_wordings(label, language) for label in labels])
        given = examples() if examples is not None else {}
        prototypes = np.stack(
            [
                _prototype(words, given.get(label.path))
                for label, words in zip(labels, worded, strict=True)
            ]
        )
        cosines = self._embedder.embed(premises) @ prototypes.T
        paths = [label.path for label in labels]
        return [dict(zip(paths, row, strict=True)) for row in cosines.tolist()]

    def _worded(self, wordings: Sequence[tuple[str, str]]) -> list[Vectors]:
        """The vectors of each label's wordings; a text that was embedded before is not again."""
        version = self._embedder.version
        wanted = dict.fromkeys(words for pair in wordings for words in pair)
        kept = self._wordings.get((version, words) for words in wanted)
        found = {words: vector for (_, words), vector in kept.items()}
        if missing := [words for words in wanted if words not in found]:
            rows = self._embedder.embed(missing)
            # a row alone, not a view that keeps its batch
            new = {words: row.copy() for words, row in zip(missing, rows, strict=True)}
            self._wordings.put({(version, words): vector for words, vector in new.items()})
            found |= new
        return [np.stack([found[words] for words in pair]) for pair in wordings]


def _wordings(label: Label, language: Language) -> tuple[str, str]:
    """What is asked about a label, and its name: in this language or, if it has none, another."""
    name = localised(label.names, language, label.path)
    return localised(label.hypotheses, language, name), name


def _prototype(worded: Vectors, given: Vectors | None) -> NDArray[np.float32]:
    """One unit vector for a label: its words, and the texts that people gave it."""
    mean: NDArray[np.float32] = worded.mean(axis=0)
    if given is not None and len(given):
        mean = mean + given.mean(axis=0)
    norm = np.linalg.norm(mean)
    return mean / norm if norm else mean
