"""Messages and items: cards that are owed, sent and out of date, and the parts of an item."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, func, update
from sqlmodel import Session, col, select

from core.domain import ChatRef, MemberRef, MessageRef, OwedCard
from core.store.database import Database
from core.store.places import address_of, is_in_thread, is_message, message_at, place_of
from core.store.rows import get_item, id_of
from core.store.tables import CardRow, ItemRow, OwedCardRow, PartRow, ShareRow

_FRESH, STALE, _AT_WORK = 0, 1, 2


class Cards:
    """Keeps account of which message shows, owes or makes which item.

    An address without a thread finds a message in any thread of its chat.
    """

    _database: Database

    # ── debts ────────────────────────────────────────────────────────────────────────────────────

    def owe_card(
        self,
        item_id: int,
        where: ChatRef,
        *,
        member: MemberRef,
        answers: MessageRef | None,
        at: datetime,
    ) -> int:
        """Write down that a place waits for an item's card; it waits for one, however often told.

        Args:
            answers: the message that the card answers, on the same platform.

        Returns:
            The id of the debt.
        """
        with self._database.transaction() as session:
            item = get_item(session, item_id)
            row = _owed(session, item, where)
            if row is None:
                row = OwedCardRow(
                    community_id=item.community_id,
                    item_id=id_of(item),
                    **place_of(where),
                    member_platform=member.platform,
                    member=member.id,
                    answers_chat=answers.where.chat if answers else None,
                    answers_thread=(answers.where.thread or "") if answers else None,
                    answers_id=answers.id if answers else None,
                    since=at,
                )
                session.add(row)
                session.flush()
            assert row.id is not None
            return row.id

    def owed_cards(self, platform: str | None = None) -> list[OwedCard]:
        """The cards that one platform, or all, wait for; oldest first."""
        rows = select(OwedCardRow).order_by(col(OwedCardRow.since), col(OwedCardRow.id))
        if platform is not None:
            rows = rows.where(col(OwedCardRow.platform) == platform)
        with self._database.reading() as session:
            return [_owed_card(row) for row in session.exec(rows)]

    def drop_owed(self, owed_id: int) -> None:
        """Nobody waits for this card any more."""
        with self._database.transaction() as session:
            session.execute(delete(OwedCardRow).where(col(OwedCardRow.id) == owed_id))

    # ── cards ────────────────────────────────────────────────────────────────────────────────────

    def card_sent(
        self, owed_id: int | None, item_id: int, message: MessageRef, *, at: datetime
    ) -> None:
        """A message shows an item from now on; the debt is paid.

        Args:
            owed_id: the debt; None if there was none.
            message: may show other items too.
        """
        with self._database.transaction() as session:
            if owed_id is not None:
                session.execute(delete(OwedCardRow).where(col(OwedCardRow.id) == owed_id))
            item = get_item(session, item_id)
            session.merge(
                CardRow(
                    item_id=id_of(item),
                    community_id=item.community_id,
                    **address_of(message),
                    sent_at=at,
                )
            )

    def cards(self, item_id: int) -> list[MessageRef]:
        """The messages that show an item, oldest first."""
        with self._database.reading() as session:
            rows = select(CardRow).where(col(CardRow.item_id) == item_id)
            return [message_at(row) for row in session.exec(rows.order_by(col(CardRow.sent_at)))]

    def items_of_card(self, message: MessageRef) -> list[int]:
        """The ids of the items that a message of ours shows, in the order of their numbers."""
        with self._database.reading() as session:
            found = (
                select(CardRow.item_id)
                .join(ItemRow, col(ItemRow.id) == col(CardRow.item_id))
                .where(is_message(CardRow, message))
                .order_by(col(ItemRow.number))
            )
            return list(session.exec(found))

    def items_of_message(self, message: MessageRef) -> list[int]:
        """The ids of the items that a member's message handed in, in the order they came."""
        with self._database.reading() as session:
            found = (
                select(ShareRow.item_id)
                .where(
                    col(ShareRow.message_platform) == message.where.platform,
                    col(ShareRow.message_chat) == message.where.chat,
                    col(ShareRow.message_id) == message.id,
                    is_in_thread(ShareRow.message_thread, message.where),
                )
                .order_by(col(ShareRow.id))
            )
            return list(dict.fromkeys(session.exec(found)))

    def card_gone(self, message: MessageRef) -> None:
        """A message of ours shows nothing any more: it was deleted."""
        with self._database.transaction() as session:
            session.execute(delete(CardRow).where(is_message(CardRow, message)))

    # ── cards that are out of date ───────────────────────────────────────────────────────────────

    def mark_stale(self, item_id: int) -> None:
        """What the cards of an item say is no longer so; they are to be edited, once."""
        with self._database.transaction() as session:
            session.execute(
                update(CardRow)
                .where(col(CardRow.item_id) == id_of(get_item(session, item_id)))
                .values(staleness=STALE)
            )

    def stale_cards(self, platform: str | None = None) -> list[tuple[int, MessageRef]]:
        """The cards to be edited, as item's id and message, longest sent first.

        Whoever asks edits them and then calls `card_fresh`. Cards that somebody is at are told
        again, since that somebody may have been stopped.
        """
        stale = col(CardRow.staleness) != _FRESH
        if platform is not None:
            stale &= col(CardRow.platform) == platform
        with self._database.transaction() as session:
            rows = session.exec(select(CardRow).where(stale).order_by(col(CardRow.sent_at))).all()
            for row in rows:
                row.staleness = _AT_WORK
            return [(row.item_id, message_at(row)) for row in rows]

    def card_fresh(self, message: MessageRef) -> None:
        """A card was edited. If its item changed since `stale_cards` told it, it stays stale."""
        with self._database.transaction() as session:
            session.execute(
                update(CardRow)
                .where(is_message(CardRow, message), col(CardRow.staleness) == _AT_WORK)
                .values(staleness=_FRESH)
            )

    # ── parts ────────────────────────────────────────────────────────────────────────────────────

    def keep_parts(self, item_id: int, parts: Sequence[tuple[MessageRef, str]]) -> None:
        """Write down that an item is made of these messages too, after those that are there.

        A message is a part of one item: one that was another item's leaves it; one that is this
        item's already keeps its place and says this now.

        Args:
            parts: in the order they came, each with its text.
        """
        with self._database.transaction() as session:
            item = get_item(session, item_id)
            place = _next_position(session, item)
            for message, text in parts:
                row = session.get(PartRow, address_of(message))
                if row is None:
                    row = PartRow(
                        **address_of(message),
                        community_id=item.community_id,
                        item_id=id_of(item),
                        position=place,
                        text=text,
                    )
                    session.add(row)
                    session.flush()  # it may be told twice
                elif row.item_id != item.id:
                    row.community_id, row.item_id = item.community_id, id_of(item)
                    row.position = place
                row.text = text
                place += 1

    def parts(self, item_id: int) -> list[tuple[MessageRef, str]]:
        """The messages that an item is made of, in their order, each with its text."""
        with self._database.reading() as session:
            rows = select(PartRow).where(col(PartRow.item_id) == item_id)
            return [
                (message_at(row), row.text)
                for row in session.exec(rows.order_by(col(PartRow.position)))
            ]


