"""Use case: members are asked in private, one question at a time, whether labels fit.

1. `put` puts questions into a member's queue for an occasion, parents before children; it may be
   repeated.
2. `next` is the one to be asked now; whoever shows it calls `shown`. Nothing but the store knows
   where a member is, so that a restart changes nothing.
3. `answer` keeps an answer, or another one in its place, and hands it to what answers of its
   purpose are for (`Use`). After a "no", questions about the labels below lapse.
4. `skip` leaves one out; `stop` lets the occasion rest until the community's next day, `resume`
   goes on at once; `close` ends an occasion for everybody.

Nothing here shows what a model or another member said.
"""

import logging
from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from core.domain import MemberRef, MessageRef
from core.errors import QuestionOver
from core.ports import Clock
from core.questions import (
    OPEN,
    Asked,
    Occasion,
    Progress,
    Purpose,
    Question,
    QuestionState,
    Said,
    in_order,
    lapsing,
    next_of,
    progress_of,
    reviving,
)
from core.store.repository import Repository
from core.voting import Voting

log = logging.getLogger(__name__)

MAX_REASON = 500
"""Characters of a reason that are kept: some sentences."""


class Use(Protocol):
    """What answers of one purpose are for. Called within the transaction that keeps the answer."""

    def accept(self, question: Question) -> None:
        """An answer, or the reason for it, was given or changed: `question.answer` holds from now
        on.

        Raises:
            QuestionOver: it comes too late; nothing is kept.
        """
        ...

    def withdraw(self, question: Question) -> None:
        """The answer that a question had, `question.answer`, holds no longer.

        Raises:
            QuestionOver: it comes too late; the answer stays.
        """
        ...


class AsVotes:
    """Answers that are votes of those who give them.

    Args:
        voting: casts them.
    """

    def __init__(self, voting: Voting) -> None:
        self._voting = voting

    def accept(self, question: Question) -> None:
        """Cast a vote; who is unsure has none."""
        if question.answer is Said.UNSURE:
            self.withdraw(question)
        elif question.item is not None:
            self._voting.cast(
                question.item,
                question.member,
                question.path,
                is_for=question.answer is Said.YES,
                by="button",
            )

    def withdraw(self, question: Question) -> None:
        """Take the vote back."""
        if question.item is not None:
            self._voting.withdraw(question.item, question.member, path=question.path)


