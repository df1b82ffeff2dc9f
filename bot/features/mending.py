"""Another chance for what failed: /retry, /paste, and out it goes: /remove."""

from bot.chat import Suggestion
from bot.dispatch import Context
from bot.features.arguments import after_number, item_number
from bot.features.articles import wrote
from bot.features.reading import suggest_from
from bot.features.working import Steps, answer_all, finish
from bot.render import cards, talk
from core.domain import Filters, Item, State
from core.sources.urls import find_links


async def retry(context: Context, argument: str) -> None:
    """/retry: try one failed item again, or all of them."""
    number = item_number(argument)
    if number is None:
        await _retry_all(context)
        return
    item = await context.run(context.library.repository.item, context.community.id, number)
    if item.state is State.DONE:
        await context.reply(talk.said(context.texts, "retry-done", number=str(number)))
        return
    context.behind(finish(context, [item]))


async def _retry_all(context: Context) -> None:
    library = context.library
    failed = await context.run(
        library.repository.matching, context.community, Filters(is_any=("failed",))
    )
    unfinished = await context.run(library.ingest.unfinished)
    items = await context.run(library.repository.items, sorted({*failed, *unfinished}))
    own = [item for item in items if item.community == context.community.id]
    if not own:
        await context.reply(talk.said(context.texts, "retry-nothing"))
        return
    await context.reply(talk.said(context.texts, "retry-all", n=len(own)))
    context.behind(finish(context, own))


async def paste(context: Context, argument: str) -> None:
    """/paste: the text of an item that could not be fetched, in this message or the next."""
    number = item_number(argument)
    if number is None:
        await context.reply(talk.usage(context.texts, "paste"))
        return
    item = await context.run(context.library.repository.item, context.community.id, number)
    text = after_number(argument)
    if not text:
        title = cards.shortened(item.title, 60)
        await context.reply(talk.said(context.texts, "paste-ask", title=title))
        context.expect(f"paste {number}")
        return
    if _only_links(text):  # a change of mind: the member goes on with something else
        await wrote(context, text)
        return
    context.behind(_paste(context, item, text))


async def _paste(context: Context, item: Item, text: str) -> None:
    steps = Steps(context, item)
    work = context.work(
        context.library.ingest.paste, context.community, item.number, text, on_step=steps
    )
    await answer_all(context, [(steps, work)])


def _only_links(text: str) -> bool:
    links = find_links(text)
    return bool(links) and len(links) == len(text.split())


async def remove(context: Context, argument: str) -> None:
    """/remove: take an item out for good, after asking."""
    number = item_number(argument)
    if number is None:
        await context.reply(talk.usage(context.texts, "remove"))
        return
    item = await context.run(context.library.repository.item, context.community.id, number)
    title = cards.shortened(item.title, 60)
    answer = after_number(argument).casefold()
    if answer in context.texts.words("answer-yes"):
        # in the lane of work, so that nothing is worked on while it disappears
        removed = await context.work(context.library.ingest.remove, context.community, number)
        await context.reply(
            talk.said(context.texts, "removed", title=cards.shortened(removed.title, 60))
        )
    elif answer in context.texts.words("answer-no"):
        await context.reply(talk.said(context.texts, "kept", title=title))
    else:
        await context.reply(talk.ask_remove(context.texts, number, title))


async def suggest_failed(context: Context, argument: str) -> list[Suggestion]:
    """Numbers of failed items."""
    failed = await context.run(
        context.library.repository.matching, context.community, Filters(is_any=("failed",))
    )
    items = await context.run(context.library.repository.items, sorted(failed, reverse=True)[:30])
    return suggest_from(items, argument)
