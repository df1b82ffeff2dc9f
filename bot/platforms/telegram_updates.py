"""An update of Telegram becomes events: a pure translation, but for the memory it looks into.

Who wrote: `from_user`. Anonymous admins, channels and posts of a linked channel come from accounts
that stand for many (`STAND_INS`), with the chat they speak for in `sender_chat`.

Source of every field: Bot API 10, https://core.telegram.org/bots/api.
"""

import logging
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from bot.chat import (
    Attachment,
    Commanded,
    Edited,
    Event,
    Joined,
    Left,
    Moved,
    Origin,
    Pressed,
    Reacted,
    Wrote,
)
from bot.platforms.telegram_memory import Memory
from core.domain import ChatRef, MemberRef, MessageRef

if TYPE_CHECKING:
    from telegram import (
        CallbackQuery,
        Chat,
        ChatMemberUpdated,
        Message,
        MessageEntity,
        MessageReactionUpdated,
        Update,
    )

log = logging.getLogger(__name__)

NAME = "telegram"
SIGNS = ("/", "／")

ANONYMOUS_ADMIN = "1087968824"  # @GroupAnonymousBot
STAND_INS = frozenset({ANONYMOUS_ADMIN, "136817688", "777000"})  # @Channel_Bot, Telegram itself
"""Accounts that write for somebody who is not named; none of them is one person."""

_HERE = frozenset({"member", "administrator", "creator"})


@dataclass(frozen=True, slots=True)
class Me:
    """The bot's own account."""

    id: int
    username: str


