"""A screen that is a sheet of paper: what is typed is a test's, and nothing shown is lost."""

import asyncio
from collections.abc import AsyncIterator, Callable

from bot.platforms.console_paint import Look


async def until(condition: Callable[[], object]) -> None:
    """Wait for what happens in another task or thread; the time limit of the test holds."""
    while not condition():  # noqa: ASYNC110 - conditions are about anything
        await asyncio.sleep(0.001)


class Sheet:
    """A screen for `bot.platforms.console`.

    Args:
        is_terminal: whether the console shall think that a person sits in front of it.

    Attributes:
        shown: everything that was written on it, reply by reply.
        progress_shown: every sign of progress, in order; None where one ended.
        is_idle: set while the console waits for the next message.
    """

    look = Look()

    def __init__(self, *, is_terminal: bool = False) -> None:
        self.is_terminal = is_terminal
        self.shown: list[str] = []
        self.progress_shown: list[str | None] = []
        self.is_idle = asyncio.Event()
        self._typed: asyncio.Queue[str | None] = asyncio.Queue()

    async def messages(self, *, suggest, say, busy) -> AsyncIterator[str]:
        self.suggest, self.say, self.busy = suggest, say, busy
        while True:
            self.is_idle.set()
            typed = await self._typed.get()
            if typed is None:
                return
            yield typed

    async def type(self, text: str) -> None:
        """Type a message; in a pipe, wait until it is answered in full."""
        await self.is_idle.wait()
        self.is_idle.clear()
        self._typed.put_nowait(text)
        await self.is_idle.wait()

    def end(self) -> None:
        """Type the end of everything."""
        self._typed.put_nowait(None)

    def show(self, text: str) -> None:
        self.shown.append(text)

    def progress(self, key: str, text: str | None) -> None:
        self.progress_shown.append(text)
