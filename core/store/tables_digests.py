"""The tables of weekly digests: who wants them, and what editors want in them."""

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field

from core.store.tables import Moment, Table, of_community, of_item


class SubscriptionRow(Table, table=True):
    """A place that wants a digest every week (`core.digest.Subscription`).

    Attributes:
        at: minutes after midnight, by the community's clock.
        member_platform, member: whose private chat it is; null: a group's.
    """

    __tablename__ = "digest_subscription"
    __table_args__ = (
        of_community(),
        UniqueConstraint("community_id", "platform", "chat", "thread", "query"),
        Index(None, "platform", "chat"),
        Index(None, "member_platform", "member"),
        {"sqlite_autoincrement": True},  # deliveries are named after it
    )

    id: int | None = Field(default=None, primary_key=True)
    community_id: int
    platform: str
    chat: str
    thread: str
    query: str
    weekday: int
    at: int
    done_until: datetime = Field(sa_type=Moment)
    member_platform: str | None = None
    member: str | None = None


class PickRow(Table, table=True):
    """An editor wants an item in digests ("keep") or out of them ("hold"); nobody asks who."""

    __tablename__ = "digest_pick"
    __table_args__ = (of_item(), Index(None, "community_id", "at"))

    item_id: int = Field(primary_key=True)
    community_id: int
    kind: str
    at: datetime = Field(sa_type=Moment)
