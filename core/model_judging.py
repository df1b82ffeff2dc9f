"""A candidate and the live model label the same items, and `core.gate` compares what they say."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from core import gate
from core.annotating import annotate
from core.domain import Item, Labelling, LabelPath, Language
from core.general_pairs import GENERAL_PAIRS
from core.model_versions import Change, Report
from core.ports import Annotator, Entailer
from core.taxonomy import Taxonomy
from core.training_examples import DecidedItem, decided_item

BATCH = 8
"""Items between two looks at whether to stop."""

SHOWN = 5
"""Changes of each kind that are kept as examples."""

Labels = frozenset[LabelPath]


@dataclass(frozen=True, slots=True)
class Contender:
    """A model as it is judged: who labels by it, and itself."""

    annotator: Annotator
    entailer: Entailer


class Stopped(Exception):
    """Somebody asked to stop; nothing is lost but time."""


def judge(
    held_out: Sequence[DecidedItem],
    own: Sequence[Item],
    live: Contender,
    candidate: Contender,
    *,
    live_number: int | None,
    taxonomy: Taxonomy,
    language: Language,
    on_progress: Callable[[int, int], None],
    should_stop: Callable[[], bool],
) -> Report:
    """Judge a candidate.

    1. Both label the held-out items and the community's own.
    2. Both tell general pairs apart.
    3. The gate compares, and what would change is counted.

    Args:
        held_out: decided items from which neither model learnt.
        own: other items, to see what would change; held-out ones may be among them.
        live_number: the live version's number.

    Raises:
        ModelUnavailable: a model cannot be asked.
        Stopped: `should_stop` said so.
    """
    # 1. items
    items = {item.id: item for item in chain((each.item for each in held_out), own)}
    items = {id_: item for id_, item in items.items() if item.document is not None}
    held_out = [each for each in held_out if each.item.id in items]
    total = 2 * len(items)
    before: dict[int, Labelling] = {}
    after: dict[int, Labelling] = {}
    for found, contender in ((before, live), (after, candidate)):
        for id_, labelling in _labelled(
            list(items.values()), contender.annotator, taxonomy, language, should_stop
        ):
            found[id_] = labelling
            on_progress(len(before) + len(after), total)
    # 2. general pairs
    world = gate.general(_told_apart(live.entailer), _told_apart(candidate.entailer))
    # 3. comparison
    board = gate.board(
        taxonomy,
        [each.holds for each in held_out],
        [each.wrong(taxonomy) for each in held_out],
        [each.story for each in held_out],
    )
    figures = (
        *gate.figures(
            board,
            *(
                gate.said(
                    board,
                    [_labels(found[each.item.id]) for each in held_out],
                    [_chances(found[each.item.id]) for each in held_out],
                )
                for found in (before, after)
            ),
        ),
        world,
    )
    changes = [
        change
        for item in items.values()
        if (change := changed(item, before[item.id], after[item.id], taxonomy)) is not None
    ]
    kinds = {
        kind: [each for each in changes if each.direction == kind]
        for kind in ("away", "towards", "")
    }
    return Report(
        live=live_number,
        texts=len(held_out),
        decisions=int(board.known.sum()),
        figures=figures,
        objections=gate.objections(len(set(board.stories)), figures),
        items=len(items),
        changed=len(changes),
        towards=len(kinds["towards"]),
        away=len(kinds["away"]),
        changes=tuple(each for kind in kinds.values() for each in kind[:SHOWN]),
    )


def changed(item: Item, before: Labelling, after: Labelling, taxonomy: Taxonomy) -> Change | None:
    """What would be otherwise about an item; None: nothing."""
    was, would = _labels(before), _labels(after)
    if was == would:
        return None
    gains, loses = would - was, was - would
    decided = decided_item(item, taxonomy)
    towards = away = 0
    if decided is not None:
        wrong = decided.wrong(taxonomy)
        towards = len(gains & decided.holds) + len(loses & wrong)
        away = len(loses & decided.holds) + len(gains & wrong)
    direction = "towards" if towards > away else "away" if away > towards else ""
    ordered = sorted(gains, key=taxonomy.position), sorted(loses, key=taxonomy.position)
    return Change(item.id, tuple(ordered[0]), tuple(ordered[1]), direction)


def _labelled(
    items: Sequence[Item],
    annotator: Annotator,
    taxonomy: Taxonomy,
    language: Language,
    should_stop: Callable[[], bool],
) -> Iterator[tuple[int, Labelling]]:
    for start in range(0, len(items), BATCH):
        if should_stop():
            raise Stopped
        batch = [item for item in items[start : start + BATCH] if item.document is not None]
        labellings = annotate(
            annotator,
            [(item.document, item.summary) for item in batch if item.document is not None],
            taxonomy=taxonomy,
            language=language,
        )
        yield from zip((item.id for item in batch), labellings, strict=True)


def _told_apart(entailer: Entailer) -> list[bool]:
    """Of which general pairs the right hypothesis is the likelier one."""
    right = entailer.entail([(each.premise, each.right) for each in GENERAL_PAIRS])
    wrong = entailer.entail([(each.premise, each.wrong) for each in GENERAL_PAIRS])
    return [yes > no for yes, no in zip(right, wrong, strict=True)]


def _labels(labelling: Labelling) -> Labels:
    return frozenset(label.path for label in labelling.labels)


def _chances(labelling: Labelling) -> dict[LabelPath, float]:
    return {answer.path: answer.probability for answer in labelling.answers}
