"""Discord on the wire: sessions that break, limits, tokens, files, and what was missed."""

import logging

import pytest
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot.chat import Deleted, DeliveryFailed, Joined, Left, Line, Picture, Reply, Span, Wrote
from bot.platforms.discord import DiscordPlatform
from core.domain import ChatRef, SentFile
from core.errors import BadConfig, Unreachable
from tests.fakes.discord_server import TOKEN, Fault, limited, serve
from tests.fakes.ear import Ear


@pytest.fixture(autouse=True)
def addresses(monkeypatch):
    """discord.py keeps them for the whole process."""
    monkeypatch.setattr(Route, "BASE", Route.BASE)
    monkeypatch.setattr(DiscordWebSocket, "DEFAULT_GATEWAY", DiscordWebSocket.DEFAULT_GATEWAY)


@pytest.fixture
async def server():
    async with serve() as running:
        yield running


@pytest.fixture
async def connect(server):
    """Starts adapters that speak with the server, and stops them."""
    started: list[DiscordPlatform] = []

    async def start(ear: Ear, *, token: str = TOKEN, **more) -> DiscordPlatform:
        more = {"ready_wait_s": 0.02, "pause_s": 0.01, "reads_messages": True, **more}
        platform = DiscordPlatform(token, api_url=server.url, gateway_url=server.gateway, **more)
        started.append(platform)
        await platform.start(ear)
        return platform

    yield start
    for platform in started:
        await platform.stop()


@pytest.fixture
def no_backoff(monkeypatch):
    """discord.py waits for seconds before it connects again."""

    async def at_once(client, shard_id, *, initial=False) -> None:
        pass

    monkeypatch.setattr("discord.backoff.ExponentialBackoff.delay", lambda _: 0.01)
    monkeypatch.setattr("discord.Client.before_identify_hook", at_once)


def reply(text: str, **more) -> Reply:
    return Reply((Line((Span(text),)),), **more)


def private(room: str) -> ChatRef:
    return ChatRef("discord", room)


# ── the way in and out ───────────────────────────────────────────────────────────────────────────


async def test_a_refused_token_names_its_setting(connect):
    """The operator is told where a good one is."""
    with pytest.raises(BadConfig) as refused:
        await connect(Ear(), token="wrong")

    assert refused.value.facts["key"] == "discord.token"
    assert "developer portal" in refused.value.message


async def test_a_refused_intent_says_which_switch_to_turn(server, connect):
    """Or which setting to take back."""
    server.allows = 0

    with pytest.raises(BadConfig) as refused:
        await connect(Ear())

    assert refused.value.facts["key"] == "discord.reads_messages"
    assert "Message Content Intent" in refused.value.message


async def test_without_the_setting_the_intent_is_not_asked_for(server, connect):
    """Most communities need no privilege."""
    server.allows = 0

    await connect(Ear(), reads_messages=False)

    assert len(server.identified) == 1


async def test_a_server_that_is_down_is_tried_again(server, connect, caplog):
    """The start does not wait for it, and what is sent meanwhile can be sent later."""
    server.faults = [Fault("GET", "/users/@me", {"status": 503, "data": {}})]
    ear = Ear()

    with caplog.at_level(logging.CRITICAL, "bot.platforms.discord_session"):
        platform = await connect(ear)
        with pytest.raises(DeliveryFailed) as failed:
            await platform.send(private(server.private("ann")), reply("一"))
        await server.until(lambda: server.identified)

    assert failed.value.retry_after_s is not None


async def test_a_session_that_never_gets_ready_is_given_up(server, connect, caplog):
    """Its gateway answers heartbeats, so discord.py would wait for ever."""
    server.is_mute = True

    with caplog.at_level(logging.CRITICAL, "bot.platforms.discord_session"):
        await connect(Ear(), patience_s=0.05)
        await server.until(lambda: len(server.identified) > 1)


async def test_a_session_that_is_not_ready_again_is_given_up(server, connect, caplog, no_backoff):
    """The first may have been fine for days."""
    with caplog.at_level(logging.CRITICAL, "bot.platforms.discord_session"):
        await connect(Ear(), patience_s=0.2)
        server.refuses_resume = server.is_mute = True
        await server.drop()
        await server.until(lambda: len(server.identified) > 2)


async def test_unfinished_work_goes_on_once_discord_listens(server, connect):
    """After the servers are known."""
    server.guild("Workers", "general")
    ear = Ear()

    await connect(ear)
    await ear.next(Joined)

    assert ear.resumed == ["discord"]


async def test_heartbeats_go_out(server, connect):
    """As often as the gateway asks for."""
    server.beat_ms = 20

    await connect(Ear())

    await server.until(lambda: server.beats > 2)


# ── nothing lost ─────────────────────────────────────────────────────────────────────────────────


async def test_a_resumed_session_brings_what_was_missed(server, connect, no_backoff):
    """In order, once each, without reading histories."""
    room = server.private("ann")
    ear = Ear()
    await connect(ear)
    await server.write(room, "一")
    await ear.next(Wrote)

    await server.drop()
    await server.write(room, "二")
    await server.until(lambda: server.resumed)
    await server.write(room, "三")

    assert [event.text for event in await ear.next(Wrote, 3)] == ["一", "二", "三"]
    assert len(server.identified) == 1
    assert ("GET", f"/channels/{room}/messages") not in server.seen


