"""Who wants a digest every week, what editors want in it, and what a week brought."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time
from typing import Any, cast

from sqlalchemy import ColumnElement, and_, delete, func, select, update
from sqlmodel import Session, col
from sqlmodel import select as select_one

from core.digest import PickKind, Subscription
from core.domain import ChatRef, LabelPath, LabelStatus, MemberRef, State
from core.schedule import Weekly
from core.store.database import Database
from core.store.filters import STANDING, is_one_of
from core.store.places import place_of
from core.store.rows import id_of
from core.store.tables import DocumentRow, ItemLabelRow, ItemRow, ShareRow, VoteRow
from core.store.tables_decisions import DecisionRow
from core.store.tables_digests import PickRow, SubscriptionRow

DECIDED = (LabelStatus.CONFIRMED, LabelStatus.REJECTED)


@dataclass(slots=True)
class Arrived:
    """An item of a span of time, in figures; see `core.digest.Candidate`.

    Attributes:
        labels: that it carries, in taxonomy order.
    """

    item: int
    story: int
    site: str | None
    at: datetime
    labels: list[LabelPath] = field(default_factory=list)
    decided: int = 0
    votes: int = 0
    shares: int = 0


class DigestRows:
    """Reads and writes subscriptions and picks, and counts what a span of time brought."""

    _database: Database

    # ── subscriptions ────────────────────────────────────────────────────────────────────────────

    def subscribe(
        self,
        community_id: int,
        where: ChatRef,
        query: str,
        weekly: Weekly,
        *,
        member: MemberRef | None,
        at: datetime,
    ) -> Subscription:
        """Let a place have digests about a query from a moment on; what it has about the same comes
        at the new time."""
        with self._database.transaction() as session:
            row = session.exec(
                select_one(SubscriptionRow).where(
                    col(SubscriptionRow.community_id) == community_id,
                    _is_at(where),
                    col(SubscriptionRow.thread) == (where.thread or ""),
                    col(SubscriptionRow.query) == query,
                )
            ).first()
            if row is None:
                row = SubscriptionRow(
                    community_id=community_id, **place_of(where), query=query,
                    weekday=0, at=0, done_until=at,
                )  # fmt: skip
            row.weekday = weekly.weekday
            row.at = weekly.at.hour * 60 + weekly.at.minute
            row.done_until = at
            row.member_platform = None if member is None else member.platform
            row.member = None if member is None else member.id
            session.add(row)
            session.flush()
            return _subscription(row)

    def unsubscribe(self, subscription_id: int) -> None:
        """A place wants it no more."""
        with self._database.transaction() as session:
            session.execute(
                delete(SubscriptionRow).where(col(SubscriptionRow.id) == subscription_id)
            )

    def subscriptions(self) -> list[Subscription]:
        """Everybody's, of every community, oldest first."""
        with self._database.reading() as session:
            rows = session.exec(select_one(SubscriptionRow).order_by(col(SubscriptionRow.id)))
            return [_subscription(row) for row in rows]

    def subscriptions_by(self, member: MemberRef) -> list[Subscription]:
        """Those of a member's private chat, oldest first."""
        rows = select_one(SubscriptionRow).where(_is_by(member)).order_by(col(SubscriptionRow.id))
        with self._database.reading() as session:
            return [_subscription(row) for row in session.exec(rows)]

    def digest_done(self, subscription_id: int, until: datetime) -> None:
        """What was due up to a moment is done."""
        with self._database.transaction() as session:
            session.execute(
                update(SubscriptionRow)
                .where(col(SubscriptionRow.id) == subscription_id)
                .values(done_until=until)
            )

    # ── picks ────────────────────────────────────────────────────────────────────────────────────

    def pick(self, community_id: int, item_id: int, kind: PickKind | None, *, at: datetime) -> None:
        """An editor wants an item in digests, or out of them; None: neither."""
        with self._database.transaction() as session:
            session.execute(delete(PickRow).where(col(PickRow.item_id) == item_id))
            if kind is not None:
                session.add(PickRow(item_id=item_id, community_id=community_id, kind=kind, at=at))

    def picks(self, community_id: int) -> dict[int, tuple[PickKind, datetime]]:
        """What editors want, and since when, by the item's id."""
        rows = select_one(PickRow).where(col(PickRow.community_id) == community_id)
        with self._database.reading() as session:
            return {row.item_id: (cast("PickKind", row.kind), row.at) for row in session.exec(rows)}

    # ── what a span of time brought ──────────────────────────────────────────────────────────────

    def arrived(
        self,
        community_id: int,
        *,
        since: datetime,
        until: datetime,
        also: Collection[int] = (),
        among: Collection[int] | None = None,
    ) -> list[Arrived]:
        """The finished items that came from one moment to before another, in figures.

        Items are left out whose story was there before: it was told then.

        Args:
            also: ids of items that are looked at whenever they came.
            among: only these ids; None: all.
        """
        came = and_(col(ItemRow.received_at) >= since, col(ItemRow.received_at) < until)
        asked = [
            col(ItemRow.community_id) == community_id,
            col(ItemRow.state) == State.DONE,
            came | is_one_of(ItemRow.id, also),
        ]
        if among is not None:
            asked.append(is_one_of(ItemRow.id, among))
        columns = (ItemRow.id, ItemRow.story_id, DocumentRow.site_folded, ItemRow.received_at)
        rows: Any = (
            select(*map(col, columns))
            .outerjoin(DocumentRow, col(DocumentRow.item_id) == col(ItemRow.id))
            .where(*asked)
        )
        with self._database.reading() as session:
            found = {
                id_: Arrived(id_, story or id_, site, at)
                for id_, story, site, at in session.execute(rows)
            }
            old = _told_before(
                session, community_id, since, {each.story for each in found.values()}
            )
            found = {
                id_: each for id_, each in found.items() if each.story not in old or id_ in also
            }
            _count(session, community_id, found)
        return list(found.values())

    def outcomes(
        self,
        community_id: int,
        *,
        since: datetime,
        until: datetime,
        among: Collection[int] | None = None,
    ) -> dict[tuple[int, LabelPath], LabelStatus | None]:
        """What became of labels from one moment to before another, by item's id and label; those
        that stand in the end as in the beginning are left out."""
        columns = (DecisionRow.item_id, DecisionRow.path, DecisionRow.before, DecisionRow.after)
        asked = [
            col(DecisionRow.community_id) == community_id,
            col(DecisionRow.at) >= since,
            col(DecisionRow.at) < until,
        ]
        if among is not None:
            asked.append(is_one_of(DecisionRow.item_id, among))
        rows = select(*map(col, columns)).where(*asked).order_by(col(DecisionRow.id))
        began: dict[tuple[int, LabelPath], str | None] = {}
        became: dict[tuple[int, LabelPath], str | None] = {}
        with self._database.reading() as session:
            for item, path, before, after in session.execute(rows):
                began.setdefault((item, path), before)
                became[item, path] = after
        return {
            key: None if after is None else LabelStatus(after)
            for key, after in became.items()
            if after != began[key]
        }

    def disputed_labels(
        self, community_id: int, *, among: Collection[int] | None = None
    ) -> list[tuple[int, LabelPath]]:
        """Labels that people disagree about, with the item's id, newest items first."""
        asked = [
            col(ItemLabelRow.community_id) == community_id,
            col(ItemLabelRow.status) == LabelStatus.DISPUTED,
        ]
        if among is not None:
            asked.append(is_one_of(ItemLabelRow.item_id, among))
        rows = (
            select(col(ItemLabelRow.item_id), col(ItemLabelRow.path))
            .where(*asked)
            .order_by(col(ItemLabelRow.item_id).desc(), col(ItemLabelRow.position))
        )
        with self._database.reading() as session:
            return [(item, LabelPath(path)) for item, path in session.execute(rows)]

    def label_arrivals(
        self,
        community_id: int,
        paths: Collection[LabelPath],
        *,
        since: datetime,
        until: datetime,
        among: Collection[int] | None = None,
    ) -> dict[LabelPath, int]:
        """On how many items that came in a span of time each of some labels is."""
        asked = [
            col(ItemLabelRow.community_id) == community_id,
            is_one_of(ItemLabelRow.path, paths),
            col(ItemLabelRow.status).in_(STANDING),
            col(ItemRow.state) == State.DONE,
            col(ItemRow.received_at) >= since,
            col(ItemRow.received_at) < until,
        ]
        if among is not None:
            asked.append(is_one_of(ItemRow.id, among))
        rows = (
            select(col(ItemLabelRow.path), func.count())
            .join(ItemRow, col(ItemRow.id) == col(ItemLabelRow.item_id))
            .where(*asked)
            .group_by(col(ItemLabelRow.path))
        )
        with self._database.reading() as session:
            return {LabelPath(path): count for path, count in session.execute(rows)}


