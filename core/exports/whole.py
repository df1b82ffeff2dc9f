"""A whole library in one file, for `commonplace import` elsewhere: a head, an item a line, and then
what it has beside them.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any, cast

from core.domain import LANGUAGES, Customs, Language
from core.errors import BadFile
from core.jsonl import read_jsonl

KIND = "commonplace-library"
FORM = 1
"""Of the file: a reader refuses a higher one, and reads all lower ones."""


@dataclass(frozen=True, slots=True)
class Whole:
    """What a library is besides its items.

    Attributes:
        last_number: the highest number that was ever given to one of its items.
        items: how many follow.
        codebook: digest of the labels that its items were labelled with.
    """

    language: Language
    timezone: str
    title: str | None
    customs: Customs
    last_number: int
    items: int
    codebook: str
    made_at: datetime


def write_whole(head: Whole, copies: Iterable[Mapping[str, Any]], stream: IO[bytes]) -> None:
    """Write a library; copies as `core.store.copying` makes them."""
    told = {**asdict(head), "made_at": head.made_at.astimezone(UTC).isoformat()}
    stream.write(_line({"kind": KIND, "form": FORM, **told}))
    for copy in copies:
        stream.write(_line(copy))


def is_whole(file: Path) -> bool:
    """Whether a file is a library, by its first line."""
    with file.open("rb") as stream:
        beginning = stream.read(200).removeprefix(b"\xef\xbb\xbf").lstrip()
    return beginning.startswith(b"{") and f'"{KIND}"'.encode() in beginning


def read_head(file: Path) -> Whole:
    """What a file says of its library.

    Raises:
        BadFile: it is newer than this program, or does not say what it must.
    """
    _, told = next(read_jsonl(file, required=("kind",)))
    if not isinstance(told.get("form"), int) or told["form"] > FORM:
        raise BadFile(
            f"{file} was written by a newer Commonplace (form {told.get('form')}; this one knows "
            f"up to {FORM}). Install that release.",
            file=str(file),
            line=1,
        )
    try:
        known = {each.name for each in fields(Customs)}
        customs = {name: value for name, value in told["customs"].items() if name in known}
        return Whole(
            language=cast("Language", _one_of(told["language"], LANGUAGES)),
            timezone=str(told["timezone"]),
            title=told.get("title"),
            customs=_customs(customs),
            last_number=int(told["last_number"]),
            items=int(told["items"]),
            codebook=str(told.get("codebook", "")),
            made_at=datetime.fromisoformat(told["made_at"]),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise BadFile(
            f"{file}, line 1: this is no head of a library ({error}). Export it again.",
            file=str(file),
            line=1,
        ) from error


def read_copies(file: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """The items of a library and then what it has beside them (`kind`), with their lines; BadFile
    where a line is broken."""
    lines = read_jsonl(file, required=())
    next(lines)
    yield from lines


def _customs(told: Mapping[str, Any]) -> Customs:
    """Customs whose values are of the kinds that the defaults are of."""
    for name, value in told.items():
        default = getattr(Customs(), name)
        if type(value) is not type(default):
            raise ValueError(f"{name} is {value!r}")
    return Customs(**told)


def _one_of(value: Any, known: Iterable[str]) -> str:
    if value not in known:
        raise ValueError(f"{value!r} is none of {', '.join(known)}")
    return str(value)


def _line(value: Mapping[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode() + b"\n"
