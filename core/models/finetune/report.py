"""What a community's model does better than the one before, on texts that it has not seen.

Labels are those that the bot would give: before, by the model that training began with; after, by
the models that were trained without the text, calibrated without it, with thresholds chosen without
it. Probabilities are judged on the labels that were learnt. What the latter say of each text is
kept beside the weights (`core.unseen`).
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core import metrics
from core.domain import LabelPath, Language, Premise
from core.labelling import BUILTIN_RULE, Rule, Threshold
from core.models.annotator import EntailmentAnnotator
from core.models.entailer import (
    BuiltinEntailer,
    TowersEntailer,
    joined,
    make_entailer,
    probabilities,
)
from core.taxonomy import Taxonomy, dimension_of
from core.training_set import LEAST_WITH_LABEL, Example, with_label
from core.unseen import Answered

Values = NDArray[np.float64]
Labels = frozenset[LabelPath]

_NOTHING = Answered(frozenset(), {})


@dataclass(frozen=True)
class HeldOut:
    """What models said of examples that they had not seen.

    Attributes:
        logits: of shape (examples, labels of the taxonomy in the order of its walk).
        thresholds: by fold, of the labels that have examples.
        folds: of each example.
        learns: labels that were learnt.
    """

    logits: Values
    thresholds: Sequence[Mapping[LabelPath, Threshold]]
    folds: Sequence[int]
    learns: frozenset[LabelPath]


@dataclass(frozen=True, slots=True)
class Figures:
    """How well labels were found, each 0 to 1; all are 1 if there was nothing to find, nor found.

    Attributes:
        texts: how many were judged.
        micro_f1: over all decisions; `macro_f1`: mean of the labels' own.
        exact: share of texts all of whose labels are right.
    """

    texts: int
    micro_f1: float
    macro_f1: float
    exact: float


@dataclass(frozen=True, slots=True)
class Judged:
    """How well labels and probabilities of unseen texts were.

    Attributes:
        scores: over all dimensions; `dimensions`: of each.
        calibration_error: of the labels that were learnt, 0 to 1.
    """

    scores: Figures
    dimensions: Mapping[str, Figures]
    calibration_error: float


@dataclass(frozen=True, slots=True)
class Report:
    """What training came to.

    Attributes:
        examples: how many labelled texts; `stories`: how many stories they tell of; `unlabelled`:
            how many texts that nobody labelled.
        learnt: for each label that has examples enough to say how well it was learnt, how many
            texts have it; `rare`: for each that has fewer.
        before, after: on unseen texts.
        seconds: that it took, without what an earlier run had done.
    """

    examples: int
    stories: int
    learnt: Mapping[LabelPath, int]
    rare: Mapping[LabelPath, int]
    before: Judged
    after: Judged
    seconds: float
    unlabelled: int = 0


def judge_held_out(
    examples: Sequence[Example],
    taxonomy: Taxonomy,
    base: Path,
    held_out: HeldOut,
    *,
    seconds: float,
    unlabelled: int = 0,
) -> tuple[Report, list[Answered]]:
    """Label everything before and after, and compare with what people said.

    Returns:
        The comparison, and what is said after of each example.
    """
    entailer = make_entailer(str(base))
    assert isinstance(entailer, BuiltinEntailer | TowersEntailer), "checked before"
    judge = entailer if isinstance(entailer, BuiltinEntailer) else None
    towers = entailer.towers if isinstance(entailer, BuiltinEntailer) else entailer
    before_rule = replace(BUILTIN_RULE, thresholds=towers.thresholds)
    before = _answered(examples, taxonomy, towers, judge, before_rule)
    after = [_NOTHING] * len(examples)
    for fold, thresholds in enumerate(held_out.thresholds):
        rows = [at for at, own in enumerate(held_out.folds) if own == fold]
        own = [examples[at] for at in rows]
        unseen = _Unseen(own, taxonomy, held_out.logits[rows])
        rule = replace(BUILTIN_RULE, thresholds=thresholds)
        judged = _JudgedUnseen(unseen, judge) if judge is not None else None
        for at, said in zip(rows, _answered(own, taxonomy, unseen, judged, rule), strict=True):
            after[at] = said
    paths = [label.path for label in taxonomy.walk()]
    before_logits = _all_logits(examples, taxonomy, towers)
    counts = with_label(examples)
    report = Report(
        examples=len(examples),
        stories=len({each.story or each.id for each in examples}),
        learnt={path: counts[path] for path in paths if counts[path] >= LEAST_WITH_LABEL},
        rare={path: counts[path] for path in paths if 0 < counts[path] < LEAST_WITH_LABEL},
        before=_judged(examples, paths, before, before_logits, held_out.learns),
        after=_judged(examples, paths, after, held_out.logits, held_out.learns),
        seconds=seconds,
        unlabelled=unlabelled,
    )
    return report, after


def _judged(
    examples: Sequence[Example],
    paths: Sequence[LabelPath],
    answered: Sequence[Answered],
    logits: Values,
    learns: frozenset[LabelPath],
) -> Judged:
    said = [
        (each.says(path), logits[row, column])
        for row, each in enumerate(examples)
        for column, path in enumerate(paths)
        if path in learns and each.says(path) is not None
    ]
    dimensions = sorted(frozenset[str]().union(*(each.complete for each in examples)))
    labels = [each.labels for each in answered]
    truth = np.array([[holds is True] for holds, _ in said], np.bool_)
    given = np.array(probabilities(np.array([value for _, value in said])))[:, None]
    return Judged(
        scores=_figures(examples, labels, None),
        dimensions={id_: _figures(examples, labels, id_) for id_ in dimensions},
        calibration_error=float(metrics.calibration_error(truth, given)),
    )


def _figures(
    examples: Sequence[Example], found: Sequence[Labels], dimension: str | None
) -> Figures:
    """Judge one dimension, or all: in texts where no label of it is missing."""
    pairs = []
    for example, said in zip(examples, found, strict=True):
        judged = example.complete if dimension is None else example.complete & {dimension}
        if judged:
            right = frozenset(path for path in example.holds if dimension_of(path) in judged)
            pairs.append((right, frozenset(path for path in said if dimension_of(path) in judged)))
    labels = sorted(frozenset[LabelPath]().union(*(right | said for right, said in pairs)))
    if not labels:
        return Figures(len(pairs), 1.0, 1.0, 1.0)
    truth = np.array([[label in right for label in labels] for right, _ in pairs], np.bool_)
    given = np.array([[label in said for label in labels] for _, said in pairs], np.bool_)
    return Figures(
        texts=len(pairs),
        micro_f1=float(metrics.micro_f1(truth, given)),
        macro_f1=float(metrics.macro_f1(truth, given)),
        exact=float(metrics.exact_match(truth, given)),
    )


def _answered(
    examples: Sequence[Example],
    taxonomy: Taxonomy,
    towers: "TowersEntailer | _Unseen",
    judged: "BuiltinEntailer | _JudgedUnseen | None",
    rule: Rule,
) -> list[Answered]:
    """What the bot would say."""
    if judged is None:
        annotator = EntailmentAnnotator(towers, rule=rule)
    else:
        annotator = EntailmentAnnotator(judged, rule=rule, bound=towers)
    places: dict[Language, list[int]] = defaultdict(list)
    for at, each in enumerate(examples):
        places[each.language].append(at)
    found = [_NOTHING] * len(examples)
    for language, here in places.items():
        premises = [Premise(examples[at].premise, "text") for at in here]
        for at, labelling in zip(
            here, annotator.annotate(premises, taxonomy=taxonomy, language=language), strict=True
        ):
            found[at] = Answered(
                frozenset(label.path for label in labelling.labels),
                {answer.path: answer.probability for answer in labelling.answers},
            )
    return found


def _all_logits(examples: Sequence[Example], taxonomy: Taxonomy, towers: TowersEntailer) -> Values:
    labels = tuple(taxonomy.walk())
    pairs = [
        (each.premise, taxonomy.hypothesis(label.path, each.language))
        for each in examples
        for label in labels
    ]
    return towers.logits(pairs).reshape(len(examples), len(labels))


class _Unseen:
    """Answers with what was kept: a tower, as it were, that has not seen these examples."""

    version = "unseen"

    def __init__(
        self,
        examples: Sequence[Example],
        taxonomy: Taxonomy,
        logits: Values,
    ) -> None:
        labels = tuple(taxonomy.walk())
        self._logits = {
            (each.premise, taxonomy.hypothesis(label.path, each.language)): float(logits[row, at])
            for row, each in enumerate(examples)
            for at, label in enumerate(labels)
        }

    def logits(self, pairs: Sequence[tuple[str, str]]) -> Values:
        return np.array([self._logits[pair] for pair in pairs], np.float64)

    def entail(self, pairs: Sequence[tuple[str, str]]) -> list[float]:
        return probabilities(self.logits(pairs))


class _JudgedUnseen:
    """The same, joined with the judge."""

    version = "unseen"

    def __init__(self, unseen: _Unseen, judge: BuiltinEntailer) -> None:
        self._unseen = unseen
        self._judge = judge

    def entail(self, pairs: Sequence[tuple[str, str]]) -> list[float]:
        return probabilities(joined(self._unseen.logits(pairs), self._judge.weighed(pairs)))
