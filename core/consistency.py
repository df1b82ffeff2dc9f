"""Use case: how consistently a community labels, told to it, to one member, and once a week.

Figures are over all votes that count, anew each time: nothing is kept but which notes were sent.
Per-person figures are made for that person alone (`Consistency.own`); what others are told names
nobody.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice
from statistics import median
from zoneinfo import ZoneInfo

from core.agreement import Agreement, Judgement, agreement, grouped, kappas
from core.confusion import Confusion, Suggestion, confused, split, suggestion
from core.domain import Community, Item, LabelPath, LabelStatus, MemberRef
from core.judging import by_dimension, by_label, first_votes, readings
from core.ports import Clock
from core.store.repository import Repository
from core.taxonomy import Taxonomy, dimension_of

MOST_WEEKS = 13
"""Up to a quarter of a year is shown by weeks; what lasts longer, by months."""

MOST_MONTHS = 18

MIN_UNITS = 5
"""A week or month with fewer units that two people judged has no point in the picture."""

MIN_ITEMS_TOLD = 5
"""A figure from fewer items is shown, but not judged."""

POINT_TIMES = 300
"""Redraws for an interval in a picture, where a hundredth is less than a pixel."""

DISPUTED = 3
"""How many disputed labels or pairs a note tells."""

NOTE_HOUR = 9
"""The weekly note goes out on Monday from this hour on, by the community's clock."""


@dataclass(frozen=True, slots=True)
class Point:
    """Agreement on one dimension, on items that were first voted on in one week or month."""

    dimension: str
    start: date
    agreement: Agreement


@dataclass(frozen=True, slots=True)
class Trend:
    """Agreement over time.

    Attributes:
        step: what each point stands for: "week" or "month".
        until: the last day of the last point.
        points: by dimension in taxonomy order, then by time; those that cannot be told are left
            out.
    """

    step: str
    until: date
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Example:
    """An item to look at: its number, and what it is called."""

    number: int
    title: str


@dataclass(frozen=True, slots=True)
class Report:
    """How consistently a community labels.

    Attributes:
        dimensions: agreement on each, in taxonomy order; those that nobody judged are left out.
        trend: the same over time.
        disputed: pairs of labels that are taken for one another, then single ones that people
            contradict each other on; most items first.
        examples: by item's id, of those that `disputed` begins with.
        votes: how many there are; raters: of how many people.
    """

    dimensions: Mapping[str, Agreement]
    trend: Trend
    disputed: tuple[Confusion, ...]
    examples: Mapping[int, Example]
    votes: int
    raters: int


@dataclass(frozen=True, slots=True)
class Labels:
    """Agreement on the labels of one dimension.

    Attributes:
        whole: on the dimension.
        labels: on each label that was judged, least agreement first; those of few items after
            them, those without a figure last.
        kappas: Cohen's of all pairs of people for whom it can be told; nobody is named.
    """

    dimension: str
    whole: Agreement
    labels: Mapping[LabelPath, Agreement]
    kappas: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Own:
    """How one member's votes stand to those of others: for that member only.

    Attributes:
        votes: how many of theirs count.
        decided: on how many labels that they voted on there is a decision; as_decided: as they
            said. Their own votes are part of these decisions.
        compared: how many judgements of others there are of what they judged; alike: the same.
        kappa: the median of Cohen's kappa with each of `partners` others; None: it cannot be told.
    """

    votes: int
    decided: int
    as_decided: int
    compared: int
    alike: int
    kappa: float | None
    partners: int


@dataclass(frozen=True, slots=True)
class Note:
    """What editors are told once a week.

    Attributes:
        week: as ISO 8601 writes it ("2026-W12"); begins on `start`.
        votes: how many were cast in that week.
        dimensions: as in `Report`, over all votes so far.
        disputed: up to three, those with votes of that week first.
        examples: by item's id.
        suggestion: what the codebook might say; None: nothing is disputed.
    """

    week: str
    start: date
    votes: int
    dimensions: Mapping[str, Agreement]
    disputed: tuple[Confusion, ...]
    examples: Mapping[int, Example]
    suggestion: Suggestion | None


