"""What the bot does on Telegram, seen from the other side of the wire."""

import asyncio

import pytest

from bot.chat import (
    Attachment,
    Button,
    DeliveryFailed,
    Found,
    Line,
    Mark,
    MenuEntry,
    Picture,
    Pressed,
    Reply,
    Span,
)
from core.domain import ChatRef, MemberRef, MessageRef, SentFile
from core.errors import TooLarge
from tests.bot.platforms.telegram_stage import chat, member, reply, staged, styled
from tests.fakes.telegram.server import ANONYMOUS

YES = Button("對", "vote 7 yes")

# ── sending ──────────────────────────────────────────────────────────────────────────────────────


async def test_a_message_goes_out_without_a_preview(stage):
    """Unless one address may have one."""
    await stage.bot.send(stage.private, reply("https://e.org/a"))
    await stage.bot.send(stage.private, reply("https://e.org/a", previews="https://e.org/a"))

    first, second = stage.server.calls_of("sendMessage")
    assert first["link_preview_options"] == {"is_disabled": True}
    assert second["link_preview_options"] == {"is_disabled": False, "url": "https://e.org/a"}


async def test_an_answer_shows_what_it_answers(stage):
    """What was deleted meanwhile is no reason not to answer."""
    group = stage.server.group()

    await stage.bot.send(chat(group), reply("好"), answers=MessageRef(chat(group), "12"))

    (call,) = stage.server.calls_of("sendMessage")
    assert call["reply_parameters"] == {"message_id": 12, "allow_sending_without_reply": True}


async def test_an_answer_goes_to_its_topic(stage):
    """And has its address there."""
    forum = stage.server.group(is_forum=True)

    (message,) = await stage.bot.send(chat(forum, "5"), reply("好"))

    assert stage.server.last.call["message_thread_id"] == 5
    assert message.where == chat(forum, "5")


async def test_general_gets_no_thread(stage):
    """Telegram refuses the id of General."""
    await stage.bot.send(chat(stage.server.group(is_forum=True)), reply("好"))

    assert "message_thread_id" not in stage.server.last.call


async def test_files_follow_the_words_and_the_last_bears_the_buttons(stage):
    """Every one has an address."""
    files = (SentFile("匯出.csv", b"a,b"), SentFile("圖.png", b"\x89PNG"))

    sent = await stage.bot.send(stage.private, reply("給你", buttons=((YES,),), files=files))

    words, first, second = stage.server.messages.values()
    assert [each.id for each in sent] == [str(each.id) for each in (words, first, second)]
    assert (first.file, second.file) == (("匯出.csv", b"a,b"), ("圖.png", b"\x89PNG"))
    assert [words.buttons, first.buttons, second.buttons] == [[], [], [[("對", "vote 7 yes")]]]


async def test_a_picture_is_shown_as_one(stage):
    """As a photo, which people see without opening a file."""
    files = (Picture("圖.png", b"\x89PNG", alt="一條線"), SentFile("圖.csv", b"a,b"))

    await stage.bot.send(stage.private, reply("給你", buttons=((YES,),), files=files))

    _, picture, data = stage.server.messages.values()
    assert (picture.file, picture.is_photo) == (("圖.png", b"\x89PNG"), True)
    assert (data.file, data.is_photo) == (("圖.csv", b"a,b"), False)
    assert [picture.buttons, data.buttons] == [[], [[("對", "vote 7 yes")]]]


async def test_words_without_their_file_are_taken_back(stage):
    """All of a reply is sent, or nothing."""
    stage.server.fail("sendDocument", 413, "Request Entity Too Large")

    with pytest.raises(DeliveryFailed) as failure:
        await stage.bot.send(stage.private, reply("給你", files=(SentFile("大.csv", b""),)))

    assert stage.server.messages == {}
    assert failure.value.retry_after_s is None


async def test_refused_markup_goes_out_plain(stage, caplog):
    """Rather than not at all, and still calling nobody."""
    stage.server.fail("sendMessage", 400, "Bad Request: can't parse entities: byte offset 3")

    await stage.bot.send(stage.private, styled("<b>@alice</b>", link="https://e.org"))

    assert stage.server.last.text == "<b>＠alice</b>"
    assert stage.server.last.entities == []
    assert any("refused our markup" in each for each in caplog.messages)


