"""Holds a member's messages for a moment, until no further one comes that may belong to them.

A forward with a comment arrives as two messages, an album as many, without a sign that it is
complete. So what one member writes in one place is held until `PAUSE_S` passed without more.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from bot.inbox import Waiting
from core.domain import ChatRef, MemberRef

PAUSE_S = 2.0
"""Telegram delivers the messages of an album within about a second (bug reports of other bots name
0.5 to 2 s as what works; later ones join afterwards, see `bot.features.articles`)."""

MOST = 50
"""So many are answered at once at most; Telegram lets people forward 100 at a time."""

Key: TypeAlias = tuple[ChatRef, MemberRef]
Sleep: TypeAlias = Callable[[float], Awaitable[None]]
Answer: TypeAlias = Callable[[Sequence[Waiting]], Awaitable[None]]


@dataclass(slots=True)
class Held:
    """What one member wrote in one place, and what is to be done with it.

    Attributes:
        answer: answers the messages.
        messages: in the order in which they came.
        timer: answers them when nothing more has come.
    """

    answer: Answer
    messages: list[Waiting] = field(default_factory=list)
    timer: asyncio.Task[None] | None = None


class Gatherer:
    """Gathers messages by place and member.

    Args:
        sleep: waits for a number of seconds.
        queue: has something answered in the turn of its place.
    """

    def __init__(self, sleep: Sleep, queue: Callable[[Key, Held], None]) -> None:
        self._sleep = sleep
        self._queue = queue
        self._held: dict[Key, Held] = {}
        self.tasks: set[asyncio.Task[None]] = set()

    def add(self, key: Key, message: Waiting, answer: Answer) -> None:
        """Hold a message; all that are held are answered as the first one says."""
        held = self._held.setdefault(key, Held(answer))
        held.messages.append(message)
        if held.timer is not None:
            held.timer.cancel()
        if len(held.messages) >= MOST:
            self._queue(key, self._held.pop(key))
        else:
            held.timer = asyncio.create_task(self._after_a_pause(key))
            self.tasks.add(held.timer)
            held.timer.add_done_callback(self.tasks.discard)

    def take(self, key: Key) -> Held | None:
        """What is held, to be answered by the caller, who does not wait for more."""
        held = self._held.pop(key, None)
        if held is not None and held.timer is not None:
            held.timer.cancel()
        return held

    async def _after_a_pause(self, key: Key) -> None:
        await self._sleep(PAUSE_S)
        self._queue(key, self._held.pop(key))
