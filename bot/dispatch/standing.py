"""Who a member is here: what they may do, where they belong, how they are spoken to."""

import logging
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from bot.chat import DeliveryFailed
from bot.dispatch.context import Context
from bot.dispatch.delivery import Delivery
from bot.dispatch.lanes import Lanes
from bot.texts import Texts
from core.domain import Community, Language, MemberRef, Role

if TYPE_CHECKING:
    from core.library import Library

log = logging.getLogger(__name__)

NOBODY = MemberRef("", "")  # whom the bot speaks to when it speaks to a chat by itself


class Standing:
    """Asks the store and the platforms about members.

    Args:
        library: knows who was seen where, and who was appointed.
        delivery: knows the platforms.
        lanes: for calls of the core.

    Attributes:
        speaks: the language that a member chose; None if they did not.
    """

    def __init__(self, library: "Library", delivery: Delivery, lanes: Lanes) -> None:
        self._library = library
        self._delivery = delivery
        self._lanes = lanes
        self.speaks: dict[MemberRef, Language | None] = {}

    async def learn_language(self, member: MemberRef) -> None:
        """Remember the language that a member chose, if it is not remembered."""
        if member not in self.speaks:
            self.speaks[member] = await self._lanes.call(
                "answers", partial(self._library.repository.member_language, member)
            )

    def texts(self, member: MemberRef, locale: str | None, community: Community) -> Texts:
        """The member's own language: as chosen, else as their app speaks, else the community's."""
        return Texts(self.speaks.get(member) or spoken(locale) or community.language)

    async def role(self, context: Context) -> Role:
        """What a member may do in the community of a context."""
        is_here = context.chat.community == context.community.id
        return await context.run(
            self._library.membership.role,
            context.community.id,
            context.member,
            is_platform_admin=await self._is_admin(context, is_here=is_here),
            is_private=context.chat.is_private and is_here,
        )

    async def _is_admin(self, context: Context, *, is_here: bool) -> bool:
        """Whether the platform lets a member look after this chat; from elsewhere, such as a button
        in private, after one of the chats that speak for the community."""
        member, where = context.member, context.where
        if member == NOBODY:
            return False
        places = [where] if is_here and not context.chat.is_private else []
        if not is_here:
            chats = await context.run(self._library.repository.chats, context.community.id)
            places = [
                chat.where
                for chat in chats
                if chat.where.platform == where.platform and not chat.is_private
            ]
        for place in places:
            try:
                if await self._delivery.to(where.platform).is_admin(place, member):
                    return True
            except DeliveryFailed as error:
                log.info("no roles from %s: %s", where.platform, error)
        return False

    async def communities_of(self, member: MemberRef) -> list[Community]:
        """The communities that a member belongs to now: seen there before, and there still."""
        repository = self._library.repository
        seen = await self._lanes.call("answers", partial(repository.member_communities, member))
        return [each for each in seen if await self._is_in(each, member)]

    async def _is_in(self, community: Community, member: MemberRef) -> bool:
        chats = await self._lanes.call(
            "answers", partial(self._library.repository.chats, community.id)
        )
        for chat in chats:
            if chat.where.platform == member.platform and chat.paused_at is None:
                try:
                    if await self._delivery.to(member.platform).is_member(chat.where, member):
                        return True
                except DeliveryFailed as error:
                    log.info("%s does not say who is there: %s", member.platform, error)
        return False

    async def lacks(self, context: Context) -> Sequence[str]:
        """What the bot may not do in a chat that it would need for the community's customs."""
        hears_all = context.community.customs.intake in ("links", "reaction")
        platform = self._delivery.to(context.where.platform)
        try:
            return await platform.lacks(context.where, hears_all=hears_all)
        except DeliveryFailed as error:
            log.info("no rights from %s: %s", platform.name, error)
            return ()


def spoken(locale: str | None) -> Language | None:
    """The language of ours that is meant by a tag such as "zh-hant-tw"."""
    if not locale:
        return None
    return "zh-TW" if locale.casefold().startswith("zh") else "en"
