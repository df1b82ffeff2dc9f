"""Questions that members are asked in private: put, shown, answered, moved and forgotten."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, delete, update
from sqlmodel import Session, col, select

from core.domain import ChatRef, LabelPath, MemberRef, MessageRef
from core.errors import QuestionOver
from core.questions import (
    OPEN,
    Asked,
    Occasion,
    Purpose,
    Question,
    QuestionState,
    Said,
)
from core.store.database import Database
from core.store.filters import is_one_of
from core.store.rows import id_of
from core.store.tables import ItemRow
from core.store.tables_questions import QuestionRow


class Questions:
    """Reads and writes questions."""

    _database: Database

    def put_questions(
        self,
        community_id: int,
        member: MemberRef,
        occasion: Occasion,
        asked: Sequence[Asked],
        *,
        at: datetime,
    ) -> int:
        """Put questions behind those that a member has of an occasion; one that is there already,
        whatever became of it, is put no second time.

        Returns:
            How many were put.
        """
        of_occasion = _of(community_id, member, occasion)
        with self._database.transaction() as session:
            rows = session.exec(select(QuestionRow).where(*of_occasion)).all()
            known = {(row.item_id, row.text, row.path) for row in rows}
            new = [each for each in asked if (each.item, each.text, each.path) not in known]
            for position, each in enumerate(new, start=len(rows)):
                session.add(
                    QuestionRow(
                        community_id=community_id,
                        member_platform=member.platform,
                        member=member.id,
                        item_id=each.item,
                        text=each.text,
                        path=each.path,
                        purpose=occasion.purpose,
                        occasion=occasion.reference,
                        position=position,
                        state=QuestionState.WAITING,
                        put_at=at,
                    )
                )
            return len(new)

    def question(self, question_id: int) -> Question:
        """The question of that id.

        Raises:
            QuestionOver: there is none any more.
        """
        with self._database.reading() as session:
            return question_of(_get(session, question_id))

    def questions(
        self,
        community_id: int,
        occasion: Occasion,
        *,
        member: MemberRef | None = None,
    ) -> list[Question]:
        """The questions of an occasion, of one member or of all, each member's in their order."""
        found = select(QuestionRow).where(
            col(QuestionRow.community_id) == community_id,
            col(QuestionRow.purpose) == occasion.purpose,
            col(QuestionRow.occasion) == occasion.reference,
        )
        if member is not None:
            found = found.where(*_theirs(member))
        ordered = found.order_by(
            col(QuestionRow.member_platform),
            col(QuestionRow.member),
            col(QuestionRow.position),
            col(QuestionRow.id),
        )
        with self._database.reading() as session:
            return [question_of(row) for row in session.exec(ordered)]

    def questions_to(
        self,
        member: MemberRef,
        *,
        community_id: int | None = None,
        purpose: Purpose | None = None,
        states: Collection[QuestionState] = tuple(QuestionState),
    ) -> list[Question]:
        """What a member was ever asked, oldest first.

        Args:
            community_id: only this community's; None: every one's.
            purpose: only these; None: of all.
            states: only those that have come so far.
        """
        found = select(QuestionRow).where(
            *_theirs(member), col(QuestionRow.state).in_([str(each) for each in states])
        )
        if community_id is not None:
            found = found.where(col(QuestionRow.community_id) == community_id)
        if purpose is not None:
            found = found.where(col(QuestionRow.purpose) == purpose)
        ordered = found.order_by(
            col(QuestionRow.put_at), col(QuestionRow.position), col(QuestionRow.id)
        )
        with self._database.reading() as session:
            return [question_of(row) for row in session.exec(ordered)]

    def question_shown(self, question_id: int, *, message: MessageRef | None, at: datetime) -> None:
        """A question is before its member's eyes; nothing of it rests any more."""
        with self._database.transaction() as session:
            row = _get(session, question_id)
            if row.state == QuestionState.WAITING:
                row.state = QuestionState.SHOWN
            row.shown_at = at
            row.rests_until = None
            _put_message(row, message)

    def set_answer(
        self, question_id: int, answer: Said | None, *, state: QuestionState, at: datetime | None
    ) -> None:
        """Let a question have an answer, or none, and stand in a state."""
        with self._database.transaction() as session:
            row = _get(session, question_id)
            row.answer, row.state, row.answered_at = answer, state, at

    def set_reason(self, question_id: int, reason: str | None) -> None:
        """Keep why a member answers so."""
        with self._database.transaction() as session:
            _get(session, question_id).reason = reason

    def rest_questions(
        self, community_id: int, member: MemberRef, occasion: Occasion, *, until: datetime | None
    ) -> None:
        """Let what is open of an occasion not be asked before a moment; None: it may be now."""
        with self._database.transaction() as session:
            session.execute(
                update(QuestionRow)
                .where(*_of(community_id, member, occasion), _is_open())
                .values(rests_until=until)
            )

    def lapse_questions(
        self,
        community_id: int,
        *,
        purpose: Purpose,
        reference: str | None = None,
        but: str | None = None,
        member: MemberRef | None = None,
    ) -> int:
        """Let what is still open be over: of one occasion, or of all but one; of one member, or of
        all. Returns how many questions that were."""
        which = [
            col(QuestionRow.community_id) == community_id,
            col(QuestionRow.purpose) == purpose,
            _is_open(),
        ]
        if reference is not None:
            which.append(col(QuestionRow.occasion) == reference)
        if but is not None:
            which.append(col(QuestionRow.occasion) != but)
        if member is not None:
            which += _theirs(member)
        with self._database.transaction() as session:
            ids = session.exec(select(QuestionRow.id).where(*which)).all()
            session.execute(
                update(QuestionRow)
                .where(is_one_of(QuestionRow.id, [each for each in ids if each is not None]))
                .values(state=QuestionState.LAPSED)
            )
            return len(ids)


