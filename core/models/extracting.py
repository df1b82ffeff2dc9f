"""Summaries made of a text's own sentences, chosen by the words they share with the whole.

A sentence is worth quoting when it resembles the text as a whole and its title, and stands early;
one that begins with "they" or "however" counts less without the sentence it leans on; one that says
again what is already chosen is passed over. What is not prose (`core.models.boilerplate`) is not
considered while there is prose.

No model is asked. Likeness by the built-in encoder's vectors, in place of words or beside them, was
measured (`python -m tests.eval.summaries`): it made summaries no better and thirty times as slow.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.domain import Extract
from core.folding import fold
from core.models.boilerplate import Kind, dateline, kind, kinds, units
from core.sentences import split

Numbers = NDArray[np.float64]

MAX_READ = 200_000
"""Characters of the text that are read: a book's first hundred pages say what it is about."""

MAX_CHOICE = 2000
"""Sentences that are chosen from: more than `MAX_READ` holds, but for lists of tiny ones."""

MIN_UNITS = 10.0
"""Length (see `units`) below which a sentence in a long text says too little."""

TITLE, POSITION = 0.5, 1.2
LEANING, QUESTION, QUOTATION = 1.0, 1.8, 1.4
"""Weights beside 1 for likeness to the whole text; likeness and position in standard deviations.

Searched at random on one half of 120 encyclopedia articles in Chinese and English (ROUGE-1 plus -2
against their descriptions, each with and without its opening overview) and checked on the other
half: weights near these are as good to within 0.5 points.
"""

REDUNDANCY, SAME = 8.0, 0.5
"""What likeness to a chosen sentence takes away, and the likeness from which one is passed over.

Swept 0.75-12 and 0.3-0.8 on the same articles: from 0.75 to 8, the words that two sentences of a
summary share fall by a quarter, ROUGE-1 rises by a point and recall falls by one.
"""

FLOOR, LAST = 1.0, 0.25
"""Worth below which a sentence does not fill the last part of the length; swept -99 to 2.5 and 0.25
to 0.5: it costs no recall worth the name and spares a point of precision."""

