"""The table of weekly consistency notes; the rules of the schema are in `core.store.tables`."""

from datetime import datetime

from sqlmodel import Field

from core.store.tables import Moment, Table, of_community


class NoteRow(Table, table=True):
    """A consistency note that was sent: to which chat, about which week.

    Attributes:
        week: as ISO 8601 writes it ("2026-W12"), in the community's time zone.
        platform, chat: where it was sent; often one person's private chat.
    """

    __tablename__ = "note"
    __table_args__ = (of_community(),)

    community_id: int = Field(primary_key=True)
    week: str = Field(primary_key=True)
    platform: str = Field(primary_key=True)
    chat: str = Field(primary_key=True)
    sent_at: datetime = Field(sa_type=Moment)
