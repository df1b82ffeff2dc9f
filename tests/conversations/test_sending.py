"""Members of private chats and groups send things, and the bot keeps what it should."""

import asyncio
import threading
from dataclasses import replace

import pytest

from bot.chat import Attachment, DeliveryFailed, Mark, Moved, Origin
from core.domain import ChatRef, Customs, Link, PastedText, State
from core.errors import NotFound
from core.store.database import Database
from tests.conversations.rooms import ARTICLE, House
from tests.fakes.chat import ANN, BO, FakePlatform

PTS = Origin("公視新聞")
PHOTO = Attachment("k1", "photo.jpg", "image/jpeg")


@pytest.fixture
def database():
    one = Database(None)
    yield one
    one.close()


@pytest.fixture
async def make_house(database):
    """Open houses over one store."""
    opened = []

    async def make(*platforms: FakePlatform, **more) -> House:
        house = House(list(platforms), database, **more)
        opened.append(house)
        await house.open()
        return house

    yield make
    for house in opened:
        await house.close()


@pytest.fixture
def private() -> FakePlatform:
    return FakePlatform(where=ChatRef("fake", "ann"))


@pytest.fixture
def group() -> FakePlatform:
    return FakePlatform(where=ChatRef("fake", "-100", "7"), is_private=False, admins={BO})


async def customs(house: House, **changes) -> None:
    """Let the group have other customs, as if its admin had set them."""
    for platform in house.platforms:
        if house.library.repository.chat(platform.where) is None:
            await platform.write("哈囉")
            await house.settle()
    community = house.community()
    house.library.repository.set_customs(community.id, replace(Customs(), **changes))


def items(house: House):
    community = house.community()
    return house.library.repository.recent(community.id, limit=100)


def marks(platform: FakePlatform, event) -> list[Mark]:
    return [mark for message, mark in platform.marks if message == event.message]


# ── while it works ───────────────────────────────────────────────────────────────────────────────


async def test_a_slow_model_holds_up_no_conversation(make_house, private, monkeypatch):
    """While labels are worked out, the event loop is free and questions are answered."""
    house = await make_house(private)
    annotate = house.library.annotator.annotate
    begun, gate = threading.Event(), threading.Event()

    def slowly(*args, **more):
        begun.set()
        assert gate.wait(20)
        return annotate(*args, **more)

    monkeypatch.setattr(house.library.annotator, "annotate", slowly)
    sent = await private.write(ARTICLE)
    while not begun.is_set():
        for pause in house.pauses:
            pause.set()
        await asyncio.sleep(0.001)
    await private.command("labels")
    answered_meanwhile = list(private.said)
    gate.set()
    await house.settle()

    assert any("勞動" in said for said in answered_meanwhile)
    assert marks(private, sent) == [Mark.SEEN, Mark.DONE]


# ── what is kept ─────────────────────────────────────────────────────────────────────────────────


async def test_a_forward_with_a_comment_is_one_item_with_a_note(make_house, private):
    """They came as two messages."""
    house = await make_house(private)
    url = house.page("a", title="移工團體凱道集結")

    await private.write("這篇可以放進年報嗎？")
    forward = await private.write(url, origin=PTS)
    await house.settle()

    (item,) = items(house)
    notes = [share.note for share in house.library.repository.shares(item.id)]
    assert "↪ 公視新聞\n這篇可以放進年報嗎？" in notes
    assert marks(private, forward) == [Mark.SEEN, Mark.DONE]
    assert len(private.messages) == 1
    assert "移工團體凱道集結" in private.last.text


async def test_in_a_group_only_what_addresses_the_bot_is_kept_at_first(make_house, group):
    """Nobody asked it to listen."""
    house = await make_house(group)
    url = house.page("a", title="移工團體凱道集結")

    await group.write(url)
    await house.settle()
    assert (group.messages, group.marks, items(house)) == ({}, [], [])
    await group.write(f"@bot {url}", is_addressed=True)
    await house.settle()

    assert len(items(house)) == 1
    assert group.answered[next(iter(group.messages))].where == group.where


