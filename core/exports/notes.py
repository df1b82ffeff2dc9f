"""A folder of Markdown notes with YAML front matter, as Obsidian, Logseq and static sites read it.

What pages say is data: it cannot become markup, an embedded picture or a front matter of its own.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import asdict
from pathlib import Path

import yaml

from core.exports.markdown import escaped
from core.exports.place import safe_name
from core.exports.record import Record

Named = Callable[[str], str]
"""What people call the label at a path."""

_LEFT_OUT = ("summary", "generated", "notes", "text")


def write_notes(records: Iterable[Record], folder: Path, *, named: Named) -> None:
    """Write a note for each record: number and title are its name, so they differ.

    Args:
        records: one after the other.
        folder: is there, and empty.
        named: what tags are called.
    """
    for record in records:
        place = folder / f"{safe_name(record.number, record.title)}.md"
        place.write_text(note(record, named=named), encoding="utf-8", newline="\n")


def note(record: Record, *, named: Named) -> str:
    """The whole note."""
    facts = {
        name: list(value) if isinstance(value, tuple) else value
        for name, value in asdict(record).items()
        if value not in (None, ()) and name not in _LEFT_OUT
    }
    if record.labels:
        facts["tags"] = [_tag(named(path)) for path in record.labels]
    front = yaml.safe_dump(facts, allow_unicode=True, sort_keys=False, width=1_000)
    parts = [f"---\n{front}---", f"# {escaped(record.title)}"]
    if record.url and re.match(r"https?://", record.url, re.IGNORECASE):
        parts.append(f"<{record.url.translate(_IN_ADDRESS)}>")
    if record.generated:
        parts.append(_quoted(f"🤖 {record.generated}"))
    elif record.summary:
        parts.append(_quoted(record.summary))
    parts += [_quoted(each) for each in record.notes]
    if record.text:
        parts.append("\n\n".join(escaped(each) for each in record.text.split("\n")))
    return "\n\n".join(parts) + "\n"


_IN_ADDRESS = {ord("<"): "%3C", ord(">"): "%3E", ord(" "): "%20", ord("\n"): "", ord("\r"): ""}


def _quoted(text: str) -> str:
    return "\n".join(f"> {escaped(line)}" for line in text.split("\n"))


def _tag(name: str) -> str:
    """A tag may hold no spaces or marks in Obsidian; letters of all scripts it may."""
    return re.sub(r"[^\w/-]+", "-", name).strip("-")
