"""Days as people write them in a query: 2026-03-01, 2026-03, 2026, 7d, today, 2026年3月, 昨天.

A month or a year means its first day where a time begins and its last where it ends; "7d" is
seven days before today at either end.
"""

import re
from calendar import monthrange
from datetime import date, timedelta
from typing import Literal

Edge = Literal["first", "last"]

_NAMED = {"today": 0, "今天": 0, "今日": 0, "yesterday": 1, "昨天": 1, "昨日": 1}
_CALENDAR = re.compile(r"(\d{4})(?:[-/.年](?:(\d{1,2})(?:[-/.月](?:(\d{1,2})日?)?)?)?)?", re.ASCII)
_AGO = re.compile(r"(\d{1,5})\s*(d|w|m|y|天|日|周|星期|个月|月|年)", re.ASCII)
_UNITS = {"天": "d", "日": "d", "周": "w", "星期": "w", "个月": "m", "月": "m", "年": "y"}


def day(folded: str, *, today: date, edge: Edge) -> date | None:
    """Read a day.

    Args:
        folded: what was typed, folded (see `core.folding`).
        today: where "7d" counts from.
        edge: which day of a month or a year is meant.

    Returns:
        The day; None if it is not one.
    """
    try:
        if folded in _NAMED:
            return today - timedelta(days=_NAMED[folded])
        if found := _CALENDAR.fullmatch(folded):
            return _calendar(found[1], found[2], found[3], edge)
        if found := _AGO.fullmatch(folded):
            return _ago(int(found[1]), _UNITS.get(found[2], found[2]), today)
    except (ValueError, OverflowError):  # no such day: 2026-02-30, or before the year 1
        return None
    return None


def _calendar(year: str, month: str | None, number: str | None, edge: Edge) -> date:
    if number and month:
        return date(int(year), int(month), int(number))
    in_year = int(month) if month else (1 if edge == "first" else 12)
    in_month = 1 if edge == "first" else monthrange(int(year), in_year)[1]
    return date(int(year), in_year, in_month)


def _ago(count: int, unit: str, today: date) -> date:
    """So many days, weeks, months or years before; the 31st becomes a shorter month's last day."""
    if unit in "dw":
        return today - timedelta(days=count * (7 if unit == "w" else 1))
    months = today.year * 12 + today.month - 1 - count * (12 if unit == "y" else 1)
    year, month = months // 12, months % 12 + 1
    return date(year, month, min(today.day, monthrange(year, month)[1]))
