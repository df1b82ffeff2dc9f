"""Numbers and dates that quotable sentences give: for tables, and for a line of time.

A sentence is told once with all its numbers but spans of time; that other stories give the same
number is told with it, unless it is so round that many things come to it. A story gives a number
once. Of the dates the exact ones come first where not all have room; a text about the past is not
held to mean days of its own year.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import chain
from typing import TypeVar

from core.dates_said import DateSaid, dates_said
from core.domain import Extract
from core.quantities import Figure, figures, has_number
from core.quote import Quote
from core.quoting import Worth, best

READ = 12
"""Sentences of a story that are looked through, the most worthy that may hold a number."""

MOST_FIGURES, MOST_DAYS = 40, 40
PER_STORY = 3
"""Sentences of one story in each list, so that no long report fills it alone."""

_WEIGHTS = {"people": 3, "money": 3, "share": 3, "amount": 2}
_SPANS = re.compile(
    "[年岁歲天週周]|個月|小時|小时|分鐘|分钟|(?:year|month|week|day|hour|minute|second)s?(?:-old)?"
)
_Amount = tuple[str, str, Decimal]


@dataclass(frozen=True, slots=True)
class FigureTold:
    """A sentence with its numbers.

    Attributes:
        figures: as they stand in the sentence, in order, places counted in it.
        at: the day of its story.
        also: numbers of items of other stories that give one of these numbers.
    """

    quote: Quote
    figures: tuple[Figure, ...]
    at: date
    also: tuple[int, ...] = ()

    def written(self, figure: Figure) -> str:
        """A number as it is written."""
        return self.quote.text[figure.start : figure.end]


@dataclass(frozen=True, slots=True)
class DayTold:
    """A sentence with the most exact of its dates."""

    quote: Quote
    said: DateSaid


T = TypeVar("T", FigureTold, DayTold)

Sentences = Sequence[tuple[int, date, date | None, Sequence[Worth]]]
"""Of each story: its number, its day, the publisher's date if there is one, its sentences."""


def facts(stories: Sentences) -> tuple[tuple[FigureTold, ...], tuple[DayTold, ...]]:
    """The numbers, by the day of their story, and the dates, by themselves."""
    numbers: list[tuple[float, FigureTold]] = []
    days: list[tuple[float, DayTold]] = []
    for number, at, published, sentences in stories:
        read = [
            (extract, score, dates_said(extract.text, about=published))
            for extract, score in _likely(sentences)
        ]
        is_past = _is_past(chain.from_iterable(dates for _, _, dates in read), published)
        for extract, score, dates in read:
            quote = Quote(number, extract.start, extract.end, extract.text)
            every = figures(extract.text, dates=dates)
            if own := [each for each in every if not _SPANS.fullmatch(each.unit)]:
                weight = max(_WEIGHTS[each.kind] for each in own)
                numbers.append((weight + score, FigureTold(quote, tuple(own), at)))
            if said := _most_exact(
                each for each in dates if not (is_past and each.is_year_guessed)
            ):
                days.append((2 * _exactness(said) + score, DayTold(quote, said)))
    told = _once(_shared(numbers))
    kept, line = _fair(told, MOST_FIGURES), _fair(days, MOST_DAYS)
    return (
        tuple(sorted(kept, key=lambda each: (each.at, each.quote.number, each.quote.start))),
        tuple(sorted(line, key=lambda each: (each.said.key, each.quote.number, each.quote.start))),
    )


def _likely(sentences: Sequence[Worth]) -> list[tuple[Extract, float]]:
    maybe = [each for each in sentences if each.score > 0 and has_number(each.extract.text)]
    scores: Mapping[Extract, float] = {each.extract: each.score for each in maybe}
    return [(each, scores[each]) for each in best(maybe, most=READ)]


def _most_exact(said: Iterable[DateSaid]) -> DateSaid | None:
    dated = [each for each in said if each.year is not None]
    return max(dated, key=_exactness, default=None)


def _is_past(said: Iterable[DateSaid], published: date | None) -> bool:
    """Whether the exact dates that a text gives all lie more than a year before or behind it."""
    years = [each.year for each in said if each.year and each.month and not each.is_year_guessed]
    return published is not None and bool(years) and all(
        abs(year - published.year) > 1 for year in years
    )  # fmt: skip


def _exactness(said: DateSaid) -> int:
    return (said.month is not None) + (said.day is not None)


def _is_particular(unit: str) -> bool:
    return unit not in ("", "%", "people") and not unit.isupper()


def _shared(numbers: Sequence[tuple[float, FigureTold]]) -> list[tuple[float, FigureTold]]:
    """The same, with who else gives one of the numbers."""
    givers: dict[_Amount, set[int]] = {}
    for _, each in numbers:
        for amount in _amounts(each):
            givers.setdefault(amount, set()).add(each.quote.number)
    told = []
    for score, each in numbers:
        others = set().union(*(givers[amount] for amount in _amounts(each))) - {each.quote.number}
        told.append((score + 2 * bool(others), replace(each, also=tuple(sorted(others)))))
    return told


def _once(numbers: Sequence[tuple[float, FigureTold]]) -> list[tuple[float, FigureTold]]:
    """Without sentences whose numbers a better one of the same story gives, too."""
    given: dict[int, set[_Amount]] = {}
    kept = []
    for score, each in sorted(numbers, key=lambda pair: (-pair[0], pair[1].quote.start)):
        amounts = {(one.kind, one.unit, one.value.normalize()) for one in each.figures}
        own = given.setdefault(each.quote.number, set())
        if not amounts <= own:
            kept.append((score, each))
        own |= amounts
    return kept


def _amounts(told: FigureTold) -> list[_Amount]:
    return [
        (each.kind, each.unit, each.value.normalize())
        for each in told.figures
        if len(each.value.normalize().as_tuple().digits) > 1 or _is_particular(each.unit)
    ]


def _fair(told: Sequence[tuple[float, T]], most: int) -> list[T]:
    """The best, a few of each story at most."""
    kept: list[T] = []
    given: Counter[int] = Counter()
    for _, each in sorted(told, key=lambda pair: (-pair[0], pair[1].quote.number)):
        if len(kept) == most:
            break
        if given[each.quote.number] < PER_STORY:
            given[each.quote.number] += 1
            kept.append(each)
    return kept
