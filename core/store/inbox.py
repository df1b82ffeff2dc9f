"""What platforms told: written down before they are told that we have it, done exactly once."""

from datetime import datetime

from sqlalchemy import delete, func, update
from sqlmodel import col, select

from core.domain import ChatRef, KeptEvent
from core.store.database import Database
from core.store.places import place_of
from core.store.tables import EventRow

_PLACE = (EventRow.platform, EventRow.chat, EventRow.thread)
# ids are decimal numbers without leading zeros, longer than SQLite's integers may be
_NEWEST = (func.length(EventRow.message).desc(), col(EventRow.message).desc())


class Inbox:
    """Keeps events until they are done, and their keys for longer."""

    _database: Database

    def keep_event(
        self,
        platform: str,
        key: str,
        chat: str,
        body: str,
        *,
        at: datetime,
        thread: str | None = None,
        message: str | None = None,
    ) -> int | None:
        """Write an event down.

        Args:
            key: by which the platform would tell the same event again.
            chat, thread: where it happened.
            body: what `waiting_events` gives back.
            message: the id of the message that it tells of, if it tells of a new one: a decimal
                number of any length.

        Returns:
            Its id; None if it was kept before, done or not.
        """
        with self._database.transaction() as session:
            is_known = select(EventRow.id).where(
                col(EventRow.platform) == platform, col(EventRow.key) == key
            )
            if session.exec(is_known).first() is not None:
                return None
            row = EventRow(
                key=key,
                **place_of(ChatRef(platform, chat, thread)),
                message=message,
                body=body,
                kept_at=at,
            )
            session.add(row)
            session.flush()
            return row.id

    def waiting_events(self) -> list[KeptEvent]:
        """What is not done yet, oldest first."""
        with self._database.reading() as session:
            rows = select(EventRow).where(~col(EventRow.is_done)).order_by(col(EventRow.id))
            return [
                KeptEvent(row.id, row.platform, row.body, row.attempts)
                for row in session.exec(rows)
                if row.id is not None
            ]

    def begin_event(self, event_id: int) -> int:
        """Write down that work on an event begins; how often it has begun. 0: it is gone."""
        with self._database.transaction() as session:
            row = session.get(EventRow, event_id)
            if row is None:
                return 0
            row.attempts += 1
            return row.attempts

    def event_done(self, event_id: int) -> None:
        """Nothing is left to do. The key stays, the words go."""
        with self._database.transaction() as session:
            session.execute(
                update(EventRow).where(col(EventRow.id) == event_id).values(is_done=True, body="")
            )

    def forgive_events(self) -> None:
        """Count one attempt less for what is not done: it was stopped on purpose."""
        with self._database.transaction() as session:
            session.execute(
                update(EventRow)
                .where(~col(EventRow.is_done), col(EventRow.attempts) > 0)
                .values(attempts=EventRow.attempts - 1)
            )

    def prune_events(self, before: datetime) -> None:
        """Forget events that were kept before a moment and are done.

        The newest message of each place stays: it tells where reading goes on after a pause.
        """
        rank = func.row_number().over(partition_by=_PLACE, order_by=_NEWEST)
        newest = (
            select(EventRow.id, rank.label("rank"))
            .where(col(EventRow.message).is_not(None))
            .subquery()
        )
        with self._database.transaction() as session:
            session.execute(
                delete(EventRow)
                .where(
                    col(EventRow.is_done),
                    col(EventRow.kept_at) < before,
                    col(EventRow.id).not_in(select(newest.c.id).where(newest.c.rank == 1)),
                )
                .execution_options(synchronize_session=False)
            )

    def last_message(self, where: ChatRef) -> str | None:
        """The id of the newest message that was told of a place; None if none was."""
        place = (col(getattr(EventRow, name)) == value for name, value in place_of(where).items())
        newest = (
            select(EventRow.message)
            .where(*place, col(EventRow.message).is_not(None))
            .order_by(*_NEWEST)
        )
        with self._database.reading() as session:
            return session.exec(newest).first()
