"""Keeps up the connection with Discord, one session after the other.

discord.py sends heartbeats, notices when they are not answered, resumes, and begins anew by
itself. What it lacks: it waits without end for a gateway that answers heartbeats and never says
that the session is ready, and a payload that it does not understand ends it.
"""

import asyncio
import logging
from collections.abc import Callable

import discord

from bot.platforms.discord_client import DiscordClient
from core.errors import BadConfig, OperatorError

log = logging.getLogger(__name__)

PATIENCE_S = 180.0  # a session that is not ready for so long is given up
FIRST_PAUSE_S, LONGEST_PAUSE_S = 5.0, 300.0  # between attempts to begin a session
GOODBYE_S = 5.0  # for closing the connection
BAD_TOKEN = 4004  # close code of the gateway


async def keep_up(
    make: Callable[[], DiscordClient],
    *,
    token: str,
    patience_s: float,
    pause_s: float,
    began: asyncio.Event,
) -> None:
    """Hold one session after the other, until cancelled.

    Args:
        make: makes what listens; a new one for each session.
        token: of the bot.
        patience_s, pause_s: as in `DiscordPlatform`.
        began: set when the first session has begun, or could not begin for now.

    Raises:
        BadConfig: Discord refuses the token, or the intent that is asked for.
    """
    pause_now_s = pause_s
    while True:
        client = make()
        try:
            await _hold(client, token, patience_s, began)
        except OperatorError as error:
            if began.is_set():  # nobody waits any more who would see it
                log.error("left Discord: %s", error.message)
            raise
        except Exception:
            # also what discord.py stumbles over in a payload: the next session reads on
            log.exception("session ended, again in %.0f s", pause_now_s)
        finally:
            await _close(client)
        if client.caught_up.is_set():
            pause_now_s = pause_s
        began.set()
        await asyncio.sleep(pause_now_s)
        pause_now_s = min(2 * pause_now_s, LONGEST_PAUSE_S)


async def _hold(client: DiscordClient, token: str, patience_s: float, began: asyncio.Event) -> None:
    """Hold a session until it ends."""
    try:
        await client.login(token)
        session = asyncio.create_task(client.connect())
        watch = asyncio.create_task(_watch(client, patience_s, began))
        try:
            await asyncio.wait({session, watch}, return_when=asyncio.FIRST_COMPLETED)
            await (session if session.done() else watch)
        finally:
            for task in (session, watch):
                task.cancel()
            await asyncio.gather(session, watch, return_exceptions=True)
    except discord.LoginFailure as error:
        raise _bad_token() from error
    except discord.PrivilegedIntentsRequired as error:
        raise BadConfig(
            "Discord does not let this bot read messages. Turn on Message Content Intent under "
            "Bot in the developer portal, or set discord.reads_messages = false.",
            key="discord.reads_messages",
            found="true",
            expected="the Message Content Intent turned on in the developer portal, or false",
        ) from error
    except discord.ConnectionClosed as error:
        if error.code == BAD_TOKEN:
            raise _bad_token() from error
        raise


async def _watch(client: DiscordClient, patience_s: float, began: asyncio.Event) -> None:
    """Tell when a session has begun; fail if one takes too long to."""
    while True:
        async with asyncio.timeout(patience_s):
            await client.here.wait()
        await client.caught_up.wait()
        began.set()
        await client.away.wait()


async def _close(client: DiscordClient) -> None:
    try:
        async with asyncio.timeout(GOODBYE_S):
            await client.close()
    except TimeoutError:
        log.warning("Discord did not take leave within %.0f s", GOODBYE_S)


def _bad_token() -> BadConfig:
    return BadConfig(
        "Discord does not accept the token. Copy it anew from Bot in the developer portal into "
        "discord.token.",
        key="discord.token",
        found="a token that Discord refuses",
        expected="the bot's token from the developer portal",
    )
