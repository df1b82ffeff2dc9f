"""An item as people see it: its card, and what is said when it is known, retold or failed."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from urllib.parse import urlsplit

from bot.chat import Button, Line, Reply, Span, Style
from bot.render import labels, ruled, votes
from bot.render.spans import EMPTY, faint, joined, line, one_line, reply, strong
from bot.render.votes import Booth
from bot.texts import Texts
from core.domain import Community, Item, Link, State, Summary
from core.taxonomy import Taxonomy

_AFTER_WIDE_PUNCTUATION = re.compile(r"(?<=[。！？；：，、」』）])\s+")

MAX_CARD = 900  # characters: a card stays within one screen of a phone
MAX_TITLE = 200  # the longest of some thousand headlines had 130; hostile ones have no end
MAX_BURST = 1800  # characters: the card of many is edited, so it must stay one message everywhere


def card(
    item: Item,
    *,
    taxonomy: Taxonomy,
    texts: Texts,
    above: Iterable[Line] = (),
    booth: Booth | None = None,
) -> Reply:
    """The whole of an item: title, source, summary, labels, what can be done with it.

    Args:
        item: as it is now.
        taxonomy: names its labels.
        texts: the words of the place.
        above: said first, such as "already here".
        booth: what members said of the labels, and how many buttons there is room for; None: a
            card without buttons for single voices.
    """
    booth = booth or Booth()
    item = votes.with_proposals(item, booth.ballot)
    head = [*above, heading(item), *source(item, texts)]
    under = [
        *labels.by_dimension(item, taxonomy, texts),
        *ruled.on_card(item, taxonomy, texts),
        *_voices(booth, texts),
    ]
    generated = item.summary is not None and item.summary.generated is not None
    if generated:
        under.append(line(faint(texts.say("card-generated")), indent=1))
    room = MAX_CARD - len(reply(head, under).text) - len("\n\n\n   …")
    summary = summary_within(item.summary, room) if item.summary is not None else ""
    if summary == item.title:  # a short text without a title is said once
        summary = ""
    return reply(
        head,
        [EMPTY, line(summary, indent=1, quote=not generated)] if summary else [],
        [EMPTY, *under],
        buttons=[
            *votes.under_card(item, booth, taxonomy, texts),
            actions(item, texts, booth),
        ],
    )


def shared(item: Item, *, taxonomy: Taxonomy, texts: Texts) -> Reply:
    """An item as a member puts it into any chat: its card, without anything to press."""
    return replace(card(item, taxonomy=taxonomy, texts=texts), buttons=())


def summary_within(summary: Summary, most: int) -> str:
    """The first sentences of a summary that fit, one at least, with "…" for what is left out; the
    beginning of what a model worded in their place."""
    if summary.generated is not None:
        return shortened(summary.generated, max(most, MAX_TITLE))
    count = len(summary.extracts)
    while count > 1 and len(Summary(summary.extracts[:count], summary.method).text) > most:
        count -= 1
    kept = Summary(summary.extracts[:count], summary.method).text
    if count < len(summary.extracts):
        return f"{kept} …"
    return kept if len(kept) <= max(most, MAX_TITLE) else shortened(kept, max(most, MAX_TITLE))


def heading(item: Item) -> Line:
    """The number, and the title with its link."""
    title = item.title if len(item.title) <= MAX_TITLE else shortened(item.title, MAX_TITLE)
    return line(strong(title, link=address(item)), lead=number(item.number))


def source(item: Item, texts: Texts) -> list[Line]:
    """Where it comes from, when, by whom; no line at all if nobody knows."""
    author = item.document.author if item.document is not None else None
    parts = joined(faint(part) for part in (*origin(item, texts), author) if part)
    return [line(*parts, indent=1)] if parts else []


def origin(item: Item, texts: Texts) -> list[str]:
    """Its site and date, as far as they are known."""
    document = item.document
    if document is None:
        return []
    day = document.published_on
    return [part for part in (document.site, day and texts.date(day)) if part]


def _voices(booth: Booth, texts: Texts) -> list[Line]:
    """What members said that is about no label in particular."""
    counts = (
        ("card-none-fits", booth.ballot.none_fits.for_),
        ("card-discuss", booth.ballot.discuss),
    )
    said = joined(faint(texts.say(message, n=n)) for message, n in counts if n)
    return [line(*said, indent=1)] if said else []


def number(n: int) -> Span:
    """How people call an item."""
    return Span(f"#{n}", Style.GOOD)


def actions(item: Item, texts: Texts, booth: Booth) -> list[Button]:
    """What can be done with an item that is here, apart from voting by buttons."""
    named = ["why", "similar", "remove"]
    if booth.is_typed and item.state is State.DONE:
        named.insert(0, "vote")
    if booth.can_split:
        named.append("split")
    return [Button(texts.say(f"button-{each}"), f"{each} {item.number}") for each in named]


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


def known(
    item: Item,
    *,
    community: Community,
    taxonomy: Taxonomy,
    texts: Texts,
    booth: Booth | None = None,
) -> Reply:
    """It is here already: who shared it and since when, and the card."""
    first = item.first_shared_at or item.received_at
    day = texts.day(first, timezone=community.timezone)
    said = texts.say("card-known", shares=item.shares, date=day)
    return card(item, taxonomy=taxonomy, texts=texts, above=[line(said), EMPTY], booth=booth)


def waiting(item: Item, texts: Texts) -> Reply:
    """It is here already, and being worked on."""
    return reply(
        line(texts.say("card-waiting", title=shortened(item.title, 60)), lead=number(item.number))
    )


def same_story(
    item: Item, like: Item, *, taxonomy: Taxonomy, texts: Texts, booth: Booth | None = None
) -> Reply:
    """A new item that tells what an earlier one tells."""
    site = like.document.site if like.document is not None else None
    if site:
        said = texts.say("card-same-story-at", number=str(like.number), site=site)
    else:
        said = texts.say("card-same-story", number=str(like.number))
    return card(item, taxonomy=taxonomy, texts=texts, above=[line(said), EMPTY], booth=booth)


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


# ── many at once ─────────────────────────────────────────────────────────────────────────────────


def burst_progress(done: int, total: int, texts: Texts) -> Reply:
    """How far many items that came together are."""
    return reply(line(texts.say("burst-progress", done=done, total=total)), passing=True)


def burst(items: Sequence[Item], *, taxonomy: Taxonomy, texts: Texts) -> Reply:
    """One card for many items that came together: a line for each, as many as one message holds,
    and what to do with those that failed."""
    failures = [item for item in items if item.failure is not None]
    fine = len(items) - len(failures)
    lines = [line(strong(texts.say("burst-done", n=fine, failed=len(failures))))]
    room = MAX_BURST - len(lines[0].text)
    for item in items:
        told = _burst_line(item, taxonomy, texts)
        room -= len(told.text) + 1
        if room < 0:
            rest = len(items) - len(lines) + 1
            lines.append(line(faint(texts.say("burst-rest", n=rest)), indent=1))
            break
        lines.append(told)
    failed_ones = Button(texts.say("button-failed"), "search is:failed")
    return reply(lines, buttons=[[failed_ones]] if failures else [])


def _burst_line(item: Item, taxonomy: Taxonomy, texts: Texts) -> Line:
    title = Span(shortened(item.title, 50), Style.PLAIN, address(item))
    if item.failure is not None:
        reason = f"failed-{item.failure.code}"
        said = texts.say(reason if texts.has(reason) else "failed-other")
        return line(title, Span(f" — {said}", Style.BAD), lead=number(item.number))
    named = joined(labels.in_brief(item, taxonomy, texts)[:3])
    return line(title, *([faint(" — "), *named] if named else []), lead=number(item.number))


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
