"""A collection in pictures: /stats, /trend, /gaps. The command line asks the same functions.

/stats                              what came in, at a glance
/stats sources 1y                   where it comes from
/stats topic stance label:labour    which labels of two dimensions stand together
/stats people                       how many take part, where enough do
/trend labour/migrant-workers 1y    labels over time; of a dimension, its first labels
/gaps 90d topic                     under which labels nothing came for so long
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from bot.chat import Button, Reply, Suggestion
from bot.dispatch import Context
from bot.features.codebook import dimension_named, suggest_dimension, suggest_path
from bot.features.spans import days_in, joined
from bot.render import figures as render
from bot.render import figures_chart as pictures
from bot.texts import Texts
from core.charts.house import Chart
from core.counting import USUAL_DAYS, Asked
from core.domain import LANGUAGES, Community, LabelPath
from core.errors import BadQuery, UnknownLabel
from core.library import Library
from core.silence import GAP_DAYS
from core.taxonomy import Taxonomy

MOST_DAYS = 36_525
"""A span has a century at most."""

_CONDITION = re.compile(r"""(?<!\S)[-－]?[^\s:：/"「]+[:：](?:"[^"]*"|「[^」]*」|“[^”]*”|[^\s]+)""")
_COMMAS = re.compile(r"[,，、]")
_YEAR = (365, "1y")


@dataclass(frozen=True, slots=True)
class Shown:
    """Figures as they are answered.

    Attributes:
        reply: in words, with the picture and its data.
        chart: the picture; None: there is nothing to draw.
        data: for scripts.
    """

    reply: Reply
    chart: Chart | None
    data: dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Words:
    """What was typed: labels, dimensions and other words; a span; conditions of a search."""

    rest: str
    asked: Asked


Answer = Callable[[str, Library, Community, Texts], Shown]


async def stats(context: Context, argument: str) -> None:
    """/stats: what came, from where, what goes together, how many take part."""
    await _answer(context, stats_of, argument)


async def trend(context: Context, argument: str) -> None:
    """/trend: labels over time."""
    await _answer(context, trend_of, argument)


async def gaps(context: Context, argument: str) -> None:
    """/gaps: labels under which nothing came for long."""
    await _answer(context, gaps_of, argument)


async def _answer(context: Context, answer: Answer, argument: str) -> None:
    shown = await context.aside(answer, argument, context.library, context.community, context.texts)
    await context.reply(shown.reply)


# ── a collection at a glance, its sources, its people, what goes together ────────────────────────


def stats_of(argument: str, library: Library, community: Community, texts: Texts) -> Shown:
    """What /stats answers.

    Raises:
        BadQuery: what was typed is not understood, or asks about a person.
        UnknownLabel: there is no such label.
    """
    words = _words(argument)
    first, _, rest = words.rest.partition(" ")
    if not words.rest:
        return _overview(words, library, community, texts)
    if _is(words.rest, "figures-word-sources"):
        return _sources(words, library, community, texts)
    if _is(words.rest, "figures-word-people"):
        return _people(words, library, community, texts)
    if _is(first, "figures-word-together"):
        words = replace(words, rest=rest.strip())
    return _together(words, library, community, texts)


def _overview(words: _Words, library: Library, community: Community, texts: Texts) -> Shown:
    found = library.figures.overview(community, words.asked)
    taxonomy = library.taxonomies(community)
    told = render.overview(found, community.title or community.name, taxonomy, texts)
    chart = None
    if found.series.items:
        from core.charts.columns import draw  # loads matplotlib when somebody wants a picture

        chart = draw(pictures.overview(found, told, texts))
    kinds = ("sources", "together", "people")
    does = {"together": "labels"}
    buttons = [
        [
            Button(texts.say(f"button-figures-{each}"), f"stats {does.get(each, each)}")
            for each in kinds
        ],
        [
            Button(texts.say(f"button-figures-{each}"), each)
            for each in ("trend", "gaps", "agreement")
        ],
    ]
    return Shown(render.shown(told, chart, "stats", buttons=buttons), chart, _data(found))


def _sources(words: _Words, library: Library, community: Community, texts: Texts) -> Shown:
    found = library.figures.sources(community, words.asked)
    told = render.sources(found, library.taxonomies(community), texts)
    chart = None
    if found.origins.items:
        from core.charts.bars import draw

        chart = draw(pictures.sources(found, told, texts))
    data = _data(found) | {
        "half": found.origins.half,
        "effective": round(found.origins.effective, 4),
    }
    buttons = _spans("stats sources", words, texts)
    return Shown(render.shown(told, chart, "sources", buttons=buttons), chart, data)


def _people(words: _Words, library: Library, community: Community, texts: Texts) -> Shown:
    if words.asked.query:
        raise _not_understood(words.asked.query)
    days = MOST_PEOPLE_DAYS if words.asked.is_all else words.asked.days or USUAL_DAYS
    found = library.figures.contributions(community, days=min(days, MOST_PEOPLE_DAYS))
    told = render.contributions(found, texts)
    chart = None
    if any(each.people is not None for each in found.months):
        from core.charts.columns import draw

        chart = draw(pictures.contributions(found, told, texts))
    return Shown(render.shown(told, chart, "people"), chart, _data(found))


MOST_PEOPLE_DAYS = 5 * 365
"""So far back people are counted, month by month: what is older tells nobody how it goes."""


def _together(words: _Words, library: Library, community: Community, texts: Texts) -> Shown:
    taxonomy = library.taxonomies(community)
    paths = _paths(words.rest, taxonomy)
    given = [dimension.id for dimension in taxonomy.dimensions]
    if len(paths) > 2:
        raise _not_understood(words.rest)
    while len(paths) < 2:
        have = {each.split("/")[0] for each in paths}
        other = next((each for each in given if each not in have), None)
        if other is None:
            told = render.Told(
                texts.say("figures-title-overview", community=community.name), "", ()
            )
            said = texts.say("figures-no-pair").split("\n")
            return Shown(render.shown(replace(told, sentences=tuple(said)), None, ""), None, {})
        paths.append(LabelPath(other))
    rows, columns = paths
    found = library.figures.together(community, rows, columns, words.asked)
    told = render.together(found, rows, columns, taxonomy, texts)
    chart = None
    if found.crosstab.items:
        from core.charts.heat import draw

        chart = draw(pictures.together(found, rows, columns, told, taxonomy, texts))
    counted = found.crosstab
    data = {
        "query": found.query,
        "first": None if found.first is None else found.first.isoformat(),
        "last": None if found.last is None else found.last.isoformat(),
        "items": found.items,
        "rows": list(counted.rows),
        "columns": list(counted.columns),
        "both": counted.items,
        "cells": [
            [counted.cells[row, column] for column in counted.columns] for row in counted.rows
        ],
        "left_out": counted.left_out,
    }
    buttons = _spans(f"stats {rows} {columns}", words, texts)
    return Shown(render.shown(told, chart, "labels", buttons=buttons), chart, data)


# ── labels over time ─────────────────────────────────────────────────────────────────────────────


def trend_of(argument: str, library: Library, community: Community, texts: Texts) -> Shown:
    """What /trend answers.

    Raises:
        BadQuery: what was typed is not understood, or asks about a person.
        UnknownLabel: there is no such label.
    """
    words = _words(argument)
    taxonomy = library.taxonomies(community)
    paths = _paths(words.rest, taxonomy)
    asked = words.asked
    if not paths:
        parsed = library.search.understood(community, asked.query)
        paths = [LabelPath(each) for each in parsed.filters.labels]
        if paths:
            without = replace(parsed, filters=replace(parsed.filters, labels=()))
            asked = replace(asked, query=str(without))
    if not paths and taxonomy.dimensions:
        paths = [LabelPath(taxonomy.dimensions[0].id)]
    found = library.figures.trends(community, paths, asked)
    told = render.trends(found, taxonomy, texts)
    chart = None
    if any(each.series.items for each in found.trends):
        from core.charts.columns import draw

        chart = draw(pictures.trends(found, told, taxonomy, texts))
    does = "trend " + ",".join(paths)
    buttons = _spans(does, replace(words, asked=asked), texts)
    return Shown(render.shown(told, chart, "trend", buttons=buttons), chart, _data(found))


# ── gaps ─────────────────────────────────────────────────────────────────────────────────────────


def gaps_of(argument: str, library: Library, community: Community, texts: Texts) -> Shown:
    """What /gaps answers.

    Raises:
        BadQuery: what was typed is not understood.
        UnknownLabel: there is no such label.
    """
    words = _words(argument)
    taxonomy = library.taxonomies(community)
    paths = _paths(words.rest, taxonomy)
    if words.asked.query or len(paths) > 1:
        raise _not_understood(words.asked.query or words.rest)
    within = paths[0] if paths else None
    days = words.asked.days or GAP_DAYS
    found = library.figures.gaps(community, days=days, within=within)
    told = render.gaps(found, within, taxonomy, texts)
    chart = None
    if found.silent:
        from core.charts.bars import draw

        chart = draw(pictures.gaps(found, told, taxonomy, texts))
    does = " ".join(each for each in ("gaps", within) if each)
    buttons = [
        [Button(texts.say("button-figures-days", days=each), f"{does} {each}d")
         for each in (30, 90, 365) if each != days]
    ]  # fmt: skip
    return Shown(render.shown(told, chart, "gaps", buttons=buttons), chart, _data(found))


# ── what was typed ───────────────────────────────────────────────────────────────────────────────


def _words(argument: str) -> _Words:
    """Take conditions and a span out of what was typed.

    Raises:
        BadQuery: the span is longer than there is anything to tell of.
    """
    conditions = [each[0] for each in _CONDITION.finditer(argument)]
    rest = joined(_CONDITION.sub(" ", argument))
    days: int | None = None
    is_all = False
    kept: list[str] = []
    for word in rest.split():
        if days is None and (found := days_in(word)) is not None:
            if not 1 <= found <= MOST_DAYS:
                raise _not_understood(word)
            days = found
        elif _is(word, "figures-word-all"):
            is_all = True
        else:
            kept.append(word)
    asked = Asked(None if is_all else days, " ".join(conditions), is_all=is_all)
    return _Words(" ".join(kept), asked)


def _paths(words: str, taxonomy: Taxonomy) -> list[LabelPath]:
    """The labels and dimensions that are named: one, several between commas, or between spaces.

    Raises:
        UnknownLabel: there is no such label.
    """
    if not words:
        return []
    parts = [each.strip() for each in _COMMAS.split(words) if each.strip()]
    try:
        return [_path(each, taxonomy) for each in parts]
    except UnknownLabel:
        if not words.split()[1:]:
            raise
        try:
            return [_path(each, taxonomy) for each in _COMMAS.sub(" ", words).split()]
        except UnknownLabel as error:
            # a name of several words is told as a whole
            raise error from None


def _path(words: str, taxonomy: Taxonomy) -> LabelPath:
    dimension = dimension_named(taxonomy, words)
    return LabelPath(dimension.id) if dimension else taxonomy.find(words, retired=True).path


def _spans(does: str, words: _Words, texts: Texts) -> Sequence[Sequence[Button]]:
    """The same over other spans."""
    query = f" {words.asked.query}" if words.asked.query else ""
    row = [
        Button(texts.say("button-figures-days", days=days), f"{does} {days}d{query}")
        for days in (30, 90)
        if words.asked.days != days
    ]
    if words.asked.days != _YEAR[0]:
        row.append(Button(texts.say("button-figures-year"), f"{does} {_YEAR[1]}{query}"))
    if not words.asked.is_all:
        row.append(Button(texts.say("button-figures-all"), f"{does} all{query}"))
    return [row]


def _not_understood(part: str) -> BadQuery:
    return BadQuery(
        f"{part!r} is no label, dimension or span; expected such as labour, topic, 90d or all.",
        part=part,
        reason="figures-words",
        suggestion="",
    )


def _is(word: str, message: str) -> bool:
    return any(word.casefold() in Texts(each).words(message) for each in LANGUAGES)


def _data(found: Any) -> dict[str, Any]:
    """Figures for scripts: days as ISO 8601 writes them."""
    return {key: _plain(value) for key, value in asdict(found).items()}


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(each) for each in value]
    return value.isoformat() if hasattr(value, "isoformat") else value


# ── completing ───────────────────────────────────────────────────────────────────────────────────


async def suggest_stats(context: Context, argument: str) -> list[Suggestion]:
    """What there is, and dimensions."""
    last = argument.rsplit(" ", 1)[-1]
    words = [
        context.texts.say(f"figures-word-{each}") for each in ("sources", "together", "people")
    ]
    own = [Suggestion(each, len(last)) for each in words if each.startswith(last.casefold())]
    return [*(own if last == argument else []), *await suggest_dimension(context, last)]


async def suggest_trend(context: Context, argument: str) -> list[Suggestion]:
    """Labels; behind one, spans."""
    *before, last = argument.split(" ")
    if before:
        return [Suggestion(e, len(last)) for e in ("90d", "1y", "all") if e.startswith(last)]
    return suggest_path(context, argument)


async def suggest_gaps(context: Context, argument: str) -> list[Suggestion]:
    """Spans and dimensions."""
    last = argument.rsplit(" ", 1)[-1]
    spans = [Suggestion(each, len(last)) for each in ("30d", "90d", "1y") if each.startswith(last)]
    return [*spans, *await suggest_dimension(context, last)]
