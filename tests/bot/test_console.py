"""The console adapter: what a person in front of a terminal gets that a pipe does not."""

import asyncio
from collections.abc import Awaitable
from dataclasses import replace

import pytest

from bot.chat import Commanded, DeliveryFailed, Line, Mark, Picture, Reply, Span, Wrote
from bot.platforms import console
from bot.platforms.console import ConsolePlatform
from core.domain import ChatRef, MemberRef, SentFile
from tests.contract.test_platform import Listener
from tests.fakes.screen import Sheet, until

ME = MemberRef("local", "operator")
WHERE = ChatRef("console", "terminal")


class Slow(Listener):
    """Takes its time."""

    def __init__(self) -> None:
        super().__init__()
        self.gate = asyncio.Event()

    async def handle(self, event) -> Awaitable[None]:
        await super().handle(event)
        return asyncio.ensure_future(self._answer())

    async def _answer(self) -> None:
        await self.gate.wait()


def reply(text: str, *, passing: bool = False) -> Reply:
    return Reply((Line((Span(text),)),), passing=passing)


@pytest.fixture
def sheet():
    return Sheet(is_terminal=True)


@pytest.fixture
async def start(sheet):
    """Start a console over the sheet."""
    started = []

    async def begin(conversation) -> ConsolePlatform:
        platform = ConsolePlatform(sheet, member=ME, member_name="小美")
        await platform.start(conversation)
        await sheet.is_idle.wait()
        started.append(platform)
        return platform

    yield begin
    for platform in started:
        await platform.stop()


async def test_a_person_is_greeted(start):
    """A terminal begins like a chat with a new friend."""
    listener = Listener()

    await start(listener)

    (event,) = listener.events
    assert isinstance(event, Commanded)
    assert (event.command, event.member, event.member_name) == ("start", ME, "小美")


@pytest.mark.parametrize(("is_terminal", "code"), [(False, 1), (True, 0)])
async def test_what_failed_is_an_exit_code_for_scripts_only(is_terminal, code):
    """A person has seen it."""
    sheet = Sheet(is_terminal=is_terminal)
    platform = ConsolePlatform(sheet, member=ME)

    await platform.start(Listener())
    await sheet.type("/no/such/file.pdf")
    sheet.end()

    assert await platform.finished() == code


async def test_files_are_put_into_the_folder(tmp_path):
    """And told, with what can be seen in a picture; a name leads nowhere else."""
    sheet = Sheet()
    platform = ConsolePlatform(sheet, member=ME, folder=tmp_path / "answers")
    picture = Picture("../圖.png", b"\x89PNG", alt="一條往上的線")

    await platform.send(WHERE, replace(reply("看圖"), files=(picture, SentFile("圖.csv", b"a"))))

    (shown,) = sheet.shown
    assert shown.splitlines() == [
        "看圖",
        "一條往上的線",
        f"→ {tmp_path / 'answers' / '圖.png'}",
        f"→ {tmp_path / 'answers' / '圖.csv'}",
    ]
    assert (tmp_path / "answers" / "圖.png").read_bytes() == b"\x89PNG"


async def test_a_picture_is_told_where_there_is_no_folder():
    """Nobody sees it, but its words say the same."""
    sheet = Sheet()
    platform = ConsolePlatform(sheet, member=ME)

    await platform.send(WHERE, replace(reply("看圖"), files=(Picture("a.png", b"", alt="線"),)))

    assert sheet.shown == ["看圖\n線"]


async def test_a_folder_that_cannot_be_made_is_a_failure(tmp_path):
    """It is told like anything else that is not delivered."""
    (tmp_path / "answers").write_text("in the way")
    platform = ConsolePlatform(Sheet(), member=ME, folder=tmp_path / "answers")

    with pytest.raises(DeliveryFailed):
        await platform.send(WHERE, replace(reply("看圖"), files=(SentFile("a.csv", b"a"),)))


async def test_a_pipe_is_not_greeted():
    """A script wants answers only."""
    listener, sheet = Listener(), Sheet()
    platform = ConsolePlatform(sheet, member=ME)

    await platform.start(listener)
    sheet.end()

    assert await platform.finished() == 0
    assert listener.events == []


async def test_typing_goes_on_while_an_answer_is_worked_out(start, sheet):
    """Messages wait in line, the person does not."""
    listener = Listener()
    await start(listener)
    slow = Slow()
    listener.handle = slow.handle

    await sheet.type("一")
    await sheet.type("二")
    await until(lambda: slow.events)
    await asyncio.sleep(0.01)

    assert [event.text for event in slow.events] == ["一"]
    slow.gate.set()
    await until(lambda: len(slow.events) == 2)
    assert [event.text for event in slow.events] == ["一", "二"]


