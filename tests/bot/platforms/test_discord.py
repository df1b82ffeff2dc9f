"""What Discord's members do and see; Discord itself is played by simcord, in this process."""

from collections.abc import AsyncIterator

import discord
import pytest
import simcord

from bot.chat import (
    Attachment,
    Button,
    Commanded,
    Deleted,
    DeliveryFailed,
    Edited,
    Joined,
    Line,
    Mark,
    Pressed,
    Reacted,
    Reply,
    Span,
    Suggestion,
    Wrote,
)
from bot.platforms.discord import DiscordPlatform
from core.domain import ChatRef, MemberRef, MessageRef, SentFile
from core.errors import TooLarge
from tests.fakes.ear import Ear

SAVE = "Save to library"


class Room:
    """A server with one channel, one member, and the bot.

    Attributes:
        env: Discord.
        ear: what the platform hands over.
        platform: the adapter.
        ann: a member without rights of her own.
    """

    def __init__(self, env: simcord.Env, ear: Ear, platform: DiscordPlatform) -> None:
        self.env = env
        self.ear = ear
        self.platform = platform
        self.guild = env.create_guild("Workers", preferred_locale="zh-TW")
        self.channel = self.guild.create_text_channel("general")
        self.ann = self.guild.add_member(env.create_user("ann"))
        self.where = ChatRef("discord", str(self.guild.id), str(self.channel.id))

    @property
    def messages(self) -> list[discord.Message]:
        return self.channel.history()

    async def heard(self, kind: type):
        """The one event of a kind."""
        await self.env.settle()
        (event,) = self.ear.all(kind)
        return event


@pytest.fixture
def reads_messages() -> bool:
    return True


@pytest.fixture
async def room(reads_messages) -> AsyncIterator[Room]:
    ear = Ear()
    platform = DiscordPlatform("token", reads_messages=reads_messages, ready_wait_s=0)
    env = simcord.Env(platform.open(ear))
    await env.start()
    yield Room(env, ear, platform)
    await env.shutdown()
    assert env.errors == []


def reply(*texts: str, buttons: tuple[tuple[Button, ...], ...] = (), **more) -> Reply:
    return Reply(tuple(Line((Span(text),)) for text in texts), buttons=buttons, **more)


def said(message: discord.Message) -> str:
    return message.content + "\n".join(embed.description or "" for embed in message.embeds)


# ── coming in ────────────────────────────────────────────────────────────────────────────────────


async def test_a_members_words_arrive_unchanged(room):
    """With who wrote them, and where."""
    message = await room.ann.send(room.channel, "移工 **x** <b> \\_")

    event = await room.heard(Wrote)
    assert event.text == "移工 **x** <b> \\_"
    assert event.message == MessageRef(room.where, str(message.id))
    assert event.member == MemberRef("discord", str(room.ann.id))
    assert (event.member_name, event.place) == ("ann", "Workers")
    assert (event.is_private, event.is_addressed) == (False, False)


async def test_a_mention_addresses_the_bot_and_is_no_word(room):
    """It is how members call it, not what they say."""
    await room.ann.send(room.channel, f"<@{room.env.bot.user.id}> 看看 https://e.org")

    event = await room.heard(Wrote)
    assert event.is_addressed
    assert event.text == "看看 https://e.org"


async def test_a_private_message_speaks_to_the_bot(room):
    """The private channel is a chat of its own, and remembered."""
    message = await room.ann.send_dm("你好")

    event = await room.heard(Wrote)
    assert event.message.where == ChatRef("discord", str(message.channel.id))
    assert (event.is_private, event.is_addressed, event.place) == (True, True, None)
    assert room.platform.private(event.member) == event.message.where


@pytest.mark.parametrize("called", [True, False], ids=["mentioned", "not-mentioned"])
async def test_a_typed_command_counts_where_the_bot_is_addressed(room, called):
    """In a channel a line with the sign in front may be anything."""
    mention = f"<@{room.env.bot.user.id}> " if called else ""
    await room.ann.send(room.channel, f"{mention}/搜尋 移工 label:勞動")
    await room.env.settle()

    (event,) = room.ear.all(Commanded if called else Wrote)
    if called:
        assert (event.command, event.argument) == ("搜尋", "移工 label:勞動")


