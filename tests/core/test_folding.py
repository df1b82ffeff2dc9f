"""Folding: what people see as the same word is spelled the same."""

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import folding
from core.folding import fold, fold_with_offsets, to_simplified

TRICKY = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from(
            "aéÅßİﬁ½①㈱臺裡裏著着么幺薴畫か゛ﾞｶが\u3099ᄀㅏᆨ각\u200d\u200b\ufe0f\u0301\u0345🙂क़ि"
        ),
    )
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("ＡＢＣ１２３，！", "abc123,!", id="width"),
        pytest.param("ｶﾞﾗｽ", "ガラス", id="half-width-kana"),
        pytest.param("Straße CAFÉ", "strasse café", id="case"),
        pytest.param("Café naïve Łódź Ελλάς Київ", "cafe naive lodz ΕΛΛΑΣ Киів", id="accents"),
        pytest.param("cafe\u0301", "café", id="composed-or-not"),
        pytest.param("臺灣的網路媒體", "台湾的网路媒体", id="traditional"),
        pytest.param("裏面", "裡面", id="variant-li"),
        pytest.param("看着", "看著", id="variant-zhe"),
        pytest.param("衛生", "衞生", id="variant-wei"),
        pytest.param("計畫", "计划", id="plan"),
        pytest.param("乾隆", "干隆", id="merged-gan"),
        pytest.param("答覆", "答复", id="merged-fu"),
        pytest.param("餘額", "馀额", id="half-simplified"),
        pytest.param("妳好", "你好", id="you"),
        pytest.param("don’t “go”", 'don\'t "go"', id="quotes"),
        pytest.param("能\u200b源\ufeff", "能源", id="unseen"),
        pytest.param("co\u00adop", "coop", id="soft-hyphen"),
        pytest.param("❤\ufe0f", "❤", id="variation-selector"),
        pytest.param("\u2f08", "人", id="radical"),
        pytest.param("\u3000", " ", id="wide-space"),
        pytest.param("한글", "\u1112\u1161\u11ab\u1100\u1173\u11af", id="jamo"),
    ],
)
def test_the_same_word_folds_alike(one: str, other: str):
    """Width, case, accents, script and what nobody sees make no difference."""
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("か", "が", id="dakuten"),
        pytest.param("は", "ぱ", id="handakuten"),
        pytest.param("가", "각", id="hangul-final"),
        pytest.param("क", "कि", id="devanagari-vowel"),
        pytest.param("न", "न्", id="virama"),
        pytest.param("大", "太", id="another-character"),
    ],
)
def test_another_word_folds_otherwise(one: str, other: str):
    """Marks that make another letter are kept."""
    assert fold(one) != fold(other)


def test_scripts_that_need_no_folding_are_left_whole():
    """Japanese, Korean, Hindi and Thai come out as they went in."""
    for text in ["がぎぐ", "한국어", "हिन्दी", "ไทย"]:
        assert fold(text) == text


@given(TRICKY)
def test_folding_twice_changes_nothing(text: str):
    """A folded text is its own fold."""
    assert fold(fold(text)) == fold(text)


@given(TRICKY, TRICKY)
def test_folding_in_two_parts_is_folding_the_whole(one: str, other: str):
    """Words keep their fold wherever they stand, as long as no mark attaches across the cut."""
    assert fold(one + "。" + other) in (
        fold(one) + "。" + fold(other),
        fold(one + "。") + fold(other),
    )


@given(TRICKY)
def test_offsets_tell_where_each_character_came_from(text: str):
    """The folded text is the same; offsets never fall and each part folds from its own source."""
    folded, offsets = fold_with_offsets(text)

    assert folded == fold(text)
    assert len(offsets) == len(folded)
    assert offsets == sorted(offsets)
    assert all(0 <= offset < len(text) for offset in offsets)
    starts = sorted({0, *offsets, len(text)})
    rebuilt = [fold(text[start:end]) for start, end in pairwise(starts)]
    assert "".join(rebuilt) == folded


def test_offsets_of_letters_that_grow_and_shrink():
    """A ligature gives two characters from one place; an accent typed apart gives one from two."""
    folded, offsets = fold_with_offsets("Éﬁe\u0301臺㈱🙂\ufe0fz")

    assert folded == "efie台(株)🙂z"
    assert offsets == [0, 1, 1, 2, 4, 5, 5, 5, 6, 8]


def test_plain_characters_never_attach():
    """The characters that folding takes one by one never join with the one before, nor vanish."""
    odd = folding._ODD
    for code in range(0x30000):
        character = chr(code)
        if unicodedata.category(character) == "Cn" or odd.match(character):
            continue
        if folding._attaches(character):
            pytest.fail(f"U+{code:04X} attaches but counts as plain")


@pytest.mark.parametrize(
    ("traditional", "simplified"),
    [
        ("乾隆皇帝的乾麵", "乾隆皇帝的干面"),
        ("計畫", "计划"),
        ("覆蓋與答覆", "覆盖与答复"),
        ("著名的 Café", "著名的 Café"),
        ("", ""),
    ],
)
def test_simplified_is_what_opencc_says(traditional: str, simplified: str):
    """`to_simplified` looks at phrases and touches nothing but Chinese characters."""
    assert to_simplified(traditional) == simplified


def test_half_a_surrogate_pair_stops_nothing():
    """Broken text from a broken page is folded and converted all the same."""
    assert to_simplified("臺\ud800灣") == "台\ufffd湾"
    assert fold("臺\ud800灣") == "台\ud800湾"
