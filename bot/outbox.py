"""Replies as they are written down before they are sent, so that a restart can send the same.

A reply is JSON, its files in base64. Another one may stand beside it, to be sent in its place when
it is too late for the first.
"""

import base64
import json
from typing import Any

from bot.chat import Button, Line, Picture, Reply, Span, Style
from core.domain import SentFile


def encode(reply: Reply, *, late: Reply | None = None) -> str:
    """A reply as one line of JSON, with the one that takes its place when it is too late."""
    body = {"reply": _reply(reply), "late": None if late is None else _reply(late)}
    return json.dumps(body, ensure_ascii=False)


def decode(body: str) -> tuple[Reply, Reply | None]:
    """What `encode` wrote.

    Raises:
        ValueError, KeyError, TypeError: it did not.
    """
    read = json.loads(body)
    return _read(read["reply"]), None if read["late"] is None else _read(read["late"])


def _reply(reply: Reply) -> dict[str, Any]:
    return {
        "lines": [
            {
                "spans": [_span(each) for each in line.spans],
                "lead": [_span(each) for each in line.lead],
                "indent": line.indent,
                "quote": line.quote,
            }
            for line in reply.lines
        ],
        "buttons": [[[each.label, each.does, each.typed] for each in row] for row in reply.buttons],
        "asks": reply.asks,
        "previews": reply.previews,
        "files": [
            {
                "name": each.name,
                "data": base64.b64encode(each.data).decode(),
                "alt": each.alt if isinstance(each, Picture) else None,
            }
            for each in reply.files
        ],
    }


def _span(span: Span) -> list[str | None]:
    return [span.text, str(span.style), span.link]


def _read(read: dict[str, Any]) -> Reply:
    return Reply(
        tuple(
            Line(_spans(line["spans"]), _spans(line["lead"]), line["indent"], line["quote"])
            for line in read["lines"]
        ),
        tuple(tuple(Button(*each) for each in row) for row in read["buttons"]),
        asks=read["asks"],
        previews=read["previews"],
        files=tuple(_file(each) for each in read["files"]),
    )


def _spans(read: list[list[Any]]) -> tuple[Span, ...]:
    return tuple(Span(text, Style(style), link) for text, style, link in read)


def _file(read: dict[str, Any]) -> SentFile:
    data = base64.b64decode(read["data"])
    if read["alt"] is None:
        return SentFile(read["name"], data)
    return Picture(read["name"], data, read["alt"])
