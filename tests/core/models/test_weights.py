"""Weights in 8 bits."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from safetensors.numpy import save_file

from core.models import weights as weights_file
from core.models.weights import Rows

MATRICES = arrays(
    np.float32,
    st.tuples(st.integers(1, 6), st.integers(1, 6)),
    elements=st.floats(-1000, 1000, width=32),
)


@given(MATRICES)
def test_rounding_is_off_by_half_a_step_at_most(matrix: np.ndarray):
    """A row's step is its largest value over 127; nothing is clipped."""
    rows = Rows.of(matrix)

    error = np.abs(rows.floats() - matrix)
    assert (error <= rows.scales[:, None] * 0.5001 + 1e-30).all()


@given(MATRICES)
def test_rounding_twice_changes_nothing(matrix: np.ndarray):
    """What is in 8 bits already stays as it is."""
    rows = Rows.of(matrix)

    assert np.array_equal(Rows.of(rows.floats()).values, rows.values)


def test_matrices_are_rounded_and_the_rest_stays():
    """A bias has few numbers, and each of them counts."""
    bias = np.array([0.1, 0.2], np.float32)

    weights = weights_file.quantised({"a.weight": np.eye(2, dtype=np.float32), "a.bias": bias})

    assert isinstance(weights["a.weight"], Rows)
    assert weights["a.bias"] is bias


def test_what_is_written_is_read(tmp_path: Path):
    """Matrices come back as rows, the rest as floats, to the bit."""
    matrix = Rows.of(np.array([[1, -2], [0, 0]], np.float32))
    written = {"a.weight": matrix, "a.bias": np.array([0.1, 0.2], np.float32)}

    weights_file.write(written, tmp_path / "model.safetensors")
    read = weights_file.read(tmp_path / "model.safetensors")

    assert read.keys() == written.keys()
    assert np.array_equal(read["a.weight"].values, matrix.values)
    assert np.array_equal(read["a.weight"].scales, matrix.scales)
    assert np.array_equal(read["a.bias"], written["a.bias"])


@pytest.mark.parametrize("stored", [np.float16, np.float32])
def test_a_file_in_floats_is_rounded_on_reading(tmp_path: Path, stored: type):
    """A checkpoint that torch saved is read without packing it first."""
    matrix = np.array([[1, -2], [3, 4]], stored)
    save_file({"w": matrix, "b": np.ones(2, stored)}, tmp_path / "model.safetensors")

    read = weights_file.floats(weights_file.read(tmp_path / "model.safetensors"))

    assert read["w"] == pytest.approx(matrix, abs=0.02)
    assert read["w"].dtype == read["b"].dtype == np.float32


def test_a_damaged_file_is_told(tmp_path: Path):
    """Half a file is no model."""
    file = tmp_path / "model.safetensors"
    weights_file.write({"b": np.ones(100, np.float32)}, file)
    file.write_bytes(file.read_bytes()[:200])

    with pytest.raises(ValueError, match="not a whole safetensors file"):
        weights_file.read(file)


def test_matrices_are_stacked_by_rows():
    """Query, key and value become one product."""
    first, second = (Rows.of(np.full((2, 3), value, np.float32)) for value in (1, 5))

    stacked = Rows.stacked(first, second).floats()

    assert stacked == pytest.approx(np.array([[1] * 3] * 2 + [[5] * 3] * 2))
