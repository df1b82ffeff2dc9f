"""Log odds that mean what they say: on made-up answers whose truth is known."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.calibration import WEIGHT_OF_ALL, best_threshold, calibrate, probability, thresholds
from core.metrics import calibration_error


def answers(count: int, labels: int, *, seed: int = 1) -> tuple[np.ndarray, np.ndarray]:
    """True log odds, and what came true by them; of shape (count, labels)."""
    random = np.random.default_rng(seed)
    odds = random.normal(-1, 2, (count, labels))
    return odds, random.random((count, labels)) < probability(odds)


def all_known(truth: np.ndarray) -> np.ndarray:
    return np.ones_like(truth)


def test_answers_that_are_too_sure_are_put_right():
    """A model that says everything three times as surely, and too often yes."""
    odds, truth = answers(2_000, 3)
    said = 3 * odds + 2

    fitted = calibrate(said, truth, all_known(truth))

    assert fitted.slope == pytest.approx(1 / 3, abs=0.03)
    before = calibration_error(truth, probability(said))
    after = calibration_error(truth, probability(fitted.logits(said)))
    assert before > 0.1
    assert after < 0.03


def test_a_label_with_many_answers_gets_a_shift_of_its_own():
    """One label is answered too low; the others are right."""
    odds, truth = answers(1_000, 4)
    said = odds.copy()
    said[:, 2] -= 3

    fitted = calibrate(said, truth, all_known(truth))

    assert fitted.shifts[2] - fitted.shifts[[0, 1, 3]].mean() == pytest.approx(3, abs=0.6)


def test_a_label_with_few_answers_is_pulled_back():
    """Two texts that have it move it by less than fifty do; nothing speaks against either."""

    def shift(texts: int) -> float:
        logits = np.zeros((100, 2))
        truth = np.zeros((100, 2), np.bool_)
        truth[:50, 0] = True
        truth[:, 1] = True
        known = all_known(truth)
        known[texts:, 1] = False
        return float(np.diff(calibrate(logits, truth, known).shifts)[0])

    assert 0 < shift(2) < 0.5 * shift(50)


def test_what_nobody_said_makes_no_difference():
    """Answers that are not known are not looked at."""
    odds, truth = answers(200, 2)
    known = all_known(truth)
    known[100:] = False
    other = np.where(known, truth, ~truth)

    one, two = calibrate(odds, truth, known), calibrate(odds, other, known)

    assert one.slope == two.slope
    assert np.array_equal(thresholds(odds, truth, known), thresholds(odds, other, known))


def test_nothing_known_changes_nothing():
    """The identity, and one half."""
    odds, truth = answers(5, 2)
    known = np.zeros_like(truth)

    fitted = calibrate(odds, truth, known)

    assert np.array_equal(fitted.logits(odds), odds)
    assert thresholds(odds, truth, known).tolist() == [0.5, 0.5]


def test_the_threshold_lies_between_right_and_wrong():
    """Half-way between the lowest right and the highest wrong answer."""
    threshold = best_threshold(np.array([3.0, 2.0, -1.0, -4.0]), np.array([1, 1, 0, 0], np.bool_))

    assert threshold == 0.5


def test_equal_answers_are_not_told_apart():
    """Where a right and a wrong one are answered alike, both are taken or neither."""
    threshold = best_threshold(np.array([1.0, 1.0, -2.0]), np.array([1, 0, 0], np.bool_))

    assert -2 < threshold < 1


def test_a_rare_labels_threshold_is_mostly_that_of_all():
    """One text of its own counts as one against `WEIGHT_OF_ALL`."""
    logits = np.array([[4.0, -3.0]] * 1 + [[4.0, -5.0]] * 40 + [[-4.0, -5.0]] * 40)
    truth = np.array([[True, True]] * 1 + [[True, False]] * 40 + [[False, False]] * 40)

    _, rare = thresholds(logits, truth, all_known(truth))

    for_all, own = -3.5, -4.0  # half-way between what should be taken and what should not
    pulled = (own + WEIGHT_OF_ALL * for_all) / (1 + WEIGHT_OF_ALL)
    assert rare == pytest.approx(probability(np.array(pulled)))


@given(
    said=st.lists(
        st.tuples(st.floats(-60, 60), st.booleans(), st.booleans()), min_size=1, max_size=30
    )
)
def test_whatever_was_answered_order_is_kept_and_thresholds_are_probabilities(said):
    """Calibration never turns the order of one label's answers around."""
    logits = np.array([[value] for value, _, _ in said])
    truth = np.array([[holds] for _, holds, _ in said])
    known = np.array([[is_known] for _, _, is_known in said])

    fitted = calibrate(logits, truth, known)
    after = fitted.logits(logits)[:, 0]

    order = np.argsort(logits[:, 0], kind="stable")
    assert (np.diff(after[order]) >= -1e-9).all()
    assert np.isfinite(after).all()
    least = thresholds(fitted.logits(logits), truth, known)
    assert ((least >= 0) & (least <= 1)).all()
