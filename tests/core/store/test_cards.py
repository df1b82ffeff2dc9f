"""Which message shows, owes or makes which item."""

import pytest

from core.domain import ChatRef, Link, MessageRef, OwedCard, PastedText, Vote
from core.errors import UnknownItem
from tests.fakes.rooms import MEI, TOM, Rooms

GROUP = ChatRef("telegram", "-100")
TOPIC = ChatRef("telegram", "-100", "5")
CHANNEL = ChatRef("discord", "7", "70")


@pytest.fixture
def rooms():
    built = Rooms()
    yield built
    built.close()


def add(rooms, text="The river rose.", **how):
    return rooms.add(PastedText(text), **how).item.id


def owe(rooms, item_id, where=GROUP, *, answers=None, member=MEI):
    rooms.repository.owe_card(item_id, where, member=member, answers=answers, at=rooms.clock.now())


def send(rooms, item_id, message, *, owed_id=None):
    rooms.repository.card_sent(owed_id, item_id, message, at=rooms.clock.now())


# ── debts ────────────────────────────────────────────────────────────────────────────────────────


def test_a_place_waits_for_an_items_card_once(rooms):
    """However often the item is handed in there; each thread is a place of its own."""
    item_id, now = add(rooms), rooms.clock.now()
    asked = MessageRef(TOPIC, "7")
    owe(rooms, item_id, TOPIC, answers=asked)
    rooms.clock.forward(60)
    owe(rooms, item_id, TOPIC, member=TOM)
    owe(rooms, item_id, GROUP)
    owe(rooms, item_id, CHANNEL)

    first, *others = rooms.repository.owed_cards()

    assert first == OwedCard(first.id, item_id, TOPIC, MEI, now, asked)
    assert [(each.where, each.answers) for each in others] == [(GROUP, None), (CHANNEL, None)]
    assert [each.where for each in rooms.repository.owed_cards("discord")] == [CHANNEL]


def test_a_card_that_is_sent_pays_its_debt(rooms):
    """And its address is kept."""
    item_id = add(rooms)
    owe(rooms, item_id)
    (owed,) = rooms.repository.owed_cards()

    send(rooms, item_id, MessageRef(GROUP, "8"), owed_id=owed.id)

    assert rooms.repository.owed_cards() == []
    assert rooms.repository.cards(item_id) == [MessageRef(GROUP, "8")]


def test_a_debt_stays_where_the_address_cannot_be_kept(rooms):
    """Both are one piece of work."""
    item_id = add(rooms)
    owe(rooms, item_id)
    (owed,) = rooms.repository.owed_cards()

    with pytest.raises(UnknownItem):
        send(rooms, 99, MessageRef(GROUP, "8"), owed_id=owed.id)

    assert rooms.repository.owed_cards() == [owed]


def test_a_debt_can_be_dropped(rooms):
    """Nobody waits any more; dropping it again does nothing."""
    owe(rooms, add(rooms))
    (owed,) = rooms.repository.owed_cards()

    rooms.repository.drop_owed(owed.id)
    rooms.repository.drop_owed(owed.id)

    assert rooms.repository.owed_cards() == []


# ── cards ────────────────────────────────────────────────────────────────────────────────────────


def test_one_message_may_show_several_items(rooms):
    """They are told in the order of their numbers."""
    first, second = add(rooms), add(rooms, "The dam broke.")
    summary = MessageRef(GROUP, "8")
    send(rooms, second, summary)
    send(rooms, first, summary)
    send(rooms, first, summary)

    assert rooms.repository.items_of_card(summary) == [first, second]
    assert rooms.repository.items_of_card(MessageRef(GROUP, "9")) == []


def test_a_message_is_found_without_its_thread(rooms):
    """A reaction may not tell its thread; a thread that is told must be the right one."""
    item_id = add(rooms, message=MessageRef(TOPIC, "7"))
    send(rooms, item_id, MessageRef(TOPIC, "8"))
    other_topic = ChatRef("telegram", "-100", "6")

    assert rooms.repository.items_of_card(MessageRef(GROUP, "8")) == [item_id]
    assert rooms.repository.items_of_card(MessageRef(other_topic, "8")) == []
    assert rooms.repository.items_of_message(MessageRef(GROUP, "7")) == [item_id]
    assert rooms.repository.items_of_message(MessageRef(other_topic, "7")) == []


def test_a_message_may_have_handed_in_several_items(rooms):
    """One for each of its links."""
    said = MessageRef(CHANNEL, "7")
    ids = [add(rooms, text, message=said) for text in ("The river rose.", "The dam broke.")]

    assert rooms.repository.items_of_message(said) == ids


def test_a_deleted_card_is_no_card(rooms):
    """It is neither found nor edited."""
    item_id = add(rooms)
    send(rooms, item_id, MessageRef(GROUP, "8"))
    send(rooms, item_id, MessageRef(CHANNEL, "8"))

    rooms.repository.card_gone(MessageRef(GROUP, "8"))

    assert rooms.repository.cards(item_id) == [MessageRef(CHANNEL, "8")]


