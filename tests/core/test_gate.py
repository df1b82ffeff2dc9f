"""The gate: what is better beyond noise passes, and nothing else does."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core import gate
from core.domain import LabelPath
from core.general_pairs import GENERAL_TEXTS
from core.model_versions import Report, report_of
from core.taxonomy import parse
from tests.fakes.codebook import TAXONOMY

TREE = parse(TAXONOMY)
LABOUR, MIGRANT, ENVIRONMENT = (
    LabelPath(f"topic/{each}") for each in ("labour", "labour/migrant", "environment")
)
STATEMENT = LabelPath("form/statement")
TOPICS = {LABOUR, MIGRANT, ENVIRONMENT}


def judged(truth, live, candidate, *, known=None, stories=None):
    """Figures by name, and objections, of items given as sets of labels."""
    everything = {label.path for label in TREE.walk()}
    fails = [frozenset((known or everything) - each) for each in truth]
    stories = stories or [str(place) for place in range(len(truth))]
    board = gate.board(TREE, [frozenset(each) for each in truth], fails, stories)
    found = gate.figures(
        board,
        *(
            gate.said(
                board,
                [frozenset(each) for each in given],
                [dict.fromkeys(each, 0.9) for each in given],
            )
            for given in (live, candidate)
        ),
    )
    return {each.name: each for each in found}, gate.objections(len(set(stories)), found)


ITEMS = [{LABOUR}, {ENVIRONMENT}] * 10


def test_a_candidate_that_is_right_more_often_passes():
    """Nothing speaks against it."""
    figures, against = judged(ITEMS, [{LABOUR}] * 20, ITEMS)

    assert against == ()
    assert figures["hierarchical"].candidate == 1.0
    assert figures["hierarchical"].gain == pytest.approx(0.5)
    assert figures["exact"].live == pytest.approx(0.5)


def test_the_same_is_not_better():
    """A difference of nothing is within noise."""
    _, against = judged(ITEMS, ITEMS, ITEMS)

    assert [each.reason for each in against] == ["not-better"]


def test_one_lucky_item_is_noise():
    """The interval of the difference reaches down to nothing."""
    live = [{LABOUR}, *ITEMS[1:-1], {LABOUR}]

    _, against = judged(ITEMS, live, ITEMS)

    assert [each.reason for each in against] == ["not-better"]


def test_a_dimension_that_falls_keeps_a_candidate_aside():
    """However much better the whole is."""
    truth = [*ITEMS[:18], *(each | {STATEMENT} for each in ITEMS[18:])]
    live = [*([set()] * 18), {STATEMENT}, {STATEMENT}]
    candidate = [*truth[:19], ITEMS[19]]

    figures, against = judged(truth, live, candidate)

    assert figures["dimension:form"].gain < -gate.MARGIN
    assert [(each.reason, each.name) for each in against] == [("dimension", "dimension:form")]


def test_too_few_items_say_nothing():
    """Even if all of them are right now."""
    _, against = judged(ITEMS[:4], [set()] * 4, ITEMS[:4])

    assert "too-few" in [each.reason for each in against]


def test_copies_of_one_story_count_as_one():
    """Twenty times the same text is no evidence."""
    _, against = judged([{LABOUR}] * 20, [set()] * 20, [{LABOUR}] * 20, stories=["a"] * 20)
    figures, _ = judged(ITEMS, [set()] * 20, ITEMS, stories=["a", "b"] * 10)

    assert [each.reason for each in against] == ["too-few"]
    assert figures["hierarchical"].low == 1.0


def test_a_near_miss_is_better_than_a_far_one():
    """Of labels in a tree the one above is half right."""
    figures, _ = judged([{LABOUR, MIGRANT}] * 10, [{ENVIRONMENT}] * 10, [{LABOUR}] * 10)

    assert figures["micro"].gain == 0.0
    assert figures["hierarchical"].candidate == pytest.approx(2 / 3)


def test_what_nobody_decided_is_not_judged():
    """A label that may or may not hold costs nothing."""
    figures, _ = judged(
        [{LABOUR}] * 10, [{LABOUR}] * 10, [{LABOUR, ENVIRONMENT}] * 10, known={LABOUR, MIGRANT}
    )

    assert figures["hierarchical"].candidate == 1.0


def test_probabilities_that_mean_what_they_say_have_no_error():
    """The calibration error looks at decided labels alone."""
    board = gate.board(
        TREE, [frozenset({LABOUR})] * 10, [frozenset({ENVIRONMENT})] * 10, list("abcdefghij")
    )
    sure = [{LABOUR: 1.0, ENVIRONMENT: 0.0}] * 10
    unsure = [{LABOUR: 0.6, ENVIRONMENT: 0.4, MIGRANT: 0.9}] * 10
    labels = [frozenset({LABOUR})] * 10

    found = gate.figures(board, gate.said(board, labels, unsure), gate.said(board, labels, sure))

    error = next(each for each in found if each.name == "calibration")
    assert error.live == pytest.approx(0.4)
    assert error.candidate == pytest.approx(0.0)
    assert error.gain == pytest.approx(0.4)


def test_a_model_that_forgot_the_world_is_kept_aside():
    """Four of sixty general texts are too many."""
    whole = judged(ITEMS, [{LABOUR}] * 20, ITEMS)[0]["hierarchical"]
    forgot = gate.general([True] * 60, [True] * 56 + [False] * 4)
    nearly = gate.general([True] * 60, [True] * 58 + [False] * 2)

    assert [each.reason for each in gate.objections(20, [whole, forgot])] == ["general"]
    assert gate.objections(20, [whole, nearly]) == ()


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_a_worse_candidate_never_passes(data):
    """Whatever the labels: with fewer right answers and no others, nothing is promoted."""
    labels = st.sets(st.sampled_from(sorted({LABOUR, ENVIRONMENT, STATEMENT})))
    truth = data.draw(st.lists(labels, min_size=8, max_size=20))
    live = [data.draw(labels) for _ in truth]
    worse = [said - right for said, right in zip(live, truth, strict=True)]

    _, against = judged(truth, live, worse)

    assert against != ()


def test_there_are_sixty_general_texts_half_of_them_chinese():
    """No premise comes twice, and each has nine wrong sentences in its language."""
    assert len(GENERAL_TEXTS) == 60
    assert sum(not each.premise.isascii() for each in GENERAL_TEXTS) == 30
    assert len({each.premise for each in GENERAL_TEXTS}) == 60
    assert all(len({*each.wrong, each.right}) == 10 for each in GENERAL_TEXTS)
    assert all(
        said.isascii() is each.premise.isascii() for each in GENERAL_TEXTS for said in each.wrong
    )


def test_a_report_survives_being_written_down():
    """As an object and back."""
    from dataclasses import asdict

    figures, against = judged(ITEMS, ITEMS, ITEMS)
    report = Report(1, 20, 80, tuple(figures.values()), against, 20, 0, 0, 0)

    assert report_of(asdict(report)) == report
    assert np.isfinite([each.low for each in report.figures]).all()
