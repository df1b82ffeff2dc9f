"""Groups: taken in, set up, linked, looked after."""

from dataclasses import replace

import pytest

from core.domain import ChatRef, Customs, MemberRef, Role
from core.store.database import Database
from tests.conversations.rooms import House
from tests.fakes.chat import ANN, BO, CY, FakePlatform

DEE = MemberRef("other", "dee")


@pytest.fixture
def group() -> FakePlatform:
    return FakePlatform(where=ChatRef("fake", "-100"), is_private=False, admins={BO})


@pytest.fixture
def server() -> FakePlatform:
    return FakePlatform(name="other", where=ChatRef("other", "55"), is_private=False, admins={DEE})


@pytest.fixture
async def make_house():
    database, opened = Database(None), []

    async def make(*platforms: FakePlatform) -> House:
        house = House(list(platforms), database)
        opened.append(house)
        await house.open()
        return house

    yield make
    for house in opened:
        await house.close()
    database.close()


@pytest.fixture
async def house(make_house, group) -> House:
    return await make_house(group)


# ── taken in ─────────────────────────────────────────────────────────────────────────────────────


async def test_a_group_that_takes_it_in_is_asked_how_it_wants_things(house, group):
    """In one card, with what holds now."""
    await group.take_in(member=BO, locale="zh-hant")

    (card,) = group.messages.values()
    assert "大家好，我是 Commonplace。" in card.text
    assert [[button.label for button in row] for row in card.buttons] == [
        ["✓ 繁體中文", "English"],
        ["✓ Asia/Taipei", "Asia/Hong_Kong", "Europe/London", "America/New_York"],
        ["✓ 提到我的", "所有連結", "按 📌 的", "只用指令"],
        ["✓ 一張卡片", "一個表情", "安靜"],
        ["投票與其他 ›", "好了"],
    ]


async def test_a_group_that_never_told_is_asked_at_first_use(house, group):
    """The bot was there before it was started; chatter is not use."""
    group.where = ChatRef("fake", "-300")

    await group.write("大家好")
    assert group.messages == {}
    group.where = ChatRef("fake", "-400")
    await group.command("status", member=ANN)
    await group.take_in(member=BO)

    assert [text.split("\n")[0] for text in group.said] == ["大家好，我是 Commonplace。"]
    assert len(group.whispered(ANN)) == 1


async def test_a_group_is_asked_once(house, group):
    """A right that changes is no news."""
    await group.take_in(member=BO)
    await group.take_in(member=BO)

    assert len(group.messages) == 1


async def test_what_it_may_not_do_is_said_at_once(house, group):
    """A sentence each, for whoever can change it."""
    group.lacking = ["telegram-lacks-reactions"]

    await group.take_in(member=BO)

    assert len(group.messages) == 2
    assert "管理員" in group.last.text


async def test_a_group_that_takes_it_back_finds_everything(house, group):
    """And is not asked again."""
    await group.take_in(member=BO)
    await group.write(house.page("a"), is_addressed=True)
    await house.settle()
    await group.throw_out()

    await group.take_in(member=BO)

    assert group.last.text == "我回來了，1 篇收藏都還在。"


# ── customs ──────────────────────────────────────────────────────────────────────────────────────


async def test_an_admin_presses_and_the_card_says_what_holds(house, group):
    """In the same message; and from then on it is so."""
    await group.take_in(member=BO)

    await group.press("所有連結", member=BO)
    await group.write(house.page("a", title="移工團體凱道集結"))
    await house.settle()

    assert house.community().customs.intake == "links"
    card, kept = group.messages.values()
    assert "✓ 所有連結" in [button.label for row in card.buttons for button in row]
    assert "移工團體凱道集結" in kept.text


async def test_a_member_may_not_press(house, group):
    """They are told so, and only they."""
    await group.take_in(member=BO)
    before = list(group.messages.values())

    await group.press("所有連結", member=ANN)

    assert house.community().customs == Customs()
    assert list(group.messages.values()) == before
    assert group.whispered(ANN) == ["你在這裡沒有這個權限。請找社群的管理員幫忙。"]


