"""What all pictures share: paper, colours, letters; and the words and data that go with each.

- **Paper** is warm white with a thin edge, so that it reads on light and on dark chats alike. It is
  as wide as a phone: 1080 pixels, on which the smallest letters are as large as a chat's own.
- **Colours** are those of Okabe and Ito 2008, "Color Universal Design", which people with any of
  the common kinds of colour vision tell apart; yellow is left out, as it vanishes on white. No
  colour means anything alone: form, place or words say the same.
- **Letters** are Noto Sans TC (SIL Open Font License), which comes as a package, as a fresh machine
  has no Chinese letters. What it lacks is written in Traditional characters where they mean the
  same; what cannot be drawn at all is "〓", as printers do, and emoji are left out.
- **Words**: each picture has alt text for who cannot see it, and its data as CSV.
"""

import csv
import io
import re
import threading
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from matplotlib.ft2font import FT2Font
    from matplotlib.patheffects import AbstractPathEffect

WIDTH = 5.4
"""Inches; all heights are in the same."""

DPI = 200
"""1080 pixels across; on a phone of 360 units the smallest letters are then nearly 10 of them."""

PAPER, EDGE, INK, FAINT, GRID = "#fbfaf6", "#d8d4c8", "#23211c", "#635f55", "#cdc7b6"

BLACK, ORANGE, SKY, GREEN, BLUE, VERMILION, PURPLE = (
    "#000000", "#e69f00", "#56b4e9", "#009e73", "#0072b2", "#d55e00", "#cc79a7",
)  # fmt: skip

COLOURS = (BLUE, VERMILION, GREEN, PURPLE, ORANGE, SKY, BLACK)
"""In the order of use: neighbours differ most."""

MARKERS = ("o", "s", "^", "D", "v", "P", "X")
"""The form that goes with each colour."""

TITLE, TEXT, SMALL = 16.0, 12.5, 10.5
"""Sizes of letters in points."""

MISSING = "〓"

_CUT, _BELOW = "…", " › "

# the font's own curly one is as wide as a Chinese character
_APOSTROPHE = re.compile(r"(?<=[A-Za-z])[’‘](?=[A-Za-z\s]|$)")

_MEASURED_PT = 100

Cell = str | int | float | None

# matplotlib's settings belong to the whole process
_drawing = threading.Lock()


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture, and the same in words and numbers.

    Attributes:
        title: what stands on top.
        png: the picture.
        alt: what it shows, for who cannot see it.
        csv: what was drawn; UTF-8 with a byte order mark, by which spreadsheets know it.
    """

    title: str
    png: bytes
    alt: str
    csv: bytes


@contextmanager
def sheet(height: float) -> "Iterator[Figure]":
    """A sheet of paper of the house's width to draw on; one at a time.

    Args:
        height: in inches.
    """
    import matplotlib
    from matplotlib.figure import Figure

    with _drawing, matplotlib.rc_context(_settings()):
        figure = Figure((WIDTH, height), dpi=DPI, facecolor=PAPER)
        figure.patch.set_edgecolor(EDGE)
        figure.patch.set_linewidth(2)
        yield figure


def halo() -> "AbstractPathEffect":
    """What keeps lines off the letters that stand on them."""
    from matplotlib.patheffects import withStroke

    return withStroke(linewidth=4, foreground=PAPER)


def png_of(figure: "Figure") -> bytes:
    """The picture as it stands; without the moment and program that drew it."""
    out = io.BytesIO()
    figure.savefig(out, format="png", metadata={"Software": None}, edgecolor=EDGE)
    return out.getvalue()


def csv_of(columns: Sequence[str], rows: Sequence[Sequence[Cell]]) -> bytes:
    """A table for spreadsheets. What would begin a formula there has a quote in front.

    Source: OWASP, "CSV Injection".
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([_cell(each) for each in row] for row in rows)
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def drawable(text: str) -> str:
    """Text in letters that there are."""
    text = _APOSTROPHE.sub("'", text)
    return "".join(_letter(each) for each in text if not _is_left_out(each)).strip()


def shortened(text: str, columns: float) -> str:
    """Text that can be drawn, cut to so many columns; see `wide`."""
    text = drawable(text)
    if wide(text) <= columns:
        return text
    used, kept = wide(_CUT), ""
    for each in text:
        used += _columns(each)
        if used > columns:
            break
        kept += each
    return kept.rstrip() + _CUT


