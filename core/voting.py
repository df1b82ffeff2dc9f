"""Use case: members say which labels are right, and editors rule; decisions follow from all of it.

Votes are facts and are kept; decisions are computed from them by `core.deciding`, pure rules, anew
on every change. So the order of votes makes no difference, and a vote that is taken back leaves no
trace. Votes of every platform count together. An editor's ruling stands beside them and wins; when
it is withdrawn, votes decide again.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from core.deciding import SIGNS, decide, in_force, tallies, verdict
from core.domain import (
    DISCUSS,
    NONE_FITS,
    Cause,
    Customs,
    Item,
    LabelPath,
    LabelStatus,
    MemberRef,
    Ruling,
    Tally,
    Vote,
)
from core.practice import counting
from core.recounting import Recounting
from core.taxonomy import Taxonomy, ancestors

__all__ = ["Ballot", "By", "Voting", "decide", "in_force", "tallies", "verdict"]

By = Literal["button", "reaction", "round"]

MAX_REASON = 500  # characters: a reason is a sentence or two, and stands on cards


@dataclass(frozen=True, slots=True)
class Ballot:
    """How an item stands for one member.

    Attributes:
        tallies: voices that count, for each label that is on the item or has a voice, in taxonomy
            order.
        none_fits: voices for and against no label fitting.
        discuss: how many want to discuss.
        mine: what the member said: label, `NONE_FITS` or `DISCUSS`, and whether for it.
        rulings: of editors, those in force, by label or `NONE_FITS`.
    """

    tallies: Mapping[LabelPath, Tally]
    none_fits: Tally
    discuss: int
    mine: Mapping[LabelPath, bool]
    rulings: Mapping[LabelPath, Ruling] = field(default_factory=dict)


class Voting(Recounting):
    """Takes votes and rulings, and keeps decisions up to date.

    Whatever changes votes counts them again, writes down the statuses that follow, and marks the
    item's cards stale, all in one transaction, and returns the item as it stands then. All of it
    raises `UnknownItem` if the item was removed. Who may rule is for the caller to know.
    """

    # ── members ──────────────────────────────────────────────────────────────────────────────────

    def cast(
        self, item_id: int, member: MemberRef, path: LabelPath, *, is_for: bool, by: By
    ) -> Item:
        """Say that a label is right, or wrong; what the member said of it before goes.

        A reaction does not take the place of any other vote, which says more.

        Args:
            path: a label, on the item or not, `NONE_FITS` or `DISCUSS`.

        Raises:
            UnknownLabel: the taxonomy has no such label.
        """
        with self._repository.transaction():
            return self._cast(
                self._repository.item_by_id(item_id), member, path, is_for=is_for, by=by
            )

    def toggle(
        self, item_id: int, member: MemberRef, path: LabelPath, *, is_for: bool, by: By
    ) -> Item:
        """Cast a vote, or take it back if it is what the member said already (see `cast`)."""
        with self._repository.transaction():
            item = self._repository.item_by_id(item_id)
            if self._said(item, member).get(path) == is_for:
                return self._withdraw(item.id, member, path=path)
            return self._cast(item, member, path, is_for=is_for, by=by)

    def approve(self, item_id: int, member: MemberRef, *, by: By) -> Item:
        """Say that the labels are right which are on the item now: the narrowest ones, without
        those that were rejected."""
        with self._repository.transaction():
            item = self._repository.item_by_id(item_id)
            self._put(item, member, self._narrowest(item), is_for=True, by=by)
            return self.recount(item.id, cause=Cause("vote", member))

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
            return self._withdraw(item_id, member, path=path, by=by)

    # ── editors ──────────────────────────────────────────────────────────────────────────────────

    def rule(
        self,
        item_id: int,
        member: MemberRef,
        path: LabelPath,
        *,
        is_for: bool,
        reason: str | None = None,
    ) -> Item:
        """Decide, whatever was voted; votes stay. An earlier ruling on the same label goes.

        Args:
            path: a label, on the item or not, or `NONE_FITS`.
            reason: of `MAX_REASON` characters at most; what is longer is cut.

        Raises:
            UnknownLabel: the taxonomy has no such label.
        """
        reason = (reason or "").strip()[:MAX_REASON] or None
        cause = Cause("ruling", member, reason, is_public=True, paths=(path,))
        with self._repository.transaction():
            item = self._repository.item_by_id(item_id)
            self._check(item, path)
            self._repository.rule(
                item.id, path, is_for=is_for, member=member, reason=reason, at=self._clock.now()
            )
            return self.recount(item.id, cause=cause)

    def withdraw_ruling(
        self, item_id: int, member: MemberRef, path: LabelPath, *, reason: str | None = None
    ) -> bool:
        """Take back the ruling on a label, whoever's it was: votes decide again.

        Args:
            member: who takes it back.
            reason: as in `rule`.

        Returns:
            Whether there was one.
        """
        reason = (reason or "").strip()[:MAX_REASON] or None
        with self._repository.transaction():
            item = self._repository.item_by_id(item_id)
            if not self._repository.withdraw_ruling(item.id, path, at=self._clock.now()):
                return False
            cause = Cause("withdrawal", member, reason, is_public=True, paths=(path,))
            self.recount(item.id, cause=cause)
            return True

    # ── a community ──────────────────────────────────────────────────────────────────────────────

    def set_customs(self, community_id: int, customs: Customs, *, member: MemberRef) -> None:
        """Let things be done otherwise in a community; where votes count otherwise from then on,
        everything that was voted on is counted again."""
        with self._repository.transaction():
            before = self._repository.community_by_id(community_id).customs
            self._repository.set_customs(community_id, customs)
            if customs.practice_first and not before.practice_first:
                # nobody who has a voice loses it; nor does whoever asks others to practise
                now = self._clock.now()
                self._repository.excuse_voters(community_id, at=now)
                self._repository.finish_practice(community_id, member, at=now)
            if _counting(before) != _counting(customs):
                cause = Cause("customs", member, is_public=True)
                self.recount_all(community_id, cause=cause)

    def set_taxonomy(self, community_id: int, taxonomy: str | None, *, member: MemberRef) -> None:
        """Let a community have other labels (see `Community.taxonomy`), and count again."""
        with self._repository.transaction():
            self._repository.set_taxonomy(community_id, taxonomy)
            self.recount_all(community_id, cause=Cause("taxonomy", member, is_public=True))

    # ── how it stands ────────────────────────────────────────────────────────────────────────────

    def ballot(self, item_id: int, member: MemberRef) -> Ballot:
        """How an item stands for a member."""
        item = self._repository.item_by_id(item_id)
        community = self._repository.community_by_id(item.community)
        cast = self._repository.votes(item.id)
        votes = counting(cast, customs=community.customs, practised=self._practised(community))
        counted = tallies(votes, customs=community.customs, own=self._own(item))
        paths = {label.path for label in item.labels} | counted.keys() - set(SIGNS)
        position = self._taxonomies(community).position
        return Ballot(
            tallies={
                path: counted.get(path, Tally())
                for path in sorted(paths, key=lambda path: (position(path), path))
            },
            none_fits=counted.get(NONE_FITS, Tally()),
            discuss=counted.get(DISCUSS, Tally()).for_,
            mine={vote.path: vote.is_for for vote in cast if vote.member == member},
            rulings=in_force(item.rulings, self._taxonomies(community)),
        )

    def _cast(
        self, item: Item, member: MemberRef, path: LabelPath, *, is_for: bool, by: By
    ) -> Item:
        self._check(item, path)
        self._put(item, member, [path], is_for=is_for, by=by)
        return self.recount(item.id, cause=Cause("vote", member))

    def _withdraw(
        self, item_id: int, member: MemberRef, *, path: LabelPath | None, by: By | None = None
    ) -> Item:
        self._repository.withdraw(item_id, member, path=path, by=by)
        return self.recount(item_id, cause=Cause("vote", member))

    def _check(self, item: Item, path: LabelPath) -> None:
        if path not in SIGNS:
            self._taxonomy(item).label(path)

    def _put(
        self, item: Item, member: MemberRef, paths: Iterable[LabelPath], *, is_for: bool, by: By
    ) -> None:
        deliberate = {
            vote.path
            for vote in self._repository.votes(item.id)
            if vote.member == member and vote.by != "reaction"
        }
        for path in paths:
            if by != "reaction" or path not in deliberate:
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


def _counting(customs: Customs) -> tuple[int, int, bool, bool]:
    """The customs by which votes are counted."""
    return customs.quorum, customs.lead, customs.counts_own, customs.practice_first