async def test_the_card_has_a_second_page_and_an_end(house, group):
    """All in one message."""
    await group.take_in(member=BO)

    await group.press("投票與其他 ›", member=BO)
    await group.press("3", member=BO)
    await group.press("不算", member=BO)
    await group.press("一起刪", member=BO)
    await group.press("好了", member=BO)

    assert house.community().customs == replace(
        Customs(), quorum=3, counts_own=False, on_deletion="remove"
    )
    assert group.said == ["設定好了。打 /help 看能做什麼。"]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        pytest.param("intake links", {"intake": "links"}, id="keys"),
        pytest.param("收什麼 所有連結", {"intake": "links"}, id="the-words-of-the-card"),
        pytest.param("回覆 安靜", {"reply": "silent"}, id="other-words"),
        pytest.param("deletion Keep", {"on_deletion": "keep"}, id="in-any-case"),
        pytest.param("quorum 7", {"quorum": 7}, id="a-number-without-a-button"),
        pytest.param("領先 2", {"lead": 2}, id="a-number"),
        pytest.param("自己的票 不要", {"counts_own": False}, id="yes-or-no"),
    ],
)
async def test_settings_can_be_typed(house, group, typed, expected):
    """In either language."""
    await group.command("settings", typed, member=BO)

    assert house.community().customs == replace(Customs(), **expected)


async def test_a_language_is_spoken_from_then_on(house, group):
    """The card itself is in it already."""
    await group.command("settings", "language English", member=BO)

    assert house.community().language == "en"
    assert group.last.text.startswith("How this community wants things done")


async def test_any_time_zone_can_be_typed(house, group):
    """By its name in the IANA database."""
    await group.command("settings", "timezone asia/tokyo", member=BO)

    assert house.community().timezone == "Asia/Tokyo"


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("intake everything", "mention, links, reaction, off"),
        ("timezone Mars/Base", "應該是：Asia/Taipei"),
        ("timezone", "不能用：—"),
        ("quorum 0", "1–50"),
        ("colour red", "沒有「colour」這個設定"),
    ],
)
async def test_a_bad_value_says_what_is_possible(house, group, typed, words):
    """And nothing changes."""
    await group.command("settings", typed, member=BO)

    said = [*group.said, *group.whispered(BO)]
    assert words in said[-1]
    assert house.community().customs == Customs()


async def test_a_button_that_somebody_types_wrongly_is_told(house, group):
    """Like any setting that there is not."""
    await group.command("setup", "colour red", member=BO)

    assert "沒有「colour」這個設定" in group.last.text


async def test_the_labels_that_ship_with_it_can_be_chosen(house, group):
    """And left again."""
    await group.command("settings", "標籤表 starter", member=BO)
    chosen = house.community().taxonomy
    await group.command("settings", "taxonomy own", member=BO)

    assert (chosen, house.community().taxonomy) == ("starter", None)


async def test_rights_are_checked_whatever_the_menu_shows(house, group):
    """Every command that needs them."""
    for command in ("settings", "link", "join", "editor", "doctor"):
        await group.command(command, member=ANN)

    assert group.messages == {}
    assert len(group.whispered(ANN)) == 5
    assert set(group.whispered(ANN)) == {"你在這裡沒有這個權限。請找社群的管理員幫忙。"}


# ── one collection for two ───────────────────────────────────────────────────────────────────────


async def _code(group: FakePlatform) -> str:
    await group.command("link", member=BO)
    return group.whispered(BO)[-1].split("/join ")[-1].strip()


async def test_a_server_joins_a_group_by_a_code(make_house, group, server):
    """What is kept on one side is found on the other."""
    house = await make_house(group, server)
    await group.write(house.page("a", title="移工團體凱道集結"), is_addressed=True)
    await house.settle()

    await server.command("join", await _code(group), member=DEE)

    assert server.last.text == "好了，這裡現在共用「移工盟」的收藏。"
    assert house.community(server) == house.community(group)


async def test_what_was_collected_before_is_asked_about(make_house, group, server):
    """It stays with the old community; the code is not used up by asking."""
    house = await make_house(group, server)
    await server.write(house.page("a"), is_addressed=True, member=DEE)
    await house.settle()
    old, code = house.community(server), await _code(group)

    await server.command("join", code, member=DEE)
    assert "這裡原本收的 1 篇會留在舊的社群" in server.last.text
    assert house.community(server) == old
    await server.press("加入", member=DEE)

    assert house.community(server) == house.community(group)
    assert house.library.repository.count(old.id) == 1


async def test_who_thinks_better_of_it_changes_nothing(make_house, group, server):
    """The chat stays what it was."""
    house = await make_house(group, server)
    await server.write(house.page("a"), is_addressed=True, member=DEE)
    await house.settle()
    old = house.community(server)
    await server.command("join", await _code(group), member=DEE)

    await server.press("先不要", member=DEE)

    assert house.community(server) == old


