"""The messages between the parent and the child process that parses foreign bytes.

A request is a header (JSON: source, media type, ...) and the raw bytes. An answer is JSON only, so
that a parser which has been taken over by a page can send nothing but strings and numbers.
"""

import json
import struct
from dataclasses import asdict
from datetime import date
from typing import IO, Any

from core.domain import Resource
from core.sources.reading import Extracted

_REQUEST = struct.Struct(">IQ")  # bytes of header, bytes of data
_ANSWER = struct.Struct(">I")  # bytes of JSON


def write_request(out: IO[bytes], name: str, resource: Resource) -> None:
    """Send a resource to be read by the source of that name."""
    header = json.dumps(
        {
            "source": name,
            "media_type": resource.media_type,
            "charset": resource.charset,
            "url": resource.url,
            "file_name": resource.file_name,
        }
    ).encode()
    out.write(_REQUEST.pack(len(header), len(resource.data)))
    out.write(header)
    out.write(resource.data)
    out.flush()


def read_request(stream: IO[bytes]) -> tuple[str, Resource] | None:
    """The next request; None when the other side has closed."""
    lengths = _exactly(stream, _REQUEST.size)
    if lengths is None:
        return None
    header_size, data_size = _REQUEST.unpack(lengths)
    header, data = _exactly(stream, header_size), _exactly(stream, data_size)
    if header is None or data is None:
        return None
    fields: dict[str, Any] = json.loads(header)
    return fields.pop("source"), Resource(data=data, **fields)


def write_answer(out: IO[bytes], answer: dict[str, Any]) -> None:
    """Send one answer."""
    body = json.dumps(answer).encode()
    out.write(_ANSWER.pack(len(body)) + body)
    out.flush()


def read_answer(stream: IO[bytes], *, max_bytes: int) -> dict[str, Any] | None:
    """The next answer; None when the other side is gone or talks nonsense."""
    length = _exactly(stream, _ANSWER.size)
    if length is None:
        return None
    (size,) = _ANSWER.unpack(length)
    if size > max_bytes:
        return None
    body = _exactly(stream, size)
    if body is None:
        return None
    try:
        answer = json.loads(body)
    except ValueError:
        return None
    return answer if isinstance(answer, dict) else None


def pack(extracted: Extracted) -> dict[str, Any]:
    """An extract as JSON can say it."""
    fields = asdict(extracted)
    day = extracted.published_on
    fields["published_on"] = day.isoformat() if day else None
    return fields


def unpack(fields: dict[str, Any]) -> Extracted:
    """The inverse of `pack`."""
    day = fields["published_on"]
    return Extracted(**{**fields, "published_on": date.fromisoformat(day) if day else None})


def _exactly(stream: IO[bytes], size: int) -> bytes | None:
    """Read that many bytes; None if the stream ends before."""
    pieces = bytearray()
    while len(pieces) < size:
        piece = stream.read(min(size - len(pieces), 1 << 20))
        if not piece:
            return None
        pieces += piece
    return bytes(pieces)
