"""Which questions are worth a member's time."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.choosing_questions import (
    A_DAY,
    ENOUGH,
    MIN_WORTH,
    Candidate,
    Known,
    agreed,
    choose,
    doubt,
    missing,
    worth,
)
from core.domain import Customs, LabelPath, LabelStatus, MemberRef, Tally, Vote
from core.questions import Asked
from core.taxonomy import parse
from tests.fakes.codebook import TAXONOMY

ANN, BO, CY = (MemberRef("fake", name) for name in ("ann", "bo", "cy"))
LABOUR, MIGRANT, ENVIRONMENT = "topic/labour", "topic/labour/migrant", "topic/environment"
TWO_FORMS = (
    TAXONOMY
    + """
  [[dimension.label]]
  id = "report"
  name = { zh-TW = "報導", en = "a report" }
  definition = { zh-TW = "記者寫的。", en = "Written by a journalist." }
"""
)
TREE = parse(TWO_FORMS)
SURE = Candidate(1, LabelPath(LABOUR), LabelStatus.SUGGESTED, 0.99, 0.1)
DOUBTFUL = replace(SURE, probability=0.1)
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def chosen(*candidates, member=ANN, known=None, most=A_DAY, **customs) -> list[Asked]:
    return choose(
        candidates,
        member=member,
        customs=Customs(**customs),
        taxonomy=TREE,
        known=known or {},
        most=most,
    )


def test_doubt_is_about_the_threshold_and_not_about_one_half():
    """The same probability is sure under one threshold and doubtful under another."""
    assert doubt(replace(SURE, probability=0.3, threshold=0.3)) == pytest.approx(1.0)
    assert doubt(replace(SURE, probability=0.3, threshold=0.01)) < 0.2
    assert doubt(replace(SURE, probability=0.5, threshold=1.0)) < 0.001
    assert doubt(replace(SURE, probability=None)) == 0.0
    assert doubt(replace(SURE, models_differ=True)) == 1.0


@given(st.floats(0, 1), st.floats(0, 1))
def test_doubt_is_a_share_of_a_bit(probability, threshold):
    """Whatever a model says, also 0 and 1."""
    assert 0 <= doubt(replace(SURE, probability=probability, threshold=threshold)) <= 1


def test_what_is_disputed_comes_before_what_is_doubtful_and_that_before_what_is_sure():
    """The most telling voice first."""
    disputed = replace(SURE, item=3, tally=Tally(1, 1), voters=frozenset({BO, CY}))
    doubtful, sure = replace(DOUBTFUL, item=2), SURE

    asked = chosen(sure, doubtful, disputed)

    assert [each.item for each in asked] == [3, 2, 1]


def test_a_label_is_uncertain_by_itself():
    """Of two labels of one item the doubtful one is asked about, and the sure one of a label that
    is well known is not."""
    other = replace(SURE, path=LabelPath(ENVIRONMENT))

    asked = chosen(DOUBTFUL, other, known={ENVIRONMENT: Known(decided=15)})

    assert asked == [Asked(1, LABOUR)]


def test_a_sure_suggestion_is_asked_about_while_its_label_is_rare():
    """Nobody knows yet whether the model may be sure of it."""
    assert chosen(SURE) == [Asked(1, LABOUR)]
    assert chosen(SURE, known={LABOUR: Known(decided=15)}) == []


def test_parents_come_before_children():
    """If both are worth it; a parent that is settled is not asked about for its child's sake."""
    child = replace(DOUBTFUL, path=LabelPath(MIGRANT), tally=Tally(1, 1), voters=frozenset({BO}))

    assert chosen(child, DOUBTFUL) == [Asked(1, LABOUR), Asked(1, MIGRANT)]
    assert chosen(child, replace(DOUBTFUL, status=LabelStatus.CONFIRMED)) == [Asked(1, MIGRANT)]


def test_nothing_is_asked_below_what_people_rejected():
    """Nor below what the member refused."""
    child = replace(DOUBTFUL, path=LabelPath(MIGRANT))

    assert chosen(child, replace(DOUBTFUL, status=LabelStatus.REJECTED)) == []
    assert chosen(replace(child, refusers=frozenset({ANN}))) == []


def test_beside_the_one_that_was_chosen_nothing_is_asked():
    """Where one label is to be chosen."""
    statement = replace(
        SURE, path=LabelPath("form/statement"), status=LabelStatus.CONFIRMED, tally=Tally(2, 0)
    )
    report = replace(DOUBTFUL, path=LabelPath("form/report"), status=None)

    assert chosen(report) == [Asked(1, "form/report")]
    assert chosen(statement, report) == []


def test_as_many_people_are_asked_as_a_decision_takes():
    """Those who are being asked count as if they had answered."""
    one = replace(DOUBTFUL, asked=frozenset({BO}), being_asked=frozenset({BO}))
    two = replace(DOUBTFUL, asked=frozenset({BO, CY}), being_asked=frozenset({BO, CY}))

    assert chosen(one) == [Asked(1, LABOUR)]
    assert chosen(two) == []
    assert chosen(two, quorum=3) == [Asked(1, LABOUR)]
    assert chosen(replace(DOUBTFUL, tally=Tally(2, 0), voters=frozenset({BO, CY}))) == []


