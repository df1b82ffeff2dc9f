"""Something over time: columns by day, week, month or year, a panel for each thing.

The lower, full part of a column is what people confirmed; the part with stripes is suggested. A
period that the span cuts short is paler, as it may not be held against the others. A period of
which nothing may be told is a field with a dotted edge, not an empty place. The highest column and
the last one bear their figures, so that no scale need be read.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from core.charts.house import (
    BLUE,
    FAINT,
    GRID,
    INK,
    PAPER,
    SKY,
    SMALL,
    TEXT,
    TITLE,
    WIDTH,
    Cell,
    Chart,
    csv_of,
    drawable,
    lines_of,
    png_of,
    sheet,
    shortened,
    wide,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_LEFT, _RIGHT = 0.35, 0.35
_KEY, _NAME, _PANEL, _TICKS, _END = 0.34, 0.72, 1.0, 0.42, 0.1
_TALL = 1.7  # a panel that is alone
_TITLE_COLUMNS, _NAME_COLUMNS, _NOTE_COLUMNS = 42, 54, 64
_LINE = 0.26
_MOST_TICKS = 6
_STRIPES = "/////"
_PALE = 0.45


@dataclass(frozen=True, slots=True)
class Column:
    """A period: how much, how much of that is certain; None: it may not be told. `is_cut`: there
    was, or will be, more of it."""

    start: date
    value: int | None
    certain: int | None = None
    is_cut: bool = False


@dataclass(frozen=True, slots=True)
class Panel:
    """One thing over time: what it is called, its figures in words, and its columns."""

    name: str
    told: str
    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class View:
    """What is drawn, in the reader's words.

    Attributes:
        title, subtitle: on top.
        ticks: what the periods are called, as many as each panel has columns.
        panels: from top to bottom, one at least, all with the same periods.
        certain, suggested, hidden, cut: what full, striped, dotted and pale columns are called; the
            key has those that are drawn.
        alt: the picture in words.
        columns, rows: the data.
    """

    title: str
    subtitle: str
    ticks: tuple[str, ...]
    panels: tuple[Panel, ...]
    alt: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    certain: str = ""
    suggested: str = ""
    hidden: str = ""
    cut: str = ""


def draw(view: View) -> Chart:
    """Draw columns."""
    subtitle = lines_of(view.subtitle, _NOTE_COLUMNS, most=3)
    keys = _keys(view)
    panel = _TALL if len(view.panels) == 1 else _PANEL
    head = 0.6 + _LINE * len(subtitle) + _KEY * -(-len(keys) // 2)
    height = head + len(view.panels) * (_NAME + panel) + _TICKS + _END
    with sheet(height) as figure:
        title = shortened(view.title, _TITLE_COLUMNS)
        _write(figure, _LEFT, height - 0.45, title, height, size=TITLE)
        for place, line in enumerate(subtitle):
            y = height - 0.76 - place * _LINE
            _write(figure, _LEFT, y, line, height, size=SMALL, color=FAINT)
        if keys:
            _key(figure, keys, height - 0.82 - _LINE * len(subtitle), height)
        top = height - head
        for place, each in enumerate(view.panels):
            is_last = place == len(view.panels) - 1
            _write(
                figure, _LEFT, top - 0.32, shortened(each.name, _NAME_COLUMNS), height, size=TEXT
            )
            said = shortened(each.told, _NOTE_COLUMNS)
            _write(figure, _LEFT, top - 0.54, said, height, size=SMALL, color=FAINT)
            axes = figure.add_axes((
                _LEFT / WIDTH, (top - _NAME - panel) / height,
                (WIDTH - _LEFT - _RIGHT) / WIDTH, panel * 0.82 / height,
            ))  # fmt: skip
            _panel(axes, each, view.ticks if is_last else ())
            top -= _NAME + panel
        png = png_of(figure)
    return Chart(view.title, png, view.alt, csv_of(view.columns, view.rows))


def _panel(axes: "Axes", panel: Panel, ticks: Sequence[str]) -> None:
    columns = panel.columns
    most = max((each.value or 0 for each in columns), default=0)
    height = max(most, 1)
    hidden = [place for place, each in enumerate(columns) if each.value is None]
    certain = {
        place: each.value if each.certain is None else each.certain
        for place, each in enumerate(columns)
        if each.value
    }
    suggested = {
        place: value - certain[place]
        for place, each in enumerate(columns)
        if (value := each.value) and value > certain[place]
    }
    full = axes.bar(list(certain), list(certain.values()), width=0.8, color=BLUE)
    striped = axes.bar(
        list(suggested), list(suggested.values()), width=0.8,
        bottom=[certain[place] for place in suggested], facecolor=SKY, edgecolor=BLUE,
        linewidth=0.6, hatch=_STRIPES,
    )  # fmt: skip
    for bars, places in ((full, certain), (striped, suggested)):
        for bar, place in zip(bars, places, strict=True):
            bar.set_alpha(_PALE if columns[place].is_cut else None)
    axes.bar(
        hidden, height, width=0.8, facecolor=PAPER, edgecolor=FAINT, linewidth=0.8,
        linestyle=(0, (1, 2)),
    )  # fmt: skip
    for place in _labelled([each.value for each in columns]):
        value = columns[place].value
        axes.annotate(
            f"{value}", (place, value or 0), xytext=(0, 2), textcoords="offset points",
            ha="center", va="bottom", fontsize=SMALL, color=INK, annotation_clip=False,
        )  # fmt: skip
    around = max(0.6, 0.6 * (6 - len(columns)))  # one column is no wall
    axes.set_xlim(-around, len(columns) - 1 + around)
    axes.set_ylim(0, height * 1.02)
    axes.set_yticks([])
    axes.spines["bottom"].set_color(GRID)
    step = max(1, -(-len(ticks) // _MOST_TICKS))
    shown = list(range(len(ticks)))[::-1][::step][::-1]
    axes.set_xticks(shown, [drawable(ticks[place]) for place in shown])


def _labelled(values: Sequence[int | None]) -> list[int]:
    """Which columns bear their figures: all if there is room, else the highest and the last."""
    known = [place for place, value in enumerate(values) if value]
    room = (WIDTH - _LEFT - _RIGHT) / (len(values) + 0.2)
    widest = max((wide(str(values[place])) for place in known), default=0.0) * SMALL / 2 / 72
    if widest + 0.04 < room and len(values) <= 13:
        return known
    if not known:
        return []
    highest = max(known, key=lambda place: (values[place] or 0, place))
    last = len(values) - 1
    is_far = (last - highest) * room > widest + 0.1
    return [highest, last] if last in known and is_far else [highest]


def _keys(view: View) -> list[tuple[str, dict[str, object]]]:
    columns = [each for panel in view.panels for each in panel.columns]
    is_split = any(each.certain is not None and each.value for each in columns)
    found: list[tuple[str, dict[str, object]]] = []
    if is_split and view.certain:
        found.append((view.certain, {"facecolor": BLUE}))
        found.append((view.suggested, {"facecolor": SKY, "edgecolor": BLUE, "hatch": _STRIPES}))
    if view.cut and any(each.is_cut and each.value for each in columns):
        found.append((view.cut, {"facecolor": BLUE, "alpha": _PALE}))
    if view.hidden and any(each.value is None for each in columns):
        style: dict[str, object] = {
            "facecolor": PAPER,
            "edgecolor": FAINT,
            "linestyle": (0, (1, 2)),
        }
        found.append((view.hidden, style))
    return found


def _key(
    figure: "Figure", keys: Sequence[tuple[str, dict[str, object]]], y: float, height: float
) -> None:
    from matplotlib.patches import Rectangle

    half = (WIDTH - _LEFT - _RIGHT) / 2
    columns = _NOTE_COLUMNS - 4 if len(keys) == 1 else _NOTE_COLUMNS // 2 - 5
    for place, (words, style) in enumerate(keys):
        x, below = _LEFT + place % 2 * half, y - place // 2 * _KEY
        patch = Rectangle(
            (x / WIDTH, below / height), 0.22 / WIDTH, 0.14 / height,
            transform=figure.transFigure, linewidth=0.8, **style,  # type: ignore[arg-type]
        )  # fmt: skip
        figure.add_artist(patch)
        _write(figure, x + 0.3, below + 0.01, shortened(words, columns), height, size=SMALL)


def _write(
    figure: "Figure", x: float, y: float, words: str, height: float, *,
    size: float, color: str = INK,
) -> None:  # fmt: skip
    figure.text(x / WIDTH, y / height, words, fontsize=size, color=color)
