"""Members say which labels are right; a decision follows from all of their votes."""

import random
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given as over
from hypothesis import strategies as st

from core.deciding import decide, in_force
from core.domain import (
    DISCUSS,
    NONE_FITS,
    ChatRef,
    Customs,
    LabelPath,
    LabelStatus,
    MemberRef,
    MessageRef,
    PastedText,
    Ruling,
    Tally,
    Vote,
)
from core.errors import UnknownItem, UnknownLabel
from core.taxonomy import ancestors, parse
from core.voting import Voting
from tests.fakes.rooms import MEI, TOM, Rooms

NOW = datetime(2026, 3, 1, tzinfo=UTC)
ANN = MemberRef("telegram", "1")
S, C, R, D = (
    LabelStatus.SUGGESTED,
    LabelStatus.CONFIRMED,
    LabelStatus.REJECTED,
    LabelStatus.DISPUTED,
)


def tree(id_, choice, labels):
    """A dimension as TOML: labels and their children."""
    lines = [f'[[dimension]]\nid = "{id_}"\nchoice = "{choice}"\nname = {{ en = "{id_}" }}']
    lines.append('hypothesis = { en = "This is {label}." }')
    for label, children in labels.items():
        for table, name in [("label", label), *(("label.label", child) for child in children)]:
            lines.append(f'[[dimension.{table}]]\nid = "{name}"\nname = {{ en = "{name}" }}')
            lines.append(f'definition = {{ en = "{name}." }}')
    return "\n".join(lines)


TAXONOMY = parse(
    tree("topic", "many", {"nature": ["energy", "water"], "labour": ["pay"]})
    + "\n"
    + tree("form", "one", {"news": ["short", "long"], "opinion": ["letter"], "notice": []})
)
NATURE, ENERGY, WATER, LABOUR = (
    LabelPath(f"topic/{each}") for each in ("nature", "nature/energy", "nature/water", "labour")
)
NEWS, SHORT, LONG, OPINION, LETTER, NOTICE = (
    LabelPath(f"form/{each}")
    for each in ("news", "news/short", "news/long", "opinion", "opinion/letter", "notice")
)


def cast(said):
    """Votes from a text of "path+3-1": so many for and against, each by another member."""
    votes = []
    for word in said.split():
        path, _, against = word.rpartition("-")
        path, _, for_ = path.rpartition("+")
        path = LabelPath(path)
        for number in range(int(for_) + int(against)):
            member = MemberRef("console", f"{path} {number}")
            votes.append(Vote(path, member, number < int(for_), "button", NOW))
    return votes


def decided(votes, base=(), *, customs=None, own=(), rulings=()):
    """What differs from the base, or is on the item without being in it."""
    votes = cast(votes) if isinstance(votes, str) else votes
    base = dict(base)
    found = decide(
        votes,
        base=base,
        taxonomy=TAXONOMY,
        customs=customs or Customs(),
        own=own,
        rulings=rulings,
    )
    assert found.keys() >= base.keys()
    return {path: status for path, status in found.items() if status != base.get(path)}


# ── one label ────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("votes", "status"),
    [
        pytest.param("+1-0", S, id="one-voice-is-no-quorum"),
        pytest.param("+2-0", C, id="quorum-confirms"),
        pytest.param("+0-2", R, id="quorum-rejects"),
        pytest.param("+1-1", D, id="one-against-one-is-disputed"),
        pytest.param("+2-2", D, id="tie-is-disputed"),
        pytest.param("+2-1", C, id="lead-of-one"),
        pytest.param("+1-2", R, id="lead-of-one-against"),
    ],
)
def test_a_label_is_decided_by_quorum_and_lead(votes, status):
    """Two voices and a lead of one, where nothing else is agreed on."""
    expected = {} if status == S else {LABOUR: status}

    assert decided(LABOUR + votes, {LABOUR: S}) == expected


