"""Telegram's limits are kept to, and its refusals are understood."""

import asyncio

import pytest

from bot.chat import DeliveryFailed, Mark
from bot.platforms.telegram_pace import Pace
from core.domain import ChatRef, MessageRef
from tests.bot.platforms.telegram_stage import chat, reply, staged
from tests.fakes.time import FakeTime


async def moments(pace: Pace, time: FakeTime, chats: list[str]) -> list[float]:
    """When each of several messages was sent, all of them handed over at once."""
    sent = []

    async def send() -> None:
        sent.append(time.now())

    await asyncio.gather(*(pace.run(each, "send", send) for each in chats))
    return sent


@pytest.fixture
def time() -> FakeTime:
    return FakeTime(is_hurried=True)


@pytest.fixture
def pace(time) -> Pace:
    return Pace(now=time.now, sleep=time.sleep)


async def test_a_short_burst_goes_out_at_once_and_the_rest_a_second_apart(pace, time):
    """In one private chat."""
    assert await moments(pace, time, ["1"] * 7) == [0, 0, 0, 0, 1, 2, 3]


async def test_a_group_gets_twenty_messages_a_minute(pace, time):
    """The next one waits until the first is a minute old."""
    sent = await moments(pace, time, ["-1"] * 22)

    assert sent[19] < 20
    assert sent[20] == 60


async def test_all_chats_together_get_thirty_messages_a_second(pace, time):
    """However many they are."""
    sent = await moments(pace, time, [str(n) for n in range(70)])

    assert [sum(begin <= each < begin + 1 for each in sent) for begin in (0, 1, 2)] == [30, 30, 10]


async def test_what_is_sent_to_one_chat_stays_in_order(pace):
    """Even when the first has to wait."""
    order = []

    async def send(number: int) -> None:
        order.append(number)

    await asyncio.gather(*(pace.run("1", "send", lambda n=n: send(n)) for n in range(10)))

    assert order == list(range(10))


async def test_nobody_waits_for_what_has_stopped(time):
    """Whoever waits for a turn is told that it will not come."""
    time.is_hurried = False
    pace = Pace(now=time.now, sleep=time.sleep)
    waiting = asyncio.gather(
        *(moments(pace, time, ["1"]) for _ in range(6)), return_exceptions=True
    )
    await time.settle()

    pace.close()

    stopped = [each for each in await waiting if isinstance(each, DeliveryFailed)]
    assert len(stopped) == 2
    assert all(each.retry_after_s for each in stopped)


# ── refusals ─────────────────────────────────────────────────────────────────────────────────────


async def test_a_wait_that_telegram_names_is_kept_exactly():
    """Then the message goes out by itself, and only to that chat was there a wait."""
    async with staged(is_hurried=True) as stage:
        stage.server.fail("sendMessage", 429, "Too Many Requests: retry after 17", retry_after=17)

        await stage.bot.send(stage.private, reply("一"))

        assert stage.time.slept == [17]
        assert stage.server.history == ["一"]


async def test_a_wait_holds_for_everything_in_its_chat_and_for_no_other():
    """Signs, too."""
    async with staged(is_hurried=True) as stage:
        group, other = stage.server.group(), stage.server.group()
        stage.server.fail("setMessageReaction", 429, "Too Many Requests", retry_after=300)
        with pytest.raises(DeliveryFailed):
            await stage.bot.mark(MessageRef(chat(group), "1"), Mark.SEEN)

        with pytest.raises(DeliveryFailed):
            await stage.bot.send(chat(group), reply("一"))
        await stage.bot.send(chat(other), reply("二"))

        assert stage.server.history == ["二"]


async def test_a_long_wait_is_left_to_the_caller():
    """And until it is over, nothing more is tried there."""
    async with staged(is_hurried=True) as stage:
        stage.server.fail("sendMessage", 429, "Too Many Requests", retry_after=300)

        with pytest.raises(DeliveryFailed) as first:
            await stage.bot.send(stage.private, reply("一"))
        stage.time.at += 30
        with pytest.raises(DeliveryFailed) as second:
            await stage.bot.send(stage.private, reply("二"))

        assert (first.value.retry_after_s, second.value.retry_after_s) == (300, 270)
        assert len(stage.server.calls_of("sendMessage")) == 1


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (403, "Forbidden: bot was blocked by the user"),
        (403, "Forbidden: bot was kicked from the supergroup chat"),
        (400, "Bad Request: chat not found"),
        (400, "Bad Request: message thread not found"),
        (400, "Bad Request: TOPIC_CLOSED"),
        (400, "Bad Request: not enough rights to send text messages to the chat"),
    ],
)
async def test_a_chat_that_is_closed_to_the_bot_is_gone(stage, code, words):
    """Trying again does not help."""
    stage.server.fail("sendMessage", code, words)

    with pytest.raises(DeliveryFailed) as failure:
        await stage.bot.send(stage.private, reply("一"))

    assert (failure.value.is_gone, failure.value.retry_after_s) == (True, None)


async def test_a_group_that_moved_says_where(stage):
    """The caller sends it there."""
    stage.server.fail(
        "sendMessage",
        400,
        "Bad Request: group chat was upgraded to a supergroup chat",
        migrate_to_chat_id=-1009,
    )

    with pytest.raises(DeliveryFailed) as failure:
        await stage.bot.send(chat(stage.server.group(is_super=False)), reply("一"))

    assert failure.value.moved_to == ChatRef("telegram", "-1009")


@pytest.mark.parametrize("fault", ["502", "broken"])
async def test_trouble_on_the_way_helps_to_wait(stage, fault):
    """An error of the server or of the network is worth another try."""
    if fault == "broken":
        stage.server.break_off("sendMessage")
    else:
        stage.server.fail("sendMessage", 502, "Bad Gateway")

    with pytest.raises(DeliveryFailed) as failure:
        await stage.bot.send(stage.private, reply("一"))

    assert failure.value.retry_after_s == 5


async def test_no_answer_within_patience_is_trouble_on_the_way():
    """The wait has an end."""
    async with staged(patience_s=0.05) as stage:
        stage.server.hang("sendMessage")

        with pytest.raises(DeliveryFailed) as failure:
            await stage.bot.send(stage.private, reply("一"))

        assert failure.value.retry_after_s == 5


async def test_a_reaction_that_a_group_forbids_is_a_failure(stage):
    """The caller goes on without."""
    group = stage.server.group(available_reactions=[{"type": "emoji", "emoji": "👍"}])

    with pytest.raises(DeliveryFailed) as failure:
        await stage.bot.mark(MessageRef(chat(group), "1"), Mark.SEEN)

    assert failure.value.retry_after_s is None


async def test_queues_that_nobody_needs_are_forgotten(pace, time):
    """A bot in thousands of chats does not grow for ever, and forgets no limit that holds."""
    await moments(pace, time, ["-1"] * 20)
    for number in range(600):
        await moments(pace, time, [str(number)])

    (next_,) = await moments(pace, time, ["-1"])

    assert len(pace._lanes) < 600
    assert next_ >= 60
