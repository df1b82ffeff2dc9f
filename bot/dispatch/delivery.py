"""Gets replies to platforms: within their capabilities, again when they say that waiting helps."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import TypeVar

from bot.chat import Button, DeliveryFailed, Mark, Platform, Reply
from bot.render.fit import fit, needs_numbers
from core.domain import ChatRef, MessageRef

log = logging.getLogger(__name__)

T = TypeVar("T")

ATTEMPTS = 3  # to deliver one message, the first included
LONGEST_WAIT_S = 60.0  # a message for which a platform wants a longer wait is given up


class Delivery:
    """Sends through the platform that an address belongs to.

    Args:
        platforms: all of them.
    """

    def __init__(self, platforms: Sequence[Platform]) -> None:
        self._platforms = {platform.name: platform for platform in platforms}

    def numbered(self, where: ChatRef, reply: Reply) -> tuple[Button, ...]:
        """The choices that will be answered by number there, because buttons cannot be shown."""
        platform = self._platforms[where.platform]
        if not (reply.asks and needs_numbers(reply, platform.capabilities)):
            return ()
        return tuple(button for row in reply.buttons for button in row)

    async def send(self, where: ChatRef, reply: Reply) -> tuple[MessageRef, ...]:
        """Send a reply in as many messages as it needs.

        Raises:
            DeliveryFailed: it, or the rest of it, was not sent.
        """
        platform = self._platforms[where.platform]
        sent: list[MessageRef] = []
        for part in fit(reply, platform.capabilities):
            sent += await _delivered(partial(platform.send, where, part))
        return tuple(sent)

    async def edit(self, message: MessageRef, reply: Reply) -> tuple[MessageRef, ...]:
        """Replace a message; what does not fit follows in further ones.

        Raises:
            DeliveryFailed: it, or the rest of it, was not sent.
        """
        platform = self._platforms[message.where.platform]
        first, *others = fit(reply, platform.capabilities)
        await _delivered(partial(platform.edit, message, first))
        sent = [message]
        for part in others:
            sent += await _delivered(partial(platform.send, message.where, part))
        return tuple(sent)

    async def mark(self, message: MessageRef, mark: Mark) -> None:
        """Put a sign on a member's message.

        Raises:
            DeliveryFailed: it is not there.
        """
        platform = self._platforms[message.where.platform]
        await _delivered(partial(platform.mark, message, mark))


async def _delivered(deliver: Callable[[], Awaitable[T]]) -> T:
    """Deliver; again after the time that the platform names, as long as that helps."""
    for _ in range(ATTEMPTS - 1):
        try:
            return await deliver()
        except DeliveryFailed as error:
            if error.retry_after_s is None or error.retry_after_s > LONGEST_WAIT_S:
                raise
            log.info("delivering again in %.1f s", error.retry_after_s)
            await asyncio.sleep(error.retry_after_s)
    return await deliver()
