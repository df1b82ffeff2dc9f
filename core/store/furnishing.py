"""What a community has besides its items, out of one store and into another: its codebook with its
history, and with people's voices rounds, practice, questions and discussions.

Each thing is a JSON object: `kind`, `row`, and rows that hang on it. Items are named by their
numbers; what is about an item that is not there is left out. `NOT_COPIED` says of every table that
is in no copy why it is not.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import delete
from sqlmodel import Session, col, select

from core.discussions import Stage
from core.questions import OPEN, Purpose
from core.store.database import Database
from core.store.tables import ItemRow
from core.store.tables_codebook import CodebookProposalRow, CodebookVersionRow
from core.store.tables_discussions import DiscussionRow, SentenceRow
from core.store.tables_questions import QuestionRow
from core.store.tables_rounds import PracticeRow, RoundMemberRow, RoundPairRow, RoundRow
from core.store.telling import Copy, Rename, Teller, agreed, read

CODEBOOK: dict[str, type[Any]] = {"version": CodebookVersionRow, "proposal": CodebookProposalRow}
_PEOPLES: dict[str, type[Any]] = {
    "round": RoundRow,
    "practice": PracticeRow,
    "question": QuestionRow,
    "discussion": DiscussionRow,
}
KINDS = {**CODEBOOK, **_PEOPLES}
HANGING: dict[str, type[Any]] = {
    "pairs": RoundPairRow,
    "members": RoundMemberRow,
    "sentences": SentenceRow,
}
"""Rows that hang on a thing; a round's questions do, too."""

NOT_COPIED = {
    "member": "what a person chose for themself; elsewhere they are asked anew",
    "membership": "names and roles of people",
    "daily": "a person's wish to be written to",
    "chat": "a place",
    "digest_subscription": "a place's wish to be written to; what editors hold or keep is copied",
    "delivery": "what was sent to places, or is owed to them",
    "card": "messages in places",
    "owed_card": "messages that places wait for",
    "part": "messages that an item was made of",
    "event": "what platforms told",
    "phrase": "what buttons on messages mean",
    "link_code": "a key to this library",
    "owed_opinion": "work that waits here",
    "relabelling": "work that goes on here",
    "model_version": "a model is a folder of its own: `commonplace model export`",
    "spending": "of the operator, not of a community",
    "fingerprint": "made anew from texts",
    "fingerprint_band": "made anew from texts",
}
"""Tables that no copy of a library holds, and why."""


class Furnishing:
    """Reads and adds what a community has besides items."""

    _database: Database

    def furniture(
        self, community_id: int, *, rename: Rename, with_voices: bool, is_whole: bool
    ) -> Iterator[Copy]:
        """What a community has besides its items.

        Args:
            rename: what a member is called.
            with_voices: also rounds, practice, questions and discussions.
            is_whole: all items are copied, too; of a part of them only the codebook is told.
        """
        with self._database.reading() as session:
            teller = Teller(rename, agreed(session))
            numbers = {id_: number for number, id_ in _items(session, community_id).items()}
            for kind, table in (KINDS if with_voices and is_whole else CODEBOOK).items():
                rows = select(table).where(table.community_id == community_id)
                keys = [col(getattr(table, each.name)) for each in table.__table__.primary_key]
                for row in session.exec(rows.order_by(*keys)).all():
                    if not _goes_along(row):
                        continue
                    told = _told(teller, row, numbers)
                    if not with_voices:
                        told = {key: each for key, each in told.items() if key != "member"}
                    yield {"kind": kind, "row": told, **_hanging(session, teller, row, numbers)}

    def clear_codebook(self, community_id: int) -> None:
        """Let a community that is to become another one have no codebook of its own."""
        with self._database.transaction() as session:
            for table in CODEBOOK.values():
                session.execute(delete(table).where(table.community_id == community_id))

    def ids_by_number(self, community_id: int) -> dict[int, int]:
        """The ids of a community's items by their numbers."""
        with self._database.reading() as session:
            return _items(session, community_id)

    def add_furniture(
        self, community_id: int, copy: Copy, *, items: Mapping[int, int], platform: str
    ) -> None:
        """Add something that a copy tells.

        Args:
            community_id: whose it becomes.
            items: the ids of its items by the numbers that the copy calls them.
            platform: of the members that it names.

        Raises:
            KeyError, TypeError, ValueError, AttributeError: it is not as it should be.
        """
        table = KINDS[copy["kind"]]
        with self._database.transaction() as session:
            row = self._add_thing(session, table, community_id, copy["row"], items, platform, {})
            if row is None:
                return
            if isinstance(row, DiscussionRow) and row.stage != Stage.CLOSED:
                # where it was held is not here, so it begins anew
                row.stage, row.opened_at, row.outcome = Stage.QUEUED, None, None
            owner = "round_id" if table is RoundRow else "discussion_id"
            for name, hanging in HANGING.items():
                for each in copy.get(name, ()):
                    self._add_thing(
                        session, hanging, community_id, each, items, platform, {owner: row.id}
                    )
            for each in copy.get("questions", ()):
                of = {"purpose": Purpose.ROUND, "occasion": str(row.id)}
                self._add_thing(session, QuestionRow, community_id, each, items, platform, of)

    def _add_thing(
        self,
        session: Session,
        table: type[Any],
        community_id: int,
        told: Copy,
        items: Mapping[int, int],
        platform: str,
        facts: Mapping[str, Any],
    ) -> Any:
        """Add a row; None: it is about an item that is not here."""
        number = told.get("item")
        if number is not None and number not in items:
            return None
        values = {**read(table, told, platform=platform), **facts, "community_id": community_id}
        if number is not None:
            values["item_id"] = items[number]
        if table is PracticeRow:
            values["exercises"] = _numbered(told["exercises"], items)
        row = table(**values)
        session.add(row)
        session.flush()
        return row


