"""Use case: a collection, or what a search keeps of it, is written down for others to read.

Items are read some hundred at a time, so that a large collection costs no memory. People are never
told by name; full texts, which are others' works, only on request.
"""

import logging
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Literal, get_args

from core.domain import Community, Language
from core.exports.bookmarks import write_bookmarks
from core.exports.feeds import write_feed
from core.exports.notes import write_notes
from core.exports.place import new_file, new_folder
from core.exports.pseudonyms import Pseudonyms
from core.exports.record import Record, record_of
from core.exports.tabular import write_csv, write_jsonl, write_parquet
from core.exports.whole import Whole, write_whole
from core.ports import Clock
from core.search import Search
from core.store.repository import Repository
from core.taxonomy import Taxonomy

log = logging.getLogger(__name__)

Form = Literal["csv", "jsonl", "parquet", "markdown", "bookmarks", "rss", "atom", "library"]
FORMS: tuple[Form, ...] = get_args(Form)
"""What an export can be. "library" is all that makes the same collection elsewhere."""

ENDINGS: dict[Form, str] = {
    "csv": ".csv",
    "jsonl": ".jsonl",
    "parquet": ".parquet",
    "markdown": "",
    "bookmarks": ".html",
    "rss": ".rss",
    "atom": ".atom",
    "library": ".library.jsonl",
}
"""Of a file's name; a folder has none."""

BATCH = 200
"""Items in memory at a time."""

