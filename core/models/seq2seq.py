"""Summaries by any sequence-to-sequence model that `transformers` reads: BART, mBART, T5, mT5, …

Beam search without chance, so that the same text has the same summary. Models of several languages
are told the text's by its code, where their tokenizer has codes; T5's are told the task by the
prefix in their configuration.
"""

import logging
import threading
from functools import cached_property
from pathlib import Path
from typing import Any

from core.errors import ModelUnavailable
from core.language import detect
from core.models.batching import cores

log = logging.getLogger(__name__)

BEAMS = 4  # as BART and T5 were published with
_MAX_TOKENS = 1024
_CODES = {"zh": ("zh_CN", "zho_Hant", "zh"), "en": ("en_XX", "eng_Latn", "en")}
"""What mBART, NLLB and M2M call our languages."""


class Seq2SeqWriter:
    """Words summaries on this machine. Loads on first use, once for all threads.

    Args:
        name_or_folder: a folder that holds a model, which is then read without any network; else a
            name on the Hugging Face hub.
        threads: for matrix products on the processor; None is one per physical core.
    """

    def __init__(self, name_or_folder: str, *, threads: int | None = None) -> None:
        self._name = name_or_folder
        self._threads = threads
        self._lock = threading.Lock()  # a fast tokenizer is not to be used by two threads at once

    @property
    def version(self) -> str:
        """The model's name."""
        return f"seq2seq@1/{self._name.rstrip('/').rsplit('/', 1)[-1]}"

    def write(self, text: str, *, title: str | None, most: int) -> str:
        """Word a summary; see `core.models.abstractive.Writer`.

        Raises:
            ModelUnavailable: the extra `hub` is not installed, or the model cannot be had.
        """
        del title  # such models were trained on texts alone
        with self._lock:
            tokenizer, model = self._loaded
            try:
                return _generate(tokenizer, model, text, most=most)
            except Exception as error:  # whatever a model's files make transformers stumble over
                raise self._unavailable(str(error)) from error

    @cached_property
    def _loaded(self) -> tuple[Any, Any]:
        path = Path(self._name).expanduser()
        source = str(path.resolve()) if path.is_dir() else self._name
        only_here = {"local_files_only": path.is_dir()}
        try:
            import torch
            from transformers import AutoModelForSeq2SeqLM, AutoTokenizer

            torch.set_num_threads(self._threads or cores())
            tokenizer = AutoTokenizer.from_pretrained(source, **only_here)
            model, loading = AutoModelForSeq2SeqLM.from_pretrained(
                source, dtype=torch.float32, output_loading_info=True, **only_here
            )
        except ImportError as error:
            raise self._unavailable(
                "it needs packages that are not here: in the program's folder, "
                f"pip install '.[hub]' ({error.name or error})"
            ) from error
        except Exception as error:  # whatever a model's files make transformers stumble over
            raise self._unavailable(str(error)) from error
        if missing := sorted(loading["missing_keys"]):
            raise self._unavailable(f"its files lack weights ({', '.join(missing[:3])})")
        log.info("loaded summary model %s", self._name)
        return tokenizer, model.eval()

    def _unavailable(self, reason: str) -> ModelUnavailable:
        reason = reason.strip().split("\n", 1)[0]
        return ModelUnavailable(
            f"The summary model {self._name!r} cannot be used: {reason}. Check model under "
            "[summary]: a hub name or folder of a sequence-to-sequence model.",
            model=self._name,
        )


def _generate(tokenizer: Any, model: Any, text: str, *, most: int) -> str:
    import torch

    told: dict[str, Any] = {}
    language = (detect(text) or "").partition("-")[0]
    if code := _code(tokenizer, language):
        tokenizer.src_lang = code
        told["forced_bos_token_id"] = tokenizer.convert_tokens_to_ids(code)
    task = (getattr(model.config, "task_specific_params", None) or {}).get("summarization", {})
    read = tokenizer(
        task.get("prefix", "") + text,
        truncation=True,
        max_length=_room(tokenizer, model.config),
        return_tensors="pt",
    )
    read.pop("token_type_ids", None)
    with torch.inference_mode():
        written = model.generate(
            **read,
            num_beams=BEAMS,
            do_sample=False,
            min_length=0,
            max_length=None,
            max_new_tokens=most,  # a token is a Chinese character at least, or some letters
            no_repeat_ngram_size=3,
            early_stopping=True,
            **told,
        )
    words: str = tokenizer.decode(written[0], skip_special_tokens=True)
    return words


def _code(tokenizer: Any, language: str) -> str | None:
    if not hasattr(tokenizer, "src_lang"):
        return None
    known = set(getattr(tokenizer, "all_special_tokens", ()))
    known |= set(getattr(tokenizer, "lang_code_to_id", None) or ())
    return next((code for code in _CODES.get(language, ()) if code in known), None)


def _room(tokenizer: Any, config: Any) -> int:
    positions = getattr(config, "max_position_embeddings", None) or _MAX_TOKENS
    return min(_MAX_TOKENS, int(tokenizer.model_max_length), int(positions))
