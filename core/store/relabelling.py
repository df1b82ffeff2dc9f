"""Which items are to be labelled again, and how far that has come."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, update
from sqlmodel import col, select

from core.domain import LabelPath, LabelStatus, State
from core.store.database import Database
from core.store.filters import is_one_of
from core.store.tables import ItemLabelRow, ItemRow, LabellingRow
from core.store.tables_codebook import RelabellingRow


@dataclass(frozen=True, slots=True)
class RelabellingJob:
    """Items of a community that are labelled again.

    Attributes:
        cause: "codebook", "model", …; version: of that.
        total, done, changed: how many items there are, are done, and have other labels now.
        finished_at: None as long as there is something to do.
    """

    id: int
    community: int
    cause: str
    version: str
    begun_at: datetime
    total: int
    done: int
    changed: int
    finished_at: datetime | None


class Relabellings:
    """Keeps account of jobs; of each community at most one is unfinished."""

    _database: Database

    def begin_relabelling(
        self,
        community_id: int,
        *,
        cause: str,
        version: str,
        at: datetime,
        items: Sequence[int] | None = None,
    ) -> RelabellingJob:
        """Have items labelled again; whatever was unfinished becomes part of it.

        Args:
            items: which ones; None: all that a model labelled.
        """
        with self._database.transaction() as session:
            unfinished = session.exec(
                select(RelabellingRow).where(
                    col(RelabellingRow.community_id) == community_id,
                    col(RelabellingRow.finished_at).is_(None),
                )
            ).all()
            wanted: set[int] | None = None if items is None else set(items)
            for row in unfinished:
                if row.item_ids is None:
                    wanted = None
                elif wanted is not None:
                    wanted |= {each for each in row.item_ids if each > row.cursor}
                row.finished_at = at
            row = RelabellingRow(
                community_id=community_id,
                cause=cause,
                version=version,
                begun_at=at,
                item_ids=None if wanted is None else sorted(wanted),
            )
            session.add(row)
            session.flush()
            row.total = session.exec(select(func.count(col(ItemRow.id))).where(*_is_due(row))).one()
            return _job(row)

    def relabelling(self, community_id: int | None = None) -> RelabellingJob | None:
        """The unfinished job of a community, or the oldest of any; None: there is none."""
        wanted = select(RelabellingRow).where(col(RelabellingRow.finished_at).is_(None))
        if community_id is not None:
            wanted = wanted.where(col(RelabellingRow.community_id) == community_id)
        with self._database.reading() as session:
            row = session.exec(wanted.order_by(col(RelabellingRow.id))).first()
            return None if row is None else _job(row)

    def to_relabel(self, job_id: int, *, limit: int) -> list[int]:
        """The ids of the next items of a job, in the order in which they are done."""
        with self._database.reading() as session:
            row = session.get_one(RelabellingRow, job_id)
            ids = session.exec(
                select(ItemRow.id).where(*_is_due(row)).order_by(col(ItemRow.id)).limit(limit)
            )
            return [each for each in ids if each is not None]

    def relabelled(self, job_id: int, *, up_to: int, done: int, changed: int) -> None:
        """Write down that a job has come as far as an item.

        Args:
            up_to: the id of the last item that is done.
            done, changed: how many more are done, and have other labels now.
        """
        with self._database.transaction() as session:
            session.execute(
                update(RelabellingRow)
                .where(col(RelabellingRow.id) == job_id)
                .values(
                    cursor=up_to,
                    done=RelabellingRow.done + done,
                    changed=RelabellingRow.changed + changed,
                )
            )

    def labelled_count(self, community_id: int) -> int:
        """How many finished items of a community were labelled by a model."""
        labelled = select(LabellingRow.item_id).where(
            col(LabellingRow.community_id) == community_id
        )
        with self._database.reading() as session:
            return session.exec(
                select(func.count(col(ItemRow.id))).where(
                    col(ItemRow.community_id) == community_id,
                    col(ItemRow.state) == State.DONE,
                    col(ItemRow.id).in_(labelled),
                )
            ).one()

    def decided_about(
        self, community_id: int, paths: Sequence[LabelPath]
    ) -> dict[int, dict[LabelPath, bool]]:
        """What people decided about some labels: by item, for each label whether it is right."""
        decided = (LabelStatus.CONFIRMED, LabelStatus.REJECTED)
        with self._database.reading() as session:
            rows = session.exec(
                select(ItemLabelRow.item_id, ItemLabelRow.path, ItemLabelRow.status)
                .join(ItemRow, col(ItemRow.id) == col(ItemLabelRow.item_id))
                .where(
                    col(ItemLabelRow.community_id) == community_id,
                    is_one_of(ItemLabelRow.path, paths),
                    col(ItemLabelRow.status).in_(decided),
                    col(ItemRow.state) == State.DONE,
                )
            )
            found: dict[int, dict[LabelPath, bool]] = {}
            for item_id, path, status in rows:
                own = found.setdefault(item_id, {})
                own[LabelPath(path)] = status == LabelStatus.CONFIRMED
            return found

    def finish_relabelling(self, job_id: int, *, at: datetime) -> None:
        """Write down that a job is done, or given up."""
        with self._database.transaction() as session:
            session.get_one(RelabellingRow, job_id).finished_at = at


def _is_due(row: RelabellingRow) -> list[ColumnElement[bool]]:
    """What is true of the items of a job that are not done yet."""
    labelled = select(LabellingRow.item_id).where(
        col(LabellingRow.community_id) == row.community_id
    )
    due = [
        col(ItemRow.community_id) == row.community_id,
        col(ItemRow.state) == State.DONE,
        col(ItemRow.id) > row.cursor,
        col(ItemRow.id).in_(labelled),
    ]
    return due if row.item_ids is None else [*due, is_one_of(ItemRow.id, row.item_ids)]


def _job(row: RelabellingRow) -> RelabellingJob:
    assert row.id is not None
    return RelabellingJob(
        id=row.id,
        community=row.community_id,
        cause=row.cause,
        version=row.version,
        begun_at=row.begun_at,
        total=row.total,
        done=row.done,
        changed=row.changed,
        finished_at=row.finished_at,
    )
