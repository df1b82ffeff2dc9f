"""Words as search sees them: how a folded text becomes a stream of tokens, and a query its terms.

Scripts that put spaces between words give words; digits stand alone, so that "covid19", "COVID-19"
and "Covid 19" are the same two tokens. Scripts without spaces (Chinese, Japanese, Thai ...), and
Hangul, whose words carry their particles, give overlapping pairs of characters and, at the end of
each run, its last character: 移工權益 is 移工 工權 權益 益. Every part of two characters is one
token, every longer part a phrase of neighbours, every single character the beginning of a token;
and nothing is found across a full stop. No dictionary decides what a word is.

Everything here takes text that went through `core.folding.fold`.

Source: pairs of characters do as well for Chinese as a segmenter or better: Nie et al. 2000, "On
the use of words and n-grams for Chinese information retrieval"; plural endings: the S-stemmer of
Harman 1991, "How effective is suffixing?".
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

_UNSPACED = (
    "\u3005-\u3007\u3021-\u3029\u3031-\u3035\u3038-\u303b"  # 々〆〇 and old numerals
    "\u3041-\u309a\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff"  # kana
    "\u3105-\u312f\u31a0-\u31bf"  # bopomofo
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"  # Chinese characters
    "\u1100-\u11ff\uac00-\ud7a3"  # Hangul
    "\u0e01-\u0e3a\u0e40-\u0e4e\u0e81-\u0ece\u0edc-\u0edf"  # Thai, Lao
    "\u0f40-\u0fbc\u1000-\u103f\u1050-\u109d\u1780-\u17d3"  # Tibetan, Burmese, Khmer
)
_MARKS = "\u0591-\u05c7\u064b-\u065f\u0670\u0900-\u0963\u0971-\u0de5\u0df2-\u0df3"
"""Vowel signs and points that belong to a word but that `\\w` leaves out."""

_LETTER = f"(?:[^\\W\\d_{_UNSPACED}]|[{_MARKS}])"
_TOKEN = re.compile(
    f"(?P<run>[{_UNSPACED}]+)"
    f"|(?P<number>\\d{{1,3}}(?:,\\d{{3}})+(?!\\d)|\\d+)"
    f"|(?P<word>{_LETTER}+(?:'{_LETTER}+)*)"
)


class Token(NamedTuple):
    """One token and the part of the folded text it was made of: `folded[start:end]`.

    A tuple, because a long text has ten thousand: it is made three times as fast as a dataclass.
    """

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Term:
    """Something to find: tokens side by side.

    Attributes:
        tokens: at least one, none with a space or a quotation mark in it.
        is_prefix: the last token need only begin so (a single character of an unspaced script).
    """

    tokens: tuple[str, ...]
    is_prefix: bool = False


def tokens(folded: str) -> Iterator[Token]:
    """Cut a folded text into tokens, in order."""
    for found in _TOKEN.finditer(folded):
        start, end = found.span()
        match found.lastgroup:
            case "run":
                for index in range(start, end - 1):
                    yield Token(folded[index : index + 2], index, index + 2)
                yield Token(folded[end - 1], end - 1, end)
            case "number":
                yield Token(found.group().replace(",", ""), start, end)
            case _:
                yield Token(_stem(found.group()), start, end)


def stream(folded: str) -> str:
    """A folded text's tokens with a space after each: what an index stores."""
    return " ".join(token.text for token in tokens(folded))


def phrase(folded: str) -> Term | None:
    """The whole of something typed as one term, found only side by side; None without a word."""
    pieces = list(_TOKEN.finditer(folded))
    if not pieces:
        return None
    found = [token.text for piece in pieces for token in tokens(piece.group())]
    if pieces[-1].lastgroup != "run":
        return Term(tuple(found))
    if len(pieces[-1].group()) == 1:
        return Term(tuple(found), is_prefix=True)
    return Term(tuple(found[:-1]))  # the text may go on where the query ends


def terms(folded: str) -> list[Term]:
    """The parts of a typed word that are evidence each by itself, without repetition.

    Args:
        folded: a folded word or a run of them: "ikea買家具", "covid-19".

    Returns:
        Pairs of characters for unspaced scripts; for others, what stands together without a space
        is one term, so that "covid-19" is not found by every 19.
    """
    found: dict[Term, None] = {}
    group: list[str] = []
    end = 0
    for piece in _TOKEN.finditer(folded):
        joined = not any(gap.isspace() for gap in folded[end : piece.start()])
        if group and (piece.lastgroup == "run" or not joined):
            found[Term(tuple(group))] = None
            group = []
        end = piece.end()
        if piece.lastgroup != "run":
            group += [token.text for token in tokens(piece.group())]
        elif len(piece.group()) == 1:
            found[Term((piece.group(),), is_prefix=True)] = None
        else:
            pairs = list(tokens(piece.group()))[:-1]
            found.update(dict.fromkeys(Term((pair.text,)) for pair in pairs))
    if group:
        found[Term(tuple(group))] = None
    return list(found)


def _stem(word: str) -> str:
    """Without the plural's ending and without apostrophes: workers, worker's -> worker."""
    if not word.isascii():
        return word.replace("'", "")
    word = word.removesuffix("'s").replace("'", "")
    if len(word) < 4 or not word.endswith("s") or word.endswith(("us", "ss")):
        return word
    if word.endswith("ies"):
        return word if word.endswith(("eies", "aies")) else word[:-3] + "y"
    if word.endswith("es"):
        return word if word.endswith(("aes", "ees", "oes")) else word[:-1]
    return word[:-1]
