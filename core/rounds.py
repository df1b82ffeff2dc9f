"""Review rounds as pure rules: members judge the same texts, each for themself, and compare.

A course of rounds is about one dimension. Its first round is practice, of which nothing is kept as
knowledge; two or three rounds follow that count (`next_kind`), each with a fresh sample of items
(`draw`) and, of each item, a few labels to be judged (`to_judge`). Everybody is asked the same.

Source of the way of working: Artstein and Poesio 2008, "Inter-Coder Agreement for Computational
Linguistics"; Krippendorff 2004, "Content Analysis", chapter 11.
"""

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from core.agreement import RELIABLE, Agreement, Judgement
from core.domain import LabelPath, MemberRef, Vote
from core.taxonomy import Dimension, Taxonomy, ancestors, depth_of

TARGET = RELIABLE
"""The alpha at which a round closes, unless its editor says otherwise."""

LEAST_COUNTED, MOST_COUNTED = 2, 3
"""How many rounds of a course count: two are needed to compare, more than three bring little."""

LEAST_ITEMS, MOST_ITEMS = 2, 100
"""How many items a round may have: agreement needs two, and nobody reads more than a hundred."""

UNCERTAIN, NONE = "?", "-"
"""Strata beside those of labels: what the model was least sure of, and what carries no label."""

_UNCERTAIN_WEIGHT = 4  # as many places as four labels: these are the texts that decide something
_UNCERTAIN_SHARE = 4  # one of four texts is called uncertain: those nearest to a threshold

_MOST_STANDING = 3  # labels of an item that a round asks about, without those above them
_LEAST_ASKED = (
    3  # so many labels at least, so that being asked says nothing about what a model said
)


class Kind(StrEnum):
    """What a round is for."""

    PRACTICE = "practice"
    COUNTED = "counted"


Pair = tuple[int, LabelPath]
"""An item's id, and a label that is to be judged of it."""


@dataclass(frozen=True, slots=True)
class Round:
    """A review round.

    Attributes:
        id: unique over all communities; number: what people call it, counted per community from 1.
        dimension: its id.
        course: the number of the round with which its course began.
        pairs: what is judged, in the order in which everybody is asked; removed items are left out.
        seed: by which they were drawn.
        target: the alpha at which it closes.
        started_by: None: somebody who was forgotten.
        closed_by: who asked for it; None: it reached its target, or is open.
    """

    id: int
    community: int
    number: int
    dimension: str
    kind: Kind
    course: int
    pairs: tuple[Pair, ...]
    seed: int
    target: float
    started_at: datetime
    started_by: MemberRef | None
    closed_at: datetime | None = None
    closed_by: MemberRef | None = None

    @property
    def is_open(self) -> bool:
        """Answers are still taken."""
        return self.closed_at is None

    @property
    def items(self) -> tuple[int, ...]:
        """The ids of its items, in the order in which they are asked about."""
        return tuple(dict.fromkeys(item for item, _ in self.pairs))


@dataclass(frozen=True, slots=True)
class Answer:
    """What a member said of a label of an item; who was unsure said nothing.

    Attributes:
        at: when.
        reason: why, in their words, if they gave any.
    """

    member: MemberRef
    item: int
    path: LabelPath
    is_for: bool
    at: datetime
    reason: str | None = None


def counts(round_: Round) -> bool:
    """Whether a round's answers are knowledge: agreement over time, votes and examples for training
    rest on those of closed rounds that were not for practice, and on no others."""
    return round_.kind is Kind.COUNTED and not round_.is_open


# ── one after the other ──────────────────────────────────────────────────────────────────────────


def course_of(rounds: Iterable[Round], dimension: str) -> list[Round]:
    """The rounds of the newest course about a dimension, oldest first."""
    own = sorted((each for each in rounds if each.dimension == dimension), key=lambda r: r.number)
    return [each for each in own if each.course == own[-1].course]


def next_kind(course: Sequence[Round], *, has_reached: bool) -> Kind | None:
    """What a course needs next.

    Args:
        course: its closed rounds that somebody judged in, in order.
        has_reached: the agreement of the last one reached its target.

    Returns:
        None: it is complete.
    """
    if not course:
        return Kind.PRACTICE
    counted = sum(each.kind is Kind.COUNTED for each in course)
    if counted >= MOST_COUNTED or (counted >= LEAST_COUNTED and has_reached):
        return None
    return Kind.COUNTED


# ── what is judged ───────────────────────────────────────────────────────────────────────────────


