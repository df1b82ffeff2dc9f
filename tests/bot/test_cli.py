"""The command line does what scripts and administrators count on, with real parts below it."""

import errno
import io
import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from bot.cli import run
from core.taxonomy import starter
from tests.fakes.checkpoints import write_pair
from tests.servers import WebServer, serve

HOUSING = """<!doctype html><html lang="zh-TW"><head><meta charset="utf-8">
<title>租金補貼為何追不上房租</title><meta name="author" content="林小美">
<meta property="article:published_time" content="2026-03-14T08:00:00+08:00"></head>
<body><article><h1>租金補貼為何追不上房租</h1>
<p>租屋族團體今天公布調查，六成受訪者的房租超過收入的三分之一，年輕家庭的負擔最重。</p>
<p>團體指出，租金補貼的額度三年沒有調整，房東一得知房客領補貼就漲價，等於補貼了房東。</p>
<p>內政部回應，將研議實價登錄租約，並擴大社會住宅的供給，預計年底前提出草案。</p>
</article></body></html>"""

TAXONOMY = """
[[dimension]]
id = "topic"
choice = "many"
name = { zh-TW = "主題", en = "Topic" }
hypothesis = { zh-TW = "這篇文章與「{label}」有關。", en = "This text is about {label}." }
[[dimension.label]]
id = "housing"
name = { zh-TW = "居住與房租", en = "housing and rents" }
[[dimension.label.label]]
id = "subsidy"
name = { zh-TW = "租金補貼", en = "rent subsidies" }
[[dimension.label]]
id = "whales"
name = { zh-TW = "鯨魚保育", en = "whale conservation" }
"""


