"""No update is lost: Telegram hears that one was received only when it is written down."""

import asyncio
import logging
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from bot.platforms.telegram import TelegramPlatform
from bot.platforms.telegram_feed import Webhook
from core.errors import BadConfig
from tests.bot.platforms.telegram_stage import Listener, staged
from tests.fakes.telegram import TelegramServer


def texts(listener: Listener) -> list[str]:
    return [event.text for event in listener.events]


# ── polling ──────────────────────────────────────────────────────────────────────────────────────


async def test_what_waits_at_telegram_is_taken_in_on_start():
    """Nothing that was said while the bot was away is dropped."""
    async with staged() as stage:
        for text in ("一", "二", "三"):
            await stage.server.write(stage.ann, text)

        await stage.bot.start(stage.listener)
        await stage.server.delivered()

        assert texts(stage.listener) == ["一", "二", "三"]


async def test_what_is_not_written_down_comes_again():
    """The offset stays, and after a pause the update is asked for anew."""
    async with staged() as stage:
        stage.listener.refusing = 1
        await stage.server.write(stage.ann, "一")
        await stage.server.write(stage.ann, "二")

        await stage.bot.start(stage.listener)
        await stage.time.sleeping()
        before = (texts(stage.listener), len(stage.server.pending))
        await stage.time.advance(1)
        await stage.server.delivered()

        assert before == ([], 2)
        assert texts(stage.listener) == ["一", "二"]


async def test_a_stop_confirms_what_is_written_down_and_nothing_more():
    """The next run begins with the first update that is not."""
    async with staged() as stage:
        updates = []
        for text in ("一", "二", "三"):
            await stage.server.write(stage.ann, text)
            updates.append(stage.server.pending[-1])
        handle = stage.listener.handle

        async def refuse_the_second(event):
            stage.listener.refusing = int(event.text == "二")
            return await handle(event)

        stage.listener.handle = refuse_the_second
        await stage.bot.start(stage.listener)
        await stage.time.sleeping()

        await stage.bot.stop()

        assert texts(stage.listener) == ["一"]
        assert stage.server.pending == updates[1:]


async def test_a_killed_run_leaves_its_updates_to_the_next():
    """What was written down but not confirmed comes again under the same key."""
    async with staged() as stage:
        await stage.bot.start(stage.listener)
        await stage.server.called("getUpdates")
        stage.server.fail("getUpdates", 500, "gone", times=2)  # the confirmation never arrives
        await stage.server.write(stage.ann, "一")
        await stage.time.sleeping()
        await stage.bot.stop()
        (first,) = stage.listener.events

        other, again = Listener(), TelegramPlatform(stage.server.token, base_url=stage.server.url)
        await again.start(other)
        await stage.server.delivered()
        await again.stop()

        assert [event.id for event in other.events] == [first.id]


async def test_kill_9_in_the_middle_of_200_forwards_loses_none(tmp_path):
    """Twice; what comes again comes under its old key, which the inbox knows."""
    file = tmp_path / "keys"
    async with TelegramServer() as server:
        ann = server.person()
        for number in range(200):
            await server.write(ann, f"https://example.org/{number}")
        sent = [str(each) for each in server.pending]

        for dies_at in (30, 130):
            dying = await scribe(server, file, dies_at)
            assert await dying.wait() == -signal.SIGKILL
        last = await scribe(server, file, 0)
        await server.delivered()
        last.kill()
        await last.wait()

    written = file.read_text().split()
    assert sorted(set(written)) == sent
    assert len(written) <= 200 + 2 * 100  # at most a batch for each death


async def scribe(server: TelegramServer, file: Path, dies_at: int) -> asyncio.subprocess.Process:
    """A bot in a process of its own."""
    return await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.bot.platforms.telegram_scribe"),
        *(server.url, str(file), str(dies_at)),
    )


async def test_a_crash_while_writing_down_is_no_receipt(caplog):
    """Whatever goes wrong inside, the update comes again."""
    async with staged() as stage:
        handle, crashes = stage.listener.handle, iter([True, False])

        async def crash_once(event):
            if next(crashes):
                raise RuntimeError("a defect")
            return await handle(event)

        stage.listener.handle = crash_once
        await stage.server.write(stage.ann, "一")
        await stage.bot.start(stage.listener)
        await stage.time.sleeping()
        await stage.time.advance(1)
        await stage.server.delivered()

        assert texts(stage.listener) == ["一"]
        assert "an event could not be handed over" in caplog.messages


