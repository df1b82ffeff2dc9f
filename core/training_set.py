"""What a model learns from: texts as it is asked about them, with what is right and what is not.

Pure: how examples come about from decisions or from a file is not known here. Of every (text,
label) pair an example says yes, no, or nothing; what it does not know is never held against a
label. Examples that tell of the same story always stay together, so that no model is judged on
what it has read in other words.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from core.domain import LabelPath, Language
from core.errors import BadExamples
from core.labelled import LabelledText
from core.labelling import question_language
from core.language import detect
from core.taxonomy import Taxonomy, ancestors, dimension_of

LEAST_EXAMPLES = 12
LEAST_WITH_LABEL = 3
"""So many texts must have a label for it to be learnt."""

FOLDS = 3


@dataclass(frozen=True, slots=True)
class Example:
    """A text with what people say about it.

    Attributes:
        id: of the item or the line, to find it again.
        premise: what the model is asked about (`core.labelling.choose_premise`).
        language: in which it is asked.
        holds: labels, with all their ancestors.
        fails: labels that do not hold; those below them do not either.
        complete: ids of the dimensions in which no label is missing.
        story: examples of the same one are never divided.
    """

    id: str
    premise: str
    language: Language
    holds: frozenset[LabelPath]
    fails: frozenset[LabelPath] = frozenset()
    complete: frozenset[str] = frozenset()
    story: str = ""

    def says(self, path: LabelPath) -> bool | None:
        """Whether a label holds; None: it does not say."""
        if path in self.holds:
            return True
        if dimension_of(path) in self.complete or path in self.fails:
            return False
        return False if any(above in self.fails for above in ancestors(path)) else None

    @property
    def is_labelled(self) -> bool:
        """Whether it says anything about any label."""
        return bool(self.holds or self.fails or self.complete)


def from_labelled(
    texts: Sequence[LabelledText], premises: Sequence[str], *, language: Language
) -> list[Example]:
    """Labelled texts as examples.

    Args:
        texts: n texts with what is right about them.
        premises: what a model is asked about each.
        language: in which texts in other languages than ours are asked about.
    """
    return [
        Example(
            id=each.id,
            premise=premise,
            language=question_language(each.language or detect(each.text), otherwise=language),
            holds=each.labels,
            fails=each.rejected,
            complete=each.dimensions,
            story=each.story or "",
        )
        for each, premise in zip(texts, premises, strict=True)
    ]


def checked(examples: Sequence[Example], taxonomy: Taxonomy) -> list[Example]:
    """Those whose labels can be learnt from: with a text, and with labels that the taxonomy still
    has.

    Raises:
        BadExamples: they are too few, or no label is carried by enough of them.
    """
    usable = [each for each in examples if each.is_labelled and each.premise.strip()]
    counts = with_label(usable)
    learnt = [path for path in counts if path in taxonomy and counts[path] >= LEAST_WITH_LABEL]
    if len(usable) < LEAST_EXAMPLES or not learnt:
        richest = max(counts.values(), default=0)
        raise BadExamples(
            f"There are {len(usable)} labelled texts, and the label that most of them have is on "
            f"{richest}. Learning needs at least {LEAST_EXAMPLES} texts, and {LEAST_WITH_LABEL} "
            "of them with the same label. Decide some more, the rarest labels first.",
            reason="too-few-to-learn",
            texts=len(usable),
            examples=richest,
            least_texts=LEAST_EXAMPLES,
            least_examples=LEAST_WITH_LABEL,
        )
    return usable


def with_label(examples: Iterable[Example]) -> Counter[LabelPath]:
    """How many examples have each label."""
    return Counter(path for each in examples for path in each.holds)


def folds(examples: Sequence[Example], *, count: int = FOLDS, seed: int) -> list[int]:
    """The fold of each example, 0 to count - 1; a story is in one, and they are alike in size.

    Stories are put in an order that hangs on their name and the seed alone, biggest first, and each
    goes to the smallest fold.
    """
    sizes = Counter(_story(each) for each in examples)

    def order(story: str) -> tuple[int, str]:
        return -sizes[story], hashlib.sha256(f"{seed} {story}".encode()).hexdigest()

    filled = [0] * count
    place: dict[str, int] = {}
    for story in sorted(sizes, key=order):
        fold = min(range(count), key=lambda each: (filled[each], each))
        place[story] = fold
        filled[fold] += sizes[story]
    return [place[_story(each)] for each in examples]


def _story(example: Example) -> str:
    return example.story or f"id {example.id}"
