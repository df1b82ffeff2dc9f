"""Members have what a week brought sent to them, once, at the hour they chose."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.chat import DeliveryFailed, Picture
from core.digests import USUAL
from core.domain import (
    ChatRef,
    LabelPath,
    LabelStatus,
    MemberRef,
    Role,
)
from core.store.database import Database
from tests.conversations.rooms import House
from tests.fakes.chat import ANN, BO, WITH_BUTTONS, FakePlatform

LABOUR, NATURE = LabelPath("topic/labour"), LabelPath("topic/environment")
HOUR, DAY = 3600, 86_400
GROUP = ChatRef("fake", "group")


class Group:
    """A group whose editor is Ann. It is Sunday evening in Taipei, the first of March."""

    def __init__(self, database: Database) -> None:
        self.platform = FakePlatform(is_private=False, where=GROUP)
        self.house = House([self.platform], database)
        self.count = 0

    @property
    def repository(self):
        return self.house.library.repository

    @property
    def home(self) -> int:
        return self.house.community().id

    async def keep(self, title: str, *, site: str | None = None, by: MemberRef = ANN) -> int:
        """A member hands something in; its number."""
        self.count += 1
        text = f"{title}的消息傳開。第{self.count}份報告今天公布，內容與{title}有關。"
        site = site or f"網站{self.count}"
        address = self.house.page(f"p{self.count}", text, title=title, site=site)
        await self.platform.write(address, member=by, is_addressed=True)
        await self.house.settle()
        return self.repository.count(self.home)

    def decide(self, number: int, path: LabelPath, status: LabelStatus) -> None:
        """Two members vote, and it is so."""
        item = self.repository.item(self.home, number)
        for member in (ANN, BO):
            is_for = status is LabelStatus.CONFIRMED or (
                status is LabelStatus.DISPUTED and member == ANN
            )
            self.house.library.voting.cast(item.id, member, path, is_for=is_for, by="button")

    async def ask(self, argument: str = "", *, member: MemberRef = ANN, command="digest") -> str:
        """What is answered, to a member alone or to all."""
        whispers, said = len(self.platform.whispers), len(self.platform.history)
        await self.platform.command(command, argument, member=member)
        await self.house.settle()
        new = [reply for _, reply in self.platform.whispers[whispers:]]
        return "\n".join(reply.text for reply in (*new, *self.platform.history[said:]))

    async def at(self, *moment: int) -> None:
        """It is a moment by the clock of Greenwich; the job runs."""
        now = self.house.clock.now()
        self.house.clock.forward((datetime(*moment, tzinfo=UTC) - now).total_seconds())
        await self.run_job()

    async def run_job(self) -> None:
        self.house.dispatch.digests.post_due()
        await self.house.settle()

    def digests(self, where: ChatRef = GROUP) -> list[str]:
        """Every digest that was sent by itself."""
        return [
            reply.text
            for message, reply in self.platform.messages.items()
            if message.where == where and reply.text.startswith("「移工盟」週報：")
        ]


@pytest.fixture
async def group() -> AsyncIterator[Group]:
    database = Database(None)
    group = Group(database)
    await group.house.open()
    group.repository.set_timezone(group.home, "Asia/Taipei")
    group.repository.appoint(group.home, ANN, Role.EDITOR)
    yield group
    await group.house.close()
    database.close()


MONDAY = (2026, 3, 2, 1)  # nine o'clock in Taipei
NEXT_MONDAY = (2026, 3, 9, 1)


# ── every week ───────────────────────────────────────────────────────────────────────────────────


async def test_two_weeks(group):
    """A group has its week told on Monday morning, each once, and each only about itself."""
    told = await group.ask("on")
    assert "每星期一 09:00" in told
    assert "2026年3月2日 09:00" in told
    first = await group.keep("移工集結")
    group.decide(first, LABOUR, LabelStatus.CONFIRMED)

    await group.at(*MONDAY)
    await group.run_job()

    (digest,) = group.digests()
    assert "2026年2月23日到2026年3月2日" in digest
    assert "移工集結" in digest
    assert "「確認」" in digest
    await group.keep("外送員罷工")
    await group.at(2026, 3, 9, 0, 59)
    assert len(group.digests()) == 1
    await group.at(*NEXT_MONDAY)
    _, digest = group.digests()
    assert "外送員罷工" in digest
    assert "移工集結" not in digest


async def test_a_picture_goes_with_it(group):
    """With words for who cannot see it, and its data."""
    await group.ask("on")
    await group.keep("移工集結")

    await group.at(*MONDAY)

    picture, data = group.platform.last.files
    assert isinstance(picture, Picture)
    assert picture.data.startswith(b"\x89PNG")
    assert "各標籤收了幾篇" in picture.alt
    assert data.name == "digest.csv"


async def test_a_restart_in_the_middle_of_sending(group):
    """What is there is not sent again, and what is not there follows."""
    group.platform.capabilities = replace(WITH_BUTTONS, max_text=60)
    await group.ask("on")
    titles = ("移工集結", "外送員罷工", "海岸開發", "最低工資")
    for title in titles:
        await group.keep(title)
    sent = len(group.platform.history)
    send, count = group.platform.send, 0

    async def stumble(*args, **more):
        nonlocal count
        count += 1
        if count == 3:
            raise DeliveryFailed("busy", retry_after_s=HOUR)
        return await send(*args, **more)

    group.platform.send = stumble
    await group.at(*MONDAY)
    assert len(group.platform.history) == sent + 2
    await group.house.restart()
    await group.run_job()
    await group.house.restart()

    parts = [reply.text for reply in group.platform.history[sent:]]
    whole = "\n".join(parts)
    assert len(parts) > 2
    for title in titles:
        assert whole.count(f"  {title}\n") == 1
    keys = group.platform.keys[-len(parts) :]
    assert len(set(keys)) == len(keys)


async def test_a_stop_in_the_middle_of_sending(group):
    """The message in hand is finished and crossed off; the next run goes on behind it."""
    group.platform.capabilities = replace(WITH_BUTTONS, max_text=60)
    await group.ask("on")
    for title in ("移工集結", "外送員罷工", "海岸開發"):
        await group.keep(title)
    sent = len(group.platform.history)
    send, stopping = group.platform.send, asyncio.Event()

    async def slowly(*args, **more):
        if not stopping.is_set():
            stopping.set()
            await asyncio.sleep(0)
        return await send(*args, **more)

    group.platform.send = slowly
    now = group.house.clock.now()
    group.house.clock.forward((datetime(*MONDAY, tzinfo=UTC) - now).total_seconds())
    group.house.dispatch.digests.post_due()
    await stopping.wait()
    await group.house.restart()

    parts = [reply.text for reply in group.platform.history[sent:]]
    assert "\n".join(parts).count("  移工集結\n") == 1
    assert len(parts) == len(set(parts)) > 2


async def test_a_crash_between_writing_down_and_sending(group):
    """It was owed; the next run sends it."""
    await group.ask("on")
    await group.keep("移工集結")
    group.platform.failing = [RuntimeError("power cut")]
    await group.at(*MONDAY)
    assert group.digests() == []

    await group.house.restart()

    assert len(group.digests()) == 1
    await group.house.restart()
    await group.run_job()
    assert len(group.digests()) == 1


async def test_a_quiet_week_posts_nothing(group):
    """And the next one is as usual."""
    await group.ask("on")
    await group.at(*MONDAY)
    assert group.digests() == []

    await group.keep("移工集結")
    await group.at(*NEXT_MONDAY)

    assert len(group.digests()) == 1


async def test_what_was_missed_is_sent_late(group):
    """On Tuesday, for the week that ended on Monday."""
    await group.ask("on")
    await group.keep("移工集結")
    await group.house.close()
    group.house.clock.forward(2 * DAY)

    await group.house.restart()

    (digest,) = group.digests()
    assert "2026年2月23日到2026年3月2日" in digest


async def test_what_is_too_late_is_skipped_and_said(group):
    """Once; the next one comes as usual."""
    await group.ask("on")
    await group.keep("移工集結")
    await group.house.close()
    group.house.clock.forward(5 * DAY)

    await group.house.restart()
    await group.run_job()

    assert group.digests() == []
    assert sum("這期就跳過" in text for text in group.platform.said) == 1
    await group.keep("外送員罷工")
    await group.at(*NEXT_MONDAY)
    assert len(group.digests()) == 1


async def test_what_could_not_be_sent_in_time_is_not_sent_any_more(group):
    """It was written down on Monday, and nobody could be reached until Friday."""
    await group.ask("on")
    await group.keep("移工集結")
    group.platform.failing = [DeliveryFailed("down", retry_after_s=HOUR)]
    await group.at(*MONDAY)

    await group.at(2026, 3, 6, 1)

    assert group.digests() == []
    assert "這期就跳過" in group.platform.last.text


async def test_a_quiet_week_that_was_missed_needs_no_excuse(group):
    """Nothing was skipped."""
    await group.ask("on")
    said = len(group.platform.said)
    await group.house.close()
    group.house.clock.forward(5 * DAY)

    await group.house.restart()

    assert len(group.platform.said) == said


async def test_summer_time(group):
    """Nine o'clock is nine o'clock, in the week when clocks change, too."""
    group.repository.set_timezone(group.home, "Europe/Berlin")
    await group.ask("on sunday 09:00")
    await group.at(2026, 3, 22, 8)
    await group.keep("移工集結")

    await group.at(2026, 3, 29, 6, 59)
    assert group.digests() == []
    await group.at(2026, 3, 29, 7)
    assert len(group.digests()) == 1
    await group.keep("外送員罷工")
    await group.at(2026, 4, 5, 7)
    assert len(group.digests()) == 2


async def test_another_time_zone_sends_no_second_one_on_the_same_day(group):
    """A community that moves has had its Monday."""
    await group.ask("on")
    await group.keep("移工集結")
    await group.at(*MONDAY)
    await group.keep("外送員罷工")

    group.repository.set_timezone(group.home, "Europe/Berlin")
    await group.at(2026, 3, 2, 8)

    assert len(group.digests()) == 1


async def test_a_chat_that_is_gone_is_tried_once(group):
    """A closed door need not be knocked at for a week."""
    await group.ask("on")
    await group.keep("移工集結")
    group.platform.failing = [DeliveryFailed("thrown out", is_gone=True)]
    await group.at(*MONDAY)

    await group.run_job()

    assert group.digests() == []


# ── who gets what ────────────────────────────────────────────────────────────────────────────────


async def test_subscriptions_to_a_label_a_dimension_and_a_search(group):
    """Each place may have several, each at its time; one is about its own only."""
    number = await group.keep("移工集結")
    other = await group.keep("海岸開發")
    for each, path in ((number, LABOUR), (other, NATURE)):
        group.decide(each, path, LabelStatus.CONFIRMED)
    group.decide(number, NATURE, LabelStatus.REJECTED)
    assert "勞動" in await group.ask("subscribe label:勞動 friday 18:00")
    assert "文類" in await group.ask("訂閱 文類 星期五 18:00")
    await group.ask("on 海岸 週五 18點")

    shown = await group.ask()
    assert "1  移工盟 · 勞動 · 星期五 18:00" in shown
    assert "3  移工盟 · 海岸 · 星期五 18:00" in shown
    await group.at(2026, 3, 6, 10)

    about_labour, *_, about_coast = group.digests()
    assert "移工集結" in about_labour
    assert "海岸開發" not in about_labour
    assert "海岸開發" in about_coast
    assert "移工集結" not in about_coast


async def test_it_is_turned_off_one_by_one(group):
    """By its place in the list; without a number, all."""
    await group.ask("on")
    await group.ask("subscribe label:topic/labour")
    assert "沒有第 7 份" in await group.ask("off 7")

    assert "1 份週報" in await group.ask("off 1")
    assert "勞動" in await group.ask()
    await group.ask("關")

    assert "還沒有訂週報" in await group.ask()


async def test_only_editors_change_what_a_group_gets(group):
    """Others are told so; reading is for everybody."""
    assert "週報每" not in await group.ask("on", member=BO)
    assert "預覽" not in await group.ask("preview", member=BO)
    await group.keep("移工集結")
    assert "移工集結" in await group.ask("7d", member=BO)


async def test_in_private_a_member_has_their_own(group):
    """About the group they belong to, in their language; who leaves gets no more."""
    await group.keep("移工集結")
    private = {"is_private": True, "place": None}
    group.platform.where, where = ChatRef("fake", "bo"), GROUP
    await group.platform.write("/start", member=BO, **private)
    group.platform.where = where
    await group.keep("外送員罷工", by=BO)
    group.platform.where = ChatRef("fake", "bo")
    await group.platform.command("digest", "on", member=BO, **private)
    group.platform.where = where
    assert "移工盟" in group.platform.last.text

    await group.at(*MONDAY)
    assert len(group.digests(ChatRef("fake", "bo"))) == 1
    await group.keep("最低工資")
    group.platform.gone.add(BO)
    await group.at(*NEXT_MONDAY)

    assert len(group.digests(ChatRef("fake", "bo"))) == 1
    assert group.repository.subscriptions_by(BO) == []


async def test_what_is_no_day_or_time_is_explained(group):
    """With what was found and what to try."""
    assert "「mondy」不是星期幾" in await group.ask("on mondy 09:00")
    assert "「25:00」不是星期幾" in await group.ask("on monday 25:00")
    assert "「星期八」不是星期幾" in await group.ask("開 星期八 09:00")
    assert "我看不懂「天氣」" in await group.ask("天氣")
    assert "不在 1 到 366 天之間" in await group.ask("0d")
    assert "since" in await group.ask("on since:2026-03")
    assert "週報只看它自己的那幾天，「since:2026-03」" in await group.ask("on since:2026-03")
    assert "「since:2026-03」裡不能有 since: 或 until:" in await group.ask("7d since:2026-03")


# ── what it says ─────────────────────────────────────────────────────────────────────────────────


async def test_on_demand_moves_no_clock(group):
    """Whoever looks on Sunday gets Monday's all the same."""
    await group.ask("on")
    await group.keep("移工集結")

    assert "移工集結" in await group.ask("7d")
    await group.at(*MONDAY)

    assert len(group.digests()) == 1


