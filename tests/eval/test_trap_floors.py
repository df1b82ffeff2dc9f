"""The built-in model as it ships is not taken in by words: negation, "not about", two languages."""

import tomllib
from pathlib import Path

import pytest

from core.models.entailer import BuiltinEntailer, make_entailer

HERE = Path(__file__).parent
FLOORS = tomllib.loads((HERE / "floors.toml").read_text(encoding="utf-8"))["traps"]
TRAPS = tomllib.loads((HERE / "traps.toml").read_text(encoding="utf-8"))["trap"]

Answers = list[tuple[str, str, bool, float]]


@pytest.fixture(scope="module")
def answers() -> Answers:
    """Text, claim, whether it follows, and how probable the model finds it."""
    asked = [
        (trap["text"], claim, follows)
        for trap in TRAPS
        for key, follows in (("follows", True), ("not", False))
        for claim in trap[key]
    ]
    entailer = make_entailer(None)
    assert isinstance(entailer, BuiltinEntailer), "towers alone cannot pass this"
    said = entailer.entail([(text, claim) for text, claim, _ in asked])
    return [(*each, probability) for each, probability in zip(asked, said, strict=True)]


def test_most_claims_are_judged_right(answers: Answers):
    """At one half, over both kinds of claims, each kind weighing the same."""
    shares = []
    for kind in (True, False):
        said = [(p > 0.5) == follows for _, _, follows, p in answers if follows is kind]
        shares.append(sum(said) / len(said))

    assert sum(shares) / 2 >= FLOORS["balanced"]


def test_what_follows_is_more_probable_than_what_does_not(answers: Answers):
    """Within each text, right claims stand above wrong ones."""
    pairs = [
        p > q
        for text, _, follows, p in answers
        for other, _, follows_too, q in answers
        if text == other and follows and not follows_too
    ]

    assert sum(pairs) / len(pairs) >= FLOORS["above"]
