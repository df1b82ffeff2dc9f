"""Databases of every release can be opened by this one."""

import logging
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlmodel import select

from core.domain import ChatRef, Customs, LabelStatus
from core.errors import BadStore
from core.ports import KeywordQuery
from core.store import keyword, migrate
from core.store.database import Database
from core.store.decisions import LogFilters
from core.store.keyword import FtsKeywordIndex
from core.store.migrate import KEPT_COPIES, configuration, copy_beside
from core.store.migrations import HEAD
from core.store.repository import Repository
from core.store.tables import CommunityRow, Table, is_ours
from tests.fakes.indexes import FakeKeywordIndex
from tests.fakes.rooms import MEI

RELEASES = sorted((Path(__file__).parent / "releases").glob("*.sql"))
"""A database of each release as SQL, frozen when it was released; the name is its revision."""

NEXT = "0099"
"""A revision that there is not yet."""


def restore(release: Path, file: Path) -> Path:
    """Make the database that a release left behind."""
    with closing(sqlite3.connect(file)) as connection:
        connection.executescript(release.read_text(encoding="utf-8"))
    return file


def schema(file: Path) -> dict[str, str]:
    """What migrations make; the full-text tables of communities come with their first words."""
    with closing(sqlite3.connect(file)) as connection:
        rows = connection.execute(
            "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL "
            "AND name NOT GLOB 'item_words_*'"
        )
        return {name: " ".join(sql.split()) for name, sql in rows}


def test_the_tables_are_what_the_migrations_make():
    """A change of a table without its migration is found here."""
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    database = Database()
    with database.reading() as session:
        context = MigrationContext.configure(
            session.connection(),
            opts={
                "compare_type": True,
                "compare_server_default": True,
                "include_object": is_ours,
                "target_metadata": Table.metadata,
            },
        )
        differences = compare_metadata(context, Table.metadata)
    database.close()

    assert differences == []


def test_the_table_of_words_is_what_the_index_expects(tmp_path):
    """A change of `keyword.CREATE` needs a migration, too."""
    file = tmp_path / "store.sqlite3"
    Database(file).close()

    assert schema(file)["item_words"] == " ".join(keyword.CREATE.split())


def test_the_head_is_the_newest_migration():
    """The constant that saves a start from loading Alembic tells the truth."""
    from alembic.script import ScriptDirectory

    assert ScriptDirectory.from_config(configuration()).get_heads() == [HEAD]


def test_every_release_is_frozen():
    """Each revision but an unreleased newest one has a database to be tested with."""
    from alembic.script import ScriptDirectory

    revisions = {
        script.revision for script in ScriptDirectory.from_config(configuration()).walk_revisions()
    }

    assert revisions - {HEAD} <= {release.stem for release in RELEASES}
    assert RELEASES


@pytest.mark.parametrize("release", RELEASES, ids=lambda release: release.stem)
def test_a_released_database_is_brought_up_to_date(release, tmp_path):
    """It has the schema of a new one, its rows are there, and nothing in it is loose."""
    file = restore(release, tmp_path / "store.sqlite3")
    with closing(sqlite3.connect(file)) as connection:
        tables = ("community", "item", "document", "share", "item_label", "answer")
        before = {
            table: connection.execute(f"SELECT count(*) FROM {table}").fetchone()
            for table in tables
        }

    database = Database(file)

    assert database.revision() == HEAD
    assert database.problems() == []
    with database.reading() as session:
        connection = session.connection()
        after = {
            table: tuple(connection.exec_driver_sql(f"SELECT count(*) FROM {table}").one())
            for table in tables
        }
        assert session.exec(select(CommunityRow.name)).all() == ["home"]
        words = KeywordQuery(any_of=("檢討",))
        assert len(FtsKeywordIndex(database).find(1, words, limit=9)) == 2
    assert after == before
    assert all(count > (0,) for count in after.values())
    database.close()
    Database(tmp_path / "new.sqlite3").close()
    assert schema(file) == schema(tmp_path / "new.sqlite3")


def test_the_first_release_is_furnished_for_votes(tmp_path):
    """Its community has the customs that new ones begin with, and its labels know what they are
    without any vote."""
    repository = Repository(
        Database(restore(RELEASES[0], tmp_path / "store.sqlite3")), FakeKeywordIndex()
    )

    home = repository.community("home")
    item = repository.item(home.id, 1)

    assert (home.customs, home.title) == (Customs(), None)
    assert {label.status for label in item.labels} >= {LabelStatus.CONFIRMED}
    assert repository.label_bases(item.id) == {label.path: label.status for label in item.labels}
    assert repository.chats(home.id) == []
    assert not repository.member_consent(MEI)


def test_what_was_decided_before_the_log_has_a_line(tmp_path):
    """The first release knew decisions of imports only."""
    repository = Repository(
        Database(restore(RELEASES[0], tmp_path / "store.sqlite3")), FakeKeywordIndex()
    )

    lines, total = repository.decisions(1, LogFilters(), limit=99)

    confirmed = [
        label.path
        for item in repository.recent(1, limit=99)
        for label in item.labels
        if label.status is LabelStatus.CONFIRMED
    ]
    assert sorted(each.path for each in lines) == sorted(confirmed)
    assert total > 0
    assert {(each.cause, each.before, each.codebook) for each in lines} == {("import", None, "?")}