async def test_nobody_hears_bots(room):
    """Neither others nor itself nor what a webhook writes."""
    other = room.guild.add_member(room.env.create_user("other", bot=True))
    await other.send(room.channel, "https://e.org")
    await room.guild.create_webhook(room.channel).send("https://e.org")
    await room.platform.send(room.where, reply("https://e.org"))
    await room.env.settle()

    assert room.ear.all(Wrote) == []


async def test_an_answer_brings_along_what_it_answers(room):
    """An answer to the bot speaks to it."""
    await room.platform.send(room.where, reply("卡片"))
    card = room.channel.last_message

    await room.ann.send(room.channel, "標錯了", reply_to=card)

    event = await room.heard(Wrote)
    assert event.about.message == MessageRef(room.where, str(card.id))
    assert event.about.text == "卡片"
    assert event.is_addressed


async def test_a_forward_is_read_from_its_snapshot(room):
    """Where it comes from is told where the bot can look."""
    news = room.guild.create_text_channel("news")
    original = await room.ann.send(
        news, "轉這篇 https://e.org/a", attachments=[("a.txt", "全文".encode())]
    )
    room.ear.events.clear()

    forward = await room.ann.forward(original, room.channel)

    event = await room.heard(Wrote)
    assert event.text == "轉這篇 https://e.org/a"
    assert event.message.id == str(forward.id)
    assert event.origin.name == "Workers #news"
    (file,) = event.files
    assert (file.name, file.key.split("/")[1]) == ("a.txt", str(forward.id))


async def test_a_file_is_downloaded_also_after_a_restart(room):
    """Its key leads to the message, which names a good address."""
    await room.ann.send(room.channel, "附件", attachments=[("a.txt", "全文".encode())])
    (file,) = (await room.heard(Wrote)).files

    now = await room.platform.download(file, max_bytes=100)
    await room.env.restart_bot(room.platform.open(Ear()))
    later = await room.platform.download(file, max_bytes=100)

    assert now == later == SentFile("a.txt", "全文".encode())


async def test_a_large_file_is_not_downloaded(room):
    """The limit holds, whatever the event said."""
    await room.ann.send(room.channel, "附件", attachments=[("a.txt", b"12345")])
    (file,) = (await room.heard(Wrote)).files

    with pytest.raises(TooLarge):
        await room.platform.download(file, max_bytes=4)
    with pytest.raises(TooLarge):
        await room.platform.download(Attachment(file.key, "a.txt"), max_bytes=4)


async def test_a_change_is_told_once(room):
    """Each has a key of its own."""
    message = await room.ann.send(room.channel, "一")
    await room.ann.edit(message, "二")
    await room.env.advance_time(1)
    await room.ann.edit(message, "三")
    await room.env.settle()

    first, second = room.ear.all(Edited)
    assert (first.now.text, second.now.text) == ("二", "三")
    assert first.message == second.message
    assert first.id != second.id


async def test_a_deleted_message_is_told(room):
    """By its address; nobody says who did it."""
    message = await room.ann.send(room.channel, "一")
    await room.ann.delete(message)

    event = await room.heard(Deleted)
    assert event.messages == (MessageRef(room.where, str(message.id)),)


async def test_reactions_are_told_with_what_they_are_on(room):
    """Each has a key of its own, also the same one twice."""
    message = await room.ann.send(room.channel, "https://e.org")
    await room.ann.react(message, "❤️")
    await room.ann.unreact(message, "❤️")
    await room.ann.react(message, "❤️")
    await room.env.settle()

    first, second, third = room.ear.all(Reacted)
    assert (first.added, first.removed) == ({"❤"}, frozenset())
    assert (second.added, second.removed) == (frozenset(), {"❤"})
    assert first.about.text == "https://e.org"
    assert first.message == MessageRef(room.where, str(message.id))
    assert len({event.id for event in (first, second, third)}) == 3


async def test_reactions_of_bots_and_of_a_servers_own_signs_are_none(room):
    """The bot's signs of receipt are no votes."""
    message = await room.ann.send(room.channel, "一")
    await room.platform.mark(MessageRef(room.where, str(message.id)), Mark.SEEN)
    other = room.guild.add_member(room.env.create_user("other", bot=True))
    await other.react(message, "👍")
    emoji = room.guild.create_emoji("fist")
    await room.ann.react(message, f"fist:{emoji.id}")
    await room.env.settle()

    assert room.ear.all(Reacted) == []


