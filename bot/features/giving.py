"""/export: the collection, or what a search keeps of it, as a file."""

from bot.chat import Suggestion
from bot.dispatch import Context
from bot.features.reading import suggest_query
from bot.render import exporting
from bot.render.exporting import FORMS
from bot.texts import Texts
from core.domain import LANGUAGES
from core.exporting import Form, Wish

MAX_BYTES = 8_000_000
"""Of a file in a chat. Discord takes 10 MiB without boosts, a Telegram bot 50 MB (Bot API,
sendDocument)."""


async def export(context: Context, argument: str) -> None:
    """/export: ask for the form; with a form, hand the file over. Whatever else is said is a
    search."""
    word, _, rest = argument.strip().partition(" ")
    form = _form(word)
    query = rest.strip() if form is not None else argument.strip()
    library, community, texts = context.library, context.community, context.texts
    if form is None:
        ids, _ = await context.run(library.search.select, community, query)
        await context.reply(exporting.choices(query, len(ids), texts))
        return
    wish = Wish(
        form,
        query=query,
        language=texts.language,
        about=texts.say("export-feed-about", query=query or "none"),
    )
    name, data, written = await context.run(library.exporting.as_file, community, wish)
    if len(data) > MAX_BYTES:
        await context.reply(exporting.too_large(len(data), texts))
    else:
        await context.reply(exporting.handed_over(name, data, written, form, texts))


def _form(word: str) -> Form | None:
    """The form that is meant, in either language's words."""
    said = word.casefold()
    for form in FORMS:
        names = (name for each in LANGUAGES for name in Texts(each).words(f"export-word-{form}"))
        if said and said in {form, *names}:
            return form
    return None


async def suggest_export(context: Context, argument: str) -> list[Suggestion]:
    """Forms, and then what a search may hold."""
    if " " in argument:
        return await suggest_query(context, argument)
    return [
        Suggestion(form, len(argument), context.texts.say(f"export-form-{form}"))
        for form in FORMS
        if form.startswith(argument.casefold())
    ]
