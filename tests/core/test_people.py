"""What is kept about a person, told to them, and forgotten when they ask."""

import json
from dataclasses import replace

import pytest

from core.domain import (
    ChatRef,
    LabelStatus,
    Link,
    MemberRef,
    MessageRef,
    PastedText,
    Role,
    SentFile,
    Vote,
)
from core.membership import Membership
from core.people import Forgotten, People
from core.store.keyword import FtsKeywordIndex
from core.voting import Voting
from tests.fakes.rooms import TOM, Rooms

ANN = MemberRef("telegram", "4711")
NAME = "Annabel Lee"
GROUP = ChatRef("telegram", "-100")
DIRECT = ChatRef("telegram", "4711")
LABOUR = "topic/labour"


@pytest.fixture
def rooms():
    built = Rooms(keywords=FtsKeywordIndex)
    built.people = People(built.repository, built.vectors)
    built.voting = Voting(built.repository, lambda _community: built.taxonomy, built.clock)
    membership = Membership(
        built.repository, built.vectors, built.clock, language="en", timezone="Asia/Taipei"
    )
    for where, is_private in ((GROUP, False), (DIRECT, True)):
        _, community, _ = membership.of(
            where, is_private=is_private, title=NAME, locale="en", member=ANN
        )
        built.repository.see_member(community.id, ANN, name=NAME, at=built.clock.now())
        setattr(built, "own" if is_private else "group", community)
    built.repository.set_title(built.group.id, "Riverside")
    yield built
    built.close()


def furnish(rooms):
    """Let Annabel leave something everywhere; the items by name."""
    repository, now = rooms.repository, rooms.clock.now()
    url = rooms.reader.page("https://news.example/a", "The river rose.")

    def give(given, id_, *, where=GROUP, community=rooms.group, member=ANN):
        message = MessageRef(where, id_)
        how = {"member_name": NAME, "note": "my very own note"} if member == ANN else {}
        item = rooms.add(given, community=community, member=member, message=message, **how).item
        repository.owe_card(item.id, where, member=member, answers=message, at=now)
        repository.card_sent(None, item.id, MessageRef(where, f"1{id_}"), at=now)
        repository.keep_parts(item.id, [(message, f"words of {member.id}")])
        return item

    items = {
        "link": give(Link(url), "1"),
        "text": give(PastedText("Annabel Lee wrote this herself."), "2"),
        "file": give(SentFile("diary.txt", b"Annabel Lee kept a diary."), "3"),
        "both": give(PastedText("A leaflet that went round."), "4"),
        "private": give(PastedText("Annabel Lee at home."), "5", where=DIRECT, community=rooms.own),
        "toms": give(PastedText("The dam broke."), "6", member=TOM),
    }
    give(PastedText("A leaflet that went round."), "7", member=TOM)
    # a group's item shown in private
    repository.card_sent(None, items["toms"].id, MessageRef(DIRECT, "99"), at=now)
    for item in (items["link"], items["toms"]):
        for member in (ANN, TOM):
            rooms.voting.cast(item.id, member, LABOUR, is_for=True, by="button")
    for name in ("link", "toms"):
        rooms.voting.rule(
            items[name].id, ANN, LABOUR, is_for=True, reason="Annabel says: my very own note"
        )
    repository.set_member_language(ANN, "en")
    repository.set_member_consent(ANN, True)
    repository.appoint(rooms.group.id, ANN, Role.EDITOR)
    said = json.dumps({"member": "4711", "name": NAME})
    for key, chat, body in (
        ("m1", GROUP, said),
        ("reaction:4711:9", GROUP, ""),
        ("m5", DIRECT, said),
        ("m6", GROUP, json.dumps({"member": "47112"})),
    ):
        repository.keep_event("telegram", key, chat.chat, body, at=now, message="9")
    return items


def everything(rooms):
    """Every value of every table, as text."""
    with rooms.database.reading() as session:
        run = session.connection().exec_driver_sql
        tables = run("SELECT name FROM sqlite_master WHERE type = 'table'").scalars().all()
        return {
            f"{table}: {value!r}"
            for table in tables
            for row in run(f'SELECT * FROM "{table}"')
            for value in row
        }


def test_a_person_is_told_everything(rooms):
    """As JSON: choices, communities, what they handed in with their notes, votes and rulings."""
    furnish(rooms)

    about = json.loads(json.dumps(rooms.people.about(ANN)))

    assert (about["id"], about["language"], about["may_train"]) == ("4711", "en", True)
    assert [each["role"] for each in about["communities"]] == ["editor", None]
    assert about["communities"][0]["name"] == NAME
    assert [each["number"] for each in about["items"]] == [1, 2, 3, 4, 1]
    assert about["items"][0]["note"] == "my very own note"
    assert about["items"][0]["message"] == {
        "platform": "telegram",
        "chat": "-100",
        "thread": None,
        "id": "1",
    }
    assert [(each["number"], each["label"]) for each in about["votes"]] == [
        (1, LABOUR),
        (5, LABOUR),
    ]
    assert [(each["number"], each["is_for"], each["reason"]) for each in about["rulings"]] == [
        (1, True, "Annabel says: my very own note"),
        (5, True, "Annabel says: my very own note"),
    ]


