"""Members of a group disagree about a label, talk, and an editor writes down what came of it."""

from dataclasses import replace

import pytest

from bot.chat import DeliveryFailed, Reply, Wrote
from core.domain import Customs, LabelStatus, MessageRef, Role
from core.store.database import Database
from tests.conversations.rooms import House
from tests.fakes.chat import ANN, BO, CY, FakePlatform

MIGRANT = "topic/labour/migrant"


class Group(House):
    """A group with one platform, and Cy as its editor."""

    @property
    def platform(self) -> FakePlatform:
        return self.platforms[0]

    async def begin(self, language: str = "zh-TW") -> None:
        await self.open()
        self.id = self.community().id
        self.library.repository.set_language(self.id, language)
        await self.platform.command("status", member=CY)
        self.library.repository.appoint(self.id, CY, Role.EDITOR)

    async def share(self, name: str = "a", title: str = "移工遊行") -> MessageRef:
        """Let Ann hand an article in; its card."""
        page = self.page(name, title=title)
        before = set(self.platform.messages)
        await self.platform.write(page, is_addressed=True)
        await self.settle()
        (card,) = set(self.platform.messages) - before
        return card

    async def vote(self, argument: str, member=ANN) -> None:
        """Vote by typing; time goes by."""
        self.clock.forward(1)
        await self.platform.command("vote", argument, member=member)
        await self.settle()

    async def split(self, number: int = 1) -> None:
        """Let votes on the label split."""
        await self.vote(f"{number} 移工", ANN)
        await self.vote(f"{number} -移工", BO)

    async def press(self, label: str, member=CY) -> None:
        self.clock.forward(1)
        await self.platform.press(label, member=member)
        await self.settle()

    @property
    def held(self) -> list[MessageRef]:
        """The messages in threads."""
        return [each for each in self.platform.messages if each.where.thread]

    @property
    def discussion(self) -> Reply:
        """What the one discussion's message says now."""
        (message,) = self.held
        return self.platform.messages[message]

    def status(self, number: int = 1) -> LabelStatus | None:
        item = self.library.repository.item(self.id, number)
        return next((each.status for each in item.labels if each.path == MIGRANT), None)


def labels_of(reply: Reply) -> list[list[str]]:
    return [[button.label for button in row] for row in reply.buttons]


@pytest.fixture
async def make_group():
    opened: list[Group] = []

    async def make(language: str = "zh-TW", **said: object) -> Group:
        platform = FakePlatform(is_private=False, **said)
        group = Group([platform], Database(None))
        await group.begin(language)
        opened.append(group)
        return group

    yield make
    for each in opened:
        await each.close()
        each.database.close()


@pytest.fixture
async def group(make_group) -> Group:
    """A group that speaks Chinese."""
    return await make_group()


# ── beginning ────────────────────────────────────────────────────────────────────────────────────


async def test_votes_that_split_open_a_discussion_in_a_thread_of_the_card(group):
    """With the text, both readings and what the codebook says."""
    card = await group.share()

    await group.vote("1 移工", ANN)
    assert group.held == []
    await group.vote("1 -移工", BO)

    (thread,) = group.platform.threads
    assert thread.thread == f"thread-{card.id}"
    assert group.platform.threads[thread] == "#1 是「移工」嗎？移工遊行"
    said = group.discussion.text
    assert said.startswith("🤔 大家看法不一：這篇算「移工」嗎？\n#1  移工遊行")
    assert "移工團體今天在凱道集結" in said
    assert "勞動 › 移工\n  跨國工作的人。" in said
    assert "覺得算的 1 人，覺得不算的 1 人。" in said
    assert "Ann" not in said
    assert "Bo" not in said
    assert labels_of(group.discussion) == [["✓ 算", "✗ 不算", "先放著"]]


async def test_a_thoughtful_face_opens_one_too(group):
    """About the label of which least is sure; once, however many ask."""
    card = await group.share()

    for member in (ANN, BO):
        await group.platform.react(card, added="🤔", member=member)
        await group.settle()

    assert group.discussion.text.startswith("🤔 有人想討論：這篇算「移工」嗎？")
    assert "2 人想討論" in group.discussion.text


async def test_a_further_vote_opens_no_second_one(group):
    """The counts in the first one follow."""
    await group.share()
    await group.split()

    for member in (CY, BO):
        await group.vote("1 移工", member)
    await group.vote("1 -移工", BO)
    await group.vote("1 -移工", CY)

    assert len(group.held) == 1


