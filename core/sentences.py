"""Where sentences end, in Chinese, English and what is punctuated alike, with exact offsets.

Every line is read by itself, so headings and list items are sentences. Within a line each run of
stops is a candidate, and the rules ask whether the sentence goes on: in a quotation or bracket not
yet closed, with who said it (「走吧！」他說。), after an abbreviation or an initial, in a number,
in an address. Nothing but white space is lost between sentences.

Own rules rather than a library: sentencex (well kept, quick) cuts 「走吧！」 from 他說, runs
（見圖一。） into what follows and ends sentences at "e.g."; pysbd and syntok are no longer kept;
trained splitters (NLTK's punkt) bring downloads and no Chinese.
"""

import re
from bisect import bisect_left
from collections import deque
from collections.abc import Iterable, Iterator
from itertools import takewhile

from core.domain import Extract

MAX_LENGTH = 600
"""Characters after which a sentence is cut at its last comma or space: transcripts and broken PDFs
have stretches without a stop, and a Chinese sentence strung together by commas stays under 300."""

MAX_HELD = 160
"""Characters that a quotation or bracket may span and still be kept in one sentence."""

_STOPS = re.compile("[.．。｡!！?？‼⁇⁈⁉…।॥؟۔։።။។]+")
_CLOSERS = "」』”’）)]】》〉〕］｣"
_PAIRS = dict(zip("「『“（([【《〈〔［｢", "」』”）)]】》〉〕］｣", strict=True))
_BRACKETS = re.compile("[「『“（(\\[【《〈〔［｢」』”）)\\]】》〉〕］｣]")
_QUOTES_END = "」』”’\"'｣"
_NOTE = re.compile(r"(?:\[\d{1,3}\])+")
_EAST = re.compile("[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uff66-\uff9f]")

_SAID = re.compile(
    r"[^，。！？；：、,\s「『“]{0,10}?(?:說|説|说|問|问|道|喊|回答|表示|指出|強調|强调|稱|称|回應|回应"
    r"|坦言|直言|笑|嘆|叹|補充|补充|認為|认为|呼籲|呼吁|透露|解釋|解释|提到)"
    r"|[的等與与和及或之地、，,；;：:]|と|って|[\uac00-\ud7a3]"
)
"""What follows a closed quotation and belongs to the same sentence, without a space between."""

_SAID_EN = re.compile(
    r"\s+(?:[A-Z][\w.'’-]*\s+){1,3}(?:said|says|asked|added|told|wrote|replied)\b"
)


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_NEVER = _words(
    """
    mr mrs ms mx dr prof rev gen col sgt lt capt gov sen rep hon st mt messrs mme dept vs e.g
    i.e cf viz approx ca esp incl
    """
)
"""Abbreviations (case alike) after which a sentence goes on whatever follows."""

_BEFORE_NUMBER = _words(
    """
    no nos nr art arts sec fig figs vol ch pp p eq para jan feb mar apr jun jul aug sep sept oct
    nov dec
    """
)
_MAYBE = _words(
    """
    etc inc ltd co corp al jr sr ph.d bros est dist ave blvd
    """
)
_INITIALS = re.compile(r"(?:[^\W\d_]\.)*[^\W\d_]")
_STARTERS = _words(
    """
    the a an in on at it he she they we i you this that these those there but and so if when
    while after before as for from with however meanwhile although because since its his her
    their our my what why how who where not yes now then here some many most all each every
    under until once yet or to by over according
    """
)
"""Words that begin a sentence when capital even after U.S., Inc. or an initial."""

_LAST_WORD = re.compile(r"[^\W_](?:[\w.&]*[^\W_])?$")
_FIRST_WORD = re.compile(r"[^\W\d_]+")
_ENUMERATOR = re.compile(r"\W*(?:\d{1,3}|[^\W\d_]|[ivxIVX]{1,4})$")
_GERMAN_DATE = re.compile(
    "(?:Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember)\\b"
)
_VISIBLE = re.compile(r"\S")
_SOFT_END = re.compile(r"[；;，,、：:]|\s")


def split(text: str) -> list[Extract]:
    """Cut a text into its sentences.

    Args:
        text: any text; a line end always ends a sentence.

    Returns:
        Sentences in order, without white space around them and none empty:
        `text[e.start:e.end] == e.text`; what lies between them is white space.
    """
    extracts: list[Extract] = []
    start = 0
    for line in text.splitlines(keepends=True):
        begin = 0
        for end in (*_ends(line.rstrip()), len(line)):
            for first, last in _pieces(line, begin, end):
                extracts.append(Extract(start + first, start + last, line[first:last]))
            begin = end
        start += len(line)
    return extracts


