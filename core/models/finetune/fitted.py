"""Curves and thresholds by which log odds of unseen texts mean what they say.

What n examples say is trusted by n / (n + `HALF_TRUSTED`): of a label, how far its level lies from
that of all labels; of a dimension, which thresholds are best. The rest is as it was before, so each
example moves it a little.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from core import calibration
from core.calibration import Calibration
from core.domain import LabelPath
from core.labelling import Threshold
from core.models.finetune.question import Question, others
from core.models.finetune.seen import Truth, Values
from core.models.learned import Curve, LearnedLabel
from core.taxonomy import Label, dimension_of

HALF_TRUSTED = 32
"""Examples of a label from which its own shift in log odds counts half, and of a dimension from
which its thresholds do.

Calibrated log odds lie nearer together than those before, so a rule made for these finds next to
nothing: thresholds must be learnt with the curves. They take all labels of a dimension together
(`core.calibration.thresholds`), so what the dimension has counts, not what the label has.

How often a label was decided says little about how often it holds: people are asked about what is
doubtful, and about rare labels as about others. With shifts whole, sections of news that had 16
texts each lost more F1 on texts as they come than without; on headlines it made no difference.
"""


@dataclass(frozen=True)
class Fitted:
    """Curves and thresholds of the labels that are calibrated, by column."""

    chinese: dict[int, Curve]
    other: dict[int, Curve]
    least: dict[int, Threshold]

    def label(self, at: int, label: Label, texts: int) -> LearnedLabel:
        hypotheses = tuple(dict.fromkeys(label.hypotheses.values()))
        return LearnedLabel(
            label.path, hypotheses, texts, self.chinese[at], self.other[at], self.least[at]
        )

    def logits(self, logits: Values, both: Truth) -> Values:
        found = logits.copy()
        for side, rows in ((self.chinese, both), (self.other, ~both)):
            for at, curve in side.items():
                found[rows, at] = curve.slope * logits[rows, at] + curve.offset
        return found

    def thresholds(self, paths: Sequence[LabelPath]) -> dict[LabelPath, Threshold]:
        return {paths[at]: least for at, least in self.least.items()}


def calibrated(logits: Values, plain: Values, asked: Question) -> Fitted:
    """Curves for Chinese pairs and for others, for each dimension; thresholds for all.

    Args:
        logits, plain: see `Choice`. Labels without an example are calibrated as those that have
            some would be without them: what is moved has another spread.
    """
    learns = asked.learns
    curves = curves_of(plain, asked)
    for is_chinese, own in curves_of(logits, asked).items():
        curves[is_chinese] |= {at: own[at] for at in learns}
    odds = levelled(logits, asked, learns, curves)
    least: dict[int, Threshold] = {}
    for columns in dimensions_of(asked.paths, learns):
        said = odds[:, [learns.index(at) for at in columns]]
        holds, known = asked.holds[:, columns], asked.known[:, columns]
        share = trusted(int(holds.any(axis=1).sum()))
        common = np.array(calibration.best_threshold(said[known], holds[known]))
        dimension = dimension_of(asked.paths[columns[0]])
        least |= {
            at: Threshold(float(calibration.probability(common)), share)
            for at in asked.calibrates
            if dimension_of(asked.paths[at]) == dimension
        }
        found = calibration.thresholds(said, holds, known).tolist()
        least |= {at: Threshold(each, share) for at, each in zip(columns, found, strict=True)}
    return Fitted(curves[True], curves[False], least)


def cross_fitted(logits: Values, plain: Values, asked: Question, fold_of: Sequence[int]) -> Values:
    """Log odds, calibrated for each fold on the other folds."""
    found = logits.copy()
    for fold in sorted(set(fold_of)):
        rest = others(fold_of, fold)
        own = [at for at, each in enumerate(fold_of) if each == fold]
        fitted = calibrated(logits[rest], plain[rest], asked.of(rest))
        found[own] = fitted.logits(logits[own], asked.both[own])
    return found


def trusted(texts: int) -> float:
    """How far so many examples are trusted, 0 to 1."""
    return float(texts / (texts + HALF_TRUSTED))


def dimensions_of(paths: Sequence[LabelPath], columns: Sequence[int]) -> Iterator[list[int]]:
    found: dict[str, list[int]] = {}
    for at in columns:
        found.setdefault(dimension_of(paths[at]), []).append(at)
    yield from found.values()


def curves_of(logits: Values, asked: Question) -> dict[bool, dict[int, Curve]]:
    """By whether pairs are Chinese and by column; labels without examples have that of all."""
    curves: dict[bool, dict[int, Curve]] = {True: {}, False: {}}
    texts = asked.holds.sum(axis=0)
    calibrates = asked.calibrates
    for columns in dimensions_of(asked.paths, asked.learns):
        x, y, told = logits[:, columns], asked.holds[:, columns], asked.known[:, columns]
        pooled = calibration.calibrate(x, y, told)
        dimension = dimension_of(asked.paths[columns[0]])
        for is_chinese, rows in ((True, asked.both), (False, ~asked.both)):
            own: Calibration = pooled
            if rows.any() and not rows.all():
                own = calibration.calibrate(x[rows], y[rows], told[rows], around=pooled)
            shifts = dict(zip(columns, own.shifts.tolist(), strict=True))
            curves[is_chinese] |= {
                at: Curve(own.slope, own.offset + trusted(texts[at]) * shifts.get(at, 0.0))
                for at in calibrates
                if dimension_of(asked.paths[at]) == dimension
            }
    return curves


def levelled(
    logits: Values,
    asked: Question,
    learns: Sequence[int],
    curves: Mapping[bool, Mapping[int, Curve]],
) -> Values:
    """Calibrated log odds of the labels that have examples."""
    found = logits[:, learns].copy()
    for is_chinese, rows in ((True, asked.both), (False, ~asked.both)):
        for place, at in enumerate(learns):
            curve = curves[is_chinese][at]
            found[rows, place] = curve.slope * found[rows, place] + curve.offset
    return found
