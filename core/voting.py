"""Use case: members say which labels are right; a decision follows from all of their votes.

Votes are facts and are kept; decisions are computed from them by `decide`, a pure rule, anew on
every change. So the order of votes makes no difference, and a vote that is taken back leaves no
trace. Votes of every platform count together.
"""

import logging
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Literal

from core.discussions import follow
from core.domain import (
    DISCUSS,
    NONE_FITS,
    Community,
    Customs,
    Item,
    LabelPath,
    LabelStatus,
    MemberRef,
    Tally,
    Vote,
)
from core.ports import Clock
from core.store.repository import Repository
from core.taxonomy import Taxonomy, ancestors, dimension_of, parent_of

log = logging.getLogger(__name__)

By = Literal["button", "reaction"]
Statuses = dict[LabelPath, LabelStatus]

_SIGNS = (NONE_FITS, DISCUSS)


# ── the rules ────────────────────────────────────────────────────────────────────────────────────


def tallies(
    votes: Iterable[Vote], *, customs: Customs, own: Collection[MemberRef]
) -> dict[LabelPath, Tally]:
    """The voices that count, for every label that has one, `NONE_FITS` and `DISCUSS`.

    A voice for a label is one for each label above it, unless that member said something else of
    that one. A voice against a label says nothing of those above.

    Args:
        votes: on one item.
        customs: say whether voices of `own` count. Asking for a discussion always counts: it is no
            judgement.
        own: members who handed the item in.
    """
    counted = [
        vote
        for vote in votes
        if customs.counts_own or vote.path == DISCUSS or vote.member not in own
    ]
    voices: dict[LabelPath, dict[MemberRef, bool]] = {}
    for vote in counted:
        voices.setdefault(vote.path, {})[vote.member] = vote.is_for
    for vote in counted:
        if vote.is_for:
            for path in ancestors(vote.path):
                voices.setdefault(path, {}).setdefault(vote.member, True)
    return {
        path: Tally(sum(said.values()), len(said) - sum(said.values()))
        for path, said in voices.items()
    }


def verdict(tally: Tally, customs: Customs) -> LabelStatus | None:
    """What the voices on one label decide by themselves; None: nothing yet.

    One side wins with a quorum and a lead over the other (of at least one). Where both have spoken,
    a quorum together, and neither wins, the label is disputed.
    """
    for_, against = tally.for_, tally.against
    lead = max(customs.lead, 1)
    if for_ >= customs.quorum and for_ - against >= lead:
        return LabelStatus.CONFIRMED
    if against >= customs.quorum and against - for_ >= lead:
        return LabelStatus.REJECTED
    if for_ and against and for_ + against >= customs.quorum:
        return LabelStatus.DISPUTED
    return None


def decide(
    votes: Iterable[Vote],
    *,
    base: Mapping[LabelPath, LabelStatus],
    taxonomy: Taxonomy,
    customs: Customs,
    own: Collection[MemberRef],
) -> dict[LabelPath, LabelStatus | None]:
    """What an item's labels are, its votes being these. Without votes they are `base`.

    1. Each label is judged by its own voices (`tallies`, `verdict`).
    2. A confirmed label confirms those above it, also disputed ones. If one above was rejected, all
       from that one down to the confirmed label are disputed: people contradict each other.
    3. A rejected label rejects those below it, also disputed ones and those that an import had
       confirmed, as votes are newer.
    4. Where one label is to be chosen, each level of the tree has one winner: the confirmed one
       with the greatest lead. Those beside it that are suggested, confirmed, or were confirmed by
       an import are rejected with all below them; disputed ones stay disputed. Without a single
       winner all confirmed ones of the level are disputed, with the confirmed ones below them.
    5. If it is decided that none fits, whatever is still suggested is rejected.
    6. If anybody wants to discuss, whatever is still suggested is disputed.

    Args:
        votes: on one item, one for each member and label.
        base: what its labels are without votes: suggested, or confirmed by an import.
        taxonomy: says in which dimensions one label is to be chosen.
        customs: quorum, lead, and whether own submissions count.
        own: members who handed the item in.

    Returns:
        For each label of `base` or with a voice, its status; None: it is not on the item.
    """
    counted = tallies(votes, customs=customs, own=own)
    signs = {sign: counted.pop(sign, Tally()) for sign in _SIGNS}
    # 1. voices
    decided: Statuses = {
        path: status
        for path, tally in counted.items()
        if (status := verdict(tally, customs)) is not None
    }
    # 2., 3. the tree
    _confirm_above(decided)
    _reject_below(decided, base)
    # 4. dimensions of choice one
    for dimension in taxonomy.dimensions:
        if dimension.choice == "one":
            _choose_one(decided, base, counted, dimension=dimension.id)
    # 5., 6. the item as a whole
    left = [path for path, status in base.items() if status == LabelStatus.SUGGESTED]
    if verdict(signs[NONE_FITS], customs) == LabelStatus.CONFIRMED:
        decided |= {path: LabelStatus.REJECTED for path in left if path not in decided}
    if signs[DISCUSS].for_:
        decided |= {path: LabelStatus.DISPUTED for path in left if path not in decided}
    return {path: decided.get(path, base.get(path)) for path in {**base, **counted, **decided}}


