"""Votes as they were cast, and the statuses of labels that follow from them.

A vote is a fact and is kept; a status is computed from all of them (`core.voting`). What a label
was before any vote, its base, is kept beside it, so that withdrawing every vote leaves no trace.
"""

from collections.abc import Mapping
from typing import Literal, cast

from sqlalchemy import delete
from sqlmodel import Session, col, select

from core.domain import LabelPath, LabelStatus, MemberRef, Origin, Vote
from core.store.database import Database
from core.store.labels import Position
from core.store.rows import get_item, id_of
from core.store.tables import AnswerRow, ItemLabelRow, ItemRow, LabellingRow, VoteRow

By = Literal["button", "reaction", "round"]


class Votes:
    """Reads and writes votes and decided statuses."""

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

    def set_statuses(
        self,
        item_id: int,
        statuses: Mapping[LabelPath, LabelStatus | None],
        *,
        position: Position,
    ) -> None:
        """Let an item's labels be what was decided.

        A label that is not there yet comes with the model's score if it was asked about it, else
        with 0.0.

        Args:
            statuses: by label. A label with None, or that is not named, is again what it was
                before any vote: absent, if only votes put it there.
            position: where a label stands in the taxonomy.
        """
        with self._database.transaction() as session:
            item = get_item(session, item_id)
            rows = session.exec(select(ItemLabelRow).where(col(ItemLabelRow.item_id) == item.id))
            known = {LabelPath(row.path): row for row in rows}
            for path, row in known.items():
                status = statuses.get(path) or row.base
                if status is None:
                    session.delete(row)
                else:
                    row.status = status
            for path, status in statuses.items():
                if status is not None and path not in known:
                    session.add(
                        ItemLabelRow(
                            item_id=id_of(item),
                            path=path,
                            community_id=item.community_id,
                            score=_score(session, item, path),
                            status=status,
                            position=position(path),
                        )
                    )


def move_votes(session: Session, item: ItemRow, into: ItemRow) -> None:
    """Let votes on an item be votes on another one, in the transaction of a session.

    Where a member has voted on both, what they said of the other one holds.
    """
    for row in session.exec(select(VoteRow).where(col(VoteRow.item_id) == item.id)).all():
        key = (id_of(into), row.path, row.member_platform, row.member)
        if session.get(VoteRow, key) is None:
            session.add(VoteRow(**row.model_dump() | {"item_id": into.id}))
    session.execute(delete(VoteRow).where(col(VoteRow.item_id) == item.id))


def _score(session: Session, item: ItemRow, path: LabelPath) -> float:
    """The entailment model's latest probability of a label; 0.0 if it was not asked."""
    score = session.exec(
        select(AnswerRow.probability)
        .join(LabellingRow, col(LabellingRow.id) == col(AnswerRow.labelling_id))
        .where(
            col(LabellingRow.item_id) == item.id,
            col(LabellingRow.origin) == Origin.ENTAILMENT,
            col(AnswerRow.path) == path,
        )
        .order_by(col(LabellingRow.id).desc())
    ).first()
    return score or 0.0


def vote_of(row: VoteRow) -> Vote:
    """A vote as its row tells."""
    return Vote(
        LabelPath(row.path),
        MemberRef(row.member_platform, row.member),
        row.is_for,
        cast("By", row.by),
        row.at,
    )
