"""What a paper is made of: a title and blocks, each of which every kind of file can show.

Words are data here, as in `bot.chat`: a writer of files escapes them, so that no quotation can
break a page or become markup of it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from core.domain import Language

Weight = Literal["plain", "strong", "faint"]


@dataclass(frozen=True, slots=True)
class Run:
    """Words of one weight; `link`: an http or https address that they lead to."""

    words: str
    weight: Weight = "plain"
    link: str | None = None


@dataclass(frozen=True, slots=True)
class Heading:
    """The title of a part; level 1 is a chapter."""

    words: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Our words."""

    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a list."""

    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Quotation:
    """Somebody else's words just as they are, on one line, and behind them whose they are."""

    words: str
    source: tuple[Run, ...]


Block = Heading | Paragraph | Entry | Quotation


@dataclass(frozen=True, slots=True)
class Paper:
    """Something to read and write on.

    Attributes:
        by: whose it is; at: when it was made.
    """

    title: str
    blocks: tuple[Block, ...]
    language: Language
    by: str
    at: datetime


def paragraph(*parts: Run | str) -> Paragraph:
    """A paragraph; bare strings are plain, empty ones are left out."""
    return Paragraph(runs(parts))


def entry(*parts: Run | str) -> Entry:
    """An entry of a list, likewise."""
    return Entry(runs(parts))


def runs(parts: Iterable[Run | str]) -> tuple[Run, ...]:
    """Runs of what was said; bare strings are plain, empty ones are left out."""
    made = (Run(each) if isinstance(each, str) else each for each in parts)
    return tuple(each for each in made if each.words)


def spread(parts: Iterable[Run | str], gap: str = " · ") -> tuple[Run, ...]:
    """Runs with a faint gap between them."""
    spaced: list[Run] = []
    for each in runs(parts):
        spaced += [Run(gap, "faint"), each] if spaced else [each]
    return tuple(spaced)


def strong(words: str, link: str | None = None) -> Run:
    """Words that stand out."""
    return Run(words, "strong", link)


def faint(words: str, link: str | None = None) -> Run:
    """Words that step back."""
    return Run(words, "faint", link)
