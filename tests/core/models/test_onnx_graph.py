"""ONNX files written by hand are read by the real runtime."""

import numpy as np
import onnxruntime
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.models import onnx_graph
from core.models.onnx_graph import FLOAT, INT64, MICROSOFT, OnnxGraph


def run(graph: OnnxGraph, output: str, **inputs: np.ndarray) -> np.ndarray:
    model = graph.finish()
    options = onnxruntime.SessionOptions()
    arrays = [onnxruntime.OrtValue.ortvalue_from_numpy(each) for each in model.weights.values()]
    options.add_external_initializers(list(model.weights), arrays)
    session = onnxruntime.InferenceSession(model.graph, options, providers=["CPUExecutionProvider"])
    return session.run([output], inputs)[0]


def test_a_written_graph_runs():
    """Inputs, constants, attributes, several outputs and both domains are understood."""
    graph = OnnxGraph("sample")
    graph.input("rows", FLOAT, ("n", 4))
    graph.constant("matrix", np.arange(16, dtype=np.float32).reshape(4, 4))
    product = graph.node("MatMul", ["rows", "matrix"], "product")
    graph.node("Split", [product], "left", "right", axis=-1, num_outputs=2)
    graph.node("Gelu", ["right"], "bent", domain=MICROSOFT)
    graph.node("LeakyRelu", ["left"], "leaky", alpha=0.5)
    graph.node("Add", ["leaky", "bent"], "sum")
    graph.output("sum", FLOAT, ("n", 2))

    result = run(graph, "sum", rows=np.array([[-1, 0, 0, 0], [0, 0, 0, 1]], np.float32))

    # gelu(-2) = -0.0455, gelu(-3) = -0.0040; large ones pass
    assert result == pytest.approx(np.array([[0 - 0.0455, -0.5 - 0.0040], [26, 28]]), abs=1e-3)


def test_whole_numbers_and_negative_ones_survive():
    """Varints are 64 bits wide, two's complement."""
    numbers = np.array([-1, 0, 127, 128, 2**40, -(2**40)], np.int64)
    graph = OnnxGraph("sample")
    graph.input("added", INT64, ("n",))
    graph.constant("numbers", numbers)
    graph.node("Add", ["added", "numbers"], "sum")
    graph.output("sum", INT64, ("n",))

    assert run(graph, "sum", added=np.zeros(6, np.int64)).tolist() == numbers.tolist()


def test_large_arrays_stay_beside_the_graph():
    """They are handed over as they are, transposed ones made whole, and not copied into bytes."""
    matrix = np.random.default_rng(0).normal(size=(64, 32)).astype(np.float32)
    graph = OnnxGraph("sample")
    graph.input("rows", FLOAT, ("n", 32))
    graph.constant("matrix", matrix.T)
    graph.node("MatMul", ["rows", "matrix"], "product")
    graph.output("product", FLOAT, ("n", 64))
    rows = np.ones((3, 32), np.float32)

    model = graph.finish()

    assert list(model.weights) == ["matrix"]
    assert len(model.graph) < 1000
    assert run(graph, "product", rows=rows) == pytest.approx(rows @ matrix.T, abs=1e-4)


@given(st.integers(min_value=-(2**63), max_value=2**63 - 1))
def test_a_varint_reads_back(number: int):
    """Seven bits a byte, the lowest first, the top bit on all but the last."""
    encoded = onnx_graph._varint(number)

    decoded = sum((byte & 127) << 7 * place for place, byte in enumerate(encoded))
    assert decoded == number % 2**64
    assert all(byte & 128 for byte in encoded[:-1])
    assert not encoded[-1] & 128
