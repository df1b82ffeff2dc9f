"""Pure: what a collection says about itself, in numbers: over time, by two dimensions, by source.

What has not come for long is told by `core.silence`, how many people take part by
`core.taking_part`.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from typing import Literal

from core.domain import LabelPath

Step = Literal["day", "week", "month", "year"]

_DAY = timedelta(days=1)

_MOST_DAYS, _MOST_WEEK_DAYS, _MOST_MONTH_DAYS = 31, 200, 5 * 366
"""Up to so many days are told by day, by week, by month: some thirty to sixty columns, as many as
can be told apart on a phone."""


# ── over time ────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Dated:
    """An item with a day; `is_confirmed`: people agreed that it belongs here."""

    on: date
    is_confirmed: bool = False


@dataclass(frozen=True, slots=True)
class Count:
    """How many items a period has that begins on `start`; `confirmed` of them by people."""

    start: date
    items: int
    confirmed: int = 0


@dataclass(frozen=True, slots=True)
class Series:
    """Items over time.

    Attributes:
        first, last: the days that it is about, both included.
        counts: every period of the span, the empty ones, too, by time. The first and the last may
            be cut short by the span, which `is_cut` tells.
    """

    first: date
    last: date
    step: Step
    counts: tuple[Count, ...]

    def is_cut(self, count: Count) -> bool:
        """Whether the span holds only a part of a period: its column is lower than it would be."""
        return count.start < self.first or after(count.start, self.step) > self.last + _DAY

    @property
    def items(self) -> int:
        """How many there are in all."""
        return sum(each.items for each in self.counts)

    @property
    def confirmed(self) -> int:
        """How many people agreed about."""
        return sum(each.confirmed for each in self.counts)

    @property
    def most(self) -> Count | None:
        """The period with most, the latest of several; None: there is nothing at all."""
        found = max(self.counts, key=lambda each: (each.items, each.start), default=None)
        return found if found is not None and found.items else None


def step_of(first: date, last: date) -> Step:
    """By what a span is told, so that its periods can be told apart on a phone."""
    days = (last - first).days + 1
    if days <= _MOST_DAYS:
        return "day"
    if days <= _MOST_WEEK_DAYS:
        return "week"
    return "month" if days <= _MOST_MONTH_DAYS else "year"


def start_of(day: date, step: Step) -> date:
    """The first day of the period that a day is in; weeks begin on Monday."""
    match step:
        case "day":
            return day
        case "week":
            return day - timedelta(days=day.weekday())
        case "month":
            return day.replace(day=1)
        case "year":
            return day.replace(month=1, day=1)


def after(start: date, step: Step) -> date:
    """The first day of the next period."""
    days = {"day": 1, "week": 7, "month": 31, "year": 366}[step]
    return start_of(start + timedelta(days=days), step)


def starts(first: date, last: date, step: Step) -> list[date]:
    """The first days of all periods of a span, by time; none if it ends before it begins."""
    found: list[date] = []
    start = start_of(first, step)
    while start <= last:
        found.append(start)
        start = after(start, step)
    return found


def series(items: Iterable[Dated], first: date, last: date, step: Step | None = None) -> Series:
    """Count items by periods; those outside of the span are left out.

    Args:
        step: None: as fits the span.
    """
    step = step or step_of(first, last)
    all_, confirmed = Counter[date](), Counter[date]()
    for each in items:
        if first <= each.on <= last:
            start = start_of(each.on, step)
            all_[start] += 1
            confirmed[start] += each.is_confirmed
    counts = (Count(each, all_[each], confirmed[each]) for each in starts(first, last, step))
    return Series(first, last, step, tuple(counts))


@dataclass(frozen=True, slots=True)
class Halves:
    """How many items the first and the second half of a span have, and what follows from that."""

    earlier: int
    later: int

    @property
    def change(self) -> Literal["more", "fewer", "alike"]:
        """Whether it became more, beyond what chance does to counts.

        Two counts of the same rate differ by less than two standard deviations in 95 of 100 cases;
        that of a difference of Poisson counts is the root of their sum.
        """
        difference = self.later - self.earlier
        if difference * difference <= 4 * (self.earlier + self.later):
            return "alike"
        return "more" if difference > 0 else "fewer"


def halves(items: Iterable[Dated], first: date, last: date) -> Halves:
    """Compare the halves of a span, which are equally long; of an odd number of days, the one in
    the middle is left out."""
    days = (last - first).days + 1
    earlier_until = first + timedelta(days=days // 2)
    later_since = last - timedelta(days=days // 2)
    on = [each.on for each in items if first <= each.on <= last]
    return Halves(sum(day < earlier_until for day in on), sum(day > later_since for day in on))


# ── dimension by dimension ───────────────────────────────────────────────────────────────────────

MOST_ROWS, MOST_COLUMNS = 14, 8
"""Labels of a heat map, those with most items: as many as can be read on a phone."""


@dataclass(frozen=True, slots=True)
class Crosstab:
    """On how many items labels of two kinds stand together.

    Attributes:
        rows, columns: in taxonomy order; those of most items if there are more than can be shown.
        cells: by row and column; pairs that are nowhere are 0.
        row_items, column_items: how many items of those that have labels of both kinds carry each.
        items: how many have labels of both kinds.
        left_out: labels that some items carry, and that are not shown.
    """

    rows: tuple[LabelPath, ...]
    columns: tuple[LabelPath, ...]
    cells: Mapping[tuple[LabelPath, LabelPath], int]
    row_items: Mapping[LabelPath, int]
    column_items: Mapping[LabelPath, int]
    items: int
    left_out: int = 0

    @property
    def most(self) -> list[tuple[LabelPath, LabelPath]]:
        """Pairs that are somewhere, those of most items first."""
        found = [pair for pair, count in self.cells.items() if count]
        place = {path: at for at, path in enumerate((*self.rows, *self.columns))}
        return sorted(found, key=lambda pair: (-self.cells[pair], place[pair[0]], place[pair[1]]))

    @property
    def empty(self) -> int:
        """How many pairs that are shown are nowhere."""
        return sum(not count for count in self.cells.values())


def crosstab(
    carried: Mapping[int, Sequence[LabelPath]],
    rows: Sequence[LabelPath],
    columns: Sequence[LabelPath],
) -> Crosstab:
    """Count pairs of labels.

    Args:
        carried: an item's labels, of both kinds and others, by the item's id.
        rows, columns: labels of each kind, in taxonomy order.
    """
    of_rows, of_columns = set(rows), set(columns)
    row_items, column_items = Counter[LabelPath](), Counter[LabelPath]()
    pairs = Counter[tuple[LabelPath, LabelPath]]()
    items = 0
    for labels in carried.values():
        down = of_rows.intersection(labels)
        across = of_columns.intersection(labels)
        if not down or not across:
            continue
        items += 1
        row_items.update(down)
        column_items.update(across)
        pairs.update((row, column) for row in down for column in across)
    shown_rows = _shown(rows, row_items, MOST_ROWS)
    shown_columns = _shown(columns, column_items, MOST_COLUMNS)
    left_out = len(row_items.keys() - set(shown_rows))
    left_out += len(column_items.keys() - set(shown_columns))
    return Crosstab(
        shown_rows,
        shown_columns,
        {(row, column): pairs[row, column] for row in shown_rows for column in shown_columns},
        {row: row_items[row] for row in shown_rows},
        {column: column_items[column] for column in shown_columns},
        items,
        left_out,
    )


def _shown(
    paths: Sequence[LabelPath], items: Mapping[LabelPath, int], most: int
) -> tuple[LabelPath, ...]:
    if len(paths) <= most:
        return tuple(paths)
    place = {path: at for at, path in enumerate(paths)}
    kept = sorted(paths, key=lambda path: (-items.get(path, 0), place[path]))[:most]
    return tuple(sorted(kept, key=place.__getitem__))


# ── where it comes from ──────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Origins:
    """Where a collection comes from.

    Attributes:
        sources: a source's name and its items, most first.
        nameless: items without a source, such as pasted texts; they are no part of the rest.
    """

    sources: tuple[tuple[str, int], ...]
    nameless: int = 0

    @property
    def items(self) -> int:
        """How many have a source."""
        return sum(count for _, count in self.sources)

    @property
    def half(self) -> int:
        """The fewest sources that half of the items come from; 0 if there are none."""
        running = accumulate(count for _, count in self.sources)
        return sum(2 * sofar < self.items for sofar in running) + bool(self.sources)

    @property
    def effective(self) -> float:
        """As how many equally large sources they are: 1 (all from one) to the number of them.

        The inverse of the Herfindahl-Hirschman index, which is Hill's number of order 2.

        Source: Hill 1973, "Diversity and Evenness", Ecology 54(2).
        """
        squares = sum(count * count for _, count in self.sources)
        return self.items**2 / squares if squares else 0.0


def origins(sites: Iterable[str | None]) -> Origins:
    """Count sources.

    Args:
        sites: of each item the publisher's name or host; None: there is none. Case makes no
            difference; the spelling that is there most often is shown.
    """
    spelled: dict[str, Counter[str]] = {}
    nameless = 0
    for site in sites:
        name = (site or "").strip()
        if name:
            spelled.setdefault(name.casefold(), Counter())[name] += 1
        else:
            nameless += 1
    found = [(max(each, key=lambda n: (each[n], n)), each.total()) for each in spelled.values()]
    return Origins(tuple(sorted(found, key=lambda each: (-each[1], each[0]))), nameless)
