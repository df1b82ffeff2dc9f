"""The form of a taxonomy file: its keys, what they hold, and on which line they stand.

A file is TOML. It is checked as a whole before anything is built from it, and every problem is
reported at once with its label and its line, because a codebook is edited by people who would
otherwise mend it one error at a time. `tomllib` forgets positions, so a small scanner finds the
lines of table headers and keys again; where it cannot (inline tables), the enclosing line is named.
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from core.domain import LANGUAGES
from core.errors import BadTaxonomy
from core.folding import fold

Table = Mapping[str, Any]
Key = tuple[str | int, ...]
"""Where a value stands: `("dimension", 0, "label", 2, "name")`."""

_FILE_KEYS = ("name", "version", "dimension")
_DIMENSION_KEYS = (
    "id", "choice", "name", "definition", "hypothesis", "threshold", "most", "label",
)  # fmt: skip
_LABEL_KEYS = (
    "id", "name", "aliases", "definition", "include", "exclude", "edge_cases", "hypothesis",
    "threshold", "was", "retired", "into", "label",
)  # fmt: skip
_CHOICES = ("one", "many")
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_PATH = re.compile(rf"{_ID.pattern}(?:/{_ID.pattern})+")
_PLACEHOLDER = re.compile(r"\{[^{}]*\}")


def read(text: str, *, source: str = "taxonomy") -> Table:
    """Parse a taxonomy file and check its form.

    Args:
        text: the file's content.
        source: how error messages call the file.

    Returns:
        The tables as TOML has them; every key known, every value of the right kind, every id,
        name and template usable.

    Raises:
        BadTaxonomy: with all problems in the message, and the first one's place in its facts
            (`where`, `line`: 0 if unknown, `problems`: how many).
    """
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"at line (\d+)", str(error))
        raise BadTaxonomy(
            f"{source} is not TOML: {error}. Check quotes, brackets and commas there.",
            where=source,
            line=int(found[1]) if found else 0,
            problems=1,
        ) from error
    check = _Check(_lines(text))
    check.file(table)
    if not check.problems:
        return table
    first = check.problems[0]
    told = "\n".join(f"  {problem}" for problem in check.problems)
    count = len(check.problems)
    noun = "problem" if count == 1 else "problems"
    raise BadTaxonomy(
        f"{source} has {count} {noun}:\n{told}",
        where=first.where,
        line=first.line,
        problems=count,
    )


@dataclass(frozen=True, slots=True)
class _Problem:
    where: str
    line: int
    what: str

    def __str__(self) -> str:
        place = f"line {self.line}, {self.where}" if self.line else self.where
        return f"{place}: {self.what}"


class _Check:
    """Walks the tables and gathers problems. `at` is a key, `where` what people call the place."""

    def __init__(self, lines: Mapping[Key, int]) -> None:
        self.problems: list[_Problem] = []
        self._lines = lines
        self._present: set[str] = set()
        self._former: dict[str, str] = {}

    def file(self, table: Table) -> None:
        at: Key = ()
        self._keys(table, _FILE_KEYS, at=at, where="the file")
        if "name" in table:
            self._texts(table["name"], at=("name",), where="the file")
        if "version" in table and not isinstance(table["version"], str | int):
            self._tell("the file", ("version",), 'version must be text or a number, like "2"')
        dimensions = self._tables(table.get("dimension", []), at=("dimension",), where="the file")
        self._paths(dimensions)
        if not dimensions:
            self._tell("the file", at, "there is no dimension. Begin one with [[dimension]]")
        self._siblings(dimensions, at=("dimension",), parent="", noun="dimension")
        for index, dimension in enumerate(dimensions):
            self._dimension(dimension, at=("dimension", index), index=index)

    def _dimension(self, table: Table, *, at: Key, index: int) -> None:
        where = self._id(table, at=at, parent="", unnamed=f"dimension {index + 1}")
        self._keys(table, _DIMENSION_KEYS, at=at, where=where)
        choice = table.get("choice")
        if choice not in _CHOICES:
            found = "is missing" if choice is None else f"is {choice!r}"
            self._tell(where, (*at, "choice"), f'choice {found}. Write choice = "one" or "many"')
        self._name(table, at=at, where=where)
        self._optional_texts(table, ("definition",), at=at, where=where)
        self._threshold(table, at=at, where=where)
        self._most(table, at=at, where=where)
        templates = table.get("hypothesis", {})
        if "hypothesis" in table:
            self._texts(templates, at=(*at, "hypothesis"), where=where)
            self._templates(templates, at=(*at, "hypothesis"), where=where, needs_label=True)
        labels = self._tables(table.get("label", []), at=(*at, "label"), where=where)
        if not any(label.get("retired") is not True for label in labels):
            self._tell(where, at, "it has no label. Begin one with [[dimension.label]]")
        askable = frozenset(templates) if isinstance(templates, dict) else frozenset()
        self._labels(labels, at=(*at, "label"), parent=where, templates=askable)

    def _labels(
        self, labels: Sequence[Table], *, at: Key, parent: str, templates: frozenset[str]
    ) -> None:
        self._siblings(labels, at=at, parent=f"{parent}/", noun="label")
        for index, label in enumerate(labels):
            self._label(label, at=(*at, index), parent=parent, templates=templates)

    def _label(self, table: Table, *, at: Key, parent: str, templates: frozenset[str]) -> None:
        unnamed = f"label {int(at[-1]) + 1}"
        where = self._id(table, at=at, parent=f"{parent}/", unnamed=unnamed)
        self._keys(table, _LABEL_KEYS, at=at, where=where)
        self._name(table, at=at, where=where)
        self._optional_texts(table, ("definition", "hypothesis"), at=at, where=where)
        for key in ("aliases", "include", "exclude", "edge_cases"):
            if key in table:
                self._lists(table[key], at=(*at, key), where=where)
        own = table.get("hypothesis", {})
        self._templates(own, at=(*at, "hypothesis"), where=where, needs_label=False)
        names = table.get("name", {})
        worded = set(own) if isinstance(own, dict) else set()
        worded |= templates & set(names) if isinstance(names, dict) else set()
        if isinstance(names, dict) and names and not worded:
            self._tell(
                where,
                at,
                "no question can be worded for it. Give its dimension a hypothesis with {label} "
                f"in {' or '.join(map(str, names))}, or the label one of its own",
            )
        self._threshold(table, at=at, where=where)
        self._past(table, at=at, where=where)
        labels = self._tables(table.get("label", []), at=(*at, "label"), where=where)
        self._labels(labels, at=(*at, "label"), parent=where, templates=templates)

    # ── single rules ─────────────────────────────────────────────────────────────────────────────

    def _tell(self, where: str, at: Key, what: str) -> None:
        line = next(
            (self._lines[at[:n]] for n in range(len(at), -1, -1) if at[:n] in self._lines), 0
        )
        stop = "" if what.endswith(("?", '."')) else "."
        self.problems.append(_Problem(where=where, line=line, what=what + stop))

    def _keys(self, table: Table, known: Sequence[str], *, at: Key, where: str) -> None:
        for key in table:
            if key not in known:
                near = get_close_matches(key, known, n=1, cutoff=0.5)
                hint = f"Did you mean {near[0]!r}?" if near else f"Known are {', '.join(known)}"
                self._tell(where, (*at, key), f"the key {key!r} is unknown. {hint}")

    def _id(self, table: Table, *, at: Key, parent: str, unnamed: str) -> str:
        found = table.get("id")
        if isinstance(found, str) and _ID.fullmatch(found):
            return parent + found
        where = parent + (found if isinstance(found, str) and found else unnamed)
        if found is None:
            what = 'it has no id. Write a short stable one, like id = "climate-change"'
        else:
            slug = re.sub(r"[^a-z0-9]+", "-", str(found).lower()).strip("-")
            hint = f'. Try "{slug}"' if slug else ""
            what = f"the id {found!r} must be of a-z, 0-9 and single hyphens{hint}"
        self._tell(where, (*at, "id"), what)
        return where

    def _siblings(self, tables: Sequence[Table], *, at: Key, parent: str, noun: str) -> None:
        ids: set[str] = set()
        names: dict[tuple[str, str], str] = {}
        for index, table in enumerate(tables):
            id_, name = table.get("id"), table.get("name")
            where = f"{parent}{id_ if isinstance(id_, str) else f'{noun} {index + 1}'}"
            if isinstance(id_, str):
                if id_ in ids:
                    what = f"the id {id_!r} is used twice here. Give each {noun} its own"
                    self._tell(where, (*at, index, "id"), what)
                ids.add(id_)
            if table.get("retired") is True:
                continue  # another label may be called so now
            for language, words in name.items() if isinstance(name, dict) else ():
                if not isinstance(words, str):
                    continue
                other = names.setdefault((language, fold(words).strip()), where)
                if other != where:
                    what = f"the name {words!r} is also that of {other}. Tell them apart"
                    self._tell(where, (*at, index, "name"), what)

    def _tables(self, found: object, *, at: Key, where: str) -> list[Table]:
        if isinstance(found, list) and all(isinstance(each, dict) for each in found):
            return found
        header = ".".join(str(part) for part in at if isinstance(part, str))
        self._tell(where, at, f"{at[-1]} must be a list of tables. Write [[{header}]]")
        return []

    def _name(self, table: Table, *, at: Key, where: str) -> None:
        if "name" not in table:
            what = 'it has no name. Write name = { zh-TW = "…", en = "…" }'
            self._tell(where, at, what)
        else:
            self._texts(table["name"], at=(*at, "name"), where=where)

    def _optional_texts(self, table: Table, keys: Sequence[str], *, at: Key, where: str) -> None:
        for key in keys:
            if key in table:
                self._texts(table[key], at=(*at, key), where=where)

    def _texts(self, found: object, *, at: Key, where: str) -> None:
        for language, words in self._by_language(found, at=at, where=where, form='"…"'):
            if not isinstance(words, str) or not words.strip():
                self._tell(where, at, f"{at[-1]} in {language} must be a text that is not empty")

    def _lists(self, found: object, *, at: Key, where: str) -> None:
        for language, words in self._by_language(found, at=at, where=where, form='["…", "…"]'):
            if not isinstance(words, list) or not all(
                isinstance(each, str) and each.strip() for each in words
            ):
                what = f'{at[-1]} in {language} must be a list of texts, like ["…", "…"]'
                self._tell(where, at, what)

    def _by_language(
        self, found: object, *, at: Key, where: str, form: str
    ) -> list[tuple[str, object]]:
        if not isinstance(found, dict) or not found:
            example = f"{at[-1]} = {{ {', '.join(f'{each} = {form}' for each in LANGUAGES)} }}"
            self._tell(where, at, f"{at[-1]} must be given per language. Write {example}")
            return []
        for language in found:
            if language not in LANGUAGES:
                folded = {each.lower(): each for each in LANGUAGES}
                near = get_close_matches(str(language).lower(), folded, n=1, cutoff=0.3)
                hint = (
                    f'Did you mean "{folded[near[0]]}"?'
                    if near
                    else f"Known are {', '.join(LANGUAGES)}"
                )
                what = f"{at[-1]} has the unknown language {language!r}. {hint}"
                self._tell(where, at, what)
        return [pair for pair in found.items() if pair[0] in LANGUAGES]

    def _templates(self, found: object, *, at: Key, where: str, needs_label: bool) -> None:
        for language, words in found.items() if isinstance(found, dict) else ():
            if not isinstance(words, str):
                continue
            placeholders = set(_PLACEHOLDER.findall(words))
            strange = sorted(placeholders - {"{label}"})
            if strange:
                what = (
                    f"the hypothesis in {language} holds {strange[0]}. Only {{label}} is filled in"
                )
                self._tell(where, at, what)
            elif needs_label and words.strip() and "{label}" not in placeholders:
                what = (
                    f"the hypothesis in {language} does not say {{label}}, so every label would "
                    'ask the same. Write it where the name belongs: "This text is about {label}."'
                )
                self._tell(where, at, what)

    def _paths(self, dimensions: Sequence[Table]) -> None:
        """Remember every path there is: what a label was must be no other label now."""

        def walk(tables: object, above: str) -> None:
            for table in tables if isinstance(tables, list) else ():
                if isinstance(table, dict) and isinstance(table.get("id"), str):
                    path = f"{above}{table['id']}"
                    self._present.add(path)
                    walk(table.get("label"), f"{path}/")

        walk(dimensions, "")

    def _past(self, table: Table, *, at: Key, where: str) -> None:
        """What a label was, whether it is asked no more, and what took its place."""
        for key in ("was", "into"):
            found = table.get(key, [])
            if not isinstance(found, list) or not all(
                isinstance(each, str) and _PATH.fullmatch(each) for each in found
            ):
                what = f'{key} must be a list of paths, like ["topic/labour"]'
                self._tell(where, (*at, key), what)
                continue
            for each in found if key == "was" else ():
                other = where if each in self._present else self._former.setdefault(each, where)
                if each in self._present:
                    what = f"it was {each!r}, but there is such a label now. Leave that out"
                    self._tell(where, (*at, key), what)
                elif other != where:
                    what = f"{each!r} became {other} already. Leave it out of one of them"
                    self._tell(where, (*at, key), what)
        if not isinstance(table.get("retired", False), bool):
            self._tell(where, (*at, "retired"), "retired must be true, or be left out")

    def _threshold(self, table: Table, *, at: Key, where: str) -> None:
        found = table.get("threshold", 0.5)
        if isinstance(found, bool) or not isinstance(found, int | float) or not 0 < found < 1:
            what = f"threshold is {found!r}. Write a probability between 0 and 1, like 0.6"
            self._tell(where, (*at, "threshold"), what)

    def _most(self, table: Table, *, at: Key, where: str) -> None:
        found = table.get("most", 1)
        if isinstance(found, bool) or not isinstance(found, int) or found < 1:
            self._tell(where, (*at, "most"), f"most is {found!r}. Write a whole number from 1")
        elif "most" in table and table.get("choice") == "one":
            what = 'most has no meaning beside choice = "one". Leave it out'
            self._tell(where, (*at, "most"), what)


_HEADER = re.compile(r"\s*\[\[\s*([^\[\]]+?)\s*\]\]")
_TABLE = re.compile(r"\s*\[\s*([^\[\]]+?)\s*\]\s*(?:#.*)?$")
_ASSIGNMENT = re.compile(r"\s*(?:\"([^\"]+)\"|'([^']+)'|([A-Za-z0-9_-]+))\s*[.=]")
_STRING = re.compile(
    r'"""(?:\\.|(?!""").)*"""'
    r"|'''(?:(?!''').)*'''"
    r'|"(?:\\.|[^"\\\n])*"'
    r"|'[^'\n]*'"
    r"|#[^\n]*",
    re.DOTALL,
)


def _lines(text: str) -> dict[Key, int]:
    """The line of every table header and key, counted from 1.

    Strings are blanked beyond their first line, so that a header quoted inside a text is not one.
    """
    plain = _STRING.sub(lambda found: _flat(found[0]), text)
    lines: dict[Key, int] = {(): 1}
    counts: dict[Key, int] = {}
    here: Key = ()
    depth = 0
    for number, line in enumerate(plain.split("\n"), start=1):
        if depth == 0 and (header := _HEADER.match(line)):
            here = _element(header[1], counts, is_array=True)
            lines[here] = number
        elif depth == 0 and (header := _TABLE.match(line)):
            here = _element(header[1], counts, is_array=False)
            lines[here] = number
        elif depth == 0 and (key := _ASSIGNMENT.match(line)):
            lines[*here, key[1] or key[2] or key[3]] = number
        if depth or not _HEADER.match(line):
            depth += sum(map(line.count, "[{")) - sum(map(line.count, "]}"))
    return lines


def _flat(string: str) -> str:
    """A string or comment with its brackets taken out and its line breaks kept."""
    if string.startswith("#"):
        return ""
    if "\n" in string:
        return '""' + "\n" * string.count("\n")
    return re.sub(r"[\[\]{}]", "", string)


def _element(dotted: str, counts: dict[Key, int], *, is_array: bool) -> Key:
    """The key of the table that a header begins or continues, given how many came before."""
    here: Key = ()
    parts = [part.strip().strip("\"'") for part in dotted.split(".")]
    for depth, part in enumerate(parts):
        here = (*here, part)
        if depth == len(parts) - 1 and is_array:
            counts[here] = counts.get(here, -1) + 1
        if here in counts:
            here = (*here, counts[here])
    return here
