"""`commonplace agreement` measures any table, in both languages, for people and for scripts."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.cli import run

# Krippendorff 2011, "Computing Krippendorff's Alpha-Reliability", example C: alpha is 0.743
ROWS = {
    "A": "1 2 3 3 2 1 4 1 2 . . .",
    "B": "1 2 3 3 2 2 4 1 2 5 . 3",
    "C": ". 3 3 3 2 3 4 2 2 5 1 .",
    "D": "1 2 3 3 2 4 4 1 2 5 1 .",
}
TABLE = "rater,item,label,value\n" + "".join(
    f"{rater},{item},topic/all,{'' if value == '.' else value}\n"
    for rater, row in ROWS.items()
    for item, value in enumerate(row.split(), 1)
)

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Run:
    """Runs the command on a table; gives exit code, output and errors."""

    def call(table: str, *more: str, language: str = "en") -> tuple[int, str, str]:
        monkeypatch.setenv("COMMONPLACE_LANGUAGE", language)
        file = tmp_path / "j.csv"
        file.write_text(table, "utf-8")
        code = run(["agreement", str(file), *more])
        return code, *capsys.readouterr()

    return call


def test_for_scripts(command):
    """The published figure, what went into it, and each pair."""
    code, out, _ = command(TABLE, "--json")

    found = json.loads(out)
    assert code == 0
    assert round(found["alpha"], 3) == 0.743
    assert (found["units"], found["judgements"], found["raters"]) == (11, 40, 4)
    assert found["interval"][0] < found["alpha"] < found["interval"][1]
    assert found["reason"] is None
    assert list(found["labels"]) == ["topic/all"]
    assert found["labels"]["topic/all"]["alpha"] == found["alpha"]
    assert list(found["dimensions"]) == ["topic"]
    assert [pair["raters"] for pair in found["pairs"]] == [
        ["A", "B"], ["A", "C"], ["A", "D"], ["B", "C"], ["B", "D"], ["C", "D"],
    ]  # fmt: skip


def test_the_same_again(command):
    """Chance has a seed."""
    assert command(TABLE, "--json") == command(TABLE, "--json")
    assert command(TABLE, "--json") != command(TABLE, "--json", "--seed", "7")


def test_without_redraws_there_are_no_intervals(command):
    """And the figures are the same."""
    found = json.loads(command(TABLE, "--json", "--times", "0")[1])

    assert found["interval"] is None
    assert round(found["alpha"], 3) == 0.743


@pytest.mark.parametrize(
    ("language", "words"),
    [
        pytest.param("en", ("Label", "topic/all", "0.743", "A – B", "People"), id="en"),
        pytest.param("zh-TW", ("標籤", "topic/all", "0.743", "A – B", "人數"), id="zh-TW"),
    ],
)
def test_for_people(command, language, words):
    """A table of labels, and one of pairs."""
    code, out, _ = command(TABLE, language=language)

    assert code == 0
    for each in words:
        assert each in out


def test_what_cannot_be_told_says_why(command):
    """In words for people, by a code for scripts; never NaN."""
    table = "rater,item,label,value\n" + "A,1,x,yes\nB,1,x,yes\nA,2,y,yes\n"

    people, scripts = command(table)[1], command(table, "--json")[1]

    assert "x: all chose the same" in people
    assert "y: only one person" in people
    assert "nan" not in scripts.casefold()
    labels = json.loads(scripts)["labels"]
    assert [labels["x"]["reason"], labels["y"]["reason"]] == ["no-variation", "one-rater"]


def test_labels_without_a_path_have_no_dimensions(command):
    """They would only stand there twice."""
    table = "rater,item,label,value\nA,1,x,yes\nB,1,x,no\n"

    assert json.loads(command(table, "--json")[1])["dimensions"] == {}


@pytest.mark.parametrize("language", ["en", "zh-TW"])
def test_a_bad_table_is_refused_kindly(command, language):
    """With what is missing, and an exit code."""
    code, out, err = command("rater,item,value\nA,1,yes\n", language=language)

    assert (code, out) == (2, "")
    assert "label" in err
    assert "rater,item,label,value" in err
    assert json.loads(command("", "--json")[1])["error"]["code"] == "bad-judgements"


def test_only_the_first_pairs_are_shown_to_people(command):
    """Of many people there are very many."""
    table = "rater,item,label,value\n" + "".join(
        f"R{rater},{item},x,{(rater + item) % 3}\n" for rater in range(8) for item in range(3)
    )

    assert "and 8 more pairs" in command(table)[1]
    assert len(json.loads(command(table, "--json")[1])["pairs"]) == 28
