"""Pure: under which labels nothing came for long.

A label under which nothing comes may be one that nobody looks after, or one that needs changing.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from core.domain import LabelPath
from core.taxonomy import Taxonomy, parent_of

GAP_DAYS = 30
"""A label that nothing came under for so many days is a gap, unless another number is asked for."""


@dataclass(frozen=True, slots=True)
class Gap:
    """A label under which nothing came for long.

    Attributes:
        items: how many carry it.
        last: the day on which the last of them was handed in; None: there was never one.
        days: since then.
        below: so many labels below it are as silent.
    """

    path: LabelPath
    items: int
    last: date | None
    days: int | None
    below: int = 0


@dataclass(frozen=True, slots=True)
class Gaps:
    """What has not come for long.

    Attributes:
        days: for so long.
        gaps: silent labels, the longest silent first. Labels below a silent one are not listed.
        never: labels that nothing ever came under, in taxonomy order; none below another.
        labels: how many labels were looked at; silent: so many of them are, listed or not.
    """

    days: int
    gaps: tuple[Gap, ...]
    never: tuple[Gap, ...]
    labels: int
    silent: int


def gaps(
    arrivals: Mapping[LabelPath, tuple[int, date]],
    taxonomy: Taxonomy,
    today: date,
    *,
    days: int = GAP_DAYS,
    within: LabelPath | None = None,
) -> Gaps:
    """Which labels nothing came under for so many days; those that are asked no more are left out.

    Args:
        arrivals: items of a label, those of labels below included, and the last day of one.
        within: only labels below this label or dimension.
    """
    looked_at = [
        label
        for label in taxonomy.walk()
        if not label.is_retired and (within is None or label.path.startswith(f"{within}/"))
    ]
    silent: dict[LabelPath, Gap] = {}
    below = Counter[LabelPath]()
    for label in looked_at:
        items, last = arrivals.get(label.path, (0, None))
        since = None if last is None else (today - last).days
        if since is None or since > days:
            silent[label.path] = Gap(label.path, items, last, since)
    for path in silent:
        top = path
        while (above := parent_of(top)) is not None and above in silent:
            top = above
        if top != path:
            below[top] += 1
    listed = [
        Gap(each.path, each.items, each.last, each.days, below[each.path])
        for each in silent.values()
        if parent_of(each.path) not in silent
    ]
    old = [each for each in listed if each.days is not None]
    return Gaps(
        days,
        tuple(sorted(old, key=lambda each: -(each.days or 0))),
        tuple(each for each in listed if each.days is None),
        len(looked_at),
        len(silent),
    )
