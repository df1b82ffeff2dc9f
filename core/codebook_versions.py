"""Values of the codebook's history: versions, proposals, and where a first version comes from."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Literal

from core.codebook import Change
from core.domain import MemberRef

Origin = Literal["starter", "file", "chat", "applied"]
"""Who changed a codebook: the labels that ship with the program, the operator's file, people in a
chat, or a file that somebody applied."""

OF_PEOPLE: frozenset[Origin] = frozenset({"chat", "applied"})
"""What the community itself decided, and no file may undo without being asked."""


@dataclass(frozen=True)
class Source:
    """What the operator gives a community to begin with.

    Attributes:
        text: the content of a taxonomy file.
        name: how people call it.
        origin: the starter or the operator's own file.
    """

    text: str
    name: str
    origin: Literal["starter", "file"]

    @cached_property
    def hash(self) -> str:
        """By which it is known again: SHA-256 of its content."""
        return hash_of(self.text)


def hash_of(text: str) -> str:
    """SHA-256 of a taxonomy file's content."""
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Version:
    """A community's codebook as it was from a moment on.

    Attributes:
        number: counted per community from 1.
        parent: the number of the version that it was made from; None: it is the first.
        by: who accepted it; None: the program, or somebody who was forgotten.
        text: the content of its taxonomy file.
        changes: what it says otherwise than its parent; empty for the first.
        source_hash: of the operator's file that was looked at last (`Source.hash`).
        note: why, in somebody's words.
    """

    community: int
    number: int
    parent: int | None
    at: datetime
    cause: Origin
    text: str
    changes: tuple[Change, ...]
    source_hash: str
    by: MemberRef | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Proposal:
    """A version that somebody may accept.

    Attributes:
        base: the number of the version that it changes.
    """

    id: int
    community: int
    base: int
    at: datetime
    cause: Origin
    text: str
    changes: tuple[Change, ...]
    state: Literal["open", "accepted", "cancelled"]
    by: MemberRef | None = None
    note: str | None = None
