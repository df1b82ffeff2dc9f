"""Pictures: the words that can be read in them. Optional: the extra `ocr`, and a setting.

RapidOCR (PP-OCRv4 on ONNX Runtime, its weights in the package) finds lines of text, in Chinese and
Latin script; here they become paragraphs. It needs some hundred MB of memory while it works, which
is why it has a child process with a limit of its own (`core.sources.Reader`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from core.domain import Resource
from core.errors import ModelUnavailable, NotAnArticle, TooLarge, Unreadable
from core.sources.reading import Extracted, ReadLimits

LEAST_SURE = 0.5
"""A line that is read with less is left out: RapidOCR's own default."""

NEW_PARAGRAPH = 0.9
"""A gap between lines of more than so many of their heights begins a paragraph. A judgement: lines
of one paragraph stand 0.2 to 0.6 apart in print."""


@dataclass(frozen=True, slots=True)
class Read:
    """A line of text: its upper and lower edge in pixels, its left edge, and what it says."""

    top: float
    bottom: float
    left: float
    text: str


def extract(resource: Resource, limits: ReadLimits) -> Extracted:
    """Read the words of a picture.

    Raises:
        ModelUnavailable: the extra `ocr` is not installed.
        TooLarge: more bytes than the limits allow, or more points than can be unpacked.
        Unreadable: not a picture that can be opened.
        NotAnArticle: there are no words in it ("no-text").
    """
    where = resource.url or resource.file_name or "the picture"
    if len(resource.data) > limits.max_picture_bytes:
        raise TooLarge(
            f"{where} has more than {limits.max_picture_bytes} bytes. Send the text instead.",
            what="bytes",
            limit=limits.max_picture_bytes,
        )
    _check(resource.data, limits, where)
    found, _ = _engine()(resource.data)
    lines = [_read(box, text) for box, text, sure in found or () if float(sure) >= LEAST_SURE]
    if not lines:
        raise NotAnArticle(
            f"No text was found in {where}. Send the text instead.", reason="no-text"
        )
    return Extracted("\n".join(paragraphs(lines)))


def paragraphs(lines: Sequence[Read]) -> list[str]:
    """Lines from top to bottom become paragraphs; Chinese is joined without a space."""
    joined: list[str] = []
    before: Read | None = None
    for line in sorted(lines, key=lambda each: (each.top, each.left)):
        height = line.bottom - line.top
        if before is None or line.top - before.bottom > NEW_PARAGRAPH * height:
            joined.append(line.text)
        else:
            gap = " " if joined[-1][-1:].isascii() and line.text[:1].isascii() else ""
            joined[-1] += gap + line.text
        before = line
    return joined


def _read(box: Sequence[Sequence[float]], text: str) -> Read:
    heights = [float(y) for _, y in box]
    return Read(min(heights), max(heights), min(float(x) for x, _ in box), text.strip())


def _check(data: bytes, limits: ReadLimits, where: str) -> None:
    """Whether it is a picture of a size that can be unpacked; its head says so."""
    import io

    try:
        from PIL import Image, UnidentifiedImageError
    except ImportError as error:
        raise _missing(error) from error
    try:
        with Image.open(io.BytesIO(data)) as picture:
            width, height = picture.size
            if width * height > limits.max_picture_points:
                raise TooLarge(
                    f"{where} has {width} times {height} points; the limit is "
                    f"{limits.max_picture_points}. Send the text instead.",
                    what="points",
                    limit=limits.max_picture_points,
                )
            picture.verify()
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise Unreadable(
            f"{where} is broken or no picture. Send the text instead.", reason="broken"
        ) from error


@cache
def _engine() -> Any:
    try:
        from rapidocr_onnxruntime import RapidOCR
    except ImportError as error:
        raise _missing(error) from error
    return RapidOCR()


def _missing(error: ImportError) -> ModelUnavailable:
    return ModelUnavailable(
        f'Reading pictures needs the extra "ocr" ({error}): pip install ".[ocr]" in the program\'s '
        "folder (on a bare Linux also the system's libGL and glib), or set ocr = false.",
        model="ocr",
    )
