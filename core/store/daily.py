"""Who wants a few questions every day, and when they had them; what there is to ask about."""

from datetime import date, time

from sqlmodel import Session, col, select

from core.domain import MemberRef
from core.questions import Wish
from core.store.database import Database
from core.store.tables_questions import DailyRow


class Dailies:
    """Reads and writes wishes."""

    _database: Database

    def wish(self, community_id: int, member: MemberRef) -> Wish | None:
        """What a member wants of a community; None if they never said."""
        with self._database.reading() as session:
            row = session.get(DailyRow, (community_id, member.platform, member.id))
            return None if row is None else _wish(row)

    def wishes(self) -> list[tuple[int, MemberRef, Wish]]:
        """Everybody who wants questions now, of every community, as community's id, member and
        wish."""
        found = select(DailyRow).where(col(DailyRow.is_on))
        ordered = found.order_by(
            col(DailyRow.community_id), col(DailyRow.platform), col(DailyRow.member)
        )
        with self._database.reading() as session:
            return [
                (row.community_id, MemberRef(row.platform, row.member), _wish(row))
                for row in session.exec(ordered)
            ]

    def wishes_of(self, member: MemberRef) -> list[tuple[int, Wish]]:
        """What a member said to each community, by its id."""
        found = select(DailyRow).where(
            col(DailyRow.platform) == member.platform, col(DailyRow.member) == member.id
        )
        with self._database.reading() as session:
            rows = session.exec(found.order_by(col(DailyRow.community_id)))
            return [(row.community_id, _wish(row)) for row in rows]

    def set_wish(self, community_id: int, member: MemberRef, wish: Wish) -> None:
        """Keep what a member wants."""
        with self._database.transaction() as session:
            row = _row(session, community_id, member)
            row.is_on = wish.is_on
            row.at = wish.at.hour * 60 + wish.at.minute
            row.given_on = wish.given_on

    def daily_given(self, community_id: int, member: MemberRef, day: date | None) -> None:
        """A member needs no more questions on a day; None: they do. Without a wish, nothing is
        kept."""
        with self._database.transaction() as session:
            row = session.get(DailyRow, (community_id, member.platform, member.id))
            if row is not None:
                row.given_on = day


def _row(session: Session, community_id: int, member: MemberRef) -> DailyRow:
    row = session.get(DailyRow, (community_id, member.platform, member.id))
    if row is None:
        row = DailyRow(
            community_id=community_id, platform=member.platform, member=member.id, is_on=False, at=0
        )
        session.add(row)
    return row


def _wish(row: DailyRow) -> Wish:
    return Wish(row.is_on, time(row.at // 60, row.at % 60), row.given_on)
