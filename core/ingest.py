"""Use case: a link, a text or a file becomes a stored, summarised, labelled, searchable item.

1. `receive` writes down what was handed in: received. Nothing is lost from here on.
2. `work` takes it on, step by step, and every step is saved before the next begins:
   received -> fetched -> summarised -> labelled -> done, or failed with a reason.
3. The vector follows when the item is done: SQL is the truth, and tells whether the copy has it.

So whatever stops the program, `work` on each of `unfinished` goes on where it stopped. Identity is
judged twice: by the address as handed in, and by what the page says of itself once fetched.
"""

import logging
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

from core import identity
from core.annotating import annotate
from core.domain import (
    Cause,
    Community,
    Failure,
    Given,
    Item,
    Link,
    MemberRef,
    MessageRef,
    PastedText,
    SentFile,
    Share,
    State,
)
from core.errors import CommonplaceError
from core.examples import DecidedExamples
from core.fingerprints import fingerprint
from core.importing import Importer, outcome
from core.indexing import Indexer, OnProgress
from core.outcomes import MAX_ATTEMPTS, Finished, ImportEntry, Receipt, Step, failure_of
from core.ports import Annotators, Clock, Embedder, Summariser, VectorIndex
from core.recounting import Recounting
from core.soundness import sound, sound_given, sound_or_none
from core.sources import Reader
from core.store.repository import Repository
from core.taxonomy import Taxonomy

__all__ = ["MAX_ATTEMPTS", "Finished", "ImportEntry", "Ingest", "Receipt", "Step"]

log = logging.getLogger(__name__)

OnStep = Callable[[Step], None]

_STEPS = {
    State.RECEIVED: Step.FETCHING,
    State.FETCHED: Step.SUMMARISING,
    State.SUMMARISED: Step.LABELLING,
    State.LABELLED: Step.SAVING,
}


def ignore(_step: Step) -> None:
    """Nobody waits."""


