"""PDF files: the text layer, put together into paragraphs, with what the file says about itself.

pdfium gives each character with its place; `core.sources.lines` makes paragraphs of them. There is
no recognition of scanned pages: a file without a text layer is said to be one. What producers write
into the title field is mostly rubbish ("Microsoft Word - final2.doc"), so it is believed only when
it looks like a title; else the largest line at the top of the first page is taken.
"""

import re
from datetime import date
from typing import TYPE_CHECKING

from core.domain import Resource
from core.errors import TooLarge, Unreadable
from core.sources.lines import Line, join, paragraphs
from core.sources.reading import Extracted, ReadLimits, check_length, check_size
from core.sources.tidy import clean_line, weight

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfPage

_LEAST_PER_PAGE = 3
"""Weight of text per page below which there is no text layer: scanners print a name or a number."""

_RUBBISH_TITLE = re.compile(
    r"(?:microsoft\s+(?:word|powerpoint|excel)|powerpoint\s|untitled|無標題|未命名"
    r"|无标题|document\d*$|slide\s?\d+$"
    r"|投影片\s?\d|簡報標題|print(?:ing)?\b|scan|img|cover|封面$|layout|版面|title$|\W*$|\d+$)"
    r"|.*\.(?:docx?|pdf|indd|pptx?|xlsx?|odt|pages|qxd|ai|tmp|html?)\W*$",
    re.IGNORECASE,
)
_RUBBISH_AUTHOR = re.compile(
    r"(?:user|owner|admin|administrator|root|guest|pc|asus|acer|hp|dell|lenovo"
    r"|microsoft|windows|office|unknown|none"
    r"|anonymous|使用者|作者|用户|user\d*|\W*|\d+)\W*$|.*(?:使用者|windows user|microsoft office)",
    re.IGNORECASE,
)
_PDF_DATE = re.compile(r"(?:D:)?(\d{4})(\d{2})(\d{2})")

_PASSWORD = 4  # FPDF_ERR_PASSWORD (fpdfview.h)
_SECURITY = 5  # FPDF_ERR_SECURITY: an encryption that pdfium does not know

_HYPHENS = frozenset({0x02, 0xFFFE, 0xAD})
"""What pdfium puts for the hyphen of a word divided at a line's end (cpdf_textpage.cpp), and the
soft one."""


def extract(resource: Resource, limits: ReadLimits) -> Extracted:
    """Read a PDF's text layer.

    Raises:
        TooLarge: more bytes, pages or characters than the limits allow.
        Unreadable: fact `reason` is "encrypted", "broken" or "no-text-layer".
    """
    check_size(resource, limits.max_pdf_bytes)
    where = resource.url or resource.file_name or "The PDF"
    document = _open(resource.data, where)
    try:
        count = len(document)
        if count > limits.max_pages:
            raise TooLarge(
                f"{where} has {count} pages; the limit is {limits.max_pages}. Send a part of it.",
                what="pages",
                size=count,
                limit=limits.max_pages,
            )
        pages = [_lines_of(document, number) for number in range(count)]
        text = "\n".join(paragraphs(pages))
        check_length(text, limits)
        if weight(text) < _LEAST_PER_PAGE * count or _is_garbled(text):
            raise Unreadable(
                f"{where} has no text layer: its {count} pages are pictures, or their "
                f"letters cannot be told. "
                "Send the text instead.",
                reason="no-text-layer",
                pages=count,
            )
        said: dict[str, str] = document.get_metadata_dict()
    finally:
        document.close()
    return Extracted(
        text=text,
        title=_title(said.get("Title")) or _largest_line(pages) or None,
        author=_author(said.get("Author")),
        published_on=_day(said.get("CreationDate")),
    )


def _open(data: bytes, where: str) -> "PdfDocument":
    """Open a document that needs no password."""
    from pypdfium2 import PdfDocument, PdfiumError

    try:
        return PdfDocument(data)
    except PdfiumError as error:
        if error.err_code in (_PASSWORD, _SECURITY):
            raise Unreadable(
                f"{where} is encrypted with a password. Send it without one, or send the text.",
                reason="encrypted",
            ) from error
        raise Unreadable(
            f"{where} is broken: no PDF reader can open it. Send it again.", reason="broken"
        ) from error


