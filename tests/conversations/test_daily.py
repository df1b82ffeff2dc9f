"""Who wants it is asked three questions a day, in private."""

import json
from datetime import timedelta

import pytest

from bot.chat import DeliveryFailed
from core.domain import ChatRef
from core.store.database import Database
from tests.conversations.rooms import House
from tests.fakes.chat import ANN, BO, FakePlatform

EVENING = timedelta(hours=1).total_seconds()  # from 20:00 to 21:00 in Taipei


@pytest.fixture
async def house():
    """A group with an article of Bo's, which Ann has written to."""
    database = Database(None)
    group = FakePlatform(where=ChatRef("fake", "-100"), is_private=False)
    house = House([group], database)
    await house.open()
    await group.write(house.page("a", title="移工遊行"), is_addressed=True, member=BO)
    await group.command("status")
    await house.settle()
    group.whispers.clear()
    yield house
    await house.close()
    database.close()


@pytest.fixture
def group(house) -> FakePlatform:
    return house.platforms[0]


async def ask_daily(house: House) -> None:
    """A minute passes."""
    house.dispatch.outreach.ask_daily()
    await house.settle()


def in_private(group: FakePlatform) -> None:
    group.where, group.is_private = ChatRef("fake", "ann"), True


def to_ann(group: FakePlatform) -> list[str]:
    """What was said to Ann in private."""
    return [reply.text for message, reply in group.messages.items() if message.where.chat == "ann"]


async def test_a_member_turns_it_on_and_is_asked_at_that_time(house, group):
    """In private, once; the group sees nothing of it."""
    await group.command("daily", "on 20:30")
    (said,) = group.whispered(ANN)
    assert "每天 20:30（Asia/Taipei）" in said
    assert "從今天開始" in said

    await ask_daily(house)
    assert to_ann(group) == []
    house.clock.forward(EVENING)
    await ask_daily(house)
    await ask_daily(house)

    (asked,) = to_ann(group)
    assert "每天三題" in asked
    assert "適合這一篇嗎？" in asked


async def test_what_was_missed_comes_later_the_same_day_and_only_once(house, group):
    """The program was not running at half past eight; and again later."""
    await group.command("daily", "20:30")
    house.clock.forward(EVENING)

    await house.restart()
    await house.restart()

    assert len(to_ann(group)) == 1


async def test_an_answer_is_a_vote_and_the_last_one_ends_it(house, group):
    """It counts as any other, and the card in the group follows."""
    await group.command("daily", "now")
    (asked,) = group.whispered(ANN)
    assert "第 1 題" in asked

    while any("適合這一篇嗎" in text for text in group.whispered(ANN)[-1:]):
        await group.press("合適")
        await house.settle()

    assert "都答完了" in group.whispered(ANN)[-1]
    item = house.library.repository.item(1, 1)
    votes = house.library.repository.votes(item.id)
    assert votes
    assert all(vote.member == ANN and vote.is_for for vote in votes)
    await group.command("daily", "now")
    assert "今天的都答完了" in group.whispered(ANN)[-1]


async def test_nothing_comes_when_nothing_is_worth_asking(house, group):
    """Not even a word; who asks is told."""
    house.library.repository.remove(house.library.repository.item(1, 1).id)
    await group.command("daily", "on 20:30")
    house.clock.forward(EVENING)

    await ask_daily(house)
    await group.command("daily", "now")

    assert to_ann(group) == []
    assert "現在沒有值得問的題目" in group.whispered(ANN)[-1]


async def test_a_member_turns_it_off(house, group):
    """And sees what is set."""
    await group.command("daily", "開 20:30")
    await group.command("daily")
    assert "開著，每天 20:30" in group.whispered(ANN)[-1]

    await group.press("關掉")
    await group.command("daily", locale="en")
    house.clock.forward(EVENING)
    await ask_daily(house)

    assert "好，不再每天問你了" in group.whispered(ANN)[-2]
    assert "Three questions a day about 移工盟: off." in group.whispered(ANN)[-1]
    assert to_ann(group) == []


async def test_who_cannot_be_reached_for_a_while_is_asked_later(house, group):
    """As soon as the platform answers again."""
    await group.command("daily", "20:30")
    house.clock.forward(EVENING)
    group.failing = [DeliveryFailed("Busy.", retry_after_s=3600)]

    await ask_daily(house)
    assert to_ann(group) == []
    await ask_daily(house)

    assert len(to_ann(group)) == 1


