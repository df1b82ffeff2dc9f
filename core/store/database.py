"""One SQLite file: how it is opened, brought up to date and shared between threads.

SQL is the truth, so transactions must be real. Python's driver begins none for SELECT or DDL by
itself; it is therefore put into autocommit, and every transaction begins here: `BEGIN IMMEDIATE`
where something may be written (a second writer waits at the beginning, and nobody is refused half
way), `BEGIN` where things are only read (in WAL mode a reader sees one moment and blocks nobody).

Source: docs.sqlalchemy.org, "SQLite: transactions with sqlite3"; sqlite.org/wal.html.
"""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, ExceptionContext, create_engine, event
from sqlalchemy.pool import StaticPool
from sqlmodel import Session

from core.errors import BadStore, CommonplaceError, DataInUse
from core.store.migrations import HEAD

BUSY_TIMEOUT_S = 10.0
"""How long a writer waits for another one; a batch of an import holds the file for about 1 s."""

_BEGIN = "begin"  # the name of the execution option that holds the statement
_TO_READ = "BEGIN"
_TO_WRITE = "BEGIN IMMEDIATE"


class Database:
    """The database of one data folder. Opening it creates it, or migrates it to this release.

    Args:
        file: where it is; its folder must exist. None: in memory, gone after `close`, and one
            transaction at a time.

    Raises:
        BadStore: newer than this program, damaged, or not ours.
    """

    def __init__(self, file: Path | None = None) -> None:
        self.file = file
        self._engine = _engine(file)
        self._reading = self._engine.execution_options(**{_BEGIN: _TO_READ})
        self._writing = self._engine.execution_options(**{_BEGIN: _TO_WRITE})
        # in memory there is one connection for all threads, so they take turns
        self._turn = threading.RLock() if file is None else nullcontext()
        self._current = threading.local()
        try:
            if self.revision() != HEAD:
                from core.store.migrate import upgrade

                upgrade(self._engine, file)
        except BaseException:
            self.close()
            raise

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """Write (and read): everything inside is committed together, or nothing of it.

        An inner one joins the outer one of its thread. If an inner one fails and the failure is
        caught before it reaches the outer one, the outer one fails too: half is never committed.

        Yields:
            The session; `flush` and `commit` are called at the end of the outermost block.

        Raises:
            DataInUse: another process has been writing for longer than `BUSY_TIMEOUT_S`.
            BadStore: the file is damaged, the disk is full, or it may not be written.
        """
        with self._block(self._writing, to_write=True) as session:
            yield session

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Read one consistent moment, without waiting for writers; joins a block around it."""
        with self._block(self._reading, to_write=False) as session:
            yield session

    @contextmanager
    def _block(self, engine: Engine, *, to_write: bool) -> Iterator[Session]:
        outer: _Block | None = getattr(self._current, "block", None)
        if outer is not None:
            if to_write and not outer.to_write:
                raise RuntimeError("a transaction cannot begin inside a reading block")
            try:
                yield outer.session
            except BaseException:
                outer.has_failed = True
                raise
            return
        with self._turn, Session(engine, expire_on_commit=False) as session:
            block = self._current.block = _Block(session, to_write=to_write)
            try:
                session.connection()  # begins now: a waiting writer waits here, not half way
                yield session
                if block.has_failed and to_write:
                    raise RuntimeError("a part of this transaction failed; nothing was committed")
                session.commit()
            finally:
                self._current.block = None

    def revision(self) -> str | None:
        """The revision of the schema that the file is stamped with; None for an empty file."""
        with self._engine.connect() as connection:
            names = set(
                connection.exec_driver_sql(
                    "SELECT name FROM sqlite_master WHERE type = 'table'"
                ).scalars()
            )
            if not names:
                return None
            if "alembic_version" in names:
                stamped = connection.exec_driver_sql("SELECT version_num FROM alembic_version")
                return stamped.scalar()
        raise BadStore(
            f"{self.file} is an SQLite database of another program. Name another data folder.",
            file=str(self.file),
        )

    def problems(self) -> list[str]:
        """What SQLite finds wrong with the file, a line each; empty when it is sound.

        Reads the whole file: about a second per 100 MB.
        """
        with self._engine.connect() as connection:
            found = list(connection.exec_driver_sql("PRAGMA quick_check(20)").scalars())
            lost = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
        lines = [] if found == ["ok"] else [str(line) for line in found]
        return lines + [f"{table}: row {row} belongs to nothing" for table, row, *_ in lost]

    def close(self) -> None:
        """Let go of the file; what is in memory is gone."""
        self._engine.dispose()


class _Block:
    """A transaction under way in one thread."""

    def __init__(self, session: Session, *, to_write: bool) -> None:
        self.session = session
        self.to_write = to_write
        self.has_failed = False


def _engine(file: Path | None) -> Engine:
    options: dict[str, Any] = {"poolclass": StaticPool} if file is None else {}
    engine = create_engine(
        f"sqlite+pysqlite:///{file or ':memory:'}",
        hide_parameters=True,  # an error goes to the log, people's words do not
        connect_args={"check_same_thread": False, "timeout": BUSY_TIMEOUT_S},
        **options,
    )

    @event.listens_for(engine, "connect")
    def set_up(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None  # the driver begins nothing; `begin` below does
        for pragma in (
            "foreign_keys = ON",
            "journal_mode = WAL",
            "synchronous = NORMAL",  # with WAL: safe against crashes of the program
            "secure_delete = ON",  # what people had removed is overwritten, not only let go
            "temp_store = MEMORY",
        ):
            connection.execute(f"PRAGMA {pragma}").close()

    @event.listens_for(engine, "begin")
    def begin(connection: Any) -> None:
        options = connection.get_execution_options()
        connection.exec_driver_sql(options.get(_BEGIN, _TO_READ))

    @event.listens_for(engine, "handle_error")
    def translate(context: ExceptionContext) -> None:
        if isinstance(context.original_exception, sqlite3.Error):
            error = _translated(context.original_exception, file)
            if error is not None:
                raise error from context.original_exception

    return engine


def _translated(error: sqlite3.Error, file: Path | None) -> CommonplaceError | None:
    """What a person can act on, or None where the fault is in our own statement."""
    name: str = getattr(error, "sqlite_errorname", "")
    family = "_".join(name.split("_")[:2])  # SQLITE_IOERR_READ -> SQLITE_IOERR
    match family:
        case "SQLITE_CORRUPT" | "SQLITE_NOTADB":
            message = (
                f"{file} is damaged or no SQLite database ({error}). "
                "Restore it from a backup: copies made before migrations lie beside it."
            )
        case "SQLITE_FULL" | "SQLITE_IOERR":
            message = f"{file} cannot be read or written ({error}). Is the disk full or failing?"
        case "SQLITE_READONLY" | "SQLITE_CANTOPEN" | "SQLITE_PERM":
            message = f"{file} cannot be opened for writing ({error}). Check folder and rights."
        case "SQLITE_BUSY" | "SQLITE_LOCKED":
            return DataInUse(
                f"{file} has been written by another process for {BUSY_TIMEOUT_S:.0f} s. "
                "Stop the other one, or wait.",
                folder=str(file.parent if file else ""),
            )
        case _:
            return None
    return BadStore(message, file=str(file))
