"""Sixteen examples per label: entailment fine-tuning against logistic regression, a command.

    python -m tests.eval.few_shot --data DIR [--model FOLDER] [--baseline NAME=FOLDER …]

For each set and each of three fixed draws: `--shots` texts per label to learn from, `--limit`
others to measure on (accuracy in percent, mean of the draws). Logistic regression (L2, C chosen by
five-fold cross-validation on the learning texts among 0.1, 1, 10, 100) runs on the vectors of the
towers and of each baseline. Entailment fine-tuning trains the tower of the text's language on
(text, hypothesis) questions; a label's vector is the mean of its hypotheses and of its examples.
"""

# ruff: noqa: T201 - a command prints
import argparse
import random
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch

from core.models.entailer import CHINESE
from core.models.model_folder import BUILTIN, CONFIG_FILE
from core.models.recipe import bodies
from core.models.recipe.topics import read_topics
from core.models.recipe.towers import Towers, losses
from tests.eval.zero_shot import WORDINGS, Task, tasks

Vectors = np.ndarray[Any, np.dtype[np.float64]]
DRAWS = 3
EPOCHS = 4
RATE = 5e-5
"""Of fine-tuning: tried 2e-5 to 2e-4 and 2 to 8 rounds."""


def draw(task: Task, shots: int, limit: int, seed: int) -> tuple[list[int], list[int]]:
    """Places of the texts to learn from, and of those to measure on."""
    order = list(range(len(task.texts)))
    random.Random(seed).shuffle(order)
    taken: dict[int, int] = {}
    learn, rest = [], []
    for place in order:
        label = task.right[place][0]
        if taken.get(label, 0) < shots:
            taken[label] = taken.get(label, 0) + 1
            learn.append(place)
        else:
            rest.append(place)
    return learn, rest[:limit]


def vectors(body: bodies.Body, towers: Towers, texts: Sequence[str]) -> Vectors:
    """Unit vectors of texts, in order."""
    numbers = body.tokenise(texts, 96)
    order = sorted(range(len(numbers)), key=lambda at: len(numbers[at]))
    out = np.zeros((len(numbers), body.model.config.hidden_size))
    with torch.inference_mode():
        for at in range(0, len(order), 32):
            batch = order[at : at + 32]
            out[batch] = towers.vectors([numbers[each] for each in batch]).numpy()
    return out


def regression(learn: Vectors, labels: Sequence[int], rest: Vectors) -> Vectors:
    """Labels of the rest by logistic regression."""
    from sklearn.linear_model import LogisticRegressionCV

    folds = 5 if min(np.bincount(labels)[np.unique(labels)]) >= 5 else 2
    model = LogisticRegressionCV(Cs=[0.1, 1, 10, 100], cv=folds, max_iter=2_000)
    model.fit(learn * 10, labels)
    found: Vectors = model.predict(rest * 10)
    return found