@pytest.fixture
def web() -> Iterator[WebServer]:
    """A web server of our own."""
    with serve() as server:
        yield server


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, web: WebServer) -> Path:
    """A data folder of its own, English, and our server may be fetched from."""
    monkeypatch.setenv("COMMONPLACE_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("COMMONPLACE_LANGUAGE", "en")
    monkeypatch.setenv("COMMONPLACE_FETCH__ALLOW", json.dumps([web.authority]))
    monkeypatch.setattr("bot.doctor.PROBE_URL", web.page("/probe", "<p>reached</p>"))
    return tmp_path


def lines(text: str) -> list[dict[str, object]]:
    """Each line as JSON."""
    return [json.loads(line) for line in text.splitlines()]


def test_a_page_is_fetched_without_being_kept(web: WebServer, capsys: pytest.CaptureFixture[str]):
    """`fetch --json` prints what was read."""
    url = web.page("/housing", HOUSING) + "?utm_source=x"

    code = run(["fetch", url, "--json"])

    [found] = lines(capsys.readouterr().out)
    assert code == 0
    assert found["title"] == "租金補貼為何追不上房租"
    assert found["author"] == "林小美"
    assert found["published_at"] == "2026-03-14"
    assert found["language"] == "zh-Hant"
    assert "utm_source" not in str(found["canonical_url"])
    assert "租屋族團體今天公布調查" in str(found["text"])


def test_a_failed_fetch_is_json_too(web: WebServer, capsys: pytest.CaptureFixture[str]):
    """Exit code 2, and a code that scripts can hang on."""
    code = run(["fetch", web.url("/nothing"), "--json"])

    captured = capsys.readouterr()
    [found] = lines(captured.out)
    assert code == 2
    assert found["error"]["code"] == "not-found"  # type: ignore[index]
    assert found["error"]["retry_after"] is None  # type: ignore[index]
    assert captured.err.strip()


def test_a_saved_page_needs_no_network(home: Path, capsys: pytest.CaptureFixture[str]):
    """`--html FILE --url URL` extracts as if the page had just been fetched."""
    saved = home / "saved.html"
    saved.write_text(HOUSING, "utf-8")

    code = run(
        ["fetch", "--html", str(saved), "--url", "https://news.example/1?fbclid=2", "--json"]
    )

    [found] = lines(capsys.readouterr().out)
    assert code == 0
    assert found["canonical_url"] == "https://news.example/1"


def test_addresses_come_out_line_by_line(capsys: pytest.CaptureFixture[str]):
    """One line for each, an empty one where there is none, and exit code 2."""
    code = run(
        ["canonical", "https://news.example/1?utm_source=x#top", "ftp://x", "http://a.example"]
    )

    assert capsys.readouterr().out.splitlines()[:2] == ["https://news.example/1", ""]
    assert code == 2


def test_what_is_added_is_found(web: WebServer, capsys: pytest.CaptureFixture[str]):
    """Add a link, search for two characters of it, and for its meaning in English."""
    url = web.page("/housing", HOUSING)
    assert run(["add", url, "--json"]) == 0
    [added] = lines(capsys.readouterr().out)

    assert run(["search", "房租", "--json"]) == 0
    [found] = lines(capsys.readouterr().out)
    assert run(["search", "rent subsidies for tenants", "--json"]) == 0
    [across] = lines(capsys.readouterr().out)

    assert added["state"] == "done"
    assert added["how"] == "new"
    assert added["summary"]
    assert [hit["number"] for hit in found["hits"]] == [added["number"]]  # type: ignore[attr-defined]
    assert [hit["number"] for hit in across["hits"]] == [added["number"]]  # type: ignore[attr-defined]


def test_a_query_needs_no_quotes(capsys: pytest.CaptureFixture[str]):
    """Several words on the command line are one query."""
    run(["add", "租屋族團體要求修法，保障房客不被任意趕走。"])
    capsys.readouterr()

    code = run(["search", "租屋", "房客", "lang:zh", "--json"])

    [found] = lines(capsys.readouterr().out)
    assert code == 0
    assert found["total"] == 1


def test_the_same_article_is_kept_once(web: WebServer, capsys: pytest.CaptureFixture[str]):
    """A second address of the same page answers that it is here already."""
    url = web.page("/housing", HOUSING)
    run(["add", url, "--json"])

    code = run(["add", url + "?utm_campaign=mail", "--json"])

    first, second = lines(capsys.readouterr().out)
    assert code == 0
    assert (first["how"], second["how"]) == ("new", "known")
    assert first["number"] == second["number"]


def test_some_may_fail(web: WebServer, capsys: pytest.CaptureFixture[str]):
    """Exit code 1 if some failed, 2 if all did; each says why."""
    good, bad = web.page("/housing", HOUSING), web.url("/nothing")

    assert run(["add", good, bad]) == 1
    assert run(["add", bad]) == 2
    assert run(["add", "/no/such/report.pdf"]) == 2

    captured = capsys.readouterr()
    assert "✗" in captured.out
    assert "/no/such/report.pdf" in captured.err


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "big5"])
def test_a_text_comes_from_a_pipe(
    charset: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    """`-` reads standard input, in whatever charset it comes."""
    data = "租屋族團體要求修法，保障房客不被任意趕走。".encode(charset)
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data), "utf-8"))

    assert run(["add", "-", "--json"]) == 0

    [added] = lines(capsys.readouterr().out)
    assert str(added["text"]).startswith("租屋族團體")


def test_an_empty_pipe_adds_nothing(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    """A script whose first half failed leaves no item without a title."""
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b" \n"), "utf-8"))

    assert run(["add", "-"]) == 2

    assert "nothing on standard input" in capsys.readouterr().err
    assert run(["search", "is:failed", "--json"]) == 0
    assert lines(capsys.readouterr().out) == [{"total": 0, "hits": []}]