@pytest.mark.parametrize("reads_messages", [False])
async def test_a_reaction_says_nothing_of_what_the_bot_may_not_read(room):
    """It could not be kept; the vote counts all the same."""
    message = await room.ann.send(room.channel, "https://e.org")
    await room.ann.react(message, "👍")

    event = await room.heard(Reacted)
    assert (event.added, event.about) == ({"👍"}, None)
    assert not room.platform.capabilities.intake_by_reaction


async def test_a_thread_is_a_place_of_its_own(room):
    """What is asked there is answered there."""
    message = await room.ann.send(room.channel, "討論")
    thread = await room.channel.last_message.create_thread(name="討論")
    await room.env.settle()
    (there,) = room.channel.threads
    room.ear.events.clear()

    await room.ann.send(there, "在這裡")
    event = await room.heard(Wrote)
    await room.platform.send(event.message.where, reply("收到"), answers=event.message)

    assert event.message.where == ChatRef("discord", str(room.guild.id), str(thread.id))
    assert said(there.last_message) == "收到"
    assert message.id != there.last_message.id


async def test_a_forward_from_where_the_bot_is_not_has_no_origin_to_tell(room):
    """Its words are there all the same."""
    elsewhere = room.env.create_guild("Elsewhere").create_text_channel("talk")
    stranger = elsewhere.guild.add_member(room.ann.user)
    original = await stranger.send(elsewhere, "https://e.org/a")
    room.env.bot._connection._guilds.pop(elsewhere.guild.id)
    room.ear.events.clear()

    await room.ann.forward(original, room.channel)

    event = await room.heard(Wrote)
    assert event.text == "https://e.org/a"
    assert (event.origin.name, event.origin.link) == (None, None)


async def test_a_server_is_told_once_for_each_time_the_bot_was_taken_in(room):
    """However often the bot starts, the key is the same; the thread is one it may write to."""
    again = Ear()
    await room.env.restart_bot(room.platform.open(again))
    third = Ear()
    await room.env.restart_bot(room.platform.open(third))

    (second,) = again.all(Joined)
    assert third.all(Joined) == [second]
    assert second.where == room.where
    assert (second.place, second.locale) == ("Workers", "zh-TW")


# ── commands, menus, buttons ─────────────────────────────────────────────────────────────────────


async def test_a_slash_command_is_answered_to_its_member_alone(room):
    """The sign of thinking gives way to the answer."""

    async def answer(event: Commanded) -> None:
        await room.platform.send(event.message.where, reply("三篇"), answers=event.message)

    room.ear.answer = answer
    result = await room.ann.slash(room.channel, "search", **{"what-to-look-for": " 移工 "})

    event = await room.heard(Commanded)
    assert (event.command, event.argument) == ("search", "移工")
    assert event.message.where == room.where
    assert event.locale == "en-US"
    assert (result.acknowledged, result.ephemeral) == (True, True)
    assert result.response.content == "三篇"
    assert result.followups == []
    assert room.messages == []


async def test_a_command_that_is_not_answered_leaves_no_sign_of_thinking(room):
    """Discord would show it for a quarter of an hour."""
    result = await room.ann.slash(room.channel, "search")

    await room.heard(Commanded)
    assert result.acknowledged
    assert result.response is None


async def test_an_answer_that_comes_later_goes_to_the_member_too(room):
    """As long as the interaction lives; after that, into the channel. Meanwhile a sign is there."""

    async def answer(event: Commanded) -> None:
        await room.platform.mark(event.message, Mark.SEEN)

    room.ear.answer = answer
    result = await room.ann.slash(room.channel, "save", **{"a-link": "https://e.org"})
    event = await room.heard(Commanded)
    sign = result.response.content

    await room.platform.send(room.where, reply("收好了"), answers=event.message)
    now = result.response.content
    hidden = list(room.messages)
    await room.env.advance_time(16 * 60)
    await room.platform.send(room.where, reply("標好了"), answers=event.message)

    assert (sign, now, hidden) == ("👀", "收好了", [])
    assert [said(message) for message in room.messages] == ["標好了"]


