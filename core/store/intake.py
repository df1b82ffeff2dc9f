"""Writing down what comes in and what goes: items with their shares and addresses.

Each method is one transaction. What leads to one item (an address, a message, an import's id) leads
to it however often and from however many sides it comes.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, func, update
from sqlmodel import Session, col, select

from core.domain import ChatRef, Given, MemberRef, MessageRef, SentFile, Share, State
from core.ports import KeywordIndex
from core.store.cards import move_messages
from core.store.database import Database
from core.store.digests import move_picks
from core.store.discussions import move_discussions
from core.store.questions import move_questions
from core.store.rounds import move_pairs
from core.store.rows import (
    find_item,
    forget_failure,
    get_item,
    given_values,
    id_of,
    lead,
    reach,
    share_values,
)
from core.store.rulings import move_rulings
from core.store.tables import (
    AddressRow,
    CommunityRow,
    DocumentRow,
    FingerprintBandRow,
    FingerprintRow,
    GivenFileRow,
    GivenRow,
    ItemRow,
    MovedRow,
    ShareRow,
    SummaryRow,
)
from core.store.votes import move_votes


class Intake:
    """Writes items that come, are given anew, and go."""

    _database: Database
    _keywords: KeywordIndex

    def receive(
        self,
        community_id: int,
        given: Given,
        *,
        share: Share,
        addresses: Sequence[str] = (),
        external_id: str | None = None,
        is_to_label: bool = True,
    ) -> tuple[int, bool]:
        """Write down what was handed in, or that a known item was handed in again.

        Args:
            share: who, when, with what words.
            addresses: by which it is known again, as `core.identity` makes them.
            external_id: the id that an import gave; a known item without one takes it.
            is_to_label: whether it will be labelled, if it is not finished yet.

        Returns:
            The item's id, and whether it is new.
        """
        with self._database.transaction() as session:
            known = find_item(session, community_id, addresses=addresses, external_id=external_id)
            item = known or _new(session, community_id, given, at=share.at)
            item.is_to_label = is_to_label if known is None else item.is_to_label or is_to_label
            if item.external_id is None:
                item.external_id = external_id
            lead(session, item, addresses)
            row = ShareRow(**share_values(id_of(item), item.community_id, share))
            _add_share(session, row)
            return id_of(item), known is None

    def add_share(self, item_id: int, share: Share) -> None:
        """A further message of a member belongs to an item; a message is counted once."""
        with self._database.transaction() as session:
            item = get_item(session, item_id)
            row = ShareRow(**share_values(id_of(item), item.community_id, share))
            _add_share(session, row)

    def change_note(self, message: MessageRef, note: str | None) -> None:
        """What a member says beside the items that a message brought is something else now."""
        with self._database.transaction() as session:
            session.execute(
                update(ShareRow)
                .where(
                    col(ShareRow.message_platform) == message.where.platform,
                    col(ShareRow.message_chat) == message.where.chat,
                    col(ShareRow.message_thread) == (message.where.thread or ""),
                    col(ShareRow.message_id) == message.id,
                )
                .values(note=note)
            )

    def latest_item_of(self, member: MemberRef, where: ChatRef, *, since: datetime) -> int | None:
        """The id of what a member handed in last in a place, if that was not before a moment."""
        with self._database.reading() as session:
            found = session.exec(
                select(ShareRow.item_id)
                .where(
                    col(ShareRow.member_platform) == member.platform,
                    col(ShareRow.member) == member.id,
                    col(ShareRow.message_platform) == where.platform,
                    col(ShareRow.message_chat) == where.chat,
                    col(ShareRow.message_thread) == (where.thread or ""),
                    col(ShareRow.shared_at) >= since,
                )
                .order_by(col(ShareRow.id).desc())
            )
            return found.first()

    def replace(self, item_id: int, given: Given) -> None:
        """Begin an item anew with something else in its place.

        Its number, its shares, the links that lead to it and its labels stay; digests of what it
        was lead to it no more.
        """
        with self._database.transaction() as session:
            item = get_item(session, item_id)
            id_ = id_of(item)
            self._keywords.remove(item.community_id, [id_])
            for table in (
                GivenRow,
                GivenFileRow,
                DocumentRow,
                FingerprintRow,
                FingerprintBandRow,
                SummaryRow,
            ):
                session.execute(delete(table).where(col(table.item_id) == id_))
            session.execute(
                delete(AddressRow).where(
                    col(AddressRow.item_id) == id_,
                    func.substr(AddressRow.address, 1, 5).in_(["text:", "file:"]),
                )
            )
            _add_given(session, item, given)
            forget_failure(item)
            _leave_story(session, item)
            item.embedded_with = None
            reach(item, State.RECEIVED)

    def remove(self, item_id: int) -> None:
        """Remove an item with all that hangs on it: texts, names, notes, addresses, labels, words.

        Its number is never given to another item.
        """
        with self._database.transaction() as session:
            item = get_item(session, item_id)
            self._keywords.remove(item.community_id, [id_of(item)])
            session.delete(item)


def _new(session: Session, community_id: int, given: Given, *, at: datetime) -> ItemRow:
    community = session.get_one(CommunityRow, community_id)
    community.last_number += 1  # burnt from here on, whatever becomes of the item
    item = ItemRow(
        community_id=community_id,
        number=community.last_number,
        state=State.RECEIVED,
        received_at=at,
    )
    session.add(item)
    session.flush()
    _add_given(session, item, given)
    return item


def _add_given(session: Session, item: ItemRow, given: Given) -> None:
    session.add(GivenRow(**given_values(id_of(item), item.community_id, given)))
    if isinstance(given, SentFile):
        session.add(
            GivenFileRow(item_id=id_of(item), community_id=item.community_id, data=given.data)
        )


def _add_share(session: Session, row: ShareRow) -> None:
    """Add a share, unless the same message, or without one the same words, were counted."""
    known = session.exec(select(ShareRow).where(col(ShareRow.item_id) == row.item_id))
    if _key(row) not in {_key(share) for share in known}:
        session.add(row)


def _key(share: ShareRow) -> tuple[str | None, ...]:
    """What makes two shares of an item one: the message; without one, member and note."""
    if share.message_id is None:
        return (share.member_platform, share.member, share.note)
    return (
        share.message_platform,
        share.message_chat,
        share.message_thread,
        share.message_id,
        "message",
    )


def _leave_story(session: Session, item: ItemRow) -> None:
    """Take an item out of its story; a story that bore its id takes that of the next one."""
    if item.story_id == item.id:
        others = (col(ItemRow.story_id) == item.id) & (col(ItemRow.id) != item.id)
        next_one = session.exec(select(func.min(ItemRow.id)).where(others)).one()
        session.execute(update(ItemRow).where(others).values(story_id=next_one))
    item.story_id = None


def move(session: Session, item: ItemRow, into: ItemRow) -> None:
    """Let an item be another one: shares, addresses, number and id lead there from now on, and
    cards, debts, parts, votes, rulings, questions, discussions and what rounds ask are its."""
    for share in session.exec(select(ShareRow).where(col(ShareRow.item_id) == item.id)).all():
        copy = ShareRow(**share.model_dump(exclude={"id"}) | {"item_id": into.id})
        session.delete(share)
        session.flush()
        _add_share(session, copy)
    for table in (AddressRow, MovedRow):
        session.execute(
            update(table).where(col(table.item_id) == item.id).values(item_id=id_of(into))
        )
    move_messages(session, item, into)
    move_votes(session, item, into)
    move_pairs(session, item, into)
    move_rulings(session, item, into)
    move_questions(session, item, into)
    move_discussions(session, item, into)
    move_picks(session, item, into)
    external_id = item.external_id
    moved = MovedRow(
        moved_id=id_of(item),
        moved_number=item.number,
        community_id=item.community_id,
        item_id=id_of(into),
    )
    session.delete(item)
    session.flush()
    if into.external_id is None:
        into.external_id = external_id
    if into.state == State.FAILED and into.failed_in == State.RECEIVED:
        forget_failure(into)  # it lacked a document, and here is one
        reach(into, State.RECEIVED)
    session.add(moved)
    session.flush()
