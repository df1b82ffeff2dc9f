"""Texts to token numbers."""

import itertools
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.models.model_folder import BUILTIN
from core.models.tokenizer import END, START, UNKNOWN, BilingualTokenizer, Pieces

BUILTIN_TOKENIZER = BilingualTokenizer(BUILTIN)


def encode(text: str, *, max_tokens: int = 96) -> list[int]:
    return BUILTIN_TOKENIZER.encode([text], max_tokens=max_tokens)[0]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        pytest.param(
            "台灣的能源轉型與環境正義",
            [31780, 34691, 35414, 34301, 35989, 32144, 30644, 34506, 34015, 30774],
            id="chinese",
        ),
        pytest.param(
            "Migrant workers march in Taipei.",
            [20731, 3667, 2233, 1999, 14004, 1012],
            id="english",
        ),
        pytest.param(
            "移工團體要求廢除仲介制度 NGO 2026",
            [35037, 32707, 32029, 35752, 32863, 36330, 30993, 30939, 31453, 17895, 16798, 2575],
            id="mixed",
        ),
        pytest.param(
            "這篇文章與「勞動」有關。",
            [36043, 35152, 33491, 30644, 1641, 31522, 31510, 1642, 33749, 1636],
            id="punctuation",
        ),
        pytest.param("", [], id="empty"),
    ],
)
def test_numbers_are_those_that_the_model_was_trained_with(text: str, numbers: list[int]):
    """Reference numbers from the training of the built-in weights."""
    assert encode(text) == [START, *numbers, END]


def test_traditional_and_simplified_are_one():
    """Chinese is spelled in Simplified characters before it is cut."""
    assert encode("環境與轉型") == encode("环境与转型")


@pytest.mark.parametrize("word", ["[SEP]", "[CLS]", "[PAD]", "[MASK]"])
def test_nothing_in_a_text_is_a_special_token(word: str):
    """A text cannot end itself or hide its rest."""
    inner = encode(f"before {word} after")[1:-1]

    assert {0, START, END, 103}.isdisjoint(inner)
    assert len(inner) > 3


def test_an_unknown_chinese_character_is_one_unknown_token():
    """Also two in a row are two."""
    assert encode("龘龘")[1:-1] == [UNKNOWN, UNKNOWN]


@given(st.text(max_size=60), st.integers(2, 40))
def test_a_text_is_cut_and_closed(text: str, max_tokens: int):
    """However long it is, numbers begin and end as they must and keep to the limit."""
    numbers = encode(text, max_tokens=max_tokens)
    whole = encode(text, max_tokens=2000)

    assert (numbers[0], numbers[-1]) == (START, END)
    assert numbers[1:-1] == whole[1:-1][: max_tokens - 2]


def test_a_very_long_text_is_cut_before_work():
    """What cannot get in is not looked at; the beginning is as it would be."""
    assert encode("環境 and " * 100_000, max_tokens=20) == encode("環境 and " * 50, max_tokens=20)


ALPHABET = "台湾环境"
SCORES = {
    "台": -3.0,
    "湾": -3.5,
    "台湾": -4.0,
    "环境": -6.0,
    "境": -5.0,
    "湾环": -6.2,
    "湾环境": -9.3,
}


@given(st.text(alphabet=ALPHABET + "龘", min_size=1, max_size=8))
def test_pieces_are_the_likeliest(run: str):
    """Viterbi finds the best of all ways to cut, as trying them all does."""
    pieces = Pieces(SCORES, first=200)
    unknown = min(SCORES.values()) - 10

    def score(numbers: list[int]) -> float:
        names = list(SCORES)
        return sum(unknown if n == UNKNOWN else SCORES[names[n - 200]] for n in numbers)

    best = float("-inf")
    for cuts in itertools.product((False, True), repeat=len(run) - 1):
        places = [0, *(place for place, cut in enumerate(cuts, 1) if cut), len(run)]
        parts = [run[start:end] for start, end in itertools.pairwise(places)]
        if all(part in SCORES or len(part) == 1 for part in parts):
            best = max(best, sum(SCORES.get(part, unknown) for part in parts))

    assert score(pieces.cut(run)) == pytest.approx(best)


def test_a_missing_file_is_told_on_first_use(tmp_path: Path):
    """Making a tokenizer costs nothing and promises nothing."""
    tokenizer = BilingualTokenizer(tmp_path)

    with pytest.raises(OSError, match=r"wordpiece\.json"):
        tokenizer.load()
