"""Use case: digests: who wants one every week, when it is due, and what it says.

1. A place subscribes to everything or to a query (`subscribe`), with a day and an hour.
2. `due` tells whose time has come, by the community's clock (`core.schedule`); `done` says that
   nothing more is to be done about it, in one transaction with writing down what is sent.
3. `compose` tells a span of time: stories, what became of labels, what is in dispute, and figures
   for a picture. A week is one span among others: asking about another moves no clock.
4. Editors say what must be told, and what must not (`pick`).
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, time, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from core.digest import (
    Candidate,
    Changed,
    Choice,
    Count,
    Digest,
    Dispute,
    PickKind,
    Story,
    Subscription,
    choose,
    sentence_of,
)
from core.discussions import Stage
from core.domain import ChatRef, Community, Item, LabelPath, LabelStatus, MemberRef
from core.errors import BadQuery
from core.ports import Clock
from core.query import Query
from core.schedule import WEEK, Due, Weekly, due
from core.search import Search
from core.store.digests import Arrived
from core.store.repository import Repository
from core.taxonomy import Taxonomy

USUAL = Weekly(0, time(9))
"""When a digest comes if nobody says otherwise: Monday morning, when a week is planned."""

SENTENCE = 160
"""Characters of a sentence that a story is told with; longer ones only if there is no other."""

CHANGES, DISPUTES = 6, 4
"""How many of each are told; the rest is in the log, and in the list of discussions."""

BEFORE_WEEKS = 4
"""What is usual is told by so many weeks before."""

_A_MOMENT = timedelta(microseconds=1)  # what came just now is part of what came until now

BARS = 8
"""Labels in the picture, those with most items."""


class Digests:
    """Keeps subscriptions, and composes digests.

    Args:
        repository: knows what came, and what was done about it.
        search: knows what a query keeps.
        taxonomies: a community's taxonomy.
        clock: tells the time.
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

    # ── who wants it ─────────────────────────────────────────────────────────────────────────────

    def subscribe(
        self,
        community: Community,
        where: ChatRef,
        query: str = "",
        weekly: Weekly | None = None,
        *,
        member: MemberRef | None = None,
    ) -> Subscription:
        """Let a place have a digest every week, the first at the next such time.

        Args:
            query: in the query language; empty: about everything.
            weekly: None: as the place has it already about the same, or at the usual time.
            member: whose private chat it is; None: a group's.

        Raises:
            BadQuery: it cannot be understood, or names days of its own.
        """
        canonical = str(self._understood(community, query))
        if weekly is None:
            known = (each.weekly for each in self.at(where) if each.query == canonical)
            weekly = next(known, USUAL)
        now = self._clock.now()
        return self._repository.subscribe(
            community.id, where, canonical, weekly, member=member, at=now
        )

    def unsubscribe(self, subscription: Subscription) -> None:
        """A place wants it no more."""
        self._repository.unsubscribe(subscription.id)

    def at(self, where: ChatRef) -> list[Subscription]:
        """What a place wants, oldest first."""
        return [each for each in self._repository.subscriptions() if each.where == where]

    def next(self, subscription: Subscription, community: Community) -> datetime:
        """When it comes again, in UTC."""
        return subscription.weekly.next(self._clock.now(), ZoneInfo(community.timezone))

    def due(self) -> list[tuple[Subscription, Community, Due]]:
        """Whose time has come, and about which week."""
        communities = {each.id: each for each in self._repository.communities()}
        found = []
        for each in self._repository.subscriptions():
            community = communities[each.community]
            when = due(
                each.weekly,
                ZoneInfo(community.timezone),
                done_until=each.done_until,
                now=self._clock.now(),
            )
            if when is not None:
                found.append((each, community, when))
        return found

    def done(self, subscription: Subscription, until: datetime) -> None:
        """Nothing more is to be done about what was due up to a moment."""
        self._repository.digest_done(subscription.id, until)

    # ── what editors want ────────────────────────────────────────────────────────────────────────

    def pick(self, community: Community, number: int, kind: PickKind | None) -> Item:
        """Prefer an item in the digest, keep it out, or neither.

        Raises:
            UnknownItem: there is none of that number.
        """
        item = self._repository.item(community.id, number)
        self._repository.pick(community.id, item.id, kind, at=self._clock.now())
        return item

    def held(self, community: Community, *, since: datetime) -> list[Item]:
        """What editors keep out since a moment, by number."""
        picks = self._repository.picks(community.id)
        ids = [id_ for id_, (kind, at) in picks.items() if kind == "hold" and at >= since]
        return sorted(self._repository.items(ids), key=lambda item: item.number)

    # ── what it says ─────────────────────────────────────────────────────────────────────────────

    def lately(self, community: Community, query: str = "", *, days: int = 7) -> Digest:
        """The last days until now, today included, from midnight by the community's clock.

        Raises:
            BadQuery: the query cannot be understood, or names days of its own.
        """
        zone, now = ZoneInfo(community.timezone), self._clock.now()
        first = now.astimezone(zone).date() - timedelta(days=days - 1)
        midnight = datetime.combine(first, time.min, tzinfo=zone)
        return self.compose(
            community, query, since=midnight.astimezone(now.tzinfo), until=now + _A_MOMENT
        )

    def coming(self, subscription: Subscription, community: Community) -> Digest:
        """What would be in the next one of a subscription as things stand now."""
        zone, now = ZoneInfo(community.timezone), self._clock.now()
        since = subscription.weekly.on(subscription.weekly.last_day(now, zone), zone)
        return self.compose(community, subscription.query, since=since, until=now + _A_MOMENT)

    def compose(
        self, community: Community, query: str, *, since: datetime, until: datetime
    ) -> Digest:
        """Tell what a span of time brought, from one moment to before another.

        Raises:
            BadQuery: the query cannot be understood, or names days of its own.
        """
        taxonomy = self._taxonomies(community)
        parsed = self._understood(community, query)
        among = None if parsed == Query() else set(self._search.select(community, query)[0])
        choice = self._chosen(community, parsed, taxonomy, since=since, until=until, among=among)
        outcomes = self._repository.outcomes(community.id, since=since, until=until, among=among)
        disputes, all_disputes = self._disputes(community, among)
        return Digest(
            query=str(parsed),
            since=since,
            until=until,
            stories=self._told(choice),
            total=choice.total,
            changes=_changes(outcomes),
            codebook=None if among is not None else self._new_codebook(community, since, until),
            disputes=disputes,
            all_disputes=all_disputes,
            counts=self._counts(community, parsed, taxonomy, since=since, until=until, among=among),
        )

    def _understood(self, community: Community, query: str) -> Query:
        parsed = self._search.understood(community, query)
        days = parsed.filters.since or parsed.filters.until
        if days is not None:
            without = replace(parsed, filters=replace(parsed.filters, since=None, until=None))
            raise BadQuery(
                f"A digest is about its own days; found {days.isoformat()} in the query.",
                part=query,
                reason="digest-days",
                suggestion=str(without),
            )
        return parsed

    def _chosen(
        self,
        community: Community,
        parsed: Query,
        taxonomy: Taxonomy,
        *,
        since: datetime,
        until: datetime,
        among: set[int] | None,
    ) -> Choice:
        picks = self._repository.picks(community.id)
        kept = [id_ for id_, (kind, at) in picks.items() if kind == "keep" and since <= at < until]
        arrived = self._repository.arrived(
            community.id, since=since, until=until, also=kept, among=among
        )
        first = taxonomy.dimensions[0].id if taxonomy.dimensions else ""
        topics = partial(self._repository.labels_in, LabelPath(first))

        def candidate(each: Arrived) -> Candidate:
            pick = picks[each.item][0] if each.item in picks else None
            return Candidate(
                each.item,
                each.story,
                site=each.site,
                decided=each.decided,
                votes=each.votes,
                shares=each.shares,
                at=each.at,
                pick=pick,
            )

        return choose(map(candidate, arrived), topics=topics, asked=parsed.filters.labels)

    def _told(self, choice: Choice) -> tuple[Story, ...]:
        items = {
            item.id: item for item in self._repository.items([each.item for each in choice.chosen])
        }
        return tuple(
            Story(
                items[each.item],
                len(each.others),
                sentence_of(items[each.item], most=SENTENCE),
                each.pick,
            )
            for each in choice.chosen
            if each.item in items
        )

    def _new_codebook(self, community: Community, since: datetime, until: datetime) -> int | None:
        """The newest version of the codebook that is of this span, unless it is the first."""
        versions = self._repository.codebook_versions(community.id)
        new = [each.number for each in versions[1:] if since <= each.at < until]
        return new[-1] if new else None

    def _disputes(
        self, community: Community, among: set[int] | None
    ) -> tuple[tuple[Dispute, ...], int]:
        found, total = self._repository.disputed_labels(community.id, among=among, limit=DISPUTES)
        items = {item.id: item for item in self._repository.items([item for item, _ in found])}
        told = tuple(
            Dispute(items[item], path, self._is_discussed(item, path))
            for item, path in found
            if item in items
        )
        return told, total

    def _is_discussed(self, item: int, path: LabelPath) -> bool:
        past = self._repository.discussions_of(item)
        return any(each.path == path and each.stage is not Stage.CLOSED for each in past)

    def _counts(
        self,
        community: Community,
        parsed: Query,
        taxonomy: Taxonomy,
        *,
        since: datetime,
        until: datetime,
        among: set[int] | None,
    ) -> tuple[Count, ...]:
        paths = _drawn(parsed, taxonomy)
        span = until - since
        before = since - BEFORE_WEEKS * WEEK
        now = self._repository.label_arrivals(
            community.id, paths, since=since, until=until, among=among
        )
        usual = self._repository.label_arrivals(
            community.id, paths, since=before, until=since, among=among
        )
        share = span / (since - before)
        most = sorted(paths, key=lambda path: (-now.get(path, 0), -usual.get(path, 0)))[:BARS]
        return tuple(
            Count(path, now.get(path, 0), usual.get(path, 0) * share)
            for path in paths
            if path in most and (path in now or path in usual)
        )


def _drawn(parsed: Query, taxonomy: Taxonomy) -> list[LabelPath]:
    """The labels of the picture: those below the one that is asked for, else the first ones of the
    dimension that is asked for, else of the first one; in taxonomy order."""
    asked = parsed.filters.labels
    if len(asked) == 1:
        for dimension in taxonomy.dimensions:
            if dimension.id == asked[0]:
                return [each.path for each in dimension.labels]
    known = taxonomy.known(asked[0]) if len(asked) == 1 else None
    if known is not None and known.children:
        return [each.path for each in known.children]
    return [each.path for each in taxonomy.dimensions[0].labels] if taxonomy.dimensions else []


def _changes(
    outcomes: Mapping[tuple[LabelPath, LabelStatus | None], int],
) -> tuple[Changed, ...]:
    """The labels of which most became something; what is disputed is told by itself."""
    settled = [
        Changed(path, after, count)
        for (path, after), count in outcomes.items()
        if after not in (LabelStatus.DISPUTED, LabelStatus.SUGGESTED)
    ]
    settled.sort(key=lambda each: (-each.items, each.path, str(each.after)))
    return tuple(settled[:CHANGES])