async def test_after_a_refused_resume_history_is_read_on(server, connect, no_backoff):
    """What happens afterwards waits until what was missed is handed over."""
    guild, (general, quiet) = server.guild("Workers", "general", "quiet")
    where = ChatRef("discord", guild, general)
    ear = Ear()
    await connect(ear, ready_wait_s=0.2)  # "四" comes before the list of servers is complete
    first = await server.write(general, "一")
    await ear.next(Wrote)
    ear.marks = {where: first}
    server.refuses_resume = True

    await server.drop()
    await server.write(general, "二")
    await server.write(general, "三")
    await server.until(lambda: len(server.identified) == 2)
    await server.write(general, "四")

    heard = await ear.next(Wrote, 4)
    assert [event.text for event in heard] == ["一", "二", "三", "四"]
    assert all(event.message.where == where for event in heard)
    assert ("GET", f"/channels/{quiet}/messages") not in server.seen


async def test_a_start_reads_on_where_the_last_run_ended(server, connect):
    """Also in private chats, which Discord does not list."""
    room = server.private("ann")
    first = await server.write(room, "一")
    await server.write(room, "二")
    ear = Ear(marks={private(room): first})

    await connect(ear, private_chats=lambda: [private(room)])

    (event,) = await ear.next(Wrote)
    assert (event.text, event.message.where) == ("二", private(room))
    assert event.is_private


async def test_no_more_than_so_many_missed_messages_are_read(server, connect, caplog, monkeypatch):
    """A channel of thousands does not hold up the others; the log says that there were more."""
    monkeypatch.setattr("bot.platforms.discord_history.MAX_MISSED", 3)
    room = server.private("ann")
    for number in range(6):
        await server.write(room, str(number))
    ear = Ear(marks={private(room): "1"})

    await connect(ear, private_chats=lambda: [private(room)])

    assert [event.text for event in await ear.next(Wrote, 3)] == ["0", "1", "2"]
    assert "more than 3 missed" in caplog.text


async def test_a_payload_that_breaks_discord_py_costs_a_session_but_no_message(
    server, connect, caplog
):
    """A new one begins and reads on."""
    room = server.private("ann")
    ear = Ear()
    with caplog.at_level(logging.CRITICAL, "bot.platforms.discord_session"):
        await connect(ear, private_chats=lambda: [private(room)])
        first = await server.write(room, "一")
        await ear.next(Wrote)
        ear.marks = {private(room): first}

        await server.dispatch("MESSAGE_CREATE", {"id": "no message"})
        await server.until(lambda: len(server.identified) == 2)
        await server.write(room, "二")

        assert (await ear.next(Wrote, 2))[-1].text == "二"


async def test_a_history_that_cannot_be_read_now_is_read_in_the_next_session(
    server, connect, caplog
):
    """Nothing newer is handed over before, and unfinished work goes on once."""
    room = server.private("ann")
    first = await server.write(room, "一")
    await server.write(room, "二")
    server.faults = [Fault("GET", "/messages", {"status": 503, "data": {}})]
    ear = Ear(marks={private(room): first})

    with caplog.at_level(logging.CRITICAL, "bot.platforms.discord_client"):
        await connect(ear, private_chats=lambda: [private(room)])
        await server.until(lambda: len(server.identified) == 2)
        await server.write(room, "三")

        assert [event.text for event in await ear.next(Wrote, 2)] == ["二", "三"]
    assert ear.resumed == ["discord"]


async def test_what_cannot_be_written_down_is_handed_over_again(server, connect, monkeypatch):
    """In its place: what came after it waits."""
    monkeypatch.setattr("bot.platforms.discord_client.FIRST_WAIT_S", 0.01)
    room = server.private("ann")
    ear = Ear(failing=[Unreachable("disk full")])
    await connect(ear)

    await server.write(room, "一")
    await server.write(room, "二")

    assert [event.text for event in await ear.next(Wrote, 2)] == ["一", "二"]


# ── going out ────────────────────────────────────────────────────────────────────────────────────


async def test_a_limit_is_waited_for(server, connect):
    """As long as Discord says; then it is sent once."""
    room = server.private("ann")
    platform = await connect(Ear())
    server.faults = [Fault("POST", "/messages", limited(0.01), times=2)]

    await platform.send(private(room), reply("一"))

    assert [message["content"] for message in server.shown(room)] == ["一"]
    assert server.seen.count(("POST", f"/channels/{room}/messages")) == 3


async def test_a_second_attempt_at_a_delivery_shows_it_once(server, connect):
    """Discord tells by the nonce."""
    room = server.private("ann")
    platform = await connect(Ear())

    first = await platform.send(private(room), reply("一"), key="card/7")
    again = await platform.send(private(room), reply("一"), key="card/7")
    other = await platform.send(private(room), reply("一"), key="card/8")

    assert first == again
    assert first != other
    assert len(server.shown(room)) == 2
    assert all(body["enforce_nonce"] and len(body["nonce"]) <= 25 for body in server.bodies)


