"""Which texts are learnt from, and which are measured on: pure draws, the same for the same seed.

Texts of one story stay on one side, so that nothing is measured on what was read in other words. A
story is what the file says; else the words of the text, so that copies stay together. What is
measured on is set aside once; from the rest, k texts a label are drawn several times. The draw of
more shots begins with that of fewer, so that a curve shows what more examples add.

"None fits" is learnt, too: in each dimension that is complete it counts as a label of its own.
"""

import hashlib
import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from core.domain import LabelPath
from core.errors import BadExamples
from core.labelled import LabelledText
from core.taxonomy import ancestors, dimension_of

SHARE_MEASURED = 0.4
"""Of the stories; and of the texts, at most as many as asked for."""

LEAST_MEASURED = 8
"""Fewer texts than this show nothing."""


@dataclass(frozen=True, slots=True)
class Split:
    """Places of texts, ascending.

    Attributes:
        learn: to draw from.
        measure: set aside.
    """

    learn: tuple[int, ...]
    measure: tuple[int, ...]


def split(texts: Sequence[LabelledText], *, most: int, seed: int) -> Split:
    """Set texts aside to measure on.

    Args:
        texts: all there are.
        most: how many are measured on at most; what is too much is not learnt from either.
        seed: decides, with each story's name alone, on which side it is.

    Raises:
        BadExamples: they are too few for both.
    """
    stories = [story_of(text) for text in texts]
    order = sorted(set(stories), key=lambda story: _chance(story, seed))
    aside = set(order[: round(len(order) * SHARE_MEASURED)])
    by_story = {story: number for number, story in enumerate(order)}
    measured = [place for place, story in enumerate(stories) if story in aside]
    if len(measured) < LEAST_MEASURED:
        least = round(LEAST_MEASURED / SHARE_MEASURED)
        raise BadExamples(
            f"There are {len(texts)} labelled texts ({len(order)} stories). To learn from some and "
            f"measure on others, {least} are needed; 200 say much more. Label some more, or leave "
            "--shots out.",
            reason="too-few-to-split",
            found=len(texts),
            expected=least,
        )
    measured.sort(key=lambda place: (by_story[stories[place]], place))
    return Split(
        learn=tuple(place for place, story in enumerate(stories) if story not in aside),
        measure=tuple(sorted(measured[:most])),
    )


def draw(
    texts: Sequence[LabelledText], places: Sequence[int], shots: Sequence[int], *, seed: int
) -> dict[int, tuple[int, ...]]:
    """Draw so many texts for each label.

    Args:
        texts: all there are; places: of those that may be drawn.
        shots: how many a label, ascending; 0 is none at all.
        seed: of the draw.

    Returns:
        For each number of shots the places drawn. A label has that many texts, more where its
        texts have other labels, too, or fewer where there are no more.
    """
    shuffled = list(places)
    random.Random(seed).shuffle(shuffled)  # noqa: S311 - draws need seeds, not secrets
    counts: Counter[str] = Counter()
    taken: dict[int, None] = {}
    drawn: dict[int, tuple[int, ...]] = {}
    for wanted in sorted(shots):
        for place in shuffled:
            own = _kinds(texts[place])
            if place not in taken and any(counts[kind] < wanted for kind in own):
                taken[place] = None
                counts.update(own)
        drawn[wanted] = tuple(taken)
    return drawn


def story_of(text: LabelledText) -> str:
    """What a text tells of: texts of the same story are never divided."""
    if text.story is not None:
        return f"story {text.story}"
    words = " ".join(text.text.split())
    return hashlib.sha256(words.encode()).hexdigest()


def _kinds(text: LabelledText) -> frozenset[str]:
    """The narrowest labels, and the dimensions in which none fits."""
    above: set[LabelPath] = {each for path in text.labels for each in ancestors(path)}
    told = {dimension_of(path) for path in text.labels}
    return frozenset(text.labels - above) | (text.dimensions - told)


def _chance(story: str, seed: int) -> str:
    return hashlib.sha256(f"{seed} {story}".encode()).hexdigest()
