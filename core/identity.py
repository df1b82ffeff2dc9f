"""By what an item is known again: canonical addresses, and digests of texts and files.

A link is its canonical address. A text without an address is its words: `text:` and the SHA-256 of
the folded text without spaces, so that a copy with other line breaks, width or Chinese characters
is the same. A file is its bytes (`file:`), and once read its words as well.
"""

import hashlib
from dataclasses import dataclass

from core.domain import Document, Given, Link, PastedText, SentFile
from core.errors import BadAddress
from core.folding import fold
from core.sources.urls import canonical


@dataclass(frozen=True, slots=True)
class Identity:
    """The addresses of something that was read.

    Attributes:
        same: whatever is known by one of these is the same item.
        also: these lead to the item too, if they do not lead to another one.
    """

    same: tuple[str, ...]
    also: tuple[str, ...]


def of_given(given: Given, *, has_own_id: bool = False) -> tuple[str, ...]:
    """What is known before anything is read; empty if nothing is (an address that cannot be read).

    Args:
        has_own_id: an import gave an id, so that words alone do not make it the same.
    """
    match given:
        case Link(url) | PastedText(url=str(url)):
            return of_link(url)
        case PastedText(text):
            return () if has_own_id else (of_text(text),)
        case SentFile(_, data):
            return (f"file:{hashlib.sha256(data).hexdigest()}",)


def of_document(document: Document, given: Given, *, has_own_id: bool = False) -> Identity:
    """What is known once it was read.

    Words make a pasted text or a file the same as what has been told before. They do not make two
    pages one: those are two items of one story.
    """
    links = dict.fromkeys(of_link(document.canonical_url) + of_link(document.url))
    words = of_text(document.text)
    if isinstance(given, Link) or links or has_own_id:
        return Identity(tuple(links), (words,))
    return Identity((words,), ())


def of_link(url: str | None) -> tuple[str, ...]:
    """The canonical address, if it is one."""
    if url is None:
        return ()
    try:
        return (canonical(url),)
    except BadAddress:
        return ()


def of_text(text: str) -> str:
    """The digest of a text's words."""
    words = "".join(fold(text).split())
    return f"text:{hashlib.sha256(words.encode()).hexdigest()}"
