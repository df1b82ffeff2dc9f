"""What bytes say: from a declared character set that may be wrong to the right text.

Declarations are candidates, not facts: Taiwanese pages of the last thirty years say ISO-8859-1 or
UTF-8 over Big5 bytes. The order is that of how hard a claim is to make by accident:

1. a byte order mark;
2. the escape sequences of ISO-2022-JP, and the zero bytes of UTF-16 and UTF-32;
3. valid UTF-8 with something outside ASCII in it;
4. what the page says (`<meta charset>`), then what the transport said, if the text that comes out
   looks like writing and no detected character set makes clearly better sense;
5. detection: of the character sets of the web, the one whose text looks most like writing.

Labels mean what browsers take them to mean (WHATWG Encoding Standard, "Names and labels"):
"gb2312" is GB 18030, "iso-8859-1" is windows-1252, "big5" is Big5 with the HKSCS and cp950
additions.
"""

import codecs
import re
from dataclasses import dataclass

from core.sources.tidy import is_han


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text and the Python codec that gave it; `declared` says whether somebody had named it."""

    text: str
    codec: str
    declared: bool


# WHATWG labels that Python knows under another meaning or not at all; the rest go to codecs.lookup.
_WHATWG = {
    "utf8": "utf-8", "unicode-1-1-utf-8": "utf-8", "x-unicode20utf8": "utf-8",
    "gb2312":
    "gb18030",
    "gb_2312-80":
    "gb18030",
    "gbk":
    "gb18030",
    "x-gbk":
    "gb18030",
    "gb18030":
    "gb18030",
    "chinese":
    "gb18030",
    "csgb2312":
    "gb18030",
    "cp936":
    "gb18030",
    "ms936":
    "gb18030",
    "euc-cn":
    "gb18030",
    "iso-ir-58": "gb18030", "hz-gb-2312": "hz",
    "big5": "big5", "big5-hkscs": "big5", "cn-big5": "big5", "csbig5": "big5", "x-x-big5": "big5",
    "cp950": "big5", "ms950": "big5", "big-5": "big5", "big5-eten": "big5", "x-windows-950": "big5",
    "shift_jis":
    "cp932",
    "shift-jis":
    "cp932",
    "sjis":
    "cp932",
    "x-sjis":
    "cp932",
    "ms_kanji":
    "cp932",
    "csshiftjis": "cp932", "windows-31j": "cp932", "ms932": "cp932", "cp932": "cp932",
    "euc-jp": "euc_jp", "x-euc-jp": "euc_jp", "cseucpkdfmtjapanese": "euc_jp",
    "iso-2022-jp": "iso2022_jp", "csiso2022jp": "iso2022_jp",
    "euc-kr": "cp949", "ks_c_5601-1987": "cp949", "ks_c_5601-1989": "cp949", "korean": "cp949",
    "ksc5601":
    "cp949",
    "ksc_5601":
    "cp949",
    "windows-949":
    "cp949",
    "cp949":
    "cp949",
    "uhc":
    "cp949",
    "ascii": "cp1252", "us-ascii": "cp1252", "ansi_x3.4-1968": "cp1252", "iso-8859-1": "cp1252",
    "iso8859-1":
    "cp1252",
    "iso88591":
    "cp1252",
    "iso_8859-1":
    "cp1252",
    "latin1":
    "cp1252",
    "l1":
    "cp1252",
    "cp819": "cp1252", "x-cp1252": "cp1252", "windows-1252": "cp1252",
    "iso-8859-9":
    "cp1254",
    "latin5":
    "cp1254",
    "iso-8859-11":
    "cp874",
    "tis-620":
    "cp874",
    "windows-874":
    "cp874",
    "x-cp1250": "cp1250", "x-cp1251": "cp1251", "koi8-ru": "koi8_u", "x-mac-roman": "mac_roman",
    "macintosh": "mac_roman", "utf-16": "utf-16-le", "unicode": "utf-16-le", "ucs-2": "utf-16-le",
    "iso-10646-ucs-2": "utf-16-le", "utf-16le": "utf-16-le", "utf-16be": "utf-16-be",
}  # fmt: skip

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

_DETECTED = ("big5", "gb18030", "cp932", "euc_jp", "cp949", "cp1252", "cp1251")

_META_WINDOW = 4096
"""Bytes in which a page must declare itself. The standard says 1024; pages with long heads do not
know."""

_META = re.compile(
    rb"""<meta[^>]{0,500}?charset\s{0,20}=\s{0,20}["']?\s{0,20}([A-Za-z0-9_:.\-]{2,40})"""
    rb"""|^\s{0,100}<\?xml[^>]{0,200}?encoding\s{0,20}=\s{0,20}["']([A-Za-z0-9_:.\-]{2,40})""",
    re.IGNORECASE,
)

_COMMENT = re.compile(rb"<!--.*?(?:-->|\Z)", re.DOTALL)

_SAMPLE = 4000
"""Characters outside ASCII that are looked at to judge a decoding."""

