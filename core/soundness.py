"""Words as they can be written down: halves of characters, which no file can hold, are replaced.

Broken JSON and some chat clients cut an emoji in two; each half is a lone surrogate to Python, and
an error to everybody who encodes it.
"""

import re
from dataclasses import replace

from core.domain import Given, Link, PastedText, SentFile

_HALF = re.compile("[\ud800-\udfff]")


def sound(text: str) -> str:
    """The text with halves that belong together joined, and lone ones replaced by U+FFFD."""
    if not _HALF.search(text):
        return text
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def sound_or_none(text: str | None) -> str | None:
    """The same where there may be no text."""
    return None if text is None else sound(text)


def sound_given(given: Given) -> Given:
    """The same for whatever was handed in."""
    match given:
        case Link(url):
            return Link(sound(url))
        case PastedText(text, title, url):
            return replace(
                given, text=sound(text), title=sound_or_none(title), url=sound_or_none(url)
            )
        case SentFile(name, data):
            return SentFile(sound(name), data)
