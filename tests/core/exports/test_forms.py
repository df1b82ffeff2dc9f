"""Each form of an export is what programs of its kind read, whatever a page says."""

import csv
import io
import json
import re
import xml.etree.ElementTree as ET
import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from html import unescape

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from core.domain import Item, LabelPath, LabelStatus, Link, PastedText, State
from core.errors import BadPlace, BadQuery
from core.exporting import FORMS, Wish, Written
from core.exports import place as places
from core.exports.notes import note
from core.exports.place import new_file, safe_name
from core.exports.record import COLUMNS, record_of
from core.import_files import read_entries
from core.store.keyword import FtsKeywordIndex
from tests.core.exports.rooms import exporting
from tests.fakes.rooms import MEI, TOM, Rooms

ENERGY = LabelPath("topic/environment/energy")
EVIL = '=HYPERLINK("https://evil.example") <script>alert(1)</script> --- ]]> & 「能源」'


@pytest.fixture
def rooms():
    built = Rooms(keywords=FtsKeywordIndex)
    url = built.reader.page("https://news.example/a?b=1&c=<2>", "能源轉型。電力不足。", title=EVIL)
    item = built.add(Link(url), member_name="小美本名").item
    built.add(PastedText("勞動條件應該改善。", title="勞動"))
    voting = built.voting()
    for member in (MEI, TOM):
        voting.cast(item.id, member, ENERGY, is_for=True, by="button")
    yield built
    built.close()


def write(rooms, tmp_path, form, name="out", **wish):
    place = tmp_path / name
    exporting(rooms).write(rooms.community, place, Wish(form, **wish))
    return place


def test_a_table_is_safe_in_a_spreadsheet_and_read_again(rooms, tmp_path):
    """A title that begins like a formula is a text; an import takes the apostrophe off."""
    place = write(rooms, tmp_path, "csv", "out.csv")

    rows = list(csv.DictReader(io.StringIO(place.read_text("utf-8-sig"))))
    assert place.read_bytes().startswith(b"\xef\xbb\xbf")
    assert list(rows[0]) == list(COLUMNS)
    assert rows[0]["title"] == f"'{EVIL}"
    assert rows[0]["labels"] == "topic/environment; topic/environment/energy"
    assert rows[1]["labels"] == ""
    assert rows[1]["suggested"] == "topic/labour"
    (entry, *_) = read_entries(place, on_error=lambda _: None)
    assert entry.title == EVIL
    assert entry.labels == ("topic/environment", "topic/environment/energy")


def test_json_lines_hold_decided_and_suggested_labels_apart(rooms, tmp_path):
    """And no text, unless it was asked for."""
    plain = write(rooms, tmp_path, "jsonl", "1.jsonl").read_text().splitlines()
    full = write(rooms, tmp_path, "jsonl", "2.jsonl", with_texts=True).read_text().splitlines()

    first, second = map(json.loads, plain)
    assert first["labels"] == ["topic/environment", str(ENERGY)]
    assert (second["labels"], second["suggested"]) == ([], ["topic/labour"])
    assert first["text"] is None
    assert json.loads(full[0])["text"] == "能源轉型。電力不足。"
    assert "小美本名" not in "".join(full)


def test_parquet_has_types(rooms, tmp_path):
    """Lists are lists, days are days."""
    from pyarrow.parquet import read_table

    table = read_table(write(rooms, tmp_path, "parquet", "out.parquet"))

    assert table.column_names == list(COLUMNS)
    assert table.to_pylist()[0]["labels"] == ["topic/environment", str(ENERGY)]
    assert str(table.schema.field("received_at").type) == "timestamp[us, tz=UTC]"


def test_without_pyarrow_it_is_said_what_to_install(rooms, tmp_path, monkeypatch):
    """And nothing is left behind."""
    import sys

    from core.errors import MissingExtra

    monkeypatch.setitem(sys.modules, "pyarrow", None)

    with pytest.raises(MissingExtra, match="parquet"):
        write(rooms, tmp_path, "parquet", "out.parquet")

    assert list(tmp_path.iterdir()) == []


