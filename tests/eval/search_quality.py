"""How well searches find what they should: words alone, meaning alone, and ways to join them.

Texts of several public sets, Chinese and English, make one collection; a set brings queries whose
right answers are known (a title finds its article, a statute its translation, a keyword all papers
that its authors gave it to). Printed is NDCG@10 per set.

    python -m tests.eval.search_quality --data DIR [--limit 1500] [--queries 300] [--model FOLDER]

DIR holds the sets as folders of gzipped JSON lines: full_articles, csl_keywords, taiwan_md_people,
tw_law_parallel, huffpost, tatoeba_zh_en. With the defaults it takes about six minutes on two cores.
"""

import argparse
import gzip
import json
import math
import random
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from core.fusion import fuse
from core.models.embedder import BuiltinEmbedder
from core.ports import KeywordQuery, Scored, Vectors
from core.search import DEPTH
from core.store.database import Database
from core.store.keyword import FtsKeywordIndex

EMBEDDED = 260
"""Characters of a text that are embedded: about as many as a summary has."""

Join = Callable[[Sequence[Scored], Sequence[Scored]], list[int]]


@dataclass
class Task:
    """A collection, and per set the queries with the texts (by position) that answer them."""

    texts: list[str] = field(default_factory=list)
    sets: dict[str, list[tuple[str, list[int]]]] = field(default_factory=dict)

    def add(self, text: str) -> int:
        """Put a text into the collection."""
        self.texts.append(text)
        return len(self.texts) - 1

    def ask(self, name: str, query: str, answers: Iterable[int]) -> None:
        """Put a query into a set."""
        self.sets.setdefault(name, []).append((query, list(answers)))

    def ask_words(self, name: str, words: Mapping[str, Iterable[int]]) -> None:
        """Put queries that have many answers into a set."""
        for word in sorted(words):
            self.ask(name, word, words[word])


# ── the sets ─────────────────────────────────────────────────────────────────────────────────────


def collect(data: Path, *, limit: int, queries: int) -> Task:
    """Read all sets, each with so many texts and queries at most."""
    task, chance = Task(), random.Random(7)
    for add in (_articles, _papers, _portraits, _laws, _news, _sentences):
        add(task, data, limit, chance)
    task.sets = {
        name: chance.sample(asked, min(queries, len(asked))) for name, asked in task.sets.items()
    }
    return task


def _articles(task: Task, data: Path, _limit: int, _chance: random.Random) -> None:
    for row in _rows(data / "full_articles/taiwan_md.jsonl.gz"):
        language = "zh" if row["lang"].startswith("zh") else "en"
        answer = task.add(row["body"])
        task.ask(f"article by title, {language}", row["title"], [answer])
        task.ask(f"article by description, {language}", row["description"], [answer])


def _papers(task: Task, data: Path, limit: int, chance: random.Random) -> None:
    words: dict[str, list[int]] = {}
    for row in _sample(data / "csl_keywords/dev_test.jsonl.gz", limit, chance):
        answer = task.add(row["text"])
        task.ask("paper by keywords, zh", " ".join(row["labels"]), [answer])
        for word in row["labels"]:
            words.setdefault(word, []).append(answer)
    short = {
        word: found for word, found in words.items() if re.fullmatch("[\u4e00-\u9fff]{2}", word)
    }
    task.ask_words("papers by a word of two characters", short)


def _portraits(task: Task, data: Path, limit: int, chance: random.Random) -> None:
    words: dict[str, list[int]] = {}
    for row in _sample(data / "taiwan_md_people/all.jsonl.gz", limit, chance):
        if row["lang"].startswith("zh"):
            answer = task.add(row["text"])
            for word in row["tags"]:
                words.setdefault(word, []).append(answer)
    telling = {
        word: found
        for word, found in words.items()
        if len(found) <= 20 and re.fullmatch("[\u4e00-\u9fff]{2,4}", word)
    }
    task.ask_words("portraits by a tag of 2 to 4 characters", telling)


def _laws(task: Task, data: Path, limit: int, chance: random.Random) -> None:
    rows = _sample(data / "tw_law_parallel/pairs.jsonl.gz", 10 * limit, chance)
    whole = [row for row in rows if 40 < len(row["zh"]) < 400 and len(row["en"]) > 80]
    # articles that begin alike are mostly the same article of many statutes
    unlike = {row["zh"][:20]: row for row in whole}
    for number, row in enumerate(list(unlike.values())[:limit]):
        if number % 2:
            answer = task.add(row["zh"])
            task.ask("law, en finds zh", row["en"][:300], [answer])
            task.ask("law by 16 characters", row["zh"][10:26], [answer])
        else:
            task.ask("law, zh finds en", row["zh"][:120], [task.add(row["en"])])


def _news(task: Task, data: Path, limit: int, chance: random.Random) -> None:
    sections: dict[str, list[int]] = {}
    for row in _sample(data / "huffpost/with_summary.jsonl.gz", limit, chance):
        parts = re.match(r"(.{20,120}?[.?!]) (.{60,})", row["text"])
        if parts:
            answer = task.add(parts[2])
            task.ask("news summary by title, en", parts[1], [answer])
            for section in row["labels"]:
                sections.setdefault(section, []).append(answer)
    common = {name: found for name, found in sections.items() if len(found) >= 5}
    task.ask_words("news summaries by section, en", common)


