"""Use case: each community's codebook, which changes, and keeps its history.

1. The first version is what the operator's file, or the starter, says. Where a community changed
   nothing itself, a changed file is simply the next version.
2. People propose a change and see what it would do; whoever accepts it makes the next version,
   unless the codebook became another one meanwhile. In the same transaction everything that is kept
   under labels that moved is carried to where they are now, and what was decided is counted again.
3. Where both the community and the file changed, the community's codebook holds, and `is_behind`
   says so until somebody takes the file (`take_source`) or leaves it (`keep_own`).

Whoever asks for a taxonomy gets that of the newest version, always.
"""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from core.codebook import Change, adopted, carried, changes, history
from core.codebook_operations import Operation, applied
from core.codebook_versions import OF_PEOPLE, Origin, Proposal, Source, Version
from core.domain import Community, LabelPath, MemberRef
from core.errors import BadChange, ChangedMeanwhile
from core.ports import Clock
from core.store.repository import Repository
from core.taxonomy import Label, Taxonomy, parse

log = logging.getLogger(__name__)

Recount = Callable[[int], object]
Sources = Callable[[Community], Source]


@dataclass(frozen=True, slots=True)
class Accepted:
    """What became of a proposal.

    Attributes:
        version: the new one.
        carried: ids of items whose labels or votes went elsewhere.
        asks_otherwise: models are asked something else now, so items are to be labelled again.
    """

    version: Version
    carried: tuple[int, ...]
    asks_otherwise: bool


@dataclass(frozen=True, slots=True)
class _Read:
    """A version that was read; its content is known again by its hash, so it is never stale."""

    number: int
    hash: str
    taxonomy: Taxonomy


