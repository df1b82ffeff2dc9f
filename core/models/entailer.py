"""The built-in entailer: two towers to compare, a pair model to judge.

**Towers.** Premise and hypothesis are encoded apart, and the log odds grow with the cosine of their
vectors, so that a label's hypothesis is encoded once and for all. A folder may hold a second tower,
which knows Chinese words better: where both sides are Chinese, the log odds of both are averaged.

**Judge.** A folder may hold a pair model, which reads both sides together: it sees negation and
"not about", for which towers are blind. A folder with a Chinese tower may hold a Chinese judge
beside it, which then reads pairs whose sides are both Chinese. A "yes" needs both: the odds against
add up, as if a label had to pass one after the other. So an answer is never higher than the towers'
own, which cost next to nothing, and the judge need be asked only about what they leave standing
(`core.models.annotator`).
"""

import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import chain
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.models.encoder import Encoder, shared
from core.models.judge import Judge
from core.models.keeping import Kept
from core.models.model_folder import BUILTIN, CONFIG_FILE
from core.models.tokenizer import WORDPIECE_FILE
from core.ports import Entailer

BUILTIN_NAME = "builtin"
CHINESE, JUDGE = "zh", "judge"
"""Subfolders for the second tower and the pair model."""

CHINESE_SHARE = 0.6
"""Of the Chinese tower in log odds about Chinese pairs. F1 of the starter's topics in Chinese on
statutes and headlines, both seen in training: 0.70 and 0.39 with it alone, 0.74 and 0.38 with the
other, 0.76 and 0.40 with half of each (`core.labelling.DEFAULT_RULE`, 300 texts). On headlines that
neither had seen, accuracy falls from 54.9 (it alone) to 54.0 with 0.7 and 51.7 with half."""

_HYPOTHESES_KEPT = 4096  # 6 MB; a taxonomy of 1,000 labels in two languages fits
_PREMISES_KEPT = 256  # a tree is asked level by level about the same premises

_Vectors = Kept[str, NDArray[np.float32]]
_LETTERS = re.compile(r"[^\W\d_]")
_HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff]")
_LOOKED_AT = 400  # characters that decide on a text's language


class Tower:
    """One encoder with the vectors that it made last.

    Args:
        encoder: makes vectors; its settings turn cosines into log odds.
    """

    def __init__(self, encoder: Encoder) -> None:
        self.encoder = encoder
        self._hypotheses: _Vectors = Kept(_HYPOTHESES_KEPT)
        self._premises: _Vectors = Kept(_PREMISES_KEPT)

    def logits(self, pairs: Sequence[tuple[str, str]]) -> NDArray[np.float64]:
        """Log odds of entailment, of shape (pairs,); repeated sides are encoded once."""
        settings = self.encoder.settings
        premises = self._vectors(
            [premise for premise, _ in pairs], self._premises, max_tokens=settings.text_tokens
        )
        hypotheses = self._vectors(
            [hypothesis for _, hypothesis in pairs],
            self._hypotheses,
            max_tokens=settings.hypothesis_tokens,
        )
        cosines = np.array(
            [premises[premise] @ hypotheses[hypothesis] for premise, hypothesis in pairs],
            np.float64,
        )
        return settings.scale * cosines + settings.bias

    def _vectors(
        self, texts: Sequence[str], kept: _Vectors, *, max_tokens: int
    ) -> dict[str, NDArray[np.float32]]:
        found = kept.get(texts)
        missing = [text for text in dict.fromkeys(texts) if text not in found]
        if missing:
            vectors = self.encoder.encode(missing, max_tokens=max_tokens)
            # a row alone, not a view that keeps its batch
            new = {text: row.copy() for text, row in zip(missing, vectors, strict=True)}
            kept.put(new)
            found |= new
        return found


class TowersEntailer:
    """Answers by the likeness of two vectors.

    Args:
        folder: of a model that `commonplace build-model` wrote; None is the one in the package.
        encoder: to be used instead of the folder's shared one; then there is no second tower.
        threads: for matrix products; None is one per physical core.
    """

    def __init__(
        self,
        folder: Path | None = None,
        *,
        encoder: Encoder | None = None,
        threads: int | None = None,
    ) -> None:
        folder = folder or BUILTIN
        self._main = Tower(encoder or shared(folder, threads=threads))
        self._chinese: Tower | None = None
        if encoder is None and (folder / CHINESE / CONFIG_FILE).is_file():
            self._chinese = Tower(shared(folder / CHINESE, threads=threads))

    @property
    def encoders(self) -> tuple[Encoder, ...]:
        """The first tower's, then the Chinese one's if there is one."""
        towers = (self._main,) if self._chinese is None else (self._main, self._chinese)
        return tuple(tower.encoder for tower in towers)

    @cached_property
    def version(self) -> str:
        """Name of the model and digests of its files; ModelUnavailable if they are not there."""
        main = self._main.encoder.version
        if self._chinese is None:
            return main
        return f"{main}+{self._chinese.encoder.version.partition('@')[2]}"

    def entail(self, pairs: Sequence[tuple[str, str]]) -> list[float]:
        """Answer many questions in one call; repeated premises and hypotheses cost once.

        Args:
            pairs: n pairs of (premise, hypothesis), each cut at the length that the model's
                configuration names.

        Returns:
            n probabilities, 0 to 1, in the order given.

        Raises:
            ModelUnavailable: the model's files are missing or damaged.
        """
        return probabilities(self.logits(pairs))

    def logits(self, pairs: Sequence[tuple[str, str]]) -> NDArray[np.float64]:
        """The same as log odds, of shape (pairs,)."""
        logits = self._main.logits(pairs)
        if self._chinese is None:
            return logits
        if both := both_chinese(pairs):
            said = self._chinese.logits([pairs[place] for place in both])
            logits[both] = (1 - CHINESE_SHARE) * logits[both] + CHINESE_SHARE * said
        return logits


