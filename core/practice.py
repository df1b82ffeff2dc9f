"""The practice set of somebody new, and whose votes count before they are through with it.

Five short exercises are made from the codebook: its cases (what a label includes, excludes, and
edge cases) are asked about as if they were texts, and what the community has decided is asked
again. Whatever a member answers, they are told what the codebook says; nobody fails.
"""

import hashlib
import re
from collections.abc import Collection, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain, zip_longest
from typing import Protocol, TypeVar

from core.domain import DISCUSS, Customs, LabelPath, Language
from core.taxonomy import Label, Taxonomy, localised, parent_of

SIZE = 5

_LEAST_CHARACTERS = 2  # of a case from which the verdict was cut off: 罷工 is one
_VERDICT = re.compile(
    r"\s*[，；。,;:：]?\s*"
    r"(?:[：；:;]|請選|請改選|請用|改選|改用|應選|不算|也算|算|不屬於|屬於"
    r"|\bsee\b|\b(?:does|do|is|are) not\b|\bcounts?\b).*$",
    re.DOTALL,
)
"""From where on a sentence of the codebook says what a case is; before that stands the case."""


class Basis(StrEnum):
    """What an exercise is made from."""

    DECIDED = "decided"
    INCLUDE = "include"
    EXCLUDE = "exclude"
    EDGE = "edge"
    DEFINITION = "definition"


@dataclass(frozen=True, slots=True)
class Exercise:
    """One question of a practice set.

    Attributes:
        text: what is to be read: a case without its verdict, a definition, or a summary.
        path: the label that it is about.
        key: whether the label fits; None: only people can tell from the codebook's sentence.
        says: the sentence of the codebook that the answer is compared with; of a `DEFINITION`, the
            label that it defines; empty for `DECIDED`.
        item: the id of the item that was decided.
    """

    basis: Basis
    text: str
    path: LabelPath
    key: bool | None
    says: str = ""
    item: int | None = None


@dataclass(frozen=True, slots=True)
class Decided:
    """A label that a community confirmed or rejected on an item, with the text that was read."""

    item: int
    text: str
    path: LabelPath
    is_for: bool


def make_set(
    taxonomy: Taxonomy,
    decided: Iterable[Decided],
    *,
    language: Language,
    seed: int,
    size: int = SIZE,
) -> tuple[Exercise, ...]:
    """A practice set.

    Edge cases, borders (what labels include and exclude) and decisions take turns; definitions fill
    up what is missing. A label comes twice only when all others that there are have come.

    Args:
        taxonomy: the codebook.
        decided: what the community decided.
        language: of the cases, where the codebook has it.
        seed: the same one makes the same set.
        size: of the set.

    Returns:
        As many as can be made, `size` at most.
    """
    labels = list(taxonomy.walk())
    kinds = (
        _edges(labels, language),
        _borders(labels, language),
        _of_decisions(decided, taxonomy),
    )
    mixed = [sorted(kind, key=lambda each: _lot(seed, each)) for kind in kinds]
    turns = [each for turn in zip_longest(*mixed) for each in turn if each is not None]
    filling = sorted(_definitions(labels, language), key=lambda each: _lot(seed, each))
    return tuple(_spread([turns, filling], size))


def _spread(kinds: Sequence[Sequence[Exercise]], size: int) -> Iterator[Exercise]:
    """The first of each kind, repeating a label or a text only when nothing else of it is left."""
    given = 0
    for kind in kinds:
        left = list(kind)
        while left and given < size:
            labels: set[LabelPath] = set()
            texts: set[str] = set()
            repeated = []
            for each in left:
                if given < size and each.path not in labels and each.text not in texts:
                    yield each
                    given += 1
                    labels.add(each.path)
                    texts.add(each.text)
                elif each.text not in texts:
                    repeated.append(each)
            left = repeated


def _edges(labels: Iterable[Label], language: Language) -> list[Exercise]:
    return [
        Exercise(Basis.EDGE, _bare(case), label.path, None, case)
        for label in labels
        for case in localised(label.edge_cases, language, ())
    ]


def _borders(labels: Iterable[Label], language: Language) -> list[Exercise]:
    return [
        Exercise(basis, _bare(case), label.path, basis is Basis.INCLUDE, case)
        for label in labels
        for basis, cases in ((Basis.INCLUDE, label.includes), (Basis.EXCLUDE, label.excludes))
        for case in localised(cases, language, ())
    ]


def _bare(case: str) -> str:
    """A case without its verdict, which would give the answer away."""
    bare = _VERDICT.sub("", case).strip()
    return bare if len(bare) >= _LEAST_CHARACTERS else case


def _of_decisions(decided: Iterable[Decided], taxonomy: Taxonomy) -> list[Exercise]:
    return [
        Exercise(Basis.DECIDED, each.text, each.path, each.is_for, item=each.item)
        for each in decided
        if each.path in taxonomy and each.text
    ]


def _definitions(labels: Sequence[Label], language: Language) -> list[Exercise]:
    """Each definition, asked as a text: of its own label, or of one beside it."""
    beside: dict[LabelPath | None, list[Label]] = {}
    for label in labels:
        beside.setdefault(parent_of(label.path) or LabelPath(_dimension(label)), []).append(label)
    found = []
    for place, label in enumerate(chain.from_iterable(beside.values())):
        definition = localised(label.definitions, language, "")
        others = [
            each
            for each in beside[parent_of(label.path) or LabelPath(_dimension(label))]
            if each.path != label.path
        ]
        if not definition:
            continue
        asked = others[place % len(others)] if others and place % 2 else label
        found.append(
            Exercise(Basis.DEFINITION, definition, asked.path, asked is label, says=label.path)
        )
    return found


def _dimension(label: Label) -> str:
    return label.path.split("/", 1)[0]


def _lot(seed: int, exercise: Exercise) -> bytes:
    words = f"{seed} {exercise.basis} {exercise.path} {exercise.text}"
    return hashlib.blake2b(words.encode(), digest_size=8).digest()


# ── whose votes count ────────────────────────────────────────────────────────────────────────────


class Spoken(Protocol):
    """What it takes of a vote to know whether it counts."""

    @property
    def path(self) -> LabelPath:
        """The label."""
        ...

    @property
    def member(self) -> Hashable:
        """Whatever tells members apart."""
        ...


S = TypeVar("S", bound=Spoken)


def counting(votes: Iterable[S], *, customs: Customs, practised: Collection[Hashable]) -> list[S]:
    """The votes that count: all of them, unless the community lets newcomers practise first; then
    those of members who have. Others are kept, and count from the day on which they are through.

    Asking for a discussion always counts: it is no judgement.

    Args:
        votes: as cast.
        customs: of the community.
        practised: members, as votes name them, who are through with their practice set, or voted
            before it was asked for.
    """
    if not customs.practice_first:
        return list(votes)
    return [vote for vote in votes if vote.path == DISCUSS or vote.member in practised]
