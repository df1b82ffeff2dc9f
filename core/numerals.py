"""Numbers as they are written, and what they come to: 3,000; 三千; 1億2000萬; 一萬二; 3.5 million.

Chinese numbers count in ten thousands (萬, 億, 兆), mix digits with characters, and may be written
place by place (二〇二四). Full-width digits are read like others.
"""

import re
from decimal import Decimal

DIGITS = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
"""A number in digits, its thousands with or without commas."""

HAN = "〇零一二三四五六七八九十百千兩两廿卅"
"""Characters of which Chinese numbers below ten thousand are made."""

CHINESE = rf"(?:{DIGITS}|[{HAN}]+)(?: ?[兆億亿萬万千百](?: ?(?:{DIGITS}|[{HAN}]+))?)*"
"""A number as Chinese texts write it."""

WORDS = (
    "(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty"
    "|fifty|sixty|seventy|eighty|ninety)"
)
"""English words for numbers; they count as figures where a scale or a share follows."""

SCALES = r"(?:[ -](?:hundred|thousand|million|billion|trillion)\b)*"
"""What multiplies an English number, in digits or words."""

_SAME_WIDTH = str.maketrans("０１２３４５６７８９．％", "0123456789.%")
_DIGIT_OF = {
    **{character: value for value, character in enumerate("〇一二三四五六七八九")},
    "零": 0,
    "兩": 2,
    "两": 2,
}
_TENS = {"廿": 20, "卅": 30}
_SMALL = {"十": 10, "百": 100, "千": 1000}
_BIG = {"萬": 10**4, "万": 10**4, "億": 10**8, "亿": 10**8, "兆": 10**12}
_WORDS = {
    **{word: value for value, word in enumerate(WORDS[3:-1].split("|")[:12], 1)},
    "fifteen": 15,
    **{word: value * 10 for value, word in enumerate(WORDS[3:-1].split("|")[13:], 2)},
}
_SCALES = {"hundred": 100, "thousand": 10**3, "million": 10**6, "billion": 10**9,
           "trillion": 10**12}  # fmt: skip
_TOKEN = re.compile(rf"{DIGITS}|[^\s\d]")


def narrow(text: str) -> str:
    """The text with full-width digits as ASCII ones; every character keeps its place."""
    return text.translate(_SAME_WIDTH)


def chinese_value(number: str) -> Decimal:
    """What a number of the form `CHINESE` amounts to."""
    total, section = Decimal(0), Decimal(0)
    current: Decimal | None = None
    unit = 0  # that came last; 0: none since a zero
    for token in _TOKEN.findall(narrow(number)):
        if token[0].isdecimal() and token.isascii():
            current = Decimal(token.replace(",", ""))
        elif token in _DIGIT_OF:
            current = (current or Decimal(0)) * 10 + _DIGIT_OF[token]
            unit = unit if _DIGIT_OF[token] else 0
        elif token in _TENS:
            section += _TENS[token]
            current, unit = None, 10
        elif token in _SMALL:
            section += (Decimal(1) if current is None else current) * _SMALL[token]
            current, unit = None, _SMALL[token]
        else:
            section += current or 0
            total = total * _BIG[token] if not section else total + section * _BIG[token]
            section, current, unit = Decimal(0), None, _BIG[token]
    is_brief = unit >= 100 and current is not None and number[-1] in _DIGIT_OF  # 一萬二, 三百五
    return total + section + (current or Decimal(0)) * (unit // 10 if is_brief else 1)


def english_value(number: str) -> Decimal:
    """What an English number amounts to: `DIGITS` or `WORDS`, and `SCALES`."""
    first, *scales = re.split("[ -]", narrow(number).casefold())
    value = Decimal(_WORDS[first]) if first in _WORDS else Decimal(first.replace(",", ""))
    for scale in scales:
        value *= _SCALES[scale]
    return value
