"""Items by their words: SQLite's FTS5 over a token stream of our own (see `core.words`).

FTS5 cuts at spaces only and sees ready-made tokens, since Python cannot hand it a tokenizer and its
own ones find no Chinese word of two characters. Each community has a full-text table of its own,
`item_words_<community>`, so that neither an answer nor its order depends on what others keep. These
tables store no text ("contentless"); what was indexed lies compressed in `item_words`, because FTS5
must be told it again to forget an item. Everything happens in the database's own transaction.

Whoever changes `core.words.tokens` must add a migration that indexes every item anew.

Source: sqlite.org/fts5.html, 4.4.1 (contentless tables) and 5.1.1 (bm25).
"""

import json
import math
import zlib
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import CursorResult

from core.folding import fold
from core.ports import KeywordQuery, Scored
from core.store.database import Database
from core.words import Term, phrase, stream, terms

# Table names below are made of a number (`_table`); all else that varies is bound.
# ruff: noqa: S608

Run = Callable[..., CursorResult[Any]]
"""`Connection.exec_driver_sql`."""

CREATE = """
CREATE TABLE item_words (
    item_id INTEGER NOT NULL PRIMARY KEY,
    community_id INTEGER NOT NULL,
    title BLOB NOT NULL,
    body BLOB NOT NULL
)
"""
"""For the first migration. Full-text tables are made when a community keeps its first words."""

TITLE_WEIGHT = 3.0
"""A word in the title counts as so many in the text. Not tuned: the sets at hand have no titles."""

MAX_TERMS = 24
"""Of a long query, so many of the rarest terms are looked up. Of 16, 24, 32 and 64, by words alone
on the sets of `tests/eval/search_quality.py`: 16 lost up to 0.02 of NDCG@10 against 64, 24 up to
0.005 and 32 nothing, but each term takes its time."""

_MAX_COUNTED = 128  # terms of a pasted text whose rarity is looked up at all: 20-50 µs each
_POOL = 200  # best by BM25 that are put in their final order
_BM25_SATURATION = 2.2  # k1 + 1 of FTS5: what a term's weight is multiplied with at most


