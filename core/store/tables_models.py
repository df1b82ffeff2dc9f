"""The table of the versions of communities' models; their weights lie in folders."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index, UniqueConstraint
from sqlmodel import Field

from core.store.tables import Moment, Table, of_community

_JSON = JSON(none_as_null=True)


class ModelVersionRow(Table, table=True):
    """A version (`core.model_versions.ModelVersion`).

    Attributes:
        number: counted per community from 1, never given twice.
        lessons, report: as objects.
        platform, chat, thread: where its end is told; null: wherever the community is spoken to.
    """

    __tablename__ = "model_version"
    __table_args__ = (
        of_community(),
        UniqueConstraint("community_id", "number"),
        Index(None, "community_id", "state"),
    )

    id: int | None = Field(default=None, primary_key=True)
    community_id: int
    number: int
    state: str
    cause: str
    begun_at: datetime = Field(sa_type=Moment)
    lessons: dict[str, Any] = Field(sa_type=_JSON)
    model: str = ""
    finished_at: datetime | None = Field(default=None, sa_type=Moment)
    live_at: datetime | None = Field(default=None, sa_type=Moment)
    replaces: int | None = None
    report: dict[str, Any] | None = Field(default=None, sa_type=_JSON)
    failure: str | None = None
    platform: str | None = None
    chat: str | None = None
    thread: str | None = None
