"""A whole library takes along what people decided, asked and wrote into its codebook."""

import json
from datetime import UTC, datetime

import pytest
from sqlmodel import select

from core.codebook_operations import Note
from core.domain import LabelPath, PastedText
from core.errors import BadFile
from core.exporting import Wish
from core.store.every_table import every_table
from core.store.furnishing import NOT_COPIED
from core.store.keyword import FtsKeywordIndex
from core.store.tables_codebook import CodebookProposalRow
from core.store.tables_digests import PickRow
from core.store.tables_discussions import DiscussionRow, SentenceRow
from core.store.tables_questions import QuestionRow
from core.store.tables_rounds import PracticeRow, RoundMemberRow, RoundPairRow, RoundRow
from tests.core.exports.rooms import codebooks, exporting, restoring
from tests.fakes.rooms import MEI, TOM, Rooms

LABOUR = LabelPath("topic/labour")
AT = datetime(2026, 3, 2, 8, tzinfo=UTC)
WHO = {"member_platform": MEI.platform, "member": MEI.id}


@pytest.fixture
def rooms():
    """A library in whose every copied table is something; its first number is burnt."""
    built = Rooms(keywords=FtsKeywordIndex)
    built.repository.remove(built.add(PastedText("不要了。")).item.id)
    item = built.add(PastedText("勞動節遊行。工會要求加薪。", title="勞動")).item
    built.repository.set_member_consent(MEI, True)
    for member in (MEI, TOM):
        built.voting().cast(item.id, member, LABOUR, is_for=True, by="button")
    built.voting().rule(item.id, TOM, LABOUR, is_for=False, reason="不公開的理由")
    books = codebooks(built)
    books.change(built.community, [edge_case("罷工算。")], by=MEI)
    books.propose(built.community, [edge_case("加班算。")], by=MEI)
    fill(built, item.id)
    yield built
    built.close()


@pytest.fixture
def elsewhere():
    built = Rooms(keywords=FtsKeywordIndex)
    yield built
    built.close()


def edge_case(words: str) -> Note:
    return Note(LABOUR, "edge-case", "zh-TW", words)


def fill(rooms, item):
    community = rooms.community.id
    with rooms.database.transaction() as session:
        round_ = RoundRow(
            community_id=community, number=1, dimension="topic", kind="counted", course=1, seed=7,
            target=0.8, started_at=AT, started_platform=MEI.platform, started_by=MEI.id,
            closed_at=AT, platform="console", chat="secret-room", thread="", message="5",
        )  # fmt: skip
        discussion = DiscussionRow(
            community_id=community, item_id=item, path=LABOUR, trigger="asked", stage="closed",
            queued_at=AT, platform="console", chat="secret-room", thread="", message="6",
            outcome="right", sentence="罷工算。", version=2, opened_at=AT, closed_at=AT,
        )  # fmt: skip
        session.add_all([round_, discussion])
        session.flush()
        asked = {
            "community_id": community,
            "path": LABOUR,
            "position": 0,
            "put_at": AT,
            "state": "answered",
            "answer": "yes",
            "answered_at": AT,
        }
        session.add_all(
            [
                PickRow(item_id=item, community_id=community, kind="keep", at=AT),
                RoundPairRow(round_id=round_.id, item_id=item, path=LABOUR,
                             community_id=community, position=0),
                RoundMemberRow(round_id=round_.id, platform=MEI.platform, member=MEI.id,
                               community_id=community, joined_at=AT),
                QuestionRow(**asked, **WHO, item_id=item, purpose="round",
                            occasion=str(round_.id), reason="我的理由"),
                QuestionRow(**asked, **WHO, item_id=item, purpose="daily", occasion="2026-03-02"),
                QuestionRow(**asked, **WHO, text="罷工", purpose="practice", occasion="x"),
                QuestionRow(**{**asked, "state": "waiting", "answer": None, "answered_at": None},
                            **WHO, item_id=item, purpose="daily", occasion="2026-03-03"),
                PracticeRow(community_id=community, platform=MEI.platform, member=MEI.id,
                            exercises=[{"basis": "decided", "path": LABOUR, "key": True,
                                        "says": None, "item": item}],
                            started_at=AT, done_at=AT),
                SentenceRow(community_id=community, discussion_id=discussion.id, kind="edge-case",
                            language="zh-TW", text="我寫的句子", at=AT, **WHO),
                SentenceRow(community_id=community, discussion_id=discussion.id, kind="edge-case",
                            language="zh-TW", text="湯姆的句子", at=AT,
                            member_platform=TOM.platform, member=TOM.id),
            ]
        )  # fmt: skip


def moved(rooms, elsewhere, tmp_path, **wish):
    place = tmp_path / "home.library.jsonl"
    exporting(rooms).write(rooms.community, place, Wish("library", **wish))
    restoring(elsewhere).restore(elsewhere.community, place)
    return place


def copied_again(rooms, tmp_path):
    """What a copy holds, people and the moment of copying aside."""
    place = tmp_path / "again.library.jsonl"
    exporting(rooms).write(rooms.community, place, Wish("library", with_voices=True))

    def bare(value):
        match value:
            case dict():
                hidden = {"member", "started_by", "closed_by", "made_at", "source_hash", "reason"}
                return {key: bare(each) for key, each in value.items() if key not in hidden}
            case list():
                return [bare(each) for each in value]
            case _:
                return value

    place_lines = [bare(json.loads(line)) for line in place.read_text().splitlines()]
    place.unlink()
    return place_lines


