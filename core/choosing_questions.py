"""Which few questions are worth a member's time today: a pure rule.

A question is one label of one item, and it is labels that are uncertain, not items: an item with
ten labels has no single most uncertain one. Every label of every item is weighed by itself, as a
sum of reasons to ask, in this order of weight:

- *dispute*: members contradict each other, or want it discussed. Nothing else ends that.
- *doubt*: how little the model's answer says, as the entropy of its probability once its odds are
  divided by those of the threshold that it was judged by. Thresholds differ from label to label and
  text to text (`core.labelling`), so that a probability of 0.3 can be a sure "yes" and a doubtful
  one elsewhere; on its threshold an answer says nothing (1 bit). Two models that differ about a
  label are as good as doubt.
- *rarity*: of a label that is on the item, how little people have decided about that label so far.
  A sure suggestion is worth a question as long as nobody knows whether the model is right to be
  sure.
- *begun*: somebody has answered, or is being asked today. A decision takes a quorum, so one voice
  more on what was begun says more than the first voice on something new. Members with equal reasons
  would be asked the same otherwise only by chance.

What is not asked, and why:

- what people decided, by their votes or by what follows from them: below a rejected label, and
  beside a confirmed one where one is to be chosen; and what has as many voices, together with those
  who are being asked, as a decision still takes: no further voice changes anything;
- what the member has spoken or been asked about before, what is below a label that they refused,
  and what they handed in if their voice does not count on it;
- labels on which people agree (`Known.is_settled`), unless they are in dispute on this item: time
  goes where meanings are not clear yet;
- what is hardly worth it (`MIN_WORTH`): no question is better than an idle one.

Each label weighs half as much for every time that it was chosen for the day, so that a day has some
variety. A label's ancestors that are worth a question, too, come before it. What is equal goes by a
draw that differs from member to member and is the same whenever it is made.

Sources: Settles 2009, "Active Learning Literature Survey", sections 3.1 (uncertainty as entropy)
and 3.2 (disagreement of a committee); Krippendorff 2004, "Content Analysis", p. 241 (how much
agreement is enough).
"""

import hashlib
import math
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from core.agreement import RELIABLE, Judgement, Reason, grouped
from core.domain import Customs, LabelPath, LabelStatus, MemberRef, Tally, Vote
from core.questions import Asked, in_order
from core.taxonomy import Taxonomy, ancestors, dimension_of, parent_of

A_DAY = 3
"""Questions a day: some two minutes of reading."""

MIN_WORTH = 0.5
"""Reasons that weigh less are none: as doubt alone, odds of 8 against being on the other side of
the threshold."""

DISPUTE, RARITY, BEGUN = 3.0, 1.0, 0.5
"""What these weigh against a full bit of doubt. A dispute outweighs all the others together; a sure
suggestion of a label that nobody ever decided is worth as much as the greatest doubt; what was
begun is worth finishing, whatever a model says of it."""

FEW = 5.0
"""Decisions on a label after which it is half as rare as one without any, so that sure suggestions
of it alone are asked about no more."""

ENOUGH = 20
"""Items on which people decided a label before agreement on it is believed: of fewer, alpha says
little (its interval is some 0.4 wide)."""

_DECIDED = (LabelStatus.CONFIRMED, LabelStatus.REJECTED)
_EDGE = 1e-6  # probabilities are kept this far from 0 and 1 when odds are taken


@dataclass(frozen=True, slots=True)
class Candidate:
    """One label of one item, as far as it matters for asking.

    Attributes:
        item: its id. A higher one came later.
        status: of the label on the item; None: it is not on it.
        probability: the model's, 0 to 1; None: it was not asked.
        threshold: the least probability that would have accepted it; None as before.
        models_differ: a language model says otherwise.
        tally: voices that count.
        voters: who has spoken about it.
        refusers: who said that a label above it does not fit.
        owners: who handed the item in.
        asked: who was ever asked about it in this way.
        being_asked: who of these has not answered yet.
    """

    item: int
    path: LabelPath
    status: LabelStatus | None = None
    probability: float | None = None
    threshold: float | None = None
    models_differ: bool = False
    tally: Tally = field(default_factory=Tally)
    voters: frozenset[MemberRef] = frozenset()
    refusers: frozenset[MemberRef] = frozenset()
    owners: frozenset[MemberRef] = frozenset()
    asked: frozenset[MemberRef] = frozenset()
    being_asked: frozenset[MemberRef] = frozenset()


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a label in a community.

    Attributes:
        decided: on how many items people decided it.
        agrees: of late, those who judged it agree (see `agreed`).
    """

    decided: int = 0
    agrees: bool = False

    @property
    def is_settled(self) -> bool:
        """Whether people know what the label means, so that asking teaches little."""
        return self.agrees and self.decided >= ENOUGH


def choose(
    candidates: Iterable[Candidate],
    *,
    member: MemberRef,
    customs: Customs,
    taxonomy: Taxonomy,
    known: Mapping[LabelPath, Known],
    most: int = A_DAY,
) -> list[Asked]:
    """The questions for a member, in the order in which they are asked; none, if none is worth it.

    Args:
        candidates: of one community.
        member: who will be asked.
        customs: how many voices a decision takes, and whether own ones count.
        taxonomy: what may be asked.
        known: of each label; nothing is known of those left out.
        most: how many at most.
    """
    candidates = list(candidates)
    closed = _closed(candidates, taxonomy)
    worths = {
        (each.item, each.path): worth(each, known.get(each.path, Known()))
        for each in candidates
        if each.path in taxonomy
        and (each.item, each.path) not in closed
        and may_ask(each, member, customs)
        and (is_disputed(each) or not known.get(each.path, Known()).is_settled)
    }
    left = {key: value for key, value in worths.items() if value >= MIN_WORTH}
    times: Counter[LabelPath] = Counter()
    chosen: list[Asked] = []
    while left and len(chosen) < most:
        item, path = max(
            left, key=lambda key: (left[key] * 0.5 ** times[key[1]], _draw(member, *key))
        )
        for each in (*ancestors(path), path):
            if (item, each) in left and len(chosen) < most:
                chosen.append(Asked(item, each))
                times[each] += 1
                del left[item, each]
    return in_order(chosen)


def may_ask(candidate: Candidate, member: MemberRef, customs: Customs) -> bool:
    """Whether a member's voice on it is new, counts, and could change something."""
    if member in candidate.voters | candidate.asked | candidate.refusers:
        return False
    if member in candidate.owners and not customs.counts_own:
        return False
    if candidate.status in _DECIDED:
        return False
    return missing(candidate.tally, customs) > len(candidate.being_asked)


