"""Texts to measure with, made up from a seed: no two alike, half Chinese, half English.

Words are drawn by a Zipf-like law from vocabularies of some thousand, so that an index meets common
and rare ones as it would in real texts, and near-duplicates are as rare as there.
"""

import itertools
import random

SYLLABLES = "ba ce di fo gu la mer nis tor ven pal ris sa ket lon mu ri tas"
CHARACTERS = (
    "移工環保市議會勞動部學生原住民青年租屋身心障礙聯盟要求修正公布報告立法院呼籲重視提案改善質疑長期"
    "記錄反對刪減仲介費制度空氣品質標準無障礙公車最低資都更新午餐預算河川整治海岸能源轉型農地食安"
)


def _english() -> list[str]:
    parts = SYLLABLES.split()
    return ["".join(word) for word in itertools.product(parts, parts, parts)]


def _chinese() -> list[str]:
    characters = sorted(set(CHARACTERS))
    return ["".join(word) for word in itertools.product(characters, characters)]


ENGLISH, CHINESE = _english(), _chinese()
random.Random(1).shuffle(ENGLISH)
random.Random(2).shuffle(CHINESE)


def words(chance: random.Random, count: int, *, chinese: bool) -> list[str]:
    """Words, the first of the vocabulary far more often than the last."""
    vocabulary = CHINESE if chinese else ENGLISH
    return [vocabulary[int(len(vocabulary) * chance.random() ** 3)] for _ in range(count)]


def sentence(chance: random.Random, *, chinese: bool) -> str:
    """One sentence of about twenty characters or twelve words."""
    if chinese:
        return (
            "".join(words(chance, 6, chinese=True))
            + "，"
            + "".join(words(chance, 4, chinese=True))
            + "。"
        )
    return " ".join(words(chance, chance.randint(8, 16), chinese=False)).capitalize() + "."


def text(chance: random.Random, *, sentences: int, chinese: bool | None = None) -> str:
    """A text in one language, three sentences a paragraph."""
    if chinese is None:
        chinese = chance.random() < 0.5
    parts = [sentence(chance, chinese=chinese) for _ in range(sentences)]
    gap = "" if chinese else " "
    return "\n".join(gap.join(parts[i : i + 3]) for i in range(0, len(parts), 3))


def article(chance: random.Random) -> str:
    """A page with an article of about 1,000 words, or 2,000 Chinese characters."""
    chinese = chance.random() < 0.5
    title = sentence(chance, chinese=chinese).rstrip("。.")
    body = text(chance, sentences=90, chinese=chinese)
    paragraphs = "".join(f"<p>{paragraph}</p>" for paragraph in body.split("\n"))
    return (
        f"<!doctype html><html><head><meta charset=utf-8><title>{title}</title></head><body><nav>"
        f"<a href=/>首頁</a></nav><article><h1>{title}</h1>{paragraphs}</article></body></html>"
    )


def query(chance: random.Random) -> str:
    """What somebody might type: one to three words in one language."""
    chinese = chance.random() < 0.5
    return ("" if chinese else " ").join(words(chance, chance.randint(1, 3), chinese=chinese))
