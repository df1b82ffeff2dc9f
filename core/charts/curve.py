"""A learning curve as a picture: how well ways of labelling do, from no example to many.

Numbers of examples stand at equal steps, as each is about twice the one before. Each way has a
colour, a form of dot and its name at the end of its line. A bar is the interval in which the dot
would lie for other texts of the kind; ways are moved aside a little, to tell bars apart.
"""

from dataclasses import dataclass
from math import ceil, floor
from typing import TYPE_CHECKING

from core.charts.house import (
    COLOURS,
    FAINT,
    GRID,
    INK,
    MARKERS,
    SMALL,
    TITLE,
    WIDTH,
    Cell,
    Chart,
    csv_of,
    drawable,
    png_of,
    sheet,
    shortened,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_LEFT, _RIGHT = 0.55, 1.65  # inches beside the curve: the right one bears the names
_HEAD, _PLOT, _FOOT = 0.95, 3.2, 0.75
_TITLE_COLUMNS, _NOTE_COLUMNS, _NAME_COLUMNS = 42, 62, 13.5
_ASIDE = 0.06  # of a step
_END = 0.45  # steps from the last number to the names
_MOST_STEPS = 6  # of ten per cent; more are drawn by twenty
_LEAST_APART = 0.23  # inches between names


@dataclass(frozen=True, slots=True)
class Dot:
    """A figure, 0 to 1, at a number of examples, with its interval."""

    shots: int
    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Line:
    """A way of labelling: its name, and its dots by number of examples, at least one."""

    name: str
    dots: tuple[Dot, ...]


@dataclass(frozen=True, slots=True)
class View:
    """What is drawn, in the reader's words.

    Attributes:
        title, subtitle: on top; across: what the numbers below are.
        lines: at least one.
        alt: the picture in words.
        columns, rows: the data.
    """

    title: str
    subtitle: str
    across: str
    lines: tuple[Line, ...]
    alt: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def draw(view: View) -> Chart:
    """Draw a learning curve."""
    height = _HEAD + _PLOT + _FOOT
    with sheet(height) as figure:
        title = shortened(view.title, _TITLE_COLUMNS)
        _write(figure, _LEFT - 0.25, height - 0.42, title, height, size=TITLE)
        said = shortened(view.subtitle, _NOTE_COLUMNS)
        _write(figure, _LEFT - 0.25, height - 0.74, said, height, size=SMALL, color=FAINT)
        wide = (WIDTH - _LEFT - _RIGHT) / WIDTH
        axes = figure.add_axes((_LEFT / WIDTH, _FOOT / height, wide, _PLOT / height))
        shots = sorted({dot.shots for line in view.lines for dot in line.dots})
        _scale(axes, view, shots)
        for number, line in enumerate(view.lines):
            aside = (number - (len(view.lines) - 1) / 2) * _ASIDE
            _line(axes, line, shots, number, aside)
        _names(axes, view, shots)
        across = drawable(view.across)
        middle = _LEFT + (WIDTH - _LEFT - _RIGHT) / 2
        _write(figure, middle, 0.24, across, height, size=SMALL, color=FAINT, ha="center")
        png = png_of(figure)
    return Chart(view.title, png, view.alt, csv_of(view.columns, view.rows))


def _scale(axes: "Axes", view: View, shots: list[int]) -> None:
    axes.set_xlim(-0.25, max(1, len(shots) - 1) + _END)
    bounds = [bound for line in view.lines for dot in line.dots for bound in (dot.low, dot.high)]
    low = max(0, min(9, floor(10 * min(bounds, default=0))))
    high = max(low + 1, min(10, ceil(10 * max(bounds, default=1))))
    axes.set_ylim(low / 10, high / 10)
    axes.set_xticks(range(len(shots)), [str(each) for each in shots])
    ticks = range(low, high + 1, 1 if high - low <= _MOST_STEPS else 2)
    axes.set_yticks(
        [tick / 10 for tick in ticks], [f"{tick}0%" if tick else "0%" for tick in ticks]
    )
    axes.grid(axis="y", color=GRID, linewidth=0.8)
    axes.set_axisbelow(True)


def _line(axes: "Axes", line: Line, shots: list[int], number: int, aside: float) -> None:
    colour, marker = COLOURS[number % len(COLOURS)], MARKERS[number % len(MARKERS)]
    places = [shots.index(dot.shots) + aside for dot in line.dots]
    axes.plot(
        places, [dot.value for dot in line.dots],
        color=colour, linewidth=1.8, marker=marker, markersize=6, clip_on=False, zorder=3,
    )  # fmt: skip
    for place, dot in zip(places, line.dots, strict=True):
        axes.plot(
            [place, place], [dot.low, dot.high],
            color=colour, linewidth=3, alpha=0.3, solid_capstyle="butt", zorder=2,
        )  # fmt: skip


def _names(axes: "Axes", view: View, shots: list[int]) -> None:
    """Each way's name and last figure beside its end, one below the other where ends are near."""
    low, high = axes.get_ylim()
    inch = (high - low) / _PLOT
    order = sorted(range(len(view.lines)), key=lambda at: view.lines[at].dots[-1].value)
    at_least = low
    for number in order:
        line = view.lines[number]
        last = line.dots[-1]
        height = max(last.value, at_least)
        at_least = height + _LEAST_APART * inch
        name = shortened(line.name, _NAME_COLUMNS)
        right = max(1, len(shots) - 1) + _END
        axes.plot(
            [right], [height], color=COLOURS[number % len(COLOURS)],
            marker=MARKERS[number % len(MARKERS)], markersize=6, clip_on=False,
        )  # fmt: skip
        axes.annotate(
            f"{name} {last.value:.0%}", (right, height),
            xytext=(8, 0), textcoords="offset points", va="center", fontsize=SMALL, color=INK,
            annotation_clip=False,
        )  # fmt: skip


def _write(
    figure: "Figure", x: float, y: float, words: str, height: float, *,
    size: float, color: str = INK, ha: str = "left",
) -> None:  # fmt: skip
    figure.text(x / WIDTH, y / height, words, fontsize=size, color=color, ha=ha)
