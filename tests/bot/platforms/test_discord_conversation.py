"""A server on Discord: real adapter, conversation and store; Discord is played by simcord."""

import asyncio
from collections.abc import AsyncIterator

import discord
import pytest
import simcord

from bot.dispatch import Dispatch
from bot.features import FEATURES
from bot.platforms.discord import DiscordPlatform
from core.domain import LabelStatus
from core.store.database import Database
from core.taxonomy import parse
from tests.conversations.rooms import ARTICLE, SITE
from tests.fakes.codebook import TAXONOMY
from tests.fakes.library import make_library
from tests.fakes.reader import FakeReader
from tests.fakes.sources import HandClock


async def at_once(_seconds: float) -> None:
    """Nothing more comes."""
    await asyncio.sleep(0)


class Room:
    """A server with one channel and two members."""

    def __init__(self, env: simcord.Env, dispatch: Dispatch) -> None:
        self.env = env
        self.dispatch = dispatch
        self.guild = env.create_guild("移工盟", preferred_locale="zh-TW")
        self.channel = self.guild.create_text_channel("general")
        self.ann = self.guild.add_member(env.create_user("ann"))
        self.bo = self.guild.add_member(env.create_user("bo"))

    async def settle(self) -> None:
        for _ in range(3):  # what one side does wakes the other
            await self.env.settle()
            await self.dispatch.settled()

    @property
    def shown(self) -> list[str]:
        """What everybody in the channel sees of the bot."""
        return [
            message.content + "\n".join(embed.description or "" for embed in message.embeds)
            for message in self.channel.history()
            if message.author.bot
        ]

    @property
    def card(self) -> discord.Message:
        """The bot's newest message."""
        return next(each for each in reversed(self.channel.history()) if each.author.bot)


@pytest.fixture
async def library():
    database, reader = Database(None), FakeReader()
    reader.page(SITE + "a", ARTICLE, title="移工 **凱道** 集結 @everyone", site="公視")
    yield make_library(database, reader, parse(TAXONOMY), HandClock())
    database.close()


@pytest.fixture
async def room(library) -> AsyncIterator[Room]:
    platform = DiscordPlatform("token", reads_messages=True, ready_wait_s=0)
    dispatch = Dispatch(library, FEATURES, [platform], sleep=at_once)
    env = simcord.Env(platform.open(dispatch))
    await env.start()
    room = Room(env, dispatch)
    await room.settle()
    yield room
    await env.shutdown()
    await dispatch.stop()
    assert env.errors == []


async def test_a_mention_becomes_a_card_and_two_voices_a_decision(room, library):
    """A title full of markup pings nobody; the card is edited in place."""
    await room.ann.send(room.channel, f"<@{room.env.bot.user.id}> {SITE}a")
    await room.settle()
    card = room.card
    assert not card.mention_everyone
    before = len(room.shown)

    await room.ann.click(card, label="✓ 移工")
    await room.settle()
    await room.bo.click(room.card, label="✓ 移工 1")
    await room.settle()

    assert len(room.shown) == before
    assert "✓" in room.shown[-1]
    community = library.repository.chat(next(iter(library.repository.all_chats())).where).community
    item = library.repository.item(community, 1)
    assert LabelStatus.CONFIRMED in {label.status for label in item.labels}


async def test_a_discussion_is_held_in_a_thread_of_the_card(room, library):
    """Talk there is nobody's business; what is said to the bot with a word in front is not lost."""
    await room.ann.send(room.channel, f"<@{room.env.bot.user.id}> {SITE}a")
    await room.settle()

    card = room.card
    await room.bo.react(card, "🤔")
    await room.settle()

    (thread,) = room.channel.threads
    assert thread.name == "#1 是「移工」嗎？移工 **凱道** 集結 @everyone"
    (held,) = [each for each in thread.history() if each.author.bot]
    assert "這篇算「移工」嗎？" in held.embeds[0].description
    await room.bo.send(thread, "我覺得重點是遊行")
    await room.bo.send(thread, f"<@{room.env.bot.user.id}> 不算：只提到移工的報導")
    await room.settle()
    community = library.repository.all_chats()[0].community
    assert [each.text for each in library.repository.sentences(1)] == ["只提到移工的報導"]
    assert library.repository.count(community) == 1

    await room.bo.unreact(card, "🤔")
    await room.settle()

    (held,) = [each for each in thread.history() if each.author.bot]
    assert "沒有人要討論了" in held.embeds[0].description