async def test_editors_prefer_and_hold_and_see_it_before(group):
    """In the preview, by buttons; what is held does not come."""
    await group.ask("on")
    kept, held = await group.keep("舊聞"), await group.keep("謠言")
    await group.keep("移工集結")
    shown = await group.ask("preview")
    assert "2026年3月2日 09:00 會送出這些" in shown
    assert "謠言" in shown
    await group.platform.press(f"📌 #{kept}")
    await group.platform.press(f"不放 #{held}")

    shown = await group.ask("preview")
    assert f"排在前面：#{kept}" in shown
    assert f"不放：#{held}" in shown
    await group.at(*MONDAY)

    (digest,) = group.digests()
    assert "謠言" not in digest
    assert digest.index("舊聞") < digest.index("移工集結")


async def test_a_pick_is_taken_back(group):
    """With "off" behind the number; anything else is asked about."""
    number = await group.keep("移工集結")
    await group.ask(str(number), command="hold")
    assert "移工集結\n" not in await group.ask("7d")

    assert "看不懂" in await group.ask(f"{number} maybe", command="hold")
    await group.ask(f"{number} 關", command="hold")

    assert "移工集結" in await group.ask("7d")


async def test_a_story_is_told_once_with_one_sentence(group):
    """Copies are counted; last week's story is no news when another site prints it."""
    text = "移工團體今天在凱道集結，要求廢除條款。" * 3 + "勞動部回應，已經成立小組研議。" * 3
    for site in "ab":
        address = group.house.page(site, text, title="移工集結", site=site)
        await group.platform.write(address, is_addressed=True)
        await group.house.settle()

    shown = await group.ask("7d")
    assert shown.count("移工集結\n") == 1
    assert "另有 1 篇同樣的內容" in shown
    group.house.clock.forward(8 * DAY)
    address = group.house.page("c", text, title="移工集結", site="c")
    await group.platform.write(address, is_addressed=True)
    await group.house.settle()

    assert "移工集結" not in await group.ask("7d")


