"""What people said of the examples, as tables."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from core.domain import LabelPath, Language
from core.models.finetune.seen import Truth
from core.models.finetune.unlabelled import Families, families
from core.taxonomy import dimension_of


@dataclass(frozen=True)
class Question:
    """What people said of n examples and k labels.

    Attributes:
        holds, known: which labels hold, and of which that is known, of shape (n, k).
        both: of which examples text and questions are Chinese, shape (n,).
        languages: in which each is asked about.
        paths: of the labels.
    """

    holds: Truth
    known: Truth
    both: Truth
    languages: Sequence[Language]
    paths: Sequence[LabelPath]

    def of(self, rows: Sequence[int]) -> "Question":
        """Of some examples alone."""
        return Question(
            self.holds[rows],
            self.known[rows],
            self.both[rows],
            [self.languages[at] for at in rows],
            self.paths,
        )

    @cached_property
    def siblings(self) -> Families:
        """Of the labels."""
        return families(self.paths)

    @property
    def learns(self) -> list[int]:
        """Labels that have an example."""
        columns: list[int] = np.flatnonzero(self.holds.any(axis=0)).tolist()
        return columns

    @property
    def calibrates(self) -> list[int]:
        """These, and the others of their dimensions, so that they stay comparable."""
        dimensions = {dimension_of(self.paths[at]) for at in self.learns}
        return [at for at, path in enumerate(self.paths) if dimension_of(path) in dimensions]


def others(fold_of: Sequence[int], fold: int) -> list[int]:
    """Places of the examples that are not in a fold."""
    return [at for at, own in enumerate(fold_of) if own != fold]
