"""What labels learn from the towers' answers about unseen texts: vectors, curves, thresholds.

Little is trusted to little: whatever moves away from the model before must be better on unseen
texts by more than chance, and the answers and thresholds of a label that has n examples are its own
by n / (n + `HALF_TRUSTED`), for the rest those of the model before. So a model that learnt from
nothing is the one before, and each example moves it a little.

Source: of options that do equally well within one standard error, the simplest (Breiman, Friedman,
Olshen and Stone 1984, section 3.4.3).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray

from core import calibration
from core.calibration import Calibration
from core.domain import LabelPath, Language
from core.labelling import Threshold
from core.models.entailer import CHINESE, CHINESE_SHARE
from core.models.finetune import seen as seen_by
from core.models.finetune.plan import Plan
from core.models.finetune.seen import Move, Seen, Tower
from core.models.learned import Curve, LearnedLabel
from core.taxonomy import Label, dimension_of

Values = NDArray[np.float64]

SHARES = (0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
"""Of the Chinese tower in log odds about Chinese pairs: what is tried."""

SHARE_HALF = 50
"""Chinese texts with labels from which the share that does best on them counts half."""

HALF_TRUSTED = 32
"""Examples of a label from which its own threshold, and its own shift in log odds, count half.

How often a label was decided says little about how often it holds: people are asked about what is
doubtful, and about rare labels as about others. With shifts whole, sections of news that had 16
texts each lost more F1 on texts as they come than without; on headlines it made no difference.
"""


@dataclass(frozen=True)
class Question:
    """What people said of n examples and k labels.

    Attributes:
        holds, known: which labels hold, and of which that is known, of shape (n, k).
        both: of which examples text and questions are Chinese, shape (n,).
        languages: in which each is asked about.
        paths: of the labels.
    """

    holds: seen_by.Truth
    known: seen_by.Truth
    both: seen_by.Truth
    languages: Sequence[Language]
    paths: Sequence[LabelPath]

    def of(self, rows: Sequence[int]) -> "Question":
        """Of some examples alone."""
        return Question(
            self.holds[rows],
            self.known[rows],
            self.both[rows],
            [self.languages[at] for at in rows],
            self.paths,
        )

    @property
    def learns(self) -> list[int]:
        """Labels that have an example."""
        columns: list[int] = np.flatnonzero(self.holds.any(axis=0)).tolist()
        return columns

    @property
    def calibrates(self) -> list[int]:
        """These, and the others of their dimensions, so that they stay comparable."""
        dimensions = {dimension_of(self.paths[at]) for at in self.learns}
        return [at for at, path in enumerate(self.paths) if dimension_of(path) in dimensions]


@dataclass(frozen=True)
class Choice:
    """What was found to do best.

    Attributes:
        trained: whether each tower is, by name.
        move: of what labels are compared with.
        share: of the Chinese tower; None: there is none.
        logits: of all examples and labels, each by a model that has not seen the example.
        plain: the same where no label is moved, as those that have no example are not.
    """

    trained: Mapping[str, bool]
    move: Move
    share: float | None
    logits: Values
    plain: Values


def others(fold_of: Sequence[int], fold: int) -> list[int]:
    return [at for at, own in enumerate(fold_of) if own != fold]


def unseen_logits(
    tower: Tower,
    seen: Sequence[Seen],
    asked: Question,
    fold_of: Sequence[int],
    part_of: Sequence[int],
    *,
    move: Move,
) -> Values:
    """Log odds of every example and label by a model that has not seen the example: its tower was
    trained without the example's fold, and its labels learnt without the example's part of it."""
    found = np.zeros(asked.holds.shape, np.float64)
    for fold, part in sorted(set(zip(fold_of, part_of, strict=True))):
        rest = [at for at in tower.rows if part_of[at] != part]
        own = [at for at, each in enumerate(part_of) if each == part]
        added = seen_by.added(
            seen[fold], asked.holds, asked.known, asked.languages, rest, move=move
        )
        found[own] = seen_by.logits(seen[fold], added, asked.languages, own)
    return found


def mixed(raw: Mapping[str, Values], both: seen_by.Truth, share: float | None) -> Values:
    if share is None:
        return raw["main"]
    mixed = raw["main"].copy()
    mixed[both] = (1 - share) * raw["main"][both] + share * raw[CHINESE][both]
    return mixed


def choose(
    towers: Sequence[Tower],
    options: Mapping[str, Sequence[Sequence[Seen]]],
    asked: Question,
    fold_of: Sequence[int],
    part_of: Sequence[int],
    *,
    plan: Plan,
) -> Choice:
    """What is the least surprised, once calibrated, by what people said of texts unseen.

    Of whatever is not worse than the best by more than one standard error, it is what changes
    least.

    Args:
        options: by tower, what it makes of everything in each fold; as it was, then trained.
        part_of: of each example; a part lies in one fold.
    """
    share = CHINESE_SHARE if CHINESE in options else None
    said: dict[tuple[str, int, Move], Values] = {
        (tower.name, at, move): unseen_logits(tower, each, asked, fold_of, part_of, move=move)
        for tower in towers
        for at, each in enumerate(options[tower.name])
        for move in {Move(), *plan.moves}
    }

    def raw(picked: Sequence[int], move: Move) -> dict[str, Values]:
        return {name: said[name, at, move] for name, at in zip(options, picked, strict=True)}

    # 1. towers and move, what changes least first
    picks = product(*(range(len(own)) for own in options.values()))
    candidates = sorted(
        product(picks, plan.moves),
        key=lambda each: (sum(each[0]), plan.moves.index(each[1])),
    )
    picked, move = candidates[
        simplest([surprise(mixed(raw(*each), asked.both, share), asked) for each in candidates])
    ]
    chosen = raw(picked, move)
    # 2. the Chinese tower's share
    if share is not None and asked.both.any():
        best = min(SHARES, key=lambda each: surprise(mixed(chosen, asked.both, each), asked).sum())
        texts = int((asked.holds.any(axis=1) & asked.both).sum())
        share += (best - share) * texts / (texts + SHARE_HALF)
    return Choice(
        trained={name: at > 0 for name, at in zip(options, picked, strict=True)},
        move=move,
        share=share,
        logits=mixed(chosen, asked.both, share),
        plain=mixed(raw(picked, Move()), asked.both, share),
    )


def surprise(logits: Values, asked: Question) -> Values:
    """Log loss of each example's known answers once they are calibrated, of shape (n,).

    It is that of each label alone, and for each dimension that of right labels against all, since
    people look at which come first: as towers are trained (`core.models.recipe.towers.losses`).
    """
    learns = asked.learns
    odds = _levelled(logits, asked, learns, _curves(logits, asked))
    holds, known = asked.holds[:, learns], asked.known[:, learns]
    found: Values = ((np.logaddexp(0, odds) - holds * odds) * known).sum(axis=1)
    for columns in _dimensions(asked.paths, learns):
        places = [learns.index(at) for at in columns]
        own, told, right = odds[:, places], known[:, places], holds[:, places]
        rows = right.any(axis=1)
        everything = np.logaddexp.reduce(np.where(told, own, -np.inf)[rows], axis=1)
        found[rows] += everything - np.logaddexp.reduce(np.where(right, own, -np.inf)[rows], axis=1)
    return found


def simplest(losses: Sequence[Values]) -> int:
    """The first of some options that is not worse than the best by more than one standard error.

    Args:
        losses: of each option on the same n examples, the simplest first.
    """
    best = min(losses, key=lambda each: float(each.sum()))
    for place, each in enumerate(losses):
        behind = each - best
        if behind.sum() <= np.sqrt(len(behind)) * behind.std():
            return place
    raise AssertionError("the best is not worse than itself")


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

    def logits(self, logits: Values, both: seen_by.Truth) -> Values:
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
    curves = _curves(plain, asked)
    for is_chinese, own in _curves(logits, asked).items():
        curves[is_chinese] |= {at: own[at] for at in learns}
    levelled = _levelled(logits, asked, learns, curves)
    texts = asked.holds.sum(axis=0)
    least = dict.fromkeys(asked.calibrates, Threshold(0.5, 0.0))
    for columns in _dimensions(asked.paths, learns):
        places = [learns.index(at) for at in columns]
        found = calibration.thresholds(
            levelled[:, places], asked.holds[:, columns], asked.known[:, columns]
        )
        for at, each in zip(columns, found.tolist(), strict=True):
            least[at] = Threshold(each, trusted(texts[at]))
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
    """How far a label with so many examples is its own master, 0 to 1."""
    return float(texts / (texts + HALF_TRUSTED))


def _dimensions(paths: Sequence[LabelPath], columns: Sequence[int]) -> Iterator[list[int]]:
    found: dict[str, list[int]] = {}
    for at in columns:
        found.setdefault(dimension_of(paths[at]), []).append(at)
    yield from found.values()


def _curves(logits: Values, asked: Question) -> dict[bool, dict[int, Curve]]:
    """By whether pairs are Chinese and by column; labels without examples have that of all."""
    curves: dict[bool, dict[int, Curve]] = {True: {}, False: {}}
    texts = asked.holds.sum(axis=0)
    calibrates = asked.calibrates
    for columns in _dimensions(asked.paths, asked.learns):
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


def _levelled(
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
