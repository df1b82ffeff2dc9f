"""Differences are told from noise, seldom wrongly, and the same way each time."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.bootstrap import Redraws, Sample, agreed, compare, halves, holm

SHARES = st.lists(st.floats(0, 1), min_size=1, max_size=8)


def mean_of(values):
    """The weighted mean of values, as a figure."""
    return lambda weights: weights @ values / weights.sum(axis=-1)


def test_a_sure_gain_is_seen():
    """One way is better by a fifth on every item but a few."""
    random = np.random.default_rng(1)
    present = random.random(100)
    candidate = present + random.normal(0.2, 0.1, 100)
    redraws = Redraws(100, seed=2)

    found = compare(redraws.sample(mean_of(candidate)), redraws.sample(mean_of(present)))

    assert found.gain == pytest.approx(0.2, abs=0.03)
    assert found.low < found.gain < found.high
    assert found.is_beyond_noise
    assert found.p == 1 / 2001


def test_no_gain_is_no_gain():
    """A way compared with itself: nothing at all, as sure as can be."""
    redraws = Redraws(30)
    sample = redraws.sample(mean_of(np.arange(30.0)))

    found = compare(sample, sample)

    assert (found.gain, found.low, found.high, found.p) == (0, 0, 0, 1)
    assert not found.is_beyond_noise


def test_a_loss_is_not_taken_for_a_gain():
    """The share is near 1 where the candidate is worse."""
    redraws = Redraws(50)
    worse, better = (redraws.sample(mean_of(np.linspace(0, 1, 50) + more)) for more in (0, 1))

    assert compare(worse, better).p == 1
    assert compare(worse, better).high < 0


def test_chance_is_seldom_taken_for_a_gain():
    """Of 400 comparisons of ways that do not differ, about one in twenty has p up to 0.05."""
    random = np.random.default_rng(3)
    wrong = 0
    for trial in range(400):
        redraws = Redraws(40, times=200, seed=trial)
        ours, theirs = (redraws.sample(mean_of(random.random(40))) for _ in range(2))
        wrong += compare(ours, theirs).p <= 0.05

    assert 8 <= wrong <= 36  # 20 expected; a binomial leaves these bounds once in 1,000 times


def test_the_interval_holds_the_truth_as_often_as_it_says():
    """Of 300 intervals for the gain of 0.1, about 95 % hold it."""
    random = np.random.default_rng(4)
    held = 0
    for trial in range(300):
        present, more = random.random(60), random.normal(0.1, 0.5, 60)
        redraws = Redraws(60, times=300, seed=trial)
        found = compare(redraws.sample(mean_of(present + more)), redraws.sample(mean_of(present)))
        held += found.low <= 0.1 <= found.high

    assert 0.90 <= held / 300 <= 0.985


def test_the_same_seed_redraws_the_same():
    """And another does not; every redraw has as many items as there are."""
    figure = mean_of(np.arange(20.0))

    one, same, other = (Redraws(20, times=50, seed=seed).sample(figure) for seed in (7, 7, 8))
    sizes = Redraws(20, times=50).sample(lambda weights: weights.sum(axis=-1))

    assert one.redrawn.tolist() == same.redrawn.tolist() != other.redrawn.tolist()
    assert set(sizes.redrawn) == {20}


def test_figures_taken_together_can_be_parted():
    """Several figures of one call, and the mean of some of them."""
    values = np.array([[1.0, 2.0, 9.0], [3.0, 4.0, 9.0]])
    sample = Redraws(2, times=5).sample(lambda weights: weights @ values / 2)

    assert sample.redrawn.shape == (5, 3)
    assert sample.mean([0, 1]).value == pytest.approx(2.5)


def test_nothing_to_draw_from_is_said():
    """No items, no redraws."""
    with pytest.raises(ValueError, match="at least one"):
        Redraws(0)


def test_holm_by_hand():
    """The smallest of three times three, the next times two; none below the one before."""
    assert holm([0.03, 0.01, 0.02]) == pytest.approx([0.04, 0.03, 0.04])
    assert holm([0.5, 0.9]) == [1.0, 1.0]
    assert holm([]) == []


@given(SHARES)
def test_holm_raises_and_keeps_the_order(shares):
    """Nothing gets smaller, nothing passes another, nothing is raised beyond Bonferroni."""
    raised = holm(shares)

    for share, more in zip(shares, raised, strict=True):
        assert share <= more <= 1
        assert more <= min(1, share * len(shares)) or more == max(
            one for low, one in zip(shares, raised, strict=True) if low <= share
        )
    by_share = [more for _, more in sorted(zip(shares, raised, strict=True))]
    assert by_share == sorted(by_share)


@given(SHARES)
def test_splits_agree_only_if_half_of_them_do(shares):
    """A joined p of up to 0.05 needs half of the splits at 0.025 or less."""
    if agreed(shares) <= 0.05:
        assert 2 * sum(share <= 0.05 for share in shares) >= len(shares)
    assert agreed([1.0] * 3) == 1


@given(st.lists(st.sampled_from("abc"), min_size=2, max_size=30), st.integers(0, 99))
def test_halves_share_out_each_kind(kinds, seed):
    """Together everything once; of each kind as many in one as in the other, or one more."""
    splits = list(halves(kinds, times=4, seed=seed))

    for first, second in splits:
        assert sorted([*first, *second]) == list(range(len(kinds)))
        ours, theirs = (Counter(kinds[place] for place in half) for half in (first, second))
        assert all(abs(ours[kind] - theirs[kind]) <= 1 for kind in "abc")
    assert splits[0][0].tolist() == splits[1][1].tolist()


def test_a_sample_is_small_data():
    """It can be made from what was measured elsewhere."""
    ours = Sample(np.array(0.5), np.array([0.4, 0.6]))
    theirs = Sample(np.array(0.4), np.array([0.4, 0.4]))

    assert compare(ours, theirs).gain == pytest.approx(0.1)
