"""Where console messages come from and replies go: a pipe, line by line.

A pipe has no colours, no prompts and no signs of progress. Each line is a message; lines between
two lines of three double quotes are one message together.
"""

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from pathlib import Path
from typing import Protocol, TextIO

from bot.chat import Suggestion
from bot.platforms.console_paint import Look

BLOCK = '"""'

Suggest = Callable[[str], Awaitable[Sequence[Suggestion]]]
Say = Callable[..., str]
Busy = Callable[[], int]


class Screen(Protocol):
    """One of two: `Pipe`, or `bot.platforms.console_terminal.Terminal`."""

    @property
    def is_terminal(self) -> bool:
        """Whether a person sits in front of it."""
        ...

    @property
    def look(self) -> Look:
        """How to paint for it right now."""
        ...

    def messages(self, *, suggest: Suggest, say: Say, busy: Busy) -> AsyncIterator[str]:
        """What is typed, message by message, until the person leaves.

        Args:
            suggest: ways to go on with what is typed so far.
            say: words in the person's language.
            busy: how much work is under way.
        """
        ...

    def show(self, text: str) -> None:
        """Write painted lines; OSError if nobody reads them any more."""
        ...

    def progress(self, key: str, text: str | None) -> None:
        """Show what is being done, in the place of what was shown for this key; None ends it."""
        ...


class Pipe:
    """Standard streams of which at least one is no terminal.

    Args:
        source: where messages come from.
        target: where replies go; what is not in its encoding is replaced.
    """

    is_terminal = False
    look = Look()

    def __init__(self, source: TextIO, target: TextIO) -> None:
        self._source = source
        self._target = target
        self._has_shown = False

    async def messages(self, *, suggest: Suggest, say: Say, busy: Busy) -> AsyncIterator[str]:
        """A message a line, or a block; empty lines are passed over."""
        del suggest, say, busy
        block: list[str] | None = None
        while line := await asyncio.to_thread(self._source.readline):
            text = line.rstrip("\r\n")
            if text.strip() == BLOCK:
                if block is None:
                    block = []
                    continue
                text, block = "\n".join(block), None
            elif block is not None:
                block.append(text)
                continue
            if text.strip():
                yield text
        if block:  # an end that was forgotten
            yield "\n".join(block)

    def show(self, text: str) -> None:
        """Write at once; replies are divided by an empty line."""
        encoding = self._target.encoding or "utf-8"
        text = f"{text}\n".encode(encoding, "replace").decode(encoding)
        try:
            self._target.write(f"\n{text}" if self._has_shown else text)
            self._target.flush()
        except BrokenPipeError:
            # Python flushes once more at its end; let that go nowhere instead of failing there
            os.dup2(os.open(os.devnull, os.O_WRONLY), self._target.fileno())
            raise
        self._has_shown = True

    def progress(self, key: str, text: str | None) -> None:
        """Nothing: who reads a pipe wants what came of it."""
        del key, text


def open_screen(*, history: Path) -> Screen:
    """The screen that standard input and output are: a terminal only if both are.

    Args:
        history: file for what was typed in a terminal, readable by its owner only.
    """
    if sys.stdin.isatty() and sys.stdout.isatty() and os.environ.get("TERM") != "dumb":
        from bot.platforms.console_terminal import Terminal

        return Terminal(history=history)
    return Pipe(sys.stdin, sys.stdout)
