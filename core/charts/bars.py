"""Things side by side: a bar each, with its figures in words, and a mark to hold it against.

A digest has a bar for each label and a mark for the usual number, so that a long bar can be told
from one that is always long; sources and gaps are drawn the same way.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.charts.house import (
    BLUE,
    FAINT,
    GRID,
    INK,
    PAPER,
    SMALL,
    TEXT,
    TITLE,
    VERMILION,
    WIDTH,
    Cell,
    Chart,
    csv_of,
    drawable,
    png_of,
    sheet,
    shortened,
    shortened_path,
    wide,
)

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_LEFT, _RIGHT, _HEAD, _ROW, _FOOT = 0.3, 1.5, 1.05, 0.66, 0.15
_TITLE_COLUMNS, _NAME_COLUMNS, _NOTE_COLUMNS = 42, 54, 64


@dataclass(frozen=True, slots=True)
class Bar:
    """What it is called, how much it is, where its mark is (0: it has none), and its figures in
    words. `is_rest`: it stands for many that are small; value None: there is no number for it, and
    its bar has the whole length. Both have stripes."""

    name: str
    value: float | None
    mark: float
    told: str
    is_rest: bool = False


@dataclass(frozen=True, slots=True)
class View:
    """What is drawn, in the reader's words.

    Attributes:
        title, subtitle: on top; bars: from top to bottom, one at least.
        alt: the picture in words.
        columns, rows: the data.
    """

    title: str
    subtitle: str
    bars: tuple[Bar, ...]
    alt: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def draw(view: View) -> Chart:
    """Draw bars."""
    height = _HEAD + len(view.bars) * _ROW + _FOOT
    widest = max(wide(drawable(bar.told)) for bar in view.bars) * SMALL / 2 / 72
    right = max(_RIGHT, widest + 0.3)
    most = max(max(bar.value or 0, bar.mark) for bar in view.bars) or 1
    with sheet(height) as figure:
        title = shortened(view.title, _TITLE_COLUMNS)
        _write(figure, height - 0.45, title, height, size=TITLE)
        said = shortened(view.subtitle, _NOTE_COLUMNS)
        _write(figure, height - 0.78, said, height, size=SMALL, color=FAINT)
        for place, bar in enumerate(view.bars):
            _bar(figure, bar, most, height - _HEAD - (place + 1) * _ROW, height, right)
        png = png_of(figure)
    return Chart(view.title, png, view.alt, csv_of(view.columns, view.rows))


def _bar(
    figure: "Figure", bar: Bar, most: float, bottom: float, height: float, right: float
) -> None:
    name = shortened_path(bar.name, _NAME_COLUMNS)
    _write(figure, bottom + 0.38, name, height, size=TEXT)
    room = WIDTH - _LEFT - right
    axes = figure.add_axes((_LEFT / WIDTH, (bottom + 0.1) / height, room / WIDTH, 0.18 / height))
    axes.barh([0], [most], height=0.08, color=GRID)
    if bar.value is None:
        axes.barh([0], [most], height=1, facecolor=PAPER, edgecolor=FAINT, hatch="/////")
    elif bar.is_rest:
        axes.barh([0], [bar.value], height=1, facecolor=PAPER, edgecolor=BLUE, hatch="/////")
    else:
        axes.barh([0], [bar.value], height=1, color=BLUE)
    if bar.mark:
        axes.plot([bar.mark] * 2, [-0.8, 0.65], color=VERMILION, linewidth=2.4, clip_on=False)
    axes.set(xlim=(0, most), ylim=(-0.5, 0.5), xticks=[], yticks=[])
    axes.spines["bottom"].set_visible(False)
    figure.text(
        (WIDTH - right + 0.1) / WIDTH, (bottom + 0.14) / height, drawable(bar.told),
        fontsize=SMALL, color=INK,
    )  # fmt: skip


def _write(
    figure: "Figure", y: float, words: str, height: float, *, size: float, color: str = INK
) -> None:
    figure.text(_LEFT / WIDTH, y / height, words, fontsize=size, color=color)
