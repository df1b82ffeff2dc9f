"""What the two indexes hold of the items: which are there, and how they are filled again."""

from collections.abc import Collection

from sqlalchemy import delete, update
from sqlmodel import Session, col, select

from core.domain import State
from core.fingerprints import Fingerprint, fingerprint
from core.ports import KeywordIndex
from core.store.database import Database
from core.store.filters import is_one_of
from core.store.rows import folded, get_item, id_of, site_folded
from core.store.stories import set_fingerprints
from core.store.tables import (
    DocumentRow,
    FingerprintBandRow,
    FingerprintRow,
    ItemRow,
    ShareRow,
)


class Indexing:
    """Fills the keyword index, and keeps account of the vector index."""

    _database: Database
    _keywords: KeywordIndex

    def set_embedded(self, item_ids: Collection[int], version: str | None) -> None:
        """Write down with which embedder's version items are in the vector index; None: they are
        not."""
        with self._database.transaction() as session:
            session.execute(
                update(ItemRow)
                .where(is_one_of(ItemRow.id, item_ids))
                .values(embedded_with=version, attempts=0)
                .execution_options(synchronize_session=False)
            )

    def is_embedded(self, item_id: int) -> bool:
        """Whether the vector index holds an item as it is now (for whatever embedder)."""
        with self._database.reading() as session:
            return get_item(session, item_id).embedded_with is not None

    def clear_indexes(self, community_id: int) -> list[int]:
        """Forget what is made from a community's documents: words, fingerprints, stories.

        Returns:
            The ids of the items to `refresh`: all that have a document, oldest first.
        """
        with self._database.transaction() as session:
            self._keywords.clear(community_id)
            for table in (FingerprintBandRow, FingerprintRow):
                session.execute(delete(table).where(col(table.community_id) == community_id))
            session.execute(
                update(ItemRow)
                .where(col(ItemRow.community_id) == community_id)
                .values(story_id=None, embedded_with=None, attempts=0)
            )
            return list(
                session.exec(
                    select(DocumentRow.item_id)
                    .where(col(DocumentRow.community_id) == community_id)
                    .order_by(col(DocumentRow.item_id))
                )
            )

    def compact_words(self, community_id: int) -> None:
        """Let nothing be left of the words of a community's removed items; may take a while."""
        with self._database.transaction():
            self._keywords.compact(community_id)

    def refresh(self, item_ids: Collection[int]) -> None:
        """Make words, fingerprints, stories and folded names of items anew.

        Items that are not finished are left out of the words; they come in when they are done.
        """
        with self._database.transaction() as session:
            fingerprints: dict[int, dict[int, Fingerprint]] = {}
            for item_id in item_ids:
                item = get_item(session, item_id)
                document = session.get_one(DocumentRow, item_id)
                document.author_folded = folded(document.author)
                document.site_folded = site_folded(document.site, document.url)
                if session.get(FingerprintRow, item_id) is None:
                    own = fingerprints.setdefault(item.community_id, {})
                    own[item_id] = fingerprint(document.text)
                if item.state == State.DONE:
                    index_words(session, self._keywords, item)
            session.flush()
            for community_id, own in fingerprints.items():
                set_fingerprints(session.connection(), community_id, own)
            shares = select(ShareRow).where(is_one_of(ShareRow.item_id, item_ids))
            for share in session.exec(shares):
                share.member_name_folded = folded(share.member_name)


def index_words(session: Session, keywords: KeywordIndex, item: ItemRow) -> None:
    """Put an item's words into the keyword index, in the transaction of its session."""
    document = session.get_one(DocumentRow, id_of(item))
    keywords.index(item.community_id, id_of(item), title=document.title or "", body=document.text)
