"""Judgements from a table: columns rater, item, label, value, in any order; others are passed over.

A row without a value is missing, as if it were not there.
"""

import csv
from collections.abc import Iterator
from pathlib import Path

from core.agreement import Judgement
from core.errors import BadJudgements

COLUMNS = ("rater", "item", "label", "value")

MAX_BYTES = 200_000_000
"""Some five million judgements; they are all in memory while they are measured."""

_DELIMITERS = "\t;,"  # the first that the heading holds; spreadsheets in Europe write ";"


def read_judgements(file: Path) -> list[Judgement]:
    """Read judgements from CSV in UTF-8, divided by commas, semicolons or tabs.

    Returns:
        In the file's order; values as they are written, without white space around them.

    Raises:
        BadJudgements: the file cannot be read, has no such columns, a row lacks its rater, item or
            label, somebody says two things of one item and label, or nothing is left.
    """
    text = _read(file)
    found: list[Judgement] = []
    said: dict[tuple[str, str, str], tuple[str, int]] = {}
    for line, row in _rows(file, text):
        for column in COLUMNS[:3]:
            if not row[column]:
                raise BadJudgements(
                    f"{file}, line {line}: the column {column} is empty. Fill it in, or leave the "
                    "line out; only a value may be missing.",
                    reason="empty-cell",
                    file=str(file),
                    line=str(line),
                    found=column,
                )
        rater, item, label, value = (row[column] for column in COLUMNS)
        if not value:
            continue
        before, where = said.setdefault((rater, item, label), (value, line))
        if before != value:
            raise BadJudgements(
                f"{file}, line {line}: {rater} says {value!r} of {label} for {item}, and "
                f"{before!r} on line {where}. Keep one of the two.",
                reason="contradiction",
                file=str(file),
                line=str(line),
                found=value,
                expected=before,
                where=str(where),
            )
        if where == line:
            found.append(Judgement(rater, item, label, value))
    if not found:
        raise BadJudgements(
            f"{file} holds no judgement. Write one a line: rater,item,label,value.",
            reason="empty",
            file=str(file),
        )
    return found


def _read(file: Path) -> str:
    try:
        if (size := file.stat().st_size) > MAX_BYTES:
            raise BadJudgements(
                f"{file} is {size} bytes; at most {MAX_BYTES} can be read. Split it.",
                reason="too-large",
                file=str(file),
                found=size,
                limit=MAX_BYTES,
            )
        data = file.read_bytes()
    except OSError as error:
        raise BadJudgements(
            f"{file} cannot be read: {error.strerror}. Check the path.",
            reason="unreadable",
            file=str(file),
        ) from error
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise BadJudgements(
            f"{file}, line {line}: this is not UTF-8. Save it as “CSV UTF-8”.",
            reason="encoding",
            file=str(file),
            line=str(line),
        ) from error


def _rows(file: Path, text: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Each row that is not empty, with its line in the file, from 1."""
    heading = text.split("\n", 1)[0]
    delimiter = next((each for each in _DELIMITERS if each in heading), ",")
    reader = csv.reader(text.splitlines(keepends=True), delimiter=delimiter, strict=True)
    try:
        names = [name.strip().casefold() for name in next(reader, [])]
        missing = [column for column in COLUMNS if column not in names]
        if missing:
            raise BadJudgements(
                f"{file} has the columns {', '.join(names) or 'none'}; {', '.join(missing)} "
                f"is missing. The first line should be {','.join(COLUMNS)}.",
                reason="columns",
                file=str(file),
                found=", ".join(names) or "—",
                expected=", ".join(missing),
            )
        places = {column: names.index(column) for column in COLUMNS}
        for row in reader:
            if any(cell.strip() for cell in row):
                yield (
                    reader.line_num,
                    {
                        column: row[place].strip() if place < len(row) else ""
                        for column, place in places.items()
                    },
                )
    except csv.Error as error:
        raise BadJudgements(
            f"{file}, line {reader.line_num}: no CSV: {error}. Save it as “CSV UTF-8”.",
            reason="no-csv",
            file=str(file),
            line=str(reader.line_num),
        ) from error
