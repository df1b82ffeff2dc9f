"""Review rounds as rules: what is drawn, what is asked, when it is over, what becomes of it."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.agreement import Agreement, agreement
from core.domain import LabelPath, MemberRef, Vote
from core.rounds import (
    MOST_REMINDERS,
    NONE,
    UNCERTAIN,
    Answer,
    Kind,
    Participant,
    Round,
    compared,
    counts,
    course_of,
    draw,
    is_over,
    is_to_remind,
    judgements,
    next_kind,
    splits,
    strata,
    to_judge,
    votes_of,
)
from core.taxonomy import ancestors, parse
from tests.fakes.codebook import TAXONOMY

NOW = datetime(2026, 3, 4, 4, 0, tzinfo=UTC)  # noon in Taipei
ANN, BO, CY = (MemberRef("fake", each) for each in ("ann", "bo", "cy"))
LABOUR, MIGRANT, ENVIRONMENT = (
    LabelPath(f"topic/{each}") for each in ("labour", "labour/migrant", "environment")
)
TREE = parse(TAXONOMY)
TOPIC = TREE.dimension("topic")

pools = st.dictionaries(
    st.integers(1, 500),
    st.frozensets(
        st.sampled_from([NONE, UNCERTAIN, *(f"topic/{each}" for each in "abcdefgh"), "topic/a/x"]),
        min_size=1,
    ),
    max_size=60,
)


def round_(number=1, kind=Kind.COUNTED, *, course=1, is_closed=True, dimension="topic", items=10):
    return Round(
        id=number,
        community=1,
        number=number,
        dimension=dimension,
        kind=kind,
        course=course,
        pairs=tuple((item, LABOUR) for item in range(1, items + 1)),
        seed=7,
        target=0.8,
        started_at=NOW,
        started_by=ANN,
        closed_at=NOW if is_closed else None,
    )


def said(member, item, path, is_for=True, *, at=NOW, reason=None):
    return Answer(member, item, path, is_for, at, reason)


def measured(alpha, low=None):
    return Agreement(alpha, low, None, None, 10, 10, 20, 2)


# ── the sample ───────────────────────────────────────────────────────────────────────────────────


@given(pools, st.integers(0, 80), st.integers(0, 2**31))
def test_the_same_seed_draws_the_same(pool, size, seed):
    """Whatever the order in which the store tells the items."""
    backwards = dict(reversed(list(pool.items())))

    assert draw(pool, size=size, seed=seed) == draw(backwards, size=size, seed=seed)


@given(pools, st.integers(0, 80), st.integers(0, 2**31))
def test_a_sample_is_of_the_pool_and_as_large_as_can_be(pool, size, seed):
    """Nothing twice, nothing made up."""
    drawn = draw(pool, size=size, seed=seed)

    assert len(drawn) == len(set(drawn)) == min(size, len(pool))
    assert set(drawn) <= set(pool)


@given(pools, st.integers(0, 2**31))
def test_every_stratum_has_a_place_when_there_are_enough(pool, seed):
    """The rarest label as well as the commonest."""
    known = {stratum for own in pool.values() for stratum in own}

    drawn = draw(pool, size=len(known), seed=seed)

    assert {stratum for item in drawn for stratum in pool[item]} == known


def test_a_rare_label_is_drawn_among_a_thousand():
    """It would come up in one of fifty samples by chance."""
    pool = {item: frozenset({"topic/common"}) for item in range(1000)} | {
        1000: frozenset({"topic/rare"})
    }

    assert all(1000 in draw(pool, size=20, seed=seed) for seed in range(20))


def test_what_the_model_was_unsure_of_gets_more_places():
    """Four times those of a label."""
    pool = {item: frozenset({f"topic/{item % 4}"}) for item in range(400)}
    pool |= {item: frozenset({"topic/0", UNCERTAIN}) for item in range(400, 500)}

    drawn = draw(pool, size=20, seed=1)

    assert 6 <= sum(item >= 400 for item in drawn) <= 12


def test_strata_are_labels_none_and_the_nearest_quarter():
    """An item without a label has a stratum, too."""
    labels = {1: [LABOUR], 2: [], 3: [LABOUR, MIGRANT], 4: [], 5: []}

    found = strata(labels, margins={1: 0.4, 2: 0.01, 3: 0.3, 4: 0.2})

    assert found == {
        1: {LABOUR},
        2: {NONE, UNCERTAIN},
        3: {LABOUR, MIGRANT},
        4: {NONE},
        5: {NONE},
    }


@given(
    st.lists(st.sampled_from([LABOUR, MIGRANT, ENVIRONMENT]), unique=True),
    st.dictionaries(st.sampled_from([LABOUR, MIGRANT, ENVIRONMENT]), st.floats(0, 1)),
    st.integers(0, 2**31),
)
def test_what_is_asked_of_an_item_is_closed_and_in_order(standing, margins, seed):
    """No label without those above it, and those first; what stands on the item is among it."""
    closed = [path for path in standing if set(ancestors(path)) <= set(standing)]

    asked = to_judge(1, dimension=TOPIC, taxonomy=TREE, standing=closed, margins=margins, seed=seed)

    paths = [path for _, path in asked]
    assert len(paths) == len(set(paths))
    assert set(closed) <= set(paths)
    assert all(
        paths.index(above) < paths.index(path) for path in paths for above in ancestors(path)
    )


def test_being_asked_does_not_tell_what_a_model_said():
    """Labels that nobody suggested are among those of an item, and in no order that would tell."""
    orders = {
        tuple(
            path
            for _, path in to_judge(
                item, dimension=TOPIC, taxonomy=TREE, standing=[LABOUR], margins={}, seed=3
            )
        )
        for item in range(20)
    }

    assert orders == {(LABOUR, ENVIRONMENT), (ENVIRONMENT, LABOUR)}


# ── one after the other ──────────────────────────────────────────────────────────────────────────


def test_practice_comes_first_then_two_or_three_that_count():
    """The third only if the second did not agree as well as it was to."""
    practice, first, second, third = (
        round_(number, Kind.PRACTICE if number == 1 else Kind.COUNTED) for number in range(1, 5)
    )

    assert next_kind([], has_reached=False) is Kind.PRACTICE
    assert next_kind([practice], has_reached=True) is Kind.COUNTED
    assert next_kind([practice, first], has_reached=True) is Kind.COUNTED
    assert next_kind([practice, first, second], has_reached=True) is None
    assert next_kind([practice, first, second], has_reached=False) is Kind.COUNTED
    assert next_kind([practice, first, second, third], has_reached=False) is None


def test_a_course_is_about_one_dimension():
    """Rounds about others do not belong to it, nor earlier courses."""
    old, other, new = round_(1), round_(2, course=2, dimension="form"), round_(3, course=3)

    assert course_of([new, old, other], "topic") == [new]
    assert course_of([], "topic") == []


@pytest.mark.parametrize(
    ("kind", "is_closed", "is_knowledge"),
    [
        pytest.param(Kind.COUNTED, True, True, id="closed"),
        pytest.param(Kind.COUNTED, False, False, id="still-open"),
        pytest.param(Kind.PRACTICE, True, False, id="practice"),
    ],
)
def test_which_answers_count(kind, is_closed, is_knowledge):
    """Practice never does."""
    assert counts(round_(kind=kind, is_closed=is_closed)) is is_knowledge


@pytest.mark.parametrize(
    ("alpha", "low", "items", "are_through", "closes"),
    [
        pytest.param(0.85, 0.7, 10, True, True, id="all-are-through-and-agree"),
        pytest.param(0.75, 0.7, 10, True, False, id="all-are-through-and-do-not"),
        pytest.param(0.95, 0.81, 5, False, True, id="half-is-clear-enough"),
        pytest.param(0.95, 0.79, 9, False, False, id="the-interval-reaches-below"),
        pytest.param(0.95, None, 9, False, False, id="too-few-for-an-interval"),
        pytest.param(1.0, 0.9, 4, False, False, id="less-than-half-is-compared"),
        pytest.param(None, None, 10, True, False, id="nothing-varies"),
        pytest.param(None, None, 0, True, False, id="nobody-is-there"),
    ],
)
def test_when_a_round_closes_by_itself(alpha, low, items, are_through, closes):
    """At its target; before everybody is through, only if chance can hardly be why."""
    assert (
        is_over(
            round_(is_closed=False),
            measured(alpha, low),
            compared=items,
            are_through=are_through,
        )
        is closes
    )


def test_practice_never_closes_by_itself():
    """It is there to be talked about."""
    practice = round_(kind=Kind.PRACTICE, is_closed=False)

    assert not is_over(practice, measured(1.0, 1.0), compared=10, are_through=True)


# ── what becomes of it ───────────────────────────────────────────────────────────────────────────


def test_answers_become_votes():
    """For what was found right, and against what somebody thinks of."""
    answers = [
        said(ANN, 1, LABOUR),
        said(BO, 1, LABOUR, False),
        said(ANN, 1, ENVIRONMENT, False),
        said(BO, 1, ENVIRONMENT, False),
    ]

    votes = votes_of(answers, standing=[], cast=[])

    assert votes == [
        Vote(LABOUR, ANN, True, "round", NOW),
        Vote(LABOUR, BO, False, "round", NOW),
    ]


def test_a_label_that_stands_is_in_question():
    """A model suggests it: then no is a vote."""
    votes = votes_of([said(ANN, 1, LABOUR, False)], standing=[LABOUR], cast=[])

    assert votes == [Vote(LABOUR, ANN, False, "round", NOW)]


@pytest.mark.parametrize(
    ("by", "hours", "is_replaced"),
    [
        pytest.param("button", -1, True, id="pressed-before"),
        pytest.param("button", 1, False, id="pressed-afterwards"),
        pytest.param("round", 1, False, id="a-later-round"),
        pytest.param("reaction", 1, True, id="a-reaction-says-less"),
    ],
)
def test_nobody_counts_twice(by, hours, is_replaced):
    """Of what a member said of a label the newest holds."""
    cast = [Vote(LABOUR, ANN, False, by, NOW + timedelta(hours=hours))]

    votes = votes_of([said(ANN, 1, LABOUR)], standing=[], cast=cast)

    assert votes == ([Vote(LABOUR, ANN, True, "round", NOW)] if is_replaced else [])


@given(
    st.lists(
        st.builds(
            said,
            st.sampled_from([ANN, BO, CY]),
            st.just(1),
            st.sampled_from([LABOUR, MIGRANT, ENVIRONMENT]),
            st.booleans(),
        ),
        unique_by=lambda each: (each.member, each.path),
    )
)
def test_votes_of_a_round_are_one_for_each_member_and_label(answers):
    """And closing a round again changes nothing."""
    votes = votes_of(answers, standing=[], cast=[])

    assert len({(vote.member, vote.path) for vote in votes}) == len(votes)
    assert votes_of(answers, standing=[], cast=votes) == votes


def test_items_that_split_people():
    """The most divided first, with who said what and why."""
    answers = [
        said(ANN, 1, LABOUR),
        said(BO, 1, LABOUR),
        said(ANN, 2, LABOUR, reason="罷工"),
        said(BO, 2, LABOUR, False, reason="只是統計"),
        said(ANN, 3, LABOUR),
        said(BO, 3, LABOUR),
        said(CY, 3, LABOUR, False),
    ]

    found = splits(answers)

    assert [(split.item, split.disagreement) for split in found] == [
        (2, 1.0),
        (3, pytest.approx(2 / 3)),
    ]
    (divided,) = found[0].divided
    assert [each.reason for each in (*divided.for_, *divided.against)] == ["罷工", "只是統計"]


def test_agreement_is_measured_on_answers():
    """Two who agree on every label of three items."""
    answers = [said(member, item, LABOUR, item == 1) for member in (ANN, BO) for item in (1, 2, 3)]

    assert agreement(judgements(answers)).alpha == 1.0
    assert compared(answers) == 3
    assert compared(answers[:3]) == 0


# ── reminders ────────────────────────────────────────────────────────────────────────────────────


def participant(**said):
    return Participant(ANN, **{"done": 3, "left": 4, "last_at": NOW - timedelta(days=1)} | said)


@pytest.mark.parametrize(
    ("who", "hour", "is_due"),
    [
        pytest.param(participant(), 4, True, id="a-day-later-at-noon"),
        pytest.param(participant(left=0), 4, False, id="through"),
        pytest.param(participant(last_at=NOW), 6, False, id="answered-today"),
        pytest.param(participant(reminded_at=NOW), 6, False, id="reminded-today"),
        pytest.param(participant(), 17, False, id="one-in-the-morning-in-taipei"),
        pytest.param(participant(reminders=MOST_REMINDERS), 4, False, id="enough-is-enough"),
        pytest.param(
            participant(rests_until=NOW.replace(hour=16)), 6, False, id="enough-for-today"
        ),
    ],
)
def test_when_somebody_is_reminded(who, hour, is_due):
    """By day, by the community's clock."""
    assert is_to_remind(who, now=NOW.replace(hour=hour), timezone="Asia/Taipei") is is_due


@settings(max_examples=50)
@given(st.lists(st.integers(1, 300), min_size=1, max_size=60))
def test_nobody_is_reminded_twice_on_one_day(pauses):
    """However often the clock is asked."""
    now, who, days = NOW, participant(), []
    for minutes in pauses:
        now += timedelta(minutes=minutes)
        if is_to_remind(who, now=now, timezone="Asia/Taipei"):
            days.append((now + timedelta(hours=8)).date())
            who = participant(reminded_at=now, reminders=who.reminders + 1)

    assert len(days) == len(set(days)) <= MOST_REMINDERS
