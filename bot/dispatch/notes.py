"""Sends the weekly consistency note to whoever wants it: once a week and place, also over restarts.

A note is due from Monday morning on, by the community's clock, and until the week is over: a
program that was off on Monday sends it when it is on again. It is posted place by place
(`bot.dispatch.posting`), so that a restart goes on where it stopped.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from bot.dispatch.context import Features
from bot.dispatch.delivery import Delivery
from bot.dispatch.lanes import Lanes
from bot.dispatch.posting import Posting
from bot.dispatch.standing import Standing
from bot.texts import Texts
from core.consistency import Note, week_name
from core.domain import Chat, ChatRef, Community, MemberRef
from core.errors import CommonplaceError

if TYPE_CHECKING:
    from core.library import Library

log = logging.getLogger(__name__)

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Reader:
    """Where a note is read; `member`: by whom alone."""

    where: ChatRef
    member: MemberRef | None = None


class Notes:
    """Knows who wants notes, and who has them.

    Args:
        library: the use cases.
        features: word a note.
        delivery: knows the platforms.
        posting: sends it, once.
        lanes: for calls of the core.
        standing: knows members' languages.
    """

    def __init__(
        self,
        library: "Library",
        features: Features,
        delivery: Delivery,
        posting: Posting,
        lanes: Lanes,
        standing: Standing,
    ) -> None:
        self._library = library
        self._features = features
        self._delivery = delivery
        self._posting = posting
        self._lanes = lanes
        self._standing = standing

    async def send_due(self) -> None:
        """Send every note that is due and was not sent."""
        for community in await self._call(self._library.repository.communities):
            if community.customs.note != "off":
                try:
                    await self._send(community)
                except CommonplaceError:
                    log.exception("no note community=%s; the next time tries again", community.id)

    async def _send(self, community: Community) -> None:
        """To editors in private, if that is wanted and any can be reached; else to the chats."""
        day = self._library.consistency.due_week(community)
        if day is None:
            return
        repository, week = self._library.repository, week_name(day)
        noted = await self._call(partial(repository.delivered, community.id, f"note {week}"))
        note: Note | None = None
        for readers in await self._readers(community):
            if all(reader.where in noted for reader in readers):
                return
            if note is None:
                find = partial(self._library.consistency.note, community, week_of=day)
                note = await self._lanes.aside(find)
            if note is None:  # a quiet week
                return
            if await self._tell(community, note, readers, noted):
                return

    async def _tell(
        self, community: Community, note: Note, readers: Sequence[_Reader], noted: set[ChatRef]
    ) -> bool:
        """Send a note to those who do not have it; whether anybody has it then."""
        has_any = False
        for reader in readers:
            if reader.where in noted or await self._deliver(community, note, reader):
                has_any = True
        return has_any

    async def _deliver(self, community: Community, note: Note, reader: _Reader) -> bool:
        texts = Texts(community.language)
        if reader.member is not None:
            await self._standing.learn_language(reader.member)
            texts = self._standing.texts(reader.member, None, community)
        reply = self._features.note(note, community, self._library.taxonomies(community), texts)
        outcome = await self._posting.post(community.id, f"note {note.week}", reader.where, reply)
        log.info("note community=%s week=%s outcome=%s", community.id, note.week, outcome)
        return outcome == "sent"

    # ── who reads it ─────────────────────────────────────────────────────────────────────────────

    async def _readers(self, community: Community) -> list[list[_Reader]]:
        """Who is to have a note; and if nobody of them can be reached, who then."""
        repository = self._library.repository
        chats = await self._call(partial(repository.chats, community.id))
        here = [chat for chat in chats if self._is_open(chat)]
        groups = [chat for chat in here if not chat.is_private] or here
        ways = [[_Reader(chat.where) for chat in groups]]
        if community.customs.note == "editors":
            ways.insert(0, await self._editors(community))
        return [readers for readers in ways if readers]

    async def _editors(self, community: Community) -> list[_Reader]:
        """The editors who have spoken to the bot in private."""
        repository = self._library.repository
        found = []
        for member in await self._call(partial(repository.appointed, community.id)):
            if member.platform not in self._delivery:
                continue
            where = self._delivery.to(member.platform).private(member)
            if where is None:
                continue
            chat = await self._call(partial(repository.chat, where))
            if chat is not None and self._is_open(chat):
                found.append(_Reader(where, member))
        return found

    def _is_open(self, chat: Chat) -> bool:
        return chat.paused_at is None and chat.where.platform in self._delivery

    async def _call(self, function: Callable[[], T]) -> T:
        return await self._lanes.call("answers", function)
