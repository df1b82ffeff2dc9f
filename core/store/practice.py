"""Newcomers' practice sets, who is through with one, and decisions that exercises are made from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete
from sqlmodel import Session, col, select

from core.domain import LabelPath, LabelStatus, MemberRef
from core.practice import Basis, Decided, Exercise
from core.store.database import Database
from core.store.tables import ItemLabelRow, SummaryRow, VoteRow
from core.store.tables_rounds import PracticeRow


@dataclass(frozen=True, slots=True)
class PracticeSet:
    """A member's practice set.

    Attributes:
        exercises: empty for who voted before practice was asked for.
        done_at: since when the member's votes count; None: they do not yet.
    """

    exercises: tuple[Exercise, ...]
    started_at: datetime
    done_at: datetime | None


class Practices:
    """Reads and writes practice sets."""

    _database: Database

    def practised(self, community_id: int) -> set[MemberRef]:
        """The members whose votes count where newcomers practise first: they are through with their
        set, or voted before."""
        with self._database.reading() as session:
            rows = select(PracticeRow).where(
                col(PracticeRow.community_id) == community_id,
                col(PracticeRow.done_at).is_not(None),
            )
            return {MemberRef(row.platform, row.member) for row in session.exec(rows)}

    def practice_set(self, community_id: int, member: MemberRef) -> PracticeSet | None:
        """A member's set, without exercises about items that are gone; None: they have none."""
        with self._database.reading() as session:
            row = session.get(PracticeRow, (community_id, member.platform, member.id))
            if row is None:
                return None
            ids = [each["item"] for each in row.exercises if each.get("item") is not None]
            texts = _texts(session, ids)
            exercises = (_exercise(each, texts) for each in row.exercises)
            return PracticeSet(
                tuple(each for each in exercises if each is not None), row.started_at, row.done_at
            )

    def practices_of(self, member: MemberRef) -> list[tuple[int, PracticeSet]]:
        """A member's sets with the ids of the communities, oldest community first."""
        with self._database.reading() as session:
            ids = session.exec(
                select(PracticeRow.community_id)
                .where(
                    col(PracticeRow.platform) == member.platform,
                    col(PracticeRow.member) == member.id,
                )
                .order_by(col(PracticeRow.community_id))
            ).all()
        found = ((each, self.practice_set(each, member)) for each in ids)
        return [(community_id, own) for community_id, own in found if own is not None]

    def start_practice(
        self, community_id: int, member: MemberRef, exercises: Sequence[Exercise], *, at: datetime
    ) -> None:
        """Give a member a set; one that they have already goes, but not that they were through."""
        with self._database.transaction() as session:
            row = session.get(PracticeRow, (community_id, member.platform, member.id))
            values = [_values(each) for each in exercises]
            if row is None:
                session.add(
                    PracticeRow(
                        community_id=community_id,
                        platform=member.platform,
                        member=member.id,
                        exercises=values,
                        started_at=at,
                    )
                )
            else:
                row.exercises, row.started_at = values, at

    def finish_practice(self, community_id: int, member: MemberRef, *, at: datetime) -> bool:
        """A member is through, or needs no practice; False if that was so already."""
        with self._database.transaction() as session:
            return _finish(session, community_id, member, at)

    def excuse_voters(self, community_id: int, *, at: datetime) -> int:
        """Let everybody who has voted in a community need no practice; how many that are."""
        with self._database.transaction() as session:
            voters = session.exec(
                select(VoteRow.member_platform, VoteRow.member)
                .where(col(VoteRow.community_id) == community_id)
                .distinct()
            ).all()
            return sum(
                _finish(session, community_id, MemberRef(platform, id_), at)
                for platform, id_ in voters
            )

    def voted_by(self, community_id: int, member: MemberRef) -> list[int]:
        """The ids of a community's items that a member has voted on, oldest first."""
        found = select(VoteRow.item_id).where(
            col(VoteRow.community_id) == community_id,
            col(VoteRow.member_platform) == member.platform,
            col(VoteRow.member) == member.id,
        )
        with self._database.reading() as session:
            return list(session.exec(found.distinct().order_by(col(VoteRow.item_id))))

    def decided_texts(self, community_id: int, *, most: int) -> list[Decided]:
        """Labels that votes confirmed or rejected on items with a summary, newest items first."""
        voted = select(VoteRow.item_id).where(col(VoteRow.community_id) == community_id)
        found = (
            select(ItemLabelRow.item_id, SummaryRow.text, ItemLabelRow.path, ItemLabelRow.status)
            .join(SummaryRow, col(SummaryRow.item_id) == col(ItemLabelRow.item_id))
            .where(
                col(ItemLabelRow.community_id) == community_id,
                col(ItemLabelRow.status).in_([LabelStatus.CONFIRMED, LabelStatus.REJECTED]),
                col(ItemLabelRow.item_id).in_(voted),
            )
            .order_by(col(ItemLabelRow.item_id).desc(), col(ItemLabelRow.position))
            .limit(most)
        )
        with self._database.reading() as session:
            return [
                Decided(item, text, LabelPath(path), status == LabelStatus.CONFIRMED)
                for item, text, path, status in session.exec(found)
            ]


