"""Collections from elsewhere: JSON lines, CSV, browser bookmarks or a plain list of links.

Each becomes a stream of `ImportEntry`, read line by line, so that a large file costs no memory.
The kind is told by the file's name and its first bytes. A broken line is told, by its number, and
passed over: one typing mistake does not hold up a thousand links.
"""

import csv
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from core.errors import BadFile
from core.exports.tabular import FORMULA
from core.ingest import ImportEntry
from core.jsonl import read_jsonl

MAX_BOOKMARKS_BYTES = 50_000_000  # a browser's export of some 100,000 bookmarks
CSV_FIELD_LIMIT = 10_000_000  # characters in one cell; Python's own limit is 131,072


OnError = Callable[[BadFile], None]


def read_entries(file: Path, *, on_error: OnError) -> Iterator[ImportEntry]:
    """Read whatever kind of collection a file holds.

    Args:
        file: .jsonl or .ndjson with url or text, and optional id, title, published_at, labels; .csv
            or .tsv with the same columns (labels separated by ";"); .html as browsers export
            bookmarks; anything else: one link a line, "#" begins a remark.
        on_error: gets the error of each broken entry: which line, what was found, what expected.

    Yields:
        Entries in the file's order.

    Raises:
        BadFile: the file as a whole cannot be read.
    """
    suffix = file.suffix.lower()
    beginning = _beginning(file)
    if suffix in {".jsonl", ".ndjson", ".json"} or beginning.startswith(b"{"):
        yield from _json_lines(file, on_error)
    elif suffix in {".csv", ".tsv"}:
        yield from _table(file, on_error, delimiter="\t" if suffix == ".tsv" else ",")
    elif suffix in {".html", ".htm"} or b"NETSCAPE-BOOKMARK" in beginning.upper():
        yield from _bookmarks(file)
    else:
        yield from _links(file, on_error)


def _beginning(file: Path) -> bytes:
    try:
        with file.open("rb") as stream:
            return stream.read(512).removeprefix(b"\xef\xbb\xbf").lstrip()
    except OSError as error:
        raise BadFile(
            f"{file} cannot be read: {error.strerror}. Check the path.", file=str(file), line=0
        ) from error


def _json_lines(file: Path, on_error: OnError) -> Iterator[ImportEntry]:
    for number, row in read_jsonl(file, required=(), on_error=on_error):
        yield from _entry(row, on_error, file=file, line=number)


def _table(file: Path, on_error: OnError, *, delimiter: str) -> Iterator[ImportEntry]:
    csv.field_size_limit(CSV_FIELD_LIMIT)
    try:
        with file.open(encoding="utf-8-sig", newline="") as stream:
            rows = csv.DictReader(stream, delimiter=delimiter)
            names = {name: (name or "").strip().lower() for name in rows.fieldnames or ()}
            if not {"url", "text"} & set(names.values()):
                raise BadFile(
                    f"{file}: the columns are {', '.join(names) or 'missing'}; expected at least "
                    '"url" or "text" (and optionally id, title, published_at, labels).',
                    file=str(file),
                    line=1,
                )
            for row in rows:
                known = {names[key]: _unarmed(value) for key, value in row.items() if key in names}
                labels = [part.strip() for part in (known.get("labels") or "").split(";")]
                yield from _entry(
                    {**known, "labels": [label for label in labels if label]},
                    on_error,
                    file=file,
                    line=rows.line_num,
                )
    except (UnicodeDecodeError, csv.Error) as error:
        raise BadFile(
            f"{file} is no CSV in UTF-8: {error}. Save it as “CSV UTF-8”.", file=str(file), line=0
        ) from error


def _unarmed(value: Any) -> Any:
    """A cell without the apostrophe that keeps spreadsheets from taking it for a formula."""
    if isinstance(value, str) and value[:1] == "'" and value[1:].startswith(FORMULA):
        return value[1:]
    return value


def _links(file: Path, on_error: OnError) -> Iterator[ImportEntry]:
    try:
        with file.open(encoding="utf-8-sig") as lines:
            for number, line in enumerate(lines, start=1):
                link = line.split(" #", 1)[0].strip()
                if link and not link.startswith("#"):
                    yield from _entry({"url": link}, on_error, file=file, line=number)
    except UnicodeDecodeError as error:
        raise BadFile(
            f"{file} is neither JSON lines, CSV nor bookmarks, and no list of links in UTF-8 "
            f"either ({error.reason}).",
            file=str(file),
            line=0,
        ) from error


def _bookmarks(file: Path) -> Iterator[ImportEntry]:
    size = file.stat().st_size
    if size > MAX_BOOKMARKS_BYTES:
        raise BadFile(
            f"{file} is {size} bytes; bookmarks of at most {MAX_BOOKMARKS_BYTES} can be read. "
            "Split the file.",
            file=str(file),
            line=0,
        )
    parser = _Bookmarks()
    parser.feed(file.read_text("utf-8-sig", errors="replace"))
    parser.close()
    if not parser.found:
        raise BadFile(
            f"{file} has no bookmarks in it. Export them from your browser as HTML; a saved page "
            "is read by `commonplace add`.",
            file=str(file),
            line=0,
        )
    yield from (ImportEntry(url=url, title=title) for url, title in parser.found)


class _Bookmarks(HTMLParser):
    """The links of a Netscape bookmark file: what every browser exports."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[str, str | None]] = []
        self._url: str | None = None
        self._title = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Remember where a link begins; place: and javascript: are no links."""
        if tag == "a":
            url = dict(attrs).get("href") or ""
            self._url = url if url.lower().startswith(("http://", "https://")) else None
            self._title = ""

    def handle_data(self, data: str) -> None:
        """Gather a link's title."""
        if self._url is not None:
            self._title += data

    def handle_endtag(self, tag: str) -> None:
        """Keep a finished link."""
        if tag == "a" and self._url is not None:
            self.found.append((self._url, self._title.strip() or None))
            self._url = None


def _entry(
    row: Mapping[str, Any], on_error: OnError, *, file: Path, line: int
) -> Iterator[ImportEntry]:
    """The entry in loosely typed values, or none and an error."""
    try:
        url, text = _text(row, "url"), _text(row, "text")
        labels = row.get("labels") or []
        published = _text(row, "published_at")
        if url is None and text is None:
            raise _Wrong("url", None, 'a "url" or a "text"')
        if url is not None and not url.lower().startswith(("http://", "https://")):
            raise _Wrong("url", url, "an address beginning with http:// or https://")
        if not isinstance(labels, list) or not all(isinstance(label, str) for label in labels):
            raise _Wrong("labels", labels, "a list of label paths")
        yield ImportEntry(
            external_id=_text(row, "id"),
            url=url,
            title=_text(row, "title"),
            text=text,
            published_on=_date(published) if published else None,
            labels=tuple(labels),
        )
    except _Wrong as wrong:
        message = (
            f'{file}, line {line}: "{wrong.key}" is {wrong.found!r}; expected {wrong.expected}.'
        )
        on_error(BadFile(message, file=str(file), line=line))


class _Wrong(Exception):
    def __init__(self, key: str, found: object, expected: str) -> None:
        super().__init__(key)
        self.key, self.found, self.expected = key, found, expected


def _text(row: Mapping[str, Any], key: str) -> str | None:
    value = row.get(key)
    if isinstance(value, bool | list | dict):
        raise _Wrong(key, value, "a string")
    return str(value).strip() or None if value is not None else None


def _date(value: str) -> date:
    try:
        return datetime.fromisoformat(value).date()
    except ValueError:
        raise _Wrong("published_at", value, "a date such as 2026-03-14") from None
