"""`commonplace wording` measures, explains and proposes, in both languages, and repeats itself."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.cli import run
from core.taxonomy import load
from tests.fakes.models import FakeEntailer

TAXONOMY = """\
# Of the coast group.
[[dimension]]
id = "topic"
choice = "many"
name = { zh-TW = "主題", en = "Topic" }
hypothesis = { zh-TW = "這篇文章與「{label}」有關。", en = "This text is about {label}." }

  [[dimension.label]]
  id = "marine"
  name = { zh-TW = "海洋哺乳類", en = "cetaceans" }
  aliases = { zh-TW = ["鯨魚", "鰭足類"], en = ["whales", "pinnipeds"] }

  # once two labels
  [[dimension.label]]
  id = "rents"
  name = { zh-TW = "房租", en = "rents" }

[[dimension]]
id = "form"
choice = "one"
name = { zh-TW = "文體", en = "Form" }
hypothesis = { zh-TW = "這是{label}。", en = "This is {label}." }

  [[dimension.label]]
  id = "poem"
  name = { zh-TW = "詩", en = "a poem" }
"""
IN_A_ROW = (
    "This text is about cetaceans, whales or pinnipeds.",
    "這篇文章與「海洋哺乳類、鯨魚或鰭足類」有關。",
)
TEXTS = {
    "en": ("whales pass our harbour {}", "rents rise again {}", "bread and butter {}"),
    "zh-TW": ("鯨魚游過港口{}", "房租又漲了{}", "麵包配奶油{}"),
}
BETTER = {"en": "This text is about whales.", "zh-TW": "這篇文章與「鯨魚」有關。"}

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def entailer(monkeypatch: pytest.MonkeyPatch) -> FakeEntailer:
    """A model that knows whales, has never heard of cetaceans, and cannot read lists."""
    model = FakeEntailer(dict.fromkeys(IN_A_ROW, 0.02))
    monkeypatch.setattr("bot.app.make_entailer", lambda *_args, **_settings: model)
    return model


@pytest.fixture
def command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Run:
    """Runs the command on the house's taxonomy and texts; gives exit code, output and errors."""
    monkeypatch.setenv("COMMONPLACE_DATA", str(tmp_path / "data"))
    (tmp_path / "labels.toml").write_text(TAXONOMY, "utf-8")

    def call(*more: str, language: str = "en") -> tuple[int, str, str]:
        monkeypatch.setenv("COMMONPLACE_LANGUAGE", language)
        taxonomy, data = (str(tmp_path / name) for name in ("labels.toml", "labelled.jsonl"))
        code = run(["wording", "--taxonomy", taxonomy, "--data", data, *more])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return call


def texts(folder: Path, language: str = "en", *, each: int = 14) -> None:
    """As many labelled texts about whales, about rents, and about nothing."""
    rows = []
    for words, labels in zip(TEXTS[language], (["topic/marine"], ["topic/rents"], []), strict=True):
        for number in range(each):
            row = {"id": len(rows), "text": words.format(number), "labels": labels}
            rows.append(row | {"dimensions": ["topic"]})
    (folder / "labelled.jsonl").write_text(
        "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8"
    )


@pytest.mark.usefixtures("entailer")
@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ("Topic, asked in English: 42 texts", "as it is now", "cetaceans: “This text is")),
        (
            "zh-TW",
            (
                "主題，用中文提問：42 篇文字",
                "現在的問法",
                "海洋哺乳類：「這篇文章與「鯨魚」有關。」",
            ),
        ),
    ],
)
def test_people_read_what_to_change(command: Run, tmp_path: Path, language: str, said: tuple):
    """A table, what would be better, and lines to paste; nothing is a message id."""
    texts(tmp_path, language)

    code, out, _ = command("--language", language, language=language)

    assert code == 0
    for words in said:
        assert words in out
    assert "wording-" not in out
    assert BETTER[language] in out.rpartition("# topic/marine\nhypothesis = ")[2]


@pytest.mark.usefixtures("entailer")
def test_scripts_read_the_same(command: Run, tmp_path: Path):
    """All figures as shares, and the same for the same seed."""
    texts(tmp_path)

    code, out, _ = command("--json", "--seed", "3")
    _, again, _ = command("--json", "--seed", "3")

    found = json.loads(out)
    assert code == 0
    assert out == again
    assert found["seed"] == 3
    [comparison] = found["comparisons"]
    assert (comparison["dimension"], comparison["language"]) == ("topic", "en")
    present = next(row for row in comparison["wordings"] if row["kind"] == "present")
    assert present["ranking"] == pytest.approx(2 / 3, abs=0.001)
    assert present["ranking_gain"] is None
    [proposal] = comparison["proposals"]
    assert (proposal["path"], proposal["question"]) == ("topic/marine", BETTER["en"])
    assert proposal["p"] < 0.05
    assert comparison["together"]["f1_gain"]["gain"] == pytest.approx(0.5)
    [marine, rents] = comparison["labels"]
    assert (marine["examples"], marine["found"], rents["found"]) == (14, 0, 14)
    assert found["toml"].startswith("# topic/marine\n")


