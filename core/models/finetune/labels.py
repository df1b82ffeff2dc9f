"""What labels learn from the towers' answers about unseen texts: vectors, curves, thresholds; no
torch."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray

from core import calibration
from core.domain import LabelPath, Language
from core.models.entailer import CHINESE, CHINESE_SHARE
from core.models.finetune import seen as seen_by
from core.models.finetune.plan import Plan
from core.models.finetune.seen import Seen, Tower
from core.models.learned import Curve, LearnedLabel
from core.taxonomy import Label

Values = NDArray[np.float64]

SHARES = (0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
"""Of the Chinese tower in log odds about Chinese pairs: what is tried."""

SIDE_LEAST = 30
"""Known answers about Chinese pairs, or about others, from which these get a curve of their own."""


def others(fold_of: Sequence[int], fold: int) -> list[int]:
    return [at for at, own in enumerate(fold_of) if own != fold]


def unseen_logits(
    tower: Tower,
    seen: Sequence[Seen],
    holds: seen_by.Truth,
    fold_of: Sequence[int],
    part_of: Sequence[int],
    languages: Sequence[Language],
    learns: Sequence[int],
    *,
    plan: Plan,
) -> Values:
    """Log odds of every example and label by a model that has not seen the example: its tower was
    trained without the example's fold, and its labels learnt without the example's part."""
    found = np.zeros(holds.shape, np.float64)
    for fold, part in sorted(set(zip(fold_of, part_of, strict=True))):
        rest = [at for at in tower.rows if part_of[at] != part]
        own = [at for at, each in enumerate(part_of) if each == part and fold_of[at] == fold]
        added = seen_by.added(seen[fold].texts[rest], holds[rest], learns, plan=plan)
        found[own] = seen_by.logits(seen[fold], added, languages, own)
    return found


def mixed(raw: dict[str, Values], both: seen_by.Truth, share: float | None) -> Values:
    if share is None:
        return raw["main"]
    mixed = raw["main"].copy()
    mixed[both] = (1 - share) * raw["main"][both] + share * raw[CHINESE][both]
    return mixed


def chosen_of(
    towers: Sequence[Tower],
    options: dict[str, list[list[Seen]]],
    both: seen_by.Truth,
    holds: seen_by.Truth,
    known: seen_by.Truth,
    fold_of: Sequence[int],
    part_of: Sequence[int],
    languages: Sequence[Language],
    learns: Sequence[int],
    *,
    plan: Plan,
) -> tuple[dict[str, int], dict[str, Values], float | None]:
    """For each tower whether it stays as it was, and the Chinese one's share: what is the least
    surprised, once calibrated, by what people said of texts unseen.

    Returns:
        The choices, the towers' log odds about unseen texts, and the share.
    """
    unseen = {
        tower.name: [
            unseen_logits(tower, each, holds, fold_of, part_of, languages, learns, plan=plan)
            for each in options[tower.name]
        ]
        for tower in towers
    }
    truth, told = holds[:, learns], known[:, learns]
    is_asked = bool(both.any()) and CHINESE in options
    shares: Sequence[float | None] = (None,)
    if CHINESE in options:
        shares = SHARES if is_asked and told[both].sum() >= SIDE_LEAST else (CHINESE_SHARE,)

    def surprise(choice: tuple[tuple[int, ...], float | None]) -> float:
        picked, share = choice
        raw = {name: unseen[name][at] for name, at in zip(options, picked, strict=True)}
        said = mixed(raw, both, share)[:, learns]
        found = 0.0
        for rows in (both, ~both):
            if told[rows].any():
                fitted = calibration.calibrate(said[rows], truth[rows], told[rows])
                odds = fitted.logits(said[rows])
                found += float((np.logaddexp(0, odds) - truth[rows] * odds)[told[rows]].sum())
        return found

    picks = product(*(range(len(own)) for own in options.values()))
    picked, share = min(product(picks, shares), key=surprise)
    chosen = dict(zip(options, picked, strict=True))
    return chosen, {name: unseen[name][at] for name, at in chosen.items()}, share


@dataclass(frozen=True)
class Fitted:
    """Curves and thresholds of the labels that learn, by column."""

    chinese: dict[int, Curve]
    other: dict[int, Curve]
    least: dict[int, float]

    def label(self, at: int, label: Label, texts: int) -> LearnedLabel:
        hypotheses = tuple(dict.fromkeys(label.hypotheses.values()))
        return LearnedLabel(
            label.path, hypotheses, texts, self.chinese[at], self.other[at], self.least[at]
        )

    def logits(self, logits: Values, both: seen_by.Truth) -> Values:
        found = logits.copy()
        for side, rows in ((self.chinese, both), (self.other, ~both)):
            for at, curve in side.items():
                found[rows, at] = curve.slope * logits[rows, at] + curve.offset
        return found

    def thresholds(
        self, paths: Sequence[LabelPath], learns: Sequence[int]
    ) -> dict[LabelPath, float]:
        return {paths[at]: self.least[at] for at in learns}


def calibrated(
    logits: Values,
    holds: seen_by.Truth,
    known: seen_by.Truth,
    both: seen_by.Truth,
    paths: Sequence[LabelPath],
    learns: Sequence[int],
) -> Fitted:
    """Curves for Chinese pairs and for others, for each dimension; thresholds for all."""
    chinese: dict[int, Curve] = {}
    other: dict[int, Curve] = {}
    least: dict[int, float] = {}
    dimensions: dict[str, list[int]] = {}
    for at in learns:
        dimensions.setdefault(paths[at].split("/", 1)[0], []).append(at)
    for columns in dimensions.values():
        x, y, told = logits[:, columns], holds[:, columns], known[:, columns]
        pooled = calibration.calibrate(x, y, told)
        levelled = pooled.logits(x)
        for curves, rows in ((chinese, both), (other, ~both)):
            own = pooled
            if int((y & told)[rows].sum()) >= SIDE_LEAST:
                own = calibration.calibrate(x[rows], y[rows], told[rows])
            levelled[rows] = own.logits(x[rows])
            for place, at in enumerate(columns):
                curves[at] = Curve(own.slope, own.offset + float(own.shifts[place]))
        again = calibration.thresholds(levelled, y, told)
        least |= {at: float(each) for at, each in zip(columns, again, strict=True)}
    return Fitted(chinese, other, least)


def cross_fitted(
    logits: Values,
    holds: seen_by.Truth,
    known: seen_by.Truth,
    both: seen_by.Truth,
    paths: Sequence[LabelPath],
    learns: Sequence[int],
    fold_of: Sequence[int],
) -> Values:
    """Log odds, calibrated for each fold on the other folds."""
    found = logits.copy()
    for fold in sorted(set(fold_of)):
        rest = others(fold_of, fold)
        own = [at for at, each in enumerate(fold_of) if each == fold]
        fitted = calibrated(logits[rest], holds[rest], known[rest], both[rest], paths, learns)
        found[own] = fitted.logits(logits[own], both[own])
    return found
