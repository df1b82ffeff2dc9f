"""Chats and the communities that they speak for."""

from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError, NoResultFound

from core.domain import Chat, ChatRef, Customs, Link, MemberRef, MessageRef, PastedText, Vote
from core.errors import BadConfig
from tests.fakes.rooms import MEI, TOM, Rooms

GROUP = ChatRef("telegram", "-100")
SUPERGROUP = ChatRef("telegram", "-1001")
SERVER = ChatRef("discord", "77")


@pytest.fixture
def rooms():
    built = Rooms()
    yield built
    built.close()


def found(rooms, name, **how):
    said = {"title": None, "language": "en", "timezone": "Asia/Taipei"} | how
    return rooms.repository.found_community(name, **said)


# ── communities ──────────────────────────────────────────────────────────────────────────────────


def test_a_community_gets_a_handle_of_its_own(rooms):
    """Where the handle is taken, a number is added."""
    handles = [found(rooms, "home").name, found(rooms, "home").name, found(rooms, "river").name]

    assert handles == ["home-2", "home-3", "river"]


def test_a_community_changes_how_it_wants_things_done(rooms):
    """Customs, title, time zone and labels are its own; the rest stays as it was."""
    repository, id_ = rooms.repository, rooms.community.id
    customs = Customs("links", "silent", quorum=3, lead=2, counts_own=False, on_deletion="keep")

    repository.set_customs(id_, customs)
    repository.set_title(id_, "河邊的人")
    repository.set_timezone(id_, "Europe/London")
    repository.set_taxonomy(id_, "starter")

    home = repository.community_by_id(id_)
    assert (home.customs, home.title) == (customs, "河邊的人")
    assert (home.timezone, home.taxonomy) == ("Europe/London", "starter")
    assert found(rooms, "river").customs == Customs()


def test_a_time_zone_is_checked_when_it_is_set(rooms):
    """The one that it had stays."""
    with pytest.raises(BadConfig, match="no time zone"):
        rooms.repository.set_timezone(rooms.community.id, "Mars/Olympus")
    with pytest.raises(BadConfig, match="no time zone"):
        found(rooms, "river", timezone="Mars/Olympus")

    assert rooms.repository.community("home").timezone == "Asia/Taipei"


def test_a_community_is_removed_with_everything_that_is_its(rooms):
    """Items, chats, members, codes and kept events go; another community's stay."""
    repository, now = rooms.repository, rooms.clock.now()
    river = found(rooms, "river")
    for community, chat in ((river, GROUP), (rooms.community, SERVER)):
        repository.add_chat(chat, community.id, is_private=False)
        repository.see_member(community.id, MEI, name="小美", at=now)
        repository.keep_code(f"hash of {chat.chat}", community.id, now + timedelta(minutes=5))
        repository.keep_event(chat.platform, "1", chat.chat, "{}", at=now)
        item = rooms.add(PastedText("The river rose."), community=community).item
        repository.owe_card(item.id, chat, member=MEI, answers=None, at=now)
        repository.cast(item.id, Vote("topic/labour", TOM, True, "button", now))

    repository.remove_community(river.id)

    assert repository.communities() == [rooms.community]
    assert repository.chat(GROUP) is None
    assert repository.take_code("hash of -100", now) is None
    assert [event.platform for event in repository.waiting_events()] == ["discord"]
    assert [owed.where for owed in repository.owed_cards()] == [SERVER]
    assert repository.member_communities(MEI) == [rooms.community]
    assert repository.count(rooms.community.id) == 1
    assert river.id not in rooms.keywords.items
    assert repository.problems() == []


# ── codes ────────────────────────────────────────────────────────────────────────────────────────


def test_a_code_leads_to_its_community_once(rooms):
    """Whoever is second with it finds nothing."""
    repository, now = rooms.repository, rooms.clock.now()
    repository.keep_code("hash", rooms.community.id, now + timedelta(minutes=30))

    assert repository.take_code("other", now) is None
    assert repository.take_code("hash", now) == rooms.community.id
    assert repository.take_code("hash", now) is None


