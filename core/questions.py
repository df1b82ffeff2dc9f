"""Questions that a member is asked in private: what they are, and the pure rules of a queue.

A question is whether one label fits one text. It is put into the queue of one member for an
occasion (the three of a day, a review round, practice), is shown without anything that a model or
another member said, and is answered yes, no or unsure. What becomes of the answer is the business
of its purpose (`core.asking.Use`). Questions of one occasion are asked one after the other.
"""

from collections.abc import Collection, Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from typing import TypeVar

from core.domain import LabelPath, MemberRef, MessageRef
from core.taxonomy import ancestors


class Purpose(StrEnum):
    """What answers are for."""

    DAILY = "daily"  # an answer is a vote
    ROUND = "round"  # kept apart from votes until the round counts
    PRACTICE = "practice"  # never counted


class QuestionState(StrEnum):
    """How far a question has come."""

    WAITING = "waiting"
    SHOWN = "shown"
    ANSWERED = "answered"
    SKIPPED = "skipped"
    LAPSED = "lapsed"  # it makes no sense any more: its parent was answered "no", or it is over


OPEN = frozenset({QuestionState.WAITING, QuestionState.SHOWN})
"""The states in which a question still wants an answer."""


class Said(StrEnum):
    """An answer."""

    YES = "yes"
    NO = "no"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class Occasion:
    """Why a member's questions are asked together.

    Attributes:
        reference: opaque, and chosen by whoever asks: a day, the id of a round.
    """

    purpose: Purpose
    reference: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that is to be put into a queue.

    Attributes:
        item: the id of the item that it is about; None if `text` stands in its place.
        path: the label.
        text: what it is about if that is no item, such as an edge case of the codebook.
    """

    item: int | None
    path: LabelPath
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """A question in a member's queue.

    Attributes:
        id: unique over all communities; buttons bear it.
        community: the id of the one whose label it is.
        member: who is asked; nobody else ever sees it.
        item, path, text: as in `Asked`.
        occasion: with what it is asked together.
        position: in the order of its occasion, from 0.
        put_at: when it was put into the queue.
        answer: None until there is one; an answer can be changed.
        reason: why, in the member's words, if they gave any; may come before the answer.
        answered_at: when the answer was given that holds now, or the question skipped.
        shown_at: when it was shown last.
        message: the message that it was shown as last; None where that vanished by itself.
        rests_until: the member wanted to hear no more before then.
    """

    id: int
    community: int
    member: MemberRef
    item: int | None
    path: LabelPath
    occasion: Occasion
    position: int
    put_at: datetime
    state: QuestionState = QuestionState.WAITING
    text: str | None = None
    answer: Said | None = None
    reason: str | None = None
    answered_at: datetime | None = None
    shown_at: datetime | None = None
    message: MessageRef | None = None
    rests_until: datetime | None = None

    @property
    def about(self) -> Hashable:
        """The text that it is about: the same for questions about the same text."""
        return (self.item, self.text)


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a question stands among those of its occasion.

    Attributes:
        place: from 1; total: how many there are, without those that lapsed.
        before: the one that was answered or skipped just before it, to go back to.
    """

    place: int
    total: int
    before: Question | None = None


@dataclass(frozen=True, slots=True)
class Wish:
    """Whether, and when, a member wants a few questions every day.

    Attributes:
        at: the time of day from which on, by the community's clock, to the minute.
        given_on: the last day, by the same clock, on which they need no more.
    """

    is_on: bool
    at: time
    given_on: date | None = None


T = TypeVar("T", Asked, Question)


# ── the rules ────────────────────────────────────────────────────────────────────────────────────


def in_order(questions: Iterable[T]) -> list[T]:
    """Questions as they are to be asked: in the order given, but a label's ancestors before it.

    A question about a label whose ancestor is asked later, about the same text, waits for it; the
    ancestor comes forward to just before it. Nothing else is moved, and nothing gets lost.
    """
    given = list(dict.fromkeys(questions))
    known = {(_about(each), each.path): each for each in given}
    ordered: dict[T, None] = {}
    for each in given:
        for above in ancestors(each.path):
            if (parent := known.get((_about(each), above))) is not None:
                ordered.setdefault(parent)
        ordered.setdefault(each)
    return list(ordered)


def next_of(questions: Sequence[Question]) -> Question | None:
    """The question of an occasion that is asked next; None: none is left."""
    return next((each for each in _placed(questions) if each.state in OPEN), None)


def progress_of(question: Question, among: Sequence[Question]) -> Progress:
    """Where a question stands among those of its occasion."""
    listed = [
        each
        for each in _placed(among)
        if each.state is not QuestionState.LAPSED or each.id == question.id
    ]
    place = next(at for at, each in enumerate(listed) if each.id == question.id)
    done = [each for each in listed[:place] if each.state not in OPEN]
    return Progress(place + 1, len(listed), done[-1] if done else None)


def lapsing(answered: Question, among: Collection[Question]) -> list[Question]:
    """The questions that make no sense after an answer: if it is "no", those about the same text
    and the labels below, answered ones too, since a child cannot fit where its parent does not."""
    if answered.answer is not Said.NO:
        return []
    return [
        each
        for each in among
        if _is_below(each, answered)
        and (each.state in OPEN or each.state is QuestionState.ANSWERED)
    ]


def reviving(answered: Question, among: Collection[Question]) -> list[Question]:
    """The questions that make sense again after an answer was changed to one that is not "no":
    those that lapsed below it, unless a label between them is still answered "no"."""
    if answered.answer is Said.NO:
        return []
    refused = [each for each in among if each.answer is Said.NO and each.id != answered.id]
    return [
        each
        for each in among
        if each.state is QuestionState.LAPSED
        and _is_below(each, answered)
        and not any(_is_below(each, other) for other in refused)
    ]


def _is_below(question: Question, other: Question) -> bool:
    return question.about == other.about and other.path in ancestors(question.path)


def _placed(questions: Sequence[Question]) -> list[Question]:
    return sorted(questions, key=lambda each: (each.position, each.id))


def _about(question: Asked | Question) -> Hashable:
    return (question.item, question.text)
