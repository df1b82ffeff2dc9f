"""Tables: CSV that spreadsheets open safely, JSON lines, and Parquet; a record a row."""

import csv
import io
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import date, datetime
from itertools import islice
from typing import IO, Any

from core.errors import MissingExtra
from core.exports.record import COLUMNS, Record

SEPARATOR = "; "
"""Between the labels in one cell; an import takes them apart there."""

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""A cell that begins so is a formula to a spreadsheet, whatever page it is from, and gets an
apostrophe before it. Source: OWASP, "CSV Injection"."""

_ROW_GROUP = 1_000  # records of Parquet in memory at a time


def write_csv(records: Iterable[Record], stream: IO[bytes]) -> None:
    """Write a table in UTF-8 with a byte order mark, without which Excel garbles Chinese."""
    text = io.TextIOWrapper(stream, encoding="utf-8-sig", newline="")
    rows = csv.writer(text)
    rows.writerow(COLUMNS)
    for record in records:
        rows.writerow([_cell(value) for value in asdict(record).values()])
    text.detach()


def write_jsonl(records: Iterable[Record], stream: IO[bytes]) -> None:
    """Write an object a line; lists are lists, what is not known is null."""
    for record in records:
        stream.write(json.dumps(json_of(record), ensure_ascii=False).encode() + b"\n")


def json_of(record: Record) -> dict[str, Any]:
    """A record as JSON has it."""
    return {name: _plain(value) for name, value in asdict(record).items()}


def write_parquet(records: Iterable[Record], stream: IO[bytes]) -> None:
    """Write columns with their types, compressed; moments are UTC.

    Raises:
        MissingExtra: pyarrow is not installed.
    """
    try:
        import pyarrow
        from pyarrow.parquet import ParquetWriter
    except ImportError as error:
        raise MissingExtra(
            'Parquet needs the extra "parquet": pip install ".[parquet]" in the program\'s folder. '
            "CSV and JSON lines hold the same.",
            extra="parquet",
        ) from error
    words, names = pyarrow.string(), pyarrow.list_(pyarrow.string())
    kinds = dict.fromkeys(COLUMNS, words)
    kinds |= dict.fromkeys(("number", "shares", "story"), pyarrow.int64())
    kinds |= dict.fromkeys(("labels", "suggested", "disputed", "rejected", "notes"), names)
    kinds |= {"published_at": pyarrow.date32(), "received_at": pyarrow.timestamp("us", tz="UTC")}
    schema = pyarrow.schema(list(kinds.items()))
    with ParquetWriter(stream, schema) as writer:
        for group in _groups(records):
            rows = [asdict(record) for record in group]
            writer.write_batch(pyarrow.RecordBatch.from_pylist(rows, schema=schema))


def _groups(records: Iterable[Record]) -> Iterator[list[Record]]:
    left = iter(records)
    while group := list(islice(left, _ROW_GROUP)):
        yield group


def _cell(value: Any) -> str | int:
    """A value in one cell that no spreadsheet takes for a formula."""
    match value:
        case None:
            return ""
        case int():
            return value
        case list() | tuple():
            words = SEPARATOR.join(str(each) for each in value)
        case _:
            words = str(_plain(value))
    return f"'{words}" if words.startswith(FORMULA) else words


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date | datetime) else value
