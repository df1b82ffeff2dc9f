"""Dimensions and label trees: load, walk, find by what people call them, word hypotheses.

A taxonomy is read from a TOML file (its form: `core.taxonomy_file`) or from the starter that ships
with the package. Ids make paths and never change; names, aliases and hypotheses are for people and
models, are per language, and may be improved at any time: `Taxonomy.wording` tells whether they
were. Names are found in any language, whatever their case, width, accents or Chinese characters.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from importlib import resources
from pathlib import Path
from typing import Literal, TypeVar, cast

from core.domain import LANGUAGES, LabelPath, Language
from core.errors import BadTaxonomy, UnknownLabel
from core.taxonomy_file import Table, read
from core.taxonomy_finding import Directory, Entry, near, unknown

T = TypeVar("T")
Texts = Mapping[Language, str]
Lists = Mapping[Language, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Label:
    """One label with its codebook entry.

    Attributes:
        path: the dimension's id, the ancestors' and its own.
        names, aliases, definitions, includes, excludes, edge_cases: per language; use `localised`
            to read one, so that a missing language falls back to another.
        hypotheses: what a model is asked, whole sentences, in every language that can be worded.
        threshold: the least probability that accepts it, where the file says one.
        children: narrower labels, in file order.
        was: paths that it had before, and those of labels that became part of it.
        is_retired: it is asked no more; what was decided stays.
        into: what took the place of a retired label.
    """

    path: LabelPath
    names: Texts
    aliases: Lists
    definitions: Texts
    includes: Lists
    excludes: Lists
    edge_cases: Lists
    hypotheses: Texts
    children: tuple["Label", ...] = ()
    threshold: float | None = None
    was: tuple[LabelPath, ...] = ()
    is_retired: bool = False
    into: tuple[LabelPath, ...] = ()


@dataclass(frozen=True, slots=True)
class Dimension:
    """One way of looking at an item: a forest of labels, of which one or many may hold.

    Attributes:
        threshold: for its labels that name none themselves.
        most: how many labels (besides their ancestors) are suggested at most; None: no limit.
        templates: hypotheses with {label}, per language, for labels without an own sentence.
    """

    id: str
    names: Texts
    choice: Literal["one", "many"]
    labels: tuple[Label, ...]
    definitions: Texts = field(default_factory=dict)
    threshold: float | None = None
    most: int | None = None
    templates: Texts = field(default_factory=dict)


@dataclass(frozen=True)
class Taxonomy:
    """Every dimension of a community.

    Attributes:
        wording: short hash of everything that models are asked; the order of the file is no part
            of it, nor are definitions, which are for people.
        names: what the taxonomy is called, if its file says so.
        version: as its file says; for people.
        retired: labels that are asked no more, without children, in file order. They are no part of
            the trees: nothing but `name`, `position` and `known` tells of them.
        text: the content of its file; "" if it was made otherwise.
    """

    dimensions: tuple[Dimension, ...]
    wording: str = field(default="")
    names: Texts = field(default_factory=dict)
    version: str = ""
    retired: tuple[Label, ...] = ()
    text: str = field(default="", compare=False, repr=False)

    def __post_init__(self) -> None:
        if not self.wording:
            object.__setattr__(self, "wording", _wording(self.walk()))

    @cached_property
    def digest(self) -> str:
        """Short hash of everything that the codebook says, for people and for models; the order of
        the file is part of it."""
        return hashlib.sha256(repr(self.dimensions).encode()).hexdigest()[:12]

    def walk(self) -> Iterator[Label]:
        """Every label, parents before children, in file order."""
        for dimension in self.dimensions:
            yield from _walk(dimension.labels)

    def __contains__(self, path: object) -> bool:
        """Whether there is a label at that path."""
        return path in self._labels

    def label(self, path: str) -> Label:
        """The label at a path, or the one that what was at that path has become.

        Raises:
            UnknownLabel: there is none; `suggestions` are near paths.
        """
        try:
            return self._labels[self.resolve(path)]
        except KeyError:
            raise unknown(path, near(path, self._labels)) from None

    def resolve(self, path: str) -> LabelPath:
        """Where a label is now that was at a path; the path itself, if it never moved."""
        return self.former.get(LabelPath(path), LabelPath(path))

    def known(self, path: str) -> Label | None:
        """The label at a path, retired or not; None if there is none."""
        found = self.resolve(path)
        return self._labels.get(found) or self._retired.get(found)

    @cached_property
    def former(self) -> Mapping[LabelPath, LabelPath]:
        """Every path that labels had before, and where they are now."""
        labels = (*self._labels.values(), *self.retired)
        return {path: label.path for label in labels for path in label.was}

    def dimension(self, path: str) -> Dimension:
        """The dimension of a path, or of that id; UnknownLabel if there is none."""
        id_ = dimension_of(path)
        for dimension in self.dimensions:
            if dimension.id == id_:
                return dimension
        raise unknown(path, (dimension.id for dimension in self.dimensions))

    def position(self, path: LabelPath) -> int:
        """Where a label stands in `walk`, from 0: a key for sorting; retired ones come after all
        others, unknown ones last."""
        return self._positions.get(path, len(self._positions))

    def hypothesis(self, path: str, language: Language) -> str:
        """What is asked about a label, in this language or, if it has none, in another."""
        return localised(self.label(path).hypotheses, language, "")

    def threshold(self, path: str) -> float | None:
        """The label's own threshold, else its dimension's, else None."""
        own = self.label(path).threshold
        return self.dimension(path).threshold if own is None else own

    def name(self, path: str, language: Language, *, full: bool = False) -> str:
        """Its name; with `full`, its ancestors' too: "Labour › Migrant workers".

        Raises:
            UnknownLabel: there is no such label, not even a retired one.
        """
        path = self.resolve(path)
        paths = [*ancestors(path), LabelPath(path)] if full else [LabelPath(path)]
        labels = [self.known(each) or self.label(each) for each in paths]
        return " › ".join(localised(each.names, language, each.path) for each in labels)

    def find(self, words: str, *, retired: bool = False) -> Label:
        """The label that people mean.

        Args:
            words: a path, an id, a name or an alias in any language; or several of these from the
                outside in, separated by "/", "›" or ">": "Labour › Migrant workers". Ancestors
                and the dimension may be left out. Case, width, accents and Traditional or
                Simplified make no difference.
            retired: a retired label may be meant, too, if no other one is.

        Returns:
            A label of exactly that path, now or before; else of that name; else alias; else last
            id. If several labels share it and one of them is above all others, that one.

        Raises:
            UnknownLabel: none, with the nearest names as suggestions; or several, with their paths.
        """
        path = self.resolve(words.strip())
        if path in self._labels:
            return self._labels[path]
        if retired and path in self._retired:
            return self._retired[path]
        try:
            return self._labels[self._directory.find(words)]
        except UnknownLabel:
            if not retired or not self.retired:
                raise
            with suppress(UnknownLabel):
                return self._retired[self._retired_directory.find(words)]
            raise

    @cached_property
    def _labels(self) -> dict[LabelPath, Label]:
        return {label.path: label for label in self.walk()}

    @cached_property
    def _retired(self) -> dict[LabelPath, Label]:
        return {label.path: label for label in self.retired}

    @cached_property
    def _positions(self) -> dict[LabelPath, int]:
        paths = (*self._labels, *self._retired)
        return {path: position for position, path in enumerate(paths)}

    @cached_property
    def _directory(self) -> Directory:
        return self._listed(self._labels.values())

    @cached_property
    def _retired_directory(self) -> Directory:
        return self._listed((*self._labels.values(), *self.retired))

    def _listed(self, labels: Iterable[Label]) -> Directory:
        return Directory(
            (Entry(each.id, tuple(each.names.values())) for each in self.dimensions),
            (
                Entry(each.path, tuple(each.names.values()), tuple(_flat(each.aliases)))
                for each in labels
            ),
        )


# ── paths ────────────────────────────────────────────────────────────────────────────────────────


@lru_cache(maxsize=4096)
def dimension_of(path: str) -> str:
    """The id of a path's dimension: its first part."""
    return path.split("/", 1)[0]


