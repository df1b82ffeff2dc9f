"""Measures summarisers on long articles with human descriptions: a command, not a test.

    python -m tests.eval.summaries --data FILE.jsonl.gz [--characters 220] [--embed]

Each line of the file has lang, title, description and body. Every way of choosing gets the same
sentences (prose, as `core.models.boilerplate` sees it) and the same length. Printed, in percent: F1
of ROUGE-1, -2 and -L against the description (characters for Chinese, words for English, folded;
Lin 2004), recall of ROUGE-1, how much of it two sentences of one summary say twice, and
milliseconds per article. With --embed also ways that use the built-in encoder, and `cosine`: the
summary's likeness to the description by that same encoder, which flatters those ways.

"lead" is a strong baseline here, since many of these articles open with an overview; `*` marks the
same articles with that overview taken out.
"""

# ruff: noqa: T201 - a command prints
import argparse
import gzip
import json
import random
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np

from core.domain import Summary
from core.folding import fold
from core.models import summariser as rules
from core.models.boilerplate import units
from core.models.embedder import BuiltinEmbedder
from core.models.summariser import ExtractiveSummariser

_UNIT = re.compile("[\u3400-\u9fff]|[^\\W_\u3400-\u9fff]+")
_OVERVIEW = re.compile(r"\W*30[\s\u2010-\u2015-]*(?:秒|[Ss]econd)[^\n]{0,20}(?:\n|[:：])[^\n]*\n")

Scores = Sequence[float]
Score = Callable[["Article", list[str]], Scores]


@dataclass(frozen=True)
class Article:
    """One line of the file."""

    lang: str
    title: str
    description: str
    body: str


def read(file: Path, *, overview: bool) -> Iterator[Article]:
    """The file's articles, with or without their opening overview."""
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            body = row["body"] if overview else _OVERVIEW.sub("", row["body"], count=1)
            yield Article(row["lang"][:2], row["title"], row["description"], body)


# ── ways of choosing ─────────────────────────────────────────────────────────────────────────────


def lead(article: Article, sentences: list[str]) -> Scores:
    """The first sentences."""
    return [-float(index) for index in range(len(sentences))]


def at_random(article: Article, sentences: list[str]) -> Scores:
    """Any sentences; the same ones in every run."""
    draw = random.Random(article.title)
    return [draw.random() for _ in sentences]


def central(article: Article, sentences: list[str]) -> Scores:
    """Likeness to the centre of all sentences, by words."""
    matrix = _matrix(sentences)
    centre = matrix.sum(axis=0)
    return list(matrix @ centre)


def lexrank(article: Article, sentences: list[str]) -> Scores:
    """LexRank (Erkan and Radev 2004): stationary probability of a walk along likeness."""
    matrix = _matrix(sentences)
    likeness = matrix @ matrix.T
    likeness[likeness < 0.05] = 0
    np.fill_diagonal(likeness, 0)
    step = likeness / np.maximum(likeness.sum(axis=1, keepdims=True), 1e-9)
    rank = np.full(len(sentences), 1 / len(sentences))
    for _ in range(50):
        rank = 0.15 / len(sentences) + 0.85 * step.T @ rank
    return list(rank)


def textrank(article: Article, sentences: list[str]) -> Scores:
    """TextRank (Mihalcea and Tarau 2004): shared words over the logarithms of the lengths."""
    words = [set(rules._words(sentence)) for sentence in sentences]
    size = len(sentences)
    likeness = np.zeros((size, size))
    for row, one in enumerate(words):
        for column, other in enumerate(words[:row]):
            length = np.log(len(one) + 1) + np.log(len(other) + 1)
            likeness[row, column] = likeness[column, row] = len(one & other) / (length or 1)
    step = likeness / np.maximum(likeness.sum(axis=1, keepdims=True), 1e-9)
    rank = np.full(size, 1 / size)
    for _ in range(50):
        rank = 0.15 / size + 0.85 * step.T @ rank
    return list(rank)


def by_vectors(embedder: BuiltinEmbedder, *, position: float) -> Score:
    """Likeness to the document and title by the encoder, with a prior for early sentences."""

    def score(article: Article, sentences: list[str]) -> Scores:
        vectors = embedder.embed(sentences)
        document, title = embedder.embed([f"{article.title}。{article.body[:2000]}", article.title])
        early = [-float(np.log1p(index)) for index in range(len(sentences))]
        worth = rules._standard(list(vectors @ document)) + 0.5 * rules._standard(
            list(vectors @ title)
        )
        return list(worth + position * rules._standard(early))

    return score


