"""What is kept under a label's path, wherever it is, carried to another path when labels move.

Every table with a community and a column `path` is carried, so that a table that comes later is,
too. Where a path goes to one at which something is there already (labels were merged), rows that
say the same of the same thing become one.
"""

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Table as Plain
from sqlalchemy import UniqueConstraint, text, update
from sqlmodel import Session, col, select

from core.domain import LabelPath, LabelStatus
from core.store.database import Database
from core.store.filters import is_one_of
from core.store.labels import Position
from core.store.tables import ItemLabelRow, LabellingRow, Table, VoteRow

_SPARE = "\x00"
"""Stands in front of new paths until all old ones are gone, so that labels can change places."""


class Carrying:
    """Carries rows from path to path."""

    _database: Database

    def carry(
        self, community_id: int, moves: Mapping[LabelPath, LabelPath], *, position: Position
    ) -> list[int]:
        """Let everything that a community keeps under some paths be kept under others.

        Where one member voted on two labels that are one now, saying that either is right counts;
        two suggestions, or decisions, become the surer one until votes are counted again.

        Args:
            moves: old path -> new path.
            position: where a label stands in the taxonomy from now on.

        Returns:
            The ids of items that carry or carried such a label, or on which somebody voted so.
        """
        if not moves:
            return []
        with self._database.transaction() as session:
            touched = _touched(session, community_id, moves)
            _merge_votes(session, community_id, moves)
            _merge_labels(session, community_id, moves)
            for table in Table.metadata.sorted_tables:
                if "path" in table.c and "community_id" in table.c:
                    _carry(session, table, community_id, moves)
            _carry_labellings(session, community_id, touched, moves)
            _place(session, community_id, set(moves.values()), position)
            session.expire_all()
            return touched

    def carriers(self, community_id: int, paths: list[LabelPath]) -> list[int]:
        """The ids of items on which one of these labels is, however it stands, newest first."""
        with self._database.reading() as session:
            ids = session.exec(
                select(ItemLabelRow.item_id)
                .where(
                    col(ItemLabelRow.community_id) == community_id,
                    is_one_of(ItemLabelRow.path, paths),
                )
                .distinct()
                .order_by(col(ItemLabelRow.item_id).desc())
            )
            return list(ids)


def _touched(
    session: Session, community_id: int, moves: Mapping[LabelPath, LabelPath]
) -> list[int]:
    paths = [*moves, *moves.values()]
    found: set[int] = set()
    for table in (ItemLabelRow, VoteRow):
        found |= set(
            session.exec(
                select(table.item_id).where(
                    col(table.community_id) == community_id, is_one_of(table.path, paths)
                )
            )
        )
    return sorted(found)


def _carry(
    session: Session, table: Plain, community_id: int, moves: Mapping[LabelPath, LabelPath]
) -> None:
    """Rows of any table: what cannot stand beside a row that is there already is that row."""
    name = table.name  # one of our own tables'
    if not _is_unique_by_path(table):
        session.execute(
            text(
                f"UPDATE {name} SET path = "  # noqa: S608
                "(SELECT moved.value FROM json_each(:moves) AS moved "
                f"WHERE moved.key = {name}.path) "
                "WHERE community_id = :community "
                "AND path IN (SELECT moved.key FROM json_each(:moves) AS moved)"
            ),
            {"moves": json.dumps(moves), "community": community_id},
        )
        return
    steps: list[tuple[str, str]] = [(old, f"{_SPARE}{new}") for old, new in moves.items()]
    steps += [(f"{_SPARE}{new}", new) for new in dict.fromkeys(moves.values())]
    for old, new in steps:
        values = {"old": old, "new": new, "community": community_id}
        where = "WHERE path = :old AND community_id = :community"
        session.execute(
            text(f"UPDATE OR IGNORE {name} SET path = :new {where}"),  # noqa: S608
            values,
        )
        session.execute(text(f"DELETE FROM {name} {where}"), values)  # noqa: S608


def _is_unique_by_path(table: Plain) -> bool:
    constraints = [each for each in table.constraints if isinstance(each, UniqueConstraint)]
    unique = [table.primary_key.columns, *(each.columns for each in constraints)]
    unique += [each.columns for each in table.indexes if each.unique]
    return any("path" in columns for columns in unique)


def _merge_votes(session: Session, community_id: int, moves: Mapping[LabelPath, LabelPath]) -> None:
    """Of several votes of one member that become one, let one that is for the label stay."""
    groups: dict[tuple[Any, ...], list[VoteRow]] = {}
    rows = session.exec(
        select(VoteRow).where(
            col(VoteRow.community_id) == community_id,
            is_one_of(VoteRow.path, [*moves, *moves.values()]),
        )
    )
    for row in rows:
        path = moves.get(LabelPath(row.path), LabelPath(row.path))
        key = (row.item_id, path, row.member_platform, row.member)
        groups.setdefault(key, []).append(row)
    for (_, path, *_rest), votes in groups.items():
        best = max(votes, key=lambda vote: (vote.is_for, vote.path == path, vote.at))
        for vote in votes:
            if vote is not best:
                session.delete(vote)
    session.flush()


def _merge_labels(
    session: Session, community_id: int, moves: Mapping[LabelPath, LabelPath]
) -> None:
    """Of several labels of an item that become one, let the surer one stay."""
    groups: dict[tuple[int, str], list[ItemLabelRow]] = {}
    rows = session.exec(
        select(ItemLabelRow).where(
            col(ItemLabelRow.community_id) == community_id,
            is_one_of(ItemLabelRow.path, [*moves, *moves.values()]),
        )
    )
    for row in rows:
        path = moves.get(LabelPath(row.path), LabelPath(row.path))
        groups.setdefault((row.item_id, path), []).append(row)
    for labels in groups.values():
        best = max(labels, key=lambda label: (_RANKS[LabelStatus(label.status)], label.score))
        best.score = max(label.score for label in labels)
        bases = [label.base for label in labels if label.base is not None]
        best.base = max(bases, key=lambda base: _RANKS[LabelStatus(base)], default=None)
        for label in labels:
            if label is not best:
                session.delete(label)
    session.flush()


_RANKS = {
    LabelStatus.REJECTED: 0,
    LabelStatus.SUGGESTED: 1,
    LabelStatus.DISPUTED: 2,
    LabelStatus.CONFIRMED: 3,
}


def _carry_labellings(
    session: Session, community_id: int, items: list[int], moves: Mapping[LabelPath, LabelPath]
) -> None:
    """What models said of the items, so that suggestions which follow from it follow still."""
    rows = session.exec(
        select(LabellingRow).where(
            col(LabellingRow.community_id) == community_id, is_one_of(LabellingRow.item_id, items)
        )
    )
    for row in rows:
        said: dict[str, float] = {}
        for path, score in row.labels:
            now = moves.get(LabelPath(path), LabelPath(path))
            said[now] = max(score, said.get(now, 0.0))
        labels = list(said.items())
        if [path for path, _ in labels] != [path for path, _ in row.labels]:
            row.labels = labels
    session.flush()


def _place(session: Session, community_id: int, paths: set[LabelPath], position: Position) -> None:
    for path in paths:
        session.execute(
            update(ItemLabelRow)
            .where(col(ItemLabelRow.community_id) == community_id, col(ItemLabelRow.path) == path)
            .values(position=position(path))
            .execution_options(synchronize_session=False)
        )
