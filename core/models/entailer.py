"""The built-in entailer: two towers, so that a label's hypothesis is encoded once and for all.

Premise and hypothesis are encoded apart; the probability grows with the cosine of their vectors.
That answers "is this text about …" well and cheaply. What hangs on both sides at once (negation,
stance) needs a pair model: see `core.models.pair`.
"""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.models.encoder import Encoder, shared
from core.models.keeping import Kept
from core.models.tokenizer import PIECES_FILE
from core.ports import Entailer

BUILTIN_NAME = "builtin"

_HYPOTHESES_KEPT = 4096  # 6 MB; a taxonomy of 1,000 labels in two languages fits
_PREMISES_KEPT = 256  # a tree is asked level by level about the same premises

_Vectors = Kept[str, NDArray[np.float32]]


class BuiltinEntailer:
    """Answers by the likeness of two vectors.

    Args:
        folder: of a two-tower model that `core.models.pack` wrote; None is the one in the package.
        encoder: to be used instead of the folder's shared one.
    """

    def __init__(self, folder: Path | None = None, *, encoder: Encoder | None = None) -> None:
        self._encoder = encoder or shared(folder)
        self._hypotheses: _Vectors = Kept(_HYPOTHESES_KEPT)
        self._premises: _Vectors = Kept(_PREMISES_KEPT)

    @property
    def version(self) -> str:
        """Name of the model and digest of its files; ModelUnavailable if they are not there."""
        return self._encoder.version

    def entail(self, pairs: Sequence[tuple[str, str]]) -> list[float]:
        """Answer many questions in one call; repeated premises and hypotheses cost once.

        Args:
            pairs: n pairs of (premise, hypothesis), each cut at the length that the model's
                configuration names.

        Returns:
            n probabilities, 0 to 1, in the order given.

        Raises:
            ModelUnavailable: the model's files are missing or damaged.
        """
        settings = self._encoder.settings
        premises = self._vectors(
            [premise for premise, _ in pairs], self._premises, max_tokens=settings.text_tokens
        )
        hypotheses = self._vectors(
            [hypothesis for _, hypothesis in pairs],
            self._hypotheses,
            max_tokens=settings.hypothesis_tokens,
        )
        cosines = np.array(
            [premises[premise] @ hypotheses[hypothesis] for premise, hypothesis in pairs],
            np.float64,
        )
        logits = settings.scale * cosines + settings.bias
        probabilities: list[float] = (1 / (1 + np.exp(-logits))).tolist()
        return probabilities

    def _vectors(
        self, texts: Sequence[str], kept: _Vectors, *, max_tokens: int
    ) -> dict[str, NDArray[np.float32]]:
        found = kept.get(texts)
        missing = [text for text in dict.fromkeys(texts) if text not in found]
        if missing:
            vectors = self._encoder.encode(missing, max_tokens=max_tokens)
            # a row alone, not a view that keeps its batch
            new = {text: row.copy() for text, row in zip(missing, vectors, strict=True)}
            kept.put(new)
            found |= new
        return found


def make_entailer(name: str | None, *, threads: int | None = None) -> Entailer:
    """Make the entailer that a configuration names; nothing is loaded yet.

    Args:
        name: None or "builtin"; a folder with a two-tower model of ours; else a folder or the hub
            name of a sequence-classification model, which needs the extra `hub`.
        threads: for matrix products; None is one per physical core.
    """
    if name is None or name == BUILTIN_NAME:
        return BuiltinEntailer(encoder=shared(threads=threads))
    folder = Path(name).expanduser()
    if (folder / PIECES_FILE).is_file():
        return BuiltinEntailer(encoder=shared(folder, threads=threads))
    from core.models.pair import PairEntailer

    return PairEntailer(name, threads=threads)
