"""The built-in entailer over a counting encoder, and which entailer a name makes."""

import math
from collections.abc import Sequence
from pathlib import Path

import pytest

from core.errors import ModelUnavailable
from core.models import entailer as entailer_module
from core.models.encoder import Encoder, shared
from core.models.entailer import BuiltinEntailer, TowersEntailer, make_entailer
from core.models.pair import PairEntailer
from core.ports import Vectors


class CountingEncoder(Encoder):
    """The real encoder, which remembers what it was asked to encode."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.encoded: list[tuple[str, int]] = []

    def encode(self, texts: Sequence[str], *, max_tokens: int) -> Vectors:
        self.encoded += [(text, max_tokens) for text in texts]
        return super().encode(texts, max_tokens=max_tokens)


@pytest.fixture
def encoder(two_tower: Path) -> CountingEncoder:
    return CountingEncoder(two_tower)


def test_the_probability_grows_with_the_cosine(encoder: CountingEncoder):
    """It is sigmoid(scale * cosine + bias), with the numbers of the configuration (8 and -4)."""
    premise, hypothesis = "abc def", "def"
    left, right = Encoder(encoder.folder).encode([premise, hypothesis], max_tokens=16)

    answer = TowersEntailer(encoder=encoder).entail([(premise, hypothesis)])[0]

    assert answer == pytest.approx(1 / (1 + math.exp(-(8 * float(left @ right) - 4))), abs=1e-5)


def test_each_side_is_encoded_once_and_cut_at_its_own_length(encoder: CountingEncoder):
    """Repeated premises and hypotheses cost once within a call."""
    entailer = TowersEntailer(encoder=encoder)

    entailer.entail([(premise, claim) for premise in "ab" for claim in ("x", "y", "x")])

    assert sorted(encoder.encoded) == [("a", 24), ("b", 24), ("x", 16), ("y", 16)]


def test_later_calls_remember_both_sides(encoder: CountingEncoder):
    """A tree is asked level by level about one premise; hypotheses come again for all texts."""
    entailer = TowersEntailer(encoder=encoder)
    entailer.entail([("a", "x"), ("a", "y")])
    encoder.encoded.clear()

    entailer.entail([("a", "z"), ("b", "x")])

    assert sorted(encoder.encoded) == [("b", 24), ("z", 16)]


def test_memory_is_bounded(encoder: CountingEncoder, monkeypatch: pytest.MonkeyPatch):
    """What was used longest ago is forgotten first."""
    monkeypatch.setattr(entailer_module, "_HYPOTHESES_KEPT", 2)
    entailer = TowersEntailer(encoder=encoder)
    for claim in ("x", "y", "x", "z"):
        entailer.entail([("a", claim)])
    encoder.encoded.clear()

    entailer.entail([("a", "x"), ("a", "z")])
    entailer.entail([("a", "y")])

    assert encoder.encoded == [("y", 16)]


def test_more_than_memory_holds_is_still_answered(
    encoder: CountingEncoder, monkeypatch: pytest.MonkeyPatch
):
    """A call larger than the memory does not lose an answer."""
    monkeypatch.setattr(entailer_module, "_HYPOTHESES_KEPT", 2)
    pairs = [("a", claim) for claim in "uvwxyz"]

    answers = TowersEntailer(encoder=encoder).entail(pairs)

    assert answers == pytest.approx(TowersEntailer(encoder=encoder).entail(pairs[::-1])[::-1])


@pytest.mark.parametrize("name", [None, "builtin"])
def test_the_default_is_built_in(name: str | None):
    """It shares the package's one encoder, has a second tower for Chinese, and a judge each."""
    built_in = make_entailer(name)

    assert isinstance(built_in, BuiltinEntailer)
    assert len(built_in.judges) == 2
    entailer = built_in.towers
    assert entailer.version.startswith(f"{shared().version}+")


def test_a_two_tower_folder_is_recognised(two_tower: Path):
    """A model folder runs without torch."""
    entailer = make_entailer(str(two_tower))

    assert isinstance(entailer, TowersEntailer)
    assert entailer.version.startswith("tiny@")


@pytest.mark.parametrize("name", ["some-one/some-model", "/no/such/folder"])
def test_any_other_name_is_a_pair_model(name: str):
    """Nothing is looked for before it is used."""
    assert isinstance(make_entailer(name), PairEntailer)


def test_a_missing_folder_is_told(tmp_path: Path):
    """The error is the operator's, and names the folder."""
    with pytest.raises(ModelUnavailable, match="nowhere"):
        TowersEntailer(tmp_path / "nowhere").entail([("a", "b")])
