"""What people decided stands by as vectors, and is read again when it is old."""

import numpy as np
import pytest

from core.domain import PastedText
from core.examples import FRESH_FOR, PER_LABEL, DecidedExamples
from tests.fakes.models import FakeEmbedder
from tests.fakes.rooms import Rooms


@pytest.fixture
def rooms():
    rooms = Rooms()
    yield rooms
    rooms.close()


def decided(rooms: Rooms, text: str, *labels: str) -> int:
    item = rooms.add(PastedText(text)).item
    rooms.repository.confirm(item.id, labels, position=rooms.taxonomy.position)
    return item.id


def examples(rooms: Rooms, embedder: FakeEmbedder | None = None) -> DecidedExamples:
    return DecidedExamples(rooms.repository, embedder or rooms.embedder, rooms.vectors, rooms.clock)


def test_examples_are_the_vectors_of_items_with_a_confirmed_label(rooms):
    """A suggestion is no example."""
    unions = decided(rooms, "The unions asked for a rise.", "topic/labour")
    decided(rooms, "People at work in the environment, a long day.")

    found = examples(rooms).of(rooms.community.id)()

    assert list(found) == ["topic/labour"]
    vectors = rooms.vectors.get(rooms.community.id, [unions])
    np.testing.assert_array_equal(found["topic/labour"], [vectors[unions]])


def test_a_label_has_the_newest_ones_only(rooms):
    """However many were decided, a bounded number is read."""
    ids = [
        decided(rooms, f"Strike number {n} began.", "topic/labour") for n in range(PER_LABEL + 2)
    ]

    found = rooms.repository.decided(
        rooms.community.id, embedded_with=rooms.embedder.version, most=PER_LABEL
    )

    assert found == {"topic/labour": ids[:1:-1]}
    assert examples(rooms).of(rooms.community.id)()["topic/labour"].shape == (PER_LABEL, 64)


def test_vectors_of_another_embedder_are_no_examples(rooms):
    """They could not be compared."""
    decided(rooms, "The unions asked for a rise.", "topic/labour")

    newer = examples(rooms, FakeEmbedder(version="fake-embedder@2"))

    assert newer.of(rooms.community.id)() == {}


def test_decisions_are_read_again_after_a_while(rooms):
    """Until then, the copies are good enough."""
    kept = examples(rooms).of(rooms.community.id)
    assert kept() == {}
    decided(rooms, "The unions asked for a rise.", "topic/labour")

    soon = dict(kept())
    rooms.clock.forward(FRESH_FOR.total_seconds())
    later = kept()

    assert soon == {}
    assert list(later) == ["topic/labour"]


def test_communities_do_not_see_each_other(rooms):
    """What one decided chooses nothing for another."""
    decided(rooms, "The unions asked for a rise.", "topic/labour")
    other = rooms.repository.community("other")

    assert examples(rooms).of(other.id)() == {}
