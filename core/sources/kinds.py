"""What kind of thing some bytes are: by their first bytes, then the declared type, then the name.

The bytes come first because servers and people mislabel: a PDF is sent as
"application/octet-stream", a page as "text/plain", a Word file is called ".txt".
"""

import re
from dataclasses import dataclass
from typing import Literal

from core.domain import Resource
from core.sources.charset import decode

Kind = Literal["pdf", "html", "text", "picture", "other"]

SUPPORTED = "web pages (HTML), PDF, plain text and Markdown"


@dataclass(frozen=True, slots=True)
class Judged:
    """A kind and what it was found to be, in a word or two ("PNG image", "Word document")."""

    kind: Kind
    found: str


_PICTURES: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG\r\n\x1a\n", "PNG image"),
    (b"\xff\xd8\xff", "JPEG image"),
)
"""Those that people photograph or copy text with."""

_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"GIF87a", "GIF image"),
    (b"GIF89a", "GIF image"),
    (b"II*\0", "TIFF image"),
    (b"MM\0*", "TIFF image"),
    (b"\0\0\1\0", "icon"),
    (b"8BPS", "Photoshop file"),
    (b"ID3", "MP3 audio"),
    (b"OggS", "Ogg audio"),
    (b"fLaC", "FLAC audio"),
    (b"\x1aE\xdf\xa3", "Matroska or WebM video"),
    (b"7z\xbc\xaf\x27\x1c", "7-Zip archive"),
    (b"Rar!\x1a\x07", "RAR archive"),
    (b"\x1f\x8b", "gzip archive"),
    (b"BZh", "bzip2 archive"),
    (b"\xfd7zXZ\0", "xz archive"),
    (b"\x28\xb5\x2f\xfd", "Zstandard archive"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Word, Excel or PowerPoint document (97-2003)"),
    (b"{\\rtf", "RTF document"),
    (b"%!PS", "PostScript document"),
    (b"SQLite format 3\0", "SQLite database"),
    (b"\x7fELF", "program"),
    (b"MZ\x90\0", "program"),
    (b"wOFF", "font"),
    (b"wOF2", "font"),
)

# names of a ZIP's first members, which tell what it is the package of
_PACKAGES: tuple[tuple[bytes, str], ...] = (
    (b"word/", "Word document"),
    (b"xl/", "Excel workbook"),
    (b"ppt/", "PowerPoint presentation"),
    (b"application/epub+zip", "EPUB book"),
    (b"application/vnd.oasis.opendocument", "OpenDocument file"),
    (b"AndroidManifest.xml", "Android package"),
)

_HTML_START = re.compile(
    r"<(?:!doctype\s+html|html|head|body|title|meta|script|style|link|table|div|article"
    r"|section|main|h1|p)\b",
    re.IGNORECASE,
)
_SURE_HTML_START = re.compile(r"<(?:!doctype\s+html|html|head|body|title)\b", re.IGNORECASE)
_FEED_START = re.compile(
    r"<(rss|feed|rdf:RDF|urlset|sitemapindex|svg|opml|(?:\w+:)?\w+\s+xmlns)\b", re.IGNORECASE
)
_BEFORE = (("<!--", "-->"), ("<?", "?>"))
"""Comments and declarations, which may stand before the first tag."""

_HTML_TYPES = frozenset({"text/html", "application/xhtml+xml", "application/vnd.wap.xhtml+xml"})
_HTML_ENDINGS = (".html", ".htm", ".xhtml", ".shtml")
_TEXT_ENDINGS = (".txt", ".text", ".md", ".markdown", ".mkd", ".rst", ".log")
_VAGUE_TYPES = frozenset(
    {"application/octet-stream", "binary/octet-stream", "application/download", "*/*"}
)


def judge(resource: Resource) -> Judged:
    """Say what a resource is; never fails, "other" is an answer."""
    data, name = resource.data, (resource.file_name or "").lower()
    if (by_bytes := _by_first_bytes(data)) is not None:
        return by_bytes
    if _is_binary(data):
        found = resource.media_type if _is_telling(resource.media_type) else _ending(name)
        if found == "application/pdf" or found == ".pdf":
            return Judged("pdf", "PDF")  # broken, and its reader says so
        return Judged("other", found or "binary file")

    beginning = decode(data[:2048], declared=resource.charset).text.lstrip("\ufeff")
    beginning = _from_first_tag(beginning)
    if _SURE_HTML_START.match(beginning):
        return Judged("html", "web page")
    if (xml := _FEED_START.match(beginning)) is not None and resource.media_type not in _HTML_TYPES:
        return Judged("other", "SVG image" if xml[1].lower() == "svg" else "XML file or feed")
    return _by_declaration(resource, name, beginning)


