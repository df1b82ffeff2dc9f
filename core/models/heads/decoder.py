"""A small recurrent network that writes tokens one after the other, given a text's vector.

state = tanh(vector V + embedding of the last token + last state U + b);
log odds of the next token = state O + vector S + c, over the allowed tokens only.

Written out in numpy, with its gradient: a tenth of a million numbers need no framework.
Source: Elman 1990, "Finding Structure in Time"; learnt by Adam (Kingma and Ba 2015,
arXiv:1412.6980) with decoupled decay (Loshchilov and Hutter 2019, arXiv:1711.05101).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.models.heads.forest import Truth, Values

Parameters = dict[str, Values]
Tokens = NDArray[np.intp]

HIDDEN = 64
_FORBIDDEN = -1e9


@dataclass(frozen=True, eq=False, slots=True)
class Batch:
    """Sequences to learn, padded to the longest.

    Attributes:
        vectors: of shape (n, size).
        read, written: the tokens before and after each step, shape (n, steps).
        allowed: which tokens could have been written, shape (n, steps, tokens).
        counted: which steps are no padding, shape (n, steps).
    """

    vectors: Values
    read: Tokens
    written: Tokens
    allowed: Truth
    counted: Truth


def initial(size: int, *, read: int, written: int, seed: int, hidden: int = HIDDEN) -> Parameters:
    """Parameters to begin with.

    Args:
        size: of a vector; read, written: how many tokens there are of each.
        seed: of what chance decides.
    """
    random = np.random.default_rng(seed)

    def drawn(rows: int, columns: int, spread: float) -> Values:
        return random.normal(0, spread, (rows, columns))

    return {
        "V": drawn(size, hidden, size**-0.5),
        "E": drawn(read, hidden, 0.5),
        "U": drawn(hidden, hidden, 0.5 * hidden**-0.5),
        "b": np.zeros(hidden),
        "O": drawn(hidden, written, hidden**-0.5),
        "S": np.zeros((size, written)),
        "c": np.zeros(written),
    }


def loss(p: Parameters, batch: Batch) -> tuple[float, Parameters]:
    """The mean surprise of the sequences in nats, and its gradient."""
    n, steps = batch.read.shape
    from_vector = batch.vectors @ p["V"] + p["b"]
    shortcut = batch.vectors @ p["S"] + p["c"]
    states = [np.zeros_like(from_vector)]
    misses: list[Values] = []
    surprise = 0.0
    rows = np.arange(n)
    for step in range(steps):
        states.append(np.tanh(from_vector + p["E"][batch.read[:, step]] + states[-1] @ p["U"]))
        said = log_softmax(states[-1] @ p["O"] + shortcut, batch.allowed[:, step])
        counted = batch.counted[:, step]
        surprise -= float((said[rows, batch.written[:, step]] * counted).sum())
        miss = np.exp(said)
        miss[rows, batch.written[:, step]] -= 1
        misses.append(miss * counted[:, None] / n)
    gradient = {name: np.zeros_like(each) for name, each in p.items()}
    later = np.zeros_like(from_vector)
    for step in reversed(range(steps)):
        state, before, miss = states[step + 1], states[step], misses[step]
        gradient["O"] += state.T @ miss
        gradient["S"] += batch.vectors.T @ miss
        gradient["c"] += miss.sum(axis=0)
        inner = (miss @ p["O"].T + later) * (1 - state**2)
        np.add.at(gradient["E"], batch.read[:, step], inner)
        gradient["U"] += before.T @ inner
        gradient["V"] += batch.vectors.T @ inner
        gradient["b"] += inner.sum(axis=0)
        later = inner @ p["U"].T
    return surprise / n, gradient


def step(
    p: Parameters, vector: Values, tokens: Sequence[int], states: Values
) -> tuple[Values, Values]:
    """Go on with several sequences about one text.

    Args:
        vector: of the text, shape (size,).
        tokens: the last of each of b sequences.
        states: of each, shape (b, hidden).

    Returns:
        The new states, and the log odds of every token, shape (b, written).
    """
    new: Values = np.tanh(vector @ p["V"] + p["b"] + p["E"][list(tokens)] + states @ p["U"])
    odds: Values = new @ p["O"] + vector @ p["S"] + p["c"]
    return new, odds


def log_softmax(odds: Values, allowed: Truth) -> Values:
    """Log probabilities over the allowed tokens; what is not allowed is next to impossible."""
    open_ = np.where(allowed, odds, _FORBIDDEN)
    top = open_.max(axis=-1, keepdims=True)
    found: Values = open_ - top - np.log(np.exp(open_ - top).sum(axis=-1, keepdims=True))
    return found


class Adam:
    """Moves parameters down their gradients.

    Args:
        p: changed in place.
        rate: of learning; decay: of weights, relative to it.
    """

    def __init__(self, p: Parameters, *, rate: float, decay: float) -> None:
        self._p, self._rate, self._decay = p, rate, decay
        self._mean = {name: np.zeros_like(each) for name, each in p.items()}
        self._square = {name: np.zeros_like(each) for name, each in p.items()}
        self._moved = 0

    def move(self, gradient: Parameters, *, share: float = 1.0) -> None:
        """One step; `share` of the rate."""
        self._moved += 1
        for name, each in self._p.items():
            mean, square = self._mean[name], self._square[name]
            mean += 0.1 * (gradient[name] - mean)
            square += 0.01 * (gradient[name] ** 2 - square)
            steady = mean / (1 - 0.9**self._moved)
            size = np.sqrt(square / (1 - 0.99**self._moved)) + 1e-8
            decay = self._decay * each if each.ndim == 2 else 0.0
            each -= share * self._rate * (steady / size + decay)
