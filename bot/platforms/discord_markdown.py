"""A reply becomes Discord's markdown: every sign of a text that could be markup gets a backslash.

Discord reads a backslash before a sign as that sign, so no character is added that members see.
What cannot be escaped is written without markup instead: code with a backtick in it, the brackets
of a title that is a link, an address behind other words that look like an address.

Two forms: an embed's description has room for the long addresses of Chinese pages and shows no
previews; plain content needs no right to embed, and notifications show it.

Source: Discord's client parses with rules of simple-markdown (escape, url, link, strong, code, …);
limits from Discord's API documentation, resources/message.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from urllib.parse import quote

from bot.chat import Line, Reply, Span, Style

MAX_CONTENT = 2000
MAX_EMBED = 4096
MAX_EMBEDS = 6000  # all embeds of a message together
LONGEST_LINK = 1024  # a longer address leads nowhere, and would leave no room for words
GAP = "  "  # between a lead and its words
INDENT = "\u2003"  # ordinary space in front of a line is taken away

_ALWAYS = r"[\\`*_~|<>\[\]#@]"
_ADDRESS = r":(?!\s)"  # "https://…" would become a link, ":name:" an emoji
_LIST = r"(?:^|(?<=\s))[-+](?=[\s#]|$)"  # "- item", "-# small print"
_NUMBER = r"(?:^|(?<=\d))\.(?=\s|$)"  # "1. item"
_INVITE = r"(?:(?<=discord)|(?<=discordapp)|(?<=dsc))\.(?=\w)"  # shown as a card without "https"
_MARKUP = re.compile(f"({_ALWAYS}|{_ADDRESS}|{_LIST}|{_NUMBER}|{_INVITE})", re.IGNORECASE)
_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_UNSAFE = re.compile(r"""[\s()<>\[\]{}\\"'*`|^]""")
_LOOKS_LIKE_ADDRESS = re.compile(r"\w+://|\bwww\.|discord(?:app)?\.\w", re.IGNORECASE)

_WRAPS = {
    Style.STRONG: "**",
    Style.FOUND: "**",
    Style.DECIDED: "**",
    Style.DISPUTED: "__",
}


@dataclass(frozen=True, slots=True)
class Sheet:
    """What one message says: content, or the descriptions of its embeds."""

    content: str = ""
    embeds: tuple[str, ...] = ()


def length(text: str) -> int:
    """As Discord's client counts: UTF-16 units, never fewer than what the server counts."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def escape(text: str) -> str:
    """The markdown that shows exactly this text, on one line."""
    return _MARKUP.sub(r"\\\1", one_line(text))


def one_line(text: str) -> str:
    """A text without line breaks and without characters that Discord drops."""
    return _UNSEEN.sub("", re.sub(r"\r\n|[\r\n\v\f\x85\u2028\u2029]", " ", text))


# ── a reply on sheets ────────────────────────────────────────────────────────────────────────────


def sheets(reply: Reply, *, may_embed: bool = True) -> tuple[Sheet, ...]:
    """A reply as one message, or as few as it fits in.

    What has links, or is long, goes into embeds; words alone, and what asks for a preview, are
    content.

    Args:
        reply: what to say.
        may_embed: the bot has the right to embed.
    """
    has_links = any(span.link for line in reply.lines for span in (*line.lead, *line.spans))
    if reply.previews is not None or not may_embed:
        return _as_content(reply)
    if not has_links:
        (first, *more) = _as_content(reply)
        if not more:
            return (first,)
    pages = _pages(reply.lines, MAX_EMBED, bare=False)
    return tuple(Sheet(embeds=together) for together in _bundled(pages))


def one_sheet(reply: Reply, *, may_embed: bool = True) -> Sheet:
    """A reply as the one message that it replaces: if it is too long without its links too, the
    end is left off."""
    whole = sheets(reply, may_embed=may_embed)
    if len(whole) > 1:
        whole = sheets(_without_links(reply), may_embed=may_embed)
    return whole[0]


def _as_content(reply: Reply) -> tuple[Sheet, ...]:
    lines = list(reply.lines)
    links = {span.link for line in lines for span in (*line.lead, *line.spans)}
    if reply.previews is not None and reply.previews not in links:
        lines.append(Line((Span(reply.previews, link=reply.previews),)))
    pages = _pages(lines, MAX_CONTENT, bare=True, previews=reply.previews)
    return tuple(Sheet(content=page) for page in pages)


def _without_links(reply: Reply) -> Reply:
    def bare(spans: tuple[Span, ...]) -> tuple[Span, ...]:
        return tuple(replace(span, link=None) for span in spans)

    lines = (replace(line, spans=bare(line.spans), lead=bare(line.lead)) for line in reply.lines)
    return replace(reply, lines=tuple(lines))


def _bundled(pages: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Pages that fit into one message together."""
    together: list[str] = []
    for page in pages:
        if together and sum(map(length, together)) + length(page) > MAX_EMBEDS:
            yield tuple(together)
            together = []
        together.append(page)
    yield tuple(together)


