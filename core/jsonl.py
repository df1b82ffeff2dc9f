"""JSON lines in and out, with errors that name the line."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from core.errors import BadFile

Value = TypeVar("Value")


def read_jsonl(
    file: Path,
    *,
    required: Sequence[str],
    on_error: Callable[[BadFile], None] | None = None,
) -> Iterator[tuple[int, dict[str, Any]]]:
    """Read objects one by one.

    Args:
        file: UTF-8 text, one JSON object a line; empty lines are passed over.
        required: keys whose values must be a string (an "id" may be a number).
        on_error: gets the error of a broken line, which is then passed over; without it, it is
            raised.

    Yields:
        Line number (from 1) and object.

    Raises:
        BadFile: the file cannot be read, or a line is not such an object.
    """
    try:
        with file.open("rb") as lines:
            for number, line in enumerate(lines, start=1):
                if not line.strip():
                    continue
                try:
                    value = _object(line, file=file, number=number, required=required)
                except BadFile as error:
                    if on_error is None:
                        raise
                    on_error(error)
                    continue
                yield number, value
    except OSError as error:
        raise BadFile(
            f"{file} cannot be read: {error.strerror}. Check the path.", file=str(file), line=0
        ) from error


def _object(line: bytes, *, file: Path, number: int, required: Sequence[str]) -> dict[str, Any]:
    try:
        value = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise BadFile(
            f"{file}, line {number}: not UTF-8 ({error.reason}). Save the file as UTF-8.",
            file=str(file),
            line=number,
        ) from error
    except RecursionError as error:
        raise BadFile(
            f"{file}, line {number}: brackets within brackets without an end. Each line must be "
            "one JSON object.",
            file=str(file),
            line=number,
        ) from error
    except json.JSONDecodeError as error:
        raise BadFile(
            f"{file}, line {number}: not JSON ({error.msg}). Each line must be one JSON object.",
            file=str(file),
            line=number,
        ) from error
    if not isinstance(value, dict):
        raise BadFile(
            f"{file}, line {number}: found {type(value).__name__}; expected an object"
            + (f" with {', '.join(required)}." if required else "."),
            file=str(file),
            line=number,
        )
    for key in required:
        found = value.get(key)
        if not isinstance(found, str) and not (key == "id" and isinstance(found, int)):
            raise BadFile(
                f'{file}, line {number}: "{key}" is {json.dumps(found, ensure_ascii=False)}; '
                "expected a string.",
                file=str(file),
                line=number,
            )
    return value


@contextmanager
def writing(file: Path) -> Iterator[Any]:
    """Open a file for JSON lines; BadFile if that cannot be.

    It appears under its own name only when complete, so that a broken run leaves no half file.
    """
    part = file.with_name(file.name + ".part")
    try:
        with part.open("w", encoding="utf-8") as lines:
            yield lambda value: lines.write(json.dumps(value, ensure_ascii=False) + "\n")
        part.replace(file)
    except OSError as error:
        raise BadFile(
            f"{file} cannot be written: {error.strerror}. Check the folder.", file=str(file), line=0
        ) from error
    finally:
        part.unlink(missing_ok=True)


def batches(values: Iterable[Value], size: int) -> Iterator[list[Value]]:
    """Lists of at most `size` in order."""
    batch: list[Value] = []
    for value in values:
        batch.append(value)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch
