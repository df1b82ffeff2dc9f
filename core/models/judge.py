"""The built-in pair model: premise and hypothesis read together, run by ONNX Runtime.

It sees what two towers cannot: negation, "not about", who did what to whom. In return every
question costs a pass through the model, so it is asked about likely labels only (`core.choosing`).
It is kept as what it differs by from the encoder in the folder above (see `core.models.low_rank`).
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.models import low_rank
from core.models import weights as weights_file
from core.models.batching import batches, cores
from core.models.bert import Precision, Shape, build_pair
from core.models.encoder import best_precision
from core.models.model_folder import ModelFolder, Once, Session, own_part, padded
from core.models.tokenizer import BilingualTokenizer

log = logging.getLogger(__name__)

BATCH_TOKENS = 1024


@dataclass(frozen=True, slots=True)
class Settings:
    """What `config.json` says about a pair model.

    Attributes:
        name: of the model.
        pair_tokens: where a pair is cut; the end of the premise goes.
        hypothesis_tokens: where a hypothesis is cut.
        weight: for whoever joins its answers with those of towers: its log odds times this.
    """

    name: str
    shape: Shape
    pair_tokens: int
    hypothesis_tokens: int
    weight: float


class Judge:
    """Reads pairs. Loads on first use, once for all threads.

    Args:
        folder: of a pair model that `commonplace build-model` wrote.
        threads: for matrix products; None is one per physical core.
        precision: None is "int8" where the processor computes it exactly, else "float32".
    """

    def __init__(
        self, folder: Path, *, threads: int | None = None, precision: Precision | None = None
    ) -> None:
        self.folder = folder
        self._files = ModelFolder(folder, files=lambda _: (weights_file.FILE,))
        self._threads = threads
        self._precision = precision
        self._session = Once(self._open)

    @cached_property
    def settings(self) -> Settings:
        """What the model's configuration says; ModelUnavailable where it does not fit."""
        config = self._files.config
        with self._files.reading():
            return _settings(config)

    @cached_property
    def version(self) -> str:
        """The model's name, and a digest of its files (not of those that it adds to)."""
        return f"{self.settings.name}@{self._files.digest}"

    def logits(self, pairs: Sequence[tuple[str, str]]) -> NDArray[np.float64]:
        """Log odds of entailment, of shape (pairs,), in the order given.

        Args:
            pairs: n pairs of (premise, hypothesis). One that is too long loses the end of its
                premise.

        Raises:
            ModelUnavailable: a file is missing, damaged or does not fit.
        """
        answers = np.empty(len(pairs), np.float64)
        if not pairs:
            return answers
        session = self._session()
        numbers = self._numbers(pairs)
        lengths = [len(premise) + len(hypothesis) for premise, hypothesis in numbers]
        for batch in batches(lengths, max_tokens=BATCH_TOKENS):
            ids, mask = padded([[*numbers[index][0], *numbers[index][1]] for index in batch])
            types = mask.copy()
            for row, index in enumerate(batch):
                types[row, : len(numbers[index][0])] = 0
            answers[batch] = session.run("logits", ids=ids, mask=mask, types=types)[:, 0]
        return answers

    def _numbers(self, pairs: Sequence[tuple[str, str]]) -> list[tuple[list[int], list[int]]]:
        """Token numbers of both sides: "[CLS] premise [SEP]" and "hypothesis [SEP]"."""
        settings, tokenizer = self.settings, self._tokenizer

        def encoded(texts: list[str], limit: int) -> dict[str, list[int]]:
            distinct = list(dict.fromkeys(texts))
            return dict(zip(distinct, tokenizer.encode(distinct, max_tokens=limit), strict=True))

        premises = encoded([premise for premise, _ in pairs], settings.pair_tokens)
        hypotheses = encoded([claim for _, claim in pairs], settings.hypothesis_tokens)
        found = []
        for premise, claim in pairs:
            right = hypotheses[claim][1:]
            left = premises[premise]
            room = settings.pair_tokens - len(right)
            if len(left) > room:
                left = [*left[: room - 1], left[-1]]
            found.append((left, right))
        return found

    @cached_property
    def _tokenizer(self) -> BilingualTokenizer:
        return BilingualTokenizer(self._base)

    @cached_property
    def _own(self) -> dict[str, Any]:
        return own_part(self._files.config, kind="pair")

    @property
    def _base(self) -> Path:
        return low_rank.base_of(self.folder, self._own)

    def _open(self) -> Session:
        settings, threads = self.settings, self._threads or cores()
        with self._files.reading(weights_file.FILE):
            self._tokenizer.load()
            weights = low_rank.read(self.folder, self._own)
            precision = self._precision or best_precision()
            model = build_pair(weights, settings.shape, precision=precision)
        log.info("loaded judge %s precision=%s threads=%d", self.version, precision, threads)
        return Session(model, threads=threads)


def _settings(config: dict[str, Any]) -> Settings:
    own = own_part(config, kind="pair")
    try:
        return Settings(
            name=str(own["name"]),
            shape=Shape.of(config),
            pair_tokens=min(int(own["pair_tokens"]), int(config["max_position_embeddings"])),
            hypothesis_tokens=int(own["hypothesis_tokens"]),
            weight=float(own["weight"]),
        )
    except KeyError as error:
        raise ValueError(f"it does not say {error}") from error
