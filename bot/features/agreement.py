"""How consistently people label: /agreement, for all, for one dimension, for oneself, for editors.

Figures of one person are for that person: they are told quietly, or not at all.
"""

from dataclasses import replace

from bot.chat import Reply, Suggestion
from bot.dispatch import Context
from bot.features.arguments import page_of
from bot.features.codebook import dimension_named, suggest_dimension
from bot.render import agreement as render
from bot.render import talk
from bot.render.agreement_chart import view
from bot.texts import Texts
from core.consistency import Note
from core.domain import LANGUAGES, Community, Role
from core.taxonomy import Taxonomy


async def agreement(context: Context, argument: str) -> None:
    """/agreement: dimensions and a picture; the labels of one; one's own; the weekly note."""
    words, page = page_of(argument)
    taxonomy = context.library.taxonomies(context.community)
    if not words:
        await _all(context, taxonomy)
    elif _is_word(words, "word-me"):
        await _own(context)
    elif _is_word(words, "word-note"):
        await _note(context, taxonomy)
    elif (dimension := dimension_named(taxonomy, words)) is not None:
        await _labels(context, taxonomy, dimension.id, page)
    else:
        await context.reply(render.unknown(words, taxonomy, context.texts))


def weekly(found: Note, community: Community, taxonomy: Taxonomy, texts: Texts) -> Reply:
    """The note of a week, as it is sent by itself: it says of which community."""
    return render.note(found, taxonomy, texts, name=community.title or community.name)


async def _all(context: Context, taxonomy: Taxonomy) -> None:
    consistency = context.library.consistency
    found = await context.aside(consistency.report, context.community)
    chart = None
    if found.dimensions:
        from core.charts.agreement import draw  # loads matplotlib when somebody wants a picture

        chart = await context.aside(draw, view(found, taxonomy, context.texts))
    await context.reply(render.report(found, taxonomy, context.texts, chart=chart))


async def _labels(context: Context, taxonomy: Taxonomy, dimension: str, page: int) -> None:
    found = await context.aside(context.library.consistency.labels, context.community, dimension)
    pages = max(1, -(-len(found.labels) // render.LABELS_PAGE))
    page = min(page, pages)
    more = f"agreement {dimension} page:{page + 1}" if page < pages else None
    await context.reply(render.of_labels(found, taxonomy, context.texts, page=page, more=more))
    if more:
        context.offer_more(more)


async def _own(context: Context) -> None:
    found = await context.aside(context.library.consistency.own, context.community, context.member)
    private = replace(context, is_quiet=True, is_secret=True)
    await private.reply(render.own(found, context.texts))


async def _note(context: Context, taxonomy: Taxonomy) -> None:
    await context.require(Role.EDITOR)
    found = await context.aside(context.library.consistency.note, context.community)
    if found is None:
        await context.reply(talk.said(context.texts, "note-quiet"))
    else:
        await context.reply(render.note(found, taxonomy, context.texts))


def _is_word(words: str, message: str) -> bool:
    return any(words.casefold() in Texts(each).words(message) for each in LANGUAGES)


async def suggest(context: Context, argument: str) -> list[Suggestion]:
    """Dimensions, and the words for oneself and the note."""
    others = [
        Suggestion(word, len(argument))
        for word in (context.texts.say("word-me"), context.texts.say("word-note"))
        if word.startswith(argument.casefold())
    ]
    return [*await suggest_dimension(context, argument), *others]
