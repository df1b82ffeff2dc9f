"""Members ask how consistently they label; editors are told once a week."""

from collections.abc import AsyncIterator

import pytest

from bot.chat import DeliveryFailed, Picture
from core.domain import (
    ChatRef,
    Customs,
    LabelPath,
    LabelStatus,
    MemberRef,
    PastedText,
    Role,
    Share,
    Vote,
)
from core.store.database import Database
from tests.conversations.rooms import House
from tests.fakes.chat import ANN, BO, CY, FakePlatform

LABOUR, NATURE = LabelPath("topic/labour"), LabelPath("topic/environment")
DAY = 86_400


class Group:
    """A group that votes, and Ann's private chat with the bot."""

    def __init__(self, database: Database) -> None:
        self.platform = FakePlatform(is_private=False, where=ChatRef("fake", "group"))
        self.house = House([self.platform], database)

    @property
    def repository(self):
        return self.house.library.repository

    @property
    def home(self) -> int:
        return self.house.community().id

    def vote(self, title: str, **said: str) -> int:
        """Members vote on a new item, as ann="+- " for the two labels in their order."""
        now = self.house.clock.now()
        given = PastedText(f"{title}。內容。", title=title)
        item, _ = self.repository.receive(
            self.home, given, share=Share(MemberRef("fake", "x"), now)
        )
        for name, signs in said.items():
            for path, sign in zip((LABOUR, NATURE), signs, strict=False):
                if sign in "+-":
                    vote = Vote(path, MemberRef("fake", name), sign == "+", "button", now)
                    self.repository.cast(item, vote)
        return item

    def disagree(self) -> int:
        """Two members take one label for the other; the last such item."""
        for number in range(6):
            self.vote(f"第{number}篇", ann="+-" if number % 2 else "-+", bo="+-")
        return self.vote("外送員受傷", ann="+-", bo="-+")

    async def ask(self, argument: str = "", *, member: MemberRef = ANN) -> str:
        """What a member alone is shown."""
        count = len(self.platform.whispered(member))
        await self.platform.command("agreement", argument, member=member)
        return "\n".join(self.platform.whispered(member)[count:])

    def wants(self, note: str, *, language: str = "zh-TW") -> None:
        """Let the community have a weekly note."""
        self.repository.set_customs(self.home, Customs(note=note))
        self.repository.set_language(self.home, language)

    def open_door(self, member: MemberRef) -> ChatRef:
        """A member speaks with the bot in private."""
        where = ChatRef("fake", member.id)
        community = self.repository.community(f"of-{member.id}")
        self.repository.add_chat(where, community.id, is_private=True)
        return where

    async def monday(self) -> None:
        """It is Monday, ten o'clock in Taipei, a few days later; the job runs."""
        now = self.house.clock.now()
        days = 7 - now.weekday()
        next_one = now.replace(hour=2, minute=0).timestamp() + days * DAY
        self.house.clock.forward(next_one - now.timestamp())
        await self.run_job()

    async def run_job(self) -> None:
        await self.house.dispatch.notes.send_due()

    def notes(self) -> list[tuple[str, str]]:
        """Every note that was sent: where, and its words."""
        return [
            (message.where.chat, reply.text)
            for message, reply in self.platform.messages.items()
            if "一致性" in reply.text or "consistency" in reply.text
        ]


@pytest.fixture
async def group() -> AsyncIterator[Group]:
    database = Database(None)
    group = Group(database)
    await group.house.open()
    yield group
    await group.house.close()
    database.close()


# ── asked ────────────────────────────────────────────────────────────────────────────────────────


async def test_before_anybody_voted_it_says_what_to_do(group):
    """Rather than show empty figures."""
    assert "還沒有票可以比" in await group.ask()
    assert "你還沒有投過票" in await group.ask("我")
    assert "還沒有人投票" in await group.ask("主題")


async def test_figures_come_with_words_a_picture_and_data(group):
    """And with what is disputed, and what the figures mean."""
    group.disagree()

    said = await group.ask()

    assert "主題" in said
    assert "α 0." in said or "α −" in said
    assert "說法相同" in said
    assert "勞動／環境" in said
    assert "#7〈外送員受傷〉" in said
    assert "0.8 以上可以信賴" in said
    _, reply = group.platform.whispers[-1]
    picture, data = reply.files
    assert isinstance(picture, Picture)
    assert picture.data.startswith(b"\x89PNG")
    assert "主題 α" in picture.alt
    assert "勞動／環境" in picture.alt
    assert data.name == "agreement.csv"
    assert "主題,全部," in data.data.decode("utf-8-sig")


async def test_labels_of_a_dimension(group):
    """By its name in any language, or by the button."""
    group.disagree()

    for asked in ("主題", "topic", "Topic"):
        said = await group.ask(asked)
        assert "「主題」標得一不一致" in said
        assert "勞動" in said
        assert "環境" in said
        assert "κ" in said


async def test_ones_own_figures_are_for_oneself(group):
    """Nobody else is named, and in a group nobody else sees them."""
    group.disagree()
    before = len(group.platform.messages)

    said = await group.ask("我", member=BO)

    assert "只有你看得到" in said
    assert "你投了 14 票" in said
    assert "bo" not in said.casefold()
    assert "ann" not in said.casefold()
    assert len(group.platform.messages) == before
    assert group.platform.whispered(ANN) == []


