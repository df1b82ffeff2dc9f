"""An admin lets a model learn, sees what would change, and decides."""

import pytest

from core.domain import ChatRef, LabelPath, MemberRef, PastedText

STRIKES = ("pickets", "overtime", "shifts", "payslips")
RIVERS = ("otters", "wetlands", "herons", "eels")


def decide(chat, count: int) -> None:
    """Let two members decide articles about strikes and rivers, of no word of the codebook."""
    for number in range(count):
        words = STRIKES if number % 2 else RIVERS
        first, second = words[number // 2 % 4], words[(number // 2 + 1) % 4]
        text = f"Report {number * 7919} speaks of {first} and {second} abroad."
        ingest = chat.library.ingest
        receipt = ingest.receive(
            PastedText(text, url=f"https://example.org/{number}"),
            community=chat.community,
            member=MemberRef("local", "ann"),
        )
        item = ingest.work(receipt.item.id).item.id
        path = LabelPath("topic/labour" if number % 2 else "topic/environment")
        for name in ("ann", "ben"):
            member = MemberRef("local", name)
            chat.library.voting.cast(item, member, path, is_for=True, by="button")


@pytest.fixture
def decided(chat):
    """Forty decided articles."""
    decide(chat, 40)
    return chat


async def test_without_decisions_there_is_nothing_to_learn(chat):
    """How much is needed is said, and where it comes from."""
    await chat.say("/訓練")

    chat.expect("目前能學的只有 0 篇", "至少要 12 篇", "/round")


async def test_a_model_is_trained_shown_used_and_taken_back(decided):
    """Nothing changes before somebody presses the button."""
    await decided.say("/訓練")
    decided.expect(
        "第 1 版開始學了", "第 1 版比較好", "F1（連同上層標籤）", "篇會變", "/model use 1"
    )
    await decided.say("/模型")
    decided.expect("現在用的是我原本的模型", "第 1 版 · 等管理員決定")

    await decided.say("/model use 1")

    decided.expect("從現在起用第 1 版貼標籤", "重新貼")
    await decided.say("/status")
    decided.expect("learnt@", "自己的模型", "第 1 版")
    await decided.say("/模型 退回")
    decided.expect("又改回我原本的模型")
    await decided.say("/模型")
    decided.expect("現在用的是我原本的模型", "以前用過")


async def test_in_english_too(english):
    """With the card of a version, which says what it learnt from."""
    decide(english, 40)

    await english.say("/train")
    english.expect("Version 1 is learning from", "Version 1 is better", "towards your decisions")
    await english.say("/model 1")

    english.expect("waits for an admin", "learnt from", "codebook 1", "labour: holds", "Licence")
    await english.say("/model keep 1")
    english.expect("kept aside")
    await english.say("/model use 1")
    english.expect("not surely better")


async def test_wrong_numbers_are_explained(english):
    """What was found, and what to write."""
    await english.say("/model 7")
    english.expect("There is no version 7")
    await english.say("/model nonsense")
    english.expect("“nonsense” is no version", "/model 2")
    await english.say("/model rollback")
    english.expect("there is nothing to go back from")
    await english.say("/train stop")
    english.expect("Nothing of that kind is under way")


async def test_a_machine_that_cannot_train_says_so(english):
    """In the words of what is missing."""
    decide(english, 40)
    english.library.training._trainer.problem = "Training needs torch."

    await english.say("/train")

    english.expect_not("is learning")
    assert english.library.promotion.versions(english.community.id) == []


async def test_what_a_restart_interrupted_goes_on(make_chat, decided):
    """Whoever asked is told after the next start."""
    decided.library.training.begin(decided.community)

    again = await make_chat("zh-TW", database=decided.database)

    assert again.library.promotion.versions(again.community.id)[0].report is not None


async def test_an_end_that_nobody_was_told_of_is_told_once(make_chat, decided):
    """The program stopped between the end and the message."""
    library = decided.library
    library.training.begin(decided.community, where=ChatRef("console", "terminal"))
    assert library.training.work() is not None
    decided.expect_not("第 1 版比較好")

    again = await make_chat("zh-TW", database=decided.database)
    again.expect("第 1 版比較好", "篇會變", "/model use 1")

    once_more = await make_chat("zh-TW", database=decided.database)
    once_more.expect_not("第 1 版比較好")
