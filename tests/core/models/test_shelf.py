"""Models that are opened from their folders, and what is kept beside them."""

from pathlib import Path

import pytest

from core import unseen
from core.errors import ModelUnavailable
from core.models.shelf import ModelShelf, Opened
from core.unseen import Answered
from tests.fakes.models import FakeAnnotator, FakeEntailer


@pytest.fixture
def shelf() -> ModelShelf:
    """A shelf on which any folder is a model; the model of the settings is in none."""

    def opened(_folder: Path) -> Opened:
        return Opened(FakeEntailer(), FakeAnnotator())

    return ModelShelf(opened(Path()), opened, lambda _folder: None)


def test_what_is_kept_of_texts_is_found_again(shelf, tmp_path):
    """By their digests; a model without any says nothing."""
    unseen.write([("wages", Answered(frozenset(), {}))], tmp_path)

    assert list(shelf.unseen(tmp_path)) == [unseen.digest("wages")]
    assert shelf.unseen(None) == {}


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"not an object", id="no-json"),
        pytest.param(b'{"text": "00"}', id="key-missing"),
        pytest.param(b"[]", id="list"),
        pytest.param(b'{"text": "00", "labels": 3, "probabilities": {}}', id="number-for-labels"),
        pytest.param(b'{"text": "00", "labels": [], "probabilities": []}', id="no-mapping"),
        pytest.param(b"\xff\xfe\xfd", id="no-text"),
    ],
)
def test_a_damaged_file_says_which_and_what_to_do(shelf, tmp_path, content):
    """Nothing is judged by half of what was said."""
    (tmp_path / unseen.FILE).write_bytes(content)

    with pytest.raises(ModelUnavailable, match=rf"{unseen.FILE} is damaged .* Train the model"):
        shelf.unseen(tmp_path)
