"""A data set says what it is, and holds what may be given away."""

import csv
import io
import json

import pytest

from bot.render.release import pages
from core.codebook_operations import Note
from core.domain import LabelPath, Link, MemberRef, PastedText
from core.errors import BadPlace
from core.store.keyword import FtsKeywordIndex
from core.taxonomy import parse
from tests.core.exports.rooms import codebooks, releasing
from tests.fakes.rooms import MEI, TOM, Rooms

ENERGY = LabelPath("topic/environment/energy")
LABOUR = LabelPath("topic/labour")
ANN = MemberRef("console", "ann")


@pytest.fixture
def rooms():
    built = Rooms(keywords=FtsKeywordIndex)
    built.repository.set_member_consent(MEI, True)
    page = built.reader.page("https://news.example/a", "能源轉型。電力不足。" * 9, title="能源|電")
    item = built.add(Link(page), note="我的附註").item
    built.add(PastedText("勞動條件，我自己寫的。"))
    built.add(PastedText("湯姆自己寫的話。"), member=TOM)
    voting = built.voting()
    for member in (MEI, TOM, ANN):
        voting.cast(item.id, member, ENERGY, is_for=True, by="button")
    voting.cast(item.id, TOM, LABOUR, is_for=False, by="button")
    yield built
    built.close()


def release(rooms, place, **how):
    return releasing(rooms).release(rooms.community, place, pages=pages, **how)


def test_a_release_holds_items_votes_codebook_and_pages(rooms, tmp_path):
    """In both languages, and the codebook can be loaded."""
    facts = release(rooms, tmp_path / "set", licence="CC-BY-4.0")

    names = {path.name for path in (tmp_path / "set").iterdir()}
    assert names == {
        *("items.jsonl", "items.csv", "votes.csv", "agreement.csv", "codebook.toml"),
        "codebook_history.jsonl",
        *("datasheet.zh-TW.md", "datasheet.en.md", "codebook.zh-TW.md", "codebook.en.md"),
    }
    assert facts.items == 2
    taxonomy = parse((tmp_path / "set" / "codebook.toml").read_text())
    assert taxonomy.digest == facts.codebook
    sheet = (tmp_path / "set" / "datasheet.en.md").read_text()
    for heading in ("Motivation", "Composition", "Collection process", "Uses", "Maintenance"):
        assert f"## {heading}" in sheet
    assert "CC-BY-4.0" in sheet.replace("\\", "")
    assert "One item was left out" in sheet
    assert "4 votes that count, by 3 members." in sheet
    chinese = (tmp_path / "set" / "codebook.zh-TW.md").read_text()
    assert "### 環境 (`topic/environment`)" in chinese
    assert "人與自然。" in chinese
    assert "： " not in chinese
    assert "- `items.jsonl`：一行一筆" in (tmp_path / "set" / "datasheet.zh-TW.md").read_text()


def test_own_words_need_consent(rooms, tmp_path):
    """Of everybody who handed them in; pages are no member's words, notes are."""
    release(rooms, tmp_path / "1")
    rooms.repository.set_member_consent(MEI, False)
    facts = release(rooms, tmp_path / "2")

    first = (tmp_path / "1" / "items.jsonl").read_text()
    second = (tmp_path / "2" / "items.jsonl").read_text()
    assert "湯姆" not in first + second
    assert "我自己寫的" in first
    assert "我的附註" in first
    assert "我自己寫的" not in second
    assert "我的附註" not in second
    assert (facts.items, facts.left_out) == (1, 2)


def test_votes_have_pseudonyms_of_this_release_only(rooms, tmp_path):
    """And no times, which would link two releases."""
    release(rooms, tmp_path / "1")
    release(rooms, tmp_path / "2")

    one, two = (
        list(csv.DictReader(io.StringIO((tmp_path / each / "votes.csv").read_text())))
        for each in ("1", "2")
    )
    assert list(one[0]) == ["item", "label", "is_right", "voter"]
    assert len({row["voter"] for row in one}) == 3
    assert {row["voter"] for row in one}.isdisjoint(row["voter"] for row in two)


def test_too_few_voters_are_not_told(rooms, tmp_path):
    """Two people know who the other one is."""
    item = rooms.repository.item(rooms.community.id, 1)
    rooms.voting().withdraw(item.id, ANN)

    facts = release(rooms, tmp_path / "set")

    names = {path.name for path in (tmp_path / "set").iterdir()}
    assert not facts.votes_told
    assert not {"votes.csv", "agreement.csv"} & names
    assert "with fewer than 3 voters" in (tmp_path / "set" / "datasheet.en.md").read_text()


def test_who_decided_is_told_by_kind(rooms, tmp_path):
    """Votes, a ruling, or an import."""
    second = rooms.repository.item(rooms.community.id, 2)
    rooms.repository.confirm(second.id, [LABOUR], position=rooms.taxonomy.position)

    facts = release(rooms, tmp_path / "set")

    kinds = {(path, kind) for (path, _, kind) in facts.decided}
    assert kinds == {("topic/environment", "votes"), (ENERGY, "votes"), (LABOUR, "import")}


def test_full_texts_only_on_request(rooms, tmp_path):
    """And the datasheet says which."""
    release(rooms, tmp_path / "1")
    release(rooms, tmp_path / "2", with_texts=True)

    texts = [
        json.loads((tmp_path / each / "items.jsonl").read_text().splitlines()[0])["text"]
        for each in ("1", "2")
    ]
    assert texts[0] is None
    assert texts[1].startswith("能源轉型。")
    assert "全文是作者的作品" in (tmp_path / "2" / "datasheet.zh-TW.md").read_text()


def test_a_release_of_nothing_is_one_still(rooms, tmp_path):
    """A search may find nothing."""
    assert release(rooms, tmp_path / "set", query="lang:ja").items == 0


def test_a_release_replaces_nothing(rooms, tmp_path):
    """A folder with something in it is refused."""
    (tmp_path / "set").mkdir()
    (tmp_path / "set" / "x").touch()

    with pytest.raises(BadPlace, match="there already"):
        release(rooms, tmp_path / "set")


def test_a_release_tells_how_the_codebook_became_what_it_is(rooms, tmp_path):
    """Every version whole, and what changed in words; nobody's name, nobody's note."""
    note = Note(LABOUR, "edge-case", "zh-TW", "罷工算。")
    codebooks(rooms).change(rooms.community, [note], by=TOM, note="湯姆的附註")
    rooms.taxonomy = codebooks(rooms).taxonomy(rooms.community)

    release(rooms, tmp_path / "set")

    history = (tmp_path / "set" / "codebook_history.jsonl").read_text()
    first, second = (json.loads(line) for line in history.splitlines())
    assert (first["version"], first["changes"], second["version"]) == (1, [], 2)
    assert second["changes"][0]["after"] == "罷工算。"
    assert parse(second["codebook"]).digest == rooms.taxonomy.digest
    assert "湯姆" not in history
    assert "tom" not in history
    page = (tmp_path / "set" / "codebook.zh-TW.md").read_text()
    assert page.index("## 歷次修改") < page.index("第 2 版 · ") < page.index("第 1 版 · ")
    assert "version 2" in (tmp_path / "set" / "datasheet.en.md").read_text()
