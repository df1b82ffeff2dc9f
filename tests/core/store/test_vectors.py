"""Chroma in a folder: one owner, nothing left behind, and what to do when it is broken."""

import subprocess
import sys

import numpy as np
import pytest

from core.errors import BadStore, DataInUse
from core.store.vectors import ChromaVectorIndex

ROWS = np.eye(4, dtype=np.float32)


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "data" / "vectors"


def opened(folder, *, version="model@1"):
    return ChromaVectorIndex(folder, version=version, size=4)


def test_making_one_touches_nothing(folder):
    """The folder is made on first use; closing what was never used is fine."""
    index = opened(folder)
    index.close()

    assert not folder.exists()


def test_vectors_outlive_the_process(folder):
    """What was stored is there when it is opened again."""
    first = opened(folder)
    first.upsert(1, [1, 2], ROWS[:2])
    first.close()

    second = opened(folder)

    assert [each.item_id for each in second.nearest(1, ROWS[1], limit=1)] == [2]
    second.close()


def test_versions_are_never_compared(folder):
    """Another embedder's version finds none of the vectors; clearing forgets those of all."""
    old = opened(folder)
    old.upsert(1, [1], ROWS[:1])
    old.close()
    new = opened(folder, version="model@2")

    assert new.count(1) == 0
    new.upsert(1, [1], ROWS[1:2])
    new.clear(1)
    new.close()
    again = opened(folder)
    assert again.count(1) == 0
    again.close()


def test_communities_whose_numbers_begin_alike_are_apart(folder):
    """Clearing community 1 leaves community 11."""
    index = opened(folder)
    index.upsert(1, [1], ROWS[:1])
    index.upsert(11, [2], ROWS[:1])

    index.clear(1)

    assert (index.count(1), index.count(11)) == (0, 1)
    index.close()


def test_a_second_owner_is_refused_at_once(folder):
    """Another index on the same folder is told who has it; after closing it may have it."""
    first = opened(folder)
    first.open()
    second = opened(folder)

    with pytest.raises(DataInUse) as refused:
        second.count(1)

    assert refused.value.facts["folder"] == str(folder)
    assert refused.value.facts["pid"] > 0
    first.close()
    assert second.count(1) == 0
    second.close()


def test_a_second_process_is_refused_at_once(folder):
    """It does not hang, and learns the first one's process id."""
    first = opened(folder)
    first.upsert(1, [1], ROWS[:1])
    script = (
        "import sys; from pathlib import Path; from core.errors import DataInUse\n"
        "from core.store.vectors import ChromaVectorIndex\n"
        "try: ChromaVectorIndex(Path(sys.argv[1]), version='v', size=4).count(1)\n"
        "except DataInUse as error: print(error.facts['pid'])"
    )

    done = subprocess.run(
        [sys.executable, "-c", script, str(folder)], capture_output=True, text=True, timeout=60
    )

    first.close()
    assert done.stdout.strip().isdigit(), done.stderr


def test_closing_twice_is_fine(folder):
    """The second time nothing is left to do."""
    index = opened(folder)
    index.open()
    index.close()
    index.close()

    assert not (folder / "owner.pid").exists()


def test_a_damaged_folder_says_how_to_mend_it(folder):
    """It is a copy: it is made anew on request, and is sound then."""
    folder.mkdir(parents=True)
    (folder / "chroma.sqlite3").write_bytes(b"no database" * 500)
    index = opened(folder)

    with pytest.raises(BadStore, match="commonplace reindex"):
        index.count(1)

    index.reset()
    index.upsert(1, [1], ROWS[:1])
    index.close()
    assert opened_and_counted(folder) == 1


def opened_and_counted(folder):
    index = opened(folder)
    try:
        return index.count(1)
    finally:
        index.close()


def test_vectors_of_another_shape_are_refused(folder):
    """Before anything is stored."""
    index = opened(folder)

    with pytest.raises(ValueError, match="expected"):
        index.upsert(1, [1, 2], ROWS[:1])
    with pytest.raises(ValueError, match="expected"):
        index.upsert(1, [1], np.zeros((1, 5), dtype=np.float32))

    assert not folder.exists()


def test_more_than_one_batch(folder):
    """Many items are stored, read and removed in parts."""
    index = opened(folder)
    rows = np.random.default_rng(1).normal(size=(2500, 4)).astype(np.float32)
    index.upsert(1, range(2500), rows)

    assert index.count(1) == 2500
    assert len(index.get(1, range(2500))) == 2500
    index.remove(1, range(2400))
    assert index.count(1) == 100
    index.close()


def test_few_of_many_are_asked_about(folder):
    """Exactly the best of those, though thousands of others are nearer; unknown ones aside."""
    index = opened(folder)
    rows = np.random.default_rng(2).normal(size=(2500, 4)).astype(np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    index.upsert(1, range(2500), rows)
    farthest = np.argsort(rows @ rows[0])[:40].tolist()

    found = index.nearest(1, rows[0], limit=5, among=[*farthest, 9999])

    assert [each.item_id for each in found] == farthest[::-1][:5]
    assert len(index.nearest(1, rows[0], limit=100, among=[*farthest, 9999])) == 40
    index.close()


def test_nothing_is_sent(folder):
    """Telemetry is off; that no model is fetched shows in every test, since sockets are barred."""
    index = opened(folder)
    index.open()

    assert index._client.get_settings().anonymized_telemetry is False
    index.close()
