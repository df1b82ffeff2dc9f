"""The questions that a tower is trained on: what the examples say of labels, asked in many ways.

Each batch asks some texts about the labels that they have, about those that people took from them,
and about tempting wrong ones: the likeliest that do not hold, siblings before others. Half of the
texts are drawn by label, each label as often as any other, so that a rare one is not lost; half as
they come, so that "none fits" is seen as well.
"""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.domain import LANGUAGES, LabelPath, Language
from core.models.finetune.plan import Plan
from core.taxonomy import Label, Taxonomy, localised, parent_of
from core.training_set import Example, with_label

OWN_SENTENCE, BARE, ALIAS = 0.5, 0.75, 0.9
"""A label is asked about by its hypothesis; up to the next by its bare name, by an alias, and else
by its definition: so that what is learnt does not hang on one wording."""

OTHER_LANGUAGE = 0.2


@dataclass(frozen=True, slots=True)
class Batch:
    """What is asked in one step.

    Attributes:
        truth, known: of shape (texts, hypotheses): what is true, and whether anybody said so.
        alike, strange: of shape (texts, texts): which have a label in common, and which have none.
            A text is neither to itself; of other pairs neither may be known.
    """

    premises: list[str]
    hypotheses: list[str]
    truth: NDArray[np.float32]
    known: NDArray[np.float32]
    alike: NDArray[np.bool_]
    strange: NDArray[np.bool_]


class Material:
    """Draws batches.

    Args:
        examples: to learn from, at least one.
        taxonomy: what may be said.
        tempting: for each example wrong labels, the most tempting first.
        languages: in which this tower is asked.
    """

    def __init__(
        self,
        examples: Sequence[Example],
        taxonomy: Taxonomy,
        tempting: Sequence[Sequence[LabelPath]],
        *,
        languages: Sequence[Language] = LANGUAGES,
    ) -> None:
        self._examples = examples
        self._taxonomy = taxonomy
        self._tempting = tempting
        self._languages = languages
        self._of_label: dict[LabelPath, list[int]] = {
            path: [at for at, each in enumerate(examples) if path in each.holds]
            for path in sorted(with_label(examples))
            if path in taxonomy
        }

    def draw(self, chance: random.Random, plan: Plan) -> Batch:
        """One batch; the same chance draws the same."""
        places = self._texts(chance, plan.texts)
        examples = [self._examples[at] for at in places]
        asked = self._asked(places, chance, plan.labels)
        language = chance.choice(examples).language
        if len(self._languages) > 1 and chance.random() < OTHER_LANGUAGE:
            language = chance.choice(self._languages)
        elif language not in self._languages:
            language = self._languages[0]
        said = [[each.says(path) for path in asked] for each in examples]
        alike, strange = _likeness(examples)
        return Batch(
            premises=[_cropped(each.premise, chance) for each in examples],
            hypotheses=[worded(self._taxonomy.label(path), language, chance) for path in asked],
            truth=np.array([[float(each is True) for each in row] for row in said], np.float32),
            known=np.array([[float(each is not None) for each in row] for row in said], np.float32),
            alike=alike,
            strange=strange,
        )

    def _texts(self, chance: random.Random, count: int) -> list[int]:
        found: dict[int, None] = {}
        labels = list(self._of_label)
        for _ in range(count // 2 if labels else 0):
            found[chance.choice(self._of_label[chance.choice(labels)])] = None
        rest = [at for at in range(len(self._examples)) if at not in found]
        for at in chance.sample(rest, min(len(rest), count - len(found))):
            found[at] = None
        return list(found)

    def _asked(self, places: Sequence[int], chance: random.Random, count: int) -> list[LabelPath]:
        """Labels to ask about: own ones, those taken away, tempting ones, others."""
        own = [path for at in places for path in sorted(self._examples[at].holds)]
        taken = [path for at in places for path in sorted(self._examples[at].fails)]
        tempting = [path for at in places for path in self._tempting[at][:3]]
        chance.shuffle(own)
        chance.shuffle(tempting)
        asked = dict.fromkeys(path for path in (*own, *taken, *tempting) if path in self._taxonomy)
        return list(asked)[:count]


def tempting(
    examples: Sequence[Example],
    taxonomy: Taxonomy,
    logits: NDArray[np.float64],
    *,
    most: int = 8,
) -> list[list[LabelPath]]:
    """For each example, labels that do not hold: the likeliest, siblings of right ones first.

    Args:
        logits: what the live model says of each label in the order of the taxonomy's walk, of
            shape (examples, labels).
    """
    paths = [label.path for label in taxonomy.walk()]
    found = []
    for example, row in zip(examples, logits, strict=True):
        above = {parent_of(path) for path in example.holds}
        wrong = [at for at, path in enumerate(paths) if example.says(path) is False]
        ranked = sorted(wrong, key=lambda at: -row[at])
        near = [at for at in ranked if parent_of(paths[at]) in above][: most // 4]
        found.append([paths[at] for at in dict.fromkeys((*near, *ranked))][:most])
    return found


def _likeness(
    examples: Sequence[Example],
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Which have a label in common, and which have none as far as people said; see `Batch`."""
    count = len(examples)
    alike, strange = np.zeros((count, count), np.bool_), np.zeros((count, count), np.bool_)
    for row, one in enumerate(examples):
        for column, other in enumerate(examples):
            if row == column:
                continue
            alike[row, column] = bool(one.holds & other.holds)
            strange[row, column] = all(other.says(path) is False for path in one.holds) and all(
                one.says(path) is False for path in other.holds
            )
    return alike, strange


def worded(label: Label, language: Language, chance: random.Random) -> str:
    """Ask about a label in one of several ways."""
    name = localised(label.names, language, label.path)
    sentence = localised(label.hypotheses, language, name)
    aliases: Mapping[Language, tuple[str, ...]] = label.aliases
    drawn = chance.random()
    if drawn < OWN_SENTENCE:
        return sentence
    if drawn < BARE:
        return name
    if drawn < ALIAS:
        return chance.choice(localised(aliases, language, ()) or (name,))
    return localised(label.definitions, language, "") or sentence


def _cropped(text: str, chance: random.Random, *, limit: int = 320) -> str:
    """Sometimes begin in the middle of a long text: mostly, its labels hold for parts, too."""
    if len(text) > limit * 2 and chance.random() < 0.2:
        start = chance.randrange(len(text) - limit)
        return text[start:]
    return text
