"""Somebody new practises, and their votes count from then on, where the community wants it so."""

import pytest

from core.domain import ChatRef, LabelStatus, MemberRef
from core.store.database import Database
from tests.conversations.rooms import House
from tests.fakes.chat import ANN, BO, CY, FakePlatform

GROUP = ChatRef("fake", "-100")
MIGRANT = "topic/labour/migrant"


class Place:
    """A group with one article, whose admin is Ann."""

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

    async def answer(self, label: str, member: MemberRef) -> str:
        """Press a button of the member's latest private message; what it says then."""
        chat = ChatRef("fake", member.id)
        message = [each for each in self.platform.messages if each.where == chat][-1]
        reply = self.platform.messages[message]
        does = next(b.does for row in reply.buttons for b in row if b.label == label)
        self.platform.where, self.platform.is_private = chat, True
        await self.platform.press_on(message, does, member=member)
        self.platform.where, self.platform.is_private = GROUP, False
        await self.house.settle()
        return self.private(member)

    def private(self, member: MemberRef) -> str:
        """What a member's latest private message says."""
        chat = ChatRef("fake", member.id)
        return [reply.text for at, reply in self.platform.messages.items() if at.where == chat][-1]

    def status(self) -> LabelStatus:
        """What the narrow label of the article is."""
        item = self.library.repository.item(self.community.id, 1)
        return next(each.status for each in item.labels if each.path == MIGRANT)


@pytest.fixture
async def place():
    database = Database(None)
    group = FakePlatform(where=GROUP, is_private=False, admins={ANN})
    house = House([group], database)
    await house.open()
    await group.write(house.page("a", title="移工遊行"), is_addressed=True, member=CY)
    await house.settle()
    yield Place(house, group)
    await house.close()
    database.close()


async def test_nothing_is_asked_of_anybody_unless_the_community_wants_it(place):
    """Two people decide, as ever."""
    await place.command("vote", "1 移工", ANN)
    told = await place.command("vote", "1 移工", BO)

    assert "練習" not in told
    assert place.status() is LabelStatus.CONFIRMED


async def test_a_newcomers_votes_are_kept_and_count_after_practice(place):
    """They are told kindly; earlier votes count, too."""
    await place.command("vote", "1 移工", ANN)
    await place.command("settings", "練習 要")

    told = await place.command("vote", "1 移工", BO)

    assert "記下了：✓ 勞動 › 移工" in told
    assert "你的票我留著了" in told
    assert place.status() is LabelStatus.SUGGESTED
    await place.platform.press("開始練習", member=BO)
    await place.house.settle()
    said = place.private(BO)
    for number in range(1, 6):
        assert f"第 {number} 題，共 5 題" in said
        said = await place.answer("合適", BO)
    assert "從現在起，你的票會算數" in said
    assert "1 篇文章" in said
    assert place.status() is LabelStatus.CONFIRMED
    assert "你的票我留著了" not in await place.command("vote", "1 -環境", BO)


async def test_nobody_who_has_a_voice_loses_it(place):
    """Switching it on changes no decision, and whoever does it need not practise."""
    for member in (BO, CY):
        await place.command("vote", "1 移工", member)
    assert place.status() is LabelStatus.CONFIRMED

    await place.command("settings", "practice yes")

    assert place.status() is LabelStatus.CONFIRMED
    assert "你的票我留著了" not in await place.command("vote", "1 -環境", ANN)


async def test_switching_it_off_lets_every_vote_count(place):
    """Also those that waited."""
    await place.command("settings", "practice yes")
    for member in (BO, CY):
        await place.command("vote", "1 移工", member)
    assert place.status() is LabelStatus.SUGGESTED

    await place.command("settings", "practice no")

    assert place.status() is LabelStatus.CONFIRMED


async def test_after_each_exercise_the_codebook_speaks(place):
    """And the exercise does not give its answer away."""
    await place.command("practice", member=BO)

    for _ in range(5):
        asked = place.private(BO)
        asked = asked[asked.index("練習  ") :]
        assert "外送員算勞動" not in asked
        said = await place.answer("合適", BO)
        assert any(
            word in said for word in ("標籤表也是這樣看", "標籤表的看法不一樣", "界線：", "定義")
        )
    assert "練習做完了" in said


async def test_practice_leaves_no_votes(place):
    """Whatever was answered."""
    await place.command("vote", "1 移工", ANN)
    before = place.library.repository.votes(1)
    await place.command("practice", member=BO)

    for _ in range(5):
        await place.answer("不合適", BO)

    assert place.library.repository.votes(1) == before


async def test_practice_goes_on_where_it_was_left(place):
    """Also after a restart."""
    await place.command("practice", member=BO)
    await place.answer("合適", BO)

    await place.house.restart()
    await place.command("practice", member=BO)

    assert "第 2 題，共 5 題" in place.private(BO)


async def test_who_is_forgotten_still_counts(place):
    """Under a pseudonym that need not practise."""
    for member in (BO, CY):
        await place.command("vote", "1 移工", member)
    await place.command("settings", "practice yes")

    place.library.people.forget(BO)
    place.library.voting.recount(1)

    assert place.status() is LabelStatus.CONFIRMED
    assert BO not in place.library.repository.practised(place.community.id)
