"""What goes on behind the conversation: stale cards are redrawn, discussions are held (`forum`),
what was left is finished, and a language model is asked, if there is one."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine
from functools import partial
from typing import TYPE_CHECKING

from bot.chat import DeliveryFailed
from bot.dispatch.context import Context, Features
from bot.dispatch.delivery import Delivery
from bot.dispatch.forum import Forum
from bot.dispatch.lanes import Lanes
from bot.dispatch.places import Place, Places
from bot.dispatch.standing import NOBODY
from core.domain import ChatRef, MemberRef, MessageRef
from core.errors import CommonplaceError

if TYPE_CHECKING:
    from core.library import Library
    from core.opinions import Opinions

log = logging.getLogger(__name__)

MakeContext = Callable[[Place, ChatRef, MemberRef], Awaitable[Context]]


class Upkeep:
    """Keeps cards true, and goes on with what an earlier run left.

    Args:
        library: the use cases.
        features: know what a card says.
        delivery: edits messages.
        places: which community a chat speaks for.
        lanes: for calls of the core.
        context: makes the surroundings of a place and a member.
        behind: runs a task beside the events, telling its errors as an event's.

    Attributes:
        tasks: what is under way.
        asking: the conversation with the language model, which nobody waits for.
        relabelling: items are being labelled again.
    """

    def __init__(
        self,
        library: "Library",
        features: Features,
        delivery: Delivery,
        places: Places,
        lanes: Lanes,
        *,
        context: MakeContext,
        behind: Callable[[Context, Coroutine[None, None, None]], None],
    ) -> None:
        self._library = library
        self._features = features
        self._delivery = delivery
        self._places = places
        self._lanes = lanes
        self._context = context
        self._behind = behind
        self._forum = Forum(library, features, delivery, places, lanes, context=context)
        self._has_resumed = False
        self._is_due = False
        self.tasks: set[asyncio.Task[None]] = set()
        self.asking: asyncio.Task[None] | None = None
        self.relabelling: asyncio.Task[None] | None = None

    # ── cards that are to say something else ─────────────────────────────────────────────────────

    def refresh(self) -> None:
        """Edit stale cards and hold discussions behind everything else; calls meanwhile are one."""
        self._is_due = True
        if not self.tasks:
            task = asyncio.create_task(self._refresh())
            self.tasks.add(task)
            task.add_done_callback(self._refreshed)

    async def _refresh(self) -> None:
        while self._is_due:
            self._is_due = False
            await self._redraw_stale()
            await self._forum.tend()

    def _refreshed(self, task: "asyncio.Task[None]") -> None:
        self.tasks.discard(task)
        if self._is_due and not task.cancelled() and task.exception() is None:
            self.refresh()  # somebody called while the last look was being taken

    async def _redraw_stale(self) -> None:
        repository = self._library.repository
        failed: set[MessageRef] = set()
        while True:
            stale = await self._lanes.call("answers", repository.stale_cards)
            todo = [
                message
                for message in dict.fromkeys(message for _, message in stale)
                if message not in failed and message.where.platform in self._delivery
            ]
            if not todo:
                return
            for message in todo:
                try:
                    await self._redraw(message)
                except DeliveryFailed as error:
                    log.info("card not edited on %s: %s", message.where.platform, error)
                    failed.add(message)  # it stays stale: the next change or start tries again
                    if error.is_gone:
                        await self._lanes.call("answers", partial(repository.card_gone, message))
                else:
                    # only what was stale when we asked: a change meanwhile makes it stale again
                    await self._lanes.call("answers", partial(repository.card_fresh, message))

    async def _redraw(self, message: MessageRef) -> None:
        place = await self._lanes.call("answers", partial(self._places.known, message.where))
        items = await self._lanes.call(
            "answers", partial(self._library.repository.items_of_card, message)
        )
        if place is None or not items:
            return
        context = await self._context(place, message.where, NOBODY)
        if (reply := await self._features.card(context, items)) is not None:
            await self._delivery.edit(message, reply, community=context.community.id)

    # ── second opinions ──────────────────────────────────────────────────────────────────────────

    def ask_opinions(self) -> None:
        """Ask the language model about what waits for it, beside everything else; calls meanwhile
        are one. Cards follow as answers come."""
        if self._library.opinions is not None and (self.asking is None or self.asking.done()):
            self.asking = asyncio.create_task(self._ask_opinions(self._library.opinions))

    async def _ask_opinions(self, opinions: "Opinions") -> None:
        try:
            while await self._lanes.aside(opinions.ask_next) is not None:
                self.refresh()
        except CommonplaceError as error:  # it stays owed: the next item, hour or start tries again
            log.warning("no opinions for now: %s", error)
        except Exception:
            log.exception("no opinions for now")

    # ── labels anew ──────────────────────────────────────────────────────────────────────────────

    def relabel(self) -> None:
        """Label items again that are due, a few at a time behind whatever else is to be worked on;
        calls meanwhile are one. Cards follow."""
        if self.relabelling is None or self.relabelling.done():
            self.relabelling = asyncio.create_task(self._relabel())

    async def _relabel(self) -> None:
        step = self._library.relabelling.step
        try:
            while await self._lanes.call("work", step) is not None:
                self.refresh()
        except CommonplaceError as error:  # they stay due: the next quarter or start tries again
            log.warning("not labelled again for now: %s", error)
        except Exception:
            log.exception("not labelled again for now")

    async def _look_at_codebooks(self) -> None:
        """See whether files of labels changed since the last run."""
        library = self._library
        for community in await self._lanes.call("answers", library.repository.communities):
            await self._lanes.call("answers", partial(library.codebooks.version, community))

    # ── what an earlier run left unfinished ──────────────────────────────────────────────────────

    async def resume(self, platform: str) -> None:
        """Finish what chats of a platform wait for, what nobody waits for, and redraw cards."""
        if not self._has_resumed:
            await self._look_at_codebooks()
        await self._resume_owed(platform)
        await self._resume_unanswered()
        self.refresh()
        self.ask_opinions()
        self.relabel()

    async def _resume_owed(self, platform: str) -> None:
        """Finish what chats of a platform wait for, each member's in one go."""
        owed = await self._lanes.call(
            "answers", partial(self._library.repository.owed_cards, platform)
        )
        for where, member in dict.fromkeys((each.where, each.member) for each in owed):
            own = [each for each in owed if (each.where, each.member) == (where, member)]
            place = await self._lanes.call("answers", partial(self._places.known, where))
            if place is not None:
                context = await self._context(place, where, member)
                self._behind(context, self._features.owed(context, own))

    async def _resume_unanswered(self) -> None:
        """Finish what no chat waits for: what came from the command line, or is not answered."""
        if self._has_resumed:
            return
        self._has_resumed = True
        repository, ingest = self._library.repository, self._library.ingest
        owed = {each.item for each in await self._lanes.call("answers", repository.owed_cards)}
        for item in await self._lanes.call("answers", ingest.unfinished):
            if item not in owed:
                self._lanes.call("work", partial(self._finish_quietly, item))

    def _finish_quietly(self, item: int) -> None:
        try:
            self._library.ingest.work(item)
        except Exception:  # it has failed, with its reason, and can be tried again
            log.exception("work failed item=%s", item)
