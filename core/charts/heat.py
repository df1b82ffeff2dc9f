"""Two kinds of labels by one another: a field for each pair, with its number in it.

The darker, the more; the number says it, too, and a pair that is nowhere is an empty field with a
dot. Names of columns stand above them, Chinese ones letter below letter, others turned, as no phone
is wide enough for eight of them.
"""

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.charts.house import (
    BLUE,
    EDGE,
    FAINT,
    INK,
    PAPER,
    SMALL,
    TEXT,
    TITLE,
    WIDTH,
    Cell,
    Chart,
    csv_of,
    lines_of,
    png_of,
    sheet,
    shortened,
    wide,
)

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_LEFT, _RIGHT, _NAMES = 0.3, 0.3, 1.75
_ROW, _END, _LINE = 0.42, 0.2, 0.26
_LETTER = 0.077  # inches of a column of small letters, with the room between them
_TITLE_COLUMNS, _NOTE_COLUMNS, _ROW_COLUMNS, _COLUMN_COLUMNS = 40, 64, 20, 18


@dataclass(frozen=True, slots=True)
class View:
    """What is drawn, in the reader's words.

    Attributes:
        title, subtitle: on top.
        row_names, column_names: m and n names, one of each at least.
        cells: m rows of n numbers.
        alt: the picture in words.
        columns, rows: the data.
    """

    title: str
    subtitle: str
    row_names: tuple[str, ...]
    column_names: tuple[str, ...]
    cells: tuple[tuple[int, ...], ...]
    alt: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def draw(view: View) -> Chart:
    """Draw a heat map."""
    subtitle = lines_of(view.subtitle, _NOTE_COLUMNS, most=3)
    across = [lines_of(each, _COLUMN_COLUMNS, most=2) for each in view.column_names]
    longest = max(wide(line) for name in across for line in name)
    head = 0.6 + _LINE * len(subtitle) + 0.2 + longest * _LETTER
    height = head + _ROW * len(view.row_names) + _END
    with sheet(height) as figure:
        title = shortened(view.title, _TITLE_COLUMNS)
        figure.text(_LEFT / WIDTH, 1 - 0.45 / height, title, fontsize=TITLE)
        for place, line in enumerate(subtitle):
            y = 1 - (0.76 + place * _LINE) / height
            figure.text(_LEFT / WIDTH, y, line, fontsize=SMALL, color=FAINT)
        _fields(figure, view, across, height, head)
        png = png_of(figure)
    return Chart(view.title, png, view.alt, csv_of(view.columns, view.rows))


def _fields(
    figure: "Figure", view: View, names: list[list[str]], height: float, head: float
) -> None:
    from matplotlib.colors import LinearSegmentedColormap, to_rgb

    shades = LinearSegmentedColormap.from_list("shades", [PAPER, BLUE])
    # few columns do not become walls
    pitch = min((WIDTH - _LEFT - _NAMES - _RIGHT) / len(view.column_names), 0.9)
    most = max((max(row) for row in view.cells), default=0) or 1
    axes = figure.add_axes((
        (_LEFT + _NAMES) / WIDTH, _END / height,
        pitch * len(view.column_names) / WIDTH, _ROW * len(view.row_names) / height,
    ))  # fmt: skip
    axes.set(xlim=(0, len(view.column_names)), ylim=(len(view.row_names), 0), xticks=[], yticks=[])
    axes.spines["bottom"].set_visible(False)
    for down, row in enumerate(view.cells):
        y = (_END + _ROW * (len(view.cells) - down - 0.5)) / height
        name = lines_of(view.row_names[down], _ROW_COLUMNS, most=2)
        figure.text(
            (_LEFT + _NAMES - 0.12) / WIDTH, y, "\n".join(name),
            fontsize=SMALL, ha="right", va="center", linespacing=1.2,
        )  # fmt: skip
        for across, count in enumerate(row):
            # from a fifth on, so that one is not taken for none
            share = 0.2 + 0.8 * count / most if count else 0.0
            colour = shades(share) if count else PAPER
            axes.fill_between(
                [across + 0.03, across + 0.97], down + 0.04, down + 0.96,
                facecolor=colour, edgecolor=EDGE, linewidth=0.6,
            )  # fmt: skip
            light = sum(
                w * c for w, c in zip((0.2126, 0.7152, 0.0722), to_rgb(colour), strict=True)
            )
            axes.text(
                across + 0.5, down + 0.5, str(count) if count else "·",
                ha="center", va="center", fontsize=TEXT if count < 1000 else SMALL,
                color=(PAPER if light < 0.45 else INK) if count else FAINT,
            )  # fmt: skip
    are_upright = all(map(_is_upright, names))
    for across, name in enumerate(names):
        x = (_LEFT + _NAMES + pitch * (across + 0.5)) / WIDTH
        figure.text(
            x, 1 - (head - 0.08) / height, "\n".join(name[0] if are_upright else name),
            fontsize=SMALL, rotation=0 if are_upright else 90, ha="center", va="bottom",
            multialignment="center" if are_upright else "left", linespacing=1.05,
        )  # fmt: skip


def _is_upright(name: list[str]) -> bool:
    """Whether a name can be read from top to bottom: one line of Chinese letters alone."""
    return len(name) == 1 and all(unicodedata.category(letter) == "Lo" for letter in name[0])
