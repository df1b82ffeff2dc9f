"""Use case: what items' labels are is decided anew from rows, written down and logged.

Whatever changes votes, rulings, suggestions, customs or the taxonomy has the items that it concerns
counted again here, with the cause. All of it, from reading votes to marking cards stale, is one
transaction.
"""

import logging
import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager

from core.deciding import decide, tallies
from core.domain import Cause, Community, Item, LabelPath, LabelStatus, Tally
from core.ports import Clock
from core.store.repository import Repository
from core.store.standings import Change, Standing
from core.taxonomy import Taxonomy

log = logging.getLogger(__name__)

RECOUNT = Cause("recount")
"""Nothing but counting again."""

BATCH = 2_000  # items: some tens of thousands of votes in memory at a time

_UNDECIDED = (None, LabelStatus.SUGGESTED)


class Recounting:
    """Decides anew, and keeps the log.

    Args:
        repository: keeps votes, rulings, statuses and the log.
        taxonomies: a community's taxonomy.
        clock: tells when something was decided.
        codebook_version: the version of a community's codebook; None: a digest of its taxonomy.
    """

    def __init__(
        self,
        repository: Repository,
        taxonomies: Callable[[Community], Taxonomy],
        clock: Clock,
        codebook_version: Callable[[Community], str] | None = None,
    ) -> None:
        self._repository = repository
        self._taxonomies = taxonomies
        self._clock = clock
        self._codebook_version = codebook_version or (lambda each: taxonomies(each).digest)

    def recount(self, item_id: int, *, cause: Cause = RECOUNT) -> Item:
        """Decide one item anew; its cards are to be edited, whatever came of it.

        Returns:
            The item as it stands then.

        Raises:
            UnknownItem: it was removed.
        """
        with self.around(item_id, cause=cause):
            pass
        return self._repository.item_by_id(item_id)

    @contextmanager
    def around(self, item_id: int, *, cause: Cause) -> Iterator[None]:
        """Decide one item anew after whatever is done inside, such as labelling it again.

        What the log calls "before" is how the item stood at the beginning.

        Raises:
            UnknownItem: it was removed.
        """
        with self._repository.transaction():
            item = self._repository.item_by_id(item_id)
            before = self._repository.standings([item.id])
            yield
            now = self._repository.item_by_id(item_id)  # it may have become another one inside
            community = self._repository.community_by_id(now.community)
            if now.id != item.id:
                before = {}
            self._recount(community, [now.id], cause=cause, before=before)
            self._repository.mark_stale(now.id)

    def recount_all(
        self, community_id: int, *, cause: Cause, among: Collection[int] | None = None
    ) -> list[int]:
        """Decide many items anew; the cards of those that change are to be edited.

        A thousand items with ten votes each take about 0.2 s, and nothing else is written
        meanwhile.

        Args:
            cause: of all changes.
            among: ids of the items to count; None: all of the community that have labels or votes.

        Returns:
            The ids of items with a label that is something else now.
        """
        started = time.perf_counter()
        changed: list[int] = []
        with self._repository.transaction():
            community = self._repository.community_by_id(community_id)
            ids = self._repository.voted_on(community_id)
            if among is not None:
                wanted = set(among)
                ids = [each for each in ids if each in wanted]
            for start in range(0, len(ids), BATCH):
                changed += self._recount(community, ids[start : start + BATCH], cause=cause)
            self._repository.mark_all_stale(changed)
        log.info(
            "recounted community=%s items=%s changed=%s in %.2f s",
            community_id,
            len(ids),
            len(changed),
            time.perf_counter() - started,
        )
        return changed

    def recount_new(self, community: Community, ids: Sequence[int], *, cause: Cause) -> None:
        """Decide items that just came with labels: in the log they begin without any."""
        with self._repository.transaction():
            before = {each: Standing(community.id) for each in ids}
            self._recount(community, ids, cause=cause, before=before)

    def _recount(
        self,
        community: Community,
        ids: Sequence[int],
        *,
        cause: Cause,
        before: Mapping[int, Standing] | None = None,
    ) -> list[int]:
        """Decide items of one community anew, in a transaction; return those that changed.

        Args:
            before: how they stood before what caused it; None: as they do now.
        """
        taxonomy, customs = self._taxonomies(community), community.customs
        standings = self._repository.standings(ids)
        decided: dict[int, Mapping[LabelPath, LabelStatus | None]] = {
            item_id: decide(
                each.votes,
                base=each.base,
                taxonomy=taxonomy,
                customs=customs,
                own=each.own,
                rulings=each.rulings,
            )
            for item_id, each in standings.items()
        }
        changes = self._repository.settle(decided, position=taxonomy.position, standings=standings)
        changed = list(dict.fromkeys(change.item for change in changes))
        if before is not None or cause.paths:
            changes = _since(before or {}, standings, changes, paths=cause.paths)
        told = [each for each in changes if _is_decision(each) or each.path in cause.paths]
        voices: dict[int, dict[LabelPath, Tally]] = {}
        for item_id in dict.fromkeys(change.item for change in told):
            each = standings[item_id]
            voices[item_id] = tallies(each.votes, customs=customs, own=each.own)
        self._record(
            community,
            [(each, voices[each.item].get(each.path, Tally())) for each in told],
            cause=cause,
        )
        return changed

    def _record(
        self, community: Community, changes: Sequence[tuple[Change, Tally]], *, cause: Cause
    ) -> None:
        if changes:
            self._repository.record(
                community.id,
                changes,
                cause=cause,
                codebook=self._codebook_version(community),
                at=self._clock.now(),
            )


def _is_decision(change: Change) -> bool:
    """Whether people decided something, or no longer; what models suggest is no decision."""
    return change.before not in _UNDECIDED or change.after not in _UNDECIDED


def _since(
    before: Mapping[int, Standing],
    standings: Mapping[int, Standing],
    changes: Sequence[Change],
    *,
    paths: Sequence[LabelPath],
) -> list[Change]:
    """Changes from how items stood before, and of labels that an act was about in any case."""
    now = {item_id: dict(each.statuses) for item_id, each in standings.items()}
    for item_id, path, _, after in changes:
        if after is None:
            now[item_id].pop(path, None)
        else:
            now[item_id][path] = after
    found: list[Change] = []
    for item_id, statuses in now.items():
        were = before[item_id].statuses if item_id in before else standings[item_id].statuses
        for path in dict.fromkeys([*statuses, *were, *paths]):
            change = Change(item_id, path, were.get(path), statuses.get(path))
            if change.before != change.after or path in paths:
                found.append(change)
    return found
