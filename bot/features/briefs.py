"""A dossier for a writer: /brief with a query.

/brief label:topic/labour since:2026-03     what the collection says about it, quoted
/brief 最低工資                              the same about words
/brief 勞動                                  the name of a label alone means that label
"""

from contextlib import suppress

from bot.chat import Reply
from bot.dispatch import Context
from bot.features.codebook import dimension_named
from bot.render import briefs as render
from core.brief import Brief
from core.errors import UnknownLabel


async def brief(context: Context, argument: str) -> None:
    """/brief: a dossier, with its files."""
    if not argument.strip():
        await context.reply(render.usage(context.texts))
        return
    library, community = context.library, context.community
    query = _query(context, argument.strip())
    found = await context.aside(library.briefs.compose, community, query)
    if not found.items:
        await context.reply(render.nothing(found.query, context.texts))
        return
    if not library.briefs.drafts:
        await context.reply(await context.aside(_shown, context, found))
        return
    waiting = await context.reply(render.drafting(found, context.texts))
    shown = await context.aside(_shown, context, found)
    for message in waiting:
        await context.withdraw(message)
    await context.reply(shown)


def _shown(context: Context, found: Brief) -> Reply:
    library, texts = context.library, context.texts
    found = library.briefs.with_draft(found, language=texts.language)
    taxonomy = library.taxonomies(context.community)
    return render.brief(found, context.community, taxonomy, texts)


def _query(context: Context, typed: str) -> str:
    """A query; the name of a dimension or label alone means what carries it."""
    if ":" in typed or "：" in typed:
        return typed
    taxonomy = context.library.taxonomies(context.community)
    if (dimension := dimension_named(taxonomy, typed)) is not None:
        return f"label:{dimension.id}"
    with suppress(UnknownLabel):
        return f"label:{taxonomy.find(typed).path}"
    return typed
