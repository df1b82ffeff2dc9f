"""Agreement in words: dimensions, labels, one member's own figures, and the weekly note."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from statistics import median

from bot.chat import Button, Line, Picture, Reply, Span, Style
from bot.render import labels
from bot.render.cards import shortened
from bot.render.spans import EMPTY, faint, joined, line, reply, strong
from bot.texts import Texts
from core.agreement import RELIABLE, TENTATIVE, Agreement
from core.charts.house import Chart
from core.confusion import Confusion, Suggestion
from core.consistency import DISPUTED, MIN_ITEMS_TOLD, Example, Labels, Note, Own, Report
from core.domain import SentFile
from core.taxonomy import Taxonomy

LABELS_PAGE = 12
TITLE = 40  # characters of an example's title

Examples = Mapping[int, Example]


def report(found: Report, taxonomy: Taxonomy, texts: Texts, *, chart: Chart | None = None) -> Reply:
    """All dimensions, what is disputed, what the figures mean; with the picture and its data."""
    if not found.dimensions:
        return reply(line(texts.say("agreement-none")))
    lines = [
        line(
            strong(texts.say("agreement-title")),
            faint("  " + texts.say("agreement-from", raters=found.raters, votes=found.votes)),
        ),
        EMPTY,
        *_dimensions(found.dimensions, taxonomy, texts),
        *_disputed(
            found.disputed[:DISPUTED], found.examples, taxonomy, texts, title="agreement-disputed"
        ),
        *meaning(texts),
    ]
    buttons = [
        Button(labels.dimension_name(each, taxonomy, texts), f"agreement {each}")
        for each in found.dimensions
    ]
    rows = [buttons[at : at + 3] for at in range(0, len(buttons), 3)]
    rows.append([Button(texts.say("button-agreement-me"), "agreement me")])
    said = reply(lines, buttons=rows)
    return said if chart is None else replace(said, files=files_of(chart, "agreement"))


def files_of(chart: Chart, name: str) -> tuple[SentFile, ...]:
    """A picture with its words, and its data."""
    picture = Picture(f"{name}.png", chart.png, alt=chart.alt)
    return picture, SentFile(f"{name}.csv", chart.csv)


def of_labels(
    found: Labels, taxonomy: Taxonomy, texts: Texts, *, page: int = 1, more: str | None = None
) -> Reply:
    """The labels of one dimension, least agreement first.

    Args:
        page: from 1; more: the command of the next one.
    """
    name = labels.dimension_name(found.dimension, taxonomy, texts)
    listed = list(found.labels.items())[(page - 1) * LABELS_PAGE : page * LABELS_PAGE]
    title = line(strong(texts.say("agreement-title-of", dimension=name)))
    if not listed:
        return reply(title, line(texts.say("agreement-labels-none")))
    lines = [
        line(*_figures(each, texts), lead=labels.name(path, taxonomy, texts, full=True))
        for path, each in listed
    ]
    head = [title, line(*_figures(found.whole, texts))]
    if found.kappas:
        said = texts.say(
            "agreement-kappas", median=number(median(found.kappas)), n=len(found.kappas)
        )
        head.append(line(faint(said)))
    rows = [[Button(texts.say("button-agreement-more"), more, typed="more")]] if more else []
    return reply(head, EMPTY, lines, meaning(texts), buttons=rows)


def own(found: Own, texts: Texts) -> Reply:
    """One member's figures, for them alone."""
    title = line(strong(texts.say("agreement-me-title")))
    if not found.votes:
        return reply(title, line(texts.say("agreement-me-none")))
    lines = [line(texts.say("agreement-me-votes", n=found.votes))]
    if found.decided:
        share = texts.percent(found.as_decided / found.decided)
        lines.append(
            line(
                texts.say(
                    "agreement-me-decided", n=found.decided, same=found.as_decided, percent=share
                )
            )
        )
    else:
        lines.append(line(texts.say("agreement-me-undecided")))
    if found.compared:
        share = texts.percent(found.alike / found.compared)
        said = texts.say("agreement-me-others", n=found.compared, same=found.alike, percent=share)
        lines.append(line(said))
    else:
        lines.append(line(texts.say("agreement-me-alone")))
    if found.kappa is not None:
        said = texts.say("agreement-me-kappa", n=found.partners, kappa=number(found.kappa))
        lines.append(line(said))
    return reply(title, lines, EMPTY, line(faint(texts.say("agreement-me-words"))))


def unknown(words: str, taxonomy: Taxonomy, texts: Texts) -> Reply:
    """There is no such dimension; these there are."""
    known = texts.listed(
        labels.dimension_name(each.id, taxonomy, texts) for each in taxonomy.dimensions
    )
    said = texts.say("agreement-unknown", words=shortened(words, TITLE), known=known)
    return reply(line(Span(said, Style.BAD)))


# ── once a week ──────────────────────────────────────────────────────────────────────────────────


