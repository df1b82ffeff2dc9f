"""Chat addresses as columns and back: threads are "" in the database where there is none."""

from typing import Any

from sqlalchemy import ColumnElement, and_, true
from sqlmodel import col

from core.domain import ChatRef, MessageRef
from core.store.tables import CardRow, EventRow, OwedCardRow, PartRow


def place_of(where: ChatRef) -> dict[str, Any]:
    """The columns of a place."""
    return {"platform": where.platform, "chat": where.chat, "thread": where.thread or ""}


def address_of(message: MessageRef) -> dict[str, Any]:
    """The columns of a message."""
    return {**place_of(message.where), "message": message.id}


def is_at(
    table: type[CardRow] | type[OwedCardRow] | type[PartRow] | type[EventRow], where: ChatRef
) -> ColumnElement[bool]:
    """Whether a row is of a chat, in whichever thread."""
    return and_(col(table.platform) == where.platform, col(table.chat) == where.chat)


def is_message(table: type[CardRow] | type[PartRow], message: MessageRef) -> ColumnElement[bool]:
    """Whether a row is of a message; see `is_in_thread`."""
    return and_(
        is_at(table, message.where),
        col(table.message) == message.id,
        is_in_thread(table.thread, message.where),
    )


def is_in_thread(column: Any, where: ChatRef) -> ColumnElement[bool]:
    """Whether a column holds a place's thread; any does where none is named.

    Telegram numbers messages per chat and does not tell the thread of a reaction (Bot API,
    MessageReactionUpdated), so an address without a thread must find a message in one.
    """
    return true() if where.thread is None else col(column) == where.thread


def message_at(row: CardRow | PartRow) -> MessageRef:
    """The message that a row is of."""
    return MessageRef(ChatRef(row.platform, row.chat, row.thread or None), row.message)
