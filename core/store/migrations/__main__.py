"""`python -m core.store.migrations 0002 "Add votes."` writes the migration from the last to now.

For developers, after a change of `core.store.tables`: read what was written, tidy it, set `HEAD`,
and add a frozen database of the release before to the tests.
"""

import sys

from sqlalchemy import create_engine

from core.store.migrate import configuration


def main(revision: str, message: str) -> None:
    """Compare a migrated empty database with the tables and write the difference."""
    from alembic import command

    config = configuration()
    with create_engine("sqlite://").begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        command.revision(config, message, autogenerate=True, rev_id=revision)


if __name__ == "__main__":
    main(*sys.argv[1:])