def test_notes_have_front_matter_and_safe_names(rooms, tmp_path):
    """What a page says is neither markup nor front matter."""
    folder = write(rooms, tmp_path, "markdown", "notes")

    first, second = sorted(folder.iterdir())
    assert first.name.startswith("0001-=HYPERLINK(-https-evil.example-)-script-alert(1)")
    assert second.name == "0002-勞動.md"
    _, front, body = first.read_text().split("---\n", 2)
    facts = yaml.safe_load(front)
    assert facts["title"] == EVIL
    assert facts["labels"] == ["topic/environment", str(ENERGY)]
    assert facts["tags"] == ["環境", "能源"]
    assert "\n<script" not in body
    assert "\\<script\\>" in body
    assert "> 能源轉型。" in body


def test_bookmarks_are_read_by_our_own_import(rooms, tmp_path):
    """Escaped, and with labels as tags; what has no address is left out."""
    place = write(rooms, tmp_path, "bookmarks", "out.html", language="en")

    (entry,) = read_entries(place, on_error=lambda _: None)
    item = rooms.repository.item(rooms.community.id, 1)
    assert entry.url == item.document.canonical_url
    assert entry.title == EVIL
    assert 'TAGS="environment,energy"' in place.read_text()
    assert "<script>" not in place.read_text()


@pytest.mark.parametrize("form", ["rss", "atom"])
def test_a_feed_is_sound_xml(form, rooms, tmp_path):
    """Also with signs that XML has no place for; an entry keeps its id."""
    rooms.add(Link(rooms.reader.page("https://x.example/", "能源\x0b很重要。", title="響\x07鈴")))

    place = write(rooms, tmp_path, form, f"out.{form}")
    again = write(rooms, tmp_path, form, f"again.{form}")

    words = "".join(ET.parse(place).getroot().itertext())
    assert "響鈴" in words
    assert EVIL in words
    assert words.index("響鈴") < words.index(EVIL)
    assert place.read_bytes() == again.read_bytes()


@pytest.mark.parametrize("form", ["rss", "atom"])
def test_a_summary_is_no_markup_to_a_reader_of_feeds(form, rooms, tmp_path):
    """Which unescapes it twice; and somebody answers for the feed."""
    words = "移工說 <b>薪水</b> < 基本工資，雇主 & 仲介都知道這件事。"
    rooms.add(Link(rooms.reader.page("https://x.example/", words, title="薪水")))

    root = ET.parse(write(rooms, tmp_path, form, f"out.{form}")).getroot()

    tags = {"rss": "description", "atom": "{http://www.w3.org/2005/Atom}summary"}
    told = [each.text or "" for each in root.iter(tags[form])]
    assert any(unescape(each) == words for each in told)
    assert all("<" not in each for each in told)
    if form == "atom":
        assert root.find("{*}author/{*}name").text == rooms.community.name


def test_a_feed_without_entries_is_one_still(rooms, tmp_path):
    """A search may find nothing yet."""
    place = write(rooms, tmp_path, "atom", "out.atom", query="lang:ja")

    assert ET.parse(place).getroot().tag == "{http://www.w3.org/2005/Atom}feed"


@pytest.mark.parametrize("form", ["rss", "atom"])
def test_a_feed_ends_after_its_newest_ones(form, rooms, tmp_path, monkeypatch):
    """What is told is what is written."""
    rooms.add(Link(rooms.reader.page("https://news.example/b", "更新的消息。", title="新")))
    monkeypatch.setattr("core.exports.feeds.MOST", 1)
    place = tmp_path / "out"

    written = exporting(rooms).write(rooms.community, place, Wish(form))

    assert written == Written(1, left_out=2)
    assert "https://news.example/b" in place.read_text()
    assert "https://news.example/a" not in place.read_text()


def test_an_export_takes_a_search(rooms, tmp_path):
    """Filters as in search; each word must be there."""
    count = lambda query: exporting(rooms).as_file(rooms.community, Wish("csv", query))[2].items  # noqa: E731

    assert [count(q) for q in ("", "label:能源", "is:suggested", "能源", "能源 勞動", "-能源")] == [
        2, 1, 1, 1, 0, 1,
    ]  # fmt: skip
    with pytest.raises(BadQuery):
        count("label:鯨魚")


@pytest.mark.parametrize("form", FORMS)
def test_every_form_is_one_file_for_a_chat(form, rooms):
    """A folder comes zipped."""
    name, data, written = exporting(rooms).as_file(rooms.community, Wish(form))

    has_only_addresses = form in ("bookmarks", "rss", "atom")
    assert written == (Written(1, left_out=1) if has_only_addresses else Written(2))
    assert name.startswith("home")
    if form == "markdown":
        names = zipfile.ZipFile(io.BytesIO(data)).namelist()
        assert "home/0002-勞動.md" in names


