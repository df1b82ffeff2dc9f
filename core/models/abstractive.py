"""Summaries in a model's own words, shown only if the text's own sentences bear them out.

A writer words a summary; the extractive summariser quotes one, for every text. What was worded is
shown in place of the quotation, and marked, if nothing speaks against it (`objection`): cheap tests
of what models get wrong, and of what a page could make one say. They cannot prove that a summary is
true. Labels and search rest on the quotation in any case, and where a writer fails, or the text is
short enough to be its own summary, the quotation is all there is.

Source: on what abstractive summaries invent, Maynez et al. 2020, arXiv:2005.00661; that numbers and
names in a summary must be found in its source is the check of Nan et al. 2021, arXiv:2102.09130.
"""

import logging
import re
import unicodedata
from typing import Protocol

from core.domain import Summary
from core.errors import CommonplaceError
from core.folding import fold
from core.language import detect
from core.models.boilerplate import units
from core.ports import Embedder, Summariser

log = logging.getLogger(__name__)

MAX_READ = 6_000
"""Characters of a text that a writer reads: two pages, where articles say what they are about."""

MIN_LIKENESS = 0.5
"""Least cosine between a summary and the quoted one, by the built-in embedder.

Of 120 articles in Chinese and English (swept 0.3-0.6), 96 % of the descriptions that their authors
wrote reach it, and 4 % of those of other articles; at 0.4 these are 99 and 20 %. Of the same
descriptions 98 pass `objection`; the others have numbers, names or quotations in another wording.
"""

_SURNAMES = (
    "王李張陳劉楊黃吳林徐周朱馬胡郭何高鄭羅宋謝唐韓曹許鄧蕭馮曾程蔡彭潘袁于董余蘇葉呂魏蔣田杜丁沈姜"
    "范江傅鍾盧汪戴崔任陸廖姚方金邱夏譚韋賈鄒石熊孟秦閻薛侯雷白龍段郝孔邵史毛常萬顧賴武康賀嚴尹錢施"
    "柯莊游洪詹簡翁温溫連"
)
_SPEAKS = (
    "表示|說|指出|認為|強調|呼籲|批評|主張|坦言|總統|院長|部長|次長|市長|縣長|局長|處長|主席|"
    "立委|議員|教授|委員|律師|醫師|先生|女士|小姐|執行長|理事長|秘書長"
)
_PERSON = re.compile(f"[{_SURNAMES}][\u4e00-\u9fff]{{1,2}}(?={_SPEAKS})")
_QUOTED = re.compile('[「『《〈“"]([^」』》〉”"]{2,})[」』》〉”"]')
_NUMBER = re.compile(r"\d+(?:[.,:]\d+)*|[〇零一二三四五六七八九十百千萬億兆]{2,}")
_ADDRESS = re.compile(r"https?:|www\.|[\w.]+@[\w.]+|(?<!\w)@\w+|\w\.(?:com|org|net|tw|io|me)\b")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_ENDS = re.compile(r"(?:^|[.!?:;。！？：；]['\"”’)）」』]*\s*|\n\s*)['\"“‘(（「『]*$")
_OPENERS = frozenset(
    fold(
        "a about above across after against all almost along although among an and another as at "
        "because before both but by despite during "
        "each even every few first following for four from he her here his how however if in "
        "instead it its last later many meanwhile more moreover most new no not now of on once one "
        "only other others our over people several she since so some still such that the their "
        "then there these they this those though three through to today two under until we what "
        "when where whether which while who why with without you"
    ).split()
)


class Writer(Protocol):
    """Words summaries."""

    @property
    def version(self) -> str:
        """Kind and name of the model."""
        ...

    def write(self, text: str, *, title: str | None, most: int) -> str:
        """Word a summary of at most `most` Chinese characters, or three times as many letters.

        Raises:
            CommonplaceError: it cannot now, or at all; its message says why.
        """
        ...


