"""What features are, and what they are given: a `Context` instead of a platform."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, ParamSpec, Protocol, TypeVar

from bot.chat import (
    Attachment,
    ByMember,
    Capabilities,
    Deleted,
    Edited,
    Event,
    Found,
    Line,
    Mark,
    Reacted,
    Reply,
    Suggestion,
    Wrote,
)
from bot.texts import Texts
from core.consistency import Note
from core.digest import Digest, Subscription
from core.domain import (
    Chat,
    ChatRef,
    Community,
    Language,
    MemberRef,
    MessageRef,
    OwedCard,
    Role,
    SentFile,
)
from core.errors import NotAllowed
from core.model_versions import ModelVersion
from core.questions import Occasion, Purpose, Question
from core.rounds import Round
from core.taxonomy import Taxonomy

if TYPE_CHECKING:
    from bot.dispatch.dispatcher import Dispatch
    from core.library import Library

P = ParamSpec("P")
T = TypeVar("T")

_RANKS = {Role.MEMBER: 0, Role.EDITOR: 1, Role.ADMIN: 2}


@dataclass(frozen=True, slots=True)
class Command:
    """Something that a member can ask for by name.

    Attributes:
        name: in Latin letters; `command-NAME` in the locale files is its name in the language,
            `.about` a line about it, `.argument` what follows it (may be missing).
        run: does it; gets what stood after the name.
        section: id of the heading under which /help lists it; None leaves it out.
        suggest: ways to complete what stands after the name.
        needs: who may give it.
        is_quiet: in a group nobody but the member sees the answer.
        is_for_messages: it can be given on somebody's message.
        is_for_buttons: it stands behind buttons only; menus leave it out.
    """

    name: str
    run: Callable[["Context", str], Awaitable[None]]
    section: str | None = None
    suggest: Callable[["Context", str], Awaitable[Sequence[Suggestion]]] | None = None
    needs: Role = Role.MEMBER
    is_quiet: bool = False
    is_for_messages: bool = False
    is_for_buttons: bool = False


class Joining(Protocol):
    """See `bot.features.groups`."""

    def __call__(self, context: "Context", /, *, is_back: bool) -> Awaitable[None]:
        """The bot was taken into a chat; it may have been there before."""
        ...


class LookUp(Protocol):
    """See `bot.features.looking_up`."""

    def __call__(
        self,
        library: "Library",
        communities: Sequence[Community],
        query: str,
        /,
        *,
        texts: Texts,
        offset: int,
        limit: int,
    ) -> Sequence[Found]:
        """Find items of communities."""
        ...


@dataclass(frozen=True, slots=True)
class Manner:
    """How questions of one purpose are asked, where it is not as all are (`bot.features.asking`).

    Attributes:
        title: what stands above each question; None: `asking-title-PURPOSE` of the locale files.
        noted: what is said above the next question after one was answered or skipped
            (`Question.answer` is None then), such as feedback in practice; None: what was recorded.
        done: what is said when nothing of an occasion is left; None: thanks.
    """

    title: Callable[["Context", Occasion], Awaitable[str]] | None = None
    noted: Callable[["Context", Question], Awaitable[Sequence[Line]]] | None = None
    done: Callable[["Context", Occasion], Awaitable[Reply]] | None = None


@dataclass(frozen=True, slots=True)
class Topic:
    """A discussion as it is held in a place.

    Attributes:
        name: of its thread.
        reply: what the message says that it is held under.
    """

    name: str
    reply: Reply


@dataclass(frozen=True, slots=True)
class Features:
    """Everything that the bot can do: made in `bot.features`, used here.

    Attributes:
        commands: in the order of /help.
        wrote: takes in messages that are no command: those that one member sent together.
        reacted: takes in signs that a member put on a message.
        edited, deleted: a message is not what it was.
        joined: the bot was taken into a chat.
        owed: brings to their end the items whose cards a chat waits for since an earlier run.
        card: an item's card as it stands now, for a place where it was sent before.
        discussion: a discussion as it stands now, by its id.
        look_up: finds items of communities for somebody who is in another chat.
        note: words a week's consistency note.
        digest: words a digest, with a picture of it; a community gets those of a week.
        digest_news: says why there is none: "late", the time is over; "unreadable", the query.
        ask: shows a member the question of an occasion that they are to answer now; False: none is.
        manners: how questions are asked, by their purpose.
        trained: words for a chat how the making of a model ended.
        remind: reminds a member, in private, of a review round that waits for them.
    """

    commands: tuple[Command, ...]
    wrote: Callable[["Context", Sequence[Wrote]], Awaitable[None]]
    reacted: Callable[["Context", Reacted], Awaitable[None]]
    edited: Callable[["Context", Edited], Awaitable[None]]
    deleted: Callable[["Context", Deleted], Awaitable[None]]
    joined: Joining
    owed: Callable[["Context", Sequence[OwedCard]], Coroutine[None, None, None]]
    card: Callable[["Context", Sequence[int]], Awaitable[Reply | None]]
    discussion: Callable[["Context", int], Awaitable[Topic | None]]
    look_up: LookUp
    note: Callable[[Note, Community, Taxonomy, Texts], Reply]
    digest: Callable[[Digest, Community, Taxonomy, Texts], Reply]
    digest_news: Callable[[str, Subscription, Community, Taxonomy, Texts], Reply]
    ask: Callable[["Context", Occasion], Awaitable[bool]]
    manners: Mapping[Purpose, Manner]
    remind: Callable[["Context", Round], Awaitable[None]]
    trained: Callable[["Context", ModelVersion], Awaitable[Reply]]


@dataclass(frozen=True, slots=True)
class Context:
    """One event's surroundings.

    Attributes:
        library: the use cases.
        features: for /help.
        chat: the place: whom it speaks for, whether it is one person's.
        community: whose collection it is about.
        texts: words in the language that is spoken here: the member's own in private, the
            community's in a group.
        where: where answers go.
        member, member_name: who asked; nobody when a chat is spoken to by itself.
        event: what happened; None when the bot speaks by itself.
        message: the message that answers refer to.
        files: what was attached to it.
        about: the message that a command was given on.
        next_page: the command that /more stands for, if the last answer offered one.
        capabilities: what the platform can do.
        is_quiet: only the member sees the answer, where the platform can.
        is_secret: nobody else sees it, even if the member does not get it then.
        kept: the event's row in the inbox.
    """

    library: "Library"
    features: Features
    chat: Chat
    community: Community
    texts: Texts
    where: ChatRef
    member: MemberRef
    member_name: str | None
    event: Event | ByMember | None
    message: MessageRef | None
    files: tuple[SentFile | Attachment, ...]
    about: Wrote | None
    next_page: str | None
    capabilities: Capabilities
    is_quiet: bool = False
    is_secret: bool = False
    kept: int | None = None
    _dispatch: "Dispatch" = field(repr=False, kw_only=True)

    # ── work ─────────────────────────────────────────────────────────────────────────────────────

    async def run(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Call a function of the core that a person waits for, off the event loop."""
        return await self._dispatch.in_lane("answers", partial(function, *args, **kwargs))

    async def once(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Call a function of the core whose effect differs when it is called again, such as what a
        button turns on and off: it is done in one transaction with crossing off the event, so that
        a crash can neither lose it nor do it twice."""

        def together() -> T:
            with self.library.repository.transaction():
                if self.kept is not None:
                    self.library.repository.event_done(self.kept)
                return function(*args, **kwargs)

        return await self.run(together)

    def work(
        self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs
    ) -> "asyncio.Future[T]":
        """Queue longer work of the core; it begins after everything queued before."""
        return self._dispatch.in_lane("work", partial(function, *args, **kwargs))

    async def aside(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Call what takes seconds and changes nothing, such as drawing: neither answers to others
        nor longer work wait for it."""
        return await self._dispatch.aside(partial(function, *args, **kwargs))

    def behind(self, task: Coroutine[None, None, None]) -> None:
        """Go on with a task after the event is handled; its errors are told as the event's are."""
        self._dispatch.behind(self, task)

    async def pause(self, seconds: float) -> None:
        """Let some time pass."""
        await self._dispatch.sleep(seconds)

    def busy(self) -> int:
        """Pieces of longer work that are under way or wait, of everybody."""
        return self._dispatch.busy()

    # ── answers ──────────────────────────────────────────────────────────────────────────────────

    async def reply(self, reply: Reply) -> tuple[MessageRef, ...]:
        """Send an answer, as several messages if it is long; in private, if the command is quiet.

        Raises:
            DeliveryFailed
        """
        return await self._dispatch.answers.send(self, reply)

    async def whisper(self, reply: Reply) -> tuple[MessageRef, ...]:
        """Answer so that only the member sees it; where that cannot be, so that all do, unless it
        answers a quiet command."""
        return await self._dispatch.answers.send(replace(self, is_quiet=True), reply)

    async def edit(self, message: MessageRef, reply: Reply) -> tuple[MessageRef, ...]:
        """Replace an earlier answer; what does not fit in one message follows in further ones."""
        return await self._dispatch.answers.edit(self, message, reply)

    async def withdraw(self, message: MessageRef) -> None:
        """Take an earlier answer back."""
        await self._dispatch.answers.withdraw(message)

    async def mark(self, mark: Mark, message: MessageRef | None = None) -> None:
        """Put a sign on a member's message: the one that is answered, if no other is named. A sign
        that cannot be put there is no trouble."""
        await self._dispatch.answers.mark(self, mark, message or self.message)

    def link_to(self, message: MessageRef) -> str | None:
        """The address that leads members of its chat to a message, if there is one."""
        return self._dispatch.answers.link_to(message)

    def expect(self, does: str) -> None:
        """Take the member's next message as the rest of this command."""
        self._dispatch.answers.open_for(self).expects = does

    def offer_more(self, does: str) -> None:
        """Let /more, or an empty message, stand for this command: the next page."""
        self._dispatch.answers.open_for(self).more = does

    async def do(self, does: str) -> None:
        """Do what a command says, as if the member had given it."""
        await self._dispatch.do(self, does)

    def refresh(self) -> None:
        """Edit the cards that no longer say what is so, soon and behind everything else."""
        self._dispatch.upkeep.refresh()

    def ask_opinions(self) -> None:
        """Ask a language model about new items, if there is one; nobody waits for it."""
        self._dispatch.upkeep.ask_opinions()

    def relabel(self) -> None:
        """Label items again that are due, behind everything else."""
        self._dispatch.upkeep.relabel()

    def train(self) -> None:
        """Make the models that are due, behind everything else."""
        self._dispatch.learning.train()

    # ── who and where ────────────────────────────────────────────────────────────────────────────

    async def role(self) -> Role:
        """What the member may do in the community."""
        return await self._dispatch.standing.role(self)

    async def require(self, role: Role) -> None:
        """Go on only if the member may do what this role may.

        Raises:
            NotAllowed
        """
        if not await self.may(role):
            raise NotAllowed(f"This is for those who are {role} here.", role=str(role))

    async def may(self, role: Role) -> bool:
        """Whether the member may do what this role may."""
        return role is Role.MEMBER or _RANKS[await self.role()] >= _RANKS[role]

    async def communities(self) -> Sequence[Community]:
        """The communities that the member belongs to now; the one this is about is among them."""
        theirs = await self._dispatch.standing.communities_of(self.member)
        is_there = any(each.id == self.community.id for each in theirs)
        return theirs if is_there else [self.community, *theirs]

    async def within(self, community_id: int) -> "Context":
        """The same about another community of the member's.

        Raises:
            NotAllowed: it is a community of others.
        """
        if community_id == self.community.id:
            return self
        return await self._dispatch.elsewhere(self, community_id)

    async def offer(self, member: MemberRef, occasion: Occasion) -> bool:
        """Show a member of the community in private the question of an occasion that they are to
        answer now; False: there is none, or nobody to ask.

        Raises:
            DeliveryFailed: they could not be spoken to.
        """
        return await self._dispatch.outreach.offer(self.community.id, member, occasion)

    async def lacks(self) -> Sequence[str]:
        """What the bot may not do here: ids of sentences for the admin."""
        return await self._dispatch.standing.lacks(self)

    async def fetched(self, file: SentFile | Attachment) -> SentFile:
        """A file's bytes, from the platform if they lie there.

        Raises:
            TooLarge, Unreachable
        """
        return await self._dispatch.answers.download(self.where.platform, file)

    def speaking(self, language: Language) -> "Context":
        """The same, in another language from now on."""
        self._dispatch.standing.speaks[self.member] = language
        return replace(self, texts=Texts(language))

    def changed(self) -> None:
        """Forget what was remembered of members: their data were removed, or their language."""
        self._dispatch.standing.speaks.pop(self.member, None)
