"""What towers make of examples and labels, as vectors, and what labels learn from them.

A label's vector is its hypothesis' until examples say otherwise: logistic regression whose prior is
the answer without examples. So a label without examples is asked as before, one with a few hardly
moves, one with many goes where they are; and what the tower knows already moves nothing. How often
a label is decided is no news about what it means: a level for each label takes that up, and is
forgotten.

Every text is answered by what was learnt without the folds that it is in.

Source: regression around a model that is there already is the MAP adaptation of Chelba and Acero
2006, doi:10.1016/j.csl.2005.05.005.
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
        texts: vectors of the examples, shape (examples, hidden).
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
    resistance: float | None,
) -> list[Added]:
    """What examples add to labels' hypotheses.

    Args:
        holds, known: which labels each example has, and of which that is known, of shape
            (examples, labels); `languages` in which each is asked about.
        rows: places of the examples to learn from.
        resistance: against being moved: the squared length of what is added to a hypothesis, times
            this and half the scale, costs as much log loss; None: nothing is added.

    Returns:
        For each label; nothing where no example has it.
    """
    labels, hidden = holds.shape[1], seen.texts.shape[1]
    found = [Added(np.zeros(hidden, np.float32), 0.0)] * labels
    moving = np.flatnonzero(holds[rows].any(axis=0)) if len(rows) else np.zeros(0, np.intp)
    if resistance is None or not len(moving):
        return found
    texts = torch.from_numpy(seen.texts[rows])
    base = torch.from_numpy(before(seen, languages, rows)[:, moving].astype(np.float32))
    truth = torch.from_numpy(holds[rows][:, moving].astype(np.float32))
    told = torch.from_numpy(known[rows][:, moving].astype(np.float32))
    usual = texts.mean(0)
    vectors = torch.zeros(len(moving), hidden, requires_grad=True)
    level = torch.zeros(len(moving), requires_grad=True)
    optimiser = torch.optim.LBFGS([vectors, level], max_iter=_ROUNDS, line_search_fn="strong_wolfe")

    def closure() -> torch.Tensor:
        optimiser.zero_grad()
        said = base + level + seen.scale * (texts - usual) @ vectors.T
        loss = functional.binary_cross_entropy_with_logits(said, truth, told, reduction="sum")
        loss = loss + resistance * seen.scale / 2 * (vectors**2).sum() + (level**2).sum() / 2
        loss.backward()  # type: ignore[no-untyped-call]  # torch says no more
        return loss

    optimiser.step(closure)  # type: ignore[no-untyped-call]  # the same
    moved = vectors.detach()
    for column, vector, middle in zip(moving, moved.numpy(), (moved @ usual).tolist(), strict=True):
        found[column] = Added(vector, middle)
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