def _matrix(sentences: list[str]) -> np.ndarray:
    vectors = rules._weighted([rules._words(sentence) for sentence in sentences])
    places = {word: i for i, word in enumerate(sorted({w for v in vectors for w in v}))}
    matrix = np.zeros((len(sentences), len(places)))
    for row, vector in enumerate(vectors):
        for word, value in vector.items():
            matrix[row, places[word]] = value
    return matrix


def choose(article: Article, score: Score, *, characters: int) -> list[str]:
    """The best sentences that fit, in their order."""
    read_sentences = rules._read(article.body, article.title)
    sentences = rules._quotable(read_sentences, characters)
    scores = score(article, [sentence.extract.text for sentence in sentences])
    chosen, room = [], float(characters)
    for index in sorted(range(len(sentences)), key=lambda index: -scores[index]):
        if sentences[index].units <= room:
            chosen.append(index)
            room -= sentences[index].units
    return [sentences[index].extract.text for index in sorted(chosen)]


# ── scores ───────────────────────────────────────────────────────────────────────────────────────


def rouge(summary: str, reference: str) -> tuple[float, float, float, float]:
    """F1 of ROUGE-1, -2, -L, and recall of ROUGE-1."""
    one, other = _UNIT.findall(fold(summary)), _UNIT.findall(fold(reference))
    shared = (Counter(one) & Counter(other)).total()
    pairs = Counter(pairwise(one)), Counter(pairwise(other))
    row = [0] * (len(other) + 1)
    for unit in one:
        before = 0
        for index, wanted in enumerate(other):
            above = row[index + 1]
            row[index + 1] = before + 1 if unit == wanted else max(above, row[index])
            before = above
    return (
        2 * shared / (len(one) + len(other)),
        2 * (pairs[0] & pairs[1]).total() / max(1, len(one) + len(other) - 2),
        2 * row[-1] / (len(one) + len(other)),
        shared / len(other),
    )


def repetition(sentences: list[str]) -> float:
    """Mean over sentences of the largest share of words that another one has too."""
    words = [set(rules._words(sentence)) for sentence in sentences]
    if len(words) < 2:
        return 0.0
    shares = [
        max(
            len(one & other) / (min(len(one), len(other)) or 1)
            for other in words
            if other is not one
        )
        for one in words
    ]
    return float(np.mean(shares))


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--characters", type=int, default=220)
    parser.add_argument("--embed", action="store_true")
    given = parser.parse_args()

    scores: dict[str, Score] = {
        "lead": lead,
        "random": at_random,
        "central": central,
        "lexrank": lexrank,
        "textrank": textrank,
    }
    embedder = BuiltinEmbedder()
    if given.embed:
        scores["vectors"] = by_vectors(embedder, position=0.0)
        scores["vectors+position"] = by_vectors(embedder, position=1.2)
    ours = ExtractiveSummariser(max_characters=given.characters)

    def extractive(article: Article) -> list[str]:
        summary: Summary = ours.summarise(article.body, title=article.title)
        return [extract.text for extract in summary.extracts]

    ways: dict[str, Callable[[Article], list[str]]] = {
        name: lambda article, score=score: choose(article, score, characters=given.characters)  # type: ignore[misc]
        for name, score in scores.items()
    }
    ways[ours.method] = extractive
    head = ["R-1", "R-2", "R-L", "recall", "twice", "units", "ms"] + ["cosine"] * given.embed
    print(f"{'':20}", *(f"{name:>7}" for name in head))
    for overview in (True, False):
        articles = list(read(given.data, overview=overview))
        for lang in sorted({article.lang for article in articles}):
            for name, way in ways.items():
                rows = []
                for article in (article for article in articles if article.lang == lang):
                    start = time.perf_counter()
                    chosen = way(article)
                    took = time.perf_counter() - start
                    text = " ".join(chosen)
                    row = [*rouge(text, article.description), repetition(chosen)]
                    row += [units(text) / 100, took * 10]
                    if given.embed:
                        one, other = embedder.embed([text, article.description])
                        row.append(float(one @ other))
                    rows.append(row)
                means = 100 * np.mean(rows, axis=0)
                mark = " " if overview else "*"
                print(f"{lang}{mark} {name:16}", *(f"{mean:7.1f}" for mean in means), flush=True)


if __name__ == "__main__":
    main()
