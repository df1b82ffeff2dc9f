"""A model's weights in one safetensors file: matrices as 8-bit rows, the rest as 32-bit floats.

A matrix `X` of shape (rows, columns) is kept as int8 `X` and float32 `X.scale` of shape (rows,):
row i is `X[i] * scale[i]`. A row is one token's embedding or one output channel, so the scale fits
what it scales. Names are those of `transformers.BertModel`, so that `floats` can be loaded there
for more training; a file that was saved from there, in float16 or float32, is read just as well.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

FILE = "model.safetensors"
_SCALE = ".scale"


@dataclass(frozen=True)
class Rows:
    """A matrix in 8 bits: `values` of shape (rows, columns), `scales` of shape (rows,)."""

    values: NDArray[np.int8]
    scales: Floats

    def floats(self) -> Floats:
        """The matrix in 32 bits."""
        return self.values.astype(np.float32) * self.scales[:, None]

    @classmethod
    def of(cls, matrix: Floats) -> "Rows":
        """Round a matrix to 8 bits, each row by its own largest value (symmetric, -127 to 127)."""
        scales = np.abs(matrix).max(axis=1).astype(np.float32) / np.float32(127)
        scales[scales == 0] = 1  # a row of zeros stays one
        return cls(np.rint(matrix / scales[:, None]).astype(np.int8), scales)

    @classmethod
    def stacked(cls, *matrices: "Rows") -> "Rows":
        """One matrix of several with equally many columns, the first on top."""
        return cls(
            np.concatenate([each.values for each in matrices]),
            np.concatenate([each.scales for each in matrices]),
        )


Weights = Mapping[str, Rows | Floats]
"""Tensors by name: every matrix as `Rows`, everything else as float32."""


def read(file: Path, *, only: Collection[str] | None = None) -> Weights:
    """Read a weights file, in 8 bits or in floats; matrices in floats are rounded to 8 bits.

    Args:
        file: as `write` or `transformers` wrote it.
        only: names of tensors to read; None: all.

    Raises:
        OSError, ValueError: there is no such file, or it is damaged.
    """
    from safetensors import SafetensorError, safe_open

    try:
        with safe_open(file, framework="numpy") as opened:
            tensors: dict[str, NDArray[Any]] = {
                name: opened.get_tensor(name)
                for name in opened.keys()  # noqa: SIM118  # no mapping: it has no other way
                if only is None or name.removesuffix(_SCALE) in only
            }
    except SafetensorError as error:
        raise ValueError(f"{file} is not a whole safetensors file: {error}") from error
    weights: dict[str, Rows | Floats] = {}
    for name in [name for name in tensors if not name.endswith(_SCALE)]:
        tensor = tensors.pop(name)
        if tensor.dtype == np.int8:
            weights[name] = Rows(tensor, tensors[name + _SCALE])
        elif tensor.ndim == 2:
            weights[name] = Rows.of(tensor.astype(np.float32))
        else:
            weights[name] = tensor.astype(np.float32)
    return weights


def write(weights: Weights, file: Path) -> None:
    """Write a weights file in 8 bits."""
    from safetensors.numpy import save_file

    tensors: dict[str, NDArray[Any]] = {}
    for name, tensor in weights.items():
        if isinstance(tensor, Rows):
            tensors[name], tensors[name + _SCALE] = tensor.values, tensor.scales
        else:
            tensors[name] = tensor
    save_file(tensors, file, metadata={"format": "int8-rows"})
    file.chmod(0o644)  # the library writes for the owner alone; a package is read by anybody


def quantised(tensors: Mapping[str, Floats]) -> Weights:
    """Every matrix in 8 bits, the rest as it is."""
    return {key: Rows.of(each) if each.ndim == 2 else each for key, each in tensors.items()}


def floats(weights: Weights) -> dict[str, Floats]:
    """Every tensor in 32 bits, ready for `BertModel.load_state_dict` after `torch.from_numpy`."""
    return {
        name: tensor.floats() if isinstance(tensor, Rows) else tensor
        for name, tensor in weights.items()
    }
