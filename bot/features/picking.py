"""Adding a label: looking through the tree, or for words; and completing what is typed."""

import re

from bot.chat import Suggestion
from bot.dispatch import Context
from bot.features.arguments import after_number, page_of
from bot.features.reading import suggest_item
from bot.features.showing import rows_here
from bot.features.voices import aside, item_of, label_of, noted
from bot.render import picking, votes
from core.domain import Item, LabelPath
from core.errors import UnknownLabel
from core.taxonomy import Dimension, Label, Taxonomy
from core.taxonomy_finding import tidy

MATCHES = 8  # labels that are offered for some words

MINUS = "-－−–"
"""Any of these in front of a label says that it is wrong."""

DIVIDERS = re.compile(r"[、,，]")
"""Between several labels."""


async def add(context: Context, argument: str) -> None:
    """Add a label: look through the tree, or for words; words that name one add it at once."""
    if (item := await item_of(context, argument)) is None:
        return
    taxonomy = context.library.taxonomies(context.community)
    if words := after_number(argument):
        await _add_named(context, item, words)
    else:
        reply = picking.dimensions(
            item, rows=rows_here(context), taxonomy=taxonomy, texts=context.texts
        )
        await aside(context, reply)


async def browse(context: Context, argument: str) -> None:
    """Show what is below a dimension or label of the tree, to pick from."""
    argument, page = page_of(argument)
    if (item := await item_of(context, argument)) is None:
        return
    taxonomy = context.library.taxonomies(context.community)
    reply = picking.below(
        item,
        _node(taxonomy, after_number(argument)),
        page=page,
        rows=rows_here(context),
        taxonomy=taxonomy,
        texts=context.texts,
    )
    await aside(context, reply)


async def choose(context: Context, argument: str) -> None:
    """Add a label that was picked; it stays, however often it is picked."""
    if (item := await item_of(context, argument)) is None:
        return
    path = label_of(context.library.taxonomies(context.community), item, after_number(argument))
    await _add(context, item, path)


async def _add_named(context: Context, item: Item, words: str) -> None:
    try:
        path = context.library.taxonomies(context.community).find(words).path
    except UnknownLabel:
        await offer(context, item, words)
    else:
        await _add(context, item, path)


async def offer(context: Context, item: Item, words: str) -> None:
    """Offer the labels that some words may mean."""
    taxonomy = context.library.taxonomies(context.community)
    reply = picking.matches(
        item,
        words,
        matching(taxonomy, words),
        rows=rows_here(context),
        taxonomy=taxonomy,
        texts=context.texts,
    )
    await aside(context, reply)


async def _add(context: Context, item: Item, path: LabelPath) -> None:
    """Cast a voice for a label; the message that it was picked in says so."""
    cast = context.library.voting.cast
    await context.run(cast, item.id, context.member, path, is_for=True, by="button")
    context.refresh()
    await aside(context, await noted(context, item, [(path, True)]))


# ── labels by name ───────────────────────────────────────────────────────────────────────────────


def _node(taxonomy: Taxonomy, key: str) -> Dimension | Label:
    """The dimension or label of a key, an id or a path."""
    nodes: list[tuple[str, Dimension | Label]] = [(each.id, each) for each in taxonomy.dimensions]
    nodes += [(each.path, each) for each in taxonomy.walk()]
    for name, node in nodes:
        if key in (votes.key_of(name), name):
            return node
    raise UnknownLabel(f"No dimension or label has the key {key}.", name=key, suggestions="")


def matching(taxonomy: Taxonomy, words: str) -> list[LabelPath]:
    """The labels that may be meant, best first: those whose name or alias begins so, holds the
    words, or is spelt nearly so."""
    wanted = tidy(words)
    found: list[tuple[bool, LabelPath]] = []
    for label in taxonomy.walk():
        calls = [*label.names.values(), *(each for some in label.aliases.values() for each in some)]
        folded = [tidy(each) for each in calls]
        if wanted and any(wanted in each for each in folded):
            found.append((not any(each.startswith(wanted) for each in folded), label.path))
    if not found:
        found = [(False, path) for path in _near(taxonomy, words)]
    return [path for _, path in sorted(found, key=lambda pair: pair[0])][:MATCHES]


def _near(taxonomy: Taxonomy, words: str) -> list[LabelPath]:
    """The labels that an error would suggest."""
    try:
        return [taxonomy.find(words).path]
    except UnknownLabel as error:
        paths = []
        for each in str(error.facts["suggestions"]).split(", "):
            try:
                paths.append(taxonomy.find(each).path)
            except UnknownLabel:  # several are called so
                continue
        return list(dict.fromkeys(paths))


async def suggest(context: Context, argument: str) -> list[Suggestion]:
    """Numbers of the latest items; behind one, labels by any of their names."""
    number, space, typed = argument.partition(" ")
    if not space:
        return await suggest_item(context, number)
    words = DIVIDERS.split(typed)[-1].strip().lstrip(MINUS)
    taxonomy, texts = context.library.taxonomies(context.community), context.texts
    paths = matching(taxonomy, words) if words else [label.path for label in taxonomy.walk()]
    return [
        Suggestion(
            votes.typed(path, taxonomy, texts),
            len(words),
            taxonomy.name(path, texts.language, full=True),
        )
        for path in paths
    ]
