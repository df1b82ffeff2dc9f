"""Use case: a library that was exported is brought in again, here or elsewhere.

Into a community without items it becomes the same library: the same numbers, labels, times,
customs, and codebook with its history. Into another one its items come under new numbers, and what
is there already stays as it is. Models are asked nothing: all that they said comes along. Vectors
are made anew.
"""

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from core.domain import Community, Item
from core.errors import BadConfig, BadFile
from core.exports.pseudonyms import PLATFORM
from core.exports.whole import Whole, read_copies, read_head
from core.indexing import Indexer
from core.jsonl import batches
from core.store.repository import Repository
from core.taxonomy import Taxonomy

log = logging.getLogger(__name__)

BATCH = 64
"""Items that are saved and embedded together."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What became of a library.

    Attributes:
        new, known: how many items were added, and were here already.
        unknown_labels: paths that the community's taxonomy has no label for; they are kept.
        is_same: it became this library, numbers and customs included.
    """

    new: int
    known: int
    unknown_labels: tuple[str, ...]
    is_same: bool


class Restoring:
    """Brings libraries in.

    Args:
        repository: keeps them.
        indexer: fills the vector index.
        taxonomies: a community's labels.
        keep_codebook: let a community's codebook hold, whatever the operator's file says now.
    """

    def __init__(
        self,
        repository: Repository,
        indexer: Indexer,
        taxonomies: Callable[[Community], Taxonomy],
        keep_codebook: Callable[[Community], None],
    ) -> None:
        self._repository = repository
        self._indexer = indexer
        self._taxonomies = taxonomies
        self._keep_codebook = keep_codebook

    def restore(
        self,
        community: Community,
        file: Path,
        *,
        on_progress: Callable[[int, int], None] = lambda _done, _total: None,
    ) -> Restored:
        """Bring a library in: into an empty community all of it or nothing, else batch by batch, so
        that it goes on where it was stopped.

        Raises:
            BadFile: it is none, or broken at some line.
        """
        head = read_head(file)
        is_same = self._repository.numbers_used(community.id) == 0
        added: list[int] = []
        known = 0
        with self._repository.transaction() if is_same else nullcontext():
            if is_same:
                self._taxonomies(community)  # the operator's file is looked at before, not after
                self._furnish(community, head, file)
            furniture: list[tuple[int, dict[str, Any]]] = []
            for batch in batches(_items(read_copies(file), furniture), BATCH):
                ids = self._add(community, file, batch, keep_numbers=is_same)
                added += [each for each in ids if each is not None]
                known += ids.count(None)
                on_progress(len(added) + known, head.items)
            if is_same:
                self._repository.burn_numbers(community.id, head.last_number)
                self._add_furniture(community, file, furniture)
        unknown: set[str] = set()
        taxonomy = self._taxonomies(community)
        for own in batches(added, BATCH):
            items = self._repository.items(own)
            unknown.update(label.path for item in items for label in item.labels)
            self._index(items)
        unknown = {path for path in unknown if path not in taxonomy}
        log.info("restored community=%s new=%s known=%s", community.id, len(added), known)
        return Restored(len(added), known, tuple(sorted(unknown)), is_same)

    def _furnish(self, community: Community, head: Whole, file: Path) -> None:
        try:
            self._repository.set_timezone(community.id, head.timezone)
            self._repository.set_language(community.id, head.language)
            self._repository.set_customs(community.id, head.customs)
            self._repository.set_title(community.id, head.title)
        except BadConfig as error:
            raise BadFile(f"{file}, line 1: {error.message}", file=str(file), line=1) from error

    def _add(
        self,
        community: Community,
        file: Path,
        batch: Sequence[tuple[int, dict[str, Any]]],
        *,
        keep_numbers: bool,
    ) -> list[int | None]:
        ids: list[int | None] = []
        with self._repository.transaction():
            for line, copy in batch:
                try:
                    ids += self._repository.add_copies(
                        community.id, [copy], platform=PLATFORM, keep_numbers=keep_numbers
                    )
                except (KeyError, TypeError, ValueError, AttributeError) as error:
                    raise BadFile(
                        f"{file}, line {line}: this is no item of a library "
                        f"({type(error).__name__}: {error}). Export it again.",
                        file=str(file),
                        line=line,
                    ) from error
        return ids

    def _add_furniture(
        self, community: Community, file: Path, furniture: Sequence[tuple[int, dict[str, Any]]]
    ) -> None:
        if not any(copy["kind"] == "version" for _, copy in furniture):
            return
        self._repository.clear_codebook(community.id)
        items = self._repository.ids_by_number(community.id)
        for line, copy in furniture:
            try:
                self._repository.add_furniture(community.id, copy, items=items, platform=PLATFORM)
            except (KeyError, TypeError, ValueError, AttributeError) as error:
                raise BadFile(
                    f"{file}, line {line}: this is nothing that a library has "
                    f"({type(error).__name__}: {error}). Export it again.",
                    file=str(file),
                    line=line,
                ) from error
        self._keep_codebook(community)

    def _index(self, items: Sequence[Item]) -> None:
        try:
            self._indexer.index(items)
        except Exception:  # words find the items without; `commonplace reindex` mends it
            log.exception("no vectors items=%s", len(items))


def _items(
    copies: Iterable[tuple[int, dict[str, Any]]], furniture: list[tuple[int, dict[str, Any]]]
) -> Iterator[tuple[int, dict[str, Any]]]:
    """The items among copies; what is beside them is put aside."""
    for line, copy in copies:
        if "kind" in copy:
            furniture.append((line, copy))
        else:
            yield line, copy
