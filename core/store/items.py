"""Reading items: by number, by id, newest first, by filters."""

import json
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Literal, cast

from sqlalchemy import func
from sqlmodel import Session, col, select

from core.domain import (
    ChatRef,
    Community,
    Document,
    Extract,
    Failure,
    Filters,
    Given,
    Item,
    ItemLabel,
    LabelPath,
    LabelStatus,
    Link,
    MemberRef,
    MessageRef,
    Origin,
    PastedText,
    Ruling,
    SentFile,
    Share,
    State,
    Summary,
)
from core.errors import UnknownItem
from core.store.database import Database
from core.store.filters import conditions, is_one_of
from core.store.rows import find_item
from core.store.rulings import rulings_of
from core.store.tables import (
    DocumentRow,
    GivenFileRow,
    GivenRow,
    ItemLabelRow,
    ItemRow,
    MovedRow,
    ShareRow,
    SummaryRow,
)

_Sharing = tuple[MemberRef, datetime]
_Rows = tuple[ItemRow, GivenRow, DocumentRow | None, SummaryRow | None]

_NUMBERS = range(1, 2**63)  # what SQLite can hold; people type longer ones


class Items:
    """Reads items as they stand. A file's bytes are left out (`SentFile.data` is empty): items are
    listed often, and a file is read again only to try again (see `given`)."""

    _database: Database

    def item(self, community_id: int, number: int) -> Item:
        """The item that people call by this number.

        The number of an item that turned out to be another one leads to that other one.

        Raises:
            UnknownItem: there is none in this community, or it was removed.
        """
        with self._database.reading() as session:
            id_ = _numbered(session, community_id, number) if number in _NUMBERS else None
            found = _items(session, [] if id_ is None else [id_])
        if not found:
            raise UnknownItem(f"Community {community_id} has no item {number}.", number=number)
        return found[0]

    def item_by_id(self, item_id: int) -> Item:
        """The item of that id, or the one that it turned out to be; UnknownItem if removed."""
        with self._database.reading() as session:
            found = _items(session, [item_id])
            if not found:
                moved = session.get(MovedRow, item_id)
                found = _items(session, [] if moved is None else [moved.item_id])
        if not found:
            raise UnknownItem(f"There is no item with the id {item_id}.", number=item_id)
        return found[0]

    def items(self, ids: Sequence[int]) -> list[Item]:
        """The items of those ids in that order; removed ones are left out."""
        with self._database.reading() as session:
            return _items(session, ids)

    def recent(self, community_id: int, *, limit: int, offset: int = 0) -> list[Item]:
        """The newest items first, whatever their state."""
        with self._database.reading() as session:
            ids = session.exec(
                select(ItemRow.id)
                .where(col(ItemRow.community_id) == community_id)
                .order_by(col(ItemRow.number).desc())
                .limit(limit)
                .offset(offset)
            )
            return _items(session, [id_ for id_ in ids if id_ is not None])

    def count(self, community_id: int) -> int:
        """How many items a community has, whatever their state."""
        return sum(self.states(community_id).values())

    def states(self, community_id: int) -> dict[State, int]:
        """How many items are in which state; states without any are left out."""
        with self._database.reading() as session:
            counted = session.exec(
                select(ItemRow.state, func.count())
                .where(col(ItemRow.community_id) == community_id)
                .group_by(col(ItemRow.state))
            )
            return {State(state): number for state, number in counted}

    def matching(
        self, community: Community, filters: Filters, *, among: Collection[int] | None = None
    ) -> set[int]:
        """The ids of a community's items that satisfy filters.

        Args:
            community: whose; its time zone says when a day begins.
            filters: see `core.domain.Filters`. Only finished items are found, and failed ones when
                `is_any` asks for them.
            among: only these ids; None: all.
        """
        # one row with all ids: ten thousand rows take the driver six times as long
        wanted = (
            select(func.json_group_array(ItemRow.id))
            .select_from(ItemRow)
            .outerjoin(DocumentRow, col(DocumentRow.item_id) == col(ItemRow.id))
            .where(conditions(community, filters))
        )
        if among is not None:
            wanted = wanted.where(is_one_of(ItemRow.id, among))
        with self._database.reading() as session:
            return set(json.loads(session.exec(wanted).one()))

    def find(
        self, community_id: int, *, addresses: Sequence[str] = (), external_id: str | None = None
    ) -> int | None:
        """The id of the item known by an import's id or by any of these addresses.

        Args:
            addresses: as `core.identity` makes them; if they lead to several, the oldest is it.
        """
        with self._database.reading() as session:
            row = find_item(session, community_id, addresses=addresses, external_id=external_id)
            return None if row is None else row.id

    def given(self, item_id: int) -> Given:
        """What was handed in, a file with its bytes; UnknownItem if there is no such item."""
        given = self.item_by_id(item_id).given
        if isinstance(given, SentFile):
            with self._database.reading() as session:
                return SentFile(given.name, session.get_one(GivenFileRow, item_id).data)
        return given

    def shares(self, item_id: int) -> list[Share]:
        """Who handed an item in, when and with what words; in that order."""
        with self._database.reading() as session:
            rows = session.exec(
                select(ShareRow)
                .where(col(ShareRow.item_id) == item_id)
                .order_by(col(ShareRow.shared_at), col(ShareRow.id))
            )
            return [share_of(row) for row in rows]

    def story(self, item: Item) -> list[int]:
        """The ids of the other items that tell the same story, oldest first."""
        if item.story is None:
            return []
        with self._database.reading() as session:
            ids = session.exec(
                select(ItemRow.id)
                .where(
                    col(ItemRow.community_id) == item.community,
                    col(ItemRow.story_id) == item.story,
                    col(ItemRow.id) != item.id,
                )
                .order_by(col(ItemRow.id))
            )
            return [id_ for id_ in ids if id_ is not None]


