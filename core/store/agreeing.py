"""What agreement is measured on: all votes of a community that count, and what was decided."""

from datetime import datetime

from sqlalchemy import ColumnElement, and_, exists, func, select
from sqlmodel import col

from core.domain import Community, LabelPath, LabelStatus, MemberRef, Vote
from core.store.database import Database
from core.store.tables import ItemLabelRow, ShareRow, VoteRow
from core.store.tables_rounds import PracticeRow


class Agreeing:
    """Reads votes and decisions of a community in one go."""

    _database: Database

    def counted_votes(self, community: Community) -> list[tuple[int, Vote]]:
        """The votes that count in a community, oldest first: the item's id, and the vote.

        Left out are those that decide nothing: on what a member handed in themself
        (`Customs.counts_own`), and of newcomers who are to practise first
        (`Customs.practice_first`).
        """
        columns = (
            VoteRow.item_id,
            VoteRow.path,
            VoteRow.member_platform,
            VoteRow.member,
            VoteRow.is_for,
            VoteRow.by,
            VoteRow.at,
        )
        rows = select(*map(col, columns)).where(_counts(community))
        ordered = rows.order_by(col(VoteRow.at), col(VoteRow.item_id), col(VoteRow.path))
        with self._database.reading() as session:
            return [
                (item, Vote(LabelPath(path), MemberRef(platform, member), is_for, by, at))
                for item, path, platform, member, is_for, by, at in session.execute(ordered)
            ]

    def count_votes(self, community: Community, *, since: datetime, until: datetime) -> int:
        """How many votes that count were cast in a community from one moment to before another."""
        rows = select(func.count()).select_from(VoteRow)
        counted = rows.where(_counts(community), col(VoteRow.at) >= since, col(VoteRow.at) < until)
        with self._database.reading() as session:
            return int(session.execute(counted).scalar_one())

    def decided_labels(self, community_id: int) -> dict[tuple[int, LabelPath], LabelStatus]:
        """What people decided in a community: by item's id and label, CONFIRMED or REJECTED."""
        rows = select(
            col(ItemLabelRow.item_id), col(ItemLabelRow.path), col(ItemLabelRow.status)
        ).where(
            col(ItemLabelRow.community_id) == community_id,
            col(ItemLabelRow.status).in_([LabelStatus.CONFIRMED, LabelStatus.REJECTED]),
        )
        with self._database.reading() as session:
            return {
                (item, LabelPath(path)): LabelStatus(status)
                for item, path, status in session.execute(rows)
            }


def _counts(community: Community) -> ColumnElement[bool]:
    counted = [col(VoteRow.community_id) == community.id]
    if not community.customs.counts_own:
        own = exists().where(
            col(ShareRow.item_id) == col(VoteRow.item_id),
            col(ShareRow.member_platform) == col(VoteRow.member_platform),
            col(ShareRow.member) == col(VoteRow.member),
        )
        counted.append(~own)
    if community.customs.practice_first:
        practised = exists().where(
            col(PracticeRow.community_id) == community.id,
            col(PracticeRow.platform) == col(VoteRow.member_platform),
            col(PracticeRow.member) == col(VoteRow.member),
            col(PracticeRow.done_at).is_not(None),
        )
        counted.append(practised)
    return and_(*counted)
