"""What several parts of the repository do with rows of items."""

from collections.abc import Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from sqlmodel import Session, col, select

from core.domain import Document, Given, Link, PastedText, SentFile, Share, State, Summary
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


# ── values to rows ───────────────────────────────────────────────────────────────────────────────


def given_values(item_id: int, community_id: int, given: Given) -> dict[str, Any]:
    """A row of `GivenRow`; a file's bytes are apart."""
    row: dict[str, Any] = {
        "item_id": item_id,
        "community_id": community_id,
        "kind": "link",
        **dict.fromkeys(("url", "title", "text", "published_on", "file_name")),
    }
    match given:
        case Link(url):
            return row | {"url": url}
        case PastedText(text, title, url, published_on):
            said = {"text": text, "title": title, "url": url, "published_on": published_on}
            return row | said | {"kind": "text"}
        case SentFile(name):
            return row | {"kind": "file", "file_name": name}


def share_values(item_id: int, community_id: int, share: Share) -> dict[str, Any]:
    """A row of `ShareRow`."""
    message = share.message
    return {
        "community_id": community_id,
        "item_id": item_id,
        "member_platform": share.member.platform,
        "member": share.member.id,
        "member_name": share.member_name,
        "member_name_folded": folded(share.member_name),
        "note": share.note,
        "message_platform": None if message is None else message.where.platform,
        "message_chat": None if message is None else message.where.chat,
        "message_thread": None if message is None else message.where.thread or "",
        "message_id": None if message is None else message.id,
        "shared_at": share.at,
    }


def document_values(
    item_id: int, community_id: int, document: Document, *, at: datetime
) -> dict[str, Any]:
    """A row of `DocumentRow`."""
    return {
        "item_id": item_id,
        "community_id": community_id,
        **{field.name: getattr(document, field.name) for field in fields(Document)},
        "fetched_at": at,
        "author_folded": folded(document.author),
        "site_folded": site_folded(document.site, document.url),
    }


def summary_values(item_id: int, community_id: int, summary: Summary) -> dict[str, Any]:
    """A row of `SummaryRow`."""
    return {
        "item_id": item_id,
        "community_id": community_id,
        "text": summary.text,
        "extracts": [[extract.start, extract.end] for extract in summary.extracts],
        "method": summary.method,
        "generated": summary.generated,
    }