_GOOD = 0.12
"""A declared character set below this is not writing in it. On the sentences of test_charset.py,
texts score 0.45 to 0.82 in their own character set; in a wrong one below 0.26, but EUC-JP reaches
0.5 as GB 18030, with which it shares its kana."""

_LEAD = 0.15
"""A detected character set must beat a declared one that passes `_GOOD` by this much; the least
distance between right and wrong on the same sentences is 0.22."""

_MOST_ERRORS = 0.03
"""Share of undecodable characters that still passes for a few broken ones: pages cut a text by
bytes."""


def codec_for(label: str | None) -> str | None:
    """The Python codec for a declared label, as browsers read it; None for an unknown one."""
    if not label:
        return None
    name = label.strip().strip("\"'").lower()
    if name in _WHATWG:
        return _WHATWG[name]
    try:
        found = codecs.lookup(name)
    except (LookupError, ValueError):
        return None
    # base64, rot13 and friends are codecs too, but no character sets
    return found.name if getattr(found, "_is_text_encoding", True) else None


def meta_charset(data: bytes) -> str | None:
    """The label that a page declares in its own head, outside comments."""
    head = _COMMENT.sub(b"", data[:_META_WINDOW])
    match = _META.search(head)
    if match is None:
        return None
    return (match.group(1) or match.group(2)).decode("ascii")


def decode(data: bytes, *, declared: str | None = None, is_markup: bool = False) -> Decoded:
    """Turn bytes into text; always succeeds, with U+FFFD for what cannot be read.

    Args:
        data: the whole body.
        declared: the transport's label, not yet believed.
        is_markup: also look for `<meta charset>` and an XML declaration.
    """
    for mark, marked in _MARKS:
        if data.startswith(mark):
            return Decoded(data[len(mark) :].decode(marked, "replace"), marked, declared=True)
    if (wide := _wide_codec(data)) is not None:
        return Decoded(data.decode(wide, "replace"), wide, declared=False)

    labels = [meta_charset(data) if is_markup else None, declared]
    named = list(dict.fromkeys(codec for label in labels if (codec := codec_for(label))))
    if data.isascii():
        return _decode_ascii(data, named)
    try:
        return Decoded(data.decode("utf-8"), "utf-8", declared="utf-8" in named)
    except UnicodeDecodeError:
        return _decode_legacy(data, named)


def _wide_codec(data: bytes) -> str | None:
    """UTF-16 or UTF-32 without a mark, told by where the zero bytes of its ASCII letters stand."""
    sample = data[:4096]
    if len(sample) < 8 or b"\0" not in sample:
        return None
    quarter = len(sample) // 4
    zeros = [sample[offset::4].count(0) / quarter for offset in range(4)]
    if min(zeros[1:]) > 0.9 and zeros[0] < 0.1:
        return "utf-32-le"
    if min(zeros[:3]) > 0.9 and zeros[3] < 0.1:
        return "utf-32-be"
    even, odd = zeros[0] + zeros[2], zeros[1] + zeros[3]
    if odd > 0.4 and even < 0.02:
        return "utf-16-le"
    if even > 0.4 and odd < 0.02:
        return "utf-16-be"
    return None


def _decode_ascii(data: bytes, named: list[str]) -> Decoded:
    """Seven-bit bytes: ASCII, unless escape sequences say otherwise."""
    if b"\x1b$" in data or b"\x1b(" in data:
        try:
            return Decoded(
                data.decode("iso2022_jp_2"), "iso2022_jp", declared="iso2022_jp" in named
            )
        except UnicodeDecodeError:
            pass
    if "hz" in named and b"~{" in data:
        return Decoded(data.decode("hz", "replace"), "hz", declared=True)
    return Decoded(data.decode("ascii"), "utf-8", declared="utf-8" in named)


def _decode_legacy(data: bytes, named: list[str]) -> Decoded:
    """No valid UTF-8: weigh the declared character sets against the detected ones."""
    broken = data.decode("utf-8", "replace")
    if _errors(broken) <= _MOST_ERRORS:
        return Decoded(broken, "utf-8", declared="utf-8" in named)

    texts = {codec: _try(data, codec) for codec in dict.fromkeys([*named, *_DETECTED])}
    scores = {
        codec: _writing(text) - 10 * max(0.0, _errors(text) - _MOST_ERRORS)
        for codec, text in texts.items()
    }
    best = max(_DETECTED, key=lambda codec: scores[codec])
    for codec in named:
        if scores[codec] >= _GOOD and scores[codec] >= scores[best] - _LEAD:
            return Decoded(texts[codec], codec, declared=True)
    if scores[best] < 0 and named:
        best = named[0]  # no writing in any: then as declared
    return Decoded(texts[best], best, declared=best in named)


