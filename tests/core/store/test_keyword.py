"""FTS5 within the library's own database: transactions, space, and what older tables hold."""

import pytest

from core.ports import KeywordQuery
from core.store.database import Database
from core.store.keyword import CREATE, MAX_TERMS, FtsKeywordIndex


@pytest.fixture
def database():
    opened = Database(None)
    yield opened
    opened.close()


def found(database, *words):
    index = FtsKeywordIndex(database)
    return [each.item_id for each in index.find(1, KeywordQuery(any_of=words), limit=10)]


def rows(database, statement):
    with database.reading() as session:
        return session.connection().exec_driver_sql(statement).all()


def test_words_are_kept_or_lost_with_the_transaction_around(database):
    """A failure takes the words back with everything else."""
    index = FtsKeywordIndex(database)
    index.index(1, 1, title="", body="移工")

    def fail_half_way():
        with database.transaction():
            index.index(1, 2, title="", body="移工")
            index.remove(1, [1])
            raise KeyError

    with pytest.raises(KeyError):
        fail_half_way()

    assert found(database, "移工") == [1]


def test_words_are_found_before_the_transaction_ends(database):
    """Within it, what was indexed is there."""
    index = FtsKeywordIndex(database)

    with database.transaction():
        index.index(1, 1, title="", body="移工")
        assert found(database, "移工") == [1]


def test_the_migration_makes_the_table_that_is_described(database):
    """`CREATE` is what the newest schema has."""
    made = rows(database, "SELECT sql FROM sqlite_master WHERE name = 'item_words'")[0][0]

    assert made.split() == CREATE.split()


def test_forgetting_leaves_nothing_behind(database):
    """After removing every item, the full-text table holds no term."""
    index = FtsKeywordIndex(database)
    for number in range(5):
        index.index(1, number, title=f"標題{number}", body="台灣的能源轉型 covid-19 " * 20)
    index.index(1, 3, title="別的", body="內容")

    index.remove(1, range(5))

    with database.transaction() as session:
        run = session.connection().exec_driver_sql
        run("CREATE VIRTUAL TABLE temp.terms USING fts5vocab(main, item_words_1, row)")
        assert run("SELECT count(*) FROM temp.terms").scalar_one() == 0
        run("INSERT INTO item_words_1(item_words_1, rank) VALUES ('integrity-check', 0)")
    assert rows(database, "SELECT count(*) FROM item_words")[0][0] == 0


def test_no_text_is_stored_twice(database):
    """The full-text table is contentless; what was indexed lies compressed."""
    index = FtsKeywordIndex(database)
    index.index(1, 1, title="", body="社區合作社在屋頂裝設太陽能板。" * 200)

    (stored,) = rows(database, "SELECT length(body) FROM item_words")
    tables = {name for (name,) in rows(database, "SELECT name FROM sqlite_master")}

    assert stored[0] < 3 * 15 * 200 / 4
    assert "item_words_1_content" not in tables


def test_a_pasted_page_is_a_query_too(database):
    """Of very many terms the rarest are looked up, and they find the text."""
    index = FtsKeywordIndex(database)
    text = "".join(chr(0x4E00 + number) for number in range(3 * MAX_TERMS, 9 * MAX_TERMS))
    for number in range(4):
        index.index(1, number, title="", body=text[: 30 + number])
    index.index(1, 9, title="", body=text)

    assert 9 in found(database, text)


def test_what_most_items_hold_still_finds_them(database):
    """A common word alone is looked up; beside a rarer one it only adds."""
    index = FtsKeywordIndex(database)
    for number in range(1, 5):
        index.index(1, number, title="", body="台灣" if number > 1 else "台灣 移工")

    assert found(database, "台灣") == [4, 3, 2, 1]
    assert found(database, "台灣", "移工")[0] == 1
