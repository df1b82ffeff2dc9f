"""Use case: what items' labels are is decided anew from rows, written down and logged.

Whatever changes votes, rulings, suggestions, customs or the taxonomy has the items that it concerns
counted again here, with the cause. All of it, from reading votes to marking cards stale, is one
transaction.
"""

import logging
import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial

from core.deciding import decide_counted, in_force, tallies, verdict
from core.discussions import Changes, follow, needs_spoken
from core.domain import (
    DISCUSS,
    Cause,
    Community,
    Item,
    ItemLabel,
    LabelPath,
    LabelStatus,
    MemberRef,
    Ruling,
    Tally,
)
from core.ports import Clock
from core.practice import counting
from core.store.repository import Repository
from core.store.standings import Change, Standing, named
from core.taxonomy import Taxonomy

log = logging.getLogger(__name__)

RECOUNT = Cause("recount")
"""Nothing but counting again."""

BATCH = 1_000  # items: some ten thousand votes in memory at a time

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
        with self._repository.transaction():
            self._recount_one(self._standing(item_id), cause=cause)
            return self._repository.item_by_id(item_id)

    @contextmanager
    def around(self, item_id: int, *, cause: Cause) -> Iterator[None]:
        """Decide one item anew after whatever is done inside, such as labelling it again.

        What the log calls "before" is how the item stood at the beginning.

        Raises:
            UnknownItem: it was removed.
        """
        with self._repository.transaction():
            before = self._standing(item_id)
            yield
            # it may have become another one inside
            self._recount_one(self._standing(item_id), cause=cause, before=before)

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
                standings = self._repository.standings(ids[start : start + BATCH])
                changed += self._recount(community, standings, cause=cause)
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
            standings = self._repository.standings(ids)
            self._recount(community, standings, cause=cause, before=before)

    def _standing(self, item_id: int) -> dict[int, Standing]:
        """How an item stands, or the one that it turned out to be; by its id."""
        found = self._repository.standings([item_id])
        return found or self._repository.standings([self._repository.item_by_id(item_id).id])

    def _recount_one(
        self,
        now: Mapping[int, Standing],
        *,
        cause: Cause,
        before: Mapping[int, Standing] | None = None,
    ) -> None:
        ((item_id, standing),) = now.items()
        community = self._repository.community_by_id(standing.community)
        self._recount(community, now, cause=cause, before=before)
        self._repository.mark_stale(item_id)

    def _recount(
        self,
        community: Community,
        standings: Mapping[int, Standing],
        *,
        cause: Cause,
        before: Mapping[int, Standing] | None = None,
    ) -> list[int]:
        """Decide items of one community anew, in a transaction; return those that changed.

        Args:
            standings: how they stand now.
            before: how they stood before what caused it; None, or of one that is not there: as they
                do now.
        """
        taxonomy, customs = self._taxonomies(community), community.customs
        practised = {named(each) for each in self._practised(community)}
        voices = {
            item_id: tallies(
                counting(each.votes, customs=customs, practised=practised),
                customs=customs,
                own=each.own,
            )
            for item_id, each in standings.items()
        }
        decided = {
            item_id: decide_counted(
                voices[item_id],
                base=each.base,
                taxonomy=taxonomy,
                customs=customs,
                rulings=each.rulings,
            )
            for item_id, each in standings.items()
        }
        changes = self._repository.settle(decided, position=taxonomy.position, standings=standings)
        changed = list(dict.fromkeys(change.item for change in changes))
        if before is not None or cause.paths:
            changes = _since(before or {}, standings, changes, paths=cause.paths)
        told = [each for each in changes if _is_decision(each) or each.path in cause.paths]
        # the log is read from its end: what the act was about comes first there, then the taxonomy
        told.sort(
            key=lambda each: (
                each.item,
                each.path in cause.paths,
                -taxonomy.position(each.path),
            )
        )
        self._record(
            community,
            [(each, voices[each.item].get(each.path, Tally())) for each in told],
            cause=cause,
        )
        self._follow(
            community,
            taxonomy,
            {item_id: each.rulings for item_id, each in standings.items()},
            voices,
            _as_they_are(decided, standings),
        )
        return changed

    def _practised(self, community: Community) -> set[MemberRef]:
        """Whose votes count where newcomers practise first; nobody is looked up elsewhere."""
        if not community.customs.practice_first:
            return set()
        return self._repository.practised(community.id)

    def _follow(
        self,
        community: Community,
        taxonomy: Taxonomy,
        rulings: Mapping[int, Sequence[Ruling]],
        voices: Mapping[int, Mapping[LabelPath, Tally]],
        decided: Mapping[int, Mapping[LabelPath, LabelStatus | None]],
    ) -> None:
        """Begin and end discussions of items as their labels are now.

        Only items that are asked about, or were discussed before, need more than what was just
        decided: of thousands, few.
        """
        past = self._repository.discussed(voices)
        asked = [id_ for id_, said in voices.items() if said.get(DISCUSS, Tally()).for_]
        disputed = [id_ for id_, said in decided.items() if LabelStatus.DISPUTED in said.values()]
        # where all is over, nothing begins anew unless somebody asks, or a label is disputed
        live = [id_ for id_, each in past.items() if any(one.is_live for one in each)]
        concerned = {*live, *asked, *disputed}
        spoken = self._repository.spoken(
            {*asked, *(id_ for id_ in concerned if needs_spoken(past.get(id_, ())))}
        )
        scores = self._repository.scores(asked)
        changes: dict[int, Changes] = {}
        for id_ in concerned:
            changes[id_] = follow(
                spoken.get(id_, {}),
                labels=_labels(decided[id_], scores.get(id_, {}), taxonomy),
                tallies=voices[id_],
                verdict=partial(verdict, customs=community.customs),
                past=past.get(id_, ()),
                ruled={
                    path: ruling.is_for for path, ruling in in_force(rulings[id_], taxonomy).items()
                },
                is_on=community.customs.discussions > 0,
            )
        self._repository.change_discussions(community.id, changes, at=self._clock.now())

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


def _as_they_are(
    decided: Mapping[int, Mapping[LabelPath, LabelStatus | None]], standings: Mapping[int, Standing]
) -> dict[int, dict[LabelPath, LabelStatus | None]]:
    """What labels are now: what is not decided is what it was before anybody voted."""
    return {
        item_id: {
            path: said.get(path) or standings[item_id].base.get(path)
            for path in {**standings[item_id].base, **said}
        }
        for item_id, said in decided.items()
    }


def _labels(
    statuses: Mapping[LabelPath, LabelStatus | None],
    scores: Mapping[LabelPath, float],
    taxonomy: Taxonomy,
) -> list[ItemLabel]:
    """Labels that the taxonomy knows; without a score, it does not matter."""
    return [
        ItemLabel(path, scores.get(path, 0.0), status)
        for path, status in statuses.items()
        if status is not None and path in taxonomy
    ]


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
