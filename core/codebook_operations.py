"""Changes of a codebook, one at a time: the content of a taxonomy file becomes another one.

Pure: what comes in is a file's content, what comes out is one, or a `BadChange` that says why not.
A label that gets another path keeps the old one under `was`; a label that goes leaves its path to
the one that takes it in, or stays, retired. So no path is ever lost, or used for another label.
"""

import copy
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, cast

from core.codebook import tables_of
from core.domain import LANGUAGES, LabelPath, Language
from core.errors import BadChange, BadTaxonomy
from core.taxonomy import Taxonomy, parse
from core.taxonomy_file import read
from core.taxonomy_finding import tidy
from core.taxonomy_writing import written

Words = Mapping[Language, str]
Tables = dict[str, Any]
ListField = Literal["include", "exclude", "edge-case", "alias"]
TextField = Literal["definition", "hypothesis"]

_LISTS: dict[ListField, str] = {
    "include": "include",
    "exclude": "exclude",
    "edge-case": "edge_cases",
    "alias": "aliases",
}


@dataclass(frozen=True, slots=True)
class Add:
    """A new label below a dimension or label. `definition` may be empty."""

    above: str
    id: str
    names: Words
    definition: Words


@dataclass(frozen=True, slots=True)
class Rename:
    """Another name for a label or dimension; a label's old one becomes an alias."""

    path: str
    names: Words


@dataclass(frozen=True, slots=True)
class Move:
    """A label, with all below it, stands below another one, or at the top of a dimension."""

    path: str
    to: str


@dataclass(frozen=True, slots=True)
class Merge:
    """A label becomes part of another one, which takes over its names, bounds, children, votes."""

    path: str
    into: str


@dataclass(frozen=True, slots=True)
class Split:
    """A label is retired, and new ones stand beside it: pairs of id and names."""

    path: str
    parts: tuple[tuple[str, Words], ...]


@dataclass(frozen=True, slots=True)
class Retire:
    """A label, with all below it, is asked no more; what was decided stays."""

    path: str


@dataclass(frozen=True, slots=True)
class Restore:
    """A retired label is asked again."""

    path: str


@dataclass(frozen=True, slots=True)
class Word:
    """Another definition, or question, of a label (or dimension) in one language. `words` None: it
    has none of its own any more."""

    path: str
    field: TextField
    language: Language
    words: str | None


@dataclass(frozen=True, slots=True)
class Note:
    """A sentence more, or less, under what a label includes, excludes, edge cases or aliases."""

    path: str
    field: ListField
    language: Language
    words: str
    drops: bool = False


Operation = Add | Rename | Move | Merge | Split | Retire | Restore | Word | Note


def applied(text: str, operation: Operation) -> str:
    """The content of a taxonomy file after a change.

    Args:
        text: the content before; a usable file.
        operation: what to do. Its labels are paths, now or before.

    Raises:
        UnknownLabel: there is no such label or dimension.
        BadChange: it cannot be done; `reason` says why.
    """
    present = parse(text)
    table = cast("Tables", copy.deepcopy(read(text)))
    _Changing(table, present).do(operation)
    told = written(table)
    if told == written(read(text)):
        raise BadChange("That is what it says already.", reason="nothing")
    try:
        read(told)
    except BadTaxonomy as error:
        raise BadChange(
            f"The codebook would not pass its checks then: {error.message}",
            reason="form",
            name=str(error.facts.get("where", "")),
            problem=error.message.split("\n")[-1].strip(),
        ) from error
    return told


