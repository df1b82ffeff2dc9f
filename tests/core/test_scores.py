"""F1 and exact match of labels, on examples small enough to count by hand."""

from dataclasses import astuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.labelled import LabelledText
from core.scores import PERFECT, Scores, by_dimension, score
from core.taxonomy import parse
from tests.fakes.codebook import TAXONOMY

TREE = parse(TAXONOMY)
LABOUR, MIGRANT = "topic/labour", "topic/labour/migrant"
STATEMENT = "form/statement"
TOPIC, BOTH = frozenset({"topic"}), frozenset({"topic", "form"})


def right(*labels: str, dimensions: frozenset[str] = TOPIC) -> LabelledText:
    return LabelledText("1", "A text.", None, "en", frozenset(labels), dimensions)


def found(*labels: str) -> frozenset[str]:
    return frozenset(labels)


def test_f1_is_counted_over_the_narrowest_labels():
    """Migrant: a hit and one too many; labour, where it is the narrowest: missed. With ancestors:
    labour twice, migrant once, and one too many."""
    scores = score(
        [right(LABOUR, MIGRANT), right(LABOUR)], [found(LABOUR, MIGRANT), found(LABOUR, MIGRANT)]
    )

    assert scores == Scores(
        texts=2,
        micro_f1=0.5,
        macro_f1=pytest.approx((0 + 2 / 3) / 2),
        hierarchical_f1=pytest.approx(6 / 7),
        precision=0.5,
        recall=0.5,
        exact=0.5,
    )


def test_what_was_rejected_is_judged_and_nothing_else():
    """Below a rejected label, too; a label that nobody spoke of is neither right nor wrong."""
    known = LabelledText(
        "1", "A text.", None, "en", found(STATEMENT), frozenset(), rejected=found(LABOUR)
    )

    wrong = score([known], [found(LABOUR, MIGRANT)])
    right_ = score([known], [found(STATEMENT, "form/report")])

    assert by_dimension([known], [found(MIGRANT)]).keys() == {"form", "topic"}
    assert (wrong.precision, wrong.recall, wrong.exact) == (0.0, 0.0, 0.0)
    assert (right_.precision, right_.recall, right_.exact) == (1.0, 1.0, 1.0)


def test_a_dimension_that_was_not_labelled_is_not_judged():
    """What is found there is neither right nor wrong; a text without any is left out."""
    scores = score(
        [right(LABOUR), right(dimensions=frozenset())], [found(LABOUR, STATEMENT), found(MIGRANT)]
    )

    assert (scores.texts, scores.micro_f1, scores.exact) == (1, 1.0, 1.0)


def test_none_fits_is_a_decision():
    """In a dimension that is labelled completely, a label too many is wrong."""
    scores = score([right()], [found(LABOUR)])

    assert (scores.micro_f1, scores.precision, scores.exact) == (0.0, 0.0, 0.0)


def test_nothing_to_find_and_nothing_found_is_perfect():
    """Where no label fits any text, silence is right."""
    assert score([right()], [found()]) == Scores(1, *PERFECT)


def test_each_dimension_is_judged_by_itself():
    """As if there were no other."""
    truths = [right(LABOUR, STATEMENT, dimensions=BOTH), right(LABOUR)]

    scores = by_dimension(truths, [found(LABOUR), found(LABOUR)])

    assert list(scores) == ["form", "topic"]
    assert (scores["topic"].micro_f1, scores["topic"].texts) == (1.0, 2)
    assert (scores["form"].micro_f1, scores["form"].texts) == (0.0, 1)


LABELS = st.frozensets(st.sampled_from([label.path for label in TREE.walk()]))


@given(st.lists(st.tuples(LABELS, LABELS), min_size=1, max_size=8))
def test_figures_are_shares_and_right_answers_are_perfect(pairs):
    """Whatever is found, each figure is 0 to 1; what is right throughout has 1 everywhere."""
    truths = [right(*labels, dimensions=BOTH) for labels, _ in pairs]

    scores = score(truths, [said for _, said in pairs])
    perfect = score(truths, [labels for labels, _ in pairs])

    assert all(0 <= figure <= 1 for figure in astuple(scores)[1:])
    assert perfect == Scores(len(pairs), *PERFECT)
