"""What a week brought: /digest, for now or every week; /keep and /hold for editors.

/digest                                     what this place gets, and when
/digest 7d label:topic/labour               the last days, at once; nothing else changes by it
/digest 7d files                            the same as Markdown and Atom
/digest on monday 09:00                     every week, about everything
/digest subscribe label:topic/labour fri 18:00
/digest off 2                               no more of the second one
/digest preview                             the next one as it stands, for editors
"""

import re
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import datetime, time
from difflib import get_close_matches
from typing import NamedTuple

from bot.chat import Reply, Suggestion
from bot.dispatch import Context
from bot.features.arguments import after_number, item_number
from bot.features.codebook import dimension_named
from bot.features.daily import communities_meant, time_of_day
from bot.features.reading import suggest_query
from bot.features.spans import days_in
from bot.render import digest_files, talk
from bot.render import digests as render
from bot.texts import Texts
from core.charts.house import Chart
from core.digest import Digest, PickKind, Subscription
from core.digests import USUAL
from core.domain import LANGUAGES, Community, Role, SentFile
from core.schedule import Weekly
from core.taxonomy import Taxonomy

MOST_DAYS = 366
"""A digest tells so many days at most; more is an export."""

_TIMELIKE = re.compile(r"\d{1,2}[:：]\d{1,2}|(?:星期|禮拜|週|周)\w?")


class _Said(NamedTuple):
    """Day, time and query of a subscription; None: not said."""

    weekday: int | None
    at: time | None
    query: str


async def digest(context: Context, argument: str) -> None:
    """/digest: a digest now, or every week."""
    theirs = await communities_meant(context)
    words = argument.split()
    if words and (named := next((each for each in theirs if each.name == words[0]), None)):
        theirs, words = [named], words[1:]
    if len(theirs) > 1 and words:
        await context.whisper(render.which(theirs, " ".join(words), context.texts))
        return
    if words:
        context = await context.within(theirs[0].id)
    step = next((each for each in _STEPS if words and _is(words[0], f"digest-word-{each}")), None)
    if step is not None:
        await _STEPS[step](context, words[1:])
    elif not words:
        await _overview(context)
    elif days_in(words[0]) is not None:
        await _lately(context, words)
    elif _weekday(words[0]) is not None or time_of_day(words[0]) is not None:
        await _turn_on(context, words)
    elif ":" in words[0] or "：" in words[0]:
        await _lately(context, words)
    else:
        await context.whisper(render.said("digest-unknown", context.texts, found=words[0]))


def weekly(found: Digest, community: Community, taxonomy: Taxonomy, texts: Texts) -> Reply:
    """A digest with its picture, as it is sent by itself."""
    return render.digest(found, community, taxonomy, texts, chart=_chart(found, taxonomy, texts))


def news(
    kind: str, wanted: Subscription, community: Community, taxonomy: Taxonomy, texts: Texts
) -> Reply:
    """Why there is none this week."""
    return render.news(kind, wanted, community, taxonomy, texts)


def _chart(found: Digest, taxonomy: Taxonomy, texts: Texts) -> Chart | None:
    seen = render.view(found, taxonomy, texts)
    if seen is None:
        return None
    from core.charts.bars import draw  # loads matplotlib when somebody wants a picture

    return draw(seen)


# ── at once ──────────────────────────────────────────────────────────────────────────────────────


async def _lately(context: Context, words: Sequence[str]) -> None:
    """The last days, told at once."""
    days, rest = 7, list(words)
    if rest and (span := days_in(rest[0])) is not None:
        days, rest = span, rest[1:]
    if not 1 <= days <= MOST_DAYS:
        limit = str(MOST_DAYS)
        await context.whisper(render.said("digest-span", context.texts, found=words[0], most=limit))
        return
    has_files = bool(rest) and _is(rest[0], "digest-word-files")
    query = _query(context, rest[1:] if has_files else rest)
    library, community, texts = context.library, context.community, context.texts
    found = await context.aside(library.digests.lately, community, query, days=days)
    taxonomy = library.taxonomies(community)
    if has_files:
        files = await context.aside(_files, found, community, taxonomy, texts, context)
        told = render.said("digest-files", texts, title=render.title(found, community, texts))
        await context.reply(replace(told, files=files))
        return
    shown = await context.aside(weekly, found, community, taxonomy, texts)
    await context.reply(render.with_files_button(shown, days, found.query, texts))


