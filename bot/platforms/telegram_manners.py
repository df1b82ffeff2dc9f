"""The small duties that Telegram expects of a bot: buttons let go, typing shown, items offered.

An app shows that a pressed button waits until somebody answers it, and Telegram warns the owner of
a bot that leaves buttons waiting. So each is answered, by words (`Manners.toast`) or without.
"""

import asyncio
import logging
from collections.abc import Coroutine
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from bot.chat import Conversation, Found, Line, Pressed, Reply, Span
from bot.platforms.telegram_client import Client
from bot.platforms.telegram_delivery import MAX_TEXT, length, previews, topic
from bot.platforms.telegram_markup import clean, html
from bot.platforms.telegram_pace import Sleep
from bot.platforms.telegram_updates import NAME
from core.domain import ChatRef, MemberRef

if TYPE_CHECKING:
    from telegram import InlineQuery, InlineQueryResultArticle

log = logging.getLogger(__name__)

MAX_TOAST, MAX_SMALL_TOAST = 200, 60  # UTF-16 units; longer ones have to be closed by hand
PRESS_S = 5.0  # a pressed button waits no longer than this, whatever comes of it
TYPING_AFTER_S, TYPING_EACH_S, TYPING_MOST = 1.0, 4.5, 60  # Telegram shows it for 5 s
INLINE_PAGE = 20  # at most 50
INLINE_CACHE_S = 10


class Manners:
    """Does them beside the rest.

    Args:
        client: who does them; `sleep`: the clock they go by.
    """

    def __init__(self, client: Client, *, sleep: Sleep) -> None:
        self._client = client
        self._sleep = sleep
        self._waiting: dict[str, str] = {}  # event id -> the callback query that is not answered
        self._helpers: set[asyncio.Task[object]] = set()

    def beside(self, work: Coroutine[Any, Any, object]) -> None:
        """Do something while the rest goes on, until `stop`."""
        task = asyncio.create_task(work)
        self._helpers.add(task)
        task.add_done_callback(self._done)

    def _done(self, task: asyncio.Task[object]) -> None:
        self._helpers.discard(task)
        if not task.cancelled() and (error := task.exception()):
            log.error("something beside went wrong", exc_info=error)

    async def stop(self) -> None:
        """Leave off whatever is under way."""
        helpers = list(self._helpers)
        for task in helpers:
            task.cancel()
        await asyncio.gather(*helpers, return_exceptions=True)

    # ── pressed buttons ──────────────────────────────────────────────────────────────────────────

    def pressed(self, event: Pressed, query: str) -> None:
        """A button waits for an answer from now on."""
        self._waiting[str(event.id)] = query

    def forget(self, event: Pressed) -> None:
        """The event could not be written down; it comes again."""
        self._waiting.pop(str(event.id), None)

    async def let_go(self, event: Pressed, answered: asyncio.Future[None]) -> None:
        """Answer the button when its event is answered, or too long after."""
        await self._wait(answered, PRESS_S)
        query = self._waiting.pop(str(event.id), None)
        if query is not None:
            await self.answer(query)

    async def toast(self, event_id: str | None, words: str) -> bool:
        """Say a few words beside the button that an event pressed; whether that could be done."""
        if not words.strip() or length(words) > MAX_TOAST:
            return False
        query = self._waiting.pop(str(event_id), None)
        return query is not None and await self.answer(query, words)

    async def answer(self, query: str, words: str | None = None) -> bool:
        """Answer a callback query; whether Telegram took it. Most often it is too old if not."""
        from telegram.error import TelegramError

        must_be_closed = length(words or "") > MAX_SMALL_TOAST
        try:
            await self._client.bot.answer_callback_query(
                query, text=words, show_alert=must_be_closed or None
            )
        except TelegramError as error:
            log.info("a pressed button was not answered: %s", error.message)
            return False
        return True

    # ── typing ───────────────────────────────────────────────────────────────────────────────────

    async def type(self, where: ChatRef, answered: asyncio.Future[None]) -> None:
        """Show that an answer is being worked out, if it takes a while."""
        from telegram.error import TelegramError

        await self._wait(answered, TYPING_AFTER_S)
        for _ in range(TYPING_MOST):
            if answered.done():
                return
            try:
                await self._client.bot.send_chat_action(
                    int(where.chat), "typing", message_thread_id=topic(where)
                )
            except TelegramError:
                return
            await self._wait(answered, TYPING_EACH_S)

    async def _wait(self, answered: asyncio.Future[None], longest_s: float) -> None:
        """Until an event is answered, or so many seconds are over."""
        if answered.done():
            return
        sleeping = asyncio.ensure_future(self._sleep(longest_s))
        try:
            await asyncio.wait({answered, sleeping}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            sleeping.cancel()

    # ── inline mode ──────────────────────────────────────────────────────────────────────────────

    async def offer(self, query: "InlineQuery", conversation: Conversation) -> None:
        """Offer items to somebody who types the bot's name anywhere; only they get to see them."""
        from telegram.error import TelegramError

        offset = int(query.offset) if query.offset.isdecimal() else 0
        found = await conversation.look_up(
            MemberRef(NAME, str(query.from_user.id)),
            query.query,
            locale=query.from_user.language_code,
            offset=offset,
            limit=INLINE_PAGE,
        )
        has_more = len(found) >= INLINE_PAGE
        try:
            await self._client.bot.answer_inline_query(
                query.id,
                [_offered(each) for each in found[:INLINE_PAGE]],
                cache_time=INLINE_CACHE_S,
                is_personal=True,
                next_offset=str(offset + INLINE_PAGE) if has_more else "",
            )
        except TelegramError as error:  # most often it is too old: they typed on
            log.info("an inline query was not answered: %s", error.message)


def _offered(found: Found) -> "InlineQueryResultArticle":
    from telegram import InlineQueryResultArticle, InputTextMessageContent

    reply = _within_one_message(found)
    return InlineQueryResultArticle(
        found.key,
        clean(found.title) or "…",
        InputTextMessageContent(
            html(reply), parse_mode="HTML", link_preview_options=previews(reply)
        ),
        description=clean(found.about) or None,
    )


def _within_one_message(found: Found) -> Reply:
    """Its first lines, else its title: one that is too long would take all others with it."""
    reply = found.reply
    while reply.lines and length(reply.text) > MAX_TEXT:
        reply = replace(reply, lines=reply.lines[:-1])
    if reply.text.strip():
        return reply
    return Reply((Line((Span(found.title[: MAX_TEXT // 2] or "…"),)),))
