"""The built-in embedder shares what the entailer has loaded."""

from pathlib import Path

from core.models.embedder import BuiltinEmbedder
from core.models.encoder import Encoder, shared


def test_the_default_uses_the_shared_encoder():
    """The weights are in memory once for labels and search."""
    assert BuiltinEmbedder()._encoder is shared()


def test_the_version_says_where_passages_are_cut(two_tower: Path):
    """Vectors of another length of reading are not compared with these."""
    embedder = BuiltinEmbedder(two_tower)

    assert embedder.version == f"{Encoder(two_tower).version}/32"
    assert embedder.size == 32


def test_questions_and_passages_are_read_alike(two_tower: Path):
    """The model was not trained to tell them apart."""
    embedder = BuiltinEmbedder(two_tower)

    passage, query = (embedder.embed(["abc"], role=role) for role in ("passage", "query"))

    assert (passage == query).all()
