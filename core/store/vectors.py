"""Items by meaning: Chroma, embedded, in a folder that one process owns.

Chroma is a copy of what SQL holds, so whatever is wrong with it is mended by making it anew. It is
heavy (importing it took 1.2 s and 51 MB here) and is therefore loaded on first use; a second
process that opened the same folder would hang for minutes, so a lock beside it refuses that one at
once. Each community has a collection of its own per embedder, whose vectors are never compared.

Source: github.com/chroma-core/chroma, issues 7040 (second process), 421 (processes).
"""

import hashlib
import logging
import os
import shutil
import threading
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, cast

import numpy as np
from numpy.typing import NDArray

from core.errors import BadStore, DataInUse
from core.ports import Scored, Vectors

if TYPE_CHECKING:
    from chromadb import Collection as ChromaCollection
    from chromadb.api.client import Client
    from filelock import FileLock

log = logging.getLogger(__name__)

_MOST_PASSED_OVER = 1000  # neighbours of 10,000 take Chroma 10 ms
_BATCH = 1000  # Chroma's limit depends on its SQLite; it was 5,461 here


class ChromaVectorIndex:
    """The vectors of all communities' items. Opens its folder on first use.

    Args:
        folder: made if need be; nobody else may use it meanwhile.
        version: of the embedder; vectors of other versions are neither found nor touched.
        size: length of a vector.
    """

    def __init__(self, folder: Path, *, version: str, size: int) -> None:
        self._folder = folder
        self._version = version
        self._size = size
        self._guard = threading.RLock()
        self._lock: FileLock | None = None
        self._client: Client | None = None
        self._collections: dict[int, ChromaCollection] = {}

    def take(self) -> None:
        """Take the folder, so that no other process can; Chroma itself is loaded when needed.

        Raises:
            DataInUse: another process has it.
        """
        with self._guard:
            if self._lock is None:
                try:
                    self._folder.mkdir(parents=True, exist_ok=True)
                except OSError as error:
                    raise BadStore(
                        f"{self._folder} is no folder to keep vectors in: {error.strerror}. "
                        "Move away what is there, then run `commonplace reindex`.",
                        file=str(self._folder),
                    ) from error
                self._lock = _take(self._folder)

    def open(self) -> None:
        """Take the folder and load Chroma, if that was not done yet.

        Raises:
            DataInUse: another process has it.
            BadStore: it cannot be opened; `reset`, or `commonplace reindex`, makes it anew.
        """
        with self._guard:
            if self._client is not None:
                return
            self.take()
            try:
                self._client = self._connect()
            except BaseException:
                self.close()
                raise

    def upsert(self, community: int, item_ids: Sequence[int], vectors: Vectors) -> None:
        """Store vectors of shape (n, size) for n items, replacing what was there."""
        if vectors.shape != (len(item_ids), self._size):
            raise ValueError(
                f"{len(item_ids)} items came with vectors of shape {vectors.shape}; "
                f"expected ({len(item_ids)}, {self._size})"
            )
        # within one call Chroma refuses an id twice; the last one counts
        rows = {item_id: row for row, item_id in enumerate(item_ids)}
        ids = list(rows)
        collection = self._collection(community)
        for start in range(0, len(ids), _BATCH):
            batch = ids[start : start + _BATCH]
            with self._telling_how_to_mend():
                collection.upsert(
                    ids=_ids(batch), embeddings=vectors[[rows[item_id] for item_id in batch]]
                )

    def remove(self, community: int, item_ids: Collection[int]) -> None:
        """Forget items; unknown ones are passed over."""
        ids = _ids(item_ids)
        collection = self._collection(community)
        for start in range(0, len(ids), _BATCH):
            with self._telling_how_to_mend():
                collection.delete(ids=ids[start : start + _BATCH])

    def get(self, community: int, item_ids: Sequence[int]) -> dict[int, NDArray[np.float32]]:
        """The vectors of those items that are here."""
        found: dict[int, NDArray[np.float32]] = {}
        ids = _ids(item_ids)
        collection = self._collection(community)
        for start in range(0, len(ids), _BATCH):
            with self._telling_how_to_mend():
                answer = collection.get(ids=ids[start : start + _BATCH], include=["embeddings"])
            vectors = np.asarray(answer["embeddings"], dtype=np.float32)
            found.update(zip(map(int, answer["ids"]), vectors, strict=True))
        return found

    def nearest(
        self,
        community: int,
        vector: NDArray[np.float32],
        *,
        limit: int,
        among: Collection[int] | None = None,
    ) -> list[Scored]:
        """The most alike items, best first; `score` is the cosine, -1 to 1.

        Args:
            community: whose.
            vector: of length `size`, unit norm.
            limit: how many at most.
            among: only these items, exactly; None: all of the community's.

        Source: approximate search by hierarchical graphs, Malkov and Yashunin 2018,
        arXiv:1603.09320.
        """
        collection = self._collection(community)
        with self._telling_how_to_mend():
            if among is None:
                return _query(collection, vector, limit=limit)
            wanted = set(among)
            if not wanted or limit < 1:
                return []
            count = collection.count()
            # where most items are asked about, it is quicker to pass over the others
            enough = min(count, int(1.5 * limit * count / len(wanted)) + 10)
            if enough <= _MOST_PASSED_OVER:
                found = _query(collection, vector, limit=enough)
                kept = [each for each in found if each.item_id in wanted]
                if len(kept) >= limit or enough == count:
                    return kept[:limit]
            return _query_among(collection, vector, limit=limit, ids=_ids(wanted))

    def count(self, community: int) -> int:
        """How many items of the community are here."""
        collection = self._collection(community)
        with self._telling_how_to_mend():
            return collection.count()

    def clear(self, community: int) -> None:
        """Forget the community's items, those of other embedders' versions too."""
        with self._guard:
            self.open()
            assert self._client is not None
            self._collections.pop(community, None)
            for collection in self._client.list_collections():
                if collection.name.startswith(f"{_prefix(community)}-"):
                    self._client.delete_collection(collection.name)

    def reset(self) -> None:
        """Forget everything, also what cannot be read; BadStore if it cannot be deleted."""
        with self._guard:
            self._collections.clear()
            if self._client is not None:
                client, self._client = self._client, None
                client.close()
            self.take()
            with self._telling_how_to_mend():
                for entry in self._folder.iterdir():
                    if entry.name not in (_LOCK, _OWNER):
                        shutil.rmtree(entry) if entry.is_dir() else entry.unlink()

    def close(self) -> None:
        """Let go of files, threads and the folder; the object is not used afterwards."""
        with self._guard:
            self._collections.clear()
            if self._client is not None:
                client, self._client = self._client, None
                client.close()
            if self._lock is not None:
                lock, self._lock = self._lock, None
                _owner_file(self._folder).unlink(missing_ok=True)
                lock.release()

    def _collection(self, community: int) -> "ChromaCollection":
        with self._guard:
            self.open()
            assert self._client is not None
            if community not in self._collections:
                with self._telling_how_to_mend():
                    self._collections[community] = self._client.get_or_create_collection(
                        f"{_prefix(community)}-{_digest(self._version)}",
                        # otherwise Chroma would fetch a model of its own
                        embedding_function=None,
                        configuration={"hnsw": {"space": "cosine"}},
                    )
            return self._collections[community]

    def _connect(self) -> "Client":
        import chromadb
        from chromadb.api.shared_system_client import SharedSystemClient
        from chromadb.config import Settings

        path = str(self._folder.resolve())
        settings = Settings(anonymized_telemetry=False, allow_reset=False)
        with self._telling_how_to_mend():
            try:
                return cast("Client", chromadb.PersistentClient(path=path, settings=settings))
            except BaseException:
                # Chroma keeps what failed to start, and would hand it out the next time
                SharedSystemClient._identifier_to_system.pop(path, None)
                raise

    @contextmanager
    def _telling_how_to_mend(self) -> Iterator[None]:
        """Say how to mend it when Chroma cannot read or write its folder."""
        from chromadb.errors import ChromaError

        try:
            yield
        except (ChromaError, OSError, RuntimeError, ValueError) as error:
            raise BadStore(
                f"The vector index in {self._folder} cannot be used: {error}. It is only a copy: "
                "run `commonplace reindex` to make it anew.",
                file=str(self._folder),
            ) from error


