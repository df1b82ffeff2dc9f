"""What features are, and what they are given: a `Context` instead of a platform."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from bot.chat import Mark, Reply, Suggestion
from bot.texts import Texts
from core.domain import ChatRef, Community, Language, MemberRef, MessageRef, SentFile

if TYPE_CHECKING:
    from bot.dispatch.dispatcher import Dispatch
    from core.library import Library

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Command:
    """Something that a member can ask for by name.

    Attributes:
        name: in Latin letters; `command-NAME` in the locale files is its name in the language,
            `.about` a line about it, `.argument` what follows it (may be missing).
        run: does it; gets what stood after the name.
        section: id of the heading under which /help lists it; None leaves it out.
        suggest: ways to complete what stands after the name.
    """

    name: str
    run: Callable[["Context", str], Awaitable[None]]
    section: str | None = None
    suggest: Callable[["Context", str], Awaitable[Sequence[Suggestion]]] | None = None


@dataclass(frozen=True, slots=True)
class Features:
    """Everything that the bot can do: made in `bot.features`, used here.

    Attributes:
        commands: in the order of /help.
        wrote: takes in what is no command.
        resume: goes on with what an earlier run left unfinished.
    """

    commands: tuple[Command, ...]
    wrote: Callable[["Context", str], Awaitable[None]]
    resume: Callable[["Context"], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Context:
    """One event's surroundings.

    Attributes:
        library: the use cases.
        features: for /help.
        community: whose collection it is about.
        texts: words in the member's language.
        where: where answers go.
        member, member_name: who asked.
        message: the member's own message; None when the bot speaks by itself.
        files: what was attached to it.
        next_page: the command that /more stands for, if the last answer offered one.
    """

    library: "Library"
    features: Features
    community: Community
    texts: Texts
    where: ChatRef
    member: MemberRef
    member_name: str | None
    message: MessageRef | None
    files: tuple[SentFile, ...]
    next_page: str | None
    _dispatch: "Dispatch" = field(repr=False)

    async def run(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Call a function of the core that a person waits for, off the event loop."""
        return await self._dispatch.in_lane("answers", partial(function, *args, **kwargs))

    def work(
        self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs
    ) -> "asyncio.Future[T]":
        """Queue longer work of the core; it begins after everything queued before."""
        return self._dispatch.in_lane("work", partial(function, *args, **kwargs))

    def behind(self, task: Coroutine[None, None, None]) -> None:
        """Go on with a task after the event is handled; its errors are told as the event's are."""
        self._dispatch.behind(self, task)

    async def reply(self, reply: Reply) -> tuple[MessageRef, ...]:
        """Send an answer, as several messages if it is long."""
        return await self._dispatch.send(self, reply)

    async def edit(self, message: MessageRef, reply: Reply) -> tuple[MessageRef, ...]:
        """Replace an earlier answer; what does not fit in one message follows in further ones."""
        return await self._dispatch.edit(self, message, reply)

    async def mark(self, mark: Mark) -> None:
        """Put a sign on the member's message."""
        await self._dispatch.mark(self, mark)

    def expect(self, does: str) -> None:
        """Take the member's next message as the rest of this command."""
        self._dispatch.open_for(self).expects = does

    def offer_more(self, does: str) -> None:
        """Let /more, or an empty message, stand for this command: the next page."""
        self._dispatch.open_for(self).more = does

    def speaking(self, language: Language) -> "Context":
        """The same, in another language from now on."""
        self._dispatch.speaks[self.member] = language
        return replace(self, texts=Texts(language))

    async def do(self, does: str) -> None:
        """Do what a command says, as if the member had given it."""
        await self._dispatch.do(self, does)

    def busy(self) -> int:
        """Pieces of longer work that are under way or wait, of everybody."""
        return self._dispatch.busy()