def test_people_read_the_names_of_labels(
    home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    """Without `--json`, the narrowest labels stand there in the terminal's language."""
    (home / "t.toml").write_text(TAXONOMY, "utf-8")
    monkeypatch.setenv("COMMONPLACE_TAXONOMY", str(home / "t.toml"))
    monkeypatch.setenv("COMMONPLACE_LANGUAGE", "zh-TW")

    assert run(["add", "租屋族團體要求調高租金補貼，保障房客不被任意趕走。"]) == 0

    said = capsys.readouterr().out
    assert "租金補貼?" in said
    assert "topic/" not in said


def test_a_long_text_or_link_is_no_path(
    home: Path, web: WebServer, capsys: pytest.CaptureFixture[str]
):
    """What is longer than any file name is a text to `add` and a link to `fetch`."""
    text = "租屋族團體要求修法，保障房客不被任意趕走。" * 30

    assert run(["add", text, "--json"]) == 0
    assert run(["fetch", web.url("/" + "a" * 5000), "--json"]) == 2

    added, failed = lines(capsys.readouterr().out)
    assert added["text"] == text
    assert failed["error"]["code"] == "not-found"  # type: ignore[index]


def test_the_operator_is_told_the_line(
    home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    """Broken lines and broken labels are told as they are, also to who reads Chinese."""
    archive, labels = home / "a.jsonl", home / "t.toml"
    archive.write_text('{"text": "好"}\n{"url": "ftp://x"}\n' + "[]\n" * 30, "utf-8")
    labels.write_text(TAXONOMY.replace('"whales"', '"Wha les"'), "utf-8")
    label = ["label", "--taxonomy", str(labels), "--input", str(archive), "--output", "x"]

    run(["import", str(archive), "--no-fetch", "--no-label"])
    broken = capsys.readouterr().err
    run(label)
    english = capsys.readouterr().err
    monkeypatch.setenv("COMMONPLACE_LANGUAGE", "zh-TW")
    run(label)
    chinese = capsys.readouterr().err

    assert "line 2" in broken
    assert "ftp://x" in broken
    assert "11 more lines" in broken
    assert "line 14, topic/Wha les" in english
    assert "標籤檔有問題" in chinese
    assert "line 14, topic/Wha les" in chinese


def test_a_terminal_without_chinese_ends_nothing(home: Path, monkeypatch: pytest.MonkeyPatch):
    """JSON is escaped where the encoding lacks its letters; words get a "?" in their place."""
    run(["add", "租屋族團體要求修法。"])
    outs = [io.BytesIO(), io.BytesIO()]

    codes = []
    for out, more in zip(outs, (["--json"], []), strict=True):
        stream = io.TextIOWrapper(out, "latin-1", write_through=True)
        monkeypatch.setattr("sys.stdout", stream)
        codes.append(run(["search", "租屋", *more]))

    assert codes == [0, 0]
    assert json.loads(outs[0].getvalue())["hits"][0]["text"] == "租屋族團體要求修法。"
    assert b"????" in outs[1].getvalue()


@pytest.mark.parametrize(("error", "code"), [(errno.EPIPE, 0), (errno.ENOSPC, 2)])
def test_an_output_that_takes_no_more(
    error: int,
    code: int,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
):
    """A reader that has gone is no mistake; a full disk is told. Neither shows a traceback."""

    class Shut(io.StringIO):
        def write(self, text: str) -> int:
            raise OSError(error, os.strerror(error))

    monkeypatch.setattr("sys.stdout", Shut())

    assert run(["canonical", "https://news.example/1"]) == code
    assert (os.strerror(error) in capsys.readouterr().err) == (code == 2)


def test_an_import_can_be_run_again(home: Path, capsys: pytest.CaptureFixture[str]):
    """What is there is passed over; broken lines are told; queries answer with external ids."""
    file = home / "archive.jsonl"
    file.write_text(
        '{"id": "a", "text": "移工團體要求廢除仲介制度，讓移工可以自由轉換雇主。"}\n'
        '{"id": "b", "text": "The council voted to protect the wetland from the new road."}\n'
        '{"id": "c"}\n',
        "utf-8",
    )
    queries = home / "queries.jsonl"
    queries.write_text(
        '{"id": 1, "query": "移工"}\n{"id": 2, "query": "wetland"}\n'
        '{"id": 3, "query": "lable:x"}\n',
        "utf-8",
    )
    answers = home / "answers.jsonl"

    codes = [run(["import", str(file), "--no-fetch", "--no-label", "--json"]) for _ in range(2)]
    first, second = lines(capsys.readouterr().out)
    found = run(["search", "--queries", str(queries), "--output", str(answers)])

    assert codes == [1, 1]
    assert (first["new"], first["known"], first["broken"]) == (2, 0, 1)
    assert (second["new"], second["known"], second["broken"]) == (0, 2, 1)
    assert found == 0
    *answered, refused = lines(answers.read_text("utf-8"))
    assert [row["hits"][0]["external_id"] for row in answered] == ["a", "b"]  # type: ignore[index]
    assert (refused["hits"], refused["error"]["code"]) == ([], "bad-query")  # type: ignore[index]


def test_texts_are_labelled_file_to_file(home: Path):
    """Labels with scores, every question asked; with --exhaustive really every one."""
    taxonomy, texts, out = home / "t.toml", home / "x.jsonl", home / "y.jsonl"
    taxonomy.write_text(TAXONOMY, "utf-8")
    texts.write_text(
        json.dumps(
            {"id": 5, "text": "政府提高租金補貼，租屋族每月房租負擔減輕，社會住宅也將增加。"}
        )
        + "\n",
        "utf-8",
    )
    line = ["label", "--taxonomy", str(taxonomy), "--input", str(texts), "--output", str(out)]

    assert run([*line, "--language", "zh-TW"]) == 0
    [asked] = lines(out.read_text("utf-8"))
    assert run([*line, "--language", "zh-TW", "--exhaustive"]) == 0
    [everything] = lines(out.read_text("utf-8"))

    assert asked["id"] == 5
    assert "topic/housing" in [label["path"] for label in asked["labels"]]  # type: ignore[attr-defined]
    assert everything["labels"] == asked["labels"]
    assert asked["unsure"] == everything["unsure"]
    assert set(everything["scores"]) == {"topic/housing", "topic/housing/subsidy", "topic/whales"}  # type: ignore[call-overload]


def test_labelling_tells_what_it_took(home: Path, capsys: pytest.CaptureFixture[str]):
    """Questions, and what they cost a text: a sentence for people, an object for scripts."""
    taxonomy, texts, out = home / "t.toml", home / "x.jsonl", home / "y.jsonl"
    taxonomy.write_text(TAXONOMY, "utf-8")
    texts.write_text('{"id": 1, "text": "房租又漲了。"}\n{"id": 2, "text": "Whales."}\n', "utf-8")
    line = ["label", "--taxonomy", str(taxonomy), "--input", str(texts), "--output", str(out)]

    assert run([*line, "--exhaustive"]) == 0
    told = capsys.readouterr()
    assert run([*line, "--exhaustive", "--json"]) == 0
    [effort] = lines(capsys.readouterr().out)

    assert "6 questions asked, 3 a text;" in told.err
    assert told.out == ""
    assert (effort["texts"], effort["questions"], effort["questions_per_text"]) == (2, 6, 3.0)
    assert effort["seconds_per_text"] > 0
    assert effort["questions_per_second"] > 0


def test_labelling_a_file_needs_no_writer_of_summaries(home: Path, monkeypatch):
    """Labels are asked about the text's own sentences, so no language model is missed, or paid."""
    monkeypatch.setenv("COMMONPLACE_SUMMARY__METHOD", "llm")
    texts, out = home / "x.jsonl", home / "y.jsonl"
    texts.write_text('{"id": 1, "text": "房租又漲了。"}\n', "utf-8")

    assert run(["label", "--input", str(texts), "--output", str(out)]) == 0

    assert out.read_text("utf-8").count("\n") == 1


def test_a_model_that_reads_pairs_is_asked_little(home: Path, capsys: pytest.CaptureFixture[str]):
    """Of the starter's top labels, the likely ones; with --exhaustive, every label."""
    folder, texts, out = home / "pair", home / "x.jsonl", home / "y.jsonl"
    write_pair(folder)
    texts.write_text('{"id": 1, "text": "Tenants protest against rising rents."}\n', "utf-8")
    line = ["label", "--model", str(folder), "--input", str(texts), "--output", str(out), "--json"]

    assert run(line) == 0
    [little] = lines(capsys.readouterr().out)
    assert run([*line, "--exhaustive"]) == 0
    [everything] = lines(capsys.readouterr().out)

    assert 0 < little["questions"] < sum(len(each.labels) for each in starter().dimensions)
    assert everything["questions"] == sum(1 for _ in starter().walk())


def test_no_texts_took_nothing(home: Path, capsys: pytest.CaptureFixture[str]):
    """Of an empty file there is nothing to divide."""
    texts, out = home / "x.jsonl", home / "y.jsonl"
    texts.write_text("", "utf-8")

    assert run(["label", "--input", str(texts), "--output", str(out), "--json"]) == 0

    [effort] = lines(capsys.readouterr().out)
    assert (effort["texts"], effort["questions"], effort["seconds_per_text"]) == (0, 0, None)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        pytest.param(["fecth"], "fetch", id="misspelt-command"),
        pytest.param(["add", "x", "--jsn"], "--json", id="misspelt-option"),
        pytest.param(["add"], "URL|TEXT|FILE|-", id="missing-argument"),
        pytest.param(["fetch", "a", "b"], "More words than expected: b", id="extra-argument"),
        pytest.param(["search", "x", "--limit", "0"], "--limit", id="out-of-range"),
        pytest.param(["search", "lable:x"], "label", id="misspelt-filter"),
        pytest.param(["search", '"'], "commonplace search --help", id="a-lone-quote"),
        pytest.param(["add", str(Path(__file__).parent)], "is a folder", id="folder"),
        pytest.param(["search"], "--queries", id="neither-query-nor-file"),
        pytest.param(["search", "x", "--limit", "many"], "1 to 1,000", id="no-number"),
        pytest.param(["search", "x", "--limit"], "--limit", id="no-value"),
        pytest.param(["label", "--language", "zh"], "zh-TW, en", id="unknown-language"),
        pytest.param(["fetch"], "--html", id="neither-link-nor-file"),
        pytest.param(["fetch", "/no/such.pdf"], "no file /no/such.pdf", id="missing-page"),
        pytest.param(["fetch", "--html", __file__, "--url", "x y"], "address", id="wrong-url"),
        pytest.param(["import", "/no/such.csv"], "/no/such.csv", id="missing-file"),
        pytest.param(["doctor", "--config", "/no/such.toml"], "/no/such.toml", id="missing-config"),
    ],
)
def test_a_mistake_is_explained(line: list[str], said: str, capsys: pytest.CaptureFixture[str]):
    """Exit code 2, a sentence that names the mistake, and no traceback."""
    assert run(line) == 2

    words = capsys.readouterr().err
    assert said in words
    assert "Traceback" not in words


