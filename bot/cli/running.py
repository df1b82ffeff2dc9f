"""`run`: the conversation on every configured platform, until the process is told to end."""

import asyncio

import click

from bot.cli.frame import Frame, fail, shared_options
from bot.cli.page import Page
from core.errors import CommonplaceError


@click.command(cls=Page)
@shared_options
def run(frame: Frame) -> None:
    """Serve until SIGTERM or SIGINT."""
    from bot.running import serve

    try:
        with frame.app(is_watched=True) as app:
            asyncio.run(serve(app))
    except CommonplaceError as error:
        fail(error, texts=frame.texts, as_json=False)
