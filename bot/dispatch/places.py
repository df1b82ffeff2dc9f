"""Which community a chat speaks for, what a member may do there, and who is let in at all."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.domain import Chat, ChatRef, Community, MemberRef

if TYPE_CHECKING:
    from core.library import Library


@dataclass(frozen=True, slots=True)
class Place:
    """A chat as an event finds it.

    Attributes:
        chat: its address and state; community: whom it speaks for.
        is_new: this is the first that was ever heard from it.
    """

    chat: Chat
    community: Community
    is_new: bool = False


class Places:
    """Finds places.

    Args:
        library: where chats are kept.
        homes: platforms all of whose chats speak for one community.
        is_allowed: whether a chat is let in.
    """

    def __init__(
        self,
        library: "Library",
        homes: Mapping[str, Community],
        is_allowed: Callable[[ChatRef], bool],
    ) -> None:
        self._library = library
        self._homes = homes
        self.is_allowed = is_allowed

    def find(
        self,
        where: ChatRef,
        *,
        is_private: bool,
        title: str | None = None,
        locale: str | None = None,
        member: MemberRef | None = None,
        member_name: str | None = None,
    ) -> Place:
        """The place of a chat; a chat that was never heard of founds a community of its own."""
        if (home := self._home(where)) is not None:
            return Place(Chat(ChatRef(where.platform, where.chat), home.id, True, True), home)
        chat, community, is_new = self._library.membership.of(
            where, is_private=is_private, title=title, locale=locale, member=member
        )
        if member is not None and not is_private:
            self._library.repository.see_member(
                community.id, member, name=member_name, at=self._library.clock.now()
            )
        return Place(chat, community, is_new)

    def known(self, where: ChatRef) -> Place | None:
        """The place of a chat that was heard of before; nothing is written."""
        if (home := self._home(where)) is not None:
            return Place(Chat(ChatRef(where.platform, where.chat), home.id, True, True), home)
        repository = self._library.repository
        chat = repository.chat(where)
        return None if chat is None else Place(chat, repository.community_by_id(chat.community))

    def is_home(self, where: ChatRef) -> bool:
        """Whether all chats of a platform speak for one community."""
        return where.platform in self._homes

    def _home(self, where: ChatRef) -> Community | None:
        home = self._homes.get(where.platform)
        # read again: its language may have been changed meanwhile
        return None if home is None else self._library.repository.community_by_id(home.id)
