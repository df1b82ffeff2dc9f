"""`commonplace export`, `schema`, and bringing a whole library in, as scripts use them."""

import json
from pathlib import Path

import pytest

from bot.cli import run


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A collection of two, in a folder of its own."""
    monkeypatch.setenv("COMMONPLACE_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("COMMONPLACE_LANGUAGE", "en")
    monkeypatch.chdir(tmp_path)
    entries = [
        {"id": "a", "url": "https://example.org/1", "title": "=Migrants", "text": "移工要求改善。"},
        {"id": "b", "text": "Rents rise again in Taipei."},
    ]
    (tmp_path / "in.jsonl").write_text("\n".join(map(json.dumps, entries)))
    assert run(["import", "in.jsonl", "--no-fetch", "--no-label"]) == 0
    return tmp_path


def test_a_library_goes_from_folder_to_folder(home, capsys, monkeypatch):
    """By two commands; twice is once."""
    assert run(["export", "--format", "library", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    monkeypatch.setenv("COMMONPLACE_DATA", str(home / "elsewhere"))

    codes = [run(["import", told["place"], "--json"]) for _ in range(2)]

    first, second = map(json.loads, capsys.readouterr().out.splitlines())
    assert codes == [0, 0]
    assert (first["new"], first["is_same"]) == (2, True)
    assert (second["new"], second["known"]) == (0, 2)
    assert run(["search", "site:example.org", "--json"]) == 0
    (hit,) = json.loads(capsys.readouterr().out)["hits"]
    assert (hit["number"], hit["title"]) == (1, "=Migrants")


def test_the_ending_tells_the_form(home, capsys):
    """And a name without one is a folder of notes."""
    for name in ("x.csv", "x.jsonl", "x.atom", "x.rss", "x.html", "notes"):
        assert run(["export", "--output", name]) == 0

    assert (home / "notes").is_dir()
    assert "2 items: notes" in capsys.readouterr().err


@pytest.mark.parametrize("form", ["bookmarks", "rss", "atom"])
def test_what_has_no_address_is_told_to_be_left_out(form, home, capsys):
    """The number told is that of what is written, for people and for scripts."""
    assert run(["export", "--format", form]) == 0
    said = capsys.readouterr().err
    assert run(["export", "--format", form, "--json"]) == 0

    told = json.loads(capsys.readouterr().out)
    assert "One item: home" in said
    assert "One item was left out" in said
    assert (told["items"], told["left_out"]) == (1, 1)


def test_a_release_says_what_it_lacks(home, capsys):
    """Texts whose members did not agree, here and in the datasheet; full texts with a warning."""
    assert run(["export", "--release", "set", "--texts"]) == 0

    assert (home / "set" / "datasheet.zh-TW.md").exists()
    said = capsys.readouterr().err
    assert "their authors' works" in said
    assert "One text or file was left out" in said
    assert "/consent" in said
    assert "One item was left out" in (home / "set" / "datasheet.en.md").read_text()


def test_a_release_that_lacks_nothing_says_nothing_of_it(home, capsys):
    """A page is nobody's own words; scripts get the numbers."""
    assert run(["export", "--release", "pages", "site:example.org"]) == 0
    said = capsys.readouterr().err
    assert run(["export", "--release", "all", "--json"]) == 0

    assert "left out" not in said
    assert json.loads(capsys.readouterr().out) == {"place": "all", "items": 1, "left_out": 1}


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ([], "--output collection.csv"),
        (["--output", "x.pdf"], "forms are: csv"),
        (["--format", "nonsense"], "is one of: csv"),
        (["--output", "/nope/x.csv"], "cannot be written"),
        (["--release", "/proc/x"], "cannot be written"),
        (["--output", "x.csv", "--votes"], "--format library"),
        (["--release", "set", "--format", "csv"], "leave out"),
        (["--output", "x.csv", "--licence", "MIT"], "goes with --release"),
        (["label:鯨魚", "--output", "x.csv"], "鯨魚"),
    ],
)
def test_what_cannot_be_done_is_told_and_leaves_nothing(words, told, home, capsys):
    """Exit code 2, and a sentence that helps, once."""
    before = sorted(path.name for path in home.iterdir())
    capsys.readouterr()

    code = run(["export", *words])

    said = capsys.readouterr().err
    assert code == 2
    assert told in said
    lines = [line for line in said.splitlines() if line]
    assert sorted(lines) == sorted(set(lines))
    assert sorted(path.name for path in home.iterdir()) == before


def test_a_broken_library_is_told_by_its_line(home, capsys):
    """Nothing of it is kept."""
    run(["export", "--format", "library", "--output", "x.library.jsonl"])
    whole = (home / "x.library.jsonl").read_text().splitlines()
    (home / "x.library.jsonl").write_text("\n".join([whole[0], "{}"]))
    capsys.readouterr()

    code = run(["import", "x.library.jsonl"])

    assert code == 2
    assert "line 2" in capsys.readouterr().err


def test_the_schema_is_printed(capsys):
    """For people and for scripts."""
    assert run(["schema", "view_items"]) == 0
    assert "paths of labels that people decided are right" in capsys.readouterr().out
    assert run(["schema", "--json"]) == 0
    assert {"item", "view_votes"} <= {each["name"] for each in json.loads(capsys.readouterr().out)}
    assert run(["schema", "nope"]) == 2
    assert "view_items" in capsys.readouterr().err
