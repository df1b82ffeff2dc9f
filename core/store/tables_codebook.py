"""Tables of the codebook: its versions, what was proposed, and items that are labelled again."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index, UniqueConstraint
from sqlmodel import Field

from core.store.tables import Moment, Table, of_community

_JSON = JSON(none_as_null=True)


class CodebookVersionRow(Table, table=True):
    """A community's codebook as it was from a moment on (`core.codebook_versions.Version`).

    Attributes:
        number: counted per community from 1; parent: of the version that it was made from.
        cause: "starter", "file", "chat" or "applied".
        text: the content of its taxonomy file; hash: its SHA-256.
        changes: a list of `core.codebook.Change` as objects.
        source_hash: SHA-256 of the operator's file (or the starter) that was last looked at.
        member: null if the program did it, or the person was forgotten.
    """

    __tablename__ = "codebook_version"
    __table_args__ = (
        of_community(),
        UniqueConstraint("community_id", "number"),
        Index(None, "member_platform", "member"),
    )

    id: int | None = Field(default=None, primary_key=True)
    community_id: int
    number: int
    parent: int | None = None
    at: datetime = Field(sa_type=Moment)
    cause: str
    text: str
    hash: str
    changes: list[dict[str, Any]] = Field(sa_type=_JSON)
    source_hash: str
    note: str | None = None
    member_platform: str | None = None
    member: str | None = None


class CodebookProposalRow(Table, table=True):
    """A version that somebody may accept (`core.codebook_versions.Proposal`).

    Attributes:
        base: the version that it changes.
        state: "open", "accepted" or "cancelled".
    """

    __tablename__ = "codebook_proposal"
    __table_args__ = (
        of_community(),
        Index(None, "community_id", "state"),
        Index(None, "member_platform", "member"),
        # an id is never used twice: an old button must not accept another proposal
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    community_id: int
    base: int
    at: datetime = Field(sa_type=Moment)
    text: str
    changes: list[dict[str, Any]] = Field(sa_type=_JSON)
    cause: str
    state: str = "open"
    note: str | None = None
    member_platform: str | None = None
    member: str | None = None


class RelabellingRow(Table, table=True):
    """Items of a community that are to be labelled again (`core.relabelling.Job`).

    Attributes:
        cause: "codebook", "model", …; version: of that.
        item_ids: which items; null: all that were labelled.
        cursor: the highest id that is done.
        total, done, changed: how many items there are, are done, and have other labels now.
        finished_at: null as long as there is something to do.
    """

    __tablename__ = "relabelling"
    __table_args__ = (of_community(), Index(None, "community_id", "finished_at"))

    id: int | None = Field(default=None, primary_key=True)
    community_id: int
    cause: str
    version: str
    begun_at: datetime = Field(sa_type=Moment)
    item_ids: list[int] | None = Field(default=None, sa_type=_JSON)
    cursor: int = 0
    total: int = 0
    done: int = 0
    changed: int = 0
    finished_at: datetime | None = Field(default=None, sa_type=Moment)
