"""Measures model folders on data kept elsewhere, and prints one table: a command, not a test.

    python -m tests.eval.measure --data DIR core/models/builtin [FOLDER …] [--reference SEED …]

Search: mean reciprocal rank (first ten) of the one right passage, in percent; `bm25` is a reference
that knows words only (Chinese as pairs of characters). Topics: accuracy in percent of the most
probable label, in a template hypothesis. A SEED (a checkpoint in floats) is run by torch,
unrounded, with the tokenizer of the first FOLDER.
"""

# ruff: noqa: T201 - a command prints
import argparse
import gzip
import json
import math
import random
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from core.folding import fold
from core.models.batching import batches
from core.models.encoder import Encoder
from core.models.tokenizer import BilingualTokenizer
from core.ports import Vectors

Encode = Callable[[Sequence[str], int], Vectors]
TEMPLATES = {"zh": "這篇文章與「{}」有關。", "en": "This text is about {}."}


@dataclass(frozen=True)
class Finding:
    """Each query's right passage has the query's own position."""

    name: str
    queries: list[str]
    passages: list[str]


@dataclass(frozen=True)
class Choosing:
    """Each text's right label is a position in `labels`."""

    name: str
    texts: list[str]
    labels: list[str]
    right: list[int]


def read(file: Path, *, limit: int, seed: int = 7) -> list[dict[str, Any]]:
    """A fixed random sample of a gzipped JSON lines file."""
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return random.Random(seed).sample(rows, min(limit, len(rows)))


def findings(data: Path, limit: int) -> Iterator[Finding]:
    """Search tasks."""
    law = read(data / "tw_law_parallel/pairs.jsonl.gz", limit=limit)
    zh, en = [row["zh"] for row in law], [row["en"] for row in law]
    yield Finding("law zh>en", zh, en)
    yield Finding("law en>zh", en, zh)
    short = read(data / "tatoeba_zh_en/pairs.jsonl.gz", limit=2 * limit)
    zh, en = [row["zh"] for row in short], [row["en"] for row in short]
    yield Finding("tatoeba zh>en", zh, en)
    yield Finding("tatoeba en>zh", en, zh)
    papers = read(data / "csl_keywords/dev_test.jsonl.gz", limit=2 * limit)
    yield Finding(
        "csl keywords>abstract",
        [" ".join(row["labels"]) for row in papers],
        [row["text"] for row in papers],
    )
    news = read(data / "huffpost/with_summary.jsonl.gz", limit=2 * limit)
    halves = [row["text"].split(". ", 1) for row in news]
    halves = [half for half in halves if len(half) == 2]
    yield Finding("news title>summary", [half[0] for half in halves], [half[1] for half in halves])
    articles = read(data / "full_articles/taiwan_md.jsonl.gz", limit=1000)
    for language in ("zh", "en"):
        own = [row for row in articles if row["lang"].startswith(language)]
        bodies = [row["body"] for row in own]
        yield Finding(f"articles {language} title", [row["title"] for row in own], bodies)
        yield Finding(
            f"articles {language} description", [row["description"] for row in own], bodies
        )


def choosings(data: Path, limit: int) -> Iterator[Choosing]:
    """Topic tasks."""
    sets = {
        "huffpost/with_summary": "en",
        "nlpcc2017/test_full": "zh",
        "clinc150/test": "en",
    }
    for name, language in sets.items():
        rows = read(data / f"{name}.jsonl.gz", limit=limit)
        labels = sorted({label for row in rows for label in row["labels"]})
        hypotheses = [TEMPLATES[language].format(label) for label in labels]
        right = [labels.index(row["labels"][0]) for row in rows]
        yield Choosing(name, [row["text"] for row in rows], hypotheses, right)
    rows = [row for row in read(data / "tw_law/zh.jsonl.gz", limit=limit) if row["labels"]]
    labels = sorted({row["labels"][0] for row in rows})
    hypotheses = [TEMPLATES["zh"].format(label) for label in labels]
    right = [labels.index(row["labels"][0]) for row in rows]
    yield Choosing("tw_law/zh ministry", [row["text"] for row in rows], hypotheses, right)


def reciprocal_rank(scores: np.ndarray[Any, Any]) -> float:
    """Mean reciprocal rank in percent, 0 beyond ten; `scores` is queries x passages."""
    own = np.diag(scores)[:, None]
    ranks = (scores > own).sum(axis=1) + ((scores == own).sum(axis=1) - 1) / 2 + 1
    return float(np.where(ranks <= 10, 1 / ranks, 0).mean() * 100)