def parent_of(path: str) -> LabelPath | None:
    """The path of the label above; None at the top of a dimension."""
    above = path.rsplit("/", 1)[0]
    return LabelPath(above) if "/" in above else None


@lru_cache(maxsize=4096)  # a recount asks of each vote
def ancestors(path: str) -> tuple[LabelPath, ...]:
    """The paths of all labels above, outermost first."""
    parts = path.split("/")
    return tuple(LabelPath("/".join(parts[:end])) for end in range(2, len(parts)))


def depth_of(path: str) -> int:
    """How deep a label is in its tree: 1 at the top of its dimension."""
    return path.count("/")


def localised(texts: Mapping[Language, T], language: Language, default: T) -> T:
    """What is said in a language, else in the first other that has it, else the default."""
    for each in (language, *LANGUAGES):
        if each in texts:
            return texts[each]
    return default


# ── loading ──────────────────────────────────────────────────────────────────────────────────────


def load(file: Path) -> Taxonomy:
    """Read a taxonomy file.

    Raises:
        BadTaxonomy: it cannot be read, or has problems; all are told, with label and line.
    """
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise BadTaxonomy(
            f"{file} cannot be read: {error}. A taxonomy is a TOML file in UTF-8.",
            where=str(file),
            line=0,
            problems=1,
        ) from error
    return parse(text, source=file.name)