def test_a_code_is_over_after_its_time(rooms):
    """At the moment named it leads nowhere, and is forgotten."""
    repository, now = rooms.repository, rooms.clock.now()
    repository.keep_code("hash", rooms.community.id, now + timedelta(minutes=30))

    assert repository.take_code("hash", now + timedelta(minutes=30)) is None
    assert repository.take_code("hash", now) is None


# ── chats ────────────────────────────────────────────────────────────────────────────────────────


def test_a_chat_is_known_by_its_address_without_the_thread(rooms):
    """Threads are places in a chat, not chats."""
    made = rooms.repository.add_chat(
        ChatRef("telegram", "-100", "5"), rooms.community.id, is_private=False
    )

    assert made == Chat(GROUP, rooms.community.id, is_private=False)
    assert rooms.repository.chat(ChatRef("telegram", "-100", "9")) == made
    assert rooms.repository.chat(SERVER) is None


def test_a_chat_that_is_known_stays_as_it_is(rooms):
    """Adding it again, for whomever, changes nothing."""
    river = found(rooms, "river")
    made = rooms.repository.add_chat(GROUP, rooms.community.id, is_private=False)

    assert rooms.repository.add_chat(GROUP, river.id, is_private=True) == made


def test_a_chat_needs_a_community(rooms):
    """One that is not there is no community."""
    with pytest.raises(IntegrityError):
        rooms.repository.add_chat(GROUP, 99, is_private=False)


def test_several_chats_speak_for_one_community(rooms):
    """A chat that joins leaves its own community behind, as it was."""
    repository = rooms.repository
    river = found(rooms, "river")
    repository.add_chat(GROUP, rooms.community.id, is_private=False)
    repository.add_chat(SERVER, river.id, is_private=False)

    repository.join_community(SERVER, rooms.community.id)

    assert [chat.where for chat in repository.chats(rooms.community.id)] == [GROUP, SERVER]
    assert repository.all_chats() == repository.chats(rooms.community.id)
    assert repository.chats(river.id) == []
    assert repository.community_by_id(river.id) == river


def test_only_a_known_chat_joins(rooms):
    """It was founded or found before."""
    with pytest.raises(NoResultFound):
        rooms.repository.join_community(GROUP, rooms.community.id)


def test_a_chat_is_set_up_once(rooms):
    """The set-up card is not shown again."""
    rooms.repository.add_chat(GROUP, rooms.community.id, is_private=False)

    rooms.repository.set_up(GROUP)

    assert rooms.repository.chat(GROUP).is_set_up


def test_a_chat_is_paused_from_the_first_time_on(rooms):
    """Hearing again that the bot is gone does not begin anew; being there again does."""
    repository, now = rooms.repository, rooms.clock.now()
    repository.add_chat(GROUP, rooms.community.id, is_private=False)
    repository.add_chat(SERVER, rooms.community.id, is_private=False)
    repository.pause(GROUP, now)
    repository.pause(GROUP, now + timedelta(days=1))
    repository.pause(ChatRef("telegram", "unknown"), now)

    assert repository.chat(GROUP).paused_at == now
    assert repository.paused_before(now) == []
    assert [chat.where for chat in repository.paused_before(now + timedelta(1))] == [GROUP]

    repository.unpause(GROUP)
    repository.unpause(ChatRef("telegram", "unknown"))

    assert repository.paused_before(now + timedelta(1)) == []


def test_a_removed_chat_leaves_its_items(rooms):
    """Its cards, debts and events go with it; removing it again does nothing."""
    repository, now = rooms.repository, rooms.clock.now()
    repository.add_chat(GROUP, rooms.community.id, is_private=False)
    item = rooms.add(PastedText("The river rose.")).item
    repository.card_sent(None, item.id, MessageRef(GROUP, "8"), at=now)
    repository.owe_card(item.id, GROUP, member=MEI, answers=None, at=now)
    repository.keep_event("telegram", "1", "-100", "{}", at=now)

    repository.remove_chat(GROUP)
    repository.remove_chat(GROUP)

    assert repository.chat(GROUP) is None
    assert (repository.cards(item.id), repository.owed_cards()) == ([], [])
    assert repository.waiting_events() == []
    assert repository.item_by_id(item.id) == item


# ── moving ───────────────────────────────────────────────────────────────────────────────────────


