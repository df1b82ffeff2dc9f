"""Bringing items to their end behind the conversation: progress in one line, then the card."""

import asyncio
import logging
from collections.abc import Sequence

from bot.chat import DeliveryFailed, Mark, Reply
from bot.dispatch import Context
from bot.render import cards, talk
from core.domain import Item, MessageRef, State
from core.errors import CommonplaceError
from core.ingest import Finished, Step
from core.taxonomy import Taxonomy

log = logging.getLogger(__name__)


class Steps:
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


async def finish(context: Context, items: Sequence[Item]) -> None:
    """Bring items to their end, one after the other, and answer each with its card; those that
    failed before get another try."""
    ingest = context.library.ingest
    queued: list[tuple[Steps, asyncio.Future[Finished]]] = []
    for item in items:
        steps = Steps(context, item)
        if item.state is State.FAILED:
            work = context.work(ingest.retry, context.community, item.number, on_step=steps)
        else:
            work = context.work(ingest.work, item.id, on_step=steps)
        queued.append((steps, work))
    await answer_all(context, queued)


async def answer_all(
    context: Context, queued: "Sequence[tuple[Steps, asyncio.Future[Finished]]]"
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


async def _followed(steps: Steps, work: "asyncio.Future[Finished]") -> Finished:
    """Wait for a piece of work while telling its steps."""
    telling = asyncio.create_task(steps.tell())
    try:
        return await work
    finally:
        steps.end()
        await telling


def _outcome(context: Context, finished: Finished) -> Reply:
    item, taxonomy, texts = finished.item, taxonomy_of(context), context.texts
    match finished.how:
        case "failed":
            return cards.failed(item, texts, now=context.library.clock.now())
        case "known":
            return cards.known(item, community=context.community, taxonomy=taxonomy, texts=texts)
        case "same-story" if finished.like is not None:
            return cards.same_story(item, finished.like, taxonomy=taxonomy, texts=texts)
        case _:
            return cards.card(item, taxonomy=taxonomy, texts=texts)


def taxonomy_of(context: Context) -> Taxonomy:
    """The labels of the community that the conversation is about."""
    return context.library.taxonomies(context.community)
