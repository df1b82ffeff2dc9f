"""Use case: somebody new goes through a practice set; from then on their votes count, also earlier
ones, where the community lets newcomers practise first.

The exercises are questions in the member's queue like any other (`core.asking`); what the codebook
says of each is kept beside (`core.practice`), and is told after the answer.
"""

import logging
import secrets
from collections.abc import Callable
from dataclasses import dataclass

from core.asking import Asking
from core.domain import Cause, Community, Language, MemberRef
from core.ports import Clock
from core.practice import Exercise, make_set
from core.questions import OPEN, Asked, Occasion, Purpose, Question
from core.store.practice import PracticeSet
from core.store.repository import Repository
from core.taxonomy import Taxonomy
from core.voting import Voting

log = logging.getLogger(__name__)

_DECISIONS = 60
"""Decided labels that exercises are chosen from: those of the newest items."""


@dataclass(frozen=True, slots=True)
class Through:
    """A member is through with their set.

    Attributes:
        counts_now: their votes did not count before.
        votes: on how many items they had voted.
    """

    counts_now: bool
    votes: int


class Newcomers:
    """Keeps practice sets.

    Args:
        repository: holds them.
        asking: members' queues.
        voting: counts again what depends on a newcomer.
        taxonomies: a community's taxonomy.
        clock: tells the time.
    """

    def __init__(
        self,
        repository: Repository,
        asking: Asking,
        voting: Voting,
        taxonomies: Callable[[Community], Taxonomy],
        clock: Clock,
    ) -> None:
        self._repository = repository
        self._asking = asking
        self._voting = voting
        self._taxonomies = taxonomies
        self._clock = clock

    def must_practise(self, community: Community, member: MemberRef) -> bool:
        """Whether a member's votes do not count yet."""
        if not community.customs.practice_first:
            return False
        return member not in self._repository.practised(community.id)

    def start(
        self, community: Community, member: MemberRef, *, language: Language
    ) -> Occasion | None:
        """Begin a practice set, or go on with one; who is through may begin another.

        Args:
            language: in which the exercises are written.

        Returns:
            As what its questions are asked; None: the codebook makes no exercises, and the member
            is through.
        """
        with self._repository.transaction():
            own = self._repository.practice_set(community.id, member)
            if own is None or not self._is_under_way(community, member, own):
                own = self._new_set(community, member, language)
            if not own.exercises:
                self._finish(community, member)
                return None
            return _occasion(own)

    def _new_set(self, community: Community, member: MemberRef, language: Language) -> PracticeSet:
        now = self._clock.now()
        exercises = make_set(
            self._taxonomies(community),
            self._repository.decided_texts(community.id, most=_DECISIONS),
            language=language,
            seed=secrets.randbits(31),
        )
        self._repository.start_practice(community.id, member, exercises, at=now)
        own = PracticeSet(exercises, now, None)
        asked = [
            Asked(each.item, each.path, None if each.item is not None else each.text)
            for each in exercises
        ]
        self._asking.put(community.id, member, _occasion(own), asked)
        return own

    def _is_under_way(self, community: Community, member: MemberRef, own: PracticeSet) -> bool:
        asked = self._repository.questions(community.id, _occasion(own), member=member)
        return any(each.state in OPEN for each in asked)

    def exercise(self, question: Question) -> Exercise | None:
        """What the codebook says of a question; None: it is of an earlier set."""
        own = self._repository.practice_set(question.community, question.member)
        if own is None or question.occasion != _occasion(own):
            return None
        about = (question.item, question.path)
        return next(
            (
                each
                for each in own.exercises
                if (each.item, each.path) == about and question.text in (None, each.text)
            ),
            None,
        )

    def finish(self, community: Community, member: MemberRef) -> Through:
        """A member has answered everything: their votes count from now on."""
        with self._repository.transaction():
            return self._finish(community, member)

    def _finish(self, community: Community, member: MemberRef) -> Through:
        is_new = self._repository.finish_practice(community.id, member, at=self._clock.now())
        if not (is_new and community.customs.practice_first):
            return Through(False, 0)
        voted = self._repository.voted_by(community.id, member)
        if voted:
            self._voting.recount_all(community.id, cause=Cause("practice"), among=voted)
        log.info("practised community=%s items=%s", community.id, len(voted))
        return Through(True, len(voted))


def _occasion(own: PracticeSet) -> Occasion:
    return Occasion(Purpose.PRACTICE, f"{own.started_at:%Y%m%dT%H%M%S}")
