"""What every chat platform holds, the fake one included."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Protocol

import pytest
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot.chat import (
    Capabilities,
    Commanded,
    DeliveryFailed,
    Event,
    Line,
    Mark,
    MenuEntry,
    Picture,
    Platform,
    Reply,
    Span,
    Style,
    Suggestion,
    Wrote,
)
from bot.platforms import PLATFORMS
from bot.platforms.console import ConsolePlatform
from bot.platforms.discord import DiscordPlatform
from bot.platforms.telegram import TelegramPlatform
from core.domain import ChatRef, MemberRef, SentFile
from tests.fakes import discord_reader, discord_server
from tests.fakes.chat import FakePlatform
from tests.fakes.screen import Sheet
from tests.fakes.telegram import TelegramServer


class Listener:
    """A conversation that only listens."""

    def __init__(self) -> None:
        self.events: list[Event] = []

    async def handle(self, event: Event) -> Awaitable[None]:
        self.events.append(event)
        answered = asyncio.get_running_loop().create_future()
        answered.set_result(None)
        return answered

    async def suggest(self, where, member, command, argument) -> Sequence[Suggestion]:
        return ()

    def say(self, where, member, message, /, **values) -> str:
        return message

    def menu(self) -> Sequence[MenuEntry]:
        return ()

    def last_seen(self, where: ChatRef) -> str | None:
        return None

    async def resume(self, *_: object) -> None:
        pass

    def busy(self) -> int:
        return 0

    async def settled(self) -> None:
        pass


class Harness(Protocol):
    """Plays the members of a platform, and its screen."""

    platform: Platform
    where: ChatRef

    async def open(self) -> None:
        """Begin to exist."""

    async def close(self) -> None:
        """Cease to exist."""

    async def write(self, text: str) -> None:
        """A member writes this, as it stands."""

    def shown(self) -> str:
        """Everything that members see now or saw before."""


class FakeHarness(Harness):
    def __init__(self) -> None:
        self.platform = FakePlatform()
        self.where = self.platform.where

    async def write(self, text: str) -> None:
        if text.startswith("/"):
            name, _, argument = text[1:].partition(" ")
            await self.platform.command(name, argument)
        else:
            await self.platform.write(text)

    def shown(self) -> str:
        return "\n".join(reply.text for reply in self.platform.history)


class ConsoleHarness(Harness):
    def __init__(self) -> None:
        self.sheet = Sheet()
        self.platform = ConsolePlatform(self.sheet, member=MemberRef("local", "operator"))
        self.where = ChatRef("console", "terminal")

    async def write(self, text: str) -> None:
        await self.sheet.type(text)

    def shown(self) -> str:
        return "\n".join(self.sheet.shown)


class TelegramHarness(Harness):
    """A member in a private chat, and a Bot API server between them and the bot."""

    def __init__(self) -> None:
        self.server = TelegramServer()

    async def open(self) -> None:
        await self.server.__aenter__()
        self.member = self.server.person()
        self.platform = TelegramPlatform(self.server.token, base_url=self.server.url)
        self.where = ChatRef("telegram", str(self.member.id))

    async def close(self) -> None:
        await self.platform.stop()
        await self.server.__aexit__()

    async def write(self, text: str) -> None:
        await self.server.write(self.member, text)
        await self.server.delivered()

    def shown(self) -> str:
        return "\n".join(self.server.history)


class DiscordHarness(Harness):
    """A member and the bot in their private channel, on a server that speaks Discord's language."""

    async def open(self) -> None:
        self.patch = pytest.MonkeyPatch()  # discord.py keeps addresses for the whole process
        self.patch.setattr(Route, "BASE", Route.BASE)
        self.patch.setattr(DiscordWebSocket, "DEFAULT_GATEWAY", DiscordWebSocket.DEFAULT_GATEWAY)
        self.serving = discord_server.serve()
        self.server = await self.serving.__aenter__()
        self.room = self.server.private("ann")
        self.where = ChatRef("discord", self.room)
        self.platform = DiscordPlatform(
            discord_server.TOKEN,
            api_url=self.server.url,
            gateway_url=self.server.gateway,
            ready_wait_s=0.01,
        )
        self.sender = self.platform.open(self._counting(Listener()))
        await self.sender.login(discord_server.TOKEN)
        self.delivered = 0
        start = self.platform.start
        self.platform.start = lambda heard: start(self._counting(heard))

    async def close(self) -> None:
        await self.platform.stop()
        await self.sender.close()
        await self.serving.__aexit__(None, None, None)
        self.patch.undo()

    async def write(self, text: str) -> None:
        count = self.delivered
        await self.server.write(self.room, text)
        await self.server.until(lambda: self.delivered > count)

    def shown(self) -> str:
        texts = (
            body.get("content") or "\n".join(each["description"] for each in body["embeds"])
            for body in self.server.bodies
        )
        return "\n".join(discord_reader.read(text).text for text in texts)

    def _counting(self, heard: Listener) -> Listener:
        handle = heard.handle

        async def counted(event: Event) -> Awaitable[None]:
            answered = await handle(event)
            async with self.server.changed:
                self.delivered += 1
                self.server.changed.notify_all()
            return answered

        heard.handle = counted
        return heard


