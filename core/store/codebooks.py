"""The codebook's versions and proposals, and what one person did with them."""

from dataclasses import asdict
from typing import Any, Literal, cast

from sqlalchemy import update
from sqlmodel import Session, col, select

from core.codebook import Change
from core.codebook_versions import Origin, Proposal, Version, hash_of
from core.domain import LabelPath, MemberRef
from core.store.database import Database
from core.store.tables_codebook import CodebookProposalRow, CodebookVersionRow


class Codebooks:
    """Reads and writes versions and proposals."""

    _database: Database

    # ── versions ─────────────────────────────────────────────────────────────────────────────────

    def codebook_head(self, community_id: int) -> tuple[int, str] | None:
        """The number of a community's newest version and the hash of its text; None: none yet."""
        newest = (
            select(CodebookVersionRow.number, CodebookVersionRow.hash)
            .where(col(CodebookVersionRow.community_id) == community_id)
            .order_by(col(CodebookVersionRow.number).desc())
            .limit(1)
        )
        with self._database.reading() as session:
            found = session.exec(newest).first()
            return None if found is None else (found[0], found[1])

    def codebook_version(self, community_id: int, number: int | None = None) -> Version | None:
        """A version, the newest if none is named; None if there is no such."""
        wanted = select(CodebookVersionRow).where(
            col(CodebookVersionRow.community_id) == community_id
        )
        if number is not None:
            wanted = wanted.where(col(CodebookVersionRow.number) == number)
        with self._database.reading() as session:
            row = session.exec(wanted.order_by(col(CodebookVersionRow.number).desc())).first()
            return None if row is None else _version(row)

    def codebook_versions(self, community_id: int) -> list[Version]:
        """All versions of a community, oldest first."""
        with self._database.reading() as session:
            rows = session.exec(
                select(CodebookVersionRow)
                .where(col(CodebookVersionRow.community_id) == community_id)
                .order_by(col(CodebookVersionRow.number))
            )
            return [_version(row) for row in rows]

    def add_codebook_version(self, version: Version) -> None:
        """Keep a version; there must be none of its number."""
        with self._database.transaction() as session:
            session.add(
                CodebookVersionRow(
                    community_id=version.community,
                    number=version.number,
                    parent=version.parent,
                    at=version.at,
                    cause=version.cause,
                    text=version.text,
                    hash=hash_of(version.text),
                    changes=_objects(version.changes),
                    source_hash=version.source_hash,
                    note=version.note,
                    **_member(version.by),
                )
            )

    def set_codebook_source(self, community_id: int, number: int, source_hash: str) -> None:
        """Write down that a file was looked at, whatever came of it."""
        with self._database.transaction() as session:
            session.execute(
                update(CodebookVersionRow)
                .where(
                    col(CodebookVersionRow.community_id) == community_id,
                    col(CodebookVersionRow.number) == number,
                )
                .values(source_hash=source_hash)
            )

    # ── proposals ────────────────────────────────────────────────────────────────────────────────

    def add_codebook_proposal(self, proposal: Proposal) -> Proposal:
        """Keep a proposal; it gets an id."""
        with self._database.transaction() as session:
            row = CodebookProposalRow(
                community_id=proposal.community,
                base=proposal.base,
                at=proposal.at,
                text=proposal.text,
                changes=_objects(proposal.changes),
                cause=proposal.cause,
                state=proposal.state,
                note=proposal.note,
                **_member(proposal.by),
            )
            session.add(row)
            session.flush()
            return _proposal(row)

    def codebook_proposal(self, community_id: int, proposal_id: int) -> Proposal | None:
        """A community's proposal; None if it has no such."""
        with self._database.reading() as session:
            row = session.get(CodebookProposalRow, proposal_id)
            if row is None or row.community_id != community_id:
                return None
            return _proposal(row)

    def open_codebook_proposals(self, community_id: int) -> list[Proposal]:
        """What waits for somebody, oldest first."""
        with self._database.reading() as session:
            rows = session.exec(
                select(CodebookProposalRow)
                .where(
                    col(CodebookProposalRow.community_id) == community_id,
                    col(CodebookProposalRow.state) == "open",
                )
                .order_by(col(CodebookProposalRow.id))
            )
            return [_proposal(row) for row in rows]

    def close_codebook_proposal(
        self, proposal_id: int, state: Literal["accepted", "cancelled"]
    ) -> None:
        """Write down what became of a proposal."""
        with self._database.transaction() as session:
            session.get_one(CodebookProposalRow, proposal_id).state = state

    # ── one person's ─────────────────────────────────────────────────────────────────────────────

    def codebook_versions_by(self, member: MemberRef) -> list[Version]:
        """The versions that a member accepted, oldest first."""
        with self._database.reading() as session:
            rows = session.exec(
                select(CodebookVersionRow)
                .where(
                    col(CodebookVersionRow.member_platform) == member.platform,
                    col(CodebookVersionRow.member) == member.id,
                )
                .order_by(col(CodebookVersionRow.id))
            )
            return [_version(row) for row in rows]


def forget_editor(session: Session, member: MemberRef) -> None:
    """Let no version and no proposal name a member, in the transaction of a session."""
    for table in (CodebookVersionRow, CodebookProposalRow):
        session.execute(
            update(table)
            .where(col(table.member_platform) == member.platform, col(table.member) == member.id)
            .values(member_platform=None, member=None)
        )


# ── rows and values ──────────────────────────────────────────────────────────────────────────────


def _version(row: CodebookVersionRow) -> Version:
    return Version(
        community=row.community_id,
        number=row.number,
        parent=row.parent,
        at=row.at,
        cause=cast("Origin", row.cause),
        text=row.text,
        changes=_changes(row.changes),
        source_hash=row.source_hash,
        by=_by(row),
        note=row.note,
    )


def _proposal(row: CodebookProposalRow) -> Proposal:
    assert row.id is not None
    return Proposal(
        id=row.id,
        community=row.community_id,
        base=row.base,
        at=row.at,
        cause=cast("Origin", row.cause),
        text=row.text,
        changes=_changes(row.changes),
        state=cast("Literal['open', 'accepted', 'cancelled']", row.state),
        by=_by(row),
        note=row.note,
    )


def _by(row: CodebookVersionRow | CodebookProposalRow) -> MemberRef | None:
    if row.member_platform is None or row.member is None:
        return None
    return MemberRef(row.member_platform, row.member)


def _member(by: MemberRef | None) -> dict[str, Any]:
    return {
        "member_platform": None if by is None else by.platform,
        "member": None if by is None else by.id,
    }


def _objects(changes: tuple[Change, ...]) -> list[dict[str, Any]]:
    return [
        {key: value for key, value in asdict(each).items() if value not in (None, ())}
        for each in changes
    ]


def _changes(objects: list[dict[str, Any]]) -> tuple[Change, ...]:
    return tuple(
        Change(**each | {"into": tuple(LabelPath(path) for path in each.get("into", ()))})
        for each in objects
    )
