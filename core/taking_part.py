"""Pure: how many people take part, and how much they do; never who.

People are told apart only to be counted, and only where at least `PEOPLE_FLOOR` of them did
something. They are counted by calendar months, whatever is asked: two spans that overlap could be
subtracted from one another, and what is left might be one person.
"""

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

PEOPLE_FLOOR = 5
"""Nothing is said of fewer people. A judgement: official statistics withhold cells of fewer than
three to ten (Hundepool et al. 2012, "Statistical Disclosure Control"), and in a group of a dozen
four who did something can nearly be told by name."""


@dataclass(frozen=True, slots=True)
class Act:
    """What one person did in one month: `times` shares or votes. `month`: its first day."""

    person: Hashable
    kind: Literal["share", "vote"]
    month: date
    times: int = 1


@dataclass(frozen=True, slots=True)
class Month:
    """What people did in a calendar month; None: it was fewer people than may be told.

    Attributes:
        people: who shared or voted.
        shares, votes: what they did; each is told only if enough people did that.
    """

    start: date
    people: int | None
    shares: int | None
    votes: int | None


@dataclass(frozen=True, slots=True)
class Contributions:
    """How many people take part.

    Attributes:
        months: by time, each a whole calendar month; the last may not be over.
        people: of all these months; None: fewer than `floor`.
        floor: of fewer people nothing is told.
        is_last_over: whether nothing more can come into the last month.
    """

    months: tuple[Month, ...]
    people: int | None
    floor: int = PEOPLE_FLOOR
    is_last_over: bool = True

    @property
    def shares(self) -> int:
        """Of months of which they are told: a total of all would give away the others."""
        return sum(each.shares or 0 for each in self.months)

    @property
    def votes(self) -> int:
        """Of months of which they are told."""
        return sum(each.votes or 0 for each in self.months)


def contributions(
    acts: Iterable[Act],
    months: Sequence[date],
    *,
    floor: int = PEOPLE_FLOOR,
    is_last_over: bool = True,
) -> Contributions:
    """Count people and what they did.

    Args:
        months: first days of the months that are told; what is of others is left out.
    """
    told = set(months)
    kept = [each for each in acts if each.month in told]
    who: dict[tuple[date, str], set[Hashable]] = {}
    times = Counter[tuple[date, str]]()
    for act in kept:
        for kind in (act.kind, "any"):
            who.setdefault((act.month, kind), set()).add(act.person)
        times[act.month, act.kind] += act.times

    def people(month: date, kind: str) -> int:
        return len(who.get((month, kind), ()))

    def told_of(month: date, kind: str) -> int | None:
        return times[month, kind] if people(month, kind) >= floor else None

    everybody = len({each.person for each in kept})
    return Contributions(
        tuple(
            Month(
                month,
                each if (each := people(month, "any")) >= floor else None,
                told_of(month, "share"),
                told_of(month, "vote"),
            )
            for month in months
        ),
        everybody if everybody >= floor else None,
        floor,
        is_last_over,
    )
