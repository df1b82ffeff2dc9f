"""The learning curve that `commonplace evaluate` draws: its words, and its files."""

from pathlib import Path

from bot.cli.evaluating_report import HEADLINE
from bot.texts import Texts
from core.charts.curve import Dot, Line, View, draw
from core.charts.house import Cell
from core.comparing import Comparison, Point
from core.figures import FIGURES, interval

_COLUMNS = ("method", "shots", "learnt", "figure", "value", "low", "high")


def written(found: Comparison, file: Path, texts: Texts) -> dict[str, str]:
    """Write the picture, and its data beside it.

    Args:
        file: of the picture; the data have its name with `.csv`.

    Returns:
        Where both are, and the picture in words.
    """
    chart = draw(view(found, texts))
    table = file.with_suffix(".csv")
    file.write_bytes(chart.png)
    table.write_bytes(chart.csv)
    return {"file": str(file), "csv": str(table), "alt": chart.alt}


def view(found: Comparison, texts: Texts) -> View:
    """Everything that the picture shows and says, in one language."""
    by_way: dict[str, list[Point]] = {}
    for point in found.points:
        by_way.setdefault(point.way, []).append(point)
    lines = tuple(Line(way, tuple(map(_dot, points))) for way, points in by_way.items())
    return View(
        title=texts.say("evaluate-curve-title"),
        subtitle=texts.say("evaluate-curve-subtitle", measured=found.measured),
        across=texts.say("evaluate-curve-across"),
        lines=lines,
        alt=_alt(lines, found.measured, texts),
        columns=tuple(texts.say(f"evaluate-csv-{each}") for each in _COLUMNS),
        rows=tuple(row for point in found.points for row in _rows(point)),
    )


def _dot(point: Point) -> Dot:
    sample = point.measured.whole[HEADLINE]
    return Dot(point.shots, float(sample.value), *interval(sample))


def _alt(lines: tuple[Line, ...], measured: int, texts: Texts) -> str:
    told = [
        texts.say(
            "evaluate-alt-line",
            method=line.name,
            dots=texts.listed(
                texts.say("evaluate-alt-dot", shots=dot.shots, value=texts.percent(dot.value))
                for dot in line.dots
            ),
        )
        for line in lines
    ]
    return "\n".join([texts.say("evaluate-alt", measured=measured), *told])


def _rows(point: Point) -> list[tuple[Cell, ...]]:
    figures = point.measured.whole
    return [
        (
            point.way,
            point.shots,
            round(point.learnt, 1),
            name,
            round(float(figures[name].value), 4),
            *(round(bound, 4) for bound in interval(figures[name])),
        )
        for name in FIGURES
        if name in figures
    ]