def fine_tune(body: bodies.Body, task: Task, learn: Sequence[int], *, seed: int) -> Towers:
    """Train a tower on questions about the learning texts."""
    torch.manual_seed(seed)
    towers = Towers(body.model, pooling=body.pooling, scale=body.scale, bias=body.bias).train()
    for part in (body.model.embeddings, *body.model.encoder.layer[:2]):
        part.requires_grad_(False)
    trained = [each for each in body.model.parameters() if each.requires_grad]
    optimiser = torch.optim.AdamW(trained, lr=RATE, weight_decay=0.01)
    chance = random.Random(seed)
    steps = max(20, EPOCHS * len(learn) // 32)
    queue: list[int] = []
    for step in range(steps):
        if len(queue) < 32:
            more = list(learn)
            chance.shuffle(more)
            queue += more
        batch, queue = queue[:32], queue[32:]
        own = list(dict.fromkeys(task.right[place][0] for place in batch))
        others = [at for at in range(len(task.labels)) if at not in own]
        asked = own + chance.sample(others, min(len(others), max(0, 32 - len(own))))
        wording = chance.choice(WORDINGS[task.language])
        truth = torch.tensor([[float(at in task.right[place]) for at in asked] for place in batch])
        logits = towers.logits(
            towers.vectors(body.tokenise([task.texts[place] for place in batch], 64)),
            towers.vectors(body.tokenise([wording.format(task.labels[at]) for at in asked], 24)),
        )
        for group in optimiser.param_groups:
            group["lr"] = RATE * min(1.0, (step + 1) / 5) * (1 - step / steps)
        loss = losses(logits, truth, torch.ones_like(truth))
        optimiser.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        optimiser.step()
    return towers.eval()


def by_entailment(
    body: bodies.Body, towers: Towers, task: Task, learn: Sequence[int], rest: Sequence[int]
) -> Vectors:
    """Labels of the rest by the likeness to hypotheses and examples."""
    learned = vectors(body, towers, [task.texts[place] for place in learn])
    hypotheses = sum(
        vectors(body, towers, [wording.format(label) for label in task.labels])
        for wording in WORDINGS[task.language]
    )
    means = np.array(hypotheses) / len(WORDINGS[task.language])
    for at in range(len(task.labels)):
        own = [row for row, place in enumerate(learn) if task.right[place][0] == at]
        if own:
            means[at] = means[at] + 2 * learned[own].mean(0)
        means[at] /= np.linalg.norm(means[at])
    found: Vectors = (
        vectors(body, towers, [task.texts[place] for place in rest]) @ means.T
    ).argmax(1)
    return found


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--model", type=Path, default=BUILTIN)
    parser.add_argument("--baseline", action="append", default=[], metavar="NAME=FOLDER")
    parser.add_argument("--shots", type=int, default=16)
    parser.add_argument("--limit", type=int, default=400)
    parser.add_argument("--sets", default="huffpost,dbpedia14,tw_law_zh top,nlpcc2017")
    parser.add_argument("--draws", type=int, default=DRAWS)
    options = parser.parse_args()

    wanted = options.sets.split(",")
    chosen = tasks(read_topics(options.data, unstated=True), limit=20_000, seed=11)

    def tower_of(task: Task) -> Callable[[], bodies.Body]:
        folder = options.model / CHINESE
        has_own = task.language == "zh" and (folder / CONFIG_FILE).is_file()
        return lambda: bodies.of_ours(folder if has_own else options.model)

    for task in (each for each in chosen if each.name in wanted):
        sums: dict[str, list[float]] = {}
        for seed in range(1, options.draws + 1):
            learn, rest = draw(task, options.shots, options.limit, seed)
            labels = [task.right[place][0] for place in learn]
            truth = np.array([task.right[place][0] for place in rest])
            makers = {"towers": tower_of(task)}
            for given in options.baseline:
                name, _, folder = given.partition("=")
                pooling: Any = "cls" if name.startswith("bge") else "mean"
                makers[name] = lambda folder=folder, pooling=pooling: bodies.of_others(
                    Path(folder), pooling=pooling
                )
            for name, make in makers.items():
                body = make()
                plain = Towers(body.model, pooling=body.pooling).eval()
                said = regression(
                    vectors(body, plain, [task.texts[place] for place in learn]),
                    labels,
                    vectors(body, plain, [task.texts[place] for place in rest]),
                )
                sums.setdefault(f"LR {name}", []).append(float((said == truth).mean()))
            body = tower_of(task)()
            plain = Towers(body.model, pooling=body.pooling).eval()
            said = by_entailment(body, plain, task, learn, rest)
            sums.setdefault("examples only", []).append(float((said == truth).mean()))
            began = time.monotonic()
            tuned = fine_tune(body, task, learn, seed=seed)
            took = time.monotonic() - began
            said = by_entailment(body, tuned, task, learn, rest)
            sums.setdefault("entailment", []).append(float((said == truth).mean()))
            sums.setdefault("seconds", []).append(took / 100)
        row = "  ".join(f"{name} {100 * np.mean(each):.1f}" for name, each in sums.items())
        print(f"{task.name:<18} {row}", flush=True)


if __name__ == "__main__":
    main()
