"""The schema told: every table and view, its columns, and what they mean, from the code itself.

A column's meaning is what the docstring of its table says under `Attributes`, or that of the value
in `core.domain` (or elsewhere) that the docstring names; so what is told cannot differ from what
is written where the column is.
"""

import inspect
import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module

from sqlalchemy import Column
from sqlalchemy import Table as SqlTable

from core.store import tables
from core.store.every_table import every_table
from core.store.views import VIEWS

_VALUE = re.compile(r"`(core(?:\.\w+)*\.[A-Z]\w+)`")
_ATTRIBUTE = re.compile(r"^(\w+(?:, \w+)*): (.*)")
_INLINE = re.compile(r"(?:^|\s)`(\w+(?:`, `\w+)*)`: ([^`]+?)(?=\s`\w+`: |$)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class ColumnTold:
    """A column: `kind` is SQLite's type; `refers` is "table.column"; `about` may be empty."""

    name: str
    kind: str
    is_key: bool
    can_be_null: bool
    refers: str
    about: str


@dataclass(frozen=True, slots=True)
class TableTold:
    """A table, or a view."""

    name: str
    is_view: bool
    about: str
    columns: tuple[ColumnTold, ...]


def rules() -> tuple[str, ...]:
    """What holds for all tables."""
    said = inspect.cleandoc(tables.__doc__ or "")
    return tuple(
        " ".join(rule.split()) for rule in re.findall(r"^- ((?:.|\n(?!-|\n))*)", said, re.MULTILINE)
    )


def schema() -> tuple[TableTold, ...]:
    """Views first, as they are made for reading; then tables, in the order of the code."""
    return (*_views(), *_tables())


def _views() -> Iterator[TableTold]:
    for view in VIEWS:
        columns = (
            ColumnTold(name, "", is_key=False, can_be_null=True, refers="", about=about)
            for name, about in view.columns.items()
        )
        yield TableTold(view.name, True, view.about, tuple(columns))


def _tables() -> Iterator[TableTold]:
    rows = every_table()
    for name, table in tables.Table.metadata.tables.items():
        doc = inspect.cleandoc((rows[name].__doc__ if name in rows else "") or "")
        meanings = _meanings(doc)
        about = " ".join(re.split(r"\n\nAttributes:", doc)[0].split())
        columns = (_column(each, table, meanings) for each in table.columns)
        yield TableTold(name, False, _plain(about), tuple(columns))


def _column(column: "Column[object]", table: SqlTable, meanings: dict[str, str]) -> ColumnTold:
    refers = sorted(key.target_fullname for key in column.foreign_keys)
    return ColumnTold(
        column.name,
        str(column.type.compile()) if str(column.type) != "JSON" else "JSON",
        is_key=column in set(table.primary_key),
        can_be_null=bool(column.nullable),
        refers=", ".join(refers),
        about=meanings.get(column.name, ""),
    )


def _meanings(doc: str) -> dict[str, str]:
    """What a docstring says of columns: its own words, else those of the values that it names."""
    found: dict[str, str] = {}
    for place in _VALUE.findall(doc):
        module, _, name = place.rpartition(".")
        value = getattr(import_module(module), name, None)
        found |= _attributes(inspect.cleandoc(value.__doc__ or "")) if value else {}
    for names, words in _INLINE.findall(doc.split("Attributes:")[0]):
        found |= dict.fromkeys(names.replace("`", "").split(", "), _plain(" ".join(words.split())))
    return found | _attributes(doc)


def _attributes(doc: str) -> dict[str, str]:
    """The entries under `Attributes`; one entry may be about several."""
    _, _, listed = doc.partition("Attributes:\n")
    entries: list[str] = []
    for line in inspect.cleandoc(listed).split("\n"):
        if line.startswith(" ") and entries:
            entries[-1] += f" {line.strip()}"
        elif line:
            entries.append(line)
        else:
            break
    found: dict[str, str] = {}
    for entry in entries:
        parts = re.split(r"; (?=[a-z_]+: )", entry)  # "low: …; high: …"
        for part in parts:
            if (said := _ATTRIBUTE.match(part)) is not None:
                found |= dict.fromkeys(said[1].split(", "), _plain(said[2]))
    return found


def _plain(words: str) -> str:
    return words.replace("`", "")
