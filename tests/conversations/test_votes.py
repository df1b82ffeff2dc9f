"""Members of a group vote on labels: by buttons, by reactions, and typed."""

from dataclasses import dataclass, field

import pytest

from bot.chat import Capabilities, Reply
from bot.dispatch import Dispatch
from bot.features import FEATURES
from bot.render.votes import key_of
from core.domain import ChatRef, Customs, Item, LabelStatus, MemberRef, MessageRef
from core.store.database import Database
from core.taxonomy import parse
from tests.conversations.rooms import ARTICLE
from tests.fakes.chat import ANN, BO, CY, WITH_BUTTONS, FakePlatform
from tests.fakes.codebook import TAXONOMY
from tests.fakes.library import make_library
from tests.fakes.reader import FakeReader
from tests.fakes.sources import HandClock

TWO_FORMS = (
    TAXONOMY
    + """
  [[dimension.label]]
  id = "report"
  name = { zh-TW = "報導", en = "a report" }
  definition = { zh-TW = "記者寫的。", en = "Written by a journalist." }
"""
)
MIGRANT = "topic/labour/migrant"
STATEMENT, REPORT = "form/statement", "form/report"
DEE = MemberRef("other", "dee")


@dataclass
class Group:
    """A group that votes, and the bot in it.

    Attributes:
        platform: as its members use it.
        other: another platform, for a second group.
        database, reader: what the bot keeps, and finds on the net.
    """

    platform: FakePlatform
    other: FakePlatform
    database: Database
    reader: FakeReader = field(default_factory=FakeReader)

    def __post_init__(self) -> None:
        self.library = make_library(self.database, self.reader, parse(TWO_FORMS), HandClock())

    async def begin(self) -> None:
        """Start the bot, also once more after it was stopped."""
        platforms = [self.platform, self.other]
        self.dispatch = Dispatch(self.library, FEATURES, platforms, sleep=_at_once)
        for platform in platforms:
            if not self.platform.is_private:  # groups have heard of the bot
                self.library.membership.of(
                    platform.where, is_private=False, title=None, locale=None, member=None
                )
            await platform.start(self.dispatch)

    async def share(self, *, member: MemberRef = ANN, title: str = "移工遊行") -> MessageRef:
        """Let a member hand an article in; its card."""
        page = self.reader.page("https://news.example/a", ARTICLE, title=title, site="公視")
        await self.platform.write(page, member=member, is_addressed=True)
        await self.dispatch.settled()
        return list(self.platform.messages)[-1]

    async def customs(self, **said: object) -> None:
        """Let things be done otherwise from now on; somebody has spoken before."""
        await self.platform.command("status")
        community = self.library.repository.communities()[0].id
        self.library.repository.set_customs(community, Customs(**said))
        self.platform.whispers.clear()

    async def press(self, label: str, *, member: MemberRef = ANN) -> None:
        """Press a button, and wait until every card says what is so."""
        await self.platform.press(label, member=member)
        await self.dispatch.settled()

    async def react(self, message: MessageRef, *, member: MemberRef = ANN, **signs: object) -> None:
        """Put signs on a message or take them back, and wait."""
        await self.platform.react(message, member=member, **signs)
        await self.dispatch.settled()

    async def type(self, argument: str, *, member: MemberRef = ANN) -> None:
        """Give the command by name, and wait."""
        await self.platform.command("vote", argument, member=member)
        await self.dispatch.settled()

    @property
    def item(self) -> Item:
        """The item, as it is now."""
        return self.library.repository.item(1, 1)

    def status(self, path: str) -> LabelStatus | None:
        """What a label of the item is."""
        return next((each.status for each in self.item.labels if each.path == path), None)

    def buttons(self, message: MessageRef) -> list[list[str]]:
        """What stands on the buttons under a message."""
        return labels_of(self.platform.messages[message])


def labels_of(reply: Reply) -> list[list[str]]:
    return [[button.label for button in row] for row in reply.buttons]


async def _at_once(_: float) -> None:
    pass


@pytest.fixture
async def make_group():
    """Open groups."""
    opened: list[Group] = []

    async def make(capabilities: Capabilities = WITH_BUTTONS, *, is_private: bool = False) -> Group:
        platform = FakePlatform(capabilities=capabilities, is_private=is_private)
        other = FakePlatform(name="other", where=ChatRef("other", "1"), is_private=False)
        group = Group(platform, other, Database(None))
        await group.begin()
        opened.append(group)
        return group

    yield make
    for each in opened:
        await each.dispatch.stop()
        each.database.close()