class Translator:
    """Makes events of updates.

    Args:
        me: whose updates they are.
        memory: what was seen; new messages are kept in it.
    """

    def __init__(self, me: Me, memory: Memory) -> None:
        self._me = me
        self._memory = memory
        self._moved: set[str] = set()
        self._told: set[int] = set()

    def events_of(self, update: "Update") -> tuple[Event, ...]:
        """The events that an update holds; most often one, none for what is not for us."""
        key = str(update.update_id)
        if update.message is not None:
            return self._message(update.message, key)
        if update.edited_message is not None:
            return self._edited(update.edited_message, key)
        if update.callback_query is not None:
            return self._pressed(update.callback_query, key)
        if update.message_reaction is not None:
            return self._reacted(update.message_reaction, key)
        if update.my_chat_member is not None:
            return self._presence(update.my_chat_member, key)
        return ()

    # ── messages ─────────────────────────────────────────────────────────────────────────────────

    def _message(self, message: "Message", key: str) -> tuple[Event, ...]:
        if message.migrate_to_chat_id is not None:
            return self._migrated(message.chat.id, message.migrate_to_chat_id)
        if message.migrate_from_chat_id is not None:
            return self._migrated(message.migrate_from_chat_id, message.chat.id)
        wrote = self._wrote(message, key)
        if wrote is None or not self._is_for_us(message):
            return ()
        self._memory.keep(wrote.message, wrote)
        command = command_of(message.text or message.caption or "", self._me.username)
        if command is None:
            return (wrote,)
        if command.is_for_another_bot:
            return ()
        hidden = _hidden_addresses(message)
        return (
            Commanded(
                **_by_member(wrote),
                command=command.name,
                argument="\n".join(filter(None, (command.argument, *hidden))),
                files=wrote.files,
                about=wrote.about,
                is_addressed=wrote.is_private or command.is_for_us,
            ),
        )

    def _edited(self, message: "Message", key: str) -> tuple[Event, ...]:
        wrote = self._wrote(message, key)
        if wrote is None or not self._is_for_us(message):
            return ()
        self._memory.keep(wrote.message, wrote)
        return (Edited(**_by_member(wrote), now=wrote),)

    def _is_for_us(self, message: "Message") -> bool:
        """Whether people wrote it: neither a bot (or we) by itself, nor we in somebody's name."""
        writer = message.from_user
        if message.chat.type == "channel" or writer is None or writer.id == self._me.id:
            return False
        if message.via_bot is not None and message.via_bot.id == self._me.id:
            return False  # somebody chose an item of ours by inline mode
        return not writer.is_bot or str(writer.id) in STAND_INS

    def _wrote(self, message: "Message", key: str | None, *, depth: int = 1) -> Wrote | None:
        """What a message says; None if it holds neither words nor a file."""
        writer = message.from_user
        text, files = message.text or message.caption or "", _files(message)
        if writer is None or not (text or files):
            return None
        answered = message.reply_to_message if depth else None
        return Wrote(
            message=MessageRef(_where(message), str(message.message_id)),
            member=MemberRef(NAME, str(writer.id)),
            member_name=_title(message.sender_chat) or writer.full_name,
            id=key,
            is_private=message.chat.type == "private",
            place=message.chat.title,
            locale=writer.language_code,
            text="\n".join((self._without_our_name(text), *_hidden_addresses(message))),
            files=files,
            origin=_origin(message),
            album=message.media_group_id,
            about=self._wrote(answered, None, depth=depth - 1) if answered else None,
            is_addressed=self._is_addressed(message),
            is_anonymous=str(writer.id) in STAND_INS,
        )

    def _without_our_name(self, text: str) -> str:
        """Words without the name by which we were called."""
        called = re.match(
            rf"\s*@{re.escape(self._me.username)}(?!\w)[\s,，:：]*", text, re.IGNORECASE
        )
        return text[called.end() :] if called else text

    def _is_addressed(self, message: "Message") -> bool:
        if message.chat.type == "private":
            return True
        answered = message.reply_to_message
        # in a topic every message answers the one that opened it, which may be ours
        if (
            answered
            and answered.from_user
            and answered.from_user.id == self._me.id
            and not answered.forum_topic_created
        ):
            return True
        name = f"@{self._me.username}".casefold()
        return any(
            (entity.type == "mention" and words.casefold() == name)
            or (entity.user is not None and entity.user.id == self._me.id)
            for entity, words in _entities(message)
        )

    def _migrated(self, old: int, new: int) -> tuple[Event, ...]:
        """Both chats tell it; the first one counts, and a second one has the same id."""
        if str(old) in self._moved:
            return ()
        self._moved.add(str(old))
        return (
            Moved(
                where=ChatRef(NAME, str(old)), to=ChatRef(NAME, str(new)), id=f"moved-{old}-{new}"
            ),
        )

    # ── buttons and reactions ────────────────────────────────────────────────────────────────────

    def _pressed(self, query: "CallbackQuery", key: str) -> tuple[Event, ...]:
        from telegram import Message

        if query.message is None or query.data is None:
            return ()
        chat = query.message.chat
        message = MessageRef(ChatRef(NAME, str(chat.id)), str(query.message.message_id))
        if isinstance(query.message, Message):  # it has more than a number
            message = replace(message, where=_where(query.message))
        else:
            message, _ = self._memory.find(message)
        return (
            Pressed(
                message=message,
                member=MemberRef(NAME, str(query.from_user.id)),
                member_name=query.from_user.full_name,
                id=key,
                is_private=chat.type == "private",
                place=chat.title,
                locale=query.from_user.language_code,
                does=query.data,
            ),
        )

    def _reacted(self, reaction: "MessageReactionUpdated", key: str) -> tuple[Event, ...]:
        who, chat = reaction.user, reaction.chat
        if who is None:
            if chat.id not in self._told:
                self._told.add(chat.id)
                log.info("chat=%s has anonymous reactions, which are no votes", chat.id)
            return ()
        before, after = _signs(reaction.old_reaction), _signs(reaction.new_reaction)
        if who.is_bot or chat.type == "channel" or before == after:
            return ()
        message, about = self._memory.find(
            MessageRef(ChatRef(NAME, str(chat.id)), str(reaction.message_id))
        )
        return (
            Reacted(
                message=message,
                member=MemberRef(NAME, str(who.id)),
                member_name=who.full_name,
                id=key,
                is_private=chat.type == "private",
                place=chat.title,
                locale=who.language_code,
                added=after - before,
                removed=before - after,
                about=about,
            ),
        )

    # ── coming and going ─────────────────────────────────────────────────────────────────────────

    def _presence(self, change: "ChatMemberUpdated", key: str) -> tuple[Event, ...]:
        who, chat, now = change.from_user, change.chat, change.new_chat_member
        where = ChatRef(NAME, str(chat.id))
        if chat.type == "channel":
            return ()
        if now.status in _HERE or getattr(now, "is_member", False):
            return (
                Joined(
                    where=where,
                    member=None if str(who.id) in STAND_INS else MemberRef(NAME, str(who.id)),
                    id=key,
                    is_private=chat.type == "private",
                    place=chat.title,
                    locale=who.language_code,
                ),
            )
        # a group that went on as a supergroup is not left
        return () if where.chat in self._moved else (Left(where=where, id=key),)


