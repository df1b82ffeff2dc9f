"""Votes say what people said, and nothing that they did not."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from core.agreement import Judgement
from core.confusion import Suggestion, confused, split, suggestion
from core.domain import DISCUSS, NONE_FITS, LabelPath, LabelStatus, MemberRef, Vote
from core.judging import NO, YES, by_dimension, by_label, first_votes, readings
from core.taxonomy import parse
from tests.fakes.codebook import TAXONOMY

TAXONOMY_OF_TWO_FORMS = parse(
    TAXONOMY
    + """
    [[dimension.label.label]]
    id = "joint"
    name = { en = "a joint statement" }
    definition = { en = "Of several groups." }
  [[dimension.label]]
  id = "report"
  name = { en = "a report" }
  definition = { en = "Written by a journalist." }
"""
)
LABOUR, MIGRANT, NATURE = "topic/labour", "topic/labour/migrant", "topic/environment"
STATEMENT, JOINT, REPORT = "form/statement", "form/statement/joint", "form/report"
START = datetime(2026, 3, 2, 8, tzinfo=UTC)


def votes(*said: str, item: int = 1) -> list[tuple[int, Vote]]:
    """Votes in their order, as "ann +topic/labour"."""
    return [
        (
            item,
            Vote(
                LabelPath(what[1:]),
                MemberRef("x", who),
                what[0] == "+",
                "button",
                START + timedelta(minutes=minute),
            ),
        )
        for minute, (who, what) in enumerate(each.split() for each in said)
    ]


def said(judgements: list[Judgement], who: str) -> dict[str, object]:
    """What one of them said, by what was asked."""
    return {each.label: each.value for each in judgements if each.rater == MemberRef("x", who)}


def dimensions(*cast: str) -> list[Judgement]:
    return by_dimension(readings(votes(*cast), TAXONOMY_OF_TWO_FORMS), TAXONOMY_OF_TWO_FORMS)


def labels(*cast: str) -> list[Judgement]:
    return by_label(readings(votes(*cast), TAXONOMY_OF_TWO_FORMS), TAXONOMY_OF_TWO_FORMS)


# ── judgements ───────────────────────────────────────────────────────────────────────────────────


def test_silence_is_missing():
    """Who said nothing of a label has not refused it."""
    judgements = dimensions(f"ann +{LABOUR}", f"ann -{NATURE}", f"bo +{LABOUR}")

    assert said(judgements, "ann") == {LABOUR: YES, NATURE: NO}
    assert said(judgements, "bo") == {LABOUR: YES}


def test_a_label_implies_those_above_it():
    """Whoever says that it is about migrant workers says that it is about labour."""
    assert said(dimensions(f"ann +{MIGRANT}"), "ann") == {MIGRANT: YES, LABOUR: YES}


def test_an_own_word_is_stronger_than_what_is_implied():
    """Somebody may contradict themself; both voices are theirs, whichever came first."""
    expected = {MIGRANT: YES, LABOUR: NO}

    assert said(dimensions(f"ann +{MIGRANT}", f"ann -{LABOUR}"), "ann") == expected
    assert said(dimensions(f"ann -{LABOUR}", f"ann +{MIGRANT}"), "ann") == expected


def test_a_refusal_implies_nothing():
    """Neither of those above nor of those below."""
    assert said(dimensions(f"ann -{MIGRANT}", f"bo +{LABOUR}"), "ann") == {MIGRANT: NO}
    assert said(dimensions(f"ann -{LABOUR}", f"bo +{MIGRANT}"), "ann") == {LABOUR: NO}


def test_none_fits_refuses_what_others_judged():
    """But nothing that the member said yes to, and nothing that nobody thought of."""
    judgements = dimensions(f"ann +{NATURE}", f"ann +{NONE_FITS}", f"bo +{LABOUR}")

    assert said(judgements, "ann") == {NATURE: YES, LABOUR: NO}


def test_none_fits_is_a_value_where_one_is_to_be_chosen():
    """It is a choice against all of them."""
    judgements = dimensions(f"ann +{NONE_FITS}", f"bo +{REPORT}")

    assert said(judgements, "ann") == {"form": NONE_FITS}
    assert said(judgements, "bo") == {"form": REPORT}


def test_where_one_is_to_be_chosen_the_choice_is_the_value():
    """The top of the tree counts, whatever deeper label says it; the later of two stands."""
    judgements = dimensions(f"ann +{JOINT}", f"bo +{STATEMENT}", f"bo +{REPORT}", f"cy -{REPORT}")

    assert said(judgements, "ann") == {"form": STATEMENT}
    assert said(judgements, "bo") == {"form": REPORT}
    assert said(judgements, "cy") == {}


def test_choosing_one_refuses_the_others_of_its_level():
    """Of each label alone, another choice is a no; who stopped at the parent is silent below."""
    judgements = labels(f"ann +{JOINT}", f"bo +{STATEMENT}", f"cy +{REPORT}", f"dee -{REPORT}")

    assert said(judgements, "ann") == {JOINT: YES, STATEMENT: YES, REPORT: NO}
    assert said(judgements, "bo") == {STATEMENT: YES, REPORT: NO}
    assert said(judgements, "cy") == {STATEMENT: NO, REPORT: YES}
    assert said(judgements, "dee") == {REPORT: NO}


def test_what_is_no_judgement_is_left_out():
    """A wish to discuss, "none fits" taken back, and a label that is no longer there."""
    cast = votes(f"ann +{DISCUSS}", f"ann -{NONE_FITS}", "ann +topic/gone", f"bo +{LABOUR}")

    found = by_label(readings(cast, TAXONOMY_OF_TWO_FORMS), TAXONOMY_OF_TWO_FORMS)

    assert said(found, "ann") == {}


@given(st.permutations([f"ann +{MIGRANT}", f"ann -{NATURE}", f"bo +{NONE_FITS}", f"bo +{LABOUR}"]))
def test_where_many_may_hold_order_makes_no_difference(cast):
    """The same voices are the same judgements."""
    assert set(dimensions(*cast)) == set(
        dimensions(f"ann +{MIGRANT}", f"ann -{NATURE}", f"bo +{NONE_FITS}", f"bo +{LABOUR}")
    )


def test_an_item_begins_with_its_first_vote():
    """Whatever order they come in."""
    cast = votes(f"ann +{LABOUR}", f"bo +{LABOUR}")

    assert first_votes(reversed(cast)) == {1: START}


# ── confusion ────────────────────────────────────────────────────────────────────────────────────


def confusions(*cast: str) -> set[tuple[str, str | None]]:
    found = confused(readings(votes(*cast), TAXONOMY_OF_TWO_FORMS), TAXONOMY_OF_TWO_FORMS)
    return {(each.first, each.second) for each in found}


def test_different_choices_are_confusion():
    """Where only one can be right, two people took one for the other."""
    assert confusions(f"ann +{JOINT}", f"bo +{REPORT}") == {(STATEMENT, REPORT)}


def test_different_labels_are_none_where_both_may_hold():
    """Each may have seen one of two right ones, until somebody refuses the other's."""
    assert confusions(f"ann +{LABOUR}", f"bo +{NATURE}") == set()
    assert confusions(f"ann +{LABOUR}", f"bo +{NATURE}", f"bo -{LABOUR}") == {(LABOUR, NATURE)}


