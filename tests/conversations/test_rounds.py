"""Members judge the same texts, each for themself, and compare."""

import pytest

from bot.chat import DeliveryFailed
from core.domain import ChatRef, LabelStatus, MemberRef
from core.rounds import counts
from core.store.database import Database
from tests.conversations.rooms import House
from tests.fakes.chat import ANN, BO, CY, FakePlatform

GROUP = ChatRef("fake", "-100")
HOUR = 3600
TEXTS = (
    "勞動部公布新的工時規定。",
    "外籍移工上街要求休假。",
    "環境團體反對開發案。",
    "外送員罷工，要求調整工資。",
    "環境評估大會通過決議。",
    "勞動檢查發現三家工廠違規。",
)


class Circle:
    """A group with six articles, an editor, and the bot.

    Attributes:
        platform: as its members use it.
    """

    def __init__(self, house: House, group: FakePlatform) -> None:
        self.house, self.platform = house, group

    @property
    def library(self):
        return self.house.library

    @property
    def community(self):
        return self.house.community(self.platform)

    async def command(self, name: str, argument: str = "", member: MemberRef = ANN) -> str:
        """Give a command in the group; what the member or everybody is told."""
        self.platform.whispers.clear()
        before = len(self.platform.history)
        await self.platform.command(name, argument, member=member)
        await self.house.settle()
        return "\n".join(
            [*self.platform.whispered(member), *(r.text for r in self.platform.history[before:])]
        )

    async def press(self, label: str, member: MemberRef = ANN) -> None:
        """Press a button in the group."""
        await self.platform.press(label, member=member)
        await self.house.settle()

    async def answer(self, label: str, member: MemberRef) -> str:
        """Press a button in private; what the message says then."""
        chat = ChatRef("fake", member.id)
        own = [each for each in self.platform.messages if each.where == chat]
        reply = self.platform.messages[own[-1]]
        does = next(b.does for row in reply.buttons for b in row if b.label == label)
        before = self.platform.where, self.platform.is_private
        self.platform.where, self.platform.is_private = chat, True
        await self.platform.press_on(own[-1], does, member=member)
        self.platform.where, self.platform.is_private = before
        await self.house.settle()
        return self.private(member)

    def private(self, member: MemberRef) -> str:
        """What a member's latest private message says."""
        chat = ChatRef("fake", member.id)
        return [reply.text for at, reply in self.platform.messages.items() if at.where == chat][-1]

    def public(self) -> list[str]:
        """What the group sees."""
        return [reply.text for at, reply in self.platform.messages.items() if at.where == GROUP]

    async def go_through(self, member: MemberRef, *, wrong: str = "—") -> str:
        """Answer everything as the texts say; what stands there at the end.

        Args:
            wrong: texts with this word are answered the other way round.
        """
        said = self.private(member)
        while "適合這一篇嗎" in said:
            asked = said[said.rindex("「", 0, said.index("適合這一篇嗎")) :]
            name = asked[1 : asked.index("」")].split("›")[-1].strip()
            words = {"勞動": ("勞動", "移工", "罷工"), "移工": ("移工",), "環境": ("環境",)}[name]
            text = next(each for each in TEXTS if each[:6] in said)
            fits = any(word in text for word in words) != (wrong in text)
            said = await self.answer("合適" if fits else "不合適", member)
        return said

    async def practise_first(self) -> None:
        """Let a round of practice be over."""
        await self.command("round", "start 2 topic")
        await self.press("✋ 參加", ANN)
        await self.go_through(ANN)
        await self.command("round", "close")


@pytest.fixture
async def circle():
    database = Database(None)
    group = FakePlatform(where=GROUP, is_private=False, admins={ANN})
    house = House([group], database)
    await house.open()
    for number, text in enumerate(TEXTS):
        page = house.page(f"{number}", text, title=text[:10])
        await group.write(page, is_addressed=True, member=CY)
        await house.settle()
    for member in (ANN, BO):
        await group.command("status", member=member)
    await house.settle()
    yield Circle(house, group)
    await house.close()
    database.close()


async def test_an_editor_invites_and_members_join_in_private(circle):
    """The first round is practice; everybody is asked by themself."""
    await circle.command("round", "開始 4 主題")

    invitation = circle.public()[-1]
    assert "第 1 輪判讀：主題（練習）" in invitation
    assert "4 篇文章" in invitation
    await circle.press("✋ 參加", BO)
    assert "第 1 輪判讀：主題（練習）" in circle.private(BO)
    assert "適合這一篇嗎" in circle.private(BO)
    assert "1 人參加" in circle.public()[-1]


async def test_only_editors_start_and_close(circle):
    """Others are told so."""
    assert "權限" in await circle.command("round", "start 4 topic", BO)

    assert circle.library.repository.rounds() == []


