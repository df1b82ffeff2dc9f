"""Any sequence-classification model with an entailment label, read by `transformers` and torch.

A pair model reads premise and hypothesis together, so it can judge negation and stance, at the
price of one pass per pair. Which output column means entailment is found by its name, never by its
place: the order differs from model to model.
"""

import hashlib
import logging
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from core.errors import ModelUnavailable
from core.models.batching import batches, cores

log = logging.getLogger(__name__)

ENTAILMENT = frozenset(
    {"entailment", "entail", "entails", "entailed", "蘊含", "蘊涵", "蕴含", "蕴涵"}
)
"""What models on the hub call the column, case folded."""

_MAX_TOKENS = 512
# 512, 1024, 2048 and 4096 side by side: 24, 31, 35 and 26 pairs of 63 tokens a second (6 layers x
# 384, two cores beside other work). int8 by torch's dynamic quantisation was 1.9 times as fast,
# with answers within 0.002 on random weights; but torch announces its removal, so it is not used.
_BATCH_TOKENS = 2048
_HASHED = ("*.json", "*.safetensors", "*.bin", "*.model", "*.txt")


class PairEntailer:
    """Answers by reading premise and hypothesis together. Loads on first use, once for all threads.

    The probability is the entailment column of the softmax over *all* columns. The zero-shot
    pipeline of `transformers` leaves "neutral" out of a three-way model's softmax; that suits a
    choice among labels, but here each question stands alone, and a text that has nothing to do with
    a label (neutral 0.97, entailment 0.02, contradiction 0.01) must get 0.02, not 0.67. So two-way
    and three-way models mean the same by a number. A model with one column only gives its sigmoid.

    Args:
        name_or_folder: a folder that holds a model, which is then read without any network; else a
            name on the Hugging Face hub.
        threads: for matrix products on the processor; None is one per physical core.
        device: "cpu", "cuda", "mps"; None is the best there is.
    """

    def __init__(
        self, name_or_folder: str, *, threads: int | None = None, device: str | None = None
    ) -> None:
        self._name = name_or_folder
        self._threads = threads
        self._device = device
        self._lock = threading.Lock()  # a fast tokenizer is not to be used by two threads at once

    @cached_property
    def version(self) -> str:
        """The model's name, with the hub's revision or a digest of the folder's files."""
        folder = self._folder
        if folder is None:
            revision = getattr(self._config, "_commit_hash", None) or "unknown"
            return f"{self._name}@{revision[:12]}"
        digest = hashlib.sha256()
        for file in sorted(file for pattern in _HASHED for file in folder.glob(pattern)):
            digest.update(file.name.encode())
            with file.open("rb") as opened:
                digest.update(hashlib.file_digest(opened, "sha256").digest())
        return f"{folder.name}@{digest.hexdigest()[:12]}"

    def entail(self, pairs: Sequence[tuple[str, str]]) -> list[float]:
        """Answer many questions in one call; a pair that is asked twice costs once.

        Args:
            pairs: n pairs of (premise, hypothesis). A pair that is too long loses the end of its
                premise; only a hypothesis of more than half the model's length is cut itself.

        Returns:
            n probabilities, 0 to 1, in the order given.

        Raises:
            ModelUnavailable: the extra `hub` is not installed, the model cannot be had, or none of
                its columns is named entailment.
        """
        if not pairs:
            return []
        unique = list(dict.fromkeys(pairs))
        with self._lock:
            answers = dict(zip(unique, self._model.probabilities(unique), strict=True))
        return [answers[pair] for pair in pairs]

    def opened(self) -> "Opened":
        """The model itself, for who trains it.

        Raises:
            ModelUnavailable: as `entail` does.
        """
        return self._model.opened()

    @cached_property
    def _folder(self) -> Path | None:
        """The folder meant, or None for a name on the hub."""
        path = Path(self._name).expanduser()
        if path.is_dir():
            return path.resolve()
        if path.is_absolute() or self._name.startswith((".", "~")) or self._name.count("/") > 1:
            raise self._unavailable(f"there is no folder {path}. Check the path.")
        return None

    @cached_property
    def _config(self) -> Any:
        with self._explained():
            from transformers import AutoConfig

            return AutoConfig.from_pretrained(
                self._source, local_files_only=self._folder is not None
            )

    @cached_property
    def _model(self) -> "_Model":
        entailment = entailment_column(self._config.id2label, model=self._name)
        only_here = {"local_files_only": self._folder is not None}
        with self._explained():
            import torch
            from transformers import AutoModelForSequenceClassification, AutoTokenizer
            from transformers.utils import logging as transformers_logging

            # ours is the bar that people see
            transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]

            torch.set_num_threads(self._threads or cores())
            tokenizer = AutoTokenizer.from_pretrained(self._source, **only_here)
            model, loading = AutoModelForSequenceClassification.from_pretrained(
                self._source, dtype=torch.float32, output_loading_info=True, **only_here
            )
        if missing := sorted(loading["missing_keys"]):
            raise self._unavailable(
                f"its files lack weights ({', '.join(missing[:3])}), so its answers would be "
                "noise. Name a model that was fine-tuned for entailment."
            )
        device = self._device or _best_device()
        log.info("loaded pair model %s device=%s", self._name, device)
        return _Model(tokenizer, model.eval().to(device), entailment=entailment)

    @property
    def _source(self) -> str:
        return str(self._folder or self._name)

    @contextmanager
    def _explained(self) -> Iterator[None]:
        """Turn whatever loading raises into what the person who runs the bot can do about it."""
        try:
            yield
        except ImportError as error:
            raise self._unavailable(
                f"it needs packages that are not here ({error.name or error}): "
                "in the program's folder, pip install '.[hub]'"
            ) from error
        except Exception as error:  # whatever a model's files make transformers stumble over
            reason = str(error).strip().split("\n", 1)[0]
            if self._folder is not None:
                raise self._unavailable(f"the folder cannot be read: {reason}") from error
            raise self._unavailable(
                f"the hub gave nothing: {reason} Check the name and the connection; or download "
                "the model on another machine (`hf download NAME --local-dir FOLDER`) and name "
                "the folder."
            ) from error

    def _unavailable(self, reason: str) -> ModelUnavailable:
        message = f"The model {self._name!r} cannot be used: {reason}"
        return ModelUnavailable(message, model=self._name)