async def test_stopping_just_after_an_answer_ends(start, sheet, monkeypatch):
    """Also while the sign of a long answer is being taken away."""
    going = asyncio.Event()

    async def linger(_) -> None:
        try:
            await asyncio.Event().wait()
        finally:
            going.set()
            await asyncio.sleep(0.05)

    monkeypatch.setattr(ConsolePlatform, "_announce", linger)
    listener = Listener()
    platform = await start(listener)
    slow = Slow()
    listener.handle = slow.handle
    await sheet.type("一")
    await until(lambda: slow.events)
    await asyncio.sleep(0.01)

    slow.gate.set()
    await going.wait()

    stopping = asyncio.create_task(platform.stop())
    ended, _ = await asyncio.wait((stopping,), timeout=5)
    assert ended == {stopping}


async def test_an_answer_that_takes_long_is_announced(start, sheet, monkeypatch):
    """So that nobody wonders; the sign goes with the answer."""
    monkeypatch.setattr(console, "PATIENCE_S", 0.001)
    listener = Listener()
    await start(listener)
    slow = Slow()
    listener.handle = slow.handle

    await sheet.type("/search 移工")
    await until(lambda: sheet.progress_shown)
    slow.gate.set()
    await until(lambda: len(sheet.progress_shown) == 2)

    assert sheet.progress_shown == ["…", None]


async def test_progress_stands_beside_the_prompt_until_the_answer(start, sheet):
    """It is not part of what stays on the screen."""
    platform = await start(Listener())

    (message,) = await platform.send(WHERE, reply("正在抓取…", passing=True))
    await platform.edit(message, reply("正在摘要…", passing=True))
    await platform.edit(message, reply("標題"))

    assert sheet.progress_shown == ["正在抓取…", "正在摘要…", None]
    assert sheet.shown == ["標題"]


async def test_only_a_person_sees_that_a_message_was_seen(start, sheet):
    """One sign, at once."""
    listener = Listener()
    platform = await start(listener)

    await platform.mark(listener.events[0].message, Mark.SEEN)

    assert sheet.shown == ["👀"]


async def test_a_message_that_fails_and_then_works_has_not_failed(start):
    """The exit code is about how it ended."""
    listener = Listener()
    platform = await start(listener)
    message = listener.events[0].message

    await platform.mark(message, Mark.FAILED)
    assert platform.failed == 1
    await platform.mark(message, Mark.DONE)

    assert platform.failed == 0


async def test_a_file_is_read_and_sent(start, sheet, tmp_path):
    """Its name and its bytes; the path stays at home."""
    file = tmp_path / "a.txt"
    file.write_bytes(b"text")
    listener = Listener()
    await start(listener)

    await sheet.type(str(file))
    await until(lambda: len(listener.events) == 2)

    event = listener.events[1]
    assert isinstance(event, Wrote)
    assert (event.text, event.files) == ("", (SentFile("a.txt", b"text"),))


async def test_a_file_that_is_too_large_is_not_read(start, sheet, tmp_path, monkeypatch):
    """It would not help to have it in memory."""
    monkeypatch.setattr(console, "MAX_FILE_BYTES", 3)
    (tmp_path / "a.txt").write_bytes(b"text")
    listener = Listener()
    platform = await start(listener)

    await sheet.type(str(tmp_path / "a.txt"))
    await until(lambda: sheet.shown)

    assert sheet.shown == ["console-large-file"]
    assert platform.failed == 1


async def test_a_reader_who_left_is_a_failed_delivery(start, sheet):
    """As with `commonplace chat | head`."""
    platform = await start(Listener())

    def broken(text: str) -> None:
        raise BrokenPipeError

    sheet.show = broken

    with pytest.raises(DeliveryFailed) as caught:
        await platform.send(WHERE, reply("一"))

    assert caught.value.retry_after_s is None


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("/se", ("se", None)),
        ("/search ", ("search", "")),
        ("／搜尋 移工 lab", ("搜尋", "移工 lab")),
        ("移工", None),
    ],
)
async def test_completion_asks_about_commands_only(start, sheet, typed, expected):
    """Without the sign, in two parts."""
    asked = []

    class Asked(Listener):
        async def suggest(self, where, member, command, argument):
            asked.append((command, argument))
            return ()

    await start(Asked())

    await sheet.suggest(typed)

    assert asked == ([expected] if expected else [])