async def test_where_no_thread_may_be_opened_the_card_is_answered(make_group):
    """A platform that refuses, or knows no threads."""
    group = await make_group(refuses_threads=True)
    card = await group.share()

    await group.split()

    message = list(group.platform.messages)[-1]
    assert group.platform.last.text.startswith("🤔 大家看法不一")
    assert message.where == card.where
    assert group.platform.answered[message] == card


async def test_a_thread_that_may_not_be_written_in_is_left(group):
    """The card is answered in the channel instead."""
    card = await group.share()
    await group.vote("1 移工", ANN)
    send = group.platform.send

    async def refuse(where, reply, **more):
        if where.thread:
            raise DeliveryFailed("no right", is_gone=True)
        return await send(where, reply, **more)

    group.platform.send = refuse
    await group.vote("1 -移工", BO)

    assert group.platform.answered[list(group.platform.messages)[-1]] == card


async def test_only_so_many_are_open_at_a_time(group):
    """The others wait their turn, oldest first; one that ends makes room."""
    group.library.repository.set_customs(group.id, Customs(discussions=1))
    for number, name in enumerate("ab", start=1):
        await group.share(name, title=f"第{number}篇")
        await group.split(number)
    assert [each.where.thread for each in group.held] == [group.held[0].where.thread]

    await group.press("先放著")

    assert ["第1篇" in group.platform.messages[each].text for each in group.held] == [True, False]
    assert labels_of(group.platform.messages[group.held[0]]) == []


async def test_a_community_may_want_none(group):
    """Votes still split."""
    await group.platform.command("settings", "討論 off", member=CY)
    group.library.repository.appoint(group.id, CY, Role.ADMIN)
    await group.platform.command("settings", "討論 off", member=CY)
    await group.share()

    await group.split()

    assert group.held == []
    assert group.status() is LabelStatus.DISPUTED


async def test_labels_that_an_import_put_beside_each_other_are_nobodys_dispute(group):
    """Nobody has spoken yet."""
    await group.share()

    assert group.library.repository.live_discussions(group.id) == []


# ── ending ───────────────────────────────────────────────────────────────────────────────────────


async def test_a_discussion_ends_by_itself_when_votes_decide(group):
    """Its message says so, and has no buttons any more."""
    await group.share()
    await group.split()

    await group.vote("1 移工", CY)

    assert "已經有結果了：算「移工」。" in group.discussion.text
    assert labels_of(group.discussion) == []
    assert group.library.repository.live_discussions(group.id) == []


async def test_it_begins_anew_only_for_newer_votes(group):
    """Left open by an editor, it rests until somebody speaks again."""
    card = await group.share()
    await group.split()
    await group.press("先放著")
    assert "先放著" in group.discussion.text

    group.clock.forward(1)
    await group.platform.react(card, added="👍", member=ANN)
    await group.settle()
    assert len(group.held) == 1
    await group.vote("1 -移工", BO)  # taken back
    await group.vote("1 -移工", BO)

    assert len(group.held) == 2
    assert group.held[0].where == group.held[1].where


async def test_only_editors_decide(group):
    """A member is told so."""
    await group.share()
    await group.split()

    await group.press("✗ 不算", member=ANN)

    assert group.platform.whispered(ANN)[-1].startswith("你在這裡沒有這個權限。")
    assert group.status() is LabelStatus.DISPUTED


async def test_an_editor_decides_and_accepts_the_bots_sentence(group):
    """The ruling stands beside the votes; the sentence is shown before it is written down."""
    await group.share()
    await group.split()

    await group.press("✗ 不算")
    assert group.status() is LabelStatus.REJECTED
    assert len(group.library.repository.votes(1)) == 2
    assert "編輯決定：不算「移工」。" in group.discussion.text
    assert "1  難判斷時：「移工遊行」這樣的內容不算「移工」" in group.discussion.text
    assert labels_of(group.discussion) == [["✓ 1"], ["改寫", "都不用"]]

    await group.press("✓ 1")
    assert "要寫進「移工」的說明" in group.platform.whispered(CY)[-1]
    assert "社群已經決定的 1 篇都維持原樣" in group.platform.whispered(CY)[-1]
    await group.press("寫進去")

    assert "已寫進「移工」的說明（第 2 版）：" in group.discussion.text
    assert labels_of(group.discussion) == []
    await group.platform.command("label", "移工", member=BO)
    assert "難判斷時  「移工遊行」這樣的內容不算「移工」" in group.platform.whispered(BO)[-1]
    library = group.library
    taxonomy = library.codebooks.taxonomy(group.community())
    version, _ = library.codebooks.history(group.community(), taxonomy.label(MIGRANT))[0]
    assert (version.number, version.by, version.note) == (2, CY, "#1")
    assert version.at == group.clock.now()
    assert taxonomy.label(MIGRANT).edge_cases["en"] == (
        "Something like “移工遊行” does not count as “migrant workers”",
    )