def test_a_person_whom_nobody_knows_is_told_so(rooms):
    """Nothing is invented."""
    about = rooms.people.about(MemberRef("telegram", "1"))

    assert (about["items"], about["votes"], about["communities"]) == ([], [], [])


def test_nothing_is_left_of_who_is_forgotten(rooms):
    """In no table: neither number, nor name, nor note, nor words of their own."""
    furnish(rooms)
    leftovers = ("'4711", "4711'", "Annabel", "annabel", "my very own note", "of 4711", ":4711:")
    assert any("4711" in value for value in everything(rooms))

    forgotten = rooms.people.forget(ANN)

    found = [value for value in everything(rooms) if any(each in value for each in leftovers)]
    assert found == []
    assert forgotten == Forgotten((rooms.own.id,), removed=2, anonymous=2, votes=2)
    assert rooms.repository.problems() == []


def test_what_others_need_stays(rooms):
    """Links, what others handed in too, and decisions; other people's words are not touched."""
    items = furnish(rooms)
    before = rooms.repository.item_by_id(items["link"].id)
    assert LabelStatus.CONFIRMED in {label.status for label in before.labels}

    rooms.people.forget(ANN)

    after = rooms.voting.recount(items["link"].id)
    assert after == replace(before, first_shared_by=after.first_shared_by, rulings=after.rulings)
    assert [(each.path, each.is_for) for each in after.rulings] == [(LABOUR, True)]
    left = rooms.repository.recent(rooms.group.id, limit=9)
    assert {item.number for item in left} == {1, 4, 5}
    assert rooms.repository.shares(items["both"].id)[-1].member == TOM
    assert rooms.repository.parts(items["toms"].id) != []
    assert [event.body for event in rooms.repository.waiting_events()] == ['{"member": "47112"}']
    assert rooms.repository.last_message(GROUP) == "9"
    assert rooms.vectors.count(rooms.own.id) == 0
    assert set(rooms.vectors.vectors[rooms.group.id]) == {item.id for item in left}


def test_the_forgotten_are_somebody_else_on_each_item(rooms):
    """But the same in sharing and voting, so that voices are counted as before."""
    items = furnish(rooms)
    rooms.people.forget(ANN)

    sharer = rooms.repository.shares(items["link"].id)[0].member
    voters = [
        {vote.member for vote in rooms.repository.votes(items[name].id)} - {TOM}
        for name in ("link", "toms")
    ]

    assert voters[0] == {sharer}
    assert voters[1].isdisjoint(voters[0])
    assert rooms.people.about(sharer)["communities"] == []


def test_cards_that_named_them_are_edited(rooms):
    """Only where they had handed in, or ruled."""
    items = furnish(rooms)
    rooms.repository.stale_cards()
    for item in items.values():
        for card in rooms.repository.cards(item.id):
            rooms.repository.card_fresh(card)

    rooms.people.forget(ANN)

    stale = {item_id for item_id, _ in rooms.repository.stale_cards()}
    assert stale == {items[name].id for name in ("link", "both", "toms")}


def test_being_forgotten_twice_is_being_forgotten(rooms):
    """The second time there is nothing to do."""
    furnish(rooms)
    rooms.people.forget(ANN)

    assert rooms.people.forget(ANN) == Forgotten((), removed=0, anonymous=0, votes=0)


def test_a_private_chat_in_a_community_of_others_is_forgotten(rooms):
    """The community stays; also where a chat's number is not the person's."""
    repository, now = rooms.repository, rooms.clock.now()
    member, direct = MemberRef("discord", "8"), ChatRef("discord", "900")
    repository.add_chat(direct, rooms.group.id, is_private=True)
    repository.see_member(rooms.group.id, member, name="Bo", at=now)
    url = rooms.reader.page("https://news.example/b", "The river rose.")
    rooms.add(Link(url), community=rooms.group, member=member, message=MessageRef(direct, "1"))

    forgotten = rooms.people.forget(member)

    assert (forgotten.communities, forgotten.anonymous) == ((), 1)
    assert repository.chat(direct) is None
    assert repository.chat(GROUP) is not None


def test_a_vote_alone_is_forgotten_too(rooms):
    """Somebody who only voted is counted, and not known."""
    item = rooms.add(PastedText("The dam broke."), member=TOM).item
    rooms.repository.cast(item.id, Vote(LABOUR, ANN, True, "button", rooms.clock.now()))

    forgotten = rooms.people.forget(ANN)

    assert (forgotten.anonymous, forgotten.votes) == (0, 1)
    assert len(rooms.repository.votes(item.id)) == 1
    assert rooms.repository.votes_by(ANN) == []
