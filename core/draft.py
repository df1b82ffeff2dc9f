"""A draft by a language model over a dossier: claims, each with the item and the words it rests on.

Nobody believes a model here. What it answers are `Answered`; `core.drafting` makes claims of those
that hold, and counts the others.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol

from core.domain import Language
from core.quote import Quote

Objection = Literal["no-item", "no-quote", "short-quote", "unfounded"]
"""Why a claim is dropped: nothing has that number; its text does not say that; too little is quoted
to show anything; the claim has a number, name or address that is not there."""

Trouble = Literal["busy", "unavailable", "unreadable", "spent"]
"""Why there is no draft: the server does not answer; it refuses; it answers in another form; the
day's tokens are spent."""


@dataclass(frozen=True, slots=True)
class Answered:
    """A claim as a model makes it."""

    words: str
    number: int
    quote: str


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim that holds: its item is there, and says the quoted words."""

    words: str
    quote: Quote


@dataclass(frozen=True, slots=True)
class Draft:
    """What is left of a model's answer.

    Attributes:
        model: prompt and model.
        claims: in the order of the answer.
        dropped: how many were dropped, by reason.
        trouble: why there is none at all.
    """

    model: str
    claims: tuple[Claim, ...] = ()
    dropped: Mapping[Objection, int] = field(default_factory=dict)
    trouble: Trouble | None = None


class Drafter(Protocol):
    """Drafts; see `core.models.llm.drafter`."""

    @property
    def version(self) -> str:
        """Prompt and model."""
        ...

    def draft(
        self, quotes: Sequence[Quote], *, about: str, language: Language
    ) -> Sequence[Answered]:
        """Make claims that rest on quotations.

        Args:
            quotes: what may be used, most important first; what has no room is left out.
            about: the query.
            language: to write in.

        Raises:
            CommonplaceError: it cannot now, or at all.
        """
        ...