class Consistency:
    """Measures agreement in communities.

    Args:
        repository: keeps votes.
        taxonomies: a community's taxonomy.
        clock: tells which week it is.
    """

    def __init__(
        self,
        repository: Repository,
        taxonomies: Callable[[Community], Taxonomy],
        clock: Clock,
    ) -> None:
        self._repository = repository
        self._taxonomies = taxonomies
        self._clock = clock

    def report(self, community: Community) -> Report:
        """All dimensions, over time, and what is disputed."""
        taxonomy = self._taxonomies(community)
        votes = self._repository.counted_votes(community)
        given = readings(votes, taxonomy)
        judgements = by_dimension(given, taxonomy)
        disputed = (*confused(given, taxonomy), *split(given, taxonomy))
        return Report(
            dimensions=_by_dimension(judgements, taxonomy),
            trend=_trend(judgements, first_votes(votes), community, taxonomy),
            disputed=disputed,
            examples=self._examples(disputed[: 2 * DISPUTED]),
            votes=len(votes),
            raters=len({vote.member for _, vote in votes}),
        )

    def labels(self, community: Community, dimension: str) -> Labels:
        """The labels of one dimension."""
        taxonomy = self._taxonomies(community)
        given = readings(self._repository.counted_votes(community), taxonomy)
        whole = [
            each for each in by_dimension(given, taxonomy) if dimension_of(each.label) == dimension
        ]
        labels = [
            each for each in by_label(given, taxonomy) if dimension_of(each.label) == dimension
        ]
        found = grouped(labels, lambda each: LabelPath(each.label))
        pairs = (each.kappa for each in kappas(whole, times=0))
        return Labels(
            dimension,
            agreement(whole),
            dict(sorted(found.items(), key=lambda each: _least_first(each[1]))),
            tuple(kappa for kappa in pairs if kappa is not None),
        )

    def own(self, community: Community, member: MemberRef) -> Own:
        """How a member's votes stand to those of others; for nobody else's eyes."""
        taxonomy = self._taxonomies(community)
        votes = self._repository.counted_votes(community)
        decided = self._repository.decided_labels(community.id)
        mine = [(item, vote) for item, vote in votes if vote.member == member]
        outcomes = [
            (decided[item, vote.path] is LabelStatus.CONFIRMED) == vote.is_for
            for item, vote in mine
            if (item, vote.path) in decided
        ]
        judgements = by_label(readings(votes, taxonomy), taxonomy)
        alike = _alike(judgements, member)
        pairs = [
            each.kappa
            for each in kappas(judgements, times=0)
            if member in each.raters and each.kappa is not None
        ]
        return Own(
            votes=len(mine),
            decided=len(outcomes),
            as_decided=sum(outcomes),
            compared=len(alike),
            alike=sum(alike),
            kappa=median(pairs) if pairs else None,
            partners=len(pairs),
        )

    # ── once a week ──────────────────────────────────────────────────────────────────────────────

    def note(self, community: Community, *, week_of: date | None = None) -> Note | None:
        """What editors should know of a week; None: nobody voted in it.

        Args:
            week_of: any day of the week; None: the last seven days, today included.
        """
        zone = ZoneInfo(community.timezone)
        if week_of is None:
            start = self._clock.now().astimezone(zone).date() - timedelta(days=6)
        else:
            start = week_of - timedelta(days=week_of.weekday())
        since, until = (
            datetime.combine(start + timedelta(days=days), time(), zone) for days in (0, 7)
        )
        if not self._repository.count_votes(community, since=since, until=until):
            return None
        taxonomy = self._taxonomies(community)
        votes = [each for each in self._repository.counted_votes(community) if each[1].at < until]
        given = readings(votes, taxonomy)
        lately = {item for item, vote in votes if vote.at >= since}
        disputed = _news_first((*confused(given, taxonomy), *split(given, taxonomy)), lately)
        decided = self._repository.decided_labels(community.id)
        suggested = [suggestion(each, decided) for each in disputed]
        suggested.sort(key=lambda each: each.kind == "open")  # what is decided speaks first
        return Note(
            week=week_name(start),
            start=start,
            votes=sum(vote.at >= since for _, vote in votes),
            dimensions=_by_dimension(by_dimension(given, taxonomy), taxonomy),
            disputed=disputed,
            examples=self._examples(disputed, (each.example for each in suggested)),
            suggestion=suggested[0] if suggested else None,
        )

    def due_week(self, community: Community) -> date | None:
        """A day of the week whose note is due; None before Monday's hour."""
        now = self._clock.now().astimezone(ZoneInfo(community.timezone))
        if now.weekday() == 0 and now.hour < NOTE_HOUR:
            return None
        return now.date() - timedelta(days=7)

    # ── examples ─────────────────────────────────────────────────────────────────────────────────

    def _examples(
        self, disputed: Iterable[Confusion], others: Iterable[int] = ()
    ) -> dict[int, Example]:
        wanted = [*(each.items[0] for each in disputed), *others]
        items: list[Item] = self._repository.items(list(dict.fromkeys(wanted)))
        return {item.id: Example(item.number, item.title) for item in items}


