"""Which labels are taken for their siblings."""

from collections import defaultdict
from dataclasses import dataclass

from core.domain import LabelPath
from core.labelled import LabelledText
from core.metrics import Truth
from core.taxonomy import parent_of
from core.wording_trial import View


@dataclass(frozen=True, slots=True)
class Confusion:
    """One label was given where its sibling holds.

    Attributes:
        count: texts for which this is so.
        examples: some of them.
    """

    holds: LabelPath
    given: LabelPath
    count: int
    examples: tuple[LabelledText, ...]


def confusions(view: View, given: Truth) -> list[Confusion]:
    """Pairs of siblings of which the wrong one was given and the right one was not; most first.

    Args:
        view: what is right.
        given: which labels were given, shape (n, k).
    """
    siblings: dict[LabelPath | None, list[int]] = defaultdict(list)
    for place, label in enumerate(view.labels):
        siblings[parent_of(label.path)].append(place)
    places: dict[tuple[int, int], list[int]] = defaultdict(list)
    for text in range(len(view.texts)):
        for group in siblings.values():
            missed = [at for at in group if view.truth[text, at] and not given[text, at]]
            wrong = [at for at in group if given[text, at] and not view.truth[text, at]]
            for pair in ((one, other) for one in missed for other in wrong):
                places[pair].append(text)
    return [
        Confusion(
            holds=view.labels[holds].path,
            given=view.labels[wrong].path,
            count=len(texts),
            examples=tuple(view.texts[text] for text in texts[:2]),
        )
        for (holds, wrong), texts in sorted(
            places.items(), key=lambda pair: (-len(pair[1]), pair[0])
        )
    ]