async def test_what_can_never_be_sent_is_not_tried_again(stage):
    """An empty message is one failure."""
    with pytest.raises(DeliveryFailed) as failure:
        await stage.bot.send(stage.private, Reply((Line(),)))

    assert (failure.value.retry_after_s, failure.value.is_gone) == (None, False)


async def test_a_stopped_bot_sends_nothing(stage):
    """It says that trying again later helps."""
    await stage.bot.stop()

    with pytest.raises(DeliveryFailed) as failure:
        await stage.bot.send(stage.private, reply("一"))

    assert failure.value.retry_after_s


# ── editing ──────────────────────────────────────────────────────────────────────────────────────


async def test_an_edit_takes_the_buttons_along(stage):
    """New words, new buttons, or none."""
    (card,) = await stage.bot.send(stage.private, reply("一", buttons=((YES,),)))

    await stage.bot.edit(card, reply("二"))

    assert (stage.server.last.text, stage.server.last.buttons) == ("二", [])


async def test_the_same_words_again_are_no_error(stage):
    """Telegram calls it one."""
    (card,) = await stage.bot.send(stage.private, reply("一"))

    await stage.bot.edit(card, reply("一"))


async def test_a_message_that_is_gone_cannot_be_edited(stage):
    """Its address is of no use any more."""
    with pytest.raises(DeliveryFailed) as failure:
        await stage.bot.edit(MessageRef(stage.private, "1"), reply("二"))

    assert failure.value.is_gone


async def test_of_several_edits_that_wait_only_the_newest_is_made():
    """Progress that nobody could have read costs nothing."""
    async with staged() as stage:
        (card,) = await stage.bot.send(stage.private, reply("0"))
        for _ in range(3):
            await stage.bot.send(stage.private, reply("x"))  # the burst is used up

        edits = [asyncio.create_task(stage.bot.edit(card, reply(str(n)))) for n in range(1, 9)]
        await stage.time.advance(1)
        await asyncio.gather(*edits)

        assert len(stage.server.calls_of("editMessageText")) == 1
        assert stage.server.messages[stage.ann.id, int(card.id)].text == "8"


async def test_an_edit_during_an_edit_is_made_after_it():
    """The last words win."""
    async with staged() as stage:
        (card,) = await stage.bot.send(stage.private, reply("0"))
        first = asyncio.create_task(stage.bot.edit(card, reply("1")))
        await stage.server.called("editMessageText")
        second = asyncio.create_task(stage.bot.edit(card, reply("2")))
        await asyncio.gather(first, second)

        assert stage.server.last.text == "2"


async def test_a_failed_edit_fails_for_everybody_who_waits_for_it(stage):
    """And the next one is tried anew."""
    (card,) = await stage.bot.send(stage.private, reply("0"))
    stage.server.fail("editMessageText", 403, "Forbidden: bot was blocked by the user")

    done = await asyncio.gather(
        *(stage.bot.edit(card, reply(str(n))) for n in (1, 2)), return_exceptions=True
    )
    await stage.bot.edit(card, reply("3"))

    assert [type(each) for each in done] == [DeliveryFailed, DeliveryFailed]
    assert stage.server.last.text == "3"


async def test_words_on_a_file_are_edited_as_its_caption(stage):
    """The buttons of a reply may stand on a file."""
    (sent,) = await stage.bot.send(
        stage.private, Reply((), buttons=((YES,),), files=(SentFile("a.csv", b""),))
    )

    await stage.bot.edit(sent, reply("過期了"))

    assert (stage.server.last.text, stage.server.last.buttons) == ("過期了", [])


async def test_a_message_is_taken_back(stage):
    """One that is gone already is no error."""
    (card,) = await stage.bot.send(stage.private, reply("一"))

    await stage.bot.withdraw(card)
    await stage.bot.withdraw(card)

    assert stage.server.messages == {}


