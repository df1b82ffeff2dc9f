"""Entailment pairs for the pair model: those of public sets, and questions about topics.

A pair is two-way: the hypothesis follows, or it does not. Questions about topics come in both
senses ("is about", "is not about"), and some texts say themselves what they are not about, so that
neither the words alone nor the first sentence give the answer away.
"""

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from core.models.recipe.topics import Names, Script, Text, TopicSet, rows, word


@dataclass(frozen=True, slots=True)
class Pair:
    """A premise, a hypothesis, and whether the second follows from the first."""

    premise: str
    hypothesis: str
    entails: bool


INFERENCE: Mapping[str, tuple[str, ...]] = {
    "snli": ("dev",),
    "scitail": ("dev",),
    "conjnli": ("adv15k", "dev"),
    "breaking_nli": ("all",),
}
"""Sets with a stated permissive licence, and which of their parts are for training."""

INFERENCE_UNSTATED: Mapping[str, tuple[str, ...]] = {"rte": ("train",), "cnli": ("dev", "test")}
"""Sets of shared tasks that state no licence."""

HELD_OUT: Mapping[str, str] = {
    "snli": "snli/test.jsonl.gz",
    "scitail": "scitail/test.jsonl.gz",
    "ocnli": "comparison_only/ocnli_dev.jsonl.gz",
    "xnli-zh": "comparison_only/xnli_zh_dev.jsonl.gz",
}
"""What the model is measured on, never trained on."""


def read_pairs(file: Path) -> list[Pair]:
    """The pairs of a file; those without a label are left out."""
    return [
        Pair(row["premise"], row["hypothesis"], row["label"] == "entailment")
        for row in rows(file)
        if row["label"] in {"entailment", "neutral", "contradiction", "not_entailment"}
    ]


def translations(file: Path, count: int, *, seed: int) -> Iterator[Pair]:
    """Sentences with their translation, which follows, or with another's, which does not.

    Args:
        file: lines with `zh` and `en`.
        count: how many pairs.
        seed: of every choice.
    """
    chance = random.Random(seed)
    drawn = chance.sample(list(rows(file)), count)
    for row, other in zip(drawn, [*drawn[1:], drawn[0]], strict=True):
        left, right = ("zh", "en") if chance.random() < 0.5 else ("en", "zh")
        entails = chance.random() < 0.5
        yield Pair(row[left], (row if entails else other)[right], entails)


NEGATED: Mapping[Script, tuple[str, ...]] = {
    "zh": ("這篇文章與{}無關。", "這篇文章談的不是{}。", "內容和{}沒有關係。"),
    "en": (
        "This text is not about {}.",
        "This article has nothing to do with {}.",
        "The topic is not {}.",
    ),
}
DISCLAIMED: Mapping[Script, tuple[str, ...]] = {
    "zh": (
        "這篇不是在談{}。",
        "別誤會，本文與{}無關。",
        "這裡說的不是{}，而是別的事。",
        "以下內容沒有提到{}。",
    ),
    "en": (
        "This is not about {}.",
        "Don't be misled: this has nothing to do with {}.",
        "Forget {}; this is about something else.",
        "There is nothing about {} here.",
    ),
}


def topic_pairs(
    topics: TopicSet, count: int, *, seed: int, negated: float = 0.15, disclaimed: float = 0.12
) -> Iterator[Pair]:
    """Questions about the topics of a set.

    A third of them are right, the rest about other labels of the set (half of these among the
    labels of texts that share words with this one would be better still; chance does here).

    Args:
        topics: texts and labels.
        count: how many pairs.
        seed: of every choice.
        negated: share of hypotheses that say "not about".
        disclaimed: share of premises that say themselves what they are not about.
    """
    chance = random.Random(f"{seed} {topics.name}")
    labels = topics.labels
    for _ in range(count):
        text: Text = chance.choice(topics.texts)
        if not text.labels:
            continue
        premise, language = _crop(text.text, topics.language, chance), topics.language
        own = chance.choice(text.labels)
        others = [
            label
            for label in chance.sample(labels, min(8, len(labels)))
            if label not in text.labels
        ]
        if not others:
            continue
        other = others[0]
        right = chance.random() < 0.42
        label = own if right else other
        roll = chance.random()
        if roll < negated:
            names = topics.names[label]
            yield Pair(premise, _say(NEGATED, names, language, chance), not right)
        elif roll < negated + disclaimed:
            # the text disclaims a wrong label: that label does not hold, its own one does
            said = _say(DISCLAIMED, topics.names[other], language, chance)
            glue = "" if language == "zh" else " "
            premise = (
                f"{said}{glue}{premise}" if chance.random() < 0.6 else f"{premise}{glue}{said}"
            )
            asked = own if right else other
            yield Pair(premise, word(topics.names[asked], chance, prefer=language), right)
        else:
            yield Pair(premise, word(topics.names[label], chance, prefer=language), right)


def _say(
    sentences: Mapping[Script, tuple[str, ...]], names: Names, prefer: Script, chance: random.Random
) -> str:
    language = prefer if names.get(prefer) else next(iter(names))
    return chance.choice(sentences[language]).format(chance.choice(names[language]))


def _crop(text: str, language: Script, chance: random.Random) -> str:
    limit = 90 if language == "zh" else 300
    if len(text) > limit * 2 and chance.random() < 0.3:
        start = chance.randrange(len(text) - limit)
        return text[start : start + limit]
    return text[:limit]
