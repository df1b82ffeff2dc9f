"""Discussions as they were begun, held and closed, and what was suggested in them.

A discussion is written down with the vote that brings it about, so a stop before it stands in a
chat loses none: it is opened when the next run finds it queued. What its message says is kept true
as that of cards is (`core.store.cards`).
"""

from collections import Counter
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any, cast

from sqlalchemy import ColumnElement, Row, bindparam, case, delete, func, insert, or_, update
from sqlmodel import Session, col, select

from core.discussions import Changes, Discussion, Kind, Outcome, Sentence, Stage, Trigger
from core.domain import (
    ChatRef,
    LabelPath,
    Language,
    MemberRef,
    MessageRef,
)
from core.store.database import Database
from core.store.filters import is_one_of
from core.store.places import is_in_thread, place_of
from core.store.rows import get_item, id_of
from core.store.tables import CardRow, CommunityRow, ItemRow, ShareRow, VoteRow
from core.store.tables_discussions import DiscussionRow, SentenceRow

_FRESH, _STALE, _AT_WORK = 0, 1, 2


class Discussions:
    """Reads and writes discussions."""

    _database: Database

    # ── reading ──────────────────────────────────────────────────────────────────────────────────

    def discussion(self, discussion_id: int) -> Discussion | None:
        """The discussion of that id; None if there is none, or its item was removed."""
        with self._database.reading() as session:
            row = session.get(DiscussionRow, discussion_id)
            return None if row is None else _discussion(row)

    def discussions_of(self, item_id: int) -> list[Discussion]:
        """Every discussion of an item, oldest first."""
        with self._database.reading() as session:
            rows = select(DiscussionRow).where(col(DiscussionRow.item_id) == item_id)
            return [_discussion(row) for row in session.exec(rows.order_by(col(DiscussionRow.id)))]

    def discussed(self, item_ids: Collection[int]) -> dict[int, list[Discussion]]:
        """Every discussion of items, oldest first, by the ids of those that have any."""
        found: dict[int, list[Discussion]] = {}
        with self._database.reading() as session:
            session.flush()
            rows = select(DiscussionRow).where(is_one_of(DiscussionRow.item_id, item_ids))
            # columns instead of rows: there may be thousands
            for row in session.connection().execute(rows.order_by(col(DiscussionRow.id))).all():
                found.setdefault(row.item_id, []).append(_discussion(row))
        return found

    def spoken(self, item_ids: Collection[int]) -> dict[int, dict[LabelPath, datetime]]:
        """When members last said something of each label of items, `DISCUSS` among them, by the
        ids of items that they said something of."""
        found: dict[int, dict[LabelPath, datetime]] = {}
        rows = (
            select(VoteRow.item_id, VoteRow.path, func.max(col(VoteRow.at)))
            .where(is_one_of(VoteRow.item_id, item_ids))
            .group_by(col(VoteRow.item_id), col(VoteRow.path))
        )
        with self._database.reading() as session:
            session.flush()
            for item_id, path, at in session.connection().execute(rows):
                found.setdefault(item_id, {})[LabelPath(path)] = at
        return found

    def live_discussions(self, community_id: int) -> list[Discussion]:
        """Those of a community that are not over, oldest first."""
        with self._database.reading() as session:
            rows = select(DiscussionRow).where(
                col(DiscussionRow.community_id) == community_id,
                col(DiscussionRow.stage) != Stage.CLOSED,
            )
            return [_discussion(row) for row in session.exec(rows.order_by(col(DiscussionRow.id)))]

    def discussion_at(self, message: MessageRef) -> Discussion | None:
        """The discussion that is held under a message of ours."""
        with self._database.reading() as session:
            found = select(DiscussionRow).where(
                col(DiscussionRow.platform) == message.where.platform,
                col(DiscussionRow.chat) == message.where.chat,
                col(DiscussionRow.message) == message.id,
                is_in_thread(DiscussionRow.thread, message.where),
            )
            row = session.exec(found).first()
            return None if row is None else _discussion(row)

    def discussions_in(self, where: ChatRef) -> list[Discussion]:
        """Those that are not over and are held in a thread of their own, newest first."""
        with self._database.reading() as session:
            rows = select(DiscussionRow).where(
                *(col(getattr(DiscussionRow, key)) == value for key, value in _at(where).items()),
                col(DiscussionRow.is_thread),
                col(DiscussionRow.stage) != Stage.CLOSED,
            )
            newest = rows.order_by(col(DiscussionRow.id).desc())
            return [_discussion(row) for row in session.exec(newest)]

    # ── what becomes of them ─────────────────────────────────────────────────────────────────────

    def change_discussions(
        self, community_id: int, changes: Mapping[int, Changes], *, at: datetime
    ) -> None:
        """Begin, decide and close discussions of a community's items; what the messages of the
        others say of the votes is no longer so.

        Args:
            changes: by the items' ids.
        """
        if not changes:
            return
        with self._database.transaction() as session:
            session.flush()
            session.execute(
                update(DiscussionRow)
                .where(is_one_of(DiscussionRow.item_id, changes), _is_shown_open())
                .values(staleness=_STALE)
            )
            begun: list[dict[str, Any]] = []
            steps: list[dict[str, Any]] = []
            for item_id, each in changes.items():
                for stage, ended in ((Stage.DECIDED, each.decide), (Stage.CLOSED, each.close)):
                    closed_at = at if stage is Stage.CLOSED else None
                    steps += [
                        {"the_id": id_, "now": stage, "how": outcome, "over_at": closed_at}
                        for id_, outcome in ended.items()
                    ]
                begun += [
                    {
                        "community_id": community_id,
                        "item_id": item_id,
                        "path": path,
                        "trigger": trigger,
                        "stage": Stage.QUEUED,
                        "queued_at": at,
                        "is_thread": False,
                        "staleness": _FRESH,
                    }
                    for path, trigger in each.begin.items()
                ]
            if steps:
                session.connection().execute(_STEP, steps)
            if begun:
                session.connection().execute(insert(DiscussionRow), begun)
            session.expire_all()

    def close_discussion(
        self,
        discussion_id: int,
        outcome: Outcome,
        *,
        at: datetime,
        sentence: str | None = None,
        version: int | None = None,
    ) -> None:
        """A discussion is over.

        Args:
            sentence: what the codebook took from it; version: its number since then.
        """
        with self._database.transaction() as session:
            _step(session, discussion_id, Stage.CLOSED, outcome, at)
            row = session.get(DiscussionRow, discussion_id)
            if row is not None:
                row.sentence, row.version = sentence, version

    # ── where they are held ──────────────────────────────────────────────────────────────────────

    def hold_discussions_at(self, item_id: int, where: ChatRef) -> None:
        """Where people spoke last of an item: its queued discussions are held there if the item is
        shown nowhere."""
        with self._database.transaction() as session:
            session.execute(
                update(DiscussionRow)
                .where(
                    col(DiscussionRow.item_id) == id_of(get_item(session, item_id)),
                    col(DiscussionRow.stage) == Stage.QUEUED,
                )
                .values(**place_of(where))
            )

    def discussions_to_open(self, *, without: Collection[int] = ()) -> list[Discussion]:
        """Those whose turn it is: of each community the oldest ones in the queue that could be held
        somewhere, as many as there may be open beside those that are.

        Args:
            without: ids of those that cannot be opened now, and give way to others.
        """
        stage, community = col(DiscussionRow.stage), col(DiscussionRow.community_id)
        with self._database.reading() as session:
            waiting = select(community).where(stage == Stage.QUEUED).distinct()
            rooms = session.exec(
                select(CommunityRow.id, CommunityRow.discussions).where(
                    col(CommunityRow.id).in_(waiting)
                )
            ).all()
            taken = Counter(session.exec(select(community).where(stage == Stage.OPEN)))
            turns: list[Discussion] = []
            for id_, room in rooms:
                free = room - taken[id_ or 0]
                if free > 0:
                    queued = (
                        select(DiscussionRow)
                        .where(community == id_, stage == Stage.QUEUED, _has_a_place())
                        .where(col(DiscussionRow.id).not_in(without))
                        .order_by(col(DiscussionRow.id))
                        .limit(free)
                    )
                    turns += [_discussion(row) for row in session.exec(queued)]
            return turns

    def discussion_opened(
        self, discussion_id: int, message: MessageRef, *, is_thread: bool, at: datetime
    ) -> None:
        """It stands in a chat from now on. If it was decided or closed meanwhile, its message is
        to be edited."""
        with self._database.transaction() as session:
            row = session.get(DiscussionRow, discussion_id)
            if row is None:
                return
            row.platform, row.chat = message.where.platform, message.where.chat
            row.thread, row.message = message.where.thread or "", message.id
            row.is_thread, row.opened_at = is_thread, at
            if row.stage == Stage.QUEUED:
                row.stage = Stage.OPEN
            else:
                row.staleness = _STALE

    def discussion_messages(self, item_id: int) -> list[MessageRef]:
        """Our messages under which an item's discussions that are not over are held."""
        found = (each.message for each in self.discussions_of(item_id) if each.is_live)
        return [message for message in found if message is not None]

    # ── messages that are out of date ────────────────────────────────────────────────────────────

    def mark_discussion_stale(self, discussion_id: int) -> None:
        """What its message says is no longer so."""
        with self._database.transaction() as session:
            session.execute(
                update(DiscussionRow)
                .where(
                    col(DiscussionRow.id) == discussion_id, col(DiscussionRow.message).is_not(None)
                )
                .values(staleness=_STALE)
            )

    def stale_discussions(self) -> list[Discussion]:
        """Those whose messages are to be edited, oldest first; see `Cards.stale_cards`."""
        with self._database.transaction() as session:
            stale = select(DiscussionRow).where(
                col(DiscussionRow.staleness) != _FRESH, col(DiscussionRow.message).is_not(None)
            )
            rows = session.exec(stale.order_by(col(DiscussionRow.id))).all()
            for row in rows:
                row.staleness = _AT_WORK
            return [_discussion(row) for row in rows]

    def discussion_fresh(self, discussion_id: int) -> None:
        """A message was edited. If something changed meanwhile, it stays stale."""
        with self._database.transaction() as session:
            session.execute(
                update(DiscussionRow)
                .where(
                    col(DiscussionRow.id) == discussion_id,
                    col(DiscussionRow.staleness) == _AT_WORK,
                )
                .values(staleness=_FRESH)
            )

    # ── sentences ────────────────────────────────────────────────────────────────────────────────

    def suggest_sentence(
        self,
        discussion_id: int,
        text: str,
        *,
        kind: Kind,
        language: Language,
        member: MemberRef,
        at: datetime,
    ) -> int:
        """Keep a member's sentence, and return its id; the same words are kept once."""
        with self._database.transaction() as session:
            discussion = session.get_one(DiscussionRow, discussion_id)
            row = session.exec(
                select(SentenceRow).where(
                    col(SentenceRow.discussion_id) == discussion_id, col(SentenceRow.text) == text
                )
            ).first()
            if row is None:
                row = SentenceRow(
                    community_id=discussion.community_id,
                    discussion_id=discussion_id,
                    kind=kind,
                    language=language,
                    text=text,
                    member_platform=member.platform,
                    member=member.id,
                    at=at,
                )
                session.add(row)
            row.kind = kind
            session.flush()
            self.mark_discussion_stale(discussion_id)
            assert row.id is not None
            return row.id

    def sentences(self, discussion_id: int) -> list[Sentence]:
        """What was suggested in a discussion, oldest first."""
        with self._database.reading() as session:
            rows = select(SentenceRow).where(col(SentenceRow.discussion_id) == discussion_id)
            return [_sentence(row) for row in session.exec(rows.order_by(col(SentenceRow.id)))]

    def sentences_by(self, member: MemberRef) -> list[tuple[int, Sentence]]:
        """What a member suggested, oldest first: the item's id, and the sentence."""
        with self._database.reading() as session:
            rows = session.exec(
                select(DiscussionRow.item_id, SentenceRow)
                .join(DiscussionRow, col(DiscussionRow.id) == col(SentenceRow.discussion_id))
                .where(*_by(member))
                .order_by(col(SentenceRow.id))
            )
            return [(item_id, _sentence(row)) for item_id, row in rows]


