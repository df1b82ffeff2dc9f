"""Answers: to the whole place or to one pair of eyes, and what they leave open for a member."""

import logging

from bot.chat import Attachment, ByMember, DeliveryFailed, Mark, Pressed, Reply
from bot.dispatch.context import Context
from bot.dispatch.delivery import Delivery
from bot.dispatch.left_open import LeftOpen
from bot.render import talk
from core.domain import ChatRef, MemberRef, MessageRef, SentFile
from core.errors import Unreachable

log = logging.getLogger(__name__)


class Answering:
    """Sends what features say.

    Args:
        delivery: gets it to platforms.
    """

    def __init__(self, delivery: Delivery) -> None:
        self._delivery = delivery
        self._open: dict[tuple[ChatRef, MemberRef], LeftOpen] = {}

    async def send(self, context: Context, reply: Reply) -> tuple[MessageRef, ...]:
        """Send a reply in as many messages as it needs; quietly, if it is for one pair of eyes."""
        community = context.community.id
        if context.is_quiet and self._can_whisper(context):
            assert isinstance(context.event, ByMember)
            try:
                return await self._delivery.whisper(context.event, reply, community=community)
            except DeliveryFailed as error:
                log.info("not whispered on %s: %s", context.where.platform, error)
                if context.is_secret:
                    door = self._delivery.to(context.where.platform).door("hello")
                    reply = talk.at_the_door(context.texts, door)
        self._keep_choices(context, reply)
        return await self._delivery.send(
            context.where, reply, community=community, answers=context.message
        )

    def _can_whisper(self, context: Context) -> bool:
        """Whether an answer for one pair of eyes differs from any other: among others, and beside a
        button, where it vanishes by itself."""
        if isinstance(context.event, Pressed):
            return True
        return isinstance(context.event, ByMember) and not context.chat.is_private

    async def edit(
        self, context: Context, message: MessageRef, reply: Reply
    ) -> tuple[MessageRef, ...]:
        """Replace a message; what does not fit follows in further ones."""
        self._keep_choices(context, reply)
        return await self._delivery.edit(message, reply, community=context.community.id)

    def link_to(self, message: MessageRef) -> str | None:
        """The address that leads to a message."""
        return self._delivery.link_to(message)

    async def withdraw(self, message: MessageRef) -> None:
        """Take a message back."""
        await self._delivery.withdraw(message)

    async def mark(self, context: Context, mark: Mark, message: MessageRef | None) -> None:
        """Put a sign on a member's message, if there is one."""
        if message is None or isinstance(context.event, Pressed):
            return  # a button stands under a message of ours
        try:
            await self._delivery.mark(message, mark)
        except DeliveryFailed as error:
            log.info("not marked on %s: %s", context.where.platform, error)

    async def download(self, platform: str, file: SentFile | Attachment) -> SentFile:
        """A file's bytes."""
        if isinstance(file, SentFile):
            return file
        try:
            return await self._delivery.download(platform, file)
        except DeliveryFailed as error:
            raise Unreachable(
                f"The file could not be had from {platform}: {error}",
                retry_after_s=error.retry_after_s,
            ) from error

    def _keep_choices(self, context: Context, reply: Reply) -> None:
        if numbered := self._delivery.numbered(context.where, reply):
            self.open_for(context).choices = numbered

    def open_for(self, context: Context) -> LeftOpen:
        """What is left open for the member, to be changed."""
        return self._open.setdefault((context.where, context.member), LeftOpen())

    def take_open(self, where: ChatRef, member: MemberRef) -> LeftOpen:
        """What the last answer left open, which it does no longer."""
        return self._open.pop((where, member), LeftOpen())