def bm25(task: Finding, *, k1: float = 1.2, b: float = 0.75) -> np.ndarray[Any, Any]:
    """Keyword scores (Robertson and Zaragoza 2009)."""

    def terms(text: str) -> list[str]:
        folded = fold(text)
        runs = re.findall("[\u4e00-\u9fff]+", folded)
        pairs = [run[i : i + 2] for run in runs for i in range(max(1, len(run) - 1))]
        return pairs + re.findall(r"[^\W_\u4e00-\u9fff]+", folded)

    passages = [Counter(terms(text)) for text in task.passages]
    lengths = np.array([sum(each.values()) for each in passages])
    norm = k1 * (1 - b + b * lengths / max(1.0, lengths.mean()))
    found: dict[str, list[tuple[int, int]]] = {}
    for index, counts in enumerate(passages):
        for term, count in counts.items():
            found.setdefault(term, []).append((index, count))
    scores = np.zeros((len(task.queries), len(passages)))
    for row, query in enumerate(task.queries):
        for term in set(terms(query)):
            hits = found.get(term, [])
            rarity = math.log(1 + (len(passages) - len(hits) + 0.5) / (len(hits) + 0.5))
            for index, count in hits:
                scores[row, index] += rarity * count * (k1 + 1) / (count + norm[index])
    return scores


def torch_encoder(checkpoint: Path, tokenizer: BilingualTokenizer) -> Encode:
    """A checkpoint in floats, run by torch."""
    import torch
    from transformers import BertModel

    torch.set_num_threads(2)
    model = BertModel.from_pretrained(
        checkpoint, add_pooling_layer=False, dtype=torch.float32
    ).eval()

    def encode(texts: Sequence[str], max_tokens: int) -> Vectors:
        numbers = tokenizer.encode(texts, max_tokens=max_tokens)
        vectors = np.empty((len(texts), model.config.hidden_size), np.float32)
        for batch in batches([len(each) for each in numbers], max_tokens=1024):
            ids = torch.zeros((len(batch), len(numbers[batch[0]])), dtype=torch.long)
            for row, index in enumerate(batch):
                ids[row, : len(numbers[index])] = torch.tensor(numbers[index])
            mask = (ids != 0).long()
            with torch.inference_mode():
                states = model(input_ids=ids, attention_mask=mask).last_hidden_state
            means = (states * mask[:, :, None]).sum(1) / mask.sum(1, keepdim=True)
            vectors[batch] = torch.nn.functional.normalize(means, dim=1).numpy()
        return vectors

    return encode


def main() -> None:
    """Measure every model on every task."""
    parser = argparse.ArgumentParser(prog="python -m tests.eval.measure", description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--reference", nargs="*", type=Path, default=[])
    parser.add_argument("--limit", type=int, default=500)
    parser.add_argument("--passage-tokens", nargs="*", type=int, default=[256])
    parser.add_argument("--only", default="", help="tasks whose name has this")
    parser.add_argument("--precision", choices=["int8", "float32"])
    given = parser.parse_args()

    encoders: dict[str, Encode] = {}
    for folder in given.folders:
        encoder = Encoder(folder, precision=given.precision)
        encoders[folder.name] = lambda texts, cut, own=encoder: own.encode(texts, max_tokens=cut)
    for checkpoint in given.reference:
        tokenizer = BilingualTokenizer(given.folders[0])
        encoders[f"{checkpoint.name} (torch)"] = torch_encoder(checkpoint, tokenizer)

    columns = [f"{name}/{cut}" for name in encoders for cut in given.passage_tokens]
    print("task".ljust(28), "n".rjust(5), *(column.rjust(24) for column in (*columns, "bm25")))
    for task in findings(given.data, given.limit):
        if given.only not in task.name:
            continue
        cells = []
        started = time.perf_counter()
        for encode in encoders.values():
            for cut in given.passage_tokens:
                queries = encode(task.queries, cut)
                cells.append(reciprocal_rank(queries @ encode(task.passages, cut).T))
        cells.append(reciprocal_rank(bm25(task)))
        seconds = time.perf_counter() - started
        print(
            task.name.ljust(28),
            str(len(task.queries)).rjust(5),
            *(f"{cell:24.1f}" for cell in cells),
            f"  {seconds:.0f} s",
            flush=True,
        )
    for choice in choosings(given.data, given.limit):
        if given.only not in choice.name:
            continue
        cells = []
        for encode in encoders.values():
            labels = encode(choice.labels, 24)
            chosen = (encode(choice.texts, 96) @ labels.T).argmax(axis=1)
            cells += [float((chosen == choice.right).mean() * 100)] * len(given.passage_tokens)
        print(
            choice.name.ljust(28),
            str(len(choice.texts)).rjust(5),
            *(f"{cell:24.1f}" for cell in cells),
            flush=True,
        )


if __name__ == "__main__":
    main()
