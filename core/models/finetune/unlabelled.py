"""Texts that nobody labelled teach, too: where they lie tells what a group's labels look like.

A tower's own answers share each of these texts out among labels: by softmax among siblings and
"none of these", times what their parent got. The middle of what a label gets then counts beside its
hypothesis, as that of its examples does (`core.models.finetune.seen`), and the answers are taken
once more. No weights are trained: a few hundred texts take seconds.

Alone they are not to be trusted: where most of a collection is about one thing that the model does
not see well, they draw all other labels there. So they count only where that answers better about
texts of which people said what is right (`core.models.finetune.labels.choose`).

Sources: zero-shot classifiers taught by their own answers about unlabelled texts: Gera et al. 2022,
arXiv:2210.17541; shares instead of hard choices, and examples beside them: Nigam et al. 2000,
doi:10.1023/A:1007692713085.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.domain import LabelPath, Language
from core.taxonomy import dimension_of, parent_of

Values = NDArray[np.float64]
Vectors = NDArray[np.float32]

ROUNDS = 2
"""How often answers are taken."""

NONE_FITS = -2.0
"""Log odds of a label that is as likely as none of its siblings and itself."""

Families = Sequence[tuple[int | None, Sequence[int]]]
"""Siblings by column, with the column of their parent; parents come before children."""


@dataclass(frozen=True)
class Unlabelled:
    """Texts that nobody labelled, as one tower sees them.

    Attributes:
        texts: unit vectors of shape (m, hidden).
        languages: in which each is asked about.
    """

    texts: Vectors
    languages: Sequence[Language]


NO_TEXTS = Unlabelled(np.zeros((0, 0), np.float32), ())


def families(paths: Sequence[LabelPath]) -> Families:
    """Siblings among labels that stand in the order of a taxonomy's walk."""
    found: dict[str, list[int]] = {}
    column = {path: at for at, path in enumerate(paths)}
    for at, path in enumerate(paths):
        found.setdefault(parent_of(path) or dimension_of(path), []).append(at)
    return [(column.get(LabelPath(above)), members) for above, members in found.items()]


def shares(logits: Values, siblings: Families) -> Values:
    """How much of each text each label gets.

    Args:
        logits: log odds of shape (m, labels).

    Returns:
        The same shape, 0 to 1; siblings share at most what their parent got, or 1.
    """
    found = np.zeros_like(logits)
    for parent, members in siblings:
        own = logits[:, members]
        most = np.maximum(own.max(axis=1, keepdims=True), NONE_FITS)
        weights = np.exp(own - most)
        total = weights.sum(axis=1, keepdims=True) + np.exp(NONE_FITS - most)
        above = 1.0 if parent is None else found[:, [parent]]
        found[:, members] = above * weights / total
    return found


def drawn(
    texts: Vectors,
    logits: Values,
    siblings: Families,
    *,
    scale: float,
    weight: float,
) -> tuple[Vectors, Values]:
    """What unlabelled texts add to labels.

    Args:
        texts: unit vectors of shape (m, hidden).
        logits: what is said of them so far, of shape (m, labels).
        scale: of log odds over cosines.
        weight: how much the middle of a label's texts counts beside its hypothesis.

    Returns:
        Vectors of shape (labels, hidden), and of each the likeness to it of a usual text.
    """
    vectors = np.zeros((logits.shape[1], texts.shape[1]), np.float32)
    level = np.zeros(logits.shape[1])
    for _ in range(ROUNDS):
        share = shares(logits + scale * (texts @ vectors.T - level), siblings)
        sums, counts = share.T.astype(np.float32) @ texts, share.sum(axis=0)
        for _, members in siblings:
            usual = _between(sums[members], counts[members])
            vectors[members] = weight * middles(sums[members], counts[members], usual)
            level[members] = vectors[members] @ usual
    return vectors, level


def _between(sums: Vectors, counts: Values) -> Vectors:
    """The middle of some labels, however many texts each has: what most texts are about is no less
    meant for being usual."""
    lengths = np.linalg.norm(sums, axis=1, keepdims=True)
    trust = counts / (counts + 1)
    found: Vectors = (trust @ (sums / np.maximum(lengths, 1e-6)) / max(trust.sum(), 1e-6)).astype(
        np.float32
    )
    return found


def middles(sums: Vectors, counts: NDArray[Any], usual: Vectors) -> Vectors:
    """Of each label's texts, as unit vectors and seen from what is usual: of shape (labels,
    hidden). One text alone counts half, and n for n / (n + 1)."""
    lengths = np.linalg.norm(sums, axis=1, keepdims=True)
    away = sums / np.maximum(lengths, 1e-6) - usual
    found: Vectors = (away * (counts / (counts + 1))[:, None]).astype(np.float32)
    return found
