"""`commonplace taxonomy`: a community's labels as a file."""

import json

import pytest

from bot.cli import run
from tests.fakes.codebook import TAXONOMY

CHANGED = TAXONOMY.replace('en = "labour"', 'en = "work"')


@pytest.fixture
def labels(tmp_path, monkeypatch):
    """The operator's file, in a folder of its own."""
    file = tmp_path / "labels.toml"
    file.write_text(TAXONOMY, encoding="utf-8")
    monkeypatch.setenv("COMMONPLACE_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("COMMONPLACE_TAXONOMY", str(file))
    monkeypatch.setenv("COMMONPLACE_LANGUAGE", "en")
    return file


def written(tmp_path, text: str) -> str:
    """Another file; its path."""
    file = tmp_path / "other.toml"
    file.write_text(text, encoding="utf-8")
    return str(file)


def test_what_is_exported_is_what_holds(labels, tmp_path, capsys):
    """As the file said, to the letter, as long as nobody changed anything."""
    out = tmp_path / "out.toml"

    assert run(["taxonomy", "export", str(out)]) == 0

    assert out.read_text(encoding="utf-8") == TAXONOMY
    assert "Version 1" in capsys.readouterr().err


def test_a_dry_run_tells_and_changes_nothing(labels, tmp_path, capsys):
    """As JSON for scripts."""
    assert run(["taxonomy", "apply", written(tmp_path, CHANGED), "--dry-run", "--json"]) == 0

    told = json.loads(capsys.readouterr().out)
    assert [each["kind"] for each in told["changes"]] == ["renamed"]
    assert told["to_label_again"] == 0
    run(["taxonomy", "history", "--json"])
    assert len(json.loads(capsys.readouterr().out)) == 1


def test_a_changed_file_is_applied_as_the_next_version(labels, tmp_path, capsys):
    """With the reason why; applying it again says that there is nothing to do."""
    other = written(tmp_path, CHANGED)

    assert run(["taxonomy", "apply", other, "--note", "people say so"]) == 0

    assert "the name (English) “labour” becomes “work”" in capsys.readouterr().out
    run(["taxonomy", "history", "--json"])
    first, second = json.loads(capsys.readouterr().out)
    assert (first["cause"], second["cause"], second["note"]) == ("file", "applied", "people say so")
    assert run(["taxonomy", "apply", other]) == 2
    assert "says already" in capsys.readouterr().err


def test_where_both_changed_the_operator_chooses(labels, tmp_path, capsys):
    """`diff` tells, `take` uses the file; until then the community's own holds."""
    run(["taxonomy", "apply", written(tmp_path, CHANGED)])
    labels.write_text(TAXONOMY.replace("人與自然。", "人與自然的關係。"), encoding="utf-8")
    capsys.readouterr()

    assert run(["taxonomy", "diff"]) == 0
    assert "人與自然的關係" in capsys.readouterr().out
    assert run(["taxonomy", "take"]) == 0

    capsys.readouterr()
    run(["taxonomy", "export"])
    exported = capsys.readouterr().out
    assert "人與自然的關係" in exported
    assert 'en = "labour"' in exported


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (TAXONOMY.replace("choice", "choise", 1), "choise"),
        ("[[dimension", "not TOML"),
    ],
)
def test_a_file_with_problems_is_told_with_their_places(labels, tmp_path, capsys, text, told):
    """Nothing is changed."""
    assert run(["taxonomy", "check", written(tmp_path, text)]) == 2

    assert told in capsys.readouterr().err


def test_an_act_without_its_file_says_so(labels, capsys):
    """What is missing, and where."""
    assert run(["taxonomy", "apply"]) == 2

    assert "Name the file" in capsys.readouterr().err
