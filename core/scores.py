"""How well the labels of texts were found: the figures of `core.metrics`, for sets of labels.

Every (text, label) pair of a dimension that is complete is one decision; of other dimensions
nothing is judged but what is known: labels that hold, and labels that were rejected. Micro averages
weigh decisions, macro averages labels: those that were right at least once. Two kinds of figures:

- of the **narrowest** labels (precision, recall, micro and macro F1): who says "labour" where
  "migrant workers" is right has missed one label, and said another one too many;
- **hierarchical** F1, where each label counts with its ancestors: that is half right.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from core import metrics
from core.domain import LabelPath
from core.labelled import LabelledText
from core.metrics import Truth, Values
from core.taxonomy import ancestors, dimension_of, parent_of

Labels = frozenset[LabelPath]


@dataclass(frozen=True, slots=True)
class Scores:
    """How well labels were found, each 0 to 1; all are 1 if there was nothing to find, nor found.

    Attributes:
        texts: how many were judged.
        micro_f1, macro_f1, precision, recall: of the narrowest labels.
        hierarchical_f1: with ancestors (Kiritchenko et al. 2006; see `core.metrics`).
        exact: share of texts all of whose judged paths are right, and complete.
    """

    texts: int
    micro_f1: float
    macro_f1: float
    hierarchical_f1: float
    precision: float
    recall: float
    exact: float


PERFECT = (1.0,) * 6


@dataclass(frozen=True, eq=False, slots=True)
class Sheet:
    """What is right about n texts, as far as it is known, for k labels.

    Attributes:
        labels: a parent stands before its children.
        parents: for each label the place of the one above it; None where that is no label here.
        truth: which labels hold, with ancestors, of shape (n, k).
        judged: of which labels it is known whether they hold, of the same shape.
    """

    labels: Sequence[LabelPath]
    parents: Sequence[int | None]
    truth: Truth
    judged: Truth

    @classmethod
    def of(
        cls,
        right: Sequence[LabelledText],
        labels: Iterable[LabelPath],
        *,
        dimension: str | None = None,
    ) -> "Sheet":
        """Make a sheet.

        Args:
            right: n texts.
            labels: which may be right or found.
            dimension: the one that is judged; None: all.
        """
        ordered = sorted(
            path for path in labels if dimension is None or dimension_of(path) == dimension
        )
        place = {path: at for at, path in enumerate(ordered)}
        parents = [place.get(parent_of(path) or LabelPath("")) for path in ordered]
        truth = _table([text.labels for text in right], ordered)
        judged = np.array(
            [[_is_judged(text, path) for path in ordered] for text in right], np.bool_
        )
        shape = (len(right), len(ordered))
        truth = metrics.with_ancestors(truth.reshape(shape), parents)
        return cls(ordered, parents, truth, judged.reshape(shape))

    @property
    def counted(self) -> Truth:
        """Which texts have anything to judge, of shape (n,)."""
        return np.asarray(self.judged.any(axis=1))

    def given(self, found: Sequence[Labels]) -> Truth:
        """What was found, with ancestors, where it is judged; shape (n, k)."""
        table = _table(found, self.labels).reshape(self.truth.shape)
        return metrics.with_ancestors(table, self.parents) & self.judged

    def probabilities(self, said: Sequence[Mapping[LabelPath, float]]) -> Values:
        """How probable labels seemed, of shape (n, k); 0 where nothing was said: as good as no."""
        rows = [[row.get(path, 0.0) for path in self.labels] for row in said]
        return np.array(rows, np.float64).reshape(self.truth.shape)

    def narrowest(self, labels: Truth) -> Truth:
        """Labels without those above another one."""
        return metrics.narrowest(labels, self.parents)


def score(
    right: Sequence[LabelledText], found: Sequence[Labels], *, dimension: str | None = None
) -> Scores:
    """Judge one run.

    Args:
        right, found: n texts, and what was found about each.
        dimension: the one that is judged; None: all.
    """
    labels: set[LabelPath] = set()
    for text, said in zip(right, found, strict=True):
        labels |= text.labels | said | text.rejected
    texts = len([text for text in right if _has_judged(text, dimension)])
    sheet = Sheet.of(right, labels, dimension=dimension)
    truth, given = sheet.truth & sheet.judged, sheet.given(found)
    if not truth.any() and not given.any():
        return Scores(texts, *PERFECT)
    ends, said_ends = sheet.narrowest(truth), sheet.narrowest(given)
    were_right = ends.any(axis=0)
    wrong = int((truth != given).any(axis=1).sum())
    return Scores(
        texts=texts,
        micro_f1=float(metrics.micro_f1(ends, said_ends)),
        macro_f1=(
            float(metrics.macro_f1(ends[:, were_right], said_ends[:, were_right]))
            if were_right.any()
            else 0.0
        ),
        hierarchical_f1=float(metrics.micro_f1(truth, given)),
        precision=float(metrics.micro_precision(ends, said_ends)),
        recall=float(metrics.micro_recall(ends, said_ends)),
        exact=(texts - wrong) / texts,
    )


def by_dimension(right: Sequence[LabelledText], found: Sequence[Labels]) -> dict[str, Scores]:
    """Judge one run in each dimension of which something is known, in the order of their ids."""
    return {id_: score(right, found, dimension=id_) for id_ in dimensions_of(right)}


def dimensions_of(right: Iterable[LabelledText]) -> list[str]:
    """The ids of the dimensions of which something is known, in order."""
    return sorted(frozenset[str]().union(*(_told(text) for text in right)))


def within(labels: Labels, dimensions: Collection[str]) -> Labels:
    """Those of some dimensions."""
    return frozenset(path for path in labels if dimension_of(path) in dimensions)


def _told(text: LabelledText) -> frozenset[str]:
    known = (dimension_of(path) for path in text.labels | text.rejected)
    return text.dimensions | frozenset(known)


def _has_judged(text: LabelledText, dimension: str | None) -> bool:
    told = _told(text)
    return bool(told) if dimension is None else dimension in told


def _is_judged(text: LabelledText, path: LabelPath) -> bool:
    """Whether it is known if a label holds; what is below a rejected label does not."""
    return (
        dimension_of(path) in text.dimensions
        or path in text.labels
        or not text.rejected.isdisjoint((path, *ancestors(path)))
    )


def _table(texts: Sequence[Labels], labels: Sequence[LabelPath]) -> Truth:
    """Which of k labels each of n texts has, shape (n, k)."""
    return np.array([[label in text for label in labels] for text in texts], np.bool_)
