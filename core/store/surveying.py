"""What a data set's description counts: by whom labels were decided, and since when."""

from collections.abc import Collection

from sqlalchemy import and_, case, exists, func
from sqlmodel import col, select

from core.domain import LabelPath, LabelStatus
from core.store.database import Database
from core.store.filters import is_one_of
from core.store.tables import ItemLabelRow
from core.store.tables_decisions import RulingRow

BY = ("ruling", "import", "votes")
"""Who decided: an editor; whoever brought the label in; a quorum of members."""


class Surveying:
    """Counts decisions."""

    _database: Database

    def decided_by(
        self, item_ids: Collection[int]
    ) -> dict[tuple[LabelPath, LabelStatus, str], int]:
        """How many labels of these items were decided by whom (see `BY`): by path, status
        (CONFIRMED or REJECTED) and kind."""
        was_ruled = exists().where(
            and_(
                col(RulingRow.item_id) == col(ItemLabelRow.item_id),
                col(RulingRow.path) == col(ItemLabelRow.path),
                col(RulingRow.withdrawn_at).is_(None),
            )
        )
        by = case(
            (was_ruled, "ruling"),
            (col(ItemLabelRow.base) == col(ItemLabelRow.status), "import"),
            else_="votes",
        )
        path, status = col(ItemLabelRow.path), col(ItemLabelRow.status)
        counted = (
            select(path, status, by, func.count())
            .where(
                is_one_of(ItemLabelRow.item_id, item_ids),
                status.in_([LabelStatus.CONFIRMED, LabelStatus.REJECTED]),
            )
            .group_by(path, status, by)
        )
        with self._database.reading() as session:
            return {
                (LabelPath(each), LabelStatus(what), whom): number
                for each, what, whom, number in session.execute(counted)
            }
