"""An item's way from state to state; each step is saved whole, in one transaction.

A step is saved only if the item still stands where the step began: if another worker was faster,
what it saved stays.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import col, select

from core.domain import Document, Failure, Labelling, State, Summary
from core.fingerprints import Fingerprint
from core.ports import KeywordIndex
from core.store.database import Database
from core.store.indexing import index_words
from core.store.intake import move
from core.store.labels import Position, add_labelling
from core.store.rows import (
    document_values,
    find_item,
    forget_failure,
    get_item,
    id_of,
    lead,
    reach,
    summary_values,
)
from core.store.stories import set_fingerprints
from core.store.tables import DocumentRow, ItemRow, SummaryRow


class Progress:
    """Moves items on, lets them fail, and tells which have work to do."""

    _database: Database
    _keywords: KeywordIndex

    def begin(self, item_id: int) -> int:
        """Write down that the step which is due begins; return how often it has begun."""
        with self._database.transaction() as session:
            item = get_item(session, item_id)
            item.attempts += 1
            return item.attempts

    def save_document(
        self,
        item_id: int,
        document: Document,
        *,
        same: Sequence[str],
        also: Sequence[str] = (),
        fingerprint: Fingerprint,
        at: datetime,
    ) -> int:
        """Keep what was read: received -> fetched. It joins the story that it tells again.

        Args:
            same: addresses that make it the same item as the one known by them. Then the shares
                move there and this item is gone; its id and number lead to the other one.
            also: addresses that lead to this item from now on, where they lead to none yet.

        Returns:
            The id of the item that the document belongs to: this one, or the one it turned out to
            be (which takes the document if it has none).
        """
        with self._database.transaction() as session:
            item = get_item(session, item_id)
            if item.state != State.RECEIVED:
                return id_of(item)
            known = find_item(session, item.community_id, addresses=same)
            if known is not None and known is not item:
                move(session, item, known)
                item = known
                if session.get(DocumentRow, id_of(item)) is not None:
                    return id_of(item)
            values = document_values(id_of(item), item.community_id, document, at=at)
            session.add(DocumentRow(**values))
            session.flush()
            set_fingerprints(session.connection(), item.community_id, {id_of(item): fingerprint})
            lead(session, item, [*same, *also])
            reach(item, State.FETCHED)
            return id_of(item)

    def save_summary(self, item_id: int, summary: Summary) -> None:
        """Keep a summary: fetched -> summarised."""
        with self._database.transaction() as session:
            item = get_item(session, item_id)
            if item.state != State.FETCHED:
                return
            session.add(SummaryRow(**summary_values(id_of(item), item.community_id, summary)))
            reach(item, State.SUMMARISED)

    def save_unlabelled(self, item_id: int) -> None:
        """No labels are wanted: summarised -> labelled."""
        with self._database.transaction() as session:
            item = get_item(session, item_id)
            if item.state == State.SUMMARISED:
                reach(item, State.LABELLED)

    def save_labelling(
        self, item_id: int, labelling: Labelling, *, position: Position, at: datetime
    ) -> None:
        """Keep what a model said, and suggest the labels that follow: summarised -> labelled.

        Args:
            position: where a label stands in the taxonomy.
            at: when the model was asked.
        """
        with self._database.transaction() as session:
            item = get_item(session, item_id)
            if item.state == State.SUMMARISED:
                add_labelling(session, item, labelling, position=position, at=at)
                reach(item, State.LABELLED)

    def save_done(self, item_id: int) -> None:
        """Put an item's words into the index: labelled -> done."""
        with self._database.transaction() as session:
            item = get_item(session, item_id)
            if item.state != State.LABELLED:
                return
            index_words(session, self._keywords, item)
            reach(item, State.DONE)

    def wants_labels(self, item_id: int) -> bool:
        """Whether an item is to be labelled."""
        with self._database.reading() as session:
            return get_item(session, item_id).is_to_label

    def fail(self, item_id: int, failure: Failure, *, state: State | None = None) -> None:
        """Write down why the step that was due failed.

        Args:
            state: in which the step began; if it is another by now, another worker was luckier.
        """
        with self._database.transaction() as session:
            item = get_item(session, item_id)
            if item.state in (State.DONE, State.FAILED) or item.state != (state or item.state):
                return
            item.failed_in = item.state
            item.failure_code = failure.code
            item.failure_message = failure.message
            item.failure_facts = dict(failure.facts)
            item.retry_at = failure.retry_at
            reach(item, State.FAILED)

    def reopen(self, item_id: int) -> None:
        """Let a failed item go on from the state in which it failed."""
        with self._database.transaction() as session:
            item = get_item(session, item_id)
            if item.state != State.FAILED:
                return
            state = State(item.failed_in or State.RECEIVED)
            forget_failure(item)
            reach(item, state)

    def unfinished(self, *, max_attempts: int) -> list[int]:
        """The ids of items with work to do, oldest first: neither done nor failed, or done and not
        yet in the vector index (unless that was tried `max_attempts` times)."""
        is_under_way = col(ItemRow.state).not_in([State.DONE, State.FAILED])
        lacks_vector = (
            (col(ItemRow.state) == State.DONE)
            & col(ItemRow.embedded_with).is_(None)
            & (col(ItemRow.attempts) < max_attempts)
        )
        with self._database.reading() as session:
            ids = session.exec(
                select(ItemRow.id).where(is_under_way | lacks_vector).order_by(col(ItemRow.id))
            )
            return [id_ for id_ in ids if id_ is not None]