async def test_a_code_is_typed_as_people_type(make_house, group, server):
    """In small letters, with a space, with an answer behind it."""
    house = await make_house(group, server)
    await server.write(house.page("a"), is_addressed=True, member=DEE)
    await house.settle()
    code = (await _code(group)).lower().replace("-", " ")

    await server.command("join", f"{code} Yes", member=DEE)

    assert house.community(server) == house.community(group)


async def test_a_code_is_good_for_half_an_hour(make_house, group, server):
    """And a chat may be told that it is there already."""
    house = await make_house(group, server)
    code, late = await _code(group), await _code(group)
    await server.command("join", code, member=DEE)
    await server.command("join", await _code(group), member=DEE)
    assert server.last.text == "這裡本來就共用「移工盟」的收藏。"

    house.clock.forward(31 * 60)
    await server.command("join", late, member=DEE)

    assert "已經過期" in server.whispered(DEE)[-1]


async def test_a_code_is_good_once(make_house, group, server):
    """Then it is like one that never was."""
    house = await make_house(group, server)
    code = await _code(group)
    await server.command("join", code, member=DEE)

    await server.command("join", code, member=DEE)
    await server.command("join", "ABCD-EFGH", member=DEE)

    assert [text.split("。")[0] for text in server.whispered(DEE)] == [
        "這個代碼不對、已經用過，或已經過期"
    ] * 2
    assert house.community(server) == house.community(group)


# ── who looks after it ───────────────────────────────────────────────────────────────────────────


async def test_an_editor_is_appointed_in_answer_to_their_message(house, group):
    """And may remove what others sent, until it is taken back."""
    link = await group.write(house.page("a"), is_addressed=True)
    said = await group.write("大家好", member=CY)
    await house.settle()

    await group.command("editor", member=BO, about=said)
    assert group.last.text.startswith("Cy 現在是編輯了")
    await group.command("editor", member=BO)
    assert "編輯：Cy" in group.last.text
    await group.command("editor", "移除", member=BO, about=said)
    await group.command("remove", "1 yes", member=CY)

    community = house.community()
    assert house.library.repository.role(community.id, CY) is None
    assert group.whispered(CY) == ["你在這裡沒有這個權限。請找社群的管理員幫忙。"]
    assert house.library.repository.items_of_message(link.message)


@pytest.mark.parametrize("argument", ["2024", "@ann", "<@999>", "移除"])
async def test_nobody_is_appointed_who_was_not_seen_here(house, group, argument):
    """A number is nobody; how it is done is said."""
    await group.command("editor", argument, member=BO)

    assert group.last.text == "我不知道你說的是誰。請在這裡回覆他的訊息打 /editor。"
    assert house.library.repository.appointed(house.community().id) == {}


async def test_an_editor_may_remove_what_others_sent(house, group):
    """A member may remove only their own."""
    await group.write(house.page("a"), is_addressed=True)
    await house.settle()
    community = house.community()
    house.library.repository.appoint(community.id, CY, Role.EDITOR)

    await group.command("remove", "1 yes", member=CY)

    assert house.library.repository.count(community.id) == 0
    assert group.said == ["已經移除「移工團體今天在凱道集結，要求廢除「三年出國一日」條款。」。"]


async def test_an_admin_is_one_in_private_too(house, group):
    """Where a question about the group's collection was asked."""
    await group.write(house.page("a"), is_addressed=True)
    await group.write("我也在", member=BO)
    await house.settle()
    community = house.community()
    group.where, group.is_private = ChatRef("fake", "bo"), True

    await group.press_on(group.next(), f"in:{community.id} remove 1 yes", member=BO)

    assert house.library.repository.count(community.id) == 0


async def test_the_doctor_says_what_is_missing(house, group):
    """To who asked, and whether anything failed."""
    group.lacking = ["telegram-lacks-reactions"]
    await group.write("https://news.example/gone", is_addressed=True)
    await house.settle()

    await group.command("doctor", member=BO)

    (told,) = group.whispered(BO)
    assert "管理員" in told
    assert "有 1 篇沒有收成" in told


async def test_help_lists_what_one_may_do(house, group):
    """An admin's commands are an admin's."""
    await group.command("help", member=ANN)
    await group.command("help", member=BO)

    assert "/settings" not in group.whispered(ANN)[0]
    assert "/settings" in group.whispered(BO)[0]


async def test_the_language_of_a_group_is_its_admins_choice(house, group):
    """A member's own is for private chats."""
    await group.command("language", "English", member=ANN)
    assert house.community().language == "zh-TW"

    await group.command("language", "English", member=BO)
    assert house.community().language == "en"