def _confirm_above(decided: Statuses) -> None:
    confirmed = [path for path, status in decided.items() if status == LabelStatus.CONFIRMED]
    rejected = {path for path, status in decided.items() if status == LabelStatus.REJECTED}
    contradicted: set[LabelPath] = set()
    for path in confirmed:
        line = [*ancestors(path), path]
        first = next((place for place, each in enumerate(line) if each in rejected), None)
        if first is None:
            decided |= dict.fromkeys(line, LabelStatus.CONFIRMED)
        else:
            contradicted.update(line[first:])
    decided |= dict.fromkeys(contradicted, LabelStatus.DISPUTED)


def _reject_below(decided: Statuses, base: Mapping[LabelPath, LabelStatus]) -> None:
    rejected = {path for path, status in decided.items() if status == LabelStatus.REJECTED}
    for path in {**base, **decided}:
        if not rejected.isdisjoint(ancestors(path)):
            decided[path] = LabelStatus.REJECTED


def _choose_one(
    decided: Statuses,
    base: Mapping[LabelPath, LabelStatus],
    counted: Mapping[LabelPath, Tally],
    *,
    dimension: str,
) -> None:
    """Let there be one winner on each level, from the top down as far as winners lead."""
    there = [path for path in {**base, **decided} if dimension_of(path) == dimension]
    above: LabelPath | None = None
    while True:
        level = [path for path in there if parent_of(path) == above]
        contenders = {
            path: _lead(counted.get(path, Tally()))
            for path in level
            if decided.get(path) == LabelStatus.CONFIRMED
        }
        if not contenders:
            return
        greatest = max(contenders.values())
        winners = [path for path, lead in contenders.items() if lead == greatest]
        if len(winners) > 1:
            for path in there:
                if decided.get(path) == LabelStatus.CONFIRMED and _is_in(path, contenders):
                    decided[path] = LabelStatus.DISPUTED
            return
        (above,) = winners
        losers = [
            path for path in level if path != above and decided.get(path) != LabelStatus.DISPUTED
        ]
        for path in there:
            if _is_in(path, losers):
                decided[path] = LabelStatus.REJECTED


def _lead(tally: Tally) -> int:
    return tally.for_ - tally.against


def _is_in(path: LabelPath, trees: Collection[LabelPath]) -> bool:
    """Whether a label is one of these or below one."""
    return path in trees or any(above in trees for above in ancestors(path))


# ── the use case ─────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Ballot:
    """How an item stands for one member.

    Attributes:
        tallies: voices that count, for each label that is on the item or has a voice, in taxonomy
            order.
        none_fits: voices for and against no label fitting.
        discuss: how many want to discuss.
        mine: what the member said: label, `NONE_FITS` or `DISCUSS`, and whether for it.
    """

    tallies: Mapping[LabelPath, Tally]
    none_fits: Tally
    discuss: int
    mine: Mapping[LabelPath, bool]


