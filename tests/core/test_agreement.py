"""Agreement is what published worked examples say, and says honestly where it cannot be told."""

from collections.abc import Sequence

import krippendorff
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.agreement import (
    MIN_ITEMS,
    Agreement,
    Judgement,
    Reason,
    agreement,
    alpha,
    grouped,
    kappa,
    kappas,
)

MISSING = "."
VALUES = st.integers(0, 3)
JUDGEMENTS = st.lists(
    st.builds(
        Judgement,
        rater=st.sampled_from("ABCD"),
        item=st.integers(0, 8),
        label=st.sampled_from(["one", "two"]),
        value=VALUES,
    ),
    max_size=60,
)


def judged(**rows: str) -> list[Judgement]:
    """Judgements as published: a row for each rater, a column for each item, "." for missing."""
    return [
        Judgement(rater, item, "label", value)
        for rater, row in rows.items()
        for item, value in enumerate(row.split())
        if value != MISSING
    ]


def table(cells: Sequence[Sequence[int]]) -> list[Judgement]:
    """Judgements of two raters from how often the one said the row and the other the column."""
    pairs = [
        (row, column)
        for row, counts in enumerate(cells)
        for column, count in enumerate(counts)
        for _ in range(count)
    ]
    return [
        Judgement(rater, item, "label", said)
        for item, both in enumerate(pairs)
        for rater, said in zip(("A", "B"), both, strict=True)
    ]


# ── published examples ───────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("rows", "published"),
    [
        pytest.param(
            {"Meg": "0 1 0 0 0 0 0 0 1 0", "Owen": "1 1 1 0 0 1 0 0 0 0"},
            0.095,
            id="Krippendorff-2011-A-binary-two-observers",
        ),
        pytest.param(
            {"Ben": "a a b b d c c c e d d a", "Gerry": "b a b b b c c c e d d d"},
            0.692,
            id="Krippendorff-2011-B-nominal-two-observers",
        ),
        pytest.param(
            {
                "A": "1 2 3 3 2 1 4 1 2 . . .",
                "B": "1 2 3 3 2 2 4 1 2 5 . 3",
                "C": ". 3 3 3 2 3 4 2 2 5 1 .",
                "D": "1 2 3 3 2 4 4 1 2 5 1 .",
            },
            0.743,
            id="Krippendorff-2011-C-missing-data",
        ),
        pytest.param(
            {
                "A": ". . . . . 3 4 1 2 1 1 3 3 . 3",
                "B": "1 . 2 1 3 3 4 3 . . . . . . .",
                "C": ". . 2 1 3 4 4 . 2 1 1 3 3 . 4",
            },
            0.691,
            id="Wikipedia-Krippendorffs-alpha-A-computational-example",
        ),
    ],
)
def test_alpha_as_published(rows, published):
    """Alpha of worked examples, to the published digits."""
    assert alpha(judged(**rows)) == pytest.approx(published, abs=0.0005)


def test_what_went_into_the_example_with_missing_data():
    """Eleven units of twelve have two values or more: "40 pairable values", item 12 is left out."""
    rows = {
        "A": "1 2 3 3 2 1 4 1 2 . . .",
        "B": "1 2 3 3 2 2 4 1 2 5 . 3",
        "C": ". 3 3 3 2 3 4 2 2 5 1 .",
        "D": "1 2 3 3 2 4 4 1 2 5 1 .",
    }

    found = agreement(judged(**rows))

    assert (found.units, found.judgements, found.raters) == (11, 40, 4)
    assert found.reason is None


@pytest.mark.parametrize(
    ("cells", "published", "digits"),
    [
        pytest.param([[75, 1, 4], [5, 4, 1], [0, 0, 10]], 0.68, 2, id="Fleiss-1981-table-13.1"),
        pytest.param([[15, 5], [10, 70]], 0.57, 2, id="Viera-Garrett-2005-table-1"),
        pytest.param([[20, 5], [10, 15]], 0.4, 4, id="Wikipedia-Cohens-kappa-simple-example"),
        pytest.param([[45, 15], [25, 15]], 0.1304, 4, id="Smeeton-1985-same-percentages-first"),
        pytest.param([[25, 35], [5, 35]], 0.2593, 4, id="Smeeton-1985-same-percentages-second"),
    ],
)
def test_kappa_as_published(cells, published, digits):
    """Cohen's kappa of worked examples, to the published digits."""
    found = kappa(table(cells), "A", "B")

    assert found.kappa == pytest.approx(published, abs=0.5 * 10**-digits)
    assert found.units == sum(map(sum, cells))


