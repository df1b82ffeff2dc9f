"""The built-in encoder: one small BERT, run by ONNX Runtime, shared by its users."""

import logging
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from core.models import low_rank
from core.models import weights as weights_file
from core.models.batching import batches, cores
from core.models.bert import PROBE_SUM, Pooling, Precision, Shape, build, build_probe
from core.models.model_folder import BUILTIN, ModelFolder, Once, Session, own_part, padded
from core.models.tokenizer import BilingualTokenizer, tokenizer_files
from core.ports import Vectors

log = logging.getLogger(__name__)

BATCH_TOKENS = 512  # 512, 1024 and 2048 side by side: 218, 194 and 113 short texts a second


@dataclass(frozen=True, slots=True)
class Settings:
    """What `config.json` says about a two-tower model.

    Attributes:
        name: of the model, for people and for versions.
        scale, bias: probability of entailment = sigmoid(scale * cosine + bias).
        text_tokens, hypothesis_tokens: where each side is cut when asked for entailment.
        passage_tokens: where a text is cut when embedded for search.
        positions: tokens that the model can read at most.
        pooling: how the vectors of tokens become one.
    """

    name: str
    shape: Shape
    scale: float
    bias: float
    text_tokens: int
    hypothesis_tokens: int
    passage_tokens: int
    positions: int
    pooling: Pooling


class Encoder:
    """Turns texts into unit vectors. Loads on first use, once for all threads.

    Args:
        folder: of the model; None is the one in the package.
        threads: for matrix products; None is one per physical core.
        precision: None is "int8" where the processor computes it exactly, else "float32".
    """

    def __init__(
        self,
        folder: Path | None = None,
        *,
        threads: int | None = None,
        precision: Precision | None = None,
    ) -> None:
        self.folder = folder or BUILTIN
        self._files = ModelFolder(self.folder, files=_files)
        self._threads = threads
        self._precision = precision
        self._session = Once(self._open)

    @cached_property
    def settings(self) -> Settings:
        """What the model's configuration says; ModelUnavailable where it does not fit."""
        config = self._files.config
        with self._files.reading():
            return _settings(config)

    @cached_property
    def version(self) -> str:
        """The model's name, and a digest of everything that its vectors depend on."""
        return f"{self.settings.name}@{self._files.digest}"

    @property
    def size(self) -> int:
        """Length of a vector."""
        return self.settings.shape.hidden

    def encode(self, texts: Sequence[str], *, max_tokens: int) -> Vectors:
        """Encode texts, each on its own: what else is in the batch does not matter.

        Args:
            texts: n plain texts.
            max_tokens: where each is cut; the model's positions are the limit.

        Returns:
            Array of shape (n, size), unit norm, in the order given.

        Raises:
            ModelUnavailable: a file is missing, damaged or does not fit.
        """
        vectors = np.empty((len(texts), self.size), dtype=np.float32)
        if not texts:
            return vectors
        session = self._session()
        max_tokens = min(max_tokens, self.settings.positions)
        numbers = self._tokenizer.encode(texts, max_tokens=max_tokens)
        for batch in batches([len(each) for each in numbers], max_tokens=BATCH_TOKENS):
            ids, mask = padded([numbers[index] for index in batch])
            vectors[batch] = session.run("vectors", ids=ids, mask=mask)
        return vectors

    @cached_property
    def _own(self) -> dict[str, Any]:
        return own_part(self._files.config, kind="two-tower")

    @cached_property
    def _tokenizer(self) -> BilingualTokenizer:
        return BilingualTokenizer(low_rank.base_of(self.folder, self._own))

    def _open(self) -> Session:
        settings, threads = self.settings, self._threads or cores()
        with self._files.reading(weights_file.FILE):
            self._tokenizer.load()
            weights = low_rank.read(self.folder, self._own)
            precision = self._precision or best_precision()
            model = build(weights, settings.shape, precision=precision, pooling=settings.pooling)
        log.info("loaded encoder %s precision=%s threads=%d", self.version, precision, threads)
        return Session(model, threads=threads)


def let_go(folder: Path) -> None:
    """Forget the encoders of a folder and of those in it; whoever has one keeps it."""
    folder = folder.resolve()
    with _shared_lock:
        for key in [key for key in _shared if key[0].is_relative_to(folder)]:
            del _shared[key]


def best_precision() -> Precision:
    """ "int8" where this processor's 8-bit products are exact, else "float32"."""
    rows = np.full((16, 384), 255, dtype=np.uint8)
    sums = Session(build_probe(), threads=1).run("sums", rows=rows)
    return "int8" if bool((sums == PROBE_SUM).all()) else "float32"


_shared: dict[tuple[Path, int | None], Encoder] = {}
_shared_lock = threading.Lock()


def shared(folder: Path | None = None, *, threads: int | None = None) -> Encoder:
    """The one encoder of a folder, so that entailer and embedder keep its weights once."""
    folder = (folder or BUILTIN).resolve()
    with _shared_lock:
        return _shared.setdefault((folder, threads), Encoder(folder, threads=threads))


def _files(config: dict[str, Any]) -> tuple[str, ...]:
    own = config.get("commonplace")
    is_added = isinstance(own, dict) and low_rank.BASE in own
    return (weights_file.FILE, *(() if is_added else tokenizer_files(config)))


def _settings(config: dict[str, Any]) -> Settings:
    own = own_part(config, kind="two-tower")
    try:
        pooling = own.get("pooling", "mean")
        if pooling not in {"mean", "cls"}:
            raise ValueError(f"pooling is {pooling!r}; the encoder can run 'mean' and 'cls' only")
        return Settings(
            name=str(own["name"]),
            shape=Shape.of(config),
            scale=float(own["scale"]),
            bias=float(own["bias"]),
            text_tokens=int(own["text_tokens"]),
            hypothesis_tokens=int(own["hypothesis_tokens"]),
            passage_tokens=int(own["passage_tokens"]),
            positions=int(config["max_position_embeddings"]),
            pooling=pooling,
        )
    except KeyError as error:
        raise ValueError(f"it does not say {error}") from error
