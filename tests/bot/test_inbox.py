"""Events are written down, read back as they were, and given up when they cannot be answered."""

import pytest

from bot.chat import (
    Attachment,
    Commanded,
    Deleted,
    Edited,
    Event,
    Joined,
    Left,
    Moved,
    Origin,
    Pressed,
    Reacted,
    Wrote,
)
from bot.inbox import MAX_ATTEMPTS, Inbox, decode, encode
from core.domain import ChatRef, MemberRef, MessageRef, SentFile
from core.store.database import Database
from core.store.repository import Repository
from tests.fakes.sources import HandClock

WHERE = ChatRef("fake", "-1", "7")
ANN = MemberRef("fake", "ann")
MESSAGE = MessageRef(WHERE, "5")
WROTE = Wrote(
    message=MESSAGE,
    member=ANN,
    text="移工 👩‍👩‍👧 \\ud800",
    files=(SentFile("a.txt", b"\x00\xff"), Attachment("k", "b.pdf", "application/pdf", 5)),
    origin=Origin("公視", "https://t.example/5"),
    album="9",
    about=Wrote(message=MESSAGE, member=ANN, text="前文"),
    is_private=False,
    place="移工盟",
    is_addressed=False,
)
EVENTS: list[Event] = [
    WROTE,
    Commanded(message=MESSAGE, member=ANN, command="搜尋", argument="移工", about=WROTE, id="1"),
    Pressed(message=MESSAGE, member=ANN, does="in:3 vote 7", member_name="Ann", locale="zh-hant"),
    Reacted(message=MESSAGE, member=ANN, added=frozenset("👍🤔"), removed=frozenset("👎")),
    Edited(message=MESSAGE, member=ANN, now=WROTE, id="2"),
    Deleted(where=WHERE, messages=(MESSAGE,)),
    Joined(where=WHERE, member=ANN, place="移工盟"),
    Left(where=WHERE),
    Moved(where=WHERE, to=ChatRef("fake", "-2"), id="3"),
]


@pytest.fixture
def repository():
    database = Database(None)
    yield Repository(database)
    database.close()


@pytest.fixture
def inbox(repository) -> Inbox:
    return Inbox(repository, HandClock())


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: type(event).__name__)
def test_an_event_is_read_back_as_it_was(event):
    """Whatever it is made of."""
    assert decode(encode(event)) == event


def test_halves_of_characters_are_replaced():
    """No file can hold them."""
    event = Wrote(message=MESSAGE, member=ANN, text="a\ud83d")

    assert decode(encode(event)).text == "a\ufffd"


def test_what_waits_is_there_for_the_next_run(repository, inbox):
    """In the order in which it came, for each platform its own."""
    for event in EVENTS:
        inbox.keep(event)

    waiting = Inbox(repository, HandClock()).waiting("fake")

    assert [each.event for each in waiting] == EVENTS
    assert inbox.waiting("another") == []


def test_what_is_told_twice_is_written_down_once(inbox):
    """By its own key, or by the address of what was written."""
    assert inbox.keep(WROTE) is not None
    assert inbox.keep(WROTE) is None

    with_key = EVENTS[1]
    assert inbox.keep(with_key) is not None
    assert inbox.keep(with_key) is None


def test_a_button_may_be_pressed_twice(inbox):
    """Without a key of its own, a press is never taken for an earlier one."""
    assert inbox.keep(EVENTS[2]) is not None
    assert inbox.keep(EVENTS[2]) is not None


def test_what_is_answered_does_not_wait_and_leaves_no_words(repository, inbox):
    """Only its key is remembered."""
    waiting = inbox.keep(WROTE)

    inbox.done(waiting)

    assert inbox.waiting("fake") == []
    assert inbox.keep(WROTE) is None
    with repository._database.reading() as session:
        bodies = session.connection().exec_driver_sql("SELECT body FROM event").scalars().all()
    assert bodies == [""]


def test_an_event_that_keeps_killing_the_program_is_given_up(inbox):
    """Or no start would ever succeed again."""
    waiting = inbox.keep(WROTE)

    begun = [inbox.begin(waiting) for _ in range(MAX_ATTEMPTS + 1)]

    assert begun == [True] * MAX_ATTEMPTS + [False]
    assert inbox.waiting("fake") == []


def test_stopping_on_purpose_is_no_attempt(inbox):
    """A server that is restarted every hour loses nothing."""
    waiting = inbox.keep(WROTE)

    for _ in range(MAX_ATTEMPTS + 3):
        assert inbox.begin(waiting)
        inbox.leave()

    assert [each.event for each in inbox.waiting("fake")] == [WROTE]


def test_an_event_of_another_release_is_given_up_and_logged(repository, inbox, caplog):
    """It must not stop the others."""
    repository.keep_event("fake", "1", "-1", "{}", at=HandClock().now())
    inbox.keep(WROTE)

    assert [each.event for each in inbox.waiting("fake")] == [WROTE]
    assert "cannot be read" in caplog.text
