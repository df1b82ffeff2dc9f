"""A taxonomy as people write it: tables become the text of a file in the layout of the starter.

Comments are no part of tables, so a file that was changed in chat has none. What is read back from
what is written here is the same tables.
"""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from core.taxonomy_file import Table

_BELOW = ("dimension", "label")
_INDENT = "  "


def written(table: Table) -> str:
    """The content of a taxonomy file of these tables."""
    return "\n".join(_lines(table, names=(), depth=0)).strip() + "\n"


def _lines(table: Table, *, names: Sequence[str], depth: int) -> Iterator[str]:
    margin = _INDENT * depth
    for key, value in table.items():
        if key not in _BELOW:
            yield f"{margin}{key} = {_value(value)}"
    for key in _BELOW:
        for below in table.get(key, ()):
            inside = len(names)  # dimensions stand at the margin, as all below them is theirs
            yield ""
            yield f"{_INDENT * inside}[[{'.'.join((*names, key))}]]"
            yield from _lines(below, names=(*names, key), depth=inside)


def _value(value: Any) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            # JSON's escapes are TOML's, but for one sign that JSON leaves as it is
            return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
        case list():
            return f"[{', '.join(map(_value, value))}]"
        case dict():
            inside = ", ".join(f"{key} = {_value(each)}" for key, each in value.items())
            return f"{{ {inside} }}"
        case _:
            return str(value)
