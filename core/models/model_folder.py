"""A folder with a model of ours: which files it has, what its configuration says, its version.

A folder holds `config.json` (as `transformers` writes it, with a part `commonplace`),
`model.safetensors` (see `core.models.weights`) and the tokenizer's files. Nothing in it runs: the
graph is written when a model is loaded (see `core.models.bert`).
"""

import hashlib
import json
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any, Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from core.errors import ModelUnavailable
from core.models.onnx_graph import OnnxModel

T = TypeVar("T")

BUILTIN = Path(__file__).parent / "builtin"
CONFIG_FILE = "config.json"

TRAINING_FILE = "training.json"
"""Of a model that learnt from a community: what it was made of, and how it did."""


class ModelFolder:
    """Reads a folder's files, and says what is wrong with them in one kind of error.

    Args:
        path: of the folder.
        files: besides `config.json`; what the model cannot do without.
    """

    def __init__(self, path: Path, *, files: Callable[[dict[str, Any]], Sequence[str]]) -> None:
        self.path = path
        self._files = files

    @cached_property
    def config(self) -> dict[str, Any]:
        """What `config.json` says; ModelUnavailable if it says nothing, or a file is missing."""
        if not (self.path / CONFIG_FILE).is_file():
            self._check((CONFIG_FILE, *self._files({})))
        try:
            config = json.loads((self.path / CONFIG_FILE).read_text(encoding="utf-8"))
        except ValueError as error:
            raise self.unavailable(f"{CONFIG_FILE} cannot be used: {error}") from error
        if not isinstance(config, dict):
            raise self.unavailable(f"{CONFIG_FILE} cannot be used: it is not a JSON object")
        self._check(self._files(config))
        return config

    @cached_property
    def digest(self) -> str:
        """12 hex digits that change with any file."""
        names = (CONFIG_FILE, *self._files(self.config))
        digest = hashlib.sha256()
        for name in names:
            digest.update(hashlib.sha256((self.path / name).read_bytes()).digest())
        return digest.hexdigest()[:12]

    @contextmanager
    def reading(self, what: str = CONFIG_FILE) -> Iterator[None]:
        """Turn whatever a file's content makes our code stumble over into one error."""
        try:
            yield
        except KeyError as error:
            raise self.unavailable(f"{what} has no {error}") from error
        except (OSError, ValueError, TypeError) as error:
            message = f"{what} cannot be used: {error}" if what == CONFIG_FILE else str(error)
            raise self.unavailable(message) from error

    def unavailable(self, reason: str) -> ModelUnavailable:
        """The error to raise."""
        message = f"The model in {self.path} cannot be loaded: {reason}"
        return ModelUnavailable(message, model=str(self.path))

    def _check(self, names: Sequence[str]) -> None:
        missing = [name for name in names if not (self.path / name).is_file()]
        if missing:
            raise self.unavailable(
                f"it has no {', '.join(missing)}. Name a folder that `commonplace build-model` "
                "wrote, or leave the setting out to use the built-in model."
            )


def own_part(config: dict[str, Any], *, kind: str) -> dict[str, Any]:
    """The part of a configuration that is ours.

    Raises:
        ValueError: there is none, so it is not a model of this kind.
    """
    own = config.get("commonplace")
    if not isinstance(own, dict):
        raise ValueError(f"it has no part `commonplace`, so it is not a {kind} model")
    return own


class Session:
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


class Once(Generic[T]):
    """Makes something on first use, once for all threads; a failure is tried again."""

    def __init__(self, make: Callable[[], T]) -> None:
        self._make = make
        self._lock = threading.Lock()
        self._made: T | None = None

    def __call__(self) -> T:
        """The thing made."""
        with self._lock:
            if self._made is None:
                self._made = self._make()
            return self._made


def padded(tokens: Sequence[Sequence[int]]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Numbers and mask, each of shape (texts, tokens of the longest text)."""
    ids = np.zeros((len(tokens), max(map(len, tokens), default=0)), dtype=np.int64)
    mask = np.zeros_like(ids)
    for row, numbers in enumerate(tokens):
        ids[row, : len(numbers)] = numbers
        mask[row, : len(numbers)] = 1
    return ids, mask
