"""Repeated runs: their mean and how far they differ, counted by hand."""

import pytest

from core.repeats import Spread, mean, spread
from core.scores import Scores
from core.taxonomy import parse
from tests.core.test_scores import LABOUR, MIGRANT, STATEMENT, found, right
from tests.fakes.codebook import TAXONOMY

TREE = parse(TAXONOMY)


def test_the_spread_counts_decisions_that_differ():
    """Two texts and the topic's labels; three runs, of which one says otherwise on one label."""
    truths = [right(LABOUR), right(LABOUR)]
    same = [found(LABOUR), found(LABOUR, STATEMENT)]
    other = [found(LABOUR), found(LABOUR, MIGRANT)]

    told = spread(truths, [same, same, other], TREE)

    decisions = 2 * sum(label.path.startswith("topic/") for label in TREE.walk())
    assert (told.runs, told.decisions, told.differing) == (3, decisions, 1 / decisions)
    assert told.micro_sd == pytest.approx((1 - 1 / 2) / 3**0.5)


def test_one_run_has_no_spread():
    """Nothing to compare."""
    told = spread([right(LABOUR)], [[found(LABOUR)]], TREE)

    assert told == Spread(1, told.decisions, 0.0, 0.0, 0.0)


def test_the_mean_of_runs():
    """Each figure by itself."""
    scores = [Scores(2, 1.0, 0.5, 1.0, 1.0, 1.0, 0.0), Scores(2, 0.5, 0.5, 0.0, 0.0, 1.0, 1.0)]

    assert mean(scores) == Scores(2, 0.75, 0.5, 0.5, 0.5, 1.0, 0.5)
