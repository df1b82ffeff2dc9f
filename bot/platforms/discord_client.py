"""What comes in from Discord's gateway, handed over in the order in which it happened.

Each handler of discord.py is a task of its own, so events of one server or private channel take
turns. After a session that could not be resumed the gateway has forgotten what happened meanwhile:
then nothing is handed over until the history of every channel that was ever read is read on.
Discord names no key for most events; those get the session and a number, since a gateway never
delivers one twice.
"""

import asyncio
import itertools
import logging
from collections import OrderedDict, defaultdict
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

import discord

from bot.chat import Conversation, Deleted, Edited, Event, Joined, Left, Reacted
from bot.platforms.discord_calls import Call, Calls, call_id
from bot.platforms.discord_errors import NO_SUCCESS
from bot.platforms.discord_events import (
    NAME,
    attached,
    first_thread,
    is_from_person,
    key_of,
    person,
    place,
    reading,
    sign,
    typed,
    wrote,
)
from bot.platforms.discord_history import history, places, readable
from bot.platforms.discord_interactions import (
    Interaction,
    commanded,
    is_private_with_bot,
    pressed,
    target,
)
from bot.platforms.discord_menu import choices, message_menus, sync
from core.domain import ChatRef, MessageRef
from core.errors import CommonplaceError

log = logging.getLogger(__name__)

MAX_FRESH = 500  # attachments whose addresses are remembered
FIRST_WAIT_S, LONGEST_WAIT_S = 1.0, 60.0  # between attempts to have an event written down


