"""Posts what is to be there once and only once, such as what goes out every week.

1. A post is written down under a key (`core.deliveries`) before anything of it is sent; the same
   key for the same place is never written down twice.
2. It goes out message by message, and each is crossed off as soon as it is there. Whoever stops the
   program waits for the one in hand, so a restart goes on with the next one.
3. Only a crash between the two lets one message go out again; a platform that can tell two attempts
   apart by their key (see `bot.chat.Platform.send`) shows it once even then.
4. What could not be sent for now stays owed. If it is too late for it by then, what was written
   down beside it is said in its place.
"""

import logging
from functools import partial
from typing import TYPE_CHECKING, Literal

from bot.chat import DeliveryFailed, Reply
from bot.dispatch.delivery import Delivery
from bot.dispatch.lanes import Lanes
from bot.outbox import decode, encode
from core.deliveries import Delivery as Owed
from core.domain import ChatRef
from core.schedule import LATE

if TYPE_CHECKING:
    from core.library import Library

log = logging.getLogger(__name__)

Outcome = Literal["sent", "later", "never"]


class Stopping(Exception):
    """The program is about to end, between two messages."""


class Posting:
    """Sends what is owed.

    Args:
        library: keeps account.
        delivery: sends it.
        lanes: for calls of the core.

    Attributes:
        is_stopping: nothing more is begun.
    """

    def __init__(self, library: "Library", delivery: Delivery, lanes: Lanes) -> None:
        self._library = library
        self._delivery = delivery
        self._lanes = lanes
        self.is_stopping = False

    async def post(self, community: int, key: str, where: ChatRef, reply: Reply) -> Outcome:
        """Write a post down, if it was not yet, and send it, or the rest of it."""
        repository, now = self._library.repository, self._library.clock.now()
        owe = partial(repository.owe_delivery, community, key, where, encode(reply), at=now)
        owed = await self._lanes.call("answers", owe)
        return "sent" if owed is None else await self._send(owed)

    async def send_owed(self, kind: str) -> None:
        """Send what is owed of one kind on platforms that are served here."""
        owed = await self._lanes.call(
            "answers", partial(self._library.repository.owed_deliveries, kind)
        )
        for each in owed:
            if each.where.platform in self._delivery:
                try:
                    outcome = await self._send(each)
                except Stopping:
                    return
                log.info("posted key=%s outcome=%s", each.key, outcome)

    async def _send(self, owed: Owed) -> Outcome:
        async def told(messages: int) -> None:
            sent = partial(self._library.repository.delivery_sent, owed.id, messages)
            await self._lanes.call("answers", sent)
            if self.is_stopping:
                raise Stopping

        if self.is_stopping:
            raise Stopping
        try:
            await self._delivery.send(
                owed.where,
                self._now(owed),
                community=owed.community,
                key=f"{owed.key} {owed.community} {owed.where.chat} {owed.where.thread or ''}",
                begin=owed.sent,
                told=told,
            )
        except DeliveryFailed as error:
            log.info("not posted on %s: %s", owed.where.platform, error)
            if error.retry_after_s is not None:
                return "later"
            await self._done(owed)  # a closed door need not be tried again
            return "never"
        await self._done(owed)
        return "sent"

    def _now(self, owed: Owed) -> Reply:
        """What is to be said by now."""
        reply, late = decode(owed.body)
        is_late = self._library.clock.now() - owed.since > LATE
        return late if late is not None and is_late and not owed.sent else reply

    async def _done(self, owed: Owed) -> None:
        done = self._library.repository.delivery_done
        now = self._library.clock.now()
        await self._lanes.call("answers", partial(done, owed.id, at=now))
