"""Spans of time as people type them: 90d, 2週, 6 months, 半年."""

import re

_NUMERALS = {each: n for n, each in enumerate("一二三四五六七八九十", start=1)} | {"兩": 2}
_UNITS = {
    "d": 1, "day": 1, "days": 1, "天": 1, "日": 1,
    "w": 7, "week": 7, "weeks": 7, "週": 7, "周": 7, "星期": 7, "禮拜": 7,
    "m": 30, "month": 30, "months": 30, "個月": 30, "月": 30,
    "y": 365, "yr": 365, "year": 365, "years": 365, "年": 365,
}  # fmt: skip
_UNIT = "|".join(sorted(map(re.escape, _UNITS), key=len, reverse=True))
_SPAN = re.compile(rf"(?:(\d{{1,5}})|([{''.join(_NUMERALS)}]|半))\s*個?({_UNIT})", re.IGNORECASE)
_APART = re.compile(rf"(\d{{1,5}})\s+({_UNIT})(?=\s|$)", re.IGNORECASE)


def days_in(word: str) -> int | None:
    """How many days a word says, as "7d", "2週", "半年" or "1year"; None if it says none.

    A month has 30 of them, a year 365, half of a unit is rounded up.
    """
    found = _SPAN.fullmatch(word.strip())
    if found is None:
        return None
    unit = _UNITS[found[3].casefold()]
    if found[2] == "半":
        return -(-unit // 2)
    return unit * (_NUMERALS[found[2]] if found[2] else int(found[1]))


def joined(words: str) -> str:
    """Text in which "6 months" is one word."""
    return _APART.sub(r"\1\2", words)