def test_labels_of_different_levels_are_not_confused():
    """One is below the other, so both hold."""
    assert confusions(f"ann +{MIGRANT}", f"bo +{LABOUR}", f"bo -{MIGRANT}") == set()


def test_confusions_are_ranked_by_items():
    """The most items first; of an item's, those with most people against each other."""
    cast = [
        *votes(f"ann +{REPORT}", f"bo +{STATEMENT}", item=1),
        *votes(f"ann +{REPORT}", f"bo +{STATEMENT}", f"cy +{STATEMENT}", item=2),
        *votes(f"ann +{LABOUR}", f"ann -{NATURE}", f"bo +{NATURE}", item=3),
    ]

    first, second = confused(readings(cast, TAXONOMY_OF_TWO_FORMS), TAXONOMY_OF_TWO_FORMS)

    assert (first.first, first.second) == (STATEMENT, REPORT)
    assert (first.items, first.people) == ((2, 1), 3)
    assert second.items == (3,)


def test_a_label_is_split_by_yes_and_no():
    """Of one label, too, people contradict each other."""
    cast = votes(f"ann +{LABOUR}", f"bo -{LABOUR}", f"cy -{LABOUR}", f"ann +{NATURE}")

    (found,) = split(readings(cast, TAXONOMY_OF_TWO_FORMS), TAXONOMY_OF_TWO_FORMS)

    assert (found.first, found.second, found.items, found.people) == (LABOUR, None, (1,), 2)


def test_a_sentence_follows_from_decisions():
    """What most of the disputed items were decided to be; without any, discuss first."""
    cast = [
        vote
        for item in (1, 2, 3)
        for vote in votes(f"ann +{REPORT}", f"bo +{STATEMENT}", item=item)
    ]
    (found,) = confused(readings(cast, TAXONOMY_OF_TWO_FORMS), TAXONOMY_OF_TWO_FORMS)
    yes, no = LabelStatus.CONFIRMED, LabelStatus.REJECTED
    report = {(1, REPORT): yes, (1, STATEMENT): no, (2, REPORT): yes, (2, STATEMENT): no}
    otherwise = {(3, REPORT): no, (3, STATEMENT): yes}

    assert suggestion(found, {}).kind == "open"
    assert suggestion(found, {(1, REPORT): yes, (1, STATEMENT): yes}).kind == "both"
    assert suggestion(found, report | otherwise) == Suggestion(
        "excludes", LabelPath(STATEMENT), LabelPath(REPORT), example=2, decided=2, against=1
    )


def test_a_sentence_on_a_single_label():
    """Whether such an item has it."""
    cast = votes(f"ann +{LABOUR}", f"bo -{LABOUR}")
    (found,) = split(readings(cast, TAXONOMY_OF_TWO_FORMS), TAXONOMY_OF_TWO_FORMS)

    refused = suggestion(found, {(1, LabelPath(LABOUR)): LabelStatus.REJECTED})

    assert (refused.kind, refused.holds, refused.example) == ("edge", False, 1)
    assert suggestion(found, {}).kind == "open"