def furnish(rooms):
    """An item with everything that holds the group's address; its id."""
    repository, now = rooms.repository, rooms.clock.now()
    repository.add_chat(GROUP, rooms.community.id, is_private=False)
    repository.set_up(GROUP)
    said = MessageRef(GROUP, "7")
    item = rooms.add(PastedText("The river rose."), message=said).item
    repository.owe_card(item.id, GROUP, member=MEI, answers=said, at=now)
    repository.card_sent(None, item.id, MessageRef(GROUP, "8"), at=now)
    repository.keep_parts(item.id, [(said, "The river rose.")])
    repository.keep_event("telegram", "1", "-100", "{}", at=now, message="7")
    return item.id


def addresses(rooms, item_id):
    """Every chat's address that is held somewhere."""
    repository = rooms.repository
    places = [
        *(chat.where for chat in repository.all_chats()),
        *(card.where for card in repository.cards(item_id)),
        *(owed.where for owed in repository.owed_cards()),
        *(owed.answers.where for owed in repository.owed_cards()),
        *(share.message.where for share in repository.shares(item_id)),
        *(message.where for message, _ in repository.parts(item_id)),
    ]
    return set(places)


@pytest.mark.parametrize("times", [1, 2], ids=["once", "told-twice"])
def test_a_chat_that_moves_takes_everything_along(rooms, times):
    """Nothing holds the old address any more, however often the move is told."""
    item_id = furnish(rooms)

    for _ in range(times):
        rooms.repository.move_chat(GROUP, SUPERGROUP)

    assert addresses(rooms, item_id) == {SUPERGROUP}
    assert rooms.repository.chat(SUPERGROUP).is_set_up
    assert rooms.repository.last_message(SUPERGROUP) == "7"
    assert rooms.repository.last_message(GROUP) is None


def test_a_chat_moves_to_an_address_that_was_heard_from_first(rooms):
    """The community that was founded for it meanwhile goes, as nothing is in it."""
    item_id = furnish(rooms)
    meanwhile = found(rooms, "telegram-1001")
    rooms.repository.add_chat(SUPERGROUP, meanwhile.id, is_private=False)

    rooms.repository.move_chat(GROUP, SUPERGROUP)

    assert addresses(rooms, item_id) == {SUPERGROUP}
    assert rooms.repository.chat(SUPERGROUP).community == rooms.community.id
    assert rooms.repository.communities() == [rooms.community]


def test_a_community_that_holds_something_is_not_lost_in_a_move(rooms):
    """What was sent to the new address first stays there, though no chat speaks for it."""
    furnish(rooms)
    meanwhile = found(rooms, "telegram-1001")
    rooms.repository.add_chat(SUPERGROUP, meanwhile.id, is_private=False)
    rooms.add(Link("https://news.example/"), community=meanwhile)

    rooms.repository.move_chat(GROUP, SUPERGROUP)

    assert rooms.repository.count(meanwhile.id) == 1


def test_the_same_address_twice_is_one_address(rooms):
    """What was shared under both addresses was shared once."""
    item_id = furnish(rooms)
    again = MessageRef(SUPERGROUP, "7")
    rooms.add(PastedText("The river rose."), message=again)
    rooms.repository.card_sent(None, item_id, MessageRef(SUPERGROUP, "8"), at=rooms.clock.now())

    rooms.repository.move_chat(GROUP, SUPERGROUP)

    assert addresses(rooms, item_id) == {SUPERGROUP}
    assert [share.message for share in rooms.repository.shares(item_id)] == [again]
    assert rooms.repository.cards(item_id) == [MessageRef(SUPERGROUP, "8")]


def test_another_platform_with_the_same_number_is_another_chat(rooms):
    """Only the platform's own chat moves."""
    item_id = furnish(rooms)
    elsewhere = ChatRef("discord", "-100")
    rooms.repository.owe_card(
        item_id, elsewhere, member=MemberRef("discord", "1"), answers=None, at=rooms.clock.now()
    )

    rooms.repository.move_chat(GROUP, SUPERGROUP)

    assert [owed.where for owed in rooms.repository.owed_cards("discord")] == [elsewhere]