def test_percent_agreement_by_hand():
    """Of three people two agree on the first item, all on the second: four pairs of six."""
    found = agreement(judged(A="x y", B="x y", C="z y"))

    assert found.percent_agreement == pytest.approx(4 / 6)


# ── where nothing can be told ────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("judgements", "reason", "percent"),
    [
        pytest.param([], Reason.NOTHING, None, id="nobody"),
        pytest.param(judged(A="x y x"), Reason.ONE_RATER, None, id="one-person"),
        pytest.param(judged(A="x y .", B=". . x"), Reason.NO_OVERLAP, None, id="nothing-in-common"),
        pytest.param(judged(A="x x x", B="x x x"), Reason.NO_VARIATION, 1, id="always-the-same"),
    ],
)
def test_what_cannot_be_told_has_a_reason(judgements, reason, percent):
    """There is no figure instead of a wrong one, and it says why."""
    found = agreement(judgements)

    assert (found.alpha, found.low, found.high) == (None, None, None)
    assert found.reason == reason
    assert found.percent_agreement == percent
    assert alpha(judgements) is None


def test_two_people_without_anything_in_common_have_no_kappa():
    """A pair that shares no unit is told so, and is left out where all pairs are listed."""
    judgements = judged(A="x y . .", B=". . x y", C="x y x y")

    assert kappa(judgements, "A", "B").reason == Reason.NO_OVERLAP
    assert kappa(judgements, "A", "nobody").reason == Reason.ONE_RATER
    assert [each.raters for each in kappas(judgements)] == [("A", "C"), ("B", "C")]


def test_kappa_of_people_who_say_one_thing_only():
    """If both always say the same, chance would do as well."""
    found = kappa(judged(A="x x", B="x x"), "A", "B")

    assert (found.kappa, found.reason) == (None, Reason.NO_VARIATION)
    assert found.percent_agreement == 1


def test_who_changes_their_mind_is_counted_once():
    """The last of several judgements of one unit stands."""
    first, *others = judged(A="x y", B="y y")
    changed = Judgement("A", 0, "label", "y")

    assert agreement([first, *others, changed]).percent_agreement == 1


# ── intervals ────────────────────────────────────────────────────────────────────────────────────


def test_the_interval_narrows_as_items_come():
    """The same share of disagreement on ten times the items is known better."""
    few = agreement(judged(A="x y " * 10, B="x x y y " * 5))
    many = agreement(judged(A="x y " * 100, B="x x y y " * 50))

    for each in (few, many):
        assert each.low is not None
        assert each.low <= each.alpha <= each.high
    assert many.high - many.low < few.high - few.low


def test_few_items_have_no_interval():
    """Of nine items nine are drawn again, which tells nothing about others."""
    below = agreement(judged(A="x y z x y z x y z", B="x y z x y z x y y"))

    assert below.items == MIN_ITEMS - 1
    assert below.alpha is not None
    assert (below.low, below.high) == (None, None)


def test_one_odd_item_makes_no_interval():
    """If most redraws lack variation, bounds would come from the few that do not."""
    found = agreement(judged(A="x " * 19 + "y", B="x " * 20))

    assert found.alpha is not None
    assert (found.low, found.high) == (None, None)


def test_labels_of_one_text_hang_together():
    """Ten labels that stand and fall with the text tell no more than one does."""
    random = np.random.default_rng(5)
    said = [(item, *random.integers(0, 2, 2)) for item in range(40)]
    one, ten = (
        [
            Judgement(rater, item, f"label {label}", value)
            for item, *both in said
            for label in range(labels)
            for rater, value in zip("AB", both, strict=True)
        ]
        for labels in (1, 10)
    )

    wide, as_wide = agreement(one), agreement(ten)

    assert as_wide.high - as_wide.low == pytest.approx(wide.high - wide.low, abs=0.02)


