"""Hosts that asked us to wait are remembered, for a bounded time and in bounded number."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import RateLimited
from core.sources.net.patience import DEFAULT_REST_S, MAX_REST_S, Patience, retry_after_s
from tests.fakes.sources import HandClock

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("120", 120),
        (" 0 ", 0),
        ("99999999999999999999", MAX_REST_S),
        ("Sun, 01 Mar 2026 12:01:00 GMT", 60),
        ("Sunday, 01-Mar-26 12:01:00 GMT", 60),
        ("Sun Mar  1 12:01:00 2026", 60),
        ("Sun, 01 Mar 2026 20:01:00 +0800", 60),
        ("Sun, 01 Mar 2026 11:00:00 GMT", 0),
        ("Fri, 01 Jan 2038 00:00:00 GMT", MAX_REST_S),
        ("", None),
        ("soon", None),
        ("-5", None),
        ("1.5", None),
        ("²", None),
    ],
)
def test_both_forms_of_retry_after_are_read(header: str, seconds: float | None) -> None:
    """Seconds, or a date in the three forms of HTTP; the past is now; a day is the most."""
    assert retry_after_s(header, now=NOON) == seconds


@given(st.text(max_size=40))
def test_no_header_breaks_it(header: str) -> None:
    """Nonsense is None, never an exception or a time out of bounds."""
    seconds = retry_after_s(header, now=NOON)

    assert seconds is None or 0 <= seconds <= MAX_REST_S


def left(patience: Patience, host: str) -> float | None:
    """Seconds that a host still rests; None if it may be asked."""
    try:
        patience.check(host)
    except RateLimited as error:
        return error.retry_after_s
    return None


def test_a_resting_host_is_left_alone_until_its_time() -> None:
    """Others are not concerned."""
    clock = HandClock()
    patience = Patience(clock)

    patience.let_rest("a.test", 90)
    patience.let_rest("b.test", None)
    clock.forward(30)

    assert left(patience, "a.test") == 60
    assert left(patience, "b.test") == DEFAULT_REST_S - 30
    assert left(patience, "c.test") is None
    clock.forward(60)
    assert left(patience, "a.test") is None


def test_a_shorter_wish_does_not_undo_a_longer_one() -> None:
    """What was asked for first still holds."""
    patience = Patience(HandClock())

    patience.let_rest("a.test", 100)
    patience.let_rest("a.test", 10)

    assert left(patience, "a.test") == 100


def test_only_so_many_hosts_are_remembered() -> None:
    """The one that rests shortest goes first; those whose time is over take no room."""
    clock = HandClock()
    patience = Patience(clock, max_hosts=2)

    patience.let_rest("over.test", 1)
    clock.forward(2)
    patience.let_rest("short.test", 10)
    patience.let_rest("long.test", 1000)
    assert left(patience, "short.test") == 10
    patience.let_rest("middle.test", 100)

    assert left(patience, "short.test") is None
    assert left(patience, "middle.test") == 100
    assert left(patience, "long.test") == 1000
