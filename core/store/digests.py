"""Who wants a digest every week, what editors want in it, and what a week brought."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any, cast

from sqlalchemy import ColumnElement, and_, delete, func, select, update
from sqlalchemy.orm import aliased
from sqlmodel import Session, col
from sqlmodel import select as select_one

from core.digest import PickKind, Subscription
from core.domain import ChatRef, LabelPath, LabelStatus, MemberRef, State
from core.schedule import Weekly
from core.store.database import Database
from core.store.filters import STANDING, is_one_of, is_or_is_under
from core.store.places import place_of
from core.store.rows import id_of
from core.store.tables import DocumentRow, ItemLabelRow, ItemRow, ShareRow, VoteRow
from core.store.tables_decisions import DecisionRow
from core.store.tables_digests import PickRow, SubscriptionRow

DECIDED = (LabelStatus.CONFIRMED, LabelStatus.REJECTED)


@dataclass(slots=True)
class Arrived:
    """An item of a span of time, in figures; see `core.digest.Candidate`."""

    item: int
    story: int
    site: str | None
    at: datetime
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

    def labels_in(self, dimension: LabelPath, items: Collection[int]) -> dict[int, list[LabelPath]]:
        """The labels of one dimension that some items carry, in taxonomy order, by item's id."""
        rows = (
            select(col(ItemLabelRow.item_id), col(ItemLabelRow.path))
            .where(
                is_one_of(ItemLabelRow.item_id, items),
                is_or_is_under(ItemLabelRow.path, dimension),
                col(ItemLabelRow.status).in_(STANDING),
            )
            .order_by(col(ItemLabelRow.position), col(ItemLabelRow.path))
        )
        found: dict[int, list[LabelPath]] = {}
        with self._database.reading() as session:
            for item, path in session.execute(rows):
                found.setdefault(item, []).append(LabelPath(path))
        return found

    def outcomes(
        self,
        community_id: int,
        *,
        since: datetime,
        until: datetime,
        among: Collection[int] | None = None,
    ) -> dict[tuple[LabelPath, LabelStatus | None], int]:
        """On how many items a label came to stand so from one moment to before another; where it
        stood so at the beginning, too, nothing is counted."""
        asked = [
            col(DecisionRow.community_id) == community_id,
            col(DecisionRow.at) >= since,
            col(DecisionRow.at) < until,
        ]
        if among is not None:
            asked.append(is_one_of(DecisionRow.item_id, among))
        line = col(DecisionRow.id)
        lines = (
            select(func.min(line).label("first"), func.max(line).label("last"))
            .where(*asked)
            .group_by(col(DecisionRow.item_id), col(DecisionRow.path))
            .subquery()
        )
        first, last = aliased(DecisionRow), aliased(DecisionRow)
        rows = (
            select(col(last.path), col(last.after), func.count())
            .join(lines, lines.c.last == col(last.id))
            .join(first, lines.c.first == col(first.id))
            .where(col(first.before).is_distinct_from(col(last.after)))
            .group_by(col(last.path), col(last.after))
        )
        with self._database.reading() as session:
            return {
                (LabelPath(path), None if after is None else LabelStatus(after)): count
                for path, after, count in session.execute(rows)
            }

    def disputed_labels(
        self, community_id: int, *, limit: int, among: Collection[int] | None = None
    ) -> tuple[list[tuple[int, LabelPath]], int]:
        """Labels that people disagree about, with the item's id, newest items first; and how
        many there are in all."""
        asked = [
            col(ItemLabelRow.community_id) == community_id,
            col(ItemLabelRow.status) == LabelStatus.DISPUTED,
        ]
        if among is not None:
            asked.append(is_one_of(ItemLabelRow.item_id, among))
        total = func.count().over().label("total")
        rows = (
            select(col(ItemLabelRow.item_id), col(ItemLabelRow.path), total)
            .where(*asked)
            .order_by(col(ItemLabelRow.item_id).desc(), col(ItemLabelRow.position))
            .limit(limit)
        )
        with self._database.reading() as session:
            found = session.execute(rows).all()
        listed = [(item, LabelPath(path)) for item, path, _ in found]
        return listed, found[0][2] if found else 0

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
    """Fill in what was done about items."""
    ids = list(found)
    decided = (
        select(col(ItemLabelRow.item_id), func.count())
        .where(is_one_of(ItemLabelRow.item_id, ids), col(ItemLabelRow.status).in_(DECIDED))
        .group_by(col(ItemLabelRow.item_id))
    )
    for item, count in session.execute(decided):
        found[item].decided = count
    votes = (
        select(col(VoteRow.item_id), func.count())
        .where(col(VoteRow.community_id) == community_id, is_one_of(VoteRow.item_id, ids))
        .group_by(col(VoteRow.item_id))
    )
    for item, count in session.execute(votes):
        found[item].votes = count
    who = col(ShareRow.member_platform) + "\n" + col(ShareRow.member)
    shares = (
        select(col(ShareRow.item_id), func.count(who.distinct()))
        .where(is_one_of(ShareRow.item_id, ids))
        .group_by(col(ShareRow.item_id))
    )
    for item, count in session.execute(shares):
        found[item].shares = count


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
