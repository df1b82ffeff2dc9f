"""A chat platform in memory: it shows what was sent, edited and marked, and fails when told to."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.chat import (
    Capabilities,
    Commanded,
    Conversation,
    DeliveryFailed,
    Event,
    Mark,
    Pressed,
    Reply,
    Wrote,
)
from core.domain import ChatRef, MemberRef, MessageRef, SentFile

ANN = MemberRef("fake", "ann")
WHERE = ChatRef("fake", "1")
NUMBERS = itertools.count(1)  # of messages, never used twice
WITH_BUTTONS = Capabilities(max_text=4096, counts="utf-16", button_bytes=64, buttons=100)


@dataclass
class FakePlatform:
    """Holds what it is given.

    Attributes:
        capabilities: what it can do; buttons, unless told otherwise.
        failing: raised, one after the other, by the next deliveries.
        messages: what each message says now, oldest first.
        history: every reply that was sent or edited in, in order.
        marks: every mark put on a message, in order.
    """

    capabilities: Capabilities = WITH_BUTTONS
    failing: list[DeliveryFailed] = field(default_factory=list)
    messages: dict[MessageRef, Reply] = field(default_factory=dict)
    history: list[Reply] = field(default_factory=list)
    marks: list[tuple[MessageRef, Mark]] = field(default_factory=list)
    name: str = "fake"
    where: ChatRef = WHERE
    _conversation: Conversation | None = None

    # ── as members use it ────────────────────────────────────────────────────────────────────────

    async def write(
        self, text: str, *, files: Sequence[SentFile] = (), member: MemberRef = ANN
    ) -> None:
        """A member writes something."""
        await self._deliver(
            Wrote(
                message=self._next(),
                member=member,
                text=text,
                files=tuple(files),
                member_name="Ann",
            )
        )

    async def command(
        self,
        name: str,
        argument: str = "",
        *,
        files: Sequence[SentFile] = (),
        member: MemberRef = ANN,
    ) -> None:
        """A member gives a command."""
        await self._deliver(
            Commanded(
                message=self._next(),
                member=member,
                command=name,
                argument=argument,
                files=tuple(files),
                member_name="Ann",
            )
        )

    async def press(self, label: str, *, member: MemberRef = ANN) -> None:
        """A member presses the latest button with that label."""
        for message, reply in reversed(self.messages.items()):
            for button in (button for row in reply.buttons for button in row):
                if button.label == label:
                    await self._deliver(Pressed(message=message, member=member, does=button.does))
                    return
        raise AssertionError(f"There is no button {label!r}.")

    @property
    def last(self) -> Reply:
        """What the latest message says now."""
        return list(self.messages.values())[-1]

    @property
    def said(self) -> list[str]:
        """What every message says now, as plain text."""
        return [reply.text for reply in self.messages.values()]

    async def _deliver(self, event: Event) -> None:
        assert self._conversation is not None, "not started"
        await self._conversation.handle(event)

    def _next(self) -> MessageRef:
        return MessageRef(self.where, str(next(NUMBERS)))

    # ── as a platform ────────────────────────────────────────────────────────────────────────────

    async def start(self, conversation: Conversation) -> None:
        self._conversation = conversation

    async def stop(self) -> None:
        self._conversation = None

    async def send(self, where: ChatRef, reply: Reply) -> tuple[MessageRef, ...]:
        self._fail_if_told()
        message = MessageRef(where, self._next().id)
        self.messages[message] = reply
        self.history.append(reply)
        return (message,)

    async def edit(self, message: MessageRef, reply: Reply) -> None:
        self._fail_if_told()
        assert message in self.messages, "edits a message that was never sent"
        self.messages[message] = reply
        self.history.append(reply)

    async def mark(self, message: MessageRef, mark: Mark) -> None:
        self._fail_if_told()
        self.marks.append((message, mark))

    def _fail_if_told(self) -> None:
        if self.failing:
            raise self.failing.pop(0)
