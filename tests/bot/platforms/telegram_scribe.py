"""A bot in a process of its own that writes down the keys of its events.

`python -m tests.bot.platforms.telegram_scribe URL FILE DIES_AT` kills itself, as `kill -9` would,
when it has written down so many; 0: never.
"""

import asyncio
import os
import signal
import sys
from collections.abc import Awaitable
from pathlib import Path

from bot.chat import Event
from bot.platforms.telegram import TelegramPlatform
from tests.bot.platforms.telegram_stage import Listener
from tests.fakes.telegram.server import TOKEN


class Scribe(Listener):
    """Writes to a file before it says that something is written down."""

    def __init__(self, file: Path, dies_at: int) -> None:
        super().__init__()
        self._file = file
        self._dies_at = dies_at

    async def handle(self, event: Event) -> Awaitable[None]:
        with self._file.open("a") as out:
            out.write(f"{event.id}\n")
        taken = await super().handle(event)
        if len(self.events) == self._dies_at:
            os.kill(os.getpid(), signal.SIGKILL)
        return taken


async def main(url: str, file: str, dies_at: str) -> None:
    bot = TelegramPlatform(TOKEN, base_url=url)
    await bot.start(Scribe(Path(file), int(dies_at)))
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
