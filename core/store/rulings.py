"""Editors' rulings: facts beside the votes. One that is withdrawn stays, and counts no more."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import update
from sqlmodel import Session, col, select

from core.domain import LabelPath, MemberRef, Ruling
from core.store.database import Database
from core.store.filters import is_one_of
from core.store.rows import get_item, id_of
from core.store.tables import ItemRow, MembershipRow
from core.store.tables_decisions import DecisionRow, RulingRow


class Rulings:
    """Reads and writes rulings."""

    _database: Database

    def rulings(self, item_id: int) -> list[Ruling]:
        """The rulings on an item that were not withdrawn, oldest first."""
        with self._database.reading() as session:
            return rulings_of(session, [item_id]).get(item_id, [])

    def rule(
        self,
        item_id: int,
        path: LabelPath,
        *,
        is_for: bool,
        member: MemberRef,
        reason: str | None,
        at: datetime,
    ) -> None:
        """Keep a ruling; the one before on the same label is withdrawn, whoever's it was."""
        with self._database.transaction() as session:
            item = get_item(session, item_id)
            _withdraw(session, id_of(item), path, at)
            session.add(
                RulingRow(
                    community_id=item.community_id,
                    item_id=id_of(item),
                    path=path,
                    is_for=is_for,
                    member_platform=member.platform,
                    member=member.id,
                    reason=reason,
                    at=at,
                )
            )

    def withdraw_ruling(self, item_id: int, path: LabelPath, *, at: datetime) -> bool:
        """Let the ruling on a label count no more; return whether there was one."""
        with self._database.transaction() as session:
            return _withdraw(session, id_of(get_item(session, item_id)), path, at)


def rulings_of(session: Session, item_ids: Sequence[int]) -> dict[int, list[Ruling]]:
    """The rulings on items that were not withdrawn, oldest first."""
    rows = session.exec(
        select(RulingRow, MembershipRow.name)
        .outerjoin(
            MembershipRow,
            (col(MembershipRow.community_id) == col(RulingRow.community_id))
            & (col(MembershipRow.platform) == col(RulingRow.member_platform))
            & (col(MembershipRow.member) == col(RulingRow.member)),
        )
        .where(is_one_of(RulingRow.item_id, item_ids), col(RulingRow.withdrawn_at).is_(None))
        .order_by(col(RulingRow.id))
    )
    found: dict[int, list[Ruling]] = {}
    for row, name in rows:
        found.setdefault(row.item_id, []).append(ruling_of(row, name))
    return found


def ruling_of(row: RulingRow, name: str | None = None) -> Ruling:
    """A ruling as its row tells; `name` is its editor's."""
    assert row.id is not None
    return Ruling(
        row.id,
        LabelPath(row.path),
        row.is_for,
        MemberRef(row.member_platform, row.member),
        row.at,
        member_name=name,
        reason=row.reason,
    )


def move_rulings(session: Session, item: ItemRow, into: ItemRow) -> None:
    """Let rulings on an item, and what the log tells of it, be those of another one."""
    for table in (RulingRow, DecisionRow):
        session.execute(
            update(table).where(col(table.item_id) == item.id).values(item_id=id_of(into))
        )


def _withdraw(session: Session, item_id: int, path: LabelPath, at: datetime) -> bool:
    session.flush()
    rows = session.exec(
        select(RulingRow).where(
            col(RulingRow.item_id) == item_id,
            col(RulingRow.path) == path,
            col(RulingRow.withdrawn_at).is_(None),
        )
    ).all()
    for row in rows:
        row.withdrawn_at = at
    return bool(rows)
