"""Use case: a community's collection in figures, for pictures that are understood at a glance.

Spans end today, by the community's clock, or where a query says. Labels over time go by the days
of the texts, as `since:` and `until:` of a search do; what comes in, sources and gaps go by the day
on which something was handed in. Figures about people go by nothing but calendar months, and take
no query: see `core.taking_part`.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from core.analysis import (
    Crosstab,
    Dated,
    Halves,
    Origins,
    Series,
    crosstab,
    halves,
    origins,
    series,
    starts,
    step_of,
)
from core.domain import Community, LabelPath
from core.errors import BadQuery
from core.ports import Clock
from core.query import Query
from core.search import Search
from core.silence import GAP_DAYS, Gaps, gaps
from core.store.counting import Collected
from core.store.repository import Repository
from core.taking_part import Act, Contributions, contributions
from core.taxonomy import Taxonomy

USUAL_DAYS = 365
"""Over how long labels and people are told if nobody says otherwise."""

PANELS = 6
"""Labels that are drawn above one another, those with most items."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What figures are about.

    Attributes:
        days: so many until today, today included; None: what the query says, else as is usual.
        query: in the query language; empty: everything.
        is_all: from the first of what there is, whatever is usual.
    """

    days: int | None = None
    query: str = ""
    is_all: bool = False


EVERYTHING = Asked()


@dataclass(frozen=True, slots=True)
class Trend:
    """A label over time.

    Attributes:
        path: a label.
        series: its items; halves: how they changed.
    """

    path: LabelPath
    series: Series
    halves: Halves


@dataclass(frozen=True, slots=True)
class Trends:
    """Labels over time, all over the same span.

    Attributes:
        query: how it was understood, without days; empty: everything.
        trends: most items first if there are more than can be drawn, else as they were asked for.
        whole: all items that the query keeps, whatever their labels.
        left_out: labels that were asked for and are not there, as others have more.
    """

    query: str
    trends: tuple[Trend, ...]
    whole: Series
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class Overview:
    """A collection at a glance.

    Attributes:
        query: how it was understood, without days.
        series: what came in; halves: how that changed.
        labels: of the first dimension, those with most items, and how many they have.
        origins: where it comes from.
        gaps: of the whole collection.
        people: how many handed something in or voted over the last year; None: too few to tell.
    """

    query: str
    series: Series
    halves: Halves
    labels: tuple[tuple[LabelPath, int], ...]
    origins: Origins
    gaps: Gaps
    people: int | None


@dataclass(frozen=True, slots=True)
class Among:
    """Figures of some kind over a span; `first` and `last` are None if there is nothing at all."""

    query: str
    first: date | None
    last: date | None
    items: int


@dataclass(frozen=True, slots=True)
class Sources(Among):
    """Where items come from."""

    origins: Origins


@dataclass(frozen=True, slots=True)
class Together(Among):
    """Which labels stand together."""

    crosstab: Crosstab


class Figures:
    """Counts a community's collection.

    Args:
        repository: knows the items.
        search: knows what a query keeps.
        taxonomies: a community's taxonomy.
        clock: tells what today is.
    """

    def __init__(
        self,
        repository: Repository,
        search: Search,
        taxonomies: Callable[[Community], Taxonomy],
        clock: Clock,
    ) -> None:
        self._repository = repository
        self._search = search
        self._taxonomies = taxonomies
        self._clock = clock

    def overview(self, community: Community, asked: Asked = EVERYTHING) -> Overview:
        """A collection at a glance, by the days on which things were handed in.

        Raises:
            BadQuery: the query cannot be understood, or is about a person.
        """
        query, found, first, last = self._received(community, asked)
        dated = [Dated(self._received_on(each, community)) for each in found]
        taxonomy = self._taxonomies(community)
        top = _top(taxonomy.dimensions[0].id, taxonomy) if taxonomy.dimensions else []
        kept = {each.item for each in found}
        counts = dict.fromkeys(top, 0)
        for item, labels in self._repository.carried(community.id, top).items():
            if item in kept:
                for path in labels:
                    counts[path] += 1
        ordered = sorted(counts.items(), key=lambda each: -each[1])
        return Overview(
            query,
            series(dated, first, last),
            halves(dated, first, last),
            tuple(each for each in ordered if each[1]),
            origins(each.site for each in found),
            self.gaps(community),
            self.contributions(community).people,
        )

    def trends(self, community: Community, paths: Sequence[LabelPath], asked: Asked) -> Trends:
        """Labels over time, by the days of the texts.

        Args:
            paths: labels; or dimensions, of which the first labels are told.

        Raises:
            BadQuery: the query cannot be understood, or is about a person.
        """
        taxonomy = self._taxonomies(community)
        labels = [path for each in paths for path in _top(each, taxonomy)]
        labels = list(dict.fromkeys(labels))
        parsed, among = self._among(community, asked.query)
        found = {each.item: each for each in self._repository.collected(community.id, among=among)}
        days = {item: self._text_on(each, community) for item, each in found.items()}
        usual = None if asked.is_all else USUAL_DAYS
        first, last = self._span(community, parsed, asked.days or usual, days.values())
        step = step_of(first, last)
        # an item that carries a label carries those above it, too: no other path need be asked of
        dated = {
            path: [
                Dated(days[item], is_confirmed)
                for item, is_confirmed in items.items()
                if item in days and first <= days[item] <= last
            ]
            for path, items in self._repository.carriers_of(community.id, labels).items()
        }
        shown = labels
        if len(labels) > PANELS:
            shown = sorted(labels, key=lambda path: -len(dated[path]))[:PANELS]
        trends = tuple(
            Trend(path, series(dated[path], first, last, step), halves(dated[path], first, last))
            for path in shown
        )
        whole = series(map(Dated, days.values()), first, last, step)
        return Trends(_without_days(parsed), trends, whole, len(labels) - len(shown))

    def sources(self, community: Community, asked: Asked = EVERYTHING) -> Sources:
        """Where what was handed in comes from.

        Raises:
            BadQuery: the query cannot be understood, or is about a person.
        """
        query, found, first, last = self._received(community, asked)
        return Sources(
            query,
            first if found else None,
            last if found else None,
            len(found),
            origins(each.site for each in found),
        )

    def together(
        self, community: Community, rows: LabelPath, columns: LabelPath, asked: Asked
    ) -> Together:
        """How labels of two dimensions, or below two labels, stand together.

        Raises:
            BadQuery: the query cannot be understood, or is about a person.
        """
        query, found, first, last = self._received(community, asked)
        taxonomy = self._taxonomies(community)
        down, across = _below(rows, taxonomy), _below(columns, taxonomy)
        kept = {each.item for each in found}
        carried = self._repository.carried(community.id, [*down, *across])
        counted = crosstab(
            {item: labels for item, labels in carried.items() if item in kept}, down, across
        )
        has_any = bool(found)
        return Together(
            query, first if has_any else None, last if has_any else None, len(found), counted
        )

    def gaps(
        self, community: Community, *, days: int = GAP_DAYS, within: LabelPath | None = None
    ) -> Gaps:
        """Which labels nothing was handed in under for so many days.

        Args:
            within: only labels below this label or dimension.
        """
        zone = ZoneInfo(community.timezone)
        arrivals = {
            path: (count, last.astimezone(zone).date())
            for path, (count, last) in self._repository.last_arrivals(community.id).items()
        }
        taxonomy = self._taxonomies(community)
        return gaps(arrivals, taxonomy, self._today(community), days=days, within=within)

    def contributions(self, community: Community, *, days: int = USUAL_DAYS) -> Contributions:
        """How many people take part, by whole calendar months that hold the last days; in the last
        of them is today."""
        zone, today = ZoneInfo(community.timezone), self._today(community)
        months = starts(_before(today, days - 1), today, "month")
        ends = [*months, starts(today, today + timedelta(days=31), "month")[1]]
        bounds = [datetime.combine(each, time(), tzinfo=zone) for each in ends]
        acts = self._repository.acts(community.id, bounds)
        return contributions(
            (Act(who, kind, months[place], times) for place, who, kind, times in acts),
            months,
            is_last_over=False,
        )

    # ── spans and queries ────────────────────────────────────────────────────────────────────────

    def _received(
        self, community: Community, asked: Asked
    ) -> tuple[str, list[Collected], date, date]:
        """What a query keeps of what was handed in in a span, and the span."""
        parsed, among = self._among(community, asked.query)
        found = self._repository.collected(community.id, among=among)
        on = {each.item: self._received_on(each, community) for each in found}
        first, last = self._span(community, parsed, asked.days, on.values())
        kept = [each for each in found if first <= on[each.item] <= last]
        return _without_days(parsed), kept, first, last

    def _among(self, community: Community, query: str) -> tuple[Query, set[int] | None]:
        """A query as it is understood, and what it keeps, days left aside; None: everything."""
        parsed = self._search.understood(community, query)
        if parsed.filters.by:
            without = replace(parsed, filters=replace(parsed.filters, by=()))
            raise BadQuery(
                f"Figures are about no single person; found by:{parsed.filters.by[0]}.",
                part=query,
                reason="figures-by",
                suggestion=str(without),
            )
        plain = _without_days(parsed)
        return parsed, set(self._search.select(community, plain)[0]) if plain else None

    def _span(
        self, community: Community, parsed: Query, days: int | None, on: Iterable[date]
    ) -> tuple[date, date]:
        """The days that figures are about, both included: those of the query, else the last ones;
        if neither is said, from the first of what there is."""
        today = self._today(community)
        last = parsed.filters.until or today
        if parsed.filters.since is not None:
            return parsed.filters.since, max(last, parsed.filters.since)
        if days is not None:
            return _before(last, days - 1), last
        return min((day for day in on if day <= last), default=last), last

    def _today(self, community: Community) -> date:
        return self._clock.now().astimezone(ZoneInfo(community.timezone)).date()

    def _received_on(self, each: Collected, community: Community) -> date:
        return each.received_at.astimezone(ZoneInfo(community.timezone)).date()

    def _text_on(self, each: Collected, community: Community) -> date:
        return each.published_on or self._received_on(each, community)


def _without_days(parsed: Query) -> str:
    return str(replace(parsed, filters=replace(parsed.filters, since=None, until=None)))


def _before(day: date, days: int) -> date:
    """So many days before a day; the first day there is, if there are not so many."""
    return date.fromordinal(max(1, day.toordinal() - days))


def _top(path: str, taxonomy: Taxonomy) -> list[LabelPath]:
    """The label itself; of a dimension, its first labels."""
    for dimension in taxonomy.dimensions:
        if dimension.id == path:
            return [label.path for label in dimension.labels]
    return [LabelPath(path)]


def _below(path: str, taxonomy: Taxonomy) -> list[LabelPath]:
    """The labels just below a label or dimension; a label without any stands for itself."""
    known = taxonomy.known(path)
    if known is not None and known.children:
        return [label.path for label in known.children]
    return _top(path, taxonomy)
