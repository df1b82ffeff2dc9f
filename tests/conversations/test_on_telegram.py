"""A group on Telegram: real adapter, conversation and store; a Bot API server on loopback."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import pytest

from bot.dispatch import Dispatch
from bot.features import FEATURES
from bot.platforms.telegram import TelegramPlatform
from core.domain import LabelStatus
from core.library import Library
from core.store.database import Database
from core.taxonomy import parse
from tests.conversations.rooms import ARTICLE, SITE
from tests.fakes.codebook import TAXONOMY
from tests.fakes.library import make_library
from tests.fakes.reader import FakeReader
from tests.fakes.sources import HandClock
from tests.fakes.telegram.server import Person, Shown, TelegramServer


async def at_once(_seconds: float) -> None:
    """Nothing more comes."""
    await asyncio.sleep(0)


@dataclass
class Group:
    """A group with two members, one of them its admin."""

    server: TelegramServer
    library: Library
    dispatch: Dispatch
    chat: dict[str, Any]
    ann: Person
    bo: Person

    async def write(self, who: Person, text: str, **more: Any) -> dict[str, Any]:
        """A member writes in the group, and everything that follows is done."""
        message = await self.server.write(who, text, chat=self.chat, **more)
        await self.settle()
        return message

    async def press(self, who: Person, shown: Shown, label: str) -> None:
        """A member presses the button of a card that begins with these words."""
        buttons = [button for row in shown.buttons for button in row]
        does = next(does for words, does in buttons if words.startswith(label))
        await self.server.press(who, shown, does)
        await self.settle()

    async def settle(self) -> None:
        await self.server.delivered()
        await self.dispatch.settled()


@pytest.fixture
async def group() -> AsyncIterator[Group]:
    database = Database(None)
    reader = FakeReader()
    reader.page(SITE + "a", ARTICLE, title="移工 <b>凱道</b> 集結 & 遊行", site="公視")
    library = make_library(database, reader, parse(TAXONOMY), HandClock())
    async with TelegramServer() as server:
        telegram = TelegramPlatform(server.token, base_url=server.url)
        dispatch = Dispatch(library, FEATURES, [telegram], sleep=at_once)
        chat = server.group("移工盟", is_admin=True)
        ann, bo = server.person("Ann"), server.person("Bo")
        server.set_member(chat, ann.user, "administrator")
        server.set_member(chat, bo.user, "member")
        await telegram.start(dispatch)
        await server.presence(ann, chat, "left", "administrator")
        group = Group(server, library, dispatch, chat, ann, bo)
        await group.settle()
        yield group
        await telegram.stop()
        await dispatch.stop()
    database.close()


async def test_a_link_becomes_a_card_and_two_voices_a_decision(group):
    """A title full of markup is words; the card is edited in place."""
    setup = group.server.last
    await group.press(group.ann, setup, "所有連結")
    await group.write(group.bo, f"這篇要看 {SITE}a")
    card = group.server.last
    assert "移工 <b>凱道</b> 集結 & 遊行" in card.text

    await group.press(group.ann, card, "✓ 移工")
    await group.press(group.bo, card, "✓ 移工")

    assert "移工 ✓" in group.server.last.text
    assert group.server.last.id == card.id
    item = group.library.repository.item(1, 1)
    assert LabelStatus.CONFIRMED in {label.status for label in item.labels}


async def test_a_thumb_on_the_card_is_a_voice_and_its_going_takes_it_back(group):
    """As long as the bot is told of reactions."""
    await group.write(group.ann, f"@{group.server.bot['username']} {SITE}a")
    card = group.server.last

    await group.server.react(group.bo, group.chat, card.id, ["👍"])
    await group.settle()
    given = group.library.repository.votes(1)
    await group.server.react(group.bo, group.chat, card.id, [], ["👍"])
    await group.settle()

    assert {vote.member.id for vote in given} == {str(group.bo.id)}
    assert group.library.repository.votes(1) == []


async def test_an_answer_for_one_goes_to_their_private_chat(group):
    """The group sees nothing of it."""
    await group.write(group.ann, f"@{group.server.bot['username']} {SITE}a")
    card = group.server.last

    await group.write(group.bo, "/search 凱道")

    assert card.chat == group.chat["id"]
    assert group.server.last.chat == group.bo.id
    assert "移工 <b>凱道</b> 集結 & 遊行" in group.server.last.text


async def test_a_group_that_becomes_a_supergroup_keeps_its_collection(group):
    """The same link is known there."""
    await group.write(group.ann, f"@{group.server.bot['username']} {SITE}a")
    bigger = group.server.group("移工盟", is_admin=True)
    await group.write(group.ann, "", migrate_to_chat_id=bigger["id"])
    group.chat = bigger

    await group.write(group.bo, f"@{group.server.bot['username']} {SITE}a")

    assert "有 2 個人分享過" in group.server.last.text
    assert group.library.repository.item(1, 1).shares == 2


async def test_a_discussion_is_an_answer_to_the_card(group):
    """An editor ends it there, and an answer to it is a sentence for the codebook."""
    await group.write(group.ann, f"@{group.server.bot['username']} {SITE}a")
    card = group.server.last
    await group.server.react(group.bo, group.chat, card.id, ["🤔"])
    await group.settle()
    held = group.server.last
    assert "有人想討論：這篇算「移工」嗎？" in held.text
    assert held.call["reply_parameters"]["message_id"] == card.id

    await group.press(group.ann, held, "✗ 不算")
    answered = {
        "message_id": held.id,
        "chat": group.chat,
        "date": 0,
        "from": group.server.bot,
        "text": held.text,
    }
    await group.write(group.bo, "只提到移工的報導", reply_to_message=answered)

    assert [each.text for each in group.library.repository.sentences(1)] == ["只提到移工的報導"]
    assert "2  難判斷時：只提到移工的報導" in group.server.last.text
