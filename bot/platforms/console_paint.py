"""A reply becomes lines for a terminal of a certain width, with or without colours and links.

Chinese characters are two columns wide and may be divided anywhere but before closing and after
opening punctuation; other words are divided at spaces. Continued lines hang under their beginning;
leads of one indent stand in one column, and indent 1 stands under the words behind the first leads.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from bot.chat import Line, Reply, Span, Style

NARROWEST = 20
NAME_COLUMNS = 24  # a span as short as this, among others outside a quotation, is a name
WIDEST = 96  # longer lines are hard to read

_SGR = {
    Style.STRONG: "1",
    Style.FAINT: "2",
    Style.CODE: "36",
    Style.FOUND: "1;33",
    Style.SUGGESTED: "33",
    Style.DECIDED: "1;32",
    Style.DISPUTED: "35",
    Style.GOOD: "32",
    Style.BAD: "31",
}
_NEVER_FIRST = frozenset("，。、；：？！）」』】》〉”’…—·％%,.;:?!)]}›✓")
_NEVER_LAST = frozenset("（「『【《〈“‘([{#")
_BAR = Span("▎ ", Style.FAINT)


@dataclass(frozen=True, slots=True)
class Look:
    """How a terminal shows things.

    Attributes:
        width: columns that may be used; None never breaks a line.
        colours: whether SGR and OSC 8 sequences are understood and wanted. Without them links are
            written out.
        margin: columns left free at the left.
    """

    width: int | None = None
    colours: bool = False
    margin: int = 0


def paint(reply: Reply, look: Look) -> str:
    """The reply as text to be written to a terminal, without a line break at its end."""
    step = _step(reply.lines)
    leads = _lead_widths(reply.lines)
    painted: list[str] = []
    for line in reply.lines:
        painted += _painted(line, look, step=step, lead_width=leads.get(line.indent, 0))
    return "\n".join(painted)


def columns(text: str) -> int:
    """How many columns a text takes; control characters take none."""
    from wcwidth import width

    return width(text, control_codes="ignore")


# ── one line ─────────────────────────────────────────────────────────────────────────────────────


def _painted(line: Line, look: Look, *, step: int, lead_width: int) -> Iterator[str]:
    margin = " " * look.margin
    if not line.spans and not line.lead:
        yield ""
        return
    front = [Span(margin + " " * (step * line.indent)), *line.lead]
    if line.lead:
        own = sum(columns(span.text) for span in line.lead)
        gap = lead_width - own + 2 if line.spans else 0
        front.append(Span(" " * gap))
    hanging = [Span(" " * sum(columns(span.text) for span in front))]
    if line.quote:
        front.append(_BAR)
        hanging.append(_BAR)
    spans = line.spans if look.colours else tuple(_written_out(line.spans))
    if look.width is None:
        yield _coded([*front, *spans], look)
        return
    width = max(NARROWEST, min(look.width, WIDEST))
    room = max(NARROWEST // 2, width - sum(columns(span.text) for span in front))
    for number, row in enumerate(wrapped(spans, room, has_names=not line.quote and len(spans) > 1)):
        yield _coded([*(hanging if number else front), *row], look)


def _written_out(spans: Sequence[Span]) -> Iterator[Span]:
    """Spans without links: where neighbours led together is written behind the last of them."""
    for link, group in groupby(spans, key=lambda span: span.link):
        together = list(group)
        yield from (Span(span.text, span.style) for span in together)
        if link and link != "".join(span.text for span in together):
            yield Span(f" {link}")


def _coded(spans: Sequence[Span], look: Look) -> str:
    text = "".join(_sequence(span) if look.colours else clean(span.text) for span in spans)
    return text.rstrip()


def _sequence(span: Span) -> str:
    text = clean(span.text)
    if code := _SGR.get(span.style):
        text = f"\x1b[{code}m{text}\x1b[0m"
    if span.link:
        text = f"\x1b]8;;{_for_link(span.link)}\x1b\\{text}\x1b]8;;\x1b\\"
    return text


def clean(text: str) -> str:
    """The text without control characters: what a page says cannot move the cursor."""
    return "".join(
        character
        for character in text
        if not (character < " " or "\x7f" <= character <= "\x9f" or character in "\u2028\u2029")
    )


def _for_link(url: str) -> str:
    return "".join(character for character in url if " " < character < "\x7f")


# ── columns ──────────────────────────────────────────────────────────────────────────────────────


def _lead_widths(lines: Sequence[Line]) -> dict[int, int]:
    widths: dict[int, int] = {}
    for line in lines:
        if line.lead:
            own = sum(columns(span.text) for span in line.lead)
            widths[line.indent] = max(widths.get(line.indent, 0), own)
    return widths


def _step(lines: Sequence[Line]) -> int:
    """Columns of one indent: as far as the words behind the outermost leads, at least 2."""
    return max(2, _lead_widths(lines).get(0, 0) + 2)


def wrapped(spans: Sequence[Span], room: int, *, has_names: bool = False) -> Iterator[list[Span]]:
    """Spans divided into rows of at most `room` columns; at least one row.

    With `has_names`, as in a list of labels, short spans are divided at spaces only.
    """
    row: list[Span] = []
    used = 0
    for piece in _pieces(spans, has_names=has_names):
        width = sum(columns(span.text) for span in piece)
        if all(span.text.isspace() for span in piece):
            if (
                used and used + width <= room
            ):  # no row begins with a space, none needs one at its end
                row += piece
                used += width
            continue
        if used and used + width > room:
            yield _joined(row)
            row, used = [], 0
        for part in _fitting(piece, room) if width > room else [piece]:
            size = sum(columns(span.text) for span in part)
            if used and used + size > room:
                yield _joined(row)
                row, used = [], 0
            row += part
            used += size
    yield _joined(row)


def _pieces(spans: Sequence[Span], *, has_names: bool) -> Iterator[list[Span]]:
    """What stays together in a row: a word, a name, a wide sign with its punctuation, a run of
    spaces."""
    piece: list[Span] = []
    last = ""
    for span in spans:
        is_name = has_names and columns(span.text) <= NAME_COLUMNS
        for n, sign in enumerate(_signs(span.text)):
            inside = is_name and n > 0 and not sign.isspace() and not last.isspace()
            if piece and not inside and _may_break(last, sign):
                yield piece
                piece = []
            piece.append(Span(sign, span.style, span.link))
            last = sign
    if piece:
        yield piece


def _may_break(before: str, after: str) -> bool:
    if before.isspace() or after.isspace():
        return before.isspace() != after.isspace()
    if after[0] in _NEVER_FIRST or before[-1] in _NEVER_LAST:
        return False
    return columns(before) > 1 or columns(after) > 1


def _fitting(piece: list[Span], room: int) -> Iterator[list[Span]]:
    """A piece wider than a row, in parts that fit."""
    part: list[Span] = []
    used = 0
    for span in piece:
        width = columns(span.text)
        if part and used + width > room:
            yield part
            part, used = [], 0
        part.append(span)
        used += width
    yield part


def _signs(text: str) -> Iterator[str]:
    if text.isascii():
        yield from text
        return
    from wcwidth import iter_graphemes

    yield from iter_graphemes(text)


def _joined(row: list[Span]) -> list[Span]:
    """Neighbouring spans of one kind as one; spaces at the end are left out."""
    joined: list[Span] = []
    while row and row[-1].text.isspace():
        row.pop()
    for span in row:
        if joined and (joined[-1].style, joined[-1].link) == (span.style, span.link):
            joined[-1] = Span(joined[-1].text + span.text, span.style, span.link)
        else:
            joined.append(span)
    return joined
