"""What a clean text is: NFC, no control or invisible characters, one paragraph a line.

Every source ends here, so that the same words always come out as the same characters, whatever
the page did with non-breaking spaces, soft hyphens, byte order marks and joiners.
"""

import re
import unicodedata

_INVISIBLE = dict.fromkeys(
    [
        *range(0x09), *range(0x0B, 0x20), *range(0x7F, 0xA0),  # C0 and C1, but tab and newline
        0x00AD, 0x034F, 0x061C, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180E,  # soft hyphen, fillers
        *range(0x200B, 0x200C), *range(0x200E, 0x2010), *range(0x202A, 0x202F),  # directions
        *range(0x2060, 0x2070), 0x3164, 0xFEFF, 0xFFA0, *range(0xFFF9, 0xFFFC), 0xFFFE, 0xFFFF,
        *range(0xD800, 0xE000),  # surrogates never stand alone in a text
        *range(0xE0001, 0xE0080),  # language tags
    ]
)  # fmt: skip

# line feeds in disguise: CR, CRLF, NEL, vertical tab, form feed, line and paragraph separators
_LINE_BREAKS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_SPACES = re.compile(r"[^\S\n]+")

# A joiner (ZWNJ, ZWJ) shapes Persian, Indic scripts and emoji. Beside a letter of any other script
# it is litter that breaks words for a search.
_JOINER = re.compile("[\u200c\u200d]")


def clean(text: str) -> str:
    """Make a text of paragraphs clean: NFC, one paragraph a line, no empty lines.

    Args:
        text: anything decoded.

    Returns:
        The text without control, zero-width and directional characters; lines trimmed of all
        kinds of space (the ideographic one included), inner runs of spaces as one space, except
        that an ideographic space inside a line stays ideographic.
    """
    text = _LINE_BREAKS.sub("\n", text).translate(_INVISIBLE)
    if "\u200c" in text or "\u200d" in text:
        text = _JOINER.sub(_joiner_or_nothing, text)
    text = unicodedata.normalize("NFC", text)
    text = _SPACES.sub(_one_space, text)
    lines = (line.strip() for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def clean_line(text: str | None) -> str | None:
    """Make a title, a name or another single line clean; None where nothing is left."""
    if text is None:
        return None
    return clean(text).replace("\n", " ").strip() or None


def is_han(character: str) -> bool:
    """Whether a character is a Chinese one (the unified blocks, kana excluded)."""
    return (
        "\u4e00" <= character <= "\u9fff"
        or "\u3400" <= character <= "\u4dbf"
        or "\U00020000" <= character <= "\U0003ffff"
    )


def is_wide(character: str) -> bool:
    """Whether a character belongs to a script that is written without spaces between words.

    Chinese characters, kana, and their full-width punctuation; not hangul, which has spaces.
    """
    return (
        is_han(character)
        or "\u3000" <= character <= "\u30ff"
        or "\uff00" <= character <= "\uffef"
        or "\uf900" <= character <= "\ufaff"
    )


def weight(text: str) -> int:
    """How much a text says, comparable between Chinese and English.

    A Chinese character, a kana or a hangul syllable counts one; a run of other letters or digits
    counts two: an English text has about half as many words as its translation has characters.
    """
    syllables = sum(
        1 for c in text if is_han(c) or "\u3040" <= c <= "\u30ff" or "\uac00" <= c <= "\ud7a3"
    )
    return syllables + 2 * len(_WORD.findall(text))


_WORD = re.compile(r"(?:(?![\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3\U00020000-\U0003ffff])\w)+")


def _one_space(match: re.Match[str]) -> str:
    return "\u3000" if "\u3000" in match.group() else " "


def _joiner_or_nothing(match: re.Match[str]) -> str:
    """Keep a joiner that stands between two characters which can be joined."""
    text, at = match.string, match.start()
    if at == 0 or at + 1 == len(text):
        return ""
    return match.group() if _joins(text[at - 1]) and _joins(text[at + 1]) else ""


def _joins(character: str) -> bool:
    """Whether a joiner can mean something beside it: emoji (and their selectors), Arabic, Indic."""
    return (
        "\u0600" <= character <= "\u08ff"
        or "\u0900" <= character <= "\u0dff"
        or "\u2190" <= character <= "\u2bff"
        or character == "\ufe0f"
        or character >= "\U0001f000"
    )
