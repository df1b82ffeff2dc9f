"""A conversation that hears everything and says what a test tells it to say."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field

from bot.chat import ByMember, Event, Found, MenuEntry, Suggestion
from core.domain import ChatRef, MemberRef
from core.errors import CommonplaceError

MENU = (
    MenuEntry(
        "search",
        names={"zh-TW": "搜尋", "en": "search"},
        about={"zh-TW": "找文章", "en": "Find articles"},
        argument={"zh-TW": "要找的詞", "en": "what to look for"},
        is_completed=True,
    ),
    MenuEntry(
        "save",
        names={"zh-TW": "收", "en": "save"},
        about={"zh-TW": "收一篇", "en": "Keep a link or a text"},
        argument={"zh-TW": "網址", "en": "a link"},
        is_for_messages=True,
    ),
    MenuEntry(
        "setup",
        names={"zh-TW": "設定", "en": "setup"},
        about={"zh-TW": "設定群組", "en": "Set things up"},
        for_admins=True,
    ),
)


@dataclass
class Ear:
    """Hears what a platform delivers.

    Attributes:
        events: heard so far, oldest first; a key that came before is not heard again.
        answer: what is done about each event before it counts as answered.
        marks: what `last_seen` says.
        failing: raised, one after the other, by the next events; refused: one was.
        suggestions: what `suggest` says; asked: what it was asked.
        resumed: the platforms on which unfinished work was to go on.
    """

    events: list[Event] = field(default_factory=list)
    answer: Callable[[Event], Awaitable[object]] | None = None
    marks: dict[ChatRef, str] = field(default_factory=dict)
    failing: list[CommonplaceError] = field(default_factory=list)
    suggestions: tuple[Suggestion, ...] = ()
    asked: list[tuple[str, str | None]] = field(default_factory=list)
    resumed: list[str] = field(default_factory=list)
    entries: tuple[MenuEntry, ...] = MENU
    refused: asyncio.Event = field(default_factory=asyncio.Event)
    _keys: set[object] = field(default_factory=set)
    _heard: asyncio.Condition = field(default_factory=asyncio.Condition)

    async def next(self, kind: type, count: int = 1) -> list:
        """The events of a kind, as soon as there are so many."""
        async with self._heard, asyncio.timeout(10):
            await self._heard.wait_for(lambda: len(self.all(kind)) >= count)
        return self.all(kind)

    def all(self, kind: type) -> list:
        """The events of a kind so far."""
        return [event for event in self.events if isinstance(event, kind)]

    async def handle(self, event: Event) -> Awaitable[None]:
        if self.failing:
            self.refused.set()
            raise self.failing.pop(0)
        key = event.id or (event.message if isinstance(event, ByMember) else None)
        async with self._heard:
            if key is None or key not in self._keys:
                self._keys.add(key)
                self.events.append(event)
            self._heard.notify_all()
        return asyncio.ensure_future(self._answered(event))

    async def _answered(self, event: Event) -> None:
        if self.answer is not None:
            await self.answer(event)

    async def suggest(
        self, where: ChatRef, member: MemberRef, command: str, argument: str | None
    ) -> Sequence[Suggestion]:
        self.asked.append((command, argument))
        return self.suggestions

    async def look_up(
        self, member: MemberRef, query: str, *, locale: str | None, offset: int, limit: int
    ) -> Sequence[Found]:
        return ()

    def say(self, where: ChatRef, member: MemberRef, message: str, /, **values: object) -> str:
        return message

    def menu(self) -> Sequence[MenuEntry]:
        return self.entries

    def last_seen(self, where: ChatRef) -> str | None:
        return self.marks.get(where)

    async def resume(self, platform: str) -> None:
        self.resumed.append(platform)

    def busy(self) -> int:
        return 0

    async def settled(self) -> None:
        pass
