"""Chats that speak for communities: which they are, whom they join, where they move, when they go.

Cards, debts, messages and kept events hold the same addresses; what moves a chat moves them all.
"""

from datetime import datetime

from sqlalchemy import delete, literal_column, update
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from core.domain import Chat, ChatRef
from core.store.communities import delete_community
from core.store.database import Database
from core.store.deliveries import forget_deliveries, move_deliveries
from core.store.digests import move_subscriptions, unsubscribe_all
from core.store.discussions import leave_places, move_places
from core.store.models import forget_who_asked, move_who_asked
from core.store.places import is_at
from core.store.rounds import move_invitations
from core.store.tables import (
    CardRow,
    ChatRow,
    EventRow,
    ItemRow,
    OwedCardRow,
    PartRow,
    ShareRow,
)


class Chats:
    """Reads and writes chats. A chat's thread is nowhere of any account."""

    _database: Database

    def chat(self, where: ChatRef) -> Chat | None:
        """The chat at an address; None if it is not known."""
        with self._database.reading() as session:
            row = session.get(ChatRow, (where.platform, where.chat))
            return None if row is None else _chat(row)

    def add_chat(self, where: ChatRef, community_id: int, *, is_private: bool) -> Chat:
        """Let a chat speak for a community; one that is known stays as it is."""
        with self._database.transaction() as session:
            row = session.get(ChatRow, (where.platform, where.chat))
            if row is None:
                row = ChatRow(
                    platform=where.platform,
                    chat=where.chat,
                    community_id=community_id,
                    is_private=is_private,
                )
                session.add(row)
            return _chat(row)

    def chats(self, community_id: int) -> list[Chat]:
        """The chats that speak for a community, oldest first."""
        with self._database.reading() as session:
            rows = _oldest_first().where(col(ChatRow.community_id) == community_id)
            return [_chat(row) for row in session.exec(rows)]

    def all_chats(self) -> list[Chat]:
        """The chats of every community, paused ones too."""
        with self._database.reading() as session:
            return [_chat(row) for row in session.exec(_oldest_first())]

    def join_community(self, where: ChatRef, community_id: int) -> None:
        """Let a known chat speak for another community from now on.

        The community that it spoke for stays, with its items and with their cards in this chat; its
        digests come here no more.
        """
        with self._database.transaction() as session:
            unsubscribe_all(session, where, but=community_id)
            _get(session, where).community_id = community_id

    def move_chat(self, old: ChatRef, new: ChatRef) -> None:
        """Let everything that holds an address hold another one: the chat has moved.

        Doing it again does nothing. If the new address was heard from first, and a community was
        founded for it, the old one's community speaks there; the other goes if it has no items.
        """
        with self._database.transaction() as session:
            row = session.get(ChatRow, (old.platform, old.chat))
            if row is not None:
                _move_chat(session, row, new)
            _move_addresses(session, old, new)

    def set_up(self, where: ChatRef) -> None:
        """An admin has answered the questions of the set-up card."""
        with self._database.transaction() as session:
            _get(session, where).is_set_up = True

    def pause(self, where: ChatRef, at: datetime) -> None:
        """The bot is no longer there; a chat that is paused or unknown stays as it is."""
        with self._database.transaction() as session:
            row = session.get(ChatRow, (where.platform, where.chat))
            if row is not None and row.paused_at is None:
                row.paused_at = at

    def unpause(self, where: ChatRef) -> None:
        """The bot is there again."""
        with self._database.transaction() as session:
            row = session.get(ChatRow, (where.platform, where.chat))
            if row is not None:
                row.paused_at = None

    def paused_before(self, moment: datetime) -> list[Chat]:
        """The chats that have been paused since before a moment."""
        with self._database.reading() as session:
            rows = _oldest_first().where(col(ChatRow.paused_at) < moment)
            return [_chat(row) for row in session.exec(rows)]

    def remove_chat(self, where: ChatRef) -> None:
        """Forget a chat with its cards, debts and kept events; items stay with the community, and
        discussions that were held there wait for another place."""
        with self._database.transaction() as session:
            leave_places(session, where)
            for table in (CardRow, OwedCardRow, EventRow):
                session.execute(delete(table).where(is_at(table, where)))
            forget_deliveries(session, where)
            unsubscribe_all(session, where)
            move_invitations(session, where, None)
            forget_who_asked(session, where)
            row = session.get(ChatRow, (where.platform, where.chat))
            if row is not None:
                session.delete(row)


def _oldest_first() -> SelectOfScalar[ChatRow]:
    return select(ChatRow).order_by(literal_column("chat.rowid"))


def _get(session: Session, where: ChatRef) -> ChatRow:
    return session.get_one(ChatRow, (where.platform, where.chat))


def _chat(row: ChatRow) -> Chat:
    return Chat(
        ChatRef(row.platform, row.chat),
        row.community_id,
        row.is_private,
        is_set_up=row.is_set_up,
        paused_at=row.paused_at,
    )


def _move_chat(session: Session, old: ChatRow, new: ChatRef) -> None:
    values = old.model_dump() | {"platform": new.platform, "chat": new.chat}
    heard_first = session.get(ChatRow, (new.platform, new.chat))
    replaced = None
    if heard_first is not None:
        replaced = heard_first.community_id
        session.delete(heard_first)
    session.delete(old)
    session.flush()
    session.add(ChatRow(**values))
    session.flush()
    if replaced not in (None, old.community_id) and _is_empty(session, replaced):
        delete_community(session, replaced)


def _is_empty(session: Session, community_id: int) -> bool:
    """Whether nobody would miss a community: no chat speaks for it and it holds nothing."""
    return all(
        session.exec(select(table).where(col(table.community_id) == community_id)).first() is None
        for table in (ChatRow, ItemRow)
    )


def _move_addresses(session: Session, old: ChatRef, new: ChatRef) -> None:
    """What the new address holds already under the same key wins; the old row goes."""
    move_deliveries(session, old, new)
    move_subscriptions(session, old, new)
    for table in (CardRow, OwedCardRow, PartRow, EventRow):
        session.execute(
            update(table)
            .where(is_at(table, old))
            .values(platform=new.platform, chat=new.chat)
            .prefix_with("OR IGNORE")
        )
        session.execute(delete(table).where(is_at(table, old)))
    move_places(session, old, new)
    session.execute(
        update(OwedCardRow)
        .where(is_at(OwedCardRow, new), col(OwedCardRow.answers_chat) == old.chat)
        .values(answers_chat=new.chat)
    )
    is_share = (col(ShareRow.message_platform) == old.platform) & (
        col(ShareRow.message_chat) == old.chat
    )
    session.execute(
        update(ShareRow)
        .where(is_share)
        .values(message_platform=new.platform, message_chat=new.chat)
        .prefix_with("OR IGNORE")
    )
    session.execute(delete(ShareRow).where(is_share))
    move_invitations(session, old, new)
    move_who_asked(session, old, new)