async def test_who_closed_the_door_is_left_alone_until_tomorrow(house, group):
    """The question waits, and can be asked for."""
    await group.command("daily", "20:30")
    house.clock.forward(EVENING)
    group.failing = [DeliveryFailed("Blocked.", is_gone=True)]

    await ask_daily(house)
    await ask_daily(house)
    assert to_ann(group) == []

    await group.command("answer")
    assert "適合這一篇嗎？" in group.whispered(ANN)[-1]


async def test_who_has_left_is_not_asked(house, group):
    """Whatever they wanted before."""
    await group.command("daily", "20:30")
    house.clock.forward(EVENING)
    group.gone = {ANN}

    await ask_daily(house)

    assert to_ann(group) == []


async def test_who_never_wrote_to_the_bot_is_shown_the_door(house, group):
    """Where a bot cannot begin a conversation."""
    group.closed = {ANN}

    await group.command("daily", "on")

    assert group.last.lines[0].spans[-1].link == "https://door.example/hello"


async def test_in_private_it_is_about_the_group_that_a_member_belongs_to(house, group):
    """Their own collection has one voice only."""
    in_private(group)

    await group.command("daily", "on 20:30")

    assert "「移工盟」" in group.last.text
    assert house.library.daily.wish(1, ANN).is_on


async def test_of_several_groups_a_member_chooses(house, group):
    """By a button that says which."""
    other = house.library.repository.found_community(
        "other", title="環境聯盟", language="zh-TW", timezone="Asia/Taipei"
    )
    house.library.repository.add_chat(ChatRef("fake", "-200"), other.id, is_private=False)
    house.library.repository.see_member(other.id, ANN, name=None, at=house.clock.now())
    in_private(group)

    await group.command("daily", "on 20:30")
    assert "要哪一個社群的？" in group.last.text
    await group.press("環境聯盟")

    assert house.library.daily.wish(other.id, ANN).is_on
    assert house.library.daily.wish(1, ANN) is None


@pytest.mark.parametrize("typed", ["25:00", "每小時", "on 晚上"])
async def test_what_is_not_understood_is_explained(house, group, typed):
    """With what can be typed."""
    await group.command("daily", typed)

    (said,) = group.whispered(ANN)
    assert "我看不懂" in said
    assert "/daily 20:00" in said


@pytest.mark.parametrize("typed", ["8:05", "０８：０５", "on 08.05"])
async def test_times_are_read_as_people_write_them(house, group, typed):
    """Full-width signs too."""
    await group.command("daily", typed)

    assert "每天 08:05" in group.whispered(ANN)[-1]


async def test_without_buttons_answers_are_typed(make_chat):
    """By number or by word; the terminal has the same questions."""
    chat = await make_chat("zh-TW")
    await chat.say(chat.page("a", title="移工遊行"))

    await chat.say("/daily now")
    chat.expect("第 1 題", "適合這一篇嗎？", "合適  /answer 1 yes", "不合適  /answer 1 no")
    await chat.say("是")
    chat.expect("記下了", "合適", "第 2 題")
    chat.expect_not("%?")
    await chat.say("/回答 2 跳過")
    chat.expect("跳過了", "都答完了")
    await chat.say("/回答 2 不合適 只有提到")
    chat.expect("記下了", "不合適")
    await chat.say("/answer 2 show")
    chat.expect("你的回答：不合適", "你的理由：只有提到")
    await chat.say("/answer")
    chat.expect("現在沒有等你回答的題目")


async def test_the_terminal_asks_when_it_is_opened(make_chat):
    """It has no clock of its own that anybody would wait for."""
    chat = await make_chat("en")
    await chat.say(chat.page("a", title="A march"))
    await chat.say("/daily on 20:30")
    chat.expect("today on")
    await chat.leave()
    chat.clock.forward(EVENING)

    again = await make_chat("en", database=chat.database, reader=chat.reader)
    again.clock.forward(EVENING)
    await again.say("/daily")

    again.expect("on, at 20:30")


async def test_a_member_takes_questions_along_and_is_forgotten_with_them(house, group):
    """What they said in private, too."""
    await group.command("daily", "on 20:30")
    await group.command("daily", "now")
    await group.press("合適")
    await group.command("mydata")
    about = json.loads(group.whispers[-1][1].files[0].data)

    assert about["questions"][0]["answer"] == "yes"
    assert about["questions"][0]["title"] == "移工遊行"
    assert about["daily_questions"] == [
        {"community": "fake-100", "is_on": True, "at": "20:30", "given_on": "2026-03-01"}
    ]
    await group.command("forgetme", "yes")
    await house.settle()

    assert house.library.repository.questions_to(ANN) == []
    assert house.library.daily.wish(1, ANN) is None
