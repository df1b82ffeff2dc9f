"""What is measured, and what may be chosen about it."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Row:
    """One measured thing; `limit` is the most, or with `at_least` the least, that is allowed.

    Without a limit it is told for comparison.
    """

    name: str
    value: float
    unit: str
    limit: float | None = None
    note: str = ""
    at_least: bool = False

    @property
    def holds(self) -> bool:
        """Whether it is within its limit."""
        if self.limit is None:
            return True
        return self.value >= self.limit if self.at_least else self.value <= self.limit

    def __str__(self) -> str:
        """A line of the table."""
        told = f"{self.name:<58}{self.value:>9.2f} {self.unit:<3}"
        if self.limit is None:
            return f"{told}{'':>19}  {'--':<5}{self.note}"
        sign = "≥" if self.at_least else "≤"
        share = self.value / self.limit
        word = "ok" if self.holds else "OVER"
        return f"{told}{sign:>4}{self.limit:>7g}{share:>8.2f}  {word:<5}{self.note}"


@dataclass(frozen=True, slots=True)
class Options:
    """How much is measured, and with what.

    Attributes:
        texts: short texts to import.
        items, votes: items that are voted on, and votes on them.
        label_texts: texts to label, asking everything and asking little.
        pipeline_texts: how many of them transformers' pipeline is asked about, which is slow.
        trained_items: decided items that models are trained on.
        data: folder of public sets (see `tests.eval.labels`); None: texts are made up.
    """

    texts: int = 10_000
    items: int = 10_000
    votes: int = 100_000
    label_texts: int = 40
    pipeline_texts: int = 4
    trained_items: tuple[int, ...] = (100, 1_000)
    data: Path | None = None