class FtsKeywordIndex:
    """The words of all communities' items, in the database that holds the items.

    Args:
        database: calls join its transactions.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def index(self, community: int, item_id: int, *, title: str, body: str) -> None:
        """Store an item's words, replacing what was there."""
        streams = stream(fold(title)), stream(fold(body))
        table = _table(community)
        with self._database.transaction() as session:
            run = session.connection().exec_driver_sql
            run(
                f"CREATE VIRTUAL TABLE IF NOT EXISTS {table} "
                "USING fts5(title, body, content='', tokenize='ascii')"
            )
            _forget(run, community, [item_id])
            run(f"INSERT INTO {table}(rowid, title, body) VALUES (?, ?, ?)", (item_id, *streams))
            run(
                "INSERT INTO item_words(item_id, community_id, title, body) VALUES (?, ?, ?, ?)",
                (item_id, community, *(zlib.compress(each.encode(), 1) for each in streams)),
            )

    def remove(self, community: int, item_ids: Collection[int]) -> None:
        """Forget items; unknown ones are passed over."""
        with self._database.transaction() as session:
            _forget(session.connection().exec_driver_sql, community, item_ids)

    def clear(self, community: int) -> None:
        """Forget the community's items."""
        with self._database.transaction() as session:
            run = session.connection().exec_driver_sql
            if _exists(run, community):
                table = _table(community)
                run(f"INSERT INTO {table}({table}) VALUES ('delete-all')")
            run("DELETE FROM item_words WHERE community_id = ?", (community,))

    def compact(self, community: int) -> None:
        """Let nothing be left of forgotten items.

        FTS5 keeps their tokens, marked as deleted, until it merges its segments. Takes time in
        proportion to the community's words.

        Source: sqlite.org/fts5.html, 6.8 (optimize).
        """
        with self._database.transaction() as session:
            run = session.connection().exec_driver_sql
            if _exists(run, community):
                table = _table(community)
                run(f"INSERT INTO {table}({table}) VALUES ('optimize')")

    def find(
        self,
        community: int,
        query: KeywordQuery,
        *,
        limit: int,
        among: Collection[int] | None = None,
    ) -> list[Scored]:
        """The best matches, best first, equal ones newest (highest id) first.

        1. Fold the query and cut it into terms: whole phrases that must or must not be there, and
           terms that are welcome.
        2. Weigh terms by how few of the community's items hold them; keep the rarest of many.
        3. Let FTS5 find and rank by BM25.
        4. Score the best: half is the weight of the terms held, half is BM25 against the most that
           these terms can reach (the first knows how much of the query is there, the second how
           much the text is about it).

        Args:
            community: whose.
            query: what to find. An entry without a letter or digit in it is passed over. With
                nothing to find but something to leave out, every other item is a match.
            limit: how many at most.
            among: only these items, exactly; None: all of the community's.

        Returns:
            Items with the share (0 to 1) of the query that they hold, rare words weighing more.

        Source: Robertson and Zaragoza 2009, "The probabilistic relevance framework: BM25 and
        beyond"; bm25 as in sqlite.org/fts5.html, 5.1.1.
        """
        wanted = _Wanted.of(query)
        if wanted.is_empty:
            return []
        with self._database.reading() as session:
            run = session.connection().exec_driver_sql
            if not _exists(run, community):
                return []
            return _Search(run, _table(community), among=among).find(wanted, limit=limit)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A query cut into terms. `is_empty`: there is nothing that could be found."""

    required: tuple[Term, ...]
    welcome: tuple[Term, ...]
    unwanted: tuple[Term, ...]
    is_empty: bool

    @classmethod
    def of(cls, query: KeywordQuery) -> "_Wanted":
        required, unwanted = _phrases(query.all_of), _phrases(query.none_of)
        welcome = tuple(dict.fromkeys(term for each in query.any_of for term in terms(fold(each))))
        asks = bool(query.all_of or query.any_of)
        is_empty = not required and not welcome and (asks or not unwanted)
        return cls(required, welcome[:_MAX_COUNTED], unwanted, is_empty)


class _Search:
    """One question to one community's full-text table."""

    def __init__(self, run: Run, table: str, *, among: Collection[int] | None) -> None:
        self._run = run
        self._table = table
        # the plus keeps SQLite from running the full-text search once per item
        self._only = "" if among is None else "AND +rowid IN (SELECT value FROM json_each(?))"
        self._among = () if among is None else (json.dumps(list(among)),)

    def find(self, wanted: _Wanted, *, limit: int) -> list[Scored]:
        if not wanted.required and not wanted.welcome:
            return self._others(wanted, limit)
        size = self._size()
        counts = self._counts(dict.fromkeys([*wanted.required, *wanted.welcome]))
        rare = sorted(counts, key=lambda term: (counts[term], term.tokens))[:MAX_TERMS]
        present = [term for term in wanted.welcome if counts[term]]
        present = sorted(present, key=lambda term: counts[term])[:MAX_TERMS]
        # what most items hold weighs nothing and is slow, unless there is nothing else
        telling = [term for term in present if counts[term] <= size / 2] or present
        if not wanted.required and not telling:
            return []
        best = self._best(_expression(wanted, telling), limit=max(limit, _POOL))
        held = self._held(
            [*wanted.required, *telling], [item_id for item_id, _ in best], counts, size
        )
        total = sum(_weight(counts[term], size) for term in rare) or 1.0
        ceiling = sum(_fts_weight(counts[term], size) for term in rare) * _BM25_SATURATION
        found = [
            Scored(item_id, (min(1.0, held[item_id] / total) + min(1.0, rank / ceiling)) / 2)
            for item_id, rank in best
        ]
        return sorted(found, key=lambda each: (-each.score, -each.item_id))[:limit]

    def _best(self, expression: str, *, limit: int) -> list[tuple[int, float]]:
        """The first items by BM25, with it."""
        rows = self._run(
            f"SELECT rowid, -bm25({self._table}, ?, 1.0) AS score FROM {self._table} "
            f"WHERE {self._table} MATCH ? {self._only} ORDER BY score DESC, rowid DESC LIMIT ?",
            (TITLE_WEIGHT, expression, *self._among, limit),
        )
        return [(item_id, score) for item_id, score in map(tuple, rows)]

    def _held(
        self, found: Iterable[Term], item_ids: list[int], counts: dict[Term, int], size: int
    ) -> dict[int, float]:
        """The weight of the terms that each of these items holds."""
        held = dict.fromkeys(item_ids, 0.0)
        listed = list(dict.fromkeys(found))
        # one question for all terms: asking each by itself takes twice as long
        rows = self._run(
            f"SELECT term.key, words.rowid FROM json_each(?) AS term JOIN {self._table} AS words "
            f"ON words.{self._table} MATCH term.value "
            "WHERE +words.rowid IN (SELECT value FROM json_each(?))",
            (_listed(listed), json.dumps(item_ids)),
        )
        for number, item_id in map(tuple, rows):
            held[item_id] += _weight(counts[listed[number]], size)
        return held

    def _others(self, wanted: _Wanted, limit: int) -> list[Scored]:
        """Every item that holds none of what is unwanted, newest first."""
        rows = self._run(
            f"SELECT rowid FROM {self._table} WHERE +rowid NOT IN "
            f"(SELECT rowid FROM {self._table} WHERE {self._table} MATCH ?) {self._only} "
            "ORDER BY rowid DESC LIMIT ?",
            (_any(wanted.unwanted), *self._among, limit),
        )
        return [Scored(item_id, 0.0) for item_id in rows.scalars()]

    def _size(self) -> int:
        # FTS5's own table with a row an item: counted in a fifth of the time
        return int(self._run(f"SELECT count(*) FROM {self._table}_docsize").scalar_one())

    def _counts(self, found: Iterable[Term]) -> dict[Term, int]:
        """How many items hold each term."""
        listed = list(found)
        rows = self._run(
            f"SELECT (SELECT count(*) FROM {self._table} WHERE {self._table} MATCH term.value) "
            "FROM json_each(?) AS term ORDER BY term.key",
            (_listed(listed),),
        )
        return dict(zip(listed, rows.scalars(), strict=True))