def move_discussions(session: Session, item: ItemRow, into: ItemRow) -> None:
    """Let an item's discussions be another one's, in the transaction of a session; what is under
    discussion there already is not a second time."""
    session.execute(
        update(DiscussionRow)
        .where(col(DiscussionRow.item_id) == item.id)
        .values(item_id=id_of(into))
        .prefix_with("OR IGNORE")
    )


def forget_sentences(session: Session, member: MemberRef) -> None:
    """Let nothing be left of what a member suggested, in the transaction of a session."""
    theirs = _by(member)
    session.execute(
        update(DiscussionRow)
        .where(
            col(DiscussionRow.id).in_(select(SentenceRow.discussion_id).where(*theirs)),
            _is_shown_open(),
        )
        .values(staleness=_STALE)
    )
    session.execute(delete(SentenceRow).where(*theirs))


def move_places(session: Session, old: ChatRef, new: ChatRef) -> None:
    """Let discussions that are held in a chat be held in another one: the chat has moved."""
    session.execute(
        update(DiscussionRow)
        .where(col(DiscussionRow.platform) == old.platform, col(DiscussionRow.chat) == old.chat)
        .values(platform=new.platform, chat=new.chat)
    )


def leave_places(session: Session, where: ChatRef) -> None:
    """Let discussions of a chat that is forgotten wait for another place; what is over stays so,
    and knows no more where it was held."""
    here = (col(DiscussionRow.platform) == where.platform, col(DiscussionRow.chat) == where.chat)
    nowhere = dict.fromkeys(("platform", "chat", "thread", "message"))
    session.execute(
        update(DiscussionRow)
        .where(*here, col(DiscussionRow.stage) == Stage.OPEN)
        .values(stage=Stage.QUEUED)
    )
    session.execute(
        update(DiscussionRow).where(*here).values(**nowhere, is_thread=False, staleness=_FRESH)
    )


