"""Texts to which people gave a label, as vectors: what helps to choose the labels worth a question.

Copies of what SQL and the vector index hold, read again when they are a while old: a decision more
or less moves a label's prototype by little, and labelling must not wait for it.
"""

import logging
import threading
from collections.abc import Mapping
from datetime import datetime, timedelta

import numpy as np

from core.domain import LabelPath
from core.ports import Clock, Embedder, Examples, VectorIndex, Vectors
from core.store.repository import Repository

log = logging.getLogger(__name__)

PER_LABEL = 16
"""The newest ones; a mean of more moves little."""

FRESH_FOR = timedelta(minutes=10)


class DecidedExamples:
    """Knows a community's decided items by label; safe to share between threads.

    Args:
        repository: knows which items carry a confirmed label.
        embedder: in use; items that the index holds by another one are no examples.
        vectors: holds the items' vectors.
        clock: tells when the copies are old.
    """

    def __init__(
        self, repository: Repository, embedder: Embedder, vectors: VectorIndex, clock: Clock
    ) -> None:
        self._repository = repository
        self._embedder = embedder
        self._vectors = vectors
        self._clock = clock
        self._read: dict[int, tuple[datetime, Mapping[LabelPath, Vectors]]] = {}
        self._lock = threading.Lock()

    def of(self, community: int) -> Examples:
        """A community's examples, not yet read: only some annotators want them."""
        return lambda: self._of(community)

    def _of(self, community: int) -> Mapping[LabelPath, Vectors]:
        now = self._clock.now()
        with self._lock:
            read_at, found = self._read.get(community, (None, {}))
            if read_at is None or now - read_at >= FRESH_FOR:
                found = self._look_up(community)
                self._read[community] = now, found
        return found

    def _look_up(self, community: int) -> Mapping[LabelPath, Vectors]:
        items = self._repository.decided(
            community, embedded_with=self._embedder.version, most=PER_LABEL
        )
        ids = sorted({item for own in items.values() for item in own})
        vectors = self._vectors.get(community, ids) if ids else {}
        found = {
            path: np.stack([vectors[item] for item in own if item in vectors])
            for path, own in items.items()
            if any(item in vectors for item in own)
        }
        log.info("read examples community=%s labels=%s items=%s", community, len(found), len(ids))
        return found