@pytest.mark.parametrize(
    ("mark", "sign"), [(Mark.SEEN, "👀"), (Mark.DONE, "✍"), (Mark.FAILED, "🤷")]
)
async def test_a_mark_is_a_reaction_that_telegram_has(stage, mark, sign):
    """The latest takes the place of the one before."""
    message = (await stage.hear(stage.ann, "一")).message
    await stage.bot.mark(message, Mark.SEEN)

    await stage.bot.mark(message, mark)

    assert stage.server.reactions[stage.ann.id, int(message.id)] == [sign]


# ── buttons and whispers ─────────────────────────────────────────────────────────────────────────


async def pressed(stage, group=None) -> tuple[str, Pressed]:
    """Ann presses a button in a group; its query and event."""
    group = group or stage.server.group()
    await stage.bot.send(chat(group), reply("標題", buttons=((YES,),)))
    query = await stage.server.press(stage.ann, stage.server.last)
    return query, await stage.heard()


async def test_every_pressed_button_is_answered(stage):
    """Also when nobody has anything to say."""
    query, _ = await pressed(stage)

    await stage.server.called("answerCallbackQuery")

    assert stage.server.answers[query] == {"callback_query_id": query}


async def test_a_button_lets_go_after_five_seconds(stage):
    """However long the work behind it takes."""
    never = asyncio.Event()
    stage.listener.on_event = lambda _: never.wait()
    query, _ = await pressed(stage)
    await stage.time.advance(4.9)
    before = query in stage.server.answers

    await stage.time.advance(0.1)
    await stage.server.called("answerCallbackQuery")

    assert (before, query in stage.server.answers) == (False, True)


@pytest.mark.parametrize(
    ("words", "alert"), [("謝謝", None), ("謝" * 61, True), ("謝" * 200, True)]
)
async def test_a_whisper_beside_a_button_vanishes_by_itself(stage, words, alert):
    """A long one has to be closed."""
    whispered = asyncio.get_running_loop().create_future()

    async def whisper(event: Pressed) -> None:
        whispered.set_result(await stage.bot.whisper(event, reply(words)))

    stage.listener.on_event = whisper
    query, _ = await pressed(stage)
    sent = await whispered

    answer = stage.server.answers[query]
    assert (answer["text"], answer.get("show_alert")) == (words, alert)
    assert sent == ()


@pytest.mark.parametrize(
    "said", [reply("謝" * 201), reply("？", buttons=((YES,),))], ids=["long", "with-buttons"]
)
async def test_what_does_not_fit_beside_a_button_is_said_in_private(stage, said):
    """And the button is answered all the same."""
    stage.listener.on_event = lambda event: stage.bot.whisper(event, said)
    query, _ = await pressed(stage)

    await stage.server.called("answerCallbackQuery")

    assert (stage.server.last.chat, stage.server.last.text) == (stage.ann.id, said.text)
    assert query in stage.server.answers


async def test_a_late_whisper_is_said_in_private(stage):
    """The button waits no longer."""
    _, event = await pressed(stage)
    await stage.server.called("answerCallbackQuery")

    (message,) = await stage.bot.whisper(event, reply("好了"))

    assert message.where == stage.private


async def test_a_query_too_old_to_be_answered_is_whispered_in_private(stage):
    """After a long stop, buttons pressed meanwhile arrive late."""
    stage.server.fail("answerCallbackQuery", 400, "Bad Request: query is too old", times=2)
    stage.listener.on_event = lambda event: stage.bot.whisper(event, reply("好了"))
    await pressed(stage)

    await stage.server.called("sendMessage", times=2)

    assert stage.server.last.text == "好了"


async def test_a_whisper_to_a_command_in_a_group_goes_to_the_private_chat(stage):
    """One in private is an ordinary answer."""
    in_group = await stage.hear(stage.ann, "/search 移工", chat=stage.server.group())
    in_private = await stage.hear(stage.ann, "/search 移工")

    for event in (in_group, in_private):
        (message,) = await stage.bot.whisper(event, reply("結果"))
        assert message.where == stage.private


async def test_who_never_wrote_to_the_bot_cannot_be_whispered_to(stage):
    """A bot may not begin a conversation."""
    event = await stage.hear(stage.ann, "/search 移工", chat=stage.server.group())
    stage.server.fail("sendMessage", 403, "Forbidden: bot can't initiate conversation with a user")

    with pytest.raises(DeliveryFailed) as failure:
        await stage.bot.whisper(event, reply("結果"))

    assert failure.value.is_gone


