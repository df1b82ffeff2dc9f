"""Papers as Markdown (CommonMark): what a page says is text in it, never markup."""

import re
from collections.abc import Sequence

from bot.papers.paper import Block, Entry, Heading, Paper, Paragraph, Quotation, Run

_MARKS = re.compile(r"([\\`*_{}\[\]<>#|~$&!])")
_AT_START = re.compile(r"^(\s*)(?:([-+=])|(\d+)([.)])(?=\s|$))")


def markdown(paper: Paper) -> str:
    """The whole of it."""
    parts = [f"# {plain(paper.title)}"]
    last: Block | None = None
    for block in paper.blocks:
        if isinstance(last, Entry) and isinstance(block, Entry):
            parts[-1] += f"\n{_block(block)}"
        else:
            parts.append(_block(block))
        last = block
    return "\n\n".join(parts) + "\n"


def plain(words: str) -> str:
    """Words that stand for themselves, on one line."""
    escaped = _MARKS.sub(r"\\\1", words.replace("\n", " "))
    return _AT_START.sub(_escaped_start, escaped)


def address(link: str) -> str:
    """An address between angle brackets, which nothing in it ends."""
    return re.sub(r"[<>\\\s]", lambda found: f"%{ord(found[0]):02X}", link)


def _escaped_start(found: re.Match[str]) -> str:
    space, sign, number, stop = found.groups()
    return f"{space}\\{sign}" if sign else f"{space}{number}\\{stop}"


def _block(block: Block) -> str:
    match block:
        case Heading(words, level):
            return f"{'#' * (level + 1)} {plain(words)}"
        case Paragraph(runs):
            return _line(runs)
        case Entry(runs):
            return f"- {_line(runs)}"
        case Quotation(words, source):
            return f"> {plain(words)}\n>\n> {_line(source)}"


def _line(runs: Sequence[Run]) -> str:
    line = "".join(_run(each) for each in runs)
    return _AT_START.sub(_escaped_start, line)


def _run(run: Run) -> str:
    words = _MARKS.sub(r"\\\1", run.words.replace("\n", " "))
    if run.link is not None:
        words = f"[{words}](<{address(run.link)}>)"
    return f"**{words}**" if run.weight == "strong" else words
