"""What a person typed or pasted into a terminal: a command, files by their paths, or words.

Paths arrive as terminals make them: bare, with "~", quoted, with escaped spaces when a file was
dragged in, as file:// addresses, several in a row. A path counts if it names a file that is there,
or cannot be anything else; a command never has a "/" or a "." in its name.
"""

import shlex
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit
from urllib.request import url2pathname

SIGNS = ("/", "／")
LONGEST_PATH = 4096  # characters; what is longer, or has line breaks, is a text


@dataclass(frozen=True, slots=True)
class Command:
    """A line that began with a command's sign; `argument` has no white space around it."""

    name: str
    argument: str


def command_of(typed: str) -> Command | None:
    """The command that was typed, if it is one; the sign alone asks for help."""
    text = typed.lstrip()
    if not text.startswith(SIGNS):
        return None
    name, *rest = text[1:].split(maxsplit=1) or ["help"]
    if "/" in name or "." in name:
        return None
    return Command(name, rest[0].strip() if rest else "")


def paths_of(typed: str) -> list[Path]:
    """The files that were named, in order; empty if what was typed is something else.

    All of it must be paths. One that must be a path is returned also when nothing is there.
    """
    text = typed.strip()
    if not text or "\n" in text or len(text) > LONGEST_PATH:
        return []
    whole = _path(text.strip("'\""))
    if _exists(whole):
        return [whole]
    try:
        words = shlex.split(text)
    except ValueError:  # a quote that never ends
        words = []
    paths = [_path(word) for word in words]
    if paths and all(_exists(path) for path in paths):
        return paths
    return [whole] if _must_be_path(text.strip("'\"")) else []


def _path(text: str) -> Path:
    if text.lower().startswith("file:"):
        return Path(url2pathname(unquote(urlsplit(text).path)))
    path = Path(text)
    try:
        return path.expanduser()
    except RuntimeError:  # "~somebody" who is not here
        return path


def _exists(path: Path) -> bool:
    try:
        return path.exists() and len(path.parts) > 0
    except (OSError, ValueError):  # too long a name, or a NUL in it
        return False


def _must_be_path(text: str) -> bool:
    """Whether this cannot be a command or words: it starts like a path and is one word."""
    starts_like_path = text.lower().startswith(("file:", "~/", "./", "../"))
    is_absolute = text.startswith("/") and ("/" in text[1:] or "." in text)
    return (starts_like_path or is_absolute) and len(text.split()) == 1
