"""The port between chat platforms and everything else: events come in, replies go out.

An adapter in `bot/platforms/` turns its traffic into events, hands them to a `Conversation`, and
turns replies into its traffic. All values are frozen and plain: no connector hides inside, a reply
is made of spans instead of markup, and what a platform can do is data (`Capabilities`) that is read
above the adapters, where long replies are split and missing buttons replaced (`bot.render.fit`).

`ChatRef.chat` is what a community lives in: a private chat, a group, a server with all its
channels. `ChatRef.thread` is one line of it: a topic, a channel, a thread of a channel.
"""

from collections.abc import Awaitable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal, Protocol

from core.domain import ChatRef, Language, MemberRef, MessageRef, SentFile

# ── what comes in ────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that lies with the platform until `Platform.download` gets it.

    Attributes:
        key: by which the platform finds it again, also after a restart.
        name: its file name; made up by the adapter if the platform knows none.
        media_type: as the platform declares it ("image/jpeg"); None if it does not.
        size: in bytes; None if the platform does not say.
    """

    key: str
    name: str
    media_type: str | None = None
    size: int | None = None


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a forwarded message comes from: words to keep, never a person's identity.

    Attributes:
        name: of the channel, group or person as the platform shows it; None where it is hidden.
        link: the public address of the original, if there is one.
    """

    name: str | None = None
    link: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ByMember:
    """What all events have in common that a member causes.

    Attributes:
        message: the message that it is about; `message.where` is where to answer.
        member: who did it; never a chat or a channel.
        member_name: as the platform shows it; None if it does not say.
        id: the platform's own key of this event. What is delivered twice under one key is handled
            once. None: for what is written, the message's address is the key; everything else is
            never taken for the same.
        is_private: nobody is there but the member and the bot.
        place: what the platform calls the chat; None in private.
        locale: BCP 47 tag of the language that the member's app speaks; None if it does not say.
        is_anonymous: the member stands for several people, such as a group's anonymous admins, and
            has no voice of their own.
    """

    message: MessageRef
    member: MemberRef
    member_name: str | None = None
    id: str | None = None
    is_private: bool = True
    place: str | None = None
    locale: str | None = None
    is_anonymous: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Wrote(ByMember):
    """A member wrote or forwarded something that is no command.

    Attributes:
        text: the member's words, unchanged but for the bot's own name in front, by which it was
            called; the caption of a picture or file. Addresses that hide behind words of the text
            follow it on lines of their own.
        files: what was attached, in order.
        origin: where it was forwarded from; None if it is the member's own.
        album: the same for messages that the platform shows as one.
        about: the message that this one answers, as far as the platform hands it along.
        is_addressed: it speaks to the bot: in private, by mention, or as an answer to it.
    """

    text: str
    files: tuple[SentFile | Attachment, ...] = ()
    origin: Origin | None = None
    album: str | None = None
    about: "Wrote | None" = None
    is_addressed: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Commanded(ByMember):
    """A member gave a command: `/search 移工` is `command="search"`, `argument="移工"`.

    Attributes:
        command: its name as written, without the sign in front; in any language, and unchecked.
        argument: the rest, unchanged but for white space around it.
        files: what was attached, in order.
        about: the message that the command was given on, or that it answers.
        is_addressed: it names the bot, or nobody else can be meant.
    """

    command: str
    argument: str = ""
    files: tuple[SentFile | Attachment, ...] = ()
    about: Wrote | None = None
    is_addressed: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Pressed(ByMember):
    """A member pressed a button, or answered a numbered question by its number.

    Attributes:
        message: the message that bears the button.
        does: the button's `does`.
    """

    does: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reacted(ByMember):
    """A member put signs on a message, or took them back.

    Attributes:
        message: the message that bears them.
        added, removed: emoji without variation selectors ("👍"); signs of a group's own are left
            out.
        about: what the message says, as far as the adapter can know it.
    """

    added: frozenset[str] = frozenset()
    removed: frozenset[str] = frozenset()
    about: Wrote | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Edited(ByMember):
    """A member changed a message. `now` is what it says since; `id` differs for each change."""

    now: Wrote


@dataclass(frozen=True, slots=True, kw_only=True)
class Deleted:
    """Messages of members are gone from a chat; the platform does not say by whom."""

    where: ChatRef
    messages: tuple[MessageRef, ...]
    id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """The bot was taken into a chat, or its rights there changed.

    Attributes:
        where: the chat, and a thread of it where it may speak.
        member: who took it in; None if the platform does not say.
        place, is_private, locale: as in `ByMember`.
    """

    where: ChatRef
    member: MemberRef | None = None
    id: str | None = None
    is_private: bool = False
    place: str | None = None
    locale: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """The bot is no longer in a chat: removed, blocked, or the chat is gone."""

    where: ChatRef
    id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """A chat goes on under another address; `where` will not come again."""

    where: ChatRef
    to: ChatRef
    id: str | None = None