@pytest.mark.parametrize("language", ["zh-TW", "en"])
def test_every_command_has_a_page(
    language: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    """In both languages, and nothing on them is a message id."""
    from bot.cli import MODULES

    monkeypatch.setenv("COMMONPLACE_LANGUAGE", language)

    codes = [run([*command, "--help"]) for command in ([], *([name] for name in MODULES))]

    pages = capsys.readouterr().out
    assert set(codes) == {0}
    assert "cli-" not in pages
    assert all(f"commonplace {name} " in pages for name in MODULES)


def test_the_doctor_finds_what_is_wrong(
    home: Path,
    web: WebServer,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
):
    """A taxonomy that cannot be used is a failure with a way to mend it; the rest is still told."""
    monkeypatch.setattr("bot.doctor.PROBE_URL", web.url("/nothing"))
    broken = home / "t.toml"
    broken.write_text("[[dimension]]\n", "utf-8")
    (home / "data").mkdir()
    (home / "data" / "config.toml").write_text(f'taxonomy = "{broken}"\n', "utf-8")

    code = run(["doctor", "--json"])

    [told] = lines(capsys.readouterr().out)
    findings = {finding["id"]: finding for finding in told["findings"]}  # type: ignore[attr-defined]
    assert code == 1
    assert findings["taxonomy-bad"]["health"] == "failure"
    assert findings["taxonomy-bad"]["mend"]
    assert findings["embedder"]["health"] == "ok"
    assert findings["network-bad"]["health"] == "warning"


def test_the_doctor_survives_a_broken_folder(home: Path, capsys: pytest.CaptureFixture[str]):
    """A file in the place of the vectors' folder is told, and the rest is still looked at."""
    (home / "data").mkdir()
    (home / "data" / "vectors").write_text("no folder", "utf-8")

    code = run(["doctor"])

    words = capsys.readouterr().out
    assert code == 1
    assert str(home / "data" / "vectors") in words
    assert "Network" in words


def test_a_healthy_house_is_told_in_words(capsys: pytest.CaptureFixture[str]):
    """Each line says what was found; warnings say how to mend."""
    code = run(["doctor"])

    words = capsys.readouterr().out
    assert code == 0
    assert "✗" not in words
    assert "doctor-" not in words


def test_of_two_at_once_the_second_is_told(
    web: WebServer, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    """It neither waits nor touches what the first is doing."""
    from bot.app import build
    from bot.config import load

    with build(load()):
        code = run(["add", web.page("/housing", HOUSING), "--json"])
        doctor = run(["doctor"])

    refused, *_ = capsys.readouterr().out.splitlines()
    assert code == 2
    assert json.loads(refused)["error"]["code"] == "data-in-use"
    assert doctor == 0
    assert web.requests == [] or all(seen.target == "/probe" for seen in web.requests)


def test_what_happened_is_written_to_a_log_without_words(home: Path, web: WebServer):
    """Ids, counts and seconds; what people wrote stays in the database."""
    run(["add", web.page("/housing", HOUSING)])

    log = (home / "data" / "commonplace.log").read_text("utf-8")
    assert "received item=" in log
    assert "房租" not in log


def test_reindex_mends_a_damaged_index(home: Path, capsys: pytest.CaptureFixture[str]):
    """The database is the truth; what was made of it is made anew."""
    run(["add", "租屋族團體要求修法，保障房客不被任意趕走，也要求公開租金行情。"])
    for file in (home / "data" / "vectors").rglob("*"):
        if file.is_file():
            file.write_bytes(b"nonsense" * 100)

    broken = run(["search", "rent", "--json"])
    told = capsys.readouterr().err
    run(["doctor", "--json"])
    findings = {each["id"]: each for each in lines(capsys.readouterr().out)[-1]["findings"]}  # type: ignore[attr-defined]
    mended = run(["reindex"])
    found = run(["search", "tenants protected from eviction", "--json"])

    assert (broken, mended, found) == (2, 0, 0)
    assert "commonplace reindex" in told
    assert "commonplace reindex" in findings["vectors-bad"]["mend"]
    assert "database" in findings
    assert [hit["number"] for hit in lines(capsys.readouterr().out)[-1]["hits"]] == [1]  # type: ignore[attr-defined]


def test_a_link_that_failed_is_tried_when_it_is_added_again(
    web: WebServer, capsys: pytest.CaptureFixture[str]
):
    """The page may have come back."""
    url = web.url("/later")
    run(["add", url, "--json"])
    web.page("/later", HOUSING)

    assert run(["add", url, "--json"]) == 0

    first, second = lines(capsys.readouterr().out)
    assert (first["how"], second["how"]) == ("failed", "new")
    assert first["number"] == second["number"]


def test_a_start_loads_nothing_heavy():
    """Models, the vector store and parsers wait until they are needed."""
    script = (
        "import sys; from bot.cli import run; run(['chat']); "
        "print([name for name in ('chromadb', 'onnxruntime', 'trafilatura', 'lxml', 'torch', "
        "'transformers', 'rich', 'alembic', 'opencc', 'tokenizers') if name in sys.modules])"
    )
    run(["search", "x"])  # the database is there

    done = subprocess.run(
        [sys.executable, "-c", script], stdin=subprocess.DEVNULL, capture_output=True, text=True
    )

    assert done.stdout.strip().splitlines()[-1] == "[]", done.stderr


def test_the_doctor_looks_into_the_database(home: Path, capsys: pytest.CaptureFixture[str]):
    """Rows that belong to nothing are a failure that is named."""
    run(["add", "租屋族團體要求修法，保障房客不被任意趕走，也要求公開租金行情。"])
    with closing(sqlite3.connect(home / "data" / "commonplace.db")) as database:
        database.execute("DELETE FROM item")
        database.commit()
    capsys.readouterr()

    code = run(["doctor", "--json"])

    findings = {each["id"]: each for each in lines(capsys.readouterr().out)[-1]["findings"]}  # type: ignore[attr-defined]
    assert code == 1
    assert "belongs to nothing" in findings["database-damaged"]["facts"]["first"]
