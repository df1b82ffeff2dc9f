"""The decision log: a line whenever what people decided about a label became something else.

Lines are written by `core.recounting` and read by filters. Whose act a line was, others are told
only if it was public, such as an editor's ruling.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import ColumnElement, and_, false, func, or_
from sqlmodel import Session, col, select

from core.domain import Cause, Decision, LabelPath, LabelStatus, MemberRef, Tally
from core.folding import fold
from core.store.database import Database
from core.store.filters import is_one_of, is_or_is_under
from core.store.standings import Change
from core.store.tables import MembershipRow
from core.store.tables_decisions import DecisionRow

# handed to the driver as it is: a recount writes tens of thousands, and types take as long as rows
_RECORD = """
INSERT INTO decision (
    community_id, item_id, path, before, after, voices_for, voices_against,
    at, cause, codebook, member_platform, member, is_public, reason, reason_folded
) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""


@dataclass(frozen=True, slots=True)
class Sought:
    """A word of a search through the log: a line has it if any of these holds.

    Attributes:
        text: is part of the reason.
        items: ids of items that the line may be about.
        paths: labels that it may be about.
    """

    text: str
    items: Collection[int] = ()
    paths: Collection[LabelPath] = ()


@dataclass(frozen=True, slots=True)
class By:
    """What brought a line about: in one of these ways, or by the public act of one of these."""

    causes: Collection[str] = ()
    members: Collection[MemberRef] = ()


@dataclass(frozen=True, slots=True)
class LogFilters:
    """Which lines of the log are wanted; all must hold.

    Attributes:
        item: only of this item.
        labels: about one of these labels, or one below; not_labels: about none of these.
        by: what brought it about; None: whatever did.
        asker: who asks: what they did themselves is theirs to see, public or not.
        since, until: from this moment on; before that one.
        after: the label became one of these.
        words, unwanted: every one is there; none is there.
    """

    item: int | None = None
    labels: tuple[LabelPath, ...] = ()
    not_labels: tuple[LabelPath, ...] = ()
    by: By | None = None
    asker: MemberRef | None = None
    since: datetime | None = None
    until: datetime | None = None
    after: tuple[LabelStatus, ...] = ()
    words: tuple[Sought, ...] = ()
    unwanted: tuple[Sought, ...] = ()


class Decisions:
    """Writes and reads the log."""

    _database: Database

    def record(
        self,
        community_id: int,
        changes: Iterable[tuple[Change, Tally]],
        *,
        cause: Cause,
        codebook: str,
        at: datetime,
    ) -> None:
        """Write lines.

        Args:
            changes: of the community's items, each with the voices on its label.
            codebook: the version in force.
        """
        who = cause.member
        shared = (
            f"{at.astimezone(UTC):%Y-%m-%d %H:%M:%S.%f}",
            cause.kind,
            codebook,
            None if who is None else who.platform,
            None if who is None else who.id,
            cause.is_public,
            cause.reason,
            None if cause.reason is None else fold(cause.reason),
        )
        rows = [
            (community_id, item, path, before, after, tally.for_, tally.against, *shared)
            for (item, path, before, after), tally in changes
        ]
        if rows:
            with self._database.transaction() as session:
                session.flush()
                session.connection().exec_driver_sql(_RECORD, rows)

    def decisions(
        self, community_id: int, filters: LogFilters, *, limit: int, offset: int = 0
    ) -> tuple[list[Decision], int]:
        """Lines of a community's log, newest first, and how many there are on all pages."""
        wanted = _conditions(community_id, filters)
        with self._database.reading() as session:
            total = session.exec(select(func.count()).select_from(DecisionRow).where(wanted)).one()
            rows = session.exec(
                select(DecisionRow)
                .where(wanted)
                .order_by(col(DecisionRow.id).desc())
                .limit(limit)
                .offset(offset)
            ).all()
            return [_decision(session, row, filters.asker) for row in rows], total

    def members_called(self, community_id: int, name: str) -> list[MemberRef]:
        """Members of a community with this in their names, case and width alike."""
        wanted = fold(name)
        with self._database.reading() as session:
            rows = session.exec(
                select(MembershipRow).where(col(MembershipRow.community_id) == community_id)
            )
            return [
                MemberRef(row.platform, row.member)
                for row in rows
                if row.name is not None and wanted in fold(row.name)
            ]


def _conditions(community_id: int, filters: LogFilters) -> ColumnElement[bool]:
    each: list[ColumnElement[bool]] = [col(DecisionRow.community_id) == community_id]
    if filters.item is not None:
        each.append(col(DecisionRow.item_id) == filters.item)
    if filters.labels:
        each.append(or_(*(is_or_is_under(DecisionRow.path, path) for path in filters.labels)))
    each += [~is_or_is_under(DecisionRow.path, path) for path in filters.not_labels]
    if filters.by is not None:
        each.append(
            or_(
                col(DecisionRow.cause).in_(filters.by.causes),
                *(_is_by(member, filters.asker) for member in filters.by.members),
            )
        )
    if filters.since is not None:
        each.append(col(DecisionRow.at) >= filters.since)
    if filters.until is not None:
        each.append(col(DecisionRow.at) < filters.until)
    if filters.after:
        each.append(col(DecisionRow.after).in_(filters.after))
    each += [_has(word) for word in filters.words]
    each += [~_has(word) for word in filters.unwanted]
    return and_(*each)


def _is_by(member: MemberRef, asker: MemberRef | None) -> ColumnElement[bool]:
    is_theirs = and_(
        func.coalesce(DecisionRow.member_platform, "") == member.platform,
        func.coalesce(DecisionRow.member, "") == member.id,
    )
    return is_theirs if member == asker else and_(is_theirs, col(DecisionRow.is_public))


def _has(word: Sought) -> ColumnElement[bool]:
    text = fold(word.text)
    in_reason = func.instr(func.coalesce(DecisionRow.reason_folded, ""), text) > 0
    return or_(
        in_reason if text else false(),
        is_one_of(DecisionRow.item_id, word.items),
        is_one_of(DecisionRow.path, word.paths),
    )


def _decision(session: Session, row: DecisionRow, asker: MemberRef | None) -> Decision:
    who = _who(row)
    if who is None or not (row.is_public or who == asker):
        return _value(row, None)
    membership = session.get(MembershipRow, (row.community_id, who.platform, who.id))
    return _value(row, who, None if membership is None else membership.name)


def _who(row: DecisionRow) -> MemberRef | None:
    if row.member is None or row.member_platform is None:
        return None
    return MemberRef(row.member_platform, row.member)


def _value(row: DecisionRow, member: MemberRef | None, name: str | None = None) -> Decision:
    assert row.id is not None
    return Decision(
        id=row.id,
        item=row.item_id,
        path=LabelPath(row.path),
        at=row.at,
        cause=row.cause,
        before=None if row.before is None else LabelStatus(row.before),
        after=None if row.after is None else LabelStatus(row.after),
        tally=Tally(row.voices_for, row.voices_against),
        codebook=row.codebook,
        member=member,
        member_name=name,
        reason=row.reason,
    )
