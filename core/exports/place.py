"""Where an export is put: it appears under its own name when it is whole, or not at all.

What is unfinished lies beside it under another name and is taken away when something fails.
"""

import re
import shutil
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from core.errors import BadPlace

MOST_BYTES = 120
"""Of a name made from a title: file systems take 255, and a number, an ending and ".part" come to
it; Chinese letters are three bytes each."""

_UNFIT = re.compile(r'[\s<>:"/\\|?*#^\[\]\x00-\x1f\x7f]+')


@contextmanager
def new_file(place: Path) -> Iterator[IO[bytes]]:
    """Open a file for writing; what is there under its name is replaced when all is written.

    Raises:
        BadPlace: it cannot be written, or the disk is full.
    """
    part = place.with_name(f"{place.name}.part")
    try:
        if place.is_dir():
            raise BadPlace(
                f"{place} is a folder. Name a file in it.", place=str(place), reason="folder"
            )
        with part.open("wb") as stream:
            yield stream
        part.replace(place)
    except OSError as error:
        raise _bad(place, error) from error
    finally:
        part.unlink(missing_ok=True)


@contextmanager
def new_folder(place: Path) -> Iterator[Path]:
    """Fill a new folder.

    Yields:
        Where to put files; they lie in `place` when all of them are there.

    Raises:
        BadPlace: there is something in the folder already, it cannot be written, or the disk is
            full.
    """
    part = place.with_name(f"{place.name}.part")
    try:
        if place.exists() and (not place.is_dir() or any(place.iterdir())):
            raise BadPlace(
                f"{place} is there already. Name a folder that is new or empty.",
                place=str(place),
                reason="taken",
            )
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir()
        yield part
        part.replace(place)
    except OSError as error:
        raise _bad(place, error) from error
    finally:
        shutil.rmtree(part, ignore_errors=True)


def safe_name(number: int, title: str) -> str:
    """A file name without an ending, made from an item's number and title.

    The number comes first, so that names differ, sort by it, and are none that a system reserves
    ("CON"). Letters of all scripts stay; what some file system or Obsidian refuses becomes "-".
    """
    plain = "".join(
        each for each in unicodedata.normalize("NFC", title) if unicodedata.category(each) != "Cf"
    )
    words = _UNFIT.sub("-", plain).strip("-. ")
    cut = words.encode("utf-8", "ignore")[:MOST_BYTES].decode("utf-8", "ignore").rstrip("-. ")
    return f"{number:04}-{cut}" if cut else f"{number:04}"


def _bad(place: Path, error: OSError) -> BadPlace:
    return BadPlace(
        f"{place} cannot be written: {error.strerror or error}. Check the folder, its rights, and "
        "whether the disk is full.",
        place=str(place),
        reason="system",
    )