def _told_before(
    session: Session, community_id: int, since: datetime, stories: Iterable[int]
) -> set[int]:
    rows = (
        select(col(ItemRow.story_id))
        .where(
            col(ItemRow.community_id) == community_id,
            is_one_of(ItemRow.story_id, list(stories)),
            col(ItemRow.state) == State.DONE,
            col(ItemRow.received_at) < since,
        )
        .distinct()
    )
    return set(session.execute(rows).scalars())


def _count(session: Session, community_id: int, found: Mapping[int, Arrived]) -> None:
    """Fill in what was done about items; of columns, not objects: they may be ten thousand."""
    ids = list(found)
    labels: Any = (
        select(*map(col, (ItemLabelRow.item_id, ItemLabelRow.path, ItemLabelRow.status)))
        .where(col(ItemLabelRow.community_id) == community_id, is_one_of(ItemLabelRow.item_id, ids))
        .order_by(col(ItemLabelRow.position), col(ItemLabelRow.path))
    )
    for item, path, status in session.execute(labels):
        if status in STANDING:
            found[item].labels.append(LabelPath(path))
        if status in DECIDED:
            found[item].decided += 1
    votes = (
        select(col(VoteRow.item_id), func.count())
        .where(col(VoteRow.community_id) == community_id, is_one_of(VoteRow.item_id, ids))
        .group_by(col(VoteRow.item_id))
    )
    for item, count in session.execute(votes):
        found[item].votes = count
    members: dict[int, set[tuple[str, str]]] = defaultdict(set)
    shares = select(*map(col, (ShareRow.item_id, ShareRow.member_platform, ShareRow.member)))
    for item, platform, member in session.execute(shares.where(is_one_of(ShareRow.item_id, ids))):
        members[item].add((platform, member))
    for item, who in members.items():
        found[item].shares = len(who)


