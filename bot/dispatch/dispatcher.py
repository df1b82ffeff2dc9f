"""Takes events in, finds their feature and its thread, and turns what goes wrong into a sentence.

Core is plain synchronous Python, so it runs in one of two lanes, each a single thread: *work*
(fetch, models, saving; in the order received) and *answers* (everything a person waits for): a
question is answered while twenty links are being read.
"""

import asyncio
import difflib
import logging
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from bot.chat import (
    Commanded,
    DeliveryFailed,
    Event,
    Mark,
    Platform,
    Pressed,
    Reply,
    Suggestion,
    Wrote,
)
from bot.dispatch.context import Command, Context, Features
from bot.dispatch.delivery import Delivery
from bot.dispatch.left_open import LeftOpen
from bot.render import talk
from bot.texts import Texts
from core.domain import LANGUAGES, ChatRef, Community, Language, MemberRef, MessageRef, SentFile
from core.errors import CommonplaceError

if TYPE_CHECKING:
    from core.library import Library

log = logging.getLogger(__name__)

Lane = Literal["work", "answers"]
T = TypeVar("T")

LIKE_ENOUGH = 0.5  # difflib's usual 0.6 suggests nothing for one wrong character of two


class Dispatch:
    """The one `bot.chat.Conversation`.

    Args:
        library: the use cases.
        features: everything the bot can do.
        platforms: where events come from and answers go.
        community_of: the community that a chat speaks for.
    """

    def __init__(
        self,
        library: "Library",
        features: Features,
        platforms: Sequence[Platform],
        *,
        community_of: Callable[[ChatRef], Community],
    ) -> None:
        self._library = library
        self._features = features
        self._delivery = Delivery(platforms)
        self._community_of = community_of
        self._names = _names(features.commands)
        self._lanes: dict[Lane, ThreadPoolExecutor] = {
            "work": ThreadPoolExecutor(1, thread_name_prefix="work"),
            "answers": ThreadPoolExecutor(1, thread_name_prefix="answers"),
        }
        self._working: set[asyncio.Future[Any]] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._open: dict[tuple[ChatRef, MemberRef], LeftOpen] = {}
        self.speaks: dict[MemberRef, Language] = {}

    # ── as adapters see it ───────────────────────────────────────────────────────────────────────

    async def handle(self, event: Event) -> None:
        """Take an event in; see `bot.chat.Conversation`."""
        context = await self._context(
            event.message.where,
            event.member,
            message=event.message,
            member_name=event.member_name,
            files=() if isinstance(event, Pressed) else event.files,
        )
        await self._guard(context, self._route(context, event))

    async def suggest(
        self, where: ChatRef, member: MemberRef, command: str, argument: str | None
    ) -> Sequence[Suggestion]:
        """Ways to complete a command; see `bot.chat.Conversation`."""
        context = await self._context(where, member)
        if argument is None:
            return self._suggest_names(context.texts, command)
        found = self._names.get(command.casefold())
        if found is None or found.suggest is None:
            return ()
        try:
            return await found.suggest(context, argument)
        except CommonplaceError as error:
            log.debug("no suggestions for %s: %s", found.name, error.code)
            return ()

    def say(
        self, where: ChatRef, member: MemberRef, message: str, /, **values: str | int | float
    ) -> str:
        """Word a message for a member; see `bot.chat.Conversation`."""
        language = self.speaks.get(member) or self._community_of(where).language
        return Texts(language).say(message, **values)

    async def resume(self, where: ChatRef, member: MemberRef) -> None:
        """Go on with what was left unfinished; see `bot.chat.Conversation`."""
        context = await self._context(where, member)
        await self._guard(context, self._features.resume(context))

    def busy(self) -> int:
        """Pieces of longer work that are under way or wait."""
        return len(self._working)

    async def settled(self) -> None:
        """Wait until no longer work is under way."""
        while self._tasks:
            await asyncio.wait(self._tasks)

    async def stop(self) -> None:
        """Finish the piece of work in hand, leave the others for the next start, and let go."""
        for task in self._tasks:
            task.cancel()
        for lane in self._lanes.values():
            await asyncio.to_thread(lane.shutdown, cancel_futures=True)
        await self.settled()

    # ── from event to feature ────────────────────────────────────────────────────────────────────

    async def _route(self, context: Context, event: Event) -> None:
        left = self._open.pop((context.where, context.member), LeftOpen())
        context = replace(context, next_page=left.more)
        match event:
            case Commanded(command=command, argument=argument):
                await self._command(context, command, argument)
            case Pressed(does=does):
                await self.do(context, does)
            case Wrote(text=text, files=files):
                meant = None if files else left.meant(text.strip(), context.texts)
                if meant is not None:
                    await self.do(context, meant)
                elif text.strip() or files:
                    await self._features.wrote(context, text)

    async def do(self, context: Context, does: str) -> None:
        """Run a command as if the member had given it."""
        name, _, argument = does.partition(" ")
        await self._command(context, name, argument)

    async def _command(self, context: Context, name: str, argument: str) -> None:
        command = self._names.get(name.casefold())
        if command is None:
            await context.reply(
                talk.unknown_command(context.texts, name, self._near(context, name))
            )
            await context.mark(Mark.FAILED)
            return
        log.info("command=%s community=%s", command.name, context.community.name)
        await command.run(context, argument.strip())

    def _near(self, context: Context, name: str) -> list[str]:
        """Commands that may have been meant, in the script that was written."""
        near = difflib.get_close_matches(name.casefold(), self._names, n=3, cutoff=LIKE_ENOUGH)
        found = dict.fromkeys(self._names[each].name for each in near)
        if name.isascii():
            return list(found)
        return [context.texts.say(f"command-{each}") for each in found]

    def _suggest_names(self, texts: Texts, typed: str) -> list[Suggestion]:
        wanted = typed.casefold()
        suggestions = []
        for command in self._features.commands:
            native = texts.say(f"command-{command.name}")
            about = texts.say(f"command-{command.name}.about")
            if command.name.startswith(wanted):
                meaning = about if native == command.name else f"{native}  {about}"
                suggestions.append(Suggestion(command.name, len(typed), meaning))
            elif native.casefold().startswith(wanted):
                suggestions.append(Suggestion(native, len(typed), about))
        return suggestions

    # ── errors ───────────────────────────────────────────────────────────────────────────────────

    async def _guard(self, context: Context, task: Awaitable[None]) -> None:
        """Await a task; whatever goes wrong becomes a sentence, a sign and a line in the log."""
        try:
            try:
                await task
            except CommonplaceError as error:
                log.info("answered with error=%s community=%s", error.code, context.community.name)
                await context.reply(talk.error(context.texts, error))
                await context.mark(Mark.FAILED)
            except DeliveryFailed:
                raise
            except Exception:
                log.exception("unexpected error community=%s", context.community.name)
                await context.reply(talk.error(context.texts, CommonplaceError("unexpected")))
                await context.mark(Mark.FAILED)
        except DeliveryFailed as error:
            log.warning("not delivered to %s: %s", context.where.platform, error)

    # ── sending ──────────────────────────────────────────────────────────────────────────────────

    async def send(self, context: Context, reply: Reply) -> tuple[MessageRef, ...]:
        """Send a reply in as many messages as it needs."""
        self._keep_choices(context, reply)
        return await self._delivery.send(context.where, reply)

    async def edit(
        self, context: Context, message: MessageRef, reply: Reply
    ) -> tuple[MessageRef, ...]:
        """Replace a message; what does not fit follows in further ones."""
        self._keep_choices(context, reply)
        return await self._delivery.edit(message, reply)

    async def mark(self, context: Context, mark: Mark) -> None:
        """Put a sign on the member's message, if there is one."""
        if context.message is not None:
            await self._delivery.mark(context.message, mark)

    def _keep_choices(self, context: Context, reply: Reply) -> None:
        if choices := self._delivery.numbered(context.where, reply):
            self.open_for(context).choices = choices

    def open_for(self, context: Context) -> LeftOpen:
        """What is left open for the member, to be changed."""
        return self._open.setdefault((context.where, context.member), LeftOpen())

    # ── lanes and tasks ──────────────────────────────────────────────────────────────────────────

    def in_lane(self, lane: Lane, function: Callable[[], T]) -> "asyncio.Future[T]":
        """Queue a call in a lane."""
        called = asyncio.get_running_loop().run_in_executor(self._lanes[lane], function)
        if lane == "work":
            self._working.add(called)
            called.add_done_callback(self._working.discard)
        return called

    def behind(self, context: Context, task: Coroutine[None, None, None]) -> None:
        """Run a task beside the events."""
        running = asyncio.create_task(self._guard(context, task))
        self._tasks.add(running)
        running.add_done_callback(self._tasks.discard)

    async def _context(
        self,
        where: ChatRef,
        member: MemberRef,
        *,
        message: MessageRef | None = None,
        member_name: str | None = None,
        files: tuple[SentFile, ...] = (),
    ) -> Context:
        community = self._community_of(where)
        if member not in self.speaks:
            known = await self.in_lane(
                "answers", partial(self._library.repository.member_language, member)
            )
            self.speaks[member] = known or community.language
        return Context(
            library=self._library,
            features=self._features,
            community=community,
            texts=Texts(self.speaks[member]),
            where=where,
            member=member,
            member_name=member_name,
            message=message,
            files=files,
            next_page=None,
            _dispatch=self,
        )


def _names(commands: Sequence[Command]) -> dict[str, Command]:
    """Every name in every language -> its command."""
    names = {command.name: command for command in commands}
    for language in LANGUAGES:
        texts = Texts(language)
        for command in commands:
            for name in texts.words(f"command-{command.name}"):
                names.setdefault(name, command)
    return names
