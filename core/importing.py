"""Collections from elsewhere, some hundred entries at a time.

1. What is known already is told and skipped, so that an import can be run again at any time.
2. What has to be fetched is written down, then fetched: from several sites at once, from each site
   one after the other. Each page is saved as it comes.
3. All texts are read, summarised, labelled and embedded together.
4. One transaction saves them, as done; the vectors follow.

A text that cannot be used fails by itself. What stops the program loses at most one batch of
computing, and nothing that was fetched.
"""

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace

from core import identity
from core.annotating import annotate
from core.domain import (
    Cause,
    Community,
    Document,
    Failure,
    Item,
    Labelling,
    LabelPath,
    Link,
    MemberRef,
    PastedText,
    Share,
    State,
    Summary,
)
from core.errors import BadAddress, CommonplaceError, UnknownLabel
from core.examples import DecidedExamples
from core.fingerprints import Fingerprint, fingerprint
from core.indexing import Indexer
from core.outcomes import MAX_ATTEMPTS, Finished, ImportEntry, Step, failure_of
from core.ports import Annotators, Clock, Summariser
from core.recounting import Recounting
from core.soundness import sound_or_none
from core.sources import Reader
from core.sources.urls import host_site
from core.store.bulk import Made
from core.store.repository import Repository
from core.taxonomy import Taxonomy, ancestors

log = logging.getLogger(__name__)

SITES_AT_ONCE = 4
"""How many sites are fetched from at the same time; waiting for them is most of the time."""


@dataclass(slots=True)
class _Entry:
    """One entry on its way.

    Attributes:
        given, addresses: what is written down, and by what it is known again.
        text: what is read without the network; None: it has to be fetched.
        labels: those that the taxonomy knows, closed under ancestors; the others are unknown.
        item_id: once it is written down.
        is_known: it was there before; nothing more is done.
        is_saved: it is finished.
        document, fingerprint, summary, labelling: once they are made.
        failure: why it went no further.
    """

    given: Link | PastedText
    addresses: tuple[str, ...]
    external_id: str | None
    text: PastedText | None
    labels: tuple[LabelPath, ...]
    unknown_labels: tuple[str, ...]
    item_id: int | None = None
    is_known: bool = False
    is_saved: bool = False
    document: Document | None = None
    fingerprint: Fingerprint | None = None
    summary: Summary | None = None
    labelling: Labelling | None = None
    failure: Failure | None = None

    def known_by(self, document: Document) -> identity.Identity:
        """By what it is known again, once it was read."""
        return identity.of_document(document, self.given, has_own_id=self.external_id is not None)


