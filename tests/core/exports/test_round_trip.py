"""A library that is exported and brought in elsewhere is the same library."""

import json
from dataclasses import replace

import pytest

from core.domain import (
    ChatRef,
    Customs,
    LabelPath,
    Link,
    MemberRef,
    MessageRef,
    PastedText,
    SentFile,
    State,
)
from core.errors import BadFile, NotAnArticle
from core.exporting import Wish
from core.store.keyword import FtsKeywordIndex
from tests.core.exports.rooms import exporting, restoring
from tests.fakes.rooms import MEI, TOM, Rooms

ENERGY = LabelPath("topic/environment/energy")
LABOUR = LabelPath("topic/labour")


@pytest.fixture
def rooms():
    """A little of everything: a story of two, a file, a failure, a removed number, votes."""
    built = Rooms(keywords=FtsKeywordIndex)
    built.repository.set_customs(built.community.id, Customs(quorum=2, lead=2, intake="links"))
    text = "能源政策公布。環境團體要求檢討。電廠附近的居民說，空氣比以前更糟。" * 8
    url = built.reader.page("https://news.example/energy", text, title="=能源", author="林")
    copy = built.reader.page("https://other.example/energy", text)
    wall = built.reader.fails("https://wall.example/", NotAnArticle("A wall.", reason="login"))
    where = MessageRef(ChatRef("console", "secret-room", "7"), "1")
    item = built.add(Link(url), member_name="小美本名", note="請看", message=where).item
    built.add(Link(copy), member=TOM, note="不同意公開")
    built.clock.forward(18_000)
    gone = built.add(PastedText("勞動節快樂。", title="勞動")).item
    built.repository.remove(gone.id)
    built.add(Link(wall), member=TOM)
    built.add(SentFile("會議.txt", b"Minutes of the energy meeting."))
    built.repository.set_member_consent(MEI, True)
    voting = built.voting()
    for member in (MEI, TOM, MemberRef("console", "ann")):
        voting.cast(item.id, member, ENERGY, is_for=True, by="button")
    voting.cast(item.id, TOM, LABOUR, is_for=False, by="reaction")
    built.community = built.repository.community_by_id(built.community.id)
    yield built
    built.close()


@pytest.fixture
def elsewhere():
    built = Rooms(keywords=FtsKeywordIndex)
    yield built
    built.close()


def told(rooms: Rooms) -> list[object]:
    """Every item, without ids and people."""
    community = rooms.community.id
    items = [rooms.repository.item_by_id(id_) for id_ in rooms.repository.all_ids(community)]
    first = {item.story: item.number for item in reversed(items) if item.story}
    return [
        replace(item, id=0, first_shared_by=None, rulings=(), story=first.get(item.story))
        for item in items
    ]


def test_a_library_brought_in_elsewhere_is_the_same(rooms, elsewhere, tmp_path):
    """Items with their states, texts, labels, scores, stories, numbers and times; customs, too."""
    place = tmp_path / "home.library.jsonl"

    written = exporting(rooms).write(rooms.community, place, Wish("library", with_voices=True))
    restored = restoring(elsewhere).restore(elsewhere.community, place)

    assert (written.items, restored.new, restored.known, restored.is_same) == (4, 4, 0, True)
    assert told(elsewhere) == told(rooms)
    community = elsewhere.repository.community_by_id(elsewhere.community.id)
    assert community.customs == rooms.community.customs
    added = elsewhere.add(PastedText("下一篇。")).item
    assert added.number == 6


def test_votes_come_along_under_pseudonyms_and_decide_the_same(rooms, elsewhere, tmp_path):
    """Counting them again changes nothing, and withdrawing them has an effect."""
    place = tmp_path / "home.library.jsonl"
    exporting(rooms).write(rooms.community, place, Wish("library", with_voices=True))
    restoring(elsewhere).restore(elsewhere.community, place)
    item = elsewhere.repository.item(elsewhere.community.id, 1)

    votes = elsewhere.repository.votes(item.id)
    again = elsewhere.voting().recount(item.id)

    original = rooms.repository.votes(rooms.repository.item(rooms.community.id, 1).id)
    assert sorted((v.path, v.is_for, v.by, v.at) for v in votes) == sorted(
        (v.path, v.is_for, v.by, v.at) for v in original
    )
    assert again.labels == item.labels
    # who handed it in and who voted is the same person here, too
    (share,) = elsewhere.repository.shares(item.id)
    assert share.member in {vote.member for vote in votes}
    assert len({vote.member for vote in votes}) == 3


