"""Tiny models, written once for all tests here."""

from pathlib import Path

import pytest

from tests.fakes.checkpoints import write_two_tower


@pytest.fixture(scope="session")
def two_tower(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a tiny two-tower model; not to be changed."""
    return write_two_tower(tmp_path_factory.mktemp("two-tower"))
