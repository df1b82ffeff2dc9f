"""A candidate and the live model answer the same items, and `core.gate` compares what they say."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain

import numpy as np

from core import gate
from core.annotating import annotate
from core.domain import Item, Labelling, LabelPath, Language
from core.general_pairs import GENERAL_TEXTS
from core.model_versions import Change, Report
from core.ports import Annotator, Entailer
from core.taxonomy import Taxonomy
from core.training_examples import DecidedItem, decided_item, text_of
from core.unseen import Answered, digest

BATCH = 8
"""Items between two looks at whether to stop."""

SHOWN = 5
"""Changes of each kind that are kept as examples."""

Labels = frozenset[LabelPath]


@dataclass(frozen=True, slots=True)
class Contender:
    """A model as it is judged: who labels by it, itself, and what it would have said of the texts
    that it learnt from (`core.unseen`), or which those are of which that is not known."""

    annotator: Annotator
    entailer: Entailer
    unseen: Mapping[str, Answered] = field(default_factory=dict)
    learnt: Collection[str] = ()

    def can_be_judged_by(self, item: Item) -> bool:
        """Whether it is known what it says of an item without having learnt from it."""
        return digest(text_of(item)) not in self.learnt

    def said_unseen(self, item: Item) -> Answered | None:
        """What it would have said of an item that it learnt from; None: it did not."""
        return self.unseen.get(digest(text_of(item)))


class Stopped(Exception):
    """Somebody asked to stop; nothing is lost but time."""


def judge(
    decided: Sequence[DecidedItem],
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

    1. Both label the community's own items, and decided ones of which it is not kept what they
       would have said.
    2. The right sentence is sought for general texts.
    3. The gate compares, and what would change is counted.

    Args:
        decided: items to judge by.
        own: other items, to see what would change; decided ones may be among them.
        live_number: the live version's number.

    Raises:
        ModelUnavailable: a model cannot be asked.
        Stopped: `should_stop` said so.
    """
    # 1. items
    own = [item for item in own if item.document is not None]
    decided = [
        each
        for each in decided
        if each.item.document is not None
        and live.can_be_judged_by(each.item)
        and candidate.can_be_judged_by(each.item)
    ]
    asked = [
        {item.id: item for item in chain(own, _not_learnt(decided, contender))}
        for contender in (live, candidate)
    ]
    total = sum(map(len, asked))
    before: dict[int, Labelling] = {}
    after: dict[int, Labelling] = {}
    for found, items, contender in zip((before, after), asked, (live, candidate), strict=True):
        for id_, labelling in _labelled(
            list(items.values()), contender.annotator, taxonomy, language, should_stop
        ):
            found[id_] = labelling
            on_progress(len(before) + len(after), total)
    # 2. general texts
    world = gate.general(_recognised(live.entailer), _recognised(candidate.entailer))
    # 3. comparison
    board = gate.board(
        taxonomy,
        [each.holds for each in decided],
        [each.wrong(taxonomy) for each in decided],
        [each.story for each in decided],
    )
    answers = [
        [_answered(each.item, contender, found) for each in decided]
        for contender, found in ((live, before), (candidate, after))
    ]
    tables = [
        gate.said(
            board,
            [each.labels for each in said],
            [each.probabilities for each in said],
        )
        for said in answers
    ]
    figures = (*gate.figures(board, tables[0], tables[1]), world)
    changes = [
        change
        for item in own
        if (change := changed(item, before[item.id], after[item.id], taxonomy)) is not None
    ]
    kinds = {
        kind: [each for each in changes if each.direction == kind]
        for kind in ("away", "towards", "")
    }
    return Report(
        live=live_number,
        texts=len(decided),
        decisions=int(board.known.sum()),
        figures=figures,
        objections=gate.objections(len(set(board.stories)), figures),
        items=len(own),
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


def _not_learnt(decided: Sequence[DecidedItem], contender: Contender) -> list[Item]:
    return [each.item for each in decided if contender.said_unseen(each.item) is None]


def _answered(item: Item, contender: Contender, labelled: Mapping[int, Labelling]) -> Answered:
    """What a model says of an item without having learnt from it."""
    said = contender.said_unseen(item)
    if said is not None:
        return said
    labelling = labelled[item.id]
    chances = {answer.path: answer.probability for answer in labelling.answers}
    return Answered(_labels(labelling), chances)


def _recognised(entailer: Entailer) -> list[bool]:
    """Of which general texts the right hypothesis is the likeliest."""
    pairs = [(each.premise, said) for each in GENERAL_TEXTS for said in (each.right, *each.wrong)]
    answers = np.array(entailer.entail(pairs)).reshape(len(GENERAL_TEXTS), -1)
    found: list[bool] = (answers[:, 0] > answers[:, 1:].max(axis=1)).tolist()
    return found


def _labels(labelling: Labelling) -> Labels:
    return frozenset(label.path for label in labelling.labels)
