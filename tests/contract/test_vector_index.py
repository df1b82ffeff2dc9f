"""What every vector index does, the real one and the fake."""

import numpy as np
import pytest

from core.store.vectors import ChromaVectorIndex
from tests.fakes.indexes import FakeVectorIndex

HERE, ELSEWHERE = 1, 2
SIZE = 16


@pytest.fixture(params=["chroma", "fake"])
def index(request, tmp_path):
    if request.param == "fake":
        built = FakeVectorIndex()
    else:
        built = ChromaVectorIndex(tmp_path / "vectors", version="model@1/256", size=SIZE)
    yield built
    built.close()


def vectors(count, *, seed=0):
    rows = np.random.default_rng(seed).normal(size=(count, SIZE)).astype(np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def ids(scored):
    return [each.item_id for each in scored]


def test_the_most_alike_come_first(index):
    """In the order of their cosine, which is the score."""
    rows = vectors(50)
    index.upsert(HERE, range(1, 51), rows)

    scored = index.nearest(HERE, rows[6], limit=10)

    expected = np.argsort(-(rows @ rows[6]))[:10] + 1
    assert ids(scored) == expected.tolist()
    assert [each.score for each in scored] == pytest.approx(
        (rows @ rows[6])[expected - 1].tolist(), abs=1e-5
    )


def test_the_limit_may_be_more_than_there_are(index):
    """Then all of them come."""
    rows = vectors(3)
    index.upsert(HERE, [1, 2, 3], rows)

    assert set(ids(index.nearest(HERE, rows[0], limit=100))) == {1, 2, 3}
    assert index.nearest(HERE, rows[0], limit=0) == []


def test_an_empty_community_has_nothing(index):
    """No item, no vector, no neighbour."""
    assert index.count(HERE) == 0
    assert index.nearest(HERE, vectors(1)[0], limit=5) == []
    assert index.get(HERE, [1, 2]) == {}
    index.remove(HERE, [1])
    index.clear(HERE)


def test_only_some_items_may_be_asked_about(index):
    """With `among`, exactly the best of those, unknown ones passed over."""
    rows = vectors(200)
    index.upsert(HERE, range(200), rows)
    among = [*range(0, 200, 7), 9999]

    scored = index.nearest(HERE, rows[3], limit=8, among=among)

    expected = sorted(range(0, 200, 7), key=lambda item: -float(rows[item] @ rows[3]))[:8]
    assert ids(scored) == expected
    assert index.nearest(HERE, rows[3], limit=8, among=[]) == []
    assert index.nearest(HERE, rows[3], limit=8, among=[9999]) == []


def test_vectors_come_back_as_they_were(index):
    """Those that are here, by item."""
    rows = vectors(3)
    index.upsert(HERE, [5, 6, 7], rows)

    got = index.get(HERE, [7, 5, 7, 99])

    assert set(got) == {5, 7}
    assert got[7] == pytest.approx(rows[2], abs=1e-6)
    assert got[7].dtype == np.float32
    assert index.get(HERE, []) == {}


def test_storing_again_replaces(index):
    """The item is where its new vector is, and still one."""
    rows = vectors(2)
    index.upsert(HERE, [1], rows[:1])
    index.upsert(HERE, [1], rows[1:])

    assert index.count(HERE) == 1
    assert index.get(HERE, [1])[1] == pytest.approx(rows[1], abs=1e-6)


def test_of_one_item_twice_the_last_counts(index):
    """Also within one call."""
    rows = vectors(2)
    index.upsert(HERE, [1, 1], rows)

    assert index.count(HERE) == 1
    assert index.get(HERE, [1])[1] == pytest.approx(rows[1], abs=1e-6)


def test_removing_forgets(index):
    """What is removed is not found; what is unknown is passed over."""
    rows = vectors(3)
    index.upsert(HERE, [1, 2, 3], rows)

    index.remove(HERE, [2, 77])
    index.remove(HERE, [])
    index.remove(ELSEWHERE, [1])

    assert index.count(HERE) == 2
    assert set(ids(index.nearest(HERE, rows[1], limit=5))) == {1, 3}


def test_nothing_crosses_communities(index):
    """Each finds, counts and clears its own."""
    rows = vectors(4)
    index.upsert(HERE, [1, 2], rows[:2])
    index.upsert(ELSEWHERE, [3, 4], rows[2:])

    assert set(ids(index.nearest(HERE, rows[3], limit=5))) == {1, 2}
    assert index.get(HERE, [3]) == {}
    index.clear(HERE)
    assert (index.count(HERE), index.count(ELSEWHERE)) == (0, 2)
    index.upsert(HERE, [9], rows[:1])
    assert ids(index.nearest(HERE, rows[0], limit=5)) == [9]


def test_a_reset_forgets_everybody(index):
    """And the index goes on as a new one."""
    rows = vectors(3)
    index.upsert(HERE, [1], rows[:1])
    index.upsert(ELSEWHERE, [2], rows[1:2])

    index.reset()

    assert (index.count(HERE), index.count(ELSEWHERE)) == (0, 0)
    index.upsert(HERE, [3], rows[2:])
    assert ids(index.nearest(HERE, rows[2], limit=5)) == [3]