def _query(
    collection: "ChromaCollection",
    vector: NDArray[np.float32],
    *,
    limit: int,
    ids: list[str] | None = None,
) -> list[Scored]:
    if limit < 1:
        return []
    answer = collection.query(
        query_embeddings=np.asarray(vector, dtype=np.float32)[None],
        n_results=limit,
        ids=ids,
        include=["distances"],
    )
    distances = answer["distances"]
    assert distances is not None
    found = [
        Scored(int(id_), max(-1.0, min(1.0, 1.0 - float(distance))))
        for id_, distance in zip(answer["ids"][0], distances[0], strict=True)
    ]
    return sorted(found, key=lambda each: (-each.score, -each.item_id))


def _query_among(
    collection: "ChromaCollection", vector: NDArray[np.float32], *, limit: int, ids: list[str]
) -> list[Scored]:
    """The nearest of these, unknown ones passed over."""
    from chromadb.errors import InternalError

    try:
        return _query(collection, vector, limit=min(limit, len(ids)), ids=ids)
    except InternalError:
        # asked about an id that it does not know, Chroma gives up; to ask which of 5,000 it knows
        # takes 35 ms, seven times as long as to search among them, so that is not done beforehand
        known = collection.get(ids=ids, include=[])["ids"]
        return _query(collection, vector, limit=min(limit, len(known)), ids=known)


_LOCK, _OWNER = "owner.lock", "owner.pid"


def _take(folder: Path) -> "FileLock":
    """The folder's lock, taken, with our process id beside it for whoever comes second."""
    from filelock import FileLock, Timeout

    lock = FileLock(folder / _LOCK, thread_local=False)
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        pid = _owner(folder)
        who = f"process {pid}" if pid else "another process"
        raise DataInUse(
            f"{folder} is in use by {who}. Stop that one, or wait until it is done.",
            folder=str(folder),
            pid=pid,
        ) from error
    _owner_file(folder).write_text(str(os.getpid()), encoding="ascii")
    return lock


def _owner(folder: Path) -> int:
    """The process that has the folder; 0 if it did not say."""
    try:
        return int(_owner_file(folder).read_text(encoding="ascii"))
    except (OSError, ValueError):
        return 0


def _owner_file(folder: Path) -> Path:
    # the lock file itself cannot be read by others on Windows while it is locked
    return folder / _OWNER


def _ids(item_ids: Iterable[int]) -> list[str]:
    """Items as Chroma names them, each once: it refuses a list with repetitions."""
    return list(dict.fromkeys(map(str, item_ids)))


def _prefix(community: int) -> str:
    return f"community-{community:d}"


def _digest(version: str) -> str:
    """A version as a name that Chroma accepts."""
    return hashlib.sha256(version.encode()).hexdigest()[:16]
