"""What is sent once and only once, as it is owed, under way, and done."""

from datetime import datetime

from sqlalchemy import ColumnElement, and_, delete, update
from sqlmodel import Session, col, select

from core.deliveries import Delivery
from core.domain import ChatRef
from core.store.database import Database
from core.store.places import place_of
from core.store.tables_deliveries import DeliveryRow


class Deliveries:
    """Keeps account of deliveries."""

    _database: Database

    def owe_delivery(
        self, community_id: int, key: str, where: ChatRef, body: str, *, at: datetime
    ) -> Delivery | None:
        """Write down what a place is to get on an occasion; what was owed before stays as it is.

        Returns:
            What is owed; None: the place has it, or could not be reached for good.
        """
        with self._database.transaction() as session:
            row = session.exec(select(DeliveryRow).where(_is(community_id, key, where))).first()
            if row is None:
                row = DeliveryRow(
                    community_id=community_id, key=key, **place_of(where), body=body, since=at
                )
                session.add(row)
                session.flush()
            return None if row.done_at is not None else _delivery(row)

    def owed_deliveries(self, kind: str) -> list[Delivery]:
        """What is owed of one kind, which is the first word of its key; oldest first."""
        rows = select(DeliveryRow).where(
            col(DeliveryRow.done_at).is_(None),
            col(DeliveryRow.key).startswith(f"{kind} ", autoescape=True),
        )
        with self._database.reading() as session:
            return [_delivery(row) for row in session.exec(rows.order_by(col(DeliveryRow.id)))]

    def delivery_sent(self, delivery_id: int, messages: int) -> None:
        """So many messages of a delivery are there."""
        with self._database.transaction() as session:
            session.execute(
                update(DeliveryRow).where(col(DeliveryRow.id) == delivery_id).values(sent=messages)
            )

    def delivery_done(self, delivery_id: int, *, at: datetime) -> None:
        """A delivery is there, or never will be; its words are not kept any longer."""
        with self._database.transaction() as session:
            session.execute(
                update(DeliveryRow)
                .where(col(DeliveryRow.id) == delivery_id)
                .values(done_at=at, body="")
            )

    def delivered(self, community_id: int, key: str) -> set[ChatRef]:
        """The places that need no more on an occasion."""
        rows = select(DeliveryRow).where(
            col(DeliveryRow.community_id) == community_id,
            col(DeliveryRow.key) == key,
            col(DeliveryRow.done_at).is_not(None),
        )
        with self._database.reading() as session:
            return {_where(row) for row in session.exec(rows)}

    def is_known_delivery(self, community_id: int, key: str) -> bool:
        """Whether any place was ever to get something on an occasion."""
        row = select(DeliveryRow.id).where(
            col(DeliveryRow.community_id) == community_id, col(DeliveryRow.key) == key
        )
        with self._database.reading() as session:
            return session.exec(row).first() is not None

    def prune_deliveries(self, before: datetime) -> None:
        """Forget what was written down before a moment, whatever became of it."""
        with self._database.transaction() as session:
            session.execute(delete(DeliveryRow).where(col(DeliveryRow.since) < before))


def forget_deliveries(session: Session, where: ChatRef) -> None:
    """A chat is gone."""
    session.execute(delete(DeliveryRow).where(_is_of(where)))


def move_deliveries(session: Session, old: ChatRef, new: ChatRef) -> None:
    """A chat has moved; what the new address has under the same key wins."""
    session.execute(
        update(DeliveryRow)
        .where(_is_of(old))
        .values(platform=new.platform, chat=new.chat)
        .prefix_with("OR IGNORE")
    )
    session.execute(delete(DeliveryRow).where(_is_of(old)))


def _is_of(where: ChatRef) -> ColumnElement[bool]:
    return and_(col(DeliveryRow.platform) == where.platform, col(DeliveryRow.chat) == where.chat)


def _is(community_id: int, key: str, where: ChatRef) -> ColumnElement[bool]:
    return and_(
        col(DeliveryRow.community_id) == community_id,
        col(DeliveryRow.key) == key,
        _is_of(where),
        col(DeliveryRow.thread) == (where.thread or ""),
    )


def _where(row: DeliveryRow) -> ChatRef:
    return ChatRef(row.platform, row.chat, row.thread or None)


def _delivery(row: DeliveryRow) -> Delivery:
    assert row.id is not None
    return Delivery(row.id, row.community_id, row.key, _where(row), row.since, row.body, row.sent)
