"""Commands that are too long for a button: the button bears a number, and the words are here."""

from datetime import datetime

from sqlalchemy import delete
from sqlmodel import col, select

from core.store.database import Database
from core.store.tables import PhraseRow


class Phrases:
    """Keeps phrases for a while."""

    _database: Database

    def keep_phrase(self, community_id: int, words: str, *, at: datetime) -> int:
        """The id under which words are found again; the same words have the same one."""
        with self._database.transaction() as session:
            row = session.exec(
                select(PhraseRow).where(
                    col(PhraseRow.community_id) == community_id, col(PhraseRow.words) == words
                )
            ).first()
            if row is None:
                row = PhraseRow(community_id=community_id, words=words, kept_at=at)
                session.add(row)
                session.flush()
            row.kept_at = at
            assert row.id is not None
            return row.id

    def phrase(self, phrase_id: int) -> str | None:
        """The words of an id; None if they were forgotten."""
        with self._database.reading() as session:
            row = session.get(PhraseRow, phrase_id)
            return None if row is None else row.words

    def prune_phrases(self, before: datetime) -> None:
        """Forget what was last kept before a moment."""
        with self._database.transaction() as session:
            session.execute(delete(PhraseRow).where(col(PhraseRow.kept_at) < before))