Event = Wrote | Commanded | Pressed | Reacted | Edited | Deleted | Joined | Left | Moved


# ── what goes out ────────────────────────────────────────────────────────────────────────────────


class Style(StrEnum):
    """What a span means; how it looks is the adapter's choice."""

    PLAIN = "plain"
    STRONG = "strong"
    FAINT = "faint"
    CODE = "code"
    FOUND = "found"  # the words that a search was for
    SUGGESTED = "suggested"  # a label that only a model proposes
    DECIDED = "decided"  # a label that people confirmed
    DISPUTED = "disputed"  # a label that people discuss
    GOOD = "good"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text. The text is data: adapters escape it, so that no title can break a message.

    `link` is an http or https address that the text leads to.
    """

    text: str
    style: Style = Style.PLAIN
    link: str | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph; no span has a line break in it.

    Attributes:
        spans: what it says; none at all is an empty line.
        lead: a short term in front, such as a number or a dimension's name. Adapters that can,
            align the leads of one indent.
        indent: how deep it stands in a tree or list, from 0; 1 stands under the words of a line
            with a lead.
        quote: the words of the source, not ours.
    """

    spans: tuple[Span, ...] = ()
    lead: tuple[Span, ...] = ()
    indent: int = 0
    quote: bool = False

    @property
    def text(self) -> str:
        """As plain text, the way that lengths are counted: indent, lead, words."""
        lead = "".join(span.text for span in self.lead)
        words = "".join(span.text for span in self.spans)
        return "  " * self.indent + lead + ("  " if lead and words else "") + words


@dataclass(frozen=True, slots=True)
class Button:
    """Something to press.

    Attributes:
        label: what stands on it.
        does: a command with its argument, as a member could type it, but without the sign in front
            ("retry 7"): it means the same tomorrow and after a restart.
        typed: a shorter command that means the same as long as this is the last answer ("more").
    """

    label: str
    does: str
    typed: str | None = None


@dataclass(frozen=True, slots=True)
class Picture(SentFile):
    """A file that platforms show: PNG.

    Attributes:
        alt: what it shows, for who cannot see it. Telegram has no place for it (Bot API,
            sendPhoto), so the words of the reply should tell the most of it, too.
    """

    alt: str = ""


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer. A long one becomes several messages, with the buttons on the last.

    Attributes:
        lines: its paragraphs.
        buttons: rows of buttons.
        asks: the buttons answer a question that this reply asks. Where there are no buttons, they
            become numbered lines and a number is an answer; otherwise they are shown as commands.
        passing: a sign of progress that will be replaced by an edit within seconds or minutes.
        previews: the one address of which the platform may show a preview; None: of none.
        files: handed over with it, `Picture`s among them; on the last message of several.
    """

    lines: tuple[Line, ...]
    buttons: tuple[tuple[Button, ...], ...] = ()
    asks: bool = False
    passing: bool = False
    previews: str | None = None
    files: tuple[SentFile, ...] = ()

    @property
    def text(self) -> str:
        """As plain text, one paragraph a line."""
        return "\n".join(line.text for line in self.lines)


class Mark(StrEnum):
    """A sign on a member's own message: the quietest way to answer it."""

    SEEN = "seen"  # it is written down and will not be lost
    DONE = "done"  # everything it asked for was done
    FAILED = "failed"  # something it asked for was not done; a reply says why


# ── what adapters are, and what they are given ───────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a platform can do.

    Attributes:
        max_text: the longest message, counted in `counts`; None means no limit.
        counts: the unit in which the platform counts lengths.
        button_bytes: the longest `Button.does`, in bytes of UTF-8; 0 means no buttons at all.
        buttons: how many buttons a message can bear; row: how many one row of them.
        edits: what was sent can be changed in place.
        reactions: members' reactions are delivered, at least where the bot has the right.
        intake_by_reaction: a reaction comes with what the message says, so that it can be kept.
        announces_deletions: `Deleted` is delivered.
        forwards: members forward messages, several at once; those that belong together are
            gathered before they are answered.
        threads: a thread of its own can be opened from a message, at least where the bot may.
    """

    max_text: int | None = None
    counts: Literal["characters", "utf-16"] = "characters"
    button_bytes: int = 0
    buttons: int = 0
    row: int = 8
    edits: bool = False
    reactions: bool = False
    intake_by_reaction: bool = False
    announces_deletions: bool = False
    forwards: bool = False
    threads: bool = False

    def length(self, text: str) -> int:
        """The length of a text as the platform counts it."""
        return (
            len(text)
            if self.counts == "characters"
            else len(text.encode("utf-16-le", "surrogatepass")) // 2
        )


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A way to go on with what is being typed.

    Attributes:
        text: what to put in place of the last `replaces` characters.
        replaces: how many characters before the cursor it takes the place of.
        meaning: what it stands for, in the member's language; may be empty.
    """

    text: str
    replaces: int
    meaning: str = ""


