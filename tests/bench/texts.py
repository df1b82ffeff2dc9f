"""Texts to measure with, made up from a seed: no two alike, half Chinese, half English.

Words are drawn from the vocabulary of the built-in model by a Zipf-like law, so that a text has as
many tokens as a real one of its length, an index meets common and rare words, and near-duplicates
are as rare as in life.
"""

import json
import random
import re
from functools import cache
from importlib import resources

MODEL = resources.files("core") / "models" / "builtin"


@cache
def vocabulary(*, chinese: bool) -> list[str]:
    """Words of two characters or more, in an order of their own: the first will be common."""
    if chinese:
        lines = (MODEL / "pieces.tsv").read_text("utf-8").splitlines()
        found = [line.split("\t")[0] for line in lines]
        found = [word for word in found if re.fullmatch("[\u4e00-\u9fff]{2,3}", word)]
    else:
        known = json.loads((MODEL / "wordpiece.json").read_text("utf-8"))["model"]["vocab"]
        found = [word for word in known if re.fullmatch("[a-z]{3,12}", word)]
    random.Random(1).shuffle(found)
    return found


def words(chance: random.Random, count: int, *, chinese: bool) -> list[str]:
    """Words, the first of the vocabulary far more often than the last."""
    known = vocabulary(chinese=chinese)
    return [known[int(len(known) * chance.random() ** 3)] for _ in range(count)]


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
