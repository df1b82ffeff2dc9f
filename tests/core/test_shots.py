"""Examples are drawn so that nothing leaks, each label has its share, and more includes fewer."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import BadExamples
from core.labelled import LabelledText
from core.shots import draw, split, story_of

LABELS = ("topic/labour", "topic/labour/migrant", "topic/environment")


def text(number: int, *labels: str, story: str | None = None, words: str = "") -> LabelledText:
    return LabelledText(
        id=str(number),
        text=words or f"text {number}",
        title=None,
        language="en",
        labels=frozenset(labels),
        dimensions=frozenset({"topic"}),
        story=story,
    )


def house(each: int = 20) -> list[LabelledText]:
    """As many texts about migrant workers (so labour), the environment, and nothing."""
    kinds = [LABELS[:2], LABELS[2:], ()]
    return [text(number, *kinds[number % 3]) for number in range(3 * each)]


@given(st.lists(st.integers(0, 12), min_size=40, max_size=80), st.integers(0, 5))
def test_a_story_is_never_on_both_sides(stories: list[int], seed: int):
    """Whatever the stories, and whatever the seed."""
    texts = [text(number, story=str(story)) for number, story in enumerate(stories)]
    try:
        sides = split(texts, most=1_000, seed=seed)
    except BadExamples:
        return

    told = [{story_of(texts[place]) for place in side} for side in (sides.learn, sides.measure)]

    assert told[0].isdisjoint(told[1])
    assert sorted((*sides.learn, *sides.measure)) == list(range(len(texts)))


def test_copies_of_a_text_are_one_story():
    """Also under another id, with other spaces."""
    copies = [text(1, words="The tram is late."), text(2, words=" The  tram\nis late.")]

    assert len({story_of(each) for each in copies}) == 1


def test_what_is_measured_on_is_limited_and_never_learnt_from():
    """What is too much is left out on both sides, so the measure stays the same kind of text."""
    sides, whole = split(house(), most=10, seed=1), split(house(), most=100, seed=1)

    assert len(sides.measure) == 10
    assert sides.learn == whole.learn
    assert set(sides.measure) < set(whole.measure)


def test_too_few_texts_are_told():
    """With how many there are and how many it takes."""
    with pytest.raises(BadExamples) as caught:
        split(house(4), most=100, seed=1)

    assert caught.value.facts["reason"] == "too-few-to-split"
    assert (caught.value.facts["found"], caught.value.facts["expected"]) == (12, 20)


def test_each_label_gets_so_many_texts():
    """The narrowest labels; and as many that have none at all."""
    texts = house()

    drawn = draw(texts, range(len(texts)), [0, 4, 8], seed=1)

    assert drawn[0] == ()
    for shots in (4, 8):
        counts = Counter(
            label
            for place in drawn[shots]
            for label in (texts[place].labels or {"none"}) - {"topic/labour"}
        )
        assert counts == dict.fromkeys(("topic/labour/migrant", "topic/environment", "none"), shots)


def test_more_shots_begin_with_fewer_and_seeds_differ():
    """So a curve shows what is added; and the same seed draws the same."""
    texts = house()
    places = split(texts, most=100, seed=1).learn

    one, again, other = (draw(texts, places, [4, 8], seed=seed) for seed in (1, 1, 2))

    assert one == again != other
    assert one[8][: len(one[4])] == one[4]
    assert set(one[8]) <= set(places)


def test_a_rare_label_gives_what_it_has():
    """All of its texts, and the others no more than asked for."""
    texts = [*house(), text(99, "topic/labour")]

    drawn = draw(texts, range(len(texts)), [4], seed=1)[4]

    assert 60 in drawn
    assert len(drawn) == 4 * 3 + 1
