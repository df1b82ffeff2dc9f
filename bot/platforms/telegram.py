"""Telegram as a chat platform: the Bot API by long polling or webhook, with python-telegram-bot.

In: `telegram_feed` gets updates and loses none, `telegram_updates` makes events of them. Out:
`telegram_delivery` sends, with the looks of `telegram_markup` and at the pace of `telegram_pace`.
Beside: `telegram_manners`, `telegram_menu` and `telegram_rights`. `telegram_client` holds the
connections. The library is imported when the first of them is needed.
"""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from bot.chat import (
    Attachment,
    ByMember,
    Capabilities,
    Commanded,
    Conversation,
    DeliveryFailed,
    Event,
    Joined,
    Mark,
    Pressed,
    Reply,
    Wrote,
)
from bot.platforms.telegram_client import Client
from bot.platforms.telegram_delivery import MARKS, MAX_TEXT, Delivery
from bot.platforms.telegram_feed import Backoff, Polling, Webhook, WebhookServer
from bot.platforms.telegram_manners import Manners
from bot.platforms.telegram_markup import plain
from bot.platforms.telegram_memory import Memory
from bot.platforms.telegram_menu import set_menus
from bot.platforms.telegram_pace import Now, Pace, Sleep, failed
from bot.platforms.telegram_rights import Rights, lacks
from bot.platforms.telegram_updates import NAME, STAND_INS, Translator
from core.domain import ChatRef, MemberRef, MessageRef, SentFile
from core.errors import BadConfig, CommonplaceError

if TYPE_CHECKING:
    from telegram import Update

log = logging.getLogger(__name__)

__all__ = ["TelegramPlatform", "Webhook"]

API = "https://api.telegram.org"

T = TypeVar("T")


