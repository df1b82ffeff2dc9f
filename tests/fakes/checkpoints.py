"""Tiny random models on disk: the real file formats, a thousandth of the size."""

import json
import string
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from core.models import weights as weights_file
from core.models.model_folder import CONFIG_FILE
from core.models.tokenizer import PIECES_FILE, WORDPIECE_FILE
from core.models.weights import Floats

WORDS = ("[PAD]", *(f"[unused{n}]" for n in range(1, 100)), "[UNK]", "[CLS]", "[SEP]", "[MASK]")
LETTERS = (*string.ascii_lowercase, *(f"##{letter}" for letter in string.ascii_lowercase))
PIECES = {"台": -3.0, "湾": -3.0, "台湾": -4.0, "环": -5.0, "境": -5.0, "环境": -6.0}

_HIDDEN, _INNER, _LAYERS, _HEADS, _POSITIONS = 32, 64, 2, 4, 48


def vocabulary() -> list[str]:
    """BERT's special tokens at their usual numbers, then letters and punctuation."""
    return [*WORDS, *LETTERS, *string.digits, *string.punctuation]


def two_tower_tensors() -> dict[str, Floats]:
    """Random weights of a small BERT encoder, by the names of `transformers.BertModel`."""
    random = np.random.default_rng(0)

    def normal(*shape: int, scale: float = 0.2) -> Floats:
        return random.normal(0, scale, shape).astype(np.float32)

    tensors = {
        "embeddings.word_embeddings.weight": normal(len(vocabulary()) + len(PIECES), _HIDDEN),
        "embeddings.position_embeddings.weight": normal(_POSITIONS, _HIDDEN),
        "embeddings.token_type_embeddings.weight": normal(2, _HIDDEN),
    }

    def norm(name: str) -> None:
        tensors[f"{name}.weight"] = 1 + normal(_HIDDEN, scale=0.05)
        tensors[f"{name}.bias"] = normal(_HIDDEN, scale=0.05)

    def dense(name: str, inputs: int, outputs: int) -> None:
        tensors[f"{name}.weight"] = normal(outputs, inputs)
        tensors[f"{name}.bias"] = normal(outputs, scale=0.05)

    norm("embeddings.LayerNorm")
    for layer in range(_LAYERS):
        name = f"encoder.layer.{layer}"
        for kind in ("query", "key", "value"):
            dense(f"{name}.attention.self.{kind}", _HIDDEN, _HIDDEN)
        dense(f"{name}.attention.output.dense", _HIDDEN, _HIDDEN)
        norm(f"{name}.attention.output.LayerNorm")
        dense(f"{name}.intermediate.dense", _HIDDEN, _INNER)
        dense(f"{name}.output.dense", _INNER, _HIDDEN)
        norm(f"{name}.output.LayerNorm")
    return tensors


def bert_config() -> dict[str, object]:
    """What `config.json` says about those sizes."""
    return {
        "model_type": "bert",
        "architectures": ["BertModel"],
        "hidden_act": "gelu",
        "hidden_size": _HIDDEN,
        "intermediate_size": _INNER,
        "layer_norm_eps": 1e-12,
        "max_position_embeddings": _POSITIONS,
        "num_attention_heads": _HEADS,
        "num_hidden_layers": _LAYERS,
        "pad_token_id": 0,
        "type_vocab_size": 2,
        "vocab_size": len(vocabulary()) + len(PIECES),
    }