STARTER = "starter"
"""What a community's `taxonomy` says if it wants the labels that ship with the package."""

STARTER_FILE = "advocacy.toml"


def starter() -> Taxonomy:
    """The taxonomy for advocacy groups that ships with the package."""
    return parse(starter_text(), source=STARTER_FILE)


def starter_text() -> str:
    """The content of its file."""
    file = resources.files("core") / "taxonomies" / STARTER_FILE
    return file.read_text(encoding="utf-8")


def parse(text: str, *, source: str = "taxonomy") -> Taxonomy:
    """Build a taxonomy from the content of its file; `source` is how errors call it.

    Raises:
        BadTaxonomy: see `core.taxonomy_file.read`.
    """
    table = read(text, source=source)
    retired: list[Label] = []
    return Taxonomy(
        dimensions=tuple(_dimension(each, retired) for each in table["dimension"]),
        names=_texts(table, "name"),
        version=str(table.get("version", "")),
        retired=tuple(retired),
        text=text,
    )


def _dimension(table: Table, retired: list[Label]) -> Dimension:
    templates = _texts(table, "hypothesis")
    return Dimension(
        id=table["id"],
        names=_texts(table, "name"),
        choice=table["choice"],
        labels=_labels(table["label"], above=table["id"], templates=templates, retired=retired),
        definitions=_texts(table, "definition"),
        threshold=table.get("threshold"),
        most=table.get("most"),
        templates=templates,
    )


def _labels(
    tables: Iterable[Table],
    *,
    above: str,
    templates: Texts,
    retired: list[Label],
    is_retired: bool = False,
) -> tuple[Label, ...]:
    """The labels of one level; those that are retired go, with all below, to the list of such."""
    kept: list[Label] = []
    for table in tables:
        gone = is_retired or table.get("retired", False)
        place = len(retired)
        label = _label(table, above=above, templates=templates, retired=retired, is_retired=gone)
        if gone:
            retired.insert(place, label)
        else:
            kept.append(label)
    return tuple(kept)


def _label(
    table: Table, *, above: str, templates: Texts, retired: list[Label], is_retired: bool
) -> Label:
    path = f"{above}/{table['id']}"
    names = _texts(table, "name")
    return Label(
        path=LabelPath(path),
        names=names,
        aliases=_lists(table, "aliases"),
        definitions=_texts(table, "definition"),
        includes=_lists(table, "include"),
        excludes=_lists(table, "exclude"),
        edge_cases=_lists(table, "edge_cases"),
        hypotheses=_hypotheses(_texts(table, "hypothesis"), templates, names),
        children=_labels(
            table.get("label", []),
            above=path,
            templates=templates,
            retired=retired,
            is_retired=is_retired,
        ),
        threshold=table.get("threshold"),
        was=tuple(LabelPath(each) for each in table.get("was", [])),
        is_retired=is_retired,
        into=tuple(LabelPath(each) for each in table.get("into", [])),
    )


def _hypotheses(own: Texts, templates: Texts, names: Texts) -> Texts:
    """The label's own sentence or the dimension's, in each language that has one and a name."""
    worded: dict[Language, str] = {}
    for language in LANGUAGES:
        sentence = own.get(language) or (templates.get(language) if language in names else None)
        if sentence:
            worded[language] = sentence.replace("{label}", localised(names, language, ""))
    return worded


def _texts(table: Table, key: str) -> Texts:
    found = cast("Texts", table.get(key, {}))
    return {language: words.strip() for language, words in found.items()}


def _lists(table: Table, key: str) -> Lists:
    found = cast("Lists", table.get(key, {}))
    return {language: tuple(each.strip() for each in words) for language, words in found.items()}


# ── helpers ──────────────────────────────────────────────────────────────────────────────────────


def _walk(labels: Iterable[Label]) -> Iterator[Label]:
    for label in labels:
        yield label
        yield from _walk(label.children)


def _wording(labels: Iterable[Label]) -> str:
    lines = sorted(
        f"{label.path}\t{language}\t{words}"
        for label in labels
        for language, words in label.hypotheses.items()
    )
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:12]


def _flat(lists: Lists) -> Iterator[str]:
    return (each for words in lists.values() for each in words)
