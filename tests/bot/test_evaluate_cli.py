"""`commonplace evaluate` compares ways of labelling, in both languages, with and without shots."""

import csv
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.cli import run
from tests.fakes.models import FakeAnnotator, FakeEmbedder

TAXONOMY = """\
[[dimension]]
id = "topic"
choice = "many"
name = { zh-TW = "主題", en = "Topic" }
hypothesis = { zh-TW = "這篇文章與「{label}」有關。", en = "This text is about {label}." }
  [[dimension.label]]
  id = "labour"
  name = { zh-TW = "勞動", en = "workers" }
    [[dimension.label.label]]
    id = "migrant"
    name = { zh-TW = "移工", en = "migrant" }
  [[dimension.label]]
  id = "whales"
  name = { zh-TW = "鯨魚", en = "whales" }

[[dimension]]
id = "form"
choice = "one"
name = { zh-TW = "文體", en = "Form" }
hypothesis = { zh-TW = "這是{label}。", en = "This is {label}." }
  [[dimension.label]]
  id = "poem"
  name = { zh-TW = "詩", en = "a poem" }
"""
KINDS = [
    ("migrant workers sleep in the factory {}", ["topic/labour/migrant"]),
    ("workers strike at the harbour today {}", ["topic/labour"]),
    ("whales pass the cold northern bay {}", ["topic/whales", "form/poem"]),
    ("noodle soup with bread and butter {}", []),
]

Run = Callable[..., tuple[int, str, str]]


def write(folder: Path, texts: int = 80) -> None:
    """Labelled texts, of four kinds in turn."""
    rows = []
    for number in range(texts):
        words, labels = KINDS[number % 4]
        row = {"id": number, "text": words.format(f"n{number}"), "labels": labels}
        rows.append(row | {"dimensions": ["topic", "form"]})
    (folder / "labelled.jsonl").write_text("\n".join(map(json.dumps, rows)), "utf-8")


@pytest.fixture
def command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Run:
    """Runs the command with models that are quick; gives exit code, output and errors."""
    monkeypatch.setattr("bot.app.make_annotator", lambda *_args: FakeAnnotator())
    monkeypatch.setattr("bot.app.make_embedder", lambda *_args: FakeEmbedder())
    tuned = FakeAnnotator(version="tuned@1")
    monkeypatch.setattr("core.tuning.FolderTuner.tune", lambda *_args, **_kwargs: tuned)
    monkeypatch.setenv("COMMONPLACE_DATA", str(tmp_path / "data"))
    (tmp_path / "labels.toml").write_text(TAXONOMY, "utf-8")
    write(tmp_path)

    def call(*more: str, language: str = "en") -> tuple[int, str, str]:
        monkeypatch.setenv("COMMONPLACE_LANGUAGE", language)
        files = {"--taxonomy": "labels.toml", "--data": "labelled.jsonl"}
        named = [word for key, name in files.items() for word in (key, str(tmp_path / name))]
        code = run(["evaluate", *named, *more])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return call


def test_a_curve_is_told_to_scripts(command: Run):
    """Every point with its interval, each way against the first, the same each time."""
    asked = ("--methods", "flat,cascade,sequence", "--shots", "2,8", "--seed", "3", "--json")

    code, out, _ = command(*asked)
    _, again, _ = command(*asked)

    def figures(said: str) -> list[object]:
        return [each["figures"] for each in json.loads(said)["points"]]

    found = json.loads(out)
    assert code == 0
    assert figures(out) == figures(again)
    assert {key: found[key] for key in ("texts", "measured", "learnable", "seed")} == {
        "texts": 80, "measured": 32, "learnable": 48, "seed": 3,
    }  # fmt: skip
    assert [(each["method"], each["shots"]) for each in found["points"]] == [
        (way, shots) for way in ("flat", "cascade", "sequence") for shots in (2, 8)
    ]
    assert set(found["points"][0]["figures"]) == {
        "micro_f1", "macro_f1", "hierarchical_f1", "exact_path", "calibration_error",
    }  # fmt: skip
    for each in found["points"]:
        figure = each["figures"]["hierarchical_f1"]
        assert figure["low"] <= figure["value"] <= figure["high"]
    assert found["points"][1]["figures"]["hierarchical_f1"]["value"] > 0.8
    assert [(each["against"], each["shots"]) for each in found["comparisons"]] == [
        ("cascade", 2), ("sequence", 2), ("cascade", 8), ("sequence", 8),
    ]  # fmt: skip
    assert set(found["comparisons"][0]["gains"]["micro_f1"]) == {
        "gain", "low", "high", "p", "is_beyond_noise",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ("Measured on 32 texts", "Hierarchical F1", "flat against cascade, 8 a label")),
        ("zh-TW", ("用 32 篇沒學過的文字", "階層 F1", "flat 和 cascade 比（每個標籤 8 篇）")),
    ],
)
def test_people_read_tables_and_who_is_better(command: Run, language: str, words: tuple[str, ...]):
    """In their language; then where to go on."""
    code, out, err = command("--methods", "flat,cascade", "--shots", "8", language=language)

    assert code == 0
    for said in words:
        assert said in out
    assert "evaluate-" not in out + err
    assert "commonplace wording --data" in err