def _is_shown_open() -> ColumnElement[bool]:
    return col(DiscussionRow.stage).in_([Stage.OPEN, Stage.DECIDED]) & col(
        DiscussionRow.message
    ).is_not(None)


_STEP = (
    update(DiscussionRow)
    .where(col(DiscussionRow.id) == bindparam("the_id"), col(DiscussionRow.stage) != Stage.CLOSED)
    .values(
        stage=bindparam("now"),
        outcome=bindparam("how"),
        closed_at=bindparam("over_at"),
        staleness=case((col(DiscussionRow.message).is_not(None), _STALE), else_=_FRESH),
    )
)


def _step(
    session: Session, discussion_id: int, stage: Stage, outcome: Outcome, at: datetime
) -> None:
    row = session.get(DiscussionRow, discussion_id)
    if row is None or row.stage == Stage.CLOSED:
        return
    row.stage, row.outcome = stage, outcome
    row.closed_at = at if stage is Stage.CLOSED else None
    row.staleness = _STALE if row.message is not None else _FRESH


def _by(member: MemberRef) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return (
        col(SentenceRow.member_platform) == member.platform,
        col(SentenceRow.member) == member.id,
    )


def _at(where: ChatRef) -> dict[str, str]:
    return cast("dict[str, str]", place_of(where))


