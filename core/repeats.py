"""Runs over the same texts, repeated: their mean, and how far they differ.

What answers otherwise each time cannot be trusted more than its runs agree with each other,
however well it does on average.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean, stdev

from core.labelled import LabelledText
from core.scores import Labels, Scores, score, within
from core.taxonomy import Taxonomy, dimension_of


@dataclass(frozen=True, slots=True)
class Spread:
    """How far runs differ.

    Attributes:
        runs: how many there were.
        decisions: (text, label) pairs; differing: the share of them on which not all runs agree.
        micro_sd, macro_sd: standard deviation of F1 over the runs; 0 if there was one.
    """

    runs: int
    decisions: int
    differing: float
    micro_sd: float
    macro_sd: float


def mean(scores: Sequence[Scores]) -> Scores:
    """The mean of several runs, each over the same texts."""
    return Scores(
        texts=scores[0].texts,
        micro_f1=fmean(each.micro_f1 for each in scores),
        macro_f1=fmean(each.macro_f1 for each in scores),
        hierarchical_f1=fmean(each.hierarchical_f1 for each in scores),
        precision=fmean(each.precision for each in scores),
        recall=fmean(each.recall for each in scores),
        exact=fmean(each.exact for each in scores),
    )


def spread(
    right: Sequence[LabelledText], runs: Sequence[Sequence[Labels]], taxonomy: Taxonomy
) -> Spread:
    """Compare runs.

    Args:
        right: n texts; they say which dimensions are judged.
        runs: at least one; of each, what was found about the n texts.
        taxonomy: says how many decisions there are.
    """
    sizes = Counter(dimension_of(label.path) for label in taxonomy.walk())
    decisions = sum(sizes[id_] for text in right for id_ in text.dimensions)
    differing = 0
    for place, text in enumerate(right):
        said = [within(run[place], text.dimensions) for run in runs]
        differing += len(frozenset.union(*said) - frozenset.intersection(*said))
    scores = [score(right, run) for run in runs]
    return Spread(
        runs=len(runs),
        decisions=decisions,
        differing=differing / decisions if decisions else 0.0,
        micro_sd=_sd([each.micro_f1 for each in scores]),
        macro_sd=_sd([each.macro_f1 for each in scores]),
    )


def _sd(values: Sequence[float]) -> float:
    return stdev(values) if len(values) > 1 else 0.0
