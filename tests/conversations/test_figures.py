"""Members see at a glance what they collect, and nobody is seen who did something nearly alone."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.chat import Picture
from core.domain import ChatRef, LabelPath, MemberRef, PastedText, Share, Vote
from core.store.database import Database
from tests.conversations.rooms import House
from tests.fakes.chat import ANN, FakePlatform

LABOUR, MIGRANT = LabelPath("topic/labour"), LabelPath("topic/labour/migrant")


class Group:
    """A group that hands things in."""

    def __init__(self, database: Database) -> None:
        self.platform = FakePlatform(is_private=False, where=ChatRef("fake", "group"))
        self.house = House([self.platform], database)
        self.count = 0

    @property
    def repository(self):
        return self.house.library.repository

    @property
    def home(self) -> int:
        return self.house.community().id

    async def keep(self, title: str, *, site: str = "公視") -> int:
        """Ann hands something in; its id."""
        self.count += 1
        address = self.house.page(f"p{self.count}", f"{title}。", title=title, site=site)
        await self.platform.write(address, member=ANN, is_addressed=True)
        await self.house.settle()
        number = self.repository.count(self.home)
        return self.repository.item(self.home, number).id

    def take_part(self, people: int) -> None:
        """So many people hand in a text each, and vote on it."""
        now = self.house.clock.now()
        for n in range(people):
            member = MemberRef("fake", f"p{n}")
            given = PastedText(f"第{n}段文字。", title=f"第{n}段")
            item, _ = self.repository.receive(self.home, given, share=Share(member, now))
            self.repository.cast(item, Vote(LABOUR, member, True, "button", now))

    async def ask(self, command: str, argument: str = "") -> str:
        """What Ann alone is shown."""
        count = len(self.platform.whispered(ANN))
        await self.platform.command(command, argument, member=ANN)
        await self.house.settle()
        return "\n".join(self.platform.whispered(ANN)[count:])

    def files(self):
        """What went with the last answer."""
        _, reply = self.platform.whispers[-1]
        return reply.files


@pytest.fixture
async def group() -> AsyncIterator[Group]:
    database = Database(None)
    group = Group(database)
    await group.house.open()
    yield group
    await group.house.close()
    database.close()


async def test_an_empty_collection_says_so(group):
    """Rather than show an empty picture; and says what to try."""
    for command in ("stats", "trend"):
        assert "這段時間沒有內容" in await group.ask(command)
        assert group.files() == ()
    assert "沒有內容" in await group.ask("stats", "來源")
    assert "從來沒有" in await group.ask("gaps")


async def test_a_collection_at_a_glance(group):
    """The picture says the same in words, and its data goes with it."""
    for site in ("公視", "公視", "苦勞網"):
        await group.keep("移工團體凱道集結", site=site)

    said = await group.ask("stats")

    assert "收進 3 篇" in said
    assert "最多的是「公視」，佔 67%" in said
    assert "參與的人太少，不列人數" in said
    picture, table = group.files()
    assert isinstance(picture, Picture)
    assert "收進 3 篇" in picture.alt
    assert table.data.decode("utf-8-sig").startswith("起日,篇數")


async def test_a_label_over_time(group):
    """In either language for label and span; what people confirmed is told."""
    item = await group.keep("移工團體凱道集結")
    for name in ("ann", "bo"):
        member = MemberRef("fake", name)
        group.house.library.voting.cast(item, member, LABOUR, is_for=True, by="button")

    said = await group.ask("trend", "勞動 一年")

    assert "「勞動」的趨勢" in said
    assert "1 篇 · 全部的 100% · 大家確認過 1 篇" in said
    for argument in ("labour 1y", "workers 12 months", "label:topic/labour 365d"):
        assert "1 篇 · 全部的 100%" in await group.ask("trend", argument)
    group.house.clock.forward(timedelta(days=40).total_seconds())
    assert "這段時間沒有內容" in await group.ask("trend", "labour 30d")


async def test_an_item_counts_once_in_each_line(group):
    """Whatever it carries below, however many people voted, and however often a line is named."""
    item = await group.keep("移工團體凱道集結")
    for path in (MIGRANT, LABOUR):
        for name in ("ann", "bo", "cy"):
            member = MemberRef("fake", name)
            group.house.library.voting.cast(item, member, path, is_for=True, by="button")

    said = await group.ask("trend", f"{LABOUR},{MIGRANT},勞動")

    assert said.count("1 篇 · 全部的 100% · 大家確認過 1 篇") == 2
    table = group.files()[1].data.decode("utf-8-sig").splitlines()
    for path in (MIGRANT, LABOUR):
        counts = [int(line.split(",")[3]) for line in table if line.startswith(f"{path},")]
        assert sum(counts) == 1


async def test_what_has_not_come_for_long(group):
    """A label is a gap on the thirty-first day."""
    item = await group.keep("移工團體凱道集結")
    group.house.library.voting.cast(item, ANN, LABOUR, is_for=True, by="button")
    assert "勞動：" not in await group.ask("gaps")

    group.house.clock.forward(timedelta(days=31).total_seconds())

    assert "勞動：31 天" in await group.ask("gaps")
    assert "勞動：31 天" not in await group.ask("gaps", "90d 主題")
    assert "超過 31 天" in await group.ask("gaps", "31d")


@pytest.mark.parametrize("people", [4, 5])
async def test_people_are_counted_from_five_on(group, people):
    """Fewer are not told of, whatever is asked."""
    group.take_part(people)

    said = await group.ask("stats", "參與 全部")

    assert ("5 人分享或投票" in said) == (people == 5)
    assert ("分享 5 次，投票 5 次" in said) == (people == 5)
    assert bool(group.files()) == (people == 5)


@pytest.mark.parametrize(
    ("command", "argument", "said"),
    [
        pytest.param("stats", "來源 by:小美", "統計不看個別的人", id="a-person"),
        pytest.param("stats", "people by:小美", "不是標籤、面向或期間", id="people-of-a-query"),
        pytest.param("trend", "移功", "移工", id="nearly-a-label"),
        pytest.param("gaps", "99999y", "不是標籤、面向或期間", id="more-than-there-is"),
        pytest.param("stats", "topic form labour", "不是標籤、面向或期間", id="three"),
    ],
)
async def test_what_is_not_understood(group, command, argument, said):
    """It is said what was found, and what can be typed."""
    assert said in await group.ask(command, argument)