async def test_an_update_that_cannot_be_read_holds_up_no_other(stage, caplog):
    """It is logged and passed over."""
    await stage.server.update("message", {"nonsense": 1}, is_checked=False)

    event = await stage.hear(stage.ann, "一")

    assert event.text == "一"
    assert any("cannot be read" in each for each in caplog.messages)


async def test_a_second_poller_is_told_once_and_outlasted(caplog):
    """The bot waits, and goes on when the other one has stopped."""
    async with staged(is_hurried=True) as stage:
        stage.server.fail(
            "getUpdates", 409, "Conflict: terminated by other getUpdates request", times=3
        )
        await stage.server.write(stage.ann, "一")

        await stage.bot.start(stage.listener)
        await stage.server.delivered()

        assert texts(stage.listener) == ["一"]
        assert len([each for each in caplog.messages if "another program polls" in each]) == 1
        assert stage.time.slept[:3] == [15, 15, 15]


async def test_a_real_second_poller_does_not_stop_the_bot(stage):
    """Telegram ends the poll of the first when a second one comes."""
    await stage.server.called("getUpdates")
    await stage.server.second_poller()
    await stage.time.sleeping()

    await stage.time.advance(15)

    assert (await stage.hear(stage.ann, "一")).text == "一"


async def test_a_broken_connection_is_tried_again_with_longer_pauses(caplog):
    """For ever, and it is said once."""
    async with staged(is_hurried=True) as stage:
        stage.server.break_off("getUpdates", times=8)
        await stage.server.write(stage.ann, "一")

        await stage.bot.start(stage.listener)
        await stage.server.delivered()

        assert texts(stage.listener) == ["一"]
        assert stage.time.slept[:8] == [1, 2, 4, 8, 16, 32, 60, 60]
        assert len([each for each in caplog.messages if "no connection" in each]) == 1


async def test_polling_waits_as_long_as_telegram_says():
    """Exactly."""
    async with staged(is_hurried=True) as stage:
        stage.server.fail("getUpdates", 429, "Too Many Requests", retry_after=9)

        await stage.bot.start(stage.listener)
        await stage.server.called("getUpdates", times=2)

        assert stage.time.slept == [9]


# ── starting and stopping ────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("token", ["123:wrong", "123:wrong\n", "wrong", ""])
async def test_a_wrong_token_is_an_error_that_names_the_setting(token, caplog):
    """And shows the token to nobody."""
    caplog.set_level(logging.DEBUG, "bot")
    async with TelegramServer() as server:
        bot = TelegramPlatform(token, base_url=server.url)

        with pytest.raises(BadConfig) as problem:
            await bot.start(Listener())

    assert problem.value.facts["key"] == "telegram.token"
    assert "wrong" not in f"{problem.value!r} {problem.value.facts} {caplog.text}"
    assert problem.value.__cause__ is None


async def test_without_a_connection_the_bot_starts_and_keeps_trying():
    """One platform that is down keeps no other from starting."""
    async with staged(is_hurried=True) as stage:
        stage.server.fail("getMe", 502, "Bad Gateway", times=3)
        await stage.server.write(stage.ann, "一")

        await stage.bot.start(stage.listener)
        await stage.server.delivered()

        assert texts(stage.listener) == ["一"]


async def test_an_earlier_run_is_gone_on_with(stage):
    """Once, when the bot can deliver."""
    await stage.server.called("getUpdates")

    assert stage.listener.resumed == ["telegram"]


async def test_a_webhook_set_before_is_taken_away_without_its_updates(stage):
    """Telegram allows only one of both ways."""
    await stage.server.called("getUpdates")

    assert stage.server.calls_of("deleteWebhook") == [{"drop_pending_updates": False}]