def shortened_path(name: str, columns: int) -> str:
    """The name of a label with those above it, cut in front: the last part tells most.

    Args:
        name: such as "Labour › Migrant workers".
    """
    parts = drawable(name).split(_BELOW)
    for place in range(len(parts)):
        shown = _BELOW.join(([_CUT] if place else []) + parts[place:])
        if wide(shown) <= columns:
            return shown
    return shortened(_BELOW.join(([_CUT] if parts[1:] else []) + parts[-1:]), columns)


def wide(text: str) -> float:
    """How many columns text takes. A column is half the size of the letters: a Chinese character
    takes two, Latin letters on the average somewhat more than one."""
    return sum(map(_columns, text))


def lines_of(text: str, columns: int, *, most: int) -> list[str]:
    """Text that can be drawn, in lines of so many columns; what is more than `most` is cut.

    A line ends at a space, or between two letters where one of them is Chinese.
    """
    rest, found = drawable(text), list[str]()
    while rest and len(found) < most - 1 and wide(rest) > columns:
        used, end, at = 0.0, 0, 0
        for at, each in enumerate(rest):
            used += _columns(each)
            if used > columns:
                break
            after = rest[at + 1 : at + 2]
            may_end = each == " " or _is_chinese(each) or after == " " or _is_chinese(after)
            # no line begins with a sign that ends something
            if may_end and unicodedata.category(after)[0] != "P":
                end = at + 1
        end = end or at
        found.append(rest[:end].rstrip())
        rest = rest[end:].lstrip()
    if rest:
        found.append(shortened(rest, columns))
    return found


# ── letters ──────────────────────────────────────────────────────────────────────────────────────


@cache
def _settings() -> dict[Any, Any]:
    """How matplotlib draws in this house."""
    from matplotlib import font_manager

    font_manager.fontManager.addfont(_font_file())
    return {
        "font.family": ["Noto Sans TC"],
        "font.size": TEXT,
        "text.color": INK,
        "text.parse_math": False,  # a dollar in a title is a dollar
        "axes.unicode_minus": True,
        "axes.facecolor": PAPER,
        "axes.edgecolor": GRID,
        "axes.labelcolor": FAINT,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.spines.left": False,
        "xtick.color": FAINT,
        "ytick.color": FAINT,
        "xtick.labelsize": SMALL,
        "ytick.labelsize": SMALL,
        "xtick.major.size": 0,
        "ytick.major.size": 0,
        "savefig.facecolor": PAPER,
    }


def _font_file() -> Path:
    import pylopdf_fonts_zh_tw

    return pylopdf_fonts_zh_tw.sans_path()


@cache
def _letters() -> frozenset[int]:
    return frozenset(_measured().get_charmap())


def _is_left_out(letter: str) -> bool:
    """Whether a letter is an emoji, or joins or varies others; nothing is missed without it."""
    if ord(letter) in _letters():
        return False
    return unicodedata.category(letter) in ("So", "Sk", "Cf", "Cc", "Mn", "Me", "Co", "Cn", "Cs")


@cache
def _letter(letter: str) -> str:
    if ord(letter) in _letters():
        return letter
    for other in (unicodedata.normalize("NFKC", letter), _traditional(letter)):
        if other and all(ord(each) in _letters() for each in other):
            return other
    return MISSING


def _traditional(letter: str) -> str:
    from core.folding import to_traditional

    return to_traditional(letter)


@cache
def _columns(letter: str) -> float:
    """By the letter's own advance."""
    from matplotlib.ft2font import LoadFlags

    glyph = _measured().load_char(ord(letter), flags=LoadFlags.NO_HINTING)
    return round(glyph.linearHoriAdvance / 65536 / _MEASURED_PT * 2, 2)


@cache
def _measured() -> "FT2Font":
    from matplotlib.ft2font import FT2Font

    font = FT2Font(str(_font_file()))
    font.set_size(_MEASURED_PT, 72)
    return font


def _is_chinese(letter: str) -> bool:
    return unicodedata.east_asian_width(letter or " ") in "WF"


def _cell(value: Cell) -> Cell:
    return f"'{value}" if isinstance(value, str) and value[:1] in "=+-@\t\r" else value
