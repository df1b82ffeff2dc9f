"""A second model on the same body, kept as what it adds."""

import numpy as np
import pytest

from core.models import low_rank
from core.models.weights import Rows, Weights, floats


def random(*shape: int, seed: int) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    return np.random.default_rng(seed).normal(size=shape).astype(np.float32)


def base() -> Weights:
    return {
        "layer": Rows.of(random(48, 40, seed=1)),
        "words": Rows.of(random(90, 40, seed=2)),
        "bias": random(48, seed=3),
    }


def test_a_small_change_comes_back_as_it_was():
    """Matrices within what 8 bits tell apart, vectors exactly, what is new whole."""
    before = floats(base())
    thin = random(48, 3, seed=4) @ random(3, 40, seed=5)
    changed = {
        "layer": before["layer"] + 0.1 * thin,
        "words": before["words"],
        "bias": before["bias"] + 1,
        "head": random(40, 40, seed=6),
    }

    added = low_rank.difference(changed, base(), rank=3)
    after = floats(low_rank.applied(added, base()))

    assert set(after) == set(changed)
    for name, expected in changed.items():
        assert np.abs(after[name] - expected).max() < 0.02 * np.abs(expected).max(), name
    assert np.array_equal(after["bias"], changed["bias"])


def test_what_both_share_is_not_stored_again():
    """Neither the words nor a matrix: two thin ones instead."""
    before = floats(base())
    changed = {**before, "layer": before["layer"] + random(48, 40, seed=7)}

    added = low_rank.difference(changed, base(), rank=2)

    assert set(added) == {"layer.left", "layer.right", "bias"}
    left, right = added["layer.left"], added["layer.right"]
    assert isinstance(left, Rows)
    assert left.values.shape == (48, 2)
    assert isinstance(right, Rows)
    assert right.values.shape == (2, 40)


def test_a_higher_rank_comes_nearer():
    """Up to where the product would be as big as the matrix, which is then kept itself."""
    before = floats(base())
    changed = {**before, "layer": before["layer"] + random(48, 40, seed=7)}

    def distance(rank: int) -> float:
        added = low_rank.difference(changed, base(), rank=rank)
        after = floats(low_rank.applied(added, base()))
        return float(np.abs(after["layer"] - changed["layer"]).mean())

    far = [distance(rank) for rank in (1, 8, 20, 40)]
    assert far == sorted(far, reverse=True)
    assert far[-1] < 0.1 * far[0]


def test_half_a_product_is_a_damaged_file():
    """The missing side is named."""
    added = low_rank.difference(
        {"layer": floats(base())["layer"] + 1}, {"layer": base()["layer"]}, rank=1
    )

    with pytest.raises(KeyError, match=r"layer\.right"):
        low_rank.applied({"layer.left": added["layer.left"]}, base())