def test_each_text_is_asked_in_its_own_language(
    command: Run, tmp_path: Path, entailer: FakeEntailer
):
    """Without --language; each question once, and only in dimensions that are labelled."""
    texts(tmp_path, "zh-TW")

    command("--json", language="en")

    assert len(entailer.asked) == len(set(entailer.asked)) > 0
    assert all("「" in asked or "。" in asked for _, asked in entailer.asked)


@pytest.mark.usefixtures("entailer")
def test_a_changed_taxonomy_is_written(command: Run, tmp_path: Path):
    """With its comments, into a file or a folder; what is there stays, unless told otherwise."""
    texts(tmp_path)
    folder = tmp_path / "new"
    folder.mkdir()

    code, _, err = command("--output", str(folder))
    refused, _, why = command("--output", str(folder))
    allowed, _, _ = command("--output", str(folder / "labels.toml"), "--overwrite")

    written = folder / "labels.toml"
    assert (code, refused, allowed) == (0, 2, 0)
    assert f"Written: {written}" in err
    assert "--overwrite" in why
    assert load(written).hypothesis("topic/marine", "en") == BETTER["en"]
    assert load(written).hypothesis("topic/marine", "zh-TW") == "這篇文章與「海洋哺乳類」有關。"
    assert "# once two labels" in written.read_text("utf-8")


def test_what_is_good_stays(command: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A model that understands every name: nothing is proposed, nothing is written."""
    knowing = FakeEntailer({"This text is about cetaceans.": 0.6})
    monkeypatch.setattr("bot.app.make_entailer", lambda *_args, **_settings: knowing)
    monkeypatch.setattr(knowing, "entail", lambda pairs: [
        0.9 if ("whales" in text) == ("rents" not in asked) and "bread" not in text else 0.1
        for text, asked in pairs
    ])  # fmt: skip
    texts(tmp_path)

    code, out, err = command("--output", str(tmp_path / "new.toml"))

    assert code == 0
    assert "Nothing is better beyond noise" in out
    assert "not written" in err
    assert not (tmp_path / "new.toml").exists()


def test_a_template_of_ones_own_is_tried(command: Run, tmp_path: Path, entailer: FakeEntailer):
    """It is asked in its own language only."""
    texts(tmp_path)

    code, out, _ = command("--template", "So much about {label}!", "--template", "都在講{label}！")

    asked = {question for _, question in entailer.asked}
    assert code == 0
    assert "So much about cetaceans!" in asked
    assert not any("都在講" in question for question in asked)
    assert "So much about {label}!" in out


@pytest.mark.parametrize("language", ["zh-TW", "en"])
@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('{"id": 1, "text": "a", "labels": ["topic/marin"]}', "unknown-label"),
        ('{"id": 1, "text": "a"}', "no-labels"),
        ('{"id": 1, "text": "a", "labels": [], "dimensions": ["tpic"]}', "unknown-dimension"),
        ('{"id": 1, "text": " ", "labels": []}', "no-text"),
        ("", "empty"),
        ('{"id": 1, "text": "a", "labels": []}', "too-few"),
    ],
)
def test_unusable_texts_are_explained(
    command: Run, tmp_path: Path, language: str, line: str, reason: str
):
    """With the line, in the reader's language; with --json, as JSON too; no model is loaded."""
    (tmp_path / "labelled.jsonl").write_text(line, "utf-8")

    code, out, err = command("--json", language=language)

    assert code == 2
    assert json.loads(out)["error"]["code"] == "bad-examples"
    assert str(tmp_path / "labelled.jsonl") in err
    if language == "zh-TW":
        marks = {"too-few": "再多標一些", "empty": "沒有內容"}
        assert marks.get(reason, "第 1 行") in err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--template", "This is it."], "{label}"),
        (["--dimension", "tpic"], "topic, form"),
        (["--seed", "x"], "--seed"),
    ],
)
def test_a_mistake_is_explained(command: Run, tmp_path: Path, words: list[str], said: str):
    """Before anything is asked."""
    texts(tmp_path)

    code, _, err = command(*words)

    assert code == 2
    assert said in err


@pytest.mark.usefixtures("entailer")
def test_few_examples_are_told(command: Run, tmp_path: Path):
    """Labels of which nothing can be said are named, and dimensions too."""
    texts(tmp_path)
    more = {"id": "p", "text": "whales and rents", "labels": ["topic/marine", "form/poem"]}
    with (tmp_path / "labelled.jsonl").open("a", encoding="utf-8") as lines:
        lines.write(json.dumps(more))

    code, out, _ = command()

    assert code == 0
    assert "Form, asked in English: one text, at most 1 examples of a label" in out