def _expression(wanted: _Wanted, telling: Iterable[Term]) -> str:
    """FTS5's query: all that is required, without what is unwanted; what tells ranks.

    Where nothing is required, something that tells must be there.
    """
    required = " AND ".join(map(_quoted, wanted.required))
    any_of = _any(telling)
    if required and any_of:
        expression = f"({required}) AND ({required} OR {any_of})"
    else:
        expression = required or any_of
    return f"({expression}) NOT ({_any(wanted.unwanted)})" if wanted.unwanted else expression


def _any(found: Iterable[Term]) -> str:
    return " OR ".join(map(_quoted, found))


def _quoted(term: Term) -> str:
    """A term in FTS5's syntax; tokens hold no quotation mark, so nothing typed is syntax."""
    return f'"{" ".join(term.tokens)}"' + (" *" if term.is_prefix else "")


def _listed(found: Iterable[Term]) -> str:
    return json.dumps(list(map(_quoted, found)))


def _phrases(entries: Iterable[str]) -> tuple[Term, ...]:
    found = (phrase(fold(each)) for each in entries)
    return tuple(dict.fromkeys(term for term in found if term is not None))


def _weight(count: int, size: int) -> float:
    """How much a term tells that `count` of `size` items hold: its idf, squared.

    Squared, so that a rare word is not outweighed by many common ones.
    """
    return math.log(1 + (size - count + 0.5) / (count + 0.5)) ** 2


def _fts_weight(count: int, size: int) -> float:
    """The idf as FTS5's bm25 has it: next to nothing for what half of all items hold."""
    return max(1e-6, math.log((size - count + 0.5) / (count + 0.5)))


def _table(community: int) -> str:
    return f"item_words_{community:d}"


def _exists(run: Run, community: int) -> bool:
    name = "SELECT 1 FROM sqlite_master WHERE name = ?"
    return run(name, (_table(community),)).first() is not None


def _forget(run: Run, community: int, item_ids: Collection[int]) -> None:
    """Tell FTS5 again what it was told, so that it forgets it."""
    if not item_ids or not _exists(run, community):
        return
    listed = "community_id = ? AND item_id IN (SELECT value FROM json_each(?))"
    which = (community, json.dumps(list(item_ids)))
    table = _table(community)
    known = run(f"SELECT item_id, title, body FROM item_words WHERE {listed}", which).all()
    for item_id, title, body in map(tuple, known):
        streams = (zlib.decompress(each).decode() for each in (title, body))
        run(
            f"INSERT INTO {table}({table}, rowid, title, body) VALUES ('delete', ?, ?, ?)",
            (item_id, *streams),
        )
    if known:
        run(f"DELETE FROM item_words WHERE {listed}", which)
