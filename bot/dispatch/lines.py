"""Queues of events: those of one chat are answered one after the other, chats beside each other."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any


class Lines:
    """One queue for each chat, there as long as something is in it."""

    def __init__(self) -> None:
        self._last: dict[tuple[str, str], asyncio.Task[None]] = {}
        self.tasks: set[asyncio.Task[None]] = set()

    def queue(
        self, chat: tuple[str, str], work: Callable[[], Coroutine[Any, Any, None]]
    ) -> "asyncio.Task[None]":
        """Begin something when everything queued for the chat before has ended."""
        before = self._last.get(chat)

        async def in_turn() -> None:
            if before is not None:
                await asyncio.wait([before])
            await work()

        task = self._last[chat] = asyncio.create_task(in_turn())
        self.tasks.add(task)
        task.add_done_callback(lambda done: self._ended(chat, done))
        return task

    def _ended(self, chat: tuple[str, str], task: "asyncio.Task[None]") -> None:
        self.tasks.discard(task)
        if self._last.get(chat) is task:
            del self._last[chat]