def strata(
    labels: Mapping[int, Collection[LabelPath]], *, margins: Mapping[int, float]
) -> dict[int, frozenset[str]]:
    """The strata that each item belongs to: its labels, or `NONE`, and perhaps `UNCERTAIN`.

    Args:
        labels: those of the dimension on each item of the pool, closed under ancestors.
        margins: how near a model's answer about the item came to its threshold, 0 to 1; the nearest
            quarter is uncertain. Items that no model was asked about are left out.
    """
    nearest = sorted(margins, key=lambda item: (margins[item], item))
    uncertain = set(nearest[: -(-len(nearest) // _UNCERTAIN_SHARE)])
    return {
        item: frozenset(own or (NONE,)) | ({UNCERTAIN} if item in uncertain else frozenset())
        for item, own in labels.items()
    }


def draw(pool: Mapping[int, Collection[str]], *, size: int, seed: int) -> list[int]:
    """Draw a sample in which every stratum has a place, as far as there are places.

    The stratum with the fewest places is served next (broad labels before narrow ones, then by
    lot), so rare labels get as many as common ones, and `UNCERTAIN` four times as many. Lots are
    hashes of the seed: the same seed draws the same, on every machine and with every release.

    Args:
        pool: the strata of each item.
        size: how many items; all of them, if the pool has fewer.

    Returns:
        Their ids, in an order by lot.
    """
    members: dict[str, list[int]] = {}
    for item in sorted(pool, key=lambda item: _lot(seed, item)):
        for stratum in pool[item]:
            members.setdefault(stratum, []).append(item)
    waiting = {stratum: iter(own) for stratum, own in members.items()}
    lots = {stratum: (depth_of(stratum), _lot(seed, stratum)) for stratum in members}
    weights = {stratum: _UNCERTAIN_WEIGHT if stratum == UNCERTAIN else 1 for stratum in members}
    places = dict.fromkeys(members, 0)
    drawn: set[int] = set()
    while len(drawn) < size and waiting:
        stratum = min(waiting, key=lambda each: (places[each] / weights[each], lots[each]))
        next_one = next((item for item in waiting[stratum] if item not in drawn), None)
        if next_one is None:
            del waiting[stratum]
            continue
        drawn.add(next_one)
        for each in pool[next_one]:
            places[each] += 1
    return sorted(drawn, key=lambda item: _lot(seed, item))


def to_judge(
    item: int,
    *,
    dimension: Dimension,
    taxonomy: Taxonomy,
    standing: Sequence[LabelPath],
    margins: Mapping[LabelPath, float],
    seed: int,
) -> list[Pair]:
    """The labels of a dimension that are to be judged of an item, parents before children.

    The narrowest labels that stand on it, the one which it missed by least, and others by lot until
    there are three: nobody can tell from being asked whether a model thinks that a label fits.

    Args:
        standing: the dimension's labels on the item, surest first.
        margins: how far from its threshold each label's answer was, 0 to 1; may be empty.
        seed: of the round.
    """
    narrow = [each for each in standing if not any(each in ancestors(other) for other in standing)]
    asked = [path for path in narrow if path in taxonomy][:_MOST_STANDING]
    known = {*standing, *(above for path in standing for above in ancestors(path))}
    missed = [path for path in margins if path in taxonomy and path not in known]
    if missed:
        asked.append(min(missed, key=lambda path: (margins[path], path)))
    tops = sorted(dimension.labels, key=lambda label: _lot(seed, (item, label.path)))
    for label in tops:
        if len(asked) >= _LEAST_ASKED:
            break
        if not any(label.path in (path, *ancestors(path)) for path in asked):
            asked.append(label.path)
    closed = {each for path in asked for each in (*ancestors(path), path)}
    by_lot = sorted(closed, key=lambda path: _lot(seed, (item, path)))
    trees: dict[LabelPath, list[LabelPath]] = {}
    for path in by_lot:
        trees.setdefault((*ancestors(path), path)[0], []).append(path)
    return [(item, path) for tree in trees.values() for path in sorted(tree, key=taxonomy.position)]


def _lot(seed: int, thing: object) -> bytes:
    return hashlib.blake2b(f"{seed} {thing}".encode(), digest_size=8).digest()


# ── when it is over ──────────────────────────────────────────────────────────────────────────────


def compared(answers: Iterable[Answer]) -> int:
    """How many items have a label that two members or more have judged."""
    raters: dict[Pair, set[MemberRef]] = {}
    for each in answers:
        raters.setdefault((each.item, each.path), set()).add(each.member)
    return len({item for (item, _), members in raters.items() if len(members) >= 2})


def is_over(round_: Round, measured: Agreement, *, compared: int, are_through: bool) -> bool:
    """Whether a round closes by itself, because people agree as well as they were to.

    Practice never does: it is there to be talked about. When everybody is through, alpha itself
    decides. Before, the lower bound of its interval does, once half of the items can be compared:
    to stop at the first lucky moment would flatter the agreement.

    Args:
        measured: agreement so far.
        compared: items that two or more have judged.
        are_through: everybody who joined has answered everything.
    """
    if round_.kind is Kind.PRACTICE or not round_.is_open or not compared:
        return False
    if 2 * compared < len(round_.items):
        return False
    reached = measured.alpha if are_through else measured.low
    return reached is not None and reached >= round_.target


def has_reached(round_: Round, measured: Agreement) -> bool:
    """Whether a round agrees as well as it was to."""
    return measured.alpha is not None and measured.alpha >= round_.target


# ── what becomes of it ───────────────────────────────────────────────────────────────────────────


def judgements(answers: Iterable[Answer]) -> Iterator[Judgement]:
    """What agreement is measured on: who, what, which label, whether it fits."""
    for each in answers:
        yield Judgement(each.member, each.item, each.path, each.is_for)


def votes_of(
    answers: Iterable[Answer], *, standing: Collection[LabelPath], cast: Collection[Vote]
) -> list[Vote]:
    """The votes that a closed round's answers on one item become.

    - A yes is a vote for the label.
    - A no is a vote against it only if the label is in question: it stands on the item, or somebody
      is for it, in this round or by a vote. A label by lot that nobody thinks of needs no votes.
    - There is one vote for each member and label, so that nobody counts twice. Of what a member
      said in rounds and by other means the newest holds; a reaction gives way: it says less.

    Args:
        answers: on the item, by everybody.
        standing: labels on the item that are not rejected.
        cast: votes on the item so far.
    """
    answers = list(answers)
    in_question = {*standing, *(vote.path for vote in cast if vote.is_for)}
    in_question |= {each.path for each in answers if each.is_for}
    said_at = {(vote.member, vote.path): vote.at for vote in cast if vote.by != "reaction"}
    return [
        Vote(each.path, each.member, each.is_for, "round", each.at)
        for each in answers
        if (each.is_for or each.path in in_question)
        and each.at >= said_at.get((each.member, each.path), each.at)
    ]


@dataclass(frozen=True, slots=True)
class Divided:
    """A label of an item on which people differ."""

    path: LabelPath
    for_: tuple[Answer, ...]
    against: tuple[Answer, ...]

    @property
    def disagreement(self) -> float:
        """The share of pairs of people who differ, 0 to 1."""
        for_, against = len(self.for_), len(self.against)
        pairs = (for_ + against) * (for_ + against - 1) / 2
        return for_ * against / pairs if pairs else 0.0


@dataclass(frozen=True, slots=True)
class Split:
    """An item that split people: its labels on which they differ, most divided first."""

    item: int
    divided: tuple[Divided, ...]

    @property
    def disagreement(self) -> float:
        """Summed over the labels."""
        return sum(each.disagreement for each in self.divided)


def splits(answers: Iterable[Answer]) -> list[Split]:
    """The items on which people differ, most divided first."""
    said: dict[int, dict[LabelPath, list[Answer]]] = {}
    for each in answers:
        said.setdefault(each.item, {}).setdefault(each.path, []).append(each)
    found = []
    for item, of_label in said.items():
        divided = []
        for path, own in of_label.items():
            for_ = tuple(each for each in own if each.is_for)
            against = tuple(each for each in own if not each.is_for)
            if for_ and against:
                divided.append(Divided(path, for_, against))
        if divided:
            divided.sort(key=lambda each: (-each.disagreement, each.path))
            found.append(Split(item, tuple(divided)))
    return sorted(found, key=lambda split: (-split.disagreement, split.item))


# ── who takes part ───────────────────────────────────────────────────────────────────────────────


MOST_REMINDERS = 3
"""So many without an answer in between, and then none: who does not want to need not."""

_WAKING = range(9, 21)  # hours in which people are written to, by their community's clock


@dataclass(frozen=True, slots=True)
class Participant:
    """A member who takes part in a round.

    Attributes:
        left: how many questions they are still to answer.
        done: how many they have answered or left out.
        last_at: when they joined or last answered.
        reminded_at: when they were reminded last; reminders: how often since they last answered.
        rests_until: they wanted to hear no more of it before then.
    """

    member: MemberRef
    done: int
    left: int
    last_at: datetime
    reminded_at: datetime | None = None
    reminders: int = 0
    rests_until: datetime | None = None


def is_to_remind(participant: Participant, *, now: datetime, timezone: str) -> bool:
    """Whether a participant is due a reminder: once a day at most, by day, and not on a day on
    which they answered, or had enough.

    Args:
        timezone: IANA, of the community.
    """
    if not participant.left or participant.reminders >= MOST_REMINDERS:
        return False
    if participant.rests_until is not None and now < participant.rests_until:
        return False
    zone = ZoneInfo(timezone)
    here = now.astimezone(zone)
    moments = (participant.last_at, participant.reminded_at)
    days = {each.astimezone(zone).date() for each in moments if each is not None}
    return here.hour in _WAKING and here.date() not in days
