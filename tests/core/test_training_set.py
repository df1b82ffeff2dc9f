"""What is learnt from: what examples say, how they are divided, when they are too few."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain import LabelPath
from core.errors import BadExamples
from core.training_set import checked, folds, from_labelled
from tests.fakes.decided import MARINE, RENTS, SOUP, TAXONOMY, decided, example
from tests.fakes.labelled import text


def test_an_example_says_yes_no_or_nothing():
    """What is not known is not held against a label."""
    said = example(1, "a", MARINE, fails=[RENTS], complete=[])

    assert (said.says(MARINE), said.says(RENTS), said.says(SOUP)) == (True, False, None)
    assert example(2, "a", MARINE).says(SOUP) is False
    assert said.says(LabelPath(f"{RENTS}/flats")) is False


@given(
    stories=st.lists(st.sampled_from("abcdefgh"), min_size=1, max_size=40), seed=st.integers(0, 9)
)
def test_a_story_is_never_divided(stories, seed):
    """Every fold has whole stories, and each example is in one."""
    examples = [example(n, "x", story=story) for n, story in enumerate(stories)]

    found = folds(examples, count=3, seed=seed)

    assert len(found) == len(examples)
    assert len({(story, fold) for story, fold in zip(stories, found, strict=True)}) == len(
        set(stories)
    )


def test_folds_are_alike_in_size_whatever_the_order():
    """They hang on stories and the seed, not on how examples come."""
    examples = decided(10)

    found = dict(zip([each.id for each in examples], folds(examples, seed=1), strict=True))
    again = dict(
        zip([each.id for each in examples[::-1]], folds(examples[::-1], seed=1), strict=True)
    )

    assert found == again
    assert [list(found.values()).count(fold) for fold in range(3)] == [10, 10, 10]


def test_too_few_are_told_with_what_is_needed():
    """How many there are, and how many it takes."""
    with pytest.raises(BadExamples, match=r"There are 3 .* on 1\. .* at least 12 texts, and 3"):
        checked(decided(1), TAXONOMY)


def test_labels_that_nobody_gave_often_enough_cannot_be_learnt():
    """Many texts do not help if each has another label, or none that the taxonomy has."""
    with pytest.raises(BadExamples) as caught:
        checked([example(n, f"x {n}", "topic/gone") for n in range(40)], TAXONOMY)

    assert caught.value.facts["reason"] == "too-few-to-learn"


def test_texts_without_words_are_left_out():
    """Nothing can be asked about them."""
    assert len(checked([*decided(), example("x", "  ", MARINE)], TAXONOMY)) == 24


def test_labelled_texts_become_examples():
    """With the premise that a model is asked about, in the text's language."""
    (found,) = from_labelled([text(1, "whales", MARINE)], ["Whales. whales"], language="zh-TW")

    assert found == example(1, "Whales. whales", MARINE)
