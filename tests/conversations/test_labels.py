"""Members ask about labels, and why an item has them."""

import pytest

from tests.conversations.conftest import ENGLISH


@pytest.fixture
async def shelf(chat):
    """One article about migrant workers."""
    await chat.say(chat.page("a", title="移工團體凱道集結"))
    return chat


async def test_the_tree_is_shown_with_counts(shelf):
    """Every dimension with its first level."""
    await shelf.say("/標籤表")

    shelf.expect("主題  可複選", "勞動 1 · 環境", "文類  擇一", "聲明")


@pytest.mark.parametrize("typed", ["/labels 主題", "/labels topic", "/label Topic"])
async def test_one_dimension_is_shown_as_a_whole_tree(shelf, typed):
    """By its name in any language, or its id."""
    await shelf.say(typed)

    shelf.expect("主題", "\n  勞動 1", "\n    移工 1", "\n  環境")


async def test_a_label_is_explained_as_the_codebook_has_it(shelf):
    """Definition, bounds, other names, how it is asked, how many items."""
    await shelf.say("/標籤 勞工")

    shelf.expect(
        "勞動  主題",
        "1 篇 · topic/labour",
        "受僱工作的條件與權利。",
        "又稱",
        "勞工",
        "問法",
        "這篇文章與「勞動」有關。",
        "包括",
        "工時、工資與職業安全",
        "不包括",
        "純粹的就業統計",
        "難判斷時",
        "外送員算勞動",
        "下一層",
        "移工",
        "/search label:topic/labour 看有哪些",
    )


async def test_a_label_is_explained_in_english_too(english):
    """Without items there is nothing to show."""
    await english.say("/label migrant")

    english.expect("labour › migrant workers  topic", "no items yet", "This text is about migrant")
    english.expect_not("/search label:")


async def test_a_misspelt_label_is_guessed(english):
    """The nearest names are offered."""
    await english.say("/label laber")

    english.expect("laber is not one of the labels. Did you mean labour")


async def test_why_shows_questions_answers_and_wording(shelf):
    """By dimension and level, accepted first, with model and wording at the end."""
    await shelf.say("/為什麼 1")

    shelf.expect(
        "#1  移工團體凱道集結",
        "根據",
        "主題",
        "✓  90%  勞動",
        "✓  90%  移工",
        "·  10%  環境",
        "文類",
        "·  10%  聲明",
        "模型 fake-annotator@1 · 問句版本 ",
        "/why 1 all 全部列出",
    )


async def test_why_can_show_everything(english):
    """All questions that were asked, and no further offer."""
    await english.say(english.page("a", ENGLISH))

    await english.say("/why 1 all")

    english.expect("topic", "form", "a statement")
    english.expect_not("/why 1 all")


async def test_why_says_when_nothing_was_asked(chat):
    """A failed item has no labels to explain."""
    await chat.say("https://news.example/gone")

    await chat.say("/why 1")

    chat.expect("還沒有貼標籤")
