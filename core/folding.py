"""One spelling for what people see as the same word: the form that texts are compared in.

Two texts fold alike when they differ only in width (ＡＢＣ, ABC), in case, in the accents of Latin,
Greek and Cyrillic letters (café, cafe), in Traditional or Simplified characters (網路, 网路), in
regional variants of a character (臺 台, 裏 裡, 着 著, 衛 衞) or in characters that nobody sees.
Marks that make another letter stay: か is not が, and Hangul and Devanagari are left whole.

It works cluster by cluster (a character with the marks that attach to it), each on its own, so that
every folded character knows where it came from. Chinese characters are mapped one to one rather
than by OpenCC's phrases, which would make the fold of a word depend on its neighbours.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from opencc import OpenCC

# Most of all text: characters that no mark is made of and that attach to nothing. Left out are
# combining marks, single jamo, kana voicing marks, format characters, and all that is rare.
_PLAIN = (
    "\\x00-\u00ac\u00ae-\u02ff\u0370-\u0482\u048a-\u052f\u1e00-\u1fff\u2010-\u2027\u2030-\u205e"
    "\u20a0-\u20bf\u2100-\u2bff\u2e80-\u2fdf\u3000-\u3029\u3030-\u3096\u309b-\u312f\u31f0-\u9fff"
    "\uac00-\ud7a3\uff01-\uff9d"
)
_ODD = re.compile(f"[^{_PLAIN}]+")

_ACCENTS = re.compile("[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]")
"""Combining marks of Latin, Greek and Cyrillic letters and of symbols (Unicode, Blocks.txt)."""

_UNSEEN = re.compile(
    "[\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]"
)
"""Fillers and variation selectors; format characters (category Cf) are dropped besides."""

_HAN = (
    *range(0x2E80, 0x2FE0),
    *range(0x3400, 0xA000),
    *range(0xF900, 0xFB00),
    *range(0x20000, 0x323B0),
)

_ALIKE = {
    # letters that Unicode does not take apart, spelled as people type them
    **dict(zip("øłđħŧı", "oldhti", strict=True)),
    "æ": "ae",
    "œ": "oe",
    # one apostrophe, one quotation mark, one hyphen
    **dict.fromkeys("\u2018\u2019\u02bc", "'"),
    **dict.fromkeys("\u201c\u201d", '"'),
    **dict.fromkeys("\u2010\u2011", "-"),
    # Chinese: variants that OpenCC's t2s leaves, from its tables of Taiwan's and Hong Kong's forms
    **dict(zip("著衞敍枱粧糭衹痺睪簷鯰", "着卫叙台妆粽只痹睾檐鲇", strict=True)),
    # half-simplified twins of what t2s gives
    **dict(zip("馀谘钜讬迳锺麺缐", "余咨巨托径钟面线", strict=True)),
    # pairs that writers mix (計畫 計劃), and that OpenCC joins in some phrases only
    **dict(zip("妳画覆藉瞭", "你划复借了", strict=True)),
}


def fold(text: str) -> str:
    """Spell a text in the one form in which it is compared.

    Args:
        text: any text.

    Returns:
        The folded text, which may be shorter or longer; `fold(fold(text)) == fold(text)`.

    Source: NFKC and casefold as in Unicode Standard Annex 15 and chapter 3.13; Chinese variants
    from OpenCC's dictionaries.
    """
    if text.isascii():
        return text.lower()
    table = _table()
    folded: list[str] = []
    for start, middle, end in _stretches(text):
        folded.append(text[start:middle].translate(table))
        folded.extend(_fold_cluster(cluster) for _, cluster in _clusters(text, middle, end))
    return "".join(folded)


def fold_with_offsets(text: str) -> tuple[str, list[int]]:
    """Fold a text and tell where each folded character came from.

    Args:
        text: any text.

    Returns:
        `fold(text)`, and for each of its characters the index in `text` of the character it came
        from (of the first one, where a letter and its marks became one); indexes never fall.
    """
    if text.isascii():
        return text.lower(), list(range(len(text)))
    table = _table()
    folded: list[str] = []
    offsets: list[int] = []

    def add(index: int, part: str) -> None:
        folded.append(part)
        offsets.extend([index] * len(part))

    for start, middle, end in _stretches(text):
        plain = text[start:middle]
        part = plain.translate(table)
        if table.uneven.isdisjoint(plain):
            folded.append(part)
            offsets.extend(range(start, middle))
        else:
            for index, character in enumerate(plain, start):
                add(index, character.translate(table))
        for index, cluster in _clusters(text, middle, end):
            add(index, _fold_cluster(cluster))
    return "".join(folded), offsets


def to_simplified(text: str) -> str:
    """Convert Traditional to Simplified Chinese exactly as OpenCC's `t2s` does, by phrases.

    For models that were trained on text so converted; for comparing texts, use `fold`.
    """
    try:
        converted: str = _converter().convert(text)
    except UnicodeEncodeError:  # half of a surrogate pair, which OpenCC cannot take
        whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        converted = _converter().convert(whole)
    return converted


def to_traditional(text: str) -> str:
    """Convert Simplified to Traditional Chinese as OpenCC's `s2t` does, to show what has no form of
    its own in a font; for comparing texts, use `fold`."""
    converted: str = _to_traditional().convert(text)
    return converted


# ── clusters ─────────────────────────────────────────────────────────────────────────────────────


def _stretches(text: str) -> Iterator[tuple[int, int, int]]:
    """Cut a text into (start, middle, end): plain from start, clusters to look at from middle."""
    start = 0
    for odd in _ODD.finditer(text):
        middle = max(start, odd.start() - 1)  # marks attach to the plain character before them
        yield start, middle, odd.end()
        start = odd.end()
    yield start, len(text), len(text)


def _clusters(text: str, start: int, end: int) -> Iterator[tuple[int, str]]:
    """Cut a stretch into characters with the marks that attach to them, with where each starts."""
    for index in range(start + 1, end):
        if not _attaches(text[index]):
            yield start, text[start:index]
            start = index
    if start < end:
        yield start, text[start:end]


@lru_cache(maxsize=8192)
def _attaches(character: str) -> bool:
    """Whether a character may join with the one before it, or vanishes."""
    first = unicodedata.normalize("NFKD", character)[0]
    return (
        unicodedata.category(first)[0] == "M"
        or "\u1160" <= first <= "\u11ff"  # vowels and finals of Hangul
        or not _fold_cluster(character)
    )


@lru_cache(maxsize=8192)
def _fold_cluster(cluster: str) -> str:
    """Fold one cluster; repeated until nothing changes, since each step may call for another."""
    while (folded := _fold_once(cluster)) != cluster:
        cluster = folded
    return folded


def _fold_once(cluster: str) -> str:
    bare = _ACCENTS.sub("", unicodedata.normalize("NFKD", cluster))
    bare = _UNSEEN.sub("", bare)
    bare = "".join(letter for letter in bare if unicodedata.category(letter) != "Cf")
    cased = unicodedata.normalize("NFKC", bare).casefold()
    return unicodedata.normalize("NFKC", cased.translate(_han()))


# ── tables, made on first use ────────────────────────────────────────────────────────────────────


class _Table(dict[int, int | str]):
    """What each single character folds to; learnt as characters are met.

    Attributes:
        uneven: those met that do not fold to exactly one character.
    """

    def __init__(self) -> None:
        super().__init__()
        self.uneven: set[str] = set()

    def __missing__(self, code: int) -> int | str:
        character = chr(code)
        folded = _fold_cluster(character)
        if len(folded) != 1:
            self.uneven.add(character)
        self[code] = code if folded == character else folded
        return self[code]


@cache
def _table() -> _Table:
    return _Table()


@cache
def _han() -> dict[int, str]:
    """Every Chinese character that is written otherwise, with its one form, and `_ALIKE`."""
    characters = "".join(map(chr, _HAN))
    simplified = _converter().convert("\n".join(characters)).split("\n")
    pairs = dict(zip(characters, simplified, strict=True)) | _ALIKE
    return {ord(one): form for one, form in pairs.items() if one != form}


@cache
def _converter() -> "OpenCC":
    """OpenCC's `t2s`; making it takes milliseconds, and converting is safe in many threads."""
    from opencc import OpenCC

    return OpenCC("t2s")


@cache
def _to_traditional() -> "OpenCC":
    from opencc import OpenCC

    return OpenCC("s2t")
