"""What several parts of the repository do with rows of items."""

from collections.abc import Sequence
from urllib.parse import urlsplit

from sqlmodel import Session, col, select

from core.domain import State
from core.errors import UnknownItem
from core.folding import fold
from core.store.tables import AddressRow, ItemRow, MovedRow


def id_of(item: ItemRow) -> int:
    """Its id, once it was flushed."""
    assert item.id is not None
    return item.id


def get_item(session: Session, item_id: int) -> ItemRow:
    """The item of that id, or the one that it turned out to be."""
    item = session.get(ItemRow, item_id)
    if item is None and (moved := session.get(MovedRow, item_id)) is not None:
        item = session.get(ItemRow, moved.item_id)
    if item is None:
        raise UnknownItem(f"There is no item with the id {item_id}.", number=item_id)
    return item


def find_item(
    session: Session,
    community_id: int,
    *,
    addresses: Sequence[str] = (),
    external_id: str | None = None,
) -> ItemRow | None:
    """The item that an import's id or one of these addresses leads to; of several, the oldest."""
    if external_id is not None:
        imported = select(ItemRow).where(
            col(ItemRow.community_id) == community_id, col(ItemRow.external_id) == external_id
        )
        if (item := session.exec(imported).first()) is not None:
            return item
    if not addresses:
        return None
    return session.exec(
        select(ItemRow)
        .join(AddressRow, col(AddressRow.item_id) == col(ItemRow.id))
        .where(
            col(AddressRow.community_id) == community_id,
            col(AddressRow.address).in_(addresses),
        )
        .order_by(col(ItemRow.id))
    ).first()


def lead(session: Session, item: ItemRow, addresses: Sequence[str]) -> None:
    """Let addresses lead to an item, where they lead to none yet."""
    for address in dict.fromkeys(addresses):
        if session.get(AddressRow, (item.community_id, address)) is None:
            session.add(
                AddressRow(community_id=item.community_id, address=address, item_id=id_of(item))
            )


def reach(item: ItemRow, state: State) -> None:
    """Let an item stand in a state; the next step has not begun."""
    item.state = state
    item.attempts = 0


def forget_failure(item: ItemRow) -> None:
    """Let nothing be left of a failure."""
    item.failed_in = item.failure_code = item.failure_message = None
    item.failure_facts = item.retry_at = None


def folded(name: str | None) -> str | None:
    """A name for comparing."""
    return None if name is None else fold(name)


def site_folded(site: str | None, url: str | None) -> str | None:
    """The site's name and the host, so that either part of them finds it."""
    try:
        host = urlsplit(url or "").hostname or ""
    except ValueError:  # brackets that hold no address
        host = ""
    return fold(f"{site or ''} {host}".strip()) or None
