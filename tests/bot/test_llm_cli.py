"""A language model on the command line: evaluated, looked at by the doctor, asked after `add`."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.cli import run
from bot.config import load
from core.errors import BadConfig
from tests.bot.test_cli import TAXONOMY, lines
from tests.fakes.llm_server import Asked, Fault, LlmServer, reader, says, serve_llm
from tests.servers import serve

TEXTS = [
    {
        "id": 1,
        "text": "租屋族團體今天公布調查，房租太高，租金補貼趕不上。居住與房租是大問題。",
        "labels": ["topic/housing/subsidy"],
    },
    {
        "id": 2,
        "text": "Whale conservation: the whales came back to the bay.",
        "labels": ["topic/whales"],
    },
    {"id": 3, "text": "明天下午三點集合，請帶水。", "labels": [], "dimensions": ["topic"]},
    {"id": 4, "text": "咖啡要怎麼泡才好喝？", "labels": []},
]


@pytest.fixture
def llm() -> Iterator[LlmServer]:
    with serve_llm() as running:
        yield running


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, llm: LlmServer) -> Iterator[Path]:
    """A data folder of its own, English, our labels, and a language model."""
    labels = tmp_path / "labels.toml"
    labels.write_text(TAXONOMY, "utf-8")
    settings = {
        "DATA": tmp_path / "data",
        "LANGUAGE": "en",
        "TAXONOMY": labels,
        "LLM__BASE_URL": llm.url,
        "LLM__MODEL": "test-model",
        "LLM__API_KEY": "sk-test",
        "LLM__RETRIES": 0,
        "LLM__TIMEOUT_S": 5,
    }
    for name, value in settings.items():
        monkeypatch.setenv(f"COMMONPLACE_{name}", str(value))
    with serve() as web:
        monkeypatch.setattr("bot.doctor.PROBE_URL", web.page("/probe", "<p>reached</p>"))
        yield tmp_path


@pytest.fixture
def data(home: Path) -> str:
    file = home / "labelled.jsonl"
    file.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in TEXTS), "utf-8")
    return str(file)


def test_methods_are_compared_on_labelled_texts(data, capsys: pytest.CaptureFixture[str]):
    """The figures of each, all together and by dimension."""
    code = run(["evaluate", "--data", data, "--methods", "entailment,llm", "--json"])

    [told] = lines(capsys.readouterr().out)
    entailment, llm = told["methods"]  # type: ignore[misc]
    assert (code, told["texts"]) == (0, 4)
    assert (entailment["method"], llm["method"]) == ("entailment", "llm")
    assert llm["model"] == "llm@1/test-model"
    assert llm["scores"]["texts"] == llm["dimensions"]["topic"]["texts"] == 4
    assert llm["scores"]["micro_f1"] == 1.0
    assert llm["spread"] == {
        "runs": 1,
        "decisions": 12,
        "differing": 0.0,
        "micro_sd": 0.0,
        "macro_sd": 0.0,
    }


def test_the_spread_of_repeated_runs_is_told(data, llm, capsys: pytest.CaptureFixture[str]):
    """A model that changes its mind about one label of four texts, in one of two runs."""
    count = 0

    def moody(asked: Asked) -> str:
        nonlocal count
        count += 1
        return '{"labels": ["topic/whales"]}' if count == 7 else reader(asked)

    llm.mind = moody

    code = run(["evaluate", "--data", data, "--methods", "llm", "--repeat", "2"])

    words = capsys.readouterr().out
    assert code == 0
    assert "2 runs: they differ on 8.3% of the decisions" in words
    assert "test-model" in words
    assert "Topic" in words


def test_entailment_has_no_spread(data, capsys: pytest.CaptureFixture[str]):
    """The same questions have the same answers."""
    run(["evaluate", "--data", data, "--repeat", "3", "--json"])

    [told] = lines(capsys.readouterr().out)
    [entailment] = told["methods"]  # type: ignore[misc]
    assert entailment["spread"]["differing"] == 0.0


def test_answers_that_cannot_be_used_count_as_none(data, llm, capsys: pytest.CaptureFixture[str]):
    """And are counted."""
    llm.mind = says("I would rather not.")

    code = run(["evaluate", "--data", data, "--methods", "llm", "--json"])

    [told] = lines(capsys.readouterr().out)
    [found] = told["methods"]  # type: ignore[misc]
    assert (code, found["failed"], found["model"]) == (0, 4, "")
    assert found["scores"]["recall"] == 0.0


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        pytest.param([], "bad-examples", id="empty"),
        pytest.param([{"id": 1, "text": "x"}], "bad-examples", id="no-labels"),
        pytest.param([{"id": 1, "text": "x", "labels": "topic"}], "bad-examples", id="no-list"),
        pytest.param([{"id": 1, "text": "x", "labels": ["a/b"]}], "bad-examples", id="unknown"),
        pytest.param([{"id": 1}], "bad-file", id="no-text"),
    ],
)
def test_data_without_labels_are_told(home, rows, code, capsys: pytest.CaptureFixture[str]):
    """Nothing is asked of anybody."""
    file = home / "x.jsonl"
    file.write_text("\n".join(map(json.dumps, rows)), "utf-8")

    left = run(["evaluate", "--data", str(file), "--methods", "llm", "--json"])

    [told] = lines(capsys.readouterr().out)
    assert (left, told["error"]["code"]) == (2, code)  # type: ignore[index]


@pytest.mark.parametrize(
    ("settings", "code"),
    [
        pytest.param({"LLM__MODEL": ""}, "bad-config", id="none-configured"),
        pytest.param({"LLM__API_KEY": "sk-wrong"}, "model-unavailable", id="wrong-key"),
    ],
)
def test_a_language_model_that_cannot_be_asked_is_told(
    data, settings, code, monkeypatch, capsys: pytest.CaptureFixture[str]
):
    """With what to look at."""
    for name, value in settings.items():
        monkeypatch.setenv(f"COMMONPLACE_{name}", value)

    left = run(["evaluate", "--data", data, "--methods", "llm", "--json"])

    [told] = lines(capsys.readouterr().out)
    assert (left, told["error"]["code"]) == (2, code)  # type: ignore[index]


def test_methods_have_names(data, capsys: pytest.CaptureFixture[str]):
    """A misspelt one is told with those that there are."""
    code = run(["evaluate", "--data", data, "--methods", "entailment,lmm"])

    assert code == 2
    assert "lmm" in capsys.readouterr().err


def test_the_doctor_asks_the_server(home, llm, capsys: pytest.CaptureFixture[str]):
    """And says where texts go."""
    code = run(["doctor"])

    words = capsys.readouterr().out
    assert code == 0
    assert f"test-model at {llm.url[7:-3]}" in words
    assert "texts are sent there" in words


def test_the_doctor_tells_a_server_that_does_not_answer(
    home, llm, capsys: pytest.CaptureFixture[str]
):
    """A warning: everything else works without it."""
    llm.fails(Fault(503))

    code = run(["doctor", "--json"])

    [told] = lines(capsys.readouterr().out)
    (found,) = [each for each in told["findings"] if each["id"] == "llm-bad"]  # type: ignore[attr-defined]
    assert (code, found["health"], found["error"]["code"]) == (0, "warning", "model-busy")
    assert "[llm]" in found["mend"]


def test_without_a_server_nothing_is_sent(
    home, llm, monkeypatch, capsys: pytest.CaptureFixture[str]
):
    """Off by default: neither the doctor nor `add` opens a connection."""
    monkeypatch.setenv("COMMONPLACE_LLM__BASE_URL", "")

    run(["doctor", "--json"])
    run(["add", TEXTS[0]["text"], "--json"])

    told, added = lines(capsys.readouterr().out)
    assert not [each for each in told["findings"] if "llm" in each["id"]]  # type: ignore[attr-defined]
    assert {each["origin"] for each in added["labels"]} <= {"entailment"}  # type: ignore[attr-defined]
    assert llm.requests == 0


def test_what_was_added_is_asked_about(home, llm, capsys: pytest.CaptureFixture[str]):
    """With the built-in models and the real store; tokens are counted over restarts."""
    llm.mind = says('{"labels": ["topic/whales"]}')

    code = run(["add", "明天下午三點集合，請帶水和雨具。", "--json"])
    run(["add", "後天早上八點集合，請帶便當。", "--json"])
    run(["search", "集合", "--json"])

    *_, found = lines(capsys.readouterr().out)
    assert code == 0
    labels = [label for hit in found["hits"] for label in hit["labels"]]  # type: ignore[attr-defined]
    assert {(e["path"], e["status"], e["origin"]) for e in labels} == {
        ("topic/whales", "suggested", "llm")
    }
    assert len(llm.questions) == 2


def test_a_spent_day_fails_nothing(home, llm, monkeypatch, capsys: pytest.CaptureFixture[str]):
    """What is owed waits for tomorrow, and that is said kindly; also after a restart."""
    monkeypatch.setenv("COMMONPLACE_LLM__TOKENS_PER_DAY", "1500")
    llm.tokens = 700
    codes = [run(["add", f"第{n}件事：房租又漲了。"]) for n in range(3)]

    captured = capsys.readouterr()
    assert codes == [0, 0, 0]
    assert len(llm.questions) == 1
    assert "tokens for the language model are spent. Nothing is lost" in captured.err


def test_a_worded_summary_is_marked(home, llm, monkeypatch, capsys: pytest.CaptureFixture[str]):
    """It stands beside the quoted one, and is refused if the text does not bear it out."""
    monkeypatch.setenv("COMMONPLACE_SUMMARY__METHOD", "llm")
    monkeypatch.setenv("COMMONPLACE_LLM__LABELS", "false")
    text = "租屋族團體今天公布調查，六成受訪者的房租超過收入的三分之一。" + "\n".join(
        f"第{n}位房客說，房東一得知房客領補貼就漲價，租金補貼等於補貼了房東，年輕家庭的負擔最重。"
        for n in range(9)
    )

    run(["add", text, "--json"])
    llm.mind = says('{"summary": "房東協會理事長王大明表示，房租會再漲5000元。"}')
    run(["add", text + "完。", "--json"])

    shown, refused = lines(capsys.readouterr().out)
    assert (
        shown["generated_summary"] == "租屋族團體今天公布調查，六成受訪者的房租超過收入的三分之一。"
    )
    assert refused["generated_summary"] is None
    assert refused["summary"]


@pytest.mark.parametrize(
    ("settings", "key"),
    [
        ({"SUMMARY__METHOD": "seq2seq"}, "summary.model"),
        ({"SUMMARY__METHOD": "llm", "LLM__BASE_URL": ""}, "llm.base_url"),
    ],
)
def test_a_method_without_its_model_is_told_at_once(home, settings, key, monkeypatch):
    """Not with the first item."""
    from bot.app import build

    for name, value in settings.items():
        monkeypatch.setenv(f"COMMONPLACE_{name}", value)

    with pytest.raises(BadConfig) as caught, build(load()):
        pass

    assert caught.value.facts["key"] == key


def test_a_base_url_is_an_address(home, monkeypatch):
    """And the key is never shown."""
    assert "sk-test" not in repr(load())
    monkeypatch.setenv("COMMONPLACE_LLM__BASE_URL", "127.0.0.1:11434")

    with pytest.raises(BadConfig, match="11434/v1"):
        load()
