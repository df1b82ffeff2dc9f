"""Events that platforms told, kept until they are done."""

from datetime import timedelta

import pytest

from core.domain import ChatRef
from tests.fakes.rooms import Rooms

WHERE = ChatRef("telegram", "-100")


@pytest.fixture
def rooms():
    built = Rooms()
    yield built
    built.close()


def keep(rooms, key, body="{}", *, where=WHERE, message=None):
    return rooms.repository.keep_event(
        where.platform,
        key,
        where.chat,
        body,
        at=rooms.clock.now(),
        thread=where.thread,
        message=message,
    )


def test_events_wait_in_the_order_they_came(rooms):
    """Each with what it said, from whatever platform."""
    keep(rooms, "9", "first")
    keep(rooms, "1", "second", where=ChatRef("discord", "7"))

    waiting = rooms.repository.waiting_events()

    assert [(event.platform, event.body) for event in waiting] == [
        ("telegram", "first"),
        ("discord", "second"),
    ]


def test_an_event_is_kept_once(rooms):
    """A platform that tells it again, before or after it is done, is not believed."""
    first = keep(rooms, "1")

    assert keep(rooms, "1", "other words") is None
    rooms.repository.event_done(first)
    assert keep(rooms, "1") is None
    assert keep(rooms, "1", where=ChatRef("discord", "-100")) is not None


def test_what_is_done_says_nothing_any_more(rooms):
    """The key stays, the words of the chat do not."""
    id_ = keep(rooms, "1", "private words")

    rooms.repository.event_done(id_)

    assert rooms.repository.waiting_events() == []
    with rooms.database.reading() as session:
        row = session.connection().exec_driver_sql("SELECT key, body FROM event").one()
    assert tuple(row) == ("1", "")


def test_attempts_are_counted(rooms):
    """Whoever finds a second one knows that the program stopped in the first."""
    id_ = keep(rooms, "1")

    assert [rooms.repository.begin_event(id_), rooms.repository.begin_event(id_)] == [1, 2]
    assert rooms.repository.waiting_events()[0].attempts == 2
    assert rooms.repository.begin_event(99) == 0


def test_the_last_message_is_the_greatest_number(rooms):
    """Not the longest in letters, nor the last that came; and of one place only."""
    for key, message in enumerate(["9", "12345678901234567890123", "100", None]):
        keep(rooms, str(key), message=message)
    keep(rooms, "t", where=ChatRef("telegram", "-100", "5"), message="3")

    assert rooms.repository.last_message(WHERE) == "12345678901234567890123"
    assert rooms.repository.last_message(ChatRef("telegram", "-100", "5")) == "3"
    assert rooms.repository.last_message(ChatRef("telegram", "-100", "6")) is None


def test_old_events_are_forgotten_but_for_the_place_where_reading_goes_on(rooms):
    """What waits stays, and so does each place's newest message."""
    old = [keep(rooms, f"m{message}", message=message) for message in ("8", "10", "9")]
    pressed = keep(rooms, "pressed")
    keep(rooms, "waits")
    for id_ in [*old, pressed]:
        rooms.repository.event_done(id_)
    rooms.clock.forward(timedelta(days=30).total_seconds())
    rooms.repository.event_done(keep(rooms, "young"))

    rooms.repository.prune_events(rooms.clock.now())

    with rooms.database.reading() as session:
        keys = session.connection().exec_driver_sql("SELECT key FROM event ORDER BY id").scalars()
        assert list(keys) == ["m10", "waits", "young"]
    assert rooms.repository.last_message(WHERE) == "10"
