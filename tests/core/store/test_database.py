"""How the database is opened and shared."""

import sqlite3
import threading
from contextlib import suppress
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import select

from core.errors import BadStore, DataInUse
from core.store import database as database_module
from core.store.database import Database
from core.store.tables import CommunityRow


def community(name: str) -> CommunityRow:
    return CommunityRow(name=name, language="zh-TW", timezone="Asia/Taipei")


def names(database: Database) -> list[str]:
    with database.reading() as session:
        return sorted(session.exec(select(CommunityRow.name)))


@pytest.fixture(params=["memory", "file"])
def database(request, tmp_path):
    opened = Database(tmp_path / "store.sqlite3" if request.param == "file" else None)
    yield opened
    opened.close()


def test_a_transaction_is_kept_whole(database):
    """What is written inside is there afterwards, also for another thread."""
    with database.transaction() as session:
        session.add(community("one"))

    seen = []
    thread = threading.Thread(target=lambda: seen.extend(names(database)))
    thread.start()
    thread.join()

    assert seen == ["one"]


def test_a_failed_transaction_leaves_nothing(database):
    """An exception undoes everything that was written inside."""

    def fail() -> None:
        with database.transaction() as session:
            session.add(community("one"))
            session.flush()
            raise ValueError("stop")

    with pytest.raises(ValueError, match="stop"):
        fail()

    assert names(database) == []


def test_an_inner_transaction_joins_the_outer(database):
    """Both are committed together: undone together, too."""

    def fail() -> None:
        with database.transaction() as outer:
            with database.transaction() as inner:
                inner.add(community("one"))
            assert inner is outer
            raise ValueError("stop")

    with pytest.raises(ValueError, match="stop"):
        fail()

    assert names(database) == []


def test_a_swallowed_failure_of_an_inner_transaction_is_not_committed(database):
    """Half a piece of work never reaches the disk, even if somebody catches its error."""

    def swallow() -> None:
        with database.transaction(), suppress(ValueError), database.transaction() as inner:
            inner.add(community("one"))
            raise ValueError("stop")

    with pytest.raises(RuntimeError, match="nothing was committed"):
        swallow()

    assert names(database) == []


def test_reading_sees_what_its_own_transaction_wrote(database):
    """A reading block inside a transaction belongs to it."""
    with database.transaction() as session:
        session.add(community("one"))

        seen = names(database)

    assert seen == ["one"]


def test_nothing_is_written_from_a_reading_block(database):
    """A reader cannot become a writer half way, where it could be refused."""
    with (
        pytest.raises(RuntimeError, match="cannot begin inside"),
        database.reading(),
        database.transaction(),
    ):
        pass


def test_threads_that_write_at_once_all_get_their_turn(database):
    """Writers wait for each other; nobody is refused, nothing is lost."""

    def write(name: str) -> None:
        for turn in range(5):
            with database.transaction() as session:
                session.add(community(f"{name}{turn}"))

    threads = [threading.Thread(target=write, args=(name,)) for name in "abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert names(database) == sorted(f"{name}{turn}" for name in "abcd" for turn in range(5))


def test_a_reader_sees_one_moment(tmp_path):
    """What others commit meanwhile is not seen before the block ends."""
    database = Database(tmp_path / "store.sqlite3")
    other = Database(tmp_path / "store.sqlite3")

    with database.reading() as session:
        before = session.exec(select(CommunityRow.name)).all()
        with other.transaction() as writer:
            writer.add(community("one"))
        after = session.exec(select(CommunityRow.name)).all()

    assert (before, after, names(database)) == ([], [], ["one"])
    database.close()
    other.close()


def test_references_are_kept(database):
    """A row that belongs to nothing is refused: foreign keys are on, in every connection."""
    with database.reading() as session:
        switch = session.connection().exec_driver_sql("PRAGMA foreign_keys").scalar()

    assert switch == 1


def test_an_error_tells_no_words(database):
    """What people wrote does not get into a log by way of an error message."""

    def twice() -> None:
        for _ in range(2):
            with database.transaction() as session:
                session.add(community("a very private name"))

    with pytest.raises(IntegrityError) as caught:
        twice()

    assert "private" not in str(caught.value)


def test_a_file_is_in_wal_mode(tmp_path):
    """Readers do not wait for writers."""
    database = Database(tmp_path / "store.sqlite3")

    with database.reading() as session:
        mode = session.connection().exec_driver_sql("PRAGMA journal_mode").scalar()

    assert mode == "wal"
    database.close()


def test_another_process_that_keeps_writing_is_told(tmp_path, monkeypatch):
    """A writer that waited in vain says so, as something that may work later."""
    monkeypatch.setattr(database_module, "BUSY_TIMEOUT_S", 0.01)
    database = Database(tmp_path / "store.sqlite3")
    other = sqlite3.connect(tmp_path / "store.sqlite3", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    with pytest.raises(DataInUse) as caught, database.transaction():
        pass

    assert caught.value.facts == {"folder": str(tmp_path)}
    other.close()
    database.close()


def test_a_damaged_file_is_refused_kindly(tmp_path):
    """Bytes that are no database are an error for the operator, with the file's name."""
    file = tmp_path / "store.sqlite3"
    file.write_bytes(b"no database at all " * 300)

    with pytest.raises(BadStore, match="damaged") as caught:
        Database(file)

    assert caught.value.facts == {"file": str(file)}


def test_damage_that_shows_later_is_told(tmp_path):
    """A file that is damaged behind its first page fails with the same kind error."""
    file = filled(tmp_path / "store.sqlite3")
    data = bytearray(file.read_bytes())
    data[4096:] = b"\xa5" * (len(data) - 4096)
    file.write_bytes(data)

    with pytest.raises(BadStore, match="damaged"):
        names(Database(file))


def test_a_sound_file_has_no_problems(database):
    """An examination finds nothing where nothing is wrong."""
    assert database.problems() == []


def test_an_examination_finds_rows_that_belong_to_nothing(tmp_path):
    """Rows that were put in behind our back are named by their table."""
    file = tmp_path / "store.sqlite3"
    Database(file).close()
    with sqlite3.connect(file) as other:
        other.execute("INSERT INTO given (item_id, community_id, kind) VALUES (7, 1, 'link')")
    other.close()

    database = Database(file)

    assert database.problems() == ["given: row 7 belongs to nothing"]
    database.close()


def test_the_database_of_another_program_is_left_alone(tmp_path):
    """A file with other tables is refused and not touched."""
    file = tmp_path / "store.sqlite3"
    with sqlite3.connect(file) as other:
        other.execute("CREATE TABLE recipes (name TEXT)")
    other.close()

    with pytest.raises(BadStore, match="another program"):
        Database(file)

    with sqlite3.connect(file) as other:
        tables = other.execute("SELECT name FROM sqlite_master").fetchall()
    other.close()
    assert tables == [("recipes",)]


def test_a_folder_that_is_not_there_is_told(tmp_path):
    """A missing folder is the operator's to mend."""
    with pytest.raises(BadStore, match="Check folder"):
        Database(tmp_path / "missing" / "store.sqlite3")


def filled(file: Path) -> Path:
    database = Database(file)
    with database.transaction() as session:
        session.add_all(community(f"community {number}") for number in range(500))
    database.close()
    return file
