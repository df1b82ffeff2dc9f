"""What the tests of Telegram share: a server, a bot on it, and somebody who listens."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from bot.chat import Event, Found, Line, MenuEntry, Reply, Span, Style
from bot.platforms.telegram import TelegramPlatform
from core.domain import ChatRef, MemberRef
from core.errors import CommonplaceError
from tests.fakes.telegram import Person, TelegramServer
from tests.fakes.time import FakeTime


@dataclass
class Listener:
    """A conversation that listens, and does what a test tells it.

    Attributes:
        events: what was written down.
        refusing: how many events cannot be written down.
        on_event: what it does with an event before it counts as answered.
        offered: what inline mode finds; asked: how it was asked.
        entries: the menu.
        resumed: the platforms that were resumed.
    """

    events: list[Event] = field(default_factory=list)
    refusing: int = 0
    on_event: Callable[[Event], Awaitable[None]] | None = None
    offered: Sequence[Found] = ()
    asked: list[tuple[Any, ...]] = field(default_factory=list)
    entries: Sequence[MenuEntry] = ()
    resumed: list[str] = field(default_factory=list)

    async def handle(self, event: Event) -> Awaitable[None]:
        if self.refusing:
            self.refusing -= 1
            raise CommonplaceError("The disk is full.")
        self.events.append(event)
        answered = asyncio.get_running_loop().create_future()
        if self.on_event is None:
            answered.set_result(None)
            return answered
        return asyncio.ensure_future(self.on_event(event))

    async def look_up(self, member, query, *, locale, offset, limit) -> Sequence[Found]:
        self.asked.append((member, query, locale, offset, limit))
        return self.offered[offset : offset + limit]

    def say(self, where, member, message, /, **values) -> str:
        return message

    def menu(self) -> Sequence[MenuEntry]:
        return self.entries

    async def resume(self, platform: str) -> None:
        self.resumed.append(platform)


@dataclass
class Stage:
    """All of them together, with Ann, who writes to the bot."""

    server: TelegramServer
    bot: TelegramPlatform
    listener: Listener
    time: FakeTime
    ann: Person

    @property
    def private(self) -> ChatRef:
        return ChatRef("telegram", str(self.ann.id))

    async def hear(self, writer: Person | dict[str, Any], text: str | None = None, **fields: Any):
        """The one event that a message makes."""
        await self.server.write(writer, text, **fields)
        return await self.heard()

    async def heard(self) -> Event:
        """The one event that came since the last call."""
        await self.server.delivered()
        (event,) = self.listener.events
        self.listener.events.clear()
        return event

    async def nothing(self) -> None:
        """What was sent makes no event."""
        await self.server.delivered()
        assert self.listener.events == []


@asynccontextmanager
async def staged(*, is_hurried: bool = False, **options: Any) -> AsyncIterator[Stage]:
    """The server runs; the bot is not started yet."""
    async with TelegramServer() as server:
        time = FakeTime(is_hurried=is_hurried)
        bot = TelegramPlatform(
            server.token, base_url=server.url, sleep=time.sleep, now=time.now, **options
        )
        try:
            yield Stage(server, bot, Listener(), time, server.person())
        finally:
            await bot.stop()


def chat(stage_chat: dict[str, Any], thread: str | None = None) -> ChatRef:
    """The address of a chat as the Bot API shows it."""
    return ChatRef("telegram", str(stage_chat["id"]), thread)


def member(person: Person) -> MemberRef:
    """The address of somebody."""
    return MemberRef("telegram", str(person.id))


def reply(*texts: str, **more: Any) -> Reply:
    """A reply of plain lines."""
    return Reply(tuple(Line((Span(text),)) for text in texts), **more)


def styled(text: str, style: Style = Style.PLAIN, link: str | None = None) -> Reply:
    """A reply of one span."""
    return Reply((Line((Span(text, style, link),)),))