def missing(tally: Tally, customs: Customs) -> int:
    """How many voices more would decide a label, if all of them said the same; 0: it is decided."""
    lead = max(customs.lead, 1)
    return min(
        max(customs.quorum - side, lead - (side - other), 0)
        for side, other in ((tally.for_, tally.against), (tally.against, tally.for_))
    )


def worth(candidate: Candidate, known: Known) -> float:
    """How much there is to be said for asking; at least 0, comparable within one community."""
    has_begun = bool(candidate.voters or candidate.being_asked)
    is_there = candidate.status is not None
    return (
        DISPUTE * is_disputed(candidate)
        + doubt(candidate)
        + RARITY * is_there / (1 + known.decided / FEW)
        + BEGUN * has_begun
    )


def is_disputed(candidate: Candidate) -> bool:
    """Whether members contradict each other about it."""
    tally = candidate.tally
    return candidate.status is LabelStatus.DISPUTED or bool(tally.for_ and tally.against)


def doubt(candidate: Candidate) -> float:
    """How little models say of it, in bits: 0, they are sure; 1, nothing."""
    if candidate.models_differ:
        return 1.0
    if candidate.probability is None or candidate.threshold is None:
        return 0.0
    odds = _log_odds(candidate.probability) - _log_odds(candidate.threshold)
    share = 1 / (1 + math.exp(-odds))
    return -sum(p * math.log2(p) for p in (share, 1 - share) if p > 0)


def agreed(votes: Collection[tuple[int, Vote]]) -> set[LabelPath]:
    """The labels on which those who voted agree.

    Args:
        votes: of a while, with the items' ids; the newest decides, if somebody voted twice.

    Returns:
        Labels with a Krippendorff's alpha of `RELIABLE` or more; and those on which two or more
        people never said anything but the same, of which there is no alpha.
    """
    judgements = [
        Judgement(vote.member, item, vote.path, vote.is_for)
        for item, vote in sorted(votes, key=lambda each: each[1].at)
    ]
    found = grouped(judgements, lambda each: LabelPath(each.label), times=0)
    return {
        path
        for path, each in found.items()
        if (each.alpha is not None and each.alpha >= RELIABLE) or each.reason is Reason.NO_VARIATION
    }


def _closed(candidates: Collection[Candidate], taxonomy: Taxonomy) -> set[tuple[int, LabelPath]]:
    """What follows from people's decisions about other labels of the same item."""
    rejected = {
        (each.item, each.path) for each in candidates if each.status is LabelStatus.REJECTED
    }
    winners = {
        (each.item, _level(each.path)): each.path
        for each in candidates
        if each.status is LabelStatus.CONFIRMED
        and each.path in taxonomy
        and taxonomy.dimension(each.path).choice == "one"
    }
    return {
        (each.item, each.path)
        for each in candidates
        for path in (*ancestors(each.path), each.path)
        if (each.item, path) in rejected or winners.get((each.item, _level(path)), path) != path
    }


def _level(path: LabelPath) -> str:
    """What labels of one level share: the one above them, or their dimension."""
    return parent_of(path) or dimension_of(path)


def _draw(member: MemberRef, item: int, path: LabelPath) -> str:
    drawn = f"{member.platform}\t{member.id}\t{item}\t{path}"
    return hashlib.blake2s(drawn.encode()).hexdigest()


def _log_odds(probability: float) -> float:
    kept = min(max(probability, _EDGE), 1 - _EDGE)
    return math.log(kept / (1 - kept))
