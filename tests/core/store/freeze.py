"""`python -m tests.core.store.freeze` writes a release's database as SQL, for later ones to open.

Run it when a release with a new schema is made; commit `releases/REVISION.sql` and never change it.
"""

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from core.domain import ChatRef, Link, MessageRef, PastedText, SentFile
from core.errors import NotAnArticle
from core.store.database import Database
from core.store.keyword import FtsKeywordIndex
from core.store.migrations import HEAD
from tests.fakes.rooms import MEI, TOM, Rooms

RELEASES = Path(__file__).parent / "releases"


def fill(file: Path) -> None:
    """Put a little of everything into a database."""
    rooms = Rooms(file, keywords=FtsKeywordIndex)
    url = rooms.reader.page(
        "https://news.example/energy", "能源政策公布。環境團體要求檢討。", title="能源", author="林"
    )
    copy = rooms.reader.page("https://other.example/energy", "能源政策公布。環境團體要求檢討。")
    short = rooms.reader.page("https://short.example/x", "能源政策公布。", to=url)
    wall = rooms.reader.fails("https://wall.example/", NotAnArticle("A wall.", reason="login"))
    where = MessageRef(ChatRef("console", "room", "thread"), "1")
    item = rooms.add(Link(url), member_name="小美", note="請看", message=where).item
    for given in (Link(copy), Link(short), Link(wall), PastedText("勞動節快樂。", title="勞動")):
        rooms.add(given, member=TOM)
    rooms.add(SentFile("notes.txt", b"Minutes of the energy meeting."))
    rooms.repository.confirm(item.id, ["topic/environment"], position=rooms.taxonomy.position)
    rooms.repository.set_member_language(MEI, "en")
    rooms.ingest.receive(
        PastedText("Not finished."), community=rooms.community, member=MEI, external_id="x-1"
    )
    rooms.close()


def dump(file: Path) -> Iterator[str]:
    """A database as SQL statements, with the inner tables of FTS5."""
    with closing(sqlite3.connect(file)) as connection:
        tables = connection.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' "
            "ORDER BY rowid"
        ).fetchall()
        virtual = [name for name, sql in tables if sql.startswith("CREATE VIRTUAL")]
        for name, sql in tables:
            is_inner = any(name.startswith(f"{owner}_") for owner in virtual)
            yield f"DELETE FROM {name};" if is_inner else f"{sql};"
            if name in virtual:
                continue
            columns = [row[1] for row in connection.execute(f"PRAGMA table_info({name})")]
            row = " || ', ' || ".join(f'quote("{column}")' for column in columns)
            for (values,) in connection.execute(f"SELECT {row} FROM {name}"):
                yield f"INSERT INTO {name} VALUES ({values});"
        for name, seq in connection.execute("SELECT name, seq FROM sqlite_sequence"):
            yield f"UPDATE sqlite_sequence SET seq = {seq} WHERE name = '{name}';"
        for (sql,) in connection.execute(
            "SELECT sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL ORDER BY rowid"
        ):
            yield f"{sql};"


def main() -> None:
    """Write `releases/HEAD.sql`."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "store.sqlite3"
        fill(file)
        Database(file).close()
        RELEASES.mkdir(exist_ok=True)
        (RELEASES / f"{HEAD}.sql").write_text("\n".join(dump(file)) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
