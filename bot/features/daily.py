"""A few questions every day, for who wants them: /daily on, off, 08:30, now.

A wish is a member's own, towards one community. In a private chat that is the group they belong to;
if there are several, they choose.
"""

import re
import unicodedata
from collections.abc import Awaitable, Callable
from datetime import time

from bot.chat import Suggestion
from bot.dispatch import Context
from bot.features import asking
from bot.render import daily as render
from core.domain import Community

_TIME = re.compile(r"([01]?\d|2[0-3])[:：.]([0-5]\d)|([01]?\d|2[0-3])點(半)?")

_WORDS = ("on", "off", "now")


async def daily(context: Context, argument: str) -> None:
    """/daily: what a member wants, and changing it."""
    theirs = await communities_meant(context)
    words = argument.split()
    if words and (named := next((each for each in theirs if each.name == words[0]), None)):
        theirs, words = [named], words[1:]
    if len(theirs) > 1:
        await context.whisper(render.which(theirs, " ".join(words), context.texts))
        return
    context = await context.within(theirs[0].id)
    await _STEPS.get(_meant(context, words[0]) if words else "", _set_time)(context, words)


# ── what is wanted ───────────────────────────────────────────────────────────────────────────────


async def _turn_on(context: Context, words: list[str]) -> None:
    at = time_of_day(words[1]) if len(words) > 1 else None
    if len(words) > 1 and at is None:
        await context.whisper(render.not_understood(words[1], context.texts))
        return
    await _turned_on(context, at)


async def _turned_on(context: Context, at: time | None) -> None:
    turn_on = context.library.daily.turn_on
    wish = await context.run(turn_on, context.community.id, context.member, at=at)
    had = await context.run(context.library.daily.has_today, wish, context.community.id)
    await context.whisper(
        render.turned_on(wish, context.community, context.texts, begins_tomorrow=had)
    )


async def _turn_off(context: Context, words: list[str]) -> None:
    del words
    await context.run(context.library.daily.turn_off, context.community.id, context.member)
    await context.whisper(render.turned_off(context.texts))


async def _now(context: Context, words: list[str]) -> None:
    """Today's questions at once, for the member alone."""
    del words
    library, community = context.library, context.community
    occasion = await context.run(library.daily.now, community.id, context.member)
    if occasion is not None:
        await asking.ask(context, occasion)
        return
    is_done = await context.run(library.daily.is_done, community.id, context.member)
    await context.whisper(render.nothing(context.texts, is_done=is_done))


async def _set_time(context: Context, words: list[str]) -> None:
    """A time of day turns it on; nothing tells what is set; anything else is no word for it."""
    if not words:
        wish = await context.run(context.library.daily.wish, context.community.id, context.member)
        await context.whisper(render.told(wish, context.community, context.texts))
    elif (at := time_of_day(words[0])) is not None:
        await _turned_on(context, at)
    else:
        await context.whisper(render.not_understood(words[0], context.texts))


_STEPS: dict[str, Callable[[Context, list[str]], Awaitable[None]]] = {
    "on": _turn_on,
    "off": _turn_off,
    "now": _now,
}


# ── words ────────────────────────────────────────────────────────────────────────────────────────


async def communities_meant(context: Context) -> list[Community]:
    """The communities that can be meant: the one of the chat; from somebody's own collection, the
    groups that they belong to, if there are any."""
    if not context.chat.is_private or not await _is_personal(context, context.community):
        return [context.community]
    groups = [each for each in await context.communities() if not await _is_personal(context, each)]
    return groups or [context.community]


async def _is_personal(context: Context, community: Community) -> bool:
    chats = await context.run(context.library.repository.chats, community.id)
    return all(chat.is_private for chat in chats)


def _meant(context: Context, word: str) -> str:
    said = word.casefold()
    found = (each for each in _WORDS if said == each or said in context.texts.words(f"word-{each}"))
    return next(found, "")


def time_of_day(word: str) -> time | None:
    """A time of day as people write it: "8:30", "20：00", "20點半"; None if it is none."""
    found = _TIME.fullmatch(unicodedata.normalize("NFKC", word))
    if found is None:
        return None
    if found[3] is not None:
        return time(int(found[3]), 30 if found[4] else 0)
    return time(int(found[1]), int(found[2]))


async def suggest(context: Context, argument: str) -> list[Suggestion]:
    """What can be said, in the member's words."""
    return [
        Suggestion(each, len(argument), context.texts.say(f"daily-means-{each}"))
        for each in _WORDS
        if each.startswith(argument.casefold())
    ]