# ── commands ─────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Command:
    """A message that began with a command's sign. `is_for_us`: it names us; in a group there may
    be other bots that obey the same sign."""

    name: str
    argument: str
    is_for_another_bot: bool = False
    is_for_us: bool = False


def command_of(text: str, username: str) -> Command | None:
    """The command that a message gives; None if it gives none.

    Telegram marks only Latin names as commands, so names are looked for here: "/搜尋 移工" is one.
    A name has neither "/" nor "." in it (that is a path); the sign alone asks for help.
    """
    text = text.lstrip()
    if not text.startswith(SIGNS):
        return None
    if not text[1:].strip():
        return Command("help", "")
    if text[1].isspace():
        return None
    first, *rest = text[1:].split(maxsplit=1)
    name, _, bot = first.partition("@")
    if not name or "/" in name or "." in name:
        return None
    argument = rest[0].strip() if rest else ""
    is_for_us = bot.casefold() == username.casefold()
    return Command(name, argument, bool(bot) and not is_for_us, is_for_us)


def _by_member(wrote: Wrote) -> dict[str, Any]:
    """The fields that every event of a member has."""
    names = (
        *("message", "member", "member_name", "id", "is_private", "place", "locale"),
        "is_anonymous",
    )
    return {name: getattr(wrote, name) for name in names}


# ── parts of a message ───────────────────────────────────────────────────────────────────────────


def _where(message: "Message") -> ChatRef:
    """The chat and topic. An answer in a supergroup without topics has a thread id as well, which
    must not be used; "General" has none."""
    is_topic = message.is_topic_message and message.message_thread_id is not None
    return ChatRef(NAME, str(message.chat.id), str(message.message_thread_id) if is_topic else None)


def _title(chat: "Chat | None") -> str | None:
    return chat.title if chat else None


def _entities(message: "Message") -> list[tuple["MessageEntity", str]]:
    """The entities of text or caption with their words; offsets count UTF-16 units."""
    text = (message.text or message.caption or "").encode("utf-16-le")
    return [
        (entity, text[entity.offset * 2 : (entity.offset + entity.length) * 2].decode("utf-16-le"))
        for entity in message.entities or message.caption_entities
    ]


def _hidden_addresses(message: "Message") -> list[str]:
    """Addresses behind words, each once, in order; not those that the text shows anyway."""
    text = message.text or message.caption or ""
    urls = [entity.url for entity, _ in _entities(message) if entity.type == "text_link"]
    return list(dict.fromkeys(url for url in urls if url and url not in text))


def _files(message: "Message") -> tuple[Attachment, ...]:
    if message.photo:
        largest = max(message.photo, key=lambda size: size.width * size.height)
        return (Attachment(largest.file_id, "photo.jpg", "image/jpeg", largest.file_size),)
    for file, name in (
        (message.document, "file"),
        (message.video, "video.mp4"),
        (message.audio, "audio.mp3"),
        (message.voice, "voice.ogg"),
        (message.video_note, "video.mp4"),
    ):
        if file is not None:
            kind = getattr(file, "mime_type", None)
            name = getattr(file, "file_name", None) or name
            return (Attachment(file.file_id, name, kind, file.file_size),)
    return ()


def _origin(message: "Message") -> Origin | None:
    """Where a forward comes from, in words. The name of somebody who hides it is not kept."""
    from telegram import (
        MessageOriginChannel,
        MessageOriginChat,
        MessageOriginHiddenUser,
        MessageOriginUser,
    )

    match message.forward_origin:
        case MessageOriginUser(sender_user=user):
            return Origin(user.full_name)
        case MessageOriginHiddenUser():
            return Origin()
        case MessageOriginChat(sender_chat=chat):
            return Origin(chat.title, _public(chat))
        case MessageOriginChannel(chat=chat, message_id=number):
            public = _public(chat)
            return Origin(chat.title, public and f"{public}/{number}")
    return None


def _public(chat: "Chat") -> str | None:
    return f"https://t.me/{chat.username}" if chat.username else None


def _signs(reactions: Sequence[Any]) -> frozenset[str]:
    return frozenset(each.emoji.replace("\ufe0f", "") for each in reactions if each.type == "emoji")