@dataclass(frozen=True, slots=True)
class MenuEntry:
    """A command as platforms list it in their menus.

    Attributes:
        name: in Latin letters, as in `Commanded.command`.
        names, about: its name and a line about it in each language.
        argument: what follows it in each language; empty if nothing does.
        is_completed: `Conversation.suggest` has ways to go on with its argument.
        is_for_messages: it can be given on somebody's message (`Commanded.about`).
        for_admins: only of use to those who look after the chat. The menu is no lock: rights are
            checked when the command comes.
    """

    name: str
    names: Mapping[Language, str]
    about: Mapping[Language, str]
    argument: Mapping[Language, str] = field(default_factory=dict)
    is_completed: bool = False
    is_for_messages: bool = False
    for_admins: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """An item offered while a member looks something up from anywhere.

    Attributes:
        key: of the item, the same each time, at most 64 bytes.
        title, about: two short lines to choose by.
        reply: what is put into the chat when it is chosen; without buttons.
    """

    key: str
    title: str
    about: str
    reply: Reply


class DeliveryFailed(Exception):
    """A message could not be sent, edited, marked or downloaded.

    Args:
        message: English: what was tried and what the platform answered.
        retry_after_s: seconds after which trying again helps; None if it never will.
        is_gone: the chat or message is not there (any more), or the bot has no right to it.
        moved_to: the chat goes on there.
    """

    def __init__(
        self,
        message: str,
        *,
        retry_after_s: float | None = None,
        is_gone: bool = False,
        moved_to: ChatRef | None = None,
    ) -> None:
        super().__init__(message)
        self.retry_after_s = retry_after_s
        self.is_gone = is_gone
        self.moved_to = moved_to


class Conversation(Protocol):
    """What an adapter talks to. The one implementation is `bot.dispatch.Dispatch`."""

    async def handle(self, event: Event) -> Awaitable[None]:
        """Take an event in: on return it is written down, and the platform may be told so.

        Events of one chat are answered in the order in which they were handed over. Never raises
        for what an event says.

        Returns:
            Something that can be awaited (and need not be): it ends when the event is answered.
            Longer work goes on behind, and is answered when done.

        Raises:
            CommonplaceError: it could not be written down; hand it over again later.
        """
        ...

    async def suggest(
        self, where: ChatRef, member: MemberRef, command: str, argument: str | None
    ) -> Sequence[Suggestion]:
        """Ways to go on with the command that a member is typing.

        Args:
            where, member: as in an event.
            command: its name as far as typed, without the sign in front.
            argument: what stands between the name and the cursor; None while the name is typed.
        """
        ...

    async def look_up(
        self, member: MemberRef, query: str, *, locale: str | None, offset: int, limit: int
    ) -> Sequence[Found]:
        """Items of the communities that a member belongs to, best first; newest without a query."""
        ...

    def say(
        self, where: ChatRef, member: MemberRef, message: str, /, **values: str | int | float
    ) -> str:
        """Word a message of the locale files for a member: an adapter's own few words."""
        ...

    def menu(self) -> Sequence[MenuEntry]:
        """The commands, most needed first."""
        ...

    def last_seen(self, where: ChatRef) -> str | None:
        """The id of the newest message of a thread that was ever written down: a platform that does
        not deliver what it missed reads on from there."""
        ...

    async def resume(self, platform: str) -> None:
        """Go on with what an earlier run left unfinished on a platform, and answer there.

        Called by the adapter when it has started and can deliver.
        """
        ...

    def busy(self) -> int:
        """How many pieces of longer work are under way or waiting."""
        ...

    async def settled(self) -> None:
        """Wait until everything is answered and no longer work is under way."""
        ...


