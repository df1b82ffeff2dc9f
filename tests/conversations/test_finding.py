"""Members look for things, and the bot shows them."""

import pytest

from core.errors import Forbidden
from tests.conversations.conftest import ENGLISH, SITE


@pytest.fixture
async def shelf(chat):
    """Two Chinese articles and an English one."""
    await chat.say(chat.page("a", title="移工團體凱道集結"))
    await chat.say(chat.page("b", "高中老師談環境教育，帶學生走進河川。" * 3, title="環境教育"))
    await chat.say(chat.page("c", ENGLISH, title="March", site="Example"))
    return chat


async def test_a_search_shows_hits_with_a_number(shelf):
    """The number is what to act on."""
    await shelf.say("/搜尋 河川")

    shelf.expect("找到 ", "#2  環境教育", "▎", "河川", "內文有「河川」")


async def test_a_search_finds_a_phrase_only_as_it_stands(shelf):
    """Quotes mean every character."""
    await shelf.say('/search "三年出國一日"')

    shelf.expect("#1  移工團體凱道集結")
    shelf.expect_not("#2", "#3")


async def test_a_search_can_be_narrowed_to_a_label(shelf):
    """By its name in any language."""
    await shelf.say("/search label:環境")

    shelf.expect("#2  環境教育")
    shelf.expect_not("#1", "#3")


async def test_a_search_that_finds_nothing_helps_on(shelf):
    """There is always a next step."""
    await shelf.say('/search "電動車補助"')

    shelf.expect('找不到「"電動車補助"」。', "/help search")


async def test_an_unknown_label_in_a_search_is_explained(shelf):
    """Instead of finding nothing."""
    await shelf.say("/search label:環鏡")

    shelf.expect("「label:環鏡」：沒有這個標籤。", "試試這樣寫：label:環境")


async def test_a_query_that_cannot_be_understood_leads_to_help(english):
    """What was meant cannot be guessed."""
    await english.say("/search label:xyzzy")

    english.expect("“label:xyzzy”: there is no such label.", "/help search shows how to write it.")


async def test_a_long_result_has_pages(english):
    """/more, or an empty message, shows the next."""
    for number in range(7):
        await english.say(
            f"Note {number} on the river, its fish and everybody who lives on its banks, at length."
        )
        await english.say("2") if "Shall I" in english.answers[0] else None

    await english.say("/search river")
    english.expect("7 found, showing 1–5", "/more more")
    await english.say("/more")

    english.expect("7 found, showing 6–7")
    english.expect_not("/more")
    await english.say("/more")
    english.expect("That was the last page.")


async def test_recent_shows_what_came_last_first(shelf):
    """With what became of the failed ones."""
    shelf.reader.fails(SITE + "wall", Forbidden("no", reason="login"))
    await shelf.say(SITE + "wall")

    await shelf.say("/最近")

    shelf.expect("共 4 篇", "#4", "要登入才看得到", "#3  March", "#2  環境教育", "#1  移工團體")


async def test_an_empty_shelf_says_what_to_do(chat):
    """The first step is to paste something."""
    await chat.say("/recent")

    chat.expect("書架還空著。貼上第一個連結吧。")


async def test_an_item_is_shown_in_full(shelf):
    """By number alone: the card, who shared it, and its text."""
    await shelf.say("1")

    shelf.expect(
        "#1  移工團體凱道集結", "主題  勞動 › 移工 90%?", "2026年3月1日收藏", "主辦單位表示"
    )


async def test_a_long_text_has_pages(chat):
    """All of it can be read."""
    paragraphs = [
        f"第{n}段說明了社區合作社如何在屋頂裝設太陽能板，並把電賣回電網。" for n in range(80)
    ]
    await chat.say(chat.page("long", "\n".join(paragraphs), title="合作社"))
    seen: list[str] = []

    await chat.say("/看 1")
    while True:
        seen += chat.answers
        if "/more" not in chat.answers[-1]:
            break
        await chat.say("/更多")

    assert all(paragraph in "\n".join(seen) for paragraph in paragraphs)


async def test_a_failed_item_is_shown_with_its_choices(shelf):
    """Looking at it is a good moment to mend it."""
    await shelf.say(SITE + "gone")

    await shelf.say("/show 4")

    shelf.expect("這個頁面已經不在了", "1  再試一次")


async def test_similar_items_are_listed(shelf):
    """The item itself is not among them."""
    await shelf.say(
        shelf.page(
            "d",
            "移工遊行之後，勞動部今天邀請移工團體座談，討論家庭看護工的休假。",
            title="遊行之後",
        )
    )

    await shelf.say("/similar 1")

    shelf.expect("和「移工團體凱道集結」相近的", "#4  遊行之後")


@pytest.mark.parametrize("typed", ["/show 99", "/why 99", "/similar 99", "/remove 99", "99"])
async def test_an_unknown_number_is_said_kindly(shelf, typed):
    """With a way to find the right one."""
    await shelf.say(typed)

    shelf.expect("沒有編號 99 的文章。/recent 可以看到編號。")


async def test_what_is_no_number_is_said_kindly(english):
    """The word is repeated, so that a slip is seen."""
    await english.say("/show seven")

    english.expect("There is no item seven.")


async def test_help_on_search_shows_examples(chat):
    """Also when nothing is searched for."""
    await chat.say("/help search")
    first = chat.answers
    await chat.say("/搜尋")

    chat.expect("搜尋可以這樣寫", "label:勞動", "since:2026-01 until:2026-03", "is:suggested")
    assert chat.answers == first
