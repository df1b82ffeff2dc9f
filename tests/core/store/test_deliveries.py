"""What is sent once and only once, as it is written down."""

from datetime import UTC, datetime, timedelta

import pytest

from core.domain import ChatRef
from tests.fakes.rooms import Rooms

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
ONE, OTHER = ChatRef("x", "1"), ChatRef("x", "2", "7")
KEY = "note 2026-W10"


@pytest.fixture
def rooms():
    built = Rooms()
    for where in (ONE, ChatRef("x", "2")):
        built.repository.add_chat(where, built.community.id, is_private=True)
    yield built
    built.close()


def owe(rooms, where=ONE, key=KEY, body="那一週", at=MONDAY):
    return rooms.repository.owe_delivery(rooms.community.id, key, where, body, at=at)


def test_what_is_owed_stays_as_it_was_written_down(rooms):
    """Another start that composes it anew sends no other words."""
    first = owe(rooms)
    again = owe(rooms, body="另外寫的", at=MONDAY + timedelta(hours=1))

    assert again == first
    assert rooms.repository.owed_deliveries("note") == [first]
    assert rooms.repository.owed_deliveries("digest") == []


def test_it_goes_on_where_it_was_interrupted(rooms):
    """What is there of it is known."""
    owed = owe(rooms)
    rooms.repository.delivery_sent(owed.id, 2)

    assert [each.sent for each in rooms.repository.owed_deliveries("note")] == [2]


def test_what_is_there_is_owed_no_more(rooms):
    """Each place has its own; another occasion is another delivery."""
    owed = owe(rooms)
    owe(rooms, OTHER)

    rooms.repository.delivery_done(owed.id, at=MONDAY)

    assert owe(rooms) is None
    assert rooms.repository.delivered(rooms.community.id, KEY) == {ONE}
    assert [each.where for each in rooms.repository.owed_deliveries("note")] == [OTHER]
    assert owe(rooms, key="note 2026-W11") is not None


def test_it_is_forgotten_with_time_and_with_the_chat(rooms):
    """A chat that moved takes it along; of what its new address has, nothing is sent twice."""
    repository, home = rooms.repository, rooms.community.id
    for where in (ONE, OTHER):
        owed = owe(rooms, where)
        repository.delivery_done(owed.id, at=MONDAY)

    repository.move_chat(ChatRef("x", "2"), ChatRef("x", "3"))
    assert repository.delivered(home, KEY) == {ONE, ChatRef("x", "3", "7")}

    repository.remove_chat(ONE)
    assert repository.delivered(home, KEY) == {ChatRef("x", "3", "7")}

    repository.prune_deliveries(MONDAY)
    assert repository.delivered(home, KEY) == {ChatRef("x", "3", "7")}
    repository.prune_deliveries(MONDAY + timedelta(seconds=1))
    assert repository.delivered(home, KEY) == set()


def test_it_is_gone_with_the_community(rooms):
    """Owed or not."""
    owe(rooms)

    rooms.repository.remove_community(rooms.community.id)

    assert rooms.repository.owed_deliveries("note") == []
