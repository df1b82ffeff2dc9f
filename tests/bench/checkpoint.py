"""The built-in judges as checkpoints for `transformers`: the same weights, for comparison."""

import json
from collections.abc import Mapping
from pathlib import Path

from core.domain import Language
from core.models import low_rank
from core.models import weights as weights_file
from core.models.entailer import CHINESE, JUDGE
from core.models.model_folder import BUILTIN, CONFIG_FILE
from core.models.tokenizer import WORDPIECE_FILE


def write_judges(folder: Path) -> Mapping[Language, Path]:
    """Write the judge for each language as a sequence-classification model of two classes.

    "Entails" has the judge's log odds and "contradicts" zero, so that the softmax over both is the
    judge's probability. Texts must be folded before they are tokenised (`core.folding`), and
    Chinese must go to the Chinese one: the other's Chinese pieces are no WordPiece.
    """
    return {
        "en": _write(BUILTIN, folder / "en"),
        "zh-TW": _write(BUILTIN / CHINESE, folder / "zh"),
    }


def _write(tower: Path, folder: Path) -> Path:
    import torch
    from transformers import BertConfig, BertForSequenceClassification, BertTokenizerFast

    folder.mkdir(parents=True, exist_ok=True)
    config = json.loads((tower / CONFIG_FILE).read_text("utf-8"))
    tensors = weights_file.floats(
        low_rank.applied(
            weights_file.read(tower / JUDGE / weights_file.FILE),
            weights_file.read(tower / weights_file.FILE),
        )
    )
    state = {
        f"bert.{name}": torch.from_numpy(each.copy())
        for name, each in tensors.items()
        if not name.startswith("head.")
    }
    for kind in ("weight", "bias"):
        state[f"bert.pooler.dense.{kind}"] = torch.from_numpy(tensors[f"head.dense.{kind}"].copy())
        out = torch.from_numpy(tensors[f"head.out.{kind}"].copy())
        state[f"classifier.{kind}"] = torch.cat([torch.zeros_like(out), out])
    described = {key: value for key, value in config.items() if key not in _NOT_SHAPE}
    model = BertForSequenceClassification(
        BertConfig(
            **described,
            id2label={0: "contradiction", 1: "entailment"},
            label2id={"contradiction": 0, "entailment": 1},
        )
    )
    model.load_state_dict(state)
    model.save_pretrained(folder)
    numbers: dict[str, int] = json.loads((tower / WORDPIECE_FILE).read_text("utf-8"))["model"][
        "vocab"
    ]
    words = folder / "vocab.txt"
    words.write_text("\n".join(sorted(numbers, key=lambda word: numbers[word])) + "\n", "utf-8")
    BertTokenizerFast(str(words), model_max_length=512).save_pretrained(folder)
    return folder


_NOT_SHAPE = {"commonplace", "architectures"}
