"""The child process: a page can kill it, and nothing else."""

import io
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import psutil
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain import Resource
from core.errors import CommonplaceError, NotAnArticle, RateLimited, TimedOut, TooLarge, Unreadable
from core.sources import worker
from core.sources.reading import Extracted, ReadLimits
from core.sources.sandbox import Sandbox
from core.sources.wire import pack, read_answer, read_request, unpack, write_answer, write_request

QUICK = ReadLimits(deadline_s=1.0)
BAD = "tests.fakes.bad_worker"
on_linux = pytest.mark.skipif(sys.platform != "linux", reason="the limit is the system's")


@pytest.fixture(scope="module")
def box() -> Iterator[Sandbox]:
    one = Sandbox(ReadLimits(), worker=BAD)
    yield one
    one.close()


def tell(box: Sandbox, words: str) -> Extracted:
    return box.run("obey", Resource(words.encode(), url="https://example.com/a"))


def wait_for_end(pid: int) -> bool:
    """Whether a process ends within a generous time."""
    try:
        process = psutil.Process(pid)
        if process.status() != psutil.STATUS_ZOMBIE:
            process.wait(timeout=30)
    except psutil.NoSuchProcess:
        return True
    except psutil.TimeoutExpired:
        return False
    return True


def test_one_process_serves_again_and_again(box: Sandbox):
    """Starting one costs more than reading a page."""
    assert tell(box, "first").text == "first"
    pid = box.pid

    assert tell(box, "second").text == "second"
    assert box.pid == pid


@pytest.mark.parametrize("words", ["hang", "hang-in-native-code"])
def test_what_takes_too_long_is_killed_and_said(words: str):
    """Whatever it is busy with; the next page is read."""
    box = Sandbox(QUICK, worker=BAD)
    tell(box, "start")
    pid = box.pid
    assert pid is not None

    with pytest.raises(TimedOut) as caught:
        tell(box, words)

    assert caught.value.facts == {"what": "reading", "limit_s": 1.0}
    assert wait_for_end(pid)
    assert tell(box, "next").text == "next"
    box.close()


@pytest.mark.parametrize(
    "words",
    ["crash", "exit", pytest.param("babble", marks=on_linux)],  # where answers go by descriptor 3
)
def test_what_brings_the_parser_down_is_unreadable(box: Sandbox, words: str):
    """The bot lives on, and so does the next page."""
    with pytest.raises(Unreadable) as caught:
        tell(box, words)

    assert caught.value.facts == {"reason": "crashed"}
    assert tell(box, "next").text == "next"


@on_linux
def test_what_eats_memory_is_too_large():
    """And the memory is given back with the process."""
    box = Sandbox(ReadLimits(memory_bytes=700 << 20), worker=BAD)
    tell(box, "start")
    pid = box.pid
    assert pid is not None

    with pytest.raises(TooLarge) as caught:
        tell(box, "eat")

    assert caught.value.facts["what"] == "memory"
    assert wait_for_end(pid)
    assert tell(box, "next").text == "next"
    box.close()


def test_what_is_nested_beyond_the_stack_is_too_large(box: Sandbox):
    """Python's own limit is one, too."""
    with pytest.raises(TooLarge) as caught:
        tell(box, "recurse")

    assert caught.value.facts["what"] == "depth"


def test_a_parsers_own_error_is_unreadable(box: Sandbox, caplog: pytest.LogCaptureFixture):
    """Its name is for the log."""
    with pytest.raises(Unreadable) as caught:
        tell(box, "raise")

    assert caught.value.facts == {"reason": "broken"}
    assert "ValueError: a parser's own" in caplog.text


def test_our_errors_arrive_whole(box: Sandbox):
    """Kind, message, facts and time to wait."""
    with pytest.raises(NotAnArticle) as wall:
        tell(box, "refuse")
    with pytest.raises(RateLimited) as later:
        tell(box, "wait")

    assert (wall.value.message, wall.value.facts) == ("It is a wall.", {"reason": "consent-wall"})
    assert (later.value.retry_after_s, later.value.facts) == (7.5, {"host": "example.com"})