async def test_an_anonymous_admin_is_told_that_the_voice_does_not_count(stage):
    """Nothing is handed over: nobody could be counted."""
    group = stage.server.group()
    await stage.bot.send(chat(group), reply("標題", buttons=((YES,),)))

    query = await stage.server.press(ANONYMOUS, stage.server.last)
    await stage.server.called("answerCallbackQuery")

    await stage.nothing()
    assert stage.server.answers[query]["text"] == "telegram-anonymous"


async def test_nobody_whispers_to_somebody_anonymous(stage):
    """They have no private chat."""
    group = stage.server.group()
    event = await stage.hear(ANONYMOUS, "/me", chat=group, sender_chat=group)

    with pytest.raises(DeliveryFailed) as failure:
        await stage.bot.whisper(event, reply("結果"))

    assert failure.value.is_gone


async def test_a_press_that_is_not_written_down_is_answered_when_it_comes_again():
    """Once."""
    async with staged() as stage:
        await stage.bot.start(stage.listener)
        group = stage.server.group()
        await stage.bot.send(chat(group), reply("標題", buttons=((YES,),)))
        stage.listener.refusing = 1

        query = await stage.server.press(stage.ann, stage.server.last)
        await stage.time.sleeping()
        await stage.time.advance(1)
        await stage.server.called("answerCallbackQuery")

        assert query in stage.server.answers
        assert len(stage.listener.events) == 1


# ── typing, inline mode ──────────────────────────────────────────────────────────────────────────


async def test_typing_is_shown_while_an_answer_takes_its_time(stage):
    """From the second second on, again and again, until it is there."""
    done = asyncio.Event()
    stage.listener.on_event = lambda _: done.wait()
    await stage.hear(stage.ann, "https://example.org")
    await stage.time.settle()
    before = stage.server.calls_of("sendChatAction")

    await stage.time.advance(1)
    await stage.server.called("sendChatAction")
    await stage.time.sleeping(times=2)
    await stage.time.advance(4.5)
    await stage.server.called("sendChatAction", times=2)
    done.set()
    await stage.time.settle()
    await stage.time.advance(60)

    assert before == []
    assert (
        stage.server.calls_of("sendChatAction")
        == [{"chat_id": stage.ann.id, "action": "typing"}] * 2
    )


async def test_nobody_types_in_a_group(stage):
    """It would only be noise."""
    stage.listener.on_event = lambda _: asyncio.Event().wait()
    await stage.hear(stage.ann, "https://example.org", chat=stage.server.group())

    await stage.time.advance(2)

    assert stage.server.calls_of("sendChatAction") == []


def offers(n: int) -> list[Found]:
    return [Found(f"item-{k}", f"<標題 {k}>", "摘要", styled(f"<標題 {k}>")) for k in range(n)]


async def ask(stage, query: str = "移工", offset: str = "") -> dict:
    await stage.server.update(
        "inline_query",
        {"id": f"i{offset}", "from": stage.ann.user, "query": query, "offset": offset},
    )
    return await stage.server.called("answerInlineQuery", times=2 if offset else 1)


async def test_items_are_offered_in_any_chat_page_by_page(stage):
    """Only to the one who asks."""
    stage.listener.offered = offers(25)

    first, second = await ask(stage), await ask(stage, offset="20")

    assert stage.listener.asked == [
        (member(stage.ann), "移工", "zh-hant", 0, 20),
        (member(stage.ann), "移工", "zh-hant", 20, 20),
    ]
    assert [len(first["results"]), len(second["results"])] == [20, 5]
    assert [first["next_offset"], second["next_offset"]] == ["20", ""]
    assert first["is_personal"] is True
    assert first["results"][0]["title"] == "<標題 0>"
    assert first["results"][0]["input_message_content"]["message_text"] == "&lt;標題 0&gt;"