def _has_a_place() -> ColumnElement[bool]:
    """Whether people spoke of a discussion's item anywhere; else nobody could hold it, however
    often it is looked at."""
    item = col(DiscussionRow.item_id)
    shown = select(CardRow.item_id).where(col(CardRow.item_id) == item).exists()
    brought = (
        select(ShareRow.id)
        .where(col(ShareRow.item_id) == item, col(ShareRow.message_id).is_not(None))
        .exists()
    )
    return or_(col(DiscussionRow.platform).is_not(None), shown, brought)


def _discussion(row: DiscussionRow | Row[Any]) -> Discussion:
    assert row.id is not None
    where = None
    if row.platform is not None and row.chat is not None:
        where = ChatRef(row.platform, row.chat, row.thread or None)
    return Discussion(
        id=row.id,
        community=row.community_id,
        item=row.item_id,
        path=LabelPath(row.path),
        trigger=Trigger(row.trigger),
        stage=Stage(row.stage),
        queued_at=row.queued_at,
        where=where,
        message=MessageRef(where, row.message) if where and row.message is not None else None,
        is_thread=row.is_thread,
        outcome=None if row.outcome is None else Outcome(row.outcome),
        sentence=row.sentence,
        version=row.version,
        closed_at=row.closed_at,
    )


def _sentence(row: SentenceRow) -> Sentence:
    assert row.id is not None
    return Sentence(
        row.id,
        row.discussion_id,
        Kind(row.kind),
        cast("Language", row.language),
        row.text,
        MemberRef(row.member_platform, row.member),
        row.at,
    )
