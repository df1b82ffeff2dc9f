"""Whether a difference is more than noise: the paired bootstrap over items.

Two ways of doing a thing are measured on the same items. The items at hand are one draw from all
that there might have been; drawing from them again, with replacement, shows how much a figure would
have differed on another draw. Both ways are measured on the same redraws, so what is hard in an
item is hard for both, and small differences can be told (Efron 1979; Efron and Tibshirani 1993, ch.
13; in language processing Koehn 2004, "Statistical Significance Tests for Machine Translation
Evaluation").

A redraw is written as how often each item was drawn. A figure that takes such weights, as all of
`core.metrics` do, is computed for all redraws together, by matrix products.
"""

from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from statistics import median

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]
Figure = Callable[[Values], Values]
"""A figure of weighted items: takes weights of shape (b, n), gives values of shape (b, …)."""

TIMES = 2_000
"""Redraws: a bound of a 95 % interval then lies on 50 of them."""

_CELLS = 2_000_000  # weights at once: 16 MB


@dataclass(frozen=True, slots=True)
class Sample:
    """A figure, and what it is on redraws.

    Attributes:
        value: on the items as they are; shape (…).
        redrawn: on each redraw; shape (times, …).
    """

    value: Values
    redrawn: Values

    def mean(self, places: Sequence[int]) -> "Sample":
        """The mean of some of several figures that were taken together."""
        return Sample(self.value[places].mean(-1), self.redrawn[:, places].mean(-1))


@dataclass(frozen=True, slots=True)
class Difference:
    """How much better a candidate is than what there is now.

    Attributes:
        gain: its figure less the present one, on the items as they are.
        low, high: bounds of the interval in which the middle 95 % of the redraws' gains lie.
        p: how often a gain of this size would come about if there were none: the share of redraws
            whose gain exceeds the mean one by as much as was gained. It is one-sided: near 0 for a
            sure gain, near 1 for a sure loss, and never 0, since there are always more redraws.

    Source of `p`: Berg-Kirkpatrick, Burkett and Klein 2012, "An Empirical Investigation of
    Statistical Significance in NLP"; the 1 added to both counts: Davison and Hinkley 1997, ch. 4.
    """

    gain: float
    low: float
    high: float
    p: float

    @property
    def is_beyond_noise(self) -> bool:
        """Whether the interval holds only gains, or only losses."""
        return self.low > 0 or self.high < 0


class Redraws:
    """The same redraws for every figure that is to be compared.

    Args:
        items: how many there are; one at least.
        times: how many redraws.
        seed: the same seed gives the same redraws.
    """

    def __init__(self, items: int, *, times: int = TIMES, seed: int = 0) -> None:
        if items < 1:
            raise ValueError("there is nothing to draw from; at least one item is needed")
        even = np.full(items, 1 / items)
        drawn = np.random.default_rng(seed).multinomial(items, even, size=times)
        self._drawn = drawn.astype(np.uint16)

    def sample(self, figure: Figure) -> Sample:
        """Measure a figure on the items as they are and on every redraw."""
        items = self._drawn.shape[1]
        rows = max(1, _CELLS // items)
        parts = [
            figure(self._drawn[start : start + rows].astype(np.float64))
            for start in range(0, len(self._drawn), rows)
        ]
        return Sample(figure(np.ones((1, items)))[0], np.concatenate(parts))


def compare(candidate: Sample, present: Sample, *, level: float = 0.95) -> Difference:
    """Compare two single figures, sampled on the same redraws.

    Args:
        candidate, present: more is better.
        level: of the interval.
    """
    gain = float(candidate.value - present.value)
    gains = candidate.redrawn - present.redrawn
    outside = (1 - level) / 2
    low, high = np.quantile(gains, [outside, 1 - outside])
    # the tolerance lets equal ways be equal, whatever the order of their sums
    as_much = int((gains - gain >= gain - 1e-12).sum())
    return Difference(gain, float(low), float(high), (1 + as_much) / (1 + len(gains)))


def holm(shares: Sequence[float]) -> list[float]:
    """Raise each p so that, of all of them together, even one is wrongly small just as seldom.

    Args:
        shares: the p of several comparisons, 0 to 1.

    Returns:
        As many, in the same order, each at least as large: the smallest times n, the next times
        n - 1 (and not below the one before), and so on.

    Source: Holm 1979, "A Simple Sequentially Rejective Multiple Test Procedure".
    """
    raised = [1.0] * len(shares)
    least = 0.0
    for rank, place in enumerate(sorted(range(len(shares)), key=lambda each: shares[each])):
        least = max(least, min(1.0, shares[place] * (len(shares) - rank)))
        raised[place] = least
    return raised


def halves(
    kinds: Sequence[Hashable], *, times: int, seed: int = 0
) -> Iterator[tuple[NDArray[np.intp], NDArray[np.intp]]]:
    """Split items in two at random, again and again: one half to choose on, one to confirm on.

    Args:
        kinds: of each of the n items; each kind is shared out evenly.
        times: how many splits; each second one is the one before with its halves exchanged.
        seed: the same seed gives the same splits.

    Yields:
        The places of the items of each half, ascending; together every item once.
    """
    random = np.random.default_rng(seed)
    number = {kind: place for place, kind in enumerate(dict.fromkeys(kinds))}
    kind_of = np.array([number[kind] for kind in kinds], np.intp)
    for split in range(times):
        if split % 2 == 0:
            shuffled = random.permutation(len(kinds))
            together = shuffled[np.argsort(kind_of[shuffled], kind="stable")]
            first, second = np.sort(together[::2]), np.sort(together[1::2])
        yield (first, second) if split % 2 == 0 else (second, first)


def agreed(shares: Sequence[float]) -> float:
    """One p from those of several random splits: twice their median, at most 1.

    So a lucky split decides nothing: half of the splits must have been surer than half of what is
    stated. A split that chose nothing counts as 1.

    Source: Meinshausen, Meier and Bühlmann 2009, "p-Values for High-Dimensional Regression",
    arXiv:0811.2177, with the quantile at one half.
    """
    return min(1.0, 2 * median(shares))
