"""Label paths written as sequences, decoded under the tree's constraints.

A small decoder (`decoder`) writes, for each dimension, the paths of a text's labels (`grammar`).
What is written is found by beam search, which only ever follows allowed tokens; how probable a
label is, by the sequences of the beam that hold it.

Sources: Yang et al. 2018, "SGM: Sequence Generation Model for Multi-label Classification",
arXiv:1806.04822; constrained beam search: De Cao et al. 2021, "Autoregressive Entity Retrieval",
arXiv:2010.00904.
"""

from dataclasses import dataclass

import numpy as np

from core.models.heads import decoder
from core.models.heads.decoder import Batch, Parameters
from core.models.heads.forest import Forest, Progress, Truth, Values
from core.models.heads.grammar import Grammar, State
from core.ports import Vectors

EPOCHS = 40
BATCH = 32
RATE = 3e-3
DECAY = 0.03
BEAM = 4
LEAST_STEPS = 300
"""With few examples there are more rounds, until so many steps are done."""


@dataclass(frozen=True, eq=False, slots=True)
class _Path:
    """A sequence of the beam."""

    tokens: list[int]
    state: State
    memory: Values
    log_probability: float
    is_done: bool = False


class Sequences:
    """A decoder of label paths.

    Args:
        forest: the labels.
    """

    def __init__(self, forest: Forest) -> None:
        self._forest = forest
        self._grammar = Grammar(forest)
        self._parameters: Parameters | None = None

    def fit(
        self, vectors: Vectors, truth: Truth, known: Truth, *, seed: int, on_progress: Progress
    ) -> None:
        """Learn; see `Head`. A dimension that is not known completely is not learnt from."""
        inputs = _spread(vectors)
        parameters = decoder.initial(
            inputs.shape[1], read=self._grammar.read, written=self._grammar.written, seed=seed
        )
        self._parameters = parameters
        tasks = [
            (row, dimension)
            for row in range(len(inputs))
            for dimension in range(len(self._forest.is_one))
            if known[row, np.array(self._forest.dimensions) == dimension].all()
        ]
        if not tasks:
            return
        random = np.random.default_rng(seed)
        adam = decoder.Adam(parameters, rate=RATE, decay=DECAY)
        per_epoch = -(-len(tasks) // BATCH)
        total = max(EPOCHS * per_epoch, LEAST_STEPS)
        done = 0
        while done < total:
            shuffled = [tasks[place] for place in random.permutation(len(tasks))]
            for start in range(0, len(shuffled), BATCH):
                batch = self._batch(inputs, truth, shuffled[start : start + BATCH])
                _, gradient = decoder.loss(parameters, batch)
                adam.move(gradient, share=max(0.0, 1 - done / total))
                done += 1
            on_progress(min(done, total), total)

    def label(self, vectors: Vectors) -> tuple[Truth, Values]:
        """Label; see `Head`."""
        if self._parameters is None:
            raise RuntimeError("the head has not learnt yet; call `fit` first")
        shape = (len(vectors), len(self._forest.labels))
        given, said = np.zeros(shape, np.bool_), np.zeros(shape)
        for row, vector in enumerate(_spread(vectors)):
            for dimension in range(len(self._forest.is_one)):
                beam = self._search(self._parameters, vector, dimension)
                given[row, self._grammar.labels(beam[0].tokens)] = True
                chances = np.exp([path.log_probability for path in beam])
                for path, chance in zip(beam, chances / chances.sum(), strict=True):
                    said[row, list(set(self._grammar.labels(path.tokens)))] += chance
        return given, np.clip(said, 0.0, 1.0)

    def _batch(self, inputs: Values, truth: Truth, tasks: list[tuple[int, int]]) -> Batch:
        grammar = self._grammar
        written = [grammar.write(truth[row], dimension) for row, dimension in tasks]
        longest = max(map(len, written))
        shape = (len(tasks), longest)
        read = np.zeros(shape, np.intp)
        targets = np.full(shape, grammar.end, np.intp)
        allowed = np.ones((*shape, grammar.written), np.bool_)
        counted = np.zeros(shape, np.bool_)
        for row, ((_, dimension), tokens) in enumerate(zip(tasks, written, strict=True)):
            state = State(dimension)
            read[row, : len(tokens)] = [grammar.begin(dimension), *tokens[:-1]]
            targets[row, : len(tokens)] = tokens
            counted[row, : len(tokens)] = True
            for at, token in enumerate(tokens):
                allowed[row, at] = False
                allowed[row, at, grammar.allowed(state)] = True
                if token != grammar.end:
                    state = grammar.after(state, token)
        return Batch(inputs[[row for row, _ in tasks]], read, targets, allowed, counted)

    def _search(self, p: Parameters, vector: Values, dimension: int) -> list[_Path]:
        """The likeliest whole sequences, best first."""
        grammar = self._grammar
        memory = np.zeros(p["b"].shape)
        beam = [_Path([grammar.begin(dimension)], State(dimension), memory, 0.0)]
        while not all(path.is_done for path in beam):
            going = [path for path in beam if not path.is_done]
            memories = np.stack([path.memory for path in going])
            states, odds = decoder.step(p, vector, [path.tokens[-1] for path in going], memories)
            found = [path for path in beam if path.is_done]
            for path, state, row in zip(going, states, odds, strict=True):
                tokens = grammar.allowed(path.state)
                open_ = np.ones(len(tokens), np.bool_)
                for token, chance in zip(
                    tokens, decoder.log_softmax(row[tokens], open_), strict=True
                ):
                    is_done = token == grammar.end
                    found.append(
                        _Path(
                            [*path.tokens, token],
                            path.state if is_done else grammar.after(path.state, token),
                            state,
                            path.log_probability + float(chance),
                            is_done,
                        )
                    )
            beam = sorted(found, key=lambda each: -each.log_probability)[:BEAM]
        return beam


def _spread(vectors: Vectors) -> Values:
    """Unit vectors made as long as their size asks, so that each number varies by about one."""
    spread: Values = vectors.astype(np.float64) * vectors.shape[1] ** 0.5
    return spread