@pytest.mark.parametrize(
    ("customs", "status"),
    [
        pytest.param(Customs(quorum=4), D, id="greater-quorum"),
        pytest.param(Customs(lead=2), C, id="lead-reached"),
        pytest.param(Customs(lead=3), D, id="lead-not-reached"),
        pytest.param(Customs(quorum=1, lead=0), C, id="a-lead-is-at-least-one"),
    ],
)
def test_a_community_has_its_own_rule(customs, status):
    """Three voices for and one against."""
    assert decided(f"{LABOUR}+3-1", {LABOUR: S}, customs=customs) == {LABOUR: status}


def test_a_tie_is_no_decision_even_without_a_lead():
    """A lead of nothing would let both sides win."""
    assert decided(f"{LABOUR}+2-2", {LABOUR: S}, customs=Customs(lead=0)) == {LABOUR: D}


def test_a_label_that_members_add_comes_when_it_is_decided():
    """Before, it is not on the item; when people disagree about it, it is disputed."""
    assert decided(f"{LABOUR}+1-0") == {}
    assert decided(f"{LABOUR}+2-0") == {LABOUR: C}
    assert decided(f"{LABOUR}+1-1") == {LABOUR: D}


def test_votes_overrule_an_import():
    """Its word is older."""
    base = {LABOUR: C}

    assert decided(f"{LABOUR}+0-1", base) == {}
    assert decided(f"{LABOUR}+0-2", base) == {LABOUR: R}
    assert decided(f"{LABOUR}+1-1", base) == {LABOUR: D}


def test_voices_on_what_one_handed_in_may_not_count():
    """As the community wants; asking for a discussion is no judgement, and counts."""
    votes = [Vote(LABOUR, member, True, "button", NOW) for member in (MEI, TOM)]
    strict = Customs(counts_own=False)
    discuss = Vote(DISCUSS, MEI, True, "reaction", NOW)

    assert decided(votes, {LABOUR: S}, own=[MEI]) == {LABOUR: C}
    assert decided(votes, {LABOUR: S}, own=[MEI], customs=strict) == {}
    assert decided([discuss], {LABOUR: S}, own=[MEI], customs=strict) == {LABOUR: D}


# ── the tree ─────────────────────────────────────────────────────────────────────────────────────


def test_a_confirmed_child_confirms_what_is_above_it():
    """Whether it was on the item or not."""
    assert decided(f"{ENERGY}+2-0", {NATURE: S, ENERGY: S}) == {NATURE: C, ENERGY: C}
    assert decided(f"{ENERGY}+2-0") == {NATURE: C, ENERGY: C}


def test_voices_for_children_add_up_above():
    """People who differ in the details agree on the whole."""
    votes = f"{ENERGY}+1-0 {WATER}+1-0"

    assert decided(votes, {NATURE: S, ENERGY: S}) == {NATURE: C}


def test_a_member_who_speaks_of_the_parent_is_not_spoken_for():
    """Their word on the parent counts there, not that on the child."""
    votes = cast(f"{ENERGY}+2-0")
    votes += [replace(votes[0], path=NATURE, is_for=False)]

    # one for, one against: disputed by itself, and confirmed by its child
    assert decided(votes[1:] + votes[:1], {NATURE: S}) == {NATURE: C, ENERGY: C}
    assert decided(votes[1:], {NATURE: S}) == {NATURE: D}


def test_a_confirmed_child_ends_a_dispute_above():
    """It cannot be right without its parent."""
    assert decided(f"{ENERGY}+2-0 {NATURE}+0-2") == {NATURE: C, ENERGY: C}


def test_a_rejected_parent_rejects_what_is_below():
    """Suggested, disputed, or confirmed by an import."""
    base = {NATURE: C, ENERGY: C, WATER: S, LABOUR: S}

    assert decided(f"{NATURE}+0-2", base) == {NATURE: R, ENERGY: R, WATER: R}
    assert decided(f"{NATURE}+0-5 {WATER}+1-1", base) == {NATURE: R, ENERGY: R, WATER: R}


