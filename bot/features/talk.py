"""The conversation itself: /start, /help, /more, /status, /language."""

import unicodedata
from dataclasses import replace
from datetime import UTC

from bot.chat import Suggestion
from bot.dispatch import Context
from bot.render import talk
from bot.texts import Texts
from core.domain import LANGUAGES, Language, Role

SPELLINGS: dict[str, Language] = {
    "zh-tw": "zh-TW",
    "zh": "zh-TW",
    "zh-hant": "zh-TW",
    "tw": "zh-TW",
    "chinese": "zh-TW",
    "中文": "zh-TW",
    "繁體中文": "zh-TW",
    "正體中文": "zh-TW",
    "台灣": "zh-TW",
    "臺灣": "zh-TW",
    "en": "en",
    "english": "en",
    "英文": "en",
    "英語": "en",
}


async def start(context: Context, argument: str) -> None:
    """/start: who I am and what to do first. What a link hands over ("hello") opens the door only:
    whoever came from a group asks again there."""
    if argument == "hello":
        await context.reply(talk.said(context.texts, "door-is-open"))
        return
    count = await context.run(context.library.repository.count, context.community.id)
    await context.reply(talk.welcome(context.community, count, context.texts))


async def help_(context: Context, argument: str) -> None:
    """/help: every command; of one command, how it is written."""
    wanted = argument.lstrip("/／").casefold()
    is_admin = await context.may(Role.ADMIN)
    commands = [
        command
        for command in context.features.commands
        if not command.is_for_buttons and (is_admin or command.needs is not Role.ADMIN)
    ]
    named = [
        command.name
        for command in commands
        if wanted == command.name
        or any(wanted in Texts(each).words(f"command-{command.name}") for each in LANGUAGES)
    ]
    if named:
        name = named[0]
        search = name == "search"
        await context.reply(
            talk.help_on_search(context.texts) if search else talk.usage(context.texts, name)
        )
        return
    sections: dict[str, list[str]] = {}
    for command in commands:
        if command.section is not None:
            sections.setdefault(command.section, []).append(command.name)
    await context.reply(talk.help_page(sections, context.texts))


async def more(context: Context, argument: str) -> None:
    """/more: the next page of the last answer."""
    del argument
    if context.next_page is None:
        await context.reply(talk.said(context.texts, "no-more"))
    else:
        await context.do(context.next_page)


async def status(context: Context, argument: str) -> None:
    """/status: what is here, what is unfinished, which models and how much storage."""
    del argument
    library, community = context.library, context.community
    now = talk.Status(
        states=await context.run(library.repository.states, community.id),
        busy=context.busy(),
        entailer=await context.run(library.promotion.model, community.id),
        embedder=await context.run(lambda: library.embedder.version),
        vectors=await context.run(library.vectors.count, community.id),
        codebook=await context.run(library.codebooks.version, community),
        is_behind=await context.run(library.codebooks.is_behind, community),
        relabelling=await context.run(library.relabelling.progress, community),
        live=await context.run(library.promotion.live, community.id),
        is_broken=await context.run(library.promotion.is_broken, community.id),
        training=await context.run(library.training.progress, community),
    )
    if library.opinions is not None:
        owed = await context.run(library.repository.owed_opinions, community.id)
        today = library.clock.now().astimezone(UTC).date()
        spent = await context.run(library.repository.spent, today)
        now = replace(now, opinions=talk.OpinionStatus(len(owed), spent))
    await context.reply(talk.status(community, now, context.texts))


async def language(context: Context, argument: str) -> None:
    """/language: in private, speak another one with this member; in a group, with the group."""
    if not argument:
        await context.reply(talk.ask_language(context.texts))
        return
    wanted = SPELLINGS.get(unicodedata.normalize("NFKC", argument).casefold().replace("_", "-"))
    if wanted is None:
        await context.reply(talk.said(context.texts, "language-unknown", name=argument))
        await context.reply(talk.ask_language(context.texts))
        return
    repository = context.library.repository
    if context.chat.is_private:
        await context.run(repository.set_member_language, context.member, wanted)
        context = context.speaking(wanted)
    if not context.chat.is_private or await _is_alone(context):
        await context.require(Role.ADMIN)
        await context.run(repository.set_language, context.community.id, wanted)
        context = replace(context, texts=Texts(wanted))
    await context.reply(talk.said(context.texts, "language-set"))


async def _is_alone(context: Context) -> bool:
    """Whether the collection is one person's, so that it speaks as they do."""
    chats = await context.run(context.library.repository.chats, context.community.id)
    return all(chat.is_private for chat in chats)


async def suggest_language(context: Context, argument: str) -> list[Suggestion]:
    """Languages by their codes."""
    del context
    return [
        Suggestion(each, len(argument))
        for each in LANGUAGES
        if each.casefold().startswith(argument.casefold())
    ]
