"""Use case: which community a chat speaks for, how chats come together, and who may do what."""

import hashlib
import logging
import secrets
from dataclasses import replace
from datetime import timedelta

from core.domain import Chat, ChatRef, Community, Language, MemberRef, Role
from core.errors import BadCode
from core.ports import Clock, VectorIndex
from core.store.repository import Repository

log = logging.getLogger(__name__)

CODE_MINUTES = 30
"""How long a code can be used: time enough to open the other app, too little to be passed on."""

_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # none that is taken for another one
_CODE_LENGTH = 8  # 31^8: a trillion, for half an hour


class Membership:
    """Finds, founds, links and closes communities.

    Args:
        repository: keeps them.
        vectors: of their items; cleared when a community is removed.
        clock: tells the time.
        language, timezone: of a new community whose members' language is not known; the time zone
            of every new one.
    """

    def __init__(
        self,
        repository: Repository,
        vectors: VectorIndex,
        clock: Clock,
        *,
        language: Language,
        timezone: str,
    ) -> None:
        self._repository = repository
        self._vectors = vectors
        self._clock = clock
        self._language: Language = language
        self._timezone = timezone

    # ── chats ────────────────────────────────────────────────────────────────────────────────────

    def of(
        self,
        where: ChatRef,
        *,
        is_private: bool,
        title: str | None,
        locale: str | None,
        member: MemberRef | None,
    ) -> tuple[Chat, Community, bool]:
        """The community that a chat speaks for; founded when the chat is heard from first.

        A paused chat that is heard from again is paused no more.

        Args:
            title: what the platform calls the chat.
            locale: BCP 47 of whoever wrote, as the platform tells it: "zh-hant", "en-GB".
            member: who wrote; belongs to a community that is founded for them.

        Returns:
            The chat, its community, and whether it is new.
        """
        chat = self._repository.chat(where)
        is_new = False
        if chat is None or chat.paused_at is not None:
            with self._repository.transaction():
                chat = self._repository.chat(where)  # another thread may have been faster
                if chat is None:
                    chat, is_new = self._found(where, is_private, title, locale, member), True
                elif chat.paused_at is not None:
                    self._repository.unpause(where)
                    chat = self._repository.chat(where) or chat
        community = self._repository.community_by_id(chat.community)
        if title and title != community.title and len(self._repository.chats(community.id)) == 1:
            self._repository.set_title(community.id, title)  # the group has another name now
            community = replace(community, title=title)
        return chat, community, is_new

    def leave(self, where: ChatRef) -> None:
        """The bot was put out of a chat: pause it. Its data are kept until `sweep`."""
        self._repository.pause(where, self._clock.now())

    def move(self, old: ChatRef, new: ChatRef) -> None:
        """A chat has another address from now on."""
        self._repository.move_chat(old, new)

    def sweep(self, older_than_days: int) -> list[int]:
        """Remove communities whose every chat has been paused for longer than so many days.

        Returns:
            The ids of those that were removed.
        """
        before = self._clock.now() - timedelta(days=older_than_days)
        paused = self._repository.paused_before(before)
        removed = []
        for community_id in dict.fromkeys(chat.community for chat in paused):
            if all(chat in paused for chat in self._repository.chats(community_id)):
                # first, since another community may be given the id
                self._vectors.clear(community_id)
                self._repository.remove_community(community_id)
                removed.append(community_id)
        log.info("swept communities=%s", len(removed))
        return removed

    # ── linking ──────────────────────────────────────────────────────────────────────────────────

    def code_for(self, community_id: int) -> str:
        """A word with which another chat can join a community: once, within `CODE_MINUTES`."""
        letters = "".join(secrets.choice(_LETTERS) for _ in range(_CODE_LENGTH))
        until = self._clock.now() + timedelta(minutes=CODE_MINUTES)
        self._repository.keep_code(_hash(letters), community_id, until)
        half = _CODE_LENGTH // 2
        return f"{letters[:half]}-{letters[half:]}"

    def link(self, where: ChatRef, code: str) -> Community:
        """Let a known chat join the community that a code leads to.

        Args:
            code: as typed by somebody: case, spaces and hyphens make no difference.

        Raises:
            BadCode: wrong, used before, or over.
        """
        with self._repository.transaction():
            community_id = self._repository.take_code(_hash(code), self._clock.now())
            if community_id is not None:
                self._repository.join_community(where, community_id)
        if community_id is None:  # outside: that old codes are forgotten is kept
            raise BadCode("No community is linked by this code. Ask for a new one.")
        log.info("linked community=%s", community_id)
        return self._repository.community_by_id(community_id)

    # ── rights ───────────────────────────────────────────────────────────────────────────────────

    def role(
        self, community_id: int, member: MemberRef, *, is_platform_admin: bool, is_private: bool
    ) -> Role:
        """What a member may do in a community.

        Args:
            is_platform_admin: the platform lets them look after the chat in which they act.
            is_private: they act in a chat of their own. There they are admin, unless the chat has
                joined a community of others.
        """
        if is_platform_admin:
            return Role.ADMIN
        if is_private and all(chat.is_private for chat in self._repository.chats(community_id)):
            return Role.ADMIN
        return self._repository.role(community_id, member) or Role.MEMBER

    def _found(
        self,
        where: ChatRef,
        is_private: bool,
        title: str | None,
        locale: str | None,
        member: MemberRef | None,
    ) -> Chat:
        community = self._repository.found_community(
            f"{where.platform}-{where.chat.lstrip('-')}",
            title=title,
            language=_language(locale) or self._language,
            timezone=self._timezone,
        )
        if member is not None:
            self._repository.see_member(community.id, member, name=None, at=self._clock.now())
        if is_private:  # one voice is all there are
            self._repository.set_customs(community.id, replace(community.customs, quorum=1))
        log.info("founded community=%s platform=%s", community.id, where.platform)
        return self._repository.add_chat(where, community.id, is_private=is_private)


def _language(locale: str | None) -> Language | None:
    if not locale:
        return None
    return "zh-TW" if locale.lower().startswith("zh") else "en"


def _hash(code: str) -> str:
    letters = "".join(letter for letter in code.upper() if letter.isalnum())
    return hashlib.sha256(letters.encode()).hexdigest()
