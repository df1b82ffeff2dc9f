"""A progress bar on standard error, with the time that remains; plain lines where it is a file."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

PLAIN_INTERVAL_S = 10

Move = Callable[[int, int], None]
"""Called with how many of how many are done."""


@contextmanager
def bar(title: str) -> Iterator[Move]:
    """Show how far a long work has come, until the `with` block ends."""
    if not sys.stderr.isatty():
        yield _lines(title)
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True)) as progress:
        task = progress.add_task(title, total=None)
        yield lambda done, total: progress.update(task, completed=done, total=total)


def _lines(title: str) -> Move:
    """A line every few seconds, for logs; after "-" the hours, minutes and seconds that remain.

    It is reckoned from the pace so far.
    """
    began = last = time.monotonic()

    def move(done: int, total: int) -> None:
        nonlocal last
        now = time.monotonic()
        if now - last >= PLAIN_INTERVAL_S:
            last = now
            left = timedelta(seconds=round((now - began) * (total - done) / max(1, done)))
            sys.stderr.write(f"{title} {done}/{total} -{left}\n")
            sys.stderr.flush()

    return move
