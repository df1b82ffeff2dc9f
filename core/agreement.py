"""How far people agree who judge the same things: Krippendorff's alpha, Cohen's kappa, percents.

A judgement is one person's answer to one question about one item; question and item together are a
unit. Not everybody judges every unit, and what somebody did not judge is missing, never a "no".

Alpha is one less the disagreement that was observed over that which chance would bring about: 1 is
perfect, 0 is what dice would do, below 0 people contradict each other. Values are nominal: two are
the same or not. With n_v the values v in units that two judged or more, n all of them, and o the
pairs of different values within a unit of m values, each pair counted 1 / (m - 1) times:

    alpha = 1 - (n - 1) o / (n² - Σ n_v²)

Intervals come from the bootstrap over items, not over units: what people say of several labels of
one text hangs together.

The arithmetic is NumPy's. The library for alpha that is kept up, `krippendorff`, is under the GPL,
which the licence of this project cannot take in, and takes one sample a call; here a thousand
redraws are one matrix product. It stands beside this module in the tests, which compare the two, as
do published examples.

Sources: Krippendorff 2011, "Computing Krippendorff's Alpha-Reliability" (section C, missing data);
Cohen 1960, "A Coefficient of Agreement for Nominal Scales".
"""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import combinations
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from core.bootstrap import Redraws, Sample

Values = NDArray[np.float64]
Key = TypeVar("Key", bound=Hashable)

RELIABLE = 0.8
"""Above this alpha, data can be relied on; see `TENTATIVE`."""

TENTATIVE = 0.667
"""Between this alpha and `RELIABLE`, data are good for tentative conclusions only; below, for none.

Source of both: Krippendorff 2004, "Content Analysis", 2nd ed., p. 241.
"""

TIMES = 1_000
"""Redraws for an interval: 25 lie beyond each bound."""

LEVEL = 0.95
"""Of the intervals."""

MIN_ITEMS = 10
"""Fewer items give no interval: of so few the same are drawn again and again, and it would look
far narrower than it is."""

_MAX_UNDEFINED = 0.05  # of the redraws may lack variation; with more the bounds mean nothing


class Reason(StrEnum):
    """Why there is no figure."""

    NOTHING = "nothing"  # nobody judged anything
    ONE_RATER = "one-rater"  # nobody else judged anything
    NO_OVERLAP = "no-overlap"  # no two people judged the same unit
    NO_VARIATION = "no-variation"  # everybody always said the same: chance would, too


@dataclass(frozen=True, slots=True)
class Judgement:
    """What one person said about one unit. If they said several things, the last one stands.

    Attributes:
        rater: who.
        item: what was judged.
        label: what was asked about it.
        value: what was said; compared, nothing more.
    """

    rater: Hashable
    item: Hashable
    label: str
    value: Hashable


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far several people agree.

    Attributes:
        alpha: Krippendorff's, at most 1; None: `reason` says why.
        low, high: bounds of its 95 % interval; None: there is no alpha, there are too few items, or
            too little variation.
        percent_agreement: share, 0 to 1, of the pairs of judgements of one unit that are the same;
            None: there are no pairs.
        items, units, judgements: how many went in: those of units that two people judged or more.
        raters: how many people judged anything at all.
        reason: why there is no alpha; None: there is.
    """

    alpha: float | None
    low: float | None
    high: float | None
    percent_agreement: float | None
    items: int
    units: int
    judgements: int
    raters: int
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class Kappa:
    """How far two people agree.

    Attributes:
        raters: the two, in the order in which they first came.
        kappa: Cohen's, -1 to 1; None: `reason` says why.
        low, high: bounds of its 95 % interval; None as in `Agreement`.
        percent_agreement: share, 0 to 1, of common units that they judged alike; None: no units.
        items, units: which both judged.
        reason: why there is no kappa; None: there is.
    """

    raters: tuple[Hashable, Hashable]
    kappa: float | None
    low: float | None
    high: float | None
    percent_agreement: float | None
    items: int
    units: int
    reason: Reason | None = None


# ── all together ─────────────────────────────────────────────────────────────────────────────────


def agreement(judgements: Iterable[Judgement], *, times: int = TIMES, seed: int = 0) -> Agreement:
    """Measure how far people agree on all units together.

    Labels that are put together should share their values, as with yes and no: values that can
    never meet in one unit make chance look worse than it is, and alpha higher.

    Args:
        judgements: in order, as the last one stands of those that one person gave of one unit.
        times: redraws for the interval; 0: none is wanted.
        seed: the same seed gives the same interval.
    """
    latest = _latest(judgements)
    raters = len({rater for rater, _ in latest})
    units = _paired(latest)
    if not units:
        return Agreement(None, None, None, None, 0, 0, 0, raters, _why_unpaired(latest))
    table = _table(units)
    measured = _figure(table.alpha, items=len(table.pairs), times=times, seed=seed)
    return Agreement(
        measured.value,
        measured.low,
        measured.high,
        percent_agreement=float(table.agreed.sum() / table.pairs.sum()),
        items=len(table.pairs),
        units=len(units),
        judgements=int(table.values.sum()),
        raters=raters,
        reason=None if measured.value is not None else Reason.NO_VARIATION,
    )


def alpha(judgements: Iterable[Judgement]) -> float | None:
    """Krippendorff's alpha alone; None where it cannot be told (see `Reason`)."""
    return agreement(judgements, times=0).alpha