def _goes_along(row: Any) -> bool:
    """Questions of rounds go with their round; a pseudonym could answer no open one."""
    if isinstance(row, QuestionRow):
        return row.purpose != Purpose.ROUND and row.state not in OPEN
    return True


def _told(teller: Teller, row: Any, numbers: Mapping[int, int]) -> Copy:
    told = teller.tell(row)
    if (item := getattr(row, "item_id", None)) is not None:
        told["item"] = numbers.get(item)
    if isinstance(row, PracticeRow):
        told["exercises"] = _numbered(row.exercises, numbers)
    return told


def _hanging(session: Session, teller: Teller, row: Any, numbers: Mapping[int, int]) -> Copy:
    found: dict[str, list[Any]] = {}
    match row:
        case RoundRow(id=id_):
            pairs = select(RoundPairRow).where(col(RoundPairRow.round_id) == id_)
            members = select(RoundMemberRow).where(col(RoundMemberRow.round_id) == id_)
            questions = select(QuestionRow).where(
                col(QuestionRow.community_id) == row.community_id,
                col(QuestionRow.purpose) == Purpose.ROUND,
                col(QuestionRow.occasion) == str(id_),
                col(QuestionRow.state).not_in([str(each) for each in OPEN]),
            )
            found["pairs"] = list(session.exec(pairs.order_by(col(RoundPairRow.position))))
            found["members"] = list(session.exec(members.order_by(col(RoundMemberRow.joined_at))))
            found["questions"] = list(session.exec(questions.order_by(col(QuestionRow.id))))
        case DiscussionRow(id=id_):
            sentences = select(SentenceRow).where(col(SentenceRow.discussion_id) == id_)
            said = session.exec(sentences.order_by(col(SentenceRow.id)))
            found["sentences"] = [each for each in said if teller.may_quote(each)]
        case _:
            pass
    return {name: [_told(teller, each, numbers) for each in rows] for name, rows in found.items()}


def _numbered(exercises: Any, names: Mapping[int, int]) -> list[dict[str, Any]]:
    """Exercises whose items have other names; without those about items that are not there."""
    return [
        each if each.get("item") is None else {**each, "item": names[each["item"]]}
        for each in exercises
        if each.get("item") is None or each["item"] in names
    ]


def _items(session: Session, community_id: int) -> dict[int, int]:
    """The ids of a community's items by their numbers."""
    rows = select(ItemRow.number, ItemRow.id).where(col(ItemRow.community_id) == community_id)
    return {number: id_ for number, id_ in session.exec(rows) if id_ is not None}
