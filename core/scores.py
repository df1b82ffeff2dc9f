"""How well the labels of texts were found: the figures of `core.metrics`, for sets of labels.

Every (text, label) pair of a dimension that is complete is one decision; of other dimensions
nothing is judged. Micro averages weigh decisions, macro averages labels: those that were right, or
found, at least once. Texts are judged with ancestors: who says "migrant workers" says "labour".
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

from core import metrics
from core.domain import LabelPath
from core.labelled import LabelledText
from core.metrics import Truth
from core.taxonomy import dimension_of

Labels = frozenset[LabelPath]


@dataclass(frozen=True, slots=True)
class Scores:
    """How well labels were found, each 0 to 1; all are 1 if there was nothing to find, nor found.

    Attributes:
        texts: how many were judged.
        precision, recall: over all decisions together.
        exact: share of texts all of whose judged dimensions are right.
    """

    texts: int
    micro_f1: float
    macro_f1: float
    precision: float
    recall: float
    exact: float


def score(
    right: Sequence[LabelledText], found: Sequence[Labels], *, dimension: str | None = None
) -> Scores:
    """Judge one run.

    Args:
        right, found: n texts, and what was found about each, closed under ancestors.
        dimension: the one that is judged; None: all.
    """
    pairs = []
    for text, said in zip(right, found, strict=True):
        judged = text.dimensions if dimension is None else text.dimensions & {dimension}
        if judged:
            pairs.append((within(text.labels, judged), within(said, judged)))
    labels = sorted(frozenset[LabelPath]().union(*(a | b for a, b in pairs)))
    if not labels:
        return Scores(len(pairs), 1.0, 1.0, 1.0, 1.0, 1.0)
    truth, given = _table([a for a, _ in pairs], labels), _table([b for _, b in pairs], labels)
    return Scores(
        texts=len(pairs),
        micro_f1=float(metrics.micro_f1(truth, given)),
        macro_f1=float(metrics.macro_f1(truth, given)),
        precision=float(metrics.micro_precision(truth, given)),
        recall=float(metrics.micro_recall(truth, given)),
        exact=float(metrics.exact_match(truth, given)),
    )


def by_dimension(right: Sequence[LabelledText], found: Sequence[Labels]) -> dict[str, Scores]:
    """Judge one run in each dimension of which a text is complete, in the order of their ids."""
    dimensions = sorted(frozenset[str]().union(*(text.dimensions for text in right)))
    return {id_: score(right, found, dimension=id_) for id_ in dimensions}


def within(labels: Labels, dimensions: Collection[str]) -> Labels:
    """Those of some dimensions."""
    return frozenset(path for path in labels if dimension_of(path) in dimensions)


def _table(texts: Sequence[Labels], labels: Sequence[LabelPath]) -> Truth:
    """Which of k labels each of n texts has, shape (n, k)."""
    return np.array([[label in text for label in labels] for text in texts], np.bool_)