@pytest.mark.parametrize("language", ["en", "zh-TW"])
def test_a_curve_is_drawn_with_its_data_and_its_words(command: Run, tmp_path: Path, language: str):
    """A way that needs examples gets the usual numbers of them, as far as there are texts."""
    picture = tmp_path / "curve.png"

    code, out, _ = command(
        "--methods", "flat,entailment", "--picture", str(picture), "--json", language=language
    )

    told = json.loads(out)["picture"]
    assert code == 0
    assert picture.read_bytes().startswith(b"\x89PNG")
    assert "entailment" in told["alt"]
    rows = list(csv.reader(Path(told["csv"]).read_text("utf-8-sig").splitlines()))
    # with 16 a label all texts are drawn, so 64 would say the same
    shots = {way: {row[1] for row in rows[1:] if row[0] == way} for way in ("flat", "entailment")}
    assert shots == {"flat": {"4", "8", "16"}, "entailment": {"0", "4", "8", "16"}}


def test_without_shots_every_text_is_measured_and_ways_are_compared(command: Run):
    """As before, and with intervals."""
    code, out, _ = command("--json")

    found = json.loads(out)
    assert (code, found["texts"], found["comparisons"]) == (0, 80, [])
    [entailment] = found["methods"]
    assert entailment["scores"]["texts"] == 80
    assert "answers" not in entailment
    assert entailment["figures"]["exact_path"]["value"] == entailment["scores"]["exact"]


@pytest.mark.parametrize(
    ("more", "said"),
    [
        pytest.param(["--shots", "4,many"], "“many”", id="no-number"),
        pytest.param(["--shots", "-4"], "“-4”", id="below-none"),
        pytest.param(["--methods", "flat", "--shots", "0"], "--shots 0,4,16", id="needs-some"),
        pytest.param(["--shots", "4", "--repeat", "2"], "--repeat", id="repeat"),
        pytest.param(["--picture", "x.png"], "A curve needs", id="no-curve"),
        pytest.param(["--shots", "4", "--picture", "x.jpg"], ".png", id="jpg"),
        pytest.param(["--shots", "4", "--picture", "no/x.png"], "no folder", id="no-folder"),
        pytest.param(["--limit", "2"], "--limit", id="limit"),
    ],
)
def test_what_does_not_go_together_is_told_at_once(command: Run, more: list[str], said: str):
    """Nothing is loaded, nothing written; and what to write instead."""
    code, out, err = command(*more)

    assert (code, out) == (2, "")
    assert said in err


def test_too_few_texts_are_told(command: Run, tmp_path: Path):
    """With how many it takes."""
    write(tmp_path, 12)

    code, out, err = command("--methods", "flat", "--shots", "4")
    _, json_out, _ = command("--methods", "flat", "--shots", "4", "--json")

    assert (code, out) == (2, "")
    assert "12 labelled texts" in err
    assert "20" in err
    assert json.loads(json_out)["error"]["code"] == "bad-examples"


def test_a_way_that_nothing_could_be_learnt_for_is_told(command: Run, monkeypatch):
    """Not an empty table."""
    monkeypatch.setattr("core.learners.HeadLearner.learn", lambda *_args, **_kwargs: None)

    code, out, err = command("--methods", "flat", "--shots", "4")

    assert (code, out) == (2, "")
    assert "learn" in err