def test_a_confirmed_child_of_a_rejected_parent_is_a_dispute():
    """People contradict each other, so both are to be talked about; siblings wait."""
    votes = f"{ENERGY}+2-0 {NATURE}+0-5"

    assert decided(votes, {NATURE: S, ENERGY: S, WATER: S}) == {NATURE: D, ENERGY: D}


def test_a_contradiction_confirms_nothing_above_it():
    """The voices for it are counted there anyway."""
    wind = LabelPath(f"{ENERGY}/wind")

    votes = f"{wind}+2-0 {ENERGY}+0-5 {NATURE}+0-2"

    assert decided(votes) == {NATURE: D, ENERGY: D, wind: D}


def test_a_label_with_one_voice_under_a_rejected_parent_does_not_come():
    """It was on the item neither before nor after."""
    assert decided(f"{ENERGY}+1-0 {NATURE}+0-5", {NATURE: S}) == {NATURE: R}


# ── one of many ──────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("votes", "base", "changed"),
    [
        pytest.param(
            f"{NEWS}+2-0", {NEWS: S, OPINION: S}, {NEWS: C, OPINION: R}, id="others-are-rejected"
        ),
        pytest.param(
            f"{NEWS}+3-0 {OPINION}+2-0", {OPINION: S}, {NEWS: C, OPINION: R}, id="greatest-lead"
        ),
        pytest.param(
            f"{NEWS}+2-0 {OPINION}+2-0",
            {NEWS: S, OPINION: S, NOTICE: S},
            {NEWS: D, OPINION: D},
            id="tie-is-disputed",
        ),
        pytest.param(
            f"{NEWS}+2-0", {OPINION: C, LETTER: C}, {NEWS: C, OPINION: R, LETTER: R}, id="import"
        ),
        pytest.param(
            f"{NEWS}+2-0 {OPINION}+1-1", {NEWS: S}, {NEWS: C, OPINION: D}, id="dispute-stays"
        ),
        pytest.param(
            f"{SHORT}+2-0 {LONG}+2-0 {OPINION}+3-0",
            {},
            {NEWS: C, SHORT: D, LONG: D, OPINION: R},
            id="level-by-level",
        ),
        pytest.param(
            f"{SHORT}+2-0 {LETTER}+2-0",
            {},
            {NEWS: D, SHORT: D, OPINION: D, LETTER: D},
            id="tie-reaches-down",
        ),
        pytest.param(
            f"{LETTER}+2-0 {NEWS}+3-0",
            {OPINION: S},
            {NEWS: C, OPINION: R, LETTER: R},
            id="loser-takes-its-children",
        ),
        pytest.param(f"{NEWS}+0-2", {NEWS: S, OPINION: S}, {NEWS: R}, id="rejecting-chooses-none"),
    ],
)
def test_a_dimension_of_choice_one_has_one_winner(votes, base, changed):
    """On each level the confirmed label with the greatest lead."""
    assert decided(votes, base) == changed


def test_an_import_chooses_nothing_by_itself():
    """Without votes everything is as it was; unless the import itself says two things."""
    assert decided("", {NEWS: C, OPINION: S}) == {}
    assert decided("", {NEWS: C, SHORT: C, LONG: C}) == {SHORT: D, LONG: D}
    assert decided("", {NEWS: C, SHORT: C, OPINION: C, NOTICE: S}) == {
        NEWS: D,
        SHORT: D,
        OPINION: D,
    }


def test_a_retired_label_stands_in_nobody_s_way():
    """What was decided of it stays, beside what is chosen now."""
    changed = parse(
        tree("form", "one", {"news": [], "opinion": []}).replace(
            'definition = { en = "news." }', 'definition = { en = "news." }\nretired = true'
        )
    )

    found = decide(
        cast(f"{NEWS}+2-0 {OPINION}+2-0"), base={}, taxonomy=changed, customs=Customs(), own=()
    )

    assert found == {NEWS: C, OPINION: C}


# ── the item as a whole ──────────────────────────────────────────────────────────────────────────


