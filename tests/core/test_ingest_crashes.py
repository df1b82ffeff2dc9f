"""Whatever stops the program, wherever: the next start ends where an undisturbed one would have."""

import os
import shutil
import signal
import subprocess
import sys
import threading
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from core.domain import ChatRef, Link, MessageRef, PastedText, State
from core.ingest import Step
from core.store.database import Database
from core.store.keyword import FtsKeywordIndex
from tests.fakes.indexes import FakeVectorIndex
from tests.fakes.rooms import MEI, TOM, Rooms

PAGE = "\n".join(f"第{n}段說明社區如何在屋頂裝設太陽能板，並且討論能源與勞動。" for n in range(20))
SENT = (
    (Link("https://news.example/a"), MEI),
    (Link("https://short.example/a"), TOM),  # leads to the first
)


class Killed(BaseException):
    """The program ends here."""


def open_rooms(file: Path, vectors: FakeVectorIndex) -> Rooms:
    rooms = Rooms(file, keywords=FtsKeywordIndex, vectors=vectors)
    first = rooms.reader.page("https://news.example/a", PAGE, title="屋頂")
    rooms.reader.page("https://short.example/a", PAGE, to=first)
    return rooms


def send_all(rooms: Rooms, *, on_step=lambda _step: None) -> None:
    """Everything that the platform delivers, or delivers again."""
    for number, (given, member) in enumerate(SENT):
        receipt = rooms.ingest.receive(
            given,
            community=rooms.community,
            member=member,
            message=MessageRef(ChatRef("console", "room"), str(number)),
        )
        rooms.ingest.work(receipt.item.id, on_step=on_step)


def everything(file: Path, vectors: FakeVectorIndex) -> tuple[list[str], list[int]]:
    """All rows of all tables, and which items have vectors."""
    database = Database(file)
    with database.reading() as session:
        connection = session.connection()
        names = connection.exec_driver_sql(
            "SELECT name FROM sqlite_master WHERE type = 'table' "
            "AND name NOT GLOB 'item_words_*' AND name NOT LIKE 'sqlite%' ORDER BY name"
        ).scalars()
        rows = [
            f"{name} {tuple(row)}"
            for name in list(names)
            for row in connection.exec_driver_sql(f"SELECT * FROM {name}")
        ]
    database.close()
    return sorted(rows), sorted(id_ for own in vectors.vectors.values() for id_ in own)


@contextmanager
def killed_at(monkeypatch, place: int):
    """Let the program end at the nth place where it could: before or after a commit, or before or
    after a vector is written."""
    passed = 0

    def here():
        nonlocal passed
        passed += 1
        if passed == place:
            raise Killed

    transaction, upsert = Database.transaction, FakeVectorIndex.upsert

    @contextmanager
    def killing_transaction(self):
        is_outermost = getattr(self._current, "block", None) is None
        with transaction(self) as session:
            yield session
            if is_outermost:
                here()
        if is_outermost:
            here()

    def killing_upsert(self, *args):
        here()
        upsert(self, *args)
        here()

    with monkeypatch.context() as patch:
        patch.setattr(Database, "transaction", killing_transaction)
        patch.setattr(FakeVectorIndex, "upsert", killing_upsert)
        yield lambda: passed


def test_a_kill_anywhere_changes_nothing_in_the_end(tmp_path, monkeypatch):
    """Every row is as if nothing had happened, and nothing is there twice."""
    Rooms(tmp_path / "empty").close()
    vectors = FakeVectorIndex()
    rooms = open_rooms(tmp_path / "undisturbed", vectors)
    with killed_at(monkeypatch, 0) as places:
        send_all(rooms)
    rooms.close()
    undisturbed = everything(tmp_path / "undisturbed", vectors)

    for place in range(1, places() + 1):
        file, vectors = tmp_path / f"killed{place}", FakeVectorIndex()
        shutil.copy(tmp_path / "empty", file)
        rooms = open_rooms(file, vectors)
        with killed_at(monkeypatch, place), pytest.raises(Killed):
            send_all(rooms)
        rooms.close()
        with closing(open_rooms(file, vectors)) as rooms:
            for item_id in rooms.ingest.unfinished():
                rooms.ingest.work(item_id)
            assert rooms.ingest.unfinished() == []
            send_all(rooms)

        assert everything(file, vectors) == undisturbed, f"killed at {place}"
    assert places() > 20


