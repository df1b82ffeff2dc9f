"""Which lines of a page are its text, and which are what stands around it.

Extraction leaves things behind that nobody would quote: menus, 相關新聞, share buttons, cookie
notices, bylines, captions, copyright lines, lists of links and sources. Each line gets a `Kind`,
by what it says (`core.models.phrases`), by its shape (no full stop, many separators, all capitals)
and by its neighbours (a run of short lines is a menu, what follows "References" is too). The kinds
are ordered, so that a text in which nothing is prose can still be read from the next best.
"""

import re
from collections.abc import Sequence
from enum import IntEnum

from core.folding import fold, fold_with_offsets
from core.models.phrases import ANYWHERE, BEGINNINGS, BOXES, BUTTONS, DATELINE, SOURCES


class Kind(IntEnum):
    """How far a line is from prose."""

    PROSE = 0
    HEADING = 1
    LIST = 2
    SOUP = 3


_BYLINE = re.compile(r"[Bb][Yy] [A-Z][\w.'’-]+(?: (?:and )?[A-Z][\w.'’-]+){1,5}\s*(?:[|,•·-].*)?$")
_LONGEST_PHRASE = 40

_NOTICE = 240
"""Characters up to which a notice anywhere in a line makes it soup."""

_CREDIT = re.compile(r"[(（][^()（）]{1,60}[)）]\s*$")
_CAPTION = 32.0
"""Units that a caption has at most; a longer line with a credit at its end is a paragraph."""

_RUN = 4
"""So many short lines without a stop, one after the other, are a list."""

_SHORT = 24.0
"""Units below which a line without a stop is a heading or a list's entry and no paragraph."""

_STOP = re.compile("[.。｡!！?？…।॥؟۔։።။។;；][」』”’\"')）\\]】》]*(?:\\[\\d+\\])*$")
_EAST = re.compile("[\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\U00020000-\U000323af]")
_LETTER = re.compile(r"[^\W_]")
_ALPHABETIC = re.compile(r"[^\W\d_]")
_CAPITAL_WORD = re.compile(r"\b[A-Z]{2,}\b")
_SEPARATOR = re.compile(r"[|｜›»>→•·/／\t]")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+")
_HASHTAG = re.compile(r"[#＃][^\s#＃]+")
_DECORATION = " \t\r\n\u3000:：.。!！-–—_*#•·●■◆▶►»›>|｜/+…~～[]【】()（）「」<>《》"


def kinds(lines: Sequence[str], *, title: str | None = None) -> list[Kind]:
    """Judge every line of a text.

    Args:
        lines: the lines in order; empty ones are allowed.
        title: of the text; a line that repeats it is soup.

    Returns:
        One kind per line, in order.
    """
    judged = [kind(line) for line in lines]
    if title:
        repeated = _bare(title)
        for index, line in enumerate(lines):
            if len(line) < 2 * len(title) + 20 and _bare(line) == repeated:
                judged[index] = Kind.SOUP
    _mark_boxes(lines, judged)
    _mark_lists(judged)
    _mark_sources(lines, judged)
    return judged


def kind(line: str) -> Kind:
    """Judge a line, or a sentence, by itself."""
    line = line.strip()
    if not _ALPHABETIC.search(line) or _says_soup(line):
        return Kind.SOUP
    if _STOP.search(line) or _STOP.search(_without_credit(line)) or units(line) >= 2 * _SHORT:
        return Kind.PROSE
    return Kind.HEADING


def units(text: str) -> float:
    """The length of a text as it is read: an East Asian character is 1, any other letter a third.

    So an English word of average length counts 1.5; in translations of one another, a word of
    English stands against 1.2 (statutes) to 1.4 (everyday sentences) characters of Chinese.
    """
    east = len(_EAST.findall(text))
    return east + (len(_LETTER.findall(text)) - east) / 3


def dateline(text: str) -> int:
    """How many characters at the beginning are an agency's dateline or byline; mostly 0."""
    folded, offsets = fold_with_offsets(text[:120])
    found = DATELINE.match(folded)
    return offsets[found.end()] if found and found.end() < len(offsets) else 0


def _says_soup(line: str) -> bool:
    """Whether phrases or the shape of a line give it away."""
    if len(line) <= _LONGEST_PHRASE and _bare(line) in BUTTONS | BOXES:
        return True
    folded = fold(line[:240])
    if BEGINNINGS.match(folded) or _BYLINE.match(line):
        return True
    if len(line) <= _NOTICE and ANYWHERE.search(_without_credit(folded)):
        return True
    length = units(line)
    if len(_SEPARATOR.findall(line)) >= 3 and (line[0] == "|" or length < 60):
        return not _STOP.search(line) or line[0] == "|"
    without = _HASHTAG.sub("", _ADDRESS.sub("", line))
    if len(without) < len(line) and units(without) < 0.4 * length:
        return True
    capitals = "".join(_CAPITAL_WORD.findall(line))
    return len(capitals) / 3 > 0.7 * length and len(line) < 60 and len(line.split()) >= 2


def _without_credit(line: str) -> str:
    """A line without the bracket at its end, where that follows more than a caption's words."""
    credit = _CREDIT.search(line)
    return line[: credit.start()] if credit and units(line[: credit.start()]) > _CAPTION else line


def _bare(line: str) -> str:
    """A line folded, without bullets, brackets and colons around it."""
    return fold(line).strip(_DECORATION)


def _mark_lists(judged: list[Kind]) -> None:
    """Turn runs of headings into lists; soup within a run does not end it."""
    run: list[int] = []
    for index, found in enumerate([*judged, Kind.PROSE]):
        if found is Kind.HEADING:
            run.append(index)
        elif found is Kind.PROSE:
            if len(run) >= _RUN:
                for entry in run:
                    judged[entry] = Kind.LIST
            run.clear()


def _mark_boxes(lines: Sequence[str], judged: list[Kind]) -> None:
    """Mark the titles that follow the head of a box, up to the next paragraph."""
    in_box = False
    for index, line in enumerate(lines):
        if judged[index] is Kind.PROSE:
            in_box = False
        elif len(line) <= _LONGEST_PHRASE and _bare(line) in BOXES:
            in_box = True
        elif in_box:
            judged[index] = Kind.SOUP


def _mark_sources(lines: Sequence[str], judged: list[Kind]) -> None:
    """Mark what follows the head of a list of sources in the last part of a text."""
    total = sum(map(len, lines))
    passed = 0
    for index, line in enumerate(lines):
        passed += len(line)
        is_head = len(line) <= _LONGEST_PHRASE and _bare(line) in SOURCES
        if is_head:
            judged[index] = Kind.SOUP
            if passed >= 0.5 * total:
                judged[index:] = [Kind.SOUP] * (len(lines) - index)
                return