def test_none_fits_is_a_decision_of_its_own_and_rejects_what_is_suggested():
    """Also of an item without any label; one voice decides nothing."""
    base = {NATURE: S, ENERGY: S, NEWS: S}

    assert decided(f"{NONE_FITS}+1-0", base) == {}
    assert decided(f"{NONE_FITS}+2-0", base) == {NATURE: R, ENERGY: R, NEWS: R, NONE_FITS: C}
    assert decided(f"{NONE_FITS}+2-0") == {NONE_FITS: C}
    assert decided(f"{NONE_FITS}+1-1") == {NONE_FITS: D}


def test_none_fits_is_disputed_where_a_label_stands():
    """What people confirmed, or an import, stays; both cannot be so."""
    base = {NATURE: S, ENERGY: S, LABOUR: C, NEWS: S}
    none = f"{NONE_FITS}+2-0"

    assert decided(f"{none} {NEWS}+2-0", base) == {
        NATURE: R,
        ENERGY: R,
        NEWS: C,
        NONE_FITS: D,
    }
    assert decided(f"{none} {NEWS}+1-1", {NEWS: S}) == {NEWS: D, NONE_FITS: D}
    assert decided(f"{none} {NEWS}+0-2", {NEWS: S}) == {NEWS: R, NONE_FITS: C}


def test_one_voice_is_enough_for_a_discussion():
    """Of what is not decided yet."""
    base = {NATURE: S, LABOUR: S, NEWS: C}

    assert decided(f"{DISCUSS}+1-0 {LABOUR}+2-0", base) == {NATURE: D, LABOUR: C}
    assert decided(f"{DISCUSS}+1-0 {NONE_FITS}+2-0", base) == {
        NATURE: R,
        LABOUR: R,
        NONE_FITS: D,
    }
    assert decided(f"{DISCUSS}+0-1", base) == {}


# ── rulings ──────────────────────────────────────────────────────────────────────────────────────


def rulings(said):
    """Rulings from a text of "+path" and "-path", oldest first."""
    return [
        Ruling(place, LabelPath(word[1:]), word[0] == "+", MEI, NOW)
        for place, word in enumerate(said.split())
    ]


@pytest.mark.parametrize(
    ("ruled", "votes", "base", "changed"),
    [
        pytest.param(f"+{LABOUR}", f"{LABOUR}+0-9", {LABOUR: S}, {LABOUR: C}, id="right"),
        pytest.param(f"-{LABOUR}", f"{LABOUR}+9-0", {LABOUR: S}, {LABOUR: R}, id="wrong"),
        pytest.param(f"+{LABOUR}", "", {}, {LABOUR: C}, id="nobody-had-named-it"),
        pytest.param(f"-{LABOUR}", "", {LABOUR: C}, {LABOUR: R}, id="wrong-import"),
        pytest.param(
            f"+{ENERGY}", f"{NATURE}+0-9", {NATURE: S}, {NATURE: C, ENERGY: C}, id="above-is-right"
        ),
        pytest.param(
            f"-{NATURE}",
            f"{ENERGY}+9-0",
            {NATURE: S, WATER: C},
            {NATURE: R, ENERGY: R, WATER: R},
            id="below-is-wrong",
        ),
        pytest.param(
            f"-{ENERGY}",
            f"{ENERGY}+9-0 {LABOUR}+2-0",
            {},
            {NATURE: C, ENERGY: R, LABOUR: C},
            id="above-and-beside-people-decide",
        ),
        pytest.param(
            f"+{NEWS}",
            f"{OPINION}+9-0 {NOTICE}+1-1 {SHORT}+2-0",
            {OPINION: S},
            {NEWS: C, SHORT: C, OPINION: R, NOTICE: R},
            id="one-is-chosen",
        ),
        pytest.param(
            f"+{SHORT}",
            f"{LONG}+9-0 {LETTER}+9-0",
            {OPINION: C},
            {NEWS: C, SHORT: C, LONG: R, OPINION: R, LETTER: R},
            id="one-is-chosen-on-each-level",
        ),
        pytest.param(
            f"+{NONE_FITS}",
            f"{LABOUR}+9-0 {NEWS}+1-1",
            {NATURE: S},
            {NONE_FITS: C, LABOUR: R, NEWS: R, NATURE: R},
            id="none-fits",
        ),
        pytest.param(
            f"-{NONE_FITS}", f"{NONE_FITS}+9-0", {NATURE: S}, {NONE_FITS: R}, id="one-does-fit"
        ),
        pytest.param(
            f"+{LABOUR}",
            f"{NONE_FITS}+2-0",
            {NATURE: S, LABOUR: S},
            {NONE_FITS: D, LABOUR: C, NATURE: R},
            id="against-many-who-say-none",
        ),
        pytest.param(
            f"+{LABOUR}",
            f"{DISCUSS}+1-0",
            {LABOUR: S, NEWS: S},
            {LABOUR: C, NEWS: D},
            id="ruled-is-not-discussed",
        ),
    ],
)
def test_a_ruling_wins_over_votes(ruled, votes, base, changed):
    """And the tree holds for it as for them."""
    assert decided(votes, base, rulings=rulings(ruled)) == changed


