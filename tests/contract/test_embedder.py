"""What every embedder promises: the built-in one, one from a folder, and the fake."""

import numpy as np
import pytest

from core.models.embedder import BuiltinEmbedder
from core.models.encoder import Encoder
from core.ports import Embedder
from tests.fakes.checkpoints import write_two_tower
from tests.fakes.models import FakeEmbedder

TEXTS = [
    "台灣的能源轉型",
    "Migrant workers marched in Taipei.",
    "",
    "👍",
    "環境正義 environmental justice " * 300,
    "\ud800 half of a pair",
    "\x00\n\t",
]


@pytest.fixture(scope="module", params=["builtin", "builtin-float32", "two-tower-folder", "fake"])
def embedder(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Embedder:
    match request.param:
        case "builtin":
            return BuiltinEmbedder()
        case "builtin-float32":
            return BuiltinEmbedder(encoder=Encoder(precision="float32"))
        case "two-tower-folder":
            return BuiltinEmbedder(write_two_tower(tmp_path_factory.mktemp("model")))
    return FakeEmbedder()


def test_each_text_gets_a_unit_vector(embedder: Embedder):
    """Whatever the text, empty and odd ones included, its vector has length one and no NaN."""
    vectors = embedder.embed(TEXTS)

    assert vectors.shape == (len(TEXTS), embedder.size)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(len(TEXTS)), abs=1e-4)


@pytest.mark.parametrize("role", ["passage", "query"])
def test_a_text_gets_the_same_vector_in_any_company(embedder: Embedder, role):
    """Alone, among others or in reverse order, the vector is the same."""
    together = embedder.embed(TEXTS, role=role)

    alone = np.concatenate([embedder.embed([text], role=role) for text in TEXTS])
    backwards = embedder.embed(TEXTS[::-1], role=role)[::-1]

    assert np.abs(alone - together).max() < 1e-3
    assert np.abs(backwards - together).max() < 1e-3


def test_the_same_text_is_most_alike(embedder: Embedder):
    """A text's nearest neighbour is its copy."""
    query = embedder.embed(TEXTS[:2], role="query")

    likeness = query @ embedder.embed(TEXTS[:2]).T

    assert likeness.argmax(axis=1).tolist() == [0, 1]
    assert np.diag(likeness) == pytest.approx([1, 1], abs=1e-2)


def test_no_text_has_no_vector(embedder: Embedder):
    """An empty call gives an array of shape (0, size)."""
    assert embedder.embed([]).shape == (0, embedder.size)


def test_the_version_names_the_weights_and_stays(embedder: Embedder):
    """`version` is `name@revision`, and the same before and after use."""
    before = embedder.version

    embedder.embed(TEXTS[:1])

    assert embedder.version == before
    assert before.partition("@")[2]
