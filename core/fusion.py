"""Words and meaning weighed together, by how much evidence each of them is.

An item's score is the square of its share of the words, plus the fourth power of its likeness in
meaning, times 1.5. Powers make strong evidence count and let weak evidence of many kinds not add
up: all the words decide, a half of them is a hint, and so is a likeness that chance would give.
Nothing depends on ranks or on what else was found, so an item's score is its own.

Measured with the built-in model on 6,208 texts and 13 sets of queries (NDCG@10, mean): words alone
0.585, meaning alone 0.659, reciprocal ranks at equal weight 0.607, half and half of scaled scores
0.679, this 0.791. Against the better of words and meaning it is within 0.012 on nine sets (titles,
descriptions, keywords, pairs of characters, laws), better by 0.015 for news by title, and worse by
0.02 to 0.03 for tags of persons, English queries for Chinese laws, and English queries for Chinese
sentences. It loses 0.11 of 0.25 where a news section's name is the query: texts that hold the word
"politics" stand before those that are about it. Exponents 1 to 4 and weights 0.1 to 4 were tried on
the same sets with two encoders. The table is made by

    python -m tests.eval.search_quality --data DIR
"""

from collections.abc import Iterable
from dataclasses import dataclass

from core.ports import Scored

MEANING_WEIGHT = 1.5
WORDS_POWER = 2
MEANING_POWER = 4

MEANING_FLOOR = 0.3
"""Least cosine that says anything. Of the built-in model's cosines between queries and texts of
`tests/eval/test_search_floors.py`, 93 in 100 that do not belong together lie below it, and 25 of 26
that do lie above; at 0.35, two of eight answers in other words were lost."""


@dataclass(frozen=True, slots=True)
class Fused:
    """An item with all evidence for it.

    Attributes:
        score: 0 to 2.5; comparable between queries.
        words: share of the query's words that it holds, 0 to 1; None if it was not found by words.
        meaning: cosine of query and item; None if it was not found by meaning.
    """

    item_id: int
    score: float
    words: float | None = None
    meaning: float | None = None


def fuse(words: Iterable[Scored], meaning: Iterable[Scored]) -> list[Fused]:
    """Join what was found by words and by meaning.

    Args:
        words: each item at most once, scored by its share of the query, in any order.
        meaning: each item at most once, scored by cosine, in any order; what lies under the floor
            is passed over.

    Returns:
        Every item once, best first, equal ones newest (highest id) first.
    """
    by_words = {each.item_id: each.score for each in words}
    by_meaning = {each.item_id: each.score for each in meaning if each.score >= MEANING_FLOOR}
    found = [
        Fused(
            item_id,
            _evidence(by_words.get(item_id), by_meaning.get(item_id)),
            by_words.get(item_id),
            by_meaning.get(item_id),
        )
        for item_id in {*by_words, *by_meaning}
    ]
    return sorted(found, key=lambda each: (-each.score, -each.item_id))


def _evidence(words: float | None, meaning: float | None) -> float:
    by_words = (words or 0.0) ** WORDS_POWER
    by_meaning = (meaning or 0.0) ** MEANING_POWER
    return by_words + MEANING_WEIGHT * by_meaning
