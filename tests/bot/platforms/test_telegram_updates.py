"""What happens on Telegram becomes events."""

import pytest

from bot.chat import (
    Attachment,
    Commanded,
    Edited,
    Joined,
    Left,
    Moved,
    Origin,
    Pressed,
    Reacted,
    Wrote,
)
from bot.platforms.telegram_memory import Memory
from bot.platforms.telegram_updates import command_of
from core.domain import ChatRef, MemberRef, MessageRef
from tests.bot.platforms.telegram_stage import chat, member, reply
from tests.fakes.telegram import Person
from tests.fakes.telegram.server import ANONYMOUS, CHANNEL_BOT

# ── messages ─────────────────────────────────────────────────────────────────────────────────────


async def test_a_private_message_says_who_where_and_in_which_language(stage):
    """The update's number is the key by which it is told apart."""
    event = await stage.hear(stage.ann, "今天的新聞")

    assert event == Wrote(
        message=MessageRef(stage.private, event.message.id),
        member=member(stage.ann),
        member_name="Ann",
        id=event.id,
        is_private=True,
        place=None,
        locale="zh-hant",
        text="今天的新聞",
    )
    assert event.id.isdigit()


async def test_a_group_has_a_name_and_what_is_said_there_is_not_for_the_bot(stage):
    """Unless it says so."""
    group = stage.server.group("讀書會")

    event = await stage.hear(stage.ann, "大家好", chat=group)

    assert (event.is_private, event.place, event.is_addressed) == (False, "讀書會", False)
    assert event.message.where == chat(group)


@pytest.mark.parametrize("name", ["@common_bot", "@Common_Bot"])
async def test_a_mention_addresses_the_bot_and_stays_in_the_text(stage, name):
    """Whatever the case of its letters, and behind emoji that count double."""
    event = await stage.hear(stage.ann, f"👩‍👩‍👧 {name} 存這篇", chat=stage.server.group())

    assert event.is_addressed
    assert event.text == f"👩‍👩‍👧 {name} 存這篇"


@pytest.mark.parametrize("gap", [" ", "\n", "：", "， "])
async def test_the_name_by_which_the_bot_is_called_is_no_part_of_what_is_said(stage, gap):
    """What follows is to be kept, the name is not."""
    event = await stage.hear(stage.ann, f"@Common_Bot{gap}存這篇", chat=stage.server.group())

    assert event.is_addressed
    assert event.text == "存這篇"


async def test_a_mention_of_somebody_else_does_not_address_the_bot(stage):
    """A longer name is another name."""
    event = await stage.hear(stage.ann, "@common_bot2 你看", chat=stage.server.group())

    assert not event.is_addressed
    assert event.text == "@common_bot2 你看"


async def test_an_answer_to_the_bot_addresses_it(stage):
    """And brings along what it answers."""
    group = stage.server.group()
    ours = stage.server.message(stage.server.bot, chat=group, text="標題")

    event = await stage.hear(stage.ann, "錯了", chat=group, reply_to_message=ours)

    assert event.is_addressed
    assert (event.about.text, event.about.message.id) == ("標題", str(ours["message_id"]))


async def test_an_answer_brings_along_what_it_answers_and_no_more(stage):
    """One step back, not the whole thread."""
    group, ben = stage.server.group(), stage.server.person("Ben")
    first = stage.server.message(stage.ann, chat=group, text="一")
    second = stage.server.message(ben, chat=group, text="二", reply_to_message=first)

    event = await stage.hear(stage.ann, "三", chat=group, reply_to_message=second)

    assert (event.about.text, event.about.member, event.about.about) == ("二", member(ben), None)


async def test_addresses_behind_words_follow_the_text(stage):
    """Each on a line of its own, once, and not if the text shows it anyway."""
    text = "🦊 這篇 和 https://example.org/a"
    entities = [
        {"type": "text_link", "offset": 3, "length": 2, "url": "https://example.org/b"},
        {"type": "text_link", "offset": 6, "length": 1, "url": "https://example.org/b"},
        {"type": "text_link", "offset": 0, "length": 2, "url": "https://example.org/a"},
    ]

    event = await stage.hear(stage.ann, text, entities=entities)

    assert event.text == f"{text}\nhttps://example.org/b"


