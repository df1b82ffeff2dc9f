"""Figures over texts and labels are what their definitions say, also for weighted texts."""

import math
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from core.metrics import (
    average_precision,
    calibration_error,
    exact_match,
    hierarchical_f1,
    label_f1,
    log_loss,
    macro_f1,
    micro_f1,
    micro_precision,
    micro_recall,
    with_ancestors,
)

YES, NO = True, False
TRUTH = np.array([[YES, NO, NO], [YES, YES, NO], [NO, YES, NO], [NO, NO, NO]])
GIVEN = np.array([[YES, NO, NO], [YES, NO, NO], [YES, YES, NO], [NO, NO, YES]])
SCORES = np.array([[0.9, 0.1, 0.2], [0.8, 0.7, 0.1], [0.85, 0.6, 0.3], [0.1, 0.65, 0.4]])


@st.composite
def judged(draw: st.DrawFn):
    """Truth, given labels, scores with ties, and whole weights, of one shape."""
    shape = draw(st.tuples(st.integers(1, 7), st.integers(1, 4)))
    truth = draw(arrays.arrays(np.bool_, shape))
    labels = draw(arrays.arrays(np.bool_, shape))
    scores = draw(arrays.arrays(np.float64, shape, elements=st.sampled_from([0.1, 0.4, 0.5, 0.9])))
    weights = draw(arrays.arrays(np.intp, shape[0], elements=st.integers(0, 3)))
    return truth, labels, scores, weights


def test_f1_by_hand():
    """First label 2 right of 3 given and 2 true; second 1 of 1 and 2; third 0 of 1 and 0."""
    assert label_f1(TRUTH, GIVEN).tolist() == pytest.approx([4 / 5, 2 / 3, 0])
    assert macro_f1(TRUTH, GIVEN) == pytest.approx((4 / 5 + 2 / 3) / 3)
    assert micro_f1(TRUTH, GIVEN) == pytest.approx(2 * 3 / (5 + 4))
    assert (micro_precision(TRUTH, GIVEN), micro_recall(TRUTH, GIVEN)) == (3 / 5, 3 / 4)
    assert exact_match(TRUTH, GIVEN) == 1 / 4


def test_ranking_by_hand():
    """Of the first label the texts stand at 1 and 3, of the second too; the third has none."""
    assert average_precision(TRUTH, SCORES).tolist() == pytest.approx([5 / 6, 5 / 6, 0])


def test_equal_scores_are_one_step():
    """Two texts that cannot be told apart share the precision of both."""
    truth, scores = np.array([[YES], [NO], [YES]]), np.array([[0.5], [0.5], [0.2]])

    assert average_precision(truth, scores)[0] == pytest.approx((1 / 2 + 2 / 3) / 2)


def test_a_near_miss_is_better_than_a_far_one():
    """Labels: a parent, its two children, and another top label."""
    parents = [None, 0, 0, None]
    truth = np.array([[YES, YES, NO, NO]])
    sibling, stranger = np.array([[NO, NO, YES, NO]]), np.array([[NO, NO, NO, YES]])

    assert with_ancestors(sibling, parents).tolist() == [[YES, NO, YES, NO]]
    assert hierarchical_f1(truth, sibling, parents) == 1 / 2
    assert hierarchical_f1(truth, stranger, parents) == 0
    assert hierarchical_f1(truth, truth, parents) == 1


def test_probabilities_by_hand():
    """One sure and right, one sure and wrong, one that says it does not know."""
    truth, said = np.array([[YES], [NO], [YES]]), np.array([[0.99], [0.99], [0.5]])

    assert log_loss(truth, said)[0] == pytest.approx(
        (-math.log(0.99) - math.log(0.01) + math.log(2)) / 3
    )
    assert calibration_error(truth, said) == pytest.approx((abs(1.98 - 1) + 0.5) / 3)


def test_probabilities_that_come_true_have_no_error():
    """Of ten said to be 0.3, three are."""
    truth = np.array([[place < 3] for place in range(10)])

    assert calibration_error(truth, np.full((10, 1), 0.3)) == pytest.approx(0)


@given(judged())
@settings(deadline=None)
def test_a_weight_is_so_many_copies(case):
    """Every figure of weighted texts is that of texts which are there so often."""
    truth, labels, scores, weights = case
    copies = np.repeat(np.arange(len(truth)), weights)
    figures = {
        label_f1: labels, macro_f1: labels, micro_f1: labels, exact_match: labels,
        average_precision: scores, log_loss: scores, calibration_error: scores,
    }  # fmt: skip

    for figure, said in figures.items():
        one = figure(truth, said, weights.astype(np.float64))
        many = figure(truth, said, np.stack([weights, weights]).astype(np.float64))
        copied = figure(truth[copies], said[copies])
        assert np.allclose(one, copied), figure.__name__
        assert np.allclose(many[1], copied), figure.__name__


@given(judged())
@settings(deadline=None)
def test_average_precision_is_its_definition(case):
    """The mean over a label's texts of the precision among all that score as high."""
    truth, _, scores, _ = case

    found = average_precision(truth, scores)

    for place in range(truth.shape[1]):
        assert found[place] == pytest.approx(_slow_precision(truth[:, place], scores[:, place]))


@given(judged())
@settings(deadline=None)
def test_shares_stay_within_their_bounds(case):
    """Nothing is below 0 or above 1, and what is right in all is 1 where there is anything."""
    truth, labels, _, _ = case

    for said in (macro_f1(truth, labels), micro_f1(truth, labels), exact_match(truth, labels)):
        assert 0 <= said <= 1
    assert exact_match(truth, truth) == 1
    assert micro_f1(truth, truth) == float(truth.any())


def _slow_precision(truth: Sequence[bool], scores: Sequence[float]) -> float:
    own = [score for holds, score in zip(truth, scores, strict=True) if holds]
    shares = [
        sum(other >= score for other in own) / sum(other >= score for other in scores)
        for score in own
    ]
    return sum(shares) / len(shares) if shares else 0.0
