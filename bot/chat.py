"""The port between chat platforms and everything else: events come in, replies go out.

An adapter in `bot/platforms/` turns its traffic into events, hands them to a `Conversation`, and
turns replies into its traffic. All values are frozen and plain: no connector hides inside, a reply
is made of spans instead of markup, and what a platform can do is data (`Capabilities`) that is read
above the adapters, where long replies are split and missing buttons replaced (`bot.render.fit`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal, Protocol

from core.domain import ChatRef, MemberRef, MessageRef, SentFile

# ── what comes in ────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class Wrote:
    """A member wrote or forwarded something that is no command.

    Attributes:
        message: the message itself; `message.where` is where to answer.
        member: who wrote it.
        member_name: as the platform shows it; None if it does not say.
        text: the member's words, unchanged.
        files: what was attached, in order.
    """

    message: MessageRef
    member: MemberRef
    text: str
    member_name: str | None = None
    files: tuple[SentFile, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Commanded:
    """A member gave a command: `/search 移工` is `command="search"`, `argument="移工"`.

    Attributes:
        command: its name as written, without the sign in front; in any language, and unchecked.
        argument: the rest, unchanged but for white space around it.
        The others: as in `Wrote`.
    """

    message: MessageRef
    member: MemberRef
    command: str
    argument: str = ""
    member_name: str | None = None
    files: tuple[SentFile, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Pressed:
    """A member pressed a button, or answered a numbered question by its number.

    Attributes:
        message: the message that bears the button.
        does: the button's `does`.
        member, member_name: as in `Wrote`.
    """

    message: MessageRef
    member: MemberRef
    does: str
    member_name: str | None = None


Event = Wrote | Commanded | Pressed


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
class Reply:
    """One answer. A long one becomes several messages, with the buttons on the last.

    Attributes:
        lines: its paragraphs.
        buttons: rows of buttons.
        asks: the buttons answer a question that this reply asks. Where there are no buttons, they
            become numbered lines and a number is an answer; otherwise they are shown as commands.
        passing: a sign of progress that will be replaced by an edit within seconds or minutes.
    """

    lines: tuple[Line, ...]
    buttons: tuple[tuple[Button, ...], ...] = ()
    asks: bool = False
    passing: bool = False

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
        buttons: how many buttons a message can bear.
    """

    max_text: int | None = None
    counts: Literal["characters", "utf-16"] = "characters"
    button_bytes: int = 0
    buttons: int = 0

    def length(self, text: str) -> int:
        """The length of a text as the platform counts it."""
        return len(text) if self.counts == "characters" else len(text.encode("utf-16-le")) // 2


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


class DeliveryFailed(Exception):
    """A message could not be sent, edited or marked.

    Args:
        message: English: what was tried and what the platform answered.
        retry_after_s: seconds after which trying again helps; None if it never will.
    """

    def __init__(self, message: str, *, retry_after_s: float | None = None) -> None:
        super().__init__(message)
        self.retry_after_s = retry_after_s


class Conversation(Protocol):
    """What an adapter talks to. The one implementation is `bot.dispatch.Dispatch`."""

    async def handle(self, event: Event) -> None:
        """Take an event in: on return it is written down, and answered unless that takes long.

        Never raises for what an event says; longer work goes on behind and answers when done.
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

    def say(
        self, where: ChatRef, member: MemberRef, message: str, /, **values: str | int | float
    ) -> str:
        """Word a message of the locale files for a member: an adapter's own few words."""
        ...

    async def resume(self, where: ChatRef, member: MemberRef) -> None:
        """Go on with what an earlier run left unfinished, and answer there."""
        ...

    def busy(self) -> int:
        """How many pieces of longer work are under way or waiting."""
        ...

    async def settled(self) -> None:
        """Wait until no longer work is under way."""
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

    async def send(self, where: ChatRef, reply: Reply) -> tuple[MessageRef, ...]:
        """Send a reply that fits the capabilities.

        Returns:
            The addresses of the messages that were made of it, in order; the last has the buttons.

        Raises:
            DeliveryFailed: nothing was sent.
        """
        ...

    async def edit(self, message: MessageRef, reply: Reply) -> None:
        """Replace what a message says by a reply that fits the capabilities.

        Raises:
            DeliveryFailed: the message says what it said before.
        """
        ...

    async def mark(self, message: MessageRef, mark: Mark) -> None:
        """Put a sign on a member's message, replacing an earlier one.

        Raises:
            DeliveryFailed: the sign could not be put there.
        """
        ...
