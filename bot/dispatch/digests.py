"""Posts the weekly digests: each is written down in one transaction with its week being done, so
that no restart skips or repeats one; then `bot.dispatch.posting` sends it."""

import asyncio
import logging
from functools import partial
from typing import TYPE_CHECKING

from bot.chat import DeliveryFailed, Reply
from bot.dispatch.context import Features
from bot.dispatch.delivery import Delivery
from bot.dispatch.lanes import Lanes
from bot.dispatch.outreach import Outreach
from bot.dispatch.posting import Posting
from bot.outbox import encode
from bot.texts import Texts
from core.digest import Subscription
from core.domain import Community
from core.errors import BadQuery, CommonplaceError
from core.schedule import Due

if TYPE_CHECKING:
    from core.library import Library

log = logging.getLogger(__name__)

PATIENCE_S = 4.0
"""For so long the message in hand may take when the program is to end."""


class DigestPost:
    """Looks for digests that are due, and posts them.

    Args:
        library: the use cases.
        features: word a digest.
        delivery: knows the platforms.
        posting: sends it, once.
        outreach: knows who still belongs to a community.
        lanes: for calls of the core.

    Attributes:
        tasks: what is under way.
    """

    def __init__(
        self,
        library: "Library",
        features: Features,
        delivery: Delivery,
        posting: Posting,
        outreach: Outreach,
        lanes: Lanes,
    ) -> None:
        self._library = library
        self._features = features
        self._delivery = delivery
        self._posting = posting
        self._outreach = outreach
        self._lanes = lanes
        self.tasks: set[asyncio.Task[None]] = set()

    def post_due(self) -> None:
        """Post what is due, and what is still owed, beside everything else; calls meanwhile are
        one."""
        if not self.tasks and not self._posting.is_stopping:
            task = asyncio.create_task(self._post_due())
            self.tasks.add(task)
            task.add_done_callback(self.tasks.discard)

    async def stop(self) -> None:
        """Finish the message in hand; the next run goes on with what follows it."""
        self._posting.is_stopping = True
        if self.tasks:
            _, slow = await asyncio.wait(self.tasks, timeout=PATIENCE_S)
            for task in slow:
                task.cancel()

    async def _post_due(self) -> None:
        try:
            for each in await self._lanes.call("answers", self._library.digests.due):
                await self._write_down(*each)
            await self._posting.send_owed("digest")
        except CommonplaceError:
            log.exception("no digests; the next minute tries again")
        except Exception:
            log.exception("no digests; what is owed stays so")

    async def _write_down(self, subscription: Subscription, community: Community, due: Due) -> None:
        """Compose a digest and owe it; nothing is owed of a quiet week."""
        if self._posting.is_stopping or subscription.where.platform not in self._delivery:
            return
        try:
            texts = await self._texts(subscription, community)
        except DeliveryFailed as error:
            log.info("not reached on %s: %s", subscription.where.platform, error)
            return
        digests, repository = self._library.digests, self._library.repository
        if texts is None:
            await self._lanes.call("answers", partial(digests.unsubscribe, subscription))
            return
        said = await self._said(subscription, community, due, texts)
        now = self._library.clock.now()

        def write() -> None:
            with repository.transaction():
                digests.done(subscription, due.at)
                if said is not None:
                    key = f"digest {subscription.id} {due.day}"
                    where = subscription.where
                    repository.owe_delivery(community.id, key, where, said, at=now)

        await self._lanes.call("answers", write)
        log.info(
            "digest subscription=%s day=%s is_quiet=%s", subscription.id, due.day, said is None
        )

    async def _said(
        self, subscription: Subscription, community: Community, due: Due, texts: Texts
    ) -> str | None:
        """What is to be sent; None in a quiet week."""
        library, taxonomy = self._library, self._library.taxonomies(community)

        def news(kind: str) -> Reply:
            return self._features.digest_news(kind, subscription, community, taxonomy, texts)

        compose = partial(
            library.digests.compose,
            community,
            subscription.query,
            since=due.since,
            until=due.at,
        )
        try:
            found = await self._lanes.aside(compose)
        except BadQuery:
            return encode(news("unreadable"))
        if found.is_quiet:
            return None
        late = news("late")
        if due.is_too_late:
            return encode(late)
        word = partial(self._features.digest, found, community, taxonomy, texts)
        reply: Reply = await self._lanes.aside(word)
        return encode(reply, late=late)

    async def _texts(self, subscription: Subscription, community: Community) -> Texts | None:
        """In which words; None: the member left the community, or the chat is no longer its."""
        if subscription.member is None:
            return Texts(community.language)
        context = await self._outreach.private(community.id, subscription.member)
        return None if context is None else context.texts
