"""Finding and reading: /search, /recent, /show, /similar, and completing what they are given."""

from collections.abc import Sequence

from bot.chat import Suggestion
from bot.dispatch import Context
from bot.features.arguments import after_number, item_number, page_of
from bot.features.codebook import suggest_path
from bot.render import cards, finding, talk
from bot.render.fit import pages
from core.domain import LANGUAGES, Item

PAGE = 5  # items on a page: a page of a search stays within one screen and one message
TEXT_PAGE = 1500  # characters of an item's text on a page
FILTERS = ("label:", "-label:", "site:", "by:", "lang:", "since:", "until:", "is:")
STATUSES = ("suggested", "confirmed", "disputed", "rejected", "none-fits", "failed")


async def search(context: Context, argument: str) -> None:
    """/search: by words and meaning, with filters."""
    query, page = page_of(argument)
    if not query:
        await context.reply(talk.help_on_search(context.texts))
        return
    offset = (page - 1) * PAGE
    library = context.library
    results = await context.run(
        library.search.find, context.community, query, limit=PAGE, offset=offset
    )
    more = f"search page:{page + 1} {query}" if offset + PAGE < results.total else None
    await context.reply(
        finding.hits(
            results.hits,
            total=results.total,
            offset=offset,
            query=query,
            taxonomy=library.taxonomies(context.community),
            texts=context.texts,
            more=more,
        )
    )
    if more:
        context.offer_more(more)


async def recent(context: Context, argument: str) -> None:
    """/recent: what came last."""
    _, page = page_of(argument)
    offset = (page - 1) * PAGE
    repository, community = context.library.repository, context.community
    items = await context.run(repository.recent, community.id, limit=PAGE, offset=offset)
    total = await context.run(repository.count, community.id)
    more = f"recent page:{page + 1}" if offset + PAGE < total else None
    await context.reply(
        finding.recent(
            items,
            total=total,
            offset=offset,
            taxonomy=context.library.taxonomies(community),
            texts=context.texts,
            more=more,
        )
    )
    if more:
        context.offer_more(more)


async def show(context: Context, argument: str) -> None:
    """/show: an item in full."""
    argument, page = page_of(argument)
    item = await _item(context, argument, "show")
    if item is None:
        return
    if item.failure is not None:
        await context.reply(cards.failed(item, context.texts, now=context.library.clock.now()))
        return
    text = pages(item.document.text if item.document is not None else "", TEXT_PAGE)
    page = min(page, len(text))
    more = f"show {item.number} page:{page + 1}" if page < len(text) else None
    if page == 1:
        reply = cards.whole(
            item,
            page=text[0],
            more=more,
            community=context.community,
            taxonomy=context.library.taxonomies(context.community),
            texts=context.texts,
        )
    else:
        reply = cards.text_page(item, text[page - 1], more=more, texts=context.texts)
    await context.reply(reply)
    if more:
        context.offer_more(more)


async def similar(context: Context, argument: str) -> None:
    """/similar: what is like an item."""
    item = await _item(context, argument, "similar")
    if item is None:
        return
    hits = await context.run(
        context.library.search.similar, context.community, item.number, limit=PAGE
    )
    taxonomy = context.library.taxonomies(context.community)
    await context.reply(finding.alike(item, hits, taxonomy=taxonomy, texts=context.texts))


async def _item(context: Context, argument: str, command: str) -> Item | None:
    """The item that is meant; None after telling how the command is written."""
    number = item_number(argument)
    if number is None:
        await context.reply(talk.usage(context.texts, command))
        return None
    return await context.run(context.library.repository.item, context.community.id, number)


# ── completing ───────────────────────────────────────────────────────────────────────────────────


async def suggest_item(context: Context, argument: str) -> list[Suggestion]:
    """Numbers of the latest items, with their titles."""
    items = await context.run(context.library.repository.recent, context.community.id, limit=30)
    return suggest_from(items, argument)


def suggest_from(items: Sequence[Item], argument: str) -> list[Suggestion]:
    """Numbers of items that begin as typed, or whose titles hold what was typed."""
    if after_number(argument) or argument.endswith(" "):
        return []
    typed = argument.lstrip("#").casefold()
    return [
        Suggestion(str(item.number), len(argument), cards.shortened(item.title, 40))
        for item in items
        if str(item.number).startswith(typed) or typed in item.title.casefold()
    ]


async def suggest_query(context: Context, argument: str) -> list[Suggestion]:
    """Filters, and what may stand behind their colon."""
    word = argument.rsplit(" ", 1)[-1]
    name, colon, value = word.partition(":")
    offered: tuple[str, ...]
    match name.removeprefix("-") if colon else "":
        case "label":
            return suggest_path(context, value)
        case "is":
            offered = STATUSES
        case "lang":
            offered = ("zh", *(language for language in LANGUAGES if language != "zh-TW"))
        case "":
            value, offered = word, (FILTERS if word else ())
        case _:
            return []
    return [
        Suggestion(each, len(value), _meaning(context, each))
        for each in offered
        if each.startswith(value.casefold()) and each != value
    ]


def _meaning(context: Context, offered: str) -> str:
    key = f"filter-{offered.rstrip(':').lstrip('-')}"
    return context.texts.say(key) if context.texts.has(key) else ""