@pytest.mark.parametrize(
    ("ruled", "holding"),
    [
        pytest.param(f"+{LABOUR} -{LABOUR}", [LABOUR], id="the-same-label"),
        pytest.param(f"+{ENERGY} -{NATURE}", [NATURE], id="wrong-above"),
        pytest.param(f"-{NATURE} +{ENERGY}", [ENERGY], id="right-below"),
        pytest.param(f"+{NATURE} -{ENERGY}", [NATURE, ENERGY], id="wrong-below-is-fine"),
        pytest.param(f"+{LABOUR} +{NATURE}", [LABOUR, NATURE], id="many-may-hold"),
        pytest.param(f"+{NEWS} +{OPINION}", [OPINION], id="one-is-chosen"),
        pytest.param(f"+{NEWS} +{LETTER}", [LETTER], id="one-is-chosen-above"),
        pytest.param(f"+{NEWS} +{SHORT}", [NEWS, SHORT], id="one-line"),
        pytest.param(f"+{LABOUR} +{NONE_FITS}", [NONE_FITS], id="none-fits"),
        pytest.param(f"+{NONE_FITS} +{LABOUR}", [LABOUR], id="one-fits"),
        pytest.param(f"+{NONE_FITS} -{LABOUR}", [NONE_FITS, LABOUR], id="none-and-not-this"),
    ],
)
def test_of_rulings_that_cannot_both_hold_the_newer_one_does(ruled, holding):
    """An editor's last word."""
    found = in_force(rulings(ruled), TAXONOMY)

    assert sorted(found) == sorted(holding)
    assert found[holding[-1]] == rulings(ruled)[-1]


# ── properties ───────────────────────────────────────────────────────────────────────────────────

DEEPER = [LabelPath(f"{ENERGY}/wind"), LabelPath(f"{SHORT}/flash")]
PATHS = [*(label.path for label in TAXONOMY.walk()), *DEEPER]
MEMBERS = [MemberRef("console", str(number)) for number in range(5)]
BALLOTS = st.dictionaries(
    st.tuples(st.sampled_from([*PATHS, NONE_FITS, DISCUSS]), st.sampled_from(MEMBERS)),
    st.booleans(),
    max_size=25,
)
BASES = st.dictionaries(st.sampled_from(PATHS), st.sampled_from([S, C]))
RULES = st.builds(
    Customs, quorum=st.integers(1, 4), lead=st.integers(0, 3), counts_own=st.booleans()
)


RULINGS = st.lists(st.tuples(st.sampled_from([*PATHS, NONE_FITS]), st.booleans()), max_size=5).map(
    lambda said: [
        Ruling(place, path, is_for, MEI, NOW) for place, (path, is_for) in enumerate(said)
    ]
)


def votes_of(ballots):
    return [Vote(path, member, is_for, "button", NOW) for (path, member), is_for in ballots.items()]


