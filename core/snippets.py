"""Short parts of a text that show why it was found, with the found words marked.

Words are found as the keyword index finds them (see `core.words`), in the folded text, and marked
in the original one. A snippet begins and ends with a sentence where there is room, else between
words, and never inside a character that is made of several code points.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from core.domain import Extract
from core.folding import fold, fold_with_offsets
from core.sentences import split
from core.words import Term, Token, phrase, terms, tokens

MAX_LENGTH = 160
"""Characters of a snippet; four lines on a telephone in Chinese."""

_MAX_READ = 20_000  # characters of a long text that are looked through
_SIGNS = str.maketrans("", "", "',")
_ELLIPSIS = "…"
_SOFT = re.compile(r"[\s，、；：,;:。！？!?）)」』]")


@dataclass(frozen=True, slots=True)
class Snippet:
    """A part of a text. `marks`: character ranges in it to be highlighted, in order, apart."""

    text: str
    marks: tuple[tuple[int, int], ...] = ()

    @property
    def found(self) -> tuple[str, ...]:
        """What is marked, as it is written there, each once."""
        return tuple(dict.fromkeys(self.text[start:end] for start, end in self.marks))


def wanted(words: Iterable[str], phrases: Iterable[str]) -> list[Term]:
    """What to mark for a query: the parts of its words, and its phrases as a whole."""
    parts = [term for word in words for term in terms(fold(word))]
    whole = [term for each in phrases if (term := phrase(fold(each))) is not None]
    return list(dict.fromkeys([*whole, *parts]))


def marked(text: str, found: Sequence[Term]) -> Snippet:
    """The whole of a text (a title, say) with the terms in it marked."""
    spans = [(start, end) for start, end, _ in _spans(text, found)]
    return Snippet(text, _merged(spans))


def snippet(text: str, found: Sequence[Term], *, max_length: int = MAX_LENGTH) -> Snippet | None:
    """The part of a text that holds most of the terms, as early as possible.

    Args:
        text: any text; what comes after its first 20,000 characters is not looked at.
        found: terms; see `wanted`.
        max_length: characters of the snippet, without the dots where it was cut.

    Returns:
        The snippet; None if the text holds none of the terms.
    """
    text = text[:_MAX_READ]
    spans = _spans(text, found)
    if not spans:
        return None
    first, last = _densest(spans, max_length)
    return _cut(text, first, last, [span[:2] for span in spans], max_length)


def opening(text: str, *, max_length: int = MAX_LENGTH) -> Snippet:
    """The beginning of a text, cut like any snippet."""
    head = text[:_MAX_READ]
    return _cut(head, 0, 0, [], max_length) if head else Snippet("")


# ── finding terms ────────────────────────────────────────────────────────────────────────────────


def _spans(text: str, found: Sequence[Term]) -> list[tuple[int, int, int]]:
    """Where terms stand in a text: start, end and the term's number, by start."""
    folded, offsets = fold_with_offsets(text)
    spans = []
    for begin, line in _lines(folded, {_needle(term) for term in found}):
        stream = list(tokens(line))
        places: dict[str, list[int]] = {}
        for index, token in enumerate(stream):
            places.setdefault(token.text, []).append(index)
        for number, term in enumerate(found):
            for start, end in _places(stream, places, term):
                after = _after(offsets, begin + end, len(text))
                spans.append((offsets[begin + start], after, number))
    return sorted(spans)


def _lines(folded: str, needles: Collection[str]) -> Iterator[tuple[int, str]]:
    """The lines that may hold a term, with where they begin: cutting up a line is what takes time.

    Signs within a word or number are no part of its token.
    """
    begin = 0
    for line in folded.split("\n"):
        bare = line.translate(_SIGNS)
        if any(needle in bare for needle in needles):
            yield begin, line
        begin += len(line) + 1


def _needle(term: Term) -> str:
    """What stands wherever the term does: its beginning, since endings differ (policies)."""
    return term.tokens[0][:3].rstrip("y")


def _places(stream: list[Token], places: dict[str, list[int]], term: Term) -> list[tuple[int, int]]:
    """Where a term stands, in the folded text."""
    first, last = term.tokens[0], term.tokens[-1]
    length = len(term.tokens)
    if length == 1 and term.is_prefix:
        starts = sorted(at for text in places if text.startswith(first) for at in places[text])
    else:
        starts = places.get(first, [])
    found = []
    for start in starts:
        these = stream[start : start + length]
        if len(these) < length or any(
            token.text != wanted for token, wanted in zip(these[:-1], term.tokens, strict=False)
        ):
            continue
        if term.is_prefix and these[-1].text.startswith(last):
            found.append((these[0].start, these[-1].start + len(last)))
        elif these[-1].text == last:
            found.append((these[0].start, these[-1].end))
    return found