def test_cards_go_with_their_item(rooms):
    """And so do debts and parts."""
    item_id = add(rooms)
    owe(rooms, item_id)
    send(rooms, item_id, MessageRef(GROUP, "8"))
    rooms.repository.keep_parts(item_id, [(MessageRef(GROUP, "7"), "words")])

    rooms.ingest.remove(rooms.community, 1)

    assert rooms.repository.items_of_card(MessageRef(GROUP, "8")) == []
    assert rooms.repository.owed_cards() == []


# ── cards that are out of date ───────────────────────────────────────────────────────────────────


def test_an_item_that_changed_twice_is_edited_once(rooms):
    """On every platform that shows it; other items' cards are left alone."""
    item_id, other = add(rooms), add(rooms, "The dam broke.")
    send(rooms, item_id, MessageRef(GROUP, "8"))
    send(rooms, item_id, MessageRef(CHANNEL, "9"))
    send(rooms, other, MessageRef(GROUP, "10"))
    rooms.repository.mark_stale(item_id)
    rooms.repository.mark_stale(item_id)

    assert rooms.repository.stale_cards() == [
        (item_id, MessageRef(CHANNEL, "9")),
        (item_id, MessageRef(GROUP, "8")),
    ]
    rooms.repository.card_fresh(MessageRef(GROUP, "8"))
    assert rooms.repository.stale_cards("telegram") == []
    assert rooms.repository.stale_cards() == [(item_id, MessageRef(CHANNEL, "9"))]


def test_a_card_whose_item_changes_while_it_is_edited_stays_stale(rooms):
    """What was written into it was old already."""
    item_id, card = add(rooms), MessageRef(GROUP, "8")
    send(rooms, item_id, card)
    rooms.repository.mark_stale(item_id)
    rooms.repository.stale_cards()

    rooms.repository.mark_stale(item_id)
    rooms.repository.card_fresh(card)

    assert rooms.repository.stale_cards() == [(item_id, card)]


def test_a_stale_card_survives_a_restart(tmp_path):
    """Also if the program stopped while it edited the card."""
    file, card = tmp_path / "store.sqlite3", MessageRef(GROUP, "8")
    before = Rooms(file)
    item_id = add(before)
    send(before, item_id, card)
    before.repository.mark_stale(item_id)
    before.repository.stale_cards()
    before.close()

    after = Rooms(file)

    assert after.repository.stale_cards() == [(item_id, card)]
    after.close()


# ── parts ────────────────────────────────────────────────────────────────────────────────────────


def test_an_item_is_made_of_messages_in_their_order(rooms):
    """Late ones come after those that are there; one that is told again says what it says now."""
    item_id = add(rooms)
    comment, forward, late = (MessageRef(GROUP, id_) for id_ in ("7", "8", "9"))
    rooms.repository.keep_parts(item_id, [(forward, "forwarded"), (comment, "look")])
    rooms.repository.keep_parts(item_id, [(late, "more"), (forward, "edited"), (late, "more")])

    assert rooms.repository.parts(item_id) == [
        (forward, "edited"),
        (comment, "look"),
        (late, "more"),
    ]


def test_a_part_belongs_to_one_item(rooms):
    """When what was one item is split, the new one takes its message along."""
    whole, new = add(rooms), add(rooms, "The dam broke.")
    first, second = MessageRef(GROUP, "7"), MessageRef(GROUP, "8")
    rooms.repository.keep_parts(whole, [(first, "one"), (second, "two")])

    rooms.repository.keep_parts(new, [(second, "two")])

    assert rooms.repository.parts(whole) == [(first, "one")]
    assert rooms.repository.parts(new) == [(second, "two")]


def test_an_item_that_turns_out_to_be_another_takes_its_messages_there(rooms):
    """Cards, debts, parts and votes; what the other one has itself stays."""
    repository, now = rooms.repository, rooms.clock.now()
    url = rooms.reader.page("https://news.example/a", "The river rose.")
    known = rooms.add(Link(url)).item.id
    rooms.reader.page("https://short.example/x", "The river rose.", to=url)
    both = MessageRef(GROUP, "8")
    send(rooms, known, both)
    owe(rooms, known)
    repository.keep_parts(known, [(MessageRef(GROUP, "1"), "one")])
    repository.cast(known, Vote("topic/labour", MEI, True, "button", now))
    new = rooms.ingest.receive(
        Link("https://short.example/x"), community=rooms.community, member=TOM
    ).item.id
    for message in (both, MessageRef(GROUP, "9")):
        send(rooms, new, message)
    for where in (GROUP, CHANNEL):
        owe(rooms, new, where)
    repository.keep_parts(new, [(MessageRef(GROUP, "2"), "two")])
    for member in (MEI, TOM):
        repository.cast(new, Vote("topic/labour", member, False, "button", now))

    assert rooms.ingest.work(new).item.id == known

    assert set(repository.cards(known)) == {both, MessageRef(GROUP, "9")}
    assert {owed.where for owed in repository.owed_cards()} == {GROUP, CHANNEL}
    assert [text for _, text in repository.parts(known)] == ["one", "two"]
    assert {(vote.member, vote.is_for) for vote in repository.votes(known)} == {
        (MEI, True),
        (TOM, False),
    }
