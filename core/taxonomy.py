"""Dimensions and label trees: load, check, walk, word hypotheses."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from core.domain import LabelPath, Language


@dataclass(frozen=True, slots=True)
class Label:
    """One label with its codebook entry. Texts are per language; a missing language falls back."""

    path: LabelPath
    names: Mapping[Language, str]
    aliases: Mapping[Language, tuple[str, ...]]
    definitions: Mapping[Language, str]
    includes: Mapping[Language, tuple[str, ...]]
    excludes: Mapping[Language, tuple[str, ...]]
    edge_cases: Mapping[Language, tuple[str, ...]]
    hypotheses: Mapping[Language, str]
    children: tuple["Label", ...] = ()


@dataclass(frozen=True, slots=True)
class Dimension:
    """One way of looking at an item: a forest of labels, of which one or many may hold."""

    id: str
    names: Mapping[Language, str]
    choice: Literal["one", "many"]
    labels: tuple[Label, ...]


@dataclass(frozen=True)
class Taxonomy:
    """Every dimension of a community."""

    dimensions: tuple[Dimension, ...]
    wording: str = field(default="")

    def walk(self) -> Iterator[Label]:
        """Every label, parents before children, in file order."""
        raise NotImplementedError

    def label(self, path: str) -> Label:
        """The label at a path; UnknownLabel if there is none."""
        raise NotImplementedError

    def find(self, words: str) -> Label:
        """The label meant by a path, name or alias in any language; UnknownLabel with suggestions."""
        raise NotImplementedError

    def name(self, path: LabelPath, language: Language, *, full: bool = False) -> str:
        """Its name; with `full`, its ancestors' too: "Labour › Migrant workers"."""
        raise NotImplementedError


def load(file: Path) -> Taxonomy:
    """Read a taxonomy file; BadTaxonomy with the label at fault."""
    raise NotImplementedError


def starter() -> Taxonomy:
    """The taxonomy for advocacy groups that ships with the package."""
    raise NotImplementedError
