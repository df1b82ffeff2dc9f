"""The two copies of what is stored: vectors and words, filled item by item or made anew.

SQL is the truth. An item says with which embedder's version the vector index holds it, and that is
written down after the vector is there: whatever stops us, what is missing is known.
"""

import logging
from collections.abc import Callable, Sequence

from core.domain import Community, Document, Item, State, Summary
from core.ports import Embedder, VectorIndex
from core.store.repository import Repository

log = logging.getLogger(__name__)

BATCH = 64
"""Items that are read and embedded together when an index is made anew."""

OnProgress = Callable[[int, int], None]


def embedding_text(document: Document, summary: Summary) -> str:
    """What stands for an item where meanings are compared: its title and summary.

    A short text is its own summary, so it stands for itself. A title is not said twice. The whole
    text in parts, or another tower for Chinese, finds more by meaning alone, but hardly more with
    words beside (`tests/eval/finding.py`).
    """
    if document.title and not summary.text.startswith(document.title):
        return f"{document.title}\n{summary.text}"
    return summary.text


class Indexer:
    """Fills the indexes.

    Args:
        repository: knows the items, and fills the words.
        embedder: turns texts into vectors.
        vectors: keeps them.
    """

    def __init__(self, repository: Repository, embedder: Embedder, vectors: VectorIndex) -> None:
        self._repository = repository
        self._embedder = embedder
        self._vectors = vectors

    def index(self, items: Sequence[Item]) -> None:
        """Put the vectors of finished items into the index; others are passed over."""
        texts: dict[int, dict[int, str]] = {}
        for item in items:
            if item.state is State.DONE and item.document and item.summary:
                text = embedding_text(item.document, item.summary)
                texts.setdefault(item.community, {})[item.id] = text
        for community, own in texts.items():
            ids = list(own)
            self._vectors.upsert(community, ids, self._embedder.embed(list(own.values())))
            self._repository.set_embedded(ids, self._embedder.version)

    def forget(self, item: Item) -> None:
        """Take an item's vector out of the index.

        The truth knows first: an item may lack its vector, but no vector outlives its item.
        """
        self._repository.set_embedded([item.id], None)
        self._vectors.remove(item.community, [item.id])

    def reindex(self, community: Community | None, *, on_progress: OnProgress | None = None) -> int:
        """Make words, vectors and stories anew from what is stored.

        Until it is through, searches find less. If it is stopped, run it again.

        Args:
            community: whose; None is everybody's, whatever state the index of vectors is in.
            on_progress: is told how many items of how many are there.

        Returns:
            How many items were indexed.
        """
        if community is None:
            self._vectors.reset()
            communities = self._repository.communities()
        else:
            self._vectors.clear(community.id)
            communities = [community]
        ids = [
            item_id for each in communities for item_id in self._repository.clear_indexes(each.id)
        ]
        for start in range(0, len(ids), BATCH):
            batch = ids[start : start + BATCH]
            self._repository.refresh(batch)
            self.index(self._repository.items(batch))
            if on_progress is not None:
                on_progress(start + len(batch), len(ids))
        log.info("reindexed communities=%s items=%s", len(communities), len(ids))
        return len(ids)
