"""Who may look after a chat, and what the bot itself may do there."""

from typing import TYPE_CHECKING

from bot.platforms.telegram_pace import Now
from bot.platforms.telegram_updates import ANONYMOUS_ADMIN, STAND_INS
from core.domain import ChatRef, MemberRef

if TYPE_CHECKING:
    from telegram import Bot, Chat, ChatFullInfo, ChatMember

REMEMBERED_S = 60.0  # an admin's rights change rarely, and commands come in rows
REMEMBERED = 1000  # answers

_ADMINS = frozenset({"administrator", "creator"})
_MEMBERS = _ADMINS | {"member"}


class Rights:
    """Asks Telegram, and remembers for a minute what it said.

    Args:
        now: seconds on a clock that never goes back.
    """

    def __init__(self, *, now: Now) -> None:
        self._now = now
        self._known: dict[tuple[str, str], tuple[float, str]] = {}

    async def is_admin(self, bot: "Bot", where: ChatRef, member: MemberRef) -> bool:
        """Whether a member looks after a chat.

        Raises:
            TelegramError: Telegram does not say.
        """
        if not where.chat.startswith("-"):  # a private chat has the number of its person
            return True
        if member.id in STAND_INS:  # only admins can be anonymous; channels are nobody
            return member.id == ANONYMOUS_ADMIN
        return await self._status(bot, where, member) in _ADMINS

    async def is_member(self, bot: "Bot", where: ChatRef, member: MemberRef) -> bool:
        """Whether somebody is in a chat now.

        Raises:
            TelegramError: Telegram does not say.
        """
        if not where.chat.startswith("-"):
            return where.chat == member.id
        return await self._status(bot, where, member) in _MEMBERS

    async def _status(self, bot: "Bot", where: ChatRef, member: MemberRef) -> str:
        """What somebody is in a group, as Telegram calls it; who was never there has "left"."""
        from telegram.error import BadRequest

        key = (where.chat, member.id)
        asked_at, known = self._known.get(key, (-REMEMBERED_S, ""))
        if self._now() - asked_at < REMEMBERED_S:
            return known
        try:
            found = await bot.get_chat_member(int(where.chat), int(member.id))
            status = "member" if getattr(found, "is_member", False) else found.status
        except BadRequest as error:
            if "user not found" not in error.message.lower():
                raise
            status = "left"
        if len(self._known) >= REMEMBERED:
            self._known.clear()
        self._known[key] = (self._now(), status)
        return status

    def forget(self, chat: str) -> None:
        """Ask again: somebody's rights in a chat changed."""
        self._known = {key: known for key, known in self._known.items() if key[0] != chat}


async def lacks(
    bot: "Bot", where: ChatRef, *, signs: frozenset[str], hears_all: bool
) -> tuple[str, ...]:
    """What the bot may not do in a chat although it would be of use, as ids of messages.

    Args:
        signs: the reactions it would put on messages.
        hears_all: messages are to be kept that do not address it.

    Raises:
        TelegramError: Telegram does not say.
    """
    if not where.chat.startswith("-"):
        return ()
    me = await bot.get_me()
    own = await bot.get_chat_member(int(where.chat), me.id)
    chat = await bot.get_chat(int(where.chat))
    found = []
    if not _can_write(own, chat):
        found.append("telegram-lacks-writing")
    if own.status not in _ADMINS:
        if hears_all and not me.can_read_all_group_messages:
            found.append("telegram-lacks-messages")
        found.append("telegram-lacks-reactions")
    allowed = chat.available_reactions
    if allowed:  # the library does not tell none at all from all of them
        emoji = {getattr(each, "emoji", "").replace("\ufe0f", "") for each in allowed}
        if not signs <= emoji:
            found.append("telegram-lacks-signs")
    return tuple(found)


def _can_write(own: "ChatMember", chat: "Chat | ChatFullInfo") -> bool:
    if own.status in _ADMINS:
        return True
    if own.status == "restricted":
        return bool(getattr(own, "can_send_messages", False))
    permissions = getattr(chat, "permissions", None)
    return own.status == "member" and (permissions is None or permissions.can_send_messages)
