"""Pure: whether a candidate is better than the live model, beyond noise.

Both label the same items, of which people decided some labels; what nobody decided is not judged.
What each says of an item is what it says without having learnt from it (`core.unseen`). A candidate
passes if, on redraws of the items (`core.bootstrap`; items of one story are drawn together), its
hierarchical F1 is better with 95 % of them, if no dimension's F1 falls by more than `MARGIN`, and
if on general texts, which no community trains on (`core.general_pairs`), the right sentence is not
recognised less often by more than `GENERAL_MARGIN`. Everything else is told, and decides nothing.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core import metrics
from core.bootstrap import Redraws, Sample, compare
from core.domain import LabelPath
from core.metrics import Truth
from core.model_versions import Figure, Objection
from core.taxonomy import Taxonomy, dimension_of, parent_of

Values = NDArray[np.float64]

LEAST_STORIES = 8
"""On fewer stories not even the biggest gain says anything."""

LEVEL = 0.90
"""Of all intervals. Of what is not better, one in twenty lies above its interval's lower bound by
chance, and passes; `tests/eval/gate.py` measured 4 to 6 in a hundred, and 0 to 3 of what is worse
by two points. Four points of F1 in 160 items pass every other time, in 400 five times of six."""

MARGIN = 0.02
"""A dimension's F1 may fall by this much: half a label in twenty-five."""

GENERAL_MARGIN = 0.05
"""So much less may be recognised of general texts: three of sixty."""

SEED = 6


@dataclass(frozen=True, slots=True)
class Board:
    """What is right about n items, for k labels.

    Attributes:
        labels: k paths; a parent stands before its children.
        truth: which labels hold, closed under ancestors, of shape (n, k).
        known: of which of them people said so, or that they do not; of the same shape.
        stories: of each item; those of the same one are drawn together.
    """

    labels: tuple[LabelPath, ...]
    truth: Truth
    known: Truth
    stories: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """What a model said about the items of a board.

    Attributes:
        given: labels, closed under ancestors, of shape (n, k).
        probabilities: of the same shape; 0 where it need not be asked.
    """

    given: Truth
    probabilities: Values


def board(
    taxonomy: Taxonomy,
    holds: Sequence[frozenset[LabelPath]],
    fails: Sequence[frozenset[LabelPath]],
    stories: Sequence[str],
) -> Board:
    """A board of n items.

    Args:
        holds, fails: of each item, labels of which people said that they hold, closed under
            ancestors, and that they do not.
    """
    labels = tuple(label.path for label in taxonomy.walk())
    truth = np.array([[path in own for path in labels] for own in holds], np.bool_)
    wrong = np.array([[path in own for path in labels] for own in fails], np.bool_)
    shape = (len(holds), len(labels))
    truth, wrong = truth.reshape(shape), wrong.reshape(shape)
    return Board(labels, truth, truth | (wrong & ~truth), tuple(stories))


def said(
    board: Board,
    given: Sequence[frozenset[LabelPath]],
    probabilities: Sequence[Mapping[LabelPath, float]],
) -> Said:
    """What a model said, as a table beside a board."""
    shape = board.truth.shape
    labels = [[path in own for path in board.labels] for own in given]
    chances = [[own.get(path, 0.0) for path in board.labels] for own in probabilities]
    return Said(
        np.array(labels, np.bool_).reshape(shape), np.array(chances, np.float64).reshape(shape)
    )


def figures(
    board: Board, live: Said, candidate: Said, *, only: Collection[str] | None = None
) -> tuple[Figure, ...]:
    """Every figure of both models, compared on the same redraws.

    F1 is of the most specific labels; the hierarchical one counts their ancestors, too (Kiritchenko
    et al. 2006), so that a near miss is better than a far one.

    Args:
        only: names of those that are wanted; None: all.
    """
    if not len(board.truth):
        return ()
    places = {path: place for place, path in enumerate(board.labels)}
    parents = [places.get(parent_of(path) or LabelPath("")) for path in board.labels]
    kinds = list(dict.fromkeys(board.stories))
    story = np.array([kinds.index(each) for each in board.stories], np.intp)
    redraws = Redraws(len(kinds), seed=SEED)
    truth = board.truth & board.known
    own = metrics.narrowest(truth, parents)

    def table(name: str, given: Said, weights: Values) -> Values:
        there = given.given & board.known
        ends = metrics.narrowest(there, parents)
        match name:
            case "hierarchical":
                return metrics.micro_f1(truth, there, weights)
            case "micro":
                return metrics.micro_f1(own, ends, weights)
            case "macro":
                return metrics.macro_f1(own[:, judged], ends[:, judged], weights)
            case "exact":
                return metrics.exact_match(truth, there, weights)
            case "calibration":
                return -metrics.calibration_error(
                    truth, given.probabilities, weights, known=board.known
                )
            case _:
                columns = _of(board, name.partition(":")[2])
                return metrics.micro_f1(own[:, columns], ends[:, columns], weights)

    judged = np.flatnonzero(own.any(axis=0))
    dimensions = dict.fromkeys(dimension_of(board.labels[place]) for place in judged)
    names = [
        "hierarchical",
        "micro",
        "macro",
        "exact",
        "calibration",
        *(f"dimension:{id_}" for id_ in dimensions),
    ]
    if not len(judged):
        names = ["exact", "calibration"]
    if only is not None:
        names = [each for each in names if each in only]

    def sampled(name: str, model: Said) -> Sample:
        return redraws.sample(lambda weights: table(name, model, weights[:, story]))

    return tuple(_figure(name, sampled(name, live), sampled(name, candidate)) for name in names)


def general(live: Sequence[bool], candidate: Sequence[bool]) -> Figure:
    """Of how many of n general texts each model recognises the right sentence, as a figure."""
    before, after = np.array(live, np.float64), np.array(candidate, np.float64)
    redraws = Redraws(len(before), seed=SEED)

    def share(right: Values) -> Sample:
        return redraws.sample(lambda weights: np.asarray(weights @ right / weights.sum(axis=-1)))

    return _figure("general", share(before), share(after))


def objections(stories: int, found: Sequence[Figure]) -> tuple[Objection, ...]:
    """What speaks against a candidate; nothing: it is better.

    Args:
        stories: how many different ones the items told.
        found: every figure.
    """
    against = []
    if stories < LEAST_STORIES:
        against.append(Objection("too-few", "", stories, LEAST_STORIES))
    by_name = {figure.name: figure for figure in found}
    whole = by_name.get("hierarchical")
    if whole is None or whole.low <= 0:
        low = 0.0 if whole is None else whole.low
        against.append(Objection("not-better", "hierarchical", low, 0.0))
    for name, figure in by_name.items():
        if name.startswith("dimension:") and figure.gain < -MARGIN:
            against.append(Objection("dimension", name, -figure.gain, MARGIN))
    world = by_name.get("general")
    if world is not None and world.gain < -GENERAL_MARGIN:
        against.append(Objection("general", "general", -world.gain, GENERAL_MARGIN))
    return tuple(against)


def _figure(name: str, before: Sample, after: Sample) -> Figure:
    gained = compare(after, before, level=LEVEL)
    live, candidate = abs(float(before.value)), abs(float(after.value))
    return Figure(name, live, candidate, gained.gain, gained.low, gained.high)


def _of(board: Board, dimension: str) -> list[int]:
    return [at for at, path in enumerate(board.labels) if dimension_of(path) == dimension]