def _files(
    found: Digest, community: Community, taxonomy: Taxonomy, texts: Texts, context: Context
) -> tuple[SentFile, ...]:
    now = context.library.clock.now()
    text = digest_files.markdown(found, community, taxonomy, texts)
    feed = digest_files.feed(found, community, taxonomy, texts, now=now)
    return (SentFile("digest.md", text.encode()), SentFile("digest.atom", feed))


# ── every week ───────────────────────────────────────────────────────────────────────────────────


async def _overview(context: Context) -> None:
    library = context.library
    wanted = await context.run(_wanted, context)
    taxonomy = library.taxonomies(context.community)
    may_change = await _may_change(context)
    await context.reply(render.overview(wanted, taxonomy, context.texts, may_change=may_change))


def _wanted(context: Context) -> list[tuple[Subscription, Community, datetime]]:
    """What this place gets: which, about whom, and when next."""
    library = context.library
    found = []
    for each in library.digests.at(context.where):
        community = library.repository.community_by_id(each.community)
        found.append((each, community, library.digests.next(each, community)))
    return found


async def _may_change(context: Context) -> bool:
    """In private everybody says what they want; in a group, editors."""
    return context.chat.is_private or await context.may(Role.EDITOR)


async def _turn_on(context: Context, words: Sequence[str]) -> None:
    if not context.chat.is_private:
        await context.require(Role.EDITOR)
    if (wrong := _not_understood(words)) is not None:
        await context.whisper(render.said("digest-unknown-time", context.texts, found=wrong))
        return
    said = _parsed(context, words)
    library, community = context.library, context.community
    wanted_at: Weekly | None = None
    if said.weekday is not None or said.at is not None:
        weekday = USUAL.weekday if said.weekday is None else said.weekday
        wanted_at = Weekly(weekday, said.at or USUAL.at)
    wanted = await context.run(
        library.digests.subscribe,
        community,
        context.where,
        said.query,
        wanted_at,
        member=context.member if context.chat.is_private else None,
    )
    at = library.digests.next(wanted, community)
    taxonomy = library.taxonomies(community)
    told = render.turned_on(wanted, community, taxonomy, context.texts, at=at)
    await replace(context, is_quiet=False, is_secret=False).reply(told)


async def _turn_off(context: Context, words: Sequence[str]) -> None:
    if not context.chat.is_private:
        await context.require(Role.EDITOR)
    wanted = [each for each, _, _ in await context.run(_wanted, context)]
    chosen = wanted
    if words:
        number = words[0].lstrip("#＃")
        if not number.isdecimal() or not 1 <= int(number[:9]) <= len(wanted):
            said = render.said(
                "digest-no-such", context.texts, found=words[0], most=str(len(wanted))
            )
            await context.whisper(said)
            return
        chosen = [wanted[int(number[:9]) - 1]]
    for each in chosen:
        await context.run(context.library.digests.unsubscribe, each)
    await replace(context, is_quiet=False, is_secret=False).reply(
        render.turned_off(len(chosen), context.texts)
    )