def test_the_copy_of_a_copy_says_the_same(rooms, elsewhere, tmp_path):
    """Of every table; sentences of somebody who did not agree are in neither, and in the second
    those of pseudonyms are not."""
    first = copied_again(rooms, tmp_path)
    moved(rooms, elsewhere, tmp_path, with_voices=True)
    second = copied_again(elsewhere, tmp_path)

    for line in first:
        line.pop("sentences", None)
    for line in second:
        line.pop("sentences", None)
    assert second == first


def test_every_copied_table_is_filled_on_both_sides(rooms, elsewhere, tmp_path):
    """So that these tests are about all of them."""
    rare = {"given_file", "moved", "community"}
    moved(rooms, elsewhere, tmp_path, with_voices=True)

    for built in (rooms, elsewhere):
        with built.database.reading() as session:
            empty = {
                name
                for name, row in every_table().items()
                if name not in NOT_COPIED and session.exec(select(row)).first() is None
            }
        assert empty <= rare


def test_rounds_and_practice_are_about_the_same_items(rooms, elsewhere, tmp_path):
    """Under ids of their own."""
    moved(rooms, elsewhere, tmp_path, with_voices=True)
    item = elsewhere.repository.item(elsewhere.community.id, 2)

    (round_,) = elsewhere.repository.rounds(elsewhere.community.id)
    assert round_.items == (item.id,)
    assert not round_.is_open
    with elsewhere.database.reading() as session:
        (practice,) = session.exec(select(PracticeRow)).all()
        assert practice.exercises[0]["item"] == item.id
        asked = session.exec(select(QuestionRow)).all()
        of_round = [each for each in asked if each.purpose == "round"]
        assert [(each.occasion, each.item_id) for each in of_round] == [(str(round_.id), item.id)]
        assert {each.state for each in asked} == {"answered"}
        assert {each.member_platform for each in asked} == {"pseudonym"}


def test_the_codebook_holds_with_its_history(rooms, elsewhere, tmp_path):
    """Whatever the operator's file says, now and after a restart; proposals stay open."""
    codebooks(elsewhere).versions(elsewhere.community)
    moved(rooms, elsewhere, tmp_path)

    here, there = codebooks(elsewhere), codebooks(rooms)
    assert [each.text for each in here.versions(elsewhere.community)] == [
        each.text for each in there.versions(rooms.community)
    ]
    assert here.taxonomy(elsewhere.community).digest == there.taxonomy(rooms.community).digest
    assert not here.is_behind(elsewhere.community)
    with elsewhere.database.reading() as session:
        proposals = session.exec(select(CodebookProposalRow)).all()
        told = [(each.state, each.base) for each in proposals]
        assert told == [("accepted", 1), ("open", 2)]


def test_without_voices_nobody_speaks(rooms, elsewhere, tmp_path):
    """The codebook comes along, without who changed it."""
    place = moved(rooms, elsewhere, tmp_path)

    kinds = [json.loads(line).get("kind") for line in place.read_text().splitlines()[2:]]
    assert kinds == ["version", "version", "proposal", "proposal"]
    assert '"m-' not in "".join(place.read_text().splitlines()[2:])


def test_nobody_is_named_and_no_place(rooms, tmp_path):
    """Words are told of those who agreed."""
    place = tmp_path / "home.library.jsonl"
    exporting(rooms).write(rooms.community, place, Wish("library", with_voices=True))

    text = place.read_text()
    for secret in ("secret-room", '"mei"', '"tom"', "湯姆的句子", "不公開的理由"):
        assert secret not in text
    assert "我寫的句子" in text
    assert "我的理由" in text


def test_beside_another_library_only_items_come(rooms, elsewhere, tmp_path):
    """What is decided there stays."""
    elsewhere.add(PastedText("早就在這裡。"))
    moved(rooms, elsewhere, tmp_path, with_voices=True)

    assert elsewhere.repository.rounds(elsewhere.community.id) == []
    assert len(codebooks(elsewhere).versions(elsewhere.community)) == 1


def test_a_live_discussion_begins_anew(rooms, elsewhere, tmp_path):
    """Where it was held is not here."""
    with rooms.database.transaction() as session:
        (row,) = session.exec(select(DiscussionRow)).all()
        row.stage, row.closed_at = "open", None

    moved(rooms, elsewhere, tmp_path, with_voices=True)

    with elsewhere.database.reading() as session:
        (row,) = session.exec(select(DiscussionRow)).all()
        assert (row.stage, row.opened_at, row.chat) == ("queued", None, None)


def test_broken_furniture_is_refused_with_its_line(rooms, elsewhere, tmp_path):
    """And nothing stays."""
    place = tmp_path / "home.library.jsonl"
    exporting(rooms).write(rooms.community, place, Wish("library", with_voices=True))
    place.write_text(place.read_text().replace('"kind": "round"', '"kind": "rund"'))

    with pytest.raises(BadFile, match=r"line \d+: this is nothing that a library has"):
        restoring(elsewhere).restore(elsewhere.community, place)

    assert elsewhere.repository.all_ids(elsewhere.community.id) == []
