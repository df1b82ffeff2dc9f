"""Use case: an editor ends a discussion, and a sentence of it becomes a part of the codebook.

Discussions begin and end by themselves with the votes (`core.voting`); here is what people do about
them: they suggest sentences, and editors decide, leave a question open, and accept a sentence.
"""

import logging
from collections.abc import Mapping
from dataclasses import dataclass

from core.codebook_operations import ListField, Note, Operation, applied
from core.codebooks import Codebooks
from core.discussions import Changes, Discussion, Kind, Outcome, Sentence, Stage
from core.domain import NONE_FITS, Community, LabelPath, Language, MemberRef
from core.errors import DiscussionOver
from core.ports import Clock
from core.store.repository import Repository
from core.taxonomy import parse
from core.voting import Voting

log = logging.getLogger(__name__)

_FIELDS: dict[Kind, ListField] = {
    Kind.INCLUDE: "include",
    Kind.EXCLUDE: "exclude",
    Kind.EDGE: "edge-case",
}


@dataclass(frozen=True, slots=True)
class Effect:
    """What accepting a sentence would do.

    Attributes:
        decided: how many items the community has decided labels of.
        asks_otherwise: models would be asked something else, so suggestions may become others.
    """

    decided: int
    asks_otherwise: bool


class Discussing:
    """What people do about discussions.

    All of it raises `DiscussionOver` for a discussion that is over, or not so far.

    Args:
        repository: keeps them.
        voting: an editor's ruling stands beside the votes.
        codebooks: take sentences.
        clock: tells when.
    """

    def __init__(
        self, repository: Repository, voting: Voting, codebooks: Codebooks, clock: Clock
    ) -> None:
        self._repository = repository
        self._voting = voting
        self._codebooks = codebooks
        self._clock = clock

    def suggest(
        self, discussion_id: int, text: str, *, kind: Kind, language: Language, member: MemberRef
    ) -> Sentence:
        """Suggest a sentence for the codebook; it waits for the editor's decision."""
        with self._repository.transaction():
            discussion = self._at(discussion_id, Stage.QUEUED, Stage.OPEN, Stage.DECIDED)
            if discussion.path == NONE_FITS:
                raise _over(discussion_id)  # there is no entry that could take it
            sentence_id = self._repository.suggest_sentence(
                discussion_id,
                text,
                kind=kind,
                language=language,
                member=member,
                at=self._clock.now(),
            )
            found = {each.id: each for each in self._repository.sentences(discussion_id)}
            return found[sentence_id]

    def decide(self, discussion_id: int, member: MemberRef, *, is_right: bool) -> Discussion:
        """Rule on the label in question; a sentence for the codebook is due then."""
        with self._repository.transaction():
            discussion = self._at(discussion_id, Stage.QUEUED, Stage.OPEN)
            outcome = Outcome.RIGHT if is_right else Outcome.WRONG
            has_entry = discussion.path != NONE_FITS
            now = self._clock.now()
            if has_entry and discussion.stage is Stage.OPEN:
                changes = Changes({}, {discussion_id: outcome}, {})
                self._repository.change_discussions(
                    discussion.community, {discussion.item: changes}, at=now
                )
            else:
                self._repository.close_discussion(discussion_id, outcome, at=now)
            self._voting.rule(discussion.item, member, discussion.path, is_for=is_right)
            log.info("discussion=%s decided outcome=%s", discussion_id, outcome)
            return self._known(discussion_id)

    def leave(self, discussion_id: int) -> Discussion:
        """Put a discussion away without a decision: the label stays as it is."""
        return self._end(discussion_id, Outcome.LEFT, Stage.QUEUED, Stage.OPEN)

    def decline(self, discussion_id: int) -> Discussion:
        """Let the codebook be as it is."""
        with self._repository.transaction():
            outcome = self._at(discussion_id, Stage.DECIDED).outcome
            assert outcome is not None, "decided"
            return self._end(discussion_id, outcome, Stage.DECIDED)

    def effect(self, discussion_id: int, kind: Kind, texts: Mapping[Language, str]) -> Effect:
        """What accepting a sentence would do; nothing is done.

        Raises:
            BadChange: the codebook does not bear it, or says so already.
        """
        discussion = self._at(discussion_id, Stage.DECIDED)
        community = self._repository.community_by_id(discussion.community)
        newest = self._codebooks.newest(community).text
        text = newest
        for operation in _notes(discussion.path, kind, texts):
            text = applied(text, operation)
        return Effect(
            decided=len(self._repository.voted_items(community.id)),
            asks_otherwise=parse(text).wording != parse(newest).wording,
        )

    def accept(
        self, discussion_id: int, kind: Kind, texts: Mapping[Language, str], *, member: MemberRef
    ) -> Discussion:
        """Let a sentence be a part of the codebook, in as many languages as it is worded in.

        Raises:
            BadChange: the codebook does not bear it, or says so already.
        """
        with self._repository.transaction():
            discussion = self._at(discussion_id, Stage.DECIDED)
            assert discussion.outcome is not None, "decided"
            community = self._repository.community_by_id(discussion.community)
            item = self._repository.item_by_id(discussion.item)
            accepted = self._codebooks.change(
                community,
                _notes(discussion.path, kind, texts),
                by=member,
                note=f"#{item.number}",
            )
            version = accepted.version.number
            self._repository.close_discussion(
                discussion_id,
                discussion.outcome,
                at=self._clock.now(),
                sentence=_said_in(texts, community),
                version=version,
            )
            log.info("discussion=%s in codebook version=%s", discussion_id, version)
            return self._known(discussion_id)

    def _end(self, discussion_id: int, outcome: Outcome, *stages: Stage) -> Discussion:
        with self._repository.transaction():
            self._at(discussion_id, *stages)
            self._repository.close_discussion(discussion_id, outcome, at=self._clock.now())
            return self._known(discussion_id)

    def _at(self, discussion_id: int, *stages: Stage) -> Discussion:
        discussion = self._known(discussion_id)
        if discussion.stage not in stages:
            raise _over(discussion_id)
        return discussion

    def _known(self, discussion_id: int) -> Discussion:
        discussion = self._repository.discussion(discussion_id)
        if discussion is None:
            raise _over(discussion_id)
        return discussion


def _notes(path: LabelPath, kind: Kind, texts: Mapping[Language, str]) -> list[Operation]:
    return [Note(path, _FIELDS[kind], language, text) for language, text in texts.items()]


def _said_in(texts: Mapping[Language, str], community: Community) -> str:
    return texts.get(community.language) or next(iter(texts.values()))


def _over(discussion_id: int) -> DiscussionOver:
    return DiscussionOver(f"Discussion {discussion_id} is not at that point any more.")