def kill_self(file: str, step: str) -> None:
    """In a process of its own: begin, and end without warning at a step of the first item."""

    def on_step(begun: Step) -> None:
        if begun == step:
            os.kill(os.getpid(), signal.SIGKILL)

    send_all(open_rooms(Path(file), FakeVectorIndex()), on_step=on_step)


def test_a_process_that_is_killed_loses_nothing(tmp_path):
    """A real kill -9 in the middle of work; another process goes on."""
    file, vectors = tmp_path / "store", FakeVectorIndex()
    code = f"from {__name__} import kill_self; kill_self({str(file)!r}, 'labelling')"

    ended = subprocess.run([sys.executable, "-c", code], cwd=Path(__file__).parents[2])
    rooms = open_rooms(file, vectors)
    left = [rooms.repository.item_by_id(id_).state for id_ in rooms.ingest.unfinished()]
    for item_id in rooms.ingest.unfinished():
        rooms.ingest.work(item_id)

    assert ended.returncode == -signal.SIGKILL
    assert left == [State.SUMMARISED]
    assert rooms.reader.read_links == []
    item = rooms.repository.item(rooms.community.id, 1)
    assert (item.state, vectors.count(rooms.community.id)) == (State.DONE, 1)
    rooms.close()


# ── at the same time ─────────────────────────────────────────────────────────────────────────────


def together(*calls):
    """Make calls from threads at once; return their answers."""
    start = threading.Barrier(len(calls))
    answers = [None] * len(calls)

    def call(place):
        start.wait()
        answers[place] = calls[place]()

    threads = [threading.Thread(target=call, args=(place,)) for place in range(len(calls))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


@pytest.fixture(params=["memory", "file"])
def rooms(request, tmp_path):
    built = open_rooms(tmp_path / "store" if request.param == "file" else None, FakeVectorIndex())
    yield built
    built.close()


def test_a_link_that_two_members_send_at_once_is_one_item(rooms):
    """Both shares are on it, and one of them was first."""

    def send(member):
        return lambda: rooms.ingest.receive(
            Link("https://news.example/a"), community=rooms.community, member=member
        )

    receipts = together(send(MEI), send(TOM))

    assert sorted(receipt.outcome for receipt in receipts) == ["known", "new"]
    assert len({receipt.item.id for receipt in receipts}) == 1
    assert rooms.repository.item(rooms.community.id, 1).shares == 2
    assert rooms.repository.count(rooms.community.id) == 1


def test_two_workers_on_one_item_end_as_one(rooms):
    """What one saved, the other does not save again."""
    item = rooms.ingest.receive(
        Link("https://news.example/a"), community=rooms.community, member=MEI
    ).item

    finished = together(*[lambda: rooms.ingest.work(item.id)] * 2)

    assert [each.item for each in finished] == [rooms.repository.item_by_id(item.id)] * 2
    assert len(rooms.repository.labellings(item.id)) == 1


def test_two_links_to_one_page_that_are_fetched_at_once_end_as_one_item(rooms):
    """Whichever comes second turns out to be the first."""
    ids = [
        rooms.ingest.receive(
            PastedText("") if url is None else Link(url), community=rooms.community, member=member
        ).item.id
        for url, member in (("https://short.example/a", MEI), ("https://news.example/a", TOM))
    ]
    fetching = threading.Barrier(2)
    rooms.reader.on_read = lambda _url: fetching.wait(10)

    finished = together(*[lambda id_=id_: rooms.ingest.work(id_) for id_ in ids])

    assert len({each.item.id for each in finished}) == 1
    (item,) = rooms.repository.recent(rooms.community.id, limit=9)
    assert (item.state, item.shares) == (State.DONE, 2)
