"""A writer's dossier: what a collection says about something, quoted, with where it stands.

1. Items that tell the same text are one story, quoted from one of them.
2. Stories are grouped by the labels below the one that is asked for; in a group, by time. A label
   that people decided goes before one that a model suggests, then what more members handed in, then
   what is best to quote; of a large group the rest is only listed.
3. Every sentence is a `Quote`. Whatever else is told is counted (`core.brief_gaps`) or read off the
   quotations (`core.brief_facts`). Nothing is worded anew, and nothing is fetched.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain

from core.brief_facts import DayTold, FigureTold
from core.brief_gaps import Gaps
from core.domain import Item, ItemLabel, LabelPath, LabelStatus
from core.draft import Draft
from core.folding import fold
from core.quote import Quote
from core.quoting import Worth, best, is_spoken
from core.taxonomy import Dimension, Taxonomy

QUOTED = 12
"""Stories of a group that are quoted; of more, a writer would ask about a narrower label."""

SENTENCES = 2
"""Sentences that a story is quoted with."""

VOICES = 8
"""Stories quoted for each stance."""

_STANCES = ("stance", "stances", "position", "attitude", "立場", "態度", "正反意見")
"""What a dimension is called that says who is for or against."""

_RANKS = {LabelStatus.CONFIRMED: 0, LabelStatus.DISPUTED: 1, LabelStatus.SUGGESTED: 2}


@dataclass(frozen=True, slots=True)
class Material:
    """A story before it is placed.

    Attributes:
        item: who speaks for it; others: numbers of the items that tell the same.
        at: the publisher's date, else the day on which it was kept.
        sentences: with their worth, in the order of the text.
    """

    item: Item
    others: tuple[int, ...]
    at: date
    sentences: tuple[Worth, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """A story as it is quoted; `status`: how sure its label is; None: it is under none."""

    item: Item
    others: tuple[int, ...]
    at: date
    quotes: tuple[Quote, ...]
    status: LabelStatus | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """The stories of a label.

    Attributes:
        path: None: those of no label below the one that is asked for.
        told: quoted ones, by time; more: listed ones, by time.
        also: numbers of items that have the label, too, and are told under another.
    """

    path: LabelPath | None
    told: tuple[Told, ...]
    more: tuple[Item, ...] = ()
    also: tuple[int, ...] = ()

    @property
    def size(self) -> int:
        """How many stories have the label."""
        return len(self.told) + len(self.more) + len(self.also)


@dataclass(frozen=True, slots=True)
class Voice:
    """Who takes a stance: so many stories, some of them quoted."""

    path: LabelPath
    total: int
    told: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class Brief:
    """A dossier.

    Attributes:
        query: in canonical form; empty: everything.
        at: when it was made.
        items: all that it rests on, by number; stories: how many different texts they are.
        left_out: items that the query keeps beyond the most that are read.
        groups: in taxonomy order, empty ones left out.
        asked: labels that were asked for; words: words and phrases.
        stance: id of the dimension that says who is for or against; None: the codebook has none.
        voices: in taxonomy order; empty if there is no such dimension, or nothing under it.
        figures, days: numbers and dates found.
        gaps: what is missing.
        draft: of a language model, if one was asked.
    """

    query: str
    at: datetime
    items: tuple[Item, ...]
    stories: int
    groups: tuple[Group, ...]
    figures: tuple[FigureTold, ...]
    days: tuple[DayTold, ...]
    gaps: Gaps
    left_out: int = 0
    asked: tuple[LabelPath, ...] = ()
    words: tuple[str, ...] = ()
    stance: str | None = None
    voices: tuple[Voice, ...] = ()
    draft: Draft | None = None

    @property
    def quotes(self) -> tuple[Quote, ...]:
        """Every sentence that it quotes, each once, by number and place."""
        told = [each for group in self.groups for each in group.told]
        told += [each for voice in self.voices for each in voice.told]
        said = {quote for each in told for quote in each.quotes}
        said.update(each.quote for each in self.figures)
        said.update(each.quote for each in self.days)
        if self.draft is not None:
            said.update(each.quote for each in self.draft.claims)
        return tuple(sorted(said, key=lambda quote: (quote.number, quote.start, quote.end)))


def heads(asked: Sequence[LabelPath], taxonomy: Taxonomy) -> list[LabelPath]:
    """The labels that make groups: those below the first one that is asked for, itself if it has
    none below; else those of the first dimension."""
    for path in asked:
        for dimension in taxonomy.dimensions:
            if dimension.id == path:
                return [each.path for each in dimension.labels]
        known = taxonomy.known(path)
        if known is not None:
            return [each.path for each in known.children] or [known.path]
    return [each.path for each in taxonomy.dimensions[0].labels] if taxonomy.dimensions else []


def stance_of(taxonomy: Taxonomy) -> Dimension | None:
    """The dimension that says who is for or against: it is called stance, position or 立場."""
    for dimension in taxonomy.dimensions:
        called = set(map(fold, (dimension.id, *dimension.names.values())))
        if not called.isdisjoint(map(fold, _STANCES)):
            return dimension
    return None


def status_under(item: Item, head: LabelPath) -> LabelStatus | None:
    """How sure it is that an item has a label or one below it; None: it has neither."""
    found = [each.status for each in labels_of(item) if is_under(each.path, head)]
    return min(found, key=_RANKS.__getitem__, default=None)


def labels_of(item: Item) -> list[ItemLabel]:
    """The labels that an item has or may have: rejected ones it has not."""
    return [each for each in item.labels if each.status is not LabelStatus.REJECTED]


def is_under(path: LabelPath, head: LabelPath) -> bool:
    """Whether a label is another one, or lies below it."""
    return path == head or path.startswith(f"{head}/")


def grouped(stories: Sequence[Material], among: Sequence[LabelPath]) -> tuple[Group, ...]:
    """Place every story under one label, and choose what is quoted."""
    placed: dict[LabelPath | None, list[tuple[Material, LabelStatus | None]]] = {}
    also: dict[LabelPath, list[int]] = {}
    for story in stories:
        found = [(head, status_under(story.item, head)) for head in among]
        own = [(head, status) for head, status in found if status is not None]
        if not own:
            placed.setdefault(None, []).append((story, None))
            continue
        first = min(own, key=lambda pair: _RANKS[pair[1]])  # the first of equals: taxonomy order
        placed.setdefault(first[0], []).append((story, first[1]))
        for head, _ in own:
            if head != first[0]:
                also.setdefault(head, []).append(story.item.number)
    return tuple(
        _group(head, placed.get(head, ()), also.get(head, ()) if head is not None else ())
        for head in (*among, None)
        if head in placed or head in also
    )


def undecided(stories: Sequence[Material], among: Sequence[LabelPath]) -> int:
    """Of how many stories nobody has decided any of these labels, though a model suggests some."""
    best_of = (
        min(found, key=_RANKS.__getitem__)
        for story in stories
        if (found := [s for head in among if (s := status_under(story.item, head)) is not None])
    )
    return sum(status is LabelStatus.SUGGESTED for status in best_of)


def _group(
    path: LabelPath | None,
    stories: Sequence[tuple[Material, LabelStatus | None]],
    also: Iterable[int],
) -> Group:
    ranked = sorted(stories, key=lambda pair: _standing(*pair))
    told: list[Told] = []
    more: list[Material] = []
    for story, status in ranked:
        quotes = quoted(story.item, story.sentences) if len(told) < QUOTED else ()
        if quotes:
            told.append(Told(story.item, story.others, story.at, quotes, status))
        else:
            more.append(story)
    return Group(
        path,
        tuple(sorted(told, key=lambda each: (each.at, each.item.number))),
        tuple(each.item for each in sorted(more, key=lambda each: (each.at, each.item.number))),
        tuple(sorted(also)),
    )


def _standing(story: Material, status: LabelStatus | None) -> tuple[int, int, float, int]:
    top = sorted((each.score for each in story.sentences), reverse=True)[:SENTENCES]
    rank = len(_RANKS) if status is None else _RANKS[status]
    return (rank, -story.item.shares, -sum(top), story.item.number)


def quoted(
    item: Item, sentences: Sequence[Worth], *, most: int = SENTENCES, spoken: bool = False
) -> tuple[Quote, ...]:
    """The best sentences of an item; `spoken`: rather those in which somebody speaks."""
    if spoken:
        sentences = [each for each in sentences if is_spoken(each.extract.text)] or sentences
    return tuple(
        Quote(item.number, each.start, each.end, each.text) for each in best(sentences, most=most)
    )


def heard(stories: Sequence[Material], dimension: Dimension) -> tuple[Voice, ...]:
    """What those say who take each stance."""
    voices = []
    for label in dimension.labels:
        own = [(each, status_under(each.item, label.path)) for each in stories]
        taking = [(each, status) for each, status in own if status is not None]
        ranked = sorted(taking, key=lambda pair: _standing(*pair))
        told = [
            Told(each.item, each.others, each.at, quotes, status)
            for each, status in ranked[:VOICES]
            if (quotes := quoted(each.item, each.sentences, most=1, spoken=True))
        ]
        told.sort(key=lambda each: (each.at, each.item.number))
        if taking:
            voices.append(Voice(label.path, len(taking), tuple(told)))
    return tuple(voices)


def speakers(items: Sequence[Item]) -> list[tuple[Item, tuple[int, ...]]]:
    """One item for each story, with the numbers of the others: the one with most decided labels,
    most shares, a date and an address, the longest text; in the order of their numbers."""
    stories: dict[int, list[Item]] = {}
    for item in items:
        stories.setdefault(item.story or item.id, []).append(item)
    chosen = []
    for same in stories.values():
        first = min(same, key=_speaks)
        chosen.append((first, tuple(sorted(each.number for each in same if each is not first))))
    return sorted(chosen, key=lambda pair: pair[0].number)


def _speaks(item: Item) -> tuple[int, int, bool, bool, int, int]:
    decided = sum(each.status is LabelStatus.CONFIRMED for each in item.labels)
    document = item.document
    return (
        -decided,
        -item.shares,
        document is None or document.published_on is None,
        document is None or document.url is None,
        -len(document.text) if document is not None else 0,
        item.number,
    )


def matters(
    asked: Sequence[LabelPath], words: Iterable[str], taxonomy: Taxonomy
) -> re.Pattern[str] | None:
    """Finds folded words by which a sentence speaks of what is asked for: the query's own, and the
    names and aliases of its labels and those below them, in every language. None if there are none;
    a dimension is no matter, since everything speaks of some of its labels."""
    found = dict.fromkeys(map(fold, words))
    for label in taxonomy.walk():
        if any(path.count("/") and is_under(label.path, path) for path in asked):
            names = chain(label.names.values(), *label.aliases.values())
            found.update(dict.fromkeys(map(fold, names)))
    telling = [re.escape(word) for word in found if len(word) >= (4 if word.isascii() else 2)]
    return re.compile("|".join(telling)) if telling else None