def week_name(day: date) -> str:
    """The week of a day, as ISO 8601 writes it: "2026-W12"; sorts by time."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02}"


def _by_dimension(judgements: Sequence[Judgement], taxonomy: Taxonomy) -> dict[str, Agreement]:
    found = grouped(judgements, lambda each: dimension_of(each.label))
    return {each.id: found[each.id] for each in taxonomy.dimensions if each.id in found}


def _trend(
    judgements: Sequence[Judgement],
    first: Mapping[int, datetime],
    community: Community,
    taxonomy: Taxonomy,
) -> Trend:
    """Agreement on items by when they were first voted on, so that each counts once and whole."""
    zone = ZoneInfo(community.timezone)
    days = {item: at.astimezone(zone).date() for item, at in first.items()}
    if not days:
        return Trend("week", date.min, ())
    is_short = max(days.values()) - min(days.values()) < timedelta(weeks=MOST_WEEKS)
    begin = _monday if is_short else _first_of_month
    shown = sorted({begin(day) for day in days.values()})[-MOST_MONTHS:]
    found = grouped(
        (each for each in judgements if begin(_day(each, days)) in shown),
        lambda each: (dimension_of(each.label), begin(_day(each, days))),
        times=POINT_TIMES,
    )
    points = [
        Point(dimension.id, start, found[dimension.id, start])
        for dimension in taxonomy.dimensions
        for start in shown
        if (dimension.id, start) in found
    ]
    return Trend(
        "week" if is_short else "month",
        shown[-1] + timedelta(days=6) if is_short else _last_of_month(shown[-1]),
        tuple(
            point
            for point in points
            if point.agreement.alpha is not None and point.agreement.units >= MIN_UNITS
        ),
    )


def _day(judgement: Judgement, days: Mapping[int, date]) -> date:
    assert isinstance(judgement.item, int)
    return days[judgement.item]


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _first_of_month(day: date) -> date:
    return day.replace(day=1)


def _last_of_month(day: date) -> date:
    return _first_of_month(_first_of_month(day) + timedelta(days=31)) - timedelta(days=1)


def _least_first(found: Agreement) -> tuple[int, float, int]:
    if found.alpha is None:
        return 2, 0.0, -found.units
    if found.items < MIN_ITEMS_TOLD:
        return 1, float(-found.items), -found.units
    return 0, found.alpha, -found.units


def _alike(judgements: Iterable[Judgement], member: MemberRef) -> list[bool]:
    """Of every judgement of others of what a member judged: whether it is the same."""
    judgements = list(judgements)
    mine = {(each.item, each.label): each.value for each in judgements if each.rater == member}
    return [
        mine[each.item, each.label] == each.value
        for each in judgements
        if each.rater != member and (each.item, each.label) in mine
    ]


def _news_first(found: Iterable[Confusion], lately: set[int]) -> tuple[Confusion, ...]:
    """The few that are told: first those with votes of late, then pairs before single labels; a
    single label only if no pair with it is told."""
    told: list[Confusion] = []
    ordered = sorted(found, key=lambda each: lately.isdisjoint(each.items))
    for each in ordered:
        named = {path for other in told for path in (other.first, other.second)}
        if each.second is not None or each.first not in named:
            told.append(each)
    return tuple(islice(told, DISPUTED))
