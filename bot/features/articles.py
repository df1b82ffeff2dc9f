"""Taking things in: links, texts and files become items; failed ones get another chance.

What was sent is committed (`Ingest.receive`) before the member sees that it was seen; a crash after
that loses nothing, because `resume` goes on with whatever is not finished. That is all the inbox
that a platform needs whose messages come from a person at the keyboard.
"""

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass

from bot.chat import DeliveryFailed, Mark, Reply, Suggestion
from bot.dispatch import Context
from bot.features.arguments import after_number, item_number
from bot.features.reading import suggest_from
from bot.render import cards, talk
from core.domain import Filters, Given, Item, Link, MessageRef, PastedText, State
from core.errors import CommonplaceError
from core.ingest import Finished, Step
from core.sources.urls import find_links
from core.taxonomy import Taxonomy

log = logging.getLogger(__name__)

SHORTEST_TEXT = 40
"""A text of fewer reading units (a Chinese character is one, any other word two) is asked about: it
is rather something to look for than something to keep. A judgement, not tuned."""

LONGEST_NOTE = 200
"""A text with links is a note about them if it has at most so many units besides; a longer one is
an article that mentions links. A judgement, not tuned."""


@dataclass(frozen=True, slots=True)
class _Sent:
    """What was found in a message: things to keep, and what the member says about them."""

    givens: tuple[Given, ...]
    note: str | None = None


# ── taking in ────────────────────────────────────────────────────────────────────────────────────


async def wrote(context: Context, text: str) -> None:
    """Keep what a member sent; a few bare words are asked about first."""
    sent = _found(text, context)
    if not sent.givens:
        await context.reply(talk.ask_what_to_do(context.texts, text.strip()))
        return
    await _take_in(context, sent)


async def save(context: Context, argument: str) -> None:
    """/save: keep it, however short it is."""
    sent = _found(argument, context)
    if not sent.givens and argument:
        sent = _Sent((PastedText(argument),))
    if not sent.givens:
        await context.reply(talk.usage(context.texts, "save"))
        return
    await _take_in(context, sent)


def _found(text: str, context: Context) -> _Sent:
    """Tell links with a note from an article, and an article from a few words."""
    text = text.strip()
    if context.files:
        return _Sent(context.files, text or None)
    links = find_links(text)
    rest = text
    for link in links:
        rest = rest.replace(link, " ").replace(link.removeprefix("https://"), " ")
    if links and _units(rest) <= LONGEST_NOTE:
        says_something = any(character.isalnum() for character in rest)
        return _Sent(tuple(Link(link) for link in links), text if says_something else None)
    return _Sent((PastedText(text),) if _units(text) >= SHORTEST_TEXT else ())


def _units(text: str) -> int:
    """Reading units: a wide character counts one, a run of others two."""
    wide = sum(character > "\u2e7f" for character in text)
    others = "".join(" " if character > "\u2e7f" else character for character in text)
    return wide + 2 * len(others.split())


async def _take_in(context: Context, sent: _Sent) -> None:
    receive = context.library.ingest.receive
    receipts = [
        await context.run(
            receive,
            given,
            community=context.community,
            member=context.member,
            member_name=context.member_name,
            note=sent.note,
            message=context.message,
        )
        for given in sent.givens
    ]
    new = [receipt.item for receipt in receipts if receipt.outcome == "new"]
    if new:
        await context.mark(Mark.SEEN)
    for item in (receipt.item for receipt in receipts if receipt.outcome == "known"):
        await _known(context, item)
    if new:
        context.behind(_finish(context, new))
    else:
        await context.mark(Mark.DONE)


async def _known(context: Context, item: Item) -> None:
    if item.state is State.FAILED:
        await context.reply(cards.failed(item, context.texts, now=context.library.clock.now()))
    elif item.state is not State.DONE:
        await context.reply(cards.waiting(item, context.texts))
    else:
        await context.reply(
            cards.known(
                item, community=context.community, taxonomy=_taxonomy(context), texts=context.texts
            )
        )


# ── working ──────────────────────────────────────────────────────────────────────────────────────


