"""Which sentences of a text are worth quoting: whole ones, as they stand.

Worth is what a writer looks for: what the summary rests on, what speaks of the matter at hand, what
gives a number, who said what. Headings, menus and captions are not quoted while there is prose.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from core.domain import Document, Extract, Summary
from core.folding import fold
from core.quantities import has_number
from core.sentences import split

MAX_READ = 20_000
"""Characters of a text that are read: ten pages, beyond which articles seldom say what is new."""

SHORTEST, LONGEST = 12.0, 140.0
"""Units (`core.models.boilerplate.units`) of a sentence that is quoted where there is a choice."""

_SUMMARY, _MATTER, _FIGURE, _SAID, _LEANS = 2.0, 1.5, 0.6, 0.6, -0.8

_SPEAKS = re.compile(
    "[「『“]|表示|指出|認為|强調|強調|呼籲|批評|主張|質疑|反對|支持|坦言|回應"
    r"|\b(?:said|says|told|argues?d?|warn(?:s|ed)|critici[sz]ed?|call(?:s|ed) (?:for|on)|oppos\w+"
    r"|demand(?:s|ed)|according to)\b"
)
_LEANING = re.compile(
    r"(?:但|然而|因此|所以|而且|此外|不過|他|她|它|這|这|那|其|對此)"
    r"|(?:However|But|And|This|These|That|Those|They|He|She|It|So|Also|Then|Such|Therefore)\b"
)


@dataclass(frozen=True, slots=True)
class Worth:
    """A sentence, and how much it is worth quoting; 0 and less: only if there is nothing else."""

    extract: Extract
    score: float


def weighed(
    document: Document, summary: Summary | None, *, matter: re.Pattern[str] | None
) -> list[Worth]:
    """The sentences of a text with their worth, in its order.

    Args:
        document: its text is read up to `MAX_READ` characters.
        summary: sentences that it rests on.
        matter: finds folded words of what the dossier is about; None: it is about everything.
    """
    from core.models.boilerplate import units  # compiles some hundred patterns when first used

    text = document.text[:MAX_READ]
    central = [(each.start, each.end) for each in summary.extracts] if summary is not None else []
    title = fold(document.title or "")
    found = []
    for sentence in split(text):
        if len(document.text) > MAX_READ and sentence.end == len(text):
            break  # it may go on
        if not is_quotable(sentence.text):
            continue
        is_central = any(start < sentence.end and sentence.start < end for start, end in central)
        length = units(sentence.text)
        score = _score(sentence.text, length, title, matter, is_central=is_central)
        found.append(Worth(sentence, score))
    return found


def best(sentences: Sequence[Worth], *, most: int) -> list[Extract]:
    """The most worthy sentences in the order of the text; one at least, if there is any prose."""
    from core.models.boilerplate import Kind, kind

    ranked = sorted(sentences, key=lambda each: (-each.score, each.extract.start))
    chosen: list[Extract] = []
    said: set[str] = set()
    for each in ranked:
        if len(chosen) == most or (chosen and each.score <= 0):
            break
        if each.extract.text in said or kind(each.extract.text) is not Kind.PROSE:
            continue
        said.add(each.extract.text)
        chosen.append(each.extract)
    return sorted(chosen, key=lambda each: each.start)


def is_quotable(sentence: str) -> bool:
    """Whether every file can hold a sentence just as it stands: signs that no eye sees, and that
    turn the order of others round, cannot be shown, and leaving them out would be another text."""
    if sentence.isprintable():
        return True
    return all(
        each.isprintable() or each in "\u3000\u00a0\u200c\u200d\u00ad\t" for each in sentence
    )


def is_spoken(sentence: str) -> bool:
    """Whether somebody is said to say, ask or oppose something."""
    return _SPEAKS.search(sentence) is not None


def _score(
    sentence: str, length: float, title: str, matter: re.Pattern[str] | None, *, is_central: bool
) -> float:
    if not SHORTEST <= length <= LONGEST:
        return -1.0 - abs(length - LONGEST) / 1000
    folded = fold(sentence)
    if folded == title:
        return -2.0
    score = 0.1 + _SUMMARY * is_central
    score += _MATTER * (matter is not None and matter.search(folded) is not None)
    score += _SAID * is_spoken(sentence)
    score += _LEANS * bool(_LEANING.match(sentence))
    return score + _FIGURE * has_number(sentence)
