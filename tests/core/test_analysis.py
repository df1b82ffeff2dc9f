"""A collection in numbers, and people only where enough of them did something."""

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.analysis import (
    Dated,
    Halves,
    crosstab,
    halves,
    origins,
    series,
    start_of,
    starts,
    step_of,
)
from core.domain import LabelPath
from core.silence import gaps
from core.taking_part import PEOPLE_FLOOR, Act, contributions
from core.taxonomy import parse
from tests.fakes.codebook import TAXONOMY

LABOUR, MIGRANT = LabelPath("topic/labour"), LabelPath("topic/labour/migrant")
NATURE, STATEMENT = LabelPath("topic/environment"), LabelPath("form/statement")
TODAY = date(2026, 3, 15)
JANUARY, FEBRUARY, MARCH = date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 1)

days = st.dates(date(1990, 1, 1), date(2030, 12, 31))


# ── over time ────────────────────────────────────────────────────────────────────────────────────


@given(days, days, st.lists(st.builds(Dated, days, st.booleans()), max_size=40))
def test_every_item_of_a_span_is_counted_once(one, other, items):
    """In its period; periods follow one another without a hole."""
    first, last = sorted((one, other))

    found = series(items, first, last)

    within = [each for each in items if first <= each.on <= last]
    assert found.items == len(within)
    assert found.confirmed == sum(each.is_confirmed for each in within)
    assert [each.start for each in found.counts] == starts(first, last, found.step)
    expected = Counter(start_of(each.on, found.step) for each in within)
    assert {each.start: each.items for each in found.counts if each.items} == expected


@given(days, days)
def test_periods_can_be_told_apart_on_a_phone(one, other):
    """Sixty-odd columns at most, and one at least."""
    first, last = sorted((one, other))

    assert 1 <= len(starts(first, last, step_of(first, last))) <= 62


def test_the_period_with_most():
    """The latest of several; none where there is nothing."""
    items = [Dated(JANUARY), Dated(MARCH)]

    assert series(items, JANUARY, TODAY, "month").most.start == MARCH
    assert series([], JANUARY, TODAY).most is None


@pytest.mark.parametrize(
    ("earlier", "later", "change"),
    [
        pytest.param(0, 0, "alike", id="nothing"),
        pytest.param(1, 3, "alike", id="chance"),
        pytest.param(3, 15, "more", id="more"),
        pytest.param(15, 3, "fewer", id="fewer"),
        pytest.param(100, 120, "alike", id="chance-of-many"),
    ],
)
def test_chance_is_no_change(earlier, later, change):
    """Two counts of the same rate differ, too."""
    assert Halves(earlier, later).change == change


@given(st.lists(days, max_size=30), days, st.integers(0, 400))
def test_halves_are_equally_long(on, first, length):
    """A rate that stays fills both alike."""
    last = first + timedelta(days=length)
    everyday = [Dated(first + timedelta(days=n)) for n in range(length + 1)]

    same = halves(everyday, first, last)
    some = halves(map(Dated, on), first, last)

    assert same.earlier == same.later == (length + 1) // 2
    assert some.earlier + some.later <= len(on)


# ── two dimensions ───────────────────────────────────────────────────────────────────────────────


def test_pairs_are_counted_where_both_stand():
    """An item without a label of one kind is no part of it."""
    carried = {1: [LABOUR, STATEMENT], 2: [LABOUR, NATURE, STATEMENT], 3: [LABOUR], 4: [STATEMENT]}

    found = crosstab(carried, [LABOUR, NATURE], [STATEMENT])

    assert found.items == 2
    assert found.cells == {(LABOUR, STATEMENT): 2, (NATURE, STATEMENT): 1}
    assert found.most == [(LABOUR, STATEMENT), (NATURE, STATEMENT)]
    assert found.empty == 0


def test_a_phone_has_room_for_the_largest_only():
    """They stand in the order of the taxonomy; the others are counted."""
    many = [LabelPath(f"topic/{n:02}") for n in range(40)]
    carried = {n: [many[n % 40], STATEMENT] for n in range(0, 400, 2)}

    found = crosstab(carried, many, [STATEMENT])

    assert len(found.rows) == 14
    assert list(found.rows) == sorted(found.rows)
    assert found.left_out == 6


