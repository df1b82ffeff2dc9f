"""Fakes of the four model ports: quick, deterministic, and right in a way that a test can foresee.

All of them read a text as a set of terms: words of letters and digits (case and width alike) and
single Chinese characters. What shares terms is alike; what shares none is not.
"""

import re
import unicodedata
import zlib
from collections.abc import Collection, Mapping, Sequence
from typing import Literal

import numpy as np

from core.domain import (
    Answer,
    Extract,
    ItemLabel,
    Labelling,
    Language,
    Premise,
    Summary,
)
from core.ports import Examples, Vectors
from core.taxonomy import Label, Taxonomy

_TERM = re.compile(r"[\u3400-\u9fff]|[^\W_\u3400-\u9fff]+")
_SENTENCE = re.compile(r"[^。！？.!?\n]+[。！？.!?]*[」』”\"']?")
_QUOTED = re.compile(r"「(.+)」")


def terms(text: str) -> list[str]:
    """The words and Chinese characters of a text, in order, case and width folded."""
    return _TERM.findall(unicodedata.normalize("NFKC", text).casefold())


class FakeEntailer:
    """Says yes when the hypothesis' claim shares all its terms with the premise, no when none.

    The claim is what stands between 「 and 」, else after "about ", else the whole hypothesis.

    Args:
        answers: probabilities by hypothesis, or by (premise, hypothesis); they win over the rule.
        version: as a model would state it.

    Attributes:
        asked: every pair it was ever asked, in order.
    """

    def __init__(
        self,
        answers: Mapping[str | tuple[str, str], float] | None = None,
        *,
        version: str = "fake-entailer@1",
    ) -> None:
        self._answers = dict(answers or {})
        self._version = version
        self.asked: list[tuple[str, str]] = []

    @property
    def version(self) -> str:
        return self._version

    def entail(self, pairs: Sequence[tuple[str, str]]) -> list[float]:
        self.asked.extend(pairs)
        return [self._answer(premise, hypothesis) for premise, hypothesis in pairs]

    def _answer(self, premise: str, hypothesis: str) -> float:
        if (premise, hypothesis) in self._answers:
            return self._answers[premise, hypothesis]
        if hypothesis in self._answers:
            return self._answers[hypothesis]
        claim = set(terms(_claim(hypothesis)))
        if not claim:
            return 0.5
        shared = len(claim & set(terms(premise))) / len(claim)
        return 0.02 + 0.96 * shared


def _claim(hypothesis: str) -> str:
    quoted = _QUOTED.search(hypothesis)
    return quoted.group(1) if quoted else hypothesis.rpartition("about ")[2]


class FakeEmbedder:
    """Counts terms into a few buckets: texts that share terms point the same way.

    Args:
        size: length of a vector.
        version: as a model would state it.

    Attributes:
        embedded: every text it was ever given, in order.
    """

    def __init__(self, *, size: int = 64, version: str = "fake-embedder@1") -> None:
        self._size = size
        self._version = version
        self.embedded: list[str] = []

    @property
    def version(self) -> str:
        return self._version

    @property
    def size(self) -> int:
        return self._size

    def embed(
        self, texts: Sequence[str], *, role: Literal["passage", "query"] = "passage"
    ) -> Vectors:
        self.embedded.extend(texts)
        vectors = np.zeros((len(texts), self._size), dtype=np.float32)
        for row, text in enumerate(texts):
            for term in terms(text):
                vectors[row, zlib.crc32(term.encode()) % self._size] += 1
            if not vectors[row].any():
                vectors[row, 0] = 1
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        return vectors


class FakeSummariser:
    """Keeps the first sentences as long as they fit, at least one.

    Args:
        max_characters: the sentences kept have at most so many together (a first longer one stays).
    """

    def __init__(self, *, max_characters: int = 200) -> None:
        self._max_characters = max_characters

    @property
    def method(self) -> str:
        return f"fake-lead@1/{self._max_characters}"

    def summarise(self, text: str, *, title: str | None = None) -> Summary:
        kept: list[Extract] = []
        room = self._max_characters
        for found in _SENTENCE.finditer(text):
            sentence = found.group().strip()
            if not terms(sentence):
                continue
            if kept and len(sentence) > room:
                break
            start = found.start() + found.group().index(sentence)
            kept.append(Extract(start, start + len(sentence), sentence))
            room -= len(sentence)
        return Summary(tuple(kept), self.method)


class FakeWriter:
    """Words a summary: what it is told to, else the beginning of the text.

    Args:
        words: what it says.
        error: what it raises instead.

    Attributes:
        read: every text that it was given, in order.
    """

    version = "fake-writer@1"

    def __init__(self, words: str | None = None, *, error: Exception | None = None) -> None:
        self._words = words
        self._error = error
        self.read: list[str] = []

    def write(self, text: str, *, title: str | None, most: int) -> str:
        self.read.append(text)
        if self._error is not None:
            raise self._error
        return text[:most] if self._words is None else self._words


class FakeAnnotator:
    """Gives a label when one of its names or aliases, in any language, stands in the premise.

    Children are asked under accepted parents only (all with `exhaustive`); in a dimension of choice
    "one", the first match in file order wins at each level.

    Args:
        version: the model's name and version in the labelling.

    Attributes:
        annotated: every premise it was ever given, in order.
        earlier: what each call brought along of labellings made before.
    """

    def __init__(self, *, version: str = "fake-annotator@1") -> None:
        self._version = version
        self.annotated: list[Premise] = []
        self.earlier: list[tuple[Labelling, ...]] = []

    def annotate(
        self,
        premises: Sequence[Premise],
        *,
        taxonomy: Taxonomy,
        language: Language,
        exhaustive: bool = False,
        earlier: Collection[Labelling] = (),
        examples: Examples | None = None,
    ) -> list[Labelling]:
        self.annotated.extend(premises)
        self.earlier.append(tuple(earlier))
        return [self._label(premise, taxonomy, language, exhaustive) for premise in premises]

    def _label(
        self, premise: Premise, taxonomy: Taxonomy, language: Language, exhaustive: bool
    ) -> Labelling:
        answers: list[Answer] = []
        accepted: list[ItemLabel] = []

        def descend(labels: Sequence[Label], *, one: bool, may_accept: bool) -> None:
            for label in labels:
                score = 0.9 if _mentions(premise.text, label) else 0.1
                answers.append(Answer(label.path, _name(label, language), score))
                taken = may_accept and score > 0.5
                if taken:
                    accepted.append(ItemLabel(label.path, score))
                    may_accept = not one
                if taken or exhaustive:
                    descend(label.children, one=one, may_accept=taken)

        for dimension in taxonomy.dimensions:
            descend(dimension.labels, one=dimension.choice == "one", may_accept=True)
        return Labelling(
            premise=premise,
            language=language,
            model=self._version,
            wording=taxonomy.wording,
            answers=tuple(answers),
            labels=tuple(accepted),
        )


def _mentions(text: str, label: Label) -> bool:
    """Whether the text has one of the label's words, or one of its descendants'."""
    words = [*label.names.values(), *(a for group in label.aliases.values() for a in group)]
    folded = unicodedata.normalize("NFKC", text).casefold()
    return any(unicodedata.normalize("NFKC", word).casefold() in folded for word in words) or any(
        _mentions(text, child) for child in label.children
    )


def _name(label: Label, language: Language) -> str:
    return label.names.get(language) or next(iter(label.names.values()))
