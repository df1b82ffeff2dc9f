"""An item as people see it: its card, and what is said when it is known, retold or failed."""

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from urllib.parse import urlsplit

from bot.chat import Button, Line, Reply, Span, Style
from bot.render.spans import EMPTY, faint, joined, line, one_line, reply, strong
from bot.texts import Texts
from core.domain import (
    Community,
    Item,
    ItemLabel,
    LabelStatus,
    Link,
    State,
)
from core.taxonomy import Taxonomy, ancestors, dimension_of

_AFTER_WIDE_PUNCTUATION = re.compile(r"(?<=[。！？；：，、」』）])\s+")

STYLES = {
    LabelStatus.SUGGESTED: Style.SUGGESTED,
    LabelStatus.CONFIRMED: Style.DECIDED,
    LabelStatus.DISPUTED: Style.DISPUTED,
}


def card(item: Item, *, taxonomy: Taxonomy, texts: Texts, above: Iterable[Line] = ()) -> Reply:
    """The whole of an item: title, source, summary, labels, what can be done with it.

    `above` is said first, such as "already here".
    """
    summary = item.summary.text if item.summary is not None else ""
    if summary == item.title:  # a short text without a title is said once
        summary = ""
    return reply(
        above,
        heading(item),
        source(item, texts),
        [EMPTY, line(summary, indent=1, quote=True)] if summary else [],
        [EMPTY, *labels(item, taxonomy, texts)],
        buttons=[actions(item, texts)],
    )


def heading(item: Item) -> Line:
    """The number, and the title with its link."""
    return line(strong(item.title, link=address(item)), lead=number(item.number))


def source(item: Item, texts: Texts) -> list[Line]:
    """Where it comes from, when, by whom; no line at all if nobody knows."""
    document = item.document
    if document is None:
        return []
    day = document.published_on
    parts = joined(
        faint(part) for part in (document.site, day and texts.date(day), document.author) if part
    )
    return [line(*parts, indent=1)] if parts else []


def labels(item: Item, taxonomy: Taxonomy, texts: Texts) -> list[Line]:
    """A line for each dimension that has labels; one that says so if none fits."""
    shown = [label for label in item.labels if label.status is not LabelStatus.REJECTED]
    if not shown:
        return [line(faint(texts.say("card-no-labels")), indent=1)]
    lines: list[Line] = []
    for dimension in dict.fromkeys(dimension_of(label.path) for label in shown):
        own = [label for label in shown if dimension_of(label.path) == dimension]
        lines.append(
            line(
                *joined((label_spans(each, taxonomy, texts) for each in narrowest(own)), "  "),
                lead=faint(dimension_name(dimension, taxonomy, texts)),
                indent=1,
            )
        )
    return lines


def narrowest(found: Sequence[ItemLabel]) -> list[ItemLabel]:
    """The labels that no other one is below of; the others are implied by them."""
    above = {path for label in found for path in ancestors(label.path)}
    return [label for label in found if label.path not in above]


def label_spans(label: ItemLabel, taxonomy: Taxonomy, texts: Texts) -> tuple[Span, ...]:
    """A label with its ancestors: a suggestion with how sure and a "?", a decision with a tick."""
    name = (
        taxonomy.name(label.path, texts.language, full=True)
        if label.path in taxonomy
        else str(label.path)
    )
    style = STYLES[label.status]
    sure = texts.say(f"label-{label.status}", percent=texts.percent(label.score))
    return (Span(name, style), faint(f" {sure}"))


def number(n: int) -> Span:
    """How people call an item."""
    return Span(f"#{n}", Style.GOOD)


def actions(item: Item, texts: Texts) -> list[Button]:
    """What can be done with an item that is here."""
    return [
        Button(texts.say(f"button-{action}"), f"{action} {item.number}")
        for action in ("why", "similar", "remove")
    ]


def address(item: Item) -> str | None:
    """Where the item can be read, if it can."""
    url = item.document.url if item.document is not None else None
    if url is None and isinstance(item.given, Link):
        url = item.given.url
    return url if url and urlsplit(url).scheme in ("http", "https") else None


# ── on the way there ─────────────────────────────────────────────────────────────────────────────