def test_without_votes_decisions_stay(rooms, elsewhere, tmp_path):
    """As if an import had said them."""
    place = tmp_path / "home.library.jsonl"

    exporting(rooms).write(rooms.community, place, Wish("library"))
    restoring(elsewhere).restore(elsewhere.community, place)

    item = elsewhere.repository.item(elsewhere.community.id, 1)
    assert elsewhere.repository.votes(item.id) == []
    again = elsewhere.voting().recount(item.id)
    assert again.labels == rooms.repository.item(rooms.community.id, 1).labels


def test_nobody_is_named_and_no_chat(rooms, tmp_path):
    """Notes are told of those who agreed; two exports have no pseudonym in common."""
    first, second = tmp_path / "1.library.jsonl", tmp_path / "2.library.jsonl"

    for place in (first, second):
        exporting(rooms).write(rooms.community, place, Wish("library", with_voices=True))

    text = first.read_text()
    for secret in ("小美本名", "secret-room", '"mei"', '"tom"', '"ann"', "不同意公開"):
        assert secret not in text
    assert "請看" in text
    members = [
        {
            share["member"]
            for line in place.read_text().splitlines()[1:]
            for share in json.loads(line)["shares"]
        }
        for place in (first, second)
    ]
    assert len(members[0]) == 2
    assert members[0].isdisjoint(members[1])


def test_what_a_model_said_comes_along(rooms, elsewhere, tmp_path):
    """So /why tells the same, and nothing has to be asked again."""
    place = tmp_path / "home.library.jsonl"
    exporting(rooms).write(rooms.community, place, Wish("library"))

    restoring(elsewhere).restore(elsewhere.community, place)

    for number in (1, 2, 5):
        here = elsewhere.repository.item(elsewhere.community.id, number)
        there = rooms.repository.item(rooms.community.id, number)
        assert elsewhere.repository.labellings(here.id) == rooms.repository.labellings(there.id)
        assert elsewhere.repository.given(here.id) == rooms.repository.given(there.id)
    assert elsewhere.vectors.count(elsewhere.community.id) == 3
    assert elsewhere.add(Link("https://news.example/energy")).item.number == 1


def test_a_library_brought_in_twice_is_there_once(rooms, elsewhere, tmp_path):
    """And beside what is there already, it gets numbers of its own."""
    elsewhere.add(PastedText("早就在這裡。"))
    place = tmp_path / "home.library.jsonl"
    exporting(rooms).write(rooms.community, place, Wish("library"))

    first = restoring(elsewhere).restore(elsewhere.community, place)
    second = restoring(elsewhere).restore(elsewhere.community, place)

    assert (first.new, first.known, first.is_same) == (4, 0, False)
    assert (second.new, second.known) == (0, 4)
    assert [item.number for item in told(elsewhere)] == [1, 2, 3, 4, 5]


def test_a_part_of_a_library_can_be_taken(rooms, elsewhere, tmp_path):
    """By a search."""
    place = tmp_path / "part.library.jsonl"

    exporting(rooms).write(rooms.community, place, Wish("library", query="site:other.example"))
    restored = restoring(elsewhere).restore(elsewhere.community, place)

    assert restored.new == 1
    assert [item.number for item in told(elsewhere)] == [2]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda lines: [lines[0], '{"given": []}'],
        lambda lines: [lines[0], lines[1].replace('"state": "done"', '"state": "dnoe"')],
        lambda lines: [lines[0], lines[1].replace('"received_at": "2', '"received_at": "x2')],
        lambda lines: [lines[0], lines[1][:50]],
        lambda lines: [lines[0].replace('"form": 1', '"form": 99')],
        lambda lines: [lines[0].replace('"quorum": 2', '"quorum": "many"')],
        lambda lines: [lines[0].replace("Asia/Taipei", "Asia/Nowhere")],
    ],
)
def test_a_broken_library_is_refused_as_a_whole(rooms, elsewhere, tmp_path, spoil):
    """An empty community stays empty; the message tells the line."""
    place = tmp_path / "home.library.jsonl"
    exporting(rooms).write(rooms.community, place, Wish("library"))
    lines = place.read_text().splitlines()
    place.write_text("\n".join([*spoil(lines), *lines[2:]]))

    with pytest.raises(BadFile, match=r"line [12]|newer"):
        restoring(elsewhere).restore(elsewhere.community, place)

    assert told(elsewhere) == []


def test_unfinished_work_begins_anew_elsewhere(elsewhere, rooms, tmp_path):
    """What was only received is received."""
    rooms.ingest.receive(PastedText("還沒讀。"), community=rooms.community, member=MEI)
    place = tmp_path / "home.library.jsonl"
    exporting(rooms).write(rooms.community, place, Wish("library"))

    restoring(elsewhere).restore(elsewhere.community, place)

    (unfinished,) = elsewhere.ingest.unfinished()
    assert elsewhere.ingest.work(unfinished).item.state is State.DONE
