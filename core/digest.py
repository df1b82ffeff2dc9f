"""What a digest is, and how its stories are chosen and ordered.

1. Items that tell the same text are one story; its best item speaks for it.
2. What editors hold is left out; what they prefer comes first, however old or crowded its place.
3. The others come by what people did: labels decided, then votes, then members who handed it in;
   then the newest.
4. Of one site, and about one topic, there are two at most, so that nobody fills it alone. What a
   subscription asks for is everybody's topic, and does not count.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from core.domain import ChatRef, Item, LabelPath, LabelStatus, MemberRef
from core.schedule import Weekly

MOST = 8
"""Stories of a digest: with a sentence each, they fit into one message of every platform."""

MOST_ALIKE = 2
"""Stories of one site, and about one topic."""

PickKind = Literal["keep", "hold"]

Topics = Callable[[Sequence[int]], Mapping[int, Sequence[LabelPath]]]
"""Of some items, by their ids: the labels of one dimension; the most particular ones count."""

_CHUNK = 64  # stories that are asked about at once: mostly, the first ones are enough


@dataclass(frozen=True, slots=True)
class Subscription:
    """A place that wants a digest every week.

    Attributes:
        id: numbered over all communities.
        community: about whose collection; where: sent there.
        query: what it is about, in the canonical form of `core.query`; empty: everything.
        weekly: when.
        done_until: what was due up to this moment is done.
        member: whose private chat it is; None: a group's.
    """

    id: int
    community: int
    where: ChatRef
    query: str
    weekly: Weekly
    done_until: datetime
    member: MemberRef | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """An item that might be told.

    Attributes:
        item: its id.
        story: the same for items that tell the same text.
        site: folded; None: it has none.
        decided: labels that people decided; votes: on any label; shares: members who handed it in.
        at: when it came.
        pick: what an editor wants.
    """

    item: int
    story: int
    site: str | None = None
    decided: int = 0
    votes: int = 0
    shares: int = 1
    at: datetime | None = None
    pick: PickKind | None = None


@dataclass(frozen=True, slots=True)
class Chosen:
    """A story to tell: the item that speaks for it, and the ids of its other items."""

    item: int
    others: tuple[int, ...] = ()
    votes: int = 0
    pick: PickKind | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """The stories to tell, and how many there were to choose from (held ones are not counted)."""

    chosen: tuple[Chosen, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Story:
    """A story as it is told.

    Attributes:
        item: who speaks for it; others: how many more items tell the same.
        sentence: of its summary, in the source's own words; None: it has none.
        pick: what an editor wants.
    """

    item: Item
    others: int
    sentence: str | None
    pick: PickKind | None = None


@dataclass(frozen=True, slots=True)
class Changed:
    """On how many items a label came to stand so; None: it is open again."""

    path: LabelPath
    after: LabelStatus | None
    items: int


@dataclass(frozen=True, slots=True)
class Dispute:
    """A label that people disagree about; `is_open`: it is being discussed."""

    item: Item
    path: LabelPath
    is_open: bool


@dataclass(frozen=True, slots=True)
class Count:
    """Items of a label that came in the week, and in a week of the four before, on average."""

    path: LabelPath
    now: int
    before: float


@dataclass(frozen=True, slots=True)
class Digest:
    """A week, or another span, of a collection.

    Attributes:
        query: what it is about; empty: everything.
        since, until: from this moment on; before that one.
        stories: told ones; total: of how many.
        changes: what became of labels, most items first.
        codebook: the newest version, if labels themselves were changed; None: they were not.
        disputes: newest first; all_disputes: of how many.
        counts: for the picture, in the order of the taxonomy.
    """

    query: str
    since: datetime
    until: datetime
    stories: tuple[Story, ...]
    total: int
    changes: tuple[Changed, ...] = ()
    codebook: int | None = None
    disputes: tuple[Dispute, ...] = ()
    all_disputes: int = 0
    counts: tuple[Count, ...] = ()

    @property
    def is_quiet(self) -> bool:
        """Whether nothing happened that is worth a message."""
        return not self.stories and not self.changes and self.codebook is None


def choose(
    candidates: Iterable[Candidate],
    *,
    topics: Topics = lambda _: {},
    asked: Collection[LabelPath] = (),
    most: int = MOST,
) -> Choice:
    """Choose and order stories; see the module.

    Args:
        candidates: in any order; the result does not depend on it.
        topics: what they are about; asked as far as needed, in the order of the stories.
        asked: labels that all of them have, as they were asked for.
        most: stories at most.
    """
    stories: dict[int, list[Candidate]] = {}
    for each in candidates:
        stories.setdefault(each.story, []).append(each)
    told: list[tuple[Candidate, list[Candidate]]] = []
    for items in stories.values():
        if len(items) > 1:
            items.sort(key=_rank)
        if items[0].pick == "keep" or all(each.pick != "hold" for each in items):
            told.append((items[0], items[1:]))
    told.sort(key=lambda story: _standing(*story))
    chosen: list[Chosen] = []
    sites: Counter[str] = Counter()
    subjects: Counter[LabelPath] = Counter()
    for first, others, labels in _with_labels(told, topics):
        if len(chosen) == most:
            break
        about = [topic for topic in most_particular(labels) if topic not in asked]
        is_crowded = sites[first.site or ""] >= MOST_ALIKE or any(
            subjects[topic] >= MOST_ALIKE for topic in about
        )
        if is_crowded and first.pick != "keep":
            continue
        if first.site:
            sites[first.site] += 1
        subjects.update(about)
        votes = sum(each.votes for each in (first, *others))
        chosen.append(Chosen(first.item, tuple(each.item for each in others), votes, first.pick))
    return Choice(tuple(chosen), len(told))


def _with_labels(
    told: Sequence[tuple[Candidate, list[Candidate]]], topics: Topics
) -> Iterator[tuple[Candidate, list[Candidate], Sequence[LabelPath]]]:
    for start in range(0, len(told), _CHUNK):
        chunk = told[start : start + _CHUNK]
        labels = topics([first.item for first, _ in chunk])
        for first, others in chunk:
            yield first, others, labels.get(first.item, ())


def most_particular(paths: Iterable[LabelPath]) -> tuple[LabelPath, ...]:
    """The labels that have none of the others below them, in their order."""
    given = list(dict.fromkeys(paths))
    return tuple(path for path in given if not any(other.startswith(f"{path}/") for other in given))


def sentence_of(item: Item, *, most: int) -> str | None:
    """One sentence of an item's summary, as it stands in the source: the first that fits and is not
    part of the title; if none fits, the shortest."""
    if item.summary is None:
        return None
    said = [each.text for each in item.summary.extracts if each.text.strip() not in item.title]
    if not said:
        return None
    return next((each for each in said if len(each) <= most), min(said, key=len))


def _rank(each: Candidate) -> tuple[bool, int, int, int, float, int]:
    """Who speaks for a story: the preferred one, then the one about which most was done."""
    age = -each.at.timestamp() if each.at is not None else 0.0
    return (each.pick != "keep", -each.decided, -each.votes, -each.shares, age, -each.item)


def _standing(
    first: Candidate, others: Sequence[Candidate]
) -> tuple[bool, int, int, int, float, int]:
    """Where a story stands: what was done about any of its items counts."""
    items = (first, *others)
    newest = max((each.at.timestamp() for each in items if each.at is not None), default=0.0)
    return (
        first.pick != "keep",
        -sum(each.decided for each in items),
        -sum(each.votes for each in items),
        -sum(each.shares for each in items),
        -newest,
        -first.item,
    )
