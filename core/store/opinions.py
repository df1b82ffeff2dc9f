"""Which items a language model is still to be asked about, what people decided that it can learn
from, and how many tokens each day took."""

from datetime import date, datetime

from sqlalchemy import delete, func
from sqlmodel import col, select

from core.domain import Example, Item, LabelPath, LabelStatus, OwedOpinion
from core.store.database import Database
from core.store.rows import get_item, id_of
from core.store.tables import ItemLabelRow, OwedOpinionRow, SpendingRow, VoteRow
from core.store.tables_decisions import RulingRow


class OwedOpinions:
    """Keeps the debts and the ledger (`core.ports.Ledger`)."""

    _database: Database

    def owe_opinion(self, item_id: int, *, at: datetime) -> None:
        """Write down that a language model is to be asked about an item, once."""
        with self._database.transaction() as session:
            item = get_item(session, item_id)
            if session.get(OwedOpinionRow, id_of(item)) is None:
                session.add(
                    OwedOpinionRow(item_id=id_of(item), community_id=item.community_id, since=at)
                )

    def owed_opinions(self, community_id: int | None = None) -> list[OwedOpinion]:
        """What is still to be asked, of one community or all: least tried first, then oldest."""
        ordered = select(OwedOpinionRow).order_by(
            col(OwedOpinionRow.attempts), col(OwedOpinionRow.since), col(OwedOpinionRow.item_id)
        )
        if community_id is not None:
            ordered = ordered.where(col(OwedOpinionRow.community_id) == community_id)
        with self._database.reading() as session:
            return [
                OwedOpinion(row.item_id, row.since, row.attempts) for row in session.exec(ordered)
            ]

    def opinion_failed(self, item_id: int) -> int:
        """Count an answer that could not be used; return how many there were."""
        with self._database.transaction() as session:
            row = session.get(OwedOpinionRow, item_id)
            if row is None:
                return 0
            row.attempts += 1
            return row.attempts

    def drop_opinion(self, item_id: int) -> None:
        """Nothing is to be asked any more."""
        with self._database.transaction() as session:
            session.execute(delete(OwedOpinionRow).where(col(OwedOpinionRow.item_id) == item_id))

    # ── what people decided ──────────────────────────────────────────────────────────────────────

    def voted_items(self, community_id: int) -> set[int]:
        """The ids of a community's items with a label that people confirmed or rejected."""
        decided = col(ItemLabelRow.status).in_([LabelStatus.CONFIRMED, LabelStatus.REJECTED])
        voted = select(VoteRow.item_id).where(col(VoteRow.community_id) == community_id)
        ruled = select(RulingRow.item_id).where(
            col(RulingRow.community_id) == community_id, col(RulingRow.withdrawn_at).is_(None)
        )
        with self._database.reading() as session:
            return set(
                session.exec(
                    select(func.distinct(ItemLabelRow.item_id)).where(
                        col(ItemLabelRow.community_id) == community_id,
                        decided,
                        col(ItemLabelRow.item_id).in_(voted.union(ruled)),
                    )
                )
            )

    # ── tokens ───────────────────────────────────────────────────────────────────────────────────

    def spent(self, day: date) -> int:
        """Tokens on one day; see `core.ports.Ledger`."""
        with self._database.reading() as session:
            row = session.get(SpendingRow, day)
            return 0 if row is None else row.tokens

    def spend(self, day: date, tokens: int) -> int:
        """Add to a day; see `core.ports.Ledger`."""
        with self._database.transaction() as session:
            row = session.get(SpendingRow, day)
            if row is None:
                row = SpendingRow(day=day)
                session.add(row)
            row.tokens = max(0, row.tokens + tokens)
            return row.tokens


def example_of(item: Item) -> Example:
    """What people decided about an item, with its text as models are asked about it."""
    summary = "" if item.summary is None else item.summary.text
    title = "" if item.document is None else item.document.title or ""

    def paths(status: LabelStatus) -> tuple[LabelPath, ...]:
        return tuple(label.path for label in item.labels if label.status is status)

    return Example(
        f"{title}\n{summary}".strip(),
        paths(LabelStatus.CONFIRMED),
        paths(LabelStatus.REJECTED),
    )