class Codebooks:
    """Keeps codebooks. Safe to share between threads.

    Args:
        repository: keeps versions and proposals.
        sources: what the operator gives a community to begin with.
        clock: tells when.

    Attributes:
        recount: counts an item's votes again; relabel: has items labelled again, because a file
            changed. Both are set when there is somebody who can.
    """

    def __init__(
        self,
        repository: Repository,
        sources: Sources,
        clock: Clock,
    ) -> None:
        self._repository = repository
        self._sources = sources
        self._clock = clock
        self._read: dict[int, _Read] = {}
        self._looked_at: dict[int, str] = {}
        self.recount: Recount | None = None
        self.relabel: Callable[[Community, Version], object] | None = None

    # ── what holds ───────────────────────────────────────────────────────────────────────────────

    def taxonomy(self, community: Community) -> Taxonomy:
        """The newest version's taxonomy."""
        return self._newest(community).taxonomy

    def version(self, community: Community) -> str:
        """The number of the newest version, for whoever writes down under which one something was
        said: "3"."""
        return str(self._head(community)[0])

    def newest(self, community: Community) -> Version:
        """The newest version."""
        self._newest(community)
        found = self._repository.codebook_version(community.id)
        assert found is not None  # the first one was kept just now, at the latest
        return found

    def versions(self, community: Community) -> list[Version]:
        """All versions, oldest first."""
        self._newest(community)
        return self._repository.codebook_versions(community.id)

    def history(self, community: Community, label: Label) -> list[tuple[Version, list[Change]]]:
        """What became of a label, under whatever path: versions with changes of it, newest first.

        Where the very first version had it, that one ends the list, without changes.
        """
        versions = {each.number: each for each in self.versions(community)}
        found: list[tuple[Version, list[Change]]] = [
            (versions[number], said)
            for number, said in history(
                {number: each.changes for number, each in versions.items()}, label
            ).items()
        ]
        first = versions[min(versions)]
        began = parse(first.text)
        if any(began.known(path) is not None for path in (label.path, *label.was)):
            found.append((first, []))
        return found

    def is_behind(self, community: Community) -> bool:
        """Whether the operator's file changed under a codebook that the community changed, too, and
        nobody has said yet which one holds."""
        newest = self.newest(community)
        return newest.source_hash != self._sources(community).hash

    # ── changing ─────────────────────────────────────────────────────────────────────────────────

    def propose(
        self,
        community: Community,
        operations: Sequence[Operation],
        *,
        by: MemberRef | None = None,
        note: str | None = None,
    ) -> Proposal:
        """Keep a change for somebody to accept; nothing else happens.

        Args:
            operations: one after the other; at least one.
            by: who proposes it.
            note: why, in their words.

        Raises:
            UnknownLabel, BadChange: it cannot be done.
        """
        newest = self.newest(community)
        text = newest.text
        for operation in operations:
            text = applied(text, operation)
        return self._propose(newest, text, cause="chat", by=by, note=note)

    def propose_file(
        self,
        community: Community,
        text: str,
        *,
        source: str = "taxonomy",
        by: MemberRef | None = None,
        note: str | None = None,
    ) -> Proposal:
        """Keep a whole file as a change. Labels that it leaves out would be retired, not forgotten.

        Raises:
            BadTaxonomy: it cannot be used.
            BadChange: it says nothing new.
        """
        newest = self.newest(community)
        text = adopted(text, parse(newest.text), source=source)
        return self._propose(newest, text, cause="applied", by=by, note=note)

    def proposal(self, community: Community, proposal_id: int) -> Proposal:
        """A proposal that is still open.

        Raises:
            ChangedMeanwhile: it was accepted or cancelled, or the codebook is another one by now.
        """
        found = self._repository.codebook_proposal(community.id, proposal_id)
        number = self._newest(community).number
        if found is None or found.state != "open" or found.base != number:
            raise ChangedMeanwhile(
                f"The proposal is closed, or the codebook is at version {number} by now. Propose "
                "it again.",
                number=number,
                reason="closed" if found is None or found.state != "open" else "newer",
            )
        return found

    def accept(
        self, community: Community, proposal_id: int, *, by: MemberRef | None = None
    ) -> Accepted:
        """Let a proposal be the next version.

        Raises:
            ChangedMeanwhile: see `proposal`.
        """
        with self._repository.transaction():
            proposal = self.proposal(community, proposal_id)
            newest = self.newest(community)
            accepted = self._advance(
                community,
                newest,
                proposal.text,
                cause=proposal.cause,
                source_hash=newest.source_hash,
                by=by or proposal.by,
                note=proposal.note,
            )
            self._repository.close_codebook_proposal(proposal.id, "accepted")
            return accepted

    def cancel(self, community: Community, proposal_id: int) -> None:
        """Put a proposal away; one that is closed already stays as it is."""
        found = self._repository.codebook_proposal(community.id, proposal_id)
        if found is not None and found.state == "open":
            self._repository.close_codebook_proposal(found.id, "cancelled")

    def change(
        self,
        community: Community,
        operations: Sequence[Operation],
        *,
        by: MemberRef | None = None,
        note: str | None = None,
    ) -> Accepted:
        """Propose and accept at once, for a change that was agreed on elsewhere."""
        with self._repository.transaction():
            proposal = self.propose(community, operations, by=by, note=note)
            return self.accept(community, proposal.id, by=by)

    # ── the operator's file ──────────────────────────────────────────────────────────────────────

    def take_source(self, community: Community, *, by: MemberRef | None = None) -> Proposal:
        """Propose what the operator's file says now in the place of the community's own changes.

        Raises:
            BadChange: it says what the codebook says.
        """
        source = self._sources(community)
        newest = self.newest(community)
        text = adopted(source.text, parse(newest.text), source=source.name)
        return self._propose(newest, text, cause=source.origin, by=by, note=None)

    def keep_own(self, community: Community) -> None:
        """Leave the operator's file as it is now; `is_behind` speaks up when it changes again."""
        newest = self.newest(community)
        self._repository.set_codebook_source(
            community.id, newest.number, self._sources(community).hash
        )

    # ── inside ───────────────────────────────────────────────────────────────────────────────────

    def _propose(
        self, newest: Version, text: str, *, cause: Origin, by: MemberRef | None, note: str | None
    ) -> Proposal:
        said = changes(parse(newest.text), parse(text))
        if not said:
            raise BadChange("That is what the codebook says already.", reason="nothing")
        return self._repository.add_codebook_proposal(
            Proposal(
                id=0,
                community=newest.community,
                base=newest.number,
                at=self._clock.now(),
                cause=cause,
                text=text,
                changes=said,
                state="open",
                by=by,
                note=note,
            )
        )

    def _newest(self, community: Community) -> _Read:
        """The newest version, read once."""
        head = self._head(community)
        found = self._read.get(community.id)
        if found is None or (found.number, found.hash) != head:
            version = self._repository.codebook_version(community.id, head[0])
            assert version is not None
            found = _Read(*head, parse(version.text))
            self._read[community.id] = found
        return found

    def _head(self, community: Community) -> tuple[int, str]:
        """The newest version's number and hash; the first one is made, a changed file looked at.
        Nothing is parsed for it unless the file changed: a start must be quick."""
        head = self._repository.codebook_head(community.id)
        source = self._sources(community)
        if head is None or self._looked_at.get(community.id) != source.hash:
            self._look_at(community, source)
            self._looked_at[community.id] = source.hash
            head = self._repository.codebook_head(community.id)
            assert head is not None
        return head

    def _look_at(self, community: Community, source: Source) -> None:
        """Make the first version, or the next one where only the file changed."""
        with self._repository.transaction():
            newest = self._repository.codebook_version(community.id)
            if newest is None:
                self._repository.add_codebook_version(
                    Version(
                        community=community.id,
                        number=1,
                        parent=None,
                        at=self._clock.now(),
                        cause=source.origin,
                        text=source.text,
                        changes=(),
                        source_hash=source.hash,
                    )
                )
                return
            if newest.source_hash == source.hash:
                return
            text = adopted(source.text, parse(newest.text), source=source.name)
            if not changes(parse(newest.text), parse(text)):
                self._repository.set_codebook_source(community.id, newest.number, source.hash)
                return
            versions = self._repository.codebook_versions(community.id)
            if any(each.cause in OF_PEOPLE for each in versions):
                log.warning(
                    "%s changed, and so did the codebook of community=%s, which holds; "
                    "`commonplace taxonomy take` takes the file",
                    source.name,
                    community.id,
                )
                return
            accepted = self._advance(
                community, newest, text, cause=source.origin, source_hash=source.hash
            )
            if accepted.asks_otherwise and self.relabel is not None:
                self.relabel(community, accepted.version)

    def _advance(
        self,
        community: Community,
        newest: Version,
        text: str,
        *,
        cause: Origin,
        source_hash: str,
        by: MemberRef | None = None,
        note: str | None = None,
    ) -> Accepted:
        """Make a version, carry what moved, and count again; in a transaction."""
        before, after = parse(newest.text), parse(text)
        if cause not in OF_PEOPLE:
            source_hash = self._sources(community).hash
        version = Version(
            community=community.id,
            number=newest.number + 1,
            parent=newest.number,
            at=self._clock.now(),
            cause=cause,
            text=text,
            changes=changes(before, after),
            source_hash=source_hash,
            by=by,
            note=note,
        )
        self._repository.add_codebook_version(version)
        moved = self._repository.carry(
            community.id, carried(before, after), position=after.position
        )
        for item_id in moved:
            if self.recount is not None:
                self.recount(item_id)
        shown = [path for each in version.changes for path in each.paths]
        for item_id in self._repository.carriers(community.id, shown):
            self._repository.mark_stale(item_id)  # cards call labels by their names
        log.info(
            "codebook community=%s version=%s changes=%s carried=%s",
            community.id,
            version.number,
            len(version.changes),
            len(moved),
        )
        return Accepted(version, tuple(moved), is_asked_otherwise(before, after))


def is_asked_otherwise(before: Taxonomy, after: Taxonomy) -> bool:
    """Whether models are asked something else, or what follows from their answers is."""

    def asked(taxonomy: Taxonomy) -> Mapping[LabelPath, object]:
        return {
            label.path: (label.hypotheses, taxonomy.threshold(label.path))
            for label in taxonomy.walk()
        }

    def rules(taxonomy: Taxonomy) -> Sequence[object]:
        return [(each.id, each.choice, each.most) for each in taxonomy.dimensions]

    return asked(before) != asked(after) or rules(before) != rules(after)
