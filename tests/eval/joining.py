"""How the towers' and the judges' answers are best joined: what the judges' log odds weigh.

    python -m tests.eval.joining --data DIR [--model FOLDER] [--texts 50] [--pairs 600]

DIR is that of `tests.eval.labels`, with the inference sets beside. Told are, for several weights
and for the towers alone: the mean F1 of topics by the built-in rule, topics on a text that belongs
under none, the share of decisions that stay the same and the questions a text when only what the
towers leave standing is asked, and the accuracy of yes and no on inference pairs that were not
trained on.
"""

# ruff: noqa: T201 - a command prints
import argparse
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean

import numpy as np
from numpy.typing import NDArray

from core.domain import LANGUAGES, LabelPath
from core.labelling import BUILTIN_RULE, descend, rests_on
from core.models.entailer import BuiltinEntailer, joined
from core.models.recipe.entailment import HELD_OUT, read_pairs
from core.taxonomy import Taxonomy, starter
from tests.eval.labels import SETS, Case, Score, cases, score, topics_only

WEIGHTS = (0.25, 0.35, 0.5, 0.7, 1.0)
Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Asked:
    """Log odds of both parts, of shape (pairs,)."""

    towers: Numbers
    judge: Numbers

    def probabilities(self, weight: float | None) -> Numbers:
        """Of both joined; without a weight, of the towers alone."""
        logits = self.towers if weight is None else joined(self.towers, weight * self.judge)
        found: Numbers = 1 / (1 + np.exp(-logits))
        return found


def ask(entailer: BuiltinEntailer, pairs: Sequence[tuple[str, str]]) -> Asked:
    """Both parts' answers."""
    return Asked(entailer.towers.logits(pairs), entailer.judged(pairs))


def little(
    bounds: Numbers, answers: Numbers, taxonomy: Taxonomy, paths: Sequence[LabelPath]
) -> tuple[set[LabelPath], int]:
    """The labels if only what the bounds leave standing is asked; how many questions that is."""
    said = dict(zip(paths, bounds.tolist(), strict=True))
    full = dict(zip(paths, answers.tolist(), strict=True))
    asked: set[LabelPath] = set()
    while True:
        walk = descend(taxonomy, said, rule=BUILTIN_RULE)
        wanted = {each.path for each in rests_on(walk, taxonomy, said, rule=BUILTIN_RULE)} - asked
        if not wanted:
            return {each.path for each in walk.labels}, len(asked)
        said |= {path: full[path] for path in wanted}
        asked |= wanted


def drawn(data: Path, count: int) -> Iterator[list[Case]]:
    """Texts of each set."""
    for _, file, key, sections in SETS:
        yield random.Random(7).sample(list(cases(data, file, key, sections)), count)


def main() -> None:
    """Ask, join in several ways, print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--model", type=Path, default=None)
    parser.add_argument("--texts", type=int, default=50, help="of each topic set")
    parser.add_argument("--pairs", type=int, default=600, help="of each inference set")
    options = parser.parse_args()
    entailer = BuiltinEntailer(options.model)
    taxonomy = topics_only(starter(), most=None)
    paths = [label.path for label in taxonomy.walk()]
    topics = [
        (own, ask(entailer, [(c.text, taxonomy.hypothesis(p, lang)) for c in own for p in paths]))
        for own in drawn(options.data, options.texts)
        for lang in LANGUAGES
    ]
    inference = []
    for file in HELD_OUT.values():
        pairs = random.Random(5).sample(read_pairs(options.data / file), options.pairs)
        truth = np.array([pair.entails for pair in pairs])
        inference.append((truth, ask(entailer, [(p.premise, p.hypothesis) for p in pairs])))
    print(
        f"{'':>8}{'F1':>7}{'off':>6}{'same':>8}{'asked':>7}" + "".join(f"{n:>9}" for n in HELD_OUT)
    )
    for weight in (None, *WEIGHTS):
        scores: list[Score] = []
        same, asked = [], []
        for own, both in topics:
            bounds = both.probabilities(None).reshape(len(own), -1)
            answers = both.probabilities(weight).reshape(len(own), -1)
            said = [dict(zip(paths, row, strict=True)) for row in answers.tolist()]
            scores.append(score(own, said, taxonomy=taxonomy, rule=BUILTIN_RULE))
            for bound, answer, every in zip(bounds, answers, said, strict=True):
                found, questions = little(bound, answer, taxonomy, paths)
                labels = descend(taxonomy, every, rule=BUILTIN_RULE).labels
                same.append(1 - len(found ^ {each.path for each in labels}) / len(paths))
                asked.append(questions)
        off = mean(each.off_topic for each in scores[4:])
        right = [
            100 * ((both.probabilities(weight) > 0.5) == truth).mean() for truth, both in inference
        ]
        name = "towers" if weight is None else f"{weight:.2f}"
        print(
            f"{name:>8}{mean(each.f1 for each in scores):>7.3f}{off:>6.2f}{100 * mean(same):>7.2f}%"
            f"{mean(asked):>7.2f}" + "".join(f"{each:>9.1f}" for each in right)
        )


if __name__ == "__main__":
    main()
