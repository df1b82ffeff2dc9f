"""Holds discussions where people are: opens those whose turn it is, and keeps their messages true.

A discussion is held where its item is shown: in a thread of the card, or of the message that
brought the item, where the platform has threads; else as an answer to it. What cannot be delivered
now is tried again with the next change or start; where nobody is any more, it is given up.
"""

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
from core.discussions import Discussion, Outcome, Stage
from core.domain import ChatRef, MemberRef, MessageRef

if TYPE_CHECKING:
    from core.library import Library

log = logging.getLogger(__name__)

MakeContext = Callable[[Place, ChatRef, MemberRef], Awaitable[Context]]


class Forum:
    """Brings discussions to chats.

    Args:
        library: knows them.
        features: know what their messages say.
        delivery: opens threads, sends and edits.
        places: which community a chat speaks for.
        lanes: for calls of the core.
        context: makes the surroundings of a place and a member.
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

    async def tend(self) -> None:
        """Open what is to be opened, and edit what is no longer so."""
        repository, call = self._library.repository, self._lanes.call
        put_off: set[int] = set()
        while queued := await call(
            "answers", partial(repository.discussions_to_open, without=put_off)
        ):
            for each in queued:
                if not await self._open(each):
                    put_off.add(each.id)
        failed: set[int] = set()
        while stale := [
            each
            for each in await call("answers", repository.stale_discussions)
            if each.id not in failed
            and each.message
            and each.message.where.platform in self._delivery
        ]:
            for each in stale:
                if not await self._redraw(each):
                    failed.add(each.id)

    # ── opening ──────────────────────────────────────────────────────────────────────────────────

    async def _open(self, discussion: Discussion) -> bool:
        """Open a discussion in the first place that takes it; False if that is to be tried again,
        or must wait until the item is shown somewhere."""
        is_nowhere = False
        for place, where, message in await self._candidates(discussion):
            try:
                sent, is_thread = await self._say(discussion, place, where, message)
            except DeliveryFailed as error:
                log.warning("discussion=%s not opened: %s", discussion.id, error)
                if not error.is_gone:
                    return False
                is_nowhere = True
                continue
            if sent is None:
                return False
            opened = partial(
                self._library.repository.discussion_opened,
                discussion.id,
                sent,
                is_thread=is_thread,
                at=self._library.clock.now(),
            )
            await self._lanes.call("answers", opened)
            log.info("discussion=%s opened is_thread=%s", discussion.id, is_thread)
            return True
        if is_nowhere:
            await self._give_up(discussion)
        return is_nowhere

    async def _candidates(
        self, discussion: Discussion
    ) -> list[tuple[Place, ChatRef, MessageRef | None]]:
        """Where a discussion could be held, best first: under the newest card in a group, under
        another card, under a message that brought the item, where somebody spoke of it last."""
        repository, item = self._library.repository, discussion.item
        cards = await self._lanes.call("answers", partial(repository.cards, item))
        shares = await self._lanes.call("answers", partial(repository.shares, item))
        wanted: list[tuple[ChatRef, MessageRef | None]] = [
            *((card.where, card) for card in reversed(cards)),
            *((share.message.where, share.message) for share in shares if share.message),
            *([(discussion.where, None)] if discussion.where is not None else []),
        ]
        found = [
            (place, where, message)
            for where, message in wanted
            if (place := await self._place(discussion, where)) is not None
        ]
        return sorted(found, key=lambda each: each[0].chat.is_private)

    async def _place(self, discussion: Discussion, where: ChatRef) -> Place | None:
        """A place, if it can be spoken to and speaks for the community of the discussion."""
        if where.platform not in self._delivery:
            return None
        place = await self._lanes.call("answers", partial(self._places.known, where))
        if place is None or place.chat.paused_at is not None:
            return None
        return place if place.community.id == discussion.community else None

    async def _say(
        self, discussion: Discussion, place: Place, where: ChatRef, message: MessageRef | None
    ) -> tuple[MessageRef | None, bool]:
        """Our message, and whether it stands in a thread of its own; no message if the discussion
        is no more."""
        context = await self._context(place, where, NOBODY)
        topic = await self._features.discussion(context, discussion.id)
        if topic is None:
            return None, False
        thread = where
        if message is not None and context.capabilities.threads:
            thread = await self._delivery.open_thread(message, topic.name)
        send = partial(
            self._delivery.send,
            reply=topic.reply,
            community=place.community.id,
            key=f"discussion-{discussion.id}",
        )
        if thread != where:
            try:
                return (await send(thread))[-1], True
            except DeliveryFailed as error:
                if not error.is_gone:
                    raise
                log.info("discussion=%s has no right to its thread: %s", discussion.id, error)
        return (await send(where, answers=message))[-1], False

    # ── keeping true ─────────────────────────────────────────────────────────────────────────────

    async def _redraw(self, discussion: Discussion) -> bool:
        """Edit the message of a discussion; False if that is to be tried again."""
        message = discussion.message
        assert message is not None
        place = await self._lanes.call("answers", partial(self._places.known, message.where))
        if place is not None and self._is_worth_saying(discussion):
            context = await self._context(place, message.where, NOBODY)
            topic = await self._features.discussion(context, discussion.id)
            try:
                if topic is not None:
                    community = discussion.community
                    await self._delivery.edit(message, topic.reply, community=community)
            except DeliveryFailed as error:
                log.info("discussion=%s not edited: %s", discussion.id, error)
                if not error.is_gone:
                    return False
                await self._give_up(discussion)
        fresh = partial(self._library.repository.discussion_fresh, discussion.id)
        await self._lanes.call("answers", fresh)
        return True

    def _is_worth_saying(self, discussion: Discussion) -> bool:
        """Where nothing can be edited and all would be said again, counts of votes are not."""
        assert discussion.message is not None
        can_edit = self._delivery.capabilities(discussion.message.where).edits
        return can_edit or discussion.stage is not Stage.OPEN

    async def _give_up(self, discussion: Discussion) -> None:
        if discussion.is_live:
            close = partial(
                self._library.repository.close_discussion,
                discussion.id,
                Outcome.LOST,
                at=self._library.clock.now(),
            )
            await self._lanes.call("answers", close)
