"""`chat`: the conversation in this terminal."""

import asyncio

import click

from bot.cli.frame import Frame, fail, shared_options
from bot.cli.page import Page
from core.errors import CommonplaceError

HISTORY_FILE = "history.txt"


@click.command(cls=Page)
@click.option("--community", metavar="NAME", help="cli-option-community")
@shared_options
def chat(frame: Frame, community: str | None) -> None:
    """Talk until the person leaves or the pipe ends."""
    from bot.app import converse

    try:
        with frame.app(community=community) as app:
            code = asyncio.run(converse(app, history=app.settings.data / HISTORY_FILE))
    except CommonplaceError as error:
        fail(error, texts=frame.texts, as_json=False)
    raise click.exceptions.Exit(code)
