"""Unpacks what servers send, in small steps, so that a bomb stops at the limit and not after it.

Only gzip and deflate are known, because only those are asked for: every server has them, and their
unpacking can be stopped at any byte with what Python brings.
"""

import re
import zlib
from collections.abc import Iterable, Iterator

from core.errors import TooLarge, Unreachable

CODINGS = "gzip, deflate"  # for the header Accept-Encoding

_STEP = 65_536  # bytes unpacked at a time
_MAX_LAYERS = 3  # "gzip, gzip" happens behind a careless proxy; more is malice
_TYPE = re.compile(r"\s*([\w.+-]+/[\w.+-]+)\s*(?:;|,|$)", re.ASCII)
_CHARSET = re.compile(r""";\s*charset\s*=\s*["']?([\w.:+-]+)""", re.IGNORECASE | re.ASCII)


def unpacked(pieces: Iterable[bytes], *, coding: str, limit: int, host: str) -> bytes:
    """Unpack a body.

    Args:
        pieces: as they come; no more is taken than needed to know that the limit is passed.
        coding: the header Content-Encoding; "" for none.
        limit: bytes unpacked, in each layer.
        host: for the message.

    Raises:
        TooLarge: more bytes than the limit. Facts: `host`, `limit_bytes`.
        Unreachable: not what `coding` says, cut short, or a coding that was not asked for. Facts:
            `host`, `reason` "broken-body".
    """
    layers = [name.strip().lower() for name in coding.split(",") if name.strip()]
    layers = [name.removeprefix("x-") for name in layers if name != "identity"]
    if len(layers) > _MAX_LAYERS or not {*layers} <= {"gzip", "deflate"}:
        raise Unreachable(
            f"{host} packed the page as “{coding[:60]}”; expected {CODINGS}.",
            host=host,
            reason="broken-body",
        )
    stream: Iterator[bytes] = iter(pieces)
    for name in reversed(layers):
        stream = bounded(_unpacked_layer(stream, name, host=host), limit=limit, host=host)
    return b"".join(bounded(stream, limit=limit, host=host))


def media_type(header: str) -> str | None:
    """The type in a Content-Type header, lower case, without parameters; None if there is none.

    >>> media_type("Text/HTML; charset=Big5")
    'text/html'
    """
    match = _TYPE.match(header)
    return match[1].lower() if match else None


def charset(header: str) -> str | None:
    """The charset in a Content-Type header, lower case; None if there is none.

    >>> charset('text/html; charset="Big5"')
    'big5'
    """
    match = _CHARSET.search(header)
    return match[1].lower() if match else None


def bounded(pieces: Iterable[bytes], *, limit: int, host: str) -> Iterator[bytes]:
    """Hand pieces on until they are more than `limit` bytes.

    Raises:
        TooLarge: they are. Facts: `host`, `limit_bytes`.
    """
    size = 0
    for piece in pieces:
        size += len(piece)
        if size > limit:
            raise TooLarge(
                f"The page on {host} is larger than {limit} bytes. Send the text instead.",
                host=host,
                limit_bytes=limit,
            )
        yield piece


def _unpacked_layer(pieces: Iterator[bytes], name: str, *, host: str) -> Iterator[bytes]:
    pieces, wbits = (pieces, 31) if name == "gzip" else _deflate_flavour(pieces)
    unpacker = zlib.decompressobj(wbits)
    is_first_member, is_begun = True, False
    for piece in pieces:
        data, is_begun = piece, is_begun or bool(piece)
        while data:
            if unpacker.eof:
                if not data.strip(b"\0"):
                    break  # padding
                # gzip allows several members, one after the other
                unpacker, is_first_member = zlib.decompressobj(wbits), False
            try:
                yield unpacker.decompress(data, _STEP)
            except zlib.error as error:
                if is_first_member:
                    raise _broken(host, name) from error
                return  # rubbish after the body: passed over, as everybody does
            data = unpacker.unused_data if unpacker.eof else unpacker.unconsumed_tail
    if is_begun and is_first_member:
        yield unpacker.flush()
        if not unpacker.eof:
            raise _broken(host, name)


def _deflate_flavour(pieces: Iterator[bytes]) -> tuple[Iterator[bytes], int]:
    """Deflate with the zlib header that the standard asks for, or without, as some servers send."""
    start = b""
    for piece in pieces:
        start += piece
        if len(start) > 1:
            break
    has_header = (
        len(start) > 1 and start[0] & 15 == 8 and int.from_bytes(start[:2], "big") % 31 == 0
    )

    def all_pieces() -> Iterator[bytes]:
        yield start
        yield from pieces

    return all_pieces(), 15 if has_header else -15


def _broken(host: str, name: str) -> Unreachable:
    return Unreachable(
        f"{host} broke off, or sent something that is not {name}. Try again later.",
        host=host,
        reason="broken-body",
    )