@pytest.mark.parametrize(
    ("forwarded", "origin"),
    [
        pytest.param(
            {"type": "user", "sender_user": {"id": 5, "is_bot": False, "first_name": "Cai"}},
            Origin("Cai"),
            id="person",
        ),
        pytest.param(
            {"type": "hidden_user", "sender_user_name": "Secret"}, Origin(), id="hidden-person"
        ),
        pytest.param(
            {"type": "chat", "sender_chat": {"id": -7, "type": "supergroup", "title": "工會"}},
            Origin("工會"),
            id="group",
        ),
        pytest.param(
            {
                "type": "channel",
                "chat": {"id": -8, "type": "channel", "title": "快訊", "username": "news"},
                "message_id": 42,
            },
            Origin("快訊", "https://t.me/news/42"),
            id="public-channel",
        ),
        pytest.param(
            {
                "type": "channel",
                "chat": {"id": -9, "type": "channel", "title": "內部"},
                "message_id": 42,
            },
            Origin("內部"),
            id="private-channel",
        ),
    ],
)
async def test_a_forward_keeps_where_it_comes_from_in_words(stage, forwarded, origin):
    """Public channels with the address of the post; whoever hides stays hidden."""
    event = await stage.hear(stage.ann, "轉", forward_origin=forwarded | {"date": 1})

    assert event.origin == origin


async def test_a_photo_is_its_largest_size_and_keeps_its_caption(stage):
    """Members of an album bear the same key."""
    sizes = [
        {"file_id": f"p{n}", "file_unique_id": f"u{n}", "width": n, "height": n, "file_size": n}
        for n in (90, 1280, 320)
    ]

    event = await stage.hear(stage.ann, photo=sizes, caption="海報", media_group_id="album-7")

    assert event.text == "海報"
    assert event.files == (Attachment("p1280", "photo.jpg", "image/jpeg", 1280),)
    assert event.album == "album-7"


async def test_a_document_keeps_its_name_and_type(stage):
    """Without words, too."""
    document = {
        "file_id": "d1",
        "file_unique_id": "u",
        "file_name": "報告.pdf",
        "mime_type": "application/pdf",
        "file_size": 1234,
    }

    event = await stage.hear(stage.ann, document=document)

    assert (event.text, event.files) == (
        "",
        (Attachment("d1", "報告.pdf", "application/pdf", 1234),),
    )


async def test_what_has_neither_words_nor_a_file_is_no_event(stage):
    """Pins, joins and places."""
    await stage.server.write(stage.ann, location={"latitude": 25.0, "longitude": 121.5})
    await stage.server.write(stage.ann, chat=stage.server.group(), new_chat_title="新名字")

    await stage.nothing()


async def test_bots_are_not_listened_to(stage):
    """Not even our own words in somebody's name."""
    other = {"id": 9, "is_bot": True, "first_name": "Other", "username": "other_bot"}
    group = stage.server.group()

    await stage.server.write(other, "https://example.org", chat=group)
    await stage.server.write(stage.ann, "移工", chat=group, via_bot=stage.server.bot)

    await stage.nothing()


async def test_channel_posts_are_not_asked_for(stage):
    """The bot names the kinds of updates that it wants, and votes are not counts."""
    allowed = stage.server.calls_of("getUpdates") or [await stage.server.called("getUpdates")]

    assert allowed[0]["allowed_updates"] == [
        "message",
        "edited_message",
        "callback_query",
        "inline_query",
        "my_chat_member",
        "message_reaction",
    ]


async def test_an_anonymous_admin_is_heard_under_the_name_of_the_group(stage):
    """The member is Telegram's stand-in account, never the chat."""
    group = stage.server.group("讀書會")

    event = await stage.hear(ANONYMOUS, "/settings", chat=group, sender_chat=group)

    assert event.member == MemberRef("telegram", "1087968824")
    assert event.member_name == "讀書會"


async def test_somebody_who_writes_as_a_channel_is_heard_under_its_name(stage):
    """The channel is no member."""
    channel = {"id": -100, "type": "channel", "title": "快訊"}

    event = await stage.hear(
        CHANNEL_BOT, "https://e.org", chat=stage.server.group(), sender_chat=channel
    )

    assert (event.member.id, event.member_name) == ("136817688", "快訊")


# ── topics ───────────────────────────────────────────────────────────────────────────────────────


async def test_a_topic_is_a_thread(stage):
    """And the message that opened it is not what others in it answer."""
    forum = stage.server.group(is_forum=True)
    opening = stage.server.message(
        stage.server.bot,
        chat=forum,
        forum_topic_created={"name": "勞動", "icon_color": 1},
        message_thread_id=5,
        is_topic_message=True,
    )

    event = await stage.hear(
        stage.ann,
        "新文章",
        chat=forum,
        message_thread_id=5,
        is_topic_message=True,
        reply_to_message=opening,
    )

    assert event.message.where == chat(forum, "5")
    assert (event.about, event.is_addressed) == (None, False)


