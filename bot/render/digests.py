"""A digest as people read it in a chat: stories with a sentence each, what became of labels, what
to talk about; and what is said about having one every week."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.chat import Button, Line, Picture, Reply
from bot.render import cards, labels, ruled
from bot.render.spans import EMPTY, code, faint, joined, line, paragraphs, reply, strong
from bot.texts import Texts
from core.charts.bars import Bar, View
from core.charts.house import Chart
from core.digest import Changed, Digest, Dispute, Story, Subscription
from core.domain import Community, Item, SentFile
from core.schedule import Weekly
from core.taxonomy import Taxonomy

TITLE, SENTENCE, MORE_CHARACTERS = 90, 220, 40
IN_WORDS = 3
"""Labels of the picture that the text tells, too."""


# ── the digest ───────────────────────────────────────────────────────────────────────────────────


def digest(
    found: Digest,
    community: Community,
    taxonomy: Taxonomy,
    texts: Texts,
    *,
    chart: Chart | None = None,
    above: Iterable[Line] = (),
) -> Reply:
    """The whole of it; a picture and its data go with it, if there is one."""
    lines: list[Line] = [*above, line(strong(title(found, community, texts)))]
    if found.query:
        lines.append(
            line(faint(texts.say("digest-about", about=about(found.query, taxonomy, texts))))
        )
    for each in found.stories:
        lines += [EMPTY, *_story(each, taxonomy, texts)]
    if not found.stories:
        lines += [EMPTY, line(texts.say("digest-no-stories"))]
    if (rest := found.total - len(found.stories)) > 0:
        since = _local(found.since, community)
        search = f"/search {found.query} since:{since.date()}".replace("  ", " ")
        lines += [EMPTY, line(faint(texts.say("digest-rest", n=rest)), code(f" {search}"))]
    lines += _changes(found, taxonomy, texts)
    lines += _disputes(found.disputes, found.all_disputes, taxonomy, texts)
    lines += _counts(found, taxonomy, texts)
    files: tuple[SentFile, ...] = ()
    if chart is not None:
        files = (Picture("digest.png", chart.png, chart.alt), SentFile("digest.csv", chart.csv))
    return Reply(tuple(lines), files=files)


def title(found: Digest, community: Community, texts: Texts) -> str:
    """Whose, and of which days."""
    first = _local(found.since, community).date()
    # what ends at nine in the morning is about the days before, too
    last = _local(found.until - timedelta(seconds=1), community).date()
    return texts.say(
        "digest-title",
        community=community.title or community.name,
        since=texts.date(first),
        until=texts.date(last),
    )


def about(query: str, taxonomy: Taxonomy, texts: Texts) -> str:
    """A query in words: the name of a label or dimension that is all of it, else as it is typed."""
    if not query:
        return texts.say("digest-everything")
    key, _, path = query.partition(":")
    known = taxonomy.known(path) if key == "label" and " " not in query else None
    if known is not None:
        return taxonomy.name(known.path, texts.language, full=True)
    if key == "label" and any(each.id == path for each in taxonomy.dimensions):
        return labels.dimension_name(path, taxonomy, texts)
    return query


def told_of(story: Story, taxonomy: Taxonomy, texts: Texts) -> list[str]:
    """Where a story is from, its labels, and who else told or handed it in."""
    named = texts.listed(each.text for each in labels.in_brief(story.item, taxonomy, texts)[:3])
    shared = texts.say("digest-shares", n=story.item.shares) if story.item.shares > 1 else ""
    others = texts.say("digest-others", n=story.others) if story.others else ""
    said = (*cards.origin(story.item, texts), named, shared, others)
    return [each for each in said if each]


def _story(story: Story, taxonomy: Taxonomy, texts: Texts) -> Iterable[Line]:
    item = story.item
    name = cards.shortened(item.title, TITLE)
    yield line(strong(name, link=cards.address(item)), lead=cards.number(item.number))
    if story.sentence is not None:
        yield line(cards.shortened(story.sentence, SENTENCE), indent=1, quote=True)
    said = told_of(story, taxonomy, texts)
    if said:
        yield line(*joined(faint(each) for each in said), indent=1)


def _changes(found: Digest, taxonomy: Taxonomy, texts: Texts) -> list[Line]:
    if not found.changes and found.codebook is None:
        return []
    lines = [EMPTY, line(strong(texts.say("digest-changes")))]
    lines += [line(change(each, taxonomy, texts), indent=1) for each in found.changes]
    if found.codebook is not None:
        said = texts.say("digest-codebook", version=str(found.codebook))
        lines.append(line(said, code(" /codebook"), indent=1))
    return lines


def change(each: Changed, taxonomy: Taxonomy, texts: Texts) -> str:
    """On how many items a label came to stand so."""
    status = "open" if each.after is None else each.after.value
    name = ruled.name_of(each.path, taxonomy, texts, full=True)
    return texts.say(
        "digest-change", label=name, status=texts.say(f"status-{status}"), n=each.items
    )


def _disputes(found: Sequence[Dispute], total: int, taxonomy: Taxonomy, texts: Texts) -> list[Line]:
    if not found:
        return []
    lines = [EMPTY, line(strong(texts.say("digest-disputes")))]
    for each in found:
        label = ruled.name_of(each.path, taxonomy, texts, full=True)
        said = texts.say("digest-discussed" if each.is_open else "digest-disputed", label=label)
        name = cards.shortened(each.item.title, MORE_CHARACTERS)
        lines.append(
            line(*joined([name, faint(said)]), lead=cards.number(each.item.number), indent=1)
        )
    if total > len(found):
        rest = faint(texts.say("digest-disputes-rest", n=total - len(found)))
        lines.append(line(rest, code(" /discussions"), indent=1))
    return lines


def _counts(found: Digest, taxonomy: Taxonomy, texts: Texts) -> list[Line]:
    """What the picture shows, in words."""
    if not any(each.now for each in found.counts):
        return []
    most = sorted(found.counts, key=lambda each: -each.now)[:IN_WORDS]
    told = texts.listed(
        texts.say(
            "digest-count",
            label=labels.name(each.path, taxonomy, texts),
            n=each.now,
            usual=_figure(each.before),
        )
        for each in most
        if each.now
    )
    return [EMPTY, line(faint(texts.say("digest-counts", counts=told)))]


def view(found: Digest, taxonomy: Taxonomy, texts: Texts) -> View | None:
    """The words of the picture; None: nothing came under any label."""
    if not any(each.now for each in found.counts):
        return None
    bars = tuple(
        Bar(
            labels.name(each.path, taxonomy, texts),
            each.now,
            each.before,
            texts.say("digest-bar", n=each.now, usual=_figure(each.before)),
        )
        for each in found.counts
    )
    told = texts.listed(f"{bar.name} {bar.told}" for bar in bars)
    return View(
        title=texts.say("digest-chart-title"),
        subtitle=texts.say("digest-chart-subtitle"),
        bars=bars,
        alt=texts.say("digest-chart-alt", counts=told),
        columns=tuple(texts.say(f"digest-csv-{each}") for each in ("label", "now", "usual")),
        rows=tuple((bar.name, bar.value, round(bar.mark, 2)) for bar in bars),
    )


def _figure(usual: float) -> str:
    """An average: with one digit if it is small and not whole."""
    return f"{usual:.0f}" if usual >= 10 else f"{usual:.1f}".removesuffix(".0")


def _local(at: datetime, community: Community) -> datetime:
    return at.astimezone(ZoneInfo(community.timezone))


def with_files_button(shown: Reply, days: int, query: str, texts: Texts) -> Reply:
    """A digest that can be had as files, too."""
    does = f"digest {days}d files {query}".rstrip()
    return replace(shown, buttons=((Button(texts.say("button-digest-files"), does),),))


# ── what editors want ────────────────────────────────────────────────────────────────────────────


def preview(
    found: Digest,
    held: Sequence[Item],
    community: Community,
    taxonomy: Taxonomy,
    texts: Texts,
    *,
    at: datetime | None,
    has_buttons: bool,
) -> Reply:
    """The digest as it would be now, with what editors can do about it."""
    when = texts.moment(at, timezone=community.timezone) if at is not None else ""
    said = texts.say("digest-preview-at", at=when) if when else texts.say("digest-preview")
    shown = digest(found, community, taxonomy, texts, above=[line(faint(said))])
    kept = [each.item for each in found.stories if each.pick == "keep"]
    under = [EMPTY]
    for message, items in (("digest-kept", kept), ("digest-held", held)):
        if items:
            numbers = texts.listed(f"#{each.number}" for each in items)
            under.append(line(texts.say(message, numbers=numbers)))
    under.append(line(faint(texts.say("digest-preview-hint"))))
    rows = [
        (
            Button(texts.say("button-digest-keep", number=str(n)), f"keep {n}"),
            Button(texts.say("button-digest-hold", number=str(n)), f"hold {n}"),
        )
        for n in (each.item.number for each in found.stories)
    ]
    return reply(shown.lines, under, buttons=rows if has_buttons else [])


def picked(item: Item, message: str, texts: Texts) -> Reply:
    """An item is preferred, kept out, or neither."""
    name = cards.shortened(item.title, TITLE)
    return reply(
        line(
            texts.say(message, title=name, number=str(item.number)), lead=cards.number(item.number)
        )
    )


# ── every week ───────────────────────────────────────────────────────────────────────────────────


def when(weekly: Weekly, texts: Texts) -> str:
    """A day of the week and a time."""
    day = texts.say(f"weekday-{weekly.weekday}")
    return texts.say("digest-when", day=day, time=f"{weekly.at:%H:%M}")


def overview(
    wanted: Sequence[tuple[Subscription, Community, datetime]],
    taxonomy: Taxonomy,
    texts: Texts,
    *,
    may_change: bool,
) -> Reply:
    """What a place gets every week, when next, and how to change it."""
    if not wanted:
        buttons = [[Button(texts.say("button-digest-week"), "digest 7d")]]
        if may_change:
            buttons.insert(0, [Button(texts.say("button-digest-on"), "digest on")])
        return reply(paragraphs(texts.say("digest-none")), buttons=buttons)
    lines = [line(strong(texts.say("digest-wanted")))]
    for place, (each, community, at) in enumerate(wanted, start=1):
        parts = (
            community.title or community.name,
            about(each.query, taxonomy, texts),
            when(each.weekly, texts),
        )
        lines.append(line(*joined(parts), lead=strong(str(place))))
        moment = texts.moment(at, timezone=community.timezone)
        lines.append(line(faint(texts.say("digest-next", at=moment)), indent=1))
    lines += [EMPTY, *(line(faint(each.text)) for each in paragraphs(texts.say("digest-hint")))]
    buttons = [[Button(texts.say("button-digest-week"), "digest 7d")]]
    if may_change:
        buttons[0].append(Button(texts.say("button-digest-preview"), "digest preview"))
        buttons += [
            [Button(texts.say("button-digest-off", n=place), f"digest off {place}")]
            for place in range(1, len(wanted) + 1)
        ]
    return reply(lines, buttons=buttons)


def turned_on(
    wanted: Subscription,
    community: Community,
    taxonomy: Taxonomy,
    texts: Texts,
    *,
    at: datetime,
) -> Reply:
    """From now on."""
    said = texts.say(
        "digest-turned-on",
        community=community.title or community.name,
        about=about(wanted.query, taxonomy, texts),
        when=when(wanted.weekly, texts),
        zone=community.timezone,
        next=texts.moment(at, timezone=community.timezone),
    )
    return reply(
        paragraphs(said), buttons=[[Button(texts.say("button-digest-preview"), "digest preview")]]
    )


def turned_off(n: int, texts: Texts) -> Reply:
    """No more of so many."""
    return reply(line(texts.say("digest-turned-off", n=n)))


def news(
    kind: str, wanted: Subscription, community: Community, taxonomy: Taxonomy, texts: Texts
) -> Reply:
    """Why there is no digest this week: "late" or "unreadable"."""
    named = about(wanted.query, taxonomy, texts)
    name = community.title or community.name
    said = texts.say(
        f"digest-is-{kind}", community=name, about=named, when=when(wanted.weekly, texts)
    )
    button = Button(texts.say("button-digest-week"), f"digest 7d {wanted.query}".rstrip())
    return reply(paragraphs(said), buttons=[[button]] if kind == "late" else [])


def which(communities: Sequence[Community], words: str, texts: Texts) -> Reply:
    """Of which community?"""
    buttons = [
        [Button(each.title or each.name, f"digest {each.name} {words}".strip())]
        for each in communities
    ]
    return reply(line(texts.say("daily-which")), buttons=buttons, asks=True)


def said(message: str, texts: Texts, **values: str) -> Reply:
    """A message of the locale files."""
    return reply(paragraphs(texts.say(message, **values)))
