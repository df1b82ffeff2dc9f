"""Batches and threads."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.models import batching
from core.models.batching import batches, cores


@given(st.lists(st.integers(min_value=1, max_value=600), max_size=60), st.integers(1, 2000))
def test_every_text_is_in_one_batch_within_the_bound(lengths: list[int], max_tokens: int):
    """Each position comes once; a batch, padded, is within the bound unless it is one text."""
    made = list(batches(lengths, max_tokens=max_tokens))

    assert sorted(index for batch in made for index in batch) == list(range(len(lengths)))
    for batch in made:
        padded = len(batch) * max(lengths[index] for index in batch)
        assert padded <= max_tokens or len(batch) == 1


def test_texts_of_like_length_go_together():
    """The longest come first, so that a batch needs little padding and memory peaks at once."""
    made = list(batches([3, 100, 4, 99, 5], max_tokens=200))

    assert made == [[1, 3], [4, 2, 0]]


def test_at_least_one_core_is_used():
    """Whatever the machine, there is a thread to compute in."""
    assert cores() >= 1


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        pytest.param("max 100000\n", 8, id="no-quota"),
        pytest.param("150000 100000\n", 2, id="one-and-a-half-cores-round-up"),
        pytest.param("50000 100000\n", 1, id="half-a-core"),
        pytest.param("nonsense\n", 8, id="not-understood"),
    ],
)
def test_a_container_quota_is_read_in_cores(tmp_path: Path, content: str, expected: int):
    """`cpu.max` holds microseconds per period."""
    file = tmp_path / "cpu.max"
    file.write_text(content, encoding="ascii")

    assert batching._quota(8, file=file) == expected


def test_where_there_is_no_quota_file_all_cores_are_used(tmp_path: Path):
    """Outside Linux there is no `cpu.max`."""
    assert batching._quota(8, file=tmp_path / "missing") == 8


def test_hyper_threads_count_once(monkeypatch: pytest.MonkeyPatch):
    """Two logical processors of one core make one thread."""
    monkeypatch.setattr(batching.os, "sched_getaffinity", lambda _: {0, 1, 2, 3}, raising=False)
    monkeypatch.setattr(batching, "_siblings", lambda cpu: f"{cpu // 2 * 2}-{cpu // 2 * 2 + 1}")
    monkeypatch.setattr(batching, "_quota", lambda otherwise: otherwise)

    assert cores() == 2


def test_without_affinity_every_processor_counts(monkeypatch: pytest.MonkeyPatch):
    """macOS and Windows do not tell which processors are allowed."""
    monkeypatch.delattr(batching.os, "sched_getaffinity", raising=False)
    monkeypatch.setattr(batching.os, "cpu_count", lambda: 3)

    assert cores() == 3