async def test_general_is_no_thread(stage):
    """Its messages have no thread, and neither have answers to them."""
    event = await stage.hear(stage.ann, "一", chat=stage.server.group(is_forum=True))

    assert event.message.where.thread is None


async def test_an_answer_in_a_group_without_topics_is_no_thread(stage):
    """Telegram gives it a thread number, which would be refused when answering."""
    group = stage.server.group()
    first = stage.server.message(stage.ann, chat=group, text="一")

    event = await stage.hear(
        stage.ann, "二", chat=group, reply_to_message=first, message_thread_id=first["message_id"]
    )

    assert event.message.where.thread is None


# ── commands ─────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "command", "argument"),
    [
        ("/search 移工", "search", "移工"),
        ("/search@common_bot 移工", "search", "移工"),
        ("/search@Common_Bot\n移工\n政策 ", "search", "移工\n政策"),
        ("/搜尋 移工", "搜尋", "移工"),
        ("／搜尋 移工", "搜尋", "移工"),
        ("/start KEY_1-2", "start", "KEY_1-2"),
        ("/", "help", ""),
    ],
)
async def test_a_command_arrives_in_two_parts(stage, text, command, argument):
    """In Latin letters or Chinese, with either slash, with or without our name."""
    event = await stage.hear(stage.ann, text)

    assert isinstance(event, Commanded)
    assert (event.command, event.argument) == (command, argument)


@pytest.mark.parametrize("text", ["/usr/bin/env", "/notes.txt", "/ 三", "他說 /search", "a/b"])
def test_a_path_is_no_command(text):
    """Nor is a slash among other words."""
    assert command_of(text, "common_bot") is None


async def test_a_command_for_another_bot_is_not_ours(stage):
    """Nothing is heard of it."""
    await stage.server.write(stage.ann, "/search@other_bot 移工", chat=stage.server.group())

    await stage.nothing()


async def test_save_as_an_answer_is_about_the_message_that_it_answers(stage):
    """With its files and its origin."""
    group, ben = stage.server.group(), stage.server.person("Ben")
    document = {"file_id": "d1", "file_unique_id": "u", "file_name": "a.pdf"}
    sent = stage.server.message(ben, chat=group, document=document, caption="必讀")

    event = await stage.hear(stage.ann, "/save", chat=group, reply_to_message=sent)

    assert event.command == "save"
    assert (event.about.member, event.about.text) == (member(ben), "必讀")
    assert event.about.files == (Attachment("d1", "a.pdf"),)


async def test_a_command_may_be_a_caption_and_have_hidden_addresses(stage):
    """The file is the command's."""
    document = {"file_id": "d1", "file_unique_id": "u", "file_name": "a.pdf"}
    link = {"type": "text_link", "offset": 6, "length": 2, "url": "https://example.org/b"}

    event = await stage.hear(
        stage.ann, document=document, caption="/save 這篇", caption_entities=[link]
    )

    assert event.argument == "這篇\nhttps://example.org/b"
    assert event.files == (Attachment("d1", "a.pdf"),)


# ── edits, reactions, buttons ────────────────────────────────────────────────────────────────────


async def test_an_edit_says_what_the_message_says_now(stage):
    """Each change has a key of its own."""
    message = stage.server.message(stage.ann, text="一") | {"edit_date": 1}
    await stage.server.update("edited_message", message)
    first = await stage.heard()
    await stage.server.update("edited_message", message | {"text": "二"})
    second = await stage.heard()

    assert isinstance(second, Edited)
    assert (second.now.text, second.message) == ("二", first.message)
    assert first.id != second.id


async def test_a_reaction_says_what_came_and_what_went(stage):
    """Signs of one look are one sign; a group's own signs are left out."""
    message = (await stage.hear(stage.ann, "一")).message

    await stage.server.react(
        stage.ann, stage.ann.chat, int(message.id), new=["👍", "❤️"], old=["👎"]
    )

    event = await stage.heard()
    assert isinstance(event, Reacted)
    assert (event.added, event.removed) == ({"👍", "❤"}, {"👎"})
    assert event.message == message


async def test_a_reaction_has_the_words_and_the_topic_of_its_message(stage):
    """Telegram tells neither; they are remembered."""
    forum = stage.server.group(is_forum=True, is_admin=True)
    wrote = await stage.hear(
        stage.ann, "好文", chat=forum, message_thread_id=5, is_topic_message=True
    )

    await stage.server.react(stage.server.person("Ben"), forum, int(wrote.message.id), new=["🔥"])

    event = await stage.heard()
    assert event.about == wrote
    assert event.message.where == chat(forum, "5")


