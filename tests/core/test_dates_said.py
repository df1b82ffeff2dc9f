"""Dates that texts mention, in three calendars' ways of writing."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.dates_said import dates_said


def told(text: str, about: date | None = None) -> list[tuple[str, tuple[int, int, int]]]:
    return [(text[each.start : each.end], each.key) for each in dates_said(text, about=about)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026年3月1日上路", [("2026年3月1日", (2026, 3, 1))]),
        ("２０２６年３月", [("２０２６年３月", (2026, 3, 0))]),
        ("二〇二六年三月十二日", [("二〇二六年三月十二日", (2026, 3, 12))]),
        ("民國113年5月3日", [("民國113年5月3日", (2024, 5, 3))]),
        ("中華民國一百一十三年十二月", [("中華民國一百一十三年十二月", (2024, 12, 0))]),
        ("民國元年成立", [("民國元年", (1912, 0, 0))]),
        ("民國前3年", [("民國前3年", (1909, 0, 0))]),
        ("113年5月起", [("113年5月", (2024, 5, 0))]),
        ("2026-03-01 and 2026/3/2", [("2026-03-01", (2026, 3, 1)), ("2026/3/2", (2026, 3, 2))]),
        ("on March 3, 2026", [("March 3, 2026", (2026, 3, 3))]),
        ("the 3rd of March 2026", [("3rd of March 2026", (2026, 3, 3))]),
        ("Since Sept. 2025", [("Sept. 2025", (2025, 9, 0))]),
        ("since 1987, until 1990s", [("1987", (1987, 0, 0))]),
    ],
)  # fmt: skip
def test_dates(text, expected):
    """Western, Chinese and the Republic's years; to the day, the month or the year."""
    assert told(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "三年出國一日",
        "1990年代",
        "13月45日",
        "2026年2月30日",
        "第3年",
        "3 個月",
        "version 2.0.2026",
    ],
)
def test_what_is_no_date(text):
    """Spans, decades, and days that no calendar has."""
    assert [key for _, key in told(text) if key[2]] == []
    assert told("1990年代") == []


def test_a_day_without_a_year_gets_the_nearest_one():
    """And says so; without a day to be near to it gets none."""
    new_year = date(2026, 1, 3)

    (march,) = dates_said("3月8日遊行", about=new_year)
    (december,) = dates_said("12月20日遊行", about=new_year)
    (unknown,) = dates_said("3月8日遊行")

    assert (march.year, march.is_year_guessed) == (2026, True)
    assert (december.year, december.is_year_guessed) == (2025, True)
    assert (unknown.year, unknown.is_year_guessed) == (None, False)


@pytest.mark.parametrize(
    "text",
    ["每年6月6日至6月30日是步道日", "On March 16 every year they meet", "Annually, on 8 March"],
)
def test_a_day_of_every_year_gets_no_year(text):
    """It is not the one of the text's year alone."""
    assert {each.year for each in dates_said(text, about=date(2026, 1, 3))} == {None}


@given(st.dates(date(1912, 1, 1), date(2100, 12, 31)))
def test_every_day_is_read_back(day):
    """However it is written."""
    western = f"{day.year}年{day.month}月{day.day}日"
    republic = f"民國{day.year - 1911}年{day.month}月{day.day}日"
    english = f"{day:%B} {day.day}, {day.year}"

    for text in (western, republic, english):
        assert told(text) == [(text, (day.year, day.month, day.day))]


@given(st.text(alphabet="0123456789年月日民國 -/.MarchMay,一二三十〇", max_size=50))
def test_any_text_can_be_read(text):
    """Dates lie in the text, in order, apart."""
    at = 0
    for each in dates_said(text, about=date(2026, 2, 28)):
        assert at <= each.start < each.end <= len(text)
        at = each.end
