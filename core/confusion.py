"""Which labels people take for one another, or cannot agree on: pairs, and single labels.

Pure. Two labels under one parent are confused on an item if one member chose the first and another
the second, neither chose both, and it is a real difference: only one may be chosen there, or at
least one of the two said "no" to the other's label. (Where many labels may hold, two people who
each pressed a different right one have not contradicted each other.)

A single label is split on an item if somebody said yes to it and somebody no.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations

from core.domain import LabelPath, LabelStatus
from core.judging import Reading, level_of
from core.taxonomy import Taxonomy

Decided = Mapping[tuple[int, LabelPath], LabelStatus]
"""What people decided: of an item's label, CONFIRMED or REJECTED."""

_Pair = tuple[LabelPath, LabelPath | None]


@dataclass(frozen=True, slots=True)
class Confusion:
    """Labels that people disagree about.

    Attributes:
        first, second: the two, in taxonomy order; second is None for a single label that is split.
        items: ids of the items that it shows on: most people against each other first, then the
            newest.
        people: how many pairs of members contradict each other, over all items.
    """

    first: LabelPath
    second: LabelPath | None
    items: tuple[int, ...]
    people: int


def confused(given: Iterable[Reading], taxonomy: Taxonomy) -> list[Confusion]:
    """Pairs of labels that are taken for one another, most items first."""
    found: dict[_Pair, dict[int, int]] = {}
    for item, there in _by_item(given).items():
        for one, other in combinations(there, 2):
            for pair in _confused(one, other, taxonomy):
                items = found.setdefault(pair, {})
                items[item] = items.get(item, 0) + 1
    return _ranked(found, taxonomy)


def split(given: Iterable[Reading], taxonomy: Taxonomy) -> list[Confusion]:
    """Single labels on which people contradict each other, most items first."""
    found: dict[_Pair, dict[int, int]] = {}
    for item, there in _by_item(given).items():
        voices: dict[LabelPath, list[bool]] = {}
        for reading in there:
            for path, voice in reading.voices.items():
                voices.setdefault(path, []).append(voice.is_for)
        for path, said in voices.items():
            if against := sum(said) * (len(said) - sum(said)):
                found.setdefault((path, None), {})[item] = against
    return _ranked(found, taxonomy)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What a codebook might say about two labels, going by what was decided.

    Attributes:
        kind: "excludes": `label` does not include what is mainly about `other`; "both": both may
            hold; "open": nothing is decided, so decide first; "edge": of a single label, whether
            such an item has it.
        label, other: which labels the sentence is about; other is None for a single one.
        example: id of an item to name.
        decided: on how many of the disputed items people decided so; against: otherwise.
        holds: for "edge": whether the label was confirmed on most of them.
    """

    kind: str
    label: LabelPath
    other: LabelPath | None
    example: int
    decided: int = 0
    against: int = 0
    holds: bool = True


def suggestion(found: Confusion, decided: Decided) -> Suggestion:
    """The sentence that decisions on the disputed items speak for; no model has a part in it."""
    first, second = found.first, found.second
    if second is None:
        return _of_single(found, decided)
    kinds: dict[tuple[str, LabelPath, LabelPath], list[int]] = {}
    for item in found.items:
        one, other = decided.get((item, first)), decided.get((item, second))
        if one is other is LabelStatus.CONFIRMED:
            kinds.setdefault(("both", first, second), []).append(item)
        elif one is LabelStatus.CONFIRMED and other is LabelStatus.REJECTED:
            kinds.setdefault(("excludes", second, first), []).append(item)
        elif other is LabelStatus.CONFIRMED and one is LabelStatus.REJECTED:
            kinds.setdefault(("excludes", first, second), []).append(item)
    if not kinds:
        return Suggestion("open", first, second, found.items[0])
    (kind, label, rest), items = max(kinds.items(), key=lambda each: len(each[1]))
    against = sum(map(len, kinds.values())) - len(items)
    return Suggestion(kind, label, rest, items[0], len(items), against)


def _of_single(found: Confusion, decided: Decided) -> Suggestion:
    sides: dict[bool, list[int]] = {}
    for item in found.items:
        status = decided.get((item, found.first))
        if status in (LabelStatus.CONFIRMED, LabelStatus.REJECTED):
            sides.setdefault(status is LabelStatus.CONFIRMED, []).append(item)
    if not sides:
        return Suggestion("open", found.first, None, found.items[0])
    holds, items = max(sides.items(), key=lambda each: len(each[1]))
    against = sum(map(len, sides.values())) - len(items)
    return Suggestion("edge", found.first, None, items[0], len(items), against, holds)


def _confused(one: Reading, other: Reading, taxonomy: Taxonomy) -> set[tuple[LabelPath, LabelPath]]:
    chosen_one, chosen_other = one.yes(), other.yes()
    pairs: set[tuple[LabelPath, LabelPath]] = set()
    for mine in chosen_one - chosen_other:
        for theirs in chosen_other - chosen_one:
            if level_of(mine) != level_of(theirs):
                continue
            is_refused = mine in other.voices or theirs in one.voices  # said, and not yes
            if is_refused or taxonomy.dimension(mine).choice == "one":
                first, second = sorted((mine, theirs), key=taxonomy.position)
                pairs.add((first, second))
    return pairs


def _by_item(given: Iterable[Reading]) -> dict[int, list[Reading]]:
    items: dict[int, list[Reading]] = {}
    for reading in given:
        items.setdefault(reading.item, []).append(reading)
    return items


def _ranked(found: Mapping[_Pair, Mapping[int, int]], taxonomy: Taxonomy) -> list[Confusion]:
    made = [
        Confusion(
            first,
            second,
            tuple(sorted(items, key=lambda item: (-items[item], -item))),
            sum(items.values()),
        )
        for (first, second), items in found.items()
    ]
    return sorted(
        made, key=lambda each: (-len(each.items), -each.people, taxonomy.position(each.first))
    )
