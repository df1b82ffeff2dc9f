"""Editors change the codebook in the conversation, and see first what it would do."""

import pytest

from core.domain import LabelPath, LabelStatus, MemberRef
from tests.conversations.conftest import ARTICLE

MIGRANT = LabelPath("topic/labour/migrant")


@pytest.fixture
async def shelf(chat):
    """One article about migrant workers."""
    await chat.say(chat.page("a", title="移工團體凱道集結"))
    return chat


def decide(chat, path: str, *, is_for: bool = True) -> None:
    """Let two members decide about the article."""
    for name in ("ann", "ben"):
        member = MemberRef("local", name)
        chat.library.voting.cast(1, member, LabelPath(path), is_for=is_for, by="button")


def status(chat, path: str) -> LabelStatus | None:
    """What a label of the article is."""
    item = chat.library.repository.item(chat.community.id, 1)
    return next((each.status for each in item.labels if each.path == path), None)


async def test_the_overview_says_which_version_holds_and_how_to_change_it(chat):
    """The first one is the file's."""
    await chat.say("/編碼簿")

    chat.expect("第 1 版", "架設者的檔案", "/編碼簿 新增 勞動 | platform-work 平台工作")


async def test_a_new_label_is_shown_before_it_is_there(shelf):
    """Nothing happens until somebody accepts it; then items are labelled again."""
    await shelf.say("/編碼簿 新增 主題 | march 遊行集結 / marches")
    shelf.expect("這樣改會是第 2 版", "新標籤：遊行集結", "重新貼 1 篇", "/codebook accept 1")
    await shelf.say("/label 遊行集結")
    shelf.expect("不是這裡的標籤")

    await shelf.say("/codebook accept 1")

    shelf.expect("從現在起用第 2 版", "新標籤：遊行集結", "正在重新貼 1 篇")
    await shelf.say("/status")
    shelf.expect("編碼簿第 2 版")
    assert shelf.library.repository.relabelling() is None
    assert "topic/march" in shelf.library.taxonomies(shelf.community)


async def test_a_label_that_is_added_is_found_on_old_items(english):
    """They are labelled again behind the scenes, and what people decided stays."""
    await english.say(english.page("a", ARTICLE, title="凱道"))
    decide(english, "topic/environment")

    await english.say("/codebook add topic | law 勞動部 / ministry")
    english.expect("New label: ministry", "One item would be labelled again")
    await english.say("/codebook accept 1")

    assert status(english, "topic/law") is LabelStatus.SUGGESTED
    assert status(english, "topic/environment") is LabelStatus.CONFIRMED


async def test_what_was_voted_follows_a_label_that_moves(shelf):
    """And the old path still finds it."""
    decide(shelf, MIGRANT)
    await shelf.say("/編碼簿 新增 主題 | people 族群 / people")
    await shelf.say("/codebook accept 1")

    await shelf.say("/編碼簿 移動 移工 | 族群")
    shelf.expect("第 3 版", "族群 › 移工換了位置", "會影響 1 篇", "#1  移工團體凱道集結")
    await shelf.say("/codebook accept 2")

    assert status(shelf, "topic/people/migrant") is LabelStatus.CONFIRMED
    await shelf.say("/search label:topic/labour/migrant")
    shelf.expect("移工團體凱道集結")
    await shelf.say("/vote 1 topic/labour/migrant")
    shelf.expect("記下了：✓ 族群 › 移工")


async def test_a_labels_history_is_told_under_all_its_paths(shelf):
    """Newest first; also in a button below its entry."""
    await shelf.say("/編碼簿 改名 移工 | 移住勞工")
    await shelf.say("/codebook accept 1")

    await shelf.say("/label 移工")
    shelf.expect("勞動 › 移住勞工", "又稱", "移工", "編碼簿第 2 版")
    shelf.expect("/label topic/labour/migrant history")
    await shelf.say("/標籤 移住勞工 歷史")

    shelf.expect("第 2 版", "從「移工」改成「移住勞工」", "第 1 版", "從這一版開始就有")


