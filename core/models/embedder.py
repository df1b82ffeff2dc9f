"""The built-in embedder: the same encoder as the entailer's, so its weights are in memory once."""

from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from core.models.encoder import Encoder, shared
from core.ports import Vectors


class BuiltinEmbedder:
    """Turns texts, Chinese or English, into vectors whose dot product is their likeness.

    Args:
        folder: of a two-tower model; None is the one in the package.
        encoder: to be used instead of the folder's shared one.
    """

    def __init__(self, folder: Path | None = None, *, encoder: Encoder | None = None) -> None:
        self._encoder = encoder or shared(folder)

    @property
    def version(self) -> str:
        """Name of the model, digest of its files, and where passages are cut."""
        return f"{self._encoder.version}/{self._encoder.settings.passage_tokens}"

    @property
    def size(self) -> int:
        """Length of a vector."""
        return self._encoder.size

    def embed(
        self, texts: Sequence[str], *, role: Literal["passage", "query"] = "passage"
    ) -> Vectors:
        """Embed texts; questions and passages are read alike.

        Args:
            texts: n plain texts; each is cut at the length that the model's configuration names.
            role: makes no difference to this model.

        Returns:
            Array of shape (n, size), unit norm, in the order given.

        Raises:
            ModelUnavailable: the model's files are missing or damaged.

        Source: Reimers and Gurevych 2019, arXiv:1908.10084 (mean over tokens).
        """
        del role
        return self._encoder.encode(texts, max_tokens=self._encoder.settings.passage_tokens)
