"""`commonplace brief` writes a dossier, for people and for scripts."""

import json
from pathlib import Path

import pytest

from bot.cli import run
from tests.fakes.codebook import TAXONOMY
from tests.fakes.llm_server import KEY, MODEL, says, serve_llm

TEXTS = (
    "主辦單位表示，今年有超過三千名移工參與遊行，其中三成五是家庭看護工。",
    "The union said on March 3, 2026 that about 3,000 migrant workers had marched.",
)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder with two texts in it, English."""
    labels = tmp_path / "labels.toml"
    labels.write_text(TAXONOMY, "utf-8")
    lines = [
        json.dumps({"id": n, "text": text, "url": f"https://news.example/{n}"})
        for n, text in enumerate(TEXTS)
    ]
    collection = tmp_path / "in.jsonl"
    collection.write_text("\n".join(lines), "utf-8")
    monkeypatch.setenv("COMMONPLACE_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("COMMONPLACE_LANGUAGE", "en")
    monkeypatch.setenv("COMMONPLACE_TAXONOMY", str(labels))
    run(["import", str(collection), "--no-fetch", "--no-label"])
    return tmp_path


def test_files_in_a_folder(home, capsys):
    """Four of them, and a line that says so; its language may be another one."""
    capsys.readouterr()

    code = run(["brief", "移工", "--output", str(home / "out"), "--language", "zh-TW"])

    assert code == 0
    assert "One item" in capsys.readouterr().err
    written = {each.name: each.read_bytes() for each in (home / "out").iterdir()}
    assert written.keys() == {"brief.md", "brief.docx", "brief.csl.json", "brief.bib"}
    assert "寫作素材：移工" in written["brief.md"].decode()
    assert TEXTS[0] in written["brief.md"].decode()


def test_markdown_goes_to_standard_output(capsysbinary):
    """So that it can be piped on."""
    capsysbinary.readouterr()

    code = run(["brief", "march"])

    out, _ = capsysbinary.readouterr()
    assert code == 0
    assert out.decode().startswith("# Dossier: march")
    assert TEXTS[1] in out.decode()


def test_for_scripts(capsys):
    """Quotations with their places, numbers with their values."""
    capsys.readouterr()

    code = run(["brief", "移工", "--json"])

    found = json.loads(capsys.readouterr().out)
    assert code == 0
    (item,) = found["items"]
    quotes = [each["quote"] for each in found["figures"]]
    assert all(TEXTS[0][each["start"] : each["end"]] == each["text"] for each in quotes)
    values = {one["written"]: one["value"] for each in found["figures"] for one in each["figures"]}
    assert values == {"超過三千名": 3000, "三成五": 35}
    assert item["archive"].startswith("https://web.archive.org/web/2")
    assert found["draft"] is None


def test_nothing_found(home, capsys):
    """Nothing is written, and the exit code says so."""
    code = run(["brief", "鯨魚", "--output", str(home / "out")])

    assert code == 1
    assert "鯨魚" in capsys.readouterr().err
    assert not (home / "out").exists()


def test_a_query_that_cannot_be_understood(capsys):
    """As in a search, and for scripts as JSON."""
    capsys.readouterr()

    code = run(["brief", "label:鯨魚學", "--json"])

    captured = capsys.readouterr()
    assert code == 2
    assert json.loads(captured.out)["error"]["code"] == "bad-query"


def test_a_draft_by_a_language_model(monkeypatch, capsys):
    """Only what the cited item says is kept; the rest is counted; --no-draft asks nobody."""
    good = {
        "words": "About 3,000 workers marched.",
        "item": 2,
        "quote": "about 3,000 migrant workers",
    }
    bad = {"words": "Everybody agreed.", "item": 2, "quote": "everybody in the city agreed"}
    with serve_llm(says(json.dumps({"claims": [good, bad]}))) as llm:
        monkeypatch.setenv("COMMONPLACE_LLM__BASE_URL", llm.url)
        monkeypatch.setenv("COMMONPLACE_LLM__MODEL", MODEL)
        monkeypatch.setenv("COMMONPLACE_LLM__API_KEY", KEY)
        capsys.readouterr()

        run(["brief", "march", "--json"])
        found = json.loads(capsys.readouterr().out)
        run(["brief", "march", "--no-draft", "--json"])
        without = json.loads(capsys.readouterr().out)

    (claim,) = found["draft"]["claims"]
    assert claim["words"] == good["words"]
    assert found["draft"]["dropped"] == {"no-quote": 1}
    assert without["draft"] is None
    assert llm.requests == 1