async def test_what_needs_discussion_is_told(group):
    """With the item, and that there is more."""
    number = await group.keep("移工集結")
    group.decide(number, LABOUR, LabelStatus.DISPUTED)

    shown = await group.ask("7d")

    assert "需要討論" in shown
    assert "「勞動」" in shown


async def test_as_files(group):
    """Markdown in which no title is markup, and Atom."""
    await group.keep("*移工* [集結](http://x)")

    shown = await group.ask("7d files")

    assert "附上 Markdown 和 Atom 檔" in shown
    _, reply = group.platform.whispers[-1]
    markdown, atom = reply.files
    assert r"\*移工\* \[集結\](http://x)" in markdown.data.decode()
    assert b"http://www.w3.org/2005/Atom" in atom.data
    assert "移工".encode() in atom.data
    assert b'<summary type="html"' in atom.data


async def test_all_of_it_in_english(group):
    """The same in the other language."""
    group.repository.set_language(group.home, "en")
    assert "No digest comes here" in await group.ask()
    assert "every Monday 09:00" in await group.ask("on")
    number = await group.keep("移工集結")
    group.decide(number, LABOUR, LabelStatus.CONFIRMED)

    shown = await group.ask("7d")

    assert "February 2026" in shown
    assert "labour: confirmed on 1" in shown
    assert "comes first" in await group.ask(str(number), command="keep")
    assert "is no day of the week" in await group.ask("on mondy")


