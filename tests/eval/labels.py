"""How well the starter taxonomy's topics are found in texts that somebody else put into sections.

The sections of four public sets are mapped to top topics (a section may allow several; texts of
sections that belong under no topic should get none). Every text is asked about all top topics, in
both languages, and each rule's labels are compared with its section.

    python -m tests.eval.labels --data DIR [--limit 400] [--seed 2] [--model NAME] [--sweep]

DIR holds the sets as folders of gzipped JSON lines (`text`, `labels`): tw_law (Taiwan's statutes by
ministry), huffpost (news with section) and nlpcc2017 (headlines with section, Simplified). A text
has one section but may be about more, so precision is a lower bound.
"""

import argparse
import gzip
import json
import math
import random
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path

from core.domain import LANGUAGES, LabelPath, Language
from core.labelling import BUILTIN_RULE, Rule, descend
from core.models.entailer import make_entailer
from core.ports import Entailer
from core.taxonomy import Taxonomy, starter

MINISTRIES = {
    "衛生福利部": "health welfare", "衛生福利": "health welfare", "勞動部": "labour",
    "環境部": "environment", "教育部": "education", "交通部": "transport",
    "農業部": "food-farming animals environment", "原住民族": "indigenous", "法務部": "justice",
    "國防部": "international", "文化部": "culture", "外交部": "international",
    "金融監督管理": "economy", "財政部": "economy", "經濟部": "economy environment",
    "大陸": "international", "數位發展": "digital", "國家通訊傳播": "media digital",
    "核能安全": "environment", "中央選舉": "democracy", "客家": "culture",
}  # fmt: skip
NEWS = {
    "politics": "democracy", "wellness": "health", "healthy living": "health",
    "queer voices": "gender", "business": "economy", "money": "economy", "women": "gender",
    "crime": "justice", "education": "education", "college": "education",
    "environment": "environment", "green": "environment", "world news": "international",
    "media": "media", "tech": "digital", "arts": "culture", "arts and culture": "culture",
    "culture and arts": "culture", "food and drink": "food-farming", "taste": "food-farming",
    "entertainment": "culture", "sports": "", "comedy": "", "style": "", "style and beauty": "",
    "travel": "", "weddings": "", "divorce": "", "home and living": "", "fifty": "",
    "good news": "", "weird news": "",
}  # fmt: skip
HEADLINES = {
    "娱乐": "culture", "国际": "international", "财经": "economy", "军事": "international",
    "历史": "culture", "科技": "digital", "美食": "food-farming", "养生": "health",
    "育儿": "welfare health", "体育": "", "汽车": "", "游戏": "", "旅游": "", "时尚": "",
    "星座": "", "搞笑": "", "故事": "", "宠物": "", "情感": "", "动漫": "", "探索": "",
}  # fmt: skip
SETS = (
    ("statutes, zh-Hant", "tw_law/zh.jsonl.gz", "labels", MINISTRIES),
    ("statutes, en", "tw_law/en.jsonl.gz", "labels_zh", MINISTRIES),
    ("news, en", "huffpost/with_summary.jsonl.gz", "labels", NEWS),
    ("headlines, zh-Hans", "nlpcc2017/test_full.jsonl.gz", "labels", HEADLINES),
)
CHARACTERS = {"zh": 200, "en": 450}

PLAIN = Rule(stand_out=1e-9, lag=1e9, child_lag=1e9)
RULES = {
    "this rule": BUILTIN_RULE,
    "p >= 0.10": replace(PLAIN, floor=0.1),
    "p >= 0.50": replace(PLAIN, floor=0.5),
    "best only": replace(PLAIN, floor=1e-9, most=1),
}


@dataclass(frozen=True, slots=True)
class Case:
    """A text with the topics that its section allows; none allowed: it should get no topic."""

    text: str
    allowed: frozenset[str]


Answers = list[dict[LabelPath, float]]


@dataclass(frozen=True, slots=True)
class Score:
    """Shares of right labels, and of texts with one; labels per text on and off topic."""

    precision: float
    recall: float
    labels: float
    off_topic: float

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