async def test_other_wording_is_tried_on_what_people_decided(shelf):
    """How many answers would be right then, and which would be wrong."""
    decide(shelf, "topic/environment", is_for=False)

    await shelf.say("/編碼簿 改名 環境 | 勞動部")

    shelf.expect("試了 1 篇", "1 個答案", "現在有 1 個", "會有 0 個", "1 個答案會變錯", "#1")


async def test_without_decisions_there_is_nothing_to_try_it_on(shelf):
    """And that is said."""
    await shelf.say("/編碼簿 改名 環境 | 生態環境")

    shelf.expect("還沒有大家決定過的文章")


async def test_words_that_no_model_reads_change_no_item(shelf):
    """An edge case is for people."""
    await shelf.say("/編碼簿 說明 勞動 | 難判斷 | 漁工也算。")

    shelf.expect("加上「漁工也算。」", "沒有文章會變")
    await shelf.say("/codebook accept 1")
    await shelf.say("/label 勞動")
    shelf.expect("外送員算勞動", "漁工也算。")


async def test_a_split_label_offers_its_items_for_voting(shelf):
    """It is retired; what was decided stays and is found."""
    decide(shelf, "topic/environment")
    await shelf.say("/編碼簿 拆分 環境 | air 空氣 / air | water 水 / water")
    await shelf.say("/codebook accept 1")

    shelf.expect("環境停用，改用「空氣、水」", "有 1 篇用過舊標籤", "ballot 1")
    await shelf.say("/label 環境")
    shelf.expect("已經拆成「空氣、水」")
    await shelf.say("/show 1")
    shelf.expect("環境", "已停用")
    await shelf.say("/search label:環境")
    shelf.expect("移工團體凱道集結")


async def test_a_merged_label_hands_its_votes_over(shelf):
    """Its name is another name of the one that took it in."""
    decide(shelf, "topic/environment")
    await shelf.say("/編碼簿 合併 環境 | 勞動")
    await shelf.say("/codebook accept 1")

    shelf.expect("併入")
    assert status(shelf, "topic/labour") is LabelStatus.CONFIRMED
    await shelf.say("/label 環境")
    shelf.expect("topic/labour")


async def test_a_proposal_is_put_away(chat):
    """Nothing has changed; its button is no use any more."""
    await chat.say("/編碼簿 停用 環境")
    await chat.say("/codebook cancel 1")
    chat.expect("先不改")

    await chat.say("/codebook accept 1")

    chat.expect("已經採用或取消了")


async def test_a_proposal_is_refused_kindly_when_the_codebook_changed(english):
    """What was shown would not be what happens."""
    await english.say("/codebook retire environment")
    await english.say("/codebook rename labour | work")
    await english.say("/codebook accept 2")

    await english.say("/codebook accept 1")

    english.expect("changed in between", "version 2")


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("/codebook retire form/statement", "last label of its dimension"),
        ("/codebook move labour | migrant", "cannot stand below itself"),
        ("/codebook add topic | 家務", "needs a short id of Latin letters"),
        ("/codebook add topic | labour 工作", "There is, or was, a label at topic/labour"),
        ("/codebook rename environment | labour", "is called “labour” already"),
        ("/codebook retire laber", "Did you mean labour"),
        ("/codebook move labour", "I do not understand that"),
        ("/codebook juggle labour", "I do not understand that"),
        ("/codebook split environment | air 空氣", "I do not understand that"),
        ("/codebook accept seven", "I do not understand that"),
        ("/codebook restore labour", "what the codebook says already"),
    ],
)
async def test_what_cannot_be_done_is_told_kindly(english, typed, told):
    """What was found, and what to try."""
    await english.say(typed)

    english.expect(told)


async def test_a_proposal_outlives_the_program(database_of, make_chat):
    """It is kept, and its buttons work after a restart."""
    before = await make_chat("en", database=database_of)
    await before.say("/codebook retire environment")

    after = await make_chat("en", database=database_of)
    await after.say("/codebook")
    after.expect("/codebook open 1")
    await after.say("/codebook accept 1")

    after.expect("the environment is retired")


@pytest.fixture
def database_of():
    """A store that several programs open, one after the other."""
    from core.store.database import Database

    database = Database(None)
    yield database
    database.close()
