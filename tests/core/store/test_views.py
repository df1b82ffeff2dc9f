"""Views for those who analyse with SQL tell what the store holds, and name nobody."""

import sqlite3
from contextlib import closing

import pytest

from core.domain import LabelPath, Link, MemberRef
from core.store.database import Database
from core.store.describing import rules, schema
from core.store.views import VIEWS
from tests.fakes.rooms import MEI, TOM, Rooms

ENERGY = LabelPath("topic/environment/energy")
LABOUR = LabelPath("topic/labour")


@pytest.fixture
def base(tmp_path):
    """Two pages of one month, one of them decided by votes."""
    rooms = Rooms(tmp_path / "x.db")
    for name in "ab":
        rooms.add(
            Link(rooms.reader.page(f"https://{name}.example/", f"能源{name}。", title=name)),
            member_name="小美本名",
        )
    item = rooms.repository.item(rooms.community.id, 1)
    voting = rooms.voting()
    for member in (MEI, TOM):
        voting.cast(item.id, member, ENERGY, is_for=True, by="button")
    voting.cast(item.id, MemberRef("console", "ann"), LABOUR, is_for=False, by="reaction")
    rooms.close()
    with closing(sqlite3.connect(tmp_path / "x.db")) as connection:
        connection.row_factory = sqlite3.Row
        yield connection


def rows(base, query):
    return [dict(row) for row in base.execute(query)]


def test_views_are_what_migrations_make_and_tell_what_they_say(base):
    """A change of a view without its migration is found here; every column has its meaning."""
    for view in VIEWS:
        (made,) = base.execute("SELECT sql FROM sqlite_master WHERE name = ?", (view.name,))
        assert " ".join(made[0].split()) == " ".join(
            f"CREATE VIEW {view.name} AS {view.sql}".split()
        )
        columns = [row[1] for row in base.execute(f"PRAGMA table_info({view.name})")]
        assert columns == list(view.columns)


def test_items_stand_with_their_labels_side_by_side(base):
    """Decided and suggested ones apart."""
    first, second = rows(base, "SELECT * FROM view_items ORDER BY number")

    assert first["confirmed"] == "topic/environment; topic/environment/energy"
    assert (first["suggested"], first["title"], first["shares"]) == (None, "a", 1)
    assert second["suggested"] == "topic/environment; topic/environment/energy"


def test_decisions_tell_who_made_them(base):
    """By kind."""
    found = rows(base, "SELECT path, dimension, status, decided_by FROM view_decided_labels")

    assert {(row["path"], row["decided_by"]) for row in found} == {
        ("topic/environment", "votes"),
        ("topic/environment/energy", "votes"),
    }
    assert {row["dimension"] for row in found} == {"topic"}


def test_votes_have_no_names(base):
    """Nobody is named in any view."""
    votes = rows(base, "SELECT * FROM view_votes ORDER BY voter")

    assert [vote["voter"] for vote in votes] == [1, 2, 3]
    told = str([rows(base, f"SELECT * FROM {view.name}") for view in VIEWS])
    for name in ("'mei'", "'tom'", "'ann'", "小美本名"):
        assert name not in told


def test_labels_over_time(base):
    """By month and status."""
    found = rows(base, "SELECT * FROM view_labels_by_month WHERE path = 'topic/environment'")

    assert [(row["month"], row["status"], row["items"]) for row in found] == [
        ("2026-03", "confirmed", 1),
        ("2026-03", "suggested", 1),
    ]


def test_the_decision_log_is_a_table_to_read(base):
    """With what held before and after, and how many spoke."""
    found = rows(base, "SELECT * FROM view_decisions WHERE path = 'topic/environment/energy'")

    assert [(row["cause"], row["after"], row["voices_for"]) for row in found] == [
        ("vote", "confirmed", 2)
    ]


def test_answers_of_a_closed_round_are_told(base):
    """Of an open one they would colour what others say."""
    base.execute(
        "INSERT INTO round (community_id, number, dimension, kind, course, seed, target, "
        "started_at, closed_at) VALUES (1, 3, 'topic', 'counted', 3, 1, 0.8, '2026', '2026')"
    )
    for member, answer in (("mei", "yes"), ("tom", "no")):
        base.execute(
            "INSERT INTO question (community_id, member_platform, member, item_id, path, purpose, "
            "occasion, position, state, put_at, answer) "
            "SELECT 1, 'console', ?, 1, ?, 'round', id, 0, 'answered', '2026', ? FROM round",
            (member, LABOUR, answer),
        )

    found = rows(base, "SELECT * FROM view_round_answers ORDER BY rater")
    assert [(row["round"], row["number"], row["answer"], row["rater"]) for row in found] == [
        (3, 1, "yes", 1),
        (3, 1, "no", 2),
    ]
    base.execute("UPDATE round SET closed_at = NULL")
    assert rows(base, "SELECT * FROM view_round_answers") == []


def test_a_table_under_a_view_can_be_made_anew(tmp_path, monkeypatch):
    """As Alembic does to change a column."""
    from core.store import migrate

    file = tmp_path / "x.db"
    Database(file).close()
    for place in (migrate, __import__("core.store.database", fromlist=["HEAD"])):
        monkeypatch.setattr(place, "HEAD", "0099")

    def upgrade(config, _revision):
        connection = config.attributes["connection"]
        connection.exec_driver_sql("CREATE TABLE new_summary AS SELECT * FROM summary")
        connection.exec_driver_sql("DROP TABLE summary")
        connection.exec_driver_sql("ALTER TABLE new_summary RENAME TO summary")
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0099'")

    monkeypatch.setattr("alembic.command.upgrade", upgrade)

    database = Database(file)

    assert database.revision() == "0099"
    database.close()


def test_the_schema_is_told_from_the_code():
    """Every table and view of the database, with what docstrings say of its columns."""
    told = {table.name: table for table in schema()}
    database = Database()
    with database.reading() as session:
        there = set(
            session.connection()
            .exec_driver_sql("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')")
            .scalars()
        )
    database.close()

    assert {name for name in there if not name.startswith(("sqlite", "item_words", "alembic"))} == (
        set(told)
    )
    assert all(table.about for table in told.values())
    columns = {(name, each.name): each for name, table in told.items() for each in table.columns}
    assert "never an" not in columns["item", "story_id"].about
    assert columns["item", "story_id"].about.startswith("the same for items that tell the same")
    assert columns["document", "published_on"].about.startswith("the publisher's date")
    assert columns["card", "staleness"].about.startswith("0, it says what is so")
    assert columns["vote", "is_for"].about.startswith("the label is right")
    assert columns["item_label", "path"].is_key
    assert any("UTC" in rule for rule in rules())
