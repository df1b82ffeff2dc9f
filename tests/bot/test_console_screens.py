"""The two screens: a pipe read line by line, and a terminal with a prompt."""

import asyncio
import io
import os
import stat

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.buffer import Buffer
from prompt_toolkit.data_structures import Size
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from bot.chat import Suggestion
from bot.platforms.console_screen import Pipe, open_screen
from bot.platforms.console_terminal import HISTORY_BYTES, PASTED, Terminal
from bot.texts import Texts
from tests.fakes.screen import until

CTRL_C, CTRL_D, ENTER, TAB, UP = "\x03", "\x04", "\r", "\t", "\x1b[A"


async def no_suggestions(typed):
    return ()


# ── a pipe ───────────────────────────────────────────────────────────────────────────────────────


async def read(text: str) -> list[str]:
    pipe = Pipe(io.StringIO(text), io.StringIO())
    return [each async for each in pipe.messages(suggest=no_suggestions, say=str, busy=int)]


@pytest.mark.parametrize(
    ("written", "messages"),
    [
        pytest.param("一\n二\n", ["一", "二"], id="a-line-each"),
        pytest.param("一\r\n\n  \n二", ["一", "二"], id="empty-lines-and-no-end"),
        pytest.param('"""\n一\n\n二\n"""\n三\n', ["一\n\n二", "三"], id="block"),
        pytest.param('"""\n一\n二', ["一\n二"], id="block-without-an-end"),
        pytest.param('"""\n"""\n', [], id="empty-block"),
        pytest.param("", [], id="nothing"),
    ],
)
async def test_a_pipe_is_read_message_by_message(written, messages):
    """A line is a message; between two lines of quotes, many lines are one."""
    assert await read(written) == messages


def test_a_pipe_divides_replies_by_an_empty_line():
    """So that a script can tell them apart."""
    target = io.StringIO()
    pipe = Pipe(io.StringIO(), target)

    pipe.show("一\n二")
    pipe.progress("1", "…")
    pipe.show("三")

    assert target.getvalue() == "一\n二\n\n三\n"


def test_a_pipe_replaces_what_its_encoding_does_not_have():
    """Output on an old machine is better than none."""
    raw = io.BytesIO()
    target = io.TextIOWrapper(raw, encoding="ascii")

    Pipe(io.StringIO(), target).show("移工 a")

    assert raw.getvalue() == b"?? a\n"


def test_a_pipe_whose_reader_left_says_so_once():
    """And Python's own flush at the end of the program does not fail again."""
    reading, writing = os.pipe()
    target = os.fdopen(writing, "w")
    os.close(reading)

    with pytest.raises(BrokenPipeError):
        Pipe(io.StringIO(), target).show("一")

    target.close()


def test_standard_streams_that_are_no_terminal_are_a_pipe(tmp_path):
    """Neither prompt nor history."""
    assert isinstance(open_screen(history=tmp_path / "history"), Pipe)
    assert not (tmp_path / "history").exists()


# ── a terminal ───────────────────────────────────────────────────────────────────────────────────


class Person:
    """Types keys into a terminal and keeps what arrives as messages."""

    def __init__(self, terminal: Terminal, keys, *, busy: int = 0, suggest=no_suggestions) -> None:
        self.terminal = terminal
        self.keys = keys
        self.shown: list[str] = []
        terminal.show = self.shown.append
        self._messages = terminal.messages(suggest=suggest, say=Texts("en").say, busy=lambda: busy)

    @property
    def line(self) -> Buffer:
        """What is being typed."""
        assert self.terminal._session is not None
        return self.terminal._session.default_buffer

    async def types(self, *keys: str) -> list[str]:
        """The messages that come of these keys, until Ctrl-D has been typed often enough."""
        for key in keys:
            self.keys.send_text(key)
        return [message async for message in self._messages]


@pytest.fixture
def person(tmp_path):
    """Sit down at a terminal."""
    with create_pipe_input() as keys, create_app_session(input=keys, output=DummyOutput()):

        def sit(**how) -> Person:
            terminal = Terminal(history=tmp_path / "history", keys=keys, display=DummyOutput())
            return Person(terminal, keys, **how)

        yield sit


async def test_what_is_typed_is_a_message(person):
    """Enter sends it, Ctrl-D leaves."""
    assert await person().types("hello", ENTER, CTRL_D) == ["hello"]


async def test_alt_enter_begins_a_new_line(person):
    """For a text of several lines."""
    assert await person().types("a", "\x1b\r", "b", ENTER, CTRL_D) == ["a\nb"]


async def test_a_paste_of_several_lines_is_one_message(person):
    """However long it is, it arrives whole; a long one is folded on the screen only."""
    text = "\n".join(f"line {n}" for n in range(50))

    messages = await person().types(f"\x1b[200~{text}\x1b[201~", ENTER, CTRL_D)

    assert messages == [text]


