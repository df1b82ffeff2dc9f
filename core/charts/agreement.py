"""Agreement as a picture: alpha over time, a strip for each dimension, and what is disputed.

A strip a dimension instead of lines on top of each other: six of them cross, and their intervals
could not be seen. All strips have the same scale, with lines at the two thresholds.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from core.agreement import RELIABLE, TENTATIVE
from core.charts.house import (
    BLUE,
    FAINT,
    GRID,
    INK,
    MARKERS,
    SMALL,
    TEXT,
    TITLE,
    VERMILION,
    WIDTH,
    Cell,
    Chart,
    csv_of,
    drawable,
    halo,
    png_of,
    sheet,
    shortened,
    wide,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_LEFT, _RIGHT = 0.3, 0.75  # inches beside the strips: the right one bears the last figure
_HEAD, _NAME, _STRIP, _GAP, _FOOT = 1.4, 0.36, 0.72, 0.14, 0.4
_BARS_HEAD, _BAR, _END = 0.55, 0.8, 0.12
_MOST_TICKS = 6
_TITLE_COLUMNS, _NAME_COLUMNS, _NOTE_COLUMNS = 42, 54, 64
_DASHES = {RELIABLE: "-", TENTATIVE: (0, (4, 3))}


@dataclass(frozen=True, slots=True)
class Dot:
    """A figure at a time; `low`, `high`: its interval, if there is one."""

    at: date
    value: float
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Strip:
    """One dimension over time.

    Attributes:
        name: of the dimension.
        now: its figure over all time, in words.
        dots: by time; none at all: it cannot be told yet, and `now` says so.
    """

    name: str
    now: str
    dots: tuple[Dot, ...] = ()


@dataclass(frozen=True, slots=True)
class Bar:
    """Something disputed: what, on how many items, those in words, and an item for example."""

    name: str
    count: int
    counted: str
    example: str


@dataclass(frozen=True, slots=True)
class View:
    """What is drawn, in the reader's words.

    Attributes:
        title, subtitle: on top.
        strips: one for each dimension.
        by_month: each dot stands for a month; else for a week.
        reliable, tentative: what the two thresholds are called.
        bars_title: over the bars; bars: what is disputed, most first.
        alt: the picture in words.
        columns, rows: the data.
    """

    title: str
    subtitle: str
    strips: tuple[Strip, ...]
    by_month: bool
    reliable: str
    tentative: str
    bars_title: str
    bars: tuple[Bar, ...]
    alt: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...] = field(default=())


def draw(view: View) -> Chart:
    """Draw agreement over time, and what is disputed."""
    strips = sum(_tall(strip) for strip in view.strips)
    bars = _BARS_HEAD + len(view.bars) * _BAR + _END if view.bars else 0.0
    foot = _FOOT if any(strip.dots for strip in view.strips) else 0.0
    height = _HEAD + strips + foot + bars
    with sheet(height) as figure:
        _head(figure, view, height)
        top = height - _HEAD
        last = max((place for place, strip in enumerate(view.strips) if strip.dots), default=0)
        for place, strip in enumerate(view.strips):
            _strip(figure, view, strip, top, height, is_last=place == last)
            top -= _tall(strip) + (foot if place == last else 0.0)
        if view.bars:
            _bars(figure, view, top, height)
        png = png_of(figure)
    return Chart(view.title, png, view.alt, csv_of(view.columns, view.rows))


def _tall(strip: Strip) -> float:
    return _NAME + _GAP + (_STRIP if strip.dots else 0.0)


def _head(figure: "Figure", view: View, height: float) -> None:
    _write(figure, _LEFT, height - 0.42, shortened(view.title, _TITLE_COLUMNS), height, size=TITLE)
    said = shortened(view.subtitle, _NOTE_COLUMNS)
    _write(figure, _LEFT, height - 0.74, said, height, size=SMALL, color=FAINT)
    place = _LEFT
    for at, words in ((RELIABLE, view.reliable), (TENTATIVE, view.tentative)):
        axes = figure.add_axes((place / WIDTH, (height - 1.02) / height, 0.3 / WIDTH, 0.1 / height))
        axes.set_axis_off()
        axes.plot([0, 1], [0, 0], color=FAINT, linewidth=1.2, linestyle=_DASHES[at])
        _write(figure, place + 0.38, height - 1.02, words, height, size=SMALL, color=FAINT)
        place += (WIDTH - 2 * _LEFT) / 2


def _strip(
    figure: "Figure", view: View, strip: Strip, top: float, height: float, *, is_last: bool
) -> None:
    name = shortened(strip.name, _NAME_COLUMNS // 2)
    _write(figure, _LEFT, top - 0.24, name, height, size=TEXT)
    now = drawable(strip.now)
    _write(figure, WIDTH - 0.2, top - 0.24, now, height, size=SMALL, color=FAINT, ha="right")
    if not strip.dots:
        return
    axes = _axes(figure, top - _NAME - _STRIP, _STRIP, height)
    _scale(axes, view, is_last=is_last)
    days = [_number(dot.at) for dot in strip.dots]
    axes.plot(
        days, [dot.value for dot in strip.dots],
        color=BLUE, linewidth=1.8, marker=MARKERS[0], markersize=5, clip_on=False, zorder=3,
    )  # fmt: skip
    for day, dot in zip(days, strip.dots, strict=True):
        if dot.low is not None and dot.high is not None:
            axes.plot(
                [day, day], [dot.low, dot.high],
                color=BLUE, linewidth=4, alpha=0.25, solid_capstyle="butt", clip_on=False, zorder=2,
            )  # fmt: skip
    written = f"{strip.dots[-1].value:.2f}".replace("-", "−")
    axes.annotate(
        written, (days[-1], strip.dots[-1].value), path_effects=[halo()],
        xytext=(9, 0), textcoords="offset points", va="center", color=BLUE, fontsize=TEXT,
        annotation_clip=False,
    )  # fmt: skip


def _scale(axes: "Axes", view: View, *, is_last: bool) -> None:
    """The same days and figures for all strips."""
    dots = [dot for strip in view.strips for dot in strip.dots]
    days = sorted({_number(dot.at) for dot in dots})
    around = max(3.0, (days[-1] - days[0]) * 0.03)
    axes.set_xlim(days[0] - around, days[-1] + around)
    lowest = min([0.0, *(dot.value if dot.low is None else dot.low for dot in dots)])
    axes.set_ylim(max(-1.0, lowest), 1.0)
    axes.set_yticks([])
    for at, dashes in _DASHES.items():
        axes.axhline(at, color=GRID, linewidth=1.2, linestyle=dashes, zorder=1)
    if lowest < 0:
        axes.axhline(0, color=GRID, linewidth=0.8, linestyle=(0, (1, 3)), zorder=1)
    step = -(-len(days) // _MOST_TICKS)
    shown = days[::-1][::step][::-1] if is_last else []
    axes.set_xticks(shown, [_called(day, by_month=view.by_month) for day in shown])


def _bars(figure: "Figure", view: View, top: float, height: float) -> None:
    title = shortened(view.bars_title, _TITLE_COLUMNS)
    _write(figure, _LEFT, top - 0.3, title, height, size=TEXT + 1)
    room = WIDTH - _LEFT - _RIGHT
    widest = max(wide(drawable(bar.counted)) for bar in view.bars) * SMALL / 2 / 72
    # so that the words behind the longest bar end on the paper
    most = max(bar.count for bar in view.bars) * room / (room - max(0.0, widest + 0.25 - _RIGHT))
    for number, bar in enumerate(view.bars):
        base = top - _BARS_HEAD - (number + 1) * _BAR
        _write(figure, _LEFT, base + 0.56, shortened(bar.name, _NAME_COLUMNS), height, size=TEXT)
        axes = _axes(figure, base + 0.36, 0.13, height)
        axes.barh([0], [bar.count], height=1, color=VERMILION)
        axes.set(xlim=(0, most), ylim=(-0.5, 0.5), xticks=[], yticks=[])
        axes.spines["bottom"].set_visible(False)
        axes.annotate(
            drawable(bar.counted), (bar.count, 0),
            xytext=(5, 0), textcoords="offset points", va="center", fontsize=SMALL, color=INK,
            annotation_clip=False,
        )  # fmt: skip
        example = shortened(bar.example, _NOTE_COLUMNS)
        _write(figure, _LEFT, base + 0.12, example, height, size=SMALL, color=FAINT)


def _axes(figure: "Figure", bottom: float, tall: float, height: float) -> "Axes":
    across = (WIDTH - _LEFT - _RIGHT) / WIDTH
    return figure.add_axes((_LEFT / WIDTH, bottom / height, across, tall / height))


def _write(
    figure: "Figure", x: float, y: float, words: str, height: float, *,
    size: float, color: str = INK, ha: str = "left",
) -> None:  # fmt: skip
    figure.text(x / WIDTH, y / height, words, fontsize=size, color=color, ha=ha)


def _number(day: date) -> float:
    return float(day.toordinal())


def _called(day: float, *, by_month: bool) -> str:
    at = date.fromordinal(int(day))
    return f"{at:%Y-%m}" if by_month else f"{at.month}/{at.day}"
