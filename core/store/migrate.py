"""Brings a database to this release's schema: a copy beside it first, then all or nothing.

Loaded only when a database is not up to date, because Alembic is slow to import.
"""

import logging
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, cast

from sqlalchemy import Connection, Engine

from core.errors import BadStore
from core.store.migrations import HEAD

if TYPE_CHECKING:
    from alembic.config import Config
    from alembic.script import ScriptDirectory

log = logging.getLogger(__name__)

KEPT_COPIES = 2
"""How many copies from before migrations stay beside the database: the newest ones."""


def upgrade(engine: Engine, file: Path | None) -> None:
    """Migrate to `HEAD` in one transaction; an existing file is copied first.

    Args:
        engine: opens the database.
        file: where it is, None in memory; the copy is `NAME.before-HEAD` beside it.

    Raises:
        BadStore: the file was written by a newer release.
    """
    from alembic import command
    from alembic.migration import MigrationContext
    from alembic.script import ScriptDirectory

    config = configuration()
    with engine.connect() as connection:
        # a table that is made anew is dropped, and foreign keys would empty its children; the
        # switch only works outside a transaction, and belongs to this connection
        driver = cast("sqlite3.Connection", connection.connection.dbapi_connection)
        driver.execute("PRAGMA foreign_keys = OFF")
        # and views of it would keep the new one from taking its name
        driver.execute("PRAGMA legacy_alter_table = ON")
        try:
            with connection.execution_options(begin="BEGIN IMMEDIATE").begin():
                # read again inside: another process may have migrated while we waited
                before = MigrationContext.configure(connection).get_current_revision()
                _check_known(before, ScriptDirectory.from_config(config), file)
                if before == HEAD:
                    return
                if before is not None and file is not None:
                    copy_beside(file)
                config.attributes["connection"] = connection
                command.upgrade(config, "head")
                _check_references(connection, file)
            log.info("migrated from=%s to=%s", before, HEAD)
        finally:
            driver.execute("PRAGMA legacy_alter_table = OFF")
            driver.execute("PRAGMA foreign_keys = ON")


def configuration() -> "Config":
    """Alembic's configuration for our scripts, without any file."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", "core.store:migrations")
    return config


def copy_beside(file: Path) -> Path:
    """Copy a database as it is now to `NAME.before-HEAD`; only the newest copies are kept.

    The copy is complete or not there at all, whatever happens meanwhile.
    """
    copy = file.with_name(f"{file.name}.before-{HEAD}")
    unfinished = copy.with_name(f"{copy.name}.unfinished")
    unfinished.unlink(missing_ok=True)
    with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(unfinished)) as target:
        source.backup(target)
    unfinished.replace(copy)
    copies = sorted(
        file.parent.glob(f"{file.name}.before-*"), key=lambda path: path.stat().st_mtime
    )
    for old in copies[:-KEPT_COPIES]:
        old.unlink()
    log.info("copied bytes=%s kept=%s", copy.stat().st_size, min(len(copies), KEPT_COPIES))
    return copy


def _check_known(revision: str | None, scripts: "ScriptDirectory", file: Path | None) -> None:
    known = {script.revision for script in scripts.walk_revisions()}
    if revision is not None and revision not in known:
        raise BadStore(
            f"{file} was written by a newer Commonplace (schema {revision}; this one knows up to "
            f"{HEAD}). Install that release again, or name another data folder.",
            file=str(file),
        )


def _check_references(connection: Connection, file: Path | None) -> None:
    lost = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    if lost:
        raise BadStore(
            f"{file} holds {len(lost)} rows that belong to nothing, first in {lost[0][0]}; it was "
            "left as it was. Restore it from a backup.",
            file=str(file),
        )
