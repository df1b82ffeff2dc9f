"""What a text is written in, as a BCP 47 tag: "zh-Hant", "zh-Hans", "en", "ja", …

Scripts decide first: kana makes Japanese, Hangul Korean, Thai letters Thai. Chinese is told from
Latin text around it by what carries the sentences: an article in Chinese keeps its English names
without English grammar, so Latin words count in full only as far as function words stand among
them. Traditional and Simplified are told apart by the two national character sets: what stands in
Big5 but not in GB 2312 is Traditional, and the other way round. English is known by its function
words; only for what remains (other languages of the Latin, Cyrillic, Arabic and Devanagari scripts)
a trained model is loaded (py3langid, naive Bayes over byte n-grams; 0.4 s and 75 MB at first use).
"""

import re
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

SAMPLE = 6000
"""Characters looked at: the beginning of the text."""

_ADDRESS = re.compile(
    r"https?://\S+|www\.\S+|(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]{1,64}@[\w.-]+|[#@][\w.]+"
)

_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af]")
_KANA = re.compile("[\u3041-\u3096\u30a1-\u30fa\uff66-\uff6f\uff71-\uff9d]")
_HANGUL = re.compile("[\u1100-\u11ff\u3131-\u318e\uac00-\ud7a3]")
_BOPOMOFO = re.compile("[\u3105-\u312f]")
_CANTONESE = re.compile("[嘅啲咗哋佢喺嚟㗎冇咁唔嗰]")
_WORD = re.compile("[^\\W\\d_\u0370-\U000323af]+(?:['\u2019][a-z]+)?")  # Latin letters

_OWN_SCRIPTS = {
    "th": re.compile("[\u0e01-\u0e4e]"),
    "el": re.compile("[\u0370-\u03ff\u1f00-\u1fff]"),
    "he": re.compile("[\u05d0-\u05ea]"),
    "hy": re.compile("[\u0531-\u0587]"),
    "ka": re.compile("[\u10a0-\u10ff]"),
    "km": re.compile("[\u1780-\u17dd]"),
    "lo": re.compile("[\u0e81-\u0edf]"),
    "my": re.compile("[\u1000-\u109f]"),
    "bo": re.compile("[\u0f00-\u0fff]"),
    "bn": re.compile("[\u0980-\u09fe]"),
    "ta": re.compile("[\u0b80-\u0bff]"),
    "te": re.compile("[\u0c00-\u0c7f]"),
    "si": re.compile("[\u0d80-\u0df4]"),
}
"""Scripts that one language has (nearly) to itself."""

_SHARED_SCRIPTS = {
    "cyrillic": (re.compile("[\u0400-\u052f]"), "be bg kk ky mk mn ru sr tg uk"),
    "arabic": (re.compile("[\u0620-\u06ff]"), "ar fa ku ps ug ur"),
    "devanagari": (re.compile("[\u0900-\u097f]"), "hi mr ne"),
}
_LATIN = (
    "af ca cs cy da de en eo es et eu fi fr ga gl hr hu id is it la lt lv ms mt nl no pl pt ro sk "
    "sl sq sv sw tl tr vi"
)
"""Languages that the model may name, by script: with all 140, short English goes to rare ones."""

_ENGLISH = frozenset(
    re.findall(
        r"\w+",
        """
        the of and to in is that for with on as was are by this be from at have has it an not or
        which were but their they its he his she her who will would been more than about what how
        why when after your you we our can could should into over new says said if my i do does did
        up out all there these those them him had because where while
        """,
    )
)
"""Function words of English, and a few that headlines use in their stead."""

MIN_UNITS = 2.5
"""Words (a Chinese character counts two thirds) below which nothing is said."""

MIN_KANA = 0.12
"""Share of kana among kana and characters that makes Japanese; running Japanese has over a half,
Chinese about Japan a few hundredths."""

