"""Log odds made to mean what they say, and how sure a "yes" must be, learnt from a few answers.

For all labels of a dimension one curve is fitted (Platt scaling: calibrated log odds = slope * log
odds + offset), and for each label a shift of its own. The curve is pulled back towards the log odds
as they are; a label of which little is known has next to no shift, and the threshold of its
dimension: both are pulled back towards what holds for all, the more, the fewer texts have the
label. Answers must come from a model that did not see the text, else they look surer than they are.

Sources: Platt 1999, "Probabilistic Outputs for Support Vector Machines"; pulling back: the normal
prior of a hierarchical model (Gelman and Hill 2007, chapter 12). Isotonic regression was left out:
it needs hundreds of answers a curve (Niculescu-Mizil and Caruana 2005), and a community has dozens.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]
Truth = NDArray[np.bool_]

SPREAD = 1.0
"""How far, in log odds, labels' shifts are expected to lie apart (a standard deviation)."""

WEIGHT_OF_ALL = 10.0
"""So many texts with a label are worth as much for its threshold as what holds for all labels."""

_SLOPE_SPREAD, _OFFSET_SPREAD = 0.5, 2.0
"""How far curves are expected to lie from the log odds as they are (standard deviations)."""

_NEARER = 0.3
"""A curve for a part of the answers lies nearer to that for all of them by this factor."""

_STEPS = 50
_FURTHEST = 30.0


@dataclass(frozen=True, slots=True)
class Calibration:
    """What was fitted for the k labels of a dimension.

    Attributes:
        slope, offset: of the curve that all share; the slope is never below `LEAST_SLOPE`, so that
            what ranks first still does.
        shifts: added for each label, shape (k,).
    """

    slope: float
    offset: float
    shifts: Values

    def logits(self, logits: Values) -> Values:
        """Calibrated log odds of answers of shape (n, k)."""
        calibrated: Values = self.slope * logits + self.offset + self.shifts
        return calibrated


LEAST_SLOPE = 0.05


def calibrate(
    logits: Values,
    truth: Truth,
    known: Truth,
    *,
    spread: float = SPREAD,
    around: Calibration | None = None,
) -> Calibration:
    """Fit a dimension.

    Args:
        logits: log odds that the model gave, of shape (n, k); from texts that it did not see.
        truth: whether the label holds, of the same shape.
        known: whether anybody said so; the rest is not looked at.
        spread: see `SPREAD`.
        around: what holds for more answers than these; None: the log odds as they are.

    Returns:
        `around`, or the identity, if nothing is known.
    """
    count = logits.shape[1]
    middle = around or Calibration(1.0, 0.0, np.zeros(count))
    if not known.any():
        return middle
    near = 1.0 if around is None else _NEARER
    spreads = near * np.concatenate([[_SLOPE_SPREAD, _OFFSET_SPREAD], np.full(count, spread)])
    return _fit(logits, truth, known, middle, spreads)


def thresholds(logits: Values, truth: Truth, known: Truth) -> Values:
    """The least probability of a "yes" for each label, by F1.

    What is best for all labels together is the middle to which each label's own best is pulled
    back.

    Args:
        logits: calibrated log odds, of shape (n, k); from texts that the model did not see.
        truth, known: see `calibrate`.

    Returns:
        Probabilities of shape (k,); one half, if nothing is known.
    """
    common = best_threshold(logits[known], truth[known])
    least = np.full(logits.shape[1], common)
    for label in range(logits.shape[1]):
        where = known[:, label]
        texts = int((truth[:, label] & where).sum())
        if texts:
            own = best_threshold(logits[where, label], truth[where, label])
            share = texts / (texts + WEIGHT_OF_ALL)
            least[label] = share * own + (1 - share) * common
    return probability(least)


def best_threshold(logits: Values, truth: Truth) -> float:
    """The log odds from which a "yes" gives the best F1; half-way between two answers.

    Args:
        logits, truth: of shape (n,).

    Returns:
        0 (a probability of one half), if no label holds. Of equally good ones the one nearest to 0.
    """
    holds = int(truth.sum())
    if not holds:
        return 0.0
    order = np.argsort(-logits, kind="stable")
    ranked, right = logits[order], np.cumsum(truth[order])
    given = np.arange(1, len(ranked) + 1)
    f1 = 2 * right / (given + holds)
    f1[np.append(ranked[1:] == ranked[:-1], False)] = -1  # no threshold lies between equals
    below = np.append(ranked[1:], ranked[-1] - 2.0)
    middles = np.clip((ranked + below) / 2, -_FURTHEST, _FURTHEST)
    best = np.flatnonzero(f1 >= f1.max() - 1e-12)
    return float(middles[best[np.abs(middles[best]).argmin()]])


def probability(log_odds: Values) -> Values:
    """Log odds as probabilities, 0 to 1."""
    found: Values = 1 / (1 + np.exp(-np.clip(log_odds, -_FURTHEST, _FURTHEST)))
    return found


def _fit(
    logits: Values, truth: Truth, known: Truth, around: Calibration, spreads: Values
) -> Calibration:
    """What makes the answers likeliest (Newton's method, damped).

    Args:
        around, spreads: mean and standard deviations of the prior of slope, offset and shifts.
    """
    rows, columns = np.nonzero(known)
    given = np.clip(logits[rows, columns], -_FURTHEST, _FURTHEST)
    holds = truth[rows, columns].astype(np.float64)
    labels = logits.shape[1]
    penalty = 1 / spreads**2
    centre = np.concatenate([[around.slope, around.offset], around.shifts])

    def loss(at: Values) -> float:
        said = at[0] * given + at[1] + at[2 + columns]
        surprise = np.logaddexp(0, said) - holds * said
        return float(surprise.sum() + 0.5 * (penalty * (at - centre) ** 2).sum())

    at = centre.copy()
    now = loss(at)
    for _ in range(_STEPS):
        said = at[0] * given + at[1] + at[2 + columns]
        chance = probability(said)
        miss, weight = chance - holds, chance * (1 - chance)
        gradient = penalty * (at - centre)
        gradient[0] += (miss * given).sum()
        gradient[1] += miss.sum()
        gradient[2:] += np.bincount(columns, miss, labels)
        second = np.diag(penalty + 1e-9)
        second[0, 0] += (weight * given**2).sum()
        second[1, 1] += weight.sum()
        second[0, 1] = second[1, 0] = (weight * given).sum()
        per_label = np.bincount(columns, weight, labels)
        crossed = np.bincount(columns, weight * given, labels)
        second[0, 2:] = second[2:, 0] = crossed
        second[1, 2:] = second[2:, 1] = per_label
        second[2:, 2:] += np.diag(per_label)
        step = np.linalg.solve(second, gradient)
        size = 1.0
        while size > 1e-4 and loss(at - size * step) > now:
            size /= 2
        at = at - size * step
        before, now = now, loss(at)
        if before - now < 1e-9 * max(1.0, abs(before)):
            break
    return Calibration(max(float(at[0]), LEAST_SLOPE), float(at[1]), at[2:])
