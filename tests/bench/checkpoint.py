"""A pair model to measure speed with: the shape of a small one, and weights that mean nothing."""

import json
from importlib import resources
from pathlib import Path

LAYERS, HIDDEN = 6, 384


def write_pair_model(folder: Path) -> Path:
    """A BERT of 6 layers x 384 (as all-MiniLM-L6) with an entailment column, random, by a seed.

    Its words are those of the built-in model's WordPiece table, so that English has as many tokens
    as with real models, and Chinese one a character, as with most.
    """
    import torch
    from transformers import BertConfig, BertForSequenceClassification, BertTokenizerFast

    folder.mkdir(parents=True, exist_ok=True)
    table = resources.files("core") / "models" / "builtin" / "wordpiece.json"
    numbers: dict[str, int] = json.loads(table.read_text("utf-8"))["model"]["vocab"]
    words = folder / "vocab.txt"
    words.write_text("\n".join(sorted(numbers, key=lambda word: numbers[word])) + "\n", "utf-8")
    torch.manual_seed(1)
    config = BertConfig(
        vocab_size=len(numbers),
        hidden_size=HIDDEN,
        intermediate_size=4 * HIDDEN,
        num_hidden_layers=LAYERS,
        num_attention_heads=12,
        id2label={0: "contradiction", 1: "neutral", 2: "entailment"},
        label2id={"contradiction": 0, "neutral": 1, "entailment": 2},
    )
    BertForSequenceClassification(config).save_pretrained(folder)
    BertTokenizerFast(str(words), model_max_length=512).save_pretrained(folder)
    return folder