async def test_an_item_too_long_to_be_put_into_a_chat_is_cut(stage):
    """One long item does not take away the others."""
    lines = Reply(tuple(Line((Span("字" * 1000),)) for _ in range(9)))
    stage.listener.offered = [
        Found("1", "多行", "", lines),
        Found("2", "一行", "", reply("字" * 5000)),
        *offers(1),
    ]

    answer = await ask(stage)

    texts = [each["input_message_content"]["message_text"] for each in answer["results"]]
    assert [len(each) for each in texts[:2]] == [4003, 2]
    assert texts[1] == "一行"


# ── files ────────────────────────────────────────────────────────────────────────────────────────


async def test_a_file_is_downloaded_with_its_bytes_and_name(stage):
    """As it was sent."""
    key = stage.server.upload(bytes(range(256)) * 9)

    file = await stage.bot.download(Attachment(key, "報告.pdf"), max_bytes=10_000)

    assert file == SentFile("報告.pdf", bytes(range(256)) * 9)


@pytest.mark.parametrize(
    ("sent", "declared", "max_bytes"),
    [
        pytest.param(11, 11, 10, id="more-than-wanted"),
        pytest.param(11, None, 10, id="nobody-said-how-large"),
        pytest.param(20_000_001, None, 50_000_000, id="more-than-telegram-hands-out"),
        pytest.param(0, 20_000_001, 50_000_000, id="declared-as-more-than-telegram-hands-out"),
    ],
)
async def test_a_file_that_is_too_large_is_refused(stage, sent, declared, max_bytes):
    """With what it has and what may be, as other sources say it."""
    key = stage.server.upload(b"x" * sent)

    with pytest.raises(TooLarge) as problem:
        await stage.bot.download(Attachment(key, "a.pdf", size=declared), max_bytes=max_bytes)

    assert problem.value.facts["what"] == "bytes"
    assert problem.value.facts["limit"] == min(max_bytes, 20_000_000)


async def test_a_file_that_is_gone_cannot_be_had(stage):
    """Telegram keeps none for ever."""
    with pytest.raises(DeliveryFailed):
        await stage.bot.download(Attachment("lost", "a.pdf"), max_bytes=10)


# ── rights ───────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("status", "expected"),
    [("creator", True), ("administrator", True), ("member", False), ("left", False)],
)
async def test_who_looks_after_a_group_is_an_admin(stage, status, expected):
    """Telegram says who does."""
    group = stage.server.group()
    stage.server.set_member(group, stage.ann.user, status)

    assert await stage.bot.is_admin(chat(group), member(stage.ann)) is expected


@pytest.mark.parametrize(
    ("status", "expected"),
    [("administrator", True), ("member", True), ("left", False), ("kicked", False)],
)
async def test_who_is_in_a_group_is_a_member_of_it(stage, status, expected):
    """As long as they are; whoever was never there is not."""
    group = stage.server.group()
    stage.server.set_member(group, stage.ann.user, status)

    assert await stage.bot.is_member(chat(group), member(stage.ann)) is expected
    assert not await stage.bot.is_member(chat(group), member(stage.server.person("Bo")))


async def test_rights_are_asked_for_once_a_minute(stage):
    """A row of commands is one question."""
    group = stage.server.group()
    stage.server.set_member(group, stage.ann.user, "administrator")
    await stage.bot.is_admin(chat(group), member(stage.ann))
    stage.server.set_member(group, stage.ann.user, "member")

    soon = await stage.bot.is_admin(chat(group), member(stage.ann))
    await stage.time.advance(60)
    later = await stage.bot.is_admin(chat(group), member(stage.ann))

    assert (soon, later) == (True, False)


async def test_in_private_and_anonymously_no_question_is_needed(stage):
    """Only admins can be anonymous; whoever writes as a channel is not one."""
    group = chat(stage.server.group())

    assert await stage.bot.is_admin(stage.private, member(stage.ann))
    assert await stage.bot.is_admin(group, MemberRef("telegram", "1087968824"))
    assert not await stage.bot.is_admin(group, MemberRef("telegram", "136817688"))


async def test_rights_that_telegram_does_not_tell_are_a_failure(stage):
    """Nobody is taken for an admin by mistake."""
    with pytest.raises(DeliveryFailed):
        await stage.bot.is_admin(ChatRef("telegram", "-42"), member(stage.ann))