# ── what goes with something else ────────────────────────────────────────────────────────────────


async def test_a_chat_that_joins_another_community_has_no_digests_of_the_old_one(group):
    """They are not for its eyes any more."""
    await group.ask("on")
    other = group.repository.community("other")

    group.repository.join_community(GROUP, other.id)

    assert group.repository.subscriptions() == []


async def test_a_member_takes_subscriptions_along_and_is_forgotten_with_them(group):
    """They are told in /mydata, and go with /forgetme."""
    where = ChatRef("fake", "bo")
    community = group.house.community()
    group.house.library.digests.subscribe(community, where, "label:topic/labour", member=BO)
    (told,) = group.house.library.people.about(BO)["digests"]
    assert told["about"] == "label:topic/labour"

    group.house.library.people.forget(BO)

    assert group.repository.subscriptions() == []


async def test_a_chat_that_moves_takes_its_digests_along(group):
    """And has none twice."""
    await group.ask("on")
    await group.keep("移工集結")
    await group.at(*MONDAY)
    new = ChatRef("fake", "super-group")

    group.repository.move_chat(GROUP, new)
    await group.run_job()

    (wanted,) = group.repository.subscriptions()
    assert wanted.where == new
    assert len(group.platform.keys) == len(set(group.platform.keys))


async def test_labels_that_moved_are_followed_or_told(group):
    """A subscription to a label that is no longer there says so instead of going silent."""
    community = group.house.community()
    now = group.house.clock.now()
    group.repository.subscribe(community.id, GROUP, "label:topic/gone", USUAL, member=None, at=now)

    await group.at(*MONDAY)

    assert "我看不懂「label:topic/gone」了" in group.platform.last.text
