"""From printed lines to paragraphs: what a page layout took apart is put together again.

Pure functions over lines with their place on the page. Three things are undone: what repeats on
every page (running heads, page numbers), the end of each line (with its hyphen), and the end of
each page. A paragraph ends where its last line stops short, where the next line is indented or set
in another size, or where the gap is larger than between lines; one sign is not enough where lines
are ragged.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from core.sources.tidy import is_wide


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line.

    Attributes:
        text: trimmed, not empty. A soft hyphen (U+00AD) at its end marks a divided word.
        left, right: in points from the page's left edge.
        bottom: of the letters, in points from the page's lower edge.
        size: of the letters, in points.
    """

    text: str
    left: float
    right: float
    bottom: float
    size: float


Page = Sequence[Line]

_MARGIN_LINES = 3
"""Lines from the top and from the bottom of a page among which running heads are sought."""

_REPEATED = 0.5
"""Share of the pages on which a line at the same end must return to be a running head."""

_PAGE_NUMBER = re.compile(
    r"[\s\-–—·•|~]*(?:page|p\.|第|頁|页)?\s*(?:\d{1,4}|[ivxlc]{1,6})\s*(?:頁|页)?"
    r"(?:\s*(?:/|of|,|，|、|共)\s*(?:共)?\s*\d{1,4}\s*(?:頁|页|pages)?)?[\s\-–—·•|~]*",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\d+")
_SENTENCE_END = re.compile(r"[。．！？!?.:：;；…][」』）)”’\"']*$")
_ITEM_START = re.compile(
    r"(?:[•●◆■▪◦‧∙*–—-]\s*\S|\(?\d{1,3}[.)、）]\s*\D|[（(][一二三四五六七八九十\d]"
    r"{1,3}[)）]|[一二三四五六七八九十]{1,3}、"
    r"|第[一二三四五六七八九十百\d]{1,5}[條章節款項])"
)


def paragraphs(pages: Sequence[Page]) -> list[str]:
    """Put the lines of all pages together into paragraphs, in reading order."""
    kept = without_running_heads(pages)
    joined: list[str] = []
    previous: Line | None = None
    previous_right = 0.0
    for page in kept:
        if not page:
            continue
        edges = _edges(page)
        gap = _usual_gap(page)
        for number, line in enumerate(page):
            if previous is None:
                joined.append(line.text)
            else:
                is_break = (
                    _ends_before(previous, line, edges=(edges[0], previous_right), gap=None)
                    if number == 0
                    else _ends_before(previous, line, edges=edges, gap=gap)
                )
                if is_break:
                    joined.append(line.text)
                else:
                    joined[-1] = join(joined[-1], line.text)
            previous, previous_right = line, edges[1]
    return [text.replace("\u00ad", "") for text in joined]


def join(before: str, after: str) -> str:
    """Join two lines of one paragraph.

    A divided word becomes whole; between characters that need no space there is none.
    """
    if before.endswith("\u00ad"):
        return before[:-1] + after
    if (
        before.endswith(("-", "\u2010"))
        and len(before) > 1
        and before[-2].isalpha()
        and after[:1].islower()
    ):
        return before[:-1] + after
    if before and after and (is_wide(before[-1]) or is_wide(after[0])):
        # between Chinese and Latin, a space would be ours and not the author's
        return before + after
    return f"{before} {after}"


def without_running_heads(pages: Sequence[Page]) -> list[list[Line]]:
    """Leave out page numbers and lines that return at the same end of many pages.

    From the outside in: the first line that does not return ends the search. Numbers in a line are
    taken as equal ("Annual report 12", "Annual report 13"). With fewer than three pages nothing can
    be said to return, and only page numbers go.
    """
    counted: Counter[_Place] = Counter()
    for page in pages:
        counted.update({_place(page, number) for number in _outer(page)})
    least = max(3, _REPEATED * len(pages))
    result = []
    for page in pages:
        dropped: set[int] = set()
        for way in (range(len(page)), range(len(page) - 1, -1, -1)):
            for number in list(way)[:_MARGIN_LINES]:
                is_number = len(page) > 1 and _PAGE_NUMBER.fullmatch(page[number].text) is not None
                if not is_number and counted[_place(page, number)] < least:
                    break
                dropped.add(number)
        result.append([line for number, line in enumerate(page) if number not in dropped])
    return result


_Place = tuple[str, int]


def _outer(page: Page) -> list[int]:
    """The numbers of the lines near the ends of a page."""
    return [n for n in range(len(page)) if n < _MARGIN_LINES or n >= len(page) - _MARGIN_LINES]


def _place(page: Page, number: int) -> _Place:
    """What a line is counted under: its words, and where it stands to within a few points."""
    line = page[number]
    return _DIGITS.sub("#", line.text), round(line.bottom / 4)


def _edges(page: Page) -> tuple[float, float]:
    """The edges of the text column: where most lines begin, and where the longest end."""
    lefts = sorted(line.left for line in page)
    rights = sorted(line.right for line in page)
    return lefts[len(lefts) // 4], rights[(len(rights) * 9) // 10]


def _usual_gap(page: Page) -> float | None:
    """The usual distance between the feet of lines that follow each other; None with too few."""
    gaps = [
        above.bottom - below.bottom
        for above, below in pairwise(page)
        if 0 < above.bottom - below.bottom < 4 * above.size
    ]
    return median(gaps) if len(gaps) >= 3 else None


def _ends_before(
    line: Line, following: Line, *, edges: tuple[float, float], gap: float | None
) -> bool:
    """Whether a paragraph ends between two lines. `gap` is None between pages."""
    left, right = edges
    width = max(right - left, 1.0)
    if line.text.endswith("\u00ad"):
        return False
    if abs(line.size - following.size) > 0.12 * max(line.size, following.size):
        return True
    if _ITEM_START.match(following.text):
        return True
    is_ended = _SENTENCE_END.search(line.text) is not None
    if gap is not None:
        distance = line.bottom - following.bottom
        if distance > 1.4 * gap and distance > 1.2 * line.size:
            return True
    missing = (right - line.right) / width
    # the next line's first word would have fitted: a ragged line leaves less than a word free
    is_short = missing > (0.08 if is_wide(line.text[-1]) else 0.16)
    is_indented = (
        following.left - left > 0.8 * following.size
        and following.left - line.left > 0.8 * following.size
    )
    if is_ended and (is_short or is_indented):
        return True
    return missing > 0.45 or (is_short and is_indented)
