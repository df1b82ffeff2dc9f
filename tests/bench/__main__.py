"""Speed and memory of the house, as one table: `python -m tests.bench`.

Everything runs on this machine alone: pages come from a small server on 127.0.0.1, texts are made
up. Each row names its limit; a row over its limit is marked, and the exit code is 1.
"""

import argparse
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

from bot.app import OPERATOR, App, build
from bot.cli.collecting import IMPORT_BATCH
from bot.config import load
from core.domain import Link
from core.ingest import ImportEntry
from core.jsonl import batches
from tests.bench.agreement import agreement
from tests.bench.brief import brief
from tests.bench.decisions import decisions
from tests.bench.digest import digest
from tests.bench.figures import figures
from tests.bench.labels import labels
from tests.bench.rows import Options, Row
from tests.bench.texts import article, query, text
from tests.bench.training import training
from tests.servers import WebServer, serve

SEED = 20260301
PYTHON = sys.executable


def main() -> int:
    """Measure what was asked for and print the table."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    given = Options()
    parser.add_argument("--texts", type=int, default=given.texts, help="short texts to import")
    parser.add_argument("--items", type=int, default=given.items, help="items that are voted on")
    parser.add_argument("--votes", type=int, default=given.votes, help="votes on them")
    parser.add_argument("--label-texts", type=int, default=given.label_texts, help="to label")
    parser.add_argument(
        "--pipeline-texts", type=int, default=given.pipeline_texts, help="of them, by transformers"
    )
    parser.add_argument(
        "--trained-items",
        type=lambda said: tuple(map(int, said.split(","))),
        default=given.trained_items,
        help="to train on, like 100,1000",
    )
    parser.add_argument("--data", type=Path, help="folder of public sets; else made-up texts")
    parser.add_argument("only", nargs="*", choices=[[], *MEASURES], help="leave the others out")
    asked = vars(parser.parse_args())
    only = asked.pop("only")
    options = Options(**asked)
    rows: list[Row] = []
    for name in only or MEASURES:
        sys.stderr.write(f"measuring {name} …\n")
        rows += MEASURES[name](options)
    print(f"{os.cpu_count()} cores, Python {sys.version.split()[0]}\n")
    print(f"{'what':<58}{'measured':>12}{'limit':>12}{'share':>8}")
    for row in rows:
        print(row)
    return 0 if all(row.holds for row in rows) else 1


# ── starting ─────────────────────────────────────────────────────────────────────────────────────


def cold_start(_: Options) -> list[Row]:
    """From the command to the prompt, in a terminal of its own, on an existing data folder."""
    with tempfile.TemporaryDirectory() as folder:
        times = [_seconds_to_prompt(Path(folder)) for _ in range(6)][1:]
    note = f"median of 5; worst {max(times):.2f} s"
    return [Row("`commonplace chat` to its prompt", statistics.median(times), "s", 2.0, note)]


def _seconds_to_prompt(data: Path) -> float:
    import pty

    began = time.perf_counter()
    pid, terminal = pty.fork()
    if pid == 0:
        environment = os.environ | {"TERM": "xterm-256color", "COMMONPLACE_LANGUAGE": "en"}
        os.execve(PYTHON, [PYTHON, "-m", "bot", "--data", str(data), "chat"], environment)
    seen = b""
    while PROMPT not in seen:
        seen += os.read(terminal, 65536)
        if b"\x1b[6n" in seen:  # the terminal is asked where its cursor is
            os.write(terminal, b"\x1b[1;1R")
            seen = seen.replace(b"\x1b[6n", b"")
    took = time.perf_counter() - began
    os.write(terminal, b"\x04")
    while True:
        try:
            if not os.read(terminal, 65536):
                break
        except OSError:
            break
    os.waitpid(pid, 0)
    os.close(terminal)
    return took


PROMPT = "›".encode()


# ── ten articles ─────────────────────────────────────────────────────────────────────────────────


def memory(_: Options) -> list[Row]:
    """The most memory that the chat and its children hold while they take in ten articles."""
    with tempfile.TemporaryDirectory() as folder, _articles(10) as (web, links):
        command = [PYTHON, "-m", "bot", "--data", folder, "chat"]
        environment = os.environ | {"COMMONPLACE_FETCH__ALLOW": f'["{web.authority}"]'}
        chat = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
            text=True,
        )
        assert chat.stdin is not None
        chat.stdin.write("\n".join([*links, "/search housing", ""]))
        chat.stdin.close()
        most = 0.0
        processes = 0
        while chat.poll() is None:
            held, processes_now = _memory_of(chat.pid)
            if held > most:
                most, processes = held, processes_now
            time.sleep(0.05)
        assert chat.stdout is not None
        chat.stdout.close()
        note = f"peak over {processes} processes, exit code {chat.returncode}"
    return [Row("memory with ten articles taken in (PSS)", most / 1e6, "MB", 600, note)]


def _memory_of(pid: int) -> tuple[float, int]:
    """Bytes held by a process and its children (shared pages once), and how many they are."""
    total, count = 0.0, 0
    try:
        parent = psutil.Process(pid)
        for process in [parent, *parent.children(recursive=True)]:
            full = process.memory_full_info()
            total += getattr(full, "pss", full.uss)
            count += 1
    except psutil.Error:
        pass
    return total, count


def card(_: Options) -> list[Row]:
    """From the link of a 1,000-word article to everything that its card shows."""
    times: list[float] = []
    with (
        tempfile.TemporaryDirectory() as folder,
        _articles(8) as (web, links),
        _app(Path(folder), web) as app,
    ):
        for link in links:
            began = time.perf_counter()
            receipt = app.library.ingest.receive(
                Link(link), community=app.community, member=OPERATOR
            )
            finished = app.library.ingest.work(receipt.item.id)
            times.append(time.perf_counter() - began)
            assert finished.item.summary is not None, finished
    warm = times[1:]
    note = f"median of 7; worst {max(warm):.2f} s; the first, with loading, {times[0]:.2f} s"
    return [Row("a 1,000-word article from link to card", statistics.median(warm), "s", 3.0, note)]


# ── ten thousand texts ───────────────────────────────────────────────────────────────────────────


def collection(options: Options) -> list[Row]:
    """Import of short texts without labels, and hybrid search over them."""
    count, chance = options.texts, random.Random(SEED)
    entries = [
        ImportEntry(external_id=str(n), text=text(chance, sentences=2)) for n in range(count)
    ]
    with tempfile.TemporaryDirectory() as folder, serve() as web, _app(Path(folder), web) as app:
        app.library.embedder.embed(["warm"])
        began = time.perf_counter()
        for _ in app.library.ingest.import_all(
            batches(entries, IMPORT_BATCH),
            community=app.community,
            member=OPERATOR,
            fetch=False,
            label=False,
        ):
            pass
        rate = count / (time.perf_counter() - began)
        queries = [query(chance) for _ in range(210)]
        times: list[float] = []
        for asked in queries:
            began = time.perf_counter()
            app.library.search.find(app.community, asked, limit=10)
            times.append((time.perf_counter() - began) * 1000)
    warm = sorted(times[10:])
    p95 = warm[int(len(warm) * 0.95) - 1]
    note = f"median {statistics.median(warm):.1f} ms; 200 queries in both languages"
    return [
        Row(
            f"import of {count:,} short texts",
            rate,
            "/s",
            150,
            f"{IMPORT_BATCH} a batch",
            at_least=True,
        ),
        Row("hybrid search over them, 95th percentile", p95, "ms", 50, note),
    ]


# ── common ───────────────────────────────────────────────────────────────────────────────────────


@contextmanager
def _articles(count: int) -> Iterator[tuple[WebServer, list[str]]]:
    chance = random.Random(SEED)
    with serve() as web:
        yield web, [web.page(f"/{n}", article(chance)) for n in range(count)]


@contextmanager
def _app(folder: Path, web: WebServer) -> Iterator[App]:
    environment = {"COMMONPLACE_FETCH__ALLOW": f'["{web.authority}"]'}
    with build(load(data=folder, environ=environment, language="en")) as app:
        yield app


MEASURES: dict[str, Callable[[Options], list[Row]]] = {
    "start": cold_start,
    "memory": memory,
    "card": card,
    "collection": collection,
    "decisions": decisions,
    "labels": labels,
    "training": training,
    "agreement": agreement,
    "digest": digest,
    "brief": brief,
    "figures": figures,
}

if __name__ == "__main__":
    sys.exit(main())