@pytest.mark.parametrize(
    ("is_admin", "reads_all", "more", "expected"),
    [
        pytest.param(True, False, {}, (), id="admin"),
        pytest.param(
            False, False, {}, ("telegram-lacks-messages", "telegram-lacks-reactions"), id="member"
        ),
        pytest.param(False, True, {}, ("telegram-lacks-reactions",), id="without-privacy-mode"),
        pytest.param(
            True,
            True,
            {"available_reactions": [{"type": "emoji", "emoji": "👍"}]},
            ("telegram-lacks-signs",),
            id="few-reactions",
        ),
        pytest.param(
            False,
            True,
            {"permissions": {"can_send_messages": False}},
            ("telegram-lacks-writing", "telegram-lacks-reactions"),
            id="silenced",
        ),
    ],
)
async def test_what_is_lacking_is_told_by_name(stage, is_admin, reads_all, more, expected):
    """Each a sentence for the admin."""
    stage.server.reads_all = reads_all
    group = stage.server.group(is_admin=is_admin, **more)

    assert await stage.bot.lacks(chat(group), hears_all=True) == expected


async def test_nothing_is_lacking_in_private(stage):
    """There a bot hears everything."""
    assert await stage.bot.lacks(stage.private, hears_all=True) == ()


async def test_private_chats_and_doors_have_addresses(stage):
    """Known without asking."""
    assert stage.bot.private(member(stage.ann)) == stage.private
    assert stage.bot.private(MemberRef("telegram", "1087968824")) is None
    assert stage.bot.door("KEY_1-2") == "https://t.me/common_bot?start=KEY_1-2"


# ── menus ────────────────────────────────────────────────────────────────────────────────────────


def entry(name: str, **more) -> MenuEntry:
    return MenuEntry(
        name,
        {"en": name, "zh-TW": "搜尋"},
        {"en": f"About {name}", "zh-TW": f"關於 {name}" + "。" * 300},
        **more,
    )


async def test_menus_are_set_by_scope_and_language():
    """Admins see what only they need, too."""
    async with staged() as stage:
        stage.listener.entries = [entry("search"), entry("settings", for_admins=True)]

        await stage.bot.start(stage.listener)
        await stage.server.called("setMyShortDescription", times=3)

        names = {
            key: [each["command"] for each in listed]
            for key, listed in stage.server.commands.items()
        }
        for code in ("", "en", "zh"):
            assert names["all_private_chats", code] == ["search"]
            assert names["all_group_chats", code] == ["search"]
            assert names["all_chat_administrators", code] == ["search", "settings"]
        (chinese,) = stage.server.commands["all_group_chats", "zh"]
        assert chinese["description"].startswith("關於 search。")
        assert len(chinese["description"]) == 256
        assert stage.server.descriptions["long", "zh"].startswith("我幫你們的社群")
        assert "/privacy" in stage.server.descriptions["long", ""]


async def test_menus_that_are_right_are_left_alone():
    """Setting them is limited."""
    async with staged() as stage:
        stage.listener.entries = [entry("search")]
        await stage.bot.start(stage.listener)
        await stage.server.called("setMyShortDescription", times=3)
        await stage.bot.stop()
        stage.server.calls.clear()

        await stage.bot.start(stage.listener)
        await stage.server.called("getMyShortDescription", times=3)
        await stage.time.settle()

        assert not [name for name, _ in stage.server.calls if name.startswith("setMy")]


async def test_a_name_that_telegram_refuses_is_left_out(caplog):
    """The others are set."""
    async with staged() as stage:
        stage.listener.entries = [entry("Such-Name"), entry("search")]

        await stage.bot.start(stage.listener)
        await stage.server.called("setMyShortDescription", times=3)

        assert [each["command"] for each in stage.server.commands["all_group_chats", ""]] == [
            "search"
        ]
        assert any("no menu entry for /Such-Name" in each for each in caplog.messages)


async def test_menus_that_cannot_be_set_keep_nobody_from_talking():
    """They are as they were."""
    async with staged() as stage:
        stage.server.fail("getMyCommands", 502, "Bad Gateway")
        await stage.bot.start(stage.listener)

        assert (await stage.hear(stage.ann, "一")).text == "一"
