"""What Discord says becomes the port's events: addresses, words, files, forwards.

Functions without side effects. A server is a chat and its channels are threads; a private channel
is a chat of its own. A command given by menu has no message; the interaction's id stands for one.
"""

import re
from collections.abc import Iterable, Iterator

import discord

from bot.chat import Attachment, Commanded, Origin, Wrote
from bot.platforms.console_typed import SIGNS, command_of
from core.domain import ChatRef, MemberRef, MessageRef

NAME = "discord"
_VARIATION = re.compile("[\ufe0e\ufe0f]")

Snapshot = discord.Message | discord.MessageSnapshot


# ── addresses ────────────────────────────────────────────────────────────────────────────────────


def place(guild_id: int | None, channel_id: int) -> ChatRef:
    """The address of a channel."""
    if guild_id is None:
        return ChatRef(NAME, str(channel_id))
    return ChatRef(NAME, str(guild_id), str(channel_id))


def channel_of(where: ChatRef) -> int:
    """The channel of an address: the thread of it, or the private channel itself."""
    return int(where.thread or where.chat)


def guild_of(where: ChatRef) -> int | None:
    """The server of an address; None for a private channel."""
    return int(where.chat) if where.thread is not None else None


def person(user_id: int) -> MemberRef:
    """The address of a person."""
    return MemberRef(NAME, str(user_id))


def address(message: discord.Message) -> MessageRef:
    """The address of a message."""
    guild_id = message.guild.id if message.guild else None
    return MessageRef(place(guild_id, message.channel.id), str(message.id))


# ── messages ─────────────────────────────────────────────────────────────────────────────────────


def is_from_person(message: discord.Message) -> bool:
    """Whether a person wrote it: no bot, no webhook, no notice of Discord's own."""
    return not (message.author.bot or message.webhook_id or message.is_system())


def wrote(message: discord.Message, me: discord.ClientUser) -> Wrote | None:
    """What a message says; None if it says nothing that the bot can read.

    A bare mention says something: it may answer a message that is to be kept.
    """
    event = reading(message, me)
    is_call = event.is_addressed and message.content
    return event if event.text or event.files or is_call else None


def reading(message: discord.Message, me: discord.ClientUser) -> Wrote:
    """A message as far as the bot can read it, which may be no more than its address."""
    forwarded = message.message_snapshots
    about = answered(message)
    return Wrote(
        message=address(message),
        member=person(message.author.id),
        member_name=message.author.display_name,
        is_private=message.guild is None,
        place=message.guild.name if message.guild else None,
        text="\n".join(filter(None, map(words, forwarded))) if forwarded else said(message, me),
        files=tuple(files_of(message)),
        origin=origin(message) if forwarded else None,
        about=reading(about, me) if about else None,
        is_addressed=is_addressed(message, me),
    )


def typed(event: Wrote) -> Commanded | None:
    """The command that a message is, if it is one: to the bot, and with the sign in front."""
    text = event.text.lstrip()
    if not event.is_addressed or not text.startswith(SIGNS) or event.origin is not None:
        return None
    command = command_of(text)
    if command is None:
        return None
    return Commanded(
        message=event.message,
        member=event.member,
        member_name=event.member_name,
        is_private=event.is_private,
        place=event.place,
        command=command.name,
        argument=command.argument,
        files=event.files,
        about=event.about,
    )


def said(message: discord.Message, me: discord.ClientUser) -> str:
    """The words of a message, without the bot's name that they begin with: it is the address."""
    own_names = [f"<@!?{me.id}>"]
    if message.guild is not None and message.guild.self_role is not None:
        own_names.append(f"<@&{message.guild.self_role.id}>")
    text = words(message)
    called = re.match(rf"\s*(?:{'|'.join(own_names)})\s*", text)
    return text[called.end() :] if called else text


def words(message: Snapshot) -> str:
    """The text; of a message that has none, what its embeds say."""
    if message.content:
        return message.content
    parts: list[str] = []
    for embed in message.embeds:
        if embed.type in ("rich", "article", "link"):
            parts += filter(None, (embed.title, embed.url, embed.description))
    return "\n".join(parts)


def files_of(message: discord.Message) -> Iterable[Attachment]:
    """What was attached to a message, or to the one that it forwards."""
    for file in attached(message):
        yield Attachment(
            key=key_of(message, file),
            name=file.filename,
            media_type=file.content_type,
            size=file.size,
        )


def attached(message: discord.Message) -> Iterator[discord.Attachment]:
    """The files of a message and of the one that it forwards."""
    yield from message.attachments
    for snapshot in message.message_snapshots:
        yield from snapshot.attachments


def key_of(message: discord.Message, file: discord.Attachment) -> str:
    """By which a file is found again when its address is not good any more."""
    return f"{message.channel.id}/{message.id}/{file.id}"


def origin(message: discord.Message) -> Origin:
    """Where a forwarded message comes from, as far as the bot can look there."""
    source = message.reference
    guild = source and source.guild_id and message._state._get_guild(source.guild_id)
    channel = guild and source and guild.get_channel_or_thread(source.channel_id)
    if not guild or not channel or not source:
        return Origin()
    return Origin(name=f"{guild.name} #{channel.name}", link=source.jump_url)


def answered(message: discord.Message) -> discord.Message | None:
    """The message that this one answers, as far as Discord hands it along."""
    if message.message_snapshots or message.reference is None:
        return None
    found = message.reference.resolved
    return found if isinstance(found, discord.Message) else None


def is_addressed(message: discord.Message, me: discord.ClientUser) -> bool:
    """Whether it speaks to the bot: in private, by mention, or as an answer to it."""
    if message.guild is None or any(user.id == me.id for user in message.mentions):
        return True
    if message.guild.self_role in message.role_mentions:
        return True
    about = answered(message)
    return about is not None and about.author.id == me.id


def sign(emoji: discord.PartialEmoji) -> str | None:
    """An emoji without variation selectors; None for one of a server's own."""
    return _VARIATION.sub("", emoji.name) if emoji.is_unicode_emoji() else None


def first_thread(guild: discord.Guild) -> str | None:
    """The channel in which a server expects to hear from bots, or the first that can be written
    to."""
    own = [guild.system_channel] if guild.system_channel else []
    for channel in (*own, *guild.text_channels):
        rights = channel.permissions_for(guild.me)
        if rights.view_channel and rights.send_messages:
            return str(channel.id)
    return None