@pytest.fixture
def older(tmp_path, monkeypatch):
    """A database of a release before this one, and a step from there to here."""
    file = tmp_path / "store.sqlite3"
    Database(file).close()
    monkeypatch.setattr(migrate, "HEAD", NEXT)
    monkeypatch.setattr("core.store.database.HEAD", NEXT)
    return file


def pretend(monkeypatch, *, fails: bool = False) -> None:
    """Let there be a next migration that adds a table."""

    def upgrade(config, _revision):
        connection = config.attributes["connection"]
        connection.exec_driver_sql("CREATE TABLE thanks (id INTEGER)")
        if fails:
            raise RuntimeError("half way")
        connection.exec_driver_sql(f"UPDATE alembic_version SET version_num = '{NEXT}'")

    monkeypatch.setattr("alembic.command.upgrade", upgrade)


def test_an_older_database_is_copied_before_it_is_migrated(older, monkeypatch):
    """The copy beside it is the database as it was."""
    pretend(monkeypatch)
    before = schema(older)

    Database(older).close()

    copy = older.with_name(f"store.sqlite3.before-{NEXT}")
    assert schema(copy) == before
    assert "thanks" in schema(older)


def test_a_migration_that_fails_leaves_everything_as_it_was(older, monkeypatch):
    """Schema changes are part of the transaction."""
    pretend(monkeypatch, fails=True)
    before = schema(older)

    with pytest.raises(RuntimeError, match="half way"):
        Database(older)

    assert schema(older) == before


def test_an_up_to_date_database_is_not_copied(tmp_path):
    """Neither is a new one."""
    file = tmp_path / "store.sqlite3"
    Database(file).close()
    Database(file).close()

    assert [path.name for path in tmp_path.iterdir() if "before" in path.name] == []


def test_only_the_newest_copies_are_kept(tmp_path, monkeypatch):
    """A folder does not fill up with databases."""
    file = tmp_path / "store.sqlite3"
    Database(file).close()
    for number in range(2, 7):
        monkeypatch.setattr(migrate, "HEAD", f"000{number}")
        copy_beside(file)

    kept = sorted(path.name for path in tmp_path.glob("*.before-*"))

    assert kept == ["store.sqlite3.before-0005", "store.sqlite3.before-0006"][-KEPT_COPIES:]


def test_a_newer_database_is_refused_kindly(tmp_path):
    """What a later release wrote is not touched by this one."""
    file = tmp_path / "store.sqlite3"
    Database(file).close()
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()

    with pytest.raises(BadStore, match="newer Commonplace") as caught:
        Database(file)

    assert caught.value.facts == {"file": str(file)}


def test_rows_that_belong_to_nothing_stop_a_migration(older, monkeypatch):
    """A damaged database is not migrated into a worse one."""
    pretend(monkeypatch)
    with closing(sqlite3.connect(older)) as connection:
        connection.execute("INSERT INTO given (item_id, community_id, kind) VALUES (7, 1, 'link')")
        connection.commit()

    with pytest.raises(BadStore, match="1 rows that belong to nothing, first in given"):
        Database(older)

    assert "thanks" not in schema(older)


def test_migrating_is_told_in_the_log(older, monkeypatch, caplog):
    """From which schema to which."""
    pretend(monkeypatch)
    with caplog.at_level(logging.INFO, logger="core.store.migrate"):
        Database(older).close()

    assert f"migrated from={HEAD} to={NEXT}" in caplog.text


def test_a_developer_has_the_next_migration_written(tmp_path, monkeypatch):
    """From the tables, in plain types, so that an old migration never changes with our code."""
    from core.store.migrations import __main__ as write

    scripts = tmp_path / "migrations"
    shutil.copytree(Path(migrate.__file__).parent / "migrations", scripts)
    for script in (scripts / "versions").glob("*.py"):
        script.unlink()
    config = configuration()
    config.set_main_option("script_location", str(scripts))
    monkeypatch.setattr(write, "configuration", lambda: config)

    write.main("0001", "Everything.")

    (script,) = (scripts / "versions").glob("*.py")
    text = script.read_text(encoding="utf-8")
    assert "sa.DateTime()" in text
    assert "op.create_table" in text
    assert not any(word in text for word in ("Moment", "AutoString", "item_words"))


def test_notes_that_were_sent_are_known_as_deliveries(tmp_path):
    """An update on a Monday does not send the week's note again."""
    file = restore(RELEASES[0].with_name("0003.sql"), tmp_path / "store.sqlite3")
    with closing(sqlite3.connect(file)) as connection:
        connection.execute(
            "INSERT INTO note VALUES (1, '2026-W12', 'fake', 'group', '2026-03-23 01:00:00.000000')"
        )
        connection.commit()

    database = Database(file)

    found = Repository(database).delivered(1, "note 2026-W12")
    database.close()
    assert found == {ChatRef("fake", "group")}
