"""Contests of wordings: chosen on one half of the texts, confirmed on the other.

The best of many looks better than it is; on texts that had no part in choosing it does not. Since
one split may be lucky, this is done on `SPLITS` random ones, whose p are joined by
`core.bootstrap.agreed`. The p of a split is that of its own choice, which knew nothing of the other
half, or that of the wording that most splits chose, whichever is larger; and 1 where the present
wording was chosen.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from core.bootstrap import Redraws, Sample, agreed, compare, halves
from core.metrics import Values
from core.wording_bench import Bench, average_precision_of, mean_of
from core.wording_trial import Questions, View

SPLITS = 20


@dataclass(frozen=True, slots=True)
class Contest:
    """Candidates, chosen on halves and confirmed on the others.

    Attributes:
        best: the place of the one that most splits chose; 0 is the present one.
        unseen_gain, p: its own.
        chosen: share of the splits that chose each.
    """

    best: int
    unseen_gain: float
    p: float
    chosen: tuple[float, ...]


class Contests:
    """Holds contests; what was measured once is kept.

    Args:
        bench: of the view; it knows the answers.
        seed, times: of splits and redraws.
    """

    def __init__(self, bench: Bench, view: View, *, seed: int, times: int) -> None:
        self._bench, self._labels = bench, view.labels
        kinds = [row.tobytes() for row in view.truth]
        self._halves = list(halves(kinds, times=SPLITS, seed=seed))
        self._choosing = np.zeros((SPLITS, len(view.texts)))
        for split, (first, _) in enumerate(self._halves):
            self._choosing[split, first] = 1.0
        self._confirming = [
            Redraws(len(second), times=times, seed=seed + 1 + split)
            for split, (_, second) in enumerate(self._halves)
        ]
        self._on_halves: dict[tuple[int, str], Values] = {}
        self._unseen: dict[tuple[int, int, str], Sample] = {}

    def hold(
        self, candidates: Sequence[Questions], present: Questions, places: Sequence[int]
    ) -> Contest:
        """Choose on one half of the texts and confirm on the other, on every split.

        Args:
            candidates: the present one first.
            present: the first candidate.
            places: of the labels whose mean average precision decides.
        """
        paths = [self._labels[place].path for place in places]
        standing = np.stack(
            [
                np.mean(
                    [
                        self._on_half(place, each[path])
                        for place, path in zip(places, paths, strict=True)
                    ],
                    axis=0,
                )
                for each in candidates
            ]
        )
        winners: list[int] = standing.argmax(axis=0).tolist()  # of equals, the present one
        count = Counter(winners)
        best = max(range(len(candidates)), key=lambda each: (count[each], -each))
        chosen = tuple(count[each] / SPLITS for each in range(len(candidates)))
        if best == 0:
            return Contest(best=0, unseen_gain=0.0, p=1.0, chosen=chosen)

        def confirmed(split: int, asked: Questions) -> Sample:
            pairs = zip(places, paths, strict=True)
            return mean_of([self._confirmed(split, place, asked[path]) for place, path in pairs])

        gains, shares = [], []
        for split, winner in enumerate(winners):
            now = confirmed(split, present)
            ours = compare(confirmed(split, candidates[best]), now)
            gains.append(ours.gain)
            # where others are as good, splits differ in which they choose: both must be better
            own_choice = compare(confirmed(split, candidates[winner]), now)
            shares.append(max(ours.p, own_choice.p) if winner else 1.0)
        return Contest(
            best=best, unseen_gain=float(np.mean(gains)), p=agreed(shares), chosen=chosen
        )

    def _on_half(self, place: int, question: str) -> Values:
        """The same on the choosing half of every split, shape (SPLITS,)."""
        if (place, question) not in self._on_halves:
            figure = average_precision_of(self._bench.truth[:, place], self._bench.column(question))
            self._on_halves[place, question] = figure(self._choosing)
        return self._on_halves[place, question]

    def _confirmed(self, split: int, place: int, question: str) -> Sample:
        """The same on the confirming half of one split."""
        if (split, place, question) not in self._unseen:
            second = self._halves[split][1]
            figure = average_precision_of(
                self._bench.truth[second, place], self._bench.column(question)[second]
            )
            self._unseen[split, place, question] = self._confirming[split].sample(figure)
        return self._unseen[split, place, question]
