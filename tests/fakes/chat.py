"""A chat platform in memory: it shows what was sent, edited and marked, and fails when told to.

Its members may be in private or in a group; what only one of them sees is kept apart.
"""

import itertools
from collections.abc import Awaitable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from bot.chat import (
    Attachment,
    ByMember,
    Capabilities,
    Commanded,
    Conversation,
    Deleted,
    DeliveryFailed,
    Edited,
    Event,
    Joined,
    Left,
    Mark,
    Pressed,
    Reacted,
    Reply,
    Wrote,
)
from core.domain import ChatRef, MemberRef, MessageRef, SentFile

ANN = MemberRef("fake", "ann")
BO = MemberRef("fake", "bo")
CY = MemberRef("fake", "cy")
WHERE = ChatRef("fake", "1")
NUMBERS = itertools.count(1)  # of messages, never used twice
WITH_BUTTONS = Capabilities(
    max_text=4096,
    counts="utf-16",
    button_bytes=64,
    buttons=100,
    edits=True,
    reactions=True,
    intake_by_reaction=True,
    announces_deletions=True,
    forwards=True,
    threads=True,
)


@dataclass
class FakePlatform:
    """Holds what it is given.

    Attributes:
        capabilities: what it can do; everything, unless told otherwise.
        failing: raised, one after the other, by the next deliveries.
        messages: what each message says now, oldest first.
        history: every reply that was sent or edited in, in order.
        marks: every mark put on a message, in order.
        whispers: what was shown to one member alone.
        answered: the message that each message answers.
        keys: of everything sent, in order.
        threads: the names of threads that were opened, by where they are.
        refuses_threads: the bot may not open any.
        name: in addresses.
        where: the chat that members are in.
        is_private: whether it is one member's.
        admins: who may look after groups.
        gone: members who have left the chat.
        closed: members who cannot be whispered to.
        lacking: what `lacks` says.
        files: the bytes of attachments by their keys.
    """

    capabilities: Capabilities = WITH_BUTTONS
    failing: list[DeliveryFailed] = field(default_factory=list)
    messages: dict[MessageRef, Reply] = field(default_factory=dict)
    history: list[Reply] = field(default_factory=list)
    marks: list[tuple[MessageRef, Mark]] = field(default_factory=list)
    whispers: list[tuple[MemberRef, Reply]] = field(default_factory=list)
    answered: dict[MessageRef, MessageRef] = field(default_factory=dict)
    keys: list[str] = field(default_factory=list)
    threads: dict[ChatRef, str] = field(default_factory=dict)
    refuses_threads: bool = False
    name: str = "fake"
    where: ChatRef = WHERE
    is_private: bool = True
    admins: set[MemberRef] = field(default_factory=set)
    gone: set[MemberRef] = field(default_factory=set)
    closed: set[MemberRef] = field(default_factory=set)
    lacking: list[str] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)
    conversation: Conversation | None = None
    _hushed: dict[MessageRef, MemberRef] = field(default_factory=dict)

    # ── as members use it ────────────────────────────────────────────────────────────────────────

    async def write(
        self, text: str, *, files: Sequence[SentFile | Attachment] = (), **more: Any
    ) -> Wrote:
        """A member writes something, and waits for the answer."""
        event = self.wrote(text, files=files, **more)
        await self.deliver(event)
        return event

    def wrote(
        self,
        text: str,
        *,
        files: Sequence[SentFile | Attachment] = (),
        member: MemberRef = ANN,
        **more: Any,
    ) -> Wrote:
        """What a member would write."""
        said = {"is_addressed": self.is_private} | self._around(member) | more
        return Wrote(message=self.next(), member=member, text=text, files=tuple(files), **said)

    async def command(
        self,
        name: str,
        argument: str = "",
        *,
        files: Sequence[SentFile] = (),
        member: MemberRef = ANN,
        **more: Any,
    ) -> Commanded:
        """A member gives a command, and waits for the answer."""
        event = Commanded(
            message=self.next(),
            member=member,
            command=name,
            argument=argument,
            files=tuple(files),
            **(self._around(member) | more),
        )
        await self.deliver(event)
        return event

    async def press(self, label: str, *, member: MemberRef = ANN) -> None:
        """A member presses the latest button whose label is, or begins with, these words."""
        seen = [reply for who, reply in self.whispers if who == member]
        whispered = [(self.next(), reply) for reply in seen]
        self._hushed |= dict.fromkeys((message for message, _ in whispered), member)
        places: list[tuple[MessageRef, Reply]] = [*whispered, *self.messages.items()]
        for exactly in (True, False):
            for message, reply in reversed(places):
                for button in (button for row in reply.buttons for button in row):
                    if button.label == label or (not exactly and button.label.startswith(label)):
                        await self.press_on(message, button.does, member=member)
                        return
        raise AssertionError(f"There is no button {label!r}.")

    async def press_on(self, message: MessageRef, does: str, *, member: MemberRef = ANN) -> None:
        """A member presses a button by what it does."""
        around = self._around(member)
        await self.deliver(Pressed(message=message, member=member, does=does, **around))

    async def react(
        self,
        message: MessageRef,
        *,
        added: str = "",
        removed: str = "",
        member: MemberRef = ANN,
        about: Wrote | None = None,
    ) -> None:
        """A member puts signs on a message or takes them back."""
        await self.deliver(
            Reacted(
                message=message,
                member=member,
                added=frozenset(added),
                removed=frozenset(removed),
                about=about,
                **self._around(member),
            )
        )

    async def change(self, event: Wrote, text: str) -> None:
        """A member edits what they wrote."""
        now = replace(event, text=text)
        around = self._around(event.member)
        await self.deliver(Edited(message=event.message, member=event.member, now=now, **around))

    async def delete(self, *messages: MessageRef) -> None:
        """Messages are gone."""
        await self.deliver(Deleted(where=self.where, messages=messages))

    async def take_in(self, *, member: MemberRef = ANN, **more: Any) -> None:
        """A member takes the bot into the chat."""
        said = {"is_private": self.is_private, "place": self._place()} | more
        await self.deliver(Joined(where=self.where, member=member, **said))

    async def throw_out(self) -> None:
        """The bot is removed from the chat."""
        await self.deliver(Left(where=self.where))

    async def deliver(self, event: Event) -> None:
        """Hand an event over, and wait until it is answered (not for work behind)."""
        await (await self.hand_over(event))

    async def hand_over(self, event: Event) -> Awaitable[None]:
        """Hand an event over, and wait until it is written down."""
        assert self.conversation is not None, "not started"
        return await self.conversation.handle(event)

    @property
    def last(self) -> Reply:
        """What the latest message says now."""
        return list(self.messages.values())[-1]

    @property
    def said(self) -> list[str]:
        """What every message says now, as plain text."""
        return [reply.text for reply in self.messages.values()]

    def whispered(self, member: MemberRef = ANN) -> list[str]:
        """What was shown to a member alone, as plain text."""
        return [reply.text for who, reply in self.whispers if who == member]

    def next(self) -> MessageRef:
        """The address of a new message."""
        return MessageRef(self.where, str(next(NUMBERS)))

    def _around(self, member: MemberRef) -> dict[str, Any]:
        return {
            "member_name": member.id.capitalize(),
            "is_private": self.is_private,
            "place": self._place(),
        }

    def _place(self) -> str | None:
        return None if self.is_private else "移工盟"

    # ── as a platform ────────────────────────────────────────────────────────────────────────────

    async def start(self, conversation: Conversation) -> None:
        self.conversation = conversation

    async def stop(self) -> None:
        self.conversation = None

    async def send(
        self, where: ChatRef, reply: Reply, *, answers: MessageRef | None = None, key: str = ""
    ) -> tuple[MessageRef, ...]:
        self._fail_if_told()
        message = MessageRef(where, self.next().id)
        self.messages[message] = reply
        self.history.append(reply)
        self.keys.append(key)
        if answers is not None:
            self.answered[message] = answers
        return (message,)

    async def open_thread(self, message: MessageRef, name: str) -> ChatRef:
        self._fail_if_told()
        if not self.capabilities.threads or self.refuses_threads or message.where.thread:
            return message.where
        thread = replace(message.where, thread=f"thread-{message.id}")
        self.threads.setdefault(thread, name)
        return thread

    async def whisper(self, event: ByMember, reply: Reply) -> tuple[MessageRef, ...]:
        self._fail_if_told()
        if event.member in self.closed:
            raise DeliveryFailed("The member has not opened the door.", is_gone=True)
        if self.is_private:
            return await self.send(event.message.where, reply)
        self.whispers.append((event.member, reply))
        return ()

    async def edit(self, message: MessageRef, reply: Reply) -> None:
        self._fail_if_told()
        if message in self._hushed:  # what one member sees is edited for them alone
            self.whispers.append((self._hushed[message], reply))
            return
        assert message in self.messages, "edits a message that was never sent"
        self.messages[message] = reply
        self.history.append(reply)

    async def withdraw(self, message: MessageRef) -> None:
        self._fail_if_told()
        del self.messages[message]

    async def mark(self, message: MessageRef, mark: Mark) -> None:
        self._fail_if_told()
        self.marks.append((message, mark))

    async def download(self, attachment: Attachment, *, max_bytes: int) -> SentFile:
        self._fail_if_told()
        return SentFile(attachment.name, self.files[attachment.key][:max_bytes])

    async def is_admin(self, where: ChatRef, member: MemberRef) -> bool:
        return self.is_private or member in self.admins

    async def is_member(self, where: ChatRef, member: MemberRef) -> bool:
        return member not in self.gone

    async def lacks(self, where: ChatRef, *, hears_all: bool) -> Sequence[str]:
        return self.lacking

    def link_to(self, message: MessageRef) -> str | None:
        return f"https://chat.example/{message.where.thread or message.where.chat}/{message.id}"

    def private(self, member: MemberRef) -> ChatRef | None:
        return ChatRef(self.name, member.id)

    async def approach(self, member: MemberRef) -> ChatRef:
        if member.platform != self.name:
            raise DeliveryFailed("Nobody of that name is here.", is_gone=True)
        return self.where if self.is_private else ChatRef(self.name, member.id)

    def door(self, key: str) -> str | None:
        return f"https://door.example/{key}"

    def _fail_if_told(self) -> None:
        if self.failing:
            raise self.failing.pop(0)
