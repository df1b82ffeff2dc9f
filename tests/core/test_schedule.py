"""Something weekly is due once in every week, whatever the clocks do."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.schedule import LATE, WEEK, Weekly, due

TAIPEI, BERLIN, NEW_YORK = (
    ZoneInfo(name) for name in ("Asia/Taipei", "Europe/Berlin", "America/New_York")
)
# half an hour of change; clocks that change at midnight; a day that was left out
ODD = [ZoneInfo(name) for name in ("Australia/Lord_Howe", "America/Havana", "Pacific/Apia")]
ZONES = [TAIPEI, BERLIN, NEW_YORK, *ODD]

weeklies = st.builds(
    Weekly, st.integers(0, 6), st.times().map(lambda at: at.replace(second=0, microsecond=0))
)
moments = st.datetimes(
    datetime(2009, 1, 1),  # noqa: DTZ001 - the zone is drawn
    datetime(2031, 1, 1),  # noqa: DTZ001
    timezones=st.just(UTC),
)  # the day that Apia left out is among them


def utc(*numbers: int) -> datetime:
    return datetime(*numbers, tzinfo=UTC)


@pytest.mark.parametrize(
    ("weekly", "zone", "day", "expected"),
    [
        pytest.param(
            Weekly(0, time(9)), TAIPEI, date(2026, 3, 2), utc(2026, 3, 2, 1), id="no-changes"
        ),
        pytest.param(
            Weekly(0, time(9)), BERLIN, date(2026, 3, 23), utc(2026, 3, 23, 8), id="winter"
        ),
        pytest.param(
            Weekly(0, time(9)), BERLIN, date(2026, 3, 30), utc(2026, 3, 30, 7), id="summer"
        ),
        pytest.param(
            Weekly(6, time(2, 30)), BERLIN, date(2026, 3, 29), utc(2026, 3, 29, 1, 30),
            id="an-hour-that-is-left-out-is-the-one-after",
        ),
        pytest.param(
            Weekly(6, time(2, 30)), BERLIN, date(2026, 10, 25), utc(2026, 10, 25, 0, 30),
            id="of-an-hour-that-comes-twice-the-first",
        ),
    ],
)  # fmt: skip
def test_the_moment_of_a_day(weekly, zone, day, expected):
    """By the clock on the wall, which is what people agreed on."""
    assert weekly.on(day, zone) == expected


@given(weekly=weeklies, now=moments, zone=st.sampled_from(ZONES))
def test_last_and_next_are_around_now(weekly, now, zone):
    """Nothing is between them, and they are about a week apart."""
    last = weekly.on(weekly.last_day(now, zone), zone)
    following = weekly.next(now, zone)

    assert last <= now < following
    assert WEEK - timedelta(hours=26) <= following - last <= WEEK + timedelta(hours=26)


@given(weekly=weeklies, begin=moments, zone=st.sampled_from(ZONES), data=st.data())
def test_every_week_is_due_once(weekly, begin, zone, data):
    """However often and irregularly somebody looks, as long as it is at least twice a week."""
    now, done_until, days = begin, begin, []
    for _ in range(10):
        now += timedelta(minutes=data.draw(st.integers(1, 3 * 24 * 60)))
        found = due(weekly, zone, done_until=done_until, now=now)
        if found is not None:
            assert done_until < found.at <= now
            days.append(found.day)
            done_until = found.at

    assert days == sorted(set(days))
    assert all(later - sooner == WEEK for sooner, later in pairwise(days))
    if days:
        assert now < weekly.on(days[-1] + WEEK, zone)


@given(weekly=weeklies, begin=moments, zone=st.sampled_from(ZONES))
def test_weeks_meet(weekly, begin, zone):
    """What one digest leaves off with, the next begins with: nothing is told twice or left out."""
    first = due(weekly, zone, done_until=begin, now=weekly.next(begin, zone))
    assert first is not None
    then = weekly.next(first.at, zone)
    second = due(weekly, zone, done_until=first.at, now=then)

    assert second is not None
    assert second.since == first.at
    assert second.at == then


@given(weekly=weeklies, begin=moments, weeks=st.integers(2, 60), zone=st.sampled_from(ZONES))
def test_of_missed_weeks_the_latest_stands_for_all(weekly, begin, weeks, zone):
    """A program that was off for months does not send as many digests."""
    now = begin + weeks * WEEK

    found = due(weekly, zone, done_until=begin, now=now)

    assert found is not None
    assert now - found.at < WEEK + timedelta(hours=26)
    assert due(weekly, zone, done_until=found.at, now=now) is None


@pytest.mark.parametrize(
    ("later", "is_too_late"),
    [
        pytest.param(timedelta(0), False, id="on-time"),
        pytest.param(LATE, False, id="late"),
        pytest.param(LATE + timedelta(minutes=1), True, id="too-late"),
    ],
)
def test_how_late_is_too_late(later, is_too_late):
    """Until then it is still sent."""
    at = utc(2026, 3, 2, 1)

    found = due(Weekly(0, time(9)), TAIPEI, done_until=at - WEEK, now=at + later)

    assert found is not None
    assert found.is_too_late is is_too_late
