"""Discord as a chat platform: servers and private channels, slash commands, menus and buttons.

`discord_client` hands over what comes in, `discord_events` says what it means, `discord_calls`
keeps what can be answered to one member alone, `discord_menu` tells Discord of the commands, and
`discord_message` and `discord_markdown` write what goes out, and `discord_session` keeps up the
connection. Here they are put together.
"""

import asyncio
import logging
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any, Literal

import discord
import yarl

from bot.chat import (
    Attachment,
    ByMember,
    Capabilities,
    Conversation,
    DeliveryFailed,
    Mark,
    Reply,
)
from bot.platforms.discord_calls import Call, Calls
from bot.platforms.discord_client import DiscordClient
from bot.platforms.discord_errors import (
    CALL_IS_OVER,
    CANNOT_ANSWER,
    HAS_THREAD,
    IS_ARCHIVED,
    NO_THREAD,
    SERVER_RETRY_S,
    WIRE_RETRY_S,
    translating,
)
from bot.platforms.discord_events import NAME, attached, channel_of, guild_of, place
from bot.platforms.discord_markdown import Sheet, sheets
from bot.platforms.discord_message import (
    BUTTONS,
    ROW,
    changed_message,
    embedded,
    new_message,
    nonce,
    take_back,
)
from bot.platforms.discord_session import FIRST_PAUSE_S, PATIENCE_S, keep_up
from core.domain import ChatRef, MemberRef, MessageRef, SentFile
from core.errors import OperatorError, TooLarge

log = logging.getLogger(__name__)

MAX_TEXT = 3000  # of 4096 (embed) and 6000 (all embeds): room for links, and for signs that escape
SIGNS = {Mark.SEEN: "👀", Mark.DONE: "✅", Mark.FAILED: "🤷"}
MAX_THREAD_NAME = 100  # characters; Discord's API documentation, resources/channel
QUIET_MIN: Literal[10080] = 10080  # a week; then Discord puts a thread away until somebody writes

MAX_MARKS = 1000  # signs that are remembered, so that replacing one asks for no more than it must

START_S = 20.0  # the start does not wait for longer

_RIGHTS = {
    "discord-lacks-view": "view_channel",
    "discord-lacks-send": "send_messages",
    "discord-lacks-threads": "send_messages_in_threads",
    "discord-lacks-opening": "create_public_threads",
    "discord-lacks-embed": "embed_links",
    "discord-lacks-history": "read_message_history",
    "discord-lacks-reactions": "add_reactions",
}


