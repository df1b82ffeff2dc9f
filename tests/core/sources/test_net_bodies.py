"""Bodies are unpacked step by step, and never past the limit."""

import gzip
import zlib
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import TooLarge, Unreachable
from core.sources.net.bodies import charset, media_type, unpacked

LIMIT = 100_000


def unpack(pieces: list[bytes], coding: str, limit: int = LIMIT) -> bytes:
    return unpacked(pieces, coding=coding, limit=limit, host="a.test")


def cut(data: bytes, size: int) -> list[bytes]:
    return [data[at : at + size] for at in range(0, len(data), size)]


@given(st.binary(max_size=2000), st.integers(1, 50), st.sampled_from(["gzip", "deflate"]))
def test_unpacking_undoes_packing_however_it_is_cut(data: bytes, size: int, coding: str) -> None:
    """No byte is lost where pieces meet."""
    packed = gzip.compress(data) if coding == "gzip" else zlib.compress(data)

    assert unpack(cut(packed, size), coding) == data


@given(st.binary(min_size=1, max_size=2000), st.integers(1, 50))
def test_deflate_without_its_header_is_recognised(data: bytes, size: int) -> None:
    """Some servers leave the zlib header out."""
    packer = zlib.compressobj(wbits=-15)
    packed = packer.compress(data) + packer.flush()

    assert unpack(cut(packed, size), "deflate") == data


def test_gzip_may_come_in_members() -> None:
    """Several files in a row are one body; padding and rubbish behind it are passed over."""
    one, two = gzip.compress(b"one "), gzip.compress(b"two")

    assert unpack([one + two], "gzip") == b"one two"
    assert unpack(cut(one + two, 3), "gzip") == b"one two"
    assert unpack([one, b"\0" * 512], "gzip") == b"one "
    assert unpack([one, b"rubbish", b"more"], "gzip") == b"one "


@pytest.mark.parametrize("coding", ["gzip", "deflate"])
def test_an_empty_body_is_empty(coding: str) -> None:
    """A header about packing without a body does no harm."""
    assert unpack([], coding) == b""


@pytest.mark.parametrize(
    ("data", "coding"),
    [
        (gzip.compress(b"x" * 1000)[:-10], "gzip"),
        (zlib.compress(b"x" * 1000)[:-3], "deflate"),
        (b"<html>not packed at all</html>", "gzip"),
        (b"\xff" * 20, "deflate"),
        (b"x", "br"),
        (b"x", "zstd"),
        (b"x", "gzip, gzip, gzip, gzip"),
    ],
    ids=["gzip-cut", "deflate-cut", "not-gzip", "not-deflate", "br", "zstd", "too-deep"],
)
def test_what_cannot_be_unpacked_is_broken(data: bytes, coding: str) -> None:
    """Half a page is not a page."""
    with pytest.raises(Unreachable) as caught:
        unpack([data], coding)
    assert caught.value.facts == {"host": "a.test", "reason": "broken-body"}


@pytest.mark.parametrize("coding", ["", "gzip", "deflate", "gzip, deflate"])
def test_the_limit_is_exact(coding: str) -> None:
    """As many bytes as the limit are fine, one more is not."""

    def pack(data: bytes) -> bytes:
        for name in coding.split(", "):
            data = {"": data, "gzip": gzip.compress(data), "deflate": zlib.compress(data)}[name]
        return data

    assert len(unpack([pack(b"x" * LIMIT)], coding)) == LIMIT
    with pytest.raises(TooLarge) as caught:
        unpack([pack(b"x" * (LIMIT + 1))], coding)
    assert caught.value.facts == {"host": "a.test", "limit_bytes": LIMIT}


def test_a_bomb_is_put_down_where_it_begins_to_burst() -> None:
    """Of a bomb within a bomb, only as much is taken as shows what it is."""
    taken = 0

    def bomb() -> Iterator[bytes]:
        nonlocal taken
        packer = zlib.compressobj(9, wbits=31)
        for _ in range(1000):
            piece = packer.compress(gzip.compress(b"\0" * 100_000))
            taken += 1
            yield piece + packer.flush(zlib.Z_SYNC_FLUSH)

    with pytest.raises(TooLarge):
        unpacked(bomb(), coding="gzip, gzip", limit=LIMIT, host="a.test")
    assert taken <= 3


@pytest.mark.parametrize(
    ("header", "kind", "encoding"),
    [
        ("text/html", "text/html", None),
        ("Text/HTML; Charset=BIG5", "text/html", "big5"),
        ('text/html;charset="utf-8"', "text/html", "utf-8"),
        ("text/html; charset='gbk'", "text/html", "gbk"),
        ("text/html; boundary=x; charset=euc-kr; a=b", "text/html", "euc-kr"),
        ("application/xhtml+xml", "application/xhtml+xml", None),
        ("text/html, text/plain", "text/html", None),
        ("", None, None),
        ("html", None, None),
        ("; charset=utf-8", None, "utf-8"),
        ("text/html; charset=", "text/html", None),
    ],
)
def test_a_content_type_is_taken_apart(header: str, kind: str | None, encoding: str | None) -> None:
    """Type and charset in lower case; nonsense is nothing."""
    assert (media_type(header), charset(header)) == (kind, encoding)