async def test_what_one_member_sees_can_be_changed(room):
    """Progress gives way to its answer there too; later it is gone."""

    async def answer(event: Commanded) -> None:
        (sent,) = await room.platform.whisper(event, reply("正在找…", passing=True))
        await room.platform.edit(sent, reply("三篇"))
        room.sent = sent

    room.ear.answer = answer
    result = await room.ann.slash(room.channel, "search")

    assert result.response.content == "三篇"
    await room.env.advance_time(16 * 60)
    with pytest.raises(DeliveryFailed) as failed:
        await room.platform.edit(room.sent, reply("四篇"))
    assert failed.value.is_gone


@pytest.mark.parametrize("reads_messages", [False])
async def test_the_message_menu_keeps_a_message_that_the_bot_may_not_read(room):
    """Discord hands the whole message along, without the intent too."""
    bob = room.guild.add_member(room.env.create_user("bob"))
    message = await bob.send(room.channel, "看 https://e.org/a", attachments=[("a.txt", b"x")])
    await room.env.settle()
    unread = room.ear.all(Wrote)

    result = await room.ann.context_menu(room.channel, SAVE, message)

    event = await room.heard(Commanded)
    assert unread == []
    assert result.ephemeral
    assert event.command == "save"
    assert event.member == MemberRef("discord", str(room.ann.id))
    assert event.about.text == "看 https://e.org/a"
    assert event.about.message == MessageRef(room.where, str(message.id))
    assert event.about.member == MemberRef("discord", str(bob.id))
    assert [file.name for file in event.about.files] == ["a.txt"]


async def test_a_command_in_private_is_answered_for_good(room):
    """Nobody else is there, so the answer can stay and be changed later."""

    async def answer(event: Commanded) -> None:
        await room.platform.send(event.message.where, reply("三篇"), answers=event.message)

    room.ear.answer = answer
    result = await room.ann.user.slash("search")

    event = await room.heard(Commanded)
    assert (event.is_private, event.place) == (True, None)
    assert event.message.where == room.platform.private(event.member)
    assert (result.response.content, result.ephemeral) == ("三篇", False)
    await room.env.advance_time(16 * 60)
    await room.platform.edit(
        MessageRef(event.message.where, str(result.response.id)), reply("四篇")
    )
    assert result.response.content == "四篇"


async def test_a_menu_used_where_the_bot_is_no_member_belongs_to_the_person(room):
    """Somebody may have installed it for themself; then it is kept in their own collection."""
    channel = room.env.create_guild("Elsewhere").create_text_channel("talk")
    cara = channel.guild.add_member(room.env.create_user("cara"))
    message = await cara.send(channel, "https://e.org/a")
    room.env.bot._connection._guilds.pop(channel.guild.id)
    room.ear.events.clear()

    result = await cara.context_menu(channel, SAVE, message)

    event = await room.heard(Commanded)
    assert event.is_private
    assert event.message.where == room.platform.private(event.member)
    assert event.about.text == "https://e.org/a"
    assert result.ephemeral


async def test_a_whisper_after_a_quarter_of_an_hour_is_a_private_message(room):
    """What was for one pair of eyes never comes out in the channel."""
    await room.ann.slash(room.channel, "search")
    event = await room.heard(Commanded)
    await room.env.advance_time(16 * 60)

    await room.platform.whisper(event, reply("三篇"))

    assert room.messages == []
    assert said(room.ann.user.dm_channel.last_message) == "三篇"


async def test_completion_writes_the_whole_argument(room):
    """Each choice shows what it means."""
    room.ear.suggestions = (Suggestion("label:勞動/移工", 2, "Labour › Migrant workers"),)

    choices = await room.ann.autocomplete(
        room.channel, "search", "what-to-look-for", "since:2024 la"
    )

    assert room.ear.asked == [("search", "since:2024 la")]
    assert choices == [
        {
            "name": "since:2024 label:勞動/移工 — Labour › Migrant workers",
            "value": "since:2024 label:勞動/移工",
        }
    ]


async def test_a_button_works_after_a_restart(room):
    """What it does stands on it."""
    await room.platform.send(room.where, reply("卡片", buttons=((Button("為什麼", "why 7"),),)))
    card = room.channel.last_message
    later = Ear()
    await room.env.restart_bot(room.platform.open(later))

    result = await room.ann.click(card, label="為什麼")

    (event,) = later.all(Pressed)
    assert event.does == "why 7"
    assert event.message == MessageRef(room.where, str(card.id))
    assert result.acknowledged


