"""How often the gate lets pass what is no better, and what is: a command, with made-up answers.

    python -m tests.eval.gate [--trials 500] [--items 40,80,160,400]

Each of n texts has one of eighteen labels, as headlines have sections; three in a hundred were
decided wrongly. The live model gives the right one to 60 % of them, a wrong one to 25 %, none to
the rest. A candidate answers four texts in five as the live model does, and the others by chance of
its own, so that what it says of all of them is right by a certain share more, or less. The table
tells how many candidates in a hundred pass, by their true gain in F1 (points, measured on 200,000
texts). "Worse" and "the same" are false promotions.

Result of 500 trials (so a share of 5 % is known to within 2):

    true gain     40     80    160    400  decided texts
         -4.8   1.2%   0.0%   0.0%   0.0%
         -1.9   3.0%   1.6%   0.6%   0.0%
         +0.0   6.0%   4.6%   4.0%   5.4%
         +1.9  13.0%  15.0%  19.4%  40.2%
         +3.8  23.2%  35.6%  51.2%  84.4%
         +5.7  39.6%  60.6%  87.8%  99.6%

What is no better passes as often as `core.gate.LEVEL` says, what is worse hardly ever. Each week is
a chance anew: of candidates that are never better, more than one in twenty will pass in ten weeks;
but then the live model is as good as before.
"""

# ruff: noqa: T201 - a command prints; draws need seeds, not secrets
import argparse
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from core import gate, metrics
from core.domain import LabelPath
from core.gate import Board, Said

Truth = NDArray[np.bool_]

LABELS = 18
RIGHT, WRONG = 0.60, 0.25
DECIDED_WRONG = 0.03
ANEW = 0.2
"""Of so many texts a candidate says something of its own."""

SHIFTS = (-0.25, -0.1, 0.0, 0.1, 0.2, 0.3)
"""By which it is right more often in these."""

TREE = tuple(LabelPath(f"topic/{number}") for number in range(LABELS))


def answers(chance: np.random.Generator, right: NDArray[np.intp], share: float) -> NDArray[np.intp]:
    """A label for each text, or -1 for none: right with a chance, and wrong or none as usual."""
    drawn = chance.random(len(right))
    wrong = (right + chance.integers(1, LABELS, len(right))) % LABELS
    is_wrong = chance.random(len(right)) < WRONG / (1 - RIGHT)
    return np.where(drawn < share, right, np.where(is_wrong, wrong, -1))


def trial(
    chance: np.random.Generator, texts: int, shift: float
) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.intp]]:
    """What is right about some texts, what the live model says, and what a candidate says."""
    right = chance.integers(0, LABELS, texts)
    live = answers(chance, right, RIGHT)
    own = answers(chance, right, RIGHT + shift)
    return right, live, np.where(chance.random(texts) < ANEW, own, live)


def table(given: NDArray[np.intp]) -> Truth:
    """Labels by number as a table."""
    return np.asarray(given[:, None] == np.arange(LABELS))


def passes(chance: np.random.Generator, texts: int, shift: float) -> bool:
    """Whether a candidate passes."""
    right, live, candidate = trial(chance, texts, shift)
    slipped = chance.random(texts) < DECIDED_WRONG
    decided = np.where(slipped, chance.integers(0, LABELS, texts), right)
    board = Board(
        TREE,
        table(decided),
        np.ones((texts, LABELS), np.bool_),
        tuple(str(number) for number in range(texts)),
    )
    said = [Said(table(each), table(each).astype(np.float64) * 0.9) for each in (live, candidate)]
    figures = gate.figures(board, said[0], said[1], only={"hierarchical"})
    return not gate.objections(texts, figures)


def gain(shift: float) -> float:
    """A candidate's true gain in F1."""
    right, live, candidate = trial(np.random.default_rng(1), 200_000, shift)
    before, after = (metrics.micro_f1(table(right), table(each)) for each in (live, candidate))
    return float(after - before)


def rates(sizes: Sequence[int], *, trials: int, shift: float) -> list[float]:
    """The share of candidates that pass, by the number of decided texts."""
    return [
        sum(
            passes(np.random.default_rng([texts, number]), texts, shift) for number in range(trials)
        )
        / trials
        for texts in sizes
    ]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--trials", type=int, default=500)
    parser.add_argument("--items", default="40,80,160,400")
    said = parser.parse_args()
    sizes = [int(each) for each in said.items.split(",")]
    print("true gain" + "".join(f"  {size:>5}" for size in sizes) + "  decided texts", flush=True)
    for shift in SHIFTS:
        found = rates(sizes, trials=said.trials, shift=shift)
        cells = "".join(f"  {100 * each:4.1f}%" for each in found)
        print(f"{100 * gain(shift):+9.1f}{cells}", flush=True)


if __name__ == "__main__":
    main()
