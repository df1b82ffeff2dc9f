"""What towers make of examples and labels, as vectors, and what labels learn from them; no torch.

A label's mean is taken over the examples of the folds that a text is not in; so the log odds of
every text come from a model, and from means, that have not seen it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.domain import LabelPath, Language
from core.models.finetune.plan import Plan
from core.models.learned import joined
from core.training_set import Example

Vectors = NDArray[np.float32]
Values = NDArray[np.float64]
Truth = NDArray[np.bool_]


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


def added(texts: Vectors, holds: Truth, learns: Sequence[int], *, plan: Plan) -> Vectors:
    """What examples add to labels' hypotheses.

    Args:
        texts: vectors of the examples, shape (n, hidden).
        holds: which labels each has, shape (n, labels).
        learns: columns of the labels that learn; the others get nothing.

    Returns:
        Shape (labels, hidden); zeros where there is no example.
    """
    found = np.zeros((holds.shape[1], texts.shape[1]), np.float32)
    if not len(texts):
        return found
    common = plan.centred * texts.mean(axis=0)
    for column in learns:
        own = holds[:, column]
        count = int(own.sum())
        if count:
            found[column] = plan.weight(count) * (texts[own].mean(axis=0) - common)
    return found


def logits(
    seen: Seen, added: Vectors, languages: Sequence[Language], rows: Sequence[int]
) -> Values:
    """Log odds of examples and all labels, each asked in its example's language.

    Args:
        rows: places of the examples, and `languages` of all of them.

    Returns:
        Shape (rows, labels).
    """
    found = np.empty((len(rows), len(added)), np.float64)
    worded = {
        language: np.stack([joined(h, a) for h, a in zip(vectors, added, strict=True)])
        for language, vectors in seen.hypotheses.items()
    }
    for at, row in enumerate(rows):
        found[at] = seen.scale * (worded[languages[row]] @ seen.texts[row]) + seen.bias
    return found


def table(examples: Sequence[Example], paths: Sequence[LabelPath]) -> tuple[Truth, Truth]:
    """Which labels hold for each example, and whether that is known; each of shape (n, labels)."""
    said = [[each.says(path) for path in paths] for each in examples]
    shape = (len(examples), len(paths))
    holds = np.array([[each is True for each in row] for row in said], np.bool_).reshape(shape)
    known = np.array([[each is not None for each in row] for row in said], np.bool_).reshape(shape)
    return holds, known
