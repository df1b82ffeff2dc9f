"""How items stand, many at once: what their decisions rest on, and writing down what was decided.

A status is computed from rows and written beside them (`core.recounting`). What a label was before
any vote or ruling, its base, is kept, so that withdrawing all of them leaves no trace.
"""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from sqlalchemy import Connection, func, insert, update
from sqlmodel import Session, col, select

from core.deciding import Voice
from core.domain import NONE_FITS, LabelPath, LabelStatus, MemberRef, Origin, Ruling
from core.store.cards import STALE
from core.store.database import Database
from core.store.filters import is_one_of
from core.store.labels import Position
from core.store.rulings import ruling_of
from core.store.tables import (
    AnswerRow,
    CardRow,
    ItemLabelRow,
    ItemRow,
    LabellingRow,
    ShareRow,
    VoteRow,
)
from core.store.tables_decisions import RulingRow

# handed to the driver as they are: a recount changes tens of thousands of rows
_ALTER = "UPDATE item_label SET status = ? WHERE item_id = ? AND path = ?"
_DELETE = "DELETE FROM item_label WHERE item_id = ? AND path = ?"
_NONE_FITS = "UPDATE item SET none_fits = ? WHERE id = ?"

_STATUSES = {each.value: each for each in LabelStatus}


@dataclass(slots=True)
class Standing:
    """What an item's decisions rest on, and what they are now.

    Attributes:
        community: the item's.
        votes: all of them, in no order; a member is "PLATFORM ID".
        rulings: without withdrawn ones.
        base: what its labels are without votes and rulings; those that only these gave are left
            out.
        statuses: what its labels are now, `NONE_FITS` among them if it is decided.
        own: members who handed it in.
    """

    community: int
    votes: list[Voice] = field(default_factory=list)
    rulings: list[Ruling] = field(default_factory=list)
    base: dict[LabelPath, LabelStatus] = field(default_factory=dict)
    statuses: dict[LabelPath, LabelStatus] = field(default_factory=dict)
    own: set[str] = field(default_factory=set)


class Change(NamedTuple):
    """A label of an item is something else; None: it is not on the item."""

    item: int
    path: LabelPath
    before: LabelStatus | None
    after: LabelStatus | None


class Standings:
    """Reads how items stand, and writes what was decided."""

    _database: Database

    def voted_on(self, community_id: int) -> list[int]:
        """The ids of a community's items with labels, votes or rulings, oldest first."""
        with self._database.reading() as session:
            found: set[int] = set()
            for table in (ItemLabelRow, VoteRow, RulingRow):
                rows = select(col(table.item_id)).where(col(table.community_id) == community_id)
                found.update(session.exec(rows.distinct()))
            return sorted(found)

    def standings(self, item_ids: Collection[int]) -> dict[int, Standing]:
        """How items stand, by their ids, in few questions however many they are; removed ones are
        left out."""
        with self._database.reading() as session:
            session.flush()
            return _standings(session, item_ids)

    def settle(
        self,
        decided: Mapping[int, Mapping[LabelPath, LabelStatus | None]],
        *,
        position: Position,
        standings: Mapping[int, Standing] | None = None,
    ) -> list[Change]:
        """Let items' labels be what was decided.

        A label that is not there yet comes with the entailment model's score if it was asked about
        it, else with 0.0.

        Args:
            decided: for each item the status of each label, and of `NONE_FITS`. A label with None,
                or that is not named, is what it was before any vote: absent, if only votes or
                rulings put it there.
            position: where a label stands in the taxonomy.
            standings: of these items, if they were read in the same transaction.

        Returns:
            What changed, by item, in the order of their ids and of the taxonomy.
        """
        with self._database.transaction() as session:
            session.flush()
            if standings is None:
                standings = _standings(session, decided)
            changes = [
                change
                for item_id in sorted(decided)
                if item_id in standings
                for change in sorted(
                    _changes(item_id, standings[item_id], decided[item_id]),
                    key=lambda each: (position(each.path), each.path),
                )
            ]
            _write(session, changes, standings, position=position)
            session.expire_all()
            return changes

    def mark_all_stale(self, item_ids: Collection[int]) -> None:
        """What the cards of items say is no longer so; they are to be edited, once."""
        with self._database.transaction() as session:
            session.connection().execute(
                update(CardRow).where(is_one_of(CardRow.item_id, item_ids)).values(staleness=STALE)
            )


def named(member: MemberRef) -> str:
    """A member as standings name them."""
    return f"{member.platform} {member.id}"