async def _preview(context: Context, words: Sequence[str]) -> None:
    """The next digest as it stands: the one of this place about a query, or its first; without any,
    the last seven days."""
    await context.require(Role.EDITOR)
    library, community = context.library, context.community
    query = _query(context, words)
    wanted = [
        (each, at) for each, whose, at in await context.run(_wanted, context)
        if whose.id == community.id
    ]  # fmt: skip
    if words:
        canonical = str(library.search.understood(community, query))
        wanted = [(each, at) for each, at in wanted if each.query == canonical]
    at: datetime | None = None
    if wanted:
        subscription, at = wanted[0]
        found = await context.aside(library.digests.coming, subscription, community)
    else:
        found = await context.aside(library.digests.lately, community, query)
    held = await context.run(library.digests.held, community, since=found.since)
    taxonomy = library.taxonomies(community)
    await context.reply(
        render.preview(
            found,
            held,
            community,
            taxonomy,
            context.texts,
            at=at,
            has_buttons=context.capabilities.buttons > 0,
        )
    )


_STEPS: dict[str, Callable[[Context, Sequence[str]], Awaitable[None]]] = {
    "on": _turn_on,
    "off": _turn_off,
    "preview": _preview,
    "files": lambda context, words: _lately(context, ["7d", "files", *words]),
}


# ── what editors want ────────────────────────────────────────────────────────────────────────────


async def keep(context: Context, argument: str) -> None:
    """/keep: an item must be told; "off" behind it takes that back."""
    await _pick(context, argument, "keep")


async def hold(context: Context, argument: str) -> None:
    """/hold: an item must not be told; "off" behind it takes that back."""
    await _pick(context, argument, "hold")


async def _pick(context: Context, argument: str, kind: PickKind) -> None:
    number = item_number(argument)
    if number is None:
        await context.reply(talk.usage(context.texts, kind))
        return
    rest = after_number(argument)
    if rest and not _is(rest, "word-off"):
        said = render.said("digest-pick-unknown", context.texts, found=rest, command=kind)
        await context.whisper(said)
        return
    pick = context.library.digests.pick
    item = await context.run(pick, context.community, number, None if rest else kind)
    message = "digest-unpicked" if rest else f"digest-picked-{kind}"
    await context.whisper(render.picked(item, message, context.texts))


# ── words ────────────────────────────────────────────────────────────────────────────────────────


def _is(word: str, message: str) -> bool:
    return any(word.casefold() in Texts(each).words(message) for each in LANGUAGES)


def _weekday(word: str) -> int | None:
    return next((day for day in range(7) if _is(word, f"weekday-{day}")), None)


def _not_understood(words: Sequence[str]) -> str | None:
    """A word that is nearly a day or a time, and none."""
    names = [each for day in range(7) for each in Texts("en").words(f"weekday-{day}")]
    for word in words:
        if _weekday(word) is not None or time_of_day(word) is not None:
            continue
        is_near = word.isascii() and get_close_matches(word.casefold(), names, n=1, cutoff=0.8)
        if _TIMELIKE.fullmatch(word) or is_near:
            return word
    return None


def _parsed(context: Context, words: Sequence[str]) -> _Said:
    """The first day and time that stand there; what is left is what it is about."""
    weekday: int | None = None
    at: time | None = None
    rest: list[str] = []
    for word in words:
        if weekday is None and (day := _weekday(word)) is not None:
            weekday = day
        elif at is None and (found := time_of_day(word)) is not None:
            at = found
        else:
            rest.append(word)
    return _Said(weekday, at, _query(context, rest))


def _query(context: Context, words: Sequence[str]) -> str:
    """A query; the name of a dimension or label alone means what carries it."""
    typed = " ".join(words)
    if not typed or ":" in typed or "：" in typed:
        return typed
    taxonomy = context.library.taxonomies(context.community)
    if (dimension := dimension_named(taxonomy, typed)) is not None:
        return f"label:{dimension.id}"
    known = taxonomy.known(typed)
    return typed if known is None else f"label:{known.path}"


async def suggest(context: Context, argument: str) -> list[Suggestion]:
    """What can be said, in the member's words; behind it, filters of a query."""
    if " " in argument:
        return await suggest_query(context, argument)
    offered = (*(context.texts.say(f"digest-word-{each}") for each in _STEPS), "7d")
    return [
        Suggestion(each, len(argument)) for each in offered if each.startswith(argument.casefold())
    ]
