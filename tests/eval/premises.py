"""Which part of a long text is best asked about, where the text is longer than the model reads.

    python -m tests.eval.premises --data DIR [--limit 150] [--seed 4] [--model NAME] [--tokens N]

DIR holds tw_law and tw_law_parallel (a statute is put together from its opening text and those of
its articles that are there, at least 1,500 characters in Chinese, 4,000 in English; its ministry
names the topics, see `tests.eval.labels`) and full_articles (articles of some 6,000 characters; the
section of the site names the topics). All top topics of the starter taxonomy are asked in the
text's language about each premise; a text has one section but may be about more.

Told per set and way: share of texts whose most probable topic is a right one, the mean reciprocal
rank of the best right one, mean F1 of the labels by the model's rule, questions asked a text.
"""

import argparse
import gzip
import json
import random
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from core.domain import Document, LabelPath, Language
from core.labelling import BUILTIN_RULE, PLAIN_RULE, SHORT_TEXT, Rule, choose_premise, descend
from core.models.entailer import BuiltinEntailer, TowersEntailer, make_entailer
from core.models.summariser import ExtractiveSummariser
from core.ports import Entailer
from core.sentences import split
from core.taxonomy import Taxonomy, starter
from tests.eval.labels import MINISTRIES, topics_only

LONG = {"zh": 1_500, "en": 4_000}
SECTIONS = {
    "Nature": "environment animals", "Technology": "digital economy", "Economy": "economy labour",
    "Culture": "culture", "History": "culture democracy international human-rights",
    "Society": "welfare gender human-rights education health labour housing-land media",
}  # fmt: skip
CHUNK = {"zh": 150, "en": 400}  # characters: what the built-in model reads at once
MOST_CHUNKS = 20


@dataclass(frozen=True, slots=True)
class Case:
    """A long text with the topics that are right for it."""

    document: Document
    allowed: frozenset[LabelPath]

    @property
    def tongue(self) -> str:
        """Of its language, "zh" or "en"."""
        return (self.document.language or "en")[:2]


Way = Callable[[Case], list[str]]
"""The premises of a text; where there are several, a topic is as probable as in the best one."""


def rows(file: Path) -> Iterator[dict[str, Any]]:
    """Lines of a gzipped JSON lines file."""
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def topics(words: str) -> frozenset[LabelPath]:
    """Paths of topics."""
    return frozenset(LabelPath(f"topic/{topic}") for topic in words.split())


def statutes(data: Path, tongue: str) -> Iterator[Case]:
    """Statutes put together from their articles, under the topics of their ministry."""
    articles: dict[str, list[str]] = {}
    for row in rows(data / "tw_law_parallel/pairs.jsonl.gz"):
        if row["kind"] == "article":
            articles.setdefault(row["id"], []).append(row[tongue])
    for row in rows(data / f"tw_law/{tongue}.jsonl.gz"):
        found = [
            MINISTRIES[name] for name in row.get("labels_zh", row["labels"]) if name in MINISTRIES
        ]
        text = "\n".join([row["text"], *articles.get(row["id"], [])])
        if found and len(text) >= LONG[tongue]:
            end = "。" if tongue == "zh" else ". "
            title, _, body = text.partition(end)
            yield Case(Document(text=body, title=title, language=row["lang"]), topics(found[0]))


def articles(data: Path, tongue: str) -> Iterator[Case]:
    """Long articles, under the topics of their section."""
    for row in rows(data / "full_articles/taiwan_md.jsonl.gz"):
        if row["lang"].startswith(tongue):
            section = next(part for part in row["id"].split("/")[1:] if part in SECTIONS)
            document = Document(text=row["body"], title=row["title"], language=row["lang"])
            yield Case(document, topics(SECTIONS[section]))