async def test_a_ruling_by_command_decides_the_discussion_too(group):
    """Its reason becomes that of the bot's sentence."""
    await group.share()
    await group.split()

    group.clock.forward(1)
    await group.platform.command("rule", "1 移工 不對 因為只是順帶提到。", member=CY)
    await group.settle()

    assert "編輯決定：不算「移工」。" in group.discussion.text
    assert (
        "1  難判斷時：「移工遊行」這樣的內容不算「移工」，因為只是順帶提到" in group.discussion.text
    )


async def test_a_sentence_that_is_there_already_is_told(group):
    """Two discussions may come to the same words."""
    for number in (1, 2):
        await group.share(f"p{number}", title="移工遊行")
        await group.split(number)
        await group.press("✗ 不算")
        await group.press("✓ 1")
        if number == 1:
            await group.press("寫進去")

    assert group.platform.whispered(CY)[-1].startswith("說明裡已經有這一句了。")


async def test_a_discussion_goes_on_after_a_restart(group):
    """Wherever it was when the program stopped."""
    await group.share()
    await group.split()
    await group.restart()

    await group.press("✓ 算")
    await group.restart()
    await group.press("✓ 1")
    await group.restart()
    await group.press("寫進去")

    assert group.status() is LabelStatus.CONFIRMED
    assert "已寫進「移工」的說明" in group.discussion.text


async def test_one_that_could_not_be_opened_is_opened_by_the_next_run(group):
    """It was written down with the vote."""
    await group.share()
    await group.vote("1 移工", ANN)
    send = group.platform.send

    async def fail(where, reply, **more):
        raise DeliveryFailed("the wire broke")

    group.platform.send = fail
    await group.vote("1 -移工", BO)
    assert group.held == []

    group.platform.send = send
    await group.restart()

    assert group.discussion.text.startswith("🤔 大家看法不一")


async def test_an_editor_may_want_no_sentence(group):
    """The decision stands."""
    await group.share()
    await group.split()
    await group.press("✓ 算")

    await group.press("都不用")

    assert "編輯決定：算「移工」。" in group.discussion.text
    assert labels_of(group.discussion) == []


# ── sentences of members ─────────────────────────────────────────────────────────────────────────


async def answer(group: Group, text: str, member=BO) -> Wrote:
    """Answer the discussion's message, as on a platform that hands the answered message along."""
    (message,) = group.held
    event = group.platform.wrote(
        text,
        member=member,
        is_addressed=True,
        about=Wrote(message=message, member=ANN, text="…"),
    )
    event = replace(event, message=MessageRef(message.where, event.message.id))
    await group.platform.deliver(event)
    await group.settle()
    return event


async def test_a_member_suggests_a_sentence_by_answering(group):
    """With a word in front that says where it belongs; talk is nobody's business."""
    await group.share()
    await group.split()

    await answer(group, "我覺得重點是遊行，不是移工的處境")
    assert group.library.repository.sentences(1) == []
    await answer(group, "不算：只提到移工、重點在別處的報導")

    assert "＋  不包括：只提到移工、重點在別處的報導" in group.discussion.text
    assert group.library.repository.count(group.id) == 1
    await group.press("✗ 不算")
    assert "2  不包括：只提到移工、重點在別處的報導" in group.discussion.text
    await group.press("✓ 2")
    await group.press("寫進去")
    assert "只提到移工、重點在別處的報導" in group.discussion.text.splitlines()[-1]


async def test_once_it_is_decided_any_answer_is_a_sentence(group):
    """So an editor words it otherwise."""
    await group.share()
    await group.split()
    await group.press("✗ 不算")

    await group.press("改寫")
    assert "回覆討論的訊息" in group.platform.whispered(CY)[-1]
    await answer(group, "遊行報導要看訴求是不是移工", member=CY)

    assert "2  難判斷時：遊行報導要看訴求是不是移工" in group.discussion.text


async def test_a_command_suggests_by_number(group):
    """From wherever the member is."""
    await group.share()
    await group.split()

    await group.platform.command("提議", "1 包括：移工的休假", member=BO)

    assert group.platform.whispered(BO)[-1] == (
        "記下了，編輯決定後可以選它寫進「移工」的說明：移工的休假"
    )


