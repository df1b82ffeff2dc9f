"""/log: what was decided, when, by whom or what, and under which codebook."""

from bot.chat import Suggestion
from bot.dispatch import Context
from bot.features.arguments import page_of
from bot.features.codebook import suggest_path
from bot.render import log as shown
from bot.texts import Texts
from core.domain import LANGUAGES
from core.folding import fold

PAGE = 8  # lines: they stand in one message and mostly on one screen
CAUSES = (
    *("vote", "ruling", "withdrawal", "import", "labelling", "merge", "customs", "taxonomy"),
    "recount",
)
"""The kinds that can be looked for by name; others are shown as well (`core.domain.Cause`)."""

_FILTERS = ("label:", "-label:", "by:", "since:", "until:", "is:")


async def log(context: Context, argument: str) -> None:
    """/log: the newest decisions, of one item or of what filters and words keep."""
    query, page = page_of(argument)
    offset = (page - 1) * PAGE
    library = context.library
    found = await context.run(
        library.log.find,
        context.community,
        query,
        asker=context.member,
        limit=PAGE,
        offset=offset,
        causes=_causes(),
        myself=frozenset(map(fold, _words("log-me"))),
    )
    more = f"log page:{page + 1} {query}".rstrip() if offset + PAGE < found.total else None
    await context.reply(
        shown.page(
            found,
            offset=offset,
            community=context.community,
            taxonomy=library.taxonomies(context.community),
            texts=context.texts,
            query=query,
            more=more,
        )
    )
    if more:
        context.offer_more(more)


def _causes() -> dict[str, str]:
    """What kinds of causes are called in every language, folded."""
    called = {kind: kind for kind in CAUSES}
    for kind in CAUSES:
        called |= dict.fromkeys(map(fold, _words(f"cause-{kind}")), kind)
    return called


def _words(message: str) -> list[str]:
    return [word for language in LANGUAGES for word in Texts(language).words(message)]


async def suggest(context: Context, argument: str) -> list[Suggestion]:
    """Filters, and what may stand behind their colon."""
    word = argument.rsplit(" ", 1)[-1]
    name, colon, value = word.partition(":")
    if colon and name.removeprefix("-") == "label":
        return suggest_path(context, value)
    if colon and name == "by":
        kinds = ((kind, context.texts.words(f"cause-{kind}")[0]) for kind in CAUSES)
        return [
            Suggestion(kind, len(value), called)
            for kind, called in kinds
            if kind.startswith(value.casefold()) or called.startswith(value.casefold())
        ]
    if colon or not word:
        return []
    return [Suggestion(each, len(word)) for each in _FILTERS if each.startswith(word.casefold())]