def _from_first_tag(text: str) -> str:
    """The text without space, comments and declarations at its beginning.

    By hand, since CPython 3.11's possessive quantifiers were seen to miss a match now and then.
    """
    at = 0
    while True:
        while at < len(text) and text[at].isspace():
            at += 1
        end = next((end for begin, end in _BEFORE if text.startswith(begin, at)), None)
        closed = text.find(end, at) if end else -1
        if end is None or closed < 0:
            return text[at:]
        at = closed + len(end)


def _by_first_bytes(data: bytes) -> Judged | None:
    """Kinds with a signature. PDF allows rubbish before its own (ISO 32000-1, annex H.3.4.1)."""
    if b"%PDF-" in data[:1024]:
        return Judged("pdf", "PDF")
    if data.startswith(b"PK\x03\x04"):
        names = data[:4096]
        return Judged(
            "other", next((kind for mark, kind in _PACKAGES if mark in names), "ZIP archive")
        )
    if data[:4] == b"RIFF" and len(data) > 12:
        form = data[8:12]
        if form == b"WEBP":
            return Judged("picture", "WebP image")
        return Judged("other", "WAV audio" if form == b"WAVE" else "RIFF file")
    if data[4:8] == b"ftyp":
        image = data[8:12] in (b"avif", b"heic", b"heix", b"mif1")
        return Judged("other", "AVIF or HEIC image" if image else "MP4 audio or video")
    if data[:2] in (b"\xff\xfb", b"\xff\xf3", b"\xff\xf2"):
        return Judged("other", "MP3 audio")
    for signature, found in _PICTURES:
        if data.startswith(signature):
            return Judged("picture", found)
    for signature, found in _SIGNATURES:
        if data.startswith(signature):
            return Judged("other", found)
    return None


def _by_declaration(resource: Resource, name: str, beginning: str) -> Judged:
    """Some text: what it was declared as, then what it is called, then what it looks like."""
    media_type = resource.media_type
    if media_type in _HTML_TYPES:
        return Judged("html", "web page")
    if media_type == "application/pdf" or (not _is_telling(media_type) and name.endswith(".pdf")):
        return Judged("pdf", "PDF")
    if name.endswith(_TEXT_ENDINGS):
        return Judged("text", "text")
    if name.endswith(_HTML_ENDINGS):
        return Judged("html", "web page")
    if beginning.startswith("MIME-Version:") or name.endswith((".mht", ".mhtml", ".eml")):
        return Judged("other", "MHTML archive or mail")
    if _is_telling(media_type):
        if media_type in ("text/plain", "text/markdown", "text/x-markdown"):
            return Judged("text", "text")
        return Judged("other", media_type or "")
    if _HTML_START.match(beginning):
        return Judged("html", "web page")
    if name and (ending := _ending(name)) and resource.url is None:
        return Judged("other", ending)
    return Judged("text", "text")


def _is_telling(media_type: str | None) -> bool:
    return media_type is not None and media_type not in _VAGUE_TYPES


def _is_binary(data: bytes) -> bool:
    """Whether the beginning holds what no text in any character set holds."""
    sample = data[:2048]
    if sample.startswith((b"\xff\xfe", b"\xfe\xff", b"\0\0\xfe\xff")):
        return False
    controls = sum(1 for byte in sample if byte < 0x20 and byte not in b"\t\n\v\f\r\x1b\x1a")
    if not controls:
        return False
    if decode(data[: len(sample) // 4 * 4]).codec.startswith("utf-") and b"\0" in sample:
        return decode(sample[: len(sample) // 4 * 4]).codec == "utf-8"
    return controls > 1 + len(sample) // 200 or b"\0" in sample


def _ending(name: str) -> str | None:
    """ ".docx" of "report.docx"."""
    stem, dot, ending = name.rpartition(".")
    return f".{ending}" if dot and stem and ending.isalnum() and len(ending) <= 8 else None
