"""Snippets: the right part, marked in the original text, whole characters and sentences."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.snippets import Snippet, marked, opening, snippet, wanted, whole


def seen(text, *words, phrases=(), max_length=160):
    return snippet(text, wanted(words, phrases), max_length=max_length)


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        pytest.param("臺灣的移工", "台湾", ("臺灣",), id="variants"),
        pytest.param("Ｔａｉｗａｎ's café", "taiwan", ("Ｔａｉｗａｎ's",), id="width"),
        pytest.param("the cafe\u0301 here", "café", ("cafe\u0301",), id="combining accent"),
        pytest.param("migrant workers and a worker", "Workers", ("workers", "worker"), id="plural"),
        pytest.param("移工權益與權益", "移工權益", ("移工權益", "權益"), id="pairs join"),
        pytest.param("貓與貓咪", "貓", ("貓",), id="one character"),
        pytest.param("COVID-19 and 19", "covid19", ("COVID-19",), id="joined parts"),
        pytest.param("ﬁne ﬁnance", "fine", ("ﬁne",), id="one sign, two letters"),
        pytest.param("O'Neil's policies", "oneil policy", ("O'Neil's", "policies"), id="signs"),
        pytest.param("約12,000人", "12000", ("12,000",), id="grouped digits"),
        pytest.param("a I is", "i", ("I",), id="one letter"),
        pytest.param("He tries, she lies", "try lies", ("tries", "lies"), id="y"),
    ],
)
def test_words_are_marked_as_they_are_written(text, word, expected):
    """Found in the folded text, marked in the original."""
    assert seen(text, word).found == expected


def test_a_phrase_is_marked_as_a_whole():
    """Its parts elsewhere are not."""
    text = "仲介制度。廢除仲介制度吧，制度。"

    found = seen(text, phrases=["廢除仲介"])

    assert [found.text[start:end] for start, end in found.marks] == ["廢除仲介"]


def test_without_a_term_there_is_no_snippet():
    """None, so that something else can be shown."""
    assert seen("貓咪很可愛", "移工") is None
    assert seen("貓咪很可愛") is None
    assert seen("", "移工") is None


LONG = "".join(f"這是第{number}段沒有關係的文字，說的是別的事情。" for number in range(30))


def test_the_part_with_most_different_words_is_shown():
    """Three mentions of one word are less than one of each."""
    text = f"移工移工移工。{LONG}移工與仲介都在這裡。{LONG}"

    found = seen(text, "移工", "仲介", max_length=60)

    assert "移工與仲介都在這裡。" in found.text
    assert set(found.found) == {"移工", "仲介"}


def test_it_begins_and_ends_with_a_sentence():
    """Where they are short enough, whole sentences, without dots."""
    text = f"{LONG}移工走上街頭。他們要求廢除仲介。{LONG}"

    found = seen(text, "街頭", max_length=50)

    assert found.text.startswith("移工走上街頭。")
    assert found.text.endswith("。")


def test_a_sentence_that_is_too_long_is_cut_between_words():
    """With dots where it was cut."""
    text = " ".join(f"word{number}" for number in range(200)) + "."

    found = seen(text, "word100", max_length=60)

    assert found.text.startswith("…word")
    assert found.text.endswith("…")
    assert all(word.startswith("word") for word in found.text.strip("…").split())
    assert found.found == ("word100",)


def test_newlines_become_spaces():
    """A snippet is one line; marks stay where they were."""
    found = seen("第一行\n移工\n第三行", "移工")

    assert found == Snippet("第一行 移工 第三行", ((4, 6),))


def test_a_title_is_marked_as_it_is():
    """The whole of it, also without any word."""
    assert marked("移工權益", wanted(["權益"], [])) == Snippet("移工權益", ((2, 4),))
    assert marked("貓", wanted(["權益"], [])) == Snippet("貓")


def test_an_opening_is_the_first_sentences():
    """As many as fit."""
    assert opening("第一句。第二句。", max_length=5) == Snippet("第一句。")
    assert opening("short") == Snippet("short")
    assert opening("") == Snippet("")


@pytest.mark.parametrize(
    "character",
    [
        pytest.param("e\u0301", id="accent"),
        pytest.param("👩‍👩‍👧", id="family"),
        pytest.param("👍🏽", id="skin"),
        pytest.param("❤️", id="variation"),
        pytest.param("🇹🇼", id="flag"),
        pytest.param("🏴\U000e0067\U000e0062\U000e007f", id="tags"),
    ],
)
def test_a_character_of_several_parts_is_never_cut(character):
    """Every place inside leads back to its beginning."""
    text = f"a{character}b"

    for inside in range(2, 1 + len(character)):
        assert whole(text, inside) == 1
    assert whole(text, 1) == 1
    assert whole(text, 1 + len(character)) == 1 + len(character)


def test_the_second_of_two_flags_is_its_own():
    """Regional letters go in pairs."""
    assert whole("🇹🇼🇯🇵", 2) == 2
    assert whole("🇹🇼🇯🇵", 3) == 2


TEXTS = st.lists(
    st.sampled_from(
        ["移工", "權益", "。", "，", " ", "\n", "word ", "é", "e\u0301", "👍🏽", "ﬁ", "A."]
    ),
    max_size=60,
).map("".join)


@given(TEXTS, st.integers(8, 60))
def test_a_snippet_is_a_part_of_its_text(text, max_length):
    """Its words are the text's own; marks are in order, apart and hold what was looked for."""
    found = seen(text, "移工", "word", max_length=max_length)

    if found is None:
        assert "移工" not in text
        return
    inner = found.text.removeprefix("…").removesuffix("…")
    assert inner in text.replace("\n", " ")
    assert len(inner) <= max_length
    end = -1
    for start, stop in found.marks:
        assert end < start < stop <= len(found.text)
        assert set(found.text[start:stop]) <= set("移工word ")
        end = stop
    assert found.marks