def test_what_libraries_print_does_not_mix_with_answers(box: Sandbox):
    """Answers go another way."""
    assert tell(box, "print").text == "print"
    assert tell(box, "next").text == "next"


def test_the_child_does_not_see_our_settings(monkeypatch: pytest.MonkeyPatch):
    """Tokens are for the parent."""
    monkeypatch.setenv("COMMONPLACE_TELEGRAM_TOKEN", "secret")
    box = Sandbox(ReadLimits(), worker=BAD)

    names = tell(box, "environment").text.split("\n")

    assert "PYTHONPATH" in names
    assert not any("COMMONPLACE" in name for name in names)
    box.close()


@on_linux
def test_a_child_that_has_grown_answers_and_ends():
    """What one big page needed is not held for ever."""
    box = Sandbox(ReadLimits(keep_bytes=1), worker=BAD)

    first = tell(box, "one"), box.pid
    second = tell(box, "two"), box.pid

    assert (first[0].text, second[0].text) == ("one", "two")
    assert first[1] is None
    assert second[1] is None
    box.close()


def test_a_child_that_was_killed_while_idle_is_replaced(box: Sandbox):
    """Nobody notices."""
    tell(box, "start")
    pid = box.pid
    assert pid is not None
    psutil.Process(pid).kill()
    assert wait_for_end(pid)

    assert tell(box, "next").text == "next"
    assert box.pid != pid


def test_a_child_whose_end_shows_only_when_it_is_asked_is_replaced(
    box: Sandbox, monkeypatch: pytest.MonkeyPatch
):
    """The system calls a killed process running until its last thread is gone."""
    tell(box, "start")
    child = box._child
    assert child is not None
    psutil.Process(child.pid).kill()
    assert wait_for_end(child.pid)
    monkeypatch.setattr(type(child), "is_alive", True)

    assert tell(box, "next").text == "next"
    assert box.pid != child.pid


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_an_interrupt_from_the_keyboard_is_the_parents(box: Sandbox):
    """The terminal sends it to both."""
    tell(box, "start")
    pid = box.pid
    assert pid is not None
    os.kill(pid, signal.SIGINT)

    assert tell(box, "next").text == "next"
    assert box.pid == pid


def test_an_interrupted_question_leaves_no_answer_behind(
    box: Sandbox, monkeypatch: pytest.MonkeyPatch
):
    """Or the next one who asks would get it."""
    tell(box, "start")
    asked = type(box._child).ask

    def interrupted(child, name, resource, *, deadline_s):
        asked(child, name, resource, deadline_s=deadline_s)
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(type(box._child), "ask", interrupted)
        with pytest.raises(KeyboardInterrupt):
            tell(box, "mine")

    assert tell(box, "yours").text == "yours"


def test_many_threads_get_their_own_answers(box: Sandbox):
    """One at a time."""
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda n: tell(box, f"text {n} of many").text, range(40)))

    assert answers == [f"text {n} of many" for n in range(40)]


def test_a_child_that_cannot_start_is_our_own_fault():
    """With the command that shows why."""
    box = Sandbox(ReadLimits(), worker="tests.fakes.no_such_worker")

    with pytest.raises(CommonplaceError, match=r"python -m tests\.fakes\.no_such_worker") as caught:
        tell(box, "anything")

    assert caught.value.code == "internal"
    box.close()


def test_closing_ends_the_child_and_the_object():
    """Twice is as good as once."""
    box = Sandbox(ReadLimits(), worker=BAD)
    box.warm()
    pid = box.pid
    assert pid is not None

    box.close()
    box.close()

    assert wait_for_end(pid)
    assert box.pid is None
    with pytest.raises(CommonplaceError, match="closed"):
        tell(box, "anything")


