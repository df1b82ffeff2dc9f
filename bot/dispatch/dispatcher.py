"""Takes events in, finds their feature and its thread, and turns what goes wrong into a sentence.

1. `handle` writes an event down (`bot.inbox`); the platform may forget it from then on.
2. The events of a chat are answered in their order; chats do not wait for each other.
3. What a member writes is gathered for a moment where members forward, since what belongs together
   comes as several messages.
4. What is answered is crossed off. After a crash, `resume` goes on with what is not.

Its parts: `places` and `standing` know where and who, `commands` what can be asked for; `answering`
and `delivery` say it; `gathering` and `lines` keep order; `lanes` keep the event loop free,
`upkeep` goes on behind, `outreach` speaks first, and `notes` and `digests` go out once a
week, posted by `posting`.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from bot.chat import (
    ByMember,
    Commanded,
    Deleted,
    DeliveryFailed,
    Edited,
    Event,
    Found,
    Joined,
    Left,
    Mark,
    MenuEntry,
    Moved,
    Platform,
    Pressed,
    Reacted,
    Suggestion,
    Wrote,
)
from bot.dispatch.answering import Answering
from bot.dispatch.commands import Commands
from bot.dispatch.context import Context, Features
from bot.dispatch.delivery import Delivery, community_of, phrase_of
from bot.dispatch.digests import DigestPost
from bot.dispatch.gathering import Gatherer, Held, Key, Sleep
from bot.dispatch.lanes import Lane, Lanes
from bot.dispatch.learning import Learning
from bot.dispatch.left_open import LeftOpen
from bot.dispatch.lines import Lines
from bot.dispatch.notes import Notes
from bot.dispatch.outreach import Outreach
from bot.dispatch.places import Place, Places
from bot.dispatch.posting import Posting
from bot.dispatch.standing import NOBODY, Standing, spoken
from bot.dispatch.upkeep import Upkeep
from bot.inbox import Inbox, Waiting, where_of
from bot.render import talk
from bot.texts import Texts
from core.domain import (
    LANGUAGES,
    ChatRef,
    Community,
    MemberRef,
    MessageRef,
    Role,
)
from core.errors import CommonplaceError, NotAllowed

if TYPE_CHECKING:
    from core.library import Library

log = logging.getLogger(__name__)

T = TypeVar("T")


class Dispatch:
    """The one `bot.chat.Conversation`.

    Args:
        library: the use cases.
        features: everything the bot can do.
        platforms: where events come from and answers go.
        homes: platforms all of whose chats speak for one community, such as the terminal.
        is_allowed: whether a chat is let in.
        sleep: waits while messages that belong together come in.
    """

    def __init__(
        self,
        library: "Library",
        features: Features,
        platforms: Sequence[Platform],
        *,
        homes: Mapping[str, Community] | None = None,
        is_allowed: Callable[[ChatRef], bool] = lambda _: True,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        self._library = library
        self._features = features
        self._delivery = Delivery(platforms, moved=self._moved, shelve=self._shelve)
        self._places = Places(library, homes or {}, is_allowed)
        self._inbox = Inbox(library.repository, library.clock)
        self.commands = Commands(features.commands)
        self._lanes = Lanes()
        self._lines = Lines()
        self.sleep = sleep
        self._gatherer = Gatherer(sleep, self._queue_held)
        self._tasks: set[asyncio.Task[None]] = set()
        self._turned_away: set[ChatRef] = set()
        self.standing = Standing(library, self._delivery, self._lanes)
        self.answers = Answering(self._delivery)
        posting = Posting(library, self._delivery, self._lanes)
        self.notes = Notes(library, features, self._delivery, posting, self._lanes, self.standing)
        self.upkeep = Upkeep(
            library,
            features,
            self._delivery,
            self._places,
            self._lanes,
            context=self._context,
            behind=self.behind,
        )
        self.learning = Learning(
            library,
            features,
            self._delivery,
            posting,
            self._places,
            self._lanes,
            context=self._context,
        )
        self.outreach = Outreach(
            library,
            features,
            self._delivery,
            self._places,
            self.standing,
            self._lanes,
            context=self._context,
        )

        self.digests = DigestPost(
            library, features, self._delivery, posting, self.outreach, self._lanes
        )

    # ── as adapters see it ───────────────────────────────────────────────────────────────────────

    async def handle(self, event: Event) -> Awaitable[None]:
        """Take an event in; see `bot.chat.Conversation`."""
        waiting = await self.in_lane("answers", partial(self._inbox.keep, event))
        if waiting is None:
            log.info(
                "known already: %s platform=%s", type(event).__name__, where_of(event).platform
            )
            return _done()
        return self._queue(waiting)

    async def suggest(
        self, where: ChatRef, member: MemberRef, command: str, argument: str | None
    ) -> Sequence[Suggestion]:
        """Ways to complete a command; see `bot.chat.Conversation`."""
        place = await self.in_lane("answers", partial(self._places.known, where))
        if place is None:
            return ()
        context = await self._context(place, where, member)
        if argument is None:
            return self.commands.suggest(command, context.texts)
        found = self.commands.find(command)
        if found is None or found.suggest is None:
            return ()
        try:
            return await found.suggest(context, argument)
        except CommonplaceError as error:
            log.debug("no suggestions for %s: %s", found.name, error.code)
            return ()

    async def look_up(
        self, member: MemberRef, query: str, *, locale: str | None, offset: int, limit: int
    ) -> Sequence[Found]:
        """Items of a member's communities; see `bot.chat.Conversation`."""
        communities = await self.standing.communities_of(member)
        if not communities:
            return []
        texts = self.standing.texts(member, locale, communities[0])
        find = partial(
            self._features.look_up,
            self._library,
            communities,
            query,
            texts=texts,
            offset=offset,
            limit=limit,
        )
        return await self.in_lane("answers", find)

    def say(
        self, where: ChatRef, member: MemberRef, message: str, /, **values: str | int | float
    ) -> str:
        """Word a message for a member; see `bot.chat.Conversation`."""
        language = self.standing.speaks.get(member)
        if language is None:
            place = self._places.known(where)
            language = place.community.language if place is not None else LANGUAGES[0]
        return Texts(language).say(message, **values)

    def menu(self) -> Sequence[MenuEntry]:
        """The commands; see `bot.chat.Conversation`."""
        return self.commands.menu()

    def last_seen(self, where: ChatRef) -> str | None:
        """The newest message that was written down; see `bot.chat.Conversation`."""
        return self._library.repository.last_message(where)

    async def resume(self, platform: str) -> None:
        """Go on with what was left unfinished; see `bot.chat.Conversation`."""
        for waiting in await self.in_lane("answers", partial(self._inbox.waiting, platform)):
            self._queue(waiting)
        await self.upkeep.resume(platform)
        self.digests.post_due()
        self.learning.train()  # what an earlier run left
        self.outreach.ask_daily()  # also whose time came while nobody was there

    def busy(self) -> int:
        """Pieces of longer work that are under way or wait."""
        return len(self._lanes.working)

    async def settled(self) -> None:
        """Wait until everything is answered and no longer work is under way."""
        while tasks := self._under_way():
            await asyncio.wait(tasks)

    def is_settled(self) -> bool:
        """Whether there is nothing to wait for."""
        return not self._under_way()

    def _under_way(self) -> "set[asyncio.Future[Any]]":
        return {
            *self._tasks,
            *self._lines.tasks,
            *self._gatherer.tasks,
            *self.upkeep.tasks,
            *self.outreach.tasks,
            *self.digests.tasks,
            *self._behind_all(),
            *self._lanes.working,
        }

    def _behind_all(self) -> "list[asyncio.Task[None]]":
        behind = (self.upkeep.relabelling, self.learning.task)
        return [task for task in behind if task is not None and not task.done()]

    async def stop(self) -> None:
        """Finish the piece of work in hand, leave the others for the next start, and let go."""
        await self.digests.stop()
        for task in (
            *self._gatherer.tasks,
            *self._lines.tasks,
            *self.upkeep.tasks,
            *self.outreach.tasks,
            *self._tasks,
        ):
            task.cancel()
        for behind in (self.upkeep.asking, self.upkeep.relabelling, self.learning.task):
            if behind is not None:
                behind.cancel()
        await self._lanes.stop()
        await self.settled()
        await asyncio.to_thread(self._inbox.leave)

    # ── from event to feature ────────────────────────────────────────────────────────────────────

    def _queue(self, waiting: Waiting) -> "asyncio.Task[None]":
        where = where_of(waiting.event)
        return self._lines.queue((where.platform, where.chat), lambda: self._answer(waiting))

    async def _answer(self, waiting: Waiting) -> None:
        """Answer an event and cross it off; a gathered one is crossed off with the others."""
        try:
            is_gathered = await self._route(waiting)
        except (CommonplaceError, DeliveryFailed):
            log.exception("event=%s not answered", waiting.id)
            is_gathered = False
        if not is_gathered:
            await self._cross_off([waiting])

    async def _begin(self, waiting: Waiting) -> bool:
        """Count an attempt to answer an event; False if there were too many, and it is given up."""
        if await self.in_lane("answers", partial(self._inbox.begin, waiting)):
            return True
        event = waiting.event
        if isinstance(event, (Wrote, Commanded)):
            with suppress(DeliveryFailed):
                await self._delivery.mark(event.message, Mark.FAILED)
        return False

    async def _cross_off(self, answered: Sequence[Waiting]) -> None:
        for each in answered:
            await self.in_lane("answers", partial(self._inbox.done, each))

    async def _route(self, waiting: Waiting) -> bool:
        """Find what an event is for; True if it waits for others that belong to it."""
        event = waiting.event
        if not self._places.is_allowed(where_of(event)):
            await self._turn_away(event)
            return False
        if not self._is_gathered(event) and not await self._begin(waiting):
            return False
        match event:
            case ByMember():
                return await self._of_member(waiting, event)
            case Left(where=where):
                await self.in_lane("answers", partial(self._library.membership.leave, where))
            case Moved(where=where, to=to):
                await self._moved(where, to)
            case Joined():
                await self._joined(event)
            case Deleted(where=where):
                place = await self.in_lane("answers", partial(self._places.known, where))
                if place is not None:
                    context = await self._context(place, where, NOBODY, event=event)
                    await self._guard(context, self._features.deleted(context, event))
        return False

    async def _of_member(self, waiting: Waiting, event: ByMember) -> bool:
        where, member = event.message.where, event.member
        find = partial(
            self._places.find,
            where,
            is_private=event.is_private,
            title=event.place,
            locale=event.locale,
            member=member,
            member_name=event.member_name,
        )
        place = await self.in_lane("answers", find)
        context = await self._context(place, where, member, event=event)
        context = replace(context, kept=waiting.id)
        if place.is_new and isinstance(event, (Wrote, Commanded)) and event.is_addressed:
            # a group that it was in before anybody told that it joined
            await self._guard(context, self._features.joined(context, is_back=False))
        left = LeftOpen()
        if isinstance(event, (Commanded, Pressed)) or (
            isinstance(event, Wrote) and event.is_addressed
        ):
            left = self.answers.take_open(where, member)
        context = replace(context, next_page=left.more)
        match event:
            case Wrote():
                meant = None if event.files else left.meant(event.text.strip(), context.texts)
                if meant is not None:
                    await self._guard(context, self.do(context, meant))
                elif not (event.text.strip() or event.files or event.about is not None):
                    return False
                elif self._is_gathered(event):
                    self._gather(waiting, event, context)
                    return True
                else:
                    await self._guard(context, self._features.wrote(context, [event]))
            case Commanded(command=command, argument=argument):
                await self._what_came_before(event)
                await self._guard(context, self._command(context, command, argument))
            case Pressed(does=does):
                await self._guard(context, self.do(context, does))
            case Reacted():
                await self._guard(context, self._features.reacted(context, event))
            case Edited():
                await self._what_came_before(event)
                await self._guard(context, self._features.edited(context, event))
        return False

    async def _joined(self, event: Joined) -> None:
        find = partial(
            self._places.find,
            event.where,
            is_private=event.is_private,
            title=event.place,
            locale=event.locale,
            member=event.member,
        )
        before = await self.in_lane("answers", partial(self._places.known, event.where))
        place = await self.in_lane("answers", find)
        context = await self._context(place, event.where, event.member or NOBODY, event=event)
        is_back = before is not None and before.chat.paused_at is not None
        await self._guard(context, self._features.joined(context, is_back=is_back))

    async def _turn_away(self, event: Event) -> None:
        """Tell somebody who is not let in so, once; groups are not told."""
        if not isinstance(event, ByMember) or not event.is_private:
            return
        where = event.message.where
        if where not in self._turned_away:
            self._turned_away.add(where)
            texts = Texts(spoken(event.locale) or LANGUAGES[0])
            reply = talk.said(texts, "not-let-in", chat=f"{where.platform}:{where.chat}")
            await self._delivery.send(where, reply, community=0)

    # ── messages that belong together ────────────────────────────────────────────────────────────

    def _is_gathered(self, event: Event) -> bool:
        """Whether an event waits for others before anything is done about it."""
        return isinstance(event, Wrote) and self._delivery.capabilities(where_of(event)).forwards

    def _gather(self, waiting: Waiting, event: Wrote, context: Context) -> None:
        key = (event.message.where, event.member)
        self._gatherer.add(key, waiting, partial(self._gathered, context))

    async def _gathered(self, context: Context, gathered: Sequence[Waiting]) -> None:
        """Answer messages that came together, and cross them off."""
        begun = [each for each in gathered if await self._begin(each)]
        pieces = [each.event for each in begun if isinstance(each.event, Wrote)]
        if pieces:
            await self._guard(context, self._features.wrote(context, pieces))
        await self._cross_off(begun)

    def _queue_held(self, key: Key, held: Held) -> None:
        async def answer() -> None:
            await held.answer(held.messages)

        where, _ = key
        self._lines.queue((where.platform, where.chat), answer)

    async def _what_came_before(self, event: ByMember) -> None:
        """Answer what a member wrote just before."""
        if (held := self._gatherer.take((event.message.where, event.member))) is not None:
            await held.answer(held.messages)

    # ── commands ─────────────────────────────────────────────────────────────────────────────────

    async def do(self, context: Context, does: str) -> None:
        """Run a command as if the member had given it.

        A button that is about another community is obeyed if the member belongs to that one.
        """
        about, does = community_of(does)
        if about is not None and about != context.community.id:
            context = await self.elsewhere(context, about)
        if (number := phrase_of(does)) is not None:
            words = await context.run(self._library.repository.phrase, number)
            if words is None:
                await context.whisper(talk.said(context.texts, "button-too-old"))
                return
            does = words
        name, _, argument = does.partition(" ")
        await self._command(context, name, argument)

    async def elsewhere(self, context: Context, community: int) -> Context:
        """A context about another community of its member's.

        Raises:
            NotAllowed: it is a community of others.
        """
        mine = await self.standing.communities_of(context.member)
        found = next((each for each in mine if each.id == community), None)
        if found is None:
            raise NotAllowed("The button is about a community of others.", role=Role.MEMBER)
        return replace(context, community=found)

    async def _command(self, context: Context, name: str, argument: str) -> None:
        command = self.commands.find(name)
        if command is None:
            if isinstance(context.event, Commanded) and not context.event.is_addressed:
                return  # another bot's, perhaps
            near = self.commands.near(name, context.texts)
            await context.reply(talk.unknown_command(context.texts, name, near))
            await context.mark(Mark.FAILED)
            return
        log.info("command=%s community=%s", command.name, context.community.id)
        if command.is_quiet and not context.chat.is_private:
            texts = self._members(context)
            context = replace(context, is_quiet=True, is_secret=True, texts=texts)
        await context.require(command.needs)
        await command.run(context, argument.strip())

    # ── errors ───────────────────────────────────────────────────────────────────────────────────

    async def _guard(self, context: Context, task: Awaitable[None]) -> None:
        """Await a task; whatever goes wrong becomes a sentence, a sign and a line in the log."""
        try:
            try:
                await task
            except CommonplaceError as error:
                log.info("answered with error=%s community=%s", error.code, context.community.id)
                await context.whisper(talk.error(context.texts, error))
                await context.mark(Mark.FAILED)
            except DeliveryFailed:
                raise
            except Exception:
                log.exception("unexpected error community=%s", context.community.id)
                await context.whisper(talk.error(context.texts, CommonplaceError("unexpected")))
                await context.mark(Mark.FAILED)
        except DeliveryFailed as error:
            log.warning("not delivered to %s: %s", context.where.platform, error)

    # ── lanes and tasks ──────────────────────────────────────────────────────────────────────────

    def in_lane(self, lane: Lane, function: Callable[[], T]) -> "asyncio.Future[T]":
        """Queue a call in a lane."""
        return self._lanes.call(lane, function)

    def aside(self, function: Callable[[], T]) -> "asyncio.Future[T]":
        """Call in a thread of its own."""
        return self._lanes.aside(function)

    def behind(self, context: Context, task: Coroutine[None, None, None]) -> None:
        """Run a task beside the events."""
        running = asyncio.create_task(self._guard(context, task))
        self._tasks.add(running)
        running.add_done_callback(self._tasks.discard)

    # ── who and where ────────────────────────────────────────────────────────────────────────────

    async def _shelve(self, community: int, words: str) -> int:
        repository, now = self._library.repository, self._library.clock.now()
        return await self.in_lane(
            "answers", partial(repository.keep_phrase, community, words, at=now)
        )

    async def _moved(self, where: ChatRef, to: ChatRef) -> None:
        await self.in_lane("answers", partial(self._library.membership.move, where, to))

    async def _context(
        self,
        place: Place,
        where: ChatRef,
        member: MemberRef,
        *,
        event: Event | ByMember | None = None,
        message: MessageRef | None = None,
    ) -> Context:
        await self.standing.learn_language(member)
        context = Context(
            library=self._library,
            features=self._features,
            chat=place.chat,
            community=place.community,
            texts=Texts(place.community.language),
            where=where,
            member=member,
            member_name=event.member_name if isinstance(event, ByMember) else None,
            event=event,
            message=event.message if isinstance(event, ByMember) else message,
            files=event.files if isinstance(event, (Wrote, Commanded)) else (),
            about=event.about if isinstance(event, (Wrote, Commanded)) else None,
            next_page=None,
            capabilities=self._delivery.capabilities(where),
            _dispatch=self,
        )
        return replace(context, texts=self._members(context)) if place.chat.is_private else context

    def _members(self, context: Context) -> Texts:
        """The words that a member is spoken to in."""
        locale = context.event.locale if isinstance(context.event, ByMember) else None
        return self.standing.texts(context.member, locale, context.community)


def _done() -> "asyncio.Future[None]":
    """What need not be waited for."""
    done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
    done.set_result(None)
    return done
