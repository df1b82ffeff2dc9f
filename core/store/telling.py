"""Rows as JSON has them, and back: members under other names, without ids and places.

Rows are told by their columns, so what a later release adds is what it is without being said, and
what it dropped is passed over. Places of chats (messages, cards) stay behind: they lead to people.
"""

from base64 import b64decode, b64encode
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Column, Date, LargeBinary
from sqlmodel import Session, col, select

from core.discussions import Outcome, Stage
from core.domain import LabelStatus, MemberRef, Origin, State
from core.questions import Purpose, QuestionState, Said
from core.rounds import Kind
from core.store.tables import ItemLabelRow, ItemRow, LabellingRow, MemberRow, Moment, Table
from core.store.tables_decisions import DecisionRow
from core.store.tables_discussions import DiscussionRow
from core.store.tables_questions import QuestionRow
from core.store.tables_rounds import RoundRow

Copy = dict[str, Any]
"""A row, or an item with its rows, as JSON has it."""

Rename = Callable[[MemberRef], str]

_OURS = {
    *("id", "community_id", "item_id", "story_id", "moved_id", "labelling_id", "hypothesis_id"),
    *("discussion_id", "round_id", "embedded_with", "attempts", "staleness"),
}
_PLACES = {
    *("member_name", "message_platform", "message_chat", "message_thread", "message_id"),
    *("platform", "chat", "thread", "message", "is_thread"),
    *("member_platform", "started_platform", "closed_platform"),
}
_LEFT_OUT = _OURS | _PLACES
_PEOPLE = {
    "member": ("member_platform", "platform"),
    "started_by": ("started_platform",),
    "closed_by": ("closed_platform",),
}
"""Columns that name a person, and those that may say on which platform."""

_WORDS = {"note", "reason"}
_ENUMS: dict[tuple[type[Any], str], type[StrEnum]] = {
    (ItemRow, "state"): State,
    (ItemRow, "failed_in"): State,
    (ItemRow, "none_fits"): LabelStatus,
    (ItemLabelRow, "status"): LabelStatus,
    (ItemLabelRow, "base"): LabelStatus,
    (ItemLabelRow, "origin"): Origin,
    (LabellingRow, "origin"): Origin,
    (DecisionRow, "before"): LabelStatus,
    (DecisionRow, "after"): LabelStatus,
    (QuestionRow, "state"): QuestionState,
    (QuestionRow, "purpose"): Purpose,
    (QuestionRow, "answer"): Said,
    (DiscussionRow, "stage"): Stage,
    (DiscussionRow, "outcome"): Outcome,
    (RoundRow, "kind"): Kind,
}


@dataclass(frozen=True, slots=True)
class Teller:
    """Tells rows.

    Attributes:
        rename: what a member is called.
        agreed: members who let their own words be used.
    """

    rename: Rename
    agreed: Collection[MemberRef]

    def may_quote(self, row: Table) -> bool:
        """Whether a row's member lets their own words be used."""
        return _who(row, "member") in self.agreed

    def tell(self, row: Table) -> Copy:
        """A row's columns as JSON has them; without our ids, names, places, and words of members
        who did not agree."""
        told: Copy = {}
        who = _who(row, "member")
        for column in columns(type(row)):
            value = getattr(row, column.name)
            if value is None or column.name in _LEFT_OUT or column.name.endswith("_folded"):
                continue
            if column.name in _PEOPLE and (person := _who(row, column.name)):
                value = self.rename(person)
            if column.name in _WORDS and who and who not in self.agreed:
                continue
            told[column.name] = _json(value)
        return told


def agreed(session: Session) -> set[MemberRef]:
    """Members who let their own words be used (/consent)."""
    rows = select(MemberRow.platform, MemberRow.member).where(col(MemberRow.may_train).is_(True))
    return {MemberRef(*each) for each in session.execute(rows)}


def _who(row: Table, name: str) -> MemberRef | None:
    """Whom a column names."""
    id_ = getattr(row, name, None)
    if id_ is None or name not in _PEOPLE:
        return None
    platforms = (getattr(row, each, None) for each in _PEOPLE[name])
    return MemberRef(next(each for each in platforms if each is not None), id_)


def _json(value: Any) -> Any:
    match value:
        case datetime():
            return value.astimezone(UTC).isoformat()
        case date():
            return value.isoformat()
        case bytes():
            return b64encode(value).decode()
        case _:
            return value


def read(table: type[Any], told: Mapping[str, Any], *, platform: str = "") -> dict[str, Any]:
    """The columns that a table has; what it does not know is passed over.

    Args:
        platform: of the members that are named.

    Raises:
        KeyError, TypeError, ValueError: it is not as it should be.
    """
    known = {column.name: column for column in columns(table)}
    facts: dict[str, Any] = {}
    for name, value in told.items():
        if name in known and name not in _LEFT_OUT and not name.endswith("_folded"):
            facts[name] = _value(known[name], value)
            if value is not None and (table, name) in _ENUMS:
                _ENUMS[table, name](value)
            if value is not None and name in _PEOPLE:
                facts[next(each for each in _PEOPLE[name] if each in known)] = platform
    return facts


def _value(column: Column[Any], value: Any) -> Any:
    if value is None:
        return None
    match column.type:
        case Moment():
            moment = datetime.fromisoformat(value)
            if moment.tzinfo is None:
                raise ValueError(f"{column.name} is {value}; a moment has a time zone")
            return moment
        case Date():
            return date.fromisoformat(value)
        case LargeBinary():
            return b64decode(value, validate=True)
        case _ if column.type.python_type in (int, float, bool, str):
            if not isinstance(value, int | float | str):
                raise TypeError(f"{column.name} is {type(value).__name__}")
            return value
        case _:
            return value


def columns(table: type[Any]) -> list[Column[Any]]:
    return list(table.__table__.columns)
