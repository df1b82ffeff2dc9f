"""Stories: items whose texts are nearly the same, under whatever address.

A story is a connected component: an item joins every item like enough to it, and thereby all of
their stories become one. So it makes no difference in which order the items came.
"""

from collections import Counter
from collections.abc import Iterable, Mapping

from sqlalchemy import Connection, func, insert, update
from sqlmodel import col, select

from core.fingerprints import SAME_STORY, Fingerprint, similarity
from core.store.filters import is_one_of
from core.store.tables import FingerprintBandRow, FingerprintRow, ItemRow

MAX_PER_BAND = 16
MAX_CANDIDATES = 64
"""How many items are compared in full: of each band the oldest, of these the ones that share most
bands. A thousand copies of one form letter need not all be compared to find their story."""


def set_fingerprints(
    connection: Connection, community_id: int, fingerprints: Mapping[int, Fingerprint]
) -> None:
    """Keep the fingerprints of items that have none, and let the items join their stories.

    Args:
        connection: in whose transaction.
        fingerprints: by the items' ids.
    """
    likes = _likes(connection, community_id, fingerprints)
    rows = [
        {"item_id": id_, "community_id": community_id, "fingerprint": own.to_bytes()}
        for id_, own in fingerprints.items()
    ]
    bands = [
        {"community_id": community_id, "band": band, "item_id": id_}
        for id_, own in fingerprints.items()
        for band in set(own.bands)
    ]
    for table, values in ((FingerprintRow, rows), (FingerprintBandRow, bands)):
        if values:
            connection.execute(insert(table), values)
    if likes:
        _join(connection, community_id, likes)


def _join(connection: Connection, community_id: int, likes: Iterable[tuple[int, int]]) -> None:
    """Give all items that are like each other one story id: the least among them."""
    ids = {id_ for pair in likes for id_ in pair}
    listed = select(ItemRow.id, ItemRow.story_id).where(is_one_of(ItemRow.id, ids))
    story = {id_: story_id or id_ for id_, story_id in connection.execute(listed)}
    above = {each: each for each in story.values()}

    def top(node: int) -> int:
        while above[node] != node:
            node = above[node]
        return node

    for one, other in likes:
        low, high = sorted((top(story[one]), top(story[other])))
        above[high] = low
    for old in above:
        # the story as it was, and the item that was alone and whose id names it
        connection.execute(
            update(ItemRow)
            .where(
                col(ItemRow.community_id) == community_id,
                (col(ItemRow.story_id) == old)
                | (col(ItemRow.story_id).is_(None) & (col(ItemRow.id) == old)),
            )
            .values(story_id=top(old))
        )


def _likes(
    connection: Connection, community_id: int, fingerprints: Mapping[int, Fingerprint]
) -> list[tuple[int, int]]:
    """Pairs of items that tell the same: a new one and an older one, or two new ones."""
    holders = _holders(
        connection, community_id, {band for own in fingerprints.values() for band in own.bands}
    )
    candidates: dict[int, list[int]] = {}
    for id_, own in fingerprints.items():
        shared = Counter(other for band in own.bands for other in holders.get(band, ()))
        candidates[id_] = [other for other, _ in shared.most_common(MAX_CANDIDATES)]
        for band in own.bands:
            if len(others := holders.setdefault(band, [])) < MAX_PER_BAND:
                others.append(id_)
    older = {other for others in candidates.values() for other in others} - fingerprints.keys()
    known = dict(fingerprints)
    if older:
        stored = select(FingerprintRow.item_id, FingerprintRow.fingerprint).where(
            is_one_of(FingerprintRow.item_id, older)
        )
        for other, data in connection.execute(stored):
            known[other] = Fingerprint.from_bytes(data)
    return [
        (id_, other)
        for id_, others in candidates.items()
        for other in others
        if similarity(known[id_], known[other]) >= SAME_STORY
    ]


def _holders(connection: Connection, community_id: int, bands: set[int]) -> dict[int, list[int]]:
    """The oldest items that hold each band."""
    band, item_id = col(FingerprintBandRow.band), col(FingerprintBandRow.item_id)
    place = func.row_number().over(partition_by=band, order_by=item_id).label("place")
    held = (
        select(band, item_id, place)
        .where(
            col(FingerprintBandRow.community_id) == community_id,
            is_one_of(FingerprintBandRow.band, bands),
        )
        .subquery()
    )
    oldest = select(held.c.band, held.c.item_id).where(held.c.place <= MAX_PER_BAND)
    holders: dict[int, list[int]] = {}
    for each, holder in connection.execute(oldest.order_by(held.c.item_id)):
        holders.setdefault(each, []).append(holder)
    return holders