@pytest.fixture
async def group(make_group) -> Group:
    """A group that speaks Chinese."""
    return await make_group()


# ── buttons under the card ───────────────────────────────────────────────────────────────────────


async def test_a_card_has_a_button_for_each_label_and_for_anything_else(group):
    """Only the narrowest: they stand for what is above them."""
    card = await group.share()

    assert "主題  勞動 › 移工 90%?" in group.platform.messages[card].text
    assert group.buttons(card) == [
        ["✓ 移工"],
        ["👎 不對", "＋ 標籤", "都不合適"],
        ["為什麼", "類似", "移除"],
    ]


async def test_two_members_make_a_decision(group):
    """Each is told what was recorded and what is missing; the card says what was decided."""
    card = await group.share()

    await group.press("✓ 移工")
    await group.press("✓ 移工", member=BO)

    assert group.platform.whispered(ANN) == ["記下了：✓ 勞動 › 移工（1 票，還差 1 票）"]
    assert group.platform.whispered(BO) == ["記下了：✓ 勞動 › 移工（2 票，大家確認了）"]
    assert group.status(MIGRANT) is LabelStatus.CONFIRMED
    assert "勞動 › 移工 ✓" in group.platform.messages[card].text
    assert group.buttons(card)[0] == ["✓ 移工 2"]


async def test_choosing_a_child_confirms_what_is_above_it(group):
    """Who says migrant workers, says labour."""
    await group.share()

    await group.press("✓ 移工")
    await group.press("✓ 移工", member=BO)

    assert group.status("topic/labour") is LabelStatus.CONFIRMED


async def test_the_same_button_again_takes_the_voice_back(group):
    """Nothing is left of it."""
    card = await group.share()

    await group.press("✓ 移工")
    await group.press("✓ 移工")

    assert group.platform.whispered(ANN)[-1] == "收回了：勞動 › 移工（還差 2 票）"
    assert group.buttons(card)[0] == ["✓ 移工"]


async def test_every_card_of_an_item_is_edited(group):
    """Also one that another member got when they sent it again."""
    first = await group.share()
    second = await group.share(member=BO)

    await group.press("✓ 移工")
    await group.press("✓ 移工", member=BO)

    assert second != first
    for card in (first, second):
        assert "勞動 › 移工 ✓" in group.platform.messages[card].text


async def test_votes_from_two_platforms_count_together(group):
    """A second group, elsewhere, belongs to the same community."""
    card = await group.share()
    await group.other.command("status", member=DEE)
    code = group.library.membership.code_for(1)
    group.library.membership.link(group.other.where, code)

    await group.press("✓ 移工")
    does = f"in:1 vote 1 y {key_of(MIGRANT)}"
    await group.other.press_on(MessageRef(group.other.where, "77"), does, member=DEE)
    await group.dispatch.settled()

    assert group.status(MIGRANT) is LabelStatus.CONFIRMED
    assert "勞動 › 移工 ✓" in group.platform.messages[card].text


async def test_a_card_from_before_a_restart_still_works(group):
    """Its buttons say all they mean."""
    card = await group.share()
    await group.dispatch.stop()
    await group.begin()

    await group.press("✓ 移工")
    await group.press("✓ 移工", member=BO)

    assert "勞動 › 移工 ✓" in group.platform.messages[card].text


async def test_a_button_of_something_removed_says_so_kindly(group):
    """Instead of failing."""
    card = await group.share()
    group.library.ingest.remove(group.library.repository.community_by_id(1), 1)

    await group.platform.press_on(card, f"in:1 vote 1 y {key_of(MIGRANT)}", member=BO)

    assert group.platform.whispered(BO) == ["沒有編號 1 的文章。/recent 可以看到編號。"]


async def test_a_key_of_no_label_is_told(group):
    """A label that the community has no more."""
    card = await group.share()

    await group.platform.press_on(card, "in:1 vote 1 y 00000000")

    assert "不是這裡的標籤" in group.platform.whispered(ANN)[0]


