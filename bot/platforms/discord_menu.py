"""The register's commands become Discord's: slash commands with one argument, and message menus.

They are written to Discord only when they differ from what it has: 200 may be made a day.

Source: Discord's API documentation, interactions/application-commands.
"""

import logging
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import discord

from bot.chat import MenuEntry, Suggestion
from core.domain import Language

log = logging.getLogger(__name__)

MAX_COMMANDS = 100
MAX_MESSAGE_MENUS = 15
MAX_WORDS = 100  # characters of a description, a choice's name and its value
MAX_CHOICES = 25

IN_SERVER, IN_PRIVATE, ANYWHERE = 0, 1, 2  # contexts
OF_SERVER, OF_PERSON = 0, 1  # whose installation brings the command along
_NAME = re.compile(r"[-_'\w]{1,32}")
_LOCALES: Mapping[str, Language] = {"zh-TW": "zh-TW", "en-US": "en", "en-GB": "en"}
_ON_MESSAGES: Mapping[str, Mapping[Language, str]] = {
    "save": {"en": "Save to library", "zh-TW": "收進文庫"}
}

Definition = dict[str, Any]


def definitions(menu: Sequence[MenuEntry]) -> list[Definition]:
    """The commands as Discord is told of them."""
    on_messages = [entry for entry in menu if entry.is_for_messages][:MAX_MESSAGE_MENUS]
    if len(menu) > MAX_COMMANDS:
        log.error("%d commands; Discord lists the first %d", len(menu), MAX_COMMANDS)
    return [
        *(_slash(entry) for entry in menu[:MAX_COMMANDS]),
        *(_on_message(entry) for entry in on_messages),
    ]


def message_menus(menu: Sequence[MenuEntry]) -> dict[str, str]:
    """Which command each message menu gives, by the menu's name."""
    return {_menu_name(entry, "en"): entry.name for entry in menu if entry.is_for_messages}


async def sync(client: discord.Client, menu: Sequence[MenuEntry]) -> bool:
    """Tell Discord of the commands if it knows other ones; whether it had to be told."""
    assert client.application_id is not None, "logged in"
    wanted = definitions(menu)
    # discord.py's own method leaves the localisations out
    route = discord.http.Route(
        "GET", "/applications/{application_id}/commands", application_id=client.application_id
    )
    known = await client.http.request(route, params={"with_localizations": "true"})
    if _compared(known) == _compared(wanted):
        return False
    await client.http.bulk_upsert_global_commands(client.application_id, wanted)
    return True


def choices(typed: str, found: Iterable[Suggestion]) -> list[discord.app_commands.Choice[str]]:
    """Ways to go on, each as the whole argument that choosing it writes."""
    offered: list[discord.app_commands.Choice[str]] = []
    for suggestion in found:
        value = typed[: len(typed) - suggestion.replaces] + suggestion.text
        if not value or len(value) > MAX_WORDS:  # cannot be chosen, but still be typed
            continue
        name = f"{value} — {suggestion.meaning}" if suggestion.meaning else value
        offered.append(discord.app_commands.Choice(name=_short(name), value=value))
    return offered[:MAX_CHOICES]


def _slash(entry: MenuEntry) -> Definition:
    options = [_option(entry)] if entry.argument else []
    return {
        "type": 1,
        "name": entry.name,
        "name_localizations": _localised(entry.names, entry.name, is_name=True),
        "description": _short(entry.about["en"]),
        "description_localizations": _localised(entry.about, entry.about["en"]),
        "options": options,
        "contexts": [IN_SERVER, IN_PRIVATE],
        "integration_types": [OF_SERVER],
        "default_member_permissions": _lock(entry),
    }


def _option(entry: MenuEntry) -> Definition:
    names = {language: _slug(text) for language, text in entry.argument.items()}
    name = names["en"] or "text"
    return {
        "type": 3,
        "name": name,
        "name_localizations": _localised(names, name, is_name=True),
        "description": _short(entry.argument["en"]),
        "description_localizations": _localised(entry.argument, entry.argument["en"]),
        "required": False,
        "autocomplete": entry.is_completed,
    }


def _on_message(entry: MenuEntry) -> Definition:
    names: Mapping[Language, str] = {
        language: _menu_name(entry, language) for language in _LOCALES.values()
    }
    return {
        "type": 3,
        "name": names["en"],
        "name_localizations": _localised(names, names["en"]),
        "contexts": [IN_SERVER, IN_PRIVATE, ANYWHERE],
        "integration_types": [OF_SERVER, OF_PERSON],
        "default_member_permissions": _lock(entry),
    }


def _menu_name(entry: MenuEntry, language: Language) -> str:
    name = _ON_MESSAGES.get(entry.name, entry.names)[language]
    return (name[:1].upper() + name[1:])[:32]


def _lock(entry: MenuEntry) -> str | None:
    return str(discord.Permissions(manage_guild=True).value) if entry.for_admins else None


def _localised(
    words: Mapping[Language, str], default: str, *, is_name: bool = False
) -> dict[str, str]:
    """Words by Discord's locales, as far as they differ from the default and are allowed."""
    found = {locale: _short(words[language]) for locale, language in _LOCALES.items()}
    return {
        locale: text
        for locale, text in found.items()
        if text != default and (not is_name or (_NAME.fullmatch(text) and text == text.lower()))
    }


def _slug(text: str) -> str:
    """Words as the name of an option: lower case, joined by hyphens."""
    return "-".join(re.findall(r"\w+", text.lower()))[:32].strip("-")


def _short(text: str) -> str:
    return text if len(text) <= MAX_WORDS else text[: MAX_WORDS - 1] + "…"


def _compared(commands: Iterable[Mapping[str, Any]]) -> list[Definition]:
    """Definitions without what Discord adds to them."""
    return sorted(map(_plain, commands), key=lambda each: (each["type"], each["name"]))


def _plain(command: Mapping[str, Any]) -> Definition:
    return {
        "type": command.get("type", 1),
        "name": command["name"],
        "names": command.get("name_localizations") or {},
        "about": command.get("description") or "",
        "abouts": command.get("description_localizations") or {},
        "required": command.get("required") or False,
        "autocomplete": command.get("autocomplete") or False,
        "options": [_plain(option) for option in command.get("options") or ()],
        "contexts": sorted(command.get("contexts") or ()),
        "types": sorted(command.get("integration_types") or ()),
        "lock": command.get("default_member_permissions"),
    }