# ── sources ──────────────────────────────────────────────────────────────────────────────────────


def test_sources_and_their_concentration():
    """Case is no other source; what has none is told apart."""
    sites = ["公視"] * 6 + ["The Paper", "the paper", "The Paper", "苦勞網", None, "  "]

    found = origins(sites)

    assert found.sources == (("公視", 6), ("The Paper", 3), ("苦勞網", 1))
    assert (found.items, found.nameless, found.half) == (10, 2, 1)
    assert found.effective == pytest.approx(100 / 46)


@given(st.lists(st.sampled_from(["a", "b", "c", "d", None])))
def test_concentration_has_bounds(sites):
    """From one source to as many as there are."""
    found = origins(sites)

    assert found.items + found.nameless == len(sites)
    if found.sources:
        assert 1 - 1e-9 <= found.effective <= len(found.sources) + 1e-9
        assert 1 <= found.half <= len(found.sources)
        assert 2 * sum(count for _, count in found.sources[: found.half]) >= found.items
    else:
        assert (found.half, found.effective) == (0, 0.0)


# ── gaps ─────────────────────────────────────────────────────────────────────────────────────────


def test_what_has_not_come_for_long():
    """Thirty days are no gap yet; what is below a silent label is implied."""
    taxonomy = parse(TAXONOMY)
    arrivals = {
        LABOUR: (5, TODAY - timedelta(days=31)),
        MIGRANT: (2, TODAY - timedelta(days=90)),
        NATURE: (9, TODAY - timedelta(days=30)),
    }

    found = gaps(arrivals, taxonomy, TODAY)

    assert [(each.path, each.days, each.below) for each in found.gaps] == [(LABOUR, 31, 1)]
    assert [each.path for each in found.never] == [STATEMENT]
    assert (found.labels, found.silent) == (4, 3)
    assert gaps(arrivals, taxonomy, TODAY, within=LabelPath("topic")).never == ()


# ── people ───────────────────────────────────────────────────────────────────────────────────────


def test_a_few_people_are_not_told_of():
    """Neither how many they are, nor what they did, nor by subtracting it from a total."""
    many = [Act(n, "share", JANUARY, 2) for n in range(PEOPLE_FLOOR)]
    few = [Act(n, "vote", JANUARY, 7) for n in range(PEOPLE_FLOOR - 1)]
    alone = [Act("x", "share", FEBRUARY, 9)]

    found = contributions([*many, *few, *alone], [JANUARY, FEBRUARY, MARCH])

    january, february, march = found.months
    assert (january.people, january.shares, january.votes) == (PEOPLE_FLOOR, 10, None)
    assert (february.people, february.shares, february.votes) == (None, None, None)
    assert (march.people, march.shares) == (None, None)
    assert (found.shares, found.votes, found.people) == (10, 0, PEOPLE_FLOOR + 1)


acts = st.builds(
    Act,
    st.integers(0, 8),
    st.sampled_from(["share", "vote"]),
    st.sampled_from([JANUARY, FEBRUARY, MARCH]),
    st.integers(1, 5),
)


@given(st.lists(acts), st.randoms())
def test_who_did_it_makes_no_difference(given_acts, chance):
    """With names exchanged the figures are the same, and none is told of fewer than the floor."""
    months = [JANUARY, FEBRUARY, MARCH]
    names = list(range(9))
    chance.shuffle(names)
    renamed = [Act(names[each.person], each.kind, each.month, each.times) for each in given_acts]

    found = contributions(given_acts, months)

    assert found == contributions(renamed, months)
    for month in found.months:
        sharing = {
            each.person for each in given_acts if each.month == month.start and each.kind == "share"
        }
        assert (month.shares is None) == (len(sharing) < PEOPLE_FLOOR)
        assert month.people is None or month.people >= PEOPLE_FLOOR


def test_periods_that_a_span_cuts_short_are_told():
    """A month that began before it, and one that ends after it; a whole one is not."""
    cut = series([], date(2026, 1, 2), date(2026, 3, 30), "month")
    whole = series([], date(2026, 1, 1), date(2026, 2, 28), "month")

    assert [cut.is_cut(each) for each in cut.counts] == [True, False, True]
    assert not any(whole.is_cut(each) for each in whole.counts)