def write_two_tower(folder: Path) -> Path:
    """A model folder as the recipe writes it, for the built-in entailer and embedder."""
    from tokenizers import Tokenizer
    from tokenizers.models import WordPiece
    from tokenizers.normalizers import BertNormalizer
    from tokenizers.pre_tokenizers import BertPreTokenizer

    folder.mkdir(parents=True, exist_ok=True)
    numbers = {word: number for number, word in enumerate(vocabulary())}
    tokenizer = Tokenizer(WordPiece(numbers, unk_token="[UNK]"))
    tokenizer.normalizer = BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = BertPreTokenizer()
    tokenizer.add_special_tokens(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"])
    tokenizer.save(str(folder / WORDPIECE_FILE))
    lines = "".join(f"{piece}\t{score:.4f}\n" for piece, score in PIECES.items())
    (folder / PIECES_FILE).write_text(lines, encoding="utf-8")
    weights_file.write(weights_file.quantised(two_tower_tensors()), folder / weights_file.FILE)
    tokens = {"text_tokens": 24, "hypothesis_tokens": 16, "passage_tokens": 32}
    own = {"name": "tiny", "scale": 8.0, "bias": -4.0, **tokens}
    config = json.dumps({**bert_config(), "commonplace": own})
    (folder / CONFIG_FILE).write_text(config, encoding="utf-8")
    return folder


def write_pair(
    folder: Path,
    labels: Sequence[str] = ("contradiction", "neutral", "entailment"),
    *,
    seed: int = 0,
) -> Path:
    """A sequence-classification BERT as `transformers` saves it, columns named as given."""
    import torch
    from transformers import BertConfig, BertForSequenceClassification, BertTokenizerFast

    folder.mkdir(parents=True, exist_ok=True)
    words = folder / "vocab.txt"
    words.write_text("\n".join([*vocabulary(), *"台灣環境"]) + "\n", encoding="utf-8")
    torch.manual_seed(seed)
    config = BertConfig(
        vocab_size=len(vocabulary()) + 4,
        hidden_size=_HIDDEN,
        intermediate_size=_INNER,
        num_hidden_layers=_LAYERS,
        num_attention_heads=_HEADS,
        max_position_embeddings=_POSITIONS,
        initializer_range=0.5,  # so that answers differ visibly
        id2label=dict(enumerate(labels)),
        label2id={label: column for column, label in enumerate(labels)},
    )
    BertForSequenceClassification(config).save_pretrained(folder)
    BertTokenizerFast(str(words), model_max_length=_POSITIONS).save_pretrained(folder)
    return folder


def write_seq2seq(folder: Path, kind: str = "bart", *, seed: int = 0) -> Path:
    """A sequence-to-sequence model as `transformers` saves it; `kind`: "bart", "mbart" or "t5"."""
    import torch
    import transformers
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers, processors

    folder.mkdir(parents=True, exist_ok=True)
    codes = ["en_XX", "zh_CN"] if kind == "mbart" else []
    special = ["<s>", "<pad>", "</s>", "<unk>", *codes]
    words = [
        *special,
        *string.ascii_letters,
        *string.digits,
        *string.punctuation,
        " ",
        *"台灣環境。",
    ]
    tokenizer = Tokenizer(models.WordLevel({w: n for n, w in enumerate(words)}, unk_token="<unk>"))
    tokenizer.pre_tokenizer = pre_tokenizers.Split("", "isolated")
    tokenizer.decoder = decoders.Fuse()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="$A </s>", special_tokens=[("</s>", special.index("</s>"))]
    )
    fast = transformers.PreTrainedTokenizerFast(
        tokenizer_object=tokenizer,
        model_max_length=_POSITIONS,
        bos_token="<s>",
        eos_token="</s>",
        pad_token="<pad>",
        unk_token="<unk>",
        additional_special_tokens=codes,
    )
    sizes = {"vocab_size": len(words), "d_model": _HIDDEN, "pad_token_id": 1, "eos_token_id": 2}
    torch.manual_seed(seed)
    if kind == "t5":
        config = transformers.T5Config(
            **sizes,
            d_kv=8,
            d_ff=_INNER,
            num_layers=1,
            num_heads=_HEADS,
            decoder_start_token_id=1,
            task_specific_params={"summarization": {"prefix": "summarize: "}},
        )
        model = transformers.T5ForConditionalGeneration(config)
    else:
        made = {
            "bart": (transformers.BartConfig, transformers.BartForConditionalGeneration),
            "mbart": (transformers.MBartConfig, transformers.MBartForConditionalGeneration),
        }[kind]
        config = made[0](
            **sizes,
            encoder_layers=1,
            decoder_layers=1,
            encoder_ffn_dim=_INNER,
            decoder_ffn_dim=_INNER,
            encoder_attention_heads=_HEADS,
            decoder_attention_heads=_HEADS,
            max_position_embeddings=_POSITIONS * 4,
            bos_token_id=0,
            decoder_start_token_id=2,
            forced_eos_token_id=2,
            init_std=0.5,
        )
        model = made[1](config)
    model.save_pretrained(folder)
    fast.save_pretrained(folder)
    return folder


def write_chinese_base(folder: Path, *, seed: int = 3) -> Path:
    """A Chinese BERT checkpoint as `transformers` writes it, with its `tokenizer.json`."""
    import torch
    from tokenizers import Tokenizer
    from tokenizers.models import WordPiece
    from tokenizers.normalizers import BertNormalizer
    from tokenizers.pre_tokenizers import BertPreTokenizer
    from tokenizers.processors import TemplateProcessing
    from transformers import BertConfig, BertModel

    folder.mkdir(parents=True, exist_ok=True)
    words = [*vocabulary(), *"台湾环境勞劳工", "##环", "A", "か"]
    numbers = {word: number for number, word in enumerate(words)}
    tokenizer = Tokenizer(WordPiece(numbers, unk_token="[UNK]"))
    tokenizer.normalizer = BertNormalizer(lowercase=False)
    tokenizer.pre_tokenizer = BertPreTokenizer()
    specials = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
    tokenizer.add_special_tokens(specials)
    tokenizer.post_processor = TemplateProcessing(
        single="[CLS] $A [SEP]",
        special_tokens=[(word, numbers[word]) for word in ("[CLS]", "[SEP]")],
    )
    tokenizer.save(str(folder / "tokenizer.json"))
    torch.manual_seed(seed)
    sizes = {
        "hidden_size": 16,
        "intermediate_size": 32,
        "num_hidden_layers": 2,
        "num_attention_heads": 2,
        "max_position_embeddings": _POSITIONS,
        "initializer_range": 0.3,
    }
    model = BertModel(BertConfig(vocab_size=len(words), **sizes), add_pooling_layer=False)
    model.save_pretrained(folder)
    return folder


def write_built(folder: Path, *, seed: int = 5) -> Path:
    """A whole model as `commonplace build-model` writes it, tiny: two towers, a judge each."""
    import torch

    from core.models.recipe import bodies, judging, towers
    from core.models.recipe.build import Recipe, write_bilingual, write_chinese, write_judge
    from core.models.recipe.entailment import Pair

    base = bodies.of_ours(write_two_tower(folder / "base"))
    chinese = bodies.of_others(write_chinese_base(folder / "chinese"), pooling="cls")
    built = folder / "built"
    built.mkdir()
    untrained = towers.Plan(steps=1, sets={})
    write_bilingual(base, towers.TowersTask(base, untrained, [], {}), built)
    write_chinese(chinese, towers.TowersTask(chinese, untrained, [], {}), built / "zh")
    torch.manual_seed(seed)
    plan = judging.Plan(rounds=1, topics={}, pair_tokens=40, hypothesis_tokens=16)
    for tower in (built, built / "zh"):
        judge = judging.JudgeTask(bodies.of_ours(tower), plan, [Pair("a", "b", entails=True)], [])
        for head in (judge.model.dense, judge.model.out):
            torch.nn.init.normal_(head.weight, std=0.5)  # so that answers differ visibly
        write_judge(judge, Recipe(), tower / "judge")
    return built