async def test_a_group_may_have_every_link_kept(make_house, group):
    """The card answers the message; no text comes before it."""
    house = await make_house(group)
    await customs(house, intake="links")

    chatter = await group.write("今天吃什麼？")
    await house.settle()
    link = await group.write(house.page("a", title="移工團體凱道集結"))
    await house.settle()

    assert [reply.text.split("\n")[0] for reply in group.history] == ["#1  移工團體凱道集結"]
    assert list(group.answered.values()) == [link.message]
    assert marks(group, link) == [Mark.SEEN, Mark.DONE]
    assert marks(group, chatter) == []


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        pytest.param("reaction", [Mark.SEEN, Mark.DONE], id="a-sign"),
        pytest.param("silent", [], id="nothing"),
    ],
)
async def test_a_group_may_want_less_than_a_card(make_house, group, reply, expected):
    """What is kept is kept all the same."""
    house = await make_house(group)
    await customs(house, intake="links", reply=reply)

    link = await group.write(house.page("a"))
    await house.settle()

    assert group.messages == {}
    assert marks(group, link) == expected
    assert [item.state for item in items(house)] == [State.DONE]


async def test_a_failure_is_told_even_where_nothing_else_is(make_house, group):
    """In one sentence, with what to do."""
    house = await make_house(group)
    await customs(house, intake="links", reply="silent")
    house.reader.fails("https://news.example/gone", NotFound("gone"))

    link = await group.write("https://news.example/gone")
    await house.settle()

    assert [button.label for row in group.last.buttons for button in row][:2] == [
        "再試一次",
        "貼上全文",
    ]
    assert marks(group, link) == [Mark.FAILED]


async def test_thirty_forwards_at_once_are_answered_by_one_card(make_house, private):
    """Each is an item of its own, and each message has its sign."""
    house = await make_house(private)
    sent = []
    for n in range(30):
        url = house.page(str(n), f"{ARTICLE}\n第{n}篇。{n * n}", title=f"第{n}篇")
        sent.append(await private.write(url, origin=PTS))

    await house.settle()

    assert len(items(house)) == 30
    assert len(private.messages) == 1
    assert "#30" in private.last.text
    assert all(marks(private, each) == [Mark.SEEN, Mark.DONE] for each in sent)


async def test_a_file_is_fetched_from_the_platform(make_house, private):
    """With its caption as the note."""
    house = await make_house(private)
    private.files["k9"] = ARTICLE.encode()

    await private.write("年報", files=[Attachment("k9", "report.txt", "text/plain", 300)])
    await house.settle()

    (item,) = items(house)
    assert item.document is not None
    assert item.document.text.startswith("移工團體")


async def test_a_picture_without_words_is_not_kept_and_says_so(make_house, private):
    """Nobody here reads pictures."""
    house = await make_house(private)

    photo = await private.write("", files=[PHOTO])
    await house.settle()

    assert items(house) == []
    assert marks(private, photo) == [Mark.FAILED]


# ── what comes late ──────────────────────────────────────────────────────────────────────────────


async def test_a_late_picture_of_an_album_joins_its_item(make_house, private):
    """It makes no item of its own, and nobody is told that it cannot be read."""
    house = await make_house(private)
    await private.write(house.page("a"), files=[PHOTO], album="9")
    await house.settle()

    late = await private.write("", files=[PHOTO], album="9")
    await house.settle()

    (item,) = items(house)
    assert late.message in [share.message for share in house.library.repository.shares(item.id)]
    assert len(private.messages) == 1


async def test_a_late_part_of_a_text_joins_it_and_can_be_split_off(make_house, private):
    """The item is read again as a whole; its card is the same message."""
    house = await make_house(private)
    for text in ARTICLE.split("\n")[:2]:
        await private.write(text, origin=PTS)
    await house.settle()
    await private.write(ARTICLE.split("\n")[2], origin=PTS)
    await house.settle()

    (item,) = items(house)
    assert item.document is not None
    assert item.document.text == ARTICLE
    assert len(private.messages) == 1

    await private.command("split", "1")
    await house.settle()

    assert [each.given for each in reversed(items(house))] == [
        PastedText(text) for text in ARTICLE.split("\n")
    ]


