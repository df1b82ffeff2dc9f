"""Bringing items to their end behind the conversation, and answering with their cards.

A card is owed from the moment in which an item is written down (`Repository.owe_card`) until it was
sent, so that a stop in between loses none. In private one line tells the progress and becomes the
card; in a group nothing is said before the card, and what a community does not want said is not.
Many at once are answered by one card.
"""

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.chat import DeliveryFailed, Mark, Reply
from bot.dispatch import Context
from bot.features import showing
from bot.render import cards, talk
from core.domain import Item, MessageRef, OwedCard, State
from core.errors import CommonplaceError
from core.ingest import Finished, Step
from core.taxonomy import Taxonomy

log = logging.getLogger(__name__)

BURST = 4
"""More items than these that came together are answered by one card. A judgement: with it, a
screen of a phone is not filled by one member."""


PATIENCE_S = 1.0  # work that is over sooner is answered without a sign of progress


@dataclass(frozen=True, slots=True)
class Job:
    """An item to be brought to its end, and who waits for it.

    Attributes:
        item: as it was when the work was queued.
        owed: the id of the debt of its card, if one was written down.
        message: the member's message that brought it, for a sign.
    """

    item: Item
    owed: int | None = None
    message: MessageRef | None = None


class Steps:
    """Tells in one message, edited in place, what is being done with an item.

    Args:
        context: where.
        item: what is being worked on.
        is_told: whether anything is said at all.
    """

    def __init__(self, context: Context, item: Item, *, is_told: bool = True) -> None:
        self.item = item
        self.message: MessageRef | None = None
        self._context = context
        self._is_told = is_told
        self._loop = asyncio.get_running_loop()
        self._news = asyncio.Event()
        self._step: Step | None = None
        self._over = asyncio.Event()

    def __call__(self, step: Step) -> None:
        """Take a step in, from any thread."""
        self._step = step
        self._loop.call_soon_threadsafe(self._news.set)

    async def tell(self) -> None:
        """Tell the steps until they are over; those that pass while one is told are left out."""
        if self._is_told and self._context.capabilities.edits:
            await self._be_patient()
        while True:
            await self._news.wait()
            self._news.clear()
            if self._over.is_set():
                return
            if self._step is not None and self._is_told:
                await self._say(cards.progress(self.item, self._step, self._context.texts))

    async def _be_patient(self) -> None:
        """What is over soon is not told: the card comes at once, as one message."""
        over = asyncio.create_task(self._over.wait())
        pause = asyncio.ensure_future(self._context.pause(PATIENCE_S))
        await asyncio.wait({over, pause}, return_when=asyncio.FIRST_COMPLETED)
        for task in (over, pause):
            task.cancel()

    def end(self) -> None:
        """Let `tell` come to its end."""
        self._over.set()
        self._news.set()

    async def _say(self, reply: Reply) -> None:
        try:
            if self.message is None:
                (self.message, *_) = await self._context.reply(reply)
            else:
                await self._context.edit(self.message, reply)
        except DeliveryFailed as error:  # the card matters, this does not
            log.info("progress not delivered: %s", error)


async def finish(context: Context, jobs: Sequence[Job]) -> None:
    """Bring items to their end, one after the other, and answer each with its card, or many with
    one; those that failed before get another try."""
    ingest = context.library.ingest
    is_burst = len(jobs) > BURST and context.capabilities.edits
    queued: list[tuple[Job, Steps, asyncio.Future[Finished]]] = []
    for job in jobs:
        steps = Steps(context, job.item, is_told=context.chat.is_private and not is_burst)
        if job.item.state is State.FAILED:
            work = context.work(ingest.retry, context.community, job.item.number, on_step=steps)
        else:
            work = context.work(ingest.work, job.item.id, on_step=steps)
        queued.append((job, steps, work))
    if is_burst:
        await _answer_with_one(context, queued)
    else:
        await answer_each(context, queued)
    context.ask_opinions()


async def answer_each(
    context: Context, queued: "Sequence[tuple[Job, Steps, asyncio.Future[Finished]]]"
) -> None:
    """Answer each piece of work as it ends; one that fails does not stop the others."""
    failed: set[MessageRef | None] = set()
    for job, steps, work in queued:
        reply, item = await _outcome(context, steps, work)
        is_failed = item is None or item.state is State.FAILED
        if is_failed or _speaks(context):
            await _deliver(context, [(job, item)], reply, instead_of=steps.message)
        else:
            await _forgive(context, job)
        if is_failed:
            failed.add(job.message)
    for message in dict.fromkeys(job.message for job, *_ in queued):
        await mark(context, Mark.FAILED if message in failed else Mark.DONE, message)


