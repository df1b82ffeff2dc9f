"""The tables of review rounds and of newcomers' practice. What members answer in both stands in the
table of questions (`core.store.tables_questions`)."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKeyConstraint, Index, UniqueConstraint
from sqlmodel import Field

from core.store.tables import Moment, Table, of_community, of_item


def _of_round() -> ForeignKeyConstraint:
    return ForeignKeyConstraint(
        ["community_id", "round_id"], ["round.community_id", "round.id"], ondelete="CASCADE"
    )


class RoundRow(Table, table=True):
    """A review round (`core.rounds.Round`).

    Attributes:
        started_platform, started_by, closed_platform, closed_by: members; null: nobody, or somebody
            who was forgotten.
        platform, chat, thread, message: the invitation; null where there is none any more.
        told_at: when its chat heard that all who joined are through; null: not since one joined.
    """

    __tablename__ = "round"
    __table_args__ = (
        of_community(),
        UniqueConstraint("community_id", "id"),
        UniqueConstraint("community_id", "number"),
        # an id is never used twice: an old answer must not be one of another round
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    community_id: int
    number: int
    dimension: str
    kind: str
    course: int
    seed: int
    target: float
    started_at: datetime = Field(sa_type=Moment)
    started_platform: str | None = None
    started_by: str | None = None
    closed_at: datetime | None = Field(default=None, sa_type=Moment)
    closed_platform: str | None = None
    closed_by: str | None = None
    platform: str | None = None
    chat: str | None = None
    thread: str | None = None
    message: str | None = None
    told_at: datetime | None = Field(default=None, sa_type=Moment)


class RoundPairRow(Table, table=True):
    """A label that is judged of an item in a round. `position`: in the order asked, from 0."""

    __tablename__ = "round_pair"
    __table_args__ = (
        of_item(),
        _of_round(),
        Index(None, "community_id", "item_id"),
        Index(None, "community_id", "round_id"),
        {"sqlite_with_rowid": False},
    )

    round_id: int = Field(primary_key=True)
    item_id: int = Field(primary_key=True)
    path: str = Field(primary_key=True)
    community_id: int
    position: int


class RoundMemberRow(Table, table=True):
    """A member who takes part in a round (`core.rounds.Participant`)."""

    __tablename__ = "round_member"
    __table_args__ = (
        _of_round(),
        Index(None, "community_id", "round_id"),
        Index(None, "platform", "member"),
        {"sqlite_with_rowid": False},
    )

    round_id: int = Field(primary_key=True)
    platform: str = Field(primary_key=True)
    member: str = Field(primary_key=True)
    community_id: int
    joined_at: datetime = Field(sa_type=Moment)
    reminded_at: datetime | None = Field(default=None, sa_type=Moment)
    reminders: int = 0


class PracticeRow(Table, table=True):
    """How far a member is with their practice set.

    Attributes:
        exercises: a list of {basis, path, key, says, text or item} (`core.practice.Exercise`);
            empty for who voted before practice was asked for.
        done_at: since when their votes count; null: they do not yet.
    """

    __tablename__ = "practice"
    __table_args__ = (of_community(), Index(None, "platform", "member"))

    community_id: int = Field(primary_key=True)
    platform: str = Field(primary_key=True)
    member: str = Field(primary_key=True)
    exercises: list[dict[str, Any]] = Field(sa_type=JSON)
    started_at: datetime = Field(sa_type=Moment)
    done_at: datetime | None = Field(default=None, sa_type=Moment)
