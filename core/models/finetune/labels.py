"""Which towers answer, and how far examples move labels: as answers about unseen texts tell.

Little is trusted to little: whatever moves away from the model before must be better on unseen
texts by more than chance.

Source: of options that do equally well within one standard error, the simplest (Breiman, Friedman,
Olshen and Stone 1984, section 3.4.3).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np

from core.models.entailer import CHINESE, CHINESE_SHARE
from core.models.finetune import seen as seen_by
from core.models.finetune.fitted import curves_of, dimensions_of, levelled
from core.models.finetune.plan import Plan
from core.models.finetune.question import Question
from core.models.finetune.seen import Move, Seen, Tower, Values

SHARES = (0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
"""Of the Chinese tower in log odds about Chinese pairs: what is tried."""

SHARE_HALF = 50
"""Chinese texts with labels from which the share that does best on them counts half."""


@dataclass(frozen=True)
class Choice:
    """What was found to do best.

    Attributes:
        trained: whether each tower is, by name.
        move: of what labels are compared with.
        share: of the Chinese tower; None: there is none.
        logits: of all examples and labels, each by a model that has not seen the example.
        plain: the same where no example moves any label, as for those that have none.
    """

    trained: Mapping[str, bool]
    move: Move
    share: float | None
    logits: Values
    plain: Values


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
            seen[fold],
            asked.holds,
            asked.known,
            asked.languages,
            rest,
            move=move,
            siblings=asked.siblings,
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
    has_unlabelled = any(tower.unlabelled for tower in towers)
    moves = [each for each in plan.moves if has_unlabelled or not each.unlabelled]
    said: dict[tuple[str, int, Move], Values] = {
        (tower.name, at, move): unseen_logits(tower, each, asked, fold_of, part_of, move=move)
        for tower in towers
        for at, each in enumerate(options[tower.name])
        for move in {*moves, *(each.by_texts_alone for each in moves)}
    }

    def raw(picked: Sequence[int], move: Move) -> dict[str, Values]:
        return {name: said[name, at, move] for name, at in zip(options, picked, strict=True)}

    # 1. towers and move, what changes least first
    picks = product(*(range(len(own)) for own in options.values()))
    candidates = sorted(
        product(picks, moves),
        key=lambda each: (sum(each[0]), moves.index(each[1])),
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
        plain=mixed(raw(picked, move.by_texts_alone), asked.both, share),
    )


def surprise(logits: Values, asked: Question) -> Values:
    """Log loss of each example's known answers once they are calibrated, of shape (n,).

    It is that of each label alone, and for each dimension that of right labels against all, since
    people look at which come first: as towers are trained (`core.models.recipe.towers.losses`).
    """
    learns = asked.learns
    odds = levelled(logits, asked, learns, curves_of(logits, asked))
    holds, known = asked.holds[:, learns], asked.known[:, learns]
    found: Values = ((np.logaddexp(0, odds) - holds * odds) * known).sum(axis=1)
    for columns in dimensions_of(asked.paths, learns):
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
