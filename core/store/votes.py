"""Votes as they were cast, and what labels are without them.

A vote is a fact and is kept; what follows from all of them is computed (`core.deciding`) and
written by `core.store.standings`.
"""

from typing import Literal, cast

from sqlalchemy import delete
from sqlmodel import Session, col, select

from core.domain import LabelPath, LabelStatus, MemberRef, Vote
from core.store.database import Database
from core.store.rows import get_item, id_of
from core.store.tables import ItemLabelRow, ItemRow, VoteRow

By = Literal["button", "reaction", "round"]


class Votes:
    """Reads and writes votes."""

    _database: Database

    def votes(self, item_id: int) -> list[Vote]:
        """Every vote on an item, oldest first."""
        with self._database.reading() as session:
            rows = select(VoteRow).where(col(VoteRow.item_id) == item_id)
            ordered = rows.order_by(
                col(VoteRow.at), col(VoteRow.path), col(VoteRow.member_platform), VoteRow.member
            )
            return [vote_of(row) for row in session.exec(ordered)]

    def cast(self, item_id: int, vote: Vote) -> None:
        """Keep a vote; the one that its member cast on the same label of the item goes."""
        with self._database.transaction() as session:
            item = get_item(session, item_id)
            session.merge(
                VoteRow(
                    item_id=id_of(item),
                    path=vote.path,
                    member_platform=vote.member.platform,
                    member=vote.member.id,
                    community_id=item.community_id,
                    is_for=vote.is_for,
                    by=vote.by,
                    at=vote.at,
                )
            )

    def withdraw(
        self,
        item_id: int,
        member: MemberRef,
        *,
        path: LabelPath | None = None,
        by: By | None = None,
    ) -> int:
        """Take back a member's votes on an item.

        Args:
            path: on this label only; None: on all.
            by: cast in this way only; None: in any.

        Returns:
            How many there were.
        """
        theirs = [
            col(VoteRow.member_platform) == member.platform,
            col(VoteRow.member) == member.id,
        ]
        if path is not None:
            theirs.append(col(VoteRow.path) == path)
        if by is not None:
            theirs.append(col(VoteRow.by) == by)
        with self._database.transaction() as session:
            id_ = id_of(get_item(session, item_id))
            rows = session.exec(select(VoteRow).where(col(VoteRow.item_id) == id_, *theirs)).all()
            for row in rows:
                session.delete(row)
            return len(rows)

    def label_bases(self, item_id: int) -> dict[LabelPath, LabelStatus]:
        """What an item's labels are without any vote; labels that only votes gave are left out."""
        with self._database.reading() as session:
            rows = session.exec(
                select(ItemLabelRow.path, ItemLabelRow.base)
                .where(col(ItemLabelRow.item_id) == item_id)
                .order_by(col(ItemLabelRow.position), col(ItemLabelRow.path))
            )
            return {LabelPath(path): LabelStatus(base) for path, base in rows if base is not None}


def move_votes(session: Session, item: ItemRow, into: ItemRow) -> None:
    """Let votes on an item be votes on another one, in the transaction of a session.

    Where a member has voted on both, what they said of the other one holds.
    """
    for row in session.exec(select(VoteRow).where(col(VoteRow.item_id) == item.id)).all():
        key = (id_of(into), row.path, row.member_platform, row.member)
        if session.get(VoteRow, key) is None:
            session.add(VoteRow(**row.model_dump() | {"item_id": into.id}))
    session.execute(delete(VoteRow).where(col(VoteRow.item_id) == item.id))


def vote_of(row: VoteRow) -> Vote:
    """A vote as its row tells."""
    return Vote(
        LabelPath(row.path),
        MemberRef(row.member_platform, row.member),
        row.is_for,
        cast("By", row.by),
        row.at,
    )
