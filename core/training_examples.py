"""Pure: what people decided about items, as examples to learn from and to be judged on.

A confirmed label holds, with all above it. A rejected one does not, nor does a sibling of a
confirmed one that nobody suggests. A dimension in which something is confirmed and nothing is left
open is complete: none of its other labels holds. Of what is left open (suggested, not decided)
nothing is said. Where it was decided that no label fits, everything is complete.

Of other items the text alone may teach (`core.models.finetune.unlabelled`).

Nothing is held out for good: a model is judged by what it says of each item without having learnt
from it, nor from any other of the same story (`core.unseen`).
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from core.domain import Item, LabelPath, LabelStatus
from core.labelling import choose_premise
from core.taxonomy import Taxonomy, ancestors, dimension_of, parent_of

LEAST_EXAMPLES = 12
LEAST_WITH_LABEL = 3
"""So many examples are needed, so many of them with the same label (`core.training_set`)."""


@dataclass(frozen=True, slots=True)
class DecidedItem:
    """What people decided about an item.

    Attributes:
        holds: confirmed labels, closed under ancestors.
        fails: labels that do not hold.
        complete: ids of the dimensions in which no label is missing.
        left_open: labels of which nothing is known.
    """

    item: Item
    holds: frozenset[LabelPath]
    fails: frozenset[LabelPath]
    complete: frozenset[str]
    left_open: frozenset[LabelPath]

    @property
    def story(self) -> str:
        """What it tells of; items of the same story stay together."""
        return story_of(self.item)

    def wrong(self, taxonomy: Taxonomy) -> frozenset[LabelPath]:
        """All labels that do not hold, as far as anybody knows."""
        return frozenset(
            label.path
            for label in taxonomy.walk()
            if label.path not in self.holds
            and label.path not in self.left_open
            and (
                label.path in self.fails
                or dimension_of(label.path) in self.complete
                or any(above in self.fails for above in ancestors(label.path))
            )
        )


def decided_item(item: Item, taxonomy: Taxonomy) -> DecidedItem | None:
    """What people decided about an item; None if it was nothing that the taxonomy still has."""
    status = {
        taxonomy.resolve(label.path): label.status
        for label in item.labels
        if taxonomy.resolve(label.path) in taxonomy
    }
    holds = _closed(path for path, own in status.items() if own is LabelStatus.CONFIRMED)
    none_fits = item.none_fits is LabelStatus.CONFIRMED and not holds
    left_open = frozenset(
        path
        for path, own in status.items()
        if own in (LabelStatus.SUGGESTED, LabelStatus.DISPUTED) and path not in holds
    )
    rejected = {
        path for path, own in status.items() if own is LabelStatus.REJECTED and path not in holds
    }
    if none_fits:
        left_open = frozenset()
    elif not holds and not rejected:
        return None
    siblings = {
        label.path
        for label in taxonomy.walk()
        if label.path not in holds
        and label.path not in left_open
        and any(
            parent_of(label.path) == parent_of(path)
            and dimension_of(label.path) == dimension_of(path)
            for path in holds
        )
    }
    unsettled = {dimension_of(path) for path in left_open}
    complete = {dimension_of(path) for path in holds} - unsettled
    if none_fits:
        complete = {dimension.id for dimension in taxonomy.dimensions}
    return DecidedItem(
        item=item,
        holds=holds,
        fails=frozenset(rejected | siblings),
        complete=frozenset(complete),
        left_open=left_open,
    )


def row(decided: DecidedItem) -> dict[str, Any] | None:
    """An item as a line of the file that `commonplace train` reads; None if it has no text."""
    said = undecided_row(decided.item)
    if said is None:
        return None
    return said | {
        "labels": sorted(decided.holds),
        "dimensions": sorted(decided.complete),
        "not": sorted(decided.fails),
        "open": sorted(decided.left_open),
    }


def undecided_row(item: Item) -> dict[str, Any] | None:
    """An item of which nobody decided anything as a line of that file; None if it has no text."""
    text = text_of(item)
    if item.document is None or not text:
        return None
    said: dict[str, Any] = {
        "id": str(item.id),
        "text": text,
        "story": story_of(item),
        "labels": [],
        "dimensions": [],
        "not": [],
    }
    return said | ({"lang": item.document.language} if item.document.language else {})


def story_of(item: Item) -> str:
    """What an item tells of; items of the same story stay together."""
    return str(item.story or item.id)


def text_of(item: Item) -> str:
    """What a model reads of an item; "" if there is nothing."""
    if item.document is None:
        return ""
    return choose_premise(item.document, item.summary).text.strip()


def counted(examples: Iterable[DecidedItem]) -> dict[LabelPath, tuple[int, int]]:
    """Of how many examples each label is told to hold, and not to; only labels that hold once or
    were rejected."""
    yes = Counter(path for each in examples for path in each.holds)
    no = Counter(path for each in examples for path in each.fails)
    return {path: (yes[path], no[path]) for path in sorted({*yes, *no})}


def is_enough(counts: Mapping[LabelPath, tuple[int, int]], examples: int) -> bool:
    """Whether anything can be learnt from so many examples."""
    richest = max((yes for yes, _ in counts.values()), default=0)
    return examples >= LEAST_EXAMPLES and richest >= LEAST_WITH_LABEL


def _closed(paths: Iterable[LabelPath]) -> frozenset[LabelPath]:
    found: set[LabelPath] = set()
    for path in paths:
        found |= {path, *ancestors(path)}
    return frozenset(found)