class Asking:
    """Keeps members' queues.

    Args:
        repository: holds them.
        clock: tells the time.
        uses: what answers are for; those of a purpose without a use are kept, nothing more.
    """

    def __init__(
        self, repository: Repository, clock: Clock, uses: Mapping[Purpose, Use] | None = None
    ) -> None:
        self._repository = repository
        self._clock = clock
        self._uses = dict(uses or {})

    # ── into the queue and out of it ─────────────────────────────────────────────────────────────

    def put(
        self, community_id: int, member: MemberRef, occasion: Occasion, asked: Sequence[Asked]
    ) -> int:
        """Put questions into a member's queue, parents before children; what is there stays.

        Returns:
            How many are new.
        """
        number = self._repository.put_questions(
            community_id, member, occasion, in_order(asked), at=self._clock.now()
        )
        log.info("put questions=%s purpose=%s", number, occasion.purpose)
        return number

    def next(self, community_id: int, member: MemberRef, occasion: Occasion) -> Question | None:
        """The question of an occasion that a member is asked now; None: none is left."""
        return next_of(self._repository.questions(community_id, occasion, member=member))

    def waiting(
        self, member: MemberRef, *, communities: Collection[int] | None = None
    ) -> Question | None:
        """The question with which a member goes on who asks for more: of the occasion that has
        waited longest.

        Args:
            communities: only of these, by their ids; None: of every one.
        """
        found = self._repository.questions_to(member, states=OPEN)
        oldest = next(
            (each for each in found if communities is None or each.community in communities), None
        )
        return oldest and self.next(oldest.community, member, oldest.occasion)

    def question(self, question_id: int, member: MemberRef) -> Question:
        """A question of a member's.

        Raises:
            QuestionOver: there is none of that id any more, or it is not theirs.
        """
        question = self._repository.question(question_id)
        if question.member != member:
            raise QuestionOver(f"Question {question_id} is another member's.")
        return question

    def progress(self, question: Question) -> Progress:
        """Where a question stands among those of its occasion."""
        return progress_of(question, self._together(question))

    def shown(self, question: Question, message: MessageRef | None) -> None:
        """A question is before its member's eyes.

        Args:
            message: in which; None if that vanishes by itself.
        """
        self._repository.question_shown(question.id, message=message, at=self._clock.now())

    # ── what members say ─────────────────────────────────────────────────────────────────────────

    def answer(
        self, question_id: int, member: MemberRef, said: Said, *, reason: str | None = None
    ) -> Question:
        """Answer a question, or change the answer.

        Args:
            reason: why, in the member's words; None: what they gave before stays.

        Returns:
            The question as it is now.

        Raises:
            QuestionOver: it lapsed, or is not theirs, or what it is for is over.
        """
        repository = self._repository
        with repository.transaction():
            question = self._still_asked(question_id, member)
            if reason is not None:
                repository.set_reason(question.id, _tidy(reason))
            repository.set_answer(
                question.id, said, state=QuestionState.ANSWERED, at=self._clock.now()
            )
            question = repository.question(question.id)
            self._follow(question)
            if (use := self._uses.get(question.occasion.purpose)) is not None:
                use.accept(question)
        log.info("answered question=%s purpose=%s", question.id, question.occasion.purpose)
        return question

    def explain(self, question_id: int, member: MemberRef, reason: str) -> Question:
        """Keep why a member answers a question as they do, or will; an empty reason takes it away.

        Raises:
            QuestionOver: as `answer` does.
        """
        with self._repository.transaction():
            question = self._still_asked(question_id, member)
            self._repository.set_reason(question.id, _tidy(reason))
            question = self._repository.question(question.id)
            use = self._uses.get(question.occasion.purpose)
            if question.answer is not None and use is not None:
                use.accept(question)
            return question

    def skip(self, question_id: int, member: MemberRef) -> Question:
        """Leave a question out; an answer that it had holds no longer.

        Raises:
            QuestionOver: as `answer` does.
        """
        with self._repository.transaction():
            question = self._still_asked(question_id, member)
            self._take_back(question)
            self._repository.set_answer(
                question.id, None, state=QuestionState.SKIPPED, at=self._clock.now()
            )
            question = self._repository.question(question.id)
            self._follow(question)
            return question

    def stop(self, question_id: int, member: MemberRef) -> datetime:
        """Hear no more of a question's occasion today.

        Returns:
            Until when it rests: the beginning of the community's next day.

        Raises:
            QuestionOver: it is not theirs.
        """
        question = self.question(question_id, member)
        until = self._tomorrow(question.community)
        self._repository.rest_questions(question.community, member, question.occasion, until=until)
        return until

    def resume(self, community_id: int, member: MemberRef, occasion: Occasion) -> Question | None:
        """Go on with an occasion that rests; the question that is asked now, if any is left."""
        self._repository.rest_questions(community_id, member, occasion, until=None)
        return self.next(community_id, member, occasion)

    def close(
        self, community_id: int, occasion: Occasion, *, member: MemberRef | None = None
    ) -> int:
        """End an occasion, for one member or for everybody: what is open lapses, answers stay.

        Returns:
            How many questions lapsed.
        """
        return self._repository.lapse_questions(
            community_id, purpose=occasion.purpose, reference=occasion.reference, member=member
        )

    # ── what follows ─────────────────────────────────────────────────────────────────────────────

    def _still_asked(self, question_id: int, member: MemberRef) -> Question:
        question = self.question(question_id, member)
        if question.state is QuestionState.LAPSED:
            raise QuestionOver(f"Question {question_id} is over.")
        return question

    def _together(self, question: Question) -> list[Question]:
        return self._repository.questions(
            question.community, question.occasion, member=question.member
        )

    def _follow(self, question: Question) -> None:
        """Let questions lapse or come back that hang on an answer."""
        together = self._together(question)
        for each in lapsing(question, together):
            self._take_back(each)
            self._repository.set_answer(each.id, None, state=QuestionState.LAPSED, at=None)
        for each in reviving(question, together):
            self._repository.set_answer(each.id, None, state=QuestionState.WAITING, at=None)

    def _take_back(self, question: Question) -> None:
        """Let what an answer did be undone, if there was one."""
        use = self._uses.get(question.occasion.purpose)
        if question.answer is not None and use is not None:
            use.withdraw(question)

    def _tomorrow(self, community_id: int) -> datetime:
        zone = ZoneInfo(self._repository.community_by_id(community_id).timezone)
        now = self._clock.now()
        begun = now.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
        return (begun + timedelta(days=1)).astimezone(UTC)


def _tidy(reason: str) -> str | None:
    """A reason as it is kept: within its length; None if nothing was said."""
    return reason.strip()[:MAX_REASON] or None