def _try(data: bytes, codec: str) -> str:
    """Decode; Big5 takes what cp950 lacks from HKSCS, the rest becomes U+FFFD."""
    if codec != "big5":
        return data.decode(codec, "replace")
    # Idempotent; here and not at import, because nothing happens at import.
    codecs.register_error("commonplace-hkscs", _from_hkscs)
    return data.decode("cp950", "commonplace-hkscs")


def _from_hkscs(error: UnicodeError) -> tuple[str, int]:
    """Read two bytes that cp950 does not know as HKSCS; else put U+FFFD and pass over them."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    pair = error.object[error.start : error.start + 2]
    if len(pair) == 2:
        try:
            return pair.decode("big5hkscs"), error.start + 2
        except UnicodeDecodeError:
            pass
    # As browsers do: an ASCII byte after a bad lead byte is not swallowed, or it would eat markup.
    swallow = 2 if len(pair) == 2 and pair[1] >= 0x80 else 1
    return "\ufffd", error.start + swallow


def _errors(text: str) -> float:
    """Share of U+FFFD among the characters outside ASCII, 0 to 1."""
    bad = text.count("\ufffd")
    if not bad:
        return 0.0
    outside = sum(1 for character in text if not character.isascii())
    return bad / outside


# The most frequent characters of running text; they make up about 30 % of it, and 2 % of a text
# read in the wrong character set.
_FREQUENT = frozenset(
    "的一是在不了有和人這中大為上個國我以要他時來用們生到作地於出就分對成會可主發"
    "年動同工也能下過子說產種面而方後"
    "多定行學法所民得經十三之進著等部度家電力裡如水化高自二理起小物現實加量都兩體"
    "制機當使點從業本去把性好應開它合"
    "還因由其些然前外天政四日那社義事平形相全表間樣與關各重新線內數正心反你明看原"
    "又麼利比或但質氣第向道命此變條只"
    "没沒結解問意建月公無系軍很情者最立代想已通並提直題黨程展五果料象員革位入常文"
    "總次品式活設及管特件長求老頭基資"
    "边這为个国时来们对会发动过说产种后经进着里电现实两体机当点从业应开还关样与线"
    "内数变条结问无军员总设长资"
    "台灣報導新聞表示記者今天民眾市府政府縣區中心網站台北請本會公司服務資訊活動教"
    "育環境議員委員立法院"
    "，。、；：？！「」『』（）《》〈〉“”‘’…—・　"
)

_SYLLABLES = frozenset(
    "이다는의에을를고하가한은로지사도기어자시서나대인전정해과그수일리으있라보니만들것"
)


def _writing(text: str) -> float:
    """How much the characters outside ASCII look like writing, about -1 to 1.

    The mean over a sample of: +1 for a frequent character of a script, somewhat less for kana,
    for letters from Greek to Thai among their like, for an accented letter in a Latin word and for
    a typographic quote; 0 for another Chinese character; -1 for what nobody writes (private use,
    controls, half-width kana), and nearly that for a lone accented letter.
    """
    total = 0.0
    seen = 0
    for match in _OUTSIDE.finditer(text):
        run = match.group()
        before = text[match.start() - 1] if match.start() else " "
        after = text[match.end()] if match.end() < len(text) else " "
        for at, character in enumerate(run):
            left = run[at - 1] if at else before
            right = run[at + 1] if at + 1 < len(run) else after
            total += _merit(character, left, right)
        seen += len(run)
        if seen >= _SAMPLE:
            break
    return total / seen if seen else 0.0


# dashes, quotes, bullet, ellipsis, euro, trademark and the everyday signs of Latin-1
_TYPOGRAPHY = frozenset("–—‘’“”•…€™\u00a0©«®°·»")

_OUTSIDE = re.compile(r"[^\x00-\x7f]{1,4000}")


def _merit(character: str, left: str, right: str) -> float:
    """One character's share in `_writing`."""
    if character in _FREQUENT or character in _SYLLABLES:
        return 1.0
    if "\u3041" <= character <= "\u30fe":
        return 0.8
    if is_han(character):
        return 0.0 if character >= "\u4e00" else -0.5
    if "\uac00" <= character <= "\ud7a3":
        return 0.3
    if _is_alphabetic(character):
        is_mixed = any(other.isascii() and other.isalpha() for other in (left, right))
        return 0.5 if (_is_alphabetic(left) or _is_alphabetic(right)) and not is_mixed else -0.5
    if "\u00c0" <= character <= "\u024f" and character not in "×÷":
        # an accented letter stands in a word of plain letters; a run of them is another script's
        # bytes
        return (
            0.7
            if (left.isascii() and left.isalpha()) or (right.isascii() and right.isalpha())
            else -0.8
        )
    if character in _TYPOGRAPHY:
        return 0.5 if left.isascii() and right.isascii() else -0.2
    if "\uff01" <= character <= "\uff5e" or "\u3000" <= character <= "\u303f":
        return 0.4
    return -1.0


def _is_alphabetic(character: str) -> bool:
    """Whether a character belongs to an alphabet other than Latin: Greek to Thai, by block."""
    return "\u0370" <= character <= "\u0e5b"
