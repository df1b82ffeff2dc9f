"""`commonplace stats|trend|gaps` tell the same on the command line, for people and for scripts."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.cli import run

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Run:
    """Runs a command on an empty collection; gives exit code, output and errors."""

    def call(*arguments: str, language: str = "en") -> tuple[int, str, str]:
        monkeypatch.setenv("COMMONPLACE_LANGUAGE", language)
        code = run(["--data", str(tmp_path / "data"), *arguments])
        return code, *capsys.readouterr()

    return call


def test_gaps_as_picture_table_and_json(command, tmp_path):
    """Of an empty collection everything is one."""
    png, table = tmp_path / "gaps.png", tmp_path / "gaps.csv"

    code, out, err = command("gaps", "90d", "--json", "--png", str(png), "--csv", str(table))

    found = json.loads(out)
    assert code == 0
    assert (found["days"], found["silent"]) == (90, found["labels"])
    assert png.read_bytes().startswith(b"\x89PNG")
    assert table.read_text("utf-8-sig").startswith("path,label,items")
    assert str(png) in err


def test_nothing_is_no_picture(command, tmp_path):
    """It is said, and no file is written."""
    png = tmp_path / "trend.png"

    code, out, err = command("trend", "勞動", "1年", "--png", str(png), language="zh-TW")

    assert code == 0
    assert "這段時間沒有內容" in out
    assert "沒有東西可以畫" in err
    assert not png.exists()


def test_a_label_that_is_none(command):
    """The exit code says that nothing was done."""
    code, out, _ = command("trend", "labuor", "--json")

    assert code == 2
    assert json.loads(out)["error"]["code"] == "unknown-label"


def test_sources_of_nothing(command):
    """Figures are there for scripts, even so."""
    code, out, _ = command("stats", "sources", "--json")

    assert code == 0
    assert json.loads(out)["origins"] == {"sources": [], "nameless": 0}