def forget_practice(session: Session, member: MemberRef, pseudonyms: dict[int, str]) -> None:
    """Let no practice set name a member, in the transaction of a session. Whoever they are from
    now on need not practise again, so that voices are counted as before.

    Args:
        pseudonyms: who they are, by the ids of items that they voted on.
    """
    rows = session.exec(
        select(PracticeRow).where(
            col(PracticeRow.platform) == member.platform, col(PracticeRow.member) == member.id
        )
    ).all()
    for row in rows:
        voted = session.exec(
            select(VoteRow.member)
            .where(
                col(VoteRow.community_id) == row.community_id,
                col(VoteRow.member_platform) == member.platform,
                col(VoteRow.member).in_(pseudonyms.values()),
            )
            .distinct()
        ).all()
        if row.done_at is not None:
            for pseudonym in voted:
                _finish(
                    session,
                    row.community_id,
                    MemberRef(member.platform, pseudonym),
                    row.done_at,
                )
    session.execute(
        delete(PracticeRow).where(
            col(PracticeRow.platform) == member.platform, col(PracticeRow.member) == member.id
        )
    )


def _finish(session: Session, community_id: int, member: MemberRef, at: datetime) -> bool:
    row = session.get(PracticeRow, (community_id, member.platform, member.id))
    if row is None:
        row = PracticeRow(
            community_id=community_id,
            platform=member.platform,
            member=member.id,
            exercises=[],
            started_at=at,
        )
        session.add(row)
    if row.done_at is not None:
        return False
    row.done_at = at
    session.flush()
    return True


def _texts(session: Session, ids: Sequence[int]) -> dict[int, str]:
    if not ids:
        return {}
    rows = select(SummaryRow.item_id, SummaryRow.text).where(col(SummaryRow.item_id).in_(ids))
    return dict(session.exec(rows).all())


def _values(exercise: Exercise) -> dict[str, Any]:
    """An exercise as it is kept: of an item only its id, so that its words go when it goes."""
    values: dict[str, Any] = {
        "basis": exercise.basis,
        "path": exercise.path,
        "key": exercise.key,
        "says": exercise.says,
    }
    about = {"text": exercise.text} if exercise.item is None else {"item": exercise.item}
    return values | about


def _exercise(values: dict[str, Any], texts: dict[int, str]) -> Exercise | None:
    item = values.get("item")
    text = values.get("text") if item is None else texts.get(item)
    if text is None:
        return None
    return Exercise(
        Basis(values["basis"]),
        text,
        LabelPath(values["path"]),
        values["key"],
        values["says"],
        item,
    )
