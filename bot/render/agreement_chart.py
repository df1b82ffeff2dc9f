"""The words of the picture of agreement: what is drawn, told, and put into its table."""

from bot.render.agreement import example_of, figure, number, pair_name
from bot.render.labels import dimension_name
from bot.texts import Texts
from core.agreement import RELIABLE, TENTATIVE, Agreement
from core.charts.agreement import Bar, Dot, Strip, View
from core.charts.house import Cell
from core.consistency import Point, Report
from core.taxonomy import Taxonomy

BARS = 5

_COLUMNS = ("dimension", "start", "alpha", "low", "high", "percent", "items", "raters")


def view(found: Report, taxonomy: Taxonomy, texts: Texts) -> View:
    """Everything that the picture shows and says, in one language."""
    bars = tuple(
        Bar(
            pair_name(each, taxonomy, texts),
            len(each.items),
            texts.say("agreement-items", n=len(each.items)),
            example_of(each, found.examples, texts),
        )
        for each in found.disputed[:BARS]
    )
    strips = tuple(
        Strip(
            dimension_name(dimension, taxonomy, texts),
            _now(each, texts),
            tuple(
                Dot(point.start, _alpha(point), point.agreement.low, point.agreement.high)
                for point in _points(found, dimension)
            ),
        )
        for dimension, each in found.dimensions.items()
    )
    return View(
        title=texts.say("agreement-title"),
        subtitle=_span(found, texts),
        strips=strips,
        by_month=found.trend.step == "month",
        reliable=texts.say("agreement-key-reliable", at=str(RELIABLE)),
        tentative=texts.say("agreement-key-tentative", at=str(TENTATIVE)),
        bars_title=texts.say("agreement-disputed"),
        bars=bars,
        alt=_alt(strips, bars, texts),
        columns=tuple(texts.say(f"agreement-csv-{each}") for each in _COLUMNS),
        rows=_rows(found, taxonomy, texts),
    )


def _now(found: Agreement, texts: Texts) -> str:
    said = figure(found, texts)
    if found.alpha is None:
        return said
    return f"{said} · {texts.say('agreement-items', n=found.items)}"


def _points(found: Report, dimension: str) -> list[Point]:
    return [each for each in found.trend.points if each.dimension == dimension]


def _alpha(point: Point) -> float:
    assert point.agreement.alpha is not None, "points without a figure are left out"
    return point.agreement.alpha


def _span(found: Report, texts: Texts) -> str:
    starts = [point.start for point in found.trend.points]
    if not starts:
        return texts.say("agreement-from", raters=found.raters, votes=found.votes)
    days = {"from": texts.date(min(starts)), "to": texts.date(found.trend.until)}
    return texts.say("agreement-chart-span", raters=found.raters, votes=found.votes, **days)


def _alt(strips: tuple[Strip, ...], bars: tuple[Bar, ...], texts: Texts) -> str:
    said = []
    for strip in strips:
        if len(strip.dots) < 2:
            said.append(texts.say("agreement-chart-strip", dimension=strip.name, now=strip.now))
            continue
        first, last = strip.dots[0], strip.dots[-1]
        values = {
            "first": texts.date(first.at),
            "from": number(first.value),
            "last": texts.date(last.at),
            "to": number(last.value),
        }
        said.append(
            texts.say("agreement-chart-strip-trend", dimension=strip.name, now=strip.now, **values)
        )
    disputed = ""
    if bars:
        pairs = texts.listed(
            texts.say("agreement-chart-bar", name=bar.name, counted=bar.counted) for bar in bars
        )
        disputed = texts.say("agreement-chart-disputed", pairs=pairs)
    return texts.say(
        "agreement-chart-alt",
        title=texts.say("agreement-title"),
        strips=texts.say("agreement-chart-and").join(said),
        disputed=disputed,
    ).strip()


def _rows(found: Report, taxonomy: Taxonomy, texts: Texts) -> tuple[tuple[Cell, ...], ...]:
    rows: list[tuple[Cell, ...]] = []
    for dimension, each in found.dimensions.items():
        name = dimension_name(dimension, taxonomy, texts)
        rows.append((name, texts.say("agreement-csv-all"), *_cells(each)))
        rows += [
            (name, point.start.isoformat(), *_cells(point.agreement))
            for point in _points(found, dimension)
        ]
    return tuple(rows)


def _cells(found: Agreement) -> tuple[Cell, ...]:
    figures = (found.alpha, found.low, found.high, found.percent_agreement)
    rounded = (None if each is None else round(each, 4) for each in figures)
    return (*rounded, found.items, found.raters)