class Importer:
    """Takes in batches; see the module.

    Args:
        repository, reader, summariser, annotators, taxonomies, clock: as for `core.ingest.Ingest`.
        indexer: fills the vector index.
        examples: know what people decided.
        recounting: decides anew where an import says something of labels.
        work: takes one item on from wherever it stands (`Ingest.work`).
    """

    def __init__(
        self,
        repository: Repository,
        reader: Reader,
        summariser: Summariser,
        annotators: Annotators,
        indexer: Indexer,
        examples: DecidedExamples,
        taxonomies: Callable[[Community], Taxonomy],
        clock: Clock,
        recounting: Recounting,
        *,
        work: Callable[[int], Finished],
    ) -> None:
        self._repository = repository
        self._reader = reader
        self._summariser = summariser
        self._annotators = annotators
        self._indexer = indexer
        self._examples = examples
        self._taxonomies = taxonomies
        self._clock = clock
        self._recounting = recounting
        self._work = work

    def take_all(
        self,
        batches: Iterable[Sequence[ImportEntry]],
        *,
        community: Community,
        member: MemberRef,
        fetch: bool,
        label: bool,
    ) -> Iterator[list[Finished]]:
        """Take in batch after batch; the vectors of one are made while the next is read and saved.

        Args:
            batches: of some hundred entries.
            fetch: whether those without a text are fetched; otherwise their title, or else their
                address, stands for it.
            label: whether they are labelled.

        Yields:
            What became of each entry, in the order given; the vectors of all are there at the end.
        """
        with ThreadPoolExecutor(1, thread_name_prefix="vectors") as thread:
            vectors: Future[None] | None = None
            for batch in batches:
                finished = self._take(
                    batch, community=community, member=member, fetch=fetch, label=label
                )
                if vectors is not None:
                    vectors.result()
                items = [each.item for each in finished if each.how != "known"]
                vectors = thread.submit(self._index, items)
                yield finished
            if vectors is not None:
                vectors.result()

    def _take(
        self,
        entries: Sequence[ImportEntry],
        *,
        community: Community,
        member: MemberRef,
        fetch: bool,
        label: bool,
    ) -> list[Finished]:
        """Take in a batch, all but its vectors."""
        taxonomy = self._taxonomies(community)
        share = Share(member, self._clock.now())
        batch = [_prepare(entry, taxonomy, fetch=fetch) for entry in entries]
        cause = Cause("import", member)

        def receive(entry: _Entry) -> None:
            """Write an entry down, or that it was handed in again; people's labels with it."""
            with self._repository.transaction():
                entry.item_id, is_new = self._repository.receive(
                    community.id,
                    entry.given,
                    share=share,
                    addresses=entry.addresses,
                    external_id=entry.external_id,
                    is_to_label=label,
                )
                entry.is_known = not is_new
                if entry.labels:
                    with self._recounting.around(entry.item_id, cause=cause):
                        self._repository.confirm(
                            entry.item_id, entry.labels, position=taxonomy.position
                        )

        # 1. what is known is shared again, and finished if a stop left it half done
        known = self._known(batch, community)
        unfinished = set(self._repository.unfinished(max_attempts=MAX_ATTEMPTS))
        shared = self._repository.shared_by(member, known.values())
        for place, item_id in known.items():
            entry = batch[place]
            entry.item_id, entry.is_known = item_id, True
            if entry.labels or item_id not in shared:
                receive(entry)
            if item_id in unfinished:
                self._resume(item_id)

        # 2. what has no text is fetched
        to_fetch = [entry for entry in batch if entry.text is None and not entry.is_known]
        with self._repository.transaction():
            for entry in to_fetch:
                receive(entry)
        self._fetch([entry for entry in to_fetch if not entry.is_known])

        # 3. what is made of the texts
        under_way = [entry for entry in batch if not entry.is_known and entry.failure is None]
        for entry in under_way:
            self._make(entry)
        if label:
            self._label([e for e in under_way if e.summary], community, taxonomy)

        # 4. all of it is saved
        with self._repository.transaction():
            self._add(
                [e for e in batch if e.item_id is None and e.summary],
                community,
                taxonomy,
                share=share,
                cause=cause,
            )
            for entry in batch:
                if entry.item_id is None:
                    receive(entry)
                if not entry.is_known and not entry.is_saved:
                    self._save(entry, taxonomy)
        items = self._items(batch)
        return [self._finished(entry, items) for entry in batch]

    def _resume(self, item_id: int) -> None:
        try:
            self._work(item_id)
        except Exception:
            log.exception("cannot be finished item=%s", item_id)

    # ── steps ────────────────────────────────────────────────────────────────────────────────────

    def _known(self, batch: Sequence[_Entry], community: Community) -> dict[int, int]:
        """The items of those entries that are known, by their places."""
        addresses, external_ids = self._repository.known(
            community.id,
            addresses={address for entry in batch for address in entry.addresses},
            external_ids={entry.external_id for entry in batch if entry.external_id is not None},
        )
        known: dict[int, int] = {}
        for place, entry in enumerate(batch):
            if entry.external_id in external_ids:
                known[place] = external_ids[entry.external_id]
            elif found := [addresses[each] for each in entry.addresses if each in addresses]:
                known[place] = min(found)
        return known

    def _fetch(self, entries: Iterable[_Entry]) -> None:
        """Fetch pages and save each as it comes, from each site one after the other."""
        sites: dict[str, list[_Entry]] = {}
        for entry in entries:
            sites.setdefault(_site(entry.given), []).append(entry)

        def fetch_site(entries: Iterable[_Entry]) -> None:
            for entry in entries:
                with self._failing(entry, Step.FETCHING):
                    entry.document = self._reader.read(entry.given)
                    self._save_document(entry, entry.document, fingerprint(entry.document.text))

        with ThreadPoolExecutor(SITES_AT_ONCE, thread_name_prefix="fetch") as threads:
            list(threads.map(fetch_site, sites.values()))

    def _make(self, entry: _Entry) -> None:
        """Read a text, and make what is made of each text by itself."""
        if entry.text is not None:
            with self._failing(entry, Step.FETCHING):
                entry.document = self._reader.read_text(entry.text)
                entry.fingerprint = fingerprint(entry.document.text)
        if entry.document is not None:
            with self._failing(entry, Step.SUMMARISING):
                entry.summary = self._summariser.summarise(
                    entry.document.text, title=entry.document.title
                )

    def _label(self, entries: Sequence[_Entry], community: Community, taxonomy: Taxonomy) -> None:
        documents = [(entry.document, entry.summary) for entry in entries if entry.document]
        labellings = annotate(
            self._annotators(community.id),
            documents,
            taxonomy=taxonomy,
            language=community.language,
            examples=self._examples.of(community.id),
        )
        for entry, labelling in zip(entries, labellings, strict=True):
            entry.labelling = labelling

    def _add(
        self,
        entries: Sequence[_Entry],
        community: Community,
        taxonomy: Taxonomy,
        *,
        share: Share,
        cause: Cause,
    ) -> None:
        """Add what is new and went well, all at once; the others are left to `_save`."""
        made = [_made(entry, share) for entry in entries]
        ids = self._repository.add_finished(
            community.id, made, position=taxonomy.position, at=self._clock.now()
        )
        for entry, item_id in zip(entries, ids, strict=True):
            entry.item_id, entry.is_saved = item_id, item_id is not None
        labelled = [each.item_id for each in entries if each.item_id is not None and each.labels]
        if labelled:
            self._recounting.recount_new(community, labelled, cause=cause)

    def _save(self, entry: _Entry, taxonomy: Taxonomy) -> None:
        """Save what was made of an entry, as far as it went."""
        if entry.document is not None and entry.fingerprint is not None:
            self._save_document(entry, entry.document, entry.fingerprint)
        if entry.is_known or entry.item_id is None:
            return
        if entry.summary is not None:
            self._repository.save_summary(entry.item_id, entry.summary)
        if entry.labelling is not None:
            self._repository.save_labelling(
                entry.item_id,
                entry.labelling,
                position=taxonomy.position,
                at=self._clock.now(),
            )
        else:
            self._repository.save_unlabelled(entry.item_id)
        self._repository.save_done(entry.item_id)
        if entry.failure is not None:
            self._repository.fail(entry.item_id, entry.failure)

    def _save_document(self, entry: _Entry, document: Document, fingerprint: Fingerprint) -> None:
        """Save what was read; it may show that the item is known."""
        assert entry.item_id is not None
        known_by = entry.known_by(document)
        with self._repository.transaction():
            item_id = self._repository.save_document(
                entry.item_id,
                document,
                same=known_by.same,
                also=known_by.also,
                fingerprint=fingerprint,
                at=self._clock.now(),
            )
            if item_id != entry.item_id:
                self._recounting.recount(item_id, cause=Cause("merge"))
        entry.is_known = item_id != entry.item_id
        entry.item_id = item_id

    @contextmanager
    def _failing(self, entry: _Entry, step: Step) -> Iterator[None]:
        """Let one entry fail by itself; a fault of ours goes to the log with its trace."""
        try:
            yield
        except Exception as error:
            entry.failure = failure_of(error, during=step, now=self._clock.now())
            if not isinstance(error, CommonplaceError):
                log.exception("failed item=%s step=%s", entry.item_id, step.value)

    def _index(self, items: Sequence[Item]) -> None:
        """Put vectors where meanings are searched; words find the items without them."""
        try:
            self._indexer.index(items)
        except Exception:
            log.exception("no vectors items=%s", len(items))

    # ── answers ──────────────────────────────────────────────────────────────────────────────────

    def _items(self, batch: Iterable[_Entry]) -> dict[int | None, Item]:
        ids = [entry.item_id for entry in batch if entry.item_id is not None]
        return {item.id: item for item in self._repository.items(ids)}

    def _finished(self, entry: _Entry, items: Mapping[int | None, Item]) -> Finished:
        finished = outcome(self._repository, items[entry.item_id], is_known=entry.is_known)
        return replace(finished, unknown_labels=entry.unknown_labels)


