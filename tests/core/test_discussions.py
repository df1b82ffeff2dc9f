"""What votes, rulings and time mean for discussions: rules without a store."""

from datetime import UTC, datetime, timedelta
from functools import partial

from hypothesis import given
from hypothesis import strategies as st

from core.deciding import decide, tallies, verdict
from core.discussions import (
    Changes,
    Discussion,
    Outcome,
    Stage,
    Trigger,
    follow,
    in_question,
)
from core.domain import (
    DISCUSS,
    NONE_FITS,
    Customs,
    ItemLabel,
    LabelPath,
    LabelStatus,
    MemberRef,
    Tally,
    Vote,
)
from core.taxonomy import parse
from tests.fakes.codebook import TAXONOMY

LABOUR, MIGRANT = LabelPath("topic/labour"), LabelPath("topic/labour/migrant")
STATEMENT = LabelPath("form/statement")
CUSTOMS = Customs()
BASE = dict.fromkeys((LABOUR, MIGRANT, STATEMENT), LabelStatus.SUGGESTED)
SCORES = {LABOUR: 0.95, MIGRANT: 0.9, STATEMENT: 0.6}
TREE = parse(TAXONOMY)
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def vote(who: str, path: str, is_for: bool = True, *, at: int = 0) -> Vote:
    """A voice, so many minutes after noon."""
    moment = NOON + timedelta(minutes=at)
    return Vote(LabelPath(path), MemberRef("fake", who), is_for, "button", moment)


def about(path: str, stage: Stage, *, at: int = 0, **said: object) -> Discussion:
    """A discussion that was queued so many minutes after noon, and closed at the same time."""
    moment = NOON + timedelta(minutes=at)
    closed = moment if stage is Stage.CLOSED else None
    said = {"trigger": Trigger.SPLIT, "id": 1} | said
    return Discussion(
        community=1,
        item=1,
        path=LabelPath(path),
        stage=stage,
        queued_at=moment,
        closed_at=closed,
        **said,  # type: ignore[arg-type]
    )


def after(votes, *past: Discussion, base=BASE, ruled=None, **said) -> Changes:
    """What follows from votes, decided as they are."""
    statuses = decide(votes, base=base, taxonomy=TREE, customs=CUSTOMS, own=())
    labels = [
        ItemLabel(path, SCORES.get(path, 0.0), status)
        for path, status in statuses.items()
        if status is not None and path != NONE_FITS
    ]
    spoken: dict[LabelPath, datetime] = {}
    for each in votes:
        spoken[each.path] = max(each.at, spoken.get(each.path, each.at))
    return follow(
        spoken,
        labels=labels,
        tallies=tallies(votes, customs=CUSTOMS, own=()),
        verdict=partial(verdict, customs=CUSTOMS),
        past=past,
        ruled=ruled or {},
        **said,
    )


NOTHING = Changes({}, {}, {})
SPLIT = [vote("ann", MIGRANT, at=1), vote("bo", MIGRANT, False, at=2)]


def test_votes_that_split_begin_a_discussion():
    """About that label."""
    assert after(SPLIT).begin == {MIGRANT: Trigger.SPLIT}


def test_one_voice_is_no_dispute():
    """Nor are two that agree."""
    assert after(SPLIT[:1]) == NOTHING
    assert after([vote("ann", MIGRANT), vote("bo", MIGRANT)]) == NOTHING


def test_a_split_on_a_line_of_the_tree_is_one_discussion():
    """About the narrowest label, on which people differ most precisely."""
    votes = [*SPLIT, vote("bo", LABOUR, False, at=3)]

    assert after(votes).begin == {MIGRANT: Trigger.SPLIT}


def test_somebody_who_asks_begins_one_about_the_label_that_is_least_sure():
    """There is one, however many labels there are."""
    assert after([vote("ann", DISCUSS)]).begin == {STATEMENT: Trigger.ASKED}


def test_somebody_who_asks_about_an_item_without_labels_asks_whether_none_fits():
    """There is no other question."""
    assert after([vote("ann", DISCUSS)], base={}).begin == {NONE_FITS: Trigger.ASKED}


def test_a_split_is_what_is_discussed_when_somebody_asks_too():
    """The others are left in peace."""
    assert after([*SPLIT, vote("cy", DISCUSS)]).begin == {MIGRANT: Trigger.SPLIT}


def test_the_question_is_about_what_is_not_decided():
    """Then about what members agree on least, then about what the model is least sure of."""
    labels = [
        ItemLabel(LABOUR, 0.9, LabelStatus.SUGGESTED),
        ItemLabel(MIGRANT, 0.8, LabelStatus.SUGGESTED),
        ItemLabel(STATEMENT, 0.4, LabelStatus.CONFIRMED),
    ]

    assert in_question(labels, {}) == MIGRANT
    assert in_question(labels[2:], {}) == STATEMENT
    sure = [ItemLabel(STATEMENT, 0.4), ItemLabel(MIGRANT, 0.8)]
    assert in_question(sure, {STATEMENT: Tally(1, 0)}) == MIGRANT


def test_a_label_under_discussion_is_not_discussed_twice():
    """In whatever stage."""
    for stage in (Stage.QUEUED, Stage.OPEN, Stage.DECIDED):
        assert after(SPLIT, about(MIGRANT, stage)).begin == {}


def test_what_was_discussed_rests_until_somebody_speaks_anew():
    """On that label, or on one above or below."""
    over = about(MIGRANT, Stage.CLOSED, at=5, outcome=Outcome.LEFT)
    later = [*SPLIT, vote("cy", STATEMENT, at=6)]
    on_it = [vote("ann", MIGRANT, at=6), SPLIT[1]]

    assert after(SPLIT, over) == NOTHING
    assert after(later, over) == NOTHING
    assert after(on_it, over).begin == {MIGRANT: Trigger.SPLIT}


