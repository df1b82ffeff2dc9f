"""Whole items out of one store and into another, row by row, members under other names.

An item's copy is a JSON object: `item`, and a list of rows for each table that hangs on it. How
rows are told is in `core.store.telling`; what a community has besides items, in
`core.store.furnishing`.
"""

from collections.abc import Collection, Iterator, Sequence
from typing import Any

from sqlalchemy import insert
from sqlmodel import Session, col, select

from core.domain import MemberRef, State
from core.fingerprints import fingerprint
from core.ports import KeywordIndex
from core.store.database import Database
from core.store.filters import is_one_of
from core.store.labels import hypotheses
from core.store.rows import folded, lead, site_folded
from core.store.stories import set_fingerprints
from core.store.tables import (
    AddressRow,
    AnswerRow,
    CommunityRow,
    DocumentRow,
    GivenFileRow,
    GivenRow,
    HypothesisRow,
    ItemLabelRow,
    ItemRow,
    LabellingRow,
    MemberRow,
    MovedRow,
    ShareRow,
    SummaryRow,
    VoteRow,
)
from core.store.tables_decisions import DecisionRow, RulingRow
from core.store.tables_digests import PickRow
from core.store.telling import Copy, Rename, Teller, agreed, read

PARTS: dict[str, type[Any]] = {
    "given": GivenRow,
    "file": GivenFileRow,
    "addresses": AddressRow,
    "moved": MovedRow,
    "document": DocumentRow,
    "summary": SummaryRow,
    "labels": ItemLabelRow,
    "shares": ShareRow,
    "votes": VoteRow,
    "rulings": RulingRow,
    "decisions": DecisionRow,
    "labellings": LabellingRow,
    "pick": PickRow,
}
VOICES = ("votes", "rulings", "decisions")
"""What tells of single members' judgements."""


class Copying:
    """Reads copies of items, and adds items that are copies."""

    _database: Database
    _keywords: KeywordIndex

    def consenting(self, item_ids: Collection[int]) -> dict[int, dict[MemberRef, bool]]:
        """Who handed items in, and whether each lets their own words be used (/consent)."""
        rows = (
            select(ShareRow.item_id, ShareRow.member_platform, ShareRow.member, MemberRow.may_train)
            .outerjoin(
                MemberRow,
                (col(MemberRow.platform) == col(ShareRow.member_platform))
                & (col(MemberRow.member) == col(ShareRow.member)),
            )
            .where(is_one_of(ShareRow.item_id, item_ids))
            .order_by(col(ShareRow.id))
        )
        found: dict[int, dict[MemberRef, bool]] = {}
        with self._database.reading() as session:
            for item_id, platform, member, may_train in session.execute(rows):
                found.setdefault(item_id, {})[MemberRef(platform, member)] = bool(may_train)
        return found

    def notes(self, item_ids: Collection[int]) -> dict[int, list[str]]:
        """What members wrote beside items, of those who let their own words be used."""
        rows = (
            select(ShareRow.item_id, ShareRow.note)
            .join(
                MemberRow,
                (col(MemberRow.platform) == col(ShareRow.member_platform))
                & (col(MemberRow.member) == col(ShareRow.member)),
            )
            .where(
                is_one_of(ShareRow.item_id, item_ids),
                col(ShareRow.note).is_not(None),
                col(MemberRow.may_train).is_(True),
            )
            .order_by(col(ShareRow.shared_at), col(ShareRow.id))
        )
        found: dict[int, list[str]] = {}
        with self._database.reading() as session:
            for item_id, note in session.execute(rows):
                found.setdefault(item_id, []).append(note)
        return found

    def all_ids(self, community_id: int) -> list[int]:
        """The ids of a community's items, whatever their state, in the order of their numbers."""
        with self._database.reading() as session:
            ids = select(ItemRow.id).where(col(ItemRow.community_id) == community_id)
            return [id_ for id_ in session.exec(ids.order_by(col(ItemRow.number))) if id_]

    def numbers_used(self, community_id: int) -> int:
        """The highest number that an item of a community ever had."""
        with self._database.reading() as session:
            return session.get_one(CommunityRow, community_id).last_number

    # ── out ──────────────────────────────────────────────────────────────────────────────────────

    def copies(
        self, item_ids: Sequence[int], *, rename: Rename, with_voices: bool
    ) -> Iterator[Copy]:
        """Copies of items, in that order; removed ones are left out.

        Args:
            item_ids: some hundred at most, as all are in memory.
            rename: what a member is called in the copy.
            with_voices: also who said what of labels, and the log of that; without it, what was
                decided stands as if an import had said it.
        """
        with self._database.reading() as session:
            teller = Teller(rename, agreed(session))
            rows = session.exec(select(ItemRow).where(is_one_of(ItemRow.id, item_ids)))
            copies: dict[int, Copy] = {row.id: {"item": teller.tell(row)} for row in rows if row.id}
            for name, table in PARTS.items():
                if name in VOICES and not with_voices:
                    continue
                for row in session.exec(_hanging(table, list(copies))):
                    told = teller.tell(row)
                    if name == "labellings":
                        told["answers"] = _answers(session, row.id)
                    elif name == "labels" and not with_voices:
                        told["base"] = told["status"]
                    copies[row.item_id].setdefault(name, []).append(told)
        yield from (copies[id_] for id_ in item_ids if id_ in copies)

    # ── in ───────────────────────────────────────────────────────────────────────────────────────

    def add_copies(
        self, community_id: int, copies: Sequence[Copy], *, platform: str, keep_numbers: bool
    ) -> list[int | None]:
        """Add items that are copies.

        Args:
            community_id: whose they become.
            copies: as `copies` makes them; what is not as it should be raises KeyError, TypeError
                or ValueError, and nothing is added.
            platform: of the members that the copies name.
            keep_numbers: give them the numbers that they had; the community must have none of them.

        Returns:
            Their ids, in that order; None for one that is known already by an address or an
            import's id.
        """
        with self._database.transaction() as session:
            return [
                self._add(session, community_id, copy, platform=platform, keep=keep_numbers)
                for copy in copies
            ]

    def burn_numbers(self, community_id: int, last: int) -> None:
        """Let no item get a number that another library has used."""
        with self._database.transaction() as session:
            community = session.get_one(CommunityRow, community_id)
            community.last_number = max(community.last_number, last)

    def _add(
        self, session: Session, community_id: int, copy: Copy, *, platform: str, keep: bool
    ) -> int | None:
        facts = read(ItemRow, copy["item"])
        addresses = [row["address"] for row in copy.get("addresses", ())]
        if _is_known(session, community_id, addresses, facts.get("external_id")):
            return None
        community = session.get_one(CommunityRow, community_id)
        number = int(facts.pop("number")) if keep else community.last_number + 1
        facts.pop("number", None)
        community.last_number = max(community.last_number, number)
        if facts["state"] not in (State.DONE, State.FAILED):
            facts["state"] = State.RECEIVED  # what it was in the middle of begins anew
        item = ItemRow(**facts, community_id=community_id, number=number)
        session.add(item)
        session.flush()
        assert item.id is not None
        lead(session, item, addresses)
        is_begun = item.state != State.RECEIVED
        for name, table in PARTS.items():
            if name in ("document", "summary", "labellings") and not is_begun:
                continue
            if name == "addresses" or (name == "moved" and not keep):
                continue
            for row in copy.get(name, ()):
                self._add_row(session, table, row, item, platform=platform)
        session.flush()
        if (document := session.get(DocumentRow, item.id)) is not None:
            set_fingerprints(
                session.connection(), community_id, {item.id: fingerprint(document.text)}
            )
            session.expire(item)
            if item.state == State.DONE:
                self._keywords.index(
                    community_id, item.id or 0, title=document.title or "", body=document.text
                )
        return item.id

    def _add_row(
        self, session: Session, table: type[Any], row: Copy, item: ItemRow, *, platform: str
    ) -> None:
        facts = read(table, row, platform=platform)
        facts |= {"item_id": item.id, "community_id": item.community_id}
        if table is DocumentRow:
            facts["author_folded"] = folded(facts.get("author"))
            facts["site_folded"] = site_folded(facts.get("site"), facts.get("url"))
        if table is MovedRow:
            # an id that no item has or ever gets: only the number leads here
            facts["moved_id"] = -(item.community_id << 32 | facts["moved_number"])
        added = table(**facts)
        session.add(added)
        if table is LabellingRow:
            session.flush()
            _add_answers(session, added, row.get("answers", ()))


