"""The commands by all their names: which one is meant, which are like it, what menus show."""

import difflib
from collections.abc import Sequence

from bot.chat import MenuEntry, Suggestion
from bot.dispatch.context import Command
from bot.texts import Texts
from core.domain import LANGUAGES, Role

LIKE_ENOUGH = 0.5  # difflib's usual 0.6 suggests nothing for one wrong character of two


class Commands:
    """Finds commands.

    Args:
        commands: all of them, in the order of /help.
    """

    def __init__(self, commands: Sequence[Command]) -> None:
        self._commands = commands
        self.names = _names(commands)

    def find(self, name: str) -> Command | None:
        """The command of a name, in any language and case."""
        return self.names.get(name.casefold())

    def near(self, name: str, texts: Texts) -> list[str]:
        """Commands that may have been meant, in the script that was written."""
        near = difflib.get_close_matches(name.casefold(), self.names, n=3, cutoff=LIKE_ENOUGH)
        found = dict.fromkeys(
            self.names[each].name for each in near if not self.names[each].is_for_buttons
        )
        if name.isascii():
            return list(found)
        return [texts.say(f"command-{each}") for each in found]

    def suggest(self, typed: str, texts: Texts) -> list[Suggestion]:
        """Names that begin as typed, in either script."""
        wanted = typed.casefold()
        suggestions = []
        for command in self._commands:
            if command.is_for_buttons:
                continue
            native = texts.say(f"command-{command.name}")
            about = texts.say(f"command-{command.name}.about")
            if command.name.startswith(wanted):
                meaning = about if native == command.name else f"{native}  {about}"
                suggestions.append(Suggestion(command.name, len(typed), meaning))
            elif native.casefold().startswith(wanted):
                suggestions.append(Suggestion(native, len(typed), about))
        return suggestions

    def menu(self) -> list[MenuEntry]:
        """What platforms list."""
        return [_entry(each) for each in self._commands if not each.is_for_buttons]


def _names(commands: Sequence[Command]) -> dict[str, Command]:
    """Every name in every language -> its command; those behind buttons have only the one."""
    names = {command.name: command for command in commands}
    for language in LANGUAGES:
        texts = Texts(language)
        for command in commands:
            if not command.is_for_buttons:
                for name in texts.words(f"command-{command.name}"):
                    names.setdefault(name, command)
    return names


def _entry(command: Command) -> MenuEntry:
    message = f"command-{command.name}"
    books = {language: Texts(language) for language in LANGUAGES}
    return MenuEntry(
        name=command.name,
        names={language: texts.say(message) for language, texts in books.items()},
        about={language: texts.say(f"{message}.about") for language, texts in books.items()},
        argument={
            language: texts.say(f"{message}.argument")
            for language, texts in books.items()
            if texts.has_attribute(message, "argument")
        },
        is_completed=command.suggest is not None,
        is_for_messages=command.is_for_messages,
        for_admins=command.needs is Role.ADMIN,
    )