async def test_a_whisper_beside_a_button_is_for_one_pair_of_eyes(room):
    """The card stays as it is for the others."""

    async def answer(event: Pressed) -> None:
        await room.platform.whisper(event, reply("因為…"))

    room.ear.answer = answer
    await room.platform.send(room.where, reply("卡片", buttons=((Button("為什麼", "why 7"),),)))

    result = await room.ann.click(room.channel.last_message, label="為什麼")

    (hidden,) = result.followups
    assert (hidden.content, hidden.ephemeral) == ("因為…", True)
    assert [said(message) for message in room.messages] == ["卡片"]


async def test_buttons_stand_in_rows_of_five(room):
    """What does the same stands there once."""
    many = tuple(Button(str(number), f"do {number}") for number in range(7))

    await room.platform.send(room.where, reply("選", buttons=(many, (Button("又", "do 1"),))))

    rows = room.channel.last_message.components
    assert [[button.label for button in row.children] for row in rows] == [
        ["0", "1", "2", "3", "4"],
        ["5", "6"],
    ]


async def test_menus_are_written_only_when_they_changed(room):
    """Discord counts how often commands are made."""
    await room.env.restart_bot(room.platform.open(Ear()))
    await room.env.restart_bot(room.platform.open(Ear(entries=room.ear.entries[:1])))

    written = [each for each in room.env.http_requests if each.method == "PUT"]
    assert len(written) == 2
    search, save, setup, menu = written[0].json
    assert (search["name"], search["name_localizations"]) == ("search", {"zh-TW": "搜尋"})
    assert search["options"][0]["name_localizations"] == {"zh-TW": "要找的詞"}
    assert (menu["name"], menu["name_localizations"]) == (SAVE, {"zh-TW": "收進文庫"})
    assert setup["default_member_permissions"] == str(discord.Permissions(manage_guild=True).value)
    assert save["default_member_permissions"] is None


# ── going out ────────────────────────────────────────────────────────────────────────────────────


async def test_nobody_is_ever_called(room):
    """Whatever a title says, and whomever a message answers."""
    message = await room.ann.send(room.channel, "一")
    where = MessageRef(room.where, str(message.id))
    hostile = f"@everyone @here <@{room.ann.id}> <@&{room.guild.default_role.id}>"

    (sent,) = await room.platform.send(room.where, reply(hostile), answers=where)
    await room.platform.edit(sent, reply(hostile))

    requests = [each.json for each in room.env.http_requests if each.method in ("POST", "PATCH")]
    assert [each["allowed_mentions"] for each in requests if "allowed_mentions" in each] == [
        {"parse": [], "replied_user": False},
        {"parse": []},
    ]
    shown = room.channel.last_message
    assert (shown.mentions, shown.mention_everyone, shown.role_mentions) == ([], False, [])
    assert shown.reference.message_id == message.id


async def test_an_answer_to_a_message_that_is_gone_is_sent_all_the_same(room):
    """It only loses its thread."""
    gone = MessageRef(room.where, "123456789012345678")

    await room.platform.send(room.where, reply("收好了"), answers=gone)

    assert said(room.channel.last_message) == "收好了"


async def test_what_may_not_be_answered_in_place_is_sent_all_the_same(room):
    """Without the right to read what was written, Discord allows no answer to it."""
    message = await room.ann.send(room.channel, "一")
    room.env.inject_error("POST", "/channels/*/messages", status=400, code=160002)

    await room.platform.send(
        room.where, reply("收好了"), answers=MessageRef(room.where, str(message.id))
    )

    shown = room.channel.last_message
    assert (said(shown), shown.reference) == ("收好了", None)


async def test_a_long_reply_with_links_is_one_message(room):
    """Embeds have room for the addresses of Chinese pages; the buttons are there too."""
    link = "https://e.org/" + "移工" * 30
    lines = tuple(Line((Span(f"標題{number}", link=link),)) for number in range(40))

    sent = await room.platform.send(room.where, Reply(lines, ((Button("更多", "more"),),)))

    assert len(sent) == 1
    shown = room.channel.last_message
    assert "標題39" in said(shown)
    assert shown.components


