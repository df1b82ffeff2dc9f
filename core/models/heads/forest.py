"""A taxonomy as numbers, as heads see it, and what every head can do."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from core.domain import LabelPath
from core.ports import Vectors
from core.taxonomy import Taxonomy, depth_of, dimension_of, parent_of

Truth = NDArray[np.bool_]
Values = NDArray[np.float64]
Progress = Callable[[int, int], None]
"""Hears how many steps of how many are done."""


@dataclass(frozen=True)
class Forest:
    """The k labels of a taxonomy in its order: parents before children, a subtree in one piece.

    Attributes:
        labels: their paths.
        parents: the place of each one's parent; -1 at the top.
        ends: for each label, the place behind its subtree.
        depths: 1 at the top.
        dimensions: the number of each one's dimension.
        is_one: for each dimension, whether one label holds at most.
    """

    labels: tuple[LabelPath, ...]
    parents: tuple[int, ...]
    ends: tuple[int, ...]
    depths: tuple[int, ...]
    dimensions: tuple[int, ...]
    is_one: tuple[bool, ...]

    @classmethod
    def of(cls, taxonomy: Taxonomy) -> "Forest":
        """Number a taxonomy's labels."""
        labels = tuple(label.path for label in taxonomy.walk())
        place = {path: at for at, path in enumerate(labels)}
        ids = {each.id: number for number, each in enumerate(taxonomy.dimensions)}
        ends = []
        for at, path in enumerate(labels):
            end = at + 1
            while end < len(labels) and labels[end].startswith(f"{path}/"):
                end += 1
            ends.append(end)
        return cls(
            labels=labels,
            parents=tuple(place.get(parent_of(path) or LabelPath(""), -1) for path in labels),
            ends=tuple(ends),
            depths=tuple(depth_of(path) for path in labels),
            dimensions=tuple(ids[dimension_of(path)] for path in labels),
            is_one=tuple(each.choice == "one" for each in taxonomy.dimensions),
        )

    def with_ancestors(self, given: Truth) -> Truth:
        """Labels with all above them; shape (n, k)."""
        whole = given.copy()
        for at in reversed(range(len(self.parents))):
            if self.parents[at] >= 0:
                whole[:, self.parents[at]] |= whole[:, at]
        return whole

    def tell(self, said: Sequence[str] | frozenset[LabelPath]) -> Truth:
        """Which labels are among some paths; shape (k,)."""
        return np.array([path in said for path in self.labels], np.bool_)


class Head(Protocol):
    """Learns once, then labels."""

    def fit(
        self, vectors: Vectors, truth: Truth, known: Truth, *, seed: int, on_progress: Progress
    ) -> None:
        """Learn.

        Args:
            vectors: of n texts, shape (n, size).
            truth: which labels hold, with ancestors, shape (n, k).
            known: of which that is known.
            seed: of what chance decides.
            on_progress: hears of each step.
        """
        ...

    def label(self, vectors: Vectors) -> tuple[Truth, Values]:
        """Labels with their ancestors, and how probable each seemed; both of shape (m, k)."""
        ...
