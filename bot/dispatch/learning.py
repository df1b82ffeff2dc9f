"""Models are trained behind everything else, and who asked for one is told how it ended."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from functools import partial
from typing import TYPE_CHECKING

from bot.chat import DeliveryFailed
from bot.dispatch.context import Context, Features
from bot.dispatch.delivery import Delivery
from bot.dispatch.lanes import Lanes
from bot.dispatch.places import Place, Places
from bot.dispatch.standing import NOBODY
from core.domain import ChatRef, MemberRef
from core.errors import CommonplaceError

if TYPE_CHECKING:
    from core.library import Library
    from core.model_versions import ModelVersion

log = logging.getLogger(__name__)

MakeContext = Callable[[Place, ChatRef, MemberRef], Awaitable[Context]]


class Learning:
    """Lets models be made, one after the other.

    Args:
        library: the use cases.
        features: word how it ended.
        delivery: knows the platforms.
        places: which community a chat speaks for.
        lanes: for calls of the core.
        context: makes the surroundings of a place and a member.

    Attributes:
        task: what is under way.
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
    ) -> None:
        self._library = library
        self._features = features
        self._delivery = delivery
        self._places = places
        self._lanes = lanes
        self._context = context
        self.task: asyncio.Task[None] | None = None

    def train(self) -> None:
        """Make the models that are due, in a thread that nobody waits for; calls meanwhile are
        one."""
        if self.task is None or self.task.done():
            self.task = asyncio.create_task(self._train())

    async def begin_due(self) -> None:
        """Begin where enough was decided since the last time, and remove what nobody needs."""
        try:
            await self._lanes.call("work", self._library.training.sweep)
            begun = await self._lanes.call("work", self._library.training.begin_due)
        except CommonplaceError:
            log.exception("no training; the next day tries again")
            return
        if begun:
            self.train()

    async def _train(self) -> None:
        try:
            while (version := await self._lanes.aside(self._library.training.work)) is not None:
                await self._tell(version)
        except CommonplaceError:
            log.exception("no training for now; the next start tries again")
        except Exception:
            log.exception("no training for now; the next start tries again")

    async def _tell(self, version: "ModelVersion") -> None:
        """Tell in the chat that asked for it, else in the first that hears it."""
        for where in await self._lanes.call("answers", partial(self._chats, version)):
            place = await self._lanes.call("answers", partial(self._places.known, where))
            if place is None or place.community.id != version.community:
                continue
            context = await self._context(place, where, NOBODY)
            try:
                await self._features.trained(context, version)
            except DeliveryFailed as error:
                log.warning("not told on %s: %s", where.platform, error)
                continue
            return
        log.info("nobody to tell of version=%s community=%s", version.number, version.community)

    def _chats(self, version: "ModelVersion") -> list[ChatRef]:
        """Where a version's end could be told, best first: in the chat that asked, where one asked
        before, in groups, in private chats."""
        repository = self._library.repository
        earlier = [each.where for each in reversed(repository.models(version.community))]
        chats = repository.chats(version.community)
        open_ = sorted(
            (chat for chat in chats if chat.paused_at is None), key=lambda each: each.is_private
        )
        wanted = [version.where, *earlier, *(chat.where for chat in open_)]
        return [
            where
            for where in dict.fromkeys(wanted)
            if where is not None and where.platform in self._delivery
        ]