def cases(data: Path, file: str, key: str, sections: Mapping[str, str]) -> Iterator[Case]:
    """The texts of a set whose section is mapped."""
    with gzip.open(data / file, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            found = [sections[name] for name in row[key] if name in sections]
            if found:
                allowed = frozenset(f"topic/{topic}" for topic in found[0].split())
                yield Case(row["text"][: CHARACTERS[row["lang"][:2]]], allowed)


def topics_only(taxonomy: Taxonomy, *, most: int | None) -> Taxonomy:
    """The top topics alone."""
    topic = taxonomy.dimension("topic")
    labels = tuple(replace(label, children=()) for label in topic.labels)
    return Taxonomy(dimensions=(replace(topic, labels=labels, most=most),))


def ask(
    entailer: Entailer, texts: Sequence[str], *, taxonomy: Taxonomy, language: Language
) -> Answers:
    """The probability of every label for every text."""
    paths = [label.path for label in taxonomy.walk()]
    questions = [taxonomy.hypothesis(path, language) for path in paths]
    said = iter(entailer.entail(list(product(texts, questions))))
    return [{path: next(said) for path in paths} for _ in texts]


def score(all_cases: Iterable[Case], answers: Answers, *, taxonomy: Taxonomy, rule: Rule) -> Score:
    """Compare a rule's labels with the sections."""
    right = given = hit = on = off = off_given = 0
    for case, said in zip(all_cases, answers, strict=True):
        labels = {label.path for label in descend(taxonomy, said, rule=rule).labels}
        if case.allowed:
            on, given = on + 1, given + len(labels)
            right, hit = right + len(labels & case.allowed), hit + bool(labels & case.allowed)
        else:
            off, off_given = off + 1, off_given + len(labels)
    return Score(
        precision=right / max(1, given + off_given),
        recall=hit / max(1, on),
        labels=given / max(1, on),
        off_topic=off_given / max(1, off),
    )


def main() -> None:
    """Ask, compare, print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--limit", type=int, default=400, help="texts per set")
    parser.add_argument("--seed", type=int, default=2)
    parser.add_argument("--model", default=None)
    parser.add_argument("--sweep", action="store_true", help="try many rules; print the best")
    options = parser.parse_args()

    entailer = make_entailer(options.model)
    taxonomy = topics_only(starter(), most=None)
    asked: list[tuple[str, list[Case], Answers]] = []
    for name, file, key, sections in SETS:
        found = list(cases(options.data, file, key, sections))
        drawn = random.Random(options.seed).sample(found, min(options.limit, len(found)))
        for language in LANGUAGES:
            answers = ask(
                entailer, [case.text for case in drawn], taxonomy=taxonomy, language=language
            )
            asked.append((f"{name}; asked in {language}", drawn, answers))

    def told(rule: Rule) -> list[Score]:
        return [score(drawn, answers, taxonomy=taxonomy, rule=rule) for _, drawn, answers in asked]

    write = sys.stdout.write
    write(f"{entailer.version}, {options.limit} texts per set, seed {options.seed}\n")
    for name, rule in RULES.items():
        scores = told(rule)
        write(f"\n{name}: mean F1 {sum(each.f1 for each in scores) / len(scores):.3f}\n")
        for (where, _, _), each in zip(asked, scores, strict=True):
            write(
                f"  {where:36} F1 {each.f1:.3f}  precision {each.precision:.3f}  recall "
                f"{each.recall:.3f}  labels {each.labels:.2f}  off topic {each.off_topic:.2f}\n"
            )
    if options.sweep:
        write("\nbest of the sweep: mean F1, precision, off topic\n")
        grid = product((2.5, 3, 3.25, 3.5, 4), (1, 1.5, 2, 2.5, 9), (0.001, 0.05, 0.08, 0.12, 0.2))
        tried = []
        for stand_out, lag, floor in grid:
            scores = told(
                replace(BUILTIN_RULE, floor=floor, stand_out=math.exp(stand_out), lag=math.exp(lag))
            )
            mean = [
                sum(getattr(each, name) for each in scores) / len(scores)
                for name in ("f1", "precision", "off_topic")
            ]
            tried.append((mean, stand_out, lag, floor))
        for mean, stand_out, lag, floor in sorted(tried, reverse=True)[:15]:
            figures = "  ".join(f"{each:.3f}" for each in mean)
            write(f"  {figures}  stand_out e**{stand_out} lag e**{lag} floor {floor}\n")


if __name__ == "__main__":
    main()
