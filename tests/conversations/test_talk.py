"""Help, status, languages: the conversation about the conversation."""

import pytest

from bot.features import FEATURES
from core.errors import Forbidden
from tests.conversations.conftest import ENGLISH, SITE


@pytest.mark.parametrize("typed", ["/help", "/說明", "/幫助", "/?", "/", "／說明"])
async def test_help_lists_every_command(chat, typed):
    """It is made from the register."""
    await chat.say(typed)

    for command in FEATURES.commands:
        if command.section:
            chat.expect(f"/{command.name}")
    chat.expect("/搜尋")


async def test_help_on_one_command_shows_how_it_is_written(english):
    """With or without its sign, by its name in any language."""
    await english.say("/help /retry")

    english.expect("Write it like this: /retry NUMBER", "Try again")

    await english.say("/help 重試")

    english.expect("Write it like this: /retry NUMBER")


async def test_a_member_changes_the_language(chat):
    """From now on, labels included."""
    await chat.say("/語言 English")
    chat.expect("English it is.")

    await chat.say(chat.page("a", ENGLISH, title="March"))

    chat.expect("topic  labour › migrant workers 90%?")


async def test_the_language_is_remembered(make_chat):
    """Also at the next start."""
    before = await make_chat("zh-TW")
    await before.say("/language en")

    after = await make_chat("zh-TW", database=before.database)
    await after.say("/nothing")

    after.expect("There is no command /nothing.")


@pytest.mark.parametrize("typed", ["中文", "zh-TW", "zh_tw", "繁體中文", "ＺＨ"])
async def test_a_language_has_many_names(english, typed):
    """However it is called."""
    await english.say(f"/language {typed}")

    english.expect("好，以後說中文。")


async def test_a_language_can_be_chosen_by_number(english):
    """Each is called by its own name."""
    await english.say("/language")
    english.expect("1  繁體中文", "2  English")

    await english.say("1")

    english.expect("好，以後說中文。")


async def test_a_language_that_is_not_spoken_is_said(chat):
    """And those that are, offered."""
    await chat.say("/language Klingon")

    chat.expect("我還不會說「Klingon」。", "繁體中文", "English")


async def test_the_status_counts_and_names(chat):
    """Items by state, what is unfinished, models, storage."""
    await chat.say(chat.page("a"))
    chat.reader.fails(SITE + "wall", Forbidden("no", reason="login"))
    await chat.say(SITE + "wall")

    await chat.say("/狀態")

    chat.expect(
        "home 的收藏",
        "共 2 篇",
        "完成 1 篇",
        "失敗 1 篇",
        "都做完了",
        "fake-entailer@1",
        "fake-embedder@1",
        "資料庫 2 篇，語意索引 1 篇",
        "/search is:failed 看失敗的",
    )


async def test_the_status_of_an_empty_library(english):
    """Nothing is wrong with it."""
    await english.say("/status")

    english.expect("0 in all", "all done")
    english.expect_not("failed")


async def test_more_without_a_list_is_said(chat):
    """There is nothing to go on with."""
    await chat.say("/更多")

    chat.expect("沒有下一頁了。")


async def test_start_greets(english):
    """What to do first, and how much is here."""
    await english.say("/start")

    english.expect("Commonplace  home", "The shelves are empty.", "/help")