def grouped(
    judgements: Iterable[Judgement],
    key: Callable[[Judgement], Key],
    *,
    times: int = TIMES,
    seed: int = 0,
) -> dict[Key, Agreement]:
    """Measure agreement on each of several groups of units, such as those of each label.

    Args:
        judgements, times, seed: as for `agreement`.
        key: the group of a judgement; the same for all judgements of a unit.

    Returns:
        By group, in the order in which the groups first came.
    """
    groups: dict[Key, list[Judgement]] = {}
    for each in judgements:
        groups.setdefault(key(each), []).append(each)
    return {each: agreement(group, times=times, seed=seed) for each, group in groups.items()}


@dataclass(frozen=True, slots=True)
class _Table:
    """Units summed up by item: n items, v values.

    Attributes:
        values: how often each value was given; shape (n, v).
        differing: pairs of different values, each counted 1 / (m - 1) times; shape (n,).
        agreed, pairs: pairs of the same value, and all pairs; shape (n,).
    """

    values: Values
    differing: Values
    agreed: Values
    pairs: Values

    def alpha(self, weights: Values) -> Values:
        """Alpha for weights of shape (b, n); NaN where nothing varies."""
        values = weights @ self.values
        n = values.sum(axis=-1)
        by_chance = n**2 - (values**2).sum(axis=-1)
        return 1 - _ratio((n - 1) * (weights @ self.differing), by_chance)


def _table(units: dict["_Unit", dict[Hashable, Hashable]]) -> _Table:
    items = _numbered(item for item, _ in units)
    names = _numbered(value for said in units.values() for value in said.values())
    values = np.zeros((len(items), len(names)))
    differing, agreed, pairs = (np.zeros(len(items)) for _ in range(3))
    for (item, _), said in units.items():
        place, m = items[item], len(said)
        counts = Counter(said.values())
        same = sum(count * (count - 1) for count in counts.values())
        for value, count in counts.items():
            values[place, names[value]] += count
        differing[place] += (m * (m - 1) - same) / (m - 1)
        agreed[place] += same / 2
        pairs[place] += m * (m - 1) / 2
    return _Table(values, differing, agreed, pairs)


# ── two by two ───────────────────────────────────────────────────────────────────────────────────


def kappas(
    judgements: Iterable[Judgement], *, times: int = TIMES, seed: int = 0
) -> tuple[Kappa, ...]:
    """Cohen's kappa of every two people who judged a unit in common.

    Args:
        judgements, times, seed: as for `agreement`.

    Returns:
        Pairs in the order in which their members first came.
    """
    latest = _latest(judgements)
    common: dict[tuple[Hashable, Hashable], list[_Both]] = {}
    order = _numbered(rater for rater, _ in latest)
    for (item, _), said in _paired(latest).items():
        for first, second in combinations(sorted(said, key=order.__getitem__), 2):
            both = (item, said[first], said[second])
            common.setdefault((first, second), []).append(both)
    pairs = sorted(common, key=lambda pair: (order[pair[0]], order[pair[1]]))
    return tuple(_kappa(pair, common[pair], times=times, seed=seed) for pair in pairs)


