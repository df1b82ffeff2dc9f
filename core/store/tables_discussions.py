"""Tables of discussions, and of the sentences that people in them would like in the codebook."""

from datetime import datetime

from sqlalchemy import ForeignKeyConstraint, Index, UniqueConstraint, text
from sqlmodel import Field

from core.store.tables import Moment, Table, of_item


class DiscussionRow(Table, table=True):
    """People talk about one label of an item (`core.discussions.Discussion`).

    Attributes:
        platform, chat, thread: where it is, or is to be, held; null: wherever the item is shown.
        message: ours, that it is held under.
        staleness: what the message says is so (0), is to be edited (1), is being edited (2).
    """

    __tablename__ = "discussion"
    __table_args__ = (
        of_item(),
        UniqueConstraint("community_id", "id"),
        Index(None, "community_id", "item_id"),
        Index(None, "platform", "chat", "message"),
        Index(None, "stage"),
        Index(None, "staleness"),
        Index(
            "uq_discussion_live",
            "item_id",
            "path",
            unique=True,
            sqlite_where=text("stage != 'closed'"),
        ),
        {"sqlite_autoincrement": True},  # buttons name discussions, so no number comes back
    )

    id: int | None = Field(default=None, primary_key=True)
    community_id: int
    item_id: int
    path: str
    trigger: str
    stage: str
    queued_at: datetime = Field(sa_type=Moment)
    platform: str | None = None
    chat: str | None = None
    thread: str | None = None
    message: str | None = None
    is_thread: bool = False
    outcome: str | None = None
    sentence: str | None = None
    version: int | None = None
    opened_at: datetime | None = Field(default=None, sa_type=Moment)
    closed_at: datetime | None = Field(default=None, sa_type=Moment)
    staleness: int = 0


class SentenceRow(Table, table=True):
    """A sentence that a member suggested in a discussion (`core.discussions.Sentence`)."""

    __tablename__ = "suggested_sentence"
    __table_args__ = (
        ForeignKeyConstraint(
            ["community_id", "discussion_id"],
            ["discussion.community_id", "discussion.id"],
            ondelete="CASCADE",
        ),
        Index(None, "community_id", "discussion_id"),
        Index(None, "member_platform", "member"),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    community_id: int
    discussion_id: int
    kind: str
    language: str
    text: str
    member_platform: str
    member: str
    at: datetime = Field(sa_type=Moment)