async def test_none_fits(group):
    """When enough say so, what was only suggested goes."""
    card = await group.share()

    await group.press("都不合適")
    await group.press("都不合適", member=BO)

    assert group.platform.whispered(ANN) == ["記下了：都不合適（1 票，還差 1 票）"]
    assert group.platform.whispered(BO) == ["記下了：都不合適（2 票，大家確認了）"]
    assert "沒有合適的標籤" in group.platform.messages[card].text
    assert "2 人覺得都不合適" in group.platform.messages[card].text


async def test_voices_of_who_handed_it_in_may_not_count(group):
    """The community decided so; the member is told why nothing moves."""
    await group.customs(counts_own=False)
    await group.share()

    await group.press("✓ 移工")

    assert group.platform.whispered(ANN) == [
        "記下了：✓ 勞動 › 移工（這是你分享的，這裡不計分享者自己的票）"
    ]


# ── all choices ──────────────────────────────────────────────────────────────────────────────────


async def test_wrong_opens_all_choices_in_the_card(group):
    """For and against each label, and back again."""
    card = await group.share()

    await group.press("👎 不對")

    assert group.buttons(card) == [
        ["✓ 勞動", "✗ 勞動"],
        ["✓ 移工", "✗ 移工"],
        ["＋ 標籤", "都不合適", "🤔 討論", "‹ 返回"],
    ]
    await group.press("‹ 返回")
    assert group.buttons(card)[0] == ["✓ 移工"]


async def test_choices_stay_open_while_somebody_goes_through_them(group):
    """Each press shows in them at once."""
    card = await group.share()
    await group.press("👎 不對")

    await group.press("✗ 移工")
    await group.press("✓ 勞動")

    assert group.buttons(card)[:2] == [["✓ 勞動 1", "✗ 勞動"], ["✓ 移工", "✗ 移工 1"]]


async def test_a_label_that_people_reject_is_gone(group):
    """What is above it stays."""
    card = await group.share()
    await group.press("👎 不對")

    await group.press("✗ 移工")
    await group.press("✗ 移工", member=BO)
    await group.press("‹ 返回")

    assert group.platform.whispered(BO) == ["記下了：✗ 勞動 › 移工（2 票，大家覺得不合適）"]
    assert "移工 90" not in group.platform.messages[card].text
    assert group.buttons(card)[0] == ["✓ 勞動"]


async def test_a_rejected_label_can_be_voted_back(group):
    """It is still among the choices."""
    await group.share()
    for member in (ANN, BO):
        await group.type("1 -移工", member=member)

    await group.press("👎 不對", member=CY)

    assert ["✓ 移工", "✗ 移工 2"] in labels_of(group.platform.last)


async def test_asking_for_a_discussion(group):
    """One voice is enough to hold the labels open; again takes it back."""
    card = await group.share()
    await group.press("👎 不對")

    await group.press("🤔 討論")
    assert group.status(MIGRANT) is LabelStatus.DISPUTED
    assert "1 人想討論" in group.platform.messages[card].text
    await group.press("🤔 討論")

    assert group.status(MIGRANT) is LabelStatus.SUGGESTED
    assert group.platform.whispered(ANN) == ["記下了：想討論這一篇", "收回了：不討論這一篇"]


async def test_where_rows_are_few_choices_have_pages(make_group):
    """They turn in the message in which they are."""
    few = Capabilities(button_bytes=64, buttons=10, row=5, edits=True, forwards=True)
    chat = await make_group(few, is_private=True)
    await chat.share()
    await chat.type("1 環境")
    await chat.type("1")
    opened = list(chat.platform.messages)[-1]

    assert chat.buttons(opened)[0] == ["✓ 勞動", "✗ 勞動", "✓ 移工", "✗ 移工"]
    await chat.press("其他 ›")
    assert chat.buttons(opened)[0] == ["✓ 環境 1", "✗ 環境"]
    await chat.press("✗ 環境")
    assert chat.buttons(opened)[0] == ["✓ 環境", "✗ 環境 1"]
    await chat.press("其他 ›")

    assert chat.buttons(opened)[0] == ["✓ 勞動", "✗ 勞動", "✓ 移工", "✗ 移工"]


