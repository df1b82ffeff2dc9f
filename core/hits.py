"""Hits: what is shown of each item that was found, and why it was found.

Words are marked where they stand. An item that was found by meaning alone is shown with its
summary, or, where that is too long for a snippet, with the sentence of it that is most like the
query. To compare sentences costs more than all else in a search, so only the best hits' are.
"""

from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from core.domain import Document, Filters, Item
from core.fusion import Fused
from core.ports import Embedder
from core.query import Query
from core.snippets import MAX_LENGTH, Snippet, marked, opening, snippet, wanted
from core.words import Term

_MAX_COMPARED = 660
"""Bytes of sentences, in UTF-8, that a page compares with the query: a Chinese summary of the usual
length, or eight English sentences. The built-in model took 20 ms for them on 2 cores, and 50 ms
for all the sentences of ten hits."""

_KEPT_SENTENCES = 4096  # vectors of summaries' sentences: 6 MB at 384 numbers each


@dataclass(frozen=True, slots=True)
class Why:
    """One reason why an item was found.

    Attributes:
        kind: words stand in its "title" or "text"; it is alike in "meaning"; a "label" that was
            asked for; another "filter" that was.
        found: the words as they stand there, the label's path, or the filter as one would write it.
        score: for "meaning", the cosine.
    """

    kind: Literal["title", "text", "meaning", "label", "filter"]
    found: tuple[str, ...] = ()
    score: float | None = None

    @property
    def words(self) -> str:
        """What was found, in one line."""
        return " ".join(self.found)


@dataclass(frozen=True, slots=True)
class Hit:
    """An item that was found.

    Attributes:
        score: see `core.fusion`; for similar items, the cosine; 0 in a list by filters alone.
        snippet: a part of its text, with the words that were found marked.
        why: reasons, words first.
        title: its title, with words marked.
        others: ids of found items that tell the same story, best first; they are no hits of their
            own.
    """

    item: Item
    score: float
    snippet: Snippet
    why: tuple[Why, ...]
    title: Snippet = field(default_factory=lambda: Snippet(""))
    others: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """An item with the evidence for it, and the ids of found items that tell the same story."""

    item: Item
    evidence: Fused
    others: tuple[int, ...] = ()


class Hits:
    """Turns what was found into hits.

    Args:
        embedder: compares sentences with the query.
    """

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._sentences: OrderedDict[str, NDArray[np.float32]] = OrderedDict()

    def explained(
        self, page: Sequence[Found], query: Query, vector: NDArray[np.float32] | None
    ) -> tuple[Hit, ...]:
        """Hits of a search.

        Args:
            page: what was found, best first.
            query: as understood.
            vector: the query's; None where nothing was looked for.
        """
        terms = wanted(query.words, query.phrases)
        in_text = {found.item.id: _in_text(found.item, terms) for found in page}
        unseen = [found.item for found in page if in_text[found.item.id] is None]
        alike = self._most_alike(unseen, vector)
        hits = []
        for found in page:
            item, part = found.item, in_text[found.item.id]
            title = marked(item.title, terms)
            has_title = item.document is not None and bool(item.document.title)
            why = _why(query, found.evidence, title if has_title else Snippet(""), part)
            shown = part or alike[item.id]
            hits.append(Hit(item, found.evidence.score, shown, why, title, found.others))
        return tuple(hits)

    def alike(self, found: Found) -> Hit:
        """A hit among items that are like another one."""
        likeness = found.evidence.meaning or 0.0
        why = (Why("meaning", score=likeness),)
        title = Snippet(found.item.title)
        return Hit(found.item, likeness, _summary_opening(found.item), why, title, found.others)

    def _most_alike(
        self, items: Sequence[Item], vector: NDArray[np.float32] | None
    ) -> dict[int, Snippet]:
        """For each item its summary, or the sentence of it that is most like the query."""
        snippets = {item.id: _summary_opening(item) for item in items}
        if vector is None:
            return snippets
        compared = _to_compare(items)
        vectors = self._sentence_vectors([each for own in compared.values() for each in own])
        for item_id, own in compared.items():
            best = max(own, key=lambda each: float(vectors[each] @ vector))
            snippets[item_id] = opening(best)
        return snippets

    def _sentence_vectors(self, sentences: Sequence[str]) -> dict[str, NDArray[np.float32]]:
        """Vectors of sentences; those of late are remembered, because people search again."""
        known = {each: self._sentences[each] for each in sentences if each in self._sentences}
        new = [each for each in dict.fromkeys(sentences) if each not in known]
        if new:
            known.update(zip(new, self._embedder.embed(new), strict=True))
        for each, vector in known.items():
            self._sentences[each] = vector
            self._sentences.move_to_end(each)
        while len(self._sentences) > _KEPT_SENTENCES:
            self._sentences.popitem(last=False)
        return known


def _in_text(item: Item, terms: Sequence[Term]) -> Snippet | None:
    return None if item.document is None else snippet(_below_title(item.document), terms)


def _below_title(document: Document) -> str:
    """The text without the title that many pages begin it with: the title is shown above it."""
    first, _, rest = document.text.partition("\n")
    return rest if rest.strip() and first.strip() == document.title else document.text


def _to_compare(items: Iterable[Item]) -> dict[int, list[str]]:
    """The sentences of summaries that do not fit into a snippet, for the first items, in order.

    What was compared before counts like all else, so that the same search shows the same again.
    """
    compared: dict[int, list[str]] = {}
    left = _MAX_COMPARED
    for item in items:
        if item.summary is None or len(item.summary.text) <= MAX_LENGTH:
            continue
        fitting: list[str] = []
        for extract in item.summary.extracts:
            left -= len(extract.text.encode(errors="replace"))
            if left >= 0:
                fitting.append(extract.text)
        if len(fitting) > 1:  # one alone is no choice
            compared[item.id] = fitting
    return compared


def _summary_opening(item: Item) -> Snippet:
    if item.summary is not None:
        return opening(item.summary.text)
    return Snippet("") if item.document is None else opening(item.document.text)


def _why(query: Query, fused: Fused, title: Snippet, part: Snippet | None) -> tuple[Why, ...]:
    reasons = []
    if title.marks:
        reasons.append(Why("title", title.found))
    if part is not None:
        reasons.append(Why("text", part.found))
    if fused.meaning is not None:
        reasons.append(Why("meaning", score=fused.meaning))
    reasons += [Why("label", (path,)) for path in query.filters.labels]
    others = Query(filters=_without_labels(query.filters))
    if str(others):
        reasons.append(Why("filter", (str(others),)))
    return tuple(reasons)


def _without_labels(filters: Filters) -> Filters:
    return replace(filters, labels=())
