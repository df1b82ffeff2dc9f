"""Dates that a text mentions: 2026年3月1日, 民國113年5月, 3月1日, March 1, 2026, 1 March.

Years of the Republic (民國) are counted from 1911. A day without a year gets the year that brings
it nearest to a day that is given, and says so; a day of every year gets none; "yesterday" and 下週
are not resolved.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from core.numerals import HAN, chinese_value, narrow

ROC = 1911
"""The year before the first one of the Republic of China."""

_YEARS = range(1600, 2101)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NUMBER = rf"(?:\d{{1,2}}|[{HAN}]{{1,3}})"
_MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?\.?|July?\.?"
    r"|Aug(?:ust|\.)?|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
_CHINESE = re.compile(
    rf"(?:(?P<before>民國前) ?|(?P<era>(?:中華)?民國) ?|西元 ?|公元 ?)?"
    rf"(?P<year>(?<![\d{HAN}第])(?:\d{{1,4}}|[{HAN}]{{1,5}}|元)) ?年(?!代)"
    rf"(?: ?(?P<month>{_NUMBER}) ?月(?: ?(?P<day>{_NUMBER}) ?[日號号])?)?"
)
_NO_YEAR = re.compile(
    rf"(?<![年\d{HAN}第個]) ?(?P<month>(?<![\d{HAN}])(?:\d{{1,2}}|[{HAN}]{{1,2}})) ?月 ?"
    rf"(?P<day>{_NUMBER}) ?[日號号]"
)
_NUMERIC = re.compile(
    r"(?<![\d./-])(?P<year>(?:19|20)\d\d)(?P<sign>[-/.])(?P<month>\d{1,2})(?P=sign)(?P<day>\d{1,2})"
    r"(?![\d./-])"
)
_ENGLISH = re.compile(
    rf"\b(?:(?P<month>{_MONTH}) (?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:,? (?P<year>\d{{4}}))?"
    rf"|(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? (?P<month2>{_MONTH})(?:,? (?P<year2>\d{{4}}))?"
    rf"|(?P<month3>{_MONTH}),? (?P<year3>\d{{4}}))(?!\d)"
)
_ENGLISH_YEAR = re.compile(
    r"\b(?:[Ii]n|[Ss]ince|[Bb]y|[Ff]rom|[Uu]ntil|[Dd]uring|[Oo]f|[Tt]o|[Bb]etween) "
    r"(?P<year>(?:1[6-9]|20)\d\d)(?![\d.,]*\d|[-–]\d|s\b)"
)

_YEARLY = re.compile(r"每年|年年|\b(?:every|each) year\b|\bannual|\byearly\b", re.IGNORECASE)
_NEAR = 24
"""Characters before and behind a day in which "every year" is of that day."""


@dataclass(frozen=True, slots=True)
class DateSaid:
    """A date in a text.

    Attributes:
        start, end: where it stands, in characters.
        year, month, day: in the Gregorian calendar, as far as they are said.
        is_year_guessed: the text gives no year; it is the one nearest to the day of the text.
    """

    start: int
    end: int
    year: int | None
    month: int | None = None
    day: int | None = None
    is_year_guessed: bool = False

    @property
    def key(self) -> tuple[int, int, int]:
        """Sorts dates; what is said less exactly comes before what lies in it."""
        return (self.year or 0, self.month or 0, self.day or 0)


def dates_said(text: str, *, about: date | None = None) -> list[DateSaid]:
    """The dates that a text mentions, in their order; none of them overlap.

    Args:
        text: any text.
        about: the day of the text; None: days without a year keep none.
    """
    plain = narrow(text)
    found: list[DateSaid] = []
    every = (*_numeric(plain), *_chinese(plain), *_no_year(plain), *_english(plain))
    for each in sorted(every, key=lambda one: (one.start, -one.end)):
        if not found or each.start >= found[-1].end:
            has_year = each.year is not None or about is None or _is_yearly(each, plain)
            found.append(each if has_year or about is None else _near(each, about))
    return found


def _numeric(text: str) -> Iterator[DateSaid]:
    for found in _NUMERIC.finditer(text):
        year, month, day = (int(found[part]) for part in ("year", "month", "day"))
        yield from _checked(found.start(), found.end(), year, month, day)


def _chinese(text: str) -> Iterator[DateSaid]:
    for found in _CHINESE.finditer(text):
        said, month = found["year"], _read(found["month"])
        number = 1 if said == "元" else int(chinese_value(said))
        if found["before"]:
            year = ROC + 1 - number
        elif found["era"]:
            year = ROC + number
        elif len(said) == 4 and number in _YEARS:
            year = number
        elif said.isdecimal() and 100 <= number <= 150 and month is not None:
            year = ROC + number  # as Taiwan writes years: 113年5月
        else:
            continue
        yield from _checked(found.start(), found.end(), year, month, _read(found["day"]))


def _no_year(text: str) -> Iterator[DateSaid]:
    for found in _NO_YEAR.finditer(text):
        start = found.start("month")
        yield from _checked(start, found.end(), None, _read(found["month"]), _read(found["day"]))


def _english(text: str) -> Iterator[DateSaid]:
    for found in _ENGLISH.finditer(text):
        month = found["month"] or found["month2"] or found["month3"]
        year = found["year"] or found["year2"] or found["year3"]
        day = found["day"] or found["day2"]
        number = _MONTHS.index(month[:3].casefold()) + 1
        yield from _checked(
            found.start(), found.end(), int(year) if year else None, number, int(day) if day else 0
        )
    for found in _ENGLISH_YEAR.finditer(text):
        yield DateSaid(found.start("year"), found.end(), int(found["year"]))


def _read(number: str | None) -> int | None:
    return None if number is None else int(chinese_value(number))


def _checked(
    start: int, end: int, year: int | None, month: int | None, day: int | None
) -> Iterator[DateSaid]:
    """The date, if there is such a day."""
    try:
        date(year if year is not None else 2000, month or 1, day or 1)
    except ValueError:
        return
    if year is None or year in _YEARS:
        yield DateSaid(start, end, year, month or None, day or None)


def _is_yearly(said: DateSaid, text: str) -> bool:
    around = text[max(0, said.start - _NEAR) : said.end + _NEAR]
    return _YEARLY.search(around) is not None


def _near(said: DateSaid, about: date) -> DateSaid:
    """The same with the year that brings it nearest to a day."""
    assert said.month is not None
    near: list[tuple[int, int]] = []
    for year in (about.year - 1, about.year, about.year + 1):
        try:
            day = date(year, said.month, said.day or 1)
        except ValueError:
            continue
        near.append((abs((day - about).days), year))
    return replace(said, year=min(near)[1], is_year_guessed=True) if near else said
