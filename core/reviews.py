"""Use case: review rounds are started, answered in private, closed and compared.

1. `start` draws a sample and opens a round; `join` puts its questions into a member's queue, where
   they are asked one at a time (`core.asking`), the same ones of everybody.
2. `check` closes a round that agrees as well as it was to; `close` closes one on request. Then
   nobody can answer any more, and what was answered in a round that counts becomes votes.
3. `results` compares a closed round with the one before; `proposal` says what comes next.

Answers stay in the table of questions. Which rounds count is told by `core.rounds.counts`, nowhere
else.
"""

import logging
import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from core.agreement import Agreement, agreement
from core.asking import Asking
from core.domain import Cause, Community, LabelPath, LabelStatus, MemberRef
from core.errors import BadRound, QuestionOver
from core.ports import Clock
from core.questions import OPEN, Asked, Occasion, Purpose, Question, QuestionState, Said
from core.rounds import (
    LEAST_ITEMS,
    MOST_ITEMS,
    TARGET,
    Answer,
    Kind,
    Pair,
    Participant,
    Round,
    Split,
    compared,
    counts,
    course_of,
    draw,
    has_reached,
    is_over,
    is_to_remind,
    judgements,
    next_kind,
    splits,
    strata,
    to_judge,
    votes_of,
)
from core.store.repository import Repository
from core.taxonomy import Taxonomy, dimension_of
from core.voting import Voting

log = logging.getLogger(__name__)

SIZE = 30
"""Items of a round whose editor names no number, and of a sample that is proposed."""


@dataclass(frozen=True, slots=True)
class State:
    """How far a round has come.

    Attributes:
        participants: in the order in which they joined.
        measured: agreement so far; for editors' eyes while the round is open.
        compared: items that two members or more have judged.
    """

    participants: tuple[Participant, ...]
    measured: Agreement
    compared: int

    @property
    def are_through(self) -> bool:
        """Two members or more joined, and all who did have answered everything."""
        return len(self.participants) > 1 and not any(each.left for each in self.participants)


@dataclass(frozen=True, slots=True)
class Results:
    """What a closed round showed.

    Attributes:
        measured: agreement.
        before: the counted round before it in the same course, if there is one; measured_before:
            how people agreed there.
        splits: items that split people, most divided first.
        raters: how many members answered something.
    """

    round: Round
    measured: Agreement
    splits: tuple[Split, ...]
    raters: int
    before: Round | None = None
    measured_before: Agreement | None = None


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a course needs next; `kind` None: nothing, it is complete."""

    dimension: str
    kind: Kind | None
    size: int


def occasion_of(round_: Round) -> Occasion:
    """As which a round's questions are asked."""
    return Occasion(Purpose.ROUND, str(round_.id))


