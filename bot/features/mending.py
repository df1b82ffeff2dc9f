"""Another chance for what failed: /retry, /paste; apart again: /split; out it goes: /remove."""

from bot.chat import Reply, Suggestion, Wrote
from bot.dispatch import Context
from bot.features.arguments import after_number, item_number
from bot.features.articles import take_in, wrote
from bot.features.bundles import Bundle
from bot.features.reading import suggest_from
from bot.features.working import Job, Steps, answer_each, finish
from bot.render import cards, talk
from core.domain import Filters, Item, MessageRef, PastedText, Role, State
from core.errors import NotAllowed
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
    context.behind(finish(context, [await _awaited(context, item)]))


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
    context.behind(finish(context, [await _awaited(context, item) for item in own]))


async def _awaited(context: Context, item: Item) -> Job:
    """The job of an item whose card is waited for here from now on."""
    debt = await context.run(
        context.library.repository.owe_card,
        item.id,
        context.where,
        member=context.member,
        answers=context.message,
        at=context.library.clock.now(),
    )
    return Job(item, debt, context.message)


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
    if _only_links(text) and context.message is not None:  # the member goes on with something else
        said = Wrote(message=context.message, member=context.member, text=text)
        await wrote(context, [said])
        return
    await _paste(context, item, text)


async def _paste(context: Context, item: Item, text: str) -> None:
    steps = Steps(context, item, is_told=context.chat.is_private)
    work = context.work(
        context.library.ingest.paste, context.community, item.number, text, on_step=steps
    )
    await answer_each(context, [(await _awaited(context, item), steps, work)])


def _only_links(text: str) -> bool:
    links = find_links(text)
    return bool(links) and len(links) == len(text.split())


async def split(context: Context, argument: str) -> None:
    """/split: make an item for each message of one that was made of several."""
    item = await _numbered(context, argument, "split")
    if item is None:
        return
    await _require_own(context, item)
    parts = await context.run(context.library.repository.parts, item.id)
    if len(parts) < 2:
        await context.reply(talk.said(context.texts, "split-nothing", number=str(item.number)))
        return
    # the new ones first: whatever stops us, no text is lost
    await take_in(context, [Bundle(PastedText(text), message) for message, text in parts])
    await context.work(context.library.ingest.remove, context.community, item.number)


async def remove(context: Context, argument: str) -> None:
    """/remove: take an item out for good, after asking; for who handed it in, and for editors."""
    item = await _numbered(context, argument, "remove")
    if item is None:
        return
    await _require_own(context, item)
    title = cards.shortened(item.title, 60)
    answer = after_number(argument).casefold()
    if answer in context.texts.words("answer-yes"):
        stood = await context.run(context.library.repository.cards, item.id)
        discussed = await context.run(context.library.repository.discussion_messages, item.id)
        # in the lane of work, so that nothing is worked on while it disappears
        removed = await context.work(context.library.ingest.remove, context.community, item.number)
        said = talk.said(context.texts, "removed", title=cards.shortened(removed.title, 60))
        await _tell_where_it_stood(context, stood, said)
        await _tell_where_it_stood(
            context, discussed, talk.said(context.texts, "discussion-removed"), must_tell=False
        )
        context.refresh()  # others may have their turn
    elif answer in context.texts.words("answer-no"):
        await context.reply(talk.said(context.texts, "kept", title=title))
    else:
        await context.whisper(talk.ask_remove(context.texts, item.number, title))


async def _tell_where_it_stood(
    context: Context, stood: list[MessageRef], said: Reply, *, must_tell: bool = True
) -> None:
    """The cards of what was removed say so; where there are none, an answer does."""
    told = not must_tell
    if context.capabilities.edits:
        for message in stood:
            if message.where.platform == context.where.platform:
                await context.edit(message, said)
                told = told or message.where == context.where
    if not told:
        await context.reply(said)


async def _numbered(context: Context, argument: str, command: str) -> Item | None:
    """The item that is meant; None after telling how the command is written."""
    number = item_number(argument)
    if number is None:
        await context.reply(talk.usage(context.texts, command))
        return None
    return await context.run(context.library.repository.item, context.community.id, number)


async def _require_own(context: Context, item: Item) -> None:
    """Go on only if the member alone handed the item in, or is an editor.

    Raises:
        NotAllowed
    """
    is_own = item.first_shared_by == context.member and item.shares == 1
    if not is_own and not await context.may(Role.EDITOR):
        raise NotAllowed("Only who handed it in, and editors, may do this.", role="editor")


async def suggest_failed(context: Context, argument: str) -> list[Suggestion]:
    """Numbers of failed items."""
    failed = await context.run(
        context.library.repository.matching, context.community, Filters(is_any=("failed",))
    )
    items = await context.run(context.library.repository.items, sorted(failed, reverse=True)[:30])
    return suggest_from(items, argument)
