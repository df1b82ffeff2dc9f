"""The tables of questions that members are asked in private, and of who wants some every day."""

from datetime import date, datetime

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field

from core.store.tables import Moment, Table, of_community, of_item


class QuestionRow(Table, table=True):
    """A question in a member's queue (`core.questions.Question`).

    Attributes:
        item_id: null where `text` stands in an item's place.
        purpose, occasion: a `core.questions.Occasion`.
        message, with its chat and thread: null until it was shown in a message that stays.
    """

    __tablename__ = "question"
    __table_args__ = (
        of_item(),
        of_community(),
        UniqueConstraint(
            *("community_id", "member_platform", "member", "purpose", "occasion"),
            *("item_id", "path"),
            name="uq_question_once",
        ),
        Index(None, "community_id", "item_id"),
        Index(None, "community_id", "purpose", "occasion"),
        Index(None, "member_platform", "member", "state"),
        # an id is never used twice: an old button must not answer another question
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    community_id: int
    member_platform: str
    member: str
    item_id: int | None = None
    text: str | None = None
    path: str
    purpose: str
    occasion: str
    position: int
    state: str
    put_at: datetime = Field(sa_type=Moment)
    answer: str | None = None
    reason: str | None = None
    answered_at: datetime | None = Field(default=None, sa_type=Moment)
    shown_at: datetime | None = Field(default=None, sa_type=Moment)
    rests_until: datetime | None = Field(default=None, sa_type=Moment)
    message_platform: str | None = None
    message_chat: str | None = None
    message_thread: str | None = None
    message: str | None = None


class DailyRow(Table, table=True):
    """A member's wish to be asked a few questions every day (`core.daily.Wish`).

    Attributes:
        at: minutes after midnight, by the community's clock.
        given_on: the last day, by the same clock, that needs no more.
    """

    __tablename__ = "daily"
    __table_args__ = (of_community(), Index(None, "platform", "member"))

    community_id: int = Field(primary_key=True)
    platform: str = Field(primary_key=True)
    member: str = Field(primary_key=True)
    is_on: bool
    at: int
    given_on: date | None = None
