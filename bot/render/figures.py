"""Figures in words: what a picture shows, said in sentences, which are its alt text, too."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.chat import Button, Line, Reply
from bot.render import labels
from bot.render.agreement import files_of
from bot.render.spans import EMPTY, code, faint, line, reply, strong
from bot.texts import Texts
from core.analysis import Halves, Origins, Series, Step
from core.charts.house import Chart
from core.counting import Overview, Sources, Together, Trend, Trends
from core.domain import LabelPath
from core.silence import Gap, Gaps
from core.taking_part import Contributions
from core.taxonomy import Taxonomy

IN_WORDS = 3
"""So many of a list are said in a sentence."""

GAPS_IN_WORDS, NEVER_IN_WORDS = 8, 10


@dataclass(frozen=True, slots=True)
class Told:
    """What is said of figures.

    Attributes:
        title: on top of the picture, too; about: of what and when.
        sentences: one after the other; with title they are the picture's alt text.
        hint: what can be done about it; a command follows in `command`.
    """

    title: str
    about: str
    sentences: tuple[str, ...]
    hint: str = ""
    command: str = ""

    @property
    def alt(self) -> str:
        """All of it in one go, for who cannot see the picture."""
        return " ".join((self.title, *(each for each in (self.about, *self.sentences) if each)))


def shown(
    told: Told, chart: Chart | None, name: str, *, buttons: Sequence[Sequence[Button]] = ()
) -> Reply:
    """What is said, with the picture and its data, if there is one."""
    lines: list[Line] = [line(strong(told.title))]
    if told.about:
        lines.append(line(faint(told.about)))
    lines += [EMPTY, *(line(each) for each in told.sentences)]
    if told.hint:
        front = code(f" {told.command}") if told.command else ""
        lines += [EMPTY, line(faint(told.hint), front)]
    said = reply(lines, buttons=buttons)
    return said if chart is None else replace(said, files=files_of(chart, name))


# ── a collection at a glance ─────────────────────────────────────────────────────────────────────


def overview(found: Overview, name: str, taxonomy: Taxonomy, texts: Texts) -> Told:
    """How much came, under what, from where, by how many, and what is missing."""
    title = texts.say("figures-title-overview", community=name)
    about = of(found.query, found.series.first, found.series.last, taxonomy, texts)
    if not found.series.items:
        return Told(title, about, (texts.say("figures-nothing"),), texts.say("figures-longer"))
    said = [texts.say("figures-came", n=found.series.items), most(found.series, texts)]
    said.append(change(found.halves, texts))
    sentences = [_run_on(said, texts)]
    if found.labels:
        sentences.append(
            texts.say("figures-labels", labels=_counted(found.labels, taxonomy, texts))
        )
    sentences.append(concentration(found.origins, texts))
    if found.people is None:
        sentences.append(texts.say("figures-few-people"))
    else:
        sentences.append(texts.say("figures-people-year", n=found.people))
    if found.gaps.silent:
        counted = {"n": found.gaps.silent, "all": found.gaps.labels}
        sentences.append(texts.say("figures-silent", days=found.gaps.days, **counted))
    return Told(title, about, tuple(each for each in sentences if each))


# ── labels over time ─────────────────────────────────────────────────────────────────────────────


def trends(found: Trends, taxonomy: Taxonomy, texts: Texts) -> Told:
    """Each label: how many, of how many, confirmed, when most, and whether it became more."""
    if len(found.trends) == 1:
        label = labels.name(found.trends[0].path, taxonomy, texts, full=True)
        title = texts.say("figures-title-trend", label=label)
    else:
        title = texts.say("figures-title-trends")
    about = of(found.query, found.whole.first, found.whole.last, taxonomy, texts)
    if not any(each.series.items for each in found.trends):
        return Told(title, about, (texts.say("figures-nothing"),), texts.say("figures-longer"))
    sentences = [_trend(each, found, taxonomy, texts) for each in found.trends]
    if found.left_out:
        sentences.append(texts.say("figures-left-out", n=found.left_out))
    return Told(title, about, tuple(sentences), texts.say("figures-by-text-day"))


def of_all(each: Trend, found: Trends, texts: Texts) -> str:
    """A label's figures in brief."""
    return texts.say(
        "figures-of-all",
        n=each.series.items,
        percent=texts.percent(each.series.items / max(1, found.whole.items)),
        confirmed=each.series.confirmed,
    )


