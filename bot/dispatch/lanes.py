"""The two threads in which the core runs, so that the event loop never waits for it."""

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from typing import Any, Literal, TypeVar

Lane = Literal["work", "answers"]
T = TypeVar("T")


class Lanes:
    """*work*: fetch, models, saving, in the order received; *answers*: what a person waits for.

    Attributes:
        working: pieces of longer work that are under way or wait.
    """

    def __init__(self) -> None:
        self._lanes: dict[Lane, ThreadPoolExecutor] = {
            "work": ThreadPoolExecutor(1, thread_name_prefix="work"),
            "answers": ThreadPoolExecutor(1, thread_name_prefix="answers"),
        }
        self.working: set[asyncio.Future[Any]] = set()

    def call(self, lane: Lane, function: Callable[[], T]) -> "asyncio.Future[T]":
        """Queue a call in a lane."""
        called = asyncio.get_running_loop().run_in_executor(self._lanes[lane], function)
        if lane == "work":
            self.working.add(called)
            called.add_done_callback(self.working.discard)
        return called

    def aside(self, function: Callable[[], T]) -> "asyncio.Future[T]":
        """Call in a thread that nobody waits for: when the program ends, it ends unheard.

        For what may take as long as somebody else's server likes, and can be done again.
        """
        loop = asyncio.get_running_loop()
        called: asyncio.Future[T] = loop.create_future()

        def run() -> None:
            try:
                settle = partial(called.set_result, function())
            except Exception as error:  # noqa: BLE001  (whoever waits gets it)
                settle = partial(called.set_exception, error)
            with suppress(RuntimeError):  # the loop is closed by now
                loop.call_soon_threadsafe(lambda: None if called.done() else settle())

        threading.Thread(target=run, name="aside", daemon=True).start()
        return called

    async def stop(self) -> None:
        """Finish the calls in hand, and forget those that wait."""
        for lane in self._lanes.values():
            await asyncio.to_thread(lane.shutdown, cancel_futures=True)