def kappa(
    judgements: Iterable[Judgement],
    first: Hashable,
    second: Hashable,
    *,
    times: int = TIMES,
    seed: int = 0,
) -> Kappa:
    """Cohen's kappa of two people on the units that both judged."""
    theirs = [each for each in judgements if each.rater in (first, second)]
    for found in kappas(theirs, times=times, seed=seed):
        return replace(found, raters=(first, second))  # it is the same either way
    reason = _why_unpaired(_latest(theirs))
    return Kappa((first, second), None, None, None, None, 0, 0, reason)


_Both = tuple[Hashable, Hashable, Hashable]  # an item, and what the one and the other said


def _kappa(
    raters: tuple[Hashable, Hashable], both: Sequence[_Both], *, times: int, seed: int
) -> Kappa:
    items = _numbered(item for item, _, _ in both)
    names = _numbered(value for _, one, other in both for value in (one, other))
    ones, others = (np.zeros((len(items), len(names))) for _ in range(2))
    agreed, units = (np.zeros(len(items)) for _ in range(2))
    for item, one, other in both:
        place = items[item]
        ones[place, names[one]] += 1
        others[place, names[other]] += 1
        agreed[place] += one == other
        units[place] += 1

    def figure(weights: Values) -> Values:
        n = weights @ units
        observed = _ratio(weights @ agreed, n)
        by_chance = _ratio(((weights @ ones) * (weights @ others)).sum(axis=-1), n**2)
        return _ratio(observed - by_chance, 1 - by_chance)

    measured = _figure(figure, items=len(items), times=times, seed=seed)
    return Kappa(
        raters,
        measured.value,
        measured.low,
        measured.high,
        percent_agreement=float(agreed.sum() / units.sum()),
        items=len(items),
        units=len(both),
        reason=None if measured.value is not None else Reason.NO_VARIATION,
    )


# ── helpers ──────────────────────────────────────────────────────────────────────────────────────

_Unit = tuple[Hashable, str]  # item and label
_Latest = dict[tuple[Hashable, _Unit], Hashable]  # rater and unit -> value


def _latest(judgements: Iterable[Judgement]) -> _Latest:
    return {(each.rater, (each.item, each.label)): each.value for each in judgements}


def _paired(latest: _Latest) -> dict[_Unit, dict[Hashable, Hashable]]:
    """What was said of each unit by whom, of those that two people judged or more."""
    units: dict[_Unit, dict[Hashable, Hashable]] = {}
    for (rater, unit), value in latest.items():
        units.setdefault(unit, {})[rater] = value
    return {unit: said for unit, said in units.items() if len(said) > 1}


def _why_unpaired(latest: _Latest) -> Reason:
    raters = len({rater for rater, _ in latest})
    return (Reason.NOTHING, Reason.ONE_RATER, Reason.NO_OVERLAP)[min(raters, 2)]


def _numbered(things: Iterable[Key]) -> dict[Key, int]:
    return {thing: number for number, thing in enumerate(dict.fromkeys(things))}


def _ratio(part: Values, whole: Values) -> Values:
    """NaN where there is nothing to share; it never leaves this module."""
    # counts are whole numbers: what lies this near to zero is zero, and the rest rounding
    shares: Values = np.divide(part, whole, out=np.full(part.shape, np.nan), where=whole > 1e-9)
    return shares


@dataclass(frozen=True, slots=True)
class _Measured:
    value: float | None
    low: float | None = None
    high: float | None = None


def _figure(figure: Callable[[Values], Values], *, items: int, times: int, seed: int) -> _Measured:
    value = float(figure(np.ones((1, items)))[0])
    if np.isnan(value):
        return _Measured(None)
    if items < MIN_ITEMS or times < 1:
        return _Measured(value)
    return _Measured(value, *_interval(Redraws(items, times=times, seed=seed).sample(figure)))


def _interval(sample: Sample) -> tuple[float, float] | tuple[None, None]:
    """The middle of the redraws on which the figure could be told."""
    redrawn = sample.redrawn[~np.isnan(sample.redrawn)]
    if len(redrawn) < (1 - _MAX_UNDEFINED) * len(sample.redrawn):
        return None, None
    outside = (1 - LEVEL) / 2
    low, high = np.quantile(redrawn, [outside, 1 - outside])
    return float(low), float(high)