def move_questions(session: Session, item: ItemRow, into: ItemRow) -> None:
    """Let questions about an item be about another one; of two alike that one's stays."""
    session.execute(
        update(QuestionRow)
        .where(col(QuestionRow.item_id) == item.id)
        .values(item_id=id_of(into))
        .prefix_with("OR IGNORE")
    )
    session.execute(delete(QuestionRow).where(col(QuestionRow.item_id) == item.id))


def blot_out_questions(session: Session, member: MemberRef, pseudonyms: dict[int, str]) -> None:
    """Let no question name a member: answers given in a review round stay under a pseudonym,
    without reason and message, as their votes do; everything else goes.

    Args:
        pseudonyms: who they are from now on, for each item that they answered about.
    """
    for item_id, pseudonym in pseudonyms.items():
        session.execute(
            update(QuestionRow)
            .where(
                *_theirs(member),
                col(QuestionRow.item_id) == item_id,
                col(QuestionRow.purpose) == Purpose.ROUND,
                col(QuestionRow.answer).is_not(None),
            )
            .values(
                member=pseudonym,
                **dict.fromkeys(
                    (
                        *("reason", "message_platform", "message_chat", "message_thread"),
                        "message",
                    )
                ),
            )
        )
    session.execute(delete(QuestionRow).where(*_theirs(member)))


def question_of(row: QuestionRow) -> Question:
    """A question as its row tells."""
    assert row.id is not None
    message = None
    if row.message is not None:
        where = ChatRef(
            row.message_platform or "", row.message_chat or "", row.message_thread or None
        )
        message = MessageRef(where, row.message)
    return Question(
        id=row.id,
        community=row.community_id,
        member=MemberRef(row.member_platform, row.member),
        item=row.item_id,
        text=row.text,
        path=LabelPath(row.path),
        occasion=Occasion(Purpose(row.purpose), row.occasion),
        position=row.position,
        put_at=row.put_at,
        state=QuestionState(row.state),
        answer=None if row.answer is None else Said(row.answer),
        reason=row.reason,
        answered_at=row.answered_at,
        shown_at=row.shown_at,
        message=message,
        rests_until=row.rests_until,
    )


def _get(session: Session, question_id: int) -> QuestionRow:
    row = session.get(QuestionRow, question_id)
    if row is None:
        raise QuestionOver(f"There is no question {question_id} any more.")
    return row


def _put_message(row: QuestionRow, message: MessageRef | None) -> None:
    where = None if message is None else message.where
    row.message = None if message is None else message.id
    row.message_platform = None if where is None else where.platform
    row.message_chat = None if where is None else where.chat
    row.message_thread = None if where is None else where.thread or ""


def _is_open() -> ColumnElement[bool]:
    return col(QuestionRow.state).in_([str(each) for each in OPEN])


def _theirs(member: MemberRef) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return (
        col(QuestionRow.member_platform) == member.platform,
        col(QuestionRow.member) == member.id,
    )


def _of(community_id: int, member: MemberRef, occasion: Occasion) -> Iterable[ColumnElement[bool]]:
    return (
        col(QuestionRow.community_id) == community_id,
        *_theirs(member),
        col(QuestionRow.purpose) == occasion.purpose,
        col(QuestionRow.occasion) == occasion.reference,
    )
