"""Fakes of the two indexes: plain dictionaries, looked through from end to end."""

import math
from collections.abc import Collection, Sequence

import numpy as np
from numpy.typing import NDArray

from core.folding import fold
from core.ports import KeywordQuery, Scored, Vectors
from core.words import Term, phrase, terms, tokens


class FakeKeywordIndex:
    """Keeps every item's tokens in a list.

    Attributes:
        items: per community, each item's title and body as tokens.
    """

    def __init__(self) -> None:
        self.items: dict[int, dict[int, tuple[list[str], list[str]]]] = {}

    def index(self, community: int, item_id: int, *, title: str, body: str) -> None:
        both = ([token.text for token in tokens(fold(text))] for text in (title, body))
        self.items.setdefault(community, {})[item_id] = (next(both), next(both))

    def remove(self, community: int, item_ids: Collection[int]) -> None:
        for item_id in item_ids:
            self.items.get(community, {}).pop(item_id, None)

    def compact(self, community: int) -> None:
        """Nothing is left behind here."""

    def find(
        self,
        community: int,
        query: KeywordQuery,
        *,
        limit: int,
        among: Collection[int] | None = None,
    ) -> list[Scored]:
        required = [term for each in query.all_of if (term := phrase(fold(each)))]
        welcome = [term for each in query.any_of for term in terms(fold(each))]
        unwanted = [term for each in query.none_of if (term := phrase(fold(each)))]
        if not required and not welcome and (query.all_of or query.any_of or not unwanted):
            return []
        items = self.items.get(community, {})
        weights = {term: self._weight(items.values(), term) for term in {*required, *welcome}}
        found = []
        for item_id, texts in items.items():
            held = {term for term in weights if _holds(texts, term)}
            if (
                (among is None or item_id in among)
                and held.issuperset(required)
                and (required or not welcome or not held.isdisjoint(welcome))
                and not any(_holds(texts, term) for term in unwanted)
            ):
                share = sum(weights[term] for term in held) / (sum(weights.values()) or 1)
                found.append(Scored(item_id, share))
        return sorted(found, key=lambda each: (-each.score, -each.item_id))[:limit]

    def clear(self, community: int) -> None:
        self.items.pop(community, None)

    @staticmethod
    def _weight(items: Collection[tuple[list[str], list[str]]], term: Term) -> float:
        holding = sum(_holds(texts, term) for texts in items)
        return math.log(1 + (len(items) - holding + 0.5) / (holding + 0.5))


class FakeVectorIndex:
    """Keeps vectors in dictionaries and compares with each.

    Attributes:
        vectors: per community, each item's vector.
        is_closed: whether `close` was called.
    """

    def __init__(self) -> None:
        self.vectors: dict[int, dict[int, NDArray[np.float32]]] = {}
        self.is_closed = False

    def upsert(self, community: int, item_ids: Sequence[int], vectors: Vectors) -> None:
        rows = [np.array(row, dtype=np.float32) for row in vectors]
        self.vectors.setdefault(community, {}).update(zip(item_ids, rows, strict=True))

    def remove(self, community: int, item_ids: Collection[int]) -> None:
        for item_id in item_ids:
            self.vectors.get(community, {}).pop(item_id, None)

    def get(self, community: int, item_ids: Sequence[int]) -> dict[int, NDArray[np.float32]]:
        here = self.vectors.get(community, {})
        return {item_id: here[item_id] for item_id in item_ids if item_id in here}

    def nearest(
        self,
        community: int,
        vector: NDArray[np.float32],
        *,
        limit: int,
        among: Collection[int] | None = None,
    ) -> list[Scored]:
        found = [
            Scored(item_id, float(own @ vector))
            for item_id, own in self.vectors.get(community, {}).items()
            if among is None or item_id in among
        ]
        return sorted(found, key=lambda each: (-each.score, -each.item_id))[:limit]

    def count(self, community: int) -> int:
        return len(self.vectors.get(community, {}))

    def clear(self, community: int) -> None:
        self.vectors.pop(community, None)

    def reset(self) -> None:
        self.vectors.clear()

    def close(self) -> None:
        self.is_closed = True


def _holds(texts: tuple[list[str], list[str]], term: Term) -> bool:
    return any(_stands_in(text, term) for text in texts)


def _stands_in(text: list[str], term: Term) -> bool:
    *before, last = term.tokens
    for start in range(len(text) - len(before)):
        end = start + len(before)
        ends_so = text[end].startswith(last) if term.is_prefix else text[end] == last
        if text[start:end] == before and ends_so:
            return True
    return False