async def test_a_reply_that_breaks_off_is_taken_back(server, connect):
    """Half of it would be sent twice."""
    room = server.private("ann")
    platform = await connect(Ear())
    server.faults = [Fault("POST", "/messages", {"status": 403, "data": {"code": 50001}}, after=1)]

    with pytest.raises(DeliveryFailed) as failed:
        await platform.send(private(room), reply("*" * 12_000))

    assert failed.value.is_gone
    assert server.shown(room) == []


async def test_files_go_out_with_the_words(server, connect):
    """As one upload, under their names."""
    room = server.private("ann")
    platform = await connect(Ear())

    await platform.send(private(room), reply("匯出", files=(SentFile("文庫.csv", b"a,b"),)))

    (body,) = server.bodies
    assert body["content"] == "匯出"
    assert body["files"] == {"文庫.csv": b"a,b"}


async def test_a_picture_says_what_it_shows(server, connect):
    """Discord reads it to those who cannot see it."""
    room = server.private("ann")
    platform = await connect(Ear())
    picture = Picture("圖.png", b"\x89PNG", alt="一條線" * 500)

    await platform.send(private(room), reply("看", files=(picture, SentFile("a.csv", b"a"))))

    (body,) = server.bodies
    first, second = body["attachments"]
    assert first["description"] == ("一條線" * 500)[:1024]
    assert not second.get("description")
    assert body["files"] == {"圖.png": b"\x89PNG", "a.csv": b"a"}


async def test_a_file_is_fetched_by_a_fresh_address(server, connect):
    """The old one is not good for ever; the message has a new one."""
    room = server.private("ann")
    server.files = {"new": "全文".encode()}
    base = server.url.removesuffix("/api")
    file = {
        "id": "5",
        "filename": "a.txt",
        "size": 6,
        "proxy_url": "",
        "content_type": "text/plain",
    }
    ear = Ear()
    platform = await connect(ear)
    await server.write(room, "附件", attachments=[{**file, "url": f"{base}/gone"}])
    ((attachment,),) = [event.files for event in await ear.next(Wrote)]
    server.shown(room)[0]["attachments"] = [{**file, "url": f"{base}/files/new"}]

    assert await platform.download(attachment, max_bytes=6) == SentFile("a.txt", "全文".encode())


async def test_a_connection_that_breaks_says_when_to_try_again(server, connect):
    """Nothing is given up for it."""
    room = server.private("ann")
    platform = await connect(Ear())
    (sent,) = await platform.send(private(room), reply("一"))
    server.faults = [Fault("PATCH", "/messages", None)]

    with pytest.raises(DeliveryFailed) as failed:
        await platform.edit(sent, reply("二"))

    assert failed.value.retry_after_s is not None


# ── servers ──────────────────────────────────────────────────────────────────────────────────────


async def test_being_taken_in_and_put_out_is_told(server, connect):
    """A server that is only not available for a while has put nobody out."""
    ear = Ear()
    await connect(ear)
    guild, (general,) = server.guild("Workers", "general")

    new = {key: value for key, value in server.guilds[guild].items() if key != "unavailable"}
    await server.dispatch("GUILD_CREATE", new)
    (joined,) = await ear.next(Joined)
    await server.dispatch("GUILD_DELETE", {"id": guild, "unavailable": True})
    await server.dispatch("GUILD_CREATE", server.guilds[guild])
    await server.dispatch("GUILD_DELETE", {"id": guild})
    (left,) = await ear.next(Left)

    assert joined.where == ChatRef("discord", guild, general)
    assert (joined.place, joined.locale, joined.is_private) == ("Workers", "zh-TW", False)
    assert left.where == ChatRef("discord", guild)
    assert ear.all(Joined) == [joined]


async def test_many_deleted_messages_are_one_event(server, connect):
    """As a moderator's tool deletes them."""
    guild, (general,) = server.guild("Workers", "general")
    ear = Ear()
    await connect(ear)

    data = {"ids": ["12", "11"], "channel_id": general, "guild_id": guild}
    await server.dispatch("MESSAGE_DELETE_BULK", data)

    (event,) = await ear.next(Deleted)
    assert [message.id for message in event.messages] == ["11", "12"]
    assert event.where == ChatRef("discord", guild, general)


async def test_stopping_takes_leave(server, connect):
    """Nothing comes afterwards, and what is sent then is told to come later."""
    room = server.private("ann")
    ear = Ear()
    platform = await connect(ear)

    await platform.stop()
    await server.write(room, "一")

    assert ear.events == []
    with pytest.raises(DeliveryFailed) as failed:
        await platform.send(private(room), reply("二"))
    assert failed.value.retry_after_s is not None


async def test_stopping_does_not_wait_for_an_event_that_cannot_be_written_down(server, connect):
    """The next start reads it from the history."""
    room = server.private("ann")
    ear = Ear(failing=[Unreachable("disk full")] * 1000)
    platform = await connect(ear)
    await server.write(room, "一")
    await ear.refused.wait()

    await platform.stop()

    assert ear.events == []