def chunks(case: Case) -> list[str]:
    """The text in pieces of whole sentences, each under the title; of many, some spread evenly."""
    size = CHUNK[case.tongue]
    pieces = [""]
    for sentence in split(case.document.text):
        words = sentence.text
        if pieces[-1] and len(pieces[-1]) + len(words) > size:
            pieces.append("")
        pieces[-1] += words + ("" if case.tongue == "zh" else " ")
    step = max(1, -(-len(pieces) // MOST_CHUNKS))
    return [premise(case, piece, None) for piece in pieces[::step]]


def premise(case: Case, body: str, title: str | None) -> str:
    """A body under a title, as `choose_premise` puts them together."""
    return choose_premise(Document(text=body, title=title), None).text


def ways() -> dict[str, Way]:
    """What may be asked about."""
    summariser = ExtractiveSummariser()

    def summary(case: Case) -> list[str]:
        told = summariser.summarise(case.document.text, title=case.document.title)
        return [choose_premise(case.document, told).text]

    def lead(case: Case) -> list[str]:
        return [premise(case, case.document.text[:SHORT_TEXT], case.document.title)]

    return {
        "title alone": lambda case: [case.document.title or ""],
        "lead": lead,
        "whole": lambda case: [premise(case, case.document.text, case.document.title)],
        "summary": summary,
        "summary, no title": lambda case: [
            summariser.summarise(case.document.text, title=case.document.title).text
        ],
        "chunks, max": chunks,
        "summary and chunks": lambda case: [*summary(case), *chunks(case)],
    }


def measure(
    cases: Sequence[Case], way: Way, *, entailer: Entailer, taxonomy: Taxonomy, rule: Rule
) -> tuple[float, float, float, float]:
    """Ask about every case's premises; see the module for what is told."""
    paths = [label.path for label in taxonomy.walk()]
    best = ranks = 0.0
    right = given = wanted = asked = 0
    for case in cases:
        language: Language = "zh-TW" if case.tongue == "zh" else "en"
        questions = [taxonomy.hypothesis(path, language) for path in paths]
        premises = way(case)
        said = iter(entailer.entail([(text, each) for text in premises for each in questions]))
        table = [[next(said) for _ in paths] for _ in premises]
        answers = dict(zip(paths, map(max, zip(*table, strict=True)), strict=True))
        ranked = sorted(paths, key=lambda path: -answers[path])
        rank = next(place for place, path in enumerate(ranked, 1) if path in case.allowed)
        best, ranks, asked = (
            best + (rank == 1),
            ranks + 1 / rank,
            asked + len(premises) * len(paths),
        )
        labels = {label.path for label in descend(taxonomy, answers, rule=rule).labels}
        right, given = right + len(labels & case.allowed), given + len(labels)
        wanted += bool(labels & case.allowed)
    precision, recall = right / max(1, given), wanted / len(cases)
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    return best / len(cases), ranks / len(cases), f1, asked / len(cases)


def main() -> None:
    """Ask, compare, print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--limit", type=int, default=150, help="texts per set")
    parser.add_argument("--seed", type=int, default=4)
    parser.add_argument("--model", default=None)
    parser.add_argument("--tokens", type=int, help="how much of a text the built-in model reads")
    parser.add_argument("--set", default="", help="sets whose name has this")
    parser.add_argument("--way", default="", help="ways whose name has this")
    options = parser.parse_args()

    entailer = make_entailer(options.model)
    if isinstance(entailer, BuiltinEntailer):
        entailer = entailer.towers  # they choose what the judges are asked
    is_builtin = isinstance(entailer, TowersEntailer)
    if options.tokens and isinstance(entailer, TowersEntailer):
        for encoder in entailer.encoders:
            encoder.settings = replace(encoder.settings, text_tokens=options.tokens)
    taxonomy = topics_only(starter(), most=None)
    sets = {
        f"{name}, {tongue}": list(read(options.data, tongue))
        for name, read in (("statutes", statutes), ("articles", articles))
        for tongue in ("zh", "en")
        if options.set in f"{name}, {tongue}"
    }
    write = sys.stdout.write
    write(f"{entailer.version}, seed {options.seed}, tokens {options.tokens or 'as configured'}\n")
    write(f"{'set':14}{'way':20}{'n':>5}{'best':>8}{'rank':>8}{'F1':>8}{'asked':>8}\n")
    for name, found in sets.items():
        drawn = random.Random(options.seed).sample(found, min(options.limit, len(found)))
        for way, premises in ways().items():
            if options.way not in way:
                continue
            figures = measure(
                drawn,
                premises,
                entailer=entailer,
                taxonomy=taxonomy,
                rule=BUILTIN_RULE if is_builtin else PLAIN_RULE,
            )
            told = "".join(f"{each:8.3f}" for each in figures[:3])
            write(f"{name:14}{way:20}{len(drawn):5}{told}{figures[3]:8.0f}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
