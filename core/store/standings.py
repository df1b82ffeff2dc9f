"""How items stand, many at once: what their decisions rest on, and writing down what was decided.

A status is computed from rows and written beside them (`core.recounting`). What a label was before
any vote or ruling, its base, is kept, so that withdrawing all of them leaves no trace.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, delete, insert, update
from sqlmodel import Session, col, select

from core.domain import NONE_FITS, LabelPath, LabelStatus, MemberRef, Origin, Ruling, Vote
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

_STATUSES = {each.value: each for each in LabelStatus}


@dataclass(slots=True)
class Standing:
    """What an item's decisions rest on, and what they are now.

    Attributes:
        community: the item's.
        votes: all of them, in no order.
        rulings: without withdrawn ones.
        base: what its labels are without votes and rulings; those that only these gave are left
            out.
        statuses: what its labels are now, `NONE_FITS` among them if it is decided.
        own: members who handed it in.
    """

    community: int
    votes: list[Vote] = field(default_factory=list)
    rulings: list[Ruling] = field(default_factory=list)
    base: dict[LabelPath, LabelStatus] = field(default_factory=dict)
    statuses: dict[LabelPath, LabelStatus] = field(default_factory=dict)
    own: set[MemberRef] = field(default_factory=set)


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
    labels = select(ItemLabelRow.item_id, ItemLabelRow.path, ItemLabelRow.status, ItemLabelRow.base)
    for id_, path, status, base in connection.execute(
        labels.where(is_one_of(ItemLabelRow.item_id, item_ids))
    ):
        standing = found[id_]
        standing.statuses[LabelPath(path)] = _STATUSES[status]
        if base is not None:
            standing.base[LabelPath(path)] = _STATUSES[base]
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
    members: dict[tuple[str, str], MemberRef] = {}  # each made once: members compare by value

    def member(platform: str, id_: str) -> MemberRef:
        key = (platform, id_)
        known = members.get(key)
        if known is None:
            known = members[key] = MemberRef(platform, id_)
        return known

    shares = select(ShareRow.item_id, ShareRow.member_platform, ShareRow.member)
    for id_, platform, who in connection.execute(
        shares.where(is_one_of(ShareRow.item_id, item_ids))
    ):
        found[id_].own.add(member(platform, who))
    votes = select(
        VoteRow.item_id,
        VoteRow.path,
        VoteRow.member_platform,
        VoteRow.member,
        VoteRow.is_for,
        VoteRow.by,
        VoteRow.at,
    )
    for id_, path, platform, who, is_for, by, at in connection.execute(
        votes.where(is_one_of(VoteRow.item_id, item_ids))
    ):
        found[id_].votes.append(Vote(path, member(platform, who), is_for, by, at))


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
    altered: list[dict[str, Any]] = []
    gone: list[dict[str, Any]] = []
    new: list[Change] = []
    none_fits: list[dict[str, Any]] = []
    for change in changes:
        key = {"the_item": change.item, "the_path": change.path}
        if change.path == NONE_FITS:
            none_fits.append({"the_item": change.item, "now": change.after})
        elif change.before is None:
            new.append(change)
        elif change.after is None:
            gone.append(key)
        else:
            altered.append({**key, "now": change.after})
    connection = session.connection()
    is_it = (
        col(ItemLabelRow.item_id) == bindparam("the_item"),
        col(ItemLabelRow.path) == bindparam("the_path"),
    )
    if altered:
        connection.execute(
            update(ItemLabelRow).where(*is_it).values(status=bindparam("now")), altered
        )
    if gone:
        connection.execute(delete(ItemLabelRow).where(*is_it), gone)
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
    if none_fits:
        connection.execute(
            update(ItemRow)
            .where(col(ItemRow.id) == bindparam("the_item"))
            .values(none_fits=bindparam("now")),
            none_fits,
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
