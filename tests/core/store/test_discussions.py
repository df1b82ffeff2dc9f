"""Discussions in the store: their turns and places, what is out of date, and who is forgotten."""

from datetime import UTC, datetime, timedelta

import pytest

from core.discussions import Changes, Kind, Outcome, Stage, Trigger
from core.domain import ChatRef, Customs, Document, LabelPath, Link, MemberRef, MessageRef, Share
from core.fingerprints import fingerprint
from core.store.database import Database
from core.store.repository import Repository

ANN, BO = MemberRef("fake", "ann"), MemberRef("fake", "bo")
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
MIGRANT, LABOUR = LabelPath("topic/labour/migrant"), LabelPath("topic/labour")
WHERE = ChatRef("fake", "1")
THREAD = ChatRef("fake", "1", "t")
HELD = MessageRef(THREAD, "9")


@pytest.fixture
def repository():
    database = Database(None)
    yield Repository(database)
    database.close()


def item(repository: Repository, url: str = "https://a.example/", community: str = "home") -> int:
    home = repository.community(community)
    id_, _ = repository.receive(home.id, Link(url), share=Share(ANN, NOON), addresses=[url])
    return id_


def begin(repository: Repository, item_id: int, *paths: LabelPath) -> list[int]:
    """Begin discussions; their ids."""
    changes = Changes(dict.fromkeys(paths, Trigger.SPLIT), {}, {})
    community = repository.item_by_id(item_id).community
    repository.change_discussions(community, {item_id: changes}, at=NOON)
    return [each.id for each in repository.discussions_of(item_id)]


def opened(repository: Repository, item_id: int) -> int:
    """A discussion that stands in a thread."""
    (id_,) = begin(repository, item_id, MIGRANT)
    repository.discussion_opened(id_, HELD, is_thread=True, at=NOON)
    return id_


def test_a_discussion_is_found_by_its_message_and_its_thread(repository):
    """Also where the platform does not tell the thread of an answered message."""
    id_ = opened(repository, item(repository))

    found = repository.discussion_at(HELD)
    assert found is not None
    assert (found.id, found.stage, found.where) == (id_, Stage.OPEN, THREAD)
    assert repository.discussion_at(MessageRef(WHERE, "9")) == found
    assert repository.discussion_at(MessageRef(WHERE, "8")) is None
    assert repository.discussions_in(THREAD) == [found]
    assert repository.discussions_in(WHERE) == []


def test_turns_are_taken_within_each_community(repository):
    """As many as may be open, oldest first; one that cannot be opened gives way."""
    home = repository.community("home")
    repository.set_customs(home.id, Customs(discussions=2))
    items = [item(repository, f"https://a.example/{n}") for n in range(4)]
    ids = [begin(repository, each, MIGRANT)[0] for each in items]
    elsewhere = item(repository, community="other")
    other = begin(repository, elsewhere, MIGRANT)[0]
    for each in (*items, elsewhere):
        repository.hold_discussions_at(each, WHERE)

    def turns(**said) -> list[int]:
        return [each.id for each in repository.discussions_to_open(**said)]

    assert turns() == [*ids[:2], other]
    assert turns(without=[ids[0]]) == [*ids[1:3], other]
    repository.discussion_opened(ids[0], HELD, is_thread=True, at=NOON)
    assert turns() == [ids[1], other]


def test_what_nobody_can_hold_does_not_wait_in_front_of_others(repository):
    """An item that is shown nowhere has no turn until somebody speaks of it somewhere."""
    unseen, seen = (item(repository, f"https://a.example/{n}") for n in range(2))
    ids = [begin(repository, each, MIGRANT)[0] for each in (unseen, seen)]
    repository.hold_discussions_at(seen, WHERE)

    assert [each.id for each in repository.discussions_to_open()] == [ids[1]]
    repository.hold_discussions_at(unseen, WHERE)
    assert [each.id for each in repository.discussions_to_open()] == ids


def test_a_label_is_under_discussion_once(repository):
    """The database itself says so."""
    id_ = item(repository)
    begin(repository, id_, MIGRANT)

    with pytest.raises(Exception, match="UNIQUE"):
        begin(repository, id_, MIGRANT)

    (first,) = [each.id for each in repository.discussions_of(id_)]
    repository.close_discussion(first, Outcome.LEFT, at=NOON)
    assert len(begin(repository, id_, MIGRANT)) == 2