def entailment_column(id2label: Mapping[int, str], *, model: str) -> int:
    """Which column means entailment.

    Args:
        id2label: names of the columns, from the model's configuration.
        model: its name, for the message.

    Raises:
        ModelUnavailable: no column, or more than one, is named so.
    """
    named = [column for column, label in id2label.items() if label.strip().casefold() in ENTAILMENT]
    if len(named) == 1:
        return int(named[0])
    found = ", ".join(repr(id2label[column]) for column in sorted(id2label))
    raise ModelUnavailable(
        f"The model {model!r} has no column that is named entailment; found: {found}. Name a model "
        "that was fine-tuned for natural language inference, or set `id2label` in its config.json.",
        model=model,
        labels=found,
    )


class Opened(NamedTuple):
    """A loaded model with its tokenizer; which column means entailment; tokens that a pair may
    have."""

    tokenizer: Any
    model: Any
    entailment: int
    max_tokens: int


class _Model:
    """A loaded model with its tokenizer, to be used by one thread at a time."""

    # transformers' classes are made at run time, so they are Any here
    def __init__(self, tokenizer: Any, model: Any, *, entailment: int) -> None:
        self._tokenizer = tokenizer
        self._model = model
        self._entailment = entailment
        self._max_tokens = _room(tokenizer, model.config)

    def opened(self) -> Opened:
        return Opened(self._tokenizer, self._model, self._entailment, self._max_tokens)

    def probabilities(self, pairs: Sequence[tuple[str, str]]) -> list[float]:
        import torch

        encoded = self._tokenizer(
            [premise for premise, _ in pairs],
            [self._cut(hypothesis) for _, hypothesis in pairs],
            truncation="only_first",
            max_length=self._max_tokens,
        )
        answers = [0.0] * len(pairs)
        lengths = [len(ids) for ids in encoded["input_ids"]]
        for batch in batches(lengths, max_tokens=_BATCH_TOKENS):
            rows = {key: [values[index] for index in batch] for key, values in encoded.items()}
            padded = self._tokenizer.pad(rows, return_tensors="pt").to(self._model.device)
            with torch.inference_mode():
                logits = self._model(**padded).logits.float()
            columns = logits.softmax(dim=1) if logits.shape[1] > 1 else logits.sigmoid()
            for index, answer in zip(batch, columns[:, self._entailment].tolist(), strict=True):
                answers[index] = answer
        return answers

    def _cut(self, hypothesis: str) -> str:
        """Leave room for the premise. A hypothesis is a sentence, so it is hardly ever cut."""
        room = self._max_tokens // 2
        if len(hypothesis) < room // 4:  # at most four tokens (bytes) a character
            return hypothesis
        ids = self._tokenizer(hypothesis, add_special_tokens=False)["input_ids"]
        if len(ids) <= room:
            return hypothesis
        cut: str = self._tokenizer.decode(ids[:room], skip_special_tokens=True)
        return cut


def _room(tokenizer: Any, config: Any) -> int:
    """Tokens that a pair may have: what tokenizer and positions allow, and no more than 512."""
    positions = getattr(config, "max_position_embeddings", None) or _MAX_TOKENS
    if "roberta" in config.model_type:  # its first positions are for padding
        positions -= (config.pad_token_id or 0) + 1
    return min(_MAX_TOKENS, int(tokenizer.model_max_length), int(positions))


def _best_device() -> str:
    import torch

    if torch.cuda.is_available():
        return "cuda"
    return "mps" if torch.backends.mps.is_available() else "cpu"
