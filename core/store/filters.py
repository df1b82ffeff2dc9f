"""Filters of a search as conditions in SQL; every value is bound, none is spliced in.

Parts of names are compared as folded copies in the database (SQLite's own `lower` knows ASCII
only), and days in the community's time zone become moments in UTC here (SQLite knows no zones).
"""

import json
from collections.abc import Collection
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, exists, func, or_, true
from sqlmodel import col, select

from core.domain import Community, Filters, LabelPath, LabelStatus, State
from core.folding import fold
from core.store.tables import DocumentRow, ItemLabelRow, ItemRow, ShareRow

STANDING = (LabelStatus.SUGGESTED, LabelStatus.CONFIRMED, LabelStatus.DISPUTED)
"""The statuses in which an item carries a label."""


def conditions(community: Community, filters: Filters) -> ColumnElement[bool]:
    """What an item of the community must satisfy, over `ItemRow` outer-joined with `DocumentRow`.

    Only finished items are found, and failed ones when they are asked for.
    """
    each: list[ColumnElement[bool]] = [
        col(ItemRow.community_id) == community.id,
        _has_state_or_status(filters),
        *(_carries(path) for path in filters.labels),
        *(~_carries(path) for path in filters.not_labels),
    ]
    if filters.sites:
        each.append(or_(*(_holds(DocumentRow.site_folded, site) for site in filters.sites)))
    if filters.by:
        each.append(or_(*(_is_by(name) for name in filters.by)))
    if filters.languages:
        each.append(or_(*(_is_in(tag) for tag in filters.languages)))
    if filters.since is not None:
        each.append(_is_since(filters.since, ZoneInfo(community.timezone)))
    if filters.until is not None:
        # until the end of a day is before the next one
        after = filters.until + timedelta(days=1) if filters.until < date.max else None
        if after is not None:
            each.append(~_is_since(after, ZoneInfo(community.timezone)))
    return and_(*each)


def is_one_of(column: Any, values: Collection[int] | Collection[str]) -> ColumnElement[bool]:
    """Whether a column holds one of many values, bound as one (SQLite limits how many are)."""
    listed = func.json_each(json.dumps(list(values))).table_valued("value")
    return col(column).in_(select(listed.c.value))


def is_or_is_under(column: Any, path: str) -> ColumnElement[bool]:
    """Whether a column holds a label's path or that of a descendant."""
    # "0" is the character after "/": a range, which an index serves and no wildcard disturbs
    return or_(col(column) == path, and_(col(column) >= f"{path}/", col(column) < f"{path}0"))


def _carries(path: LabelPath) -> ColumnElement[bool]:
    return _has_label(
        is_or_is_under(ItemLabelRow.path, path), col(ItemLabelRow.status).in_(STANDING)
    )


def _has_label(*wanted: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(
        col(ItemLabelRow.community_id) == col(ItemRow.community_id),
        col(ItemLabelRow.item_id) == col(ItemRow.id),
        *wanted,
    )


def _has_state_or_status(filters: Filters) -> ColumnElement[bool]:
    is_done = col(ItemRow.state) == State.DONE
    if not filters.is_any:
        return is_done
    statuses = [each for each in filters.is_any if each not in ("failed", "none-fits")]
    has_status = and_(is_done, _has_label(col(ItemLabelRow.status).in_(statuses)))
    if "none-fits" in filters.is_any:
        has_none = and_(is_done, col(ItemRow.none_fits) == LabelStatus.CONFIRMED)
        has_status = or_(has_status, has_none)
    if "failed" in filters.is_any:
        return or_(col(ItemRow.state) == State.FAILED, has_status)
    return has_status


def _holds(column: Any, part: str) -> ColumnElement[bool]:
    return func.instr(func.coalesce(column, ""), fold(part)) > 0


def _is_by(name: str) -> ColumnElement[bool]:
    has_shared = exists().where(
        col(ShareRow.community_id) == col(ItemRow.community_id),
        col(ShareRow.item_id) == col(ItemRow.id),
        _holds(ShareRow.member_name_folded, name),
    )
    return or_(_holds(DocumentRow.author_folded, name), has_shared)


def _is_in(tag: str) -> ColumnElement[bool]:
    # with a hyphen after both, one comparison finds the tag itself and what is under it
    language = func.lower(func.coalesce(DocumentRow.language, "")).op("||")("-")
    return func.instr(language, f"{tag.lower()}-") == 1


def _is_since(day: date, zone: ZoneInfo) -> ColumnElement[bool]:
    """Whether the published date, or else the moment received, is on or after a day there."""
    midnight = datetime.combine(day, time.min, tzinfo=zone)
    try:
        moment = midnight.astimezone(UTC)
    except OverflowError:  # the first day there is, east of Greenwich
        return true()
    published = col(DocumentRow.published_on)
    # never NULL, so that it can be negated
    return or_(
        and_(published.is_not(None), published >= day),
        and_(published.is_(None), col(ItemRow.received_at) >= moment),
    )
