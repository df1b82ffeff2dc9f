"""The machine's clock; everything that needs the time is given a `core.ports.Clock` instead."""

from datetime import UTC, datetime


class SystemClock:
    """The real time."""

    def now(self) -> datetime:
        """The present moment, aware, UTC."""
        return datetime.now(UTC)
