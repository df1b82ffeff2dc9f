"""Which label people mean when they write a path, a name or an alias, in any language.

Case, width, accents, quotation marks around a name and Traditional or Simplified characters make
no difference. A word that several labels answer to is no answer, unless one of them stands above
all the others.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from core.domain import LabelPath
from core.errors import UnknownLabel
from core.folding import fold

_SEPARATOR = re.compile(r"\s*[/›>»]\s*")
_SUGGESTIONS = 3
_NEAR = 0.7
"""Least likeness of a suggestion. Of the starter taxonomy's Latin spellings with two slips in them,
0.5 found 99 in 100 again, 0.7 found 95 and 0.75 found 89. Of 40 words that mean no label, 0.5
with parts of words anywhere answered 37 ("youth" for "nosuch"), 0.7 with beginnings of words 10."""
_NEAR_CHINESE = 0.5  # one slip in a name of two characters leaves half of it
_CHINESE = re.compile("[\u3400-\u9fff]")
_QUOTES = "\"'“”‘’「」『』"


@dataclass(frozen=True, slots=True)
class Entry:
    """What one label, or one dimension, answers to."""

    path: str
    names: tuple[str, ...]
    aliases: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """The last part of its path."""
        return self.path.rsplit("/", 1)[-1]


class Directory:
    """Every label by what it answers to.

    Args:
        dimensions: their ids as paths, and their names.
        labels: all, each after its parent.
    """

    def __init__(self, dimensions: Iterable[Entry], labels: Iterable[Entry]) -> None:
        labels = tuple(labels)
        self._paths = {label.path for label in labels}
        self._calls = {entry.path: _calls(entry) for entry in (*dimensions, *labels)}
        self._tiers = (
            _index((label.path, label.names) for label in labels),
            _index((label.path, label.aliases) for label in labels),
            _index((label.path, (label.id,)) for label in labels),
        )
        names = (name for label in labels for name in label.names)
        aliases = (alias for label in labels for alias in label.aliases)
        self._spellings = tuple(dict.fromkeys((*names, *aliases)))

    def find(self, words: str) -> LabelPath:
        """The label meant; see `core.taxonomy.Taxonomy.find`."""
        wanted = [tidy(part) for part in _SEPARATOR.split(words.strip()) if part]
        if not wanted:
            raise unknown(words, ())
        if (exact := "/".join(wanted)) in self._paths:
            return LabelPath(exact)
        for tier in self._tiers:
            found = [path for path in tier.get(wanted[-1], ()) if self._is_under(path, wanted[:-1])]
            if found:
                return _highest(found, words)
        raise unknown(words, near(words, self._spellings))

    def _is_under(self, path: str, wanted: Sequence[str]) -> bool:
        """Whether what stands above a label, outermost first, answers to these words in turn."""
        above = iter([self._calls[each] for each in _above(path)])
        return all(any(word in calls for calls in above) for word in wanted)


def near(words: str, spellings: Iterable[str]) -> list[str]:
    """The few spellings most alike, or that hold or are held by what was written; best first."""
    wanted = tidy(words)
    least = _NEAR_CHINESE if _CHINESE.search(wanted) else _NEAR
    scored = [(_likeness(wanted, tidy(each)), each) for each in spellings]
    alike = sorted((pair for pair in scored if pair[0] >= least), key=lambda pair: -pair[0])
    return [each for _, each in alike[:_SUGGESTIONS]]


def unknown(words: str, suggestions: Iterable[str]) -> UnknownLabel:
    """The error for words that no label answers to."""
    told = ", ".join(suggestions)
    hint = f"Near are: {told}." if told else "Look at the list of labels."
    return UnknownLabel(f"No label {words!r}. {hint}", name=words, suggestions=told)


def tidy(words: str) -> str:
    """The form in which names are compared."""
    return " ".join(fold(words).strip(_QUOTES + " ").split())


def _highest(found: Iterable[str], words: str) -> LabelPath:
    """The one label that stands above all others found."""
    paths = list(dict.fromkeys(found))
    for path in paths:
        if all(other == path or other.startswith(f"{path}/") for other in paths):
            return LabelPath(path)
    raise UnknownLabel(
        f"{words!r} may mean {' or '.join(paths)}. Write one of these paths.",
        name=words,
        suggestions=", ".join(paths),
    )


def _above(path: str) -> Iterator[str]:
    """The dimension and the ancestors of a label, outermost first."""
    parts = path.split("/")
    return ("/".join(parts[:end]) for end in range(1, len(parts)))


def _calls(entry: Entry) -> set[str]:
    return {entry.id, *map(tidy, entry.names), *map(tidy, entry.aliases)}


def _index(entries: Iterable[tuple[str, Iterable[str]]]) -> dict[str, list[str]]:
    index: dict[str, list[str]] = {}
    for path, calls in entries:
        for call in calls:
            index.setdefault(tidy(call), []).append(path)
    return index


def _likeness(wanted: str, call: str) -> float:
    """0 to 1: shared characters in order; at least 0.8 where one holds the whole other."""
    ratio = SequenceMatcher(None, wanted, call, autojunk=False).ratio()
    holds = len(wanted) > 1 and len(call) > 1 and (_holds(wanted, call) or _holds(call, wanted))
    return max(ratio, 0.8 + ratio / 5) if holds else ratio


def _holds(text: str, part: str) -> bool:
    """Whether a part stands in a text; one of letters, at the beginning of a word."""
    return part in text if _CHINESE.search(part) else f" {part}" in f" {text}"