async def test_choices_that_were_opened_for_one_member_become_a_card(make_group):
    """It follows what is voted elsewhere from then on."""
    chat = await make_group(is_private=True)
    await chat.share()
    await chat.type("1")
    opened = list(chat.platform.messages)[-1]

    await chat.press("‹ 返回")
    await chat.type("1 移工")

    assert chat.buttons(opened)[0] == ["✓ 移工 1"]


# ── adding a label ───────────────────────────────────────────────────────────────────────────────


async def test_a_label_is_found_in_the_tree(make_group):
    """Dimension, label, child; what was picked stands in the message that it was picked in."""
    chat = await make_group(is_private=True)
    card = await chat.share()
    await chat.press("＋ 標籤")
    picker = list(chat.platform.messages)[-1]

    assert chat.buttons(picker) == [["主題 ›", "文類 ›"]]
    await chat.press("主題 ›")
    assert chat.buttons(picker) == [["勞動 ›", "環境"], ["‹ 返回"]]
    await chat.press("勞動 ›")
    assert chat.buttons(picker) == [["✓ 就選「勞動」"], ["移工"], ["‹ 返回"]]
    await chat.press("‹ 返回")
    await chat.press("環境")

    assert chat.platform.messages[picker].text == "記下了：✓ 環境（1 票，大家確認了）"
    assert chat.status("topic/environment") is LabelStatus.CONFIRMED
    assert "環境 ✓" in chat.platform.messages[card].text
    assert chat.buttons(card)[0] == ["✓ 移工", "✓ 環境 1"]


async def test_in_a_group_only_the_member_sees_the_tree(group):
    """The group is not made to watch."""
    card = await group.share()
    before = list(group.platform.messages.values())

    await group.press("＋ 標籤", member=BO)

    assert list(group.platform.messages.values()) == before
    assert group.platform.whispered(BO)[0].startswith("要加哪一種標籤？\n#1  移工遊行")
    await group.platform.press_on(card, f"in:1 choose 1 {key_of('topic/environment')}", member=BO)
    assert group.platform.whispered(BO)[-1] == "記下了：✓ 環境（1 票，還差 1 票）"


async def test_a_label_that_members_add_is_on_the_card(group):
    """Once there are enough of them."""
    card = await group.share()

    await group.type("1 環境")
    await group.type("1 the environment", member=BO)

    assert group.status("topic/environment") is LabelStatus.CONFIRMED
    assert "環境 ✓" in group.platform.messages[card].text


@pytest.mark.parametrize("words", ["外籍移工", "Migrant workers", "外籍移工 "])
async def test_a_label_is_added_by_any_of_its_names(group, words):
    """An alias will do."""
    await group.share()

    await group.platform.command("add", f"1 {words}")

    assert group.platform.whispered(ANN) == ["記下了：✓ 勞動 › 移工（1 票，還差 1 票）"]


async def test_words_that_name_no_label_are_answered_with_near_ones(group):
    """As buttons, with their way through the tree."""
    await group.share()

    await group.type("1 外籍")

    (_, offered) = group.platform.whispers[-1]
    assert offered.lines[0].text == "「外籍」可能是這些標籤，你要哪一個？"
    assert labels_of(offered) == [["勞動 › 移工"], ["從標籤表找"]]


async def test_a_dimension_of_one_choice_has_one_winner(group):
    """The one with more voices; the other one goes."""
    card = await group.share()

    for member in (ANN, BO):
        await group.type("1 聲明", member=member)
    for member in (ANN, BO, CY):
        await group.type("1 報導", member=member)

    assert group.status(REPORT) is LabelStatus.CONFIRMED
    assert group.status(STATEMENT) is LabelStatus.REJECTED
    assert "文類  報導 ✓" in group.platform.messages[card].text


# ── reactions ────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("sign", ["👍", "👍🏽"])
async def test_thumbs_up_says_that_the_labels_are_right(group, sign):
    """Silently: the card is the answer."""
    card = await group.share()

    await group.platform.react(card, member=ANN, added=["👍"])
    await group.platform.react(card, member=BO, added=[sign])
    await group.dispatch.settled()

    assert "勞動 › 移工 ✓" in group.platform.messages[card].text
    assert group.platform.whispers == []


async def test_a_reaction_that_is_taken_back_withdraws_its_voices(group):
    """Those of buttons stay, and so does a wish to discuss."""
    card = await group.share()
    await group.type("1 環境", member=BO)
    await group.react(card, added="👍🤔", member=BO)

    await group.react(card, removed="👍", member=BO)

    left = {(vote.path, vote.by) for vote in group.library.repository.votes(group.item.id)}
    assert left == {("topic/environment", "button"), ("?", "reaction")}


