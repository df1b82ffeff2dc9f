"""JSON lines: what is written is read again, and a broken run leaves no half file."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import BadFile
from core.jsonl import batches, read_jsonl, writing


def test_what_is_written_is_read_again(tmp_path: Path):
    """Chinese stays Chinese, and lines keep their numbers."""
    file = tmp_path / "a.jsonl"

    with writing(file) as write:
        write({"id": 1, "text": "移工"})
        write({"id": "b", "text": "line\nbreak"})

    assert "移工" in file.read_text("utf-8")
    assert list(read_jsonl(file, required=("id", "text"))) == [
        (1, {"id": 1, "text": "移工"}),
        (2, {"id": "b", "text": "line\nbreak"}),
    ]


def test_a_broken_run_leaves_the_old_file(tmp_path: Path):
    """The new one takes its name only when it is complete."""
    file = tmp_path / "a.jsonl"
    file.write_text("old", "utf-8")

    def broken_run():
        with writing(file) as write:
            write({"id": 1})
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        broken_run()

    assert file.read_text("utf-8") == "old"
    assert list(tmp_path.iterdir()) == [file]


def test_a_folder_that_is_not_there_is_told(tmp_path: Path):
    """A path that cannot be written is an error with a reason."""
    with pytest.raises(BadFile, match="cannot be written"), writing(tmp_path / "no" / "a.jsonl"):
        pass


@pytest.mark.parametrize("row", [{"id": "a"}, {"id": "a", "text": None}, {"id": None, "text": "x"}])
def test_a_missing_key_is_named(tmp_path: Path, row: dict[str, object]):
    """Which line, which key, what was found."""
    file = tmp_path / "a.jsonl"
    file.write_text(json.dumps(row) + "\n", "utf-8")

    with pytest.raises(BadFile, match=r"line 1.*expected a string"):
        list(read_jsonl(file, required=("id", "text")))


@given(st.lists(st.integers()), st.integers(1, 9))
def test_batches_lose_nothing(values: list[int], size: int):
    """Order is kept, no batch is empty or too long, only the last may be short."""
    parts = list(batches(values, size))

    assert [value for part in parts for value in part] == values
    assert all(len(part) == size for part in parts[:-1])
    assert all(1 <= len(part) <= size for part in parts)


@pytest.mark.parametrize(
    "broken",
    [
        pytest.param(b'{"id": "2", "text": "\xa4\xa4"}', id="another-charset"),
        pytest.param(b'{"id": "2", "text": ' + b"[" * 100_000, id="endless-brackets"),
        pytest.param(b'[{"id": "2"}]', id="a-list"),
    ],
)
def test_a_line_that_cannot_be_read_costs_only_itself(tmp_path: Path, broken: bytes):
    """Whatever is wrong with a line, it is told by its number and the next ones are read."""
    file = tmp_path / "a.jsonl"
    file.write_bytes(b'\xef\xbb\xbf{"id": "1"}\r\n' + broken + b'\r\n{"id": "3"}')
    told: list[BadFile] = []

    rows = list(read_jsonl(file, required=(), on_error=told.append))

    assert rows == [(1, {"id": "1"}), (3, {"id": "3"})]
    assert [error.facts["line"] for error in told] == [2]