@over(BALLOTS, BASES, RULES, st.randoms(use_true_random=False))
def test_the_order_of_votes_never_matters(ballots, base, customs, chance):
    """Whoever speaks first."""
    votes = votes_of(ballots)
    shuffled = random.Random(chance.random()).sample(votes, len(votes))

    assert decided(votes, base, customs=customs, own=MEMBERS[:1]) == decided(
        shuffled, base, customs=customs, own=MEMBERS[:1]
    )


@over(BASES, RULES)
def test_without_votes_nothing_changes(base, customs):
    """Whatever the rule; but an import that confirmed several of one choice is disputed."""
    changed = decided([], base, customs=customs)

    assert set(changed.values()) <= {D}
    assert all(base[path] == C and path.startswith("form/") for path in changed)


@over(BALLOTS, st.sampled_from([*PATHS, NONE_FITS, DISCUSS]), st.booleans(), BASES, RULES)
def test_a_vote_that_is_cast_and_withdrawn_changes_nothing(ballots, path, is_for, base, customs):
    """It was the member's first word on that label."""
    votes = votes_of(ballots)
    more = [*votes, Vote(path, ANN, is_for, "button", NOW)]

    after = decided([vote for vote in more if vote.member != ANN], base, customs=customs)

    assert after == decided(votes, base, customs=customs)


@over(BALLOTS, BASES, RULES, RULINGS)
def test_decisions_fit_together(ballots, base, customs, ruled):
    """Nothing that was confirmed stands under anything else, one of many is chosen, and if none
    fits, none stands."""
    found = decide(
        votes_of(ballots), base=base, taxonomy=TAXONOMY, customs=customs, own=(), rulings=ruled
    )

    confirmed = {path for path, status in found.items() if status == C and base.get(path) != C}
    for path in confirmed:
        assert all(found.get(above) == C for above in ancestors(path)), path
    for level in ([NEWS, OPINION, NOTICE], [SHORT, LONG]):
        assert [found.get(path) for path in level].count(C) <= 1
    for path, status in found.items():
        if status not in (R, None):
            assert R not in [found.get(above) for above in ancestors(path)], path
    if found.get(NONE_FITS) == C:
        assert {status for path, status in found.items() if path != NONE_FITS} <= {R, None}


@over(BALLOTS, BASES, RULES, RULINGS)
def test_rulings_in_force_are_what_is_decided(ballots, base, customs, ruled):
    """Whatever people voted."""
    found = decide(
        votes_of(ballots), base=base, taxonomy=TAXONOMY, customs=customs, own=(), rulings=ruled
    )

    for path, ruling in in_force(ruled, TAXONOMY).items():
        assert found[path] == (C if ruling.is_for else R), path


# ── the use case ─────────────────────────────────────────────────────────────────────────────────

ENVIRONMENT = LabelPath("topic/environment")
POWER = LabelPath("topic/environment/energy")
WORK = LabelPath("topic/labour")
CARD = MessageRef(ChatRef("console", "room"), "8")


@pytest.fixture
def rooms():
    built = Rooms()
    built.voting = Voting(built.repository, lambda _community: built.taxonomy, built.clock)
    yield built
    built.close()


@pytest.fixture
def item(rooms):
    """Handed in by Mei; `environment` and `energy` are suggested; it has a card."""
    made = rooms.add(PastedText("能源政策與環境。")).item
    rooms.repository.card_sent(None, made.id, CARD, at=rooms.clock.now())
    return made


def statuses(item):
    return {label.path: label.status for label in item.labels}


def test_votes_from_two_platforms_decide_together(rooms, item):
    """And every card of the item is to be edited."""
    rooms.voting.cast(item.id, TOM, POWER, is_for=True, by="button")

    after = rooms.voting.cast(item.id, ANN, POWER, is_for=True, by="reaction")

    assert statuses(after) == {ENVIRONMENT: C, POWER: C}
    assert rooms.repository.stale_cards() == [(item.id, CARD)]


