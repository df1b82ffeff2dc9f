"""Exports in a chat: which form it shall be, and the file."""

from dataclasses import replace

from bot.chat import Button, Reply
from bot.render.spans import faint, line, paragraphs, reply
from bot.texts import Texts
from core.domain import SentFile
from core.exporting import Form, Written
from core.exports.feeds import MOST

FORMS: tuple[Form, ...] = ("csv", "jsonl", "markdown", "bookmarks", "rss", "atom", "parquet")
"""Those that a chat offers. A whole library holds members' files, and stays with who runs us."""

_ROW = 2


def choices(query: str, count: int, texts: Texts) -> Reply:
    """How many items there are, and a button for each form."""
    if not count:
        return reply(paragraphs(texts.say("export-nothing", query=query or "none")))
    buttons = [
        Button(texts.say(f"export-form-{form}"), f"export {form} {query}".strip()) for form in FORMS
    ]
    return reply(
        paragraphs(texts.say("export-which", count=count)),
        line(faint(texts.say("export-how"))),
        buttons=[buttons[start : start + _ROW] for start in range(0, len(buttons), _ROW)],
    )


def handed_over(name: str, data: bytes, written: Written, form: Form, texts: Texts) -> Reply:
    """The file, what is in it, and what is not."""
    lines = [texts.say("export-done", count=written.items)]
    if written.left_out:
        lines.append(left_out(written, form, texts))
    said = reply(paragraphs("\n".join(lines)))
    return replace(said, files=(SentFile(name, data),))


def left_out(written: Written, form: Form, texts: Texts) -> str:
    """How many items the form does not hold, and why."""
    return texts.say("export-left-out", count=written.left_out, form=form, most=MOST)


def too_large(size: int, texts: Texts) -> Reply:
    """What to do instead."""
    return reply(paragraphs(texts.say("export-too-large", megabytes=round(size / 1e6))))
