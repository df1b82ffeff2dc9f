"""Groups and servers: how a community wants things done, who looks after it, what it shares.

The set-up card is shown once, when the bot is taken in, and again by /settings. Its buttons change
one custom each and draw the card anew in the same message. Every change checks the right here,
whatever a platform's menu shows.
"""

import re
from dataclasses import replace
from typing import TYPE_CHECKING
from zoneinfo import available_timezones

from bot.chat import Pressed, Suggestion
from bot.dispatch import Context
from bot.features.arguments import page_of
from bot.features.talk import SPELLINGS
from bot.render import groups
from bot.render.groups import CHOICES, Health
from bot.texts import Texts
from core.domain import LANGUAGES, Community, Customs, Filters, MemberRef, Role
from core.errors import BadConfig
from core.taxonomy import STARTER

if TYPE_CHECKING:
    from core.library import Library

_MENTION = re.compile(r"<@!?(\d+)>|(\d{3,})")
_MOST_VOICES = 50
_MOST_DISCUSSIONS = 20  # more at a time is a queue that nobody sees the end of


# ── being taken in ───────────────────────────────────────────────────────────────────────────────


async def joined(context: Context, *, is_back: bool) -> None:
    """The bot was taken into a group: ask its admins once how they want things done. Rights that
    change in a group that was asked are no news."""
    was_asked = context.chat.is_set_up
    if context.chat.is_private or (was_asked and not is_back):
        return
    if was_asked:
        count = await context.run(context.library.repository.count, context.community.id)
        await context.reply(groups.welcome_back(count, context.texts))
    else:
        await context.reply(groups.set_up(context.community, context.texts, is_new=True))
        await context.run(context.library.repository.set_up, context.where)
    if lacking := await context.lacks():
        await context.reply(groups.lacks(lacking, context.texts))


# ── customs ──────────────────────────────────────────────────────────────────────────────────────


async def settings(context: Context, argument: str) -> None:
    """/settings: the card; with a name and a value, that change."""
    words, page = page_of(argument)
    if words:
        name, _, value = words.partition(" ")
        key = _meant(name, {key: f"setting-{key}" for key in CHOICES})
        if key is None:
            await context.reply(groups.unknown_setting(name, context.texts))
            return
        context = await _changed(context, key, value.strip())
        page = groups.page_with(key)
    await context.reply(groups.set_up(context.community, context.texts, page=page))


async def setup(context: Context, argument: str) -> None:
    """A button of the card: change something, or turn the page, in the same message."""
    words, page = page_of(argument)
    key, _, value = words.partition(" ")
    if key == "done":
        reply = groups.set_up_done(context.texts)
    elif key and key not in CHOICES:  # typed by somebody
        reply = groups.unknown_setting(key, context.texts)
    else:
        if key:
            context = await _changed(context, key, value)
            page = groups.page_with(key)
        reply = groups.set_up(context.community, context.texts, page=page)
    if isinstance(context.event, Pressed) and context.capabilities.edits:
        await context.edit(context.event.message, reply)
    else:
        await context.reply(reply)


async def _changed(context: Context, key: str, value: str) -> Context:
    """Change a custom; the context as it is from then on.

    Raises:
        BadConfig: the value is none of this setting's.
    """
    meant = _value(key, value)
    await context.run(_change, context.library, context.community, key, meant, context.member)
    context.refresh()
    community = await context.run(context.library.repository.community_by_id, context.community.id)
    texts = context.texts if context.chat.is_private else Texts(community.language)
    return replace(context, community=community, texts=texts)


def _change(
    library: "Library", community: Community, key: str, value: str, member: MemberRef
) -> None:
    repository, customs = library.repository, community.customs
    match key:
        case "language":
            repository.set_language(community.id, SPELLINGS[value.casefold()])
        case "timezone":
            repository.set_timezone(community.id, value)
        case "taxonomy":
            file = STARTER if value == STARTER else None
            library.voting.set_taxonomy(community.id, file, member=member)
        case _:
            now = _with(customs, key, value)
            library.voting.set_customs(community.id, now, member=member)


def _with(customs: Customs, key: str, value: str) -> Customs:
    match key:
        case "quorum":
            return replace(customs, quorum=int(value))
        case "lead":
            return replace(customs, lead=int(value))
        case "discussions":
            return replace(customs, discussions=0 if value == "off" else int(value))
        case "own":
            return replace(customs, counts_own=value == "yes")
        case "practice":
            return replace(customs, practice_first=value == "yes")
        case "deletion":
            return replace(customs, on_deletion=value)  # type: ignore[arg-type]  # one of CHOICES
        case "note":
            return replace(customs, note=value)  # type: ignore[arg-type]  # one of CHOICES
        case "intake":
            return replace(customs, intake=value)  # type: ignore[arg-type]  # one of CHOICES
        case _:
            return replace(customs, reply=value)  # type: ignore[arg-type]  # one of CHOICES


