"""What training begins with: a BERT body in floats with its tokenizer."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch

from core.errors import BadFile
from core.folding import to_simplified
from core.models import low_rank
from core.models import weights as weights_file
from core.models.bert import Pooling
from core.models.model_folder import CONFIG_FILE
from core.models.recipe import onnx_base
from core.models.tokenizer import BilingualTokenizer

Tokens = list[int]
Tokenise = Callable[[Sequence[str], int], list[Tokens]]
"""Texts, and where each is cut, to token numbers with opening and closing tokens."""


@dataclass(frozen=True, slots=True)
class Body:
    """A body to train.

    Attributes:
        model: `transformers.BertModel` without pooler, without dropout (a few thousand steps do not
            overfit, and attention is a fifth faster so).
        tokenise: as the running model does.
        pooling: how it makes a vector.
        scale, bias: of log odds over cosines, to begin with.
        folder: where its tokenizer's files are.
    """

    model: Any
    tokenise: Tokenise
    pooling: Pooling
    scale: float
    bias: float
    folder: Path


def of_ours(folder: Path) -> Body:
    """The body of a two-tower model of ours, whole or adding to another."""
    config = json.loads((folder / CONFIG_FILE).read_text(encoding="utf-8"))
    own = config["commonplace"]
    model = _bert(config)
    stored = weights_file.floats(low_rank.read(folder, own))
    model.load_state_dict({name: torch.from_numpy(each.copy()) for name, each in stored.items()})
    base = low_rank.base_of(folder, own)
    tokenizer = BilingualTokenizer(base)
    return Body(
        model=model,
        tokenise=lambda texts, limit: tokenizer.encode(texts, max_tokens=limit),
        pooling=own.get("pooling", "mean"),
        scale=own["scale"],
        bias=own["bias"],
        folder=base,
    )


def of_others(folder: Path, *, pooling: Pooling) -> Body:
    """The body of somebody else's BERT, with a `tokenizer.json`.

    Args:
        folder: holds `tokenizer.json`, and either a checkpoint as `transformers` writes it
            (`config.json`, `model.safetensors`) or one ONNX file (`core.models.recipe.onnx_base`).
        pooling: how its authors make a vector ("cls" for the bge family).

    Raises:
        BadFile: something of this is missing, or not as expected.
    """
    from tokenizers import Tokenizer

    if not (folder / "tokenizer.json").is_file():
        raise BadFile(f"There is no tokenizer.json in {folder}.", file=str(folder))
    model = _of_floats(folder) if (folder / CONFIG_FILE).is_file() else _of_onnx(folder)
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    closing = tokenizer.token_to_id("[SEP]")
    assert closing is not None, "no BERT vocabulary"

    def tokenise(texts: Sequence[str], limit: int) -> list[Tokens]:
        folded = [to_simplified(text[: limit * 16]).lower() for text in texts]
        found = [each.ids for each in tokenizer.encode_batch(folded)]
        return [ids if len(ids) <= limit else [*ids[: limit - 1], closing] for ids in found]

    return Body(model, tokenise, pooling=pooling, scale=14.0, bias=-8.0, folder=folder)


def tensors(batch: Sequence[Tokens]) -> tuple[torch.Tensor, torch.Tensor]:
    """Numbers and mask of shape (texts, tokens of the longest)."""
    ids = torch.zeros(len(batch), max(map(len, batch)), dtype=torch.long)
    mask = torch.zeros_like(ids)
    for row, tokens in enumerate(batch):
        ids[row, : len(tokens)] = torch.tensor(tokens)
        mask[row, : len(tokens)] = 1
    return ids, mask


def _of_floats(folder: Path) -> Any:
    from transformers import BertModel

    return BertModel.from_pretrained(
        folder,
        add_pooling_layer=False,
        local_files_only=True,
        hidden_dropout_prob=0.0,
        attention_probs_dropout_prob=0.0,
    )


def _of_onnx(folder: Path) -> Any:
    files = sorted(folder.glob("*.onnx"))
    if len(files) != 1:
        found = ", ".join(each.name for each in files) or "no ONNX file"
        raise BadFile(
            f"{folder} has neither {CONFIG_FILE} nor one ONNX file, but {found}. Put either there, "
            "beside tokenizer.json.",
            file=str(folder),
        )
    sizes, weights = onnx_base.read(files[0])
    model = _bert(sizes)
    model.load_state_dict({name: torch.from_numpy(each.copy()) for name, each in weights.items()})
    return model


def _bert(config: dict[str, Any]) -> Any:
    from transformers import BertConfig, BertModel

    own = {"commonplace", "architectures", "hidden_dropout_prob", "attention_probs_dropout_prob"}
    described = {key: value for key, value in config.items() if key not in own}
    return BertModel(
        BertConfig(**described, hidden_dropout_prob=0.0, attention_probs_dropout_prob=0.0),
        add_pooling_layer=False,
    )
