"""A reply becomes Telegram's HTML by construction: every word is escaped, every tag is ours.

After parsing, Telegram sees exactly `Reply.text`, so that lengths counted above the adapters hold.
Telegram makes a mention of any "@name" in plain words, and a mention calls its person; inside
`<code>` it does not look for one.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from html import escape
from itertools import groupby
from typing import TYPE_CHECKING

from bot.chat import Line, Reply, Span, Style

if TYPE_CHECKING:
    from telegram import InlineKeyboardMarkup

MAX_ENTITIES = 100  # Telegram ignores further ones (Bot API, "Formatting options")
MAX_LABEL = 60  # characters; longer labels are cut by every app, each in its own place
MAX_ROW = 8  # buttons

# Chinese has no slanted letters to speak of, so what is faint stays plain.
_TAGS = {
    Style.STRONG: "b",
    Style.CODE: "code",
    Style.FOUND: "u",
    Style.SUGGESTED: "i",
    Style.DECIDED: "b",
    Style.DISPUTED: "u",
    Style.BAD: "b",
}
_MENTION = re.compile(r"(?:https?://\S+)|(?P<mention>(?<!\w)@\w{2,32})")


_ADDRESS = re.compile(r"https?://[^\s\x00-\x1f\x7f-\x9f\ud800-\udfff]+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Run:
    """Words of one look. `is_guard`: they are code only so that nobody is called."""

    text: str
    tag: str = ""
    link: str | None = None
    is_guard: bool = False


@dataclass(frozen=True, slots=True)
class _Paragraph:
    runs: tuple[_Run, ...]
    quote: bool


def html(reply: Reply) -> str:
    """The reply's lines as HTML in Telegram's dialect, with at most `MAX_ENTITIES` entities."""
    paragraphs = [_Paragraph(tuple(_runs(line)), line.quote) for line in reply.lines]
    parts = []
    for quote, group in groupby(_within_limits(paragraphs), key=lambda each: each.quote):
        body = "\n".join("".join(map(_tagged, each.runs)) for each in group)
        parts.append(f"<blockquote>{body}</blockquote>" if quote and body.strip() else body)
    return "\n".join(parts)


def plain(reply: Reply) -> str:
    """The reply's words alone, for when its markup is refused; still nobody is called."""
    return _uncalled(clean("\n".join(line.text.replace("\n", " ") for line in reply.lines)))


def clean(text: str) -> str:
    """The text without what Telegram refuses or changes: control characters, halves of pairs."""
    return "".join(
        " " if (character < " " and character != "\n") or "\x7f" <= character <= "\x9f"
        # a lone half of a pair cannot be written in UTF-8
        else "\ufffd" if "\ud800" <= character <= "\udfff"
        else character
        for character in text
    )  # fmt: skip


def keyboard(reply: Reply) -> "InlineKeyboardMarkup | None":
    """The buttons; None if there are none."""
    from telegram import InlineKeyboardButton, InlineKeyboardMarkup

    rows = [
        [
            InlineKeyboardButton(_cut(button.label), callback_data=button.does)
            for button in row[start : start + MAX_ROW]
        ]
        for row in reply.buttons
        for start in range(0, len(row), MAX_ROW)
    ]
    return InlineKeyboardMarkup(rows) if rows else None


def _cut(label: str) -> str:
    label = clean(label).replace("\n", " ").strip() or "…"
    if len(label) <= MAX_LABEL:
        return label
    from wcwidth import iter_graphemes

    kept = ""
    for sign in iter_graphemes(label):
        if len(kept) + len(sign) >= MAX_LABEL:
            break
        kept += sign
    return kept.rstrip() + "…"


# ── lines into runs ──────────────────────────────────────────────────────────────────────────────


def _runs(line: Line) -> Iterator[_Run]:
    """As `Line.text` counts them: indent, lead, gap, words."""
    if line.indent:
        yield _Run("  " * line.indent)
    for span in line.lead:
        yield from _run(span)
    has = [any(span.text for span in spans) for spans in (line.lead, line.spans)]
    if all(has):
        yield _Run("  ")
    for span in line.spans:
        yield from _run(span)


def _run(span: Span) -> Iterator[_Run]:
    text = clean(span.text).replace("\n", " ")
    link = _link(span.link)
    tag = _TAGS.get(span.style, "")
    if link is not None:  # code has no links, and in a link no mention is looked for
        yield _Run(text, "" if tag == "code" else tag, link)
    elif tag == "code":
        yield _Run(text, tag)
    else:
        yield from _guarded(text, tag)


def _guarded(text: str, tag: str) -> Iterator[_Run]:
    """The words, with those that would call somebody apart; addresses stay whole."""
    start = 0
    for found in _MENTION.finditer(text):
        if found["mention"]:
            yield _Run(text[start : found.start()], tag)
            yield _Run(found["mention"], "code", is_guard=True)
            start = found.end()
    yield _Run(text[start:], tag)


def _uncalled(text: str) -> str:
    """Words that call nobody, without markup: a wide sign in place of the one that calls."""
    return _MENTION.sub(lambda found: found[0].replace("@", "＠", 1)
                        if found["mention"] else found[0], text)  # fmt: skip


def _link(url: str | None) -> str | None:
    """An address that may stand in a tag; anything but http and https is left out."""
    if url is None or not re.fullmatch(
        r"https?://[^\s\x00-\x1f\x7f-\x9f\ud800-\udfff]+", url, re.IGNORECASE
    ):
        return None
    return url


# ── runs into tags ───────────────────────────────────────────────────────────────────────────────


def _within_limits(paragraphs: Sequence[_Paragraph]) -> Sequence[_Paragraph]:
    """The paragraphs without the looks that are too many: styles go first, links after them."""
    room = MAX_ENTITIES - sum(1 for quote, _ in groupby(each.quote for each in paragraphs) if quote)
    kept: set[tuple[int, int]] = set()
    runs = [
        ((row, column), run)
        for row, each in enumerate(paragraphs)
        for column, run in enumerate(each.runs)
        if run.text
    ]
    # a linked run with a style is two entities, and loses the style if that is one too many
    for wanted in (
        [at for at, run in runs if run.is_guard],
        [at for at, run in runs if run.link],
        [at for at, run in runs if run.tag and not run.link and not run.is_guard],
    ):
        taken = wanted[: max(0, room)]
        kept.update(taken)
        room -= len(taken)
    styled_links = {at for at, run in runs if at in kept and run.link and run.tag}
    keeps_styles = len(styled_links) <= room
    return [
        replace(
            each,
            runs=tuple(
                _reduced(run, is_kept=(row, column) in kept, keeps_style=keeps_styles)
                for column, run in enumerate(each.runs)
            ),
        )
        for row, each in enumerate(paragraphs)
    ]


def _reduced(run: _Run, *, is_kept: bool, keeps_style: bool) -> _Run:
    if is_kept:
        return run if keeps_style or not run.link else replace(run, tag="")
    return _Run(_uncalled(run.text) if run.is_guard or run.link else run.text)


def _tagged(run: _Run) -> str:
    text = escape(run.text, quote=False)
    if not text:
        return ""
    if run.tag:
        text = f"<{run.tag}>{text}</{run.tag}>"
    if run.link:
        text = f'<a href="{escape(run.link, quote=True)}">{text}</a>'
    return text