HARNESSES = {
    "fake": FakeHarness,
    "console": ConsoleHarness,
    "telegram": TelegramHarness,
    "discord": DiscordHarness,
}


def test_every_registered_platform_has_a_harness():
    """A new adapter is held to the same sentences from its first day."""
    assert set(PLATFORMS) <= set(HARNESSES)


@pytest.fixture(params=HARNESSES)
async def harness(request) -> AsyncIterator[Harness]:
    async with opened(HARNESSES[request.param]()) as harness:
        yield harness


@asynccontextmanager
async def opened(harness: Harness) -> AsyncIterator[Harness]:
    await harness.open()
    try:
        yield harness
    finally:
        await harness.close()


@pytest.fixture
async def listener(harness):
    """Hears what the platform delivers."""
    heard = Listener()
    await harness.platform.start(heard)
    await asyncio.sleep(0)
    yield heard
    await harness.platform.stop()


def reply(*texts: str, passing: bool = False) -> Reply:
    return Reply(tuple(Line((Span(text),)) for text in texts), passing=passing)


# ── coming in ────────────────────────────────────────────────────────────────────────────────────


async def test_a_members_words_arrive_unchanged(harness, listener):
    """Whatever they are made of."""
    text = "移工 <b>&amp;</b> *字* _x_ 👩‍👩‍👧‍👦 \\n"

    await harness.write(text)

    (event,) = listener.events
    assert isinstance(event, Wrote)
    assert event.text == text
    assert event.files == ()


async def test_a_command_arrives_in_two_parts(harness, listener):
    """Its name without the sign, and the rest."""
    await harness.write("/搜尋 移工 label:勞動")

    (event,) = listener.events
    assert isinstance(event, Commanded)
    assert (event.command, event.argument) == ("搜尋", "移工 label:勞動")


async def test_messages_arrive_in_order_and_have_addresses_of_their_own(harness, listener):
    """One chat, one order; no address comes twice."""
    for text in ("一", "二", "三"):
        await harness.write(text)

    assert [event.text for event in listener.events] == ["一", "二", "三"]
    assert len({event.message for event in listener.events}) == 3


async def test_events_say_where_and_who(harness, listener):
    """The place bears the platform's name, and a person is no place."""
    await harness.write("一")

    (event,) = listener.events
    assert event.message.where == harness.where
    assert event.message.where.platform == harness.platform.name
    assert isinstance(event.member, MemberRef)


# ── going out ────────────────────────────────────────────────────────────────────────────────────


async def test_sending_returns_addresses(harness, listener):
    """At least one, in that place, never the same again."""
    first = await harness.platform.send(harness.where, reply("一"))
    second = await harness.platform.send(harness.where, reply("二"))

    assert len(first) >= 1
    assert all(message.where == harness.where for message in (*first, *second))
    assert set(first).isdisjoint(second)


async def test_a_picture_and_its_data_go_out_with_the_words(harness, listener):
    """All of it arrives, under addresses of its own."""
    picture = Picture("圖.png", b"\x89PNG\r\n", alt="一條往上的線")
    whole = replace(reply("看圖"), files=(picture, SentFile("圖.csv", b"a,b")))

    sent = await harness.platform.send(harness.where, whole)

    assert len(set(sent)) == len(sent) >= 1
    assert "看圖" in harness.shown()


async def test_addresses_are_not_those_of_an_earlier_run(harness, listener):
    """They are kept in a database, where an old one must not be taken for a new one."""
    (first,) = await harness.platform.send(harness.where, reply("一"))
    async with opened(type(harness)()) as other:
        (second,) = await other.platform.send(other.where, reply("一"))

    assert first != second


