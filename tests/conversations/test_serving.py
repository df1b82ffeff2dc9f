"""`commonplace run` in a process of its own, over real stores and models."""

import asyncio
import os
import signal
import sqlite3
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path

from tests.fakes.discord_server import TOKEN, serve
from tests.fakes.discord_server import Server as DiscordServer
from tests.fakes.telegram.server import TelegramServer

MANY = 200
THINGS = ("移工", "老屋", "河川", "稅制", "托育", "農地", "核電", "校園", "長照", "濕地")


def post(number: int) -> str:
    """A short text like no other."""
    thing, other = THINGS[number % 10], THINGS[(number // 10) % 10]
    return (
        f"第{number}號消息：{thing}團體今天為了{other}的問題到市政府前陳情，"
        f"要求在{number + 3}天內給個說法，現場來了{number * 7 + 5}個人。"
    )


@asynccontextmanager
async def running(
    data: Path, *, telegram: TelegramServer | None = None, discord: DiscordServer | None = None
) -> AsyncIterator[asyncio.subprocess.Process]:
    """A bot that serves, and is killed at the end if nobody ended it before."""
    settings = {"DATA": str(data)}
    if telegram is not None:
        settings |= {"TELEGRAM__TOKEN": telegram.token, "TELEGRAM__BASE_URL": telegram.url}
    if discord is not None:
        settings |= {
            "DISCORD__TOKEN": TOKEN,
            "DISCORD__API_URL": discord.url,
            "DISCORD__GATEWAY_URL": discord.gateway,
        }
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith("COMMONPLACE_")
    } | {f"COMMONPLACE_{name}": value for name, value in settings.items()}
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "run", env=environment, stderr=asyncio.subprocess.DEVNULL
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


def rows(data: Path, query: str) -> list[tuple]:
    """What the store holds, read beside the process that writes it."""
    with closing(sqlite3.connect(data / "commonplace.db", timeout=30)) as connection:
        return connection.execute(query).fetchall()


def rows_or_none(data: Path, query: str) -> list[tuple]:
    """The same while the store may not be there yet."""
    try:
        return rows(data, query)
    except sqlite3.OperationalError:
        return []


async def until_done(data: Path) -> None:
    """Wait until nothing is unfinished and no card is owed; another process gives no sign of it."""
    unfinished = "SELECT 1 FROM item WHERE state != 'done'"
    owed = "SELECT 1 FROM owed_card UNION SELECT 1 FROM event WHERE NOT is_done"
    while rows(data, f"{unfinished} UNION {owed} LIMIT 1"):  # noqa: ASYNC110
        await asyncio.sleep(0.2)


async def test_kill_9_in_the_middle_of_many_forwards_loses_none_and_stores_none_twice(tmp_path):
    """Killed twice, ended properly once; every message has its item, its sign and its card."""
    async with TelegramServer() as server:
        ann = server.person()
        pts = {"type": "channel", "id": -1001, "title": "公視", "username": "pts"}
        for number in range(MANY):
            origin = {"type": "channel", "date": 1, "chat": pts, "message_id": number + 1}
            await server.write(ann, post(number), forward_origin=origin)

        for left in (MANY * 2 // 3, MANY // 3):
            async with running(tmp_path, telegram=server) as bot:
                await server.until(lambda left=left: len(server.pending) <= left)
                bot.kill()
                await bot.wait()
        async with running(tmp_path, telegram=server) as bot:
            await server.delivered()
            async with asyncio.timeout(90):
                await until_done(tmp_path)
            bot.send_signal(signal.SIGTERM)
            code = await bot.wait()

    assert code == 0
    texts = [text for (text,) in rows(tmp_path, "SELECT text FROM document")]
    assert sorted(texts) == sorted(post(number) for number in range(MANY))
    assert rows(tmp_path, "SELECT count(*), count(DISTINCT message_id) FROM share") == [
        (MANY, MANY)
    ]
    assert rows(tmp_path, "SELECT count(DISTINCT item_id) FROM card") == [(MANY,)]
    assert not (tmp_path / "alive.json").exists()


async def test_one_process_serves_both_platforms_and_ends_when_it_is_told(tmp_path):
    """Each with its own community; nothing is left behind but the data."""
    async with TelegramServer() as telegram, serve() as discord:
        ann, room = telegram.person(), discord.private("ann")
        async with running(tmp_path, telegram=telegram, discord=discord) as bot:
            await telegram.write(ann, post(1))
            await discord.until(lambda: discord.identified)
            await discord.write(room, post(2))
            async with asyncio.timeout(60):
                while rows_or_none(tmp_path, "SELECT count(*) FROM card") != [(2,)]:  # noqa: ASYNC110
                    await asyncio.sleep(0.2)
            assert (tmp_path / "alive.json").exists()
            bot.send_signal(signal.SIGTERM)
            code = await bot.wait()

    assert code == 0
    assert "第1號消息" in telegram.last.text
    assert any("第2號消息" in str(message) for message in discord.shown(room))
    assert not (tmp_path / "alive.json").exists()
    communities = "SELECT DISTINCT community_id FROM item"
    assert len(rows(tmp_path, communities)) == 2


async def test_without_a_token_it_says_where_to_put_one(tmp_path):
    """In a sentence, with the exit code of what was not done."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "run", "--data", str(tmp_path)),
        env=os.environ | {"COMMONPLACE_LANGUAGE": "en"},
        stderr=asyncio.subprocess.PIPE,
    )

    _, told = await process.communicate()

    assert process.returncode == 2
    assert b"Put a token into [telegram] or [discord]" in told