def _value(key: str, value: str) -> str:
    """The value that is meant, in either language's words.

    Raises:
        BadConfig: it is none of this setting's.
    """
    choices = CHOICES[key]
    match key:
        case "timezone":
            zones = {zone.casefold(): zone for zone in available_timezones()}
            if value.casefold() in zones:
                return zones[value.casefold()]
        case "language":
            if value.casefold() in SPELLINGS:
                return value
        case "discussions" if value.isdecimal() and int(value) <= _MOST_DISCUSSIONS:
            return value if int(value) else "off"
        case "quorum" | "lead":
            if value.isdecimal() and 1 <= int(value) <= _MOST_VOICES:
                return value
            choices = (f"1–{_MOST_VOICES}",)
        case _:
            found = _meant(value, {each: f"setting-{key}-{each}" for each in choices})
            if found is not None:
                return found
    raise BadConfig(
        f"{value!r} is no value of {key}; expected one of {', '.join(choices)}.",
        key=key,
        found=value or "—",
        expected=", ".join(choices),
    )


def _meant(word: str, messages: dict[str, str]) -> str | None:
    """Which of several things is meant by its key, or by a word for it in any language."""
    said = word.casefold()
    for key, message in messages.items():
        if said == key or any(said in Texts(each).words(message) for each in LANGUAGES):
            return key
    return None


async def suggest_setting(context: Context, argument: str) -> list[Suggestion]:
    """Names of settings, and then their values."""
    name, space, value = argument.partition(" ")
    if not space:
        return [
            Suggestion(key, len(name), context.texts.say(f"setting-{key}"))
            for key in CHOICES
            if key.startswith(name.casefold())
        ]
    return [
        Suggestion(each, len(value), groups.value_name(name, each, context.texts))
        for each in CHOICES.get(name, ())
        if each.casefold().startswith(value.casefold())
    ]


# ── one collection for several chats ─────────────────────────────────────────────────────────────


async def link(context: Context, argument: str) -> None:
    """/link: a code with which another chat can join."""
    del argument
    code = await context.run(context.library.membership.code_for, context.community.id)
    await context.whisper(groups.code(code, context.texts))


async def join(context: Context, argument: str) -> None:
    """/join: let this chat speak for the community that a code leads to; what was collected here
    before stays behind, so ask first if there is anything."""
    code, _, answer = argument.rpartition(" ")
    is_no = answer.casefold() in context.texts.words("answer-no")
    is_yes = answer.casefold() in context.texts.words("answer-yes")
    if not (is_yes or is_no):
        code = argument
    if not code.strip():
        await context.reply(groups.how_to_join(context.texts))
        return
    library = context.library
    count = await context.run(library.repository.count, context.community.id)
    if is_no:
        await context.reply(groups.not_joined(context.texts))
    elif count and not is_yes:
        await context.reply(groups.ask_join(code, count, context.texts))
    else:
        community = await context.run(library.membership.link, context.where, code)
        is_same = community.id == context.community.id
        await context.reply(groups.joined_to(community, context.texts, is_same=is_same))


# ── who looks after it ───────────────────────────────────────────────────────────────────────────


async def editor(context: Context, argument: str) -> None:
    """/editor: appoint whoever wrote the message that it answers, or is named; or take it back."""
    word, _, _ = argument.partition(" ")
    is_over = word.casefold() in context.texts.words("word-remove")
    repository, community = context.library.repository, context.community
    named = word and not (is_over and word == argument)
    member = await _named(context, argument)
    if member is None and (named or context.about is not None or is_over):
        await context.reply(groups.who_is_meant(context.texts))
        return
    if member is None:
        names = []
        for each in await context.run(repository.appointed, community.id):
            name = await context.run(repository.member_name, community.id, each)
            names.append(name or each.id)
        await context.reply(groups.editors(names, context.texts))
        return
    role = None if is_over else Role.EDITOR
    await context.run(repository.appoint, community.id, member, role)
    name = await context.run(repository.member_name, community.id, member)
    await context.reply(groups.appointed(name or member.id, context.texts, is_over=is_over))


async def _named(context: Context, argument: str) -> MemberRef | None:
    """Who wrote the message that is answered, or is mentioned; only somebody who was seen here and
    speaks for themself."""
    found = _MENTION.search(argument)
    if context.about is not None:
        member = context.about.member
        if context.about.is_anonymous:
            return None
    elif found is not None:
        member = MemberRef(context.where.platform, found[1] or found[2])
    else:
        return None
    seen = await context.run(context.library.repository.member_communities, member)
    return member if any(each.id == context.community.id for each in seen) else None


# ── what is missing ──────────────────────────────────────────────────────────────────────────────


async def doctor(context: Context, argument: str) -> None:
    """/doctor: what the bot may not do here, what has failed, which models are there."""
    del argument
    library, community = context.library, context.community
    failed = await context.run(library.repository.matching, community, Filters(is_any=("failed",)))
    unfinished = await context.run(library.ingest.unfinished)
    items = await context.run(library.repository.items, unfinished)
    health = Health(
        unfinished=sum(item.community == community.id for item in items),
        lacking=tuple(await context.lacks()),
        failed=len(failed),
        busy=context.busy(),
        entailer=await context.run(lambda: library.entailer.version),
        embedder=await context.run(lambda: library.embedder.version),
    )
    await context.reply(groups.health(health, context.texts))
