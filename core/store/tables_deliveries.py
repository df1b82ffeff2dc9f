"""The table of what is sent once and only once; the rules of the schema are in
`core.store.tables`."""

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field

from core.store.tables import Moment, Table, of_community


class DeliveryRow(Table, table=True):
    """Something sent, or owed, to a place (`core.deliveries.Delivery`).

    Attributes:
        key: the occasion, such as "note 2026-W12".
        body: what is owed; "" once it is there, or nobody is.
        sent: messages of it that are there.
        since: when it was written down; done_at: null while it is owed.
    """

    __tablename__ = "delivery"
    __table_args__ = (
        of_community(),
        UniqueConstraint("community_id", "key", "platform", "chat", "thread"),
        Index(None, "platform", "chat"),
        Index(None, "done_at"),
        Index(None, "since"),
    )

    id: int | None = Field(default=None, primary_key=True)
    community_id: int
    key: str
    platform: str
    chat: str
    thread: str
    body: str = ""
    sent: int = 0
    since: datetime = Field(sa_type=Moment)
    done_at: datetime | None = Field(default=None, sa_type=Moment)