def _trend(each: Trend, found: Trends, taxonomy: Taxonomy, texts: Texts) -> str:
    name = labels.name(each.path, taxonomy, texts, full=len(found.trends) == 1)
    if not each.series.items:
        return texts.say("figures-trend-nothing", label=name)
    figures = texts.say("figures-trend", label=name, figures=of_all(each, found, texts))
    return _run_on((figures, most(each.series, texts), change(each.halves, texts)), texts)


def most(series: Series, texts: Texts) -> str:
    """The period with most; nothing is said if there is but one."""
    top = series.most
    if top is None or len(series.counts) == 1:
        return ""
    return texts.say("figures-most", period=period(top.start, series.step, texts), n=top.items)


def change(halves: Halves, texts: Texts) -> str:
    """Whether the second half has more than the first."""
    if not halves.earlier and not halves.later:
        return ""
    return texts.say(f"figures-change-{halves.change}", earlier=halves.earlier, later=halves.later)


def period(start: date, step: Step, texts: Texts) -> str:
    """A day, a week, a month or a year in words."""
    if step == "day":
        return texts.date(start)
    return texts.say(
        f"figures-period-{step}", date=texts.date(start), year=str(start.year), month=start.month
    )


def tick(start: date, step: Step) -> str:
    """The same in as few letters as can be."""
    if step == "year":
        return f"{start:%Y}"
    return f"{start:%Y-%m}" if step == "month" else f"{start.month}/{start.day}"


# ── two dimensions ───────────────────────────────────────────────────────────────────────────────


def together(found: Together, rows: str, columns: str, taxonomy: Taxonomy, texts: Texts) -> Told:
    """Which pairs are most, and how many are nowhere.

    Args:
        rows, columns: paths of the labels or dimensions whose labels are told.
    """
    names = {"rows": kind(rows, taxonomy, texts), "columns": kind(columns, taxonomy, texts)}
    title = texts.say("figures-title-together", **names)
    about = of(found.query, found.first, found.last, taxonomy, texts)
    counted = found.crosstab
    if not counted.items:
        return Told(title, about, (texts.say("figures-none-together", **names),))
    pairs = texts.listed(
        texts.say(
            "figures-pair",
            row=labels.name(row, taxonomy, texts),
            column=labels.name(column, taxonomy, texts),
            n=counted.cells[row, column],
        )
        for row, column in counted.most[:IN_WORDS]
    )
    sentences = [
        texts.say("figures-both", n=counted.items, **names),
        texts.say("figures-pairs", pairs=pairs),
    ]
    if counted.empty:
        sentences.append(texts.say("figures-empty", n=counted.empty, all=len(counted.cells)))
    if counted.left_out:
        sentences.append(texts.say("figures-left-out", n=counted.left_out))
    return Told(title, about, tuple(sentences))


def kind(path: str, taxonomy: Taxonomy, texts: Texts) -> str:
    """What a dimension is called, or a label whose labels are meant."""
    if any(each.id == path for each in taxonomy.dimensions):
        return labels.dimension_name(path, taxonomy, texts)
    return labels.name(LabelPath(path), taxonomy, texts)


# ── sources ──────────────────────────────────────────────────────────────────────────────────────


def sources(found: Sources, taxonomy: Taxonomy, texts: Texts) -> Told:
    """How many there are, and how much comes from the largest."""
    title = texts.say("figures-title-sources")
    about = of(found.query, found.first, found.last, taxonomy, texts)
    if not found.items:
        return Told(title, about, (texts.say("figures-nothing"),), texts.say("figures-longer"))
    if not found.origins.items:
        return Told(title, about, (texts.say("figures-no-sources", n=found.items),))
    sentences = [concentration(found.origins, texts)]
    if len(found.origins.sources) > 1:
        effective = f"{found.origins.effective:.1f}".removesuffix(".0")
        sentences.append(texts.say("figures-effective", n=effective))
    if found.origins.nameless:
        sentences.append(texts.say("figures-nameless", n=found.origins.nameless))
    return Told(title, about, tuple(sentences))


