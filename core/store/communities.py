"""Communities: who keeps a collection, how they want it kept, and by which code a chat joins."""

from dataclasses import asdict
from datetime import datetime
from itertools import count
from typing import Literal, cast
from zoneinfo import ZoneInfo

from sqlalchemy import delete
from sqlmodel import Session, col, select

from core.domain import ChatRef, Community, Customs, Language
from core.errors import BadConfig
from core.ports import KeywordIndex
from core.store.database import Database
from core.store.places import is_at
from core.store.tables import (
    ChatRow,
    CommunityRow,
    EventRow,
    HypothesisRow,
    ItemRow,
    LinkCodeRow,
    PhraseRow,
)


class Communities:
    """Reads and writes communities."""

    _database: Database
    _keywords: KeywordIndex

    def community(
        self, name: str, *, language: Language = "zh-TW", timezone: str = "Asia/Taipei"
    ) -> Community:
        """The community of that name; made if there is none.

        Args:
            name: a short handle; upper and lower case differ.
            language, timezone: of a new one; one that exists keeps its own.

        Raises:
            BadConfig: the time zone is none of the IANA database.
        """
        with self._database.reading() as session:
            row = _named(session, name)
        if row is None:
            _check_timezone(timezone)
            with self._database.transaction() as session:
                row = _named(session, name)  # again: another thread may have made it meanwhile
                if row is None:
                    row = CommunityRow(name=name, language=language, timezone=timezone)
                    session.add(row)
                    session.flush()
        return community_of(row)

    def found_community(
        self, name: str, *, title: str | None, language: Language, timezone: str
    ) -> Community:
        """A new community.

        Args:
            name: its handle; where it is taken, "-2", "-3", … is added.
            title: what people call it; None: its handle.

        Raises:
            BadConfig: the time zone is none of the IANA database.
        """
        _check_timezone(timezone)
        with self._database.transaction() as session:
            handles = (name if number == 1 else f"{name}-{number}" for number in count(1))
            handle = next(each for each in handles if _named(session, each) is None)
            row = CommunityRow(name=handle, title=title, language=language, timezone=timezone)
            session.add(row)
            session.flush()
            return community_of(row)

    def community_by_id(self, community_id: int) -> Community:
        """The community of that id; there must be one."""
        with self._database.reading() as session:
            return community_of(session.get_one(CommunityRow, community_id))

    def communities(self) -> list[Community]:
        """All of them, oldest first."""
        with self._database.reading() as session:
            rows = session.exec(select(CommunityRow).order_by(col(CommunityRow.id)))
            return [community_of(row) for row in rows]

    def set_language(self, community_id: int, language: Language) -> None:
        """Speak to a community in another language from now on."""
        with self._database.transaction() as session:
            session.get_one(CommunityRow, community_id).language = language

    def set_timezone(self, community_id: int, name: str) -> None:
        """Let a community's days begin elsewhere.

        Raises:
            BadConfig: the time zone is none of the IANA database.
        """
        _check_timezone(name)
        with self._database.transaction() as session:
            session.get_one(CommunityRow, community_id).timezone = name

    def set_title(self, community_id: int, title: str | None) -> None:
        """Let people call a community something else; None: its handle."""
        with self._database.transaction() as session:
            session.get_one(CommunityRow, community_id).title = title

    def set_taxonomy(self, community_id: int, file: str | None) -> None:
        """Let a community have other labels: a file, "starter"; None: what the operator
        configured."""
        with self._database.transaction() as session:
            session.get_one(CommunityRow, community_id).taxonomy = file

    def set_customs(self, community_id: int, customs: Customs) -> None:
        """Let things be done otherwise in a community."""
        with self._database.transaction() as session:
            row = session.get_one(CommunityRow, community_id)
            for name, value in asdict(customs).items():
                setattr(row, name, value)

    def remove_community(self, community_id: int) -> None:
        """Remove a community with everything that is its: items, chats, members, kept events.

        Its vectors are the caller's to clear.
        """
        with self._database.transaction() as session:
            self._keywords.clear(community_id)
            delete_community(session, community_id)

    # ── codes ────────────────────────────────────────────────────────────────────────────────────

    def keep_code(self, code_hash: str, community_id: int, until: datetime) -> None:
        """Let whoever knows a code join a community, once, until a moment."""
        with self._database.transaction() as session:
            session.merge(LinkCodeRow(code_hash=code_hash, community_id=community_id, until=until))

    def take_code(self, code_hash: str, now: datetime) -> int | None:
        """The id of the community that a code leads to; None if it leads, or leads now, to none.

        A code that was taken or is over is forgotten.
        """
        with self._database.transaction() as session:
            session.execute(delete(LinkCodeRow).where(col(LinkCodeRow.until) <= now))
            row = session.get(LinkCodeRow, code_hash)
            if row is None:
                return None
            session.delete(row)
            return row.community_id


def delete_community(session: Session, community_id: int) -> None:
    """Delete a community's rows, except those of the keyword index, in a session's transaction."""
    chats = session.exec(select(ChatRow).where(col(ChatRow.community_id) == community_id)).all()
    for chat in chats:
        session.execute(delete(EventRow).where(is_at(EventRow, ChatRef(chat.platform, chat.chat))))
        session.delete(chat)
    session.flush()
    for table in (ItemRow, HypothesisRow, PhraseRow):  # answers hang on the first two
        session.execute(delete(table).where(col(table.community_id) == community_id))
    session.execute(delete(CommunityRow).where(col(CommunityRow.id) == community_id))


def _named(session: Session, name: str) -> CommunityRow | None:
    return session.exec(select(CommunityRow).where(col(CommunityRow.name) == name)).first()


def community_of(row: CommunityRow) -> Community:
    """A community as its row tells."""
    assert row.id is not None
    customs = Customs(
        intake=cast("Literal['mention', 'links', 'reaction', 'off']", row.intake),
        reply=cast("Literal['card', 'reaction', 'silent']", row.reply),
        quorum=row.quorum,
        lead=row.lead,
        counts_own=row.counts_own,
        on_deletion=cast("Literal['ask', 'remove', 'keep']", row.on_deletion),
        note=cast("Literal['off', 'editors', 'chat']", row.note),
        practice_first=row.practice_first,
        discussions=row.discussions,
    )
    return Community(
        row.id,
        row.name,
        cast("Language", row.language),
        row.timezone,
        title=row.title,
        customs=customs,
        taxonomy=row.taxonomy,
    )


def _check_timezone(name: str) -> None:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:  # unknown; an unfit path; a folder's name
        raise BadConfig(
            f"{name!r} is no time zone. Write an IANA name such as Asia/Taipei.",
            key="timezone",
            found=name,
            expected="an IANA time zone",
        ) from error
