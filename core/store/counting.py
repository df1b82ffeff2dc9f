"""What figures are made of: when items came and from where, what they carry, and who did what."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from sqlalchemy import case, func, literal, select
from sqlmodel import col

from core.domain import LabelPath, LabelStatus, MemberRef, State
from core.store.database import Database
from core.store.filters import STANDING, is_one_of
from core.store.tables import DocumentRow, ItemLabelRow, ItemRow, ShareRow, VoteRow


@dataclass(frozen=True, slots=True)
class Collected:
    """A finished item: when it came, what its source says of its day, and who published it."""

    item: int
    received_at: datetime
    published_on: date | None
    site: str | None


class Counting:
    """Reads what is counted, of one community."""

    _database: Database

    def collected(
        self, community_id: int, *, among: Collection[int] | None = None
    ) -> list[Collected]:
        """All finished items, oldest first.

        Args:
            among: only these ids; None: all.
        """
        columns = (ItemRow.id, ItemRow.received_at, DocumentRow.published_on, DocumentRow.site)
        rows: Any = (
            select(*map(col, columns))
            .outerjoin(DocumentRow, col(DocumentRow.item_id) == col(ItemRow.id))
            .where(col(ItemRow.community_id) == community_id, col(ItemRow.state) == State.DONE)
            .order_by(col(ItemRow.id))
        )
        if among is not None:
            rows = rows.where(is_one_of(ItemRow.id, among))
        with self._database.reading() as session:
            return [Collected(*row) for row in session.execute(rows)]

    def carriers_of(
        self, community_id: int, paths: Collection[LabelPath]
    ) -> dict[LabelPath, dict[int, bool]]:
        """The items that carry each of some labels, by id: whether people confirmed it."""
        rows = select(
            col(ItemLabelRow.path), col(ItemLabelRow.item_id), col(ItemLabelRow.status)
        ).where(
            col(ItemLabelRow.community_id) == community_id,
            is_one_of(ItemLabelRow.path, paths),
            col(ItemLabelRow.status).in_(STANDING),
        )
        found: dict[LabelPath, dict[int, bool]] = {path: {} for path in paths}
        with self._database.reading() as session:
            for path, item, status in session.execute(rows):
                found[LabelPath(path)][item] = status == LabelStatus.CONFIRMED
        return found

    def carried(
        self, community_id: int, paths: Collection[LabelPath]
    ) -> dict[int, list[LabelPath]]:
        """Which of some labels each item carries, by the item's id."""
        rows = select(col(ItemLabelRow.item_id), col(ItemLabelRow.path)).where(
            col(ItemLabelRow.community_id) == community_id,
            is_one_of(ItemLabelRow.path, paths),
            col(ItemLabelRow.status).in_(STANDING),
        )
        found: dict[int, list[LabelPath]] = {}
        with self._database.reading() as session:
            for item, path in session.execute(rows):
                found.setdefault(item, []).append(LabelPath(path))
        return found

    def last_arrivals(self, community_id: int) -> dict[LabelPath, tuple[int, datetime]]:
        """How many finished items carry each label, and when the last of them came."""
        rows = (
            select(col(ItemLabelRow.path), func.count(), func.max(col(ItemRow.received_at)))
            .join(ItemRow, col(ItemRow.id) == col(ItemLabelRow.item_id))
            .where(
                col(ItemLabelRow.community_id) == community_id,
                col(ItemLabelRow.status).in_(STANDING),
                col(ItemRow.state) == State.DONE,
            )
            .group_by(col(ItemLabelRow.path))
        )
        with self._database.reading() as session:
            return {LabelPath(path): (count, last) for path, count, last in session.execute(rows)}

    def acts(
        self, community_id: int, bounds: Sequence[datetime]
    ) -> list[tuple[int, MemberRef, Literal["share", "vote"], int]]:
        """How often each person shared and voted between moments.

        Args:
            bounds: n + 1 moments by time, which bound n spans; each includes its first moment.

        Returns:
            Which span, from 0; who; what; and how often. Not: what never happened.
        """
        found: list[tuple[int, MemberRef, Literal["share", "vote"], int]] = []
        kinds: tuple[tuple[Literal["share", "vote"], Any, Any, Any], ...] = (
            ("share", ShareRow, ShareRow.shared_at, ShareRow.community_id),
            ("vote", VoteRow, VoteRow.at, VoteRow.community_id),
        )
        with self._database.reading() as session:
            for kind, table, at, community in kinds:
                span = case(
                    *((col(at) < bound, place) for place, bound in enumerate(bounds[1:])),
                    else_=literal(-1),
                ).label("span")
                who = (col(table.member_platform), col(table.member))
                rows = (
                    select(span, *who, func.count())
                    .where(
                        col(community) == community_id,
                        col(at) >= bounds[0],
                        col(at) < bounds[-1],
                    )
                    .group_by(span, *who)
                )
                found += [
                    (place, MemberRef(platform, member), kind, count)
                    for place, platform, member, count in session.execute(rows)
                ]
        return found