async def test_a_reaction_on_our_card_knows_its_topic(stage):
    """Though it has no words of a member."""
    forum = stage.server.group(is_forum=True, is_admin=True)
    (card,) = await stage.bot.send(chat(forum, "5"), reply("標題"))

    await stage.server.react(stage.ann, forum, int(card.id), new=["👍"])

    event = await stage.heard()
    assert (event.message, event.about) == (card, None)


async def test_reactions_of_chats_are_no_votes(stage, caplog):
    """Anonymous ones are logged once; those that only change a group's own signs say nothing."""
    group = stage.server.group(is_admin=True)
    about = {"chat": group, "message_id": 1, "date": 1, "old_reaction": []}
    thumb = [{"type": "emoji", "emoji": "👍"}]
    own = [{"type": "custom_emoji", "custom_emoji_id": "77"}]
    caplog.set_level("INFO", "bot")

    for _ in range(2):
        await stage.server.update(
            "message_reaction", about | {"actor_chat": group, "new_reaction": thumb}
        )
    await stage.server.update(
        "message_reaction", about | {"user": stage.ann.user, "new_reaction": own}
    )

    await stage.nothing()
    assert len([each for each in caplog.messages if "anonymous reactions" in each]) == 1


async def test_reactions_in_a_group_arrive_only_at_admins(stage):
    """Which is why buttons do the same."""
    group = stage.server.group(is_admin=False)
    message = (await stage.hear(stage.ann, "一", chat=group)).message

    await stage.server.react(stage.ann, group, int(message.id), new=["👍"])

    await stage.nothing()


def test_memory_forgets_the_oldest():
    """It has room for so many, and what was seen again is young."""
    memory = Memory(size=2)
    one, two, three = (MessageRef(ChatRef("telegram", "1", "5"), n) for n in "123")
    for each in (one, two, one, three):
        memory.keep(each)

    asked = [MessageRef(ChatRef("telegram", "1"), n) for n in "123"]

    assert [memory.find(each)[0] for each in asked] == [one, asked[1], three]


async def test_a_pressed_button_says_what_it_does(stage):
    """The message is the one that bears it."""
    (card,) = await stage.bot.send(stage.private, reply("標題"))

    await stage.server.press(stage.ann, stage.server.last, "retry 7")

    event = await stage.heard()
    assert isinstance(event, Pressed)
    assert (event.does, event.message, event.member) == ("retry 7", card, member(stage.ann))


async def test_a_button_of_a_message_too_old_to_be_shown_still_works(stage):
    """Telegram sends only the number of the message."""
    old = {"chat": stage.ann.chat, "message_id": 3, "date": 0}
    await stage.server.update(
        "callback_query",
        {
            "id": "q1",
            "from": stage.ann.user,
            "chat_instance": "1",
            "data": "retry 7",
            "message": old,
        },
    )

    assert (await stage.heard()).message == MessageRef(stage.private, "3")


# ── coming, going, moving ────────────────────────────────────────────────────────────────────────


async def test_being_taken_in_and_removed_is_told(stage):
    """With who did it."""
    group = stage.server.group("讀書會")

    await stage.server.presence(stage.ann, group, "left", "member")
    joined = await stage.heard()
    await stage.server.presence(stage.ann, group, "administrator", "kicked")
    left = await stage.heard()

    assert isinstance(joined, Joined)
    assert (joined.where, joined.member, joined.place) == (
        chat(group),
        member(stage.ann),
        "讀書會",
    )
    assert isinstance(left, Left)
    assert left.where == chat(group)


async def test_somebody_anonymous_who_takes_the_bot_in_is_nobody(stage):
    """Telegram does not say who it was."""
    await stage.server.presence(Person(ANONYMOUS), stage.server.group(), "left", "administrator")

    assert (await stage.heard()).member is None


async def test_a_blocked_bot_has_left_the_private_chat(stage):
    """Unblocked, it is back."""
    await stage.server.presence(stage.ann, stage.ann.chat, "member", "kicked")
    left = await stage.heard()
    await stage.server.presence(stage.ann, stage.ann.chat, "kicked", "member")
    back = await stage.heard()

    assert isinstance(left, Left)
    assert isinstance(back, Joined)
    assert back.is_private


async def test_a_group_moves_once(stage):
    """Both chats tell of it, and the old one is not left besides."""
    old, new = stage.server.group(is_super=False), stage.server.group()

    await stage.server.write(stage.ann, chat=old, migrate_to_chat_id=new["id"])
    await stage.server.write(stage.ann, chat=new, migrate_from_chat_id=old["id"])
    await stage.server.presence(stage.ann, old, "member", "left")

    event = await stage.heard()
    assert event == Moved(where=chat(old), to=chat(new), id=f"moved-{old['id']}-{new['id']}")
