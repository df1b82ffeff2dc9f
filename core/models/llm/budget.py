"""How much a language model may be asked: requests a minute, tokens a day.

A minute that is full is waited for. A day that is spent is an error that says when the next begins;
whoever asked keeps the question until then. Tokens are written down before they are asked for and
corrected afterwards, so that a stop in between cannot lose them: the ledger may say too much, never
too little.
"""

import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from core.errors import OverBudget
from core.ports import Clock, Ledger

MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Reserved:
    """Tokens that were set aside for one request."""

    day: date
    tokens: int


class MemoryLedger:
    """A ledger for one run, where nothing is stored."""

    def __init__(self) -> None:
        self._days: dict[date, int] = {}

    def spent(self, day: date) -> int:
        """Tokens on one day; see `core.ports.Ledger`."""
        return self._days.get(day, 0)

    def spend(self, day: date, tokens: int) -> int:
        """Add to a day; see `core.ports.Ledger`."""
        self._days[day] = max(0, self.spent(day) + tokens)
        return self._days[day]


class Budget:
    """Admits requests, one thread after the other.

    Args:
        ledger: what each day has taken, also before this start.
        clock: tells the time; a day is one of UTC.
        requests_per_minute: at most; repetitions by the official client are not counted.
        tokens_per_day: of questions and answers together; 0: no limit.
        sleep: waits, in seconds.
    """

    def __init__(
        self,
        ledger: Ledger,
        clock: Clock,
        *,
        requests_per_minute: int,
        tokens_per_day: int,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._ledger = ledger
        self._clock = clock
        self._most = requests_per_minute
        self._limit = tokens_per_day
        self._sleep = sleep
        self._times: deque[datetime] = deque(maxlen=requests_per_minute)
        self._lock = threading.Lock()

    def reserve(self, tokens: int) -> Reserved:
        """Set tokens aside for one request, waiting until the minute has room for it.

        Args:
            tokens: at most so many, by estimate.

        Raises:
            OverBudget: the day would be overspent; nothing is set aside.
        """
        with self._lock:
            now = self._clock.now()
            self._check(now, tokens)
            if len(self._times) == self._most and (wait := self._times[0] + MINUTE - now) > (
                timedelta()
            ):
                self._sleep(wait.total_seconds())
                now = self._clock.now()
            self._times.append(now)
            day = now.astimezone(UTC).date()
            self._ledger.spend(day, tokens)
            return Reserved(day, tokens)

    def settle(self, reserved: Reserved, tokens: int) -> None:
        """Write down what a request really took; 0 if it never reached the model."""
        with self._lock:
            self._ledger.spend(reserved.day, tokens - reserved.tokens)

    def _check(self, now: datetime, tokens: int) -> None:
        day = now.astimezone(UTC).date()
        spent = self._ledger.spent(day)
        if self._limit and spent + tokens > self._limit:
            tomorrow = datetime.combine(day + timedelta(days=1), datetime.min.time(), UTC)
            raise OverBudget(
                f"{spent} of {self._limit} tokens are spent today (UTC), and the next request may "
                f"take {tokens}. It goes on tomorrow, or raise tokens_per_day under [llm].",
                retry_after_s=(tomorrow - now).total_seconds(),
                spent=spent,
                limit=self._limit,
            )


def estimate(text: str) -> int:
    """Tokens of a text, rather too many than too few: one for each Chinese character or for three
    letters. (Tokenizers of today's models need 0.6 to 1, and 0.2 to 0.3 a letter.)"""
    return len(text.encode(errors="replace")) // 3 + 1
