"""When something weekly is due: a day and an hour by a community's clock, whatever clocks do.

Where clocks go forward, an hour that does not exist is the one that the hands jump to (02:30
becomes 03:30); where they go back, an hour that comes twice is its first. So every week has its
moment, once.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

LATE = timedelta(hours=48)
"""So long after its time something weekly is still worth sending. A judgement: Monday's is read on
Tuesday; on Thursday it is nearly the next one's."""

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Weekly:
    """Once a week.

    Attributes:
        weekday: 0 for Monday to 6 for Sunday.
        at: to the minute, by the clock of a time zone that is named when it is asked about.
    """

    weekday: int
    at: time

    def on(self, day: date, zone: ZoneInfo) -> datetime:
        """The moment on a day, in UTC."""
        return datetime.combine(day, self.at, tzinfo=zone).astimezone(UTC)

    def last_day(self, now: datetime, zone: ZoneInfo) -> date:
        """The day of the latest moment that is not after `now`."""
        today = now.astimezone(zone).date()
        day = today - timedelta(days=(today.weekday() - self.weekday) % 7)
        return day if self.on(day, zone) <= now else day - WEEK

    def next(self, now: datetime, zone: ZoneInfo) -> datetime:
        """The first moment after `now`, in UTC."""
        return self.on(self.last_day(now, zone) + WEEK, zone)


@dataclass(frozen=True, slots=True)
class Due:
    """Something weekly whose time has come.

    Attributes:
        day: by the community's clock; names the occasion.
        since, at: the week that it is about: from the moment a week before to its own, in UTC.
        is_too_late: its time was longer ago than `LATE`.
    """

    day: date
    since: datetime
    at: datetime
    is_too_late: bool


def due(weekly: Weekly, zone: ZoneInfo, *, done_until: datetime, now: datetime) -> Due | None:
    """What is due; None before its time. Of several that were missed, the latest stands for all.

    Args:
        done_until: what was due up to this moment is done, or was never asked for.
    """
    day = weekly.last_day(now, zone)
    at = weekly.on(day, zone)
    if at <= done_until:
        return None
    return Due(day, weekly.on(day - WEEK, zone), at, is_too_late=now - at > LATE)
