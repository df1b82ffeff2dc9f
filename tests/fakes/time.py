"""A clock that goes only when told, and sleepers that wake by it."""

import asyncio
from dataclasses import dataclass, field


@dataclass
class FakeTime:
    """Pass its `now` and `sleep` where the real ones would go.

    Attributes:
        at: seconds since it began.
        is_hurried: whoever sleeps wakes at once, and the clock has gone on by as much.
        slept: every pause that was asked for, in order.
    """

    at: float = 0.0
    is_hurried: bool = False
    slept: list[float] = field(default_factory=list)
    _fell_asleep: asyncio.Event = field(default_factory=asyncio.Event)
    _sleepers: list[tuple[float, asyncio.Future[None]]] = field(default_factory=list)

    def now(self) -> float:
        """What the clock shows."""
        return self.at

    async def sleep(self, seconds: float) -> None:
        """Sleep until the clock has gone on by so much."""
        self.slept.append(seconds)
        self._fell_asleep.set()
        if self.is_hurried:
            until = self.at + seconds
            await asyncio.sleep(0)
            self.at = max(self.at, until)  # others may have slept meanwhile
            return
        waking = asyncio.get_running_loop().create_future()
        self._sleepers.append((self.at + seconds, waking))
        await waking

    async def sleeping(self, times: int = 1) -> None:
        """Wait until so many pauses were asked for."""
        async with asyncio.timeout(10):
            while len(self.slept) < times:
                self._fell_asleep.clear()
                await self._fell_asleep.wait()

    async def advance(self, seconds: float) -> None:
        """Let so much time pass."""
        await self.settle()
        self.at += seconds
        for when, waking in self._sleepers:
            if when <= self.at and not waking.done():
                waking.set_result(None)
        self._sleepers = [(when, each) for when, each in self._sleepers if not each.done()]
        await self.settle()

    @staticmethod
    async def settle() -> None:
        """Let everybody who can go on do so."""
        for _ in range(20):
            await asyncio.sleep(0)
