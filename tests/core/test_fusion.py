"""Words and meaning weighed together."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.fusion import MEANING_FLOOR, fuse
from core.ports import Scored

shares = st.floats(0, 1, allow_nan=False)
cosines = st.floats(-1, 1, allow_nan=False)


def found(scores):
    return [Scored(item_id, score) for item_id, score in scores.items()]


def by_words():
    return st.dictionaries(st.integers(1, 30), shares, max_size=12)


def by_meaning():
    return st.dictionaries(st.integers(1, 30), cosines, max_size=12)


@given(by_words(), by_meaning(), st.randoms())
def test_the_order_of_what_was_found_makes_no_difference(words, meaning, random):
    """Fusion reads scores, not ranks."""
    first, second = found(words), found(meaning)
    before = fuse(first, second)

    random.shuffle(first)
    random.shuffle(second)

    assert fuse(first, second) == before


@given(by_words(), by_meaning(), st.sets(st.integers(1, 30)))
def test_what_else_was_found_makes_no_difference(words, meaning, left_out):
    """An item's score is its own: without others, those that remain keep score and order."""
    everything = fuse(found(words), found(meaning))

    fewer = fuse(
        found({item: score for item, score in words.items() if item not in left_out}),
        found({item: score for item, score in meaning.items() if item not in left_out}),
    )

    assert fewer == [each for each in everything if each.item_id not in left_out]


@given(by_words(), by_meaning())
def test_every_item_comes_once_best_first(words, meaning):
    """Everything found by words, and by meaning above the floor, by falling score."""
    fused = fuse(found(words), found(meaning))

    near = {item for item, score in meaning.items() if score >= MEANING_FLOOR}
    assert sorted(each.item_id for each in fused) == sorted({*words, *near})
    keys = [(-each.score, -each.item_id) for each in fused]
    assert keys == sorted(keys)


@given(by_words())
def test_words_alone_keep_their_order(words):
    """Without meaning, more of the words is better, and never worse."""
    fused = fuse(found(words), [])

    scores = [words[each.item_id] for each in fused]
    assert all(a >= b or a**2 == b**2 for a, b in pairwise(scores))


@given(by_words(), by_meaning(), st.integers(1, 30), shares)
def test_more_evidence_never_ranks_lower(words, meaning, item, more):
    """An item that holds more of the words does not fall behind anyone."""
    meaning[item] = 0.9
    words[item] = min(words.get(item, 0.0), more)
    before = [each.item_id for each in fuse(found(words), found(meaning))]

    words[item] = max(words[item], more)

    after = [each.item_id for each in fuse(found(words), found(meaning))]
    assert after.index(item) <= before.index(item)


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        pytest.param((1.0, None), (None, 0.8), id="all words beat a likeness"),
        pytest.param((None, 0.8), (0.5, None), id="a strong likeness beats half of the words"),
        pytest.param((0.5, None), (None, 0.5), id="half of the words beat a weak likeness"),
        pytest.param((0.5, 0.5), (0.5, None), id="both beat one"),
    ],
)
def test_evidence_weighs(better, worse):
    """Strong evidence decides, weak evidence hints."""
    words = {1: better[0], 2: worse[0]}
    meaning = {1: better[1], 2: worse[1]}

    fused = fuse(
        found({item: score for item, score in words.items() if score is not None}),
        found({item: score for item, score in meaning.items() if score is not None}),
    )

    assert fused[0].item_id == 1


def test_each_side_is_told():
    """What was not found by a side has None there; what lies under the floor was not found."""
    first, second = fuse([Scored(1, 0.9), Scored(2, 0.3)], [Scored(1, 0.6), Scored(2, 0.2)])

    assert (first.words, first.meaning) == (0.9, 0.6)
    assert (second.words, second.meaning) == (0.3, None)
