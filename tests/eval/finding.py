"""Whether a long article is found by its title, or by a sentence about it: ways to embed it.

    python -m tests.eval.finding --data DIR

DIR holds full_articles: 60 articles in Chinese and 60 in English with title, description and body;
all 120 are the haystack. The texts that are embedded, or indexed for words, have no title when a
title is asked (it would find itself), and no description ever. Ways to make vectors of an article:

    lead        its beginning, as far as the model reads (`passage_tokens`)
    summary     its summary; when a description is asked, after the title: as searches have it
    mean        the mean of the vectors of its parts of a page or so
    parts       the likeliest of its parts: some 14 times the vectors, and the time

Models: the bilingual tower, as searches have it; the Chinese one; `routed`: a Chinese question is
compared with Chinese articles by the Chinese tower, else by the bilingual one; `both`: the same
with the mean of both towers' cosines. Told is the mean reciprocal rank in percent by meaning alone,
and joined with words (`core.fusion`); words alone stand below. With the weights that ship (four
minutes on two busy cores; "title" and "description" is what was asked):

                          title, zh         title, en     description, zh   description, en
                       meaning  joined   meaning  joined   meaning  joined   meaning  joined
    summary bilingual    86.8    96.0      88.7   100.0      97.9   100.0      97.1    99.2
    summary chinese      97.1    97.1      72.2    98.5     100.0   100.0      89.1    99.2
    summary routed       96.3    96.4      88.7   100.0     100.0   100.0      97.1    99.2
    lead    bilingual    87.4    95.8      86.9   100.0      95.2    99.2      95.3    99.2
    lead    routed       98.5    97.8      86.9   100.0      98.8   100.0      95.3    99.2
    mean    bilingual    91.8    97.2      94.1   100.0      97.6    99.2      93.0    99.2
    mean    routed       98.8    98.3      94.1   100.0      99.2   100.0      93.0    99.2
    parts   bilingual    93.0    97.2      93.4    99.2      95.8    99.2      96.3    99.2
    parts   routed       99.2    98.3      93.4    99.2     100.0   100.0      96.3    99.2
    words                        95.6              98.3              88.3              99.2

The first line is what searches do, and stays. With words, which every search has, the others gain
2.3 points at most, which is one or two questions of 60, and only where a Chinese title is asked of
a text that lacks it; they cost a second index whose cosines are on another scale, or fourteen times
the vectors. The mean of summary and lead, tried once, is as good as either. By meaning alone the
Chinese tower finds Chinese titles far better: whoever lets it embed should begin there.
"""

import argparse
import gzip
import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np

from core.domain import Document
from core.fusion import fuse
from core.indexing import embedding_text
from core.models.encoder import Encoder
from core.models.entailer import CHINESE
from core.models.model_folder import BUILTIN
from core.models.summariser import ExtractiveSummariser
from core.ports import KeywordQuery, Scored, Vectors
from core.query import parse
from core.search import DEPTH
from core.sentences import split
from core.store.database import Database
from core.store.keyword import FtsKeywordIndex
from core.taxonomy import starter

PART = {"zh": 250, "en": 800}  # characters: what the towers read at once, with some room


@dataclass(frozen=True, slots=True)
class Article:
    """A long text."""

    language: str
    title: str
    description: str
    body: str


TODAY = date(2026, 1, 1)  # no question names a day