_EAST = "\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\U00020000-\U000323af"
_RUN = re.compile(f"[{_EAST}]+|[^\\W_{_EAST}]+")
_EASTERN = re.compile(f"[{_EAST}]")
_EMPTY_WORDS = frozenset(
    fold(
        "the of and to in is that for with on as was are by this be from at have has it an not or "
        "which were but their they its he his she her who will would been more than about what how "
        "why when after your you we our can could should into over if my do does did up out all "
        "there these those them him had because where while also such"
    ).split()
)
_LEANS = re.compile(
    r"(?:但|然而|因此|所以|而且|此外|另外|不過|不过|他|她|它|這|这|那|其|同時|同时|於是|于是|也|則|则|对此|對此)"
    r"|(?:However|But|And|This|These|That|Those|They|He|She|It|So|Yet|Also|Then|Such|Therefore|"
    r"Moreover|Meanwhile|Instead)\b"
)
_ASKS = re.compile(r"[?？؟][」』”’\"')）]*$")


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence with what choosing needs: its place among all, its kind, its length in units."""

    extract: Extract
    place: int
    kind: Kind
    units: float


def extract(text: str, *, title: str | None, max_units: float) -> tuple[Extract, ...]:
    """Choose sentences; see `core.models.summariser`.

    1. Read: sentences with their kinds; an agency's dateline is cut off.
    2. Keep the kinds that are the text's own; if they are short enough, that is the summary.
    3. Choose among those that can be quoted.
    """
    sentences = _read(text, title)
    kept = _own(sentences)
    if sum(sentence.units for sentence in kept) > max_units:
        kept = _choose(_quotable(sentences, max_units), title, max_units=max_units)
    return tuple(sentence.extract for sentence in kept)


def _choose(
    sentences: Sequence[_Sentence], title: str | None, *, max_units: float
) -> list[_Sentence]:
    """Take the best sentence that still fits, again and again."""
    words = [_words(sentence.extract.text) for sentence in sentences]
    vectors = _weighted(words)
    worth = _worth(sentences, vectors, _words(title or ""))
    leans = [bool(_LEANS.match(sentence.extract.text)) for sentence in sentences]
    chosen: list[int] = []
    places: set[int] = set()
    room = max_units
    likeness = np.zeros(len(sentences))
    left = set(range(len(sentences)))
    while left:
        leaning = [i for i in left if leans[i] and sentences[i].place - 1 not in places]
        score = worth - REDUNDANCY * likeness
        score[leaning] -= LEANING
        best = max(left, key=lambda index: (score[index], -index))
        if score[best] < FLOOR and room <= max_units * LAST:
            break
        chosen.append(best)
        places.add(sentences[best].place)
        room -= sentences[best].units
        likeness = np.maximum(likeness, [_dot(vectors[best], other) for other in vectors])
        left = {i for i in left if sentences[i].units <= room and likeness[i] < SAME}
    return [sentences[index] for index in sorted(chosen)]


def _read(text: str, title: str | None) -> list[_Sentence]:
    """The sentences that have a letter or digit, each with the kind of its line or its own."""
    text = text[:MAX_READ]
    lines = text.splitlines(keepends=True)
    sentences: list[_Sentence] = []
    start = 0
    for line, line_kind in zip(lines, kinds(lines, title=title), strict=True):
        for extract in split(line):
            cut = dateline(extract.text) if extract.start == 0 else 0
            begin, end = start + extract.start + cut, start + extract.end
            words = text[begin:end]
            if length := units(words):
                own = line_kind if words == line.strip() else max(line_kind, kind(words))
                sentences.append(_Sentence(Extract(begin, end, words), len(sentences), own, length))
        start += len(line)
    return sentences


def _own(sentences: Sequence[_Sentence]) -> list[_Sentence]:
    """The text without what stands around it.

    Lists belong to a text that is mostly lists; soup only where there is nothing else.
    """
    prose = _length(sentences, Kind.PROSE)
    most = Kind.HEADING if prose >= 0.5 * _length(sentences, Kind.LIST) else Kind.LIST
    kept = [sentence for sentence in sentences if sentence.kind <= most]
    return kept or list(sentences)


def _quotable(sentences: Sequence[_Sentence], max_units: float) -> list[_Sentence]:
    """The sentences to choose from: prose while there is some, else the next best kind.

    Each wording once, and at least one: where none fits, the first of the best kind.
    """
    enough = 0.25 * max_units
    first = {sentence.extract.text: sentence for sentence in reversed(sentences)}
    for most in Kind:
        fitting = [
            sentence
            for sentence in sentences
            if sentence.kind <= most
            and first[sentence.extract.text] is sentence
            and MIN_UNITS <= sentence.units <= max_units
            and not sentence.extract.text.endswith((":", "："))
        ]
        if sum(sentence.units for sentence in fitting) >= enough:
            break
    return fitting[:MAX_CHOICE] or _own(sentences)[:1]


def _length(sentences: Iterable[_Sentence], most: Kind) -> float:
    return sum(sentence.units for sentence in sentences if sentence.kind <= most)


# ── worth ────────────────────────────────────────────────────────────────────────────────────────


def _words(text: str) -> Counter[str]:
    """What a sentence says: pairs of East Asian characters, and the beginnings of other words."""
    words: Counter[str] = Counter()
    for run in _RUN.findall(fold(text)):
        if _EASTERN.match(run):
            words.update(run[i : i + 2] for i in range(max(1, len(run) - 1)))
        elif len(run) > 1 and run not in _EMPTY_WORDS:
            words[run[:7]] += 1  # a crude stem: policy, policies
    return words


def _weighted(sentences: Sequence[Counter[str]]) -> list[dict[str, float]]:
    """Unit vectors of term frequency by inverse sentence frequency."""
    found_in = Counter(word for words in sentences for word in words)
    rare = {w: math.log((len(sentences) + 1) / (n + 0.5)) for w, n in found_in.items()}
    return [_unit({word: n * rare[word] for word, n in words.items()}) for words in sentences]


def _worth(
    sentences: Sequence[_Sentence], vectors: Sequence[dict[str, float]], title: Counter[str]
) -> Numbers:
    """How much each sentence is worth quoting, before any is chosen."""
    whole: Counter[str] = Counter()
    for vector in vectors:
        whole.update(vector)
    centre = _unit(dict(whole))
    known = _unit({word: float(n) for word, n in title.items() if word in centre})
    worth = (
        _standard([_dot(vector, centre) for vector in vectors])
        + TITLE * _standard([_dot(vector, known) for vector in vectors])
        + POSITION * _standard([-math.log1p(index) for index in range(len(sentences))])
    )
    for index, sentence in enumerate(sentences):
        text = sentence.extract.text
        worth[index] -= QUESTION * bool(_ASKS.search(text)) + QUOTATION * (text[0] in '「『“"')
    return worth


def _unit(vector: dict[str, float]) -> dict[str, float]:
    norm = math.sqrt(sum(value * value for value in vector.values())) or 1.0
    return {word: value / norm for word, value in vector.items()}


def _dot(one: dict[str, float], other: dict[str, float]) -> float:
    if len(one) > len(other):
        one, other = other, one
    return sum(value * other[word] for word, value in one.items() if word in other)


def _standard(values: Sequence[float]) -> Numbers:
    array: Numbers = np.asarray(values, dtype=np.float64)
    spread = float(array.std())
    centred: Numbers = array - array.mean()
    return centred / spread if spread > 1e-9 else centred