async def test_practice_tells_what_the_codebook_says_and_leaves_nothing(circle):
    """No votes."""
    await circle.command("round", "start 4 topic")
    for member in (ANN, BO):
        await circle.press("✋ 參加", member)

    said = await circle.answer("合適", BO)
    assert "界線：外送員算勞動" in said or "環境" in said
    await circle.go_through(ANN)
    await circle.go_through(BO)
    assert "參加的人都答完了" in circle.public()[-1]
    told = await circle.command("round", "close")

    assert "這一輪是練習，不列入紀錄" in told
    items = circle.library.repository.recent(circle.community.id, limit=9)
    assert all(circle.library.repository.votes(item.id) == [] for item in items)


async def test_practice_that_nobody_took_part_in_is_still_to_come(circle):
    """It taught nobody anything."""
    await circle.command("round", "start 2 topic")
    await circle.command("round", "close")

    await circle.command("round", "start 4 topic")

    assert "第 2 輪判讀：主題（練習）" in circle.public()[-1]


async def test_a_round_that_agrees_closes_by_itself_and_decides(circle):
    """Its answers are votes then, one for each member and label, and the group hears what came of
    it."""
    await circle.practise_first()
    await circle.command("round", "start 4 topic 0.7")
    for member in (ANN, BO):
        await circle.press("✋ 參加", member)

    await circle.go_through(ANN)
    assert "這一輪結束了" in await circle.go_through(BO)

    (told,) = [each for each in circle.public() if "一致程度" in each and "第 2 輪" in each]
    assert "1.00" in told
    assert "大家對每一篇的看法都一樣" in told
    (round_,) = [each for each in circle.library.repository.rounds() if counts(each)]
    assert round_.number == 2
    for item in circle.library.repository.items(round_.items):
        votes = circle.library.repository.votes(item.id)
        assert len({(vote.member, vote.path) for vote in votes}) == len(votes)
        if "勞動" in item.title:
            assert next(e.status for e in item.labels if e.path == "topic/labour") is (
                LabelStatus.CONFIRMED
            )


async def test_what_split_people_is_told_with_both_sides_reasons(circle):
    """Without names, when the round is closed, and what comes next with it."""
    await circle.practise_first()
    await circle.command("round", "start 4 topic")
    for member in (ANN, BO):
        await circle.press("✋ 參加", member)
    chat = ChatRef("fake", "bo")
    await circle.answer("✎ 說理由", BO)
    circle.platform.where, circle.platform.is_private = chat, True
    await circle.platform.write("只是順帶提到", member=BO)
    circle.platform.where, circle.platform.is_private = GROUP, False
    await circle.house.settle()

    await circle.go_through(ANN)
    await circle.go_through(BO, wrong="。")
    assert "還沒結束" in await circle.command("round", "results 2", BO)
    told = await circle.command("round", "close 2")

    assert "看法分歧的有" in told
    assert "只是順帶提到" in told
    assert "Bo" not in told
    assert "下一步：談談上面的分歧" in told
    assert "看法分歧的有" in await circle.command("round", "results", BO)


async def test_a_second_round_is_compared_with_the_first(circle):
    """Agreement before and after, on texts that nobody has seen."""
    await circle.practise_first()
    for number in (2, 3):
        await circle.command("round", "start 2 topic")
        for member in (ANN, BO):
            await circle.press("✋ 參加", member)
        await circle.go_through(ANN)
        await circle.go_through(BO, wrong="。" if number == 2 else "—")
        await circle.command("round", f"close {number}")

    told = await circle.command("round", "results 3")

    assert "之前（第 2 輪）：" in told
    seen = [set(each.items) for each in circle.library.repository.rounds()]
    assert all(one.isdisjoint(other) for one in seen for other in seen if one is not other)


async def test_how_far_a_round_is(circle):
    """Counts for everybody, agreement for editors, answers for nobody."""
    await circle.practise_first()
    await circle.command("round", "start 4 topic")
    await circle.press("✋ 參加", BO)
    await circle.answer("合適", BO)

    for_bo, for_ann = await circle.command("round", "", BO), await circle.command("round", "")

    assert "Bo" in for_bo
    assert "1／" in for_bo
    assert "一致程度" not in for_bo
    assert "目前的一致程度" in for_ann
    assert "只有一個人回答" in for_ann


async def test_where_a_member_is_outlives_a_restart(circle):
    """The question that they saw still takes its answer."""
    await circle.command("round", "start 4 topic")
    await circle.press("✋ 參加", BO)

    await circle.house.restart()
    await circle.answer("不合適", BO)

    state = circle.library.reviews.state(circle.library.repository.rounds()[0])
    assert [(each.member, each.done) for each in state.participants] == [(BO, 1)]


async def test_reminders_come_once_a_day_and_stop(circle):
    """By day, also over a restart; who cannot be reached is left alone for the day."""
    clock = circle.house.clock
    clock.forward((28 - clock.now().hour) % 24 * HOUR)  # noon in Taipei
    await circle.command("round", "start 4 topic")
    await circle.press("✋ 參加", BO)
    remind = circle.house.dispatch.outreach.remind

    await remind()
    assert "在等你" not in circle.private(BO)
    clock.forward(24 * HOUR)
    await remind()
    assert "題在等你" in circle.private(BO)
    await circle.house.restart()
    count = len(circle.platform.messages)
    await circle.house.dispatch.outreach.remind()
    assert len(circle.platform.messages) == count
    for _ in range(5):
        clock.forward(24 * HOUR)
        await circle.house.dispatch.outreach.remind()
    assert len(circle.platform.messages) == count + 2


