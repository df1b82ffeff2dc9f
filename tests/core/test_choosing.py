"""Which labels are worth a question follows from likenesses alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.choosing import Width, passed_over
from core.domain import LabelPath
from core.taxonomy import starter

TAXONOMY = starter()
PATHS = [label.path for label in TAXONOMY.walk()]
TOPICS = [label.path for label in TAXONOMY.dimension("topic").labels]
WIDTH = Width(least=2, margin=0.1, most=4)


def alike(*best: float) -> dict[LabelPath, float]:
    """The first topics as alike as given, everything else not at all."""
    return dict.fromkeys(PATHS, 0.0) | dict(zip(TOPICS, best, strict=False))


def asked(likeness: dict[LabelPath, float], width: Width = WIDTH) -> list[str]:
    over = passed_over(TAXONOMY, likeness, width=width)
    return [path for path in TOPICS if path not in over]


@pytest.mark.parametrize(
    ("best", "number"),
    [
        pytest.param((0.9, 0.3, 0.2), 2, id="the-least-even-far-behind"),
        pytest.param((0.5, 0.45, 0.41, 0.3), 3, id="those-close-to-the-best"),
        pytest.param((0.5, 0.5, 0.5, 0.5, 0.5), 4, id="never-more-than-most"),
    ],
)
def test_the_likely_ones_are_asked(best: tuple[float, ...], number: int):
    """By rank, and by how far they lie behind the best."""
    assert asked(alike(*best)) == TOPICS[:number]


def test_equals_are_asked_in_file_order():
    """Where nothing tells labels apart, the first ones are asked."""
    assert asked(alike(), Width(2, 0.0, 2)) == TOPICS[:2]


def test_a_label_without_a_likeness_is_always_asked():
    """What nobody compared is not judged."""
    assert passed_over(TAXONOMY, {}) == frozenset()


@pytest.mark.parametrize("width", [(0, 0.1, 4), (5, 0.1, 4), (2, -0.1, 4)])
def test_a_width_that_contradicts_itself_is_refused(width):
    """It would ask nothing, or less than its least."""
    with pytest.raises(ValueError, match="asks nothing"):
        Width(*width)


likenesses = st.fixed_dictionaries(dict.fromkeys(PATHS, st.floats(-1, 1, allow_nan=False)))
widths = st.builds(
    lambda least, margin, more: Width(least, margin, least + more),
    st.integers(1, 6),
    st.floats(0, 1),
    st.integers(0, 6),
)


@given(likenesses, widths)
def test_the_best_of_each_dimension_are_asked(likeness, width):
    """At least the least, at most the most, and what is asked is more alike."""
    over = passed_over(TAXONOMY, likeness, width=width)

    for dimension in TAXONOMY.dimensions:
        paths = [label.path for label in dimension.labels]
        left = [path for path in paths if path not in over]
        assert min(width.least, len(paths)) <= len(left) <= width.most
        closest = max((likeness[path] for path in paths if path in over), default=-1)
        assert all(likeness[path] >= closest for path in left)


@given(likenesses, widths)
def test_only_top_labels_are_passed_over(likeness, width):
    """Children of accepted labels are always asked."""
    over = passed_over(TAXONOMY, likeness, width=width)

    assert all(path.count("/") == 1 for path in over)


@given(likenesses)
def test_a_width_without_bounds_passes_nothing_over(likeness):
    """Then everything is asked as if there were no chooser."""
    assert passed_over(TAXONOMY, likeness, width=Width(1, 2.0, len(PATHS))) == frozenset()