def test_a_vote_that_is_taken_back_leaves_no_trace(rooms, item):
    """The item is what it was."""
    for member in (TOM, ANN):
        rooms.voting.cast(item.id, member, WORK, is_for=True, by="button")
        rooms.voting.cast(item.id, member, POWER, is_for=False, by="button")
    for member in (TOM, ANN):
        after = rooms.voting.withdraw(item.id, member)

    assert after == item


def test_pressing_again_takes_back(rooms, item):
    """Pressing the other one changes sides."""
    said = []
    for is_for in (True, True, True, False):
        rooms.voting.toggle(item.id, TOM, POWER, is_for=is_for, by="button")
        said.append(rooms.voting.ballot(item.id, TOM).mine.get(POWER))

    assert said == [True, None, True, False]


def test_approving_is_a_vote_for_each_narrowest_label_shown(rooms, item):
    """Rejected ones are not meant, and what is above follows."""
    rooms.repository.confirm(item.id, [WORK], position=rooms.taxonomy.position)
    for member in (TOM, MEI):
        rooms.voting.cast(item.id, member, WORK, is_for=False, by="button")

    rooms.voting.approve(item.id, ANN, by="reaction")

    assert rooms.voting.ballot(item.id, ANN).mine == {POWER: True}


def test_a_reaction_does_not_replace_what_a_button_said(rooms, item):
    """And taking it back leaves the button's vote."""
    rooms.voting.cast(item.id, TOM, POWER, is_for=False, by="button")

    rooms.voting.approve(item.id, TOM, by="reaction")
    rooms.voting.discuss(item.id, TOM, by="reaction")
    assert rooms.voting.ballot(item.id, TOM).mine == {POWER: False, DISCUSS: True}

    rooms.voting.withdraw(item.id, TOM, by="reaction")
    assert rooms.voting.ballot(item.id, TOM).mine == {POWER: False}


def test_none_fits_is_a_decision(rooms, item):
    """Of two members; one alone decides nothing. It is kept with the item, and goes with them."""
    alone = rooms.voting.none_fits(item.id, TOM, by="button")
    assert (statuses(alone), alone.none_fits) == (statuses(item), None)

    after = rooms.voting.none_fits(item.id, ANN, by="button")
    assert (statuses(after), after.none_fits) == ({ENVIRONMENT: R, POWER: R}, C)

    assert rooms.voting.withdraw(item.id, ANN) == alone


def test_a_ballot_tells_every_voice(rooms, item):
    """Also those for labels that are not on the item yet."""
    rooms.voting.cast(item.id, TOM, WORK, is_for=True, by="button")
    rooms.voting.cast(item.id, ANN, POWER, is_for=False, by="button")
    rooms.voting.discuss(item.id, ANN, by="reaction")
    rooms.voting.none_fits(item.id, MEI, by="button")

    ballot = rooms.voting.ballot(item.id, TOM)

    assert list(ballot.tallies.items()) == [
        (ENVIRONMENT, Tally()),
        (POWER, Tally(0, 1)),
        (WORK, Tally(1, 0)),
    ]
    assert (ballot.none_fits, ballot.discuss) == (Tally(1, 0), 1)
    assert ballot.mine == {WORK: True}


def test_a_communitys_rule_holds_for_its_items(rooms, item):
    """Here the one who handed it in is not counted."""
    rooms.repository.set_customs(rooms.community.id, Customs(counts_own=False))
    for member in (MEI, TOM):
        after = rooms.voting.cast(item.id, member, POWER, is_for=True, by="button")

    assert statuses(after) == statuses(item)
    assert rooms.voting.ballot(item.id, MEI).tallies[POWER] == Tally(1, 0)


def test_a_label_that_is_none_is_told(rooms, item):
    """Nothing was cast."""
    with pytest.raises(UnknownLabel):
        rooms.voting.cast(item.id, TOM, LabelPath("topic/cats"), is_for=True, by="button")
    with pytest.raises(UnknownItem):
        rooms.voting.cast(99, TOM, POWER, is_for=True, by="button")

    assert rooms.repository.votes(item.id) == []
