"""Bookmarks as every browser imports them (the Netscape form), labels as tags.

Source: Microsoft, "Netscape Bookmark File Format"; TAGS is Firefox's.
"""

from collections.abc import Callable, Iterable
from html import escape
from typing import IO

from core.exports.record import Record

_HEAD = """<!DOCTYPE NETSCAPE-Bookmark-file-1>
<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=UTF-8">
<TITLE>{title}</TITLE>
<H1>{title}</H1>
<DL><p>
    <DT><H3>{title}</H3>
    <DL><p>
"""
_FOOT = """    </DL><p>
</DL><p>
"""


def write_bookmarks(
    records: Iterable[Record], stream: IO[bytes], *, title: str, named: Callable[[str], str]
) -> int:
    """Write those that have an address.

    Args:
        records: one after the other.
        stream: gets HTML in UTF-8.
        title: of the folder that the bookmarks come into.
        named: what the label at a path is called; commas divide tags, so they go.

    Returns:
        How many are written.
    """
    taken = 0
    stream.write(_HEAD.format(title=escape(title)).encode())
    for record in records:
        if not is_web(record.url):
            continue
        tags = ",".join(named(path).replace(",", " ") for path in record.labels)
        added = int(record.received_at.timestamp())
        line = (
            f'        <DT><A HREF="{escape(record.url or "")}" ADD_DATE="{added}" '
            f'TAGS="{escape(tags)}">{escape(record.title)}</A>\n'
        )
        if record.summary:
            line += f"        <DD>{escape(' '.join(record.summary.split()))}\n"
        stream.write(line.encode())
        taken += 1
    stream.write(_FOOT.encode())
    return taken


def is_web(url: str | None) -> bool:
    """Whether an address may be opened by a click: http or https, nothing else."""
    return url is not None and url.lower().startswith(("http://", "https://"))
