"""Use case: what is kept about a person, told to them, and forgotten when they ask."""

import logging
import secrets
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from core.domain import ChatRef, Community, MemberRef, MessageRef
from core.ports import VectorIndex
from core.questions import Question
from core.store.repository import Repository

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What became of what a member left.

    Attributes:
        communities: ids of those that were theirs alone, and are gone.
        removed: how many texts and files of theirs in other communities are gone.
        anonymous: how many items there stay without their name.
        votes: how many of their votes there stay without their name; rulings, too.
    """

    communities: tuple[int, ...]
    removed: int
    anonymous: int
    votes: int


class People:
    """Answers a person who asks for what is theirs.

    Args:
        repository: keeps it.
        vectors: of items.

    Attributes:
        texts_changed: is told of which communities somebody's texts went, also with them.
    """

    def __init__(self, repository: Repository, vectors: VectorIndex) -> None:
        self._repository = repository
        self._vectors = vectors
        self.texts_changed: Callable[[Collection[int]], None] = lambda _communities: None

    def about(self, member: MemberRef) -> dict[str, Any]:
        """Everything that is kept about a member, ready for JSON."""
        repository = self._repository
        shares, votes = repository.shares_by(member), repository.votes_by(member)
        rulings = repository.rulings_by(member)
        questions = repository.questions_to(member)
        sentences = repository.sentences_by(member)
        ids = {id_ for id_, _ in [*shares, *votes, *rulings, *sentences]}
        asked = {each.item for each in questions if each.item is not None}
        items = {item.id: item for item in repository.items(list(ids | asked))}
        names = {each.id: each.name for each in repository.communities()}

        def place(item_id: int) -> dict[str, Any]:
            item = items[item_id]
            return {"community": names[item.community], "number": item.number, "title": item.title}

        return {
            "platform": member.platform,
            "id": member.id,
            "language": repository.member_language(member),
            "may_train": repository.member_consent(member),
            "communities": [
                {
                    "community": each.name,
                    "title": each.title,
                    "name": repository.member_name(each.id, member),
                    "role": repository.role(each.id, member),
                }
                for each in repository.member_communities(member)
            ],
            "items": [
                place(item_id)
                | {
                    "at": share.at.isoformat(),
                    "name": share.member_name,
                    "note": share.note,
                    "message": _address(share.message),
                }
                for item_id, share in shares
            ],
            "codebook": [
                {
                    "community": names[each.community],
                    "version": each.number,
                    "at": each.at.isoformat(),
                    "note": each.note,
                }
                for each in repository.codebook_versions_by(member)
            ],
            "votes": [
                place(item_id)
                | {
                    "label": vote.path,
                    "is_for": vote.is_for,
                    "by": vote.by,
                    "at": vote.at.isoformat(),
                }
                for item_id, vote in votes
            ],
            "rulings": [
                place(item_id)
                | {
                    "label": ruling.path,
                    "is_for": ruling.is_for,
                    "reason": ruling.reason,
                    "at": ruling.at.isoformat(),
                }
                for item_id, ruling in rulings
            ],
            "questions": [
                (place(each.item) if each.item in items else {"community": names[each.community]})
                | _asked(each)
                for each in questions
            ],
            "rounds": [
                {"community": names[each.community], "number": each.number}
                for each in repository.rounds_joined_by(member)
            ],
            "practice": [
                {
                    "community": names[community_id],
                    "started_at": own.started_at.isoformat(),
                    "done_at": own.done_at and own.done_at.isoformat(),
                }
                for community_id, own in repository.practices_of(member)
            ],
            "daily_questions": [
                {
                    "community": names[community_id],
                    "is_on": wish.is_on,
                    "at": f"{wish.at:%H:%M}",
                    "given_on": wish.given_on and wish.given_on.isoformat(),
                }
                for community_id, wish in repository.wishes_of(member)
            ],
            "digests": [
                {
                    "community": names[each.community],
                    "about": each.query,
                    "weekday": each.weekly.weekday,
                    "at": f"{each.weekly.at:%H:%M}",
                }
                for each in repository.subscriptions_by(member)
            ],
            "sentences": [
                place(item_id) | {"text": sentence.text, "at": sentence.at.isoformat()}
                for item_id, sentence in sentences
            ],
        }

    def forget(self, member: MemberRef) -> Forgotten:
        """Let nothing be left that names a member or holds their words.

        1. Their personal communities go, with everything in them, and models that learnt there.
        2. Elsewhere, texts and files that nobody else handed in go.
        3. What stays (links, what others handed in too, votes, rulings, answers of review rounds)
           no longer knows them: they are a random pseudonym, another one for each item, so that
           voices are counted as before. The decision log keeps the decision, and forgets whose act
           it was and their reason. Other questions that they were asked go.
        4. Their private chats are forgotten, with cards of whatever community.

        May be repeated if it was stopped half way.
        """
        repository = self._repository
        # 1. personal communities
        personal = [
            each.id for each in repository.member_communities(member) if self._is_alone(each)
        ]
        chats = [chat.where for each in personal for chat in repository.chats(each)]
        for community_id in personal:
            self._vectors.clear(community_id)
            repository.remove_community(community_id)
        # 2. own texts and files
        own = repository.items(repository.own_words(member))
        for item in own:
            repository.set_embedded([item.id], None)  # no vector outlives its item
            self._vectors.remove(item.community, [item.id])
        with repository.transaction():
            shares, votes = repository.shares_by(member), repository.votes_by(member)
            for item in own:
                repository.remove(item.id)
            # 3. pseudonyms
            gone = {item.id for item in own}
            shared = {item_id for item_id, _ in shares} - gone
            voted = [item_id for item_id, _ in votes if item_id not in gone]
            ruled = {item_id for item_id, _ in repository.rulings_by(member)} - gone
            asked = {each.item for each in repository.questions_to(member)} - gone - {None}
            ids = [item_id for item_id in {*shared, *voted, *ruled, *asked} if item_id is not None]
            pseudonyms = {item_id: f"~{secrets.token_hex(8)}" for item_id in ids}
            repository.blot_out(member, pseudonyms)
            for item_id in shared | ruled:
                repository.mark_stale(item_id)  # cards name who handed in, and who ruled
            # 4. private chats
            chats += self._own_chats(member, [share.message for _, share in shares])
            for where in chats:
                repository.remove_chat(where)
        for community in {item.community for item in own}:
            repository.compact_words(community)
        self.texts_changed({*personal, *(item.community for item in own)})
        log.info("forgot items=%s anonymous=%s votes=%s", len(own), len(shared), len(voted))
        return Forgotten(tuple(personal), len(own), len(shared), len(voted))

    def _is_alone(self, community: Community) -> bool:
        """Whether a community is one person's: all of its chats are private, and nobody else is a
        member."""
        chats = self._repository.chats(community.id)
        is_private = bool(chats) and all(chat.is_private for chat in chats)
        return is_private and self._repository.member_count(community.id) == 1

    def _own_chats(self, member: MemberRef, messages: list[MessageRef | None]) -> list[ChatRef]:
        """The member's private chats: known by what they handed in there, or by their own id.

        Telegram: a private chat has the id of the person (Bot API, Chat).
        """
        written_in = {(each.where.platform, each.where.chat) for each in messages if each}
        return [
            ChatRef(member.platform, member.id),
            *(
                chat.where
                for chat in self._repository.all_chats()
                if chat.is_private and (chat.where.platform, chat.where.chat) in written_in
            ),
        ]


def _asked(question: Question) -> dict[str, Any]:
    return {
        "label": question.path,
        "text": question.text,
        "purpose": question.occasion.purpose,
        "asked_at": question.put_at.isoformat(),
        "state": question.state,
        "answer": question.answer,
        "reason": question.reason,
        "answered_at": question.answered_at and question.answered_at.isoformat(),
    }


def _address(message: MessageRef | None) -> dict[str, str | None] | None:
    if message is None:
        return None
    where = message.where
    return {
        "platform": where.platform,
        "chat": where.chat,
        "thread": where.thread,
        "id": message.id,
    }