class DiscordPlatform:
    """Discord, or a server that speaks its language.

    Args:
        token: of the bot, from the developer portal.
        api_url: where the REST API lies; empty: with Discord. Holds for the whole process.
        gateway_url: where the gateway lies; empty: with Discord. Holds for the whole process.
        reads_messages: ask for what members write without addressing the bot (the privileged
            intent "Message Content").
        private_chats: asked for the private chats that are known when a session begins, so that
            what was written there meanwhile is read; Discord lists servers only.
        patience_s: a session that is not ready for so long is given up, and begun anew.
        pause_s: the first pause between attempts to begin a session; each is twice as long.
        ready_wait_s: as in `DiscordClient`.
    """

    name = NAME

    def __init__(
        self,
        token: str,
        *,
        api_url: str = "",
        gateway_url: str = "",
        reads_messages: bool = False,
        private_chats: Callable[[], Sequence[ChatRef]] = tuple,
        patience_s: float = PATIENCE_S,
        pause_s: float = FIRST_PAUSE_S,
        ready_wait_s: float = 2.0,
    ) -> None:
        self._token = token
        self._api_url = api_url
        self._gateway_url = gateway_url
        self._reads_messages = reads_messages
        self._private_chats = private_chats
        self._patience_s = patience_s
        self._pause_s = pause_s
        self._ready_wait_s = ready_wait_s
        self._calls = Calls()
        self._marks: dict[MessageRef, Mark] = {}
        self._client: DiscordClient | None = None
        self._running: asyncio.Task[None] | None = None

    @property
    def capabilities(self) -> Capabilities:
        """What Discord can do."""
        return Capabilities(
            max_text=MAX_TEXT,
            counts="utf-16",
            button_bytes=100,
            buttons=BUTTONS,
            row=ROW,
            edits=True,
            reactions=True,
            intake_by_reaction=self._reads_messages,
            announces_deletions=True,
            forwards=True,
            threads=True,
        )

    # ── coming and going ─────────────────────────────────────────────────────────────────────────

    async def start(self, conversation: Conversation) -> None:
        """Log in and listen, for as long as it takes.

        Returns when what was missed is handed over, or when Discord cannot be reached or takes
        long: it is tried on in the background.

        Raises:
            BadConfig: Discord refuses the token, or the intent that is asked for.
        """
        began = asyncio.Event()
        self._running = asyncio.create_task(
            keep_up(
                lambda: self.open(conversation),
                token=self._token,
                patience_s=self._patience_s,
                pause_s=self._pause_s,
                began=began,
            )
        )
        waiting = asyncio.create_task(began.wait())
        try:
            await asyncio.wait(
                {self._running, waiting}, timeout=START_S, return_when=asyncio.FIRST_COMPLETED
            )
        finally:
            waiting.cancel()
        if self._running.done():
            await self._running

    async def stop(self) -> None:
        """Listen no more."""
        if self._running is not None:
            self._running.cancel()
            with suppress(asyncio.CancelledError, OperatorError):
                await self._running
            self._running = self._client = None

    def open(self, conversation: Conversation) -> DiscordClient:
        """What listens to Discord for a conversation, not yet logged in."""
        if self._api_url:
            discord.http.Route.BASE = self._api_url
        if self._gateway_url:
            discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(self._gateway_url)
        discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False  # nothing is spoken
        earlier = self._client
        self._client = DiscordClient(
            conversation,
            self._calls,
            reads_messages=self._reads_messages,
            private_chats=self._private_chats,
            ready_wait_s=self._ready_wait_s,
        )
        if earlier is not None:
            self._client.private.update(earlier.private)
            self._client.went_on = earlier.went_on
        return self._client

    # ── sending ──────────────────────────────────────────────────────────────────────────────────

    async def send(
        self, where: ChatRef, reply: Reply, *, answers: MessageRef | None = None, key: str = ""
    ) -> tuple[MessageRef, ...]:
        """Send a reply: to the member alone if it answers what only they see."""
        with translating("send"):
            call = self._calls.of(answers.id if answers else None)
            if call is not None and (sent := await self._say(call, where, reply)) is not None:
                return sent
            channel = self._channel(where)
            reference = None
            if answers is not None and not self._calls.has_been(answers) and answers.where == where:
                reference = discord.MessageReference(
                    message_id=int(answers.id),
                    channel_id=channel.id,
                    guild_id=guild_of(where),
                    fail_if_not_exists=False,
                )
            try:
                return await self._write(channel, where, reply, reference=reference, key=key)
            except discord.HTTPException as error:
                if reference is None or error.code not in CANNOT_ANSWER:
                    raise
            return await self._write(channel, where, reply, key=key)

    async def open_thread(self, message: MessageRef, name: str) -> ChatRef:
        """A public thread of the channel. One that was opened from a message has that message's id
        (Discord's API documentation, topics/threads)."""
        guild_id = guild_of(message.where)
        if guild_id is None or self._calls.has_been(message):
            return message.where
        with translating("open a thread"):
            try:
                await self._connected().http.start_thread_with_message(
                    channel_of(message.where),
                    int(message.id),
                    name=" ".join(name.split())[:MAX_THREAD_NAME],
                    auto_archive_duration=QUIET_MIN,
                )
            except discord.HTTPException as error:
                if error.code in NO_THREAD:
                    log.info("no thread opened code=%d", error.code)
                    return message.where
                if error.code != HAS_THREAD:
                    raise
        return place(guild_id, int(message.id))

    async def whisper(self, event: ByMember, reply: Reply) -> tuple[MessageRef, ...]:
        """Answer beside what was pressed or given as a command; anything else in private."""
        where = event.message.where
        with translating("whisper"):
            call = self._calls.of(event.id, event.message.id)
            if call is not None and (sent := await self._say(call, where, reply)) is not None:
                return sent
            if where.thread is None:
                return await self._write(self._channel(where), where, reply)
            channel = await self._opened(event.member)
            return await self._write(channel, place(None, channel.id), reply)

    async def _opened(self, member: MemberRef) -> discord.DMChannel:
        """The private channel with a member, new or not."""
        client = self._connected()
        user = client.get_user(int(member.id)) or await client.fetch_user(int(member.id))
        channel = await user.create_dm()
        client.private[member.id] = str(channel.id)
        return channel

    async def _write(
        self,
        channel: discord.abc.Messageable,
        where: ChatRef,
        reply: Reply,
        *,
        reference: discord.MessageReference | None = None,
        key: str = "",
    ) -> tuple[MessageRef, ...]:
        """Write a reply into a channel, as one message or a few."""

        async def write(pages: Sequence[Sheet]) -> tuple[MessageRef, ...]:
            sent: list[discord.Message] = []
            try:
                for number, page in enumerate(pages):
                    is_last = number == len(pages) - 1
                    message = await channel.send(
                        **new_message(page, reply, is_last=is_last),
                        nonce=nonce(key, number) if key else None,  # type: ignore[arg-type]
                        reference=reference if number == 0 else None,  # type: ignore[arg-type]
                        mention_author=False,
                    )
                    sent.append(message)
            except (discord.HTTPException, OSError):
                if not key:  # with a key the next attempt finds the first pages there
                    await take_back(sent)
                raise
            return tuple(MessageRef(where, str(message.id)) for message in sent)

        return await embedded(reply, write)

    async def _say(self, call: Call, where: ChatRef, reply: Reply) -> tuple[MessageRef, ...] | None:
        """Answer an interaction; None if its time is over."""
        pages = sheets(reply)
        sent: list[MessageRef] = []
        try:
            for number, page in enumerate(pages):
                is_last = number == len(pages) - 1
                message = await call.say(**new_message(page, reply, is_last=is_last))
                if call.is_ephemeral:
                    self._calls.keep(call, str(message.id))
                sent.append(MessageRef(where, str(message.id)))
        except discord.HTTPException as error:
            if error.code in CALL_IS_OVER and not sent:
                return None
            raise
        return tuple(sent)

    # ── changing what was sent ───────────────────────────────────────────────────────────────────

    async def edit(self, message: MessageRef, reply: Reply) -> None:
        """Replace what a message says, in place."""
        call = self._calls.of(message.id)

        async def write(pages: Sequence[Sheet]) -> None:
            changed = changed_message(pages[0], reply)
            if call is not None:
                await call.change(int(message.id), **changed)
            else:
                await self._change(message, changed)

        with translating("edit"):
            await embedded(reply, write, is_one=True)

    async def _change(self, message: MessageRef, changed: dict[str, Any]) -> None:
        """Edit a message; a thread that was put away is taken out again for it."""
        try:
            await self._partial(message).edit(**changed)
        except discord.HTTPException as error:
            client, channel = self._connected(), channel_of(message.where)
            # one that is put away is no longer known; what is known and no thread cannot be
            is_channel = isinstance(client.get_channel(channel), discord.abc.GuildChannel)
            if error.code != IS_ARCHIVED or is_channel:
                raise
            await client.http.edit_channel(channel, archived=False)
            await self._partial(message).edit(**changed)

    async def withdraw(self, message: MessageRef) -> None:
        """Delete a message; one that is gone already is no failure."""
        call = self._calls.of(message.id)
        with translating("withdraw"), suppress(discord.NotFound):
            if call is not None:
                await call.take_back(int(message.id))
            else:
                await self._partial(message).delete()

    async def mark(self, message: MessageRef, mark: Mark) -> None:
        """Put the mark's sign on a message, then take the earlier one off. A command from a menu
        has no message: the sign stands where the answer will."""
        if self._calls.has_been(message):
            call = self._calls.of(message.id)
            if call is not None:
                with translating("mark"):
                    await call.sign(SIGNS[mark])
            return
        partial = self._partial(message)
        before = self._marks.pop(message, None)
        with translating("mark"):
            await partial.add_reaction(SIGNS[mark])
            self._marks[message] = mark
            if len(self._marks) > MAX_MARKS:
                del self._marks[next(iter(self._marks))]
            if mark is Mark.SEEN and before is None:
                return  # always the first one
            others = [before] if before is not None else [each for each in Mark if each != mark]
            for other in others:
                if other is not mark:
                    with suppress(discord.NotFound):  # it was not there
                        await partial.remove_reaction(SIGNS[other], self._connected().me)

    # ── asking ───────────────────────────────────────────────────────────────────────────────────

    async def download(self, attachment: Attachment, *, max_bytes: int) -> SentFile:
        """Get a file. Its address is good for a day; after that the message names a new one."""
        if attachment.size is not None and attachment.size > max_bytes:
            raise _too_large(attachment.name, attachment.size, max_bytes)
        with translating("download"):
            file = self._connected().fresh.get(attachment.key)
            data: bytes | None = None
            if file is not None:
                with suppress(discord.HTTPException):
                    data = await file.read()
            if data is None:
                file = await self._found_again(attachment)
                if file.size > max_bytes:
                    raise _too_large(attachment.name, file.size, max_bytes)
                data = await file.read()
        if len(data) > max_bytes:
            raise _too_large(attachment.name, len(data), max_bytes)
        return SentFile(attachment.name, data)

    async def _found_again(self, attachment: Attachment) -> discord.Attachment:
        channel_id, message_id, file_id = map(int, attachment.key.split("/"))
        channel = self._connected().get_partial_messageable(channel_id)
        message = await channel.fetch_message(message_id)
        for file in attached(message):
            if file.id == file_id:
                return file
        raise DeliveryFailed(f"download: message {message_id} has no such file.", is_gone=True)

    async def is_admin(self, where: ChatRef, member: MemberRef) -> bool:
        """Whether a member may manage the server, or is the one whose private channel it is."""
        client = self._connected()
        guild = client.get_guild(int(where.chat))
        if guild is not None and guild.unavailable:  # its roles are not known
            raise DeliveryFailed("The server is not available.", retry_after_s=SERVER_RETRY_S)
        if guild is None and client.private.get(member.id) == where.chat:
            return True
        with translating("is_admin"):
            if guild is None:
                channel = await client.fetch_channel(channel_of(where))
                return isinstance(channel, discord.DMChannel) and member.id in (
                    str(user.id) for user in channel.recipients
                )
            try:
                found = await guild.fetch_member(int(member.id))
            except discord.NotFound:  # left the server
                return False
        return found.guild_permissions.manage_guild

    async def is_member(self, where: ChatRef, member: MemberRef) -> bool:
        """Whether somebody is on a server now, or it is their private channel."""
        client = self._connected()
        guild = client.get_guild(int(where.chat))
        if guild is None:
            return await self.is_admin(where, member)
        with translating("is_member"):
            try:
                await guild.fetch_member(int(member.id))
            except discord.NotFound:
                return False
        return True

    async def lacks(self, where: ChatRef, *, hears_all: bool) -> Sequence[str]:
        """What an admin of the server could give the bot."""
        guild = self._connected().get_guild(int(where.chat))
        if guild is None:
            return ()
        channel = guild.get_channel_or_thread(int(where.thread)) if where.thread else None
        rights = channel.permissions_for(guild.me) if channel else guild.me.guild_permissions
        lacking = [message for message, right in _RIGHTS.items() if not getattr(rights, right)]
        if hears_all and not self._reads_messages:
            lacking.append("discord-lacks-content")
        return lacking

    def link_to(self, message: MessageRef) -> str | None:
        """As *Copy Message Link* gives it."""
        server = guild_of(message.where) or "@me"
        return f"https://discord.com/channels/{server}/{channel_of(message.where)}/{message.id}"

    def private(self, member: MemberRef) -> ChatRef | None:
        """The private channel with a member, if it came up since the start."""
        channel = self._client and self._client.private.get(member.id)
        return ChatRef(NAME, channel) if channel else None

    async def approach(self, member: MemberRef) -> ChatRef:
        """The private channel with a member. Discord opens one with everybody whom the bot shares a
        server with, and refuses what is sent if they want no messages from there."""
        if member.platform != NAME:
            raise DeliveryFailed("Somebody of another platform has no channel.", is_gone=True)
        if (known := self.private(member)) is not None:
            return known
        with translating("open a private channel"):
            return place(None, (await self._opened(member)).id)

    def door(self, key: str) -> str | None:
        """Nothing: no address of Discord's hands anything over to a bot."""
        del key
        return None

    def _connected(self) -> DiscordClient:
        if self._client is None or self._client.user is None or self._client.is_closed():
            raise DeliveryFailed("Discord is not connected.", retry_after_s=WIRE_RETRY_S)
        return self._client

    def _channel(self, where: ChatRef) -> discord.PartialMessageable:
        return self._connected().get_partial_messageable(
            channel_of(where), guild_id=guild_of(where)
        )

    def _partial(self, message: MessageRef) -> discord.PartialMessage:
        if self._calls.has_been(message):
            raise DeliveryFailed("An interaction is no message.", is_gone=True)
        return self._channel(message.where).get_partial_message(int(message.id))


def _too_large(name: str, size: int, max_bytes: int) -> TooLarge:
    return TooLarge(f"{name} has {size} bytes; the limit is {max_bytes}. Send the text instead.")