def _pages(
    lines: Sequence[Line], most: int, *, bare: bool, previews: str | None = None
) -> list[str]:
    """Lines as markdown on pages of at most `most`; at least one, which may be empty."""
    pages: list[str] = []
    page: list[str] = []
    size = 0
    for whole in lines:
        for line in _pieces(whole, most, bare=bare):
            written = paragraph(line, bare=bare, previews=previews)
            if page and size + 1 + length(written) > most:
                pages.append("\n".join(page))
                page, size = [], 0
            size += length(written) + (1 if page else 0)
            page.append(written)
    return [*pages, "\n".join(page)]


def _pieces(line: Line, most: int, *, bare: bool) -> Iterator[Line]:
    """The line, halved until each piece fits."""
    if length(paragraph(line, bare=bare)) <= most:
        yield line
        return
    if length(_run(line.lead, bare=bare, previews=None)) > most // 2:
        line = replace(line, spans=(*line.lead, Span(GAP), *line.spans), lead=())
    front, back = _halves(line.spans)
    yield from _pieces(replace(line, spans=front), most, bare=bare)
    yield from _pieces(replace(line, spans=back, lead=()), most, bare=bare)


def _halves(spans: tuple[Span, ...]) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """Spans divided near their middle, after a space or Chinese punctuation if one is near."""
    if len(spans) > 1:
        middle = len(spans) // 2
        return spans[:middle], spans[middle:]
    (span,) = spans
    middle = len(span.text) // 2
    ends = [end.end() for end in re.finditer(r"[\s，。、；：？！]+", span.text[:middle])]
    cut = ends[-1] if ends and ends[-1] > middle // 2 else _between_signs(span.text, middle)
    return (replace(span, text=span.text[:cut]),), (replace(span, text=span.text[cut:]),)


def _between_signs(text: str, cut: int) -> int:
    """The next place at or after `cut` that divides no emoji and no letter from its accents."""
    joins = re.compile("[\u0300-\u036f\u200d\ufe00-\ufe0f\U0001f3fb-\U0001f3ff]")
    while cut < len(text) - 1 and (joins.match(text[cut]) or text[cut - 1] == "\u200d"):
        cut += 1
    return cut


# ── a line ───────────────────────────────────────────────────────────────────────────────────────


def paragraph(line: Line, *, bare: bool = False, previews: str | None = None) -> str:
    """A line as markdown.

    Args:
        line: what it says.
        bare: links stand in angle brackets, so that Discord shows no preview of them.
        previews: but for this one.
    """
    lead = _run(line.lead, bare=bare, previews=previews)
    words = _run(line.spans, bare=bare, previews=previews)
    text = lead + (GAP if lead and words else "") + words
    if not text.strip():
        return ""
    if line.quote:
        return f"> {text}"
    is_small = all(span.style is Style.FAINT for span in (*line.lead, *line.spans))
    return ("-# " if is_small and not line.indent else INDENT * line.indent) + text


def _run(spans: Sequence[Span], *, bare: bool, previews: str | None) -> str:
    """Spans side by side; neighbours that look the same share their signs ("**a****b**" would be
    read as something else)."""
    parts: list[str] = []
    for link, linked in groupby(spans, key=lambda span: span.link):
        pieces = list(linked)
        if link is None or length(link) > LONGEST_LINK:
            parts.append(_styled(pieces))
        else:
            parts.append(_linked(pieces, link, bare=bare, is_previewed=link == previews))
    return "".join(parts)


def _styled(spans: Sequence[Span]) -> str:
    text = ""
    for style, alike in groupby(spans, key=_look):
        words = "".join(one_line(span.text) for span in alike)
        if style == "`":
            text += f"`{words}`"
        else:
            text += _wrapped(words, style)
    return text


def _look(span: Span) -> str:
    """The sign on both sides of a span. Code that holds a sign of code is written as plain text;
    so is what Discord might trim."""
    if span.style is Style.CODE:
        text = one_line(span.text)
        is_plain = not text.strip() or text != text.strip() or "`" in text or text.endswith("\\")
        return "" if is_plain else "`"
    return _WRAPS.get(span.style, "")


def _wrapped(text: str, sign: str) -> str:
    """Escaped text between signs, with white space outside of them."""
    core = text.strip()
    if not sign or not core:
        return escape(text)
    start = text.index(core)
    return f"{text[:start]}{sign}{escape(core)}{sign}{text[start + len(core) :]}"


def _linked(spans: Sequence[Span], link: str, *, bare: bool, is_previewed: bool) -> str:
    """Words that lead somewhere. Brackets stay outside of the link: Discord counts them there even
    when they are escaped."""
    address = _safe(link)
    text = "".join(one_line(span.text) for span in spans)
    if not text.strip() or text == link:
        return address if is_previewed else f"<{address}>"
    if _LOOKS_LIKE_ADDRESS.search(text):  # Discord masks no address by another one
        return f"{_styled(spans)} <{address}>"
    target = f"<{address}>" if bare and not is_previewed else address
    written = ""
    for span in spans:
        for piece in re.split(r"([\[\]])", one_line(span.text)):
            if not piece.strip() or piece in "[]":
                written += escape(piece)
            else:
                written += f"[{_styled([replace(span, text=piece)])}]({target})"
    return written


def _safe(link: str) -> str:
    """An address without any sign that could end it, or be markup inside of it."""
    return _UNSAFE.sub(lambda sign: quote(sign[0], safe=""), one_line(link).strip())