def articles(data: Path) -> list[Article]:
    """All of them, those in Chinese and in English mixed as in the file."""
    with gzip.open(data / "full_articles/taiwan_md.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return [Article(row["lang"][:2], row["title"], row["description"], row["body"]) for row in rows]


# ── ways to cut ──────────────────────────────────────────────────────────────────────────────────


def lead(article: Article, *, title: str | None) -> list[str]:
    """The beginning, cut by the model."""
    return ["\n".join(filter(None, (title, article.body)))]


def summary(article: Article, *, title: str | None) -> list[str]:
    """As searches have it."""
    made = ExtractiveSummariser().summarise(article.body, title=title)
    return [embedding_text(Document(text=article.body, title=title), made)]


def parts(article: Article, *, title: str | None) -> list[str]:
    """Sentences together, as many as fit; the first part has the title."""
    most, found = PART[article.language], [title or ""]
    for sentence in split(article.body):
        if found[-1] and len(found[-1]) + len(sentence.text) > most:
            found.append("")
        found[-1] += f" {sentence.text}"
    return found


# ── ways to compare ──────────────────────────────────────────────────────────────────────────────


class Tower:
    """Embeds each text once."""

    def __init__(self, folder: Path) -> None:
        self._encoder = Encoder(folder)
        self._known: dict[str, Vectors] = {}

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors, shape (n, size)."""
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        tokens = self._encoder.settings.passage_tokens
        self._known.update(zip(new, self._encoder.encode(new, max_tokens=tokens), strict=True))
        return np.stack([self._known[text] for text in texts])

    def likeliest(self, questions: Sequence[str], cut: Sequence[list[str]]) -> Vectors:
        """The cosine of the most alike part."""
        asked = self.embed(questions)
        return np.stack([(asked @ self.embed(each).T).max(axis=1) for each in cut], axis=1)

    def mean(self, questions: Sequence[str], cut: Sequence[list[str]]) -> Vectors:
        """The cosine of the parts' mean vector."""
        means = np.stack([self.embed(each).mean(axis=0) for each in cut])
        means /= np.linalg.norm(means, axis=1, keepdims=True)
        return self.embed(questions) @ means.T


def routed(
    bilingual: Vectors, chinese: Vectors, where: tuple[np.ndarray, np.ndarray], *, share: float
) -> Vectors:
    """Both towers, where question and article are Chinese (`where`: which are)."""
    mixed = bilingual.copy()
    here = np.ix_(*where)
    mixed[here] = (1 - share) * bilingual[here] + share * chinese[here]
    return mixed


# ── the measure ──────────────────────────────────────────────────────────────────────────────────


def reciprocal(ranked: Sequence[int], right: int) -> float:
    """1 over the rank of the right one; 0 if it was not found."""
    return 1 / (1 + list(ranked).index(right)) if right in ranked else 0.0


def found_by_words(
    questions: Sequence[str], texts: Sequence[tuple[str, str]]
) -> list[list[Scored]]:
    """What the keyword index finds for each question among texts with titles."""
    database = Database(None)
    index, tree = FtsKeywordIndex(database), starter()
    with database.transaction():
        for number, (title, body) in enumerate(texts):
            index.index(1, number, title=title, body=body)
    found = []
    for question in questions:
        query = parse(question, taxonomy=tree, today=TODAY)
        asked = KeywordQuery(all_of=query.phrases, any_of=query.words, none_of=query.without)
        found.append(index.find(1, asked, limit=DEPTH))
    database.close()
    return found


def table(
    likeness: Vectors, words: Sequence[Sequence[Scored]], groups: Mapping[str, list[int]]
) -> list[float]:
    """Of each group of questions, the mean reciprocal rank by meaning, and with words."""
    told = []
    for places in groups.values():
        alone, joined = [], []
        for place in places:
            order = np.argsort(-likeness[place], kind="stable")
            meaning = [Scored(int(each), float(likeness[place, each])) for each in order]
            alone.append(reciprocal([each.item_id for each in meaning], place))
            both = fuse(words[place], meaning[: DEPTH // 2])
            joined.append(reciprocal([each.item_id for each in both], place))
        told += [float(np.mean(alone)), float(np.mean(joined))]
    return told


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--data", type=Path, required=True)
    options = parser.parse_args(arguments)
    haystack = articles(options.data)
    bilingual, chinese = Tower(BUILTIN), Tower(BUILTIN / CHINESE)
    is_chinese = np.array([each.language == "zh" for each in haystack])
    groups = {
        tongue: [n for n, each in enumerate(haystack) if each.language == tongue]
        for tongue in ("zh", "en")
    }
    write = sys.stdout.write
    for asked in ("title", "description"):
        questions = [getattr(each, asked) for each in haystack]
        titles = [each.title if asked == "description" else None for each in haystack]
        texts = [(title or "", a.body) for title, a in zip(titles, haystack, strict=True)]
        words = found_by_words(questions, texts)
        write(f"\narticle by {asked:12} zh meaning  joined  en meaning  joined\n")
        for way, cut in {"lead": lead, "summary": summary, "mean": parts, "parts": parts}.items():
            pieces = [cut(a, title=title) for a, title in zip(haystack, titles, strict=True)]
            towers = [
                (tower.mean if way == "mean" else tower.likeliest)(questions, pieces)
                for tower in (bilingual, chinese)
            ]
            models = {
                "bilingual": towers[0],
                "chinese": towers[1],
                "routed": routed(*towers, (is_chinese, is_chinese), share=1.0),
                "both": routed(*towers, (is_chinese, is_chinese), share=0.5),
            }
            for model, likeness in models.items():
                row = "".join(f"{100 * each:10.1f}" for each in table(likeness, words, groups))
                write(f"{way:10}{model:12}{row}\n")
                sys.stdout.flush()
        alone = [
            np.mean([reciprocal([each.item_id for each in words[n]], n) for n in places])
            for places in groups.values()
        ]
        write(f"{'words':22}{100 * alone[0]:10.1f}{'':10}{100 * alone[1]:10.1f}\n")


if __name__ == "__main__":
    main()