async def test_a_reaction_on_the_members_own_message_counts_too(group):
    """It brought the item."""
    await group.share()
    own = next(message for message, _ in group.platform.marks)

    await group.react(own, added="👍")

    assert group.buttons(list(group.platform.messages)[-1])[0] == ["✓ 移工 1"]


async def test_thumbs_down_opens_the_choices_and_closes_them_when_taken_back(group):
    """Also from the member's own message, in the card of this chat."""
    card = await group.share()
    own = next(message for message, _ in group.platform.marks)

    await group.react(own, added="👎")
    assert group.buttons(card)[1] == ["✓ 移工", "✗ 移工"]
    await group.react(own, removed="👎")

    assert group.buttons(card)[0] == ["✓ 移工"]


async def test_one_sign_may_take_the_place_of_another(group):
    """Telegram tells both in one breath: the voice goes, the choices open and stay open."""
    card = await group.share()
    await group.react(card, added="👍")

    await group.react(card, removed="👍", added="👎")

    assert group.buttons(card)[1] == ["✓ 移工", "✗ 移工"]


async def test_where_there_is_no_card_the_choices_are_for_the_member_alone(group):
    """A community that wants no cards is not shown one by somebody's thumb."""
    await group.customs(reply="silent")
    page = group.reader.page("https://news.example/a", ARTICLE, title="移工遊行")
    said = await group.platform.write(page, is_addressed=True)
    await group.dispatch.settled()

    await group.react(said.message, added="👎", member=BO)

    assert group.platform.messages == {}
    assert ["✓ 移工", "✗ 移工"] in labels_of(group.platform.whispers[-1][1])


async def test_a_card_of_several_items_is_left_alone(group):
    """Nobody can know which one is meant."""
    card = await group.share()
    page = group.reader.page("https://news.example/b", "環境教育。" * 9, title="河川")
    await group.platform.write(page, is_addressed=True)
    await group.dispatch.settled()
    second = group.library.repository.item(1, 2)
    now = group.library.clock.now()
    group.library.repository.card_sent(None, second.id, card, at=now)

    await group.react(card, added="👍")

    assert group.library.repository.votes(group.item.id) == []


async def test_a_thoughtful_face_asks_for_a_discussion(group):
    """Taking it back ends that."""
    card = await group.share()

    await group.react(card, added="🤔")
    assert "移工 討論中" in group.platform.messages[card].text
    await group.react(card, removed="🤔")

    assert "移工 90%?" in group.platform.messages[card].text


async def test_other_signs_mean_nothing(group):
    """People laugh, too."""
    card = await group.share()
    before = group.platform.messages[card]

    await group.react(card, added="🎉")

    assert group.platform.messages[card] == before


@pytest.mark.parametrize("sign", ["📌", "✍"])
async def test_a_sign_has_a_message_kept_where_that_is_the_custom(group, sign):
    """Whoever marks it hands it in."""
    await group.customs(intake="reaction")
    page = group.reader.page("https://news.example/b", ARTICLE, title="移工遊行")
    said = await group.platform.write(f"看這個 {page}", member=ANN)
    await group.dispatch.settled()
    assert group.library.repository.count(1) == 0

    await group.react(said.message, added=sign, about=said, member=BO)

    assert group.item.first_shared_by == BO
    assert "移工遊行" in group.platform.last.text


async def test_a_sign_keeps_nothing_where_that_is_not_the_custom(group):
    """A pin is a pin."""
    said = await group.platform.write("https://news.example/b", member=ANN)

    await group.react(said.message, added="📌", about=said, member=BO)

    assert group.library.repository.count(1) == 0


# ── typed, in English, hostile ───────────────────────────────────────────────────────────────────


async def test_several_labels_are_typed_at_once(group):
    """A minus says that one is wrong."""
    await group.share()

    await group.type("1 環境、-移工")

    assert group.platform.whispered(ANN) == [
        "記下了：✓ 環境（1 票，還差 1 票）\n記下了：✗ 勞動 › 移工（1 票，還差 1 票）"
    ]