def progress(item: Item, step: str, texts: Texts) -> Reply:
    """What is being done with an item right now; `step` is a `core.ingest.Step`."""
    return reply(
        line(
            texts.say(f"step-{step}"),
            faint(f" {shortened(item.title, 40)}"),
            lead=number(item.number),
        ),
        passing=True,
    )


def known(item: Item, *, community: Community, taxonomy: Taxonomy, texts: Texts) -> Reply:
    """It is here already: who shared it and since when, and the card."""
    first = item.first_shared_at or item.received_at
    day = texts.day(first, timezone=community.timezone)
    said = texts.say("card-known", shares=item.shares, date=day)
    return card(item, taxonomy=taxonomy, texts=texts, above=[line(said), EMPTY])


def waiting(item: Item, texts: Texts) -> Reply:
    """It is here already, and being worked on."""
    return reply(
        line(texts.say("card-waiting", title=shortened(item.title, 60)), lead=number(item.number))
    )


def same_story(item: Item, like: Item, *, taxonomy: Taxonomy, texts: Texts) -> Reply:
    """A new item that tells what an earlier one tells."""
    site = like.document.site if like.document is not None else None
    if site:
        said = texts.say("card-same-story-at", number=str(like.number), site=site)
    else:
        said = texts.say("card-same-story", number=str(like.number))
    return card(item, taxonomy=taxonomy, texts=texts, above=[line(said), EMPTY])


def failed(item: Item, texts: Texts, *, now: datetime) -> Reply:
    """It could not be read: why, and what to do now."""
    lines = [
        line(Span(shortened(item.title, 80), Style.PLAIN, address(item)), lead=number(item.number))
    ]
    if item.failure is not None:
        lines += [
            line(Span(sentence, Style.BAD), indent=1)
            for sentence in texts.error(item.failure, now=now).split("\n")
        ]
    buttons = [
        Button(texts.say("button-retry"), f"retry {item.number}"),
        Button(texts.say("button-paste"), f"paste {item.number}"),
    ]
    return reply(lines, buttons=[buttons], asks=True)


# ── in full ──────────────────────────────────────────────────────────────────────────────────────


def whole(
    item: Item,
    *,
    page: str,
    more: str | None,
    community: Community,
    taxonomy: Taxonomy,
    texts: Texts,
) -> Reply:
    """The card with all that is known besides, and the first page of the text.

    `more` is the command for the next page, if there is one.
    """
    shared = texts.say(
        "card-shared",
        shares=item.shares,
        date=texts.day(item.first_shared_at or item.received_at, timezone=community.timezone),
    )
    tag = item.document.language if item.document is not None else None
    language = texts.language_name(tag) if tag else ""
    facts = joined((faint(shared), faint(language), faint(_state(item, texts))))
    shown = card(item, taxonomy=taxonomy, texts=texts)
    body = [EMPTY, *(line(each, indent=1, quote=True) for each in page.split("\n"))] if page else []
    buttons = [*next_page(more, texts), *shown.buttons]
    return reply(shown.lines, EMPTY, line(*facts, indent=1), body, buttons=buttons)


def text_page(item: Item, page: str, *, more: str | None, texts: Texts) -> Reply:
    """A further page of an item's text."""
    return reply(
        line(faint(shortened(item.title, 60)), lead=number(item.number)),
        EMPTY,
        [line(each, indent=1, quote=True) for each in page.split("\n")],
        buttons=next_page(more, texts),
    )


def next_page(more: str | None, texts: Texts) -> list[list[Button]]:
    """The button for the next page, if there is one; `more` is the command for it."""
    return [[Button(texts.say("button-more"), more, typed="more")]] if more else []


def _state(item: Item, texts: Texts) -> str:
    return "" if item.state is State.DONE else texts.say(f"state-{item.state}")


def dimension_name(dimension: str, taxonomy: Taxonomy, texts: Texts) -> str:
    """What a dimension is called; its id if the taxonomy no longer has it."""
    for each in taxonomy.dimensions:
        if each.id == dimension:
            return each.names.get(texts.language) or next(iter(each.names.values()), dimension)
    return dimension


def without_breaks(text: str) -> str:
    """A text on one line: no space is left behind Chinese punctuation, one anywhere else."""
    return one_line(_AFTER_WIDE_PUNCTUATION.sub("", text))


def shortened(text: str, most: int) -> str:
    """The beginning of a text on one line, with "…" if there is more."""
    text = " ".join(without_breaks(text).split())
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
