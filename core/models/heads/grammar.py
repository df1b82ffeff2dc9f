"""Label sets as sequences of tokens, and which token may follow which.

The labels of a text in one dimension are written as paths, outermost label first, in the order of
the taxonomy: `labour migrant-workers NEXT environment END`; `END` alone says that none fits. Every
set of labels has exactly one such sequence, and whatever keeps to the rules is a legal set.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from core.models.heads.forest import Forest, Truth


@dataclass(frozen=True, slots=True)
class State:
    """Where a sequence stands.

    Attributes:
        dimension: its number.
        at: the label written last; -1 at the beginning of a path.
        last: paths that come now must end behind this place; -1 at first.
    """

    dimension: int
    at: int = -1
    last: int = -1


class Grammar:
    """The tokens of a forest: its k labels by place, then two signs, then what begins a dimension.

    Args:
        forest: the labels.
    """

    def __init__(self, forest: Forest) -> None:
        self._forest = forest
        labels = len(forest.labels)
        self.next, self.end = labels, labels + 1
        self.written = labels + 2
        """How many tokens can be written."""
        self.read = self.written + len(forest.is_one)
        """How many can be read: what begins a dimension is never written."""
        self._below: dict[tuple[int, int], list[int]] = {}
        for at, parent in enumerate(forest.parents):
            self._below.setdefault((forest.dimensions[at], parent), []).append(at)

    def begin(self, dimension: int) -> int:
        """The token that begins a dimension."""
        return self.written + dimension

    def allowed(self, state: State) -> list[int]:
        """The tokens that may come; empty for none."""
        forest = self._forest
        below = self._below.get((state.dimension, state.at), [])
        tokens = [label for label in below if forest.ends[label] - 1 > state.last]
        if state.at < 0:
            return [*tokens, self.end] if state.last < 0 else tokens
        if state.at > state.last:
            tokens.append(self.end)
            if not forest.is_one[state.dimension] and self._is_anything_behind(state):
                tokens.append(self.next)
        return tokens

    def after(self, state: State, token: int) -> State:
        """Where a sequence stands after an allowed token other than the end."""
        if token == self.next:
            return replace(state, at=-1, last=self._forest.ends[state.at] - 1)
        return replace(state, at=token)

    def write(self, labels: Truth, dimension: int) -> list[int]:
        """The tokens of a text's labels, shape (k,), in one dimension.

        Where one label holds at most and there are several, the first one is written.
        """
        forest = self._forest
        ends = [
            at
            for at in np.flatnonzero(labels)
            if forest.dimensions[at] == dimension and not labels[at + 1 : forest.ends[at]].any()
        ]
        if forest.is_one[dimension]:
            ends = ends[:1]
        tokens: list[int] = []
        for end in ends:
            if tokens:
                tokens.append(self.next)
            tokens += reversed(list(self._up(int(end))))
        return [*tokens, self.end]

    def labels(self, tokens: list[int]) -> list[int]:
        """The places of the labels in a sequence."""
        return [token for token in tokens if token < self.next]

    def _up(self, at: int) -> Iterator[int]:
        while at >= 0:
            yield at
            at = self._forest.parents[at]

    def _is_anything_behind(self, state: State) -> bool:
        behind = self._forest.ends[state.at]
        dimensions = self._forest.dimensions
        return behind < len(dimensions) and dimensions[behind] == state.dimension
