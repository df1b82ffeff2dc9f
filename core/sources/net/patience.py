"""Remembers which hosts asked us to stay away, and until when.

A host that says "too many requests" is not asked again before the time it named, no matter how many
members send its links. Memory is bounded; a restart forgets, which costs one more refusal.
"""

import re
import threading
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from core.errors import RateLimited
from core.ports import Clock

MAX_REST_S = 86_400.0  # one day; a host that names a longer time is asked again after this
DEFAULT_REST_S = 60.0  # for a host that names none


def retry_after_s(header: str, *, now: datetime) -> float | None:
    """Read a Retry-After header.

    Args:
        header: seconds, or a date in one of the three forms of HTTP.
        now: aware.

    Returns:
        Seconds from now, 0 to `MAX_REST_S`; None if there is nothing to be understood.

    Source: RFC 9110, sections 5.6.7 and 10.2.3.
    """
    text = header.strip()
    if re.fullmatch(r"[0-9]+", text):
        return min(float(text[:9]), MAX_REST_S)
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, OverflowError, IndexError):
        return None
    if moment.tzinfo is None:  # "-0000", or the form of asctime
        moment = moment.replace(tzinfo=UTC)
    return min(max((moment - now).total_seconds(), 0.0), MAX_REST_S)


class Patience:
    """Hosts that rest. Thread-safe.

    Args:
        clock: tells the time.
        max_hosts: how many are remembered; the one that rests shortest is forgotten first.
    """

    def __init__(self, clock: Clock, *, max_hosts: int = 1000) -> None:
        self._clock = clock
        self._max_hosts = max_hosts
        self._until: dict[str, datetime] = {}
        self._lock = threading.Lock()

    def let_rest(self, host: str, seconds: float | None) -> None:
        """Remember that a host wants to be left alone; None for a time it did not name."""
        now = self._clock.now()
        until = now + timedelta(seconds=DEFAULT_REST_S if seconds is None else seconds)
        with self._lock:
            self._until = {name: then for name, then in self._until.items() if then > now}
            self._until[host] = max(until, self._until.get(host, until))
            while len(self._until) > self._max_hosts:
                del self._until[min(self._until, key=lambda name: self._until[name])]

    def check(self, host: str) -> None:
        """Pass if the host may be asked.

        Raises:
            RateLimited: it is resting. Facts: `host`.
        """
        with self._lock:
            until = self._until.get(host)
        if until is None:
            return
        left = (until - self._clock.now()).total_seconds()
        if left > 0:
            raise RateLimited(
                f"{host} asked us to wait; {left:.0f} s are left. It was not asked again.",
                retry_after_s=left,
                host=host,
            )
