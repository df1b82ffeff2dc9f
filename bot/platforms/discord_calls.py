"""Interactions that can still be answered: their tokens, in memory, for a quarter of an hour.

Each was answered with a deferral at once, since Discord waits for three seconds only. A command
leaves a sign of thinking behind, which a mark and then its first answer take the place of. What
only one member sees can be changed by these tokens alone, so the latest one is kept for each such
message.
"""

import logging
from dataclasses import dataclass
from typing import Any

import discord

from bot.platforms.discord_errors import NO_SUCCESS
from core.domain import MessageRef

log = logging.getLogger(__name__)

MAX_IDS = 1000


@dataclass(slots=True, eq=False)
class Call:
    """One interaction.

    Attributes:
        interaction: as it came.
        is_ephemeral: only its member sees the answers.
        is_thinking: a deferred response waits for its words.
        has_sign: and a sign stands there meanwhile.
    """

    interaction: discord.Interaction[Any]
    is_ephemeral: bool
    is_thinking: bool = False
    has_sign: bool = False

    async def defer(self) -> bool:
        """Tell Discord that it was received; whether it still waited."""
        try:
            await self.interaction.response.defer(ephemeral=self.is_ephemeral)
        except NO_SUCCESS:
            return False
        self.is_thinking = self.interaction.type is discord.InteractionType.application_command
        return True

    async def say(self, **message: Any) -> discord.Message:
        """Answer, first in place of the sign of thinking, then beside it.

        Args:
            **message: content, embeds, files and view, as `Webhook.send` takes them.
        """
        if not self.is_thinking:
            return await self.interaction.followup.send(
                **message, ephemeral=self.is_ephemeral, wait=True
            )
        files = message.pop("files")
        self.is_thinking = False
        try:
            return await self.interaction.edit_original_response(**message, attachments=files)
        except discord.HTTPException:
            self.is_thinking = True
            raise

    async def sign(self, emoji: str) -> None:
        """Put a sign where the answer will stand; nothing, where one stands already."""
        if self.is_thinking:
            await self.interaction.edit_original_response(content=emoji)
            self.has_sign = True

    async def change(self, message_id: int, **message: Any) -> None:
        """Replace what one of its messages says, or the one whose button was pressed."""
        pressed = self.interaction.message
        if pressed is not None and pressed.id == message_id:
            await self.interaction.edit_original_response(**message)
        else:
            await self.interaction.followup.edit_message(message_id, **message)

    async def take_back(self, message_id: int) -> None:
        """Delete one of its messages, or the one whose button was pressed."""
        pressed = self.interaction.message
        if pressed is not None and pressed.id == message_id:
            await self.interaction.delete_original_response()
        else:
            await self.interaction.followup.delete_message(message_id)

    async def settle(self) -> None:
        """Take the sign of thinking away if nothing was said."""
        if self.is_thinking and not self.has_sign and not self.interaction.is_expired():
            self.is_thinking = False
            try:
                await self.interaction.delete_original_response()
            except NO_SUCCESS as error:
                log.info("thinking not ended id=%d: %r", self.interaction.id, error)


class Calls:
    """The interactions that are under way, by the ids of what they can answer and change."""

    def __init__(self) -> None:
        self._calls: dict[str, Call] = {}
        self._ids: dict[str, None] = {}  # of interactions, also of those that are over

    def keep(self, call: Call, *ids: str) -> None:
        """Remember a call under these ids, and forget the ones that are over."""
        over = [key for key, kept in self._calls.items() if kept.interaction.is_expired()]
        for key in over:
            del self._calls[key]
        self._calls.update(dict.fromkeys(ids, call))
        self._ids[call_id(call.interaction)] = None
        if len(self._ids) > MAX_IDS:
            del self._ids[next(iter(self._ids))]

    def has_been(self, message: MessageRef) -> bool:
        """Whether an address stands for an interaction of this run, so that there is no message."""
        return message.id in self._ids

    def of(self, *ids: str | None) -> Call | None:
        """The call that is known by the first of these ids, if it can still be answered."""
        for key in ids:
            call = self._calls.get(key or "")
            if call is not None and not call.interaction.is_expired():
                return call
        return None


def call_id(interaction: discord.Interaction[Any]) -> str:
    """The id that stands for an interaction where a message's would.

    Discord's ids are unique across all kinds, and ordered by time: reading on after one works as
    well as after a message's. Source: Discord's API documentation, reference (Snowflakes).
    """
    return str(interaction.id)
