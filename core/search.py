"""Finding: a query is understood, words and meaning are asked, and what they found becomes hits.

1. The query is parsed (`core.query`); without words it is a list of what the filters keep.
2. What must hold exactly (filters, phrases, minus words) makes the set that both indexes search.
3. Both are asked for their best, and their evidence is weighed together (`core.fusion`).
4. Only a page of items is read. Items that tell the same story become one hit, the best of them.
5. Each hit says where its words stand and why it is here (`core.hits`).
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from core.domain import Community, Filters, Item
from core.fusion import MEANING_FLOOR, Fused, fuse
from core.hits import Found, Hit, Hits, Why
from core.ports import Clock, Embedder, KeywordIndex, KeywordQuery, Scored, VectorIndex
from core.query import Query, parse
from core.snippets import Snippet
from core.store.repository import Repository
from core.taxonomy import Taxonomy

__all__ = ["Hit", "Query", "Results", "Search", "Snippet", "Why", "parse"]

DEPTH = 200
"""So many of the best are asked of the words, and half as many of the meaning: forty pages of
five. More changed no first ten in any measured set."""

_EVERYTHING = 1 << 31
_MOST_PASSED_OVER = 900  # asking Chroma for 1,000 neighbours took 10 ms of 10,000


@dataclass(frozen=True, slots=True)
class Results:
    """A page of hits.

    Attributes:
        total: how many hits there are on all pages. While copies of one story may still lie on
            later pages it is the most there can be; it is exact on the last page, and there is a
            next page exactly if it is more than what was shown so far.
        is_cut: there may be more than the search looks at; `total` counts the best.
        query: how the query was understood.
    """

    hits: tuple[Hit, ...]
    total: int
    query: Query
    is_cut: bool = False


class Search:
    """Finds a community's items.

    Args:
        repository: knows the items, and which ones filters keep.
        keywords: finds words.
        vectors: finds what is alike.
        embedder: turns queries into vectors; the one that made `vectors`.
        taxonomies: a community's labels.
        clock: says what today is.
    """

    def __init__(
        self,
        repository: Repository,
        keywords: KeywordIndex,
        vectors: VectorIndex,
        embedder: Embedder,
        taxonomies: Callable[[Community], Taxonomy],
        clock: Clock,
    ) -> None:
        self._repository = repository
        self._keywords = keywords
        self._vectors = vectors
        self._embedder = embedder
        self._taxonomies = taxonomies
        self._clock = clock
        self._hits = Hits(embedder)

    def find(
        self, community: Community, query: str, *, limit: int = 10, offset: int = 0
    ) -> Results:
        """Find items by words, meaning and filters.

        Args:
            community: whose items.
            query: in the query language (see `core.query`).
            limit: hits at most.
            offset: hits to pass over; pages of the same query fit together as long as nothing is
                added or removed in between.

        Returns:
            Best hits first; without words, the newest received first.

        Raises:
            BadQuery: it cannot be understood.
        """
        today = self._clock.now().astimezone(ZoneInfo(community.timezone)).date()
        parsed = parse(query, taxonomy=self._taxonomies(community), today=today)
        if parsed.text:
            ranked, is_cut, vector = self._ranked(community, parsed)
        else:
            ranked, is_cut, vector = self._listed(community, parsed), False, None
        page, total = self._page(ranked, limit=limit, offset=offset)
        return Results(self._hits.explained(page, parsed, vector), total, parsed, is_cut)

    def select(self, community: Community, query: str) -> tuple[list[int], Query]:
        """Everything that a query keeps, as a set without ranks: what an export holds.

        Meaning has no edge at which it ends, so it plays no part: each plain word must stand in the
        item, as phrases must.

        Args:
            community: whose items.
            query: in the query language; an empty one keeps all finished items.

        Returns:
            The items' ids, oldest first, and how the query was understood.

        Raises:
            BadQuery: it cannot be understood.
        """
        today = self._clock.now().astimezone(ZoneInfo(community.timezone)).date()
        parsed = parse(query, taxonomy=self._taxonomies(community), today=today)
        kept = self._repository.matching(community, parsed.filters)
        if must := (*parsed.words, *parsed.phrases):
            kept = self._ids(community, KeywordQuery(all_of=must), among=kept)
        return sorted(kept - self._unwanted(community, parsed)), parsed

    def understood(self, community: Community, query: str) -> Query:
        """How a query is understood there now; BadQuery: it cannot be."""
        today = self._clock.now().astimezone(ZoneInfo(community.timezone)).date()
        return parse(query, taxonomy=self._taxonomies(community), today=today)

    def similar(self, community: Community, number: int, *, limit: int = 5) -> list[Hit]:
        """Find items that are about the same, other texts than this one's story.

        Args:
            community: whose items.
            number: of the item to compare with.
            limit: hits at most.

        Returns:
            The most alike first; a story that several tell is one hit. Empty for an item without
            a text.

        Raises:
            UnknownItem: there is no such item.
        """
        item = self._repository.item(community.id, number)
        vector = self._vector_of(item)
        if vector is None:
            return []
        same = {item.id, *self._repository.story(item)}
        near = self._vectors.nearest(community.id, vector, limit=DEPTH // 2 + len(same))
        alike = [each for each in near if each.item_id not in same]
        ranked = [each for each in fuse([], alike) if each.meaning is not None]
        page, _ = self._page(self._standing(community, ranked), limit=limit, offset=0)
        return [self._hits.alike(found) for found in page]

    # ── which items ──────────────────────────────────────────────────────────────────────────────

    def _listed(self, community: Community, query: Query) -> list[Fused]:
        """What the filters keep, without what holds minus words, the newest received first."""
        kept = self._repository.matching(community, query.filters)
        kept -= self._unwanted(community, query)
        return [Fused(item_id, 0.0) for item_id in sorted(kept, reverse=True)]

    def _ranked(
        self, community: Community, query: Query
    ) -> tuple[list[Fused], bool, NDArray[np.float32]]:
        """The best by words and meaning, whether there may be more, and the query's vector."""
        vector = self._embedder.embed([query.text], role="query")[0]
        among = self._among(community, query)
        if among is not None and not among:
            return [], False, vector
        asked = KeywordQuery(all_of=query.phrases, any_of=query.words, none_of=query.without)
        words = self._keywords.find(community.id, asked, limit=DEPTH, among=among)
        alike, is_cut = self._alike(community, query, vector, among=among)
        ranked = fuse(words, alike)
        if among is None:
            ranked = self._standing(community, ranked)
        return ranked, is_cut or len(words) == DEPTH, vector

    def _alike(
        self,
        community: Community,
        query: Query,
        vector: NDArray[np.float32],
        *,
        among: set[int] | None,
    ) -> tuple[list[Scored], bool]:
        """The nearest without unwanted words, and whether there may be more near ones."""
        unwanted = self._unwanted(community, query)
        limit = DEPTH // 2 + min(len(unwanted), _MOST_PASSED_OVER)
        near = self._vectors.nearest(community.id, vector, limit=limit, among=among)
        is_cut = len(near) == limit and near[-1].score >= MEANING_FLOOR
        return [each for each in near if each.item_id not in unwanted][: DEPTH // 2], is_cut

    def _among(self, community: Community, query: Query) -> set[int] | None:
        """The items that filters and phrases keep; None: whatever is finished."""
        among: set[int] | None = None
        if query.filters != Filters():
            among = self._repository.matching(community, query.filters)
        if query.phrases:
            found = self._ids(community, KeywordQuery(all_of=query.phrases), among=among)
            return found if among is not None else self._only_standing(community, found)
        return among

    def _unwanted(self, community: Community, query: Query) -> set[int]:
        """The items that hold a minus word."""
        each = (KeywordQuery(all_of=(words,)) for words in query.without)
        return set().union(*(self._ids(community, asked, among=None) for asked in each))

    def _ids(
        self, community: Community, query: KeywordQuery, *, among: Collection[int] | None
    ) -> set[int]:
        found = self._keywords.find(community.id, query, limit=_EVERYTHING, among=among)
        return {each.item_id for each in found}

    def _standing(self, community: Community, ranked: list[Fused]) -> list[Fused]:
        """Without items that an index still holds although they are gone or being redone."""
        standing = self._only_standing(community, {each.item_id for each in ranked})
        return [each for each in ranked if each.item_id in standing]

    def _only_standing(self, community: Community, ids: Collection[int]) -> set[int]:
        return self._repository.matching(community, Filters(), among=ids)

    # ── pages ────────────────────────────────────────────────────────────────────────────────────

    def _page(self, ranked: Sequence[Fused], *, limit: int, offset: int) -> tuple[list[Found], int]:
        """Read a page of items, stories collapsed; and how many hits there are at most."""
        ranks = {each.item_id: rank for rank, each in enumerate(ranked)}
        copies: set[int] = set()
        found: list[Found] = []
        read = 0
        while (
            read < len(ranked) and len(found) <= offset + limit
        ):  # one more: is there a next page?
            batch = ranked[read : read + offset + limit + 1 - len(found)]
            read += len(batch)
            ids = [each.item_id for each in batch if each.item_id not in copies]
            for item in self._repository.items(ids):
                if item.id in copies:
                    continue
                others = [each for each in self._repository.story(item) if each in ranks]
                others.sort(key=ranks.__getitem__)
                copies.update(others)
                found.append(Found(item, ranked[ranks[item.id]], tuple(others)))
        more = 0 if read == len(ranked) else len(ranked) - len(copies) - len(found)
        return found[offset : offset + limit], len(found) + max(0, more)

    def _vector_of(self, item: Item) -> NDArray[np.float32] | None:
        known = self._vectors.get(item.community, [item.id]).get(item.id)
        if known is not None or item.summary is None:
            return known
        vectors = self._embedder.embed([f"{item.title}\n{item.summary.text}"])
        return np.asarray(vectors[0], dtype=np.float32)
