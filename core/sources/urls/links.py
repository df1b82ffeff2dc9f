"""Finds the web addresses in what people write in a chat.

Addresses there stand in brackets, quotes and Markdown, are glued to Chinese words and to each
other, and hold Chinese characters themselves. Where an address ends is a guess that nobody can
always get right; the rules are those that a reader of Traditional Chinese would follow:

- full-width punctuation ends an address; so do space, quotes and a closing bracket that has no
  opening one inside the address;
- a Chinese character belongs to an address after "/", "=", "-" and the like, or after another one
  that does, but not when it is glued to a Latin letter or digit: "…/a看這篇" ends before 看;
- a second "https://" begins a second address, unless "/", "=" or ":" leads up to it.
"""

import re
import unicodedata

_START = re.compile(r"https?://|(?<![A-Za-z0-9._/@:%=&?#+~-])www\.(?=[^\s.])", re.IGNORECASE)
_GLUED = re.compile(r"https?://", re.IGNORECASE)
_ASCII = frozenset(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~:/?#@!$&'()*+,;=%[]"
)
_CLOSES = {")": "(", "]": "["}
_LEADS_UP = frozenset("/=-_?&#+%.:,@")  # a wide character after one of these belongs to the address
_TRAILING = frozenset(".,;:!?'*~")
_MAX_CHARACTERS = 8192  # as `addresses.MAX_CHARACTERS`; a longer run is no address


def find_links(text: str) -> list[str]:
    """Find the http and https addresses in a text.

    Args:
        text: as written; "www.example.com/a" without a scheme counts, with "https://" put before
            it, "example.com" does not.

    Returns:
        Each address once, in the order of first appearance, as written: not checked any further.

    >>> find_links("請看（https://example.com/a_(b)），還有[這篇](https://example.org/c)。")
    ['https://example.com/a_(b)', 'https://example.org/c']
    """
    found: dict[str, None] = {}
    position = 0
    while start := _START.search(text, position):
        end = _end(text, start)
        position = max(end, start.end())
        link = _trimmed(
            text[start.start() : end], before=text[max(start.start() - 1, 0) : start.start()]
        )
        if len(link) <= len(start[0]):
            continue
        found[link if "://" in start[0] else f"https://{link}"] = None
    return list(found)


def _end(text: str, start: re.Match[str]) -> int:
    """Where the run of characters that can belong to the address ends."""
    open_brackets: list[str] = []
    segment_is_wide = True  # a host may begin with a wide character
    anything_goes = False  # Wikipedia's titles mix scripts: /wiki/T恤
    position = start.end()
    limit = min(len(text), start.start() + _MAX_CHARACTERS)
    while position < limit:
        character = text[position]
        if character in _ASCII:
            if _GLUED.match(text, position) and text[position - 1] not in "/=:":
                break
            if character in "([":
                open_brackets.append(character)
            elif character in _CLOSES and (
                not open_brackets or open_brackets.pop() != _CLOSES[character]
            ):
                break
            if character in "/?#&=":
                segment_is_wide = False
                anything_goes = anything_goes or text.endswith("/wiki/", 0, position + 1)
        elif not _is_letter(character):
            break
        elif unicodedata.east_asian_width(character) in "WF":
            if not (segment_is_wide or anything_goes or text[position - 1] in _LEADS_UP):
                break
            segment_is_wide = True
        position += 1
        if position == start.end() + 1 and character in _ASCII:
            segment_is_wide = False
    return position


def _is_letter(character: str) -> bool:
    # U+00B7 joins the parts of foreign names in Chinese: 史蒂芬·霍金
    return unicodedata.category(character)[0] in "LMN" or character == "\u00b7"


def _trimmed(link: str, *, before: str) -> str:
    """Cut what belongs to the sentence: punctuation, emphasis, a bracket that never closes."""
    while link:
        last = link[-1]
        if last in _TRAILING or last in "([" or (last == "_" and last == before):
            link = link[:-1]
        else:
            opening = _never_closed(link)
            if opening is None:
                break
            link = link[:opening]
    return link


def _never_closed(link: str) -> int | None:
    opened: list[int] = []
    for position, character in enumerate(link):
        if character in "([":
            opened.append(position)
        elif character in _CLOSES:
            opened.pop()  # `_end` stops before a bracket that closes nothing
    return opened[0] if opened else None
