"""Gets replies to platforms: within their capabilities, again when they say that waiting helps.

Every button says which community it is about (`in:3 similar 7`), so that it means the same in
whatever chat it stands, and after the chat has joined another community. One that has more to say
than a platform's buttons can bear says it by number (`in:3 =42`).
"""

import asyncio
import logging
import re
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import TypeVar
from uuid import uuid4

from bot.chat import (
    Attachment,
    Button,
    ByMember,
    Capabilities,
    DeliveryFailed,
    Mark,
    Platform,
    Reply,
)
from bot.render.fit import fit, needs_numbers
from core.domain import ChatRef, MemberRef, MessageRef, SentFile

log = logging.getLogger(__name__)

T = TypeVar("T")

ATTEMPTS = 3  # to deliver one message, the first included
LONGEST_WAIT_S = 60.0  # a message for which a platform wants a longer wait is given up
MAX_FILE_BYTES = 20_000_000  # of a file that a member hands over; Telegram gives out no more

_ABOUT = re.compile(r"in:(\d{1,15}) ")
_BY_NUMBER = re.compile(r"=(\d{1,15})")

Shelve = Callable[[int, str], Awaitable[int]]


class Delivery:
    """Sends through the platform that an address belongs to.

    Args:
        platforms: all of them.
        moved: is told when a platform says that a chat goes on under another address.
        shelve: keeps words of a community, and gives them a number.
    """

    def __init__(
        self,
        platforms: Sequence[Platform],
        *,
        moved: Callable[[ChatRef, ChatRef], Awaitable[None]],
        shelve: Shelve,
    ) -> None:
        self._platforms = {platform.name: platform for platform in platforms}
        self._moved = moved
        self._shelve = shelve

    def to(self, platform: str) -> Platform:
        """The platform of that name."""
        return self._platforms[platform]

    def capabilities(self, where: ChatRef) -> Capabilities:
        """What can be done there."""
        return self._platforms[where.platform].capabilities

    def __contains__(self, platform: str) -> bool:
        return platform in self._platforms

    async def approach(self, member: MemberRef) -> ChatRef | None:
        """Where a member can be spoken to in private; None: no platform here knows them.

        Raises:
            DeliveryFailed: theirs could not say.
        """
        if member.platform in self:
            return await _again(partial(self.to(member.platform).approach, member))
        for platform in self._platforms.values():  # the terminal's member is nobody's in name
            try:
                return await platform.approach(member)
            except DeliveryFailed as error:
                log.debug("not on %s: %s", platform.name, error)
        return None

    def numbered(self, where: ChatRef, reply: Reply) -> tuple[Button, ...]:
        """The choices that will be answered by number there, because buttons cannot be shown."""
        if not (reply.asks and needs_numbers(reply, self.capabilities(where))):
            return ()
        return tuple(button for row in reply.buttons for button in row)

    async def send(
        self,
        where: ChatRef,
        reply: Reply,
        *,
        community: int,
        answers: MessageRef | None = None,
        key: str = "",
        begin: int = 0,
        told: Callable[[int], Awaitable[None]] | None = None,
    ) -> tuple[MessageRef, ...]:
        """Send a reply in as many messages as it needs.

        Args:
            where: the chat.
            reply: what to say.
            community: what its buttons are about.
            answers: the message that it answers.
            key: the same for every attempt at this delivery, also after a restart.
            begin: so many messages of it are there already.
            told: is told after each message how many are there.

        Raises:
            DeliveryFailed: it, or the rest of it, was not sent.
        """
        platform = self._platforms[where.platform]
        key = key or uuid4().hex[:12]
        sent: list[MessageRef] = []
        for number, part in enumerate(await self._fitted(reply, platform, community)):
            if number < begin:
                continue
            sent += await self._delivered(
                where,
                partial(
                    platform.send, reply=part, answers=answers if not sent else None,
                    key=f"{key}-{number}",
                ),
            )  # fmt: skip
            if told is not None:
                await told(number + 1)
        return tuple(sent)

    def link_to(self, message: MessageRef) -> str | None:
        """The address that leads to a message, if there is one and its platform is here."""
        platform = self._platforms.get(message.where.platform)
        return None if platform is None else platform.link_to(message)

    async def open_thread(self, message: MessageRef, name: str) -> ChatRef:
        """Open a thread from a message, where the platform has such.

        Raises:
            DeliveryFailed: it was not opened, but might be later.
        """
        return await _again(
            partial(self._platforms[message.where.platform].open_thread, message, name)
        )

    async def whisper(
        self, event: ByMember, reply: Reply, *, community: int
    ) -> tuple[MessageRef, ...]:
        """Answer an event so that only its member sees it.

        Raises:
            DeliveryFailed: the member did not get it, or not all of it.
        """
        platform = self._platforms[event.message.where.platform]
        sent: list[MessageRef] = []
        for part in await self._fitted(reply, platform, community):
            sent += await _again(partial(platform.whisper, event, part))
        return tuple(sent)

    async def edit(
        self, message: MessageRef, reply: Reply, *, community: int
    ) -> tuple[MessageRef, ...]:
        """Replace a message; what does not fit follows in further ones.

        Raises:
            DeliveryFailed: it, or the rest of it, was not sent.
        """
        platform = self._platforms[message.where.platform]
        first, *others = await self._fitted(reply, platform, community)
        await _again(partial(platform.edit, message, first))
        sent = [message]
        for part in others:
            sent += await self._delivered(message.where, partial(platform.send, reply=part))
        return tuple(sent)

    async def withdraw(self, message: MessageRef) -> None:
        """Take a message back.

        Raises:
            DeliveryFailed: it is still there.
        """
        await _again(partial(self._platforms[message.where.platform].withdraw, message))

    async def mark(self, message: MessageRef, mark: Mark) -> None:
        """Put a sign on a member's message.

        Raises:
            DeliveryFailed: it is not there.
        """
        await _again(partial(self._platforms[message.where.platform].mark, message, mark))

    async def download(self, platform: str, attachment: Attachment) -> SentFile:
        """Get a file from its platform.

        Raises:
            TooLarge: it is larger than what a member can hand over.
            DeliveryFailed: it cannot be had.
        """
        download = self._platforms[platform].download
        return await _again(partial(download, attachment, max_bytes=MAX_FILE_BYTES))

    async def _fitted(self, reply: Reply, platform: Platform, community: int) -> tuple[Reply, ...]:
        """The messages that a reply becomes, their buttons saying what community they are about."""
        if platform.capabilities.buttons:
            rows = [
                tuple([await self._about(each, platform.capabilities, community) for each in row])
                for row in reply.buttons
            ]
            reply = replace(reply, buttons=tuple(rows))
        return fit(reply, platform.capabilities)

    async def _about(self, button: Button, capabilities: Capabilities, community: int) -> Button:
        does = f"in:{community} {button.does}"
        if len(does.encode()) > capabilities.button_bytes:
            does = f"in:{community} ={await self._shelve(community, button.does)}"
        return replace(button, does=does)

    async def _delivered(self, where: ChatRef, send: Callable[[ChatRef], Awaitable[T]]) -> T:
        """Send to a chat, or to where it has moved meanwhile."""
        try:
            return await _again(partial(send, where))
        except DeliveryFailed as error:
            if error.moved_to is None:
                raise
            await self._moved(where, error.moved_to)
            return await _again(partial(send, error.moved_to))


async def _again(deliver: Callable[[], Awaitable[T]]) -> T:
    """Deliver; again after the time that the platform names, as long as that helps."""
    for _ in range(ATTEMPTS - 1):
        try:
            return await deliver()
        except DeliveryFailed as error:
            if error.retry_after_s is None or error.retry_after_s > LONGEST_WAIT_S:
                raise
            log.info("delivering again in %.1f s", error.retry_after_s)
            await asyncio.sleep(error.retry_after_s)
    return await deliver()


def community_of(does: str) -> tuple[int | None, str]:
    """The community that a button is about, and what it does."""
    found = _ABOUT.match(does)
    return (None, does) if found is None else (int(found[1]), does[found.end() :])


def phrase_of(does: str) -> int | None:
    """The number of the words that a button stands for; None if it says them itself."""
    found = _BY_NUMBER.fullmatch(does)
    return None if found is None else int(found[1])