class Voting:
    """Takes votes and keeps decisions up to date.

    Whatever changes votes counts them again, writes down the statuses that follow, and marks the
    item's cards stale, all in one transaction, and returns the item as it stands then. All of it
    raises `UnknownItem` if the item was removed.

    Args:
        repository: keeps votes and statuses.
        taxonomies: a community's taxonomy.
        clock: tells when a vote was cast.
    """

    def __init__(
        self,
        repository: Repository,
        taxonomies: Callable[[Community], Taxonomy],
        clock: Clock,
    ) -> None:
        self._repository = repository
        self._taxonomies = taxonomies
        self._clock = clock

    def cast(
        self, item_id: int, member: MemberRef, path: LabelPath, *, is_for: bool, by: By
    ) -> Item:
        """Say that a label is right, or wrong; what the member said of it before goes.

        A reaction does not take the place of a button's vote, which says more.

        Args:
            path: a label, on the item or not, `NONE_FITS` or `DISCUSS`.

        Raises:
            UnknownLabel: the taxonomy has no such label.
        """
        with self._repository.transaction():
            item = self._repository.item_by_id(item_id)
            self._check(item, path)
            self._put(item, member, [path], is_for=is_for, by=by)
            return self.recount(item.id)

    def toggle(
        self, item_id: int, member: MemberRef, path: LabelPath, *, is_for: bool, by: By
    ) -> Item:
        """Cast a vote, or take it back if it is what the member said already (see `cast`)."""
        with self._repository.transaction():
            item = self._repository.item_by_id(item_id)
            if self._said(item, member).get(path) == is_for:
                return self.withdraw(item.id, member, path=path)
            return self.cast(item.id, member, path, is_for=is_for, by=by)

    def approve(self, item_id: int, member: MemberRef, *, by: By) -> Item:
        """Say that the labels are right which are on the item now: the narrowest ones, without
        those that were rejected."""
        with self._repository.transaction():
            item = self._repository.item_by_id(item_id)
            self._put(item, member, self._narrowest(item), is_for=True, by=by)
            return self.recount(item.id)

    def none_fits(self, item_id: int, member: MemberRef, *, by: By) -> Item:
        """Say that no label fits."""
        return self.cast(item_id, member, NONE_FITS, is_for=True, by=by)

    def discuss(self, item_id: int, member: MemberRef, *, by: By) -> Item:
        """Say that the labels should be discussed."""
        return self.cast(item_id, member, DISCUSS, is_for=True, by=by)

    def withdraw(
        self,
        item_id: int,
        member: MemberRef,
        *,
        by: By | None = None,
        path: LabelPath | None = None,
    ) -> Item:
        """Take back a member's votes.

        Args:
            by: only those that were cast in this way.
            path: only that on this label.
        """
        with self._repository.transaction():
            item = self._repository.item_by_id(item_id)
            self._repository.withdraw(item.id, member, path=path, by=by)
            return self.recount(item.id)

    def recount(self, item_id: int) -> Item:
        """Decide anew from the votes there are; due when labels were suggested anew, too."""
        with self._repository.transaction():
            item = self._repository.item_by_id(item_id)
            community = self._repository.community_by_id(item.community)
            taxonomy = self._taxonomies(community)
            # recount from rows: a missed "removed" event must not leave a ghost vote
            statuses = decide(
                self._repository.votes(item.id),
                base=self._repository.label_bases(item.id),
                taxonomy=taxonomy,
                customs=community.customs,
                own=self._own(item),
            )
            self._repository.set_statuses(item.id, statuses, position=taxonomy.position)
            self._repository.mark_stale(item.id)
            log.info("recounted item=%s labels=%s", item.id, len(statuses))
            item = self._repository.item_by_id(item.id)
            self._follow(item, community, taxonomy)
            return item

    def _follow(self, item: Item, community: Community, taxonomy: Taxonomy) -> None:
        """Begin and end discussions of an item as its labels are now."""
        votes = self._repository.votes(item.id)
        changes = follow(
            votes,
            labels=[label for label in item.labels if label.path in taxonomy],
            tallies=tallies(votes, customs=community.customs, own=self._own(item)),
            verdict=partial(verdict, customs=community.customs),
            past=self._repository.discussions_of(item.id),
            ruled={},
            is_on=community.customs.discussions > 0,
        )
        self._repository.change_discussions(item.id, changes, at=self._clock.now())

    def ballot(self, item_id: int, member: MemberRef) -> Ballot:
        """How an item stands for a member."""
        item = self._repository.item_by_id(item_id)
        community = self._repository.community_by_id(item.community)
        counted = tallies(
            self._repository.votes(item.id), customs=community.customs, own=self._own(item)
        )
        paths = {label.path for label in item.labels} | counted.keys() - set(_SIGNS)
        position = self._taxonomies(community).position
        return Ballot(
            tallies={
                path: counted.get(path, Tally())
                for path in sorted(paths, key=lambda path: (position(path), path))
            },
            none_fits=counted.get(NONE_FITS, Tally()),
            discuss=counted.get(DISCUSS, Tally()).for_,
            mine=self._said(item, member),
        )

    def _check(self, item: Item, path: LabelPath) -> None:
        if path not in _SIGNS:
            self._taxonomy(item).label(path)

    def _put(
        self, item: Item, member: MemberRef, paths: Iterable[LabelPath], *, is_for: bool, by: By
    ) -> None:
        pressed = {
            vote.path
            for vote in self._repository.votes(item.id)
            if vote.member == member and vote.by == "button"
        }
        for path in paths:
            if by == "button" or path not in pressed:
                vote = Vote(path, member, is_for, by, self._clock.now())
                self._repository.cast(item.id, vote)

    def _narrowest(self, item: Item) -> list[LabelPath]:
        taxonomy = self._taxonomy(item)
        shown = [
            label.path
            for label in item.labels
            if label.status != LabelStatus.REJECTED and label.path in taxonomy
        ]
        covered = {above for path in shown for above in ancestors(path)}
        return [path for path in shown if path not in covered]

    def _said(self, item: Item, member: MemberRef) -> dict[LabelPath, bool]:
        votes = self._repository.votes(item.id)
        return {vote.path: vote.is_for for vote in votes if vote.member == member}

    def _own(self, item: Item) -> set[MemberRef]:
        return {share.member for share in self._repository.shares(item.id)}

    def _taxonomy(self, item: Item) -> Taxonomy:
        return self._taxonomies(self._repository.community_by_id(item.community))
