"""What Telegram shows before anybody has said a word: commands by scope, and descriptions.

All of it per language; Telegram falls back to what has no language code, which is English here.
Only what differs from what Telegram already has is set, because setting is limited.
"""

import logging
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from bot.chat import MenuEntry
from bot.texts import Texts
from core.domain import Language

if TYPE_CHECKING:
    from telegram import Bot, BotCommand

log = logging.getLogger(__name__)

CODES: tuple[tuple[str | None, Language], ...] = ((None, "en"), ("en", "en"), ("zh", "zh-TW"))
"""Telegram's language codes (ISO 639-1; None: everybody else) and what is spoken there."""

MAX_COMMANDS = 100
MAX_ABOUT = 256
MAX_DESCRIPTION, MAX_SHORT_DESCRIPTION = 512, 120
_NAME = re.compile(r"[a-z0-9_]{1,32}")


async def set_menus(bot: "Bot", menu: Sequence[MenuEntry]) -> None:
    """Set the commands of private chats, groups and admins, and the descriptions.

    Raises:
        TelegramError: Telegram does not take them.
    """
    from telegram import (
        BotCommandScopeAllChatAdministrators,
        BotCommandScopeAllGroupChats,
        BotCommandScopeAllPrivateChats,
    )

    # an admin's menu replaces the group's, so it has all commands
    for scope, for_admins in (
        (BotCommandScopeAllPrivateChats(), False),
        (BotCommandScopeAllGroupChats(), False),
        (BotCommandScopeAllChatAdministrators(), True),
    ):
        for code, language in CODES:
            wanted = commands(menu, language, for_admins=for_admins)
            if list(await bot.get_my_commands(scope=scope, language_code=code)) != wanted:
                await bot.set_my_commands(wanted, scope=scope, language_code=code)
                log.info("commands set scope=%s language=%s n=%d", scope.type, code, len(wanted))
    for code, language in CODES:
        texts = Texts(language)
        long = texts.say("telegram-description")[:MAX_DESCRIPTION]
        short = texts.say("telegram-short-description")[:MAX_SHORT_DESCRIPTION]
        if (await bot.get_my_description(language_code=code)).description != long:
            await bot.set_my_description(long, language_code=code)
        if (await bot.get_my_short_description(language_code=code)).short_description != short:
            await bot.set_my_short_description(short, language_code=code)


def commands(
    menu: Sequence[MenuEntry], language: Language, *, for_admins: bool
) -> list["BotCommand"]:
    """The entries as Telegram lists them; those whose names it refuses are left out."""
    from telegram import BotCommand

    listed = []
    for entry in menu:
        if entry.for_admins and not for_admins:
            continue
        if not _NAME.fullmatch(entry.name):
            log.warning("Telegram has no menu entry for /%s: only a-z, 0-9 and _", entry.name)
            continue
        listed.append(BotCommand(entry.name, entry.about[language][:MAX_ABOUT] or entry.name))
    return listed[:MAX_COMMANDS]