async def test_an_answer_to_a_card_is_a_note(make_house, group):
    """And no new item."""
    house = await make_house(group)
    await group.write(house.page("a"), is_addressed=True)
    await house.settle()
    card = replace(group.wrote("", member=ANN), message=next(iter(group.messages)))

    said = await group.write("下週開會用", about=card, is_addressed=True, member=BO)
    await house.settle()

    (item,) = items(house)
    notes = {share.member: share.note for share in house.library.repository.shares(item.id)}
    assert notes[BO] == "下週開會用"
    assert marks(group, said) == [Mark.DONE]


# ── what changes ─────────────────────────────────────────────────────────────────────────────────


async def test_an_edit_changes_the_note(make_house, private):
    """The link is the same, so nothing is fetched again."""
    house = await make_house(private)
    url = house.page("a")
    link = await private.write(f"先收 {url}")
    await house.settle()

    await private.change(link, f"年報要用 {url}")
    await house.settle()

    (item,) = items(house)
    assert [share.note for share in house.library.repository.shares(item.id)] == [f"年報要用 {url}"]
    assert len(house.reader.read_links) == 1


async def test_a_link_that_an_edit_brings_is_kept(make_house, private):
    """As if it had been sent."""
    house = await make_house(private)
    link = await private.write(house.page("a", title="舊"))
    await house.settle()

    await private.change(link, house.page("b", f"{ARTICLE}\n完全不同。", title="新"))
    await house.settle()

    assert [item.title for item in items(house)] == ["新", "舊"]


async def test_a_text_that_is_edited_is_read_again(make_house, private):
    """Its card says the new words."""
    house = await make_house(private)
    text = await private.write(ARTICLE)
    await house.settle()

    await private.change(text, "更正：" + ARTICLE)
    await house.settle()

    (item,) = items(house)
    assert item.document is not None
    assert item.document.text.startswith("更正：")
    assert "更正" in private.last.text


@pytest.mark.parametrize(("custom", "left"), [("remove", 0), ("keep", 1), ("ask", 1)])
async def test_a_deleted_message_is_treated_as_the_group_wishes(make_house, group, custom, left):
    """Removed, kept, or asked about."""
    house = await make_house(group)
    await customs(house, intake="links", on_deletion=custom)
    link = await group.write(house.page("a"))
    await house.settle()

    await group.delete(link.message)
    await house.settle()

    assert len(items(house)) == left
    asks = [button.does for row in group.last.buttons for button in row if "yes" in button.does]
    assert bool(asks) == (custom == "ask")


async def test_what_others_sent_too_stays_when_one_deletes(make_house, group):
    """It is not one person's."""
    house = await make_house(group)
    await customs(house, intake="links", on_deletion="remove")
    url = house.page("a")
    link = await group.write(url)
    await house.settle()
    await group.write(url, member=BO)
    await house.settle()

    await group.delete(link.message)
    await house.settle()

    assert len(items(house)) == 1


# ── nothing lost, nothing twice ──────────────────────────────────────────────────────────────────


async def test_what_is_delivered_twice_is_handled_once(make_house, private):
    """A platform that did not hear us sends it again."""
    house = await make_house(private)
    event = private.wrote(house.page("a"), id="77")

    await private.deliver(event)
    await private.deliver(event)
    await house.settle()

    assert len(private.messages) == 1
    assert [share.message for share in house.library.repository.shares(1)] == [event.message]


async def test_what_was_only_written_down_is_answered_after_a_restart(make_house, private):
    """The platform has forgotten it by then."""
    house = await make_house(private)
    await private.write("/nothing", is_addressed=True)
    for n in range(3):
        await private.hand_over(private.wrote(house.page(str(n), f"{ARTICLE}{n}{n}", title=str(n))))

    await house.restart()

    assert [item.state for item in items(house)] == [State.DONE] * 3