class BuiltinEntailer:
    """Answers by the towers and the judge together.

    Args:
        folder: of a model that `commonplace build-model` wrote, with a judge; None is the one in
            the package.
        threads: for matrix products; None is one per physical core.
    """

    def __init__(self, folder: Path | None = None, *, threads: int | None = None) -> None:
        folder = folder or BUILTIN
        self.towers = TowersEntailer(folder, threads=threads)
        self._judge = Judge(folder / JUDGE, threads=threads)
        self._chinese: Judge | None = None
        if (folder / CHINESE / JUDGE / CONFIG_FILE).is_file():
            self._chinese = Judge(folder / CHINESE / JUDGE, threads=threads)

    @property
    def judges(self) -> tuple[Judge, ...]:
        """The first judge, then the Chinese one if there is one."""
        return (self._judge,) if self._chinese is None else (self._judge, self._chinese)

    @cached_property
    def version(self) -> str:
        """Name of the model and digests of its files; ModelUnavailable if they are not there."""
        digests = [judge.version.partition("@")[2] for judge in self.judges]
        return "+".join([self.towers.version, *digests])

    def entail(self, pairs: Sequence[tuple[str, str]]) -> list[float]:
        """Answer many questions in one call; a pair that is asked twice costs once.

        Args:
            pairs: n pairs of (premise, hypothesis), each cut at the length that the model's
                configuration names.

        Returns:
            n probabilities, 0 to 1, in the order given.

        Raises:
            ModelUnavailable: the model's files are missing or damaged.
        """
        distinct = list(dict.fromkeys(pairs))
        said = self.judged(distinct) * self._judge.settings.weight
        logits = joined(self.towers.logits(distinct), said)
        answers = dict(zip(distinct, probabilities(logits), strict=True))
        return [answers[pair] for pair in pairs]

    def judged(self, pairs: Sequence[tuple[str, str]]) -> NDArray[np.float64]:
        """The judges' log odds alone, of shape (pairs,), unweighted."""
        logits = np.empty(len(pairs), np.float64)
        for judge, places in self._shared_out(pairs):
            logits[places] = judge.logits([pairs[place] for place in places])
        return logits

    def _shared_out(self, pairs: Sequence[tuple[str, str]]) -> Iterator[tuple[Judge, list[int]]]:
        """Which judge reads which pairs, by their places."""
        both: set[int] = set()
        if self._chinese is not None:
            both = set(both_chinese(pairs))
            yield self._chinese, sorted(both)
        yield self._judge, [place for place in range(len(pairs)) if place not in both]


def joined(towers: NDArray[np.float64], judge: NDArray[np.float64]) -> NDArray[np.float64]:
    """Log odds of a "yes" that needs both: their odds against add up; never above either."""
    both: NDArray[np.float64] = -np.logaddexp(-towers, -judge)
    return both


def probabilities(logits: NDArray[np.float64]) -> list[float]:
    """Log odds as probabilities, 0 to 1."""
    answers: list[float] = (1 / (1 + np.exp(-logits))).tolist()
    return answers


def is_chinese(text: str) -> bool:
    """Whether a text is to be read as Chinese: at least a third of its letters are Han characters.

    A Han character says as much as three or four letters, so a Chinese text with English names in
    it is still one.
    """
    head = text[:_LOOKED_AT]
    han = len(_HAN.findall(head))
    return han > 0 and 3 * han >= len(_LETTERS.findall(head))


def both_chinese(pairs: Sequence[tuple[str, str]]) -> list[int]:
    """The places of the pairs whose sides are both to be read as Chinese."""
    sides = {text: is_chinese(text) for text in dict.fromkeys(chain.from_iterable(pairs))}
    return [place for place, pair in enumerate(pairs) if all(sides[text] for text in pair)]


def make_entailer(name: str | None, *, threads: int | None = None) -> Entailer:
    """Make the entailer that a configuration names; nothing is loaded yet.

    Args:
        name: None or "builtin"; a folder with a model of ours; else a folder or the hub name of a
            sequence-classification model, which needs the extra `hub`.
        threads: for matrix products; None is one per physical core.
    """
    if name is None or name == BUILTIN_NAME:
        return _of_folder(BUILTIN, threads=threads)
    folder = Path(name).expanduser()
    if (folder / WORDPIECE_FILE).is_file():
        return _of_folder(folder, threads=threads)
    from core.models.pair import PairEntailer

    return PairEntailer(name, threads=threads)


def _of_folder(folder: Path, *, threads: int | None) -> Entailer:
    if (folder / JUDGE / CONFIG_FILE).is_file():
        return BuiltinEntailer(folder, threads=threads)
    return TowersEntailer(folder, threads=threads)
