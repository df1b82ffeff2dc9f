"""What one person left, in every community: telling it, and letting nothing of it name them."""

import re
from collections.abc import Collection

from sqlalchemy import ColumnElement, delete, update
from sqlmodel import Session, col, select

from core.domain import MemberRef, Ruling, Share, Vote
from core.store.codebooks import forget_editor
from core.store.database import Database
from core.store.digests import forget_subscriber
from core.store.discussions import forget_sentences
from core.store.items import share_of
from core.store.practice import forget_practice
from core.store.questions import blot_out_questions
from core.store.rounds import forget_in_rounds
from core.store.rulings import ruling_of
from core.store.tables import (
    EventRow,
    GivenRow,
    MemberRow,
    MembershipRow,
    OwedCardRow,
    PartRow,
    ShareRow,
    VoteRow,
)
from core.store.tables_decisions import DecisionRow, RulingRow
from core.store.tables_questions import DailyRow
from core.store.votes import vote_of


class Traces:
    """Reads and blots out what a member left."""

    _database: Database

    def shares_by(self, member: MemberRef) -> list[tuple[int, Share]]:
        """What a member handed in, oldest first: the item's id, and when and how."""
        with self._database.reading() as session:
            rows = _shares(session, member)
            return [(row.item_id, share_of(row)) for row in rows]

    def votes_by(self, member: MemberRef) -> list[tuple[int, Vote]]:
        """What a member voted, oldest first: the item's id, and the vote."""
        with self._database.reading() as session:
            rows = session.exec(select(VoteRow).where(*_voter(member)).order_by(col(VoteRow.at)))
            return [(row.item_id, vote_of(row)) for row in rows]

    def rulings_by(self, member: MemberRef) -> list[tuple[int, Ruling]]:
        """What a member ruled, oldest first, withdrawn or not: the item's id, and the ruling."""
        with self._database.reading() as session:
            rows = session.exec(
                select(RulingRow).where(*_member(RulingRow, member)).order_by(col(RulingRow.id))
            )
            return [(row.item_id, ruling_of(row)) for row in rows]

    def own_words(self, member: MemberRef) -> list[int]:
        """The ids of texts and files that a member handed in, and nobody else."""
        theirs = select(ShareRow.item_id).where(*_sharer(member))
        others = select(ShareRow.item_id).where(
            (col(ShareRow.member_platform) != member.platform) | (col(ShareRow.member) != member.id)
        )
        with self._database.reading() as session:
            found = select(GivenRow.item_id).where(
                col(GivenRow.kind) != "link",
                col(GivenRow.item_id).in_(theirs),
                col(GivenRow.item_id).not_in(others),
            )
            return list(session.exec(found.order_by(col(GivenRow.item_id))))

    def blot_out(self, member: MemberRef, pseudonyms: dict[int, str]) -> None:
        """Let nothing name a member; texts that they alone handed in are the caller's to remove.

        Shares, votes, rulings and answers of review rounds stay under a pseudonym, without name,
        note, reason and message. The decision log no longer knows whose act a line was, nor their
        reason; versions of the codebook stay without them. The parts of items that they handed in
        go, as nobody knows who wrote which. Memberships, choices, debts, other questions, what they
        suggested in discussions and the words of kept events go; an event's key stays, so that a
        platform which tells it again is not believed, unless it names the member.

        Args:
            pseudonyms: for each item that they handed in, voted on, ruled or answered about, who
                they are there from now on.
        """
        with self._database.transaction() as session:
            theirs = select(ShareRow.item_id).where(*_sharer(member))
            session.execute(delete(PartRow).where(col(PartRow.item_id).in_(theirs)))
            for item_id, pseudonym in pseudonyms.items():
                _rename(session, member, item_id, pseudonym)
            blot_out_questions(session, member, pseudonyms)
            forget_in_rounds(session, member)
            forget_practice(session, member, pseudonyms)
            session.execute(
                update(DecisionRow)
                .where(*_member(DecisionRow, member))
                .values(member_platform=None, member=None, reason=None, reason_folded=None)
            )
            _forget_rows(session, member)
            forget_sentences(session, member)
            forget_subscriber(session, member)
            forget_editor(session, member)
            _forget_events(session, member)


def _rename(session: Session, member: MemberRef, item_id: int, pseudonym: str) -> None:
    session.execute(
        update(ShareRow)
        .where(col(ShareRow.item_id) == item_id, *_sharer(member))
        .values(
            member=pseudonym,
            **dict.fromkeys(
                (
                    "member_name",
                    "member_name_folded",
                    "note",
                    "message_platform",
                    "message_chat",
                    "message_thread",
                    "message_id",
                )
            ),
        )
    )
    session.execute(
        update(VoteRow)
        .where(col(VoteRow.item_id) == item_id, *_voter(member))
        .values(member=pseudonym)
    )
    session.execute(
        update(RulingRow)
        .where(col(RulingRow.item_id) == item_id, *_member(RulingRow, member))
        .values(member=pseudonym, reason=None)
    )


def _forget_rows(session: Session, member: MemberRef) -> None:
    session.execute(
        delete(OwedCardRow).where(
            col(OwedCardRow.member_platform) == member.platform,
            col(OwedCardRow.member) == member.id,
        )
    )
    for table in (MembershipRow, MemberRow, DailyRow):
        session.execute(
            delete(table).where(
                col(table.platform) == member.platform, col(table.member) == member.id
            )
        )


def _forget_events(session: Session, member: MemberRef) -> None:
    names_them = re.compile(rf"(?<![^\W_]){re.escape(member.id)}(?![^\W_])")
    rows = session.exec(
        select(EventRow).where(
            col(EventRow.platform) == member.platform,
            col(EventRow.body).contains(member.id, autoescape=True)
            | col(EventRow.key).contains(member.id, autoescape=True)
            | (col(EventRow.chat) == member.id),
        )
    ).all()
    for row in rows:
        if row.chat == member.id or names_them.search(row.key):
            session.delete(row)
        elif names_them.search(row.body):
            row.body, row.is_done = "", True


def _shares(session: Session, member: MemberRef) -> Collection[ShareRow]:
    return session.exec(
        select(ShareRow).where(*_sharer(member)).order_by(col(ShareRow.shared_at), col(ShareRow.id))
    ).all()


def _sharer(member: MemberRef) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return _member(ShareRow, member)


def _voter(member: MemberRef) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return _member(VoteRow, member)


def _member(
    table: type[ShareRow] | type[VoteRow] | type[RulingRow] | type[DecisionRow],
    member: MemberRef,
) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return col(table.member_platform) == member.platform, col(table.member) == member.id
