"""The query language: what people type, understood, and written back in one canonical way.

    移工 仲介 "migrant workers" -看護 label:"Labour › Migrant workers" -label:災害
    site:example.org by:王 lang:zh since:2026-03 until:7d is:confirmed

Plain words rank, phrases must be there, words with a minus must not; the rest are filters. Keys
and values have Chinese names too (`core.query_names`), and full-width signs count like ASCII ones:
標籤：「移工」. What only looks like a key (an address, 12:30, note:this) is a word; what is nearly
a key is asked about.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from typing import NoReturn, cast

from core.domain import Filters, LabelPath
from core.errors import BadQuery, UnknownLabel
from core.folding import fold
from core.query_days import Edge, day
from core.query_names import KEYS, STATUSES, Key, Status, key_named, language_tag, status_named
from core.taxonomy import Taxonomy, ancestors
from core.words import phrase

_CLOSERS = {
    '"': '"＂',
    "＂": '"＂',
    "“": "”“",
    "”": "”“",
    "„": "”“",
    "「": "」",
    "『": "』",
    "｢": "｣",
    "«": "»",
}
_QUOTES = re.escape("".join({*_CLOSERS, *"".join(_CLOSERS.values())}))
_MINUS = "-－−–"
_NEXT = re.compile(rf"[\s{re.escape('」』｣»')}]*(?P<minus>[{_MINUS}]*)")
_KEY = re.compile(r"([A-Za-z]+|[\u4e00-\u9fff]{1,4})[:：](?!//)")
_WORD = re.compile(rf"[^\s{_QUOTES}]+")
_SITE = re.compile(r"(?:https?://)?(?:www\.)?([^/\s]+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Query:
    """A search as it was understood.

    Attributes:
        words: plain words as typed, each once.
        phrases: all must be there as they stand.
        without: words and phrases that must not be there.
        filters: what else must hold.
    """

    words: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    filters: Filters = field(default_factory=Filters)

    @property
    def text(self) -> str:
        """What is looked for, as a text: empty for a query of filters alone."""
        return " ".join((*self.words, *self.phrases))

    def __str__(self) -> str:
        """The query in its canonical form, which is understood as the same query."""
        filters = self.filters
        listed: list[tuple[str, tuple[str, ...]]] = [
            ("label", filters.labels),
            ("-label", filters.not_labels),
            ("site", filters.sites),
            ("by", filters.by),
            ("lang", filters.languages),
            ("since", (filters.since.isoformat(),) if filters.since else ()),
            ("until", (filters.until.isoformat(),) if filters.until else ()),
            ("is", filters.is_any),
        ]
        return " ".join(
            [
                *self.words,
                *(f'"{each}"' for each in self.phrases),
                *(f"-{_written(each)}" for each in self.without),
                *(f"{key}:{_written(each)}" for key, values in listed for each in values),
            ]
        )


def parse(query: str, *, taxonomy: Taxonomy, today: date) -> Query:
    """Understand a query.

    Args:
        query: as typed.
        taxonomy: labels are found in it by path, name or alias.
        today: in the community's time zone; "7d" counts from it.

    Returns:
        The query; `parse(str(parsed)) == parsed`. An empty one asks for everything.

    Raises:
        BadQuery: `part` is what was not understood; `suggestion` is what to write instead ("" if
            there is nothing to suggest); `reason` is one of "unclosed-quote", "unknown-key",
            "no-value", "no-words", "minus", "unknown-label", "bad-date", "bad-range",
            "unknown-language", "unknown-status", "contradiction".
    """
    understood = _Understood(taxonomy=taxonomy, today=today)
    typed = query.encode("utf-8", "replace").decode("utf-8")  # half a surrogate pair is no text
    for piece in _pieces(typed):
        understood.add(piece)
    return understood.query(typed)


@dataclass(frozen=True, slots=True)
class _Piece:
    """A word, a phrase or a filter; `raw` is how it was typed."""

    raw: str
    value: str
    key: Key | None
    is_not: bool
    is_quoted: bool


def _pieces(query: str) -> Iterator[_Piece]:
    """Cut a query into pieces, left to right."""
    end = 0
    while True:
        found = _NEXT.match(query, end)
        assert found is not None  # it matches the empty string
        start, end = found.start("minus"), found.end()
        if end == len(query):
            return
        if start < end and query[end].isspace():
            continue  # a dash between words
        key, after = _key(query, end)
        if key is not None:
            blank = re.compile(r"\s*").match(query, after)
            after = blank.end() if blank else after
        value, is_quoted, end = _value(query, after)
        raw = query[start:end]
        if key is not None and not value:
            _refuse("no-value", raw, f"{key}: needs a value behind it", f"{key}:…")
        yield _Piece(raw, value, key, found.start("minus") < found.end(), is_quoted)


def _key(query: str, start: int) -> tuple[Key | None, int]:
    """The key that begins here and where its value begins, or None and `start`."""
    found = _KEY.match(query, start)
    if found is None:
        return None, start
    typed = fold(found[1])
    key = key_named(typed)
    if key is not None:
        return key, found.end()
    near = get_close_matches(typed, list(KEYS), n=1, cutoff=0.7) if typed.isascii() else []
    if near:
        rest = _WORD.match(query, found.end())
        value = rest[0] if rest else ""
        why = "no such key; put it in quotes if it is a word"
        _refuse("unknown-key", f"{found[0]}{value}", why, f"{near[0]}:{value}")
    return None, start


def _value(query: str, start: int) -> tuple[str, bool, int]:
    """What stands here, whether it is in quotes, and where it ends."""
    if start < len(query) and query[start] in _CLOSERS:
        closers = _CLOSERS[query[start]]
        ends = [at for closer in closers if (at := query.find(closer, start + 1)) >= 0]
        if not ends:
            quoted = query[start:]
            closed = f"{quoted}{closers[0]}" if phrase(fold(quoted)) is not None else ""
            _refuse("unclosed-quote", quoted, "the quotation does not end", closed)
        inside = re.sub(f"[{_QUOTES}]", " ", query[start + 1 : min(ends)])
        return " ".join(inside.split()), True, min(ends) + 1
    found = _WORD.match(query, start)
    return (found[0], False, found.end()) if found else ("", False, min(start + 1, len(query)))


class _Understood:
    """Gathers what pieces say."""

    def __init__(self, *, taxonomy: Taxonomy, today: date) -> None:
        self._taxonomy = taxonomy
        self._today = today
        self._words: dict[str, None] = {}
        self._phrases: dict[str, None] = {}
        self._without: dict[str, None] = {}
        self._values: dict[str, dict[str, None]] = {}
        self._since: date | None = None
        self._until: date | None = None
        self._has_text = False

    def add(self, piece: _Piece) -> None:
        if piece.key is not None:
            self._filter(piece, piece.key)
            return
        self._has_text = True
        if phrase(fold(piece.value)) is None:
            return  # a sign without a letter or digit in it
        if piece.is_not:
            self._without[piece.value] = None
        elif piece.is_quoted:
            self._phrases[piece.value] = None
        else:
            self._words[piece.value] = None

    def query(self, typed: str) -> Query:
        """Everything together, if it can be true of anything."""
        filters = Filters(
            labels=cast("tuple[LabelPath, ...]", self._listed("label")),
            not_labels=cast("tuple[LabelPath, ...]", self._listed("-label")),
            sites=self._listed("site"),
            by=self._listed("by"),
            languages=self._listed("lang"),
            since=self._since,
            until=self._until,
            is_any=cast("tuple[Status, ...]", self._listed("is")),
        )
        found = Query(tuple(self._words), tuple(self._phrases), tuple(self._without), filters)
        if self._has_text and found == Query():
            _refuse("no-words", typed.strip(), "there is no letter or digit to look for", "")
        if filters.since and filters.until and filters.since > filters.until:
            range_ = f"since:{filters.since} until:{filters.until}"
            turned = f"since:{filters.until} until:{filters.since}"
            _refuse("bad-range", range_, "it ends before it begins", turned)
        for path in filters.labels:
            for other in filters.not_labels:
                if other == path or other in ancestors(path):
                    both = f"label:{path} -label:{other}"
                    _refuse(
                        "contradiction", both, "nothing can carry the one without the other", ""
                    )
        return found

    def _filter(self, piece: _Piece, key: Key) -> None:
        if piece.is_not and key != "label":
            reason = "only labels, words and phrases can be left out"
            _refuse("minus", piece.raw, reason, piece.raw.lstrip(_MINUS))
        match key:
            case "label":
                self._list("-label" if piece.is_not else "label", self._label(piece))
            case "site":
                site = _SITE.match(piece.value)
                self._list(key, fold(site[1] if site else piece.value))
            case "by":
                self._list(key, piece.value.removeprefix("@") or piece.value)
            case "lang":
                self._list(key, _language(piece))
            case "is":
                self._list(key, _status(piece))
            case "since":
                begins = self._day(piece, "first")
                self._since = max(begins, self._since or begins)
            case "until":
                ends = self._day(piece, "last")
                self._until = min(ends, self._until or ends)

    def _list(self, key: str, value: str) -> None:
        self._values.setdefault(key, {})[value] = None

    def _listed(self, key: str) -> tuple[str, ...]:
        return tuple(self._values.get(key, ()))

    def _label(self, piece: _Piece) -> LabelPath:
        try:
            return self._taxonomy.find(piece.value, retired=True).path
        except UnknownLabel as error:
            wanted = fold(piece.value)
            for dimension in self._taxonomy.dimensions:
                if wanted in map(fold, (dimension.id, *dimension.names.values())):
                    return LabelPath(dimension.id)  # any label of it
            near = str(error.facts["suggestions"]).split(", ")[0]
            suggestion = f"label:{_written(near)}" if near else ""
            _refuse("unknown-label", piece.raw, error.message.rstrip("."), suggestion)

    def _day(self, piece: _Piece, edge: Edge) -> date:
        found = day(fold(piece.value), today=self._today, edge=edge)
        if found is None:
            expected = "a day is 2026-03-01, 2026-03, 2026, 7d, 2w, 3m, 1y or today"
            _refuse("bad-date", piece.raw, expected, f"{piece.key}:{self._today.isoformat()}")
        return found


def _language(piece: _Piece) -> str:
    tag = language_tag(piece.value)
    if tag is None:
        _refuse("unknown-language", piece.raw, "write a tag like zh, zh-Hant or en", "lang:zh")
    return tag


def _status(piece: _Piece) -> Status:
    status = status_named(piece.value)
    if status is None:
        near = get_close_matches(fold(piece.value), list(STATUSES), n=1, cutoff=0.5)
        expected = f"it can be {', '.join(STATUSES)}"
        _refuse("unknown-status", piece.raw, expected, f"is:{near[0]}" if near else "")
    return status


def _written(value: str) -> str:
    """A value that is read back as itself: in quotes where it would be taken apart."""
    is_plain = _WORD.fullmatch(value) and ":" not in value and "：" not in value
    return value if is_plain and value[0] not in _MINUS else f'"{value}"'


def _refuse(reason: str, part: str, why: str, suggestion: str) -> NoReturn:
    hint = f" Try {suggestion}" if suggestion else ""
    raise BadQuery(
        f"Cannot understand {part!r}: {why}.{hint}", part=part, reason=reason, suggestion=suggestion
    )
