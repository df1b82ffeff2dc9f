"""Ways of labelling, measured on the same texts and compared beyond noise, for `commonplace
evaluate`; the gate before a new model is `core.gate`.

A way may have answered several times (after learning from several draws of examples); its figure is
then the mean. All figures of all ways are sampled on the same redraws of the texts
(`core.bootstrap`), so that any two can be compared.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from core import metrics
from core.bootstrap import TIMES, Difference, Redraws, Sample, compare
from core.domain import LabelPath
from core.labelled import LabelledText
from core.metrics import Truth, Values
from core.scores import Labels, Sheet, dimensions_of
from core.taxonomy import Taxonomy

FIGURES = ("micro_f1", "macro_f1", "hierarchical_f1", "exact_path", "calibration_error")
"""Micro and macro F1 of the narrowest labels; F1 with ancestors; share of texts whose paths are all
right; expected calibration error, of which alone less is better. See `core.scores` and
`core.metrics`."""

Probabilities = Mapping[LabelPath, float]


@dataclass(frozen=True, slots=True)
class Answers:
    """What was said about n texts.

    Attributes:
        labels: of each text.
        probabilities: of each text, by label; what is not there counts as 0. None: none were
            stated.
    """

    labels: Sequence[Labels]
    probabilities: Sequence[Probabilities] | None = None


Figures = Mapping[str, Sample]
"""By the names in `FIGURES`; without a calibration error if there were no probabilities."""


@dataclass(frozen=True, slots=True)
class Measured:
    """How well a way did.

    Attributes:
        whole: in all dimensions together.
        dimensions: in each by itself.
    """

    whole: Figures
    dimensions: Mapping[str, Figures]


class Yardstick:
    """Measures ways of labelling on the same texts.

    Args:
        right: n texts, one at least; what is not known about them is not judged.
        taxonomy: what may be said.
        times, seed: of the redraws.
    """

    def __init__(
        self,
        right: Sequence[LabelledText],
        taxonomy: Taxonomy,
        *,
        times: int = TIMES,
        seed: int = 0,
    ) -> None:
        labels = [label.path for label in taxonomy.walk()]
        self._redraws = Redraws(len(right), times=times, seed=seed)
        self._whole = Sheet.of(right, labels)
        self._dimensions = {
            id_: Sheet.of(right, labels, dimension=id_) for id_ in dimensions_of(right)
        }

    def measure(self, runs: Sequence[Answers]) -> Measured:
        """Measure a way by its runs, at least one, each about the n texts in their order."""
        return Measured(
            whole=self._figures(self._whole, runs),
            dimensions={id_: self._figures(sheet, runs) for id_, sheet in self._dimensions.items()},
        )

    def _figures(self, sheet: Sheet, runs: Sequence[Answers]) -> Figures:
        each = [self._of_run(sheet, run) for run in runs]
        return {
            name: Sample(
                np.mean([found[name].value for found in each], axis=0),
                np.mean([found[name].redrawn for found in each], axis=0),
            )
            for name in FIGURES
            if all(name in found for found in each)
        }

    def _of_run(self, sheet: Sheet, run: Answers) -> dict[str, Sample]:
        truth, given = sheet.truth & sheet.judged, sheet.given(run.labels)
        figures = _of_labels(sheet, truth, given)
        if run.probabilities is not None:
            said = sheet.probabilities(run.probabilities)
            figures["calibration_error"] = lambda weights: metrics.calibration_error(
                truth, said, weights, known=sheet.judged
            )
        return {name: self._redraws.sample(figure) for name, figure in figures.items()}


def gains(candidate: Figures, present: Figures) -> dict[str, Difference]:
    """How much better one way is than another, in each figure that both have.

    Args:
        candidate, present: measured by the same yardstick.

    Returns:
        A gain is always for the better: of calibration error, by how much it is less.
    """
    return {
        name: compare(present[name], candidate[name])
        if name == "calibration_error"
        else compare(candidate[name], present[name])
        for name in FIGURES
        if name in candidate and name in present
    }


def interval(sample: Sample, *, level: float = 0.95) -> tuple[float, float]:
    """Bounds in which the middle of a figure's redraws lies."""
    outside = (1 - level) / 2
    low, high = np.quantile(sample.redrawn, [outside, 1 - outside])
    return float(low), float(high)


def _of_labels(sheet: Sheet, truth: Truth, given: Truth) -> dict[str, Callable[[Values], Values]]:
    """Each figure of labels, as one of the texts' weights."""
    names = FIGURES[:-1]
    if not truth.any() and not given.any():  # nothing to find, and nothing found
        return dict.fromkeys(names, lambda weights: np.ones(weights.shape[:-1]))
    ends, said_ends = sheet.narrowest(truth), sheet.narrowest(given)
    were_right = ends.any(axis=0)
    counted = sheet.counted

    def macro(weights: Values) -> Values:
        if not were_right.any():
            return np.zeros(weights.shape[:-1])
        return metrics.macro_f1(ends[:, were_right], said_ends[:, were_right], weights)

    return {
        "micro_f1": lambda weights: metrics.micro_f1(ends, said_ends, weights),
        "macro_f1": macro,
        "hierarchical_f1": lambda weights: metrics.micro_f1(truth, given, weights),
        "exact_path": lambda weights: metrics.exact_match(truth, given, weights * counted),
    }
