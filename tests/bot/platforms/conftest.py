"""What the platforms' tests share: a bot on a Bot API server, and simcord's clock."""

from collections.abc import AsyncIterator

import pytest

from tests.bot.platforms.telegram_stage import Stage, staged


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    """A bot on a Bot API server, started."""
    async with staged() as stage:
        await stage.bot.start(stage.listener)
        yield stage


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item):
    """Lets a test live in the time of its simcord room; fixtures are of another context."""
    env = getattr(item.funcargs.get("room"), "env", None)
    if env is None or not hasattr(env, "time_context"):
        return (yield)
    with env.time_context():
        return (yield)