class Ingest:
    """Takes items in.

    Args:
        repository: where they are written down.
        reader: reads what was handed in.
        summariser, embedder: the models; annotators: who labels for a community.
        vectors: gets a vector of each item.
        taxonomies: a community's taxonomy.
        clock: tells the time.
        asks_opinions: whether a language model is to be asked about each item, too.
        codebook_version: see `Recounting`.

    Attributes:
        texts_changed: is told of which communities a text went, or became another one.
    """

    def __init__(
        self,
        repository: Repository,
        reader: Reader,
        summariser: Summariser,
        annotators: Annotators,
        embedder: Embedder,
        vectors: VectorIndex,
        taxonomies: Callable[[Community], Taxonomy],
        clock: Clock,
        *,
        asks_opinions: bool = False,
        codebook_version: Callable[[Community], str] | None = None,
    ) -> None:
        self._repository = repository
        self._reader = reader
        self._summariser = summariser
        self._annotators = annotators
        self._taxonomies = taxonomies
        self._clock = clock
        self._asks_opinions = asks_opinions
        self.texts_changed: Callable[[Collection[int]], None] = lambda _communities: None
        self._recounting = Recounting(repository, taxonomies, clock, codebook_version)
        self._indexer = Indexer(repository, embedder, vectors)
        self._examples = DecidedExamples(repository, embedder, vectors, clock)
        self._importer = Importer(
            repository,
            reader,
            summariser,
            annotators,
            self._indexer,
            self._examples,
            taxonomies,
            clock,
            self._recounting,
            work=self.work,
        )

    # ── taking in ────────────────────────────────────────────────────────────────────────────────

    def receive(
        self,
        given: Given,
        *,
        community: Community,
        member: MemberRef,
        member_name: str | None = None,
        note: str | None = None,
        message: MessageRef | None = None,
        external_id: str | None = None,
    ) -> Receipt:
        """Write down what a member handed in; nothing is fetched or computed.

        A message that is delivered twice counts once. What is known already is not made anew: the
        member is added to those who shared it.

        Args:
            member_name: as the platform shows it.
            note: what the member wrote beside it.
            message: where it was handed in.
            external_id: an id from elsewhere, unique within the community.
        """
        given = sound_given(given)
        share = Share(
            member, self._clock.now(), sound_or_none(member_name), sound_or_none(note), message
        )
        item_id, is_new = self._repository.receive(
            community.id,
            given,
            share=share,
            addresses=identity.of_given(given, has_own_id=external_id is not None),
            external_id=external_id,
        )
        log.info("received item=%s new=%s", item_id, is_new)
        return Receipt(self._repository.item_by_id(item_id), "new" if is_new else "known")

    def work(self, item_id: int, *, on_step: OnStep = ignore) -> Finished:
        """Take an item as far as it goes: done, failed, or to the item that it turns out to be.

        May be called again at any time, also on finished items: nothing is done twice.

        Args:
            on_step: is told each step before it begins.

        Raises:
            UnknownItem: there is none of that id, or it was removed meanwhile.
            Exception: a fault of ours; the item has failed with the code "internal".
        """
        item = self._repository.item_by_id(item_id)
        while step := _STEPS.get(item.state):
            on_step(step)
            item = self._take(step, item)
        if item.state is State.DONE and not self._repository.is_embedded(item.id):
            self._index(item)
        return outcome(self._repository, item, is_known=item.id != item_id)

    def retry(self, community: Community, number: int, *, on_step: OnStep = ignore) -> Finished:
        """Try a failed item again from the step that failed; other items are left as they are.

        Before `failure.retry_at` nothing is tried: the other side asked us to wait.

        Raises:
            UnknownItem: no such number.
        """
        item = self._repository.item(community.id, number)
        failure = item.failure
        if failure and failure.retry_at and failure.retry_at > self._clock.now():
            return Finished(item, "failed")
        self._repository.reopen(item.id)
        return self.work(item.id, on_step=on_step)

    def paste(
        self, community: Community, number: int, text: str, *, on_step: OnStep = ignore
    ) -> Finished:
        """Put a member's copy of the text in the place of what could not be fetched (or was fetched
        wrongly); the address stays.

        Raises:
            UnknownItem: no such number.
            SenderError: the text cannot be read; the item stays as it was.
        """
        item = self._repository.item(community.id, number)
        title = published_on = None
        if item.document is not None:
            title, published_on = item.document.title, item.document.published_on
        given = PastedText(sound(text), title, _url(item.given), published_on)
        self._reader.read_text(given)  # before anything is replaced
        self._indexer.forget(item)
        self._repository.replace(item.id, given)
        self.texts_changed({community.id})
        return self.work(item.id, on_step=on_step)

    def remove(self, community: Community, number: int) -> Item:
        """Remove an item with its texts, names, notes, addresses, words and vector.

        Returns:
            The item as it was. Its number is not used again.

        Raises:
            UnknownItem: no such number.
        """
        item = self._repository.item(community.id, number)
        self._indexer.forget(item)
        self._repository.remove(item.id)
        self.texts_changed({community.id})
        log.info("removed item=%s", item.id)
        return item

    def unfinished(self) -> list[int]:
        """The ids of items with work left to do, oldest first; for `work` after a start."""
        return self._repository.unfinished(max_attempts=MAX_ATTEMPTS)

    # ── many at once ─────────────────────────────────────────────────────────────────────────────

    def import_all(
        self,
        batches: Iterable[Sequence[ImportEntry]],
        *,
        community: Community,
        member: MemberRef,
        fetch: bool,
        label: bool,
    ) -> Iterator[list[Finished]]:
        """Take in a collection from elsewhere; see `core.importing`.

        Args:
            batches: of some hundred entries: they are computed together and saved together.
            fetch: whether those without a text are fetched; otherwise their title stands for it.
            label: whether they are labelled.

        Yields:
            For each batch what became of its entries, in the order given. When all are through,
            all can be found by meaning too.
        """
        return self._importer.take_all(
            batches, community=community, member=member, fetch=fetch, label=label
        )

    def reindex(
        self, community: Community | None = None, *, on_progress: OnProgress | None = None
    ) -> int:
        """Make the words and vectors of one community, or of all, anew from what is stored.

        Args:
            on_progress: is told how many items of how many are there.

        Returns:
            How many items were indexed.
        """
        return self._indexer.reindex(community, on_progress=on_progress)

    # ── the steps ────────────────────────────────────────────────────────────────────────────────

    def _take(self, step: Step, item: Item) -> Item:
        """Take one step and save it, or save why it failed.

        Returns:
            The item as it stands then; another one, if that is what it turned out to be.
        """
        started = time.perf_counter()
        item_id = item.id
        try:
            if self._repository.begin(item_id) > MAX_ATTEMPTS:
                self._repository.fail(item_id, _gave_up(step), state=item.state)
            else:
                item_id = self._do(step, item)
        except Exception as error:
            failure = failure_of(error, during=step, now=self._clock.now())
            self._repository.fail(item_id, failure, state=item.state)
            if not isinstance(error, CommonplaceError):
                raise
            log.info("failed item=%s step=%s code=%s", item_id, step.value, error.code)
        log.info(
            "took item=%s step=%s in %.2f s", item_id, step.value, time.perf_counter() - started
        )
        return self._repository.item_by_id(item_id)

    def _do(self, step: Step, item: Item) -> int:
        match step:
            case Step.FETCHING:
                return self._fetch(item)
            case Step.SUMMARISING:
                self._summarise(item)
            case Step.LABELLING:
                self._label(item)
            case Step.SAVING:
                self._repository.save_done(item.id)
        return item.id

    def _fetch(self, item: Item) -> int:
        document = self._reader.read(self._repository.given(item.id))
        known_by = identity.of_document(
            document, item.given, has_own_id=item.external_id is not None
        )
        with self._repository.transaction():
            item_id = self._repository.save_document(
                item.id,
                document,
                same=known_by.same,
                also=known_by.also,
                fingerprint=fingerprint(document.text),
                at=self._clock.now(),
            )
            if item_id != item.id:  # votes on both are votes on the one now
                self._recounting.recount(item_id, cause=Cause("merge"))
            return item_id

    def _summarise(self, item: Item) -> None:
        assert item.document is not None
        summary = self._summariser.summarise(item.document.text, title=item.document.title)
        self._repository.save_summary(item.id, summary)

    def _label(self, item: Item) -> None:
        if not self._repository.wants_labels(item.id):
            self._repository.save_unlabelled(item.id)
            return
        assert item.document is not None
        assert item.summary is not None
        community = self._repository.community_by_id(item.community)
        taxonomy = self._taxonomies(community)
        (labelling,) = annotate(
            self._annotators(community.id),
            [(item.document, item.summary)],
            taxonomy=taxonomy,
            language=community.language,
            earlier=self._repository.labellings(item.id),
            examples=self._examples.of(community.id),
        )
        now = self._clock.now()
        # people may have spoken already, of what was in its place before
        with self._recounting.around(item.id, cause=Cause("labelling")):
            self._repository.save_labelling(item.id, labelling, position=taxonomy.position, at=now)
            if self._asks_opinions:
                self._repository.owe_opinion(item.id, at=now)

    def _index(self, item: Item) -> None:
        """Put the vector where meanings are searched. Words find the item without it, so trouble
        here is logged, and `unfinished` or `reindex` try again."""
        try:
            self._repository.begin(item.id)
            self._indexer.index([item])
        except Exception:
            log.exception("no vector item=%s", item.id)


def _gave_up(step: Step) -> Failure:
    return Failure(
        CommonplaceError.code,
        f"The program stopped {MAX_ATTEMPTS} times while {step.value}. See the log; try again.",
        {"step": step.value, "attempts": MAX_ATTEMPTS},
    )


def _url(given: Given) -> str | None:
    match given:
        case Link(url) | PastedText(url=url):
            return url
        case SentFile():
            return None