async def test_what_is_longer_becomes_several_messages(room):
    """Nothing is left out, and the buttons and files are on the last."""
    text = "*移工*的權利。" * 900
    whole = Reply(
        (Line((Span(text),)),),
        buttons=((Button("更多", "more"),),),
        files=(SentFile("a.txt", b"x"),),
    )

    sent = await room.platform.send(room.where, whole)

    shown = room.messages
    assert [message.id for message in sent] == [str(message.id) for message in shown]
    assert len(shown) > 1
    assert "".join(map(said, shown)).replace("\\", "").replace("\n", "") == text
    assert [bool(message.components) for message in shown] == [False] * (len(shown) - 1) + [True]
    assert [file.filename for file in shown[-1].attachments] == ["a.txt"]


async def test_without_the_right_to_embed_a_card_is_plain_text(room):
    """A missing right costs the looks, not the card."""
    room.env.inject_error("POST", "/channels/*/messages", status=403, code=50013)

    await room.platform.send(room.where, Reply((Line((Span("標題", link="https://e.org"),)),)))

    shown = room.channel.last_message
    assert shown.embeds == []
    assert shown.content == "[標題](<https://e.org>)"


async def test_progress_gives_way_to_a_card_in_place(room):
    """Words go, an embed comes, and the other way round."""
    (sent,) = await room.platform.send(room.where, reply("正在抓取…", passing=True))
    await room.platform.edit(sent, Reply((Line((Span("標題", link="https://e.org"),)),)))
    card = said(room.channel.last_message)
    await room.platform.edit(sent, reply("收回了"))

    assert card == "[標題](https://e.org)"
    (message,) = room.messages
    assert (message.content, message.embeds) == ("收回了", [])


async def test_a_mark_replaces_the_earlier_one(room):
    """Also one from before a restart."""
    message = await room.ann.send(room.channel, "一")
    where = MessageRef(room.where, str(message.id))

    async def signs() -> list[str]:
        (shown,) = room.messages
        return [str(reaction.emoji) for reaction in shown.reactions]

    await room.platform.mark(where, Mark.SEEN)
    seen = await signs()
    await room.platform.mark(where, Mark.FAILED)
    failed = await signs()
    other = DiscordPlatform("token")
    await room.env.restart_bot(other.open(Ear()))
    await other.mark(where, Mark.DONE)

    assert (seen, failed, await signs()) == (["👀"], ["🤷"], ["✅"])


async def test_a_message_can_be_taken_back_twice(room):
    """The second time it is gone already."""
    (sent,) = await room.platform.send(room.where, reply("一"))

    await room.platform.withdraw(sent)
    await room.platform.withdraw(sent)

    assert room.messages == []


async def test_a_whisper_to_a_writer_is_a_private_message(room):
    """Someone who closed the door did not get it."""
    await room.ann.send(room.channel, "一")
    event = await room.heard(Wrote)

    (sent,) = await room.platform.whisper(event, reply("小聲說"))

    assert sent.where == room.platform.private(event.member)
    assert said(room.ann.user.dm_channel.last_message) == "小聲說"
    room.env.inject_error("POST", "/channels/*/messages", status=403, code=50007)
    with pytest.raises(DeliveryFailed) as failed:
        await room.platform.whisper(event, reply("再說"))
    assert failed.value.is_gone


@pytest.mark.parametrize(
    ("status", "code", "is_gone", "waits"),
    [
        pytest.param(404, 10003, True, False, id="no-channel"),
        pytest.param(404, 10008, True, False, id="no-message"),
        pytest.param(403, 50001, True, False, id="no-access"),
        pytest.param(400, 50083, False, False, id="archived"),
        pytest.param(503, 0, False, True, id="discord-is-down"),
    ],
)
async def test_a_failure_says_whether_trying_again_helps(room, status, code, is_gone, waits):
    """So that nobody knocks at a wall, and nothing is given up too soon."""
    (sent,) = await room.platform.send(room.where, reply("一"))
    room.env.inject_error("PATCH", "/channels/*/messages/*", status=status, code=code)

    with pytest.raises(DeliveryFailed) as failed:
        await room.platform.edit(sent, reply("二"))

    assert failed.value.is_gone == is_gone
    assert (failed.value.retry_after_s is not None) == waits


# ── rights ───────────────────────────────────────────────────────────────────────────────────────


