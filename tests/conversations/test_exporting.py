"""The collection is taken along, by those who look after it."""

import io
import json
import zipfile

import pytest

from bot.chat import Reply
from core.domain import ChatRef
from core.store.database import Database
from tests.conversations.rooms import House
from tests.fakes.chat import FakePlatform


@pytest.fixture
def private() -> FakePlatform:
    return FakePlatform(where=ChatRef("fake", "ann"))


@pytest.fixture
def group() -> FakePlatform:
    return FakePlatform(name="fake", where=ChatRef("fake", "-100"), is_private=False)


@pytest.fixture
async def make_house():
    database, opened = Database(None), []

    async def make(*platforms: FakePlatform) -> House:
        house = House(list(platforms), database)
        opened.append(house)
        await house.open()
        return house

    yield make
    for house in opened:
        await house.close()
    database.close()


def replies(platform: FakePlatform) -> list[Reply]:
    return list(platform.messages.values())


async def keep(house: House, platform: FakePlatform) -> None:
    await platform.write(house.page("a"), is_addressed=True)
    await house.settle()


@pytest.mark.parametrize(("command", "locale"), [("export", "en"), ("匯出", "zh-hant")])
async def test_which_form_is_asked_and_the_file_comes(command, locale, make_house, private):
    """In both languages; a button is as good as a word."""
    house = await make_house(private)
    await keep(house, private)

    await private.command(command, locale=locale)
    asked = replies(private)[-1]
    await private.command(command, "jsonl", locale=locale)

    does = [button.does.split(" ", 1)[1] for row in asked.buttons for button in row]
    assert does[:2] == ["export csv", "export jsonl"]
    (file,) = replies(private)[-1].files
    assert file.name.endswith(".jsonl")
    (record,) = map(json.loads, file.data.splitlines())
    assert record["number"] == 1
    assert record["text"] is None


async def test_a_search_chooses_and_stays_with_the_buttons(make_house, private):
    """Whatever is no form is a search."""
    house = await make_house(private)
    await keep(house, private)

    await private.command("export", "since:2020")
    await private.command("export", "lang:ja", locale="en")
    await private.command("export", "筆記 since:2020")

    first, second, third = replies(private)[-3:]
    assert first.buttons[0][0].does.endswith("export csv since:2020")
    assert "Nothing fits “lang:ja”" in second.text
    (file,) = third.files
    assert len(zipfile.ZipFile(io.BytesIO(file.data)).namelist()) == 1


async def test_what_has_no_address_is_told_to_be_left_out(make_house, private):
    """A feed and bookmarks hold what can be opened."""
    house = await make_house(private)
    await keep(house, private)
    await private.write("移工要求改善勞動條件，他們已經等了很久。" * 3, is_addressed=True)
    await house.settle()

    await private.command("匯出", "書籤", locale="zh-hant")
    await private.command("export", "atom", locale="en")

    chinese, english = replies(private)[-2:]
    assert "共 1 筆" in chinese.text
    assert "另有 1 筆沒有放進去：書籤只收有網址的。" in chinese.text
    assert "One item was left out: a feed holds the newest 100" in english.text


async def test_a_query_that_is_not_understood_is_told(make_house, private):
    """As in a search."""
    house = await make_house(private)
    await keep(house, private)

    await private.command("export", "csv label:鯨魚", locale="en")

    assert replies(private)[-1].files == ()
    assert "鯨魚" in private.said[-1]


async def test_members_of_a_group_may_not(make_house, group):
    """Whoever looks after it may."""
    house = await make_house(group)
    await keep(house, group)

    await group.command("export", "csv")

    assert not any(
        reply.files for reply in (*replies(group), *(each for _, each in group.whispers))
    )


async def test_what_is_too_large_for_a_chat_is_said(make_house, private, monkeypatch):
    """With what to do instead."""
    monkeypatch.setattr("bot.features.giving.MAX_BYTES", 10)
    house = await make_house(private)
    await keep(house, private)

    await private.command("export", "csv", locale="en")

    assert "too much for a chat" in private.said[-1]
    assert replies(private)[-1].files == ()
