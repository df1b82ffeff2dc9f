"""Fits how the towers' log odds and the judge's are added: three numbers for `build.py`.

    python -m tests.eval.mixing --data DIR --model FOLDER

Fitted by logistic regression on questions that neither saw in training: topics of CLINC150 and
SMP2019 for the judge (kept out of its questions), and one half of the test parts of SNLI and
SciTail. Told are, for several mixtures, the accuracy on the other half, and how often a right topic
is the most probable among twelve that the towers find likely. Sets under a non-commercial licence
take no part.
"""

# ruff: noqa: T201 - a command prints
import argparse
import random
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from core.models.entailer import JUDGE, TowersEntailer
from core.models.judge import Judge
from core.models.recipe.entailment import HELD_OUT, read_pairs
from core.models.recipe.topics import read_topics
from tests.eval.zero_shot import WORDINGS

Numbers = np.ndarray[Any, np.dtype[np.float64]]
CANDIDATES = 12


@dataclass(frozen=True, slots=True)
class Asked:
    """Questions with both log odds and what is true; `group` is the text's number, -1 for none."""

    name: str
    towers: Numbers
    judge: Numbers
    truth: Numbers
    group: Numbers


def topics(data: Path, model: Path, name: str, *, limit: int) -> Asked:
    """Each text with the labels that the towers find likeliest, and its own."""
    (chosen,) = [each for each in read_topics(data, unstated=True) if each.name == name]
    texts = random.Random(5).sample(list(chosen.texts), limit)
    language = chosen.language
    keys = [key for key in chosen.names if chosen.names[key].get(language)]
    template = WORDINGS[language][1]
    claims = [template.format(chosen.names[key][language][0]) for key in keys]
    towers, judge = TowersEntailer(model), Judge(model / JUDGE)
    rows: list[tuple[str, str, float, float, int]] = []
    for number, text in enumerate(texts):
        logits = towers.logits([(text.text, claim) for claim in claims])
        likely = set(np.argsort(-logits)[:CANDIDATES].tolist())
        likely |= {keys.index(label) for label in text.labels if label in keys}
        rows += [
            (text.text, claims[at], logits[at], float(keys[at] in text.labels), number)
            for at in sorted(likely)
        ]
    said = judge.logits([(premise, claim) for premise, claim, *_ in rows])
    _, _, first, truth, group = zip(*rows, strict=True)
    return Asked(name, np.array(first), said, np.array(truth), np.array(group, float))


def pairs(data: Path, model: Path, name: str, *, limit: int) -> Asked:
    """Pairs of an inference set's test part."""
    drawn = random.Random(5).sample(read_pairs(data / HELD_OUT[name]), limit)
    asked = [(pair.premise, pair.hypothesis) for pair in drawn]
    truth = np.array([float(pair.entails) for pair in drawn])
    first = TowersEntailer(model).logits(asked)
    second = Judge(model / JUDGE).logits(asked)
    return Asked(name, first, second, truth, np.full(limit, -1.0))


def fit(sets: list[Asked], *, steps: int = 4_000, rate: float = 0.05) -> Numbers:
    """Weights of towers, judge and one, by gradient descent; each set weighs the same."""
    weights = np.array([0.5, 0.5, 0.0])
    for _ in range(steps):
        slope = np.zeros(3)
        for each in sets:
            inputs = np.stack([each.towers, each.judge, np.ones_like(each.truth)], 1)
            error = 1 / (1 + np.exp(-inputs @ weights)) - each.truth
            slope += inputs.T @ error / len(error) / len(sets)
        weights -= rate * slope
    return weights


def score(each: Asked, weights: Numbers) -> float:
    """Accuracy in percent: of yes and no for pairs, of the best label for texts."""
    said = each.towers * weights[0] + each.judge * weights[1] + weights[2]
    if each.group[0] < 0:
        return 100 * float(((said > 0) == (each.truth > 0.5)).mean())
    right = []
    for number in np.unique(each.group):
        own = each.group == number
        right.append(each.truth[own][said[own].argmax()])
    return 100 * float(np.mean(right))


def halves(each: Asked) -> tuple[Asked, Asked]:
    """Two halves of a set, each text whole."""
    first = (each.group if each.group[0] >= 0 else np.arange(len(each.truth))) % 2 == 0
    return tuple(  # type: ignore[return-value]
        Asked(each.name, each.towers[own], each.judge[own], each.truth[own], each.group[own])
        for own in (first, ~first)
    )


def main() -> None:
    """Fit and tell."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--limit", type=int, default=300)
    options = parser.parse_args()
    sets = [
        topics(options.data, options.model, name, limit=options.limit)
        for name in ("clinc150", "smp2019")
    ]
    sets += [
        pairs(options.data, options.model, name, limit=4 * options.limit)
        for name in ("snli", "scitail")
    ]
    fitted, kept = zip(*map(halves, sets), strict=True)
    best = fit(list(fitted))
    print(f"fitted: towers {best[0]:.3f}  judge {best[1]:.3f}  bias {best[2]:.3f}\n")
    print(f"{'towers':>8}{'judge':>8}{'bias':>8}" + "".join(f"{each.name:>12}" for each in kept))
    tried = [
        best,
        *(
            np.array([a, b, 0.0])
            for a, b in ((1, 0), (1, 0.25), (1, 0.5), (1, 1), (0.5, 1), (0, 1))
        ),
    ]
    for weights in tried:
        row = "".join(f"{score(each, weights):>12.1f}" for each in kept)
        print(f"{weights[0]:>8.2f}{weights[1]:>8.2f}{weights[2]:>8.2f}{row}")


if __name__ == "__main__":
    main()