def test_the_same_data_give_the_same_interval():
    """Chance has a seed."""
    judgements = judged(A="x y x y " * 5, B="x y y y " * 5)

    assert agreement(judgements) == agreement(judgements)


def test_the_interval_holds_the_truth_about_as_often_as_it_says():
    """People who copy each other four times in five, and else guess: alpha is 0.8 * 0.8 = 0.64."""
    random = np.random.default_rng(7)
    held = 0
    for _ in range(100):
        truth = random.integers(0, 2, 60)
        rows = [np.where(random.random(60) < 0.8, truth, random.integers(0, 2, 60)) for _ in "AB"]
        found = agreement(
            (
                Judgement(rater, item, "label", int(value))
                for rater, row in enumerate(rows)
                for item, value in enumerate(row)
            ),
            times=300,
        )
        held += found.low <= 0.64 <= found.high

    assert 88 <= held <= 100


# ── for any judgements ───────────────────────────────────────────────────────────────────────────


@given(JUDGEMENTS)
def test_as_the_library_says(judgements):
    """The same as `krippendorff`, which takes one sample a call and is under the GPL."""
    last = {(each.rater, each.item, each.label): each.value for each in judgements}
    units = sorted({(item, label) for _, item, label in last})
    counts = np.array(
        [
            [sum(last.get((rater, *unit)) == value for rater in "ABCD") for value in range(4)]
            for unit in units
        ]
    ).reshape(-1, 4)

    found = agreement(judgements, times=0)

    if found.alpha is None:
        paired = counts[counts.sum(axis=1) > 1]
        assert (paired.sum(axis=0) > 0).sum() < 2
    else:
        expected = krippendorff.alpha(value_counts=counts, level_of_measurement="nominal")
        assert found.alpha == pytest.approx(expected)


@given(JUDGEMENTS)
def test_figures_stay_in_their_bounds(judgements):
    """Nothing is ever NaN, and everything is where it can be."""
    found = agreement(judgements, times=50)

    for figure in (found.alpha, found.low, found.high):
        assert figure is None or -1 <= figure <= 1
    assert found.percent_agreement is None or 0 <= found.percent_agreement <= 1
    for pair in kappas(judgements, times=50):
        for figure in (pair.kappa, pair.low, pair.high):
            assert figure is None or -1 <= figure <= 1


@given(JUDGEMENTS)
def test_names_and_order_make_no_difference(judgements):
    """Who is called what, and which unit comes first, changes nothing."""
    once = list({(each.rater, each.item, each.label): each for each in judgements}.values())
    renamed = [
        Judgement(f"~{each.rater}", -each.item, each.label, f"value {each.value}")
        for each in reversed(once)
    ]

    assert _figures(agreement(renamed, times=0)) == pytest.approx(
        _figures(agreement(once, times=0)), nan_ok=True
    )


@given(JUDGEMENTS)
def test_kappa_is_the_same_either_way(judgements):
    """It has no direction."""
    one, other = kappa(judgements, "A", "B", times=0), kappa(judgements, "B", "A", times=0)

    assert one.kappa == pytest.approx(other.kappa)
    assert one.raters == ("A", "B")
    assert other.raters == ("B", "A")


@given(JUDGEMENTS)
def test_groups_are_measured_by_themselves(judgements):
    """Each group has the figures that it would have alone."""
    found = grouped(judgements, lambda each: each.label, times=0)

    assert set(found) == {each.label for each in judgements}
    for label, figures in found.items():
        alone = [each for each in judgements if each.label == label]
        assert figures == agreement(alone, times=0)


def _figures(found: Agreement) -> list[float]:
    figures = (found.alpha, found.percent_agreement, found.items, found.units, found.raters)
    return [float("nan") if each is None else each for each in figures]