@pytest.mark.parametrize("style", Style)
async def test_text_is_shown_as_it_is_in_every_style(harness, listener, style):
    """No title can break out of its message, whatever it looks like."""
    text = "<b>*_`[x](https://e.org)&lt;@everyone \\ 移工"

    await harness.platform.send(harness.where, Reply((Line((Span(text, style),)),)))

    assert text in harness.shown()


async def test_lines_leads_and_links_are_all_shown(harness, listener):
    """Nothing of a reply is left out."""
    lines = (
        Line((Span("標題", Style.STRONG, "https://example.org/a"),), (Span("#7"),)),
        Line(),
        Line((Span("內文"),), indent=1, quote=True),
    )

    await harness.platform.send(harness.where, Reply(lines))

    shown = harness.shown()
    assert shown.index("#7") < shown.index("標題") < shown.index("內文")


async def test_an_edit_shows_the_new_words(harness, listener):
    """In place where the platform can, else anew."""
    (message, *_) = await harness.platform.send(harness.where, reply("舊"))

    await harness.platform.edit(message, reply("新"))

    assert "新" in harness.shown()


async def test_a_passing_reply_gives_way_to_its_answer(harness, listener):
    """Progress first, then what came of it, under the same address."""
    (message, *_) = await harness.platform.send(harness.where, reply("正在抓取…", passing=True))

    await harness.platform.edit(message, reply("正在摘要…", passing=True))
    await harness.platform.edit(message, reply("標題"))

    assert "標題" in harness.shown()


async def test_a_thread_of_a_message_is_a_place_of_the_same_chat(harness, listener):
    """Where there are no threads it is the message's own place; what is sent there is shown."""
    (message, *_) = await harness.platform.send(harness.where, reply("卡片"))

    where = await harness.platform.open_thread(message, "標籤「移工」對嗎？" * 20)
    again = await harness.platform.open_thread(message, "標籤「移工」對嗎？")
    sent = await harness.platform.send(where, reply("大家怎麼看？"), answers=message)

    assert (where.platform, where.chat) == (harness.where.platform, harness.where.chat)
    assert harness.platform.capabilities.threads or where == harness.where
    assert again == where
    assert all(each.where == where for each in sent)
    assert "大家怎麼看？" in harness.shown()


async def test_the_address_of_a_message_is_a_link_if_there_is_one(harness, listener):
    """It stands in lists."""
    (message, *_) = await harness.platform.send(harness.where, reply("卡片"))

    link = harness.platform.link_to(message)

    assert link is None or (link.startswith("https://") and message.id in link)


async def test_every_mark_can_be_put_on_a_members_message(harness, listener):
    """Visible or not, it is no error."""
    await harness.write("一")
    (event,) = listener.events

    for mark in Mark:
        await harness.platform.mark(event.message, mark)


async def test_capabilities_do_not_contradict_themselves(harness):
    """Buttons have room for what they do, and messages for some words."""
    capabilities: Capabilities = harness.platform.capabilities

    assert (capabilities.buttons > 0) == (capabilities.button_bytes > 0)
    assert capabilities.max_text is None or capabilities.max_text >= 500


# ── who is there ─────────────────────────────────────────────────────────────────────────────────


async def test_in_private_everybody_looks_after_their_own_chat(harness, listener):
    """And is there, and lacks nothing."""
    await harness.write("一")
    (event,) = listener.events

    assert event.is_private
    assert await harness.platform.is_admin(event.message.where, event.member)
    assert await harness.platform.is_member(event.message.where, event.member)
    assert list(await harness.platform.lacks(event.message.where, hears_all=False)) == []


async def test_a_whisper_in_private_is_an_answer(harness, listener):
    """Nobody else is there to hear it."""
    await harness.write("一")
    (event,) = listener.events

    await harness.platform.whisper(event, reply("悄悄話"))

    assert "悄悄話" in harness.shown()


async def test_a_member_is_approached_in_private(harness, listener):
    """Where they wrote; nobody of another platform can be."""
    await harness.write("一")
    (event,) = listener.events

    assert await harness.platform.approach(event.member) == event.message.where
    with pytest.raises(DeliveryFailed) as failed:
        await harness.platform.approach(MemberRef("elsewhere", "1"))
    assert failed.value.is_gone
    assert failed.value.retry_after_s is None


# ── coming and going ─────────────────────────────────────────────────────────────────────────────


async def test_stopping_is_always_allowed(harness):
    """Before the start, and twice."""
    await harness.platform.stop()
    await harness.platform.start(Listener())
    await harness.platform.stop()
    await harness.platform.stop()