# ── what goes with something else ────────────────────────────────────────────────────────────────


def unsubscribe_all(session: Session, where: ChatRef, *, but: int | None = None) -> None:
    """A chat wants no digests any more.

    Args:
        but: the community about which it still does.
    """
    gone = delete(SubscriptionRow).where(_is_at(where))
    if but is not None:
        gone = gone.where(col(SubscriptionRow.community_id) != but)
    session.execute(gone)


def move_subscriptions(session: Session, old: ChatRef, new: ChatRef) -> None:
    """A chat has moved; what the new address wants already stays."""
    session.execute(
        update(SubscriptionRow)
        .where(_is_at(old))
        .values(platform=new.platform, chat=new.chat)
        .prefix_with("OR IGNORE")
    )
    session.execute(delete(SubscriptionRow).where(_is_at(old)))


def move_picks(session: Session, item: ItemRow, into: ItemRow) -> None:
    """What is wanted of an item is wanted of another one; of two, that one's stays."""
    session.execute(
        update(PickRow)
        .where(col(PickRow.item_id) == item.id)
        .values(item_id=id_of(into))
        .prefix_with("OR IGNORE")
    )
    session.execute(delete(PickRow).where(col(PickRow.item_id) == item.id))


def forget_subscriber(session: Session, member: MemberRef) -> None:
    """A member wants nothing any more."""
    session.execute(delete(SubscriptionRow).where(_is_by(member)))


def _is_at(where: ChatRef) -> ColumnElement[bool]:
    return and_(
        col(SubscriptionRow.platform) == where.platform, col(SubscriptionRow.chat) == where.chat
    )


def _is_by(member: MemberRef) -> ColumnElement[bool]:
    return and_(
        col(SubscriptionRow.member_platform) == member.platform,
        col(SubscriptionRow.member) == member.id,
    )


def _subscription(row: SubscriptionRow) -> Subscription:
    assert row.id is not None
    member = None
    if row.member_platform is not None and row.member is not None:
        member = MemberRef(row.member_platform, row.member)
    return Subscription(
        row.id,
        row.community_id,
        ChatRef(row.platform, row.chat, row.thread or None),
        row.query,
        Weekly(row.weekday, time(row.at // 60, row.at % 60)),
        row.done_until,
        member,
    )
