"""What towers make of examples and labels, as vectors, and what labels learn from them.

A label's vector is its hypothesis' until examples say otherwise. They do it in two ways:

- a text is compared with the middle of the label's examples, too, and the likeness counts for so
  much as one with the hypothesis does: soon right with a few examples;
- around that, logistic regression whose prior is the answer so far: it learns borders, with many.

So a label without examples is asked as before, and what the tower knows already moves nothing. How
often a label is decided is no news about what it means: a level for each label takes that up, and
is forgotten.

Every text is answered by what was learnt without the folds that it is in.

Sources: likeness to examples beside that to a name, without training: Zhang et al. 2022,
arXiv:2207.09519; regression around a model that is there already is the MAP adaptation of Chelba
and Acero 2006, doi:10.1016/j.csl.2005.05.005.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch.nn import functional

from core.domain import LabelPath, Language
from core.models.learned import Added
from core.training_set import Example

Vectors = NDArray[np.float32]
Values = NDArray[np.float64]
Truth = NDArray[np.bool_]

_ROUNDS = 60
"""Of L-BFGS at most; it ends by itself after 20 to 40."""


@dataclass(frozen=True, slots=True)
class Move:
    """How far examples move what a label is compared with.

    Attributes:
        likeness: how much the middle of its examples counts beside its hypothesis; 0: nothing.
        resistance: against more than that: the squared length of what regression adds, times this
            and half the scale, costs as much log loss; None: it adds nothing.
    """

    likeness: float = 0.0
    resistance: float | None = None


@dataclass(frozen=True)
class Tower:
    """One tower to train: where it is, and which examples and languages it is asked about."""

    name: str
    base: Path
    rows: list[int]
    languages: tuple[Language, ...]


@dataclass(frozen=True)
class Seen:
    """What one tower makes of everything.

    Attributes:
        texts: vectors of the examples, shape (examples, hidden); zeros for those that the tower is
            not asked about.
        hypotheses: by language, vectors of all labels, shape (labels, hidden).
        scale, bias: of log odds over cosines.
    """

    texts: Vectors
    hypotheses: Mapping[Language, Vectors]
    scale: float
    bias: float


def added(
    seen: Seen,
    holds: Truth,
    known: Truth,
    languages: Sequence[Language],
    rows: Sequence[int],
    *,
    move: Move,
) -> list[Added]:
    """What examples add to labels' hypotheses.

    Args:
        holds, known: which labels each example has, and of which that is known, of shape
            (examples, labels); `languages` in which each is asked about.
        rows: places of the examples to learn from.
        move: how far.

    Returns:
        For each label; nothing where no example has it.
    """
    labels, hidden = holds.shape[1], seen.texts.shape[1]
    found = [Added(np.zeros(hidden, np.float32), 0.0)] * labels
    moving = np.flatnonzero(holds[rows].any(axis=0)) if len(rows) else np.zeros(0, np.intp)
    if move == Move() or not len(moving):
        return found
    texts, truth = seen.texts[rows], holds[rows][:, moving]
    usual = texts.mean(axis=0)
    vectors = move.likeness * _middles(texts, truth, usual)
    if move.resistance is not None:
        said = before(seen, languages, rows)[:, moving]
        others = move.likeness * _likeness(texts, truth, usual)  # no text counts as like itself
        vectors = vectors + _regression(
            texts - usual,
            said + seen.scale * others,
            truth,
            known[rows][:, moving],
            scale=seen.scale,
            resistance=move.resistance,
        )
    for column, vector in zip(moving, vectors.astype(np.float32), strict=True):
        found[column] = Added(vector, float(vector @ usual))
    return found


def _middles(texts: Vectors, truth: Truth, usual: Vectors) -> Vectors:
    """Of each label's texts, as unit vectors and seen from what is usual: of shape (labels,
    hidden). One text alone counts half, and n for n / (n + 1)."""
    return _seen_from(usual, truth.T.astype(np.float32) @ texts, truth.sum(axis=0))


def _likeness(texts: Vectors, truth: Truth, usual: Vectors) -> Values:
    """Of n texts to the middle of each label's other texts, of shape (n, labels)."""
    away = texts - usual
    found = (away @ _middles(texts, truth, usual).T).astype(np.float64)
    sums, counts = truth.T.astype(np.float32) @ texts, truth.sum(axis=0)
    rows, columns = np.nonzero(truth)
    others = _seen_from(usual, sums[columns] - texts[rows], counts[columns] - 1)
    found[rows, columns] = (others * away[rows]).sum(axis=1)
    return found


def _seen_from(usual: Vectors, sums: Vectors, counts: NDArray[np.intp]) -> Vectors:
    lengths = np.linalg.norm(sums, axis=1, keepdims=True)
    middles = sums / np.maximum(lengths, 1e-6) - usual
    found: Vectors = (middles * (counts / (counts + 1))[:, None]).astype(np.float32)
    return found


def _regression(
    away: Vectors, said: Values, truth: Truth, known: Truth, *, scale: float, resistance: float
) -> Vectors:
    """What makes the answers so far likelier, of shape (labels, hidden)."""
    texts, base, right, told = (
        torch.from_numpy(each.astype(np.float32)) for each in (away, said, truth, known)
    )
    vectors = torch.zeros(truth.shape[1], away.shape[1], requires_grad=True)
    level = torch.zeros(truth.shape[1], requires_grad=True)
    optimiser = torch.optim.LBFGS([vectors, level], max_iter=_ROUNDS, line_search_fn="strong_wolfe")

    def closure() -> torch.Tensor:
        optimiser.zero_grad()
        odds = base + level + scale * texts @ vectors.T
        loss = functional.binary_cross_entropy_with_logits(odds, right, told, reduction="sum")
        loss = loss + resistance * scale / 2 * (vectors**2).sum() + (level**2).sum() / 2
        loss.backward()  # type: ignore[no-untyped-call]  # torch says no more
        return loss

    optimiser.step(closure)  # type: ignore[no-untyped-call]  # the same
    found: Vectors = vectors.detach().numpy()
    return found


def logits(
    seen: Seen, added: Sequence[Added], languages: Sequence[Language], rows: Sequence[int]
) -> Values:
    """Log odds of examples and all labels, each asked in its example's language.

    Args:
        rows: places of the examples, and `languages` of all of them.

    Returns:
        Shape (rows, labels).
    """
    vectors = np.stack([each.vector for each in added])
    usual = np.array([each.usual for each in added])
    more = seen.texts[rows] @ vectors.T - usual
    found: Values = before(seen, languages, rows) + seen.scale * more
    return found


def before(seen: Seen, languages: Sequence[Language], rows: Sequence[int]) -> Values:
    """Log odds by hypotheses alone; see `logits`."""
    found = np.empty((len(rows), len(next(iter(seen.hypotheses.values())))), np.float64)
    for at, row in enumerate(rows):
        found[at] = seen.scale * (seen.hypotheses[languages[row]] @ seen.texts[row]) + seen.bias
    return found


def table(examples: Sequence[Example], paths: Sequence[LabelPath]) -> tuple[Truth, Truth]:
    """Which labels hold for each example, and whether that is known; each of shape (n, labels)."""
    said = [[each.says(path) for path in paths] for each in examples]
    shape = (len(examples), len(paths))
    holds = np.array([[each is True for each in row] for row in said], np.bool_).reshape(shape)
    known = np.array([[each is not None for each in row] for row in said], np.bool_).reshape(shape)
    return holds, known