async def test_ones_own_figures_are_never_shown_to_a_group(group):
    """Somebody with a closed door is shown the way to it instead."""
    group.disagree()
    group.platform.closed.add(BO)

    await group.platform.command("agreement", "me", member=BO)

    assert "票" not in group.platform.last.text
    assert "私下" in group.platform.last.text


async def test_what_is_no_dimension_is_told_kindly(group):
    """With those that there are."""
    said = await group.ask("天氣")

    assert "沒有「天氣」這個面向" in said
    assert "主題、文類" in said


async def test_all_of_it_in_english(group):
    """The same in the other language."""
    group.disagree()
    group.wants("off", language="en")

    assert "taken for one another" in await group.ask()
    assert "How consistently we label: topic" in await group.ask("topic")
    assert "only you see this" in await group.ask("me")
    assert "no dimension" in await group.ask("weather")


async def test_the_note_is_for_editors(group):
    """Others are told so; an editor gets that of the last seven days."""
    group.disagree()
    assert "說法相同" not in await group.ask("提醒", member=BO)
    group.repository.appoint(group.home, ANN, Role.EDITOR)

    said = await group.ask("提醒")

    assert "一週的標註一致性" in said
    assert "這週有 28 票" in said
    assert "先討論" in said
    group.house.clock.forward(8 * DAY)
    assert "沒有人投票" in await group.ask("note")


async def test_a_sentence_comes_from_what_was_decided(group):
    """And says that it is put together, not ruled."""
    item = group.disagree()
    decided = {LABOUR: LabelStatus.CONFIRMED, NATURE: LabelStatus.REJECTED}
    group.repository.settle({item: decided}, position=group.house.taxonomy.position)
    group.repository.appoint(group.home, ANN, Role.EDITOR)

    said = await group.ask("note")

    assert "「環境」不包括主要在談「勞動」的文章，例如 #7〈外送員受傷〉。" in said
    assert "自動拼出來的" in said


# ── once a week ──────────────────────────────────────────────────────────────────────────────────


async def test_nobody_gets_a_note_who_did_not_ask_for_it(group):
    """It is off."""
    group.disagree()

    await group.monday()

    assert group.notes() == []


async def test_editors_get_it_in_private(group):
    """Those who have spoken with the bot; it says of which community it is."""
    group.disagree()
    group.wants("editors")
    group.repository.appoint(group.home, ANN, Role.EDITOR)
    group.repository.appoint(group.home, CY, Role.EDITOR)
    group.open_door(ANN)

    await group.monday()

    ((where, note),) = group.notes()
    assert where == "ann"
    assert "移工盟" in note
    assert "2026年2月23日" in note


async def test_it_comes_once(group):
    """However often the job runs, and whatever is restarted."""
    group.disagree()
    group.wants("chat")
    await group.monday()

    await group.run_job()
    await group.house.restart()
    await group.run_job()

    ((where, _),) = group.notes()
    assert where == "group"
    group.vote("下一週", ann="+", bo="-")
    await group.monday()
    assert len(group.notes()) == 2


async def test_what_was_missed_is_made_up_for(group):
    """Also in the middle of the week; but not when the week is over."""
    group.disagree()
    group.wants("chat")
    await group.house.close()
    group.house.clock.forward(3 * DAY)

    await group.house.restart()
    await group.run_job()

    assert len(group.notes()) == 1


async def test_it_waits_for_nine_oclock_of_the_community(group):
    """Monday begins elsewhere."""
    group.disagree()
    group.wants("chat")
    group.repository.set_timezone(group.home, "America/New_York")

    await group.monday()
    assert group.notes() == []
    group.house.clock.forward(12 * 3600)
    await group.run_job()

    assert len(group.notes()) == 1


async def test_a_quiet_week_has_none(group):
    """Nothing is better than "nothing"."""
    group.disagree()
    group.wants("chat")
    await group.monday()

    await group.monday()

    assert len(group.notes()) == 1


async def test_without_an_editor_to_reach_the_chat_gets_it(group):
    """Somebody should read it."""
    group.disagree()
    group.wants("editors")
    group.repository.appoint(group.home, ANN, Role.EDITOR)

    await group.monday()

    ((where, _),) = group.notes()
    assert where == "group"


async def test_who_got_it_does_not_get_it_again_when_another_failed(group):
    """A restart goes on where it stopped, place by place."""
    group.disagree()
    group.wants("editors")
    for member in (ANN, BO):
        group.repository.appoint(group.home, member, Role.EDITOR)
        group.open_door(member)
    group.platform.failing = [DeliveryFailed("busy", retry_after_s=3600.0)]
    await group.monday()
    assert len(group.notes()) == 1

    await group.house.restart()
    await group.run_job()
    await group.run_job()

    assert sorted(where for where, _ in group.notes()) == ["ann", "bo"]


async def test_a_closed_door_is_tried_once(group):
    """Then the chat gets it, so that somebody reads it."""
    group.disagree()
    group.wants("editors")
    group.repository.appoint(group.home, ANN, Role.EDITOR)
    group.open_door(ANN)
    group.platform.failing = [DeliveryFailed("blocked", is_gone=True)]

    await group.monday()
    await group.run_job()

    ((where, _),) = group.notes()
    assert where == "group"


async def test_the_setting_is_found_by_its_name(group):
    """In both languages, like all others."""
    group.platform.admins.add(ANN)

    await group.platform.command("settings", "一致性提醒 編輯")
    assert group.house.community().customs.note == "editors"
    await group.platform.command("settings", "note chat")
    assert group.house.community().customs.note == "chat"