MIN_PROBABILITY = 0.4
"""The model's least certainty; swept 0.3-0.8 on 46 sentences and titles in 22 languages and 4,000
English news titles: at 0.4 five titles in a thousand get no answer and one a wrong one."""


def detect(text: str) -> str | None:
    """Name the language of a text.

    Args:
        text: any text; the first `SAMPLE` characters are looked at.

    Returns:
        A BCP 47 tag, for Chinese with its script: "zh-Hant", "zh-Hans", and "zh" where every
        character is common to both. None if the text is too short or too unclear to say.
    """
    sample = _ADDRESS.sub(" ", text[: SAMPLE * 2])[:SAMPLE]
    han, kana, hangul = (len(p.findall(sample)) for p in (_HAN, _KANA, _HANGUL))
    words = [word.lower() for word in _WORD.findall(sample)]

    east = (han + kana + hangul) / 1.5
    if east >= MIN_UNITS and east >= _running(words):
        if hangul > han + kana:
            return "ko"
        if kana >= 2 and kana >= MIN_KANA * (han + kana):
            return "ja"
        return _chinese(sample)

    script, letters = _main_script(sample)
    if letters > len(words) * 5:
        if script in _OWN_SCRIPTS:
            return script if letters >= 4 else None
        return _by_model(sample, _SHARED_SCRIPTS[script][1]) if letters >= 8 else None
    if len(words) < MIN_UNITS:
        return None
    if _is_english(words):
        return "en"
    return _by_model(" ".join(words), _LATIN)


def _running(words: list[str]) -> float:
    """How many Latin words belong to running text, and not to names within another language."""
    grammar = sum(word in _ENGLISH for word in words)
    return max(2.5 * grammar, 0.25 * len(words))


def _is_english(words: list[str]) -> bool:
    """Whether enough distinct function words stand in it: other languages share one or two."""
    found = Counter(word for word in words if word in _ENGLISH)
    return len(found) >= 3 and found.total() >= 0.15 * len(words)


def _chinese(sample: str) -> str:
    traditional, simplified = _one_sided()
    score = len(_CANTONESE.findall(sample)) / 100  # counts where nothing else does
    score += len(_BOPOMOFO.findall(sample))
    for character, times in Counter(_HAN.findall(sample)).items():
        score += times * ((character in traditional) - (character in simplified))
    if not score:
        return "zh"
    return "zh-Hant" if score > 0 else "zh-Hans"


@cache
def _one_sided() -> tuple[frozenset[str], frozenset[str]]:
    """The characters of Big5 that GB 2312 lacks, and of GB 2312 that Big5 lacks."""
    big5 = _charset("big5", range(0xA4, 0xFA), (*range(0x40, 0x7F), *range(0xA1, 0xFF)))
    gb2312 = _charset("gb2312", range(0xB0, 0xF8), range(0xA1, 0xFF))
    return big5 - gb2312, gb2312 - big5


def _charset(codec: str, leads: range, trails: range | tuple[int, ...]) -> frozenset[str]:
    pairs = bytes(byte for lead in leads for trail in trails for byte in (lead, trail))
    return frozenset(_HAN.findall(pairs.decode(codec, errors="ignore")))


def _main_script(sample: str) -> tuple[str, int]:
    """The script, other than Latin and the East Asian ones, with the most letters, and how many."""
    patterns = _OWN_SCRIPTS | {name: pattern for name, (pattern, _) in _SHARED_SCRIPTS.items()}
    counts = {name: len(pattern.findall(sample)) for name, pattern in patterns.items()}
    name = max(counts, key=lambda name: counts[name])
    return name, counts[name]


def _by_model(sample: str, languages: str) -> str | None:
    allowed = set(languages.split())
    ranked = [(name, score) for name, score in _model().rank(sample) if name in allowed]
    name, score = ranked[0]
    return name if score >= MIN_PROBABILITY * sum(score for _, score in ranked) else None


@cache
def _model() -> "LanguageIdentifier":
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
