"""A cascade: the top labels first; each level is handed the result of the one above.

One classifier a level sees the vector and which labels of the level above were given; only children
of given labels can be given. In learning, the right labels stand in for the result of the level
above. So a mistake above is handed down: what was refused there is never found below.

Source: local classifiers per level, Silla and Freitas 2011, "A Survey of Hierarchical
Classification Across Different Application Domains".
"""

import numpy as np
from numpy.typing import NDArray

from core.models.heads import logistic
from core.models.heads.forest import Forest, Progress, Truth, Values
from core.ports import Vectors


class Cascade:
    """A logistic regression for each label of each level, above which the result is known.

    Args:
        forest: the labels.
    """

    def __init__(self, forest: Forest) -> None:
        self._forest = forest
        self._levels = [
            np.flatnonzero(np.array(forest.depths) == depth)
            for depth in range(1, max(forest.depths, default=0) + 1)
        ]
        self._fitted: list[logistic.Logistic] = []

    def fit(
        self, vectors: Vectors, truth: Truth, known: Truth, *, seed: int, on_progress: Progress
    ) -> None:
        """Learn; see `Head`. Below the top, from texts with the parent alone."""
        self._fitted = []
        levels = len(self._levels)
        for number, columns in enumerate(self._levels):
            features = self._features(vectors, truth, number)
            counted = known[:, columns] & self._is_open(truth, columns)

            def move(done: int, total: int, number: int = number) -> None:
                on_progress(number * total + done, levels * total)

            self._fitted.append(
                logistic.fit(features, truth[:, columns], counted, seed=seed, on_progress=move)
            )

    def label(self, vectors: Vectors) -> tuple[Truth, Values]:
        """Label; see `Head`. A probability is that of all labels of the path together."""
        if not self._fitted:
            raise RuntimeError("the head has not learnt yet; call `fit` first")
        shape = (len(vectors), len(self._forest.labels))
        given, said = np.zeros(shape, np.bool_), np.zeros(shape)
        for number, (columns, fitted) in enumerate(zip(self._levels, self._fitted, strict=True)):
            own = fitted.probabilities(self._features(vectors, given, number))
            above = [self._forest.parents[at] for at in columns]
            over = np.stack(
                [said[:, at] if at >= 0 else np.ones(len(vectors)) for at in above], axis=1
            )
            said[:, columns] = own * over
            accepted = (own >= fitted.threshold) & self._is_open(given, columns)
            given[:, columns] = self._at_most_one(accepted, own, columns)
        return given, said

    def _features(self, vectors: Vectors, given: Truth, number: int) -> Values:
        """The vector, and what the level above gave."""
        features = vectors.astype(np.float64)
        if number == 0:
            return features
        return np.hstack([features, given[:, self._levels[number - 1]].astype(np.float64)])

    def _is_open(self, given: Truth, columns: NDArray[np.intp]) -> Truth:
        """Whether the parent of each label is given; shape (n, columns)."""
        opened = [
            given[:, parent] if parent >= 0 else np.ones(len(given), np.bool_)
            for parent in (self._forest.parents[at] for at in columns)
        ]
        return np.stack(opened, axis=1)

    def _at_most_one(self, accepted: Truth, own: Values, columns: NDArray[np.intp]) -> Truth:
        """Where a dimension's choice is one, the most probable label of the level stays."""
        kept = accepted.copy()
        numbers = np.array([self._forest.dimensions[at] for at in columns])
        for number, is_one in enumerate(self._forest.is_one):
            here = np.flatnonzero(numbers == number)
            if is_one and len(here):
                best = np.where(accepted[:, here], own[:, here], -1.0).argmax(axis=1)
                kept[:, here] &= np.arange(len(here)) == best[:, None]
        return kept