def _numbered(session: Session, community_id: int, number: int) -> int | None:
    id_ = session.exec(
        select(ItemRow.id).where(
            col(ItemRow.community_id) == community_id, col(ItemRow.number) == number
        )
    ).first()
    if id_ is not None:
        return id_
    return session.exec(
        select(MovedRow.item_id).where(
            col(MovedRow.community_id) == community_id, col(MovedRow.moved_number) == number
        )
    ).first()


# ── rows to values ───────────────────────────────────────────────────────────────────────────────


def _items(session: Session, ids: Sequence[int]) -> list[Item]:
    """Items in the order of their ids, in four questions however many they are."""
    if not ids:
        return []
    rows = session.exec(
        select(ItemRow, GivenRow, DocumentRow, SummaryRow)
        .join(GivenRow, col(GivenRow.item_id) == col(ItemRow.id))
        .outerjoin(DocumentRow, col(DocumentRow.item_id) == col(ItemRow.id))
        .outerjoin(SummaryRow, col(SummaryRow.item_id) == col(ItemRow.id))
        .where(is_one_of(ItemRow.id, ids))
    )
    labels: dict[int, list[ItemLabel]] = {}
    for label in session.exec(
        select(ItemLabelRow)
        .where(is_one_of(ItemLabelRow.item_id, ids))
        .order_by(col(ItemLabelRow.position), col(ItemLabelRow.path))
    ):
        labels.setdefault(label.item_id, []).append(_label(label))
    shares: dict[int, list[_Sharing]] = {}
    for item_id, at, platform, member in session.exec(
        select(ShareRow.item_id, ShareRow.shared_at, ShareRow.member_platform, ShareRow.member)
        .where(is_one_of(ShareRow.item_id, ids))
        .order_by(col(ShareRow.shared_at), col(ShareRow.id))
    ):
        shares.setdefault(item_id, []).append((MemberRef(platform, member), at))
    rulings = rulings_of(session, ids)
    found = {
        row[0].id: _item(cast("_Rows", tuple(row)), labels=labels, shares=shares, rulings=rulings)
        for row in rows
    }
    return [found[id_] for id_ in ids if id_ in found]


def _item(
    rows: _Rows,
    *,
    labels: dict[int, list[ItemLabel]],
    shares: dict[int, list[_Sharing]],
    rulings: dict[int, list[Ruling]],
) -> Item:
    row, given, document, summary = rows
    assert row.id is not None
    shared = shares.get(row.id, [])
    return Item(
        id=row.id,
        community=row.community_id,
        number=row.number,
        state=State(row.state),
        given=_given(given),
        received_at=row.received_at,
        document=None if document is None else _document(document),
        summary=None if summary is None or document is None else _summary(summary, document.text),
        labels=tuple(labels.get(row.id, ())),
        story=row.story_id,
        shares=len({member for member, _ in shared}),
        first_shared_at=shared[0][1] if shared else None,
        first_shared_by=shared[0][0] if shared else None,
        failure=_failure(row),
        external_id=row.external_id,
        none_fits=None if row.none_fits is None else LabelStatus(row.none_fits),
        rulings=tuple(rulings.get(row.id, ())),
    )


def _given(row: GivenRow) -> Given:
    match row.kind:
        case "link":
            return Link(row.url or "")
        case "text":
            return PastedText(
                row.text or "", title=row.title, url=row.url, published_on=row.published_on
            )
        case _:
            return SentFile(row.file_name or "", b"")


def _document(row: DocumentRow) -> Document:
    return Document(
        text=row.text,
        title=row.title,
        author=row.author,
        published_on=row.published_on,
        site=row.site,
        language=row.language,
        url=row.url,
        canonical_url=row.canonical_url,
        image_url=row.image_url,
        media=cast("Literal['web', 'pdf', 'text', 'picture']", row.media),
    )


def _summary(row: SummaryRow, text: str) -> Summary:
    extracts = (Extract(start, end, text[start:end]) for start, end in row.extracts)
    return Summary(tuple(extracts), row.method, row.generated)


def _label(row: ItemLabelRow) -> ItemLabel:
    return ItemLabel(LabelPath(row.path), row.score, LabelStatus(row.status), Origin(row.origin))


def _failure(row: ItemRow) -> Failure | None:
    if row.failure_code is None:
        return None
    return Failure(
        row.failure_code, row.failure_message or "", row.failure_facts or {}, row.retry_at
    )


def share_of(row: ShareRow) -> Share:
    """A share as its row tells."""
    message = None
    if row.message_id is not None:
        where = ChatRef(
            row.message_platform or "", row.message_chat or "", row.message_thread or None
        )
        message = MessageRef(where, row.message_id)
    return Share(
        MemberRef(row.member_platform, row.member),
        row.shared_at,
        member_name=row.member_name,
        note=row.note,
        message=message,
    )