class DiscordClient(discord.Client):
    """One session after the other with Discord's gateway.

    Args:
        conversation: whom events are handed to.
        calls: where interactions are kept that can be answered.
        reads_messages: ask for the content of messages that do not address the bot.
        private_chats: the private channels that may have been written to while nobody listened.
        ready_wait_s: after so many seconds without another server the list of servers is complete.

    Attributes:
        here, away: the session is ready; it is not, or not any more.
        caught_up: what was missed is handed over, and what happens is.
        went_on: unfinished work of an earlier run was told to go on.
        private: the private channel of each person, as far as it came up.
        fresh: attachments whose addresses are still good, by their keys.
    """

    def __init__(
        self,
        conversation: Conversation,
        calls: Calls,
        *,
        reads_messages: bool = False,
        private_chats: Callable[[], Sequence[ChatRef]] = tuple,
        ready_wait_s: float = 2.0,
    ) -> None:
        super().__init__(
            intents=_intents(reads_messages=reads_messages),
            allowed_mentions=discord.AllowedMentions.none(),
            max_messages=None,
            chunk_guilds_at_startup=False,
            member_cache_flags=discord.MemberCacheFlags.none(),
            guild_ready_timeout=ready_wait_s,
        )
        self.here, self.away = asyncio.Event(), asyncio.Event()
        self.caught_up = asyncio.Event()
        self.went_on = False
        self.private: dict[str, str] = {}
        self.fresh: OrderedDict[str, discord.Attachment] = OrderedDict()
        self._conversation = conversation
        self._calls = calls
        self._reads_messages = reads_messages
        self._private_chats = private_chats
        self._menus: dict[str, str] = {}
        self._turns: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._underway: set[asyncio.Task[Any]] = set()
        self._session = uuid4().hex
        self._sessions = 0
        self._numbers = itertools.count(1)

    @property
    def me(self) -> discord.ClientUser:
        """The bot itself."""
        assert self.user is not None, "logged in"
        return self.user

    # ── coming and going ─────────────────────────────────────────────────────────────────────────

    async def setup_hook(self) -> None:
        """Bring the menus up to date; they are no reason not to come online."""
        menu = self._conversation.menu()
        self._menus = message_menus(menu)
        try:
            if await sync(self, menu):
                log.info("menus written commands=%d", len(menu))
        except discord.HTTPException as error:
            log.warning("menus not written status=%d code=%d", error.status, error.code)

    async def close(self) -> None:
        """Hand over no more."""
        current = asyncio.current_task()
        handlers = [task for task in self._underway if task is not current]
        for task in handlers:
            task.cancel()
        await asyncio.gather(*handlers, return_exceptions=True)
        await super().close()

    async def on_connect(self) -> None:
        """A new session begins; what it brings waits until what was missed is handed over."""
        self.caught_up.clear()
        self._sessions += 1
        await self.on_disconnect()

    async def on_disconnect(self) -> None:
        """The connection broke off; discord.py makes a new one."""
        self.here.clear()
        self.away.set()

    async def on_resumed(self) -> None:
        """The session goes on; the gateway brings what was missed."""
        self.away.clear()
        self.here.set()

    async def on_ready(self) -> None:
        """The new session knows all servers."""
        await self.on_resumed()
        session = self._sessions
        with self._handling():
            try:
                await self._catch_up()
            except NO_SUCCESS:
                log.exception("missed messages not read; another session tries again")
                await self.close()
                return
            if session != self._sessions:
                return  # another one has begun meanwhile, and catches up by itself
            self.caught_up.set()
            log.info("ready servers=%d", len(self.guilds))
            if not self.went_on:
                self.went_on = True
                await self._conversation.resume(NAME)

    async def _catch_up(self) -> None:
        """Hand over what happened while nobody listened, in order."""
        for guild in self.guilds:
            await self._hand_over(_joined(guild))
        # all marks are read before the first message moves one
        private = [place(None, int(channel)) for channel in self.private.values()]
        everywhere = places(self, {*self._private_chats(), *private})
        marks = [(where, self._conversation.last_seen(where)) for where in everywhere]
        missed: list[discord.Message] = []
        for where, mark in marks:
            if mark is not None:
                missed += await history(self, where, after=int(mark))
        for message in sorted(missed, key=lambda each: each.id):
            if (event := self._understood(message)) is not None:
                await self._hand_over(event)

    # ── taking turns ─────────────────────────────────────────────────────────────────────────────

    @contextmanager
    def _handling(self) -> Iterator[None]:
        """Remember the task, so that it can be ended."""
        task = asyncio.current_task()
        assert task is not None
        is_known = task in self._underway
        self._underway.add(task)
        try:
            yield
        finally:
            if not is_known:
                self._underway.discard(task)

    async def _deliver(
        self, guild_id: int | None, channel_id: int, event: Callable[[], Awaitable[Event | None]]
    ) -> Awaitable[None] | None:
        """Hand an event over when it is its turn.

        Returns:
            What ends when it is answered; None if there was nothing to hand over.
        """
        with self._handling():
            await self.caught_up.wait()
            async with self._turns[str(guild_id or channel_id)]:
                found = await event()
                return None if found is None else await self._hand_over(found)

    async def _hand_over(self, event: Event) -> Awaitable[None]:
        """Have an event written down, however long it takes: Discord will not bring it again."""
        wait_s = FIRST_WAIT_S
        while True:
            try:
                return await self._conversation.handle(event)
            except CommonplaceError as error:
                log.warning("not written down, again in %.0f s: %s", wait_s, error.message)
            await asyncio.sleep(wait_s)
            wait_s = min(2 * wait_s, LONGEST_WAIT_S)

    def _key(self, kind: str) -> str:
        return f"{kind}{self._session}-{next(self._numbers)}"

    # ── messages ─────────────────────────────────────────────────────────────────────────────────

    async def on_message(self, message: discord.Message) -> None:
        """Somebody wrote."""

        async def event() -> Event | None:
            return self._understood(message)

        guild_id = message.guild.id if message.guild else None
        await self._deliver(guild_id, message.channel.id, event)

    def _understood(self, message: discord.Message) -> Event | None:
        if not is_from_person(message):
            return None
        if message.guild is None:
            self.private[str(message.author.id)] = str(message.channel.id)
        self._keep_fresh(message)
        found = wrote(message, self.me)
        return found and (typed(found) or found)

    def _keep_fresh(self, message: discord.Message) -> None:
        for file in attached(message):
            self.fresh[key_of(message, file)] = file
        while len(self.fresh) > MAX_FRESH:
            self.fresh.popitem(last=False)

    async def on_raw_message_edit(self, payload: discord.RawMessageUpdateEvent) -> None:
        """Somebody changed a message, or Discord added a preview or a pin to it."""
        message = payload.message

        async def event() -> Event | None:
            # without a time of change nobody changed the words; with the same one nobody did again
            if message.edited_at is None or not is_from_person(message):
                return None
            self._keep_fresh(message)
            now = wrote(message, self.me)
            return now and Edited(
                message=now.message,
                member=now.member,
                member_name=now.member_name,
                id=f"e{message.id}-{message.edited_at.timestamp():.6f}",
                is_private=now.is_private,
                place=now.place,
                now=now,
            )

        await self._deliver(payload.guild_id, payload.channel_id, event)

    async def on_raw_message_delete(self, payload: discord.RawMessageDeleteEvent) -> None:
        """A message is gone."""
        await self._deleted(payload.guild_id, payload.channel_id, [payload.message_id])

    async def on_raw_bulk_message_delete(self, payload: discord.RawBulkMessageDeleteEvent) -> None:
        """Many messages are gone."""
        await self._deleted(payload.guild_id, payload.channel_id, sorted(payload.message_ids))

    async def _deleted(self, guild_id: int | None, channel_id: int, ids: Sequence[int]) -> None:
        where = place(guild_id, channel_id)

        async def event() -> Event:
            messages = tuple(MessageRef(where, str(each)) for each in ids)
            return Deleted(where=where, messages=messages, id=f"d{ids[0]}-{len(ids)}")

        await self._deliver(guild_id, channel_id, event)

    # ── reactions ────────────────────────────────────────────────────────────────────────────────

    async def on_raw_reaction_add(self, payload: discord.RawReactionActionEvent) -> None:
        """Somebody put a sign on a message."""
        await self._reacted(payload)

    async def on_raw_reaction_remove(self, payload: discord.RawReactionActionEvent) -> None:
        """Somebody took a sign back."""
        await self._reacted(payload)

    async def on_raw_reaction_clear(self, payload: discord.RawReactionClearEvent) -> None:
        """A moderator took all signs off a message. That takes nobody's voice away."""
        log.info("reactions cleared message=%d", payload.message_id)

    async def on_raw_reaction_clear_emoji(
        self, payload: discord.RawReactionClearEmojiEvent
    ) -> None:
        """A moderator took one sign off a message."""
        log.info("one reaction cleared message=%d", payload.message_id)

    async def _reacted(self, payload: discord.RawReactionActionEvent) -> None:
        emoji = sign(payload.emoji)
        is_bot = payload.member is not None and payload.member.bot
        if emoji is None or is_bot or payload.user_id == self.me.id:
            return
        is_added = payload.event_type == "REACTION_ADD"

        async def event() -> Event:
            guild = self.get_guild(payload.guild_id) if payload.guild_id else None
            return Reacted(
                message=MessageRef(
                    place(payload.guild_id, payload.channel_id), str(payload.message_id)
                ),
                member=person(payload.user_id),
                member_name=payload.member.display_name if payload.member else None,
                id=self._key("r"),
                is_private=payload.guild_id is None,
                place=guild.name if guild else None,
                added=frozenset({emoji} if is_added else ()),
                removed=frozenset(() if is_added else {emoji}),
                about=await self._marked(payload) if is_added else None,
            )

        await self._deliver(payload.guild_id, payload.channel_id, event)

    async def _marked(self, payload: discord.RawReactionActionEvent) -> Any:
        """What the message says, if the bot may read it and it is not its own."""
        if payload.message_author_id == self.me.id:
            return None
        if payload.guild_id is not None and not self._reads_messages:
            return None
        try:
            message = await readable(self, payload.guild_id, payload.channel_id).fetch_message(
                payload.message_id
            )
        except NO_SUCCESS as error:
            log.info("marked message not read id=%d: %r", payload.message_id, error)
            return None
        self._keep_fresh(message)
        return reading(message, self.me)

    # ── servers ──────────────────────────────────────────────────────────────────────────────────

    async def on_guild_join(self, guild: discord.Guild) -> None:
        """The bot was taken into a server."""

        async def event() -> Event:
            return _joined(guild)

        await self._deliver(guild.id, guild.id, event)

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """The bot was put out of a server, or the server is gone."""

        async def event() -> Event:
            return Left(where=ChatRef(NAME, str(guild.id)), id=self._key("l"))

        await self._deliver(guild.id, guild.id, event)

    # ── menus and buttons ────────────────────────────────────────────────────────────────────────

    async def on_interaction(self, interaction: Interaction) -> None:
        """Somebody used a command, a menu or a button, or is typing a command."""
        if interaction.channel_id is None:
            return
        match interaction.type:
            case discord.InteractionType.application_command:
                await self._answered(interaction, self._commanded)
            case discord.InteractionType.component:
                await self._answered(interaction, pressed)
            case discord.InteractionType.autocomplete:
                await self._completed(interaction)
            case _:
                log.warning("interaction of an unknown kind type=%s", interaction.type)

    async def _answered(
        self, interaction: Interaction, understand: Callable[[Interaction, ChatRef], Event]
    ) -> None:
        call = Call(interaction, is_ephemeral=not is_private_with_bot(interaction))
        # at once and not in turn: after three seconds Discord tells the member that nobody answers
        deferring = asyncio.create_task(call.defer())
        assert interaction.channel_id is not None

        async def event() -> Event:
            if await deferring:
                source = interaction.message
                is_hidden = source is not None and source.flags.ephemeral
                self._calls.keep(
                    call,
                    call_id(interaction),
                    *([str(source.id)] if source and is_hidden else ()),
                )
            else:
                log.warning("interaction not deferred id=%d", interaction.id)
            return understand(interaction, await self._home(interaction))

        with self._handling():
            try:
                answered = await self._deliver(interaction.guild_id, interaction.channel_id, event)
                if answered is not None:
                    await answered
            finally:
                await call.settle()

    def _commanded(self, interaction: Interaction, where: ChatRef) -> Event:
        message = target(interaction, self._connection)
        if message is not None:
            self._keep_fresh(message)
        return commanded(interaction, where, message, self._menus, self.me)

    async def _completed(self, interaction: Interaction) -> None:
        data: Any = interaction.data
        focused = next((each for each in data["options"] if each.get("focused")), None)
        if focused is None:
            return
        written = str(focused["value"])
        where = place(interaction.guild_id, interaction.channel_id or 0)
        member = person(interaction.user.id)
        with self._handling():
            found = await self._conversation.suggest(where, member, data["name"], written)
            try:
                await interaction.response.autocomplete(choices(written, found))
            except NO_SUCCESS as error:  # the next letter was typed meanwhile
                log.debug("completion not shown: %r", error)

    async def _home(self, interaction: Interaction) -> ChatRef:
        """Where an interaction belongs. One given where the bot is no member belongs to the
        person's own collection: to the private channel with the bot."""
        member = str(interaction.user.id)
        assert interaction.channel_id is not None
        if is_private_with_bot(interaction):
            self.private[member] = str(interaction.channel_id)
            return place(None, interaction.channel_id)
        if interaction.guild_id is not None and self.get_guild(interaction.guild_id):
            return place(interaction.guild_id, interaction.channel_id)
        if member not in self.private:
            user: Any = interaction.user
            self.private[member] = str((await user.create_dm()).id)
        return place(None, int(self.private[member]))


def _intents(*, reads_messages: bool) -> discord.Intents:
    intents = discord.Intents.none()
    intents.guilds = True
    intents.messages = True
    intents.reactions = True
    intents.message_content = reads_messages
    return intents


def _joined(guild: discord.Guild) -> Joined:
    """The bot is in a server: the same event however often it is told, until it leaves."""
    since = guild.me.joined_at.timestamp() if guild.me.joined_at else 0
    return Joined(
        where=ChatRef(NAME, str(guild.id), first_thread(guild)),
        id=f"j{guild.id}-{since:.0f}",
        place=guild.name,
        locale=str(guild.preferred_locale),
    )