async def test_a_wrong_label_that_is_none_is_told(group):
    """Near ones are named."""
    await group.share()

    await group.type("1 -移公")

    assert "移公 不是這裡的標籤" in group.platform.whispered(ANN)[0]


async def test_a_group_speaks_english(make_group):
    """The card in the group's language, the answer in the member's."""
    group = await make_group()
    await group.platform.command("status")
    group.library.repository.set_language(1, "en")
    card = await group.share()
    group.platform.whispers.clear()

    await group.press("✓ migrant workers")
    await group.press("👎 wrong")

    assert group.platform.whispered(ANN) == [
        "Noted: ✓ labour › migrant workers (one vote, 1 to go)"
    ]
    assert group.buttons(card)[-1] == ["＋ label", "none fits", "🤔 discuss", "‹ back"]


async def test_a_shared_card_keeps_the_language_of_the_group(group):
    """Whatever the member who pressed speaks."""
    card = await group.share()
    group.library.repository.set_member_language(BO, "en")

    await group.press("👎 不對", member=BO)
    await group.press("✓ 移工", member=BO)

    assert group.buttons(card)[-1] == ["＋ 標籤", "都不合適", "🤔 討論", "‹ 返回"]
    assert group.platform.whispered(BO) == ["Noted: ✓ labour › migrant workers (one vote, 1 to go)"]


async def test_a_hostile_title_is_only_words(group):
    """Markup, mentions, line breaks, no end."""
    title = "<b>@everyone</b>\n[x](javascript:alert(1)) `" + "長" * 5000
    card = await group.share(title=title)

    await group.press("✓ 移工")

    text = group.platform.messages[card].text
    assert "<b>@everyone</b> [x](javascript:alert(1))" in text
    assert len(text) <= 900


async def test_where_there_are_no_buttons_one_command_asks_about_all(make_group):
    """The card names it; the answers are numbers."""
    chat = await make_group(Capabilities(), is_private=True)
    await chat.share()
    assert chat.platform.last.lines[-1].text.strip() == (
        "/vote 1 標籤對嗎 · /why 1 為什麼 · /similar 1 類似 · /remove 1 移除"
    )

    await chat.platform.command("投票", "1")
    assert "3  ✓ 移工  /vote 1 移工\n  4  ✗ 移工  /vote 1 -移工" in chat.platform.last.text
    await chat.platform.write("4")

    assert chat.platform.last.text == "記下了：✗ 勞動 › 移工（1 票，大家覺得不合適）"


@pytest.mark.parametrize("command", ["vote", "add", "nonefits"])
async def test_without_a_number_it_is_told_how_to_vote(group, command):
    """Whatever was typed."""
    await group.platform.command(command)

    assert group.platform.whispered(ANN)[0].startswith("寫法：/vote 編號 標籤")


async def test_labels_are_completed_by_any_name(group):
    """With their way through the tree; behind a minus, too."""
    await group.share()

    async def offered(typed: str) -> list[tuple[str, str]]:
        found = await group.dispatch.suggest(group.platform.where, ANN, "vote", typed)
        return [(typed[: len(typed) - each.replaces] + each.text, each.meaning) for each in found]

    assert await offered("1 外") == [("1 移工", "勞動 › 移工")]
    assert await offered("1 環境、-外") == [("1 環境、-移工", "勞動 › 移工")]
    assert await offered("") == [("1", "移工遊行")]


async def test_a_voice_is_crossed_off_with_the_press_that_cast_it(group, monkeypatch):
    """A program that dies right after it does not take the voice back when it goes on."""
    card = await group.share()
    repository = group.library.repository
    at_that_moment = []
    put = repository.cast

    def cast(*args, **kwargs):
        put(*args, **kwargs)
        at_that_moment.append([event.body for event in repository.waiting_events()])

    monkeypatch.setattr(repository, "cast", cast)

    await group.platform.press_on(card, f"in:1 vote 1 y {key_of('topic/labour')}", member=BO)

    assert at_that_moment == [[]]


async def test_who_speaks_for_a_group_has_no_voice(group):
    """An anonymous admin is told so, and no voice is counted."""
    await group.share()

    await group.platform.command("vote", "1 勞動", member=BO, is_anonymous=True)

    assert group.platform.last.text == "用群組或頻道的身分沒辦法投票，請換回自己的帳號。"
    assert group.library.repository.votes(1) == []
