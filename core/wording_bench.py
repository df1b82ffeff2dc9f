"""Where wordings are measured, by what a model answered to them.

A wording is judged by mean average precision (how well each label ranks the texts; no threshold is
needed), and by macro F1 of the labels that `core.labelling.descend` gives, both with the redraws of
the bootstrap over texts (`core.bootstrap`).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.bootstrap import Difference, Redraws, Sample, compare
from core.domain import LabelPath
from core.labelling import Rule, descend
from core.metrics import Truth, Values, average_precision, log_loss, macro_f1
from core.taxonomy import Taxonomy
from core.wording import Wording
from core.wording_trial import Answers, Questions, Trial


@dataclass(frozen=True, slots=True)
class Row:
    """How one wording of a dimension did.

    Attributes:
        ranking: mean average precision; f1: macro F1 of the labels given; loss: mean log loss.
            Labels without examples have no part in them.
        ranking_gain, f1_gain: against the present wording, on all texts; None for itself.
        chosen: share of the splits in which it was the best template.
    """

    wording: Wording
    ranking: float
    f1: float
    loss: float
    ranking_gain: Difference | None
    f1_gain: Difference | None
    chosen: float


@dataclass(frozen=True, slots=True)
class LabelRow:
    """How one label did.

    Attributes:
        examples, given, found: texts that it holds for, that it was given to, and both.
        precision: average precision, as it is asked about now.
        best: the wording that ranks the texts best, if one does better than now; gain: its own, on
            the texts that it was chosen on.
    """

    path: LabelPath
    examples: int
    given: int
    found: int
    precision: float
    f1: float
    loss: float
    best: Wording | None
    gain: Difference | None


class Bench:
    """Where wordings are measured; what was measured once is kept.

    Args:
        trial: what was asked; answers: to all of it.
        rule: how labels are given.
        seed, times: of redraws.

    Attributes:
        truth: which labels hold, shape (n, k); place: of each label among the k.
        judged: places of the labels that have examples.
    """

    def __init__(
        self, trial: Trial, answers: Answers, *, rule: Rule, seed: int, times: int
    ) -> None:
        self._trial, self._answers, self._rule = trial, answers, rule
        view = trial.view
        self.truth = view.truth
        self.place = {label.path: place for place, label in enumerate(view.labels)}
        self.judged = [
            place for place, label in enumerate(view.labels) if view.examples[label.path]
        ]
        self._taxonomy = Taxonomy(dimensions=(view.dimension,))
        self._redraws = Redraws(len(view.texts), times=times, seed=seed)
        self._columns: dict[str, Values] = {}
        self._precisions: dict[tuple[int, str], Sample] = {}
        self._given: dict[tuple[str, ...], Truth] = {}

    def sampled(self, questions: Questions) -> tuple[Sample, Sample, float]:
        """Mean average precision, macro F1, and mean log loss."""
        asked = [questions[label.path] for label in self._trial.view.labels]
        ranking = mean_of([self._precision(place, asked[place]) for place in self.judged])
        given = self.given(questions)
        return ranking, self._f1(given), self._loss(self._scores(asked))

    def mean_of_answers(self) -> tuple[Sample, Sample, float]:
        """The same for the mean of the answers to all wordings of the dimension."""
        labels = self._trial.view.labels
        scores = np.mean(
            [
                self._scores([each.questions[label.path] for label in labels])
                for each in self._trial.wordings
            ],
            axis=0,
        )
        truth = self.truth[:, self.judged]
        ranking = self._redraws.sample(
            lambda weights: average_precision(truth, scores[:, self.judged], weights).mean(-1)
        )
        return ranking, self._f1(self._decided(scores)), self._loss(scores)

    def row(
        self,
        wording: Wording,
        own: tuple[Sample, Sample, float],
        present: tuple[Sample, Sample, float] | None,
        *,
        chosen: float,
    ) -> Row:
        """What is told about a wording."""
        ranking, f1, loss = own
        return Row(
            wording=wording,
            ranking=float(ranking.value),
            f1=float(f1.value),
            loss=loss,
            ranking_gain=compare(ranking, present[0]) if present else None,
            f1_gain=compare(f1, present[1]) if present else None,
            chosen=chosen,
        )

    def label_row(self, path: LabelPath, present: Questions) -> LabelRow:
        """What is told about a label: how it does now, and which wording would rank best."""
        place = self.place[path]
        truth, given = self.truth[:, place], self.given(present)[:, place]
        now = self._precision(place, present[path])
        others = [
            (each, self._precision(place, each.questions[path]))
            for each in self._trial.by_label.get(path, ())
            if each.questions[path] not in present.values()
        ]
        best = max(others, key=lambda each: float(each[1].value), default=None)
        if best is not None and best[1].value <= now.value:
            best = None
        column = self.column(present[path])[:, None]
        examples, given_to, found = int(truth.sum()), int(given.sum()), int((truth & given).sum())
        return LabelRow(
            path=path,
            examples=examples,
            given=given_to,
            found=found,
            precision=float(now.value),
            f1=2 * found / (examples + given_to),
            loss=float(log_loss(truth[:, None], column)[0]),
            best=best[0] if best else None,
            gain=compare(best[1], now) if best else None,
        )

    def given(self, questions: Questions) -> Truth:
        """Which labels the rule gives, shape (n, k)."""
        asked = tuple(questions[label.path] for label in self._trial.view.labels)
        if asked not in self._given:
            self._given[asked] = self._decided(self._scores(asked))
        return self._given[asked]

    def f1(self, questions: Questions) -> float:
        """Macro F1 of the labels that the rule gives."""
        given = self.given(questions)
        return float(macro_f1(self.truth[:, self.judged], given[:, self.judged]))

    def column(self, question: str) -> Values:
        """The answers to a question about each of the n texts."""
        if question not in self._columns:
            self._columns[question] = np.array(
                [self._answers[premise, question] for premise in self._trial.view.premises]
            )
        return self._columns[question]

    def _f1(self, given: Truth) -> Sample:
        truth = self.truth[:, self.judged]
        return self._redraws.sample(lambda weights: macro_f1(truth, given[:, self.judged], weights))

    def _loss(self, scores: Values) -> float:
        return float(log_loss(self.truth[:, self.judged], scores[:, self.judged]).mean())

    def _decided(self, scores: Values) -> Truth:
        paths = [label.path for label in self._trial.view.labels]
        given = np.zeros(scores.shape, np.bool_)
        for text, row in enumerate(scores.tolist()):
            walk = descend(self._taxonomy, dict(zip(paths, row, strict=True)), rule=self._rule)
            for label in walk.labels:
                given[text, self.place[label.path]] = True
        return given

    def _scores(self, asked: Sequence[str]) -> Values:
        return np.stack([self.column(question) for question in asked], axis=1)

    def _precision(self, place: int, question: str) -> Sample:
        """Average precision of a label, asked so, on all texts."""
        if (place, question) not in self._precisions:
            figure = average_precision_of(self.truth[:, place], self.column(question))
            self._precisions[place, question] = self._redraws.sample(figure)
        return self._precisions[place, question]


def average_precision_of(truth: NDArray[np.bool_], scores: Values) -> Callable[[Values], Values]:
    """Average precision of one label, as a figure of weights."""
    return lambda weights: average_precision(truth[:, None], scores[:, None], weights)[..., 0]


def mean_of(samples: Sequence[Sample]) -> Sample:
    """The mean of figures that were redrawn together."""
    return Sample(
        np.mean([each.value for each in samples], axis=0),
        np.mean([each.redrawn for each in samples], axis=0),
    )
