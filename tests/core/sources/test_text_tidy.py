"""A clean text is clean: NFC, nothing invisible, one paragraph a line."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.sources.tidy import clean, clean_line, weight


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        pytest.param("a\r\nb\rc\n\n\nd", "a\nb\nc\nd", id="line-ends"),
        pytest.param("\u3000\u3000第一段\u3000\n第二段", "第一段\n第二段", id="ideographic-indent"),
        pytest.param("姓名\u3000地址", "姓名\u3000地址", id="ideographic-space-inside"),
        pytest.param("a\u00a0 \t b", "a b", id="spaces"),
        pytest.param("空\u200b氣\ufeff品\u00ad質\u2060", "空氣品質", id="zero-width"),
        pytest.param("\u202eabc\u202c \u200fdef", "abc def", id="directions"),
        pytest.param("a\x00b\x07c\x1bd\x85e", "abcd\ne", id="controls"),
        pytest.param("cafe\u0301", "café", id="nfc"),
        pytest.param("空\u200d氣", "空氣", id="joiner-between-characters"),
        pytest.param(
            "\U0001f468\u200d\U0001f469\u200d\U0001f467",
            "\U0001f468\u200d\U0001f469\u200d\U0001f467",
            id="joiner-in-emoji",
        ),
        pytest.param("می\u200cخواهم", "می\u200cخواهم", id="joiner-in-persian"),
        pytest.param("\u200dabc\u200c", "abc", id="joiner-at-the-ends"),
        pytest.param("a\ud800b", "ab", id="lone-surrogate"),
        pytest.param("one\u2028two\u2029three", "one\ntwo\nthree", id="separators"),
    ],
)
def test_what_cannot_be_seen_is_gone(text: str, cleaned: str):
    """And what can be seen stays."""
    assert clean(text) == cleaned


@given(st.text(max_size=300))
def test_a_clean_text_is_clean(text: str):
    """Cleaning twice is cleaning once; lines are trimmed and none is empty."""
    cleaned = clean(text)

    assert clean(cleaned) == cleaned
    assert unicodedata.is_normalized("NFC", cleaned)
    assert all(line and line == line.strip() for line in cleaned.split("\n") if cleaned)
    assert not any(
        unicodedata.category(character) in ("Cc", "Cs")
        for character in cleaned
        if character != "\n"
    )


@given(st.text(alphabet=st.characters(categories=["L", "N"]), max_size=100))
def test_letters_are_never_lost(text: str):
    """But for fillers that only look like letters."""
    fillers = "\u115f\u1160\u3164\uffa0"
    kept = "".join(character for character in text if character not in fillers)

    assert clean(text) == unicodedata.normalize("NFC", kept)


def test_a_line_is_one_line_or_nothing():
    """Titles come with line breaks in them."""
    assert clean_line("  a\n b ") == "a b"
    assert clean_line(" \u200b ") is None
    assert clean_line(None) is None


def test_chinese_and_english_weigh_about_the_same():
    """A word counts as much as two characters."""
    assert weight("空氣品質監測資料") == 8
    assert weight("air quality data") == 6
    assert weight("2024年") == 3
    assert weight("…… ——") == 0
