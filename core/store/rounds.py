"""Review rounds: what is judged, who takes part, and the items that a sample is drawn from."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, update
from sqlmodel import Session, col, select

from core.domain import ChatRef, LabelPath, MemberRef, MessageRef, Origin, State
from core.errors import UnknownRound
from core.rounds import Kind, Pair, Round
from core.store.database import Database
from core.store.filters import STANDING, is_or_is_under
from core.store.rows import id_of
from core.store.tables import AnswerRow, ItemLabelRow, ItemRow, LabellingRow
from core.store.tables_rounds import RoundMemberRow, RoundPairRow, RoundRow


@dataclass(frozen=True, slots=True)
class Pool:
    """The items that a sample can be drawn from.

    Attributes:
        labels: the labels of the dimension on each finished item of the community, surest first.
        margins: how near the model's nearest answer about the dimension came to its threshold, 0 to
            1, by item; items of which nothing was asked are left out.
    """

    labels: dict[int, tuple[LabelPath, ...]]
    margins: dict[int, float]


@dataclass(frozen=True, slots=True)
class Joined:
    """A member joined a round.

    Attributes:
        at: when; reminded_at: when they were reminded last; reminders: how often since they last
            answered, as far as whoever reminds keeps count.
    """

    member: MemberRef
    at: datetime
    reminded_at: datetime | None = None
    reminders: int = 0


class Rounds:
    """Reads and writes review rounds."""

    _database: Database

    def add_round(
        self,
        community_id: int,
        *,
        dimension: str,
        kind: Kind,
        course: int | None,
        pairs: Sequence[Pair],
        seed: int,
        target: float,
        by: MemberRef,
        at: datetime,
    ) -> Round:
        """Open a round; it gets the community's next number.

        Args:
            course: the number of the round with which its course began; None: it is this one.
            pairs: what is judged, in order.
        """
        with self._database.transaction() as session:
            newest = select(func.max(RoundRow.number)).where(
                col(RoundRow.community_id) == community_id
            )
            number = (session.exec(newest).one() or 0) + 1
            row = RoundRow(
                community_id=community_id,
                number=number,
                dimension=dimension,
                kind=kind,
                course=course or number,
                seed=seed,
                target=target,
                started_at=at,
                started_platform=by.platform,
                started_by=by.id,
            )
            session.add(row)
            session.flush()
            assert row.id is not None
            for position, (item, path) in enumerate(pairs):
                session.add(
                    RoundPairRow(
                        round_id=row.id,
                        item_id=item,
                        path=path,
                        community_id=community_id,
                        position=position,
                    )
                )
            session.flush()
            return _round(session, row)

    def rounds(self, community_id: int | None = None) -> list[Round]:
        """The rounds of a community, or of all, oldest first."""
        found = select(RoundRow).order_by(col(RoundRow.community_id), col(RoundRow.number))
        if community_id is not None:
            found = found.where(col(RoundRow.community_id) == community_id)
        with self._database.reading() as session:
            return [_round(session, row) for row in session.exec(found).all()]

    def round(self, round_id: int) -> Round:
        """The round of that id.

        Raises:
            UnknownRound: there is none.
        """
        with self._database.reading() as session:
            return _round(session, _get(session, round_id))

    def round_numbered(self, community_id: int, number: int) -> Round:
        """The round that people call by this number.

        Raises:
            UnknownRound: there is none in this community.
        """
        numbered = select(RoundRow).where(
            col(RoundRow.community_id) == community_id, col(RoundRow.number) == number
        )
        with self._database.reading() as session:
            row = session.exec(numbered).first()
            if row is None:
                raise UnknownRound(f"There is no round {number} here.", number=number)
            return _round(session, row)

    def close_round(self, round_id: int, *, by: MemberRef | None, at: datetime) -> None:
        """Take no more answers; a round that is closed stays as it was closed."""
        with self._database.transaction() as session:
            row = _get(session, round_id)
            if row.closed_at is None:
                row.closed_at = at
                if by is not None:
                    row.closed_platform, row.closed_by = by.platform, by.id

    # ── the invitation ───────────────────────────────────────────────────────────────────────────

    def invited(self, round_id: int, message: MessageRef) -> None:
        """This message invites to a round."""
        with self._database.transaction() as session:
            row = _get(session, round_id)
            where = message.where
            row.platform, row.chat, row.thread = where.platform, where.chat, where.thread or ""
            row.message = message.id

    def invitation(self, round_id: int) -> MessageRef | None:
        """The message that invites to a round; None: there is none, or its chat is gone."""
        with self._database.reading() as session:
            row = _get(session, round_id)
            if row.platform is None or row.chat is None or row.message is None:
                return None
            return MessageRef(ChatRef(row.platform, row.chat, row.thread or None), row.message)

    def tell_through(self, round_id: int, *, at: datetime) -> bool:
        """The chat is to hear that all who joined are through; False if it has."""
        with self._database.transaction() as session:
            row = _get(session, round_id)
            if row.told_at is not None:
                return False
            row.told_at = at
            return True

    # ── who takes part ───────────────────────────────────────────────────────────────────────────

    def join_round(self, round_id: int, member: MemberRef, *, at: datetime) -> bool:
        """Let a member take part; False if they do already."""
        with self._database.transaction() as session:
            key = (round_id, member.platform, member.id)
            if session.get(RoundMemberRow, key) is not None:
                return False
            round_ = _get(session, round_id)
            round_.told_at = None
            session.add(
                RoundMemberRow(
                    round_id=round_id,
                    platform=member.platform,
                    member=member.id,
                    community_id=round_.community_id,
                    joined_at=at,
                )
            )
            return True

    def leave_round(self, round_id: int, member: MemberRef) -> bool:
        """Let a member take part no longer; False if they did not."""
        with self._database.transaction() as session:
            row = session.get(RoundMemberRow, (round_id, member.platform, member.id))
            if row is None:
                return False
            session.delete(row)
            return True

    def joined(self, round_id: int) -> list[Joined]:
        """Who takes part in a round, in the order in which they joined."""
        with self._database.reading() as session:
            rows = session.exec(
                select(RoundMemberRow)
                .where(col(RoundMemberRow.round_id) == round_id)
                .order_by(
                    col(RoundMemberRow.joined_at),
                    col(RoundMemberRow.platform),
                    col(RoundMemberRow.member),
                )
            )
            return [
                Joined(
                    MemberRef(row.platform, row.member),
                    row.joined_at,
                    row.reminded_at,
                    row.reminders,
                )
                for row in rows
            ]

    def reminded(self, round_id: int, member: MemberRef, *, at: datetime, reminders: int) -> None:
        """A member was reminded of a round, for the so manieth time since they last answered."""
        with self._database.transaction() as session:
            row = session.get(RoundMemberRow, (round_id, member.platform, member.id))
            if row is not None:
                row.reminded_at, row.reminders = at, reminders

    def rounds_joined_by(self, member: MemberRef) -> list[Round]:
        """The rounds that a member takes part in, or took part, of whatever community."""
        with self._database.reading() as session:
            rows = session.exec(
                select(RoundRow)
                .join(RoundMemberRow, col(RoundMemberRow.round_id) == col(RoundRow.id))
                .where(
                    col(RoundMemberRow.platform) == member.platform,
                    col(RoundMemberRow.member) == member.id,
                )
                .order_by(col(RoundRow.community_id), col(RoundRow.number))
            ).all()
            return [_round(session, row) for row in rows]

    # ── what can be drawn ────────────────────────────────────────────────────────────────────────

    def pool(self, community_id: int, dimension: str) -> Pool:
        """What a sample about a dimension can be drawn from."""
        with self._database.reading() as session:
            done = select(ItemRow.id).where(
                col(ItemRow.community_id) == community_id, col(ItemRow.state) == State.DONE
            )
            labels: dict[int, list[LabelPath]] = {
                id_: [] for id_ in session.exec(done) if id_ is not None
            }
            carried = (
                select(ItemLabelRow.item_id, ItemLabelRow.path)
                .where(
                    col(ItemLabelRow.community_id) == community_id,
                    col(ItemLabelRow.status).in_(STANDING),
                    is_or_is_under(ItemLabelRow.path, dimension),
                )
                .order_by(col(ItemLabelRow.score).desc(), col(ItemLabelRow.position))
            )
            for item, path in session.exec(carried):
                if item in labels:
                    labels[item].append(LabelPath(path))
            newest = (
                select(func.max(LabellingRow.id).label("id"))
                .where(
                    col(LabellingRow.community_id) == community_id,
                    col(LabellingRow.origin) == Origin.ENTAILMENT,
                )
                .group_by(col(LabellingRow.item_id))
                .subquery()
            )
            margin = func.min(func.abs(AnswerRow.probability - AnswerRow.threshold))
            nearest = (
                select(LabellingRow.item_id, margin)
                .join(newest, newest.c.id == col(LabellingRow.id))
                .join(AnswerRow, col(AnswerRow.labelling_id) == col(LabellingRow.id))
                .where(is_or_is_under(AnswerRow.path, dimension))
                .group_by(col(LabellingRow.item_id))
            )
            margins = {item: near for item, near in session.exec(nearest) if item in labels}
            return Pool({item: tuple(own) for item, own in labels.items()}, margins)


def move_pairs(session: Session, item: ItemRow, into: ItemRow) -> None:
    """Let what rounds ask about an item be about another one, in the transaction of a session."""
    session.execute(
        update(RoundPairRow)
        .where(col(RoundPairRow.item_id) == item.id)
        .values(item_id=id_of(into))
        .prefix_with("OR IGNORE")
    )
    session.execute(delete(RoundPairRow).where(col(RoundPairRow.item_id) == item.id))


def move_invitations(session: Session, old: ChatRef, new: ChatRef | None) -> None:
    """Let invitations stand in another chat, which theirs has become; None: they are gone."""
    gone = dict.fromkeys(("platform", "chat", "thread", "message"))
    session.execute(
        update(RoundRow)
        .where(col(RoundRow.platform) == old.platform, col(RoundRow.chat) == old.chat)
        .values(**({"platform": new.platform, "chat": new.chat} if new is not None else gone))
    )


def forget_in_rounds(session: Session, member: MemberRef) -> None:
    """Let no round name a member, in the transaction of a session."""
    session.execute(
        delete(RoundMemberRow).where(
            col(RoundMemberRow.platform) == member.platform,
            col(RoundMemberRow.member) == member.id,
        )
    )
    for platform, name in (("started_platform", "started_by"), ("closed_platform", "closed_by")):
        session.execute(
            update(RoundRow)
            .where(
                getattr(RoundRow, platform) == member.platform, getattr(RoundRow, name) == member.id
            )
            .values({platform: None, name: None})
        )


def _get(session: Session, round_id: int) -> RoundRow:
    row = session.get(RoundRow, round_id)
    if row is None:
        raise UnknownRound(f"There is no round with the id {round_id}.", number=round_id)
    return row


def _round(session: Session, row: RoundRow) -> Round:
    assert row.id is not None
    pairs: Iterable[tuple[int, str]] = session.exec(
        select(RoundPairRow.item_id, RoundPairRow.path)
        .where(col(RoundPairRow.round_id) == row.id)
        .order_by(col(RoundPairRow.position))
    )
    return Round(
        id=row.id,
        community=row.community_id,
        number=row.number,
        dimension=row.dimension,
        kind=Kind(row.kind),
        course=row.course,
        pairs=tuple((item, LabelPath(path)) for item, path in pairs),
        seed=row.seed,
        target=row.target,
        started_at=row.started_at,
        started_by=_member(row.started_platform, row.started_by),
        closed_at=row.closed_at,
        closed_by=_member(row.closed_platform, row.closed_by),
    )


def _member(platform: str | None, id_: str | None) -> MemberRef | None:
    return None if platform is None or id_ is None else MemberRef(platform, id_)
