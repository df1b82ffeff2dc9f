"""Plain text and Markdown files, and texts pasted into a chat.

The only question is what the title is. A file says it outright (a Markdown heading, `title:` in
front matter), or its first line is clearly one: short, set off, not a sentence. A chat message
rarely has one, and a wrong title is worse than none: without one, the beginning of the text stands
in.
"""

import re
from dataclasses import dataclass
from datetime import date

from core.domain import Document, PastedText, Resource
from core.sources.charset import decode
from core.sources.reading import Extracted, ReadLimits, check_length, check_size, finish
from core.sources.tidy import clean, clean_line, weight

_MARKDOWN_ENDINGS = (".md", ".markdown", ".mkd")
_MARKDOWN_TYPES = ("text/markdown", "text/x-markdown")

_MAX_TITLE = 40
"""Weight (`tidy.weight`) of the longest first line that passes for a title. News titles in Chinese
have up to 30 characters, in English up to 16 words."""

_LEAST_REST = 3
"""A title is followed by at least this many times its own weight."""

_BLANK_LINE = re.compile(r"\n[^\S\n]*\n")
_SENTENCE_END = re.compile(r"[。．.;；,，、：:…~～]$")
_QUESTION_END = re.compile(r"[！？!?]$")
_NO_TITLE_START = re.compile(
    r"[-*•・●▪>＞#@【\[(（]?\s*(?:https?://|www\.|[-*•・●▪>＞@#]|\d+[.、)）]|"
    r"(?:hi|hello|hey|dear|good (?:morning|evening))\b|大家好|各位|你好|您好"
    r"|哈囉|嗨|早安|午安|晚安|請問|轉傳|轉貼|分享|fw[d:]|re:)",
    re.IGNORECASE,
)

_FRONT_MATTER = re.compile(
    r"\A---[^\S\n]*\n(.{0,2000}?)\n(?:---|\.\.\.)[^\S\n]*(?:\n|\Z)", re.DOTALL
)
_FIELD = re.compile(r"^([A-Za-z_]+):[^\S\n]*(.+?)[^\S\n]*$", re.MULTILINE)
_UNDERLINE = re.compile(r"=+\s*")
_LONGEST_HEADING = 300
"""Characters; what is longer is no heading, and is not searched for one."""


@dataclass(frozen=True, slots=True)
class _Headed:
    """A text without its title, and the title."""

    text: str
    title: str | None = None
    author: str | None = None
    published_on: date | None = None


def extract(resource: Resource, limits: ReadLimits) -> Extracted:
    """Read a text file.

    Raises:
        TooLarge: more bytes or characters than the limits allow.
    """
    check_size(resource, limits.max_text_bytes)
    text = (
        decode(resource.data, declared=resource.charset)
        .text.replace("\r\n", "\n")
        .replace("\r", "\n")
    )
    check_length(text, limits)
    headed = _head_of_markdown(text) if _is_markdown(resource) else None
    if headed is None:
        headed = _head_of_text(text)
    return Extracted(
        text=headed.text, title=headed.title, author=headed.author, published_on=headed.published_on
    )


def read_pasted(pasted: PastedText, *, limits: ReadLimits) -> Document:
    """Read a pasted text. A title that came with it stands; else see the module.

    Raises:
        NotAnArticle: there is not one letter or digit in it; fact `reason` is "no-text".
        TooLarge: more characters than the limits allow.
    """
    check_length(pasted.text, limits)
    headed = _Headed(pasted.text) if pasted.title else _head_of_text(pasted.text)
    found = Extracted(
        text=headed.text, title=pasted.title or headed.title, published_on=pasted.published_on
    )
    return finish(found, Resource(data=b"", url=pasted.url), media="text")


def _is_markdown(resource: Resource) -> bool:
    name = (resource.file_name or resource.url or "").lower()
    return name.endswith(_MARKDOWN_ENDINGS) or resource.media_type in _MARKDOWN_TYPES


def _head_of_markdown(text: str) -> _Headed | None:
    """The title, author and date in front matter, or the first heading of the first level."""
    fields: dict[str, str] = {}
    if match := _FRONT_MATTER.match(text):
        fields = {
            name.lower(): value.strip("\"'") for name, value in _FIELD.findall(match.group(1))
        }
        text = text[match.end() :]
    title, rest = _first_heading(text)
    if title is not None:
        text = rest
    if not fields and title is None:
        return None
    return _Headed(
        text, fields.get("title") or title, fields.get("author"), _day(fields.get("date"))
    )


def _first_heading(text: str) -> tuple[str | None, str]:
    """The heading of the first level that a text begins with, and what follows it."""
    first, _, rest = text.lstrip().partition("\n")
    second, _, below = rest.partition("\n")
    if first.startswith(("# ", "#\t")) and len(first) <= _LONGEST_HEADING:
        title, rest = first.strip("# \t"), rest
    elif _UNDERLINE.fullmatch(second[:_LONGEST_HEADING]) and len(first) <= _LONGEST_HEADING:
        title, rest = first.strip(), below
    else:
        return None, text
    return (title, rest) if title and rest.strip() else (None, text)


def _head_of_text(text: str) -> _Headed:
    """Take the first line for the title where it is clearly one.

    That is: it is short, does not end like a sentence or begin like a greeting, a quotation or a
    list; and a blank line follows, or a paragraph several times as long as itself; and more follows
    than a line or two. A question or an exclamation is a title only before a blank line.
    """
    first, line_break, rest = text.lstrip().partition("\n")
    title = clean_line(first)
    if title is None or not line_break or weight(title) > _MAX_TITLE or weight(title) < 2:
        return _Headed(text)
    if _SENTENCE_END.search(title) or _NO_TITLE_START.match(title):
        return _Headed(text)
    is_set_off = _BLANK_LINE.match(line_break + rest) is not None
    if _QUESTION_END.search(title) and not is_set_off:
        return _Headed(text)
    body = clean(rest)
    least = max(_LEAST_REST * weight(title), 2 * _MAX_TITLE)
    following = body if is_set_off else body.partition("\n")[0]
    if weight(following) < least:
        return _Headed(text)
    return _Headed(rest, title)


def _day(value: str | None) -> date | None:
    """The day at the beginning of an ISO 8601 date or time."""
    try:
        return date.fromisoformat(value[:10]) if value else None
    except ValueError:
        return None
