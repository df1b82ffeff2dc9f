"""Stories: items whose texts are nearly the same, under whatever address.

A story is a connected component: an item joins every item like enough to it, and thereby all of
their stories become one. So it makes no difference in which order the items came.
"""

from sqlalchemy import func, insert, update
from sqlmodel import Session, col, select

from core.fingerprints import SAME_STORY, Fingerprint, similarity
from core.store.filters import is_one_of
from core.store.rows import id_of
from core.store.tables import FingerprintBandRow, FingerprintRow, ItemRow

MAX_CANDIDATES = 64
"""How many items are compared in full: those that share most bands, then the oldest. A thousand
copies of one form letter need not all be compared to find their story."""


def set_fingerprint(session: Session, item: ItemRow, fingerprint: Fingerprint) -> None:
    """Keep the fingerprint of an item that has none, and let the item join its story."""
    _join(session, item, _likes(session, item, fingerprint))
    row = FingerprintRow(
        item_id=id_of(item), community_id=item.community_id, fingerprint=fingerprint.to_bytes()
    )
    session.add(row)
    if bands := set(fingerprint.bands):
        session.execute(
            insert(FingerprintBandRow),
            [
                {"community_id": item.community_id, "band": band, "item_id": id_of(item)}
                for band in bands
            ],
        )


def _join(session: Session, item: ItemRow, likes: list[ItemRow]) -> None:
    """Give an item, and all that tell the same, one story id: the least there is."""
    if not likes:
        return
    stories = {like.story_id for like in likes if like.story_id is not None}
    alone = {id_of(like) for like in likes if like.story_id is None}
    item.story_id = min(stories | alone | {id_of(item)})
    session.flush()
    session.execute(
        update(ItemRow)
        .where(
            col(ItemRow.community_id) == item.community_id,
            is_one_of(ItemRow.id, alone) | is_one_of(ItemRow.story_id, stories),
        )
        .values(story_id=item.story_id)
    )


def _likes(session: Session, item: ItemRow, fingerprint: Fingerprint) -> list[ItemRow]:
    if not fingerprint.bands:
        return []
    shared = col(FingerprintBandRow.item_id)
    candidates = session.exec(
        select(shared)
        .where(
            col(FingerprintBandRow.community_id) == item.community_id,
            is_one_of(FingerprintBandRow.band, fingerprint.bands),
            shared != item.id,
        )
        .group_by(shared)
        .order_by(func.count().desc(), shared)
        .limit(MAX_CANDIDATES)
    ).all()
    if not candidates:
        return []
    rows = session.exec(
        select(ItemRow, FingerprintRow.fingerprint)
        .join(FingerprintRow, col(FingerprintRow.item_id) == col(ItemRow.id))
        .where(is_one_of(ItemRow.id, candidates))
    )
    return [
        row
        for row, data in rows
        if similarity(fingerprint, Fingerprint.from_bytes(data)) >= SAME_STORY
    ]
