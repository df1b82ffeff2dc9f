"""Tables of what is decided: editors' rulings, and the log of every decision."""

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field

from core.store.tables import Moment, Table, of_item


class RulingRow(Table, table=True):
    """An editor's word on one label of an item (`core.domain.Ruling`); withdrawn ones stay.

    `withdrawn_at`: when it was taken back, or another ruling on the same label took its place.
    """

    __tablename__ = "ruling"
    __table_args__ = (
        of_item(),
        Index(None, "community_id", "item_id"),
        Index(None, "member_platform", "member"),
        {"sqlite_autoincrement": True},  # of two rulings the one with the greater id is newer
    )

    id: int | None = Field(default=None, primary_key=True)
    community_id: int
    item_id: int
    path: str
    is_for: bool
    member_platform: str
    member: str
    reason: str | None = None
    at: datetime = Field(sa_type=Moment)
    withdrawn_at: datetime | None = Field(default=None, sa_type=Moment)


class DecisionRow(Table, table=True):
    """A line of the decision log (`core.domain.Decision`), never changed but to forget a person.

    `member` is there if it was somebody's act; whether others may see who it was, `is_public` says.
    """

    __tablename__ = "decision"
    __table_args__ = (
        of_item(),
        Index(None, "community_id", "item_id"),
        Index(None, "community_id", "path"),
        Index(None, "member_platform", "member"),
        {"sqlite_autoincrement": True},  # lines are read in the order in which they were written
    )

    id: int | None = Field(default=None, primary_key=True)
    community_id: int
    item_id: int
    path: str
    at: datetime = Field(sa_type=Moment)
    cause: str
    before: str | None = None
    after: str | None = None
    voices_for: int
    voices_against: int
    codebook: str
    member_platform: str | None = None
    member: str | None = None
    is_public: bool = False
    reason: str | None = None
    reason_folded: str | None = None