def test_what_was_begun_is_finished_first():
    """Two volunteers meet on the same questions, instead of beginning six."""
    begun = replace(DOUBTFUL, item=1, asked=frozenset({BO}), being_asked=frozenset({BO}))
    fresh = [replace(DOUBTFUL, item=item) for item in range(2, 9)]

    assert chosen(*fresh, begun, most=1) == [Asked(1, LABOUR)]


@pytest.mark.parametrize(
    "known_to_ann",
    [{"voters": frozenset({ANN})}, {"asked": frozenset({ANN})}],
    ids=["voted", "asked-before"],
)
def test_nobody_is_asked_twice(known_to_ann):
    """Whatever they said, or did not."""
    assert chosen(replace(DOUBTFUL, **known_to_ann)) == []
    assert chosen(replace(DOUBTFUL, **known_to_ann), member=BO) == [Asked(1, LABOUR)]


def test_who_handed_it_in_is_asked_only_if_their_voice_counts():
    """As it is with votes."""
    own = replace(DOUBTFUL, owners=frozenset({ANN}))

    assert chosen(own, counts_own=False) == []
    assert chosen(own, counts_own=True) == [Asked(1, LABOUR)]


def test_a_label_on_which_people_agree_is_left_alone():
    """Once enough was decided; a dispute is still brought to its end."""
    settled = {LABOUR: Known(decided=ENOUGH, agrees=True)}
    disputed = replace(DOUBTFUL, status=LabelStatus.DISPUTED)

    assert chosen(DOUBTFUL, known=settled) == []
    assert chosen(DOUBTFUL, known={LABOUR: Known(decided=ENOUGH - 1, agrees=True)})
    assert chosen(disputed, known=settled) == [Asked(1, LABOUR)]


def test_a_day_has_some_variety():
    """The same label weighs less each time."""
    same = [replace(DOUBTFUL, item=item) for item in range(1, 6)]
    other = replace(DOUBTFUL, item=9, path=LabelPath(ENVIRONMENT))

    assert Asked(9, ENVIRONMENT) in chosen(*same, other, most=2)


def test_different_members_begin_with_different_questions():
    """What is equal goes by a draw, which is the same every time it is made."""
    equal = [replace(DOUBTFUL, item=item) for item in range(1, 30)]
    firsts = {
        member.id: chosen(*equal, member=member, most=1)[0].item
        for member in (MemberRef("fake", str(number)) for number in range(12))
    }

    assert len(set(firsts.values())) > 6
    assert chosen(*equal) == chosen(*reversed(equal))


@given(
    st.lists(
        st.builds(
            Candidate,
            st.integers(1, 4),
            st.sampled_from([label.path for label in TREE.walk()]),
            st.sampled_from([None, *LabelStatus]),
            st.floats(0, 1),
            st.floats(0, 1),
            st.booleans(),
            st.builds(Tally, st.integers(0, 3), st.integers(0, 3)),
            st.frozensets(st.sampled_from([ANN, BO, CY])),
        ),
        unique_by=lambda each: (each.item, each.path),
    )
)
def test_whatever_there_is_only_what_may_be_asked_is(candidates):
    """At most three, none twice, none decided, none worthless, parents first."""
    asked = chosen(*candidates)

    by_key = {(each.item, each.path): each for each in candidates}
    assert len(asked) == len(set(asked)) <= A_DAY
    for each in asked:
        found = by_key[each.item, each.path]
        assert ANN not in found.voters
        assert found.status not in (LabelStatus.CONFIRMED, LabelStatus.REJECTED)
        assert missing(found.tally, Customs()) > 0
        assert worth(found, Known()) >= MIN_WORTH


@given(st.integers(0, 6), st.integers(0, 6), st.integers(1, 4), st.integers(1, 3))
def test_so_many_voices_more_decide(for_, against, quorum, lead):
    """On the side that is ahead; and one fewer does not."""
    left = missing(Tally(for_, against), Customs(quorum=quorum, lead=lead))

    def is_decided(more: int) -> bool:
        sides = (Tally(for_ + more, against), Tally(for_, against + more))
        wins = ((each.for_, each.against) for each in sides)
        return any(max(won, lost) >= quorum and abs(won - lost) >= lead for won, lost in wins)

    assert is_decided(left)
    assert left == 0 or not is_decided(left - 1)


def test_agreement_is_told_by_label():
    """Good where alpha is, or where everybody always said the same; of one voice nothing is."""
    votes = []

    def say(path: str, said: dict[int, str]) -> None:
        for item, voices in said.items():
            for member, voice in zip((ANN, BO), voices, strict=False):
                votes.append((item, Vote(LabelPath(path), member, voice == "+", "button", NOON)))

    say(LABOUR, {1: "++", 2: "--", 3: "++"})
    say(MIGRANT, {1: "+-", 2: "-+", 3: "++"})
    say(ENVIRONMENT, {1: "++", 2: "++"})
    say("form/report", {1: "+", 2: "+"})

    assert agreed(votes) == {LABOUR, ENVIRONMENT}