class TelegramPlatform:
    """A bot on Telegram.

    Args:
        token: from @BotFather.
        base_url: of the Bot API server; `base_file_url`: where it hands out files, if not below.
        webhook: how Telegram delivers; None: long polling.
        patience_s: how long an answer of Telegram may take.
        sleep, now: the clock that pauses and limits go by.
    """

    name = NAME
    capabilities = Capabilities(
        max_text=MAX_TEXT,  # after parsing
        counts="utf-16",
        button_bytes=64,
        buttons=100,
        row=8,
        edits=True,
        reactions=True,  # in groups only where the bot is admin (Bot API, message_reaction)
        intake_by_reaction=True,
        announces_deletions=False,
        forwards=True,
    )

    def __init__(
        self,
        token: str,
        *,
        base_url: str = API,
        base_file_url: str | None = None,
        webhook: Webhook | None = None,
        patience_s: float = 20.0,
        sleep: Sleep = asyncio.sleep,
        now: Now = time.monotonic,
    ) -> None:
        self._client = Client(
            token,
            base_url=base_url,
            base_file_url=base_file_url or f"{base_url.rstrip('/')}/file",
            patience_s=patience_s,
        )
        self._webhook = webhook
        self._sleep = sleep
        self._pace = Pace(now=now, sleep=sleep)
        self._memory = Memory()
        self._delivery = Delivery(self._client, self._pace, self._memory)
        self._manners = Manners(self._client, sleep=sleep)
        self._rights = Rights(now=now)
        self._running: asyncio.Task[None] | None = None
        self._polling: Polling | None = None
        self._server: WebhookServer | None = None

    # ── coming and going ─────────────────────────────────────────────────────────────────────────

    async def start(self, conversation: Conversation) -> None:
        """Introduce itself to Telegram, and begin to deliver; without a connection, later.

        Raises:
            BadConfig: it is no token, Telegram does not know it, or the webhook cannot listen.
        """
        from telegram.error import InvalidToken, TelegramError

        if not self._client.has_token:
            raise _bad_token("is no token")
        self._client.open()
        self._pace.open()
        if self._webhook is not None:
            self._server = WebhookServer(self._webhook)
            self._server.listen()
        try:
            await self._client.meet()
        except InvalidToken:
            await self.stop()
            # not chained: the library's error shows the token
            raise _bad_token("is not accepted by Telegram") from None
        except TelegramError as error:
            log.warning("Telegram cannot be reached yet: %s", error.message)
        self._running = asyncio.create_task(self._run(conversation))

    async def stop(self) -> None:
        """Deliver no more, and tell Telegram what it need not deliver again."""
        self._pace.close()
        running, self._running = self._running, None
        if running is not None:
            running.cancel()
            with suppress(asyncio.CancelledError):
                await running
        polling, self._polling = self._polling, None
        if polling is not None:
            await polling.confirm()
        server, self._server = self._server, None
        if server is not None:
            await server.close()
        await self._manners.stop()
        await self._client.close()

    async def _run(self, conversation: Conversation) -> None:
        """Meet Telegram if that is still to be done, go on with old work, then take in new."""
        await self._until_it_works("reach Telegram", self._client.meet)
        bot, me = self._client.bot, self._client.me
        assert me is not None
        self._manners.beside(conversation.resume(self.name))
        self._manners.beside(self._set_menus(conversation))
        translator = Translator(me, self._memory)

        async def take(update: "Update") -> None:
            await self._take(update, translator, conversation)

        if (server := self._server) is not None:
            await self._until_it_works("set the webhook", partial(server.open, bot, take))
        else:
            await self._until_it_works(
                "take the webhook away", lambda: bot.delete_webhook(drop_pending_updates=False)
            )
            self._polling = Polling(bot, take, sleep=self._sleep)
            await self._polling.run()

    async def _until_it_works(self, what: str, call: Callable[[], Awaitable[Any]]) -> None:
        from telegram.error import TelegramError

        backoff = Backoff(self._sleep)
        while True:
            try:
                await call()
                return
            except TelegramError as error:
                log.error("%s Trying again until it works.", failed(what, error))
                await backoff.pause()

    async def _set_menus(self, conversation: Conversation) -> None:
        from telegram.error import TelegramError

        try:
            await set_menus(self._client.bot, conversation.menu())
        except TelegramError as error:
            log.warning("the menus are as they were: %s", error.message)

    # ── from updates to events ───────────────────────────────────────────────────────────────────

    async def _take(
        self, update: "Update", translator: Translator, conversation: Conversation
    ) -> None:
        """Hand over what an update says; on return it is written down.

        Raises:
            CommonplaceError: it is not.
        """
        if update.inline_query is not None:
            self._manners.beside(self._manners.offer(update.inline_query, conversation))
            return
        try:
            events = translator.events_of(update)
        except Exception:  # ours to mend, but no reason to hear nothing else any more
            log.exception("update=%d is not understood and is passed over", update.update_id)
            return
        query = update.callback_query
        if query is not None and not events:
            self._manners.beside(self._manners.answer(query.id))
        for event in events:
            if query is not None and isinstance(event, Pressed):
                await self._take_press(query.id, event, conversation)
                continue
            if isinstance(event, Joined):
                self._rights.forget(event.where.chat)
            answered = await self._hand_over(event, conversation)
            if isinstance(event, Wrote | Commanded) and event.is_private:
                self._manners.beside(self._manners.type(event.message.where, answered))

    async def _take_press(self, query: str, event: Pressed, conversation: Conversation) -> None:
        if event.member.id in STAND_INS:  # nobody whose voice could be counted
            words = conversation.say(event.message.where, event.member, "telegram-anonymous")
            self._manners.beside(self._manners.answer(query, words))
            return
        self._manners.pressed(event, query)
        try:
            answered = await self._hand_over(event, conversation)
        except CommonplaceError:
            self._manners.forget(event)
            raise
        self._manners.beside(self._manners.let_go(event, answered))

    async def _hand_over(self, event: Event, conversation: Conversation) -> asyncio.Future[None]:
        try:
            return asyncio.ensure_future(await conversation.handle(event))
        except CommonplaceError:
            raise
        except Exception as error:
            log.exception("an event could not be handed over")
            raise CommonplaceError(f"Nobody took the event: {error!r}.") from error

    # ── from replies to messages ─────────────────────────────────────────────────────────────────

    async def send(
        self, where: ChatRef, reply: Reply, *, answers: MessageRef | None = None, key: str = ""
    ) -> tuple[MessageRef, ...]:
        """Send a reply: its words, then its files, with the buttons on the last of them."""
        del key  # Telegram cannot tell two attempts at one delivery apart
        return await self._delivery.send(where, reply, answers=answers)

    async def open_thread(self, message: MessageRef, name: str) -> ChatRef:
        """The topic of the message: who answers it there begins a chain of answers. A topic of its
        own would be one for the whole group (Bot API, createForumTopic)."""
        del name
        return message.where

    async def whisper(self, event: ByMember, reply: Reply) -> tuple[MessageRef, ...]:
        """Answer beside the button that was pressed, if it is short; else in private."""
        can_vanish = isinstance(event, Pressed) and not reply.buttons and not reply.files
        if can_vanish and await self._manners.toast(event.id, plain(reply)):
            return ()
        if event.is_private:
            return await self.send(event.message.where, reply)
        where = self.private(event.member)
        if where is None:
            raise DeliveryFailed("Somebody anonymous has no private chat.", is_gone=True)
        return await self.send(where, reply)

    async def edit(self, message: MessageRef, reply: Reply) -> None:
        """Replace what a message says; of several edits that wait, only the newest is made."""
        await self._delivery.edit(message, reply)

    async def withdraw(self, message: MessageRef) -> None:
        """Delete a message; one that is gone already is no error."""
        await self._delivery.withdraw(message)

    async def mark(self, message: MessageRef, mark: Mark) -> None:
        """React to a message; a bot has one reaction, so the earlier one gives way."""
        await self._delivery.mark(message, mark)

    async def download(self, attachment: Attachment, *, max_bytes: int) -> SentFile:
        """Get a file that a member sent; Telegram hands out none of more than 20 MB."""
        return await self._delivery.download(attachment, max_bytes=max_bytes)

    # ── who may what, and where ──────────────────────────────────────────────────────────────────

    async def is_admin(self, where: ChatRef, member: MemberRef) -> bool:
        """Whether Telegram lets a member look after a chat; an anonymous admin is one."""
        asked = self._rights.is_admin(self._client.bot, where, member)
        return await self._told("ask who is an admin", asked)

    async def is_member(self, where: ChatRef, member: MemberRef) -> bool:
        """Whether somebody is in a chat now."""
        asked = self._rights.is_member(self._client.bot, where, member)
        return await self._told("ask who is here", asked)

    async def lacks(self, where: ChatRef, *, hears_all: bool) -> tuple[str, ...]:
        """What the bot may not do in a chat although it would be of use.

        Raises:
            DeliveryFailed: Telegram does not say.
        """
        signs = frozenset(MARKS.values())
        asked = lacks(self._client.bot, where, signs=signs, hears_all=hears_all)
        return await self._told("ask for my rights", asked)

    async def _told(self, tried: str, answer: Awaitable[T]) -> T:
        from telegram.error import TelegramError

        try:
            return await answer
        except TelegramError as error:
            raise failed(tried, error) from error

    def link_to(self, message: MessageRef) -> str | None:
        """Supergroups have links for their members, private chats and basic groups have none.

        Source: https://core.telegram.org/api/links#message-links
        """
        where = message.where
        if not where.chat.startswith("-100"):
            return None
        topic = f"{where.thread}/" if where.thread is not None else ""
        return f"https://t.me/c/{where.chat.removeprefix('-100')}/{topic}{message.id}"

    def private(self, member: MemberRef) -> ChatRef | None:
        """The private chat with a member has the member's own number."""
        return None if member.id in STAND_INS else ChatRef(self.name, member.id)

    async def approach(self, member: MemberRef) -> ChatRef:
        """The private chat with a member, who may not have opened it: a bot cannot begin a
        conversation (core.telegram.org/bots/features, "Introduction")."""
        where = self.private(member)
        if where is None or member.platform != self.name:
            raise DeliveryFailed("Somebody who is nobody here has no private chat.", is_gone=True)
        return where

    def door(self, key: str) -> str | None:
        """A deep link; None as long as Telegram has not said what the bot is called."""
        return f"https://t.me/{self._client.me.username}?start={key}" if self._client.me else None


def _bad_token(what: str) -> BadConfig:
    """An error that says what is wrong with the token, and not what it is."""
    return BadConfig(
        f"telegram.token {what}. Copy it again from @BotFather, or ask it for a new one (/token).",
        key="telegram.token",
        found="…",
        expected="123456789:AAE… (@BotFather)",
    )
