"""Many new items in one go: rows written table by table instead of item by item.

The same rows as `Intake`, `Progress` and `Labels` write one by one; for imports.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert
from sqlmodel import Session, col, select

from core.domain import (
    Document,
    Labelling,
    LabelPath,
    Link,
    MemberRef,
    PastedText,
    Share,
    State,
    Summary,
)
from core.fingerprints import Fingerprint
from core.ports import KeywordIndex
from core.store.database import Database
from core.store.filters import is_one_of
from core.store.labels import Position, add_labelling, confirm
from core.store.rows import document_values, given_values, share_values, summary_values
from core.store.stories import set_fingerprints
from core.store.tables import (
    AddressRow,
    CommunityRow,
    DocumentRow,
    GivenRow,
    ItemRow,
    ShareRow,
    SummaryRow,
)


@dataclass(frozen=True, slots=True)
class Made:
    """A new item with all that was made of it.

    Attributes:
        same, also: as for `Progress.save_document`; `external_id`: as for `Intake.receive`.
        labels: that people gave it, closed under ancestors.
        labelling: None: no labels are wanted.
    """

    given: Link | PastedText
    share: Share
    same: tuple[str, ...]
    also: tuple[str, ...]
    external_id: str | None
    document: Document
    fingerprint: Fingerprint
    summary: Summary
    labels: tuple[LabelPath, ...] = ()
    labelling: Labelling | None = None


class Bulk:
    """Writes many items at once, and tells which are known."""

    _database: Database
    _keywords: KeywordIndex

    def known(
        self, community_id: int, *, addresses: Collection[str], external_ids: Collection[str]
    ) -> tuple[dict[str, int], dict[str, int]]:
        """Which of these addresses, and which of these import's ids, lead to which items."""
        with self._database.reading() as session:
            return _known(session.connection(), community_id, addresses, external_ids)

    def shared_by(self, member: MemberRef, item_ids: Collection[int]) -> set[int]:
        """Which of these items a member has handed in."""
        with self._database.reading() as session:
            shared = select(ShareRow.item_id).where(
                is_one_of(ShareRow.item_id, item_ids),
                col(ShareRow.member_platform) == member.platform,
                col(ShareRow.member) == member.id,
            )
            return set(session.exec(shared))

    def add_finished(
        self, community_id: int, made: Sequence[Made], *, position: Position, at: datetime
    ) -> list[int | None]:
        """Add items that are finished but for their vectors.

        Args:
            made: in the order of their numbers.
            position: where a label stands in the taxonomy.
            at: now.

        Returns:
            Their ids, in that order; None for one that is known (by what was there, or by another
            one of these): nothing of it was added.
        """
        with self._database.transaction() as session:
            connection = session.connection()
            new = [made[place] for place in _new(connection, community_id, made)]
            ids = _add_items(session, community_id, new, at=at)
            by_id = dict(zip(ids, new, strict=True))
            _add_rows(connection, community_id, by_id, at=at)
            set_fingerprints(
                connection, community_id, {id_: each.fingerprint for id_, each in by_id.items()}
            )
            for id_, each in by_id.items():
                self._keywords.index(
                    community_id, id_, title=each.document.title or "", body=each.document.text
                )
                if each.labels or each.labelling:
                    item = session.get_one(ItemRow, id_)
                    confirm(session, item, each.labels, position=position)
                    if each.labelling:
                        add_labelling(session, item, each.labelling, position=position, at=at)
            added = {id(each): id_ for id_, each in by_id.items()}
            return [added.get(id(each)) for each in made]


def _known(
    connection: Connection,
    community_id: int,
    addresses: Collection[str],
    external_ids: Collection[str],
) -> tuple[dict[str, int], dict[str, int]]:
    leads = select(AddressRow.address, AddressRow.item_id).where(
        col(AddressRow.community_id) == community_id, is_one_of(AddressRow.address, addresses)
    )
    imported = select(ItemRow.external_id, ItemRow.id).where(
        col(ItemRow.community_id) == community_id, is_one_of(ItemRow.external_id, external_ids)
    )
    return dict(connection.execute(leads).all()), dict(connection.execute(imported).all())


def _new(connection: Connection, community_id: int, made: Sequence[Made]) -> Iterable[int]:
    """The places of those that are not known."""
    addresses, external_ids = (
        set(found)
        for found in _known(
            connection,
            community_id,
            [address for each in made for address in each.same],
            [each.external_id for each in made if each.external_id is not None],
        )
    )
    for place, each in enumerate(made):
        if each.external_id in external_ids or not addresses.isdisjoint(each.same):
            continue
        addresses.update(each.same)
        if each.external_id is not None:
            external_ids.add(each.external_id)
        yield place


def _add_items(
    session: Session, community_id: int, new: Sequence[Made], *, at: datetime
) -> list[int]:
    """Number items and add them; return their ids."""
    community = session.get_one(CommunityRow, community_id)
    first = community.last_number + 1
    community.last_number += len(new)  # burnt from here on, whatever becomes of the items
    session.flush()
    rows = [
        {
            "community_id": community_id,
            "number": first + place,
            "state": State.DONE.value,
            "received_at": at,
            "external_id": each.external_id,
            "is_to_label": each.labelling is not None,
            "attempts": 0,
        }
        for place, each in enumerate(new)
    ]
    connection = session.connection()
    _insert(connection, ItemRow, rows)
    ids = select(ItemRow.id).where(
        col(ItemRow.community_id) == community_id, col(ItemRow.number) >= first
    )
    return [id_ for (id_,) in connection.execute(ids.order_by(col(ItemRow.number)))]


def _add_rows(
    connection: Connection, community_id: int, new: dict[int, Made], *, at: datetime
) -> None:
    addresses = {address: id_ for id_, each in new.items() for address in each.same}
    taken, _ = _known(
        connection, community_id, [address for each in new.values() for address in each.also], []
    )
    for id_, each in new.items():
        for address in each.also:
            if address not in taken:
                addresses.setdefault(address, id_)
    _insert(
        connection,
        AddressRow,
        [
            {"community_id": community_id, "address": address, "item_id": id_}
            for address, id_ in addresses.items()
        ],
    )
    for table, values in (
        (GivenRow, [given_values(id_, community_id, each.given) for id_, each in new.items()]),
        (ShareRow, [share_values(id_, community_id, each.share) for id_, each in new.items()]),
        (
            DocumentRow,
            [document_values(id_, community_id, each.document, at=at) for id_, each in new.items()],
        ),
        (
            SummaryRow,
            [summary_values(id_, community_id, each.summary) for id_, each in new.items()],
        ),
    ):
        _insert(connection, table, values)


def _insert(connection: Connection, table: type[Any], rows: list[dict[str, Any]]) -> None:
    if rows:
        connection.execute(insert(table), rows)