class _Changing:
    """Changes tables in place."""

    def __init__(self, table: Tables, present: Taxonomy) -> None:
        self._table = table
        self._present = present

    def do(self, operation: Operation) -> None:
        match operation:
            case Add(above, id_, names, definition):
                self._add(self._any(above), id_, names, definition=definition)
            case Rename(path, names):
                self._rename(self._any(path), names)
            case Move(path, to):
                self._move(self._live(path), self._any(to))
            case Merge(path, into):
                self._merge(self._live(path), self._live(into))
            case Split(path, parts):
                self._split(self._live(path), parts)
            case Retire(path):
                self._retire(self._live(path))
            case Restore(path):
                self._restore(path)
            case Word(path, field, language, words):
                self._word(self._any(path), field, language, words)
            case Note(path, field, language, words, drops):
                self._note(self._live(path), _LISTS[field], language, words, drops=drops)

    # ── where ────────────────────────────────────────────────────────────────────────────────────

    def _live(self, path: str) -> LabelPath:
        """A label that is asked."""
        found = self._present.known(path)
        if found is not None and found.is_retired:
            raise BadChange(f"{path} is retired. Restore it first.", reason="retired", name=path)
        return self._present.label(path).path

    def _any(self, path: str) -> str:
        """A label or a dimension."""
        if "/" not in path:
            return self._present.dimension(path).id
        return self._live(path)

    def _at(self, path: str) -> Tables:
        return tables_of(self._table, path)

    def _free(self, above: str, id_: str) -> LabelPath:
        """The path of a new label, if nothing ever was there."""
        path = LabelPath(f"{above}/{id_}")
        if (taken := self._present.known(path)) is not None:
            raise BadChange(
                f"There is, or was, a label {path}: {taken.path}. Choose another id.",
                reason="id-taken",
                name=str(path),
                found=str(taken.path),
            )
        return path

    # ── what ─────────────────────────────────────────────────────────────────────────────────────

    def _add(self, above: str, id_: str, names: Words, *, definition: Words) -> LabelPath:
        path = self._free(above, id_)
        self._names_are_free(above, names)
        new: Tables = {"id": id_, "name": _ordered(names)}
        if definition:
            new["definition"] = _ordered(definition)
        self._at(above).setdefault("label", []).append(new)
        return path

    def _rename(self, path: str, names: Words) -> None:
        table = self._at(path)
        before = table["name"]
        if "/" in path:
            self._names_are_free(path.rsplit("/", 1)[0], names, but=path)
        table["name"] = _ordered({**before, **names})
        if "/" in path:
            for language, name in names.items():
                self._unalias(table, language, name)
                if language in before:
                    self._alias(table, language, before[language])

    def _move(self, path: LabelPath, to: str) -> None:
        if to == path or to.startswith(f"{path}/"):
            raise BadChange(
                f"{path} cannot stand below itself. Name another place.",
                reason="own-child",
                name=str(path),
            )
        above, _, id_ = path.rpartition("/")
        if to == above:
            raise BadChange("It stands there already.", reason="nothing", name=str(path))
        new = LabelPath(f"{to}/{id_}")
        taken = self._present.known(new)
        if taken is not None and taken.path != path:
            raise BadChange(
                f"There is, or was, a label {new}. Merge them, or choose another place.",
                reason="id-taken",
                name=str(new),
                found=str(taken.path),
            )
        self._is_not_last(path)
        table = self._taken(path)
        self._names_are_free(to, cast("Words", table["name"]))
        self._remember(table, path, new)
        self._at(to).setdefault("label", []).append(table)

    def _merge(self, path: LabelPath, into: LabelPath) -> None:
        if path == into or into.startswith(f"{path}/"):
            raise BadChange(
                f"{path} cannot become part of {into}, which is (below) itself.",
                reason="own-child",
                name=str(path),
            )
        self._is_not_last(path)
        lost = self._taken(path)
        self._absorb(self._at(into), lost, lost_path=path, path=into)

    def _absorb(self, winner: Tables, lost: Tables, *, lost_path: str, path: str) -> None:
        """Let one label take in another; children of the same id take in each other."""
        for language, name in lost["name"].items():
            self._alias(winner, language, name)
        for key in ("aliases", "include", "edge_cases"):
            for language, words in lost.get(key, {}).items():
                for each in words:
                    _append(winner, key, language, each)
        _remember(winner, lost_path, *lost.get("was", ()), now=path)
        below = winner.setdefault("label", [])
        for child in lost.get("label", ()):
            same = next((each for each in below if each["id"] == child["id"]), None)
            old, new = f"{lost_path}/{child['id']}", f"{path}/{child['id']}"
            taken = self._present.known(new)
            if same is not None:
                self._absorb(same, child, lost_path=old, path=new)
            elif taken is not None:  # something was there before, and became another label
                raise BadChange(
                    f"There was a label {new} before. Move {old} elsewhere first.",
                    reason="id-taken",
                    name=new,
                    found=str(taken.path),
                )
            else:
                self._remember(child, old, new)
                below.append(child)
        if not below:
            del winner["label"]

    def _split(self, path: LabelPath, parts: tuple[tuple[str, Words], ...]) -> None:
        if len(parts) < 2:
            raise BadChange("Name at least two labels to split into.", reason="too-few")
        above = path.rsplit("/", 1)[0]
        self._at(path)["retired"] = True
        new = []
        for id_, names in parts:
            self._names_are_free(above, names, but=path)
            made = self._add(above, id_, names, definition={})
            if made in new:
                raise BadChange(f"{made} is named twice.", reason="id-taken", name=str(made))
            new.append(made)
        self._at(path)["into"] = [str(each) for each in new]

    def _retire(self, path: LabelPath) -> None:
        self._is_not_last(path)
        self._at(path)["retired"] = True

    def _restore(self, path: str) -> None:
        found = self._present.known(path)
        if found is None:
            found = self._present.label(path)  # raises
        if not found.is_retired:
            raise BadChange(f"{path} is not retired.", reason="nothing", name=path)
        table = self._at(found.path)
        if table.pop("retired", None) is None:
            raise BadChange(
                f"{found.path} is retired with the label above it. Restore that one.",
                reason="above-retired",
                name=str(found.path),
            )
        self._names_are_free(
            found.path.rsplit("/", 1)[0], cast("Words", table["name"]), but=found.path
        )
        table.pop("into", None)

    def _word(self, path: str, field: str, language: Language, words: str | None) -> None:
        table = self._at(path)
        said = dict(table.get(field, {}))
        if words is None:
            said.pop(language, None)
        else:
            said[language] = words
        if said:
            table[field] = _ordered(said)
        else:
            table.pop(field, None)

    def _note(self, path: str, key: str, language: Language, words: str, *, drops: bool) -> None:
        table = self._at(path)
        if not drops:
            _append(table, key, language, words)
            return
        there = table.get(key, {}).get(language, [])
        if words not in there:
            raise BadChange(f"It does not say {words!r}.", reason="not-there", name=words)
        _drop(table, key, language, words)

    # ── helpers ──────────────────────────────────────────────────────────────────────────────────

    def _taken(self, path: str) -> Tables:
        """A label's table, taken out of the tree."""
        above, _, id_ = path.rpartition("/")
        below = self._at(above)["label"]
        place = next(at for at, each in enumerate(below) if each["id"] == id_)
        table: Tables = below.pop(place)
        if not below:
            del self._at(above)["label"]
        return table

    def _is_not_last(self, path: str) -> None:
        """Go on only if the dimension has a label besides this one and what is below it."""
        dimension = self._present.dimension(path)
        if [each.path for each in dimension.labels] == [path]:
            raise BadChange(
                f"{path} is the last label of {dimension.id}. Add another one first.",
                reason="last",
                name=path,
                found=dimension.id,
            )

    def _names_are_free(self, above: str, names: Words, *, but: str | None = None) -> None:
        """Go on only if no label there is called so."""
        for each in self._at(above).get("label", ()):
            if f"{above}/{each['id']}" == but or each.get("retired") is True:
                continue
            for language, name in names.items():
                if tidy(each["name"].get(language, "")) == tidy(name):
                    raise BadChange(
                        f"{above}/{each['id']} is called {name} already. Tell them apart.",
                        reason="name-taken",
                        name=name,
                        found=f"{above}/{each['id']}",
                    )

    def _alias(self, table: Tables, language: Language, name: str) -> None:
        if name not in table["name"].values():
            _append(table, "aliases", language, name)

    def _unalias(self, table: Tables, language: Language, name: str) -> None:
        if name in table.get("aliases", {}).get(language, ()):
            _drop(table, "aliases", language, name)

    def _remember(self, table: Tables, old: str, new: str) -> None:
        """Let a label, and all below it, remember the path that it had."""
        for below, end in _walk(table):
            _remember(below, f"{old}{end}", now=f"{new}{end}")


def _walk(table: Tables, end: str = "") -> Iterator[tuple[Tables, str]]:
    yield table, end
    for below in table.get("label", ()):
        yield from _walk(below, f"{end}/{below['id']}")


def _remember(table: Tables, *paths: str, now: str) -> None:
    was = dict.fromkeys([*table.get("was", ()), *paths])
    was.pop(now, None)
    if was:
        table["was"] = list(was)
    else:
        table.pop("was", None)


def _append(table: Tables, key: str, language: str, words: str) -> None:
    said = dict(table.get(key, {}))
    if words not in said.get(language, ()):
        said[language] = [*said.get(language, ()), words]
    if said:
        table[key] = _ordered(said)


def _drop(table: Tables, key: str, language: str, words: str) -> None:
    said = dict(table[key])
    said[language] = [each for each in said[language] if each != words]
    kept = {each: lines for each, lines in said.items() if lines}
    if kept:
        table[key] = kept
    else:
        del table[key]


def _ordered(said: Mapping[Any, Any]) -> dict[str, Any]:
    """Languages in the order of the house."""
    return {language: said[language] for language in LANGUAGES if language in said}
