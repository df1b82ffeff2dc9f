"""Numbers in texts, Chinese and English: as they stand, and what they amount to."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.numerals import chinese_value, english_value
from core.quantities import figures


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("三千", 3000),
        ("3,000", 3000),
        ("３０００", 3000),
        ("1億2000萬", 120_000_000),
        ("12 萬 8 千", 128_000),
        ("一萬二", 12_000),
        ("一萬零二", 10_002),
        ("三百五", 350),
        ("二〇二四", 2024),
        ("十二萬三千", 123_000),
        ("三萬億", 3 * 10**12),
        ("廿三", 23),
        ("兩百", 200),
        ("1.2億", 120_000_000),
    ],
)
def test_chinese_numbers(written, value):
    """In digits, characters, both, and as people shorten them."""
    assert chinese_value(written) == value


@pytest.mark.parametrize(
    ("written", "value"),
    [("3,000", 3000), ("three million", 3_000_000), ("2.5 billion", 2_500_000_000), ("fifty", 50)],
)
def test_english_numbers(written, value):
    """In digits and words."""
    assert english_value(written) == value


@given(st.integers(0, 10**13))
def test_every_number_in_digits_amounts_to_itself(number):
    """With commas or without."""
    assert chinese_value(f"{number:,}") == english_value(f"{number:,}") == number


def told(text: str) -> list[tuple[str, str, Decimal]]:
    return [(text[each.start : each.end], each.kind, each.value) for each in figures(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "今年有超過三千名移工參與，其中三成五是看護工。",
            [("超過三千名", "people", 3000), ("三成五", "share", 35)],
            id="hedge-and-tenths",
        ),
        pytest.param(
            "政府編列新台幣1.2億元，約120萬軍民來台。",
            [("新台幣1.2億元", "money", 120_000_000), ("約120萬", "amount", 1_200_000)],
            id="money-and-no-unit",
        ),
        pytest.param("約有 120 萬軍民，至少有30戶。",
                     [("約有 120 萬", "amount", 1_200_000), ("至少有30戶", "amount", 30)],
                     id="hedge-with-a-verb"),
        pytest.param("以5 億台幣賣了", [("5 億台幣", "money", 500_000_000)], id="money-behind"),
        pytest.param(
            "百分之三十二點五的人，12.5％的戶。",
            [("百分之三十二點五", "share", Decimal("32.5")), ("12.5％", "share", Decimal("12.5"))],
            id="per-cent",
        ),
        pytest.param(
            "基本工資調到29,500元，600多位師傅，13 萬 8,986 人。",
            [("29,500元", "money", 29_500), ("600多位", "people", 600),
             ("13 萬 8,986 人", "people", 138_986)],
            id="wage-and-heads",
        ),
        pytest.param(
            "Nearly 3,000 migrant workers marched; NT$500 million, 4.5 percent, 600 kilometres.",
            [("Nearly 3,000 migrant workers", "people", 3000),
             ("NT$500 million", "money", 500_000_000), ("4.5 percent", "share", Decimal("4.5")),
             ("600 kilometres", "amount", 600)],
            id="english",
        ),
        pytest.param(
            "About three million people and 14,000 metric tons.",
            [("About three million people", "people", 3_000_000),
             ("14,000 metric tons", "amount", 14_000)],
            id="english-words",
        ),
    ],
)  # fmt: skip
def test_what_a_text_gives(text, expected):
    """With hedges and units, since a number without them says more than the text does."""
    assert told(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "2026年3月1日上路，民國113年5月3日公布。",
        "第3條第2名",
        "一位媽媽和兩家公司，一個人",
        "他最後成功，三成功了",
        "In 2024 elections were held on May 3.",
        "one worker said that two of them left",
        "大元旦快樂，三元素",
        "",
    ],
)
def test_what_counts_nothing(text):
    """Dates, ordinals, and words that only look like numbers."""
    assert told(text) == []


@given(st.text(alphabet="0123456789,.萬億千百十一二三%％元人名年月日NT$ 約a民國", max_size=60))
def test_any_text_can_be_read(text):
    """Figures lie in the text, in order, apart."""
    found = figures(text)

    at = 0
    for each in found:
        assert at <= each.start < each.end <= len(text)
        assert each.value >= 0
        at = each.end