def test_an_old_wish_to_discuss_is_fulfilled_by_whatever_was_discussed():
    """Who takes it up again wishes anew."""
    over = about(MIGRANT, Stage.CLOSED, at=5, outcome=Outcome.RIGHT)

    assert after([vote("ann", DISCUSS, at=1)], over) == NOTHING
    assert after([vote("ann", DISCUSS, at=6)], over).begin == {STATEMENT: Trigger.ASKED}


def test_a_discussion_is_over_when_the_votes_decide():
    """Whichever way."""
    votes = [*SPLIT, vote("cy", MIGRANT, at=3)]

    assert after(votes, about(MIGRANT, Stage.OPEN)).close == {1: Outcome.AGREED}


def test_a_discussion_is_dropped_when_its_votes_are_taken_back():
    """And when the label is gone."""
    assert after(SPLIT[:1], about(MIGRANT, Stage.OPEN)).close == {1: Outcome.DROPPED}
    assert after([], about(MIGRANT, Stage.QUEUED), base={}).close == {1: Outcome.DROPPED}


def test_a_ruling_decides_what_is_open_and_makes_needless_what_waits():
    """Given by whatever command."""
    ruled = {MIGRANT: False}

    assert after(SPLIT, about(MIGRANT, Stage.OPEN), ruled=ruled).decide == {1: Outcome.WRONG}
    assert after(SPLIT, about(MIGRANT, Stage.QUEUED), ruled=ruled).close == {1: Outcome.WRONG}
    assert after(SPLIT, ruled=ruled) == NOTHING


def test_what_is_decided_waits_for_its_sentence():
    """Whatever is voted meanwhile."""
    votes = [*SPLIT, vote("cy", MIGRANT, at=3)]

    assert after(votes, about(MIGRANT, Stage.DECIDED)) == NOTHING


def test_a_wish_to_discuss_a_decided_label_lasts_until_it_is_taken_back_or_decided_anew():
    """People may doubt what was decided."""
    agreed = [vote("ann", STATEMENT), vote("bo", STATEMENT)]
    base = {STATEMENT: LabelStatus.SUGGESTED}
    wish = vote("cy", DISCUSS, at=4)
    asked = about(STATEMENT, Stage.OPEN, at=5, trigger=Trigger.ASKED)

    assert after([*agreed, wish], base=base).begin == {STATEMENT: Trigger.ASKED}
    assert after([*agreed, wish], asked, base=base) == NOTHING
    assert after(agreed, asked, base=base).close == {1: Outcome.DROPPED}
    anew = [*agreed, wish, vote("dee", STATEMENT, at=6)]
    assert after(anew, asked, base=base).close == {1: Outcome.AGREED}


def test_whether_none_fits_is_settled_by_a_label():
    """Or by a decision that none does."""
    asked = about(NONE_FITS, Stage.OPEN, trigger=Trigger.ASKED)
    wish = vote("ann", DISCUSS)

    assert after([wish], asked, base={}) == NOTHING
    assert after([wish], asked).close == {1: Outcome.DROPPED}
    none = [wish, vote("bo", NONE_FITS), vote("cy", NONE_FITS)]
    assert after(none, asked, base={}).close == {1: Outcome.AGREED}


def test_labels_that_nobody_voted_on_are_nobodys_dispute():
    """An import that confirms two of which one is to be chosen leaves them disputed."""
    changes = follow(
        {},
        labels=[ItemLabel(STATEMENT, 1.0, LabelStatus.DISPUTED)],
        tallies={},
        verdict=partial(verdict, customs=CUSTOMS),
        past=(),
        ruled={},
    )

    assert changes == NOTHING


def test_where_a_community_wants_none_what_is_open_still_ends():
    """And nothing begins."""
    assert after(SPLIT, is_on=False) == NOTHING
    votes = [*SPLIT, vote("cy", MIGRANT, at=3)]
    assert after(votes, about(MIGRANT, Stage.OPEN), is_on=False).close == {1: Outcome.AGREED}


VOTES = st.lists(
    st.builds(
        vote,
        st.sampled_from(["ann", "bo", "cy", "dee"]),
        st.sampled_from([LABOUR, MIGRANT, STATEMENT, DISCUSS]),
        st.booleans(),
        at=st.integers(0, 9),
    ),
    max_size=8,
    unique_by=lambda each: (each.path, each.member),
)


@given(VOTES, st.randoms())
def test_the_order_of_votes_makes_no_difference(votes, random):
    """Only what was said does."""
    shuffled = list(votes)
    random.shuffle(shuffled)

    assert after(shuffled) == after(votes)


@given(VOTES)
def test_what_begins_goes_on_while_nothing_changes(votes):
    """Following twice begins nothing a second time, and ends nothing that just began."""
    begun = [
        about(path, Stage.OPEN, at=10, id=number, trigger=trigger)
        for number, (path, trigger) in enumerate(after(votes).begin.items())
    ]

    again = after(votes, *begun)

    assert again == NOTHING


@given(VOTES)
def test_without_votes_nothing_is_discussed(votes):
    """Taking every vote back ends every discussion that is open, and begins none."""
    begun = [
        about(path, Stage.OPEN, at=10, id=number, trigger=trigger)
        for number, (path, trigger) in enumerate(after(votes).begin.items())
    ]

    changes = after([], *begun)

    assert changes.begin == {}
    assert changes.close.keys() == {each.id for each in begun}
