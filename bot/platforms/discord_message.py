"""A reply as Discord takes it: content or embeds, buttons, files, and nobody called."""

import hashlib
import io
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from typing import Any, TypeVar

import discord

from bot.chat import Button, Picture, Reply
from bot.platforms.discord_errors import MISSING_PERMISSIONS
from bot.platforms.discord_markdown import Sheet, one_sheet, sheets

BUTTONS, ROW, ROWS = 25, 5, 5
MAX_LABEL = 80
MAX_ALT = 1024  # API, "Attachment Object"

_T = TypeVar("_T")


async def embedded(
    reply: Reply, write: Callable[[Sequence[Sheet]], Awaitable[_T]], *, is_one: bool = False
) -> _T:
    """Write a reply with embeds, or without them where the bot has no right to embed."""

    def pages(*, may_embed: bool) -> Sequence[Sheet]:
        if is_one:
            return (one_sheet(reply, may_embed=may_embed),)
        return sheets(reply, may_embed=may_embed)

    first = pages(may_embed=True)
    try:
        return await write(first)
    except discord.Forbidden as error:
        if error.code != MISSING_PERMISSIONS or not any(page.embeds for page in first):
            raise
    return await write(pages(may_embed=False))


def new_message(page: Sheet, reply: Reply, *, is_last: bool) -> dict[str, Any]:
    """The parameters of a new message; files and buttons are on the last one."""
    buttons = _view(reply) if is_last else None
    return {
        "content": page.content or None,
        "embeds": [discord.Embed(description=text) for text in page.embeds],
        "files": _files(reply) if is_last else [],
        "allowed_mentions": discord.AllowedMentions.none(),
        **({"view": buttons} if buttons else {}),
    }


def changed_message(page: Sheet, reply: Reply) -> dict[str, Any]:
    """The parameters of a change, which takes away what is not there any more."""
    return {
        "content": page.content or None,
        "embeds": [discord.Embed(description=text) for text in page.embeds],
        "view": _view(reply),
        "allowed_mentions": discord.AllowedMentions.none(),
        **({"attachments": _files(reply)} if reply.files else {}),
    }


def _files(reply: Reply) -> list[discord.File]:
    return [
        discord.File(
            io.BytesIO(file.data),
            file.name,
            description=file.alt[:MAX_ALT] if isinstance(file, Picture) else None,
        )
        for file in reply.files
    ]


def _view(reply: Reply) -> discord.ui.View | None:
    """The buttons of a reply, in rows of five at most; None if there are none."""
    rows = [row[start : start + ROW] for row in reply.buttons for start in range(0, len(row), ROW)]
    if len(rows) > ROWS:
        buttons = [button for row in rows for button in row][:BUTTONS]
        rows = [tuple(buttons[start : start + ROW]) for start in range(0, len(buttons), ROW)]
    view = discord.ui.View(timeout=None)
    known: set[str] = set()
    for number, row in enumerate(rows):
        for button in row:
            if button.does not in known:  # Discord refuses two that do the same
                known.add(button.does)
                view.add_item(_button(button, number))
    view.stop()  # nothing waits for it: what a button does stands on it, also after a restart
    return view if known else None


def _button(button: Button, row: int) -> discord.ui.Button[Any]:
    label = button.label if len(button.label) <= MAX_LABEL else button.label[: MAX_LABEL - 1] + "…"
    return discord.ui.Button(label=label, custom_id=button.does, row=row)


def nonce(key: str, number: int) -> str:
    """At most 25 characters that are the same for the same message of the same delivery."""
    return hashlib.blake2b(f"{key}/{number}".encode(), digest_size=12).hexdigest()


async def take_back(messages: Sequence[discord.Message]) -> None:
    for message in messages:
        with suppress(discord.HTTPException, OSError):
            await message.delete()