async def test_who_may_manage_the_server_is_an_admin(room):
    """In private everybody looks after their own chat, and nobody after another's."""
    role = room.guild.create_role("Mods", permissions=discord.Permissions(manage_guild=True))
    mod = room.guild.add_member(room.env.create_user("mod"), roles=[role])
    private = await room.ann.send_dm("你好")

    async def is_admin(where: ChatRef, actor) -> bool:
        return await room.platform.is_admin(where, MemberRef("discord", str(actor.id)))

    assert await is_admin(room.where, mod)
    assert await is_admin(room.where, room.guild.owner)
    assert not await is_admin(room.where, room.ann)
    assert await is_admin(ChatRef("discord", str(private.channel.id)), room.ann)
    assert not await is_admin(ChatRef("discord", str(private.channel.id)), mod)


async def test_who_is_on_a_server_is_a_member_of_it(room):
    """A stranger is not."""
    stranger = room.env.create_user("stranger")

    async def is_member(actor) -> bool:
        return await room.platform.is_member(room.where, MemberRef("discord", str(actor.id)))

    assert await is_member(room.ann)
    assert not await is_member(stranger)


async def test_a_thread_is_opened_from_a_message_once(room):
    """It has the message's own id, and what is sent there is heard there."""
    (card,) = await room.platform.send(room.where, reply("卡片"))

    where = await room.platform.open_thread(card, "#1 是「移工」嗎？\n" + "長" * 200)
    await room.platform.send(where, reply("大家怎麼看？"))
    await room.env.settle()

    (thread,) = room.channel.threads
    assert where == ChatRef("discord", str(room.guild.id), card.id) == place_of(thread)
    assert thread.name == ("#1 是「移工」嗎？ " + "長" * 200)[:100]
    assert [said(each) for each in thread.history()] == ["大家怎麼看？"]
    await room.ann.send(thread, "我覺得是")
    assert (await room.heard(Wrote)).message.where == where


def place_of(channel) -> ChatRef:
    return ChatRef("discord", str(channel.guild.id), str(channel.id))


async def test_a_thread_that_is_there_already_is_the_one(room):
    """A program that stopped just after it was opened finds it again."""
    (card,) = await room.platform.send(room.where, reply("卡片"))
    first = await room.platform.open_thread(card, "移工")
    room.env.inject_error("POST", "/channels/*/messages/*/threads", status=400, code=160004)

    assert await room.platform.open_thread(card, "移工") == first


async def test_where_no_thread_may_be_opened_the_channel_is_the_place(room):
    """Without the right, in a thread of a thread, and in private."""
    closed = room.guild.create_text_channel(
        "closed",
        overwrites={
            room.guild.default_role: discord.PermissionOverwrite(create_public_threads=False)
        },
    )
    (card,) = await room.platform.send(place_of(closed), reply("卡片"))

    assert await room.platform.open_thread(card, "移工") == place_of(closed)
    assert await room.platform.lacks(place_of(closed), hears_all=False) == ["discord-lacks-opening"]
    private = ChatRef("discord", str((await room.ann.send_dm("你好")).channel.id))
    (card,) = await room.platform.send(private, reply("卡片"))
    assert await room.platform.open_thread(card, "移工") == private


async def test_a_thread_that_was_put_away_is_taken_out_to_edit_a_message(room):
    """Discord does so by itself after a week of silence."""
    (card,) = await room.platform.send(room.where, reply("卡片"))
    where = await room.platform.open_thread(card, "移工")
    (message,) = await room.platform.send(where, reply("大家怎麼看？"))
    room.env.inject_error("PATCH", "/channels/*/messages/*", status=400, code=50083)

    await room.platform.edit(message, reply("討論到這裡。"))

    (thread,) = room.channel.threads
    assert [said(each) for each in thread.history()] == ["討論到這裡。"]


@pytest.mark.parametrize("reads_messages", [False])
async def test_what_the_bot_lacks_is_said(room):
    """Channel by channel."""
    closed = room.guild.create_text_channel(
        "closed",
        overwrites={room.guild.default_role: discord.PermissionOverwrite(embed_links=False)},
    )
    where = ChatRef("discord", str(room.guild.id), str(closed.id))

    assert await room.platform.lacks(room.where, hears_all=True) == ["discord-lacks-content"]
    assert await room.platform.lacks(where, hears_all=False) == ["discord-lacks-embed"]
