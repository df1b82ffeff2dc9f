"""What the pictures of figures show: names, numbers and words in the reader's language."""

from collections.abc import Sequence

from bot.render import labels
from bot.render.figures import Told, kind, of_all, tick
from bot.texts import Texts
from core.analysis import Series, Step
from core.charts import bars, columns, heat
from core.charts.house import Cell
from core.counting import Overview, Sources, Together, Trends
from core.silence import Gap, Gaps
from core.taking_part import Contributions
from core.taxonomy import Taxonomy

BARS = 10
"""Sources, or gaps, in a picture; the table has all."""


def overview(found: Overview, told: Told, texts: Texts) -> columns.View:
    """What came in."""
    counts = found.series.counts
    return columns.View(
        title=told.title,
        subtitle=told.about,
        ticks=_ticks(found.series),
        panels=(
            columns.Panel(
                texts.say("figures-panel-items"),
                texts.say("figures-items", n=found.series.items),
                tuple(
                    columns.Column(each.start, each.items, is_cut=found.series.is_cut(each))
                    for each in counts
                ),
            ),
        ),
        alt=told.alt,
        columns=_heads(("start", "items"), texts),
        rows=tuple((each.start.isoformat(), each.items) for each in counts),
        cut=_cut(found.series.step, texts),
    )


def trends(found: Trends, told: Told, taxonomy: Taxonomy, texts: Texts) -> columns.View:
    """A panel for each label that has anything; full for what people confirmed."""
    is_alone = len(found.trends) == 1
    panels = tuple(
        columns.Panel(
            labels.name(each.path, taxonomy, texts),
            of_all(each, found, texts),
            tuple(
                columns.Column(
                    count.start, count.items, count.confirmed, is_cut=each.series.is_cut(count)
                )
                for count in each.series.counts
            ),
        )
        for each in found.trends
        if each.series.items
    )
    rows: list[tuple[Cell, ...]] = [
        (each.path, labels.name(each.path, taxonomy, texts, full=True), count.start.isoformat(),
         count.items, count.confirmed, whole.items)
        for each in found.trends
        for count, whole in zip(each.series.counts, found.whole.counts, strict=True)
    ]  # fmt: skip
    return columns.View(
        title=told.title if not is_alone else texts.say("figures-title-trends"),
        subtitle=told.about,
        ticks=_ticks(found.whole),
        panels=panels,
        alt=told.alt,
        columns=_heads(("path", "label", "start", "items", "confirmed", "all"), texts),
        rows=tuple(rows),
        certain=texts.say("figures-key-confirmed"),
        suggested=texts.say("figures-key-suggested"),
        cut=_cut(found.whole.step, texts),
    )


def contributions(found: Contributions, told: Told, texts: Texts) -> columns.View:
    """People, and what they did, by months; nothing of months with few."""
    months = found.months
    going_on = () if found.is_last_over else months[-1:]
    panels = (
        ("people", found.people, [each.people for each in months]),
        ("shares", found.shares, [each.shares for each in months]),
        ("votes", found.votes, [each.votes for each in months]),
    )
    return columns.View(
        title=told.title,
        subtitle=told.about,
        ticks=tuple(tick(each.start, "month") for each in months),
        panels=tuple(
            columns.Panel(
                texts.say(f"figures-panel-{key}"),
                texts.say(f"figures-panel-{key}-told", n=total or 0) if any(values) else "",
                tuple(
                    columns.Column(month.start, value, is_cut=month in going_on)
                    for month, value in zip(months, values, strict=True)
                ),
            )
            for key, total, values in panels
        ),
        alt=told.alt,
        columns=_heads(("start", "people", "shares", "votes"), texts),
        rows=tuple(
            (each.start.isoformat(), each.people, each.shares, each.votes) for each in months
        ),
        hidden=texts.say("figures-key-hidden", floor=found.floor),
        cut=_cut("month", texts),
    )


def together(
    found: Together, rows: str, across: str, told: Told, taxonomy: Taxonomy, texts: Texts
) -> heat.View:
    """A field for each pair."""
    counted = found.crosstab
    names = {path: labels.name(path, taxonomy, texts) for path in (*counted.rows, *counted.columns)}
    cells = tuple(
        tuple(counted.cells[row, column] for column in counted.columns) for row in counted.rows
    )
    heads = (kind(rows, taxonomy, texts), kind(across, taxonomy, texts))
    return heat.View(
        title=told.title,
        subtitle=" · ".join(
            each for each in (told.about, texts.say("figures-items", n=counted.items)) if each
        ),
        row_names=tuple(names[path] for path in counted.rows),
        column_names=tuple(names[path] for path in counted.columns),
        cells=cells,
        alt=told.alt,
        columns=(*heads, texts.say("figures-csv-items")),
        rows=tuple(
            (names[row], names[column], counted.cells[row, column])
            for row in counted.rows
            for column in counted.columns
        ),
    )


def sources(found: Sources, told: Told, texts: Texts) -> bars.View:
    """A bar for each of the largest; one for all others together."""
    origins = found.origins
    shown = list(origins.sources)
    if len(shown) > BARS:
        shown = shown[: BARS - 1]

    def told_of(count: int) -> str:
        share = texts.percent(count / origins.items)
        return texts.say("figures-share", n=count, percent=share)

    listed = [bars.Bar(name, count, 0.0, told_of(count)) for name, count in shown]
    if rest := origins.sources[len(shown) :]:
        count = sum(count for _, count in rest)
        name = texts.say("figures-other-sources", n=len(rest))
        listed.append(bars.Bar(name, count, 0.0, told_of(count), is_rest=True))
    return bars.View(
        title=told.title,
        subtitle=told.about,
        bars=tuple(listed),
        alt=told.alt,
        columns=_heads(("source", "items", "share"), texts),
        rows=tuple(
            (name, count, round(count / origins.items, 4)) for name, count in origins.sources
        ),
    )


def gaps(found: Gaps, told: Told, taxonomy: Taxonomy, texts: Texts) -> bars.View:
    """A bar for each silent label, as long as its silence; a mark where silence becomes a gap."""
    shown: Sequence[Gap] = (*found.gaps, *found.never)[:BARS]

    def name(each: Gap) -> str:
        return labels.name(each.path, taxonomy, texts, full=True)

    return bars.View(
        title=told.title,
        subtitle=texts.say("figures-gaps-subtitle", days=found.days, kind=_kind(shown)),
        bars=tuple(
            bars.Bar(
                name(each),
                each.days,
                found.days if each.days else 0.0,
                texts.say("figures-silence-never")
                if each.days is None
                else texts.say("figures-days", n=each.days),
            )
            for each in shown
        ),
        alt=told.alt,
        columns=_heads(("path", "label", "items", "last", "days"), texts),
        rows=tuple(
            (
                each.path,
                name(each),
                each.items,
                None if each.last is None else each.last.isoformat(),
                each.days,
            )
            for each in (*found.gaps, *found.never)
        ),
    )


def _kind(shown: Sequence[Gap]) -> str:
    never = sum(each.days is None for each in shown)
    return "never" if never == len(shown) else "both" if never else "once"


def _ticks(series: Series) -> tuple[str, ...]:
    return tuple(tick(each.start, series.step) for each in series.counts)


def _cut(step: Step, texts: Texts) -> str:
    return texts.say("figures-key-cut", step=step)


def _heads(keys: Sequence[str], texts: Texts) -> tuple[str, ...]:
    return tuple(texts.say(f"figures-csv-{each}") for each in keys)
