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

**A community's model** adds to another folder (`core.models.low_rank`) and has that one's judges.
It knows labels by examples, too (`core.models.learned`). The judge is asked about those as well:
let off, they would outgrow the labels beside and below them that have none.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.domain import LabelPath
from core.labelling import Threshold
from core.models import learned as learned_file
from core.models import low_rank
from core.models.encoder import Encoder, shared
from core.models.judge import Judge
from core.models.keeping import Kept
from core.models.learned import Added, Learned
from core.models.model_folder import BUILTIN, CONFIG_FILE, ModelFolder
from core.models.tokenizer import WORDPIECE_FILE
from core.ports import Entailer

BUILTIN_NAME = "builtin"
CHINESE, JUDGE = "zh", "judge"
"""Subfolders for the second tower and the pair model."""

CHINESE_SHARE = 0.8
"""Of the Chinese tower in log odds about Chinese pairs. Labels that neither tower has seen want
more of it than labels that both have: accuracy with 0.5, 0.6, 0.7, 0.8, 0.9 and it alone is 52.7,
54.1, 54.5, 54.7, 55.1, 54.4 on headlines that were left out of training, 40.1, 40.9, 41.9, 42.2,
42.4, 43.1 on statutes by ministry that were, and 31.1, 31.6, 32.3, 32.2, 32.3, 32.5 on short
requests of 26 kinds (1,500 texts each). The starter's topics, on sets that were trained on, have a
mean F1 of 0.622 with 0.6, 0.618 with 0.8, 0.616 with 0.9."""

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
        added: by hypothesis, what examples add to it.
    """

    def __init__(self, encoder: Encoder, added: Mapping[str, Added] | None = None) -> None:
        self.encoder = encoder
        self._added = added or {}
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
        if self._added:
            cosines += [
                self._added[words].to(premises[premise]) if words in self._added else 0.0
                for premise, words in pairs
            ]
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
        self._folder = folder or BUILTIN
        self._encoder = encoder
        self._threads = threads

    @cached_property
    def learned(self) -> Learned | None:
        """What the folder knows of labels by examples; ModelUnavailable if that is damaged."""
        if self._encoder is not None:
            return None
        with _explained(self._folder):
            return learned_file.read(self._folder)

    @property
    def thresholds(self) -> Mapping[LabelPath, Threshold]:
        """How sure a "yes" must be about labels that were learnt."""
        return {} if self.learned is None else self.learned.thresholds()

    @cached_property
    def _places(self) -> Mapping[str, int]:
        return {} if self.learned is None else self.learned.by_hypothesis()

    @cached_property
    def _main(self) -> Tower:
        if self._encoder is not None:
            return Tower(self._encoder)
        return self._tower(self._folder)

    @cached_property
    def _chinese(self) -> Tower | None:
        folder = self._folder / CHINESE
        if self._encoder is not None or not (folder / CONFIG_FILE).is_file():
            return None
        return self._tower(folder)

    def _tower(self, folder: Path) -> Tower:
        added: dict[str, Added] = {}
        if self._places:
            with _explained(folder):
                rows = learned_file.read_vectors(folder)
                added = {words: rows[place] for words, place in self._places.items()}
        return Tower(shared(folder, threads=self._threads), added)

    @property
    def encoders(self) -> tuple[Encoder, ...]:
        """The first tower's, then the Chinese one's if there is one."""
        towers = (self._main,) if self._chinese is None else (self._main, self._chinese)
        return tuple(tower.encoder for tower in towers)

    @cached_property
    def version(self) -> str:
        """Name of the model and digests of its files; ModelUnavailable if they are not there."""
        main = self._main.encoder.version
        if self._chinese is not None:
            main = f"{main}+{self._chinese.encoder.version.partition('@')[2]}"
        return main if self.learned is None else f"{main}+{learned_file.digest(self._folder)}"

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
        learned = self.learned
        if self._chinese is None and learned is None:
            return logits
        both = both_chinese(pairs)
        if both and self._chinese is not None:
            said = self._chinese.logits([pairs[place] for place in both])
            share = CHINESE_SHARE
            if learned is not None and learned.chinese_share is not None:
                share = learned.chinese_share
            logits[both] = (1 - share) * logits[both] + share * said
        if learned is None:
            return logits
        is_chinese = np.zeros(len(pairs), np.bool_)
        is_chinese[both] = True
        return learned.calibrated(logits, [hypothesis for _, hypothesis in pairs], is_chinese)


class BuiltinEntailer:
    """Answers by the towers and the judge together.

    Args:
        folder: of a model that `commonplace build-model` wrote, with a judge, or that adds to one;
            None is the one in the package.
        threads: for matrix products; None is one per physical core.
    """

    def __init__(self, folder: Path | None = None, *, threads: int | None = None) -> None:
        folder = folder or BUILTIN
        self.towers = TowersEntailer(folder, threads=threads)
        judges = judges_of(folder)
        self._judge = Judge(judges / JUDGE, threads=threads)
        self._chinese: Judge | None = None
        if (judges / CHINESE / JUDGE / CONFIG_FILE).is_file():
            self._chinese = Judge(judges / CHINESE / JUDGE, threads=threads)

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
        logits = joined(self.towers.logits(distinct), self.weighed(distinct))
        answers = dict(zip(distinct, probabilities(logits), strict=True))
        return [answers[pair] for pair in pairs]

    def weighed(self, pairs: Sequence[tuple[str, str]]) -> NDArray[np.float64]:
        """The judges' log odds as they are joined with the towers', of shape (pairs,)."""
        return self.judged(pairs) * self._judge.settings.weight

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
    if is_ours(folder):
        return _of_folder(folder, threads=threads)
    from core.models.pair import PairEntailer

    return PairEntailer(name, threads=threads)


def is_ours(folder: Path) -> bool:
    """Whether a folder holds a model of ours: a whole one, or one that adds to another."""
    return (folder / WORDPIECE_FILE).is_file() or low_rank.BASE in _own(folder)


def is_pair(name: str | Path) -> bool:
    """Whether a name is that of a pair model: a folder of somebody else's, or one of the hub."""
    if str(name) == BUILTIN_NAME:
        return False
    folder = Path(name).expanduser()
    return not folder.exists() or ((folder / CONFIG_FILE).is_file() and not is_ours(folder))


def judges_of(folder: Path) -> Path:
    """The folder whose judges go with a model's towers: its own, or that of what it adds to."""
    own = _own(folder)
    if low_rank.BASE in own and not (folder / JUDGE / CONFIG_FILE).is_file():
        return low_rank.base_of(folder, own)
    return folder


def _own(folder: Path) -> Mapping[str, Any]:
    """Our part of a folder's configuration; nothing where there is none, or none that is ours."""
    try:
        config = json.loads((folder / CONFIG_FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    own = config.get("commonplace") if isinstance(config, dict) else None
    return own if isinstance(own, dict) else {}


def _explained(folder: Path) -> AbstractContextManager[None]:
    """Turn what a damaged file of a folder raises into one kind of error."""
    return ModelFolder(folder, files=lambda _: ()).reading("what it learnt of labels")


def _of_folder(folder: Path, *, threads: int | None) -> Entailer:
    if (judges_of(folder) / JUDGE / CONFIG_FILE).is_file():
        return BuiltinEntailer(folder, threads=threads)
    return TowersEntailer(folder, threads=threads)