class Platform(Protocol):
    """A chat platform. `tests/contract/test_platform.py` is what each adapter must hold."""

    @property
    def name(self) -> str:
        """As it stands in `ChatRef.platform`."""
        ...

    @property
    def capabilities(self) -> Capabilities:
        """What it can do."""
        ...

    async def start(self, conversation: Conversation) -> None:
        """Begin to deliver events, in the order in which they happened in each chat."""
        ...

    async def stop(self) -> None:
        """Deliver no more events; what was sent stays. Stopping twice, or unstarted, is allowed."""
        ...

    async def send(
        self, where: ChatRef, reply: Reply, *, answers: MessageRef | None = None, key: str = ""
    ) -> tuple[MessageRef, ...]:
        """Send a reply that fits the capabilities.

        Nobody is ever called by it (mentions do not ping), and nothing in it is markup.

        Args:
            where: the chat, and the thread of it.
            reply: what to say.
            answers: the message that it answers, shown so where the platform can; one that is gone
                is no reason not to send.
            key: the same for two attempts at one delivery: a platform that can tell (Discord:
                `nonce`) shows it once.

        Returns:
            The addresses of the messages that were made of it, in order; the last has the buttons.

        Raises:
            DeliveryFailed: nothing was sent.
        """
        ...

    async def open_thread(self, message: MessageRef, name: str) -> ChatRef:
        """Open a thread from a message, to go on about it; the one that was opened from it before,
        if there is one.

        Args:
            message: ours or a member's.
            name: what the thread is called; cut where the platform wants it shorter.

        Returns:
            Where to send: the thread; the message's own place where there are no threads, where
            there is no thread of a thread, or where the bot may not open one.

        Raises:
            DeliveryFailed: the platform did not answer; nothing was opened.
        """
        ...

    async def whisper(self, event: ByMember, reply: Reply) -> tuple[MessageRef, ...]:
        """Answer an event so that only its member sees it, as the platform can: beside the button
        that was pressed, as an answer for one pair of eyes, in private.

        Returns:
            The addresses of messages that can be edited; none for what vanishes by itself.

        Raises:
            DeliveryFailed: the member did not get it (never wrote to the bot, closed the door).
        """
        ...

    async def edit(self, message: MessageRef, reply: Reply) -> None:
        """Replace what a message says by a reply that fits the capabilities; the same words again
        are no error.

        Raises:
            DeliveryFailed: the message says what it said before.
        """
        ...

    async def withdraw(self, message: MessageRef) -> None:
        """Take back a message that was sent.

        Raises:
            DeliveryFailed: it is still there.
        """
        ...

    async def mark(self, message: MessageRef, mark: Mark) -> None:
        """Put a sign on a member's message, replacing an earlier one.

        Raises:
            DeliveryFailed: the sign could not be put there.
        """
        ...

    async def download(self, attachment: Attachment, *, max_bytes: int) -> SentFile:
        """Get a file that came with an event.

        Raises:
            TooLarge: it has more bytes, or the platform hands out no file of that size.
            DeliveryFailed: it cannot be had.
        """
        ...

    async def is_admin(self, where: ChatRef, member: MemberRef) -> bool:
        """Whether the platform lets a member look after a chat; in private, everybody does.

        Raises:
            DeliveryFailed: the platform does not say.
        """
        ...

    async def is_member(self, where: ChatRef, member: MemberRef) -> bool:
        """Whether a member is in a chat now.

        Raises:
            DeliveryFailed: the platform does not say.
        """
        ...

    async def lacks(self, where: ChatRef, *, hears_all: bool) -> Sequence[str]:
        """What the bot may not do in a chat although it would be of use: ids of messages in the
        locale files, each a sentence for the admin that says what to change.

        Args:
            where: the chat.
            hears_all: messages are to be kept that do not address the bot.

        Raises:
            DeliveryFailed: the platform does not say.
        """
        ...

    def link_to(self, message: MessageRef) -> str | None:
        """The https address that leads members of its chat to a message, if there are such."""
        ...

    def private(self, member: MemberRef) -> ChatRef | None:
        """The private chat with a member, if its address is known without asking."""
        ...

    async def approach(self, member: MemberRef) -> ChatRef:
        """The private chat in which a member can be spoken to first, opened if need be.

        Raises:
            DeliveryFailed: there is none, or none can be opened. Telegram only tells when something
                is sent: to who never wrote to the bot, nothing can be.
        """
        ...

    def door(self, key: str) -> str | None:
        """An address that opens the private chat and hands over `/start KEY`.

        Args:
            key: at most 64 of the characters A-Z, a-z, 0-9, "_" and "-".
        """
        ...
