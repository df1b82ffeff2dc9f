"""Writes an ONNX model, byte by byte: the few messages of `onnx.proto` that a fixed graph needs.

The `onnx` package is not needed to run a model, only to make one; a hundred lines of protobuf spare
everybody an install of it. Large arrays stay outside the bytes, so that weights are not copied
half a dozen times on their way into the runtime.

Source: field numbers from onnx.proto (ONNX 1.16, IR version 9) and the protobuf wire format.
"""

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

MICROSOFT = "com.microsoft"
"""Domain of ONNX Runtime's own operators (its ContribOperators.md describes them)."""

FLOAT, UINT8, INT8, INT32, INT64 = 1, 2, 3, 6, 7
_TYPES = {"float32": FLOAT, "uint8": UINT8, "int8": INT8, "int32": INT32, "int64": INT64}
_IR_VERSION, _OPSET, _MICROSOFT_OPSET = 9, 18, 1

_MAX_STORED_BYTES = 1024


@dataclass(frozen=True)
class OnnxModel:
    """A model as `onnxruntime.InferenceSession` takes it.

    Attributes:
        graph: its bytes.
        weights: its large arrays, to be given by `SessionOptions.add_external_initializers`.
    """

    graph: bytes
    weights: Mapping[str, NDArray[Any]]


class OnnxGraph:
    """A graph under construction: values have names, and each call returns the name it made."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._nodes: list[bytes] = []
        self._constants: list[bytes] = []
        self._weights: dict[str, NDArray[Any]] = {}
        self._inputs: list[bytes] = []
        self._outputs: list[bytes] = []

    def input(self, name: str, type_: int, shape: Sequence[int | str]) -> str:
        """Declare an input; a dimension is a number, or a word for one that varies."""
        self._inputs.append(_field(11, _value(name, type_, shape)))
        return name

    def output(self, name: str, type_: int, shape: Sequence[int | str]) -> str:
        """Declare a value as an output."""
        self._outputs.append(_field(12, _value(name, type_, shape)))
        return name

    def constant(self, name: str, array: NDArray[Any]) -> str:
        """Give the model an array (float32, uint8, int8, int32 or int64)."""
        tensor = b"".join(_field(1, size) for size in array.shape)
        tensor += _field(2, _TYPES[array.dtype.name]) + _field(8, name)
        if array.nbytes > _MAX_STORED_BYTES:
            self._weights[name] = np.ascontiguousarray(array)
            tensor += _field(13, _field(1, "location") + _field(2, "beside")) + _field(14, 1)
        else:
            tensor += _field(9, array.tobytes())
        self._constants.append(_field(5, tensor))
        return name

    def node(
        self,
        operator: str,
        inputs: Sequence[str],
        *outputs: str,
        domain: str = "",
        **attributes: float,
    ) -> str:
        """Apply an operator.

        Args:
            operator: its name in the domain.
            inputs: names of values; "" leaves an optional one out.
            *outputs: at least one name, new in this graph.
            domain: "" for ONNX's own operators.
            **attributes: numbers; an `int` is stored as INT, a `float` as FLOAT.

        Returns:
            The first output's name.
        """
        message = b"".join(_field(1, name) for name in inputs)
        message += b"".join(_field(2, name) for name in outputs)
        message += _field(4, operator)
        message += b"".join(_field(5, _attribute(key, value)) for key, value in attributes.items())
        message += _field(7, domain)
        self._nodes.append(_field(1, message))
        return outputs[0]

    def finish(self) -> OnnxModel:
        """The finished model."""
        graph = (*self._nodes, _field(2, self._name), *self._constants, *self._inputs)
        opsets = _field(8, _field(1, "") + _field(2, _OPSET))
        opsets += _field(8, _field(1, MICROSOFT) + _field(2, _MICROSOFT_OPSET))
        model = _field(1, _IR_VERSION) + opsets + _field(7, b"".join((*graph, *self._outputs)))
        return OnnxModel(model, self._weights)


def _field(number: int, value: int | float | str | bytes) -> bytes:
    """One protobuf field: a varint for int, 32 bits for float, length-delimited for the rest."""
    match value:
        case int():
            return _varint(number << 3) + _varint(value)
        case float():
            return _varint(number << 3 | 5) + struct.pack("<f", value)
        case str():
            value = value.encode()
    return _varint(number << 3 | 2) + _varint(len(value)) + value


def _varint(value: int) -> bytes:
    value &= (1 << 64) - 1  # negative numbers are sent as 64-bit two's complement
    encoded = bytearray()
    while value > 127:
        encoded.append(value & 127 | 128)
        value >>= 7
    encoded.append(value)
    return bytes(encoded)


def _attribute(name: str, value: float) -> bytes:
    if isinstance(value, int):
        return _field(1, name) + _field(3, value) + _field(20, 2)
    return _field(1, name) + _field(2, value) + _field(20, 1)


def _value(name: str, type_: int, shape: Sequence[int | str]) -> bytes:
    sizes = b"".join(
        _field(1, _field(1, size) if isinstance(size, int) else _field(2, size)) for size in shape
    )
    return _field(1, name) + _field(2, _field(1, _field(1, type_) + _field(2, sizes)))