def test_what_is_closed_stays_closed(repository):
    """A decision that comes late changes nothing."""
    item_id = item(repository)
    id_ = opened(repository, item_id)
    repository.close_discussion(id_, Outcome.LEFT, at=NOON)

    repository.change_discussions(1, {item_id: Changes({}, {id_: Outcome.RIGHT}, {})}, at=NOON)

    found = repository.discussion(id_)
    assert found is not None
    assert (found.stage, found.outcome, found.closed_at) == (Stage.CLOSED, Outcome.LEFT, NOON)


def test_a_message_is_stale_until_it_was_edited(repository):
    """What changes while it is edited is not forgotten."""
    item_id = item(repository)
    id_ = opened(repository, item_id)
    assert repository.stale_discussions() == []

    repository.change_discussions(1, {item_id: Changes({}, {}, {})}, at=NOON)
    assert [each.id for each in repository.stale_discussions()] == [id_]
    repository.mark_discussion_stale(id_)
    repository.discussion_fresh(id_)
    assert [each.id for each in repository.stale_discussions()] == [id_]
    repository.discussion_fresh(id_)

    assert repository.stale_discussions() == []


def test_one_that_ended_while_it_was_opened_is_edited(repository):
    """Its message says what is so no longer."""
    item_id = item(repository)
    (id_,) = begin(repository, item_id, MIGRANT)
    repository.close_discussion(id_, Outcome.AGREED, at=NOON)

    repository.discussion_opened(id_, HELD, is_thread=False, at=NOON)

    assert [each.id for each in repository.stale_discussions()] == [id_]
    assert repository.discussions_to_open() == []


def test_an_item_that_is_another_one_brings_its_discussions_along(repository):
    """What is discussed there already is not discussed twice."""
    one, other = item(repository), item(repository, "https://b.example/")
    begin(repository, one, MIGRANT, LABOUR)
    begin(repository, other, MIGRANT)

    repository.save_document(
        one,
        Document("移工遊行。"),
        same=["https://b.example/"],
        fingerprint=fingerprint("移工遊行。"),
        at=NOON,
    )

    live = repository.live_discussions(repository.community("home").id)
    assert {(each.item, each.path) for each in live} == {(other, LABOUR), (other, MIGRANT)}
    assert len(live) == 2


def test_a_chat_that_moves_takes_its_discussions_along(repository):
    """Their messages are found at the new address."""
    opened(repository, item(repository))
    moved = ChatRef("fake", "2")

    repository.move_chat(WHERE, moved)

    assert repository.discussion_at(MessageRef(moved, "9")) is not None
    assert repository.discussion_at(HELD) is None


def test_a_chat_that_is_forgotten_leaves_its_discussions_to_others(repository):
    """What was open waits for another place."""
    item_id = item(repository)
    id_ = opened(repository, item_id)

    repository.remove_chat(WHERE)

    assert repository.discussions_to_open() == []
    other = ChatRef("fake", "2")
    repository.hold_discussions_at(item_id, other)
    (found,) = repository.discussions_to_open()
    assert (found.id, found.message, found.where) == (id_, None, other)


def test_removing_an_item_removes_its_discussions(repository):
    """And what was suggested in them."""
    item_id = item(repository)
    id_ = opened(repository, item_id)
    repository.suggest_sentence(id_, "算", kind=Kind.EDGE, language="zh-TW", member=BO, at=NOON)

    repository.remove(item_id)

    assert repository.discussion(id_) is None
    assert repository.sentences_by(BO) == []


def test_the_same_words_are_suggested_once(repository):
    """Whoever repeats them may say where they belong."""
    id_ = opened(repository, item(repository))
    later = NOON + timedelta(hours=1)

    first = repository.suggest_sentence(
        id_, "外送員", kind=Kind.EDGE, language="zh-TW", member=BO, at=NOON
    )
    again = repository.suggest_sentence(
        id_, "外送員", kind=Kind.INCLUDE, language="zh-TW", member=ANN, at=later
    )

    assert again == first
    assert [(each.kind, each.member) for each in repository.sentences(id_)] == [(Kind.INCLUDE, BO)]
    assert [each.id for each in repository.stale_discussions()] == [id_]


def test_who_is_forgotten_leaves_no_words(repository):
    """The discussion stays, and its message is edited."""
    item_id = item(repository)
    id_ = opened(repository, item_id)
    repository.suggest_sentence(id_, "算", kind=Kind.EDGE, language="zh-TW", member=BO, at=NOON)
    assert [(found, each.text) for found, each in repository.sentences_by(BO)] == [(item_id, "算")]
    repository.stale_discussions()
    repository.discussion_fresh(id_)

    repository.blot_out(BO, {})

    assert repository.sentences_by(BO) == []
    assert repository.sentences(id_) == []
    assert [each.id for each in repository.stale_discussions()] == [id_]