def _sentences(task: Task, data: Path, limit: int, chance: random.Random) -> None:
    pairs = _sample(data / "tatoeba_zh_en/pairs.jsonl.gz", 3 * limit, chance)
    unlike = {row["en"]: row for row in pairs if len(row["zh"]) >= 10}
    for row in list({row["zh"]: row for row in unlike.values()}.values())[:limit]:
        task.ask("sentence, en finds zh", row["en"], [task.add(row["zh"])])


def _rows(file: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def _sample(file: Path, limit: int, chance: random.Random) -> list[dict[str, Any]]:
    rows = list(_rows(file))
    return chance.sample(rows, min(limit, len(rows)))


# ── the measure ──────────────────────────────────────────────────────────────────────────────────


def ndcg(ranked: Sequence[int], answers: Sequence[int], *, depth: int = 10) -> float:
    """Normalised discounted cumulative gain (Järvelin and Kekäläinen 2002), answers alike."""
    gains = [1 / math.log2(rank + 2) for rank in range(depth)]
    reached = sum(
        gain for gain, each in zip(gains, ranked[:depth], strict=False) if each in answers
    )
    return reached / sum(gains[: len(answers)])


def words_alone(words: Sequence[Scored], _meaning: Sequence[Scored]) -> list[int]:
    """As the keyword index ranks."""
    return [each.item_id for each in words]


def meaning_alone(_words: Sequence[Scored], meaning: Sequence[Scored]) -> list[int]:
    """As the vectors rank."""
    return [each.item_id for each in meaning]


def reciprocal_ranks(words: Sequence[Scored], meaning: Sequence[Scored]) -> list[int]:
    """Equal weight (Cormack et al. 2009)."""
    scores: dict[int, float] = {}
    for side in (words, meaning):
        for rank, each in enumerate(side):
            scores[each.item_id] = scores.get(each.item_id, 0) + 1 / (61 + rank)
    return sorted(scores, key=lambda item: -scores[item])


def scaled_sum(words: Sequence[Scored], meaning: Sequence[Scored]) -> list[int]:
    """Half and half of scores, each side scaled to 0 to 1 (Bruch et al. 2023)."""
    scores: dict[int, float] = {}
    for side in (words, meaning):
        low = side[-1].score if side else 0.0
        span = (side[0].score - low if side else 0.0) or 1.0
        for each in side:
            scores[each.item_id] = scores.get(each.item_id, 0) + (each.score - low) / span / 2
    return sorted(scores, key=lambda item: -scores[item])


def weighed(words: Sequence[Scored], meaning: Sequence[Scored]) -> list[int]:
    """What searches do: `core.fusion`."""
    return [each.item_id for each in fuse(words, meaning)]


JOINS: dict[str, Join] = {
    "words": words_alone,
    "meaning": meaning_alone,
    "ranks": reciprocal_ranks,
    "scaled": scaled_sum,
    "fused": weighed,
}


def measure(task: Task, embedder: BuiltinEmbedder) -> dict[str, dict[str, float]]:
    """NDCG@10 per set and way of joining."""
    database = Database(None)
    keywords = FtsKeywordIndex(database)
    with database.transaction():
        for number, text in enumerate(task.texts):
            keywords.index(1, number, title="", body=text)
    vectors = _embed(embedder, [text[:EMBEDDED] for text in task.texts])
    table: dict[str, dict[str, float]] = {}
    for name, asked in task.sets.items():
        sums = dict.fromkeys(JOINS, 0.0)
        likeness = embedder.embed([query for query, _ in asked], role="query") @ vectors.T
        for (query, answers), row in zip(asked, likeness, strict=True):
            split = KeywordQuery(any_of=tuple(query.split()))
            words = keywords.find(1, split, limit=DEPTH)
            near = np.argsort(-row, kind="stable")[: DEPTH // 2]
            meaning = [Scored(int(each), float(row[each])) for each in near]
            for way, join in JOINS.items():
                sums[way] += ndcg(join(words, meaning), answers)
        table[name] = {way: total / len(asked) for way, total in sums.items()}
    database.close()
    return table


def _embed(embedder: BuiltinEmbedder, texts: Sequence[str]) -> Vectors:
    parts = []
    for start in range(0, len(texts), 200):
        parts.append(embedder.embed(texts[start : start + 200]))
        sys.stderr.write(f"\rembedded {start + 200:,} of {len(texts):,}")
    sys.stderr.write("\n")
    return np.concatenate(parts)


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--limit", type=int, default=1500, help="texts of a set")
    parser.add_argument("--queries", type=int, default=300, help="queries of a set")
    parser.add_argument("--model", type=Path, help="folder of another two-tower model")
    options = parser.parse_args(arguments)
    task = collect(options.data, limit=options.limit, queries=options.queries)
    table = measure(task, BuiltinEmbedder(options.model))
    write = sys.stdout.write
    write(f"{len(task.texts):,} texts\n{'':42}{'queries':>8}")
    write("".join(f"{way:>9}" for way in JOINS) + "  fused less the better\n")
    for name, row in table.items():
        write(f"{name:42}{len(task.sets[name]):8}" + "".join(f"{row[way]:9.3f}" for way in JOINS))
        write(f"{row['fused'] - max(row['words'], row['meaning']):+9.3f}\n")
    means = {way: sum(row[way] for row in table.values()) / len(table) for way in JOINS}
    write(f"{'mean':50}" + "".join(f"{means[way]:9.3f}" for way in JOINS) + "\n")


if __name__ == "__main__":
    main()
