"""Commands, menus and buttons become the port's events."""

from collections.abc import Mapping
from typing import Any

import discord

from bot.chat import Commanded, Pressed
from bot.platforms.discord_calls import call_id
from bot.platforms.discord_events import person, reading
from core.domain import ChatRef, MessageRef

Interaction = discord.Interaction[Any]


def target(interaction: Interaction, state: Any) -> discord.Message | None:
    """The message that a menu was opened on, which Discord hands along whole; None for others.

    Args:
        interaction: a command.
        state: discord.py's, of the client that the message then belongs to.
    """
    data: Any = interaction.data
    if data["type"] != discord.AppCommandType.message.value:
        return None
    (payload,) = data["resolved"]["messages"].values()
    channel: Any = interaction.channel
    return discord.Message(state=state, channel=channel, data=payload)


def commanded(
    interaction: Interaction,
    where: ChatRef,
    message: discord.Message | None,
    menus: Mapping[str, str],
    me: discord.ClientUser,
) -> Commanded:
    """The command that was given by its name, or on a message by a menu's name."""
    data: Any = interaction.data
    options = data.get("options") or [{}]
    return Commanded(
        message=MessageRef(where, call_id(interaction)),
        command=menus.get(data["name"], data["name"]) if message else data["name"],
        argument=str(options[0].get("value", "")).strip(),
        about=reading(message, me) if message else None,
        **_who(interaction, where),
    )


def pressed(interaction: Interaction, where: ChatRef) -> Pressed:
    """The button that was pressed, or what was chosen from a list."""
    data: Any = interaction.data
    assert interaction.message is not None
    return Pressed(
        message=MessageRef(where, str(interaction.message.id)),
        id=call_id(interaction),
        does=(data.get("values") or [data["custom_id"]])[0],
        **_who(interaction, where),
    )


def is_private_with_bot(interaction: Interaction) -> bool:
    """Whether it was given in the private channel of a person and the bot.

    A private channel among people has no context of its own in old payloads, but another type.
    """
    if interaction.guild_id is not None or interaction.context.private_channel:
        return False
    channel = interaction.channel
    return channel is None or channel.type is discord.ChannelType.private


def _who(interaction: Interaction, where: ChatRef) -> dict[str, Any]:
    """What all events say that are caused by an interaction."""
    guild = interaction.guild
    is_private = where.thread is None
    return {
        "member": person(interaction.user.id),
        "member_name": interaction.user.display_name,
        "is_private": is_private,
        "place": guild.name if guild and not is_private else None,
        "locale": str(interaction.locale),
    }
