"""Ways of labelling are measured by figures that can be counted by hand, and compared in pairs."""

import numpy as np
import pytest

from core.figures import FIGURES, Answers, Yardstick, gains, interval
from core.labelled import LabelledText
from core.taxonomy import parse
from tests.fakes.codebook import TAXONOMY

TREE = parse(TAXONOMY)
LABOUR, MIGRANT, STATEMENT = "topic/labour", "topic/labour/migrant", "form/statement"


def text(*labels: str, not_: tuple[str, ...] = (), complete: tuple[str, ...] = ("topic",)):
    return LabelledText(
        "1", "A text.", None, "en", frozenset(labels), frozenset(complete), frozenset(not_)
    )


def said(*rows: set[str]) -> Answers:
    return Answers([frozenset(row) for row in rows])


RIGHT = [text(LABOUR, MIGRANT), text(LABOUR), text()] * 10
ALL_RIGHT = said(*({LABOUR, MIGRANT}, {LABOUR}, set()) * 10)
PARENTS_ONLY = said(*({LABOUR}, {LABOUR}, set()) * 10)


def values(figures) -> dict[str, float]:
    return {name: float(sample.value) for name, sample in figures.items()}


def test_a_near_miss_is_half_right_with_ancestors():
    """Labour instead of migrant workers: no path is right, but one label of two on it is."""
    found = Yardstick(RIGHT, TREE, times=100).measure([PARENTS_ONLY])

    assert values(found.whole) == {
        "micro_f1": pytest.approx(0.5),
        "macro_f1": pytest.approx((2 / 3 + 0) / 2),
        "hierarchical_f1": pytest.approx(2 * 20 / (20 + 30)),
        "exact_path": pytest.approx(2 / 3),
    }
    assert values(found.dimensions["topic"]) == values(found.whole)


def test_several_runs_are_averaged():
    """On every redraw, too."""
    found = Yardstick(RIGHT, TREE, times=100).measure([ALL_RIGHT, PARENTS_ONLY])

    assert float(found.whole["exact_path"].value) == pytest.approx((1 + 2 / 3) / 2)
    assert found.whole["exact_path"].redrawn.shape == (100,)


def test_a_better_way_is_better_beyond_noise_and_a_way_equals_itself():
    """A gain is for the better, whichever figure."""
    yardstick = Yardstick(RIGHT, TREE)
    best, parents = yardstick.measure([ALL_RIGHT]), yardstick.measure([PARENTS_ONLY])

    found, same = gains(best.whole, parents.whole), gains(best.whole, best.whole)

    assert all(each.gain > 0 and each.is_beyond_noise and each.p < 0.01 for each in found.values())
    assert all((each.gain, each.low, each.high) == (0, 0, 0) for each in same.values())
    assert not any(each.is_beyond_noise for each in same.values())


def test_less_calibration_error_is_a_gain():
    """Who says 0.9 and is always right is nearer to the truth than who says 0.6."""
    labels = [frozenset({LABOUR})] * 20
    right = [text(LABOUR)] * 20
    sure = Answers(labels, [{LABOUR: 0.9}] * 20)
    unsure = Answers(labels, [{LABOUR: 0.6}] * 20)
    yardstick = Yardstick(right, TREE, times=100)
    topics = sum(label.path.startswith("topic/") for label in TREE.walk())

    one, two = yardstick.measure([sure]), yardstick.measure([unsure])

    assert set(one.whole) == set(FIGURES)
    assert float(one.whole["calibration_error"].value) == pytest.approx(0.1 / topics)
    found = gains(one.whole, two.whole)["calibration_error"]
    assert found.gain == pytest.approx(0.3 / topics)
    assert found.is_beyond_noise


def test_only_what_people_decided_is_judged():
    """One label confirmed, one rejected; what is said of others counts neither way."""
    decided = [text(STATEMENT, not_=(LABOUR,), complete=())] * 5
    yardstick = Yardstick(decided, TREE, times=50)

    right = yardstick.measure([said(*[{STATEMENT, "topic/environment"}] * 5)])
    wrong = yardstick.measure([said(*[{STATEMENT, LABOUR, MIGRANT}] * 5)])

    assert set(values(right.whole).values()) == {1.0}
    assert values(wrong.whole)["exact_path"] == 0.0
    assert values(wrong.dimensions["form"])["exact_path"] == 1.0
    assert values(wrong.dimensions["topic"])["micro_f1"] == 0.0


def test_silence_is_right_where_nothing_fits():
    """And any word is wrong."""
    yardstick = Yardstick([text()] * 4, TREE, times=50)

    silent, loud = (
        yardstick.measure([said(*[set()] * 4)]),
        yardstick.measure([said(*[{LABOUR}] * 4)]),
    )

    assert set(values(silent.whole).values()) == {1.0}
    assert set(values(loud.whole).values()) == {0.0}


def test_an_interval_holds_the_figure():
    """And is wider where there are fewer texts."""
    few = Yardstick(RIGHT[:6], TREE).measure([said(*({LABOUR}, {LABOUR}, set()) * 2)])
    many = Yardstick(RIGHT, TREE).measure([PARENTS_ONLY])

    (low, high), (inner_low, inner_high) = (
        interval(each.whole["exact_path"]) for each in (few, many)
    )

    assert low < inner_low < 2 / 3 < inner_high < high
    assert np.isfinite([low, high]).all()
