"""A flat classifier: every label of every level by itself, as if there were no tree.

Labels found are closed under their ancestors afterwards, and where one label holds at most, the
most probable one stays. Binary relevance, as in Tsoumakas and Katakis 2007, "Multi-Label
Classification: An Overview".
"""

import numpy as np

from core.models.heads import logistic
from core.models.heads.forest import Forest, Progress, Truth, Values
from core.ports import Vectors


class Flat:
    """A logistic regression for each label.

    Args:
        forest: the labels.
    """

    def __init__(self, forest: Forest) -> None:
        self._forest = forest
        self._fitted: logistic.Logistic | None = None

    def fit(
        self, vectors: Vectors, truth: Truth, known: Truth, *, seed: int, on_progress: Progress
    ) -> None:
        """Learn; see `Head`."""
        features = vectors.astype(np.float64)
        self._fitted = logistic.fit(features, truth, known, seed=seed, on_progress=on_progress)

    def label(self, vectors: Vectors) -> tuple[Truth, Values]:
        """Label; see `Head`."""
        if self._fitted is None:
            raise RuntimeError("the head has not learnt yet; call `fit` first")
        said = self._fitted.probabilities(vectors.astype(np.float64))
        given = said >= self._fitted.threshold
        for number, is_one in enumerate(self._forest.is_one):
            if is_one:
                _keep_best(given, said, [each == number for each in self._forest.dimensions])
        return self._forest.with_ancestors(given), said


def _keep_best(given: Truth, said: Values, where: list[bool]) -> None:
    """Of some labels that are given, leave the most probable one of each text."""
    columns = np.flatnonzero(where)
    best = columns[np.where(given[:, columns], said[:, columns], -1.0).argmax(axis=1)]
    was_given = given[np.arange(len(given)), best]
    given[:, columns] = False
    given[np.arange(len(given)), best] = was_given