def _lines_of(document: "PdfDocument", number: int) -> list[Line]:
    """A page's lines in the order in which the file draws them; none for a page that is broken."""
    from pypdfium2 import PdfiumError

    try:
        page = document[number]
    except PdfiumError:
        return []
    try:
        return _lines(page)
    except PdfiumError:
        return []
    finally:
        page.close()


def _lines(page: "PdfPage") -> list[Line]:
    """Characters gathered up to each line break that pdfium saw in the layout."""
    from pypdfium2 import raw

    text_page = page.get_textpage()
    try:
        lines: list[Line] = []
        codes: list[int] = []
        drawn: list[int] = []  # indexes of characters with a place on the page
        for index in range(text_page.count_chars()):
            code = raw.FPDFText_GetUnicode(text_page, index)
            if code in (0x0A, 0x0D):
                _add_line(lines, codes, drawn, text_page)
                codes, drawn = [], []
                continue
            codes.append(0xAD if code in _HYPHENS else code)
            if code > 0x20 and raw.FPDFText_IsGenerated(text_page, index) != 1:
                drawn.append(index)
        _add_line(lines, codes, drawn, text_page)
        return lines
    finally:
        text_page.close()


def _add_line(lines: list[Line], codes: list[int], drawn: list[int], text_page: object) -> None:
    """Make a line of what was gathered, if there is anything to see in it."""
    from pypdfium2 import PdfTextPage, raw

    assert isinstance(text_page, PdfTextPage)
    text = _text(codes)
    if not text or not drawn:
        return
    left, bottom, _, _ = text_page.get_charbox(drawn[0], loose=True)
    _, _, right, _ = text_page.get_charbox(drawn[-1], loose=True)
    size = raw.FPDFText_GetFontSize(text_page, drawn[0]) * _scale(text_page, drawn[0])
    lines.append(Line(text, left=left, right=right, bottom=bottom, size=size or 1.0))


def _scale(text_page: object, index: int) -> float:
    """How much a character is scaled in height; many files set size 1 and scale it."""
    import ctypes

    from pypdfium2 import raw

    matrix = raw.FS_MATRIX()
    if not raw.FPDFText_GetMatrix(text_page, index, ctypes.byref(matrix)):
        return 1.0
    return float((matrix.b**2 + matrix.d**2) ** 0.5) or 1.0


def _text(codes: list[int]) -> str:
    """Text of code points, in which surrogates may come in pairs; trimmed, inner spaces single."""
    text = "".join(chr(code) for code in codes if code <= 0x10FFFF)
    text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "ignore")
    return " ".join(text.split())


def _is_garbled(text: str) -> bool:
    """Whether most letters come from a font that does not say what they are."""
    lost = sum(
        1 for character in text if "\ue000" <= character <= "\uf8ff" or character in "\ufffd\0"
    )
    return lost > len(text) / 3


def _title(said: str | None) -> str | None:
    """The title field, where it looks like a title."""
    title = clean_line(said)
    if title is None or _RUBBISH_TITLE.match(title) or "\ufffd" in title or weight(title) < 2:
        return None
    return title if len(title) <= 300 else None


def _largest_line(pages: list[list[Line]]) -> str:
    """The largest line among the first ones of the first page with any, with its continuation."""
    first = next((page for page in pages if page), [])[:12]
    worth = [line for line in first if 2 <= weight(line.text) <= 80]
    if not worth:
        return ""
    largest = max(line.size for line in worth)
    start = next(
        number for number, line in enumerate(first) if line in worth and line.size >= 0.97 * largest
    )
    title = first[start].text
    for line in first[start + 1 : start + 3]:
        is_one_size = abs(line.size - largest) <= 0.03 * largest
        # all of one size: only the first line is a title, and only if it is no sentence
        if not is_one_size or largest < 1.15 * min(other.size for other in first):
            break
        title = join(title, line.text)
    title = title.replace("\u00ad", "")
    return title if weight(title) <= 80 else ""


def _author(said: str | None) -> str | None:
    """The author field, where it is more than the name of an account."""
    author = clean_line(said)
    if author is None or _RUBBISH_AUTHOR.match(author) or len(author) > 200 or "\ufffd" in author:
        return None
    return author


def _day(said: str | None) -> date | None:
    """The day on which the file was made, in its maker's time zone (ISO 32000-1, 7.9.4)."""
    match = _PDF_DATE.match(said or "")
    if match is None:
        return None
    try:
        day = date(*(int(part) for part in match.groups()))
    except ValueError:
        return None
    return day if day.year >= 1985 else None