async def test_a_card_that_was_owed_is_sent_after_a_restart(make_house, private):
    """In answer to the message that it is about."""
    house = await make_house(private)
    await private.write("哈囉")
    await house.settle()
    repository, community = house.library.repository, house.community()
    link = private.wrote(house.page("a", title="移工團體凱道集結"))
    receipt = house.library.ingest.receive(
        Link(link.text), community=community, member=ANN, message=link.message
    )
    now = house.clock.now()
    repository.owe_card(receipt.item.id, private.where, member=ANN, answers=link.message, at=now)

    await house.restart()

    assert "移工團體凱道集結" in private.last.text
    assert repository.owed_cards() == []
    assert marks(private, link)[-1] is Mark.DONE


async def test_a_group_that_moved_keeps_everything(make_house, group):
    """It has another address since, and its cards are known there."""
    house = await make_house(group)
    await group.write(house.page("a"), is_addressed=True)
    await house.settle()
    community = house.community()
    to = ChatRef("fake", "-200")

    await group.deliver(Moved(where=ChatRef("fake", "-100"), to=to))
    group.where = replace(to, thread="7")
    await group.write(house.page("a"), is_addressed=True, member=BO)
    await house.settle()

    assert house.community() == community
    (item,) = items(house)
    assert item.shares == 2


async def test_who_is_not_let_in_is_told_once_and_nothing_is_kept(make_house, private):
    """With the words that the operator needs."""
    house = await make_house(private, allowed={"-100"})

    await private.write(house.page("a"))
    await private.write(house.page("a"))
    await house.settle()

    (said,) = private.said
    assert "fake:ann" in said
    assert house.library.repository.chat(private.where) is None


async def test_a_message_that_was_half_answered_gets_one_card(make_house, private):
    """It was written down as an item, and then the program died: the message comes up again, and
    so does the debt of its card."""
    house = await make_house(private)
    await private.write("哈囉", is_addressed=False)
    await house.settle()
    link = private.wrote(house.page("a", title="移工團體凱道集結"), id="88")
    await private.hand_over(link)
    repository, now = house.library.repository, house.clock.now()
    receipt = house.library.ingest.receive(
        Link(link.text), community=house.community(), member=ANN, message=link.message
    )
    repository.owe_card(receipt.item.id, private.where, member=ANN, answers=link.message, at=now)
    private.messages.clear()

    await house.restart()

    assert [text for text in private.said if "移工團體凱道集結" in text] == [private.last.text]


# ── what cannot be delivered ─────────────────────────────────────────────────────────────────────


async def test_a_card_that_cannot_be_sent_does_not_stop_the_others(make_house, group, monkeypatch):
    """It stays owed, and comes at the next start."""
    house = await make_house(group)
    send = group.send

    async def refuse_the_first(where, reply, **more):
        if "第一篇" in reply.text:
            raise DeliveryFailed("The server is busy.", retry_after_s=3600)
        return await send(where, reply, **more)

    monkeypatch.setattr(group, "send", refuse_the_first)
    first = house.page("a", title="第一篇")
    second = house.page("b", f"{ARTICLE}\n完全不同的內容。", title="第二篇")
    await group.write(f"{first} {second}", is_addressed=True)
    await house.settle()
    assert ["第二篇" in text for text in group.said] == [True]

    monkeypatch.setattr(group, "send", send)
    await house.restart()

    assert "第一篇" in group.last.text
    assert house.library.repository.owed_cards() == []


async def test_nobody_waits_for_a_card_where_nobody_is(make_house, private, monkeypatch):
    """The item is kept all the same."""
    house = await make_house(private)

    async def refuse(where, reply, **more):
        raise DeliveryFailed("The bot was blocked.", is_gone=True)

    monkeypatch.setattr(private, "send", refuse)
    await private.write(house.page("a"))
    await house.settle()

    assert [item.state for item in items(house)] == [State.DONE]
    assert house.library.repository.owed_cards() == []


async def test_a_silent_group_hears_nothing_of_what_is_on_its_way(make_house, group):
    """The second who sends it gets a sign at most."""
    house = await make_house(group)
    await customs(house, intake="links", reply="reaction")
    url = house.page("a")
    receipt = house.library.ingest.receive(
        Link(url), community=house.community(), member=BO, member_name="Bo"
    )
    assert receipt.item.state is State.RECEIVED

    link = await group.write(url)
    await house.settle()

    assert group.messages == {}
    assert marks(group, link) == [Mark.SEEN]