async def _answer_with_one(
    context: Context, queued: "Sequence[tuple[Job, Steps, asyncio.Future[Finished]]]"
) -> None:
    """Answer all pieces of work with one card when the last has ended."""
    telling: MessageRef | None = None
    done: list[tuple[Job, Item]] = []
    for job, steps, work in queued:
        if context.chat.is_private and len(done) % max(BURST, len(queued) // 4) == 0:
            said = cards.burst_progress(len(done), len(queued), context.texts)  # takes its time
            try:
                telling = await _shown(context, said, telling)
            except DeliveryFailed as error:  # the card matters, this does not
                log.info("progress not delivered: %s", error)
        _, item = await _outcome(context, steps, work)
        if item is not None:
            done.append((job, item))
        is_failed = item is None or item.state is State.FAILED
        await mark(context, Mark.FAILED if is_failed else Mark.DONE, job.message)
    items = [item for _, item in done]
    if _speaks(context) or any(item.state is State.FAILED for item in items):
        reply = cards.burst(items, taxonomy=taxonomy_of(context), texts=context.texts)
        await _deliver(context, done, reply, instead_of=telling)
    else:
        for job, _ in done:
            await _forgive(context, job)


async def mark(context: Context, sign: Mark, message: MessageRef | None) -> None:
    """Put a sign on a member's message, unless the community wants none."""
    is_wanted = context.chat.is_private or context.community.customs.reply != "silent"
    if message is not None and (is_wanted or sign is Mark.FAILED):
        await context.mark(sign, message)


async def owed(context: Context, debts: Sequence[OwedCard]) -> None:
    """Go on with items whose cards are waited for since an earlier run."""
    items = await context.run(context.library.repository.items, [debt.item for debt in debts])
    by_id = {item.id: item for item in items}
    jobs = [Job(by_id[debt.item], debt.id, debt.answers) for debt in debts if debt.item in by_id]
    if jobs and context.chat.is_private:
        await context.reply(talk.said(context.texts, "resuming", n=len(jobs)))
    if jobs:
        await finish(context, jobs)


async def card(context: Context, ids: Sequence[int]) -> Reply | None:
    """The card of an item, or of several that one card stands for, as it is now."""
    items = await context.run(context.library.repository.items, list(ids))
    if not items:
        return None
    taxonomy = taxonomy_of(context)
    if len(ids) > 1:
        return cards.burst(items, taxonomy=taxonomy, texts=context.texts)
    (item,) = items
    if item.state is State.FAILED:
        return cards.failed(item, context.texts, now=context.library.clock.now())
    return await showing.card(context, item)


async def _deliver(
    context: Context,
    done: Sequence[tuple[Job, Item | None]],
    reply: Reply,
    *,
    instead_of: MessageRef | None,
) -> None:
    """Show a card, in the place of a sign of progress if one stands there, and keep where it is, so
    that it can be edited, and voted on by reactions.

    One that cannot be shown does not stop the others: it stays owed until the next start, unless
    nobody is there any more.
    """
    (first, _), *_ = done
    try:
        sent = await _shown(replace(context, message=first.message), reply, instead_of)
    except DeliveryFailed as error:
        log.warning("card not delivered to %s: %s", context.where.platform, error)
        if error.is_gone:
            for job, _ in done:
                await _forgive(context, job)
        return
    repository, now = context.library.repository, context.library.clock.now()
    for job, item in done:
        if item is None:
            await _forgive(context, job)
        else:
            await context.run(repository.card_sent, job.owed, item.id, sent, at=now)


async def _shown(context: Context, reply: Reply, instead_of: MessageRef | None) -> MessageRef:
    """The message that shows a reply; one in whose place it should stand may have been deleted."""
    if instead_of is not None:
        try:
            return (await context.edit(instead_of, reply))[-1]
        except DeliveryFailed as error:
            if not error.is_gone:
                raise
    return (await context.reply(reply))[-1]


async def _forgive(context: Context, job: Job) -> None:
    """Nobody waits for a card any more."""
    if job.owed is not None:
        await context.run(context.library.repository.drop_owed, job.owed)


def _speaks(context: Context) -> bool:
    """Whether a kept message is answered with a card here."""
    return context.chat.is_private or context.community.customs.reply == "card"


async def _outcome(
    context: Context, steps: Steps, work: "asyncio.Future[Finished]"
) -> tuple[Reply, Item | None]:
    """Wait for a piece of work while telling its steps: what is said of it, and the item as it is
    then; no item if it is gone or what was pasted cannot be read."""
    telling = asyncio.create_task(steps.tell())
    try:
        finished = await work
    except CommonplaceError as error:
        return talk.error(context.texts, error), None
    except Exception:
        log.exception("work failed item=%s", steps.item.id)
        item = await context.run(context.library.repository.item_by_id, steps.item.id)
        finished = Finished(item, "failed")
    finally:
        steps.end()
        await telling
    return await _told(context, finished), finished.item


async def _told(context: Context, finished: Finished) -> Reply:
    item, taxonomy, texts = finished.item, taxonomy_of(context), context.texts
    if finished.how == "failed":
        return cards.failed(item, texts, now=context.library.clock.now())
    booth = await showing.booth_of(context, item)
    match finished.how:
        case "known":
            return cards.known(
                item, community=context.community, taxonomy=taxonomy, texts=texts, booth=booth
            )
        case "same-story" if finished.like is not None:
            return cards.same_story(
                item, finished.like, taxonomy=taxonomy, texts=texts, booth=booth
            )
        case _:
            return cards.card(item, taxonomy=taxonomy, texts=texts, booth=booth)


def taxonomy_of(context: Context) -> Taxonomy:
    """The labels of the community that the conversation is about."""
    return context.library.taxonomies(context.community)
