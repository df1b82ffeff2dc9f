"""Telegram's HTML, parsed by the rules of https://core.telegram.org/bots/api#html-style.

Stricter than Telegram where a bot should be: an unknown tag, an unescaped sign, crossing tags or
nesting that is not allowed are errors. Offsets and lengths count UTF-16 units. "@names" that are
found in plain words become mentions, as they do there.
"""

import re
from dataclasses import dataclass
from html import unescape

_TOKEN = re.compile(
    r"<(/?)([a-z-]+)((?:\s[^<>]*)?)>|&(#\d+|#x[0-9a-f]+|\w+);|([<>&])", re.IGNORECASE
)
_HREF = re.compile(r'\s+href="([^"<>]*)"')
_MENTION = re.compile(r"\B@[A-Za-z0-9_]{2,32}\b")
_URL = re.compile(r"https?://\S+")
_KINDS = {
    "b": "bold",
    "i": "italic",
    "u": "underline",
    "s": "strikethrough",
    "code": "code",
    "a": "text_link",
    "blockquote": "blockquote",
}
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}


class CannotParse(Exception):
    """As Telegram words it, without "can't parse entities: "."""


@dataclass(frozen=True)
class Entity:
    """A part of a text that looks or does something."""

    type: str
    offset: int
    length: int
    url: str | None = None

    def of(self, text: str) -> str:
        """Its words."""
        units = text.encode("utf-16-le")
        return units[self.offset * 2 : (self.offset + self.length) * 2].decode("utf-16-le")


def units(text: str) -> int:
    """The length that Telegram counts."""
    return len(text.encode("utf-16-le")) // 2


def parsed(html: str) -> tuple[str, list[Entity]]:
    """The words of a message and their entities."""
    text, at = "", 0
    open_: list[tuple[str, int, str | None]] = []
    entities: list[Entity] = []
    for token in _TOKEN.finditer(html):
        text += html[at : token.start()]
        at = token.end()
        closing, name, attributes, reference, bare = token.groups()
        if bare:
            raise CannotParse(f'Unescaped "{bare}" at byte offset {len(html[:at].encode())}')
        if reference:
            if not reference.startswith("#") and reference not in _NAMED:
                raise CannotParse(f"Unsupported entity &{reference};")
            text += unescape(token[0])
        elif closing:
            if not open_ or open_[-1][0] != name:
                raise CannotParse(f"Unmatched end tag </{name}>")
            _, start, url = open_.pop()
            entities.append(Entity(_KINDS[name], start, units(text) - start, url))
        else:
            url = _url(name, attributes)
            around = {each for each, *_ in open_}
            if "code" in around or name in around or (name == "code" and around - {"blockquote"}):
                raise CannotParse(f"<{name}> cannot stand in {sorted(around)}")
            open_.append((name, units(text), url))
    text += html[at:]
    if open_:
        raise CannotParse(f"Can't find end tag corresponding to start tag {open_[-1][0]}")
    return text, [each for each in entities if each.length] + found(text, entities)


def found(text: str, entities: list[Entity]) -> list[Entity]:
    """What Telegram finds in plain words by itself."""
    taken = [each for each in entities if each.type in ("code", "text_link")]
    urls = [(each.start(), each.end()) for each in _URL.finditer(text)]
    mentions = []
    for each in _MENTION.finditer(text):
        start, length = units(text[: each.start()]), units(each[0])
        is_free = all(
            start + length <= other.offset or start >= other.offset + other.length
            for other in taken
        )
        if is_free and not any(begin <= each.start() < end for begin, end in urls):
            mentions.append(Entity("mention", start, length))
    return mentions


def _url(name: str, attributes: str) -> str | None:
    if name not in _KINDS:
        raise CannotParse(f'Unsupported start tag "{name}"')
    if name == "a":
        href = _HREF.fullmatch(attributes)
        if href is None:
            raise CannotParse("<a> has no readable href")
        return unescape(href[1])
    if attributes.strip():
        raise CannotParse(f"<{name}> has attributes")
    return None
