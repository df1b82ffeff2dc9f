"""Short ways to write spans and lines, so that rendering reads like what it shows."""

from collections.abc import Iterable, Sequence

from bot.chat import Button, Line, Reply, Span, Style

Words = Span | str

EMPTY = Line()


def plain(text: str, *, link: str | None = None) -> Span:
    """A span of our or somebody's words, on one line."""
    return Span(one_line(text), Style.PLAIN, link)


def strong(text: str, *, link: str | None = None) -> Span:
    """Words that stand out."""
    return Span(one_line(text), Style.STRONG, link)


def faint(text: str) -> Span:
    """Words that step back."""
    return Span(one_line(text), Style.FAINT)


def code(text: str) -> Span:
    """Something to type or copy as it stands."""
    return Span(one_line(text), Style.CODE)


def line(
    *words: Words, lead: Words | Sequence[Span] = (), indent: int = 0, quote: bool = False
) -> Line:
    """A paragraph of spans; bare strings are plain."""
    front = (lead,) if isinstance(lead, (Span, str)) else lead
    return Line(_spans(words), _spans(front), indent, quote)


def paragraphs(text: str, *, quote: bool = False) -> list[Line]:
    """A text of several lines, a paragraph each."""
    return [line(each, quote=quote) for each in text.split("\n")]


def joined(parts: Iterable[Words | Sequence[Span]], gap: str = " · ") -> tuple[Span, ...]:
    """Parts with a faint gap between them; empty parts are left out."""
    spans: list[Span] = []
    for part in parts:
        found = _spans((part,)) if isinstance(part, (Span, str)) else tuple(part)
        if any(span.text for span in found):
            spans += [faint(gap), *found] if spans else found
    return tuple(spans)


def reply(
    *lines: Line | Iterable[Line],
    buttons: Iterable[Sequence[Button]] = (),
    asks: bool = False,
    passing: bool = False,
) -> Reply:
    """A reply of lines and groups of lines; empty rows of buttons are left out."""
    flat: list[Line] = []
    for each in lines:
        flat += [each] if isinstance(each, Line) else each
    rows = tuple(tuple(row) for row in buttons if row)
    return Reply(tuple(flat), rows, asks=asks, passing=passing)


def one_line(text: str) -> str:
    """The text with line breaks and control characters as spaces: no span has any."""
    if text.isprintable():
        return text
    return "".join(
        character if character.isprintable() or character in JOINERS else " " for character in text
    )


# Not "printable" to Python, but part of words: zero-width joiners make one sign of several, the
# variation selectors choose its form, the ideographic space divides Chinese words.
JOINERS = frozenset("\u200c\u200d\u3000\u00a0\u2009\u202f\u00ad")


def _spans(words: Iterable[Words]) -> tuple[Span, ...]:
    return tuple(plain(each) if isinstance(each, str) else each for each in words if each != "")
