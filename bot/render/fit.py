"""A reply becomes messages that a platform can show: written once, for every platform.

A platform without buttons gets numbered lines where something is asked, and commands to type where
something is offered. A reply longer than a message is cut between paragraphs, a paragraph between
sentences, else words, else signs as people see them (grapheme clusters); nothing gets lost.
"""

from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby

from wcwidth import iter_graphemes

from bot.chat import Button, Capabilities, Line, Reply, Span
from bot.render.spans import EMPTY, code, faint, joined, line, strong

_SENTENCE_ENDS = frozenset("。！？；…")
_GAPS = frozenset(" \u3000，、：,;:")


def fit(reply: Reply, capabilities: Capabilities) -> tuple[Reply, ...]:
    """Cut a reply into messages that a platform can show; buttons and files stay on the last."""
    if needs_numbers(reply, capabilities):
        reply = _typed(reply)
    limit = capabilities.max_text
    if limit is None or capabilities.length(reply.text) <= limit:
        return (reply,)
    parts = list(_packed(reply.lines, capabilities, limit))
    return (
        *(replace(reply, lines=part, buttons=(), files=()) for part in parts[:-1]),
        replace(reply, lines=parts[-1]),
    )


def needs_numbers(reply: Reply, capabilities: Capabilities) -> bool:
    """Whether a platform cannot bear the buttons of a reply, so that people will type instead."""
    buttons = [button for row in reply.buttons for button in row]
    return len(buttons) > capabilities.buttons or any(
        len(button.does.encode()) > capabilities.button_bytes for button in buttons
    )


def pages(text: str, most: int) -> list[str]:
    """Cut a long text into pages of at most so many characters; one page for an empty text."""
    lines = tuple(Line((Span(each),)) for each in text.split("\n"))
    groups = _packed(lines, Capabilities(), most)
    return ["\n".join(each.text for each in group) for group in groups]


# ── without buttons ──────────────────────────────────────────────────────────────────────────────


def _typed(reply: Reply) -> Reply:
    """The buttons as lines: numbered under a question, else as commands."""
    buttons = [button for row in reply.buttons for button in row]
    if reply.asks:
        lines = [
            line(button.label, faint(f"  /{button.does}"), lead=strong(str(number)), indent=1)
            for number, button in enumerate(buttons, start=1)
        ]
    else:
        lines = [line(*joined(_command(button) for button in buttons), indent=1)]
    return replace(reply, lines=(*reply.lines, EMPTY, *lines), buttons=())


def _command(button: Button) -> tuple[Span, ...]:
    return (code(f"/{button.typed or button.does}"), faint(f" {button.label}"))


# ── within a length ──────────────────────────────────────────────────────────────────────────────


def _packed(
    lines: tuple[Line, ...], capabilities: Capabilities, limit: int
) -> Iterator[tuple[Line, ...]]:
    """Groups of lines, each as long as fits."""
    packed: list[Line] = []
    used = 0
    for each in lines:
        for piece in _pieces(each, capabilities, limit):
            length = capabilities.length(piece.text)
            if packed and used + 1 + length > limit:
                yield tuple(packed)
                packed, used = [], 0
            used += length + (1 if packed else 0)
            packed.append(piece)
    yield tuple(packed)


def _pieces(whole: Line, capabilities: Capabilities, limit: int) -> Iterator[Line]:
    """A line, cut where it does not fit; only the first piece has the lead."""
    if capabilities.length(whole.text) <= limit:
        yield whole
        return
    front = replace(whole, spans=())
    if capabilities.length(front.text) + 2 >= limit:  # a lead or indent that leaves no room
        front = Line((), (), 0, whole.quote)
        whole = replace(front, spans=(*whole.lead, *whole.spans))
    signs = list(_signs(whole.spans, capabilities, limit))
    start = 0
    while start < len(signs):
        end = _end(front, signs, start, capabilities, limit)
        yield replace(front, spans=_regrouped(signs[start:end]))
        front = replace(front, lead=())
        start = end


def _signs(spans: tuple[Span, ...], capabilities: Capabilities, limit: int) -> Iterator[Span]:
    """Every sign as a span of its own; one longer than a whole message falls into characters."""
    for span in spans:
        for sign in iter_graphemes(span.text):
            if capabilities.length(sign) <= limit:
                yield replace(span, text=sign)
            else:
                yield from (replace(span, text=character) for character in sign)


def _end(front: Line, signs: list[Span], start: int, capabilities: Capabilities, limit: int) -> int:
    """Where the piece that begins at `start` ends: the best place in the last third that fits."""
    room = limit - capabilities.length(replace(front, spans=(Span("x"),)).text) + 1
    end = start
    while end < len(signs) and capabilities.length(signs[end].text) <= room:
        room -= capabilities.length(signs[end].text)
        end += 1
    end = max(end, start + 1)
    if end == len(signs):
        return end
    earliest = start + (end - start) * 2 // 3
    for is_good in (_ends_sentence, _ends_word):
        for cut in range(end, earliest, -1):
            if is_good(signs, cut):
                return cut
    return end


def _ends_sentence(signs: list[Span], cut: int) -> bool:
    last = signs[cut - 1].text
    if last in _SENTENCE_ENDS:
        return True
    return last == " " and cut > 1 and signs[cut - 2].text in ".!?"


def _ends_word(signs: list[Span], cut: int) -> bool:
    return signs[cut - 1].text in _GAPS


def _regrouped(signs: list[Span]) -> tuple[Span, ...]:
    """Neighbouring signs of one kind as one span again."""
    return tuple(
        Span("".join(sign.text for sign in group), style, link)
        for (style, link), group in groupby(signs, key=lambda sign: (sign.style, sign.link))
    )
