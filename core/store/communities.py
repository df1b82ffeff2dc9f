"""Communities and their members: who keeps a collection, and what they chose."""

from typing import cast
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from core.domain import Community, Language, MemberRef
from core.errors import BadConfig
from core.store.database import Database
from core.store.tables import CommunityRow, MemberRow


class Communities:
    """Reads and writes communities and members."""

    _database: Database

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
        return _community(row)

    def community_by_id(self, community_id: int) -> Community:
        """The community of that id; there must be one."""
        with self._database.reading() as session:
            return _community(session.get_one(CommunityRow, community_id))

    def communities(self) -> list[Community]:
        """All of them, oldest first."""
        with self._database.reading() as session:
            rows = session.exec(select(CommunityRow).order_by(col(CommunityRow.id)))
            return [_community(row) for row in rows]

    def set_language(self, community_id: int, language: Language) -> None:
        """Speak to a community in another language from now on."""
        with self._database.transaction() as session:
            session.get_one(CommunityRow, community_id).language = language

    def member_language(self, member: MemberRef) -> Language | None:
        """What a member chose for themself; None if they did not."""
        with self._database.reading() as session:
            row = session.get(MemberRow, (member.platform, member.id))
            return None if row is None else cast("Language | None", row.language)

    def set_member_language(self, member: MemberRef, language: Language | None) -> None:
        """Speak to a member in a language of their own; None: in their community's."""
        with self._database.transaction() as session:
            row = MemberRow(platform=member.platform, member=member.id, language=language)
            session.merge(row)


def _named(session: Session, name: str) -> CommunityRow | None:
    return session.exec(select(CommunityRow).where(col(CommunityRow.name) == name)).first()


def _community(row: CommunityRow) -> Community:
    assert row.id is not None
    return Community(row.id, row.name, cast("Language", row.language), row.timezone)


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
