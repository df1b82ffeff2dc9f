"""What towers make of examples and labels, as vectors, and what labels learn from them.

A label's vector is its hypothesis' until examples say otherwise. They do it in two ways:

- a text is compared with the middle of the label's examples, too, and the likeness counts for so
  much as one with the hypothesis does: soon right with a few examples;
- around that, logistic regression whose prior is the answer so far: it learns borders, with many.

Texts that nobody labelled may move labels as well, those without examples, too
(`core.models.finetune.unlabelled`). Else a label without examples is asked as before, and what the
tower knows already moves nothing. How often a label is decided is no news about what it means: a
level for each label takes that up, and is forgotten.

Every text is answered by what was learnt without the folds that it is in.

Sources: likeness to examples beside that to a name, without training: Zhang et al. 2022,
arXiv:2207.09519; regression around a model that is there already is the MAP adaptation of Chelba
and Acero 2006, doi:10.1016/j.csl.2005.05.005.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch.nn import functional

from core.domain import LabelPath, Language
from core.models.finetune.unlabelled import NO_TEXTS, Families, Unlabelled, drawn, middles
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
        unlabelled: how much the middle of the unlabelled texts that a label got counts; 0: nothing.
    """

    likeness: float = 0.0
    resistance: float | None = None
    unlabelled: float = 0.0

    @property
    def by_texts_alone(self) -> "Move":
        """What moves a label that has no examples."""
        return Move(unlabelled=self.unlabelled)


@dataclass(frozen=True)
class Tower:
    """One tower to train: where it is, and what it is asked about.

    Attributes:
        rows: places of the examples; `unlabelled`: of the texts that nobody labelled.
    """

    name: str
    base: Path
    rows: list[int]
    languages: tuple[Language, ...]
    unlabelled: list[int] = field(default_factory=list)


@dataclass(frozen=True)
class Seen:
    """What one tower makes of everything.

    Attributes:
        texts: vectors of the examples, shape (examples, hidden); zeros for those that the tower is
            not asked about.
        hypotheses: by language, vectors of all labels, shape (labels, hidden).
        scale, bias: of log odds over cosines.
        unlabelled: texts that nobody labelled, those that the tower is asked about.
    """

    texts: Vectors
    hypotheses: Mapping[Language, Vectors]
    scale: float
    bias: float
    unlabelled: Unlabelled = NO_TEXTS


def added(
    seen: Seen,
    holds: Truth,
    known: Truth,
    languages: Sequence[Language],
    rows: Sequence[int],
    *,
    move: Move,
    siblings: Families,
) -> list[Added]:
    """What examples, and texts that nobody labelled, add to labels' hypotheses.

    Args:
        holds, known: which labels each example has, and of which that is known, of shape
            (examples, labels); `languages` in which each is asked about.
        rows: places of the examples to learn from.
        move: how far.
        siblings: of the labels.

    Returns:
        For each label; nothing where neither an example nor an unlabelled text moves it.
    """
    labels, hidden = holds.shape[1], seen.texts.shape[1]
    vectors, level = np.zeros((labels, hidden), np.float32), np.zeros(labels)
    moving = np.flatnonzero(holds[rows].any(axis=0)) if len(rows) else np.zeros(0, np.intp)
    texts, truth = seen.texts[rows], holds[rows][:, moving]
    usual = texts.mean(axis=0) if len(rows) else np.zeros(hidden, np.float32)
    # 1. the middle of a label's examples
    if move.likeness:
        vectors[moving] = move.likeness * _middles(texts, truth, usual)
        level = vectors @ usual
    # 2. that of the unlabelled texts that it gets; without an example nothing tells if they mislead
    own = np.zeros((len(rows), len(moving)))
    if move.unlabelled and len(rows) and len(seen.unlabelled.texts):
        said = _answers(seen, seen.unlabelled.texts, seen.unlabelled.languages)
        said += seen.scale * (seen.unlabelled.texts @ vectors.T - level)
        more, usually = drawn(
            seen.unlabelled.texts, said, siblings, scale=seen.scale, weight=move.unlabelled
        )
        vectors, level = vectors + more, level + usually
        own = texts @ more[moving].T - usually[moving]
    # 3. borders around both
    if move.resistance is not None and len(moving):
        others = move.likeness * _likeness(texts, truth, usual)  # no text counts as like itself
        border = _regression(
            texts - usual,
            before(seen, languages, rows)[:, moving] + seen.scale * (others + own),
            truth,
            known[rows][:, moving],
            scale=seen.scale,
            resistance=move.resistance,
        )
        vectors[moving] += border
        level[moving] += border @ usual
    return [
        Added(vector, float(usually))
        for vector, usually in zip(vectors.astype(np.float32), level, strict=True)
    ]


def _middles(texts: Vectors, truth: Truth, usual: Vectors) -> Vectors:
    return middles(truth.T.astype(np.float32) @ texts, truth.sum(axis=0), usual)


def _likeness(texts: Vectors, truth: Truth, usual: Vectors) -> Values:
    """Of n texts to the middle of each label's other texts, of shape (n, labels)."""
    away = texts - usual
    found = (away @ _middles(texts, truth, usual).T).astype(np.float64)
    sums, counts = truth.T.astype(np.float32) @ texts, truth.sum(axis=0)
    rows, columns = np.nonzero(truth)
    others = middles(sums[columns] - texts[rows], counts[columns] - 1, usual)
    found[rows, columns] = (others * away[rows]).sum(axis=1)
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
    return _answers(seen, seen.texts[rows], [languages[row] for row in rows])


def _answers(seen: Seen, texts: Vectors, languages: Sequence[Language]) -> Values:
    found = np.empty((len(texts), len(next(iter(seen.hypotheses.values())))), np.float64)
    for row, (text, language) in enumerate(zip(texts, languages, strict=True)):
        found[row] = seen.scale * (seen.hypotheses[language] @ text) + seen.bias
    return found


def table(examples: Sequence[Example], paths: Sequence[LabelPath]) -> tuple[Truth, Truth]:
    """Which labels hold for each example, and whether that is known; each of shape (n, labels)."""
    said = [[each.says(path) for path in paths] for each in examples]
    shape = (len(examples), len(paths))
    holds = np.array([[each is True for each in row] for row in said], np.bool_).reshape(shape)
    known = np.array([[each is not None for each in row] for row in said], np.bool_).reshape(shape)
    return holds, known
