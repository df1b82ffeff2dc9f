"""`commonplace train` makes a model from labelled texts, tells before and after, and goes on."""

import json
from pathlib import Path

import pytest

from bot.cli import run
from core.models.entailer import make_entailer
from tests.fakes.checkpoints import write_built
from tests.fakes.decided import decided
from tests.fakes.decided import text as taxonomy_text


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_built(tmp_path_factory.mktemp("built"))


@pytest.fixture(autouse=True)
def _polite(monkeypatch: pytest.MonkeyPatch) -> None:
    """The command lowers its priority for good; the tests keep theirs."""
    monkeypatch.setattr("os.nice", lambda _: 0)


@pytest.fixture
def words(built: Path, tmp_path: Path) -> list[str]:
    """The command's words: what whales and rents were decided to be, in files."""
    rows = [
        {"id": each.id, "text": each.premise, "lang": "en", "labels": sorted(each.holds)}
        for each in decided()
    ]
    data, taxonomy = tmp_path / "decided.jsonl", tmp_path / "labels.toml"
    data.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    taxonomy.write_text(taxonomy_text(), encoding="utf-8")
    named = {"data": data, "taxonomy": taxonomy, "output": tmp_path / "model", "base": built}
    return ["train", *(word for key, value in named.items() for word in (f"--{key}", str(value)))]


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "Learnt 2 labels from 24 texts"), ("zh-TW", "從 24 篇文字（24 件事）學了 2 個標籤")],
)
def test_a_model_is_made_and_before_and_after_are_told(
    language: str, said: str, words, tmp_path, capsys, monkeypatch
):
    """In the reader's language, and the folder is a model that a configuration can name."""
    monkeypatch.setenv("COMMONPLACE_LANGUAGE", language)

    code = run(words)

    out, err = capsys.readouterr()
    assert code == 0, err
    assert said in out
    assert "→" in out
    assert str(tmp_path / "model") in err
    assert 0 < make_entailer(str(tmp_path / "model")).entail([("ww", "It is about rents.")])[0] < 1


def test_scripts_get_json(words, capsys):
    """The same figures, for each dimension too."""
    code = run([*words, "--json"])

    said = json.loads(capsys.readouterr().out)
    assert code == 0
    assert said["examples"] == 24
    assert 0 <= said["after"]["dimensions"]["topic"]["micro_f1"] <= 1


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "about 24 stories and 3 texts without labels."),
        ("zh-TW", "（24 件事）和 3 篇沒標的文字學了 2 個標籤"),
    ],
)
def test_texts_that_nobody_labelled_are_read_as_well(
    language: str, said: str, words, tmp_path, capsys, monkeypatch
):
    """From a file of their own; whatever labels its lines have are passed over."""
    monkeypatch.setenv("COMMONPLACE_LANGUAGE", language)
    file = tmp_path / "others.jsonl"
    rows = [{"id": n, "text": f"ww rr {n}", "labels": ["no/such"]} for n in range(3)]
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")

    code = run([*words, "--texts", str(file)])

    out, err = capsys.readouterr()
    assert code == 0, err
    assert said in out


def test_an_empty_text_is_told_with_its_line(words, tmp_path, capsys):
    """It is not left out in silence."""
    file = tmp_path / "others.jsonl"
    file.write_text('{"id": 1, "text": "ww"}\n{"id": 2, "text": " "}\n', encoding="utf-8")

    assert run([*words, "--texts", str(file)]) == 2
    assert "others.jsonl, line 2: the text is empty" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "There are 2 labelled texts, and the label that most of them have is on 2"),
        ("zh-TW", "標好的文字有 2 篇，最常見的標籤只有 2 篇。要 12 篇以上"),
    ],
)
def test_too_few_are_told_kindly(language: str, said: str, words, tmp_path, capsys, monkeypatch):
    """With how many there are, and how many it takes."""
    monkeypatch.setenv("COMMONPLACE_LANGUAGE", language)
    file = tmp_path / "decided.jsonl"
    lines = file.read_text(encoding="utf-8").splitlines()[:2]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")

    code = run(words)

    assert code == 2
    assert said in capsys.readouterr().err


def test_another_file_does_not_go_on_in_the_same_folder(words, tmp_path, capsys):
    """Nothing is lost by mistake."""
    run(words)
    file = tmp_path / "decided.jsonl"
    file.write_text(file.read_text(encoding="utf-8").replace("m1", "other"), encoding="utf-8")

    code = run([*words])

    assert code == 2
    assert "begun with something else (different: examples)" in capsys.readouterr().err


def test_a_model_that_is_not_ours_is_no_base(words, tmp_path, capsys):
    """It says what could be named."""
    code = run([*words, "--base", str(tmp_path)])

    assert code == 2
    assert "holds no model of ours" in capsys.readouterr().err