OnProgress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be exported.

    Attributes:
        form: see `FORMS`.
        query: which items (see `core.query` and `Search.select`); "" is all finished ones. A
            library without a query is all of it, failed and unfinished items, too.
        language: of what labels are called, where a form names them.
        about: a line for a feed's head.
        with_texts: tell full texts. (A library always does: it is made of them.)
        with_voices: of a library, who voted what, under pseudonyms.
    """

    form: Form
    query: str = ""
    language: Language = "zh-TW"
    about: str = ""
    with_texts: bool = False
    with_voices: bool = False


@dataclass(frozen=True, slots=True)
class Written:
    """What came of an export.

    Attributes:
        items: how many are in it.
        left_out: how many were wanted, and its form does not hold: bookmarks and feeds those
            without a web address, a feed those before its newest `core.exports.feeds.MOST`, too.
    """

    items: int
    left_out: int = 0


class Exporting:
    """Writes exports.

    Args:
        repository: knows the items.
        search: says which are wanted.
        taxonomies: a community's labels.
        clock: says when an export is made.
    """

    def __init__(
        self,
        repository: Repository,
        search: Search,
        taxonomies: Callable[[Community], Taxonomy],
        clock: Clock,
    ) -> None:
        self._repository = repository
        self._search = search
        self._taxonomies = taxonomies
        self._clock = clock

    def write(
        self,
        community: Community,
        place: Path,
        wish: Wish,
        *,
        on_progress: OnProgress | None = None,
    ) -> Written:
        """Write an export: a file, or for Markdown a new folder; whole, or nothing.

        Args:
            community: whose.
            place: where; its parent must be there.
            wish: what.
            on_progress: is told how many items of how many are written.

        Returns:
            How many items are in it.

        Raises:
            BadQuery: the query is not understood.
            BadPlace: it cannot be put there.
            MissingExtra: Parquet is not installed.
        """
        ids = self._ids(community, wish)
        move = on_progress or (lambda _done, _total: None)
        if wish.form == "markdown":
            with new_folder(place) as folder:
                records = self.records(ids, with_texts=wish.with_texts, on_progress=move)
                write_notes(records, folder, named=self._named(community, wish.language))
            count = len(ids)
        else:
            with new_file(place) as stream:
                count = self._write_file(community, ids, stream, wish, move)
        log.info("exported community=%s form=%s items=%s", community.id, wish.form, count)
        return Written(count, left_out=len(ids) - count)

    def as_file(self, community: Community, wish: Wish) -> tuple[str, bytes, Written]:
        """An export as one file in memory: for a chat, so small collections only; folders zipped.

        Returns:
            The file's name, its bytes, and how many items are in it.

        Raises:
            BadQuery, MissingExtra: as `write`.
        """
        with tempfile.TemporaryDirectory(prefix="commonplace-") as temporary:
            name = f"{community.name}{ENDINGS[wish.form]}"
            place = Path(temporary) / name
            written = self.write(community, place, wish)
            if place.is_dir():
                name, place = f"{name}.zip", _zipped(place)
            return name, place.read_bytes(), written

    def records(
        self,
        ids: Sequence[int],
        *,
        with_texts: bool = False,
        on_progress: OnProgress = lambda _done, _total: None,
    ) -> Iterator[Record]:
        """Tell items in the order of their ids, read a batch at a time."""
        done = 0
        for start in range(0, len(ids), BATCH):
            batch = ids[start : start + BATCH]
            notes = self._repository.notes(batch)
            for item in self._repository.items(batch):
                yield record_of(item, notes=notes.get(item.id, ()), with_text=with_texts)
            done += len(batch)
            on_progress(done, len(ids))

    def _ids(self, community: Community, wish: Wish) -> list[int]:
        if wish.form == "library" and not wish.query.strip():
            return self._repository.all_ids(community.id)
        ids, _ = self._search.select(community, wish.query)
        return ids

    def _write_file(
        self, community: Community, ids: Sequence[int], stream: IO[bytes], wish: Wish,
        move: OnProgress,
    ) -> int:  # fmt: skip
        """Returns: how many items are in the file."""
        named = self._named(community, wish.language)
        if wish.form in ("rss", "atom"):
            ids = ids[::-1]
        records = self.records(ids, with_texts=wish.with_texts, on_progress=move)
        match wish.form:
            case "csv":
                write_csv(records, stream)
            case "jsonl":
                write_jsonl(records, stream)
            case "parquet":
                write_parquet(records, stream)
            case "bookmarks":
                title = community.title or community.name
                return write_bookmarks(records, stream, title=title, named=named)
            case "rss" | "atom":
                return write_feed(
                    records,
                    stream,
                    form=wish.form,
                    community=community,
                    about=wish.about or community.title or community.name,
                    named=named,
                    now=self._clock.now(),
                )
            case "library" | "markdown":
                self._write_whole(community, ids, stream, wish, move)
        return len(ids)

    def _write_whole(
        self, community: Community, ids: Sequence[int], stream: IO[bytes], wish: Wish,
        move: OnProgress,
    ) -> None:  # fmt: skip
        pseudonyms = Pseudonyms()

        def copies() -> Iterator[dict[str, object]]:
            for start in range(0, len(ids), BATCH):
                batch = ids[start : start + BATCH]
                yield from self._repository.copies(
                    batch, rename=pseudonyms.of, with_voices=wish.with_voices
                )
                move(start + len(batch), len(ids))
            yield from self._repository.furniture(
                community.id,
                rename=pseudonyms.of,
                with_voices=wish.with_voices,
                is_whole=not wish.query.strip(),
            )

        head = Whole(
            language=community.language,
            timezone=community.timezone,
            title=community.title,
            customs=community.customs,
            last_number=self._repository.numbers_used(community.id),
            items=len(ids),
            codebook=self._taxonomies(community).digest,
            made_at=self._clock.now(),
        )
        write_whole(head, copies(), stream)

    def _named(self, community: Community, language: Language) -> Callable[[str], str]:
        taxonomy = self._taxonomies(community)

        def named(path: str) -> str:
            return taxonomy.name(path, language) if path in taxonomy else path

        return named


def _zipped(folder: Path) -> Path:
    place = folder.with_name(f"{folder.name}.zip")
    with zipfile.ZipFile(place, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(folder.iterdir()):
            archive.write(file, f"{folder.name}/{file.name}")
    return place
