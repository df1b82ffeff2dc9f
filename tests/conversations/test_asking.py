"""Members are asked in private, one question at a time, whether a label fits."""

import pytest

from bot.chat import DeliveryFailed
from core.domain import ChatRef
from core.questions import Asked, Occasion, Purpose, QuestionState
from core.store.database import Database
from tests.conversations.rooms import House
from tests.fakes.chat import ANN, BO, FakePlatform

LABOUR, MIGRANT, STATEMENT = "topic/labour", "topic/labour/migrant", "form/statement"
TODAY = Occasion(Purpose.DAILY, "2026-03-01")
PRACTICE = Occasion(Purpose.PRACTICE, "1")


class Asking:
    """A group with one article, a member of it in private, and the bot."""

    def __init__(self, house: House, group: FakePlatform) -> None:
        self.house = house
        self.platform = group

    @property
    def library(self):
        return self.house.library

    @property
    def community(self) -> int:
        return self.house.community(self.platform).id

    def put(self, *paths: str, occasion: Occasion = TODAY, member=ANN) -> None:
        """Let questions wait for a member."""
        item = self.library.repository.item(self.community, 1).id
        asked = [Asked(item, path) for path in paths]
        self.library.asking.put(self.community, member, occasion, asked)

    async def offer(self, *, occasion: Occasion = TODAY, member=ANN) -> bool:
        """Speak to a member first."""
        return await self.house.dispatch.outreach.offer(self.community, member, occasion)

    async def press(self, label: str, member=ANN) -> None:
        """A member presses a button in private."""
        with self.in_private():
            await self.platform.press(label, member=member)
        await self.house.settle()

    def in_private(self):
        return _InPrivate(self.platform)

    def votes(self) -> dict[str, bool]:
        item = self.library.repository.item(self.community, 1).id
        return {vote.path: vote.is_for for vote in self.library.repository.votes(item)}

    def states(self, occasion: Occasion = TODAY) -> list[QuestionState]:
        found = self.library.repository.questions(self.community, occasion, member=ANN)
        return [each.state for each in found]


class _InPrivate:
    """What a member does meanwhile happens in the private chat."""

    def __init__(self, platform: FakePlatform) -> None:
        self._platform = platform
        self._before = platform.where, platform.is_private

    def __enter__(self) -> None:
        self._platform.where, self._platform.is_private = ChatRef("fake", "ann"), True

    def __exit__(self, *_: object) -> None:
        self._platform.where, self._platform.is_private = self._before


@pytest.fixture
async def asking():
    database = Database(None)
    group = FakePlatform(where=ChatRef("fake", "-100"), is_private=False)
    house = House([group], database)
    await house.open()
    await group.write(house.page("a", title="移工遊行"), is_addressed=True, member=BO)
    await group.command("status", member=ANN)
    await house.settle()
    group.whispers.clear()
    yield Asking(house, group)
    await house.close()
    database.close()


async def test_questions_come_one_at_a_time_in_the_same_message(asking):
    """In private, with the codebook's words, and how many there are."""
    asking.put(MIGRANT, LABOUR, STATEMENT)

    assert await asking.offer()

    (message, first), *_ = reversed(asking.platform.messages.items())
    assert message.where == ChatRef("fake", "ann")
    assert "第 1 題，共 3 題" in first.text
    assert "「勞動」適合這一篇嗎？" in first.text
    assert "受僱工作的條件與權利。" in first.text
    assert "外送員算勞動" in first.text
    await asking.press("合適")
    second = asking.platform.messages[message].text
    assert "記下了：「勞動」合適" in second
    assert "「勞動 › 移工」適合這一篇嗎？" in second
    assert asking.votes() == {LABOUR: True}
    await asking.press("不合適")
    await asking.press("不確定")
    assert "都答完了" in asking.platform.messages[message].text
    assert asking.votes() == {LABOUR: True, MIGRANT: False}


async def test_nothing_tells_what_others_or_models_said(asking):
    """Neither votes nor how sure a model is, nor the labels that the item bears."""
    await asking.platform.command("vote", "1 移工", member=BO)
    await asking.house.settle()
    asking.put(LABOUR)

    await asking.offer()

    shown = asking.platform.last
    assert "%" not in shown.text
    assert "移工?" not in shown.text
    assert [each.label for each in shown.buttons[0]] == ["合適", "不合適", "不確定"]


async def test_after_a_no_nobody_asks_about_what_is_below(asking):
    """Until the answer is changed."""
    asking.put(LABOUR, MIGRANT, STATEMENT)
    await asking.offer()

    await asking.press("不合適")

    assert "「聲明」" in asking.platform.last.text
    assert "第 2 題，共 2 題" in asking.platform.last.text
    await asking.press("‹ 上一題")
    assert "你的回答：不合適" in asking.platform.last.text
    await asking.press("合適")
    assert "移工" in asking.platform.last.text
    assert asking.votes() == {LABOUR: True}


async def test_a_question_can_be_skipped_and_the_rest_left_for_later(asking):
    """And gone on with by a command, from the group too."""
    asking.put(LABOUR, STATEMENT)
    await asking.offer()

    await asking.press("跳過")
    await asking.press("今天先這樣")

    assert "今天先到這裡" in asking.platform.last.text
    assert asking.states() == [QuestionState.SKIPPED, QuestionState.SHOWN]
    await asking.platform.command("answer", member=ANN)
    (said,) = asking.platform.whispered(ANN)
    assert "「聲明」" in said


async def test_a_reason_is_written_as_the_next_message(asking):
    """In private only, and shown with the question."""
    asking.put(LABOUR, occasion=PRACTICE)
    await asking.offer(occasion=PRACTICE)

    await asking.press("✎ 說理由")
    with asking.in_private():
        await asking.platform.write("只是順帶提到")
    await asking.house.settle()
    await asking.press("不合適")

    (question,) = asking.library.repository.questions(asking.community, PRACTICE)
    assert (question.answer, question.reason) == ("no", "只是順帶提到")
    assert asking.votes() == {}, "answers in practice are no votes"


async def test_a_button_works_after_a_restart(asking):
    """Where a member is, only the store knows."""
    asking.put(LABOUR, STATEMENT)
    await asking.offer()

    await asking.house.restart()
    await asking.press("合適")

    assert asking.votes() == {LABOUR: True}
    assert "「聲明」" in asking.platform.last.text


async def test_a_question_is_for_one_member_only(asking):
    """Somebody else who types its number learns nothing."""
    asking.put(LABOUR)

    await asking.platform.command("answer", "1 yes", member=BO)

    assert asking.platform.whispered(BO) == [
        "這一題已經結束了，不能再回答。打 /answer 看看還有沒有別的。"
    ]
    assert asking.votes() == {}


async def test_who_has_left_is_not_asked(asking):
    """Nor told anything."""
    asking.put(LABOUR)
    asking.platform.gone = {ANN}

    assert not await asking.offer()

    assert asking.states() == [QuestionState.WAITING]


async def test_who_cannot_be_spoken_to_keeps_the_question(asking):
    """Whoever offers it is told."""
    asking.put(LABOUR)
    asking.platform.failing = [DeliveryFailed("Never wrote to the bot.", is_gone=True)]

    with pytest.raises(DeliveryFailed):
        await asking.offer()

    assert asking.states() == [QuestionState.WAITING]


async def test_what_is_no_answer_is_explained(asking):
    """With what can be typed."""
    asking.put(LABOUR)

    await asking.platform.command("answer", "1 perhaps", member=ANN)

    (said,) = asking.platform.whispered(ANN)
    assert "「perhaps」不是可以選的回答" in said
    assert "/answer 1" in said