async def test_two_long_pastes_keep_apart(person):
    """Each has a sign of its own, also when they have as many lines."""
    first, second = ("\n".join(f"{word} {n}" for n in range(9)) for word in "ab")

    messages = await person().types(
        f"\x1b[200~{first}\x1b[201~", " ", f"\x1b[200~{second}\x1b[201~", ENTER, CTRL_D
    )

    assert messages == [f"{first} {second}"]


async def test_a_long_paste_is_no_part_of_the_history(person, tmp_path):
    """What was typed can be had again by the arrow key, in the next session too."""
    text = "\n".join("abcdefghi")

    await person().types("typed", ENTER, f"\x1b[200~{text}\x1b[201~", ENTER, CTRL_D)
    messages = await person().types(UP, ENTER, CTRL_D)

    assert messages == ["typed"]
    history = tmp_path / "history"
    assert PASTED[0] not in history.read_text("utf-8")
    assert stat.S_IMODE(history.stat().st_mode) == 0o600


async def test_a_history_that_grew_large_begins_anew(person, tmp_path):
    """The old one is kept beside it, and the start stays quick."""
    (tmp_path / "history").write_bytes(b"#" * (HISTORY_BYTES + 1))

    await person().types("new", ENTER, CTRL_D)

    assert (tmp_path / "history").stat().st_size < 1000
    assert (tmp_path / "history.old").exists()


async def test_a_folder_that_cannot_be_written_is_no_hindrance(person, tmp_path):
    """There is no memory then, that is all."""
    (tmp_path / "history").mkdir()

    assert await person().types("hello", ENTER, CTRL_D) == ["hello"]


async def test_ctrl_c_clears_the_line_and_says_how_to_leave(person):
    """Nobody loses a conversation by a habit."""
    somebody = person()

    assert await somebody.types("half", CTRL_C, "whole", ENTER, CTRL_D) == ["whole"]
    assert somebody.shown == ["  Ctrl-D leaves."]


async def test_leaving_while_something_is_in_work_takes_two_steps(person):
    """The first says what is unfinished, the second leaves."""
    somebody = person(busy=2)

    assert await somebody.types(CTRL_D, CTRL_D) == []
    assert somebody.shown == [
        "  2 items are not finished. Ctrl-D again leaves; next time I go on with them.",
        "  Leaving as soon as the one in hand is done.",
    ]


async def test_staying_after_the_warning_warns_again(person):
    """A message in between is a change of mind."""
    somebody = person(busy=1)

    await somebody.types(CTRL_D, "more", ENTER, CTRL_D, CTRL_D)

    assert [words.split()[0] for words in somebody.shown] == ["One", "One", "Leaving"]


async def test_tab_completes_a_command(person):
    """With what the conversation suggests."""

    async def suggest(typed):
        return [Suggestion("search", len(typed) - 1, "find")]

    async def type_slowly(somebody):
        somebody.keys.send_text("/se")
        await until(lambda: somebody.line.complete_state)  # completion runs beside the typing
        somebody.keys.send_text(TAB)
        await until(lambda: somebody.line.text == "/search")
        somebody.keys.send_text(" x" + ENTER + CTRL_D)

    somebody = person(suggest=suggest)
    typing = asyncio.create_task(type_slowly(somebody))

    assert await somebody.types() == ["/search x"]
    await typing


async def test_progress_stands_above_the_prompt_and_hints_below(person):
    """What is in work, and what the keys do."""
    terminal = person().terminal

    terminal.progress("1", "#1  Fetching…")
    rows = terminal._rows()
    terminal.progress("1", None)

    assert rows.strip().endswith("#1  Fetching…")
    assert terminal._rows() == ""
    assert "Ctrl-D leaves" in terminal._hints(Texts("en").say, lambda: 0)
    assert "2 items in work" in terminal._hints(Texts("en").say, lambda: 2)


def test_in_a_narrow_window_the_way_out_is_the_last_hint_to_go(tmp_path):
    """Half a hint is none; who knows how to leave is not trapped."""

    class Narrow(DummyOutput):
        def get_size(self):
            return Size(rows=20, columns=34)

    with create_pipe_input() as keys:
        terminal = Terminal(history=tmp_path / "history", keys=keys, display=Narrow())
        hints = terminal._hints(Texts("en").say, lambda: 0)

    assert "  Tab completes · Ctrl-D leaves" in hints
    assert "Alt-Enter" not in hints


def test_no_color_is_respected(person, monkeypatch):
    """See no-color.org."""
    terminal = person().terminal
    assert terminal.look.colours

    monkeypatch.setenv("NO_COLOR", "1")

    assert not terminal.look.colours
