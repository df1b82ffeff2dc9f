"""The use cases of exports over the rooms of the core."""

from core.codebook_versions import Source
from core.codebooks import Codebooks
from core.exporting import Exporting
from core.indexing import Indexer
from core.releasing import Releasing
from core.restoring import Restoring
from core.search import Search
from tests.fakes.rooms import TAXONOMY, Rooms


def search(rooms: Rooms) -> Search:
    return Search(
        rooms.repository,
        rooms.keywords,
        rooms.vectors,
        rooms.embedder,
        lambda _: rooms.taxonomy,
        rooms.clock,
    )


def exporting(rooms: Rooms) -> Exporting:
    return Exporting(rooms.repository, search(rooms), lambda _: rooms.taxonomy, rooms.clock)


def releasing(rooms: Rooms) -> Releasing:
    return Releasing(
        rooms.repository,
        search(rooms),
        lambda _: rooms.taxonomy,
        codebooks(rooms).versions,
        rooms.clock,
    )


def restoring(rooms: Rooms) -> Restoring:
    indexer = Indexer(rooms.repository, rooms.embedder, rooms.vectors)
    books = codebooks(rooms)
    return Restoring(rooms.repository, indexer, books.taxonomy, books.keep_own)


def codebooks(rooms: Rooms) -> Codebooks:
    return Codebooks(
        rooms.repository, lambda _: Source(TAXONOMY, "labels.toml", "file"), rooms.clock
    )
