"""Speaking first: members are asked in private, in their own time, without having said anything.

A member is spoken to where their platform allows it, and only about communities that they still
belong to. Who cannot be reached is left alone; what waits for them stays in their queue
(`core.asking`), and they find it by /answer.
"""

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
from bot.dispatch.standing import Standing
from core.domain import Chat, ChatRef, Community, MemberRef
from core.errors import CommonplaceError
from core.questions import Occasion
from core.rounds import Round

if TYPE_CHECKING:
    from core.library import Library

log = logging.getLogger(__name__)

MakeContext = Callable[[Place, ChatRef, MemberRef], Awaitable[Context]]


class Outreach:
    """Finds members and asks them.

    Args:
        library: the use cases.
        features: know what a question says.
        delivery: knows the platforms.
        places: which platforms are at home with one community.
        standing: knows who belongs where.
        lanes: for calls of the core.
        context: makes the surroundings of a place and a member.

    Attributes:
        tasks: what is under way.
    """

    def __init__(
        self,
        library: "Library",
        features: Features,
        delivery: Delivery,
        places: Places,
        standing: Standing,
        lanes: Lanes,
        *,
        context: MakeContext,
    ) -> None:
        self._library = library
        self._features = features
        self._delivery = delivery
        self._places = places
        self._standing = standing
        self._lanes = lanes
        self._context = context
        self.tasks: set[asyncio.Task[None]] = set()

    async def offer(self, community_id: int, member: MemberRef, occasion: Occasion) -> bool:
        """Show a member in private the question of an occasion that they are to answer now.

        Returns:
            Whether there was one; False also if they are not in the community any more, or if no
            platform that is served here knows them.

        Raises:
            DeliveryFailed: they could not be spoken to.
        """
        context = await self.private(community_id, member)
        return context is not None and await self._features.ask(context, occasion)

    # ── every day ────────────────────────────────────────────────────────────────────────────────

    def ask_daily(self) -> None:
        """Ask those whose time has come today, beside everything else; calls meanwhile are one."""
        if not self.tasks:
            task = asyncio.create_task(self._ask_daily())
            self.tasks.add(task)
            task.add_done_callback(self.tasks.discard)

    async def _ask_daily(self) -> None:
        daily = self._library.daily
        try:
            for community_id, member in await self._lanes.call("answers", daily.due):
                await self._ask_today(community_id, member)
        except CommonplaceError:
            log.exception("not asked; the next minute tries again")

    async def _ask_today(self, community_id: int, member: MemberRef) -> None:
        """Ask a member today's questions; who cannot be reached for now is due again."""
        daily = self._library.daily
        try:
            if await self._delivery.approach(member) is None:
                return  # another process serves their platform
            context = await self.private(community_id, member)
        except DeliveryFailed as error:
            log.info("not reached on %s: %s", member.platform, error)
            if error.retry_after_s is None:
                await self._lanes.call("answers", partial(daily.has_had, community_id, member))
            return
        if context is None:
            await self._lanes.call("answers", partial(daily.has_had, community_id, member))
            return
        occasion = await self._lanes.call("answers", partial(daily.take, community_id, member))
        if occasion is None:
            log.info("nothing worth asking community=%s", community_id)
            return
        try:
            await self._features.ask(context, occasion)
        except DeliveryFailed as error:
            log.info("not asked on %s: %s", member.platform, error)
            if error.retry_after_s is not None:
                await self._lanes.call("answers", partial(daily.not_given, community_id, member))

    # ── review rounds ────────────────────────────────────────────────────────────────────────────

    async def remind(self) -> None:
        """Remind members of review rounds that wait for them, where it is time (`core.rounds`)."""
        try:
            due = await self._lanes.call("answers", self._library.reviews.to_remind)
            for round_, member in due:
                await self._remind(round_, member)
        except CommonplaceError:
            log.exception("not reminded; the next half hour tries again")

    async def _remind(self, round_: Round, member: MemberRef) -> None:
        """Remind a member, and write it down, so that nobody is twice a day, also over restarts.
        Who cannot be reached for now is due again; who cannot at all is left alone for the day."""
        try:
            if await self._delivery.approach(member) is None:
                return  # another process serves their platform
            context = await self.private(round_.community, member)
            if context is not None:
                await self._features.remind(context, round_)
        except DeliveryFailed as error:
            log.info("not reminded on %s: %s", member.platform, error)
            if error.retry_after_s is not None:
                return
        await self._lanes.call("answers", partial(self._library.reviews.reminded, round_, member))

    # ── where members are ────────────────────────────────────────────────────────────────────────

    async def private(self, community_id: int, member: MemberRef) -> Context | None:
        """The surroundings of a member in private, about a community of theirs; None: nothing can
        be said to them, because they left, or no platform here knows them.

        Raises:
            DeliveryFailed: the platform could not say where they are.
        """
        where = await self._delivery.approach(member)
        if where is None:
            return None
        repository = self._library.repository
        community = await self._lanes.call(
            "answers", partial(repository.community_by_id, community_id)
        )
        if not await self._is_in(community, member, where):
            log.info("not asked, as they left community=%s", community_id)
            return None
        chat = Chat(ChatRef(where.platform, where.chat), community_id, is_private=True)
        return await self._context(Place(chat, community), where, member)

    async def _is_in(self, community: Community, member: MemberRef, where: ChatRef) -> bool:
        if self._places.is_home(where):  # whoever is there belongs there
            return True
        theirs = await self._standing.communities_of(member)
        return any(each.id == community.id for each in theirs)
