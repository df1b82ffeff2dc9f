"""All configured platforms in one process: started, kept going, stopped in reverse order."""

import asyncio
import gc
import logging
import signal
import time
from collections.abc import Sequence
from contextlib import AsyncExitStack, suppress
from typing import TYPE_CHECKING

from bot import alive
from bot.app import App, make_dispatch, make_platforms
from bot.jobs import scheduled
from core.errors import BadConfig, CommonplaceError

if TYPE_CHECKING:
    from bot.chat import Platform
    from bot.dispatch import Dispatch

log = logging.getLogger(__name__)

SIGNS = (signal.SIGTERM, signal.SIGINT)

STOP_S = 8.0
"""A platform that has not let go by then is left behind: whoever sent SIGTERM waits 10 s (Docker's
default) before killing, and what is unfinished goes on after the next start."""


async def serve(app: App) -> None:
    """Serve every configured platform until SIGTERM or SIGINT.

    Raises:
        BadConfig: no platform is configured, or one refuses its token.
    """
    platforms = make_platforms(app)
    if not platforms:
        raise BadConfig(
            "No platform is configured. Put a token into [telegram] or [discord] (see "
            "config.example.toml), or talk in the terminal: `commonplace chat`.",
            key="telegram.token",
            found="nothing",
            expected="a token",
        )
    ending = asyncio.Event()
    loop = asyncio.get_running_loop()
    for sign in SIGNS:
        with suppress(NotImplementedError):  # Windows ends us by KeyboardInterrupt
            loop.add_signal_handler(sign, ending.set)
    try:
        async with AsyncExitStack() as stopping:
            dispatch = make_dispatch(app, platforms)
            stopping.push_async_callback(dispatch.stop)
            stopping.enter_context(scheduled(app, dispatch))
            dispatch.in_lane("work", lambda: _warm(app))
            for platform in platforms:
                stopping.push_async_callback(_stopped, platform)
                await platform.start(dispatch)
                log.info("serving platform=%s", platform.name)
            await _until(ending, app, platforms, dispatch)
            log.info("stopping")
    finally:
        for sign in SIGNS:
            with suppress(NotImplementedError):
                loop.remove_signal_handler(sign)
        alive.forget(app.settings.data)


def _warm(app: App) -> None:
    """Load what the first message would wait for."""
    app.library.reader.warm()
    try:
        app.library.entailer.entail([("書", "這篇文章與書有關。")])
        app.library.embedder.embed(["書"])
    except CommonplaceError:  # told with the first item, which keeps its place
        log.exception("the models are not ready")
    gc.freeze()  # all this stays: what comes need not be told from it again and again


async def _until(
    ending: asyncio.Event, app: App, platforms: "Sequence[Platform]", dispatch: "Dispatch"
) -> None:
    """Leave a sign of life now and then, until it ends."""
    names = [each.name for each in platforms]
    while not ending.is_set():
        alive.tell(app.settings.data, platforms=names, busy=dispatch.busy(), now=time.time())
        with suppress(TimeoutError):
            await asyncio.wait_for(ending.wait(), alive.BEAT_S)


async def _stopped(platform: "Platform") -> None:
    try:
        await asyncio.wait_for(platform.stop(), STOP_S)
    except TimeoutError:
        log.warning("platform=%s did not stop within %.0f s", platform.name, STOP_S)
