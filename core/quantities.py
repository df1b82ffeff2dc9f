"""Numbers that a text gives, with what they count: 超過三千名, 新台幣1.2億元, 三成五, 12 percent.

A figure is told as it stands, with the words that hedge it (約, 逾, at least): leaving them out
would make a text say more than it says. What looks like a number and counts nothing (years, days,
ordinals, 一個) is none.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from core.dates_said import DateSaid, dates_said
from core.numerals import (
    CHINESE,
    DIGITS,
    HAN,
    SCALES,
    WORDS,
    chinese_value,
    english_value,
    narrow,
)

Kind = Literal["money", "share", "people", "amount"]

KINDS: tuple[Kind, ...] = ("money", "share", "people", "amount")


@dataclass(frozen=True, slots=True)
class Figure:
    """A number in a text.

    Attributes:
        start, end: where it stands, in characters, hedging words and unit included.
        kind: what it counts.
        value: exact; of a share, per cent.
        unit: the same for what can be compared: a currency's code, "%", "people", or the unit as it
            is written.
    """

    start: int
    end: int
    kind: Kind
    value: Decimal
    unit: str


_HEDGE = re.compile(
    "(?:大約|約|将近|將近|近|逾|超過|超过|至少|最多|不到|未滿|高達|多達|上看|突破|平均)有? ?$"
    r"|\b(?:about|around|approximately|nearly|almost|over|some|more than|at least|at most|up to"
    r"|fewer than|less than) $",
    re.IGNORECASE,
)
_LONGEST_HEDGE = 14
_MANY = "(?: ?[多餘余])?"
_CURRENCIES = {
    "新台幣": "TWD", "新臺幣": "TWD", "台幣": "TWD", "臺幣": "TWD", "元": "TWD?", "塊": "TWD?",
    "塊錢": "TWD?", "美元": "USD", "美金": "USD", "歐元": "EUR", "日圓": "JPY", "日元": "JPY",
    "人民幣": "CNY", "港幣": "HKD", "港元": "HKD", "英鎊": "GBP", "韓元": "KRW",
    "NT$": "TWD", "US$": "USD", "HK$": "HKD", "$": "$", "€": "EUR", "£": "GBP", "¥": "JPY",
    "dollars": "$", "euros": "EUR", "pounds": "GBP", "yen": "JPY", "yuan": "CNY",
}  # fmt: skip
_BEFORE = r"(?:新[台臺]幣|[台臺]幣|美金|人民幣|港幣|NT\$|US\$|HK\$|[$€£¥])"
_UNITS = (
    "人次|件|家|次|所|座|場|隻|歲|岁|小時|小时|分鐘|分钟|天|週|周|年|倍|票|處|棟|間|輛|架|艘|種|筆|份|戶|"
    "公頃|公顷|公噸|噸|吨|公斤|公克|公里|公尺|公分|平方公里|坪|度|瓩|MW|GW|kWh|"
    "個(?:月|小時|國家|縣市|團體|單位|部落|鄉鎮|案件|案場|百分點|人)"
)
_AFTER_MONEY = (
    "新?[台臺]幣|美元|美金|歐元|日圓|日元|人民幣|港幣|港元|英鎊|韓元|元(?![年旦素老件首宵配氣])"
    "|塊錢|塊(?!頭)"
)
_CHINESE_FORMS = re.compile(
    rf"百分之(?P<hundredth>{DIGITS}|[〇零一二三四五六七八九十百點]+)"
    rf"|(?P<percent>{DIGITS}) ?(?:%|個百分點)"
    r"|(?P<tenths>[一二三四五六七八九\d])成(?P<half>[一二三四五六七八九半])?(?![為为功立員员本長长果績绩])"
    rf"|(?P<before>{_BEFORE}) ?(?P<sum>{CHINESE})(?:{_MANY} ?(?:元|塊))?"
    rf"|(?P<money>{CHINESE}){_MANY} ?(?P<currency>{_AFTER_MONEY})"
    rf"|(?P<heads>{CHINESE}){_MANY} ?(?:名|位|人)(?![次均口數数列於于])"
    rf"|(?P<count>{CHINESE}){_MANY} ?(?P<unit>{_UNITS})(?![數数度]| ?\d{{1,2}} ?月)"
    rf"|(?P<big>(?:{DIGITS}|[{HAN}]{{2,}}) ?[萬億兆万亿])(?=[多餘余]?[\u4e00-\u9fff])"
)


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_PEOPLE = _words(
    "people persons workers migrants residents students children women men participants protesters "
    "demonstrators members victims families patients teachers farmers voters households refugees "
    "employees nurses caregivers citizens visitors inhabitants soldiers volunteers"
)
_NO_UNITS = _words(
    "and or of in on at to for the a an is are was were by from with that which who as but than "
    "years' percent per had has have will would could may might can did do st nd rd th"
)


def _english_forms(number: str) -> re.Pattern[str]:
    return re.compile(
        rf"(?P<share>{number}) ?(?:%| per ?cent\b|percent\b| percentage points\b)"
        rf"|(?P<money>{number}) (?P<currency>dollars|euros|pounds|yen|yuan)\b"
        rf"|(?P<count>{number})[ -](?P<unit>[a-z][a-z-]*[a-z])\b(?P<noun> [a-z]+s\b)?"
    )


_SUM = re.compile(
    rf"(?P<before>NT\$|US\$|HK\$|[$€£¥]) ?"
    rf"(?P<sum>{DIGITS}(?: (?:thousand|million|billion|trillion)\b)?)"
)
_IN_DIGITS = _english_forms(rf"{DIGITS}{SCALES}")
_IN_WORDS = _english_forms(rf"\b{WORDS}{SCALES}")
_HAS_WORDS = re.compile("(?:hundred|thousand|[mbr]illion|per ?cent)", re.IGNORECASE)
_HAS_CHINESE = re.compile("[\u4e00-\u9fff]")
_HAS_NUMBER = re.compile(f"[\\d{HAN}萬億]|hundred|thousand|[mbr]illion|percent", re.IGNORECASE)
_ORDINAL = re.compile(r"[第A-Za-z\d.,:/\-–]$")
_YEARS = range(1800, 2101)


def figures(text: str, *, dates: Sequence[DateSaid] | None = None) -> list[Figure]:
    """The numbers that a text gives, in their order; none of them overlap.

    Args:
        text: any text.
        dates: those that it mentions, which are no figures, if they were looked for already.
    """
    plain = narrow(text)
    if not has_number(plain):
        return []
    taken = [(each.start, each.end) for each in (dates_said(text) if dates is None else dates)]
    found: list[Figure] = []
    for each in sorted((*_chinese(plain), *_english(plain)), key=lambda one: (one.start, -one.end)):
        if all(each.end <= start or each.start >= end for start, end in taken):
            taken.append((each.start, each.end))
            found.append(_with_hedge(each, plain))
    return found


def has_number(text: str) -> bool:
    """Whether there may be a figure or a date in a text; cheap."""
    return _HAS_NUMBER.search(text) is not None


def _with_hedge(figure: Figure, text: str) -> Figure:
    before = max(0, figure.start - _LONGEST_HEDGE)
    hedge = _HEDGE.search(text[before : figure.start])
    return figure if hedge is None else replace(figure, start=before + hedge.start())


def _chinese(text: str) -> Iterator[Figure]:
    if not _HAS_CHINESE.search(text):
        return
    for found in _CHINESE_FORMS.finditer(text):
        if _ORDINAL.search(text[max(0, found.start() - 1) : found.start()]):
            continue
        made = _chinese_figure(found)
        if made is not None:
            kind, value, unit = made
            yield Figure(found.start(), found.end(), kind, value, unit)


def _chinese_figure(found: re.Match[str]) -> tuple[Kind, Decimal, str] | None:
    if found["hundredth"]:
        whole, _, part = found["hundredth"].partition("點")
        value = chinese_value(whole) if whole else Decimal(0)
        if part:
            value += Decimal(f"0.{chinese_value(part)}")
        return "share", value, "%"
    if found["percent"]:
        return "share", chinese_value(found["percent"]), "%"
    if found["tenths"]:
        half = found["half"]
        more = Decimal(0) if not half else Decimal(5) if half == "半" else chinese_value(half)
        return "share", chinese_value(found["tenths"]) * 10 + more, "%"
    if found["before"]:
        return "money", chinese_value(found["sum"]), _CURRENCIES[found["before"]]
    if found["money"]:
        value = chinese_value(found["money"])
        return None if _is_vague(found["money"], value) else (
            "money", value, _CURRENCIES[found["currency"]]
        )  # fmt: skip
    number = found["heads"] or found["count"] or found["big"]
    value = chinese_value(number)
    if _is_vague(number, value):
        return None
    if found["heads"]:
        return "people", value, "people"
    if found["unit"] == "年" and value >= 100:
        return None  # a year of an era that is not named
    return "amount", value, found["unit"] or ""


def _is_vague(number: str, value: Decimal) -> bool:
    """Whether a number counts as a word rather than as a figure: 一位, 兩家, 千萬人."""
    return value < 2 or (not any(map(str.isdecimal, number)) and value < 10) or (
        number[0] in "百千萬億"
    )  # fmt: skip


def _english(text: str) -> Iterator[Figure]:
    for found in _SUM.finditer(text):
        unit = _CURRENCIES[found["before"]]
        yield Figure(found.start(), found.end(), "money", english_value(found["sum"]), unit)
    forms = (_IN_DIGITS, _IN_WORDS) if _HAS_WORDS.search(text) else (_IN_DIGITS,)
    for form in forms:
        for found in form.finditer(text):
            if _ORDINAL.search(text[max(0, found.start() - 1) : found.start()]):
                continue
            made = _english_figure(found)
            if made is not None:
                kind, value, unit, end = made
                yield Figure(found.start(), end, kind, value, unit)


def _english_figure(found: re.Match[str]) -> tuple[Kind, Decimal, str, int] | None:
    if found["share"]:
        return "share", english_value(found["share"]), "%", found.end()
    if found["money"]:
        value = english_value(found["money"])
        return "money", value, _CURRENCIES[found["currency"]], found.end()
    number, unit = found["count"], found["unit"]
    value = english_value(number)
    is_word = not number[0].isdecimal() and " " not in number and "-" not in number
    is_year = value in _YEARS and "," not in number
    if is_word or is_year or value < 2 or unit in _NO_UNITS:
        return None
    is_whole = unit.endswith("s") or unit in _PEOPLE or found["noun"] is None
    noun, end = (unit, found.end("unit")) if is_whole else (found["noun"].strip(), found.end())
    return ("people", value, "people", end) if noun in _PEOPLE else ("amount", value, noun, end)