async def test_who_has_had_enough_for_today_is_not_reminded_today(circle):
    """They said so with a button; tomorrow they are."""
    clock = circle.house.clock
    clock.forward((28 - clock.now().hour) % 24 * HOUR)  # noon in Taipei
    await circle.command("round", "start 4 topic")
    await circle.press("✋ 參加", BO)
    clock.forward(21 * HOUR)
    library = circle.library
    question = library.asking.waiting(BO)
    library.asking.stop(question.id, BO)
    count = len(circle.platform.messages)

    await circle.house.dispatch.outreach.remind()
    assert len(circle.platform.messages) == count
    clock.forward(24 * HOUR)
    await circle.house.dispatch.outreach.remind()
    assert "題在等你" in circle.private(BO)


async def test_who_cannot_be_spoken_to_is_told_how_to_begin(circle):
    """And takes part all the same."""
    await circle.command("round", "start 4 topic")
    round_ = circle.library.repository.rounds()[0]
    circle.platform.failing = []
    send = circle.platform.send

    async def refuse(where, reply, **more):
        if where == ChatRef("fake", "bo"):
            raise DeliveryFailed("Never wrote to the bot.", is_gone=True)
        return await send(where, reply, **more)

    circle.platform.send = refuse
    await circle.press("✋ 參加", BO)

    assert any("/answer" in each for each in circle.platform.whispered(BO))
    assert [each.member for each in circle.library.repository.joined(round_.id)] == [BO]


async def test_the_group_hears_once_that_all_are_through(circle):
    """Changing an answer afterwards is nobody's business."""
    await circle.command("round", "start 2 topic")
    for member in (ANN, BO):
        await circle.press("✋ 參加", member)
        await circle.go_through(member)
    (question, *_) = circle.library.repository.questions_to(BO)

    circle.platform.where, circle.platform.is_private = ChatRef("fake", "bo"), True
    await circle.platform.command("answer", f"{question.id} unsure", member=BO)
    circle.platform.where, circle.platform.is_private = GROUP, False
    await circle.house.settle()

    assert sum("參加的人都答完了" in each for each in circle.public()) == 1


async def test_leaving_a_round(circle):
    """What was answered stays; nothing is asked any more."""
    await circle.command("round", "start 4 topic")
    await circle.press("✋ 參加", BO)

    assert "你退出第 1 輪了" in await circle.command("round", "退出", BO)

    assert "還沒有人參加" in circle.public()[-1]


@pytest.mark.parametrize(
    ("argument", "told"),
    [
        pytest.param("start 1 topic", "2–100", id="too-few"),
        pytest.param("start 999 topic", "2–100", id="too-many"),
        pytest.param("start 5 nonsense", "「nonsense」不是面向", id="no-dimension"),
        pytest.param("start 5 topic 7.5", "0 到 1", id="no-alpha"),
        pytest.param("start 5", "要判讀哪一個面向", id="which"),
        pytest.param("close", "沒有這樣的判讀", id="none-open"),
        pytest.param("close x", "沒有第 x 輪", id="no-number"),
        pytest.param("results 9", "沒有第 9 輪", id="unknown"),
        pytest.param("dance", "我不懂「dance」", id="no-step"),
        pytest.param("", "沒有進行中的判讀", id="nothing"),
    ],
)
async def test_what_cannot_be_is_told_kindly(circle, argument, told):
    """With what was found and what to try."""
    assert told in await circle.command("round", argument)


async def test_forgetting_somebody_keeps_the_count_without_the_name(circle):
    """Their answers stay under a pseudonym, as votes do; their part in the round goes."""
    await circle.practise_first()
    await circle.command("round", "start 4 topic")
    await circle.press("✋ 參加", BO)
    await circle.answer("合適", BO)

    circle.library.people.forget(BO)

    round_ = circle.library.repository.rounds()[-1]
    assert circle.library.repository.joined(round_.id) == []
    (answer,) = circle.library.reviews.answers(round_)
    assert answer.member != BO


async def test_an_item_that_is_removed_leaves_the_round(circle):
    """With what was answered about it."""
    await circle.command("round", "start 6 topic")
    await circle.press("✋ 參加", BO)

    circle.library.ingest.remove(circle.community, 1)

    round_ = circle.library.repository.rounds()[0]
    assert len(round_.items) == 5


async def test_rounds_begin_again_with_practice_on_request(circle):
    """A word says so."""
    await circle.practise_first()

    told = await circle.command("round", "start 2 topic practice")

    assert "第 2 輪判讀：主題（練習）" in told