class Reviews:
    """Keeps review rounds.

    Args:
        repository: holds them.
        asking: members' queues.
        voting: counts again what rounds decide.
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

    # ── beginning ────────────────────────────────────────────────────────────────────────────────

    def start(
        self,
        community: Community,
        dimension: str,
        *,
        by: MemberRef,
        size: int = SIZE,
        target: float = TARGET,
        is_practice: bool = False,
        seed: int | None = None,
    ) -> Round:
        """Draw a sample and open a round: for practice if its course begins, else one that counts.

        Args:
            dimension: its id.
            size: how many items; there are fewer if no more are left that were not seen before.
            target: the alpha at which it closes.
            is_practice: let a new course begin, whatever the last one needs.
            seed: draws the sample; None: by chance. It is kept with the round.

        Raises:
            BadRound: a round about the dimension is open; size or target cannot be; too few items.
            UnknownLabel: there is no such dimension.
        """
        if not LEAST_ITEMS <= size <= MOST_ITEMS:
            raise _bad("size", found=size, expected=f"{LEAST_ITEMS}–{MOST_ITEMS}")
        if not 0 < target <= 1:
            raise _bad("target", found=target, expected="0–1")
        taxonomy = self._taxonomies(community)
        dimension = taxonomy.dimension(dimension).id
        seed = secrets.randbits(31) if seed is None else seed
        with self._repository.transaction():
            course = course_of(self._repository.rounds(community.id), dimension)
            if (open_ := next((each for each in course if each.is_open), None)) is not None:
                raise _bad("is-open", found=open_.number)
            kind = Kind.PRACTICE if is_practice else self._next_kind(course)
            if kind is None or kind is Kind.PRACTICE:
                kind, course = Kind.PRACTICE, []
            pairs = self._sample(community, dimension, course, size=size, seed=seed)
            round_ = self._repository.add_round(
                community.id,
                dimension=dimension,
                kind=kind,
                course=course[0].course if course else None,
                pairs=pairs,
                seed=seed,
                target=target,
                by=by,
                at=self._clock.now(),
            )
        log.info(
            "started round=%s kind=%s items=%s seed=%s", round_.id, kind, len(round_.items), seed
        )
        return round_

    def _sample(
        self, community: Community, dimension: str, course: list[Round], *, size: int, seed: int
    ) -> list[Pair]:
        """What is to be judged: labels of items that the course has not seen."""
        taxonomy = self._taxonomies(community)
        pool = self._repository.pool(community.id, dimension)
        seen = {item for each in course for item in each.items}
        fresh = {item: own for item, own in pool.labels.items() if item not in seen}
        margins = {item: near for item, near in pool.margins.items() if item in fresh}
        drawn = draw(strata(fresh, margins=margins), size=size, seed=seed)
        if len(drawn) < LEAST_ITEMS:
            raise _bad("no-items", found=len(drawn), expected=LEAST_ITEMS)
        return [
            pair
            for item in drawn
            for pair in to_judge(
                item,
                dimension=taxonomy.dimension(dimension),
                taxonomy=taxonomy,
                standing=fresh[item],
                margins=self._margins(item, dimension),
                seed=seed,
            )
        ]

    def _margins(self, item: int, dimension: str) -> dict[LabelPath, float]:
        labelling = self._repository.labelling(item)
        if labelling is None:
            return {}
        return {
            each.path: abs(each.probability - each.threshold)
            for each in labelling.answers
            if dimension_of(each.path) == dimension
        }

    # ── taking part ──────────────────────────────────────────────────────────────────────────────

    def join(self, round_: Round, member: MemberRef) -> bool:
        """Let a member take part: the round's questions wait for them in their queue.

        Returns:
            False if they took part already; their questions are as they were.

        Raises:
            BadRound: it is closed.
        """
        with self._repository.transaction():
            round_ = self._repository.round(round_.id)
            if not round_.is_open:
                raise _bad("is-closed", found=round_.number)
            asked = [Asked(item, path) for item, path in round_.pairs]
            self._asking.put(round_.community, member, occasion_of(round_), asked)
            return self._repository.join_round(round_.id, member, at=self._clock.now())

    def leave(self, round_: Round, member: MemberRef) -> bool:
        """Let a member take part no longer; what they answered stays. False if they did not."""
        with self._repository.transaction():
            self._asking.close(round_.community, occasion_of(round_), member=member)
            return self._repository.leave_round(round_.id, member)

    def state(self, round_: Round) -> State:
        """How far a round has come."""
        questions = self._repository.questions(round_.community, occasion_of(round_))
        own: dict[MemberRef, list[Question]] = {}
        for each in questions:
            own.setdefault(each.member, []).append(each)
        participants = []
        for joined in self._repository.joined(round_.id):
            theirs = own.get(joined.member, [])
            moments = [each.answered_at for each in theirs if each.answered_at is not None]
            rests = [each.rests_until for each in theirs if each.rests_until is not None]
            last_at = max([joined.at, *moments])
            is_since = joined.reminded_at is not None and joined.reminded_at >= last_at
            participants.append(
                Participant(
                    joined.member,
                    done=sum(each.state in _DONE for each in theirs),
                    left=sum(each.state in OPEN for each in theirs),
                    last_at=last_at,
                    reminded_at=joined.reminded_at,
                    reminders=joined.reminders if is_since else 0,
                    rests_until=max(rests, default=None),
                )
            )
        answers = _answers(questions)
        return State(tuple(participants), agreement(judgements(answers)), compared(answers))

    def are_newly_through(self, round_: Round) -> bool:
        """Whether all who joined an open round are through, and it is the first time that this is
        asked since somebody joined."""
        if not round_.is_open or not self.state(round_).are_through:
            return False
        return self._repository.tell_through(round_.id, at=self._clock.now())

    # ── reminders ────────────────────────────────────────────────────────────────────────────────

    def to_remind(self) -> list[tuple[Round, MemberRef]]:
        """Who is due a reminder of which open round now, in every community; at most once a day."""
        now, found = self._clock.now(), []
        for round_ in self._repository.rounds():
            if round_.is_open:
                timezone = self._repository.community_by_id(round_.community).timezone
                found += [
                    (round_, each.member)
                    for each in self.state(round_).participants
                    if is_to_remind(each, now=now, timezone=timezone)
                ]
        return found

    def reminded(self, round_: Round, member: MemberRef) -> None:
        """Write down that a member was reminded, or could not be: either will do for the day."""
        participants = self.state(round_).participants
        who = next((each for each in participants if each.member == member), None)
        if who is not None:
            self._repository.reminded(
                round_.id, member, at=self._clock.now(), reminders=who.reminders + 1
            )

    # ── closing ──────────────────────────────────────────────────────────────────────────────────

    def check(self, round_: Round) -> bool:
        """Close a round if it agrees as well as it was to; whether it was closed by this."""
        with self._repository.transaction():
            round_ = self._repository.round(round_.id)
            state = self.state(round_)
            if not is_over(
                round_, state.measured, compared=state.compared, are_through=state.are_through
            ):
                return False
            self._close(round_, by=None)
            return True

    def close(self, round_: Round, *, by: MemberRef) -> Round:
        """Close a round on request.

        Raises:
            BadRound: it is closed already.
        """
        with self._repository.transaction():
            round_ = self._repository.round(round_.id)
            if not round_.is_open:
                raise _bad("is-closed", found=round_.number)
            return self._close(round_, by=by)

    def _close(self, round_: Round, *, by: MemberRef | None) -> Round:
        self._asking.close(round_.community, occasion_of(round_))
        self._repository.close_round(round_.id, by=by, at=self._clock.now())
        round_ = self._repository.round(round_.id)
        if counts(round_):
            self._vote(round_, by=by)
        log.info("closed round=%s kind=%s", round_.id, round_.kind)
        return round_

    def _vote(self, round_: Round, *, by: MemberRef | None) -> None:
        """Let the answers of a round that counts be votes (see `core.rounds.votes_of`)."""
        own: dict[int, list[Answer]] = {}
        for each in self.answers(round_):
            own.setdefault(each.item, []).append(each)
        taxonomy = self._taxonomies(self._repository.community_by_id(round_.community))
        for item in self._repository.items(list(own)):
            standing = [
                label.path for label in item.labels if label.status is not LabelStatus.REJECTED
            ]
            votes = votes_of(own[item.id], standing=standing, cast=self._repository.votes(item.id))
            for vote in votes:
                if vote.path in taxonomy:
                    self._repository.cast(item.id, vote)
        self._voting.recount_all(round_.community, cause=Cause("round", by), among=list(own))

    # ── what it showed ───────────────────────────────────────────────────────────────────────────

    def answers(self, round_: Round) -> list[Answer]:
        """What was answered in a round, finished or not, for practice or not."""
        return _answers(self._repository.questions(round_.community, occasion_of(round_)))

    def results(self, round_: Round) -> Results:
        """What a round showed, beside the one before.

        Raises:
            BadRound: it is not closed: nobody is to know what others answer before.
        """
        if round_.is_open:
            raise _bad("not-closed", found=round_.number)
        answers = self.answers(round_)
        earlier = [
            each
            for each in self._repository.rounds(round_.community)
            if counts(each) and each.course == round_.course and each.number < round_.number
        ]
        before = earlier[-1] if earlier and round_.kind is Kind.COUNTED else None
        return Results(
            round_,
            agreement(judgements(answers)),
            tuple(splits(answers)),
            len({each.member for each in answers}),
            before=before,
            measured_before=None if before is None else self._measured(before),
        )

    def proposal(self, round_: Round) -> Proposal:
        """What comes after a closed round."""
        course = course_of(self._repository.rounds(round_.community), round_.dimension)
        return Proposal(round_.dimension, self._next_kind(course), max(len(round_.items), 2))

    def _next_kind(self, course: list[Round]) -> Kind | None:
        # what was closed before anybody judged taught nobody anything
        closed = [each for each in course if not each.is_open and self.answers(each)]
        has = bool(closed) and has_reached(closed[-1], self._measured(closed[-1]))
        return next_kind(closed, has_reached=has)

    def _measured(self, round_: Round) -> Agreement:
        return agreement(judgements(self.answers(round_)))


class InRounds:
    """What becomes of an answer in a round: it stands in the queue as long as the round is open.

    Args:
        repository: knows the round.
    """

    def __init__(self, repository: Repository) -> None:
        self._repository = repository

    def accept(self, question: Question) -> None:
        """See `core.asking.Use`."""
        if not self._repository.round(int(question.occasion.reference)).is_open:
            raise QuestionOver(f"The round of question {question.id} is closed.")

    def withdraw(self, question: Question) -> None:
        """See `core.asking.Use`."""
        self.accept(question)


_DONE = (QuestionState.ANSWERED, QuestionState.SKIPPED)


def _answers(questions: Iterable[Question]) -> list[Answer]:
    return [
        Answer(
            each.member,
            each.item,
            each.path,
            each.answer is Said.YES,
            each.answered_at,
            each.reason,
        )
        for each in questions
        if each.state is QuestionState.ANSWERED
        and each.answer in (Said.YES, Said.NO)
        and each.item is not None
        and each.answered_at is not None
    ]


def _bad(reason: str, *, found: int | float, expected: str | int = "") -> BadRound:
    return BadRound(
        f"A round cannot be so: {reason}; found {found}, expected {expected or 'otherwise'}.",
        reason=reason,
        found=found,
        expected=expected,
    )
