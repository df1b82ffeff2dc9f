"""Replies go out as messages, are edited, marked and taken back, and files come in."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from bot.chat import Attachment, DeliveryFailed, Mark, Picture, Reply
from bot.platforms.telegram_client import Client
from bot.platforms.telegram_markup import html, keyboard, plain
from bot.platforms.telegram_memory import Memory
from bot.platforms.telegram_pace import Pace, failed, says
from core.domain import ChatRef, MessageRef, SentFile
from core.errors import TooLarge

if TYPE_CHECKING:
    from telegram import InlineKeyboardMarkup, LinkPreviewOptions, Message

log = logging.getLogger(__name__)

MAX_TEXT = 4096  # UTF-16 units, after parsing
MAX_DOWNLOAD_BYTES = 20_000_000  # Bot API, getFile; a local Bot API server has no such limit

MARKS = {Mark.SEEN: "👀", Mark.DONE: "✍", Mark.FAILED: "🤷"}  # Telegram has no ✅ and no ❌

T = TypeVar("T")


@dataclass(slots=True)
class _Edit:
    """The newest words that wait to replace those of a message."""

    reply: Reply
    making: asyncio.Future[None] = field(init=False)


class Delivery:
    """Everything that goes to a chat, at Telegram's pace.

    Args:
        client: who sends; `pace`: when; `memory`: where it is noted in which topic.
    """

    def __init__(self, client: Client, pace: Pace, memory: Memory) -> None:
        self._client = client
        self._pace = pace
        self._memory = memory
        self._edits: dict[MessageRef, _Edit] = {}

    async def send(
        self, where: ChatRef, reply: Reply, *, answers: MessageRef | None = None
    ) -> tuple[MessageRef, ...]:
        """Send a reply: its words, then its files, with the buttons on the last of them."""
        from telegram import ReplyParameters

        sent: list[MessageRef] = []
        shared: dict[str, Any] = {"message_thread_id": topic(where)}
        if answers is not None and answers.where.chat == where.chat:
            shared["reply_parameters"] = ReplyParameters(
                int(answers.id), allow_sending_without_reply=True
            )

        async def add(tried: str, call: Callable[[], Awaitable["Message"]]) -> None:
            message = await self._pace.run(where.chat, tried, call)
            sent.append(MessageRef(where, str(message.message_id)))
            self._memory.keep(sent[-1])

        async def hand_over(file: SentFile, markup: "InlineKeyboardMarkup | None") -> "Message":
            if isinstance(file, Picture):
                return await self._client.bot.send_photo(
                    int(where.chat), file.data, filename=file.name, reply_markup=markup, **shared
                )
            return await self._client.bot.send_document(
                int(where.chat), file.data, filename=file.name, reply_markup=markup, **shared
            )

        buttons = keyboard(reply)
        try:
            if reply.text.strip() or not reply.files:
                on_text = None if reply.files else buttons
                await add("send a message", lambda: self._say(where, reply, on_text, shared))
            for number, file in enumerate(reply.files, start=1):
                markup = buttons if number == len(reply.files) else None
                await add("send a file", partial(hand_over, file, markup))
        except DeliveryFailed:
            for message in sent:  # nothing is sent, or all of it
                with suppress(DeliveryFailed):
                    await self.withdraw(message)
            raise
        return tuple(sent)

    async def _say(
        self,
        where: ChatRef,
        reply: Reply,
        buttons: "InlineKeyboardMarkup | None",
        shared: dict[str, Any],
    ) -> "Message":
        async def say(text: str, parse_mode: str | None) -> "Message":
            return await self._client.bot.send_message(
                int(where.chat),
                text,
                parse_mode=parse_mode,
                link_preview_options=previews(reply),
                reply_markup=buttons,
                **shared,
            )

        return await _marked_up(reply, say)

    async def edit(self, message: MessageRef, reply: Reply) -> None:
        """Replace what a message says; of several edits that wait, only the newest is made."""
        waiting = self._edits.get(message)
        if waiting is None:
            waiting = self._edits[message] = _Edit(reply)
            waiting.making = asyncio.ensure_future(self._make(message, waiting))
            # a failure is no news when whoever waited for it has given up
            waiting.making.add_done_callback(lambda made: made.cancelled() or made.exception())
        else:
            waiting.reply = reply
        await asyncio.shield(waiting.making)

    async def _make(self, message: MessageRef, waiting: _Edit) -> None:
        """Edit until the newest words stand there."""

        async def make() -> Reply:
            made = waiting.reply
            await self._replace(message, made)
            return made

        try:
            while True:
                made = await self._pace.run(message.where.chat, "edit a message", make)
                if made is waiting.reply:
                    return
        finally:
            del self._edits[message]

    async def _replace(self, message: MessageRef, reply: Reply) -> None:
        from telegram.error import BadRequest

        bot, buttons = self._client.bot, keyboard(reply)
        at: dict[str, Any] = {"chat_id": int(message.where.chat), "message_id": int(message.id)}

        async def say(text: str, parse_mode: str | None) -> Any:
            return await bot.edit_message_text(
                text,
                parse_mode=parse_mode,
                link_preview_options=previews(reply),
                reply_markup=buttons,
                **at,
            )

        async def caption(text: str, parse_mode: str | None) -> Any:
            return await bot.edit_message_caption(
                caption=text, parse_mode=parse_mode, reply_markup=buttons, **at
            )

        try:
            try:
                await _marked_up(reply, say)
            except BadRequest as error:
                if not says(error, "there is no text in the message"):
                    raise
                await _marked_up(reply, caption)  # a file bears its words as a caption
        except BadRequest as error:
            if not says(error, "message is not modified"):
                raise

    async def withdraw(self, message: MessageRef) -> None:
        """Delete a message; one that is gone already is no error."""
        from telegram.error import BadRequest

        bot = self._client.bot

        async def delete() -> None:
            try:
                await bot.delete_message(int(message.where.chat), int(message.id))
            except BadRequest as error:
                if not says(error, "message to delete not found"):
                    raise

        await self._pace.run(message.where.chat, "delete a message", delete, is_message=False)

    async def mark(self, message: MessageRef, mark: Mark) -> None:
        """React to a message; a bot has one reaction, so the earlier one gives way."""
        bot = self._client.bot
        await self._pace.run(
            message.where.chat,
            "react to a message",
            lambda: bot.set_message_reaction(
                int(message.where.chat), int(message.id), reaction=MARKS[mark]
            ),
            is_message=False,
        )

    # ── files ────────────────────────────────────────────────────────────────────────────────────

    async def download(self, attachment: Attachment, *, max_bytes: int) -> SentFile:
        """Get a file that a member sent."""
        from telegram.error import BadRequest, TelegramError

        limit = min(max_bytes, MAX_DOWNLOAD_BYTES)
        _check_size(attachment.size, limit)
        try:
            file = await self._client.bot.get_file(attachment.key)
            _check_size(file.file_size, limit)
            data = bytes(await file.download_as_bytearray())
        except BadRequest as error:
            if says(error, "file is too big"):
                raise _too_large(attachment.size or limit + 1, limit) from error
            raise failed("download a file", error) from error
        except TelegramError as error:
            raise failed("download a file", error) from error
        _check_size(len(data), limit)
        return SentFile(attachment.name, data)


# ── small parts ──────────────────────────────────────────────────────────────────────────────────


async def _marked_up(reply: Reply, say: Callable[[str, str | None], Awaitable[T]]) -> T:
    """Say it with its looks, or plain where Telegram refuses them."""
    from telegram.error import BadRequest

    try:
        return await say(html(reply), "HTML")
    except BadRequest as error:
        if not says(error, "can't parse entities", "entities_too_long", "entity_"):
            raise
        log.error("Telegram refused our markup, so it goes out plain: %s", error.message)
        return await say(plain(reply), None)


def previews(reply: Reply) -> "LinkPreviewOptions":
    """Of the one address that may have one."""
    from telegram import LinkPreviewOptions

    if reply.previews is None:
        return LinkPreviewOptions(is_disabled=True)
    return LinkPreviewOptions(is_disabled=False, url=reply.previews)


def topic(where: ChatRef) -> int | None:
    """The thread as the Bot API wants it."""
    return int(where.thread) if where.thread is not None else None


def length(text: str) -> int:
    """As Telegram counts: in UTF-16 units."""
    return len(text.encode("utf-16-le")) // 2


def _check_size(size: int | None, limit: int) -> None:
    if size is not None and size > limit:
        raise _too_large(size, limit)


def _too_large(size: int, limit: int) -> TooLarge:
    return TooLarge(
        f"The file has {size} bytes; the limit is {limit}. Send a link instead.",
        what="bytes",
        size=size,
        limit=limit,
    )
