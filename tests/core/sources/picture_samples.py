"""Pictures with words in them."""

import io
import warnings

from PIL import Image, ImageDraw, ImageFont


def _can_read() -> bool:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            import rapidocr_onnxruntime  # noqa: F401
        except ImportError:  # its OpenCV needs libGL and glib, which a bare system lacks
            return False
    return True


CAN_READ = _can_read()
"""Whether the system has what reading pictures needs."""


def make_picture(*lines: str, gap: int = 0) -> bytes:
    """A PNG of black lines on white, as a screenshot has them; `gap`: pixels more between them."""
    picture = Image.new("RGB", (1100, 120 + (60 + gap) * len(lines)), "white")
    drawing, font = ImageDraw.Draw(picture), ImageFont.load_default(36)
    for number, line in enumerate(lines):
        drawing.text((40, 40 + (60 + gap) * number), line, fill="black", font=font)
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()