def test_an_object_that_nobody_closed_takes_its_child_along():
    """No process is left over, and no warning given."""
    box = Sandbox(ReadLimits(), worker=BAD)
    tell(box, "start")
    pid = box.pid
    assert pid is not None

    del box

    assert wait_for_end(pid)


@pytest.mark.parametrize("words", ["start", "hang"])
def test_the_child_dies_with_its_parent(words: str):
    """Also when the parent is killed without a word, and in the middle of work."""
    script = (
        "import threading\n"
        "from core.domain import Resource\n"
        "from core.sources.reading import ReadLimits\n"
        "from core.sources.sandbox import Sandbox\n"
        f"box = Sandbox(ReadLimits(), worker={BAD!r})\n"
        "box.run('obey', Resource(b'start'))\n"
        f"work = ('obey', Resource({words.encode()!r}))\n"
        "threading.Thread(target=box.run, args=work, daemon=True).start()\n"
        "print(box.pid, flush=True)\n"
        "threading.Event().wait()\n"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    with subprocess.Popen(
        [sys.executable, "-c", script], stdout=subprocess.PIPE, env=environment
    ) as parent:
        assert parent.stdout is not None
        pid = int(parent.stdout.readline())
        assert psutil.pid_exists(pid)

        parent.kill()

        assert wait_for_end(pid)


# ── the child's half, without a process ──────────────────────────────────────────────────────────


def test_a_worker_answers_each_request_and_watches_over_it():
    """The watchdog is set before and called off after."""
    out, events = io.BytesIO(), []

    worker.serve(
        iter(
            [
                ("text", Resource(b"one", file_name="a.txt")),
                ("text", Resource(b"two", file_name="b.txt")),
            ]
        ),
        out,
        ReadLimits(deadline_s=5),
        watch=lambda seconds: events.append(seconds),
        unwatch=lambda: events.append("off"),
        held=lambda: 0,
    )

    out.seek(0)
    answers = [read_answer(out, max_bytes=10_000) for _ in range(4)]
    assert answers[0] == {"ready": True}
    assert [answer["extracted"]["text"] for answer in answers[1:3] if answer] == ["one", "two"]
    assert answers[3] is None
    assert events == [7.0, "off", 7.0, "off"]


def test_a_worker_that_has_grown_says_that_it_ends():
    """So that the parent does not wait for it."""
    out = io.BytesIO()

    worker.serve(
        iter([("text", Resource(b"one", file_name="a.txt"))] * 2),
        out,
        ReadLimits(keep_bytes=100),
        watch=lambda _: None,
        unwatch=lambda: None,
        held=lambda: 101,
    )

    out.seek(0)
    read_answer(out, max_bytes=10_000)
    answer = read_answer(out, max_bytes=10_000)
    assert answer is not None
    assert answer["last"] is True
    assert read_answer(out, max_bytes=10_000) is None


@pytest.mark.parametrize(
    ("raised", "code"),
    [
        (MemoryError(), "too-large"),
        (RecursionError(), "too-large"),
        (ValueError("x"), "unreadable"),
        (NotAnArticle("x", reason="no-text"), "not-an-article"),
    ],
)
def test_whatever_an_extractor_raises_is_answered(
    monkeypatch: pytest.MonkeyPatch, raised: Exception, code: str
):
    """By an error of ours."""

    def fail(_resource, _limits):
        raise raised

    monkeypatch.setitem(worker.EXTRACTORS, "text", fail)

    assert worker.answer("text", Resource(b""), ReadLimits())["error"] == code


def test_a_broken_installation_is_no_pages_fault(monkeypatch: pytest.MonkeyPatch):
    """It must not pass for a page that cannot be read."""

    def fail(_resource, _limits):
        raise ImportError("no lxml")

    monkeypatch.setitem(worker.EXTRACTORS, "text", fail)

    answer = worker.answer("text", Resource(b""), ReadLimits())

    assert (answer["error"], "no lxml" in answer["message"]) == ("internal", True)


def test_memory_held_is_told_where_the_system_tells_it():
    """In bytes."""
    held = worker.memory_held()

    assert held > 10 << 20 if sys.platform == "linux" else held >= 0


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
maybe = st.none() | texts


@given(st.builds(Resource, st.binary(max_size=200), maybe, maybe, maybe, maybe), texts)
def test_a_request_arrives_as_it_was_sent(resource: Resource, name: str):
    """Byte for byte."""
    stream = io.BytesIO()
    write_request(stream, name, resource)
    stream.seek(0)

    assert read_request(stream) == (name, resource)
    assert read_request(stream) is None


@given(
    st.builds(
        Extracted, texts, maybe, maybe, st.none() | st.dates(), maybe, maybe, maybe, maybe, maybe
    )
)
def test_an_extract_arrives_as_it_was_found(extracted: Extracted):
    """Through JSON and back."""
    stream = io.BytesIO()
    write_answer(stream, pack(extracted))
    stream.seek(0)

    answer = read_answer(stream, max_bytes=100_000)

    assert answer is not None
    assert unpack(answer) == extracted


@pytest.mark.parametrize(
    "said",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"\0\0", id="half-a-length"),
        pytest.param(b"\0\0\0\x05{", id="cut-off"),
        pytest.param(b"\xff\xff\xff\xff", id="too-long"),
        pytest.param(b"\0\0\0\x02{]", id="no-json"),
        pytest.param(b"\0\0\0\x02[]", id="no-object"),
    ],
)
def test_nonsense_is_no_answer(said: bytes):
    """A parser that has been taken over may say anything."""
    assert read_answer(io.BytesIO(said), max_bytes=1000) is None


