"""How well labels were found: F1 by micro and macro average, exact match, and the spread of runs.

Every (text, label) pair of a dimension that was labelled completely is one decision. Micro averages
weigh decisions, macro averages labels: those that were right, or found, at least once. Texts are
judged with ancestors: who says "migrant workers" says "labour".
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean, stdev

from core.domain import LabelPath
from core.taxonomy import Taxonomy, dimension_of

Labels = frozenset[LabelPath]


@dataclass(frozen=True, slots=True)
class Right:
    """What is right about a text.

    Attributes:
        labels: closed under ancestors.
        dimensions: those in which nothing is missing; of the others nothing is judged.
    """

    labels: Labels
    dimensions: frozenset[str]


@dataclass(frozen=True, slots=True)
class Scores:
    """How well labels were found, each 0 to 1; F1 is 1 where there was nothing to find or miss.

    Attributes:
        texts: how many were judged.
        exact: share of texts all of whose judged dimensions are right.
    """

    texts: int
    micro_f1: float
    macro_f1: float
    precision: float
    recall: float
    exact: float


@dataclass(frozen=True, slots=True)
class Spread:
    """How far runs over the same texts differ.

    Attributes:
        runs: how many there were.
        decisions: (text, label) pairs; differing: the share of them on which not all runs agree.
        micro_sd, macro_sd: standard deviation of F1 over the runs.
    """

    runs: int
    decisions: int
    differing: float
    micro_sd: float
    macro_sd: float


def score(right: Sequence[Right], found: Sequence[Labels]) -> Scores:
    """Judge one run.

    Args:
        right, found: about the same n texts, in the same order.
    """
    hits: Counter[LabelPath] = Counter()
    missed: Counter[LabelPath] = Counter()
    wrong: Counter[LabelPath] = Counter()
    exact: list[bool] = []
    for truth, said in _judged(right, found):
        hits.update(truth & said)
        missed.update(truth - said)
        wrong.update(said - truth)
        exact.append(truth == said)
    tp, fn, fp = hits.total(), missed.total(), wrong.total()
    labels = {*hits, *missed, *wrong}
    return Scores(
        texts=len(exact),
        micro_f1=_f1(tp, fp, fn),
        macro_f1=fmean([_f1(hits[e], wrong[e], missed[e]) for e in labels]) if labels else 1.0,
        precision=tp / (tp + fp) if tp + fp else 1.0,
        recall=tp / (tp + fn) if tp + fn else 1.0,
        exact=fmean(exact) if exact else 1.0,
    )


def by_dimension(right: Sequence[Right], found: Sequence[Labels]) -> dict[str, Scores]:
    """Judge one run in each dimension that was labelled, in the order in which they first occur."""
    dimensions = dict.fromkeys(id_ for each in right for id_ in sorted(each.dimensions))
    return {
        id_: score(
            [Right(each.labels, each.dimensions & {id_}) for each in right],
            found,
        )
        for id_ in dimensions
    }


def spread(right: Sequence[Right], runs: Sequence[Sequence[Labels]], taxonomy: Taxonomy) -> Spread:
    """Compare runs over the same texts.

    Args:
        right: says which dimensions are judged.
        runs: of each, what was found about the n texts.
        taxonomy: says how many decisions there are.
    """
    sizes = Counter(dimension_of(label.path) for label in taxonomy.walk())
    decisions = sum(sizes[id_] for each in right for id_ in each.dimensions)
    differing = 0
    for place, each in enumerate(right):
        said = [_within(run[place], each.dimensions) for run in runs]
        if said:
            differing += len(frozenset.union(*said) - frozenset.intersection(*said))
    scores = [score(right, run) for run in runs]
    return Spread(
        runs=len(runs),
        decisions=decisions,
        differing=differing / decisions if decisions else 0.0,
        micro_sd=_sd([each.micro_f1 for each in scores]),
        macro_sd=_sd([each.macro_f1 for each in scores]),
    )


def mean(scores: Sequence[Scores]) -> Scores:
    """The mean of several runs, each over the same texts."""
    names = ("micro_f1", "macro_f1", "precision", "recall", "exact")
    means: Mapping[str, float] = {
        name: fmean([getattr(each, name) for each in scores]) for name in names
    }
    return Scores(scores[0].texts, **means)


def _judged(right: Iterable[Right], found: Iterable[Labels]) -> Iterable[tuple[Labels, Labels]]:
    """Right and found labels of each text that has a judged dimension, within those."""
    for truth, said in zip(right, found, strict=True):
        if truth.dimensions:
            yield _within(truth.labels, truth.dimensions), _within(said, truth.dimensions)


def _within(labels: Labels, dimensions: Collection[str]) -> Labels:
    return frozenset(path for path in labels if dimension_of(path) in dimensions)


def _f1(tp: int, fp: int, fn: int) -> float:
    return 2 * tp / (2 * tp + fp + fn) if tp + fp + fn else 1.0


def _sd(values: Sequence[float]) -> float:
    return stdev(values) if len(values) > 1 else 0.0