def note(found: Note, taxonomy: Taxonomy, texts: Texts, *, name: str = "") -> Reply:
    """The weekly note for editors; `name`: of the community, where that is not plain."""
    until = found.start + timedelta(days=6)
    title = texts.say("note-title", **{"from": texts.date(found.start), "to": texts.date(until)})
    lines = [
        line(strong(title), *([faint(f"  {name}")] if name else [])),
        line(texts.say("note-votes", n=found.votes)),
        EMPTY,
        *_dimensions(found.dimensions, taxonomy, texts),
        *_disputed(found.disputed, found.examples, taxonomy, texts, title="note-disputed"),
    ]
    if found.suggestion is not None and found.suggestion.example in found.examples:
        lines += _suggested(found.suggestion, found.examples, taxonomy, texts)
    return reply(lines, EMPTY, line(faint(texts.say("note-why"))))


def _suggested(
    found: Suggestion, examples: Examples, taxonomy: Taxonomy, texts: Texts
) -> list[Line]:
    is_open = found.kind == "open"
    head = texts.say("note-suggestion-open" if is_open else "note-suggestion")
    lines = [EMPTY, line(strong(head)), line(sentence(found, examples, taxonomy, texts), indent=1)]
    if not is_open:
        said = texts.say("note-honest", n=found.decided, against=found.against)
        lines.append(line(faint(said), indent=1))
    return lines


def sentence(found: Suggestion, examples: Examples, taxonomy: Taxonomy, texts: Texts) -> str:
    """What the codebook might say, or what is to be discussed: made by rule from what people
    decided."""
    kind = found.kind
    if kind == "edge":
        kind = "edge-yes" if found.holds else "edge-no"
    elif kind == "open" and found.other is None:
        kind = "open-single"
    example = examples[found.example]
    values: dict[str, str | int] = {
        "label": labels.name(found.label, taxonomy, texts),
        "number": example.number,
        "title": shortened(example.title, TITLE),
    }
    if found.other is not None:
        values["other"] = labels.name(found.other, taxonomy, texts)
    return texts.say(f"note-{kind}", **values)


# ── parts ────────────────────────────────────────────────────────────────────────────────────────


def meaning(texts: Texts) -> list[Line]:
    """What the figures mean."""
    said = texts.say("agreement-words", reliable=str(RELIABLE), tentative=str(TENTATIVE))
    return [EMPTY, line(faint(said)), line(faint(texts.say("agreement-silence")))]


def figure(found: Agreement, texts: Texts) -> str:
    """Alpha with its interval, or why there is none."""
    if found.alpha is None:
        assert found.reason is not None
        return texts.say(f"agreement-reason-{found.reason}")
    said = texts.say("agreement-alpha", alpha=number(found.alpha))
    if found.low is not None and found.high is not None:
        said += texts.say("agreement-interval", low=number(found.low), high=number(found.high))
    return said


def standing(alpha: float) -> str:
    """Which of the thresholds it reaches, as messages are named after."""
    if alpha >= RELIABLE:
        return "reliable"
    return "tentative" if alpha >= TENTATIVE else "low"


def number(value: float) -> str:
    """Two digits after the point, with a minus sign that is one."""
    return f"{value:.2f}".replace("-", "−")


def pair_name(found: Confusion, taxonomy: Taxonomy, texts: Texts) -> str:
    """Two labels that are taken for one another, or one that people contradict each other on."""
    first = labels.name(found.first, taxonomy, texts)
    if found.second is None:
        return texts.say("agreement-split", label=first)
    second = labels.name(found.second, taxonomy, texts)
    return texts.say("agreement-pair", first=first, second=second)


def example_of(found: Confusion, examples: Examples, texts: Texts) -> str:
    """An item to look at; empty if it is gone meanwhile."""
    example = examples.get(found.items[0])
    if example is None:
        return ""
    title = shortened(example.title, TITLE)
    return texts.say("agreement-example", number=example.number, title=title)


_STYLES = {
    "reliable": Style.GOOD,
    "tentative": Style.SUGGESTED,
    "low": Style.DISPUTED,
    "few": Style.FAINT,
}


def _figures(found: Agreement, texts: Texts) -> tuple[Span, ...]:
    if found.alpha is None:
        return (faint(figure(found, texts)),)
    how = standing(found.alpha) if found.items >= MIN_ITEMS_TOLD else "few"
    assert found.percent_agreement is not None
    return joined(
        [
            strong(figure(found, texts)),
            Span(texts.say(f"agreement-{how}"), _STYLES[how]),
            faint(texts.say("agreement-percent", percent=texts.percent(found.percent_agreement))),
            faint(texts.say("agreement-items", n=found.items)),
            faint(texts.say("agreement-raters", n=found.raters)),
        ]
    )


def _dimensions(found: Mapping[str, Agreement], taxonomy: Taxonomy, texts: Texts) -> Iterable[Line]:
    for dimension, each in found.items():
        name = labels.dimension_name(dimension, taxonomy, texts)
        yield line(*_figures(each, texts), lead=strong(name))


def _disputed(
    found: Sequence[Confusion], examples: Examples, taxonomy: Taxonomy, texts: Texts, *, title: str
) -> list[Line]:
    if not found:
        return []
    lines = [EMPTY, line(strong(texts.say(title)))]
    for each in found:
        count = faint(texts.say("agreement-items", n=len(each.items)))
        example = faint(example_of(each, examples, texts))
        lines.append(line(*joined([pair_name(each, taxonomy, texts), count, example]), indent=1))
    return lines
