"""What a dossier lacks, counted: so that its writer knows what not to claim, and what to look for.

Nothing is guessed: an empty label is empty in this collection, not in the world.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from core.archive import address_of
from core.domain import Item, LabelPath, LabelStatus
from core.taxonomy import Dimension, Taxonomy

MOST_UNUSED = 0.6
"""Share of a dimension's labels that may be missing; where more are, it is hardly used at all."""

MOST_SITES = 0.5
"""A site with more than this share of the stories is told of."""

ENOUGH = 4
"""Stories from which on a share says something."""

Month = tuple[int, int]
"""Year and month."""


@dataclass(frozen=True, slots=True)
class Gaps:
    """What is missing.

    Attributes:
        empty: labels of which there would be a group, and nothing has them.
        unused: by dimension: labels that nothing here has, where something has others.
        silent: months without anything, as spans from the first to the last.
        site: the one site from which more than half of the stories are; share: 0 to 1.
        suggested: stories whose label nobody has decided.
        disputes: numbers of items with labels that people disagree about.
        undated, unaddressed: numbers of items without a publisher's date, or a web address.
        unheard: stances that nobody takes, if somebody takes another.
    """

    empty: tuple[LabelPath, ...] = ()
    unused: Mapping[str, tuple[LabelPath, ...]] = field(default_factory=dict)
    silent: tuple[tuple[Month, Month], ...] = ()
    site: str | None = None
    share: float = 0.0
    suggested: int = 0
    disputes: tuple[int, ...] = ()
    undated: tuple[int, ...] = ()
    unaddressed: tuple[int, ...] = ()
    unheard: tuple[LabelPath, ...] = ()


def gaps(
    items: Sequence[Item],
    *,
    days: Sequence[date],
    about: str | None,
    heads: Sequence[LabelPath],
    full: Sequence[LabelPath],
    suggested: int,
    taxonomy: Taxonomy,
    stance: Dimension | None,
    since: date | None = None,
    until: date | None = None,
) -> Gaps:
    """Count what is missing.

    Args:
        items: one for each story.
        days: of the stories.
        about: the dimension that makes groups.
        heads: labels that could have had a group; empty if none was asked for.
        full: those that have one.
        suggested: stories whose label nobody has decided.
        taxonomy: the codebook.
        stance: the dimension of stances, if there is one.
        since, until: the span that was asked for; None: from the first day, to the last.
    """
    used = {each.path for item in items for each in item.labels if _counts(each.status)}
    unused = {
        each.id: rest
        for each in taxonomy.dimensions
        if each.id != about and (stance is None or each.id != stance.id)
        if 0 < len(rest := _without(each, used)) <= len(each.labels) * MOST_UNUSED
    }
    unheard = _without(stance, used) if stance is not None else ()
    site, share = _site(items)
    return Gaps(
        empty=tuple(each for each in heads if each not in full),
        unused=unused,
        silent=silent(days, since=since, until=until),
        site=site,
        share=share,
        suggested=suggested,
        disputes=tuple(each.number for each in items if _is_disputed(each)),
        undated=tuple(each.number for each in items if _lacks_date(each)),
        unaddressed=tuple(each.number for each in items if address_of(each) is None),
        unheard=unheard if stance is not None and len(unheard) < len(stance.labels) else (),
    )


def silent(
    days: Sequence[date], *, since: date | None = None, until: date | None = None
) -> tuple[tuple[Month, Month], ...]:
    """The spans of whole months without a day, between the first and the last."""
    if not days:
        return ()
    there = {(each.year, each.month) for each in days}
    first, last = since or min(days), until or max(days)
    spans: list[tuple[Month, Month]] = []
    for count in range(first.year * 12 + first.month - 1, last.year * 12 + last.month):
        month = (count // 12, count % 12 + 1)
        if month in there:
            continue
        if spans and _after(spans[-1][1]) == month:
            spans[-1] = (spans[-1][0], month)
        else:
            spans.append((month, month))
    return tuple(spans)


def _after(month: Month) -> Month:
    return (month[0] + month[1] // 12, month[1] % 12 + 1)


def _counts(status: LabelStatus) -> bool:
    return status is not LabelStatus.REJECTED


def _without(dimension: Dimension, used: set[LabelPath]) -> tuple[LabelPath, ...]:
    return tuple(each.path for each in dimension.labels if each.path not in used)


def _is_disputed(item: Item) -> bool:
    return any(each.status is LabelStatus.DISPUTED for each in item.labels)


def _lacks_date(item: Item) -> bool:
    return item.document is None or item.document.published_on is None


def _site(items: Sequence[Item]) -> tuple[str | None, float]:
    sites = Counter(each.document.site for each in items if each.document and each.document.site)
    if len(items) < ENOUGH or not sites:
        return None, 0.0
    site, count = sites.most_common(1)[0]
    share = count / len(items)
    return (site, share) if share > MOST_SITES else (None, 0.0)