def test_half_a_request_is_none():
    """The parent died while it was sending."""
    stream = io.BytesIO()
    write_request(stream, "web", Resource(b"x" * 100))

    assert read_request(io.BytesIO(stream.getvalue()[:-1])) is None


def test_a_day_survives():
    """JSON has none."""
    assert unpack(pack(Extracted("a", published_on=date(2024, 4, 12)))).published_on == date(
        2024, 4, 12
    )


def test_requests_come_until_the_parent_is_gone(monkeypatch: pytest.MonkeyPatch):
    """Its end is the end of the process, whatever that is busy with."""
    ended = threading.Event()
    monkeypatch.setattr(worker.os, "_exit", lambda code: ended.set() if code == 0 else None)
    stream = io.BytesIO()
    write_request(stream, "web", Resource(b"page"))
    stream.seek(0)

    first = next(worker.requests(stream))

    assert first == ("web", Resource(b"page"))
    assert ended.wait(30)


@on_linux
@pytest.mark.parametrize(
    ("hard", "set_to"),
    [
        pytest.param(-1, (1000, -1), id="no-limit-yet"),
        pytest.param(500, (500, 500), id="a-stricter-one"),
        pytest.param(5000, (1000, 5000), id="a-laxer-one"),
    ],
)
def test_memory_is_limited_as_far_as_the_system_lets_us(
    monkeypatch: pytest.MonkeyPatch, hard: int, set_to: tuple[int, int]
):
    """Never above what somebody stricter has set."""
    import resource

    calls: list[tuple[int, int]] = []
    monkeypatch.setattr(resource, "getrlimit", lambda _: (hard, hard))
    monkeypatch.setattr(resource, "setrlimit", lambda _, limits: calls.append(limits))

    worker.limit_memory(1000)

    assert calls == [set_to]


@on_linux
def test_a_system_that_refuses_a_limit_is_no_fault(monkeypatch: pytest.MonkeyPatch):
    """macOS does."""
    import resource

    def refuse(*_: object) -> None:
        raise ValueError("current limit exceeds maximum limit")

    monkeypatch.setattr(resource, "setrlimit", refuse)

    worker.limit_memory(1000)