def outcome(repository: Repository, item: Item, *, is_known: bool) -> Finished:
    """What became of an item on which nothing is left to do."""
    if is_known:
        return Finished(item, "known")
    if item.state is State.FAILED:
        return Finished(item, "failed")
    if others := repository.story(item):
        return Finished(item, "same-story", like=repository.item_by_id(others[0]))
    return Finished(item, "new")


def _prepare(entry: ImportEntry, taxonomy: Taxonomy, *, fetch: bool) -> _Entry:
    labels, unknown = _labels(entry.labels, taxonomy)
    entry = replace(
        entry,
        url=sound_or_none(entry.url),
        title=sound_or_none(entry.title),
        text=sound_or_none(entry.text),
        external_id=sound_or_none(entry.external_id),
    )
    words = entry.text or (None if fetch and entry.url else entry.title or entry.url or "")
    text = None
    if words is not None:
        text = PastedText(words, entry.title, entry.url, entry.published_on)
    # without a text of its own it stays a link, that can be fetched one day
    given = Link(entry.url) if entry.url and not entry.text else text
    assert given is not None  # what has no text has an address
    return _Entry(
        given=given,
        addresses=identity.of_given(given, has_own_id=entry.external_id is not None),
        external_id=entry.external_id,
        text=text,
        labels=labels,
        unknown_labels=unknown,
    )


def _made(entry: _Entry, share: Share) -> Made:
    assert entry.document is not None
    assert entry.fingerprint is not None
    assert entry.summary is not None
    known_by = entry.known_by(entry.document)
    return Made(
        given=entry.given,
        share=share,
        same=tuple(dict.fromkeys(entry.addresses + known_by.same)),
        also=known_by.also,
        external_id=entry.external_id,
        document=entry.document,
        fingerprint=entry.fingerprint,
        summary=entry.summary,
        labels=entry.labels,
        labelling=entry.labelling,
    )


def _labels(
    wanted: Iterable[str], taxonomy: Taxonomy
) -> tuple[tuple[LabelPath, ...], tuple[str, ...]]:
    """Labels by path or name, closed under ancestors; and those that are none."""
    paths: dict[LabelPath, None] = {}
    unknown = []
    for words in wanted:
        try:
            path = taxonomy.find(words, retired=True).path  # an old export is read as it was
        except UnknownLabel:
            unknown.append(words)
        else:
            paths |= dict.fromkeys([*ancestors(path), path])
    return tuple(paths), tuple(unknown)


def _site(given: Link | PastedText) -> str:
    """Whose server is asked; for addresses that are none, nobody's."""
    try:
        return host_site(given.url) if isinstance(given, Link) else ""
    except BadAddress:
        return ""