def concentration(origins: Origins, texts: Texts) -> str:
    """Whether much comes from few; nothing is said if nothing has a source."""
    if not origins.sources:
        return ""
    name, count = origins.sources[0]
    return texts.say(
        "figures-concentration",
        n=len(origins.sources),
        half=origins.half,
        name=name,
        percent=texts.percent(count / origins.items),
    )


# ── gaps ─────────────────────────────────────────────────────────────────────────────────────────


def gaps(found: Gaps, within: str | None, taxonomy: Taxonomy, texts: Texts) -> Told:
    """Which labels nothing came under for long, and which ones never had anything."""
    title = texts.say("figures-title-gaps", days=found.days)
    about = "" if within is None else kind(within, taxonomy, texts)
    if not found.silent:
        return Told(title, about, (texts.say("figures-no-gaps", n=found.labels, days=found.days),))
    sentences = [texts.say("figures-gaps", n=found.silent, all=found.labels, days=found.days)]
    sentences += [gap(each, taxonomy, texts) for each in found.gaps[:GAPS_IN_WORDS]]
    if (rest := len(found.gaps) - GAPS_IN_WORDS) > 0:
        sentences.append(texts.say("figures-rest", n=rest))
    if found.never:
        named = texts.listed(
            labels.name(each.path, taxonomy, texts, full=True)
            for each in found.never[:NEVER_IN_WORDS]
        )
        rest = len(found.never) - NEVER_IN_WORDS
        said = texts.say("figures-never", labels=named)
        sentences.append(said if rest <= 0 else f"{said}{texts.say('figures-never-rest', n=rest)}")
    return Told(title, about, tuple(sentences), texts.say("figures-gaps-hint"))


def gap(each: Gap, taxonomy: Taxonomy, texts: Texts) -> str:
    """A label, and for how long."""
    name = labels.name(each.path, taxonomy, texts, full=True)
    said = texts.say("figures-gap", label=name, silence=silence(each, texts))
    return f"{said}{texts.say('figures-below', n=each.below)}" if each.below else said


def silence(each: Gap, texts: Texts) -> str:
    """For how long, and since which day."""
    if each.days is None or each.last is None:
        return texts.say("figures-silence-never")
    return texts.say("figures-silence", days=each.days, date=texts.date(each.last))


# ── people ───────────────────────────────────────────────────────────────────────────────────────


def contributions(found: Contributions, texts: Texts) -> Told:
    """How many people take part; who they are is not told."""
    title = texts.say("figures-title-people")
    first, last = (period(found.months[at].start, "month", texts) for at in (0, -1))
    about = first if first == last else texts.say("figures-span", first=first, last=last)
    why = texts.say("figures-people-why", floor=found.floor)
    if found.people is None:
        return Told(title, about, (texts.say("figures-few-people"), why))
    sentences = [texts.say("figures-people", n=found.people)]
    known = [each for each in found.months if each.people is not None]
    if known:
        top = max(known, key=lambda each: (each.people or 0, each.start))
        when = period(top.start, "month", texts)
        sentences.append(texts.say("figures-people-most", period=when, n=top.people or 0))
    if found.shares or found.votes:
        values = {"shares": found.shares, "votes": found.votes}
        sentences.append(texts.say("figures-people-did", **values))
    if hidden := len(found.months) - len(known):
        sentences.append(texts.say("figures-people-hidden", n=hidden, floor=found.floor))
    return Told(title, about, tuple(sentences), why)


# ── common ───────────────────────────────────────────────────────────────────────────────────────


def of(query: str, first: date | None, last: date | None, taxonomy: Taxonomy, texts: Texts) -> str:
    """Of which items and days."""
    from bot.render.digests import about

    said = about(query, taxonomy, texts) if query else ""
    if first is None or last is None:
        return said
    span = texts.date(first)
    if first != last:
        span = texts.say("figures-span", first=span, last=texts.date(last))
    return " · ".join(each for each in (said, span) if each)


def _counted(found: Iterable[tuple[LabelPath, int]], taxonomy: Taxonomy, texts: Texts) -> str:
    return texts.listed(
        texts.say("figures-count", name=labels.name(path, taxonomy, texts), n=count)
        for path, count in list(found)[:IN_WORDS]
    )


def _run_on(sentences: Iterable[str], texts: Texts) -> str:
    return texts.say("figures-gap-between").join(each for each in sentences if each)