class CheckedSummariser:
    """Quotes sentences, and words a summary beside them if that passes the checks.

    Args:
        writer: words it.
        extractive: quotes.
        embedder: says how alike two texts are.
        max_characters: the longest summary, as `core.models.summariser` counts.
        min_likeness: least cosine of what was worded and what was quoted.
    """

    def __init__(
        self,
        writer: Writer,
        extractive: Summariser,
        embedder: Embedder,
        *,
        max_characters: int = 220,
        min_likeness: float = MIN_LIKENESS,
    ) -> None:
        self._writer = writer
        self._extractive = extractive
        self._embedder = embedder
        self._most = max_characters
        self._min_likeness = min_likeness

    @property
    def method(self) -> str:
        """Both methods; whether it was worded in the end, `Summary.generated` tells."""
        return f"{self._extractive.method}+{self._writer.version}"

    def summarise(self, text: str, *, title: str | None = None) -> Summary:
        """Quote, and word; see `core.ports.Summariser`. A writer that fails is no failure."""
        quoted = self._extractive.summarise(text, title=title).extracts
        summary = Summary(quoted, self.method)
        if units(text) <= self._most:
            return summary
        try:
            words = self._writer.write(text[:MAX_READ], title=title, most=self._most)
        except CommonplaceError as error:
            log.warning("no summary worded: %s", error)
            return summary
        words = " ".join(unicodedata.normalize("NFC", words).split())
        source = f"{title or ''}\n{text}"
        problem = objection(words, source, most=self._most) or self._strays(words, summary.text)
        if problem is not None:
            log.info("summary refused: %s", problem)
            return summary
        return Summary(quoted, self.method, generated=words)

    def _strays(self, words: str, quoted: str) -> str | None:
        one, other = self._embedder.embed([words, quoted])
        return "far from the text" if float(one @ other) < self._min_likeness else None


def objection(summary: str, source: str, *, most: float) -> str | None:
    """Why a worded summary is not shown; None if nothing speaks against it.

    1. It says something, and not more than asked for.
    2. It is in the source's language and script.
    3. Its numbers, addresses, names and quotations are in the source. Names: capitalised words; in
       Chinese, what stands before "said" or a title and begins with a surname.

    Args:
        summary: as worded, on one line.
        source: title and text.
        most: as it was asked for, in units of `core.models.boilerplate.units`; a fifth more passes.

    Returns:
        A few words for the log, without any of the text's.
    """
    # 1. length
    if not units(summary):
        return "empty"
    if units(summary) > 1.2 * most:
        return "too long"
    # 2. language
    if not _is_of_language(summary, detect(source)):
        return "another language"
    # 3. facts
    return unfounded(summary, source)


def unfounded(words: str, source: str) -> str | None:
    """What is worded that its source does not have: a number, an address, a name or a quotation;
    None if there is none. Names are looked for where both are in one script: in another they are
    written otherwise."""
    known = fold(source)
    if _numbers(words) - _numbers(source):
        return "a number that the text does not have"
    if any(fold(found) not in known for found in _ADDRESS.findall(words)):
        return "an address that the text does not have"
    if any(fold(found) not in known for found in _QUOTED.findall(words)):
        return "a quotation that the text does not have"
    if not _is_of_language(words, detect(source)):
        return None
    if any(fold(found) not in known for found in _PERSON.findall(words)):
        return "a name that the text does not have"
    if _unknown_names(words, source):
        return "a name that the text does not have"
    return None


def _is_of_language(summary: str, language: str | None) -> bool:
    """Whether a summary may be in a text's language: what is too short to say passes, what is
    common to Traditional and Simplified suits both."""
    found = detect(summary)
    if found is None or language is None or found == language:
        return True
    return "zh" in (found, language) and found.startswith("zh") and language.startswith("zh")


def _numbers(text: str) -> set[str]:
    """Numbers as they stand, without what groups their digits."""
    folded = unicodedata.normalize("NFKC", text)
    return {
        re.sub(r",(?=\d{3}(?!\d))", "", found).replace(",", ".")
        for found in _NUMBER.findall(folded)
    }


def _unknown_names(summary: str, source: str) -> bool:
    """Whether a capitalised word is not in the source. One that opens a sentence may be any word of
    grammar, or another form of a word that is there."""
    words = {word.lower() for word in _WORD.findall(source)}
    parts = words | {part for word in words for part in re.split("['’-]", word)}
    stems = {word[:6] for word in parts}
    for found in _WORD.finditer(summary):
        word = re.sub("['’]s$", "", found[0])
        if not word[0].isupper() or word.lower() in parts:
            continue
        if all(part.lower() in parts for part in re.split("['’-]", word)):
            continue
        is_first = _ENDS.search(summary[: found.start()]) is not None
        lowered = word.lower()
        if is_first and (lowered in _OPENERS or (len(word) > 5 and lowered[:6] in stems)):
            continue
        return True
    return False
