"""Logistic regression for many labels at once, with its strength and threshold chosen on folds."""

from dataclasses import dataclass

import numpy as np

from core.models.heads.forest import Progress, Truth, Values

STRENGTHS = (10.0, 100.0, 1000.0)
"""Of the examples against the pull towards zero (C, for vectors of unit norm)."""

FOLDS = 3
_STEPS = 300
_THRESHOLDS = np.linspace(0.05, 0.95, 19)


@dataclass(frozen=True, eq=False, slots=True)
class Logistic:
    """A regression for each of k labels.

    Attributes:
        weights: of shape (size + 1, k); the last row is the bias.
        threshold: the least probability of a "yes", the same for all labels.
    """

    weights: Values
    threshold: float

    def probabilities(self, features: Values) -> Values:
        """How probable each label is, of shape (m, k)."""
        return _sigmoid(_with_one(features) @ self.weights)


def fit(
    features: Values, truth: Truth, known: Truth, *, seed: int, on_progress: Progress
) -> Logistic:
    """Fit, with the strength and the threshold that give the best micro F1 on texts left out.

    Args:
        features: of shape (n, size), n at least 1.
        truth, known: what holds, and of what that is known; shape (n, k).
        seed: of the folds.
        on_progress: hears of each fit.
    """
    n = len(features)
    fold = np.random.default_rng(seed).permutation(n) % FOLDS
    total = len(STRENGTHS) * FOLDS + 1
    best, strength, threshold = -1.0, STRENGTHS[1], 0.5
    for at, each in enumerate(STRENGTHS):
        left_out = np.zeros(truth.shape)
        for part in range(FOLDS):
            here, rest = fold == part, fold != part
            if here.any() and rest.any():
                weights = _descend(features[rest], truth[rest], known[rest], strength=each)
                left_out[here] = _sigmoid(_with_one(features[here]) @ weights)
            on_progress(at * FOLDS + part + 1, total)
        for least in _THRESHOLDS:
            given = (left_out >= least) & known
            f1 = 2 * (given & truth).sum() / max(1, given.sum() + (truth & known).sum())
            if f1 > best + 1e-12:
                best, strength, threshold = float(f1), each, float(least)
    weights = _descend(features, truth, known, strength=strength)
    on_progress(total, total)
    return Logistic(weights, threshold)


def _descend(features: Values, truth: Truth, known: Truth, *, strength: float) -> Values:
    """The weights of least loss, by Nesterov's accelerated gradient; the bias is not pulled."""
    inputs = _with_one(features)
    pull = np.full((inputs.shape[1], 1), 1 / strength)
    pull[-1] = 1e-3
    steepest = 0.25 * np.linalg.norm(inputs, 2) ** 2 + pull.max()
    weights = np.zeros((inputs.shape[1], truth.shape[1]))
    ahead, pace = weights, 1.0
    for _ in range(_STEPS):
        miss = (_sigmoid(inputs @ ahead) - truth) * known
        stepped = ahead - (inputs.T @ miss + pull * ahead) / steepest
        faster = (1 + np.sqrt(1 + 4 * pace**2)) / 2
        ahead = stepped + (pace - 1) / faster * (stepped - weights)
        weights, pace = stepped, faster
    return weights


def _with_one(features: Values) -> Values:
    return np.hstack([features.astype(np.float64), np.ones((len(features), 1))])


def _sigmoid(values: Values) -> Values:
    found: Values = 1 / (1 + np.exp(-np.clip(values, -30, 30)))
    return found
