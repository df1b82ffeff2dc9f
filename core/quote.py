"""A quotation: a part of an item's stored text as it stands, nothing joined, cut or mended."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of an item's text.

    Attributes:
        number: the item's.
        start, end: where they stand in the stored text, in characters.
        text: what stands there.
    """

    number: int
    start: int
    end: int
    text: str


def holds(quote: Quote, text: str) -> bool:
    """Whether a quotation is what a text says at that place."""
    return bool(quote.text) and text[quote.start : quote.end] == quote.text
