"""The order of questions, and what follows from a "no"."""

from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from core.domain import LabelPath, MemberRef
from core.questions import (
    Asked,
    Occasion,
    Progress,
    Purpose,
    Question,
    QuestionState,
    Said,
    in_order,
    lapsing,
    next_of,
    progress_of,
    reviving,
)
from core.taxonomy import ancestors

MEI = MemberRef("fake", "mei")
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
PATHS = ["t/a", "t/a/b", "t/a/b/c", "t/d", "f/x"]


def question(id_: int, path: str, *, item: int = 1, state="waiting", answer=None) -> Question:
    """A question whose id tells its place."""
    return Question(
        id_,
        1,
        MEI,
        item,
        LabelPath(path),
        Occasion(Purpose.DAILY, "today"),
        id_,
        NOON,
        state=QuestionState(state),
        answer=answer,
    )


@given(st.lists(st.builds(Asked, st.integers(1, 3), st.sampled_from(PATHS))))
def test_parents_come_first_and_nothing_gets_lost(asked):
    """However they were handed over."""
    ordered = in_order(asked)

    assert set(ordered) == set(asked)
    assert len(ordered) == len(set(asked))
    for at, each in enumerate(ordered):
        later = {(other.item, other.path) for other in ordered[at:]}
        assert not any((each.item, above) in later for above in ancestors(each.path))


def test_what_has_no_parent_keeps_its_place():
    """Only a parent comes forward, to just before its child."""
    asked = [Asked(2, "f/x"), Asked(1, "t/a/b"), Asked(1, "f/x"), Asked(1, "t/a"), Asked(2, "t/a")]

    ordered = in_order(asked)

    assert ordered == [asked[0], asked[3], asked[1], asked[2], asked[4]]


def test_the_next_one_is_the_first_without_an_answer():
    """Shown or not; None when there is none."""
    first, second = question(0, "t/a", state="skipped"), question(1, "f/x", state="shown")

    assert next_of([second, first]) == second
    assert next_of([first]) is None


def test_progress_leaves_out_what_lapsed():
    """And tells the way back."""
    first = question(0, "t/a", state="answered", answer=Said.NO)
    lapsed = question(1, "t/a/b", state="lapsed")
    last = question(2, "f/x")

    assert progress_of(last, [first, lapsed, last]) == Progress(2, 2, first)
    assert progress_of(first, [first, lapsed, last]) == Progress(1, 2, None)


def test_a_no_lapses_what_is_below_about_the_same_text():
    """Answered or not; what was skipped stays skipped, and other texts are no matter."""
    refused = question(0, "t/a", state="answered", answer=Said.NO)
    open_ = question(1, "t/a/b", state="shown")
    answered = question(2, "t/a/b/c", state="answered", answer=Said.YES)
    others = [
        question(3, "t/d"),
        question(4, "t/a/b", item=2),
        question(5, "t/a/x", state="skipped"),
    ]

    assert lapsing(refused, [refused, open_, answered, *others]) == [open_, answered]
    assert lapsing(replace(refused, answer=Said.UNSURE), [open_]) == []


def test_another_answer_brings_them_back_unless_one_between_is_refused():
    """A grandchild waits for its parent."""
    changed = question(0, "t/a", state="answered", answer=Said.YES)
    child = question(1, "t/a/b", state="lapsed")
    grandchild = question(2, "t/a/b/c", state="lapsed")
    refused = replace(child, state=QuestionState.ANSWERED, answer=Said.NO)

    assert reviving(changed, [changed, child, grandchild]) == [child, grandchild]
    assert reviving(changed, [changed, refused, grandchild]) == []
    assert reviving(replace(changed, answer=Said.NO), [child]) == []
