"""Models are trained behind everything else, and who asked for one is told how it ended: once, also
over restarts (`bot.dispatch.posting`)."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from bot.dispatch.context import Context, Features
from bot.dispatch.delivery import Delivery
from bot.dispatch.lanes import Lanes
from bot.dispatch.places import Place, Places
from bot.dispatch.posting import Posting, Stopping
from bot.dispatch.standing import NOBODY
from core.domain import ChatRef, MemberRef
from core.errors import CommonplaceError
from core.model_versions import VersionState

if TYPE_CHECKING:
    from core.library import Library
    from core.model_versions import ModelVersion

log = logging.getLogger(__name__)

NEWS = timedelta(days=7)
"""For so long the end of a training is news, if nobody was told of it when the program stopped."""

_ENDS = (VersionState.CANDIDATE, VersionState.ASIDE, VersionState.FAILED)

MakeContext = Callable[[Place, ChatRef, MemberRef], Awaitable[Context]]


_KIND = "model"


def _key(version: "ModelVersion") -> str:
    """Names the end of a version; one that is judged again comes to another."""
    return f"{_KIND} {version.number} {version.finished_at or version.begun_at:%Y-%m-%dT%H:%M:%S}"


class Learning:
    """Lets models be made, one after the other.

    Args:
        library: the use cases.
        features: word how it ended.
        delivery: knows the platforms.
        posting: tells, once.
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
        posting: Posting,
        places: Places,
        lanes: Lanes,
        *,
        context: MakeContext,
    ) -> None:
        self._library = library
        self._features = features
        self._delivery = delivery
        self._posting = posting
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

    async def tell_owed(self) -> None:
        """Tell what could not be told before."""
        try:
            for version in await self._lanes.call("answers", self._untold):
                await self._tell(version)
            await self._posting.send_owed(_KIND)
        except CommonplaceError:
            log.exception("not told how a training ended; the next time tries again")
        except Stopping:
            return

    async def _train(self) -> None:
        await self.tell_owed()
        try:
            while (version := await self._lanes.aside(self._library.training.work)) is not None:
                await self._tell(version)
        except CommonplaceError:
            log.exception("no training for now; the next start tries again")
        except Stopping:
            return
        except Exception:
            log.exception("no training for now; the next start tries again")

    async def _tell(self, version: "ModelVersion") -> None:
        """Tell in the chat that asked for it, else in the first that hears it."""
        for where in await self._lanes.call("answers", partial(self._chats, version)):
            place = await self._lanes.call("answers", partial(self._places.known, where))
            if place is None or place.community.id != version.community:
                continue
            context = await self._context(place, where, NOBODY)
            reply = await self._features.trained(context, version)
            outcome = await self._posting.post(version.community, _key(version), where, reply)
            log.info("told version=%s outcome=%s", version.number, outcome)
            if outcome != "never":
                return
        log.info("nobody to tell of version=%s community=%s", version.number, version.community)

    def _untold(self) -> "list[ModelVersion]":
        """Versions that came to an end lately, of which no chat was told."""
        repository, since = self._library.repository, self._library.clock.now() - NEWS
        return [
            each
            for each in repository.models_in(_ENDS)
            if each.finished_at is not None
            and each.finished_at > since
            and not repository.is_known_delivery(each.community, _key(each))
        ]

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
