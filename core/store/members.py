"""Members: what each chose for themself, and who they are in each community."""

from datetime import datetime
from typing import cast

from sqlalchemy import func
from sqlmodel import Session, col, select

from core.domain import Community, Language, MemberRef, Role
from core.store.communities import community_of
from core.store.database import Database
from core.store.tables import CommunityRow, MemberRow, MembershipRow


class Members:
    """Reads and writes members and their memberships."""

    _database: Database

    # ── in whatever community ────────────────────────────────────────────────────────────────────

    def member_language(self, member: MemberRef) -> Language | None:
        """What a member chose for themself; None if they did not."""
        with self._database.reading() as session:
            row = session.get(MemberRow, (member.platform, member.id))
            return None if row is None else cast("Language | None", row.language)

    def set_member_language(self, member: MemberRef, language: Language | None) -> None:
        """Speak to a member in a language of their own; None: in their community's."""
        with self._database.transaction() as session:
            _member(session, member).language = language

    def member_consent(self, member: MemberRef) -> bool:
        """Whether models may learn from a member's own words; not unless they said so."""
        with self._database.reading() as session:
            row = session.get(MemberRow, (member.platform, member.id))
            return row is not None and row.may_train

    def set_member_consent(self, member: MemberRef, may_train: bool) -> None:
        """A member lets models learn from their own words, or no longer."""
        with self._database.transaction() as session:
            _member(session, member).may_train = may_train

    # ── in one community ─────────────────────────────────────────────────────────────────────────

    def see_member(
        self, community_id: int, member: MemberRef, *, name: str | None, at: datetime
    ) -> None:
        """A member did something in a community.

        Args:
            name: as the platform shows it; None: as it was known before.
        """
        with self._database.transaction() as session:
            row = _membership(session, community_id, member)
            row.name = name or row.name
            row.seen_at = at

    def member_communities(self, member: MemberRef) -> list[Community]:
        """The communities that a member belongs to, oldest first."""
        with self._database.reading() as session:
            rows = (
                select(CommunityRow)
                .join(MembershipRow, col(MembershipRow.community_id) == col(CommunityRow.id))
                .where(
                    col(MembershipRow.platform) == member.platform,
                    col(MembershipRow.member) == member.id,
                )
                .order_by(col(CommunityRow.id))
            )
            return [community_of(row) for row in session.exec(rows)]

    def member_count(self, community_id: int) -> int:
        """How many members were seen in a community, or given a role there."""
        with self._database.reading() as session:
            members = select(func.count()).select_from(MembershipRow)
            return session.exec(
                members.where(col(MembershipRow.community_id) == community_id)
            ).one()

    def member_name(self, community_id: int, member: MemberRef) -> str | None:
        """How the platform showed a member in a community last; None if it did not."""
        with self._database.reading() as session:
            row = session.get(MembershipRow, (community_id, member.platform, member.id))
            return None if row is None else row.name

    def role(self, community_id: int, member: MemberRef) -> Role | None:
        """The role that a member was appointed to in a community; None if to none."""
        with self._database.reading() as session:
            row = session.get(MembershipRow, (community_id, member.platform, member.id))
            return None if row is None or row.role is None else Role(row.role)

    def appoint(self, community_id: int, member: MemberRef, role: Role | None) -> None:
        """Give a member, seen before or not, a role in a community; None takes it away."""
        with self._database.transaction() as session:
            _membership(session, community_id, member).role = role

    def appointed(self, community_id: int) -> dict[MemberRef, Role]:
        """Who was appointed to what in a community."""
        with self._database.reading() as session:
            rows = select(MembershipRow).where(
                col(MembershipRow.community_id) == community_id,
                col(MembershipRow.role).is_not(None),
            )
            return {
                MemberRef(row.platform, row.member): Role(row.role)
                for row in session.exec(rows)
                if row.role is not None
            }


def _member(session: Session, member: MemberRef) -> MemberRow:
    row = session.get(MemberRow, (member.platform, member.id))
    if row is None:
        row = MemberRow(platform=member.platform, member=member.id)
        session.add(row)
        session.flush()
    return row


def _membership(session: Session, community_id: int, member: MemberRef) -> MembershipRow:
    row = session.get(MembershipRow, (community_id, member.platform, member.id))
    if row is None:
        row = MembershipRow(community_id=community_id, platform=member.platform, member=member.id)
        session.add(row)
        session.flush()
    return row