def _hanging(table: type[Any], item_ids: Collection[int]) -> Any:
    keys = [col(getattr(table, each.name)) for each in table.__table__.primary_key]
    return select(table).where(is_one_of(table.item_id, item_ids)).order_by(*keys)


def _is_known(
    session: Session, community_id: int, addresses: Sequence[str], external_id: str | None
) -> bool:
    """Whether there is such an item: of that id, or at that address; words alone tell only those
    that have neither."""
    if external_id is not None:
        imported = select(ItemRow.id).where(
            col(ItemRow.community_id) == community_id, col(ItemRow.external_id) == external_id
        )
        if session.exec(imported).first() is not None:
            return True
    links = [each for each in addresses if not each.startswith("text:")]
    telling = links or ([] if external_id is not None else list(addresses))
    leads = select(AddressRow.item_id).where(
        col(AddressRow.community_id) == community_id, is_one_of(AddressRow.address, telling)
    )
    return session.exec(leads).first() is not None


def _answers(session: Session, labelling_id: int) -> list[list[Any]]:
    """Each question of a labelling: path, hypothesis, probability, threshold."""
    rows = (
        select(AnswerRow.path, HypothesisRow.text, AnswerRow.probability, AnswerRow.threshold)
        .join(HypothesisRow, col(HypothesisRow.id) == col(AnswerRow.hypothesis_id))
        .where(col(AnswerRow.labelling_id) == labelling_id)
        .order_by(col(AnswerRow.position))
    )
    return [list(row) for row in session.execute(rows)]


def _add_answers(session: Session, labelling: LabellingRow, answers: Sequence[Any]) -> None:
    ids = hypotheses(session, labelling.community_id, {text for _, text, _, _ in answers})
    rows = [
        {
            "labelling_id": labelling.id,
            "position": position,
            "community_id": labelling.community_id,
            "path": path,
            "hypothesis_id": ids[text],
            "probability": float(probability),
            "threshold": float(threshold),
        }
        for position, (path, text, probability, threshold) in enumerate(answers)
    ]
    if rows:
        session.execute(insert(AnswerRow), rows)