@pytest.mark.parametrize("form", FORMS)
def test_an_empty_collection_can_be_exported(form, tmp_path):
    """To an empty export."""
    rooms = Rooms(keywords=FtsKeywordIndex)

    assert exporting(rooms).write(rooms.community, tmp_path / "out", Wish(form)) == Written(0)
    assert (tmp_path / "out").exists()
    rooms.close()


def test_progress_is_told(rooms, tmp_path):
    """As so many of so many."""
    told = []

    exporting(rooms).write(
        rooms.community, tmp_path / "x", Wish("csv"), on_progress=lambda *now: told.append(now)
    )

    assert told == [(2, 2)]


# ── where it cannot be put ───────────────────────────────────────────────────────────────────────


def full_disk():
    """Nothing can be written any more."""
    raise OSError(28, "No space left on device")
    yield


@pytest.mark.parametrize("form", FORMS)
def test_a_full_disk_leaves_what_was_there(form, rooms, tmp_path, monkeypatch):
    """No half file under the final name, none beside it; a kind error."""

    def full(*_, **__):
        yield record_of(rooms.repository.item(rooms.community.id, 1))
        raise OSError(28, "No space left on device")

    use_case = exporting(rooms)
    monkeypatch.setattr(type(use_case), "records", full)
    monkeypatch.setattr("core.exporting.write_whole", lambda *_: next(full_disk()))
    there = tmp_path / "out"
    if form != "markdown":
        there.write_text("what was there")

    with pytest.raises(BadPlace, match="No space left"):
        use_case.write(rooms.community, there, Wish(form))

    left = [path.name for path in tmp_path.iterdir()]
    assert left == ([] if form == "markdown" else ["out"])


@pytest.mark.parametrize(
    ("name", "reason"), [("none/out", "system"), ("folder", "folder")], ids=["no-folder", "folder"]
)
def test_a_place_that_cannot_be_written_is_told(name, reason, rooms, tmp_path):
    """With what is in the way."""
    (tmp_path / "folder").mkdir()

    with pytest.raises(BadPlace) as caught:
        write(rooms, tmp_path, "csv", name)

    assert caught.value.facts["reason"] == reason
    assert [path.name for path in tmp_path.iterdir()] == ["folder"]


def test_a_folder_of_something_else_is_not_touched(rooms, tmp_path):
    """Notes of yesterday are not mixed with those of today."""
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "mine.md").write_text("mine")

    with pytest.raises(BadPlace, match="there already"):
        write(rooms, tmp_path, "markdown", "notes")

    assert [path.name for path in (tmp_path / "notes").iterdir()] == ["mine.md"]


def test_what_is_interrupted_leaves_nothing(tmp_path):
    """Ctrl-C, too."""

    def half():
        with new_file(tmp_path / "x") as stream:
            stream.write(b"half")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        half()

    assert list(tmp_path.iterdir()) == []


# ── whatever a title is ──────────────────────────────────────────────────────────────────────────

TITLES = st.text(max_size=300)
RECORD = record_of(Item(1, 1, 1, State.RECEIVED, PastedText("x"), datetime(2026, 3, 1, tzinfo=UTC)))


@given(TITLES, st.integers(1, 10**9))
def test_every_title_makes_a_name(title, number):
    """That every file system takes, and that begins with its number."""
    name = safe_name(number, title)

    assert name.startswith(f"{number:04}")
    assert not re.search(r'[<>:"/\\|?*\x00-\x1f]', name)
    assert len(name.encode()) <= places.MOST_BYTES + 12
    assert name == name.strip(" .")


@given(TITLES, TITLES)
def test_front_matter_is_what_it_was(title, summary):
    """Whatever it holds, it is read again as it was, and the body begins behind it."""
    record = replace(RECORD, title=" ".join(title.split()) or "x", summary=summary or None)

    text = note(record, named=str)

    end = text.index("\n---\n", 4)
    assert yaml.safe_load(text[4:end])["title"] == record.title
    assert not re.search(r"(?<!\\)[<\[]", text[end + 5 :])


def test_a_model_is_no_person():
    """A suggestion is told as such, and a decision as a decision."""
    rooms = Rooms()
    item = rooms.add(PastedText("能源轉型。")).item

    record = record_of(item)

    assert {label.status for label in item.labels} == {LabelStatus.SUGGESTED}
    assert (record.labels, record.suggested) == ((), ("topic/environment", str(ENERGY)))
    rooms.close()