@pytest.mark.parametrize(
    ("argument", "answer"),
    [
        ("", "寫法：/suggest"),
        ("9 沒有這篇", "#9 現在沒有標籤在討論"),
        ("移工的休假", "現在沒有標籤在討論，所以沒有地方放"),
    ],
)
async def test_what_cannot_be_suggested_is_told(group, argument, answer):
    """Nothing is under discussion."""
    await group.share()

    await group.platform.command("suggest", argument, member=BO)

    assert answer in group.platform.whispered(BO)[-1]


async def test_a_sentence_must_be_short(group):
    """A codebook is read before every decision."""
    await group.share()
    await group.split()

    await group.platform.command("suggest", "1 " + "長" * 201, member=BO)

    assert "201 個字" in group.platform.whispered(BO)[-1]


async def test_a_link_in_the_thread_is_kept_as_anywhere(group):
    """By the chat's custom."""
    await group.share()
    await group.split()
    page = group.page("b", "環境教育。" * 9, title="河川")

    await answer(group, f"看這篇 {page}")

    assert group.library.repository.count(group.id) == 2


# ── looking, removing, forgetting ────────────────────────────────────────────────────────────────


async def test_what_is_discussed_is_listed(group):
    """With where it stands, and what waits."""
    group.library.repository.set_customs(group.id, Customs(discussions=1))
    for number, name in enumerate("ab", start=1):
        await group.share(name, title=f"第{number}篇")
        await group.split(number)

    await group.platform.command("discussions", member=ANN)

    (_, listed) = group.platform.whispers[-1]
    assert "還在討論的標籤：2 個" in listed.text
    assert "#1  算「移工」嗎？  算 1，不算 1" in listed.text
    assert "#2  算「移工」嗎？  排隊中" in listed.text
    links = [span.link for each in listed.lines for span in each.spans if span.link]
    assert links == [f"https://chat.example/{group.held[0].where.thread}/{group.held[0].id}"]


async def test_a_long_list_has_pages(group):
    """By /more."""
    for number in range(1, 11):
        await group.share(f"p{number}", title=f"第{number}篇")
        await group.split(number)
    await group.platform.command("discussions", member=ANN)
    assert "第9篇" not in group.platform.whispered(ANN)[-1]

    await group.platform.command("more", member=ANN)

    assert "第9篇" in group.platform.whispered(ANN)[-1]


async def test_one_item_is_looked_at_by_number(group):
    """With the buttons of an editor, wherever the message went."""
    await group.share()
    await group.split()

    await group.platform.command("討論", "1", member=CY)

    assert labels_of(group.platform.whispers[-1][1]) == [["✓ 算", "✗ 不算", "先放著"]]


async def test_an_item_that_is_removed_takes_its_discussion_along(group):
    """The message says so; its buttons lead nowhere."""
    await group.share()
    await group.split()
    (message,) = group.held
    does = group.discussion.buttons[0][0].does

    await group.platform.command("remove", "1 yes", member=CY)
    await group.settle()

    assert group.discussion.text == "這篇移除了，討論就到這裡。"
    assert group.library.repository.live_discussions(group.id) == []
    await group.platform.press_on(message, does, member=CY)
    assert "這個討論已經有結果了" in group.platform.whispered(CY)[-1]


async def test_who_is_forgotten_leaves_no_sentence(group):
    """Their own words go; the discussion goes on."""
    await group.share()
    await group.split()
    await answer(group, "不算：只提到移工的報導")

    await group.platform.command("forgetme", "yes", member=BO)
    await group.settle()

    assert group.library.repository.sentences(1) == []
    assert "只提到移工" not in group.discussion.text
    assert "覺得不算的 1 人" in group.discussion.text


async def test_a_group_speaks_english(make_group):
    """From the first word to the last."""
    group = await make_group("en")
    await group.share(title="Workers march")
    await group.vote("1 migrant workers", ANN)
    await group.vote("1 -migrant workers", BO)
    assert group.discussion.text.startswith(
        "🤔 Opinions differ: is this “migrant workers”?\n#1  Workers march"
    )
    assert "1 say yes, 1 say no." in group.discussion.text

    await group.press("✗ no")
    assert (
        "1  when in doubt: Something like “Workers march” does not count as “migrant workers”"
        in group.discussion.text
    )
    await group.press("✓ 1")
    assert (
        "This would be written into the entry of “migrant workers”:"
        in (group.platform.whispered(CY)[-1])
    )
    await group.press("write it down")

    assert "Written into the entry of “migrant workers” (version 2):" in group.discussion.text