def _after(offsets: list[int], end: int, length: int) -> int:
    """Where in the source the folded text before `end` ends, marks that attach to it included."""
    following = offsets[end] if end < len(offsets) else length
    return max(following, offsets[end - 1] + 1)


def _merged(spans: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Ranges joined where they overlap or touch."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


def _densest(spans: list[tuple[int, int, int]], max_length: int) -> tuple[int, int]:
    """From where to where most different terms stand close together; the first such place."""
    best = (0, 0, 0)
    held: dict[int, int] = {}
    last = 0
    for first, (start, _, number) in enumerate(spans):
        while last < len(spans) and (last == first or spans[last][1] - start <= max_length):
            held[spans[last][2]] = held.get(spans[last][2], 0) + 1
            last += 1
        if len(held) > best[0]:
            best = (len(held), start, max(span[1] for span in spans[first:last]))
        held[number] -= 1
        if not held[number]:
            del held[number]
    return best[1], best[2]


# ── cutting ──────────────────────────────────────────────────────────────────────────────────────


def _cut(
    text: str, first: int, last: int, spans: Iterable[tuple[int, int]], max_length: int
) -> Snippet:
    """The text around `first` to `last`, with the spans in it as marks."""
    sentences = split(text)
    is_short = len(text) <= max_length
    start = 0 if is_short else _start(text, sentences, first, max_length - (last - first))
    end = _end(text, sentences, max(last, start + 1), start + max_length)
    before = "" if start == 0 or any(each.start == start for each in sentences) else _ELLIPSIS
    is_end = end >= len(text.rstrip()) or any(each.end == end for each in sentences)
    after = "" if is_end else _ELLIPSIS
    shift = len(before) - start
    inside = [(max(a, start), min(b, end)) for a, b in _merged(spans) if a < end and b > start]
    marks = tuple((a + shift, b + shift) for a, b in inside)
    return Snippet(f"{before}{text[start:end]}{after}".replace("\n", " "), marks)


def _start(text: str, sentences: list[Extract], first: int, room: int) -> int:
    """Where the sentence begins, if it begins near enough; else after a comma or a space."""
    begins = max((each.start for each in sentences if each.start <= first), default=0)
    if first - begins <= room * 2 / 3:
        return begins
    earliest = max(begins, first - max(0, room // 3))
    for index in range(earliest, first):
        if index and _SOFT.match(text[index - 1]) and not text[index].isspace():
            return index
    return whole(text, earliest if room > 0 else first)


def _end(text: str, sentences: list[Extract], last: int, latest: int) -> int:
    """The end of the last sentence that fits; else before a space or after a comma."""
    if latest >= len(text.rstrip()):
        return len(text.rstrip())
    fitting = [each.end for each in sentences if last <= each.end <= latest]
    if fitting:
        return max(fitting)
    for index in range(latest, max(last, latest - 40), -1):
        if _SOFT.match(text[index - 1]):
            return len(text[:index].rstrip())
    return max(whole(text, latest), min(last, len(text)))


def whole(text: str, index: int) -> int:
    """The nearest place at or before an index that is not inside a character of several parts."""
    while 0 < index < len(text) and _is_inside(text, index):
        index -= 1
    return index


def _is_inside(text: str, index: int) -> bool:
    """Whether what stands here belongs to the character before it."""
    here, before = text[index], text[index - 1]
    if unicodedata.category(here)[0] == "M" or here == "\u200d" or before == "\u200d":
        return True
    if "\U0001f3fb" <= here <= "\U0001f3ff" or "\U000e0020" <= here <= "\U000e007f":
        return True
    if "\udc00" <= here <= "\udfff" and "\ud800" <= before <= "\udbff":
        return True
    if _is_flag(here):
        flags = 0
        while flags < index and _is_flag(text[index - 1 - flags]):
            flags += 1
        return flags % 2 == 1
    return False


def _is_flag(character: str) -> bool:
    return "\U0001f1e6" <= character <= "\U0001f1ff"