async def test_the_token_stays_out_of_the_logs(caplog):
    """Even when the libraries are asked to be loud."""
    caplog.set_level(logging.INFO)
    async with staged() as stage:
        await stage.bot.start(stage.listener)
        await stage.hear(stage.ann, "一")

        assert stage.server.token not in caplog.text


async def test_a_stopped_bot_can_start_again(stage):
    """With the same conversation."""
    await stage.bot.stop()
    await stage.bot.start(stage.listener)

    assert (await stage.hear(stage.ann, "一")).text == "一"


def test_the_library_is_loaded_only_when_it_is_used():
    """A start without Telegram does not pay for it."""
    code = "import sys, bot.platforms.telegram; print('telegram' in sys.modules)"

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout == "False\n"


# ── webhook ──────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def webhook() -> Webhook:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    return Webhook("https://bot.example.org/telegram", "S3cret-_", port=port)


@pytest.fixture
async def hooked(webhook):
    async with staged(webhook=webhook) as stage:
        await stage.bot.start(stage.listener)
        await stage.server.called("setWebhook")
        yield stage


@pytest.fixture
def door(webhook) -> str:
    return f"http://127.0.0.1:{webhook.port}/telegram"


async def test_a_webhook_is_set_with_its_secret_and_keeps_the_order(hooked, webhook):
    """One connection at a time, and nothing dropped."""
    (call,) = hooked.server.calls_of("setWebhook")

    assert call["url"] == webhook.url
    assert call["secret_token"] == webhook.secret
    assert call["max_connections"] == 1
    assert "message_reaction" in call["allowed_updates"]


async def test_a_delivery_is_received_when_it_is_written_down(hooked, door):
    """Until then Telegram keeps it, and comes again."""
    hooked.listener.refusing = 1
    await hooked.server.write(hooked.ann, "一")
    await hooked.server.write(hooked.ann, "二")

    first = await hooked.server.push(door)
    second = await hooked.server.push(door)

    assert (first, second) == ([503], [200, 200])
    assert texts(hooked.listener) == ["一", "二"]


async def test_a_delivery_without_the_secret_is_refused(hooked, door):
    """Anybody can call a public address."""
    await hooked.server.write(hooked.ann, "一")

    assert await hooked.server.push(door, secret="guessed") == [403]
    assert hooked.listener.events == []


async def test_a_delivery_that_is_no_update_is_refused(hooked, door):
    """And the next one is heard."""
    await hooked.server.update("message", {"nonsense": 1}, is_checked=False)
    await hooked.server.write(hooked.ann, "一")

    assert await hooked.server.push(door) == [200, 200]
    assert texts(hooked.listener) == ["一"]


async def test_a_webhook_that_cannot_be_set_yet_is_tried_again(webhook):
    """Whoever delivers before is told to come again."""
    async with staged(webhook=webhook, is_hurried=True) as stage:
        stage.server.fail("setWebhook", 400, "Bad Request: bad webhook: getaddrinfo", times=3)

        await stage.bot.start(stage.listener)
        await stage.server.called("setWebhook", times=4)

        assert stage.time.slept[:3] == [1, 2, 4]


async def test_a_taken_port_is_an_error_that_names_the_setting(webhook):
    """At the start, where somebody looks."""
    async with staged(webhook=webhook) as one, staged(webhook=webhook) as two:
        await one.bot.start(one.listener)

        with pytest.raises(BadConfig) as problem:
            await two.bot.start(two.listener)

    assert problem.value.facts["key"] == "telegram.webhook.port"


@pytest.mark.parametrize("secret", ["", "with space", "密"])
def test_a_webhook_without_a_secret_is_refused(secret):
    """Anybody could speak in Telegram's name."""
    with pytest.raises(BadConfig) as problem:
        Webhook("https://bot.example.org/", secret)

    assert problem.value.facts["key"] == "telegram.webhook.secret"


async def test_what_the_library_does_not_expect_is_outlasted(caplog):
    """Nothing ends the listening."""
    async with staged(is_hurried=True) as stage:
        stage.server.garble("getUpdates")
        await stage.server.write(stage.ann, "一")

        await stage.bot.start(stage.listener)
        await stage.server.delivered()

        assert texts(stage.listener) == ["一"]
        assert "asking for updates went wrong" in caplog.messages
