"""Writes small PDF files by hand: pages of lines at given places, with or without a text layer."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Set:
    """A line as typesetters have it: text, place of its foot in points, size. Chinese works too."""

    text: str
    x: float = 72
    y: float = 700
    size: float = 12


def paragraph(
    lines: Sequence[str], *, y: float = 700, x: float = 72, size: float = 12
) -> list[Set]:
    """Lines below each other at the usual distance."""
    return [Set(line, x, y - 1.3 * size * number, size) for number, line in enumerate(lines)]


def make_pdf(
    pages: Sequence[Sequence[Set]], *, info: dict[str, str] | None = None, encrypt: bool = False
) -> bytes:
    """A PDF 1.5 file. Its two fonts are not embedded: Helvetica, and a Chinese one in UTF-16.

    With `encrypt`, it claims a password that nobody knows (the standard security handler, revision
    2, with check values that no password gives).
    """
    objects: list[bytes] = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"",  # the page tree, below
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        (
            b"<< /Type /Font /Subtype /Type0 /BaseFont /MingLiU /Encoding /UniCNS-UTF16-H "
            b"/DescendantFonts [5 0 R] >>"
        ),
        (
            b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /MingLiU "
            b"/CIDSystemInfo << /Registry (Adobe) /Ordering (CNS1) /Supplement 4 "
            b">> /DW 1000 /FontDescriptor 6 0 R >>"
        ),
        (
            b"<< /Type /FontDescriptor /FontName /MingLiU /Flags 4 /FontBBox [0 "
            b"-200 1000 900] /ItalicAngle 0 "
            b"/Ascent 800 /Descent -200 /CapHeight 800 /StemV 80 >>"
        ),
    ]
    numbers = []
    for lines in pages:
        stream = b"\n".join(_draw(line) for line in lines)
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R "
            b"/Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> >>" % len(objects)
        )
        numbers.append(len(objects))
    kids = b" ".join(b"%d 0 R" % number for number in numbers)
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, len(pages))
    trailer = b"/Size %d /Root 1 0 R" % (len(objects) + 1)
    if info:
        fields = b" ".join(
            b"/%s %s" % (key.encode(), _string(value)) for key, value in info.items()
        )
        objects.append(b"<< %s >>" % fields)
        trailer = b"/Size %d /Root 1 0 R /Info %d 0 R" % (len(objects) + 1, len(objects))
    if encrypt:
        objects.append(
            b"<< /Filter /Standard /V 1 /R 2 /Length 40 /P -4 /O <%s> /U <%s> >>"
            % (b"5a" * 32, b"a5" * 32)
        )
        trailer += b" /Encrypt %d 0 R /ID [<%s> <%s>]" % (len(objects), b"0f" * 16, b"0f" * 16)
    return _file(objects, trailer)


def _draw(line: Set) -> bytes:
    if line.text.isascii():
        escaped = line.text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
        font, shown = b"/F1", b"(%s)" % escaped.encode()
    else:
        font, shown = b"/F2", b"<%s>" % line.text.encode("utf-16-be").hex().encode()
    return b"BT %s %g Tf %g %g Td %s Tj ET" % (font, line.size, line.x, line.y, shown)


def _string(value: str) -> bytes:
    return b"<%s>" % (b"\xfe\xff" + value.encode("utf-16-be")).hex().encode()


def _file(objects: Sequence[bytes], trailer: bytes) -> bytes:
    body = bytearray(b"%PDF-1.5\n%\xe2\xe3\xcf\xd3\n")
    offsets = []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(body)
    body += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    body += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    body += b"trailer\n<< %s >>\nstartxref\n%d\n%%%%EOF\n" % (trailer, start)
    return bytes(body)
