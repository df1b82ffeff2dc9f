"""The labels and the reasons behind them: /labels, /label, /why."""

from bot.chat import Suggestion
from bot.dispatch import Context
from bot.features.arguments import after_number, item_number
from bot.render import changing, codebook, talk
from bot.texts import Texts
from core.domain import LANGUAGES, Origin
from core.errors import UnknownLabel
from core.taxonomy import Dimension, Label, Taxonomy, localised


async def labels(context: Context, argument: str) -> None:
    """/labels: the tree with counts; of one dimension, in full."""
    taxonomy = context.library.taxonomies(context.community)
    counts = await context.run(context.library.repository.label_counts, context.community.id)
    if not argument:
        await context.reply(codebook.dimensions(taxonomy, counts, context.texts))
        return
    speaks = context.texts.language
    dimension = dimension_named(taxonomy, argument)
    if dimension is not None:
        name = localised(dimension.names, speaks, dimension.id)
        below = dimension.labels
    else:
        found = taxonomy.find(argument)
        name, below = taxonomy.name(found.path, speaks, full=True), found.children or (found,)
    await context.reply(codebook.tree(below, name=name, counts=counts, texts=context.texts))


async def label(context: Context, argument: str) -> None:
    """/label: what the codebook says about one; with "history" behind it, what became of it."""
    if not argument:
        await context.reply(talk.usage(context.texts, "label"))
        return
    taxonomy = context.library.taxonomies(context.community)
    name, _, last = argument.rpartition(" ")
    if name and any(
        last.casefold() in Texts(each).words("codebook-word-history") for each in LANGUAGES
    ):
        await _history(context, taxonomy.find(name, retired=True))
        return
    try:
        found = taxonomy.find(argument, retired=True)
    except UnknownLabel:
        if dimension_named(taxonomy, argument) is None:
            raise
        await labels(context, argument)
        return
    counts = await context.run(context.library.repository.label_counts, context.community.id)
    count = counts.get(found.path, 0)
    version = await context.run(context.library.codebooks.version, context.community)
    await context.reply(
        codebook.entry(found, taxonomy=taxonomy, count=count, texts=context.texts, version=version)
    )


async def _history(context: Context, label: Label) -> None:
    library, community = context.library, context.community
    told = await context.run(library.codebooks.history, community, label)
    taxonomy, zone = library.taxonomies(community), community.timezone
    await context.reply(changing.history(label, told, taxonomy, context.texts, timezone=zone))


async def why(context: Context, argument: str) -> None:
    """/why: the questions, answers and wording behind an item's labels."""
    number = item_number(argument)
    if number is None:
        await context.reply(talk.usage(context.texts, "why"))
        return
    repository = context.library.repository
    item = await context.run(repository.item, context.community.id, number)
    labelling = await context.run(repository.labelling, item.id)
    if labelling is None:
        await context.reply(codebook.no_labelling(item, context.texts))
        return
    opinion = await context.run(repository.labelling, item.id, origin=Origin.LLM)
    await context.reply(
        codebook.why(
            item,
            labelling,
            opinion=opinion,
            taxonomy=context.library.taxonomies(context.community),
            texts=context.texts,
            all_of_it=bool(after_number(argument)),
        )
    )


def dimension_named(taxonomy: Taxonomy, words: str) -> Dimension | None:
    """The dimension that is called so, in any language."""
    wanted = words.strip().casefold()
    for dimension in taxonomy.dimensions:
        if wanted in (dimension.id, *(name.casefold() for name in dimension.names.values())):
            return dimension
    return None


# ── completing ───────────────────────────────────────────────────────────────────────────────────


async def suggest_dimension(context: Context, argument: str) -> list[Suggestion]:
    """Ids of dimensions."""
    taxonomy = context.library.taxonomies(context.community)
    return [
        Suggestion(each.id, len(argument), localised(each.names, context.texts.language, ""))
        for each in taxonomy.dimensions
        if each.id.startswith(argument.casefold())
    ]


async def suggest_label(context: Context, argument: str) -> list[Suggestion]:
    """Paths of labels."""
    return suggest_path(context, argument)


def suggest_path(context: Context, typed: str) -> list[Suggestion]:
    """Paths of labels with what was typed in path, name or alias; those that begin so first."""
    wanted = typed.casefold()
    taxonomy = context.library.taxonomies(context.community)
    speaks = context.texts.language
    found: list[tuple[bool, Suggestion]] = []
    for each in taxonomy.walk():
        calls = [each.path, *each.names.values()]
        calls += [alias for aliases in each.aliases.values() for alias in aliases]
        folded = [call.casefold() for call in calls]
        if any(wanted in call for call in folded):
            begins = any(call.startswith(wanted) for call in folded)
            name = taxonomy.name(each.path, speaks, full=True)
            found.append((not begins, Suggestion(each.path, len(typed), name)))
    return [suggestion for _, suggestion in sorted(found, key=lambda pair: pair[0])]