def move_messages(session: Session, item: ItemRow, into: ItemRow) -> None:
    """Let an item's cards, debts and parts be another one's, in the transaction of a session."""
    for table in (CardRow, OwedCardRow):
        session.execute(
            update(table)
            .where(col(table.item_id) == item.id)
            .values(item_id=id_of(into))
            .prefix_with("OR IGNORE")  # what that one has already it keeps
        )
    session.execute(
        update(PartRow)
        .where(col(PartRow.item_id) == item.id)
        .values(item_id=id_of(into), position=PartRow.position + _next_position(session, into))
    )


def _next_position(session: Session, item: ItemRow) -> int:
    after_last = func.coalesce(func.max(PartRow.position) + 1, 0)
    return session.exec(select(after_last).where(col(PartRow.item_id) == item.id)).one()


def _owed(session: Session, item: ItemRow, where: ChatRef) -> OwedCardRow | None:
    return session.exec(
        select(OwedCardRow).where(
            col(OwedCardRow.item_id) == item.id,
            *(col(getattr(OwedCardRow, name)) == value for name, value in place_of(where).items()),
        )
    ).first()


def _owed_card(row: OwedCardRow) -> OwedCard:
    assert row.id is not None
    answers = None
    if row.answers_id is not None:
        where = ChatRef(row.platform, row.answers_chat or row.chat, row.answers_thread or None)
        answers = MessageRef(where, row.answers_id)
    return OwedCard(
        row.id,
        row.item_id,
        ChatRef(row.platform, row.chat, row.thread or None),
        MemberRef(row.member_platform, row.member),
        row.since,
        answers,
    )
