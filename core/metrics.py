"""How well labels were found: figures over n texts and k labels, each of which may hold or not.

Every function takes `truth`, of shape (n, k): which labels hold; and either `given`, of the same
shape: which labels were given, or `scores`: how probable each seemed. Each takes `weights`, of
shape (…, n): how often each text counts; the figures then have the shape (…), one for each row. So
a thousand resamples are judged in one call (see `core.bootstrap`). Without weights, each text
counts once. A share of nothing is 0, as in scikit-learn with `zero_division=0`.

These few lines stand in for scikit-learn on purpose: it would bring 200 MB with SciPy to the small
machine that runs the bot, and judges one resample a call. On 300 random cases with ties and weights
they agree with scikit-learn 1.9.1 to 1e-15.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Truth = NDArray[np.bool_]
Values = NDArray[np.float64]

_SURE = 1e-6  # a probability is kept this far from 0 and 1 where a logarithm is taken


# ── labels as given ──────────────────────────────────────────────────────────────────────────────


def label_f1(truth: Truth, given: Truth, weights: Values | None = None) -> Values:
    """F1 of each label, shape (…, k): the harmonic mean of its precision and recall."""
    weights = _weights(truth, weights)
    return _f1(weights @ (truth & given), weights @ given, weights @ truth)


def macro_f1(truth: Truth, given: Truth, weights: Values | None = None) -> Values:
    """The mean of the labels' F1: a rare label weighs as much as a common one."""
    return np.asarray(label_f1(truth, given, weights).mean(axis=-1))


def micro_f1(truth: Truth, given: Truth, weights: Values | None = None) -> Values:
    """F1 over all (text, label) pairs together: a common label weighs more."""
    weights = _weights(truth, weights)
    return _f1(
        weights @ (truth & given).sum(axis=1),
        weights @ given.sum(axis=1),
        weights @ truth.sum(axis=1),
    )


def micro_precision(truth: Truth, given: Truth, weights: Values | None = None) -> Values:
    """Share of the given (text, label) pairs that are right."""
    weights = _weights(truth, weights)
    return _share(weights @ (truth & given).sum(axis=1), weights @ given.sum(axis=1))


def micro_recall(truth: Truth, given: Truth, weights: Values | None = None) -> Values:
    """Share of the right (text, label) pairs that are given."""
    return micro_precision(given, truth, weights)


def exact_match(truth: Truth, given: Truth, weights: Values | None = None) -> Values:
    """Share of texts whose labels are all right, and complete."""
    weights = _weights(truth, weights)
    return _share(weights @ (truth == given).all(axis=1), weights.sum(axis=-1))


def hierarchical_f1(
    truth: Truth, given: Truth, parents: Sequence[int | None], weights: Values | None = None
) -> Values:
    """Micro F1 where each label counts with its ancestors: a near miss is better than a far one.

    Args:
        truth, given, weights: as for all.
        parents: for each of the k labels the place of the one above it; None at the top. A parent
            stands before its children.

    Source: Kiritchenko et al. 2006, "Learning and Evaluation in the Presence of Class Hierarchies".
    """
    return micro_f1(with_ancestors(truth, parents), with_ancestors(given, parents), weights)


def with_ancestors(labels: Truth, parents: Sequence[int | None]) -> Truth:
    """The same labels with all that stand above them; parents stand before their children."""
    whole = labels.copy()
    for place in reversed(range(len(parents))):
        above = parents[place]
        if above is not None:
            whole[:, above] |= whole[:, place]
    return whole


def narrowest(labels: Truth, parents: Sequence[int | None]) -> Truth:
    """Labels without those that stand above another one: what the whole paths end with.

    Args:
        labels: with all their ancestors.
        parents: as for `hierarchical_f1`.
    """
    ends = labels.copy()
    for place, above in enumerate(parents):
        if above is not None:
            ends[:, above] &= ~labels[:, place]
    return ends


# ── labels as ranked ─────────────────────────────────────────────────────────────────────────────


def average_precision(truth: Truth, scores: Values, weights: Values | None = None) -> Values:
    """Of each label, shape (…, k): how far its own texts stand before the others.

    The mean, over the label's texts, of the precision among all texts that score at least as high;
    it needs no threshold. As in scikit-learn, equal scores are one step.
    """
    weights = _weights(truth, weights)
    columns = [
        _average_precision(truth[:, place], scores[:, place], weights)
        for place in range(truth.shape[1])
    ]
    return np.stack(columns, axis=-1)


# ── probabilities as meant ───────────────────────────────────────────────────────────────────────


def log_loss(truth: Truth, probabilities: Values, weights: Values | None = None) -> Values:
    """Of each label, shape (…, k): mean surprise in nats; 0 is best, log 2 is what 0.5 costs."""
    weights = _weights(truth, weights)
    inside = np.clip(probabilities, _SURE, 1 - _SURE)
    surprise = -np.log(np.where(truth, inside, 1 - inside))
    return _share(weights @ surprise, weights.sum(axis=-1)[..., None])


def calibration_error(
    truth: Truth,
    probabilities: Values,
    weights: Values | None = None,
    *,
    known: Truth | None = None,
    bins: int = 10,
) -> Values:
    """ECE: how far probabilities are from what came true, weighed over bins of equal width.

    Args:
        truth, probabilities, weights: as for all.
        known: which (text, label) pairs count, of shape (n, k); None: all.
        bins: how many.

    Source: Guo et al. 2017, arXiv:1706.04599, for yes/no questions: each (text, label) pair is one.
    """
    weights = _weights(truth, weights)
    counted = np.ones(truth.shape, np.bool_) if known is None else known
    where = np.minimum((probabilities * bins).astype(np.intp), bins - 1)
    excess = np.stack(
        [
            ((probabilities - truth) * ((where == each) & counted)).sum(axis=1)
            for each in range(bins)
        ],
        axis=1,
    )
    return _share(np.abs(weights @ excess).sum(axis=-1), weights @ counted.sum(axis=1))


# ── helpers ──────────────────────────────────────────────────────────────────────────────────────


def _weights(truth: Truth, weights: Values | None) -> Values:
    return np.ones(len(truth)) if weights is None else weights


def _share(part: Values, whole: Values) -> Values:
    part, whole = np.broadcast_arrays(np.asarray(part, np.float64), np.asarray(whole, np.float64))
    return np.divide(part, whole, out=np.zeros(part.shape), where=whole > 0)


def _f1(right: Values, given: Values, true: Values) -> Values:
    return _share(2 * right, given + true)


def _average_precision(truth: Truth, scores: Values, weights: Values) -> Values:
    """Of one label: truth and scores of shape (n,), weights of shape (…, n)."""
    order = np.argsort(-scores, kind="stable")
    ranked = scores[order]
    ends = np.flatnonzero(np.append(ranked[1:] != ranked[:-1], True)) if len(ranked) else order
    above = np.cumsum(weights[..., order], axis=-1)[..., ends]
    right = np.cumsum(weights[..., order] * truth[order], axis=-1)[..., ends]
    gained = np.diff(right, axis=-1, prepend=0.0)
    return _share((_share(right, above) * gained).sum(axis=-1), weights @ truth)