class _Steps:
    """Tells in one message, edited in place, what is being done with an item."""

    def __init__(self, context: Context, item: Item) -> None:
        self.item = item
        self.message: MessageRef | None = None
        self._context = context
        self._loop = asyncio.get_running_loop()
        self._news = asyncio.Event()
        self._step: Step | None = None
        self._is_over = False

    def __call__(self, step: Step) -> None:
        """Take a step in, from any thread."""
        self._step = step
        self._loop.call_soon_threadsafe(self._news.set)

    async def tell(self) -> None:
        """Tell the steps until they are over; those that pass while one is told are left out."""
        while True:
            await self._news.wait()
            self._news.clear()
            if self._is_over:
                return
            if self._step is not None:
                await self._say(cards.progress(self.item, self._step, self._context.texts))

    def end(self) -> None:
        """Let `tell` come to its end."""
        self._is_over = True
        self._news.set()

    async def _say(self, reply: Reply) -> None:
        try:
            if self.message is None:
                (self.message, *_) = await self._context.reply(reply)
            else:
                await self._context.edit(self.message, reply)
        except DeliveryFailed as error:  # the card matters, this does not
            log.info("progress not delivered: %s", error)


async def _finish(context: Context, items: Sequence[Item]) -> None:
    """Bring items to their end, one after the other, and answer each with its card."""
    ingest = context.library.ingest
    await _answer_all(
        context,
        [
            (steps := _Steps(context, item), context.work(ingest.work, item.id, on_step=steps))
            for item in items
        ],
    )


async def _answer_all(
    context: Context, queued: "Sequence[tuple[_Steps, asyncio.Future[Finished]]]"
) -> None:
    """Answer each piece of work as it ends; one that fails does not stop the others."""
    has_failed = False
    for steps, work in queued:
        try:
            finished = await _followed(steps, work)
            reply, is_failed = _outcome(context, finished), finished.how == "failed"
        except CommonplaceError as error:  # what was pasted cannot be read, or the item is gone
            reply, is_failed = talk.error(context.texts, error), True
        except Exception:
            log.exception("work failed item=%s", steps.item.id)
            item = await context.run(context.library.repository.item_by_id, steps.item.id)
            reply, is_failed = _outcome(context, Finished(item, "failed")), True
        if steps.message is None:
            await context.reply(reply)
        else:
            await context.edit(steps.message, reply)
        has_failed |= is_failed
    await context.mark(Mark.FAILED if has_failed else Mark.DONE)


async def _followed(steps: _Steps, work: "asyncio.Future[Finished]") -> Finished:
    """Wait for a piece of work while telling its steps."""
    telling = asyncio.create_task(steps.tell())
    try:
        return await work
    finally:
        steps.end()
        await telling


def _outcome(context: Context, finished: Finished) -> Reply:
    item, taxonomy, texts = finished.item, _taxonomy(context), context.texts
    match finished.how:
        case "failed":
            return cards.failed(item, texts, now=context.library.clock.now())
        case "known":
            return cards.known(item, community=context.community, taxonomy=taxonomy, texts=texts)
        case "same-story" if finished.like is not None:
            return cards.same_story(item, finished.like, taxonomy=taxonomy, texts=texts)
        case _:
            return cards.card(item, taxonomy=taxonomy, texts=texts)


async def resume(context: Context) -> None:
    """Go on with what an earlier run left unfinished."""
    library = context.library
    unfinished = await context.run(library.ingest.unfinished)
    items = await context.run(library.repository.items, unfinished)
    own = [item for item in items if item.community == context.community.id]
    if own:
        await context.reply(talk.said(context.texts, "resuming", n=len(own)))
        context.behind(_finish(context, own))


# ── another chance ───────────────────────────────────────────────────────────────────────────────


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
    context.behind(_retry(context, [item]))


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
    context.behind(_retry(context, own))


async def _retry(context: Context, items: Sequence[Item]) -> None:
    retry = context.library.ingest.retry
    await _answer_all(
        context,
        [
            (
                steps := _Steps(context, item),
                context.work(retry, context.community, item.number, on_step=steps),
            )
            for item in items
        ],
    )


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
    steps = _Steps(context, item)
    work = context.work(
        context.library.ingest.paste, context.community, item.number, text, on_step=steps
    )
    await _answer_all(context, [(steps, work)])


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


def _taxonomy(context: Context) -> Taxonomy:
    return context.library.taxonomies(context.community)