def _standings(session: Session, item_ids: Collection[int]) -> dict[int, Standing]:
    # columns instead of rows of the session: a hundred thousand votes are read at once
    connection = session.connection()
    found: dict[int, Standing] = {}
    items = select(ItemRow.id, ItemRow.community_id, ItemRow.none_fits)
    for id_, community_id, none_fits in connection.execute(
        items.where(is_one_of(ItemRow.id, item_ids))
    ):
        found[id_] = standing = Standing(community_id)
        if none_fits is not None:
            standing.statuses[NONE_FITS] = _STATUSES[none_fits]
    labels = (ItemLabelRow.path, ItemLabelRow.status, ItemLabelRow.base)
    for id_, columns in _packed(connection, ItemLabelRow.item_id, item_ids, *labels):
        standing = found[id_]
        for path, status, base in zip(*columns, strict=True):
            standing.statuses[path] = _STATUSES[status]
            if base is not None:
                standing.base[path] = _STATUSES[base]
    _add_people(connection, found, item_ids)
    rulings = select(RulingRow).where(
        is_one_of(RulingRow.item_id, item_ids), col(RulingRow.withdrawn_at).is_(None)
    )
    for row in session.exec(rulings.order_by(col(RulingRow.id))):
        found[row.item_id].rulings.append(ruling_of(row))
    return found


def _add_people(
    connection: Connection, found: Mapping[int, Standing], item_ids: Collection[int]
) -> None:
    """Add votes, and who handed items in."""
    who = col(ShareRow.member_platform) + " " + col(ShareRow.member)
    for id_, (members,) in _packed(connection, ShareRow.item_id, item_ids, who):
        found[id_].own.update(members)
    voter = col(VoteRow.member_platform) + " " + col(VoteRow.member)
    votes = (VoteRow.path, voter, VoteRow.is_for)
    for id_, columns in _packed(connection, VoteRow.item_id, item_ids, *votes):
        found[id_].votes += map(Voice, *columns)


def _packed(
    connection: Connection, item: Any, item_ids: Collection[int], *columns: Any
) -> Iterator[tuple[int, Sequence[list[Any]]]]:
    """Rows by item, each column a list: a hundred thousand rows take the driver several times as
    long, and leave many small things to be swept up. So does one JSON text for each item."""
    rows = (
        select(item, *(func.json_group_array(column) for column in columns))
        .where(is_one_of(item, item_ids))
        .group_by(item)
    )
    found = connection.execute(rows).all()
    if not found:
        return
    ids, *packed = zip(*found, strict=True)
    unpacked = [json.loads(f"[{','.join(each)}]") for each in packed]
    yield from zip(ids, zip(*unpacked, strict=True), strict=True)


def _changes(
    item_id: int, standing: Standing, decided: Mapping[LabelPath, LabelStatus | None]
) -> Iterator[Change]:
    base, statuses = standing.base, standing.statuses
    for path in {**statuses, **decided}:
        before, after = statuses.get(path), decided.get(path) or base.get(path)
        if before != after:
            yield Change(item_id, path, before, after)


def _write(
    session: Session,
    changes: Iterable[Change],
    standings: Mapping[int, Standing],
    *,
    position: Position,
) -> None:
    altered: list[tuple[Any, ...]] = []
    gone: list[tuple[Any, ...]] = []
    new: list[Change] = []
    none_fits: list[tuple[Any, ...]] = []
    for change in changes:
        item_id, path, before, after = change
        if path == NONE_FITS:
            none_fits.append((after, item_id))
        elif before is None:
            new.append(change)
        elif after is None:
            gone.append((item_id, path))
        else:
            altered.append((after, item_id, path))
    connection = session.connection()
    for statement, rows in ((_ALTER, altered), (_DELETE, gone), (_NONE_FITS, none_fits)):
        if rows:
            connection.exec_driver_sql(statement, rows)
    if new:
        scores = _scores(connection, new)
        connection.execute(
            insert(ItemLabelRow),
            [
                {
                    "item_id": change.item,
                    "path": change.path,
                    "community_id": standings[change.item].community,
                    "score": scores.get((change.item, change.path), 0.0),
                    "status": change.after,
                    "position": position(change.path),
                    "origin": Origin.ENTAILMENT.value,
                }
                for change in new
            ],
        )


def _scores(connection: Connection, new: Sequence[Change]) -> dict[tuple[int, str], float]:
    """The entailment model's latest probabilities of labels that come to items."""
    asked = (
        select(LabellingRow.item_id, AnswerRow.path, AnswerRow.probability)
        .join(LabellingRow, col(LabellingRow.id) == col(AnswerRow.labelling_id))
        .where(
            is_one_of(LabellingRow.item_id, {change.item for change in new}),
            is_one_of(AnswerRow.path, {change.path for change in new}),
            col(LabellingRow.origin) == Origin.ENTAILMENT,
        )
        .order_by(col(LabellingRow.id))
    )
    return {(item_id, path): score for item_id, path, score in connection.execute(asked)}
