"""The built-in encoder: one small bilingual BERT, run by ONNX Runtime, shared by its users.

Knows a model folder: `config.json` (as `transformers` writes it, with a part `commonplace`),
`model.safetensors` (see `core.models.weights`) and the tokenizer's two files. The graph is written
when the model is loaded (see `core.models.bert`), so a folder holds nothing that runs.
"""

import hashlib
import json
import logging
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.errors import ModelUnavailable
from core.models import weights as weights_file
from core.models.batching import batches, cores
from core.models.bert import PROBE_SUM, Precision, Shape, build, build_probe
from core.models.onnx_graph import OnnxModel
from core.models.tokenizer import PIECES_FILE, WORDPIECE_FILE, BilingualTokenizer
from core.ports import Vectors

log = logging.getLogger(__name__)

BUILTIN = Path(__file__).parent / "builtin"
CONFIG_FILE = "config.json"
_FILES = (CONFIG_FILE, weights_file.FILE, WORDPIECE_FILE, PIECES_FILE)

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
    """

    name: str
    shape: Shape
    scale: float
    bias: float
    text_tokens: int
    hypothesis_tokens: int
    passage_tokens: int
    positions: int


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
        self._threads = threads
        self._precision = precision
        self._tokenizer = BilingualTokenizer(self.folder)
        self._loaded: _Session | None = None
        self._lock = threading.Lock()

    @cached_property
    def settings(self) -> Settings:
        """What the model's configuration says; ModelUnavailable where it does not fit."""
        self._check_files()
        try:
            config = json.loads((self.folder / CONFIG_FILE).read_text(encoding="utf-8"))
            return _settings(config)
        except (ValueError, TypeError) as error:
            raise self._unavailable(f"{CONFIG_FILE} cannot be used: {error}") from error

    @cached_property
    def version(self) -> str:
        """The model's name, and a digest of everything that its vectors depend on."""
        self._check_files()
        digest = hashlib.sha256()
        for name in _FILES:
            digest.update(hashlib.sha256((self.folder / name).read_bytes()).digest())
        return f"{self.settings.name}@{digest.hexdigest()[:12]}"

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
        session = self._load()
        max_tokens = min(max_tokens, self.settings.positions)
        numbers = self._tokenizer.encode(texts, max_tokens=max_tokens)
        lengths = [len(each) for each in numbers]
        for batch in batches(lengths, max_tokens=BATCH_TOKENS):
            ids = np.zeros((len(batch), lengths[batch[0]]), dtype=np.int64)
            mask = np.zeros_like(ids)
            for row, index in enumerate(batch):
                ids[row, : lengths[index]] = numbers[index]
                mask[row, : lengths[index]] = 1
            vectors[batch] = session.run("vectors", ids=ids, mask=mask)
        return vectors

    def _load(self) -> "_Session":
        with self._lock:
            if self._loaded is None:
                self._loaded = self._open()
            return self._loaded

    def _open(self) -> "_Session":
        shape = self.settings.shape
        threads = self._threads or cores()
        try:
            self._tokenizer.load()
            weights = weights_file.read(self.folder / weights_file.FILE)
            precision = self._precision or best_precision()
            model = build(weights, shape, precision=precision)
        except KeyError as error:
            raise self._unavailable(f"{weights_file.FILE} has no {error}") from error
        except (OSError, ValueError) as error:
            raise self._unavailable(str(error)) from error
        log.info("loaded encoder %s precision=%s threads=%d", self.version, precision, threads)
        return _Session(model, threads=threads)

    def _check_files(self) -> None:
        missing = [name for name in _FILES if not (self.folder / name).is_file()]
        if missing:
            raise self._unavailable(
                f"it has no {', '.join(missing)}. Name a folder that `python -m core.models.pack` "
                "wrote, or leave the setting out to use the built-in model."
            )

    def _unavailable(self, reason: str) -> ModelUnavailable:
        message = f"The model in {self.folder} cannot be loaded: {reason}"
        return ModelUnavailable(message, model=str(self.folder))


def best_precision() -> Precision:
    """ "int8" where this processor's 8-bit products are exact, else "float32"."""
    rows = np.full((16, 384), 255, dtype=np.uint8)
    sums = _Session(build_probe(), threads=1).run("sums", rows=rows)
    return "int8" if bool((sums == PROBE_SUM).all()) else "float32"


_shared: dict[tuple[Path, int | None], Encoder] = {}
_shared_lock = threading.Lock()


def shared(folder: Path | None = None, *, threads: int | None = None) -> Encoder:
    """The one encoder of a folder, so that entailer and embedder keep its weights once."""
    folder = (folder or BUILTIN).resolve()
    with _shared_lock:
        return _shared.setdefault((folder, threads), Encoder(folder, threads=threads))


class _Session:
    """A model that ONNX Runtime has opened."""

    def __init__(self, model: OnnxModel, *, threads: int) -> None:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.log_severity_level = 3
        # threads that wait do not spin: beside other work, spinning halved the throughput and
        # doubled the processor time (side by side, 2 cores)
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        options.enable_mem_pattern = False  # a plan is kept for each shape, and shapes vary here
        # the runtime reads these arrays in place, so they must live as long as the session
        self._arrays = [
            onnxruntime.OrtValue.ortvalue_from_numpy(array) for array in model.weights.values()
        ]
        options.add_external_initializers(list(model.weights), self._arrays)
        self._session = onnxruntime.InferenceSession(
            model.graph, options, providers=["CPUExecutionProvider"]
        )

    def run(self, output: str, **inputs: NDArray[Any]) -> NDArray[np.float32]:
        """Compute one output."""
        result: NDArray[np.float32] = self._session.run([output], inputs)[0]
        return result


def _settings(config: dict[str, Any]) -> Settings:
    own = config.get("commonplace")
    if not isinstance(own, dict):
        raise ValueError("it has no part `commonplace`, so it is not a two-tower model")
    try:
        return Settings(
            name=str(own["name"]),
            shape=Shape.of(config),
            scale=float(own["scale"]),
            bias=float(own["bias"]),
            text_tokens=int(own["text_tokens"]),
            hypothesis_tokens=int(own["hypothesis_tokens"]),
            passage_tokens=int(own["passage_tokens"]),
            positions=int(config["max_position_embeddings"]),
        )
    except KeyError as error:
        raise ValueError(f"it does not say {error}") from error
