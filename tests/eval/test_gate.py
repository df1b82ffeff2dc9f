"""A small run of `tests.eval.gate`: what is better passes more often than what is not."""

from tests.eval.gate import gain, rates


def test_the_gate_tells_better_from_worse():
    """Of few candidates already; how often exactly, the command says."""
    worse, better = (rates([80], trials=20, shift=shift)[0] for shift in (-0.25, 0.3))

    assert worse <= 0.1
    assert better >= 0.3
    assert gain(-0.25) < gain(0.0) < gain(0.3)
