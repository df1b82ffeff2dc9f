"""What stands after a command: the number of an item, the page of a list."""

import re

from core.errors import UnknownItem

_PAGE = re.compile(r"(?:^|\s)page:(\d{1,6})(?=\s|$)")


def item_number(argument: str) -> int | None:
    """The number that an argument begins with, as "7", "#7" or "#7 more"; None if there is none.

    Raises:
        UnknownItem: there is something, but no number.
    """
    word = argument.split(maxsplit=1)[0] if argument.strip() else ""
    if not word:
        return None
    digits = word.lstrip("#＃")
    if not digits.isdecimal() or len(digits) > 9:
        raise UnknownItem(f"{word} is not the number of an item, such as 7.", number=word)
    return int(digits)


def after_number(argument: str) -> str:
    """What follows the first word."""
    _, *rest = argument.split(maxsplit=1) or [""]
    return rest[0].strip() if rest else ""


def page_of(argument: str) -> tuple[str, int]:
    """Take "page:3" out of an argument: what is left, and the page, from 1."""
    found = _PAGE.search(argument)
    if found is None:
        return argument.strip(), 1
    rest = argument[: found.start()] + argument[found.end() :]
    return rest.strip(), max(1, int(found[1]))