def _pieces(line: str, begin: int, end: int) -> Iterator[tuple[int, int]]:
    """Trim white space; cut what is too long at the last comma or space that fits."""
    while begin < end:
        part = line[begin:end]
        begin += len(part) - len(part.lstrip())
        part = part.strip()
        if not part:
            return
        length = len(part)
        if length > MAX_LENGTH:
            window = part[MAX_LENGTH // 2 : MAX_LENGTH]
            soft = [match.end() for match in _SOFT_END.finditer(window)]
            length = MAX_LENGTH // 2 + soft[-1] if soft else MAX_LENGTH
        yield begin, begin + len(part[:length].rstrip())
        begin += length


def _ends(line: str) -> Iterator[int]:
    """Offsets in a line at which sentences end."""
    opener_of = _matched(line)
    held = deque(item for item in sorted(opener_of.items()) if item[0] - item[1] <= MAX_HELD)
    quotes = [match.start() for match in re.finditer('"', line)]
    for stops in _STOPS.finditer(line):
        end = _with_closers(line, stops.end(), quotes)
        while held and held[0][0] < end:
            held.popleft()
        if end < len(line) and not _is_held(held, end) and _is_end(line, stops, end, opener_of):
            yield end


def _is_held(held: Iterable[tuple[int, int]], end: int) -> bool:
    """Whether a place lies within one of the (closer, opener) pairs, sorted by closer."""
    near = takewhile(lambda pair: pair[0] - end <= MAX_HELD, held)
    return any(opener < end for _, opener in near)


def _matched(line: str) -> dict[int, int]:
    """For each closing bracket or quotation mark, where it was opened."""
    opener_of: dict[int, int] = {}
    open_: list[int] = []
    for bracket in _BRACKETS.finditer(line):
        mark, index = bracket.group(), bracket.start()
        if mark in _PAIRS:
            open_.append(index)
        else:
            for depth in range(len(open_) - 1, max(-1, len(open_) - 6), -1):
                if _PAIRS[line[open_[depth]]] == mark:
                    opener_of[index] = open_[depth]
                    del open_[depth:]
                    break
    return opener_of


def _with_closers(line: str, end: int, quotes: list[int]) -> int:
    """Take in the closing quotation marks, brackets and note numbers that follow a stop."""
    while end < len(line):
        if note := _NOTE.match(line, end):
            end = note.end()
        elif _closes(line, end, quotes):
            end += 1
        else:
            break
    return end


def _closes(line: str, index: int, quotes: list[int]) -> bool:
    """Whether a mark after a stop belongs to what it follows; straight ones look alike."""
    if line[index] == '"':
        return bisect_left(quotes, index) % 2 == 1
    if line[index] == "'":
        return not line[index + 1 : index + 2].isalnum()
    return line[index] in _CLOSERS


def _is_end(line: str, stops: re.Match[str], end: int, opener_of: dict[int, int]) -> bool:
    """Whether the sentence ends with these stops and the closers that follow them."""
    marks, closers = stops.group(), line[stops.end() : end]
    spaced = line[end].isspace()
    word = _VISIBLE.search(line, end)
    rest = line[word.start() : word.start() + 40] if word else ""
    following = rest.lstrip("「『“（([【《〈‘\"'")[:1]

    if closers and closers[-1] in _QUOTES_END:
        if _SAID.match(line, end) or _SAID_EN.match(line, end):
            return False
        opener = opener_of.get(end - 1)
        if (
            opener
            and marks[-1] not in "。."
            and line[opener - 1] not in "：:，,。！？!? \u3000」』”"
        ):
            return spaced and not following.islower()  # quoted in passing: 高喊「加油！」後離開
    elif (
        closers
        and not _NOTE.fullmatch(closers)
        and (marks[-1] not in "。." or closers[-1] in "》〉】")
    ):
        return False  # an aside or a title: 《你好嗎？》這本書

    if marks[-1] in "。｡！？‼⁇⁈⁉।॥؟۔։።။។":
        return True
    before = line[stops.start() - 1 : stops.start()]
    if set(marks) <= set("….．") and len(marks) > (marks[0] in ".．"):  # an ellipsis
        begins = spaced and not following.islower() and not _EAST.match(following)
        return begins and not before.isspace() and before != ""
    if _EAST.match(before) and not line[end].isdigit():
        return not line[end].isascii() or spaced or marks[-1] in "!?"
    if not spaced or following.islower():
        return False
    return marks[-1] in "!?" or not _goes_on(line, stops.start(), rest)


def _goes_on(line: str, stop: int, rest: str) -> bool:
    """Whether a full stop belongs to an abbreviation, an initial or a list's number."""
    if _ENUMERATOR.fullmatch(line, 0, stop) or _GERMAN_DATE.match(rest):
        return True
    found = _LAST_WORD.search(line, max(0, stop - 24), stop)
    if not found:
        return False
    word = found.group()
    if word.lower() in _NEVER:
        return True
    if word.lower() in _BEFORE_NUMBER:
        return rest[:1].isdigit()
    if word.lower() in _MAYBE or _INITIALS.fullmatch(word):
        following = _FIRST_WORD.match(rest)
        return rest[:1] in ("(", "[") or bool(
            following and following.group().lower() not in _STARTERS
        )
    return False
