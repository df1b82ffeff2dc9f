"""What stands in Discord's channels already: where a gap may be, and what was written in it."""

import logging
from collections.abc import Iterable

import discord

from bot.platforms.discord_events import channel_of, guild_of, place
from core.domain import ChatRef

log = logging.getLogger(__name__)

MAX_MISSED = 500  # messages of one channel that are read on after a gap


def places(client: discord.Client, private: Iterable[ChatRef]) -> list[ChatRef]:
    """Everything that can be written to: the channels and open threads of all servers, and the
    private channels given."""
    found = [
        place(guild.id, channel.id)
        for guild in client.guilds
        for channel in (*guild.text_channels, *guild.voice_channels, *guild.threads)
    ]
    return [*found, *sorted(private, key=lambda each: each.chat)]


async def history(client: discord.Client, where: ChatRef, *, after: int) -> list[discord.Message]:
    """What was written in a channel after a message, oldest first; nothing if the bot has no right
    to read it.

    Raises:
        HTTPException, ClientError, OSError: Discord did not answer, or not as it should.
    """
    channel_id = channel_of(where)
    newest = getattr(client.get_channel(channel_id), "last_message_id", None)
    if newest is not None and newest <= after:
        return []
    try:
        found = [
            message
            async for message in readable(client, guild_of(where), channel_id).history(
                limit=MAX_MISSED + 1, after=discord.Object(after), oldest_first=True
            )
        ]
    except (discord.Forbidden, discord.NotFound) as error:
        log.warning("history not read channel=%s code=%d", channel_id, error.code)
        return []
    if len(found) > MAX_MISSED:
        log.warning("more than %d missed channel=%s", MAX_MISSED, channel_id)
    log.info("read on channel=%s messages=%d", channel_id, len(found))
    return found[:MAX_MISSED]


def readable(
    client: discord.Client, guild_id: int | None, channel_id: int
) -> discord.abc.Messageable:
    """A channel, as one that messages can be read from."""
    known = client.get_channel(channel_id)
    if isinstance(known, discord.abc.Messageable):
        return known
    return client.get_partial_messageable(channel_id, guild_id=guild_id)
