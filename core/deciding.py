"""Pure rules: votes and rulings -> what an item's labels are.

Votes are facts; what follows from them is computed anew from all of them, so their order makes no
difference and one that is taken back leaves no trace. A ruling is an editor's word beside them: it
wins over votes, and the tree holds for it as it does for them.
"""

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from typing import NamedTuple

from core.domain import (
    DISCUSS,
    NONE_FITS,
    Customs,
    LabelPath,
    LabelStatus,
    Ruling,
    Tally,
    Vote,
)
from core.taxonomy import Taxonomy, ancestors, dimension_of, parent_of

Statuses = dict[LabelPath, LabelStatus]

SIGNS = (NONE_FITS, DISCUSS)
"""What is voted on that is no label."""


class Voice(NamedTuple):
    """What counts of a vote (`core.domain.Vote` has it, too).

    `member`: whatever tells members apart, and whoever handed the item in.
    """

    path: LabelPath
    member: Hashable
    is_for: bool


# ── one label ────────────────────────────────────────────────────────────────────────────────────


def tallies(
    votes: Iterable[Vote | Voice], *, customs: Customs, own: Collection[Hashable]
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
    counts_own = customs.counts_own
    voices: dict[LabelPath, dict[Hashable, bool]] = {}
    for vote in votes:
        if counts_own or vote.path == DISCUSS or vote.member not in own:
            voices.setdefault(vote.path, {})[vote.member] = vote.is_for
    implied = [(path, above) for path in voices if (above := ancestors(path))]
    for path, above in implied:
        members = [member for member, is_for in voices[path].items() if is_for]
        for each in above:
            said = voices.setdefault(each, {})
            for member in members:
                said.setdefault(member, True)
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


# ── rulings ──────────────────────────────────────────────────────────────────────────────────────


def in_force(rulings: Iterable[Ruling], taxonomy: Taxonomy) -> dict[LabelPath, Ruling]:
    """The rulings that hold, by label: where two cannot both be so, the newer one does.

    They cannot if a label is right and one above it wrong, if two labels are right of which one is
    to be chosen, or if a label is right and none fits. An older one holds again when the newer one
    is withdrawn.

    Args:
        rulings: on one item, without withdrawn ones.
        taxonomy: says in which dimensions one label is to be chosen.
    """
    kept: dict[LabelPath, Ruling] = {}
    for ruling in sorted(rulings, key=lambda each: each.id, reverse=True):
        if ruling.path not in kept and not any(
            _exclude(ruling, newer, taxonomy) for newer in kept.values()
        ):
            kept[ruling.path] = ruling
    return kept


def _exclude(one: Ruling, other: Ruling, taxonomy: Taxonomy) -> bool:
    """Whether two rulings on different labels cannot both be so."""
    if NONE_FITS in (one.path, other.path):
        return one.is_for and other.is_for
    if one.is_for and other.is_for:
        return (
            dimension_of(one.path) == dimension_of(other.path)
            and dimension_of(one.path) in _singles(taxonomy)
            and not _is_in(one.path, [other.path])
            and not _is_in(other.path, [one.path])
        )
    right, wrong = (one, other) if one.is_for else (other, one)
    return right.is_for and wrong.path in ancestors(right.path)


def _ruled(
    rulings: Mapping[LabelPath, Ruling], there: Iterable[LabelPath], taxonomy: Taxonomy
) -> Statuses:
    """What rulings in force decide, with the labels above and below, and those beside a chosen one.

    Args:
        there: the labels that they may concern.
    """
    right = {
        each
        for path, ruling in rulings.items()
        if ruling.is_for and path != NONE_FITS
        for each in (*ancestors(path), path)
    }
    wrong = {path for path, ruling in rulings.items() if not ruling.is_for and path != NONE_FITS}
    fits_none = NONE_FITS in rulings and rulings[NONE_FITS].is_for
    singles = _singles(taxonomy)
    chosen = {parent_of(path) or dimension_of(path) for path in right}
    ruled = dict.fromkeys(right, LabelStatus.CONFIRMED)
    for path in {*there, *wrong} - right:
        line = (*ancestors(path), path)
        aside = next(each for each in line if each not in right)
        is_beside = (
            dimension_of(path) in singles and (parent_of(aside) or dimension_of(aside)) in chosen
        )
        if fits_none or is_beside or not wrong.isdisjoint(line):
            ruled[path] = LabelStatus.REJECTED
    return ruled


def _singles(taxonomy: Taxonomy) -> set[str]:
    """The ids of dimensions in which one label is to be chosen."""
    return {each.id for each in taxonomy.dimensions if each.choice == "one"}


# ── an item ──────────────────────────────────────────────────────────────────────────────────────


def decide(
    votes: Iterable[Vote | Voice],
    *,
    base: Mapping[LabelPath, LabelStatus],
    taxonomy: Taxonomy,
    customs: Customs,
    own: Collection[Hashable],
    rulings: Sequence[Ruling] = (),
) -> dict[LabelPath, LabelStatus | None]:
    """What an item's labels are, its votes and rulings being these. Without any they are `base`.

    1. A label is what a ruling in force says (`in_force`): with a right one all above it are right,
       with a wrong one all below it wrong; where one is to be chosen, those beside a right one are
       wrong. Any other label is judged by its own voices (`tallies`, `verdict`).
    2. A confirmed label confirms those above it, also disputed ones. If one above was rejected, all
       from that one down to the confirmed label are disputed: people contradict each other.
    3. A rejected label rejects those below it, also disputed ones and those that an import had
       confirmed, as votes are newer.
    4. Where one label is to be chosen, each level of the tree has one winner: that of a ruling,
       else the confirmed one with the greatest lead. Those beside it that are suggested, confirmed,
       or were confirmed by an import are rejected with all below them; disputed ones stay disputed.
       Without a single winner all confirmed ones of the level are disputed, with the confirmed ones
       below them. An import alone chooses nothing; if it confirmed several, they are disputed.
    5. If it is decided that none fits, whatever is still suggested is rejected; a ruling rejects
       everything. If a label stands nevertheless, confirmed or disputed, then it is disputed that
       none fits.
    6. If anybody wants to discuss, whatever is still suggested is disputed.

    Args:
        votes: on one item, one for each member and label.
        base: what its labels are without votes: suggested, or confirmed by an import.
        taxonomy: says in which dimensions one label is to be chosen.
        customs: quorum, lead, and whether own submissions count.
        own: members who handed the item in.
        rulings: on the item, without withdrawn ones.

    Returns:
        For each label of `base` or with a voice or a ruling, its status; None: it is not on the
        item. `NONE_FITS` is among them if anybody spoke of it; None: nothing is decided about it.
    """
    return decide_counted(
        tallies(votes, customs=customs, own=own),
        base=base,
        taxonomy=taxonomy,
        customs=customs,
        rulings=rulings,
    )


def decide_counted(
    voices: Mapping[LabelPath, Tally],
    *,
    base: Mapping[LabelPath, LabelStatus],
    taxonomy: Taxonomy,
    customs: Customs,
    rulings: Sequence[Ruling] = (),
) -> dict[LabelPath, LabelStatus | None]:
    """The same, where the votes were counted already (`tallies`)."""
    counted = {path: tally for path, tally in voices.items() if path not in SIGNS}
    signs = {sign: voices.get(sign, Tally()) for sign in SIGNS}
    # 1. rulings, and voices
    valid = in_force(rulings, taxonomy) if rulings else {}
    ruled = _ruled(valid, {**base, **counted}, taxonomy) if valid else {}
    decided: Statuses = {
        path: status
        for path, tally in counted.items()
        if path not in ruled and (status := verdict(tally, customs)) is not None
    }
    decided |= ruled
    # 2., 3. the tree
    _confirm_above(decided)
    _reject_below(decided, base)
    # 4. dimensions of choice one
    for dimension in taxonomy.dimensions:
        if dimension.choice == "one":
            over = {label.path for label in taxonomy.retired}
            _choose_one(decided, base, counted, dimension=dimension.id, ruled=ruled, retired=over)
    # 5., 6. the item as a whole
    fits_none = verdict(signs[NONE_FITS], customs)
    if NONE_FITS in valid:
        fits_none = LabelStatus.CONFIRMED if valid[NONE_FITS].is_for else LabelStatus.REJECTED
    left = [
        path
        for path, status in base.items()
        if status == LabelStatus.SUGGESTED and path not in decided
    ]
    if fits_none == LabelStatus.CONFIRMED:
        decided |= dict.fromkeys(left, LabelStatus.REJECTED)
    elif signs[DISCUSS].for_:
        decided |= dict.fromkeys(left, LabelStatus.DISPUTED)
    found: dict[LabelPath, LabelStatus | None] = {
        path: decided.get(path, base.get(path)) for path in {**base, **counted, **decided}
    }
    if NONE_FITS in voices or NONE_FITS in valid:
        stands = {LabelStatus.CONFIRMED, LabelStatus.DISPUTED}
        if fits_none == LabelStatus.CONFIRMED and not stands.isdisjoint(found.values()):
            fits_none = LabelStatus.DISPUTED
        found[NONE_FITS] = fits_none
    return found


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
    if not rejected:
        return
    for path in {**base, **decided}:
        if not rejected.isdisjoint(ancestors(path)):
            decided[path] = LabelStatus.REJECTED


def _choose_one(
    decided: Statuses,
    base: Mapping[LabelPath, LabelStatus],
    counted: Mapping[LabelPath, Tally],
    *,
    dimension: str,
    ruled: Mapping[LabelPath, LabelStatus],
    retired: Collection[LabelPath],
) -> None:
    """Let there be one winner on each level, from the top down as far as winners lead. What was
    decided of a retired label stays as it is, and stands in no other's way."""
    there = [
        path
        for path in {**base, **decided}
        if dimension_of(path) == dimension and path not in retired
    ]
    above: LabelPath | None = None
    while True:
        level = [path for path in there if parent_of(path) == above]
        contenders = {
            path: (path in ruled, _lead(counted.get(path, Tally())))
            for path in level
            if decided.get(path) == LabelStatus.CONFIRMED
        }
        if not contenders:
            imported = [path for path in level if path not in decided and _is_imported(path, base)]
            if len(imported) > 1:
                _dispute(there, imported, decided, base)
            if len(imported) != 1:
                return
            (above,) = imported
            continue
        greatest = max(contenders.values())
        winners = [path for path, lead in contenders.items() if lead == greatest]
        if len(winners) > 1:
            _dispute(there, contenders, decided, {})
            return
        (above,) = winners
        losers = [
            path for path in level if path != above and decided.get(path) != LabelStatus.DISPUTED
        ]
        for path in there:
            if _is_in(path, losers):
                decided[path] = LabelStatus.REJECTED


def _dispute(
    there: Iterable[LabelPath],
    trees: Collection[LabelPath],
    decided: Statuses,
    base: Mapping[LabelPath, LabelStatus],
) -> None:
    """Let confirmed labels of some trees be disputed."""
    for path in there:
        if decided.get(path, base.get(path)) == LabelStatus.CONFIRMED and _is_in(path, trees):
            decided[path] = LabelStatus.DISPUTED


def _is_imported(path: LabelPath, base: Mapping[LabelPath, LabelStatus]) -> bool:
    return base.get(path) == LabelStatus.CONFIRMED


def _lead(tally: Tally) -> int:
    return tally.for_ - tally.against


def _is_in(path: LabelPath, trees: Collection[LabelPath]) -> bool:
    """Whether a label is one of these or below one."""
    return path in trees or any(above in trees for above in ancestors(path))
