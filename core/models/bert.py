"""The graph of a BERT encoder that ends in one unit vector per text, or in one verdict per pair.

Two precisions. In "int8", a matrix product multiplies 8-bit rows of activations by 8-bit weights,
as they are stored, and sums in 32 bits: 1.4 times as fast as 32-bit floats where the processor has
the instructions, with a quarter of the memory. Each token's activations are scaled by their own
largest value, so that a text's vector does not depend on what else is in the batch. "float32"
computes with the same weights in floats, for processors on which 8-bit products are not exact.

Source: Devlin et al. 2019, arXiv:1810.04805; row-wise dynamic quantisation as in Dettmers et al.
2022, arXiv:2208.07339 (without its outlier split, which this model was measured not to need).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from core.models.onnx_graph import FLOAT, INT32, INT64, MICROSOFT, UINT8, OnnxGraph, OnnxModel
from core.models.weights import Floats, Rows, Weights

Precision = Literal["int8", "float32"]
Pooling = Literal["mean", "cls"]
"""How a text's vector is made of its tokens': their mean, or the first one alone."""


@dataclass(frozen=True, slots=True)
class Shape:
    """What a BERT configuration file says about the sizes of a model."""

    layers: int
    heads: int
    hidden: int
    epsilon: float

    @classmethod
    def of(cls, config: Mapping[str, object]) -> "Shape":
        """Read a `config.json` as `transformers` writes it.

        Raises:
            ValueError: it is not a BERT with GELU and absolute positions, or a size is missing.
        """
        expected = {
            "model_type": "bert",
            "hidden_act": "gelu",
            "position_embedding_type": "absolute",
        }
        for key, value in expected.items():
            if config.get(key, value) != value:
                raise ValueError(f"{key} is {config[key]!r}; the encoder can run {value!r} only")
        sizes = ("num_hidden_layers", "num_attention_heads", "hidden_size")
        if missing := [key for key in sizes if not isinstance(config.get(key), int)]:
            raise ValueError(f"it does not say {', '.join(missing)}")
        layers, heads, hidden = (int(str(config[key])) for key in sizes)
        return cls(layers, heads, hidden, float(str(config.get("layer_norm_eps", 1e-12))))


def build(
    weights: Weights, shape: Shape, *, precision: Precision, pooling: Pooling = "mean"
) -> OnnxModel:
    """Write the model that encodes texts.

    Args:
        weights: by the names of `transformers.BertModel`.
        shape: its sizes.
        precision: of matrix products.
        pooling: how tokens become one vector.

    Returns:
        An ONNX model: `ids` and `mask`, int64 of shape (texts, tokens), to `vectors`, float32 of
        shape (texts, hidden), unit norm.

    Raises:
        KeyError: a weight is missing.
    """
    return _Writer(weights, shape, precision).write(pooling)


def build_pair(weights: Weights, shape: Shape, *, precision: Precision) -> OnnxModel:
    """Write the model that reads premise and hypothesis together.

    Args:
        weights: by the names of `transformers.BertModel`, and the head's: `head.dense` (hidden to
            hidden, tanh) over the first token, then `head.out` (hidden to 1).
        shape: its sizes.
        precision: of matrix products; the head's are in floats.

    Returns:
        An ONNX model: `ids`, `mask` and `types` (1 for the hypothesis' tokens), int64 of shape
        (pairs, tokens), to `logits`, float32 of shape (pairs, 1): log odds of entailment.

    Raises:
        KeyError: a weight is missing.
    """
    return _Writer(weights, shape, precision).write_pair()


class _Writer:
    """Keeps what the steps share. Tokens of all texts are rows of one matrix, save in attention."""

    def __init__(self, weights: Weights, shape: Shape, precision: Precision) -> None:
        self._weights = weights
        self._shape = shape
        self._exact = precision == "float32"
        self._graph = OnnxGraph("encoder")

    def write(self, pooling: Pooling) -> OnnxModel:
        texts = self._texts(with_types=False)
        graph = self._graph
        pooled = self._first_token(texts) if pooling == "cls" else self._mean(texts)
        graph.node("LpNormalization", [pooled], "vectors", axis=-1, p=2)
        graph.output("vectors", FLOAT, ("texts", self._shape.hidden))
        return graph.finish()

    def write_pair(self) -> OnnxModel:
        texts = self._texts(with_types=True)
        graph = self._graph
        first = self._first_token(texts)
        for name, activation in (("head.dense", "Tanh"), ("head.out", None)):
            matrix = graph.constant(f"{name}.matrix", self._rows(f"{name}.weight").floats().T)
            first = graph.node("MatMul", [first, matrix], f"{name} product")
            out = f"{name} out" if activation else "logits"
            first = graph.node("Add", [first, self._bias(name)], out)
            if activation:
                first = graph.node(activation, [first], f"{name} active")
        graph.output("logits", FLOAT, ("texts", 1))
        return graph.finish()

    def _texts(self, *, with_types: bool) -> str:
        """The body: token vectors of shape (texts, tokens, hidden)."""
        graph, hidden = self._graph, self._shape.hidden
        graph.input("ids", INT64, ("texts", "tokens"))
        graph.input("mask", INT64, ("texts", "tokens"))
        graph.constant("first", np.array([0], np.int64))
        graph.constant("second", np.array([1], np.int64))
        graph.constant("third", np.array([2], np.int64))
        graph.constant("last axis", np.array([-1], np.int64))
        graph.constant("as rows", np.array([-1, hidden], np.int64))
        graph.constant("hidden", np.array([hidden], np.int64))
        graph.constant("one", np.array(1, np.float32))
        graph.constant("least", np.array(1e-9, np.float32))
        graph.constant("step", np.array(1 / 127, np.float32))
        graph.constant("middle", np.array(128, np.uint8))
        graph.node("Shape", ["ids"], "batch shape")
        graph.node("Concat", ["batch shape", "hidden"], "as texts", axis=0)

        if with_types:
            graph.input("types", INT64, ("texts", "tokens"))
        rows = self._embed(with_types=with_types)
        graph.node("Shape", [rows], "rows shape")
        graph.node("Slice", ["rows shape", "first", "second"], "row count")
        graph.node("Expand", ["middle", "row count"], "middles")
        graph.node("Cast", ["mask"], "key mask", to=INT32)
        for layer in range(self._shape.layers):
            rows = self._layer(f"encoder.layer.{layer}", rows)

        return graph.node("Reshape", [rows, "as texts"], "tokens out")

    def _mean(self, texts: str) -> str:
        graph = self._graph
        weight = graph.node("Cast", ["mask"], "float mask", to=FLOAT)
        weight = graph.node("Unsqueeze", [weight, "second"], "token weights")
        total = graph.node("MatMul", [weight, texts], "sums")
        return graph.node("Squeeze", [total, "second"], "sum")  # of unit length later: no division

    def _first_token(self, texts: str) -> str:
        graph = self._graph
        graph.constant("first token", np.array(0, np.int64))
        return graph.node("Gather", [texts, "first token"], "first of tokens", axis=1)

    def _embed(self, *, with_types: bool) -> str:
        """Look up words (in 8 bits in either precision: few of them are read), add positions."""
        graph = self._graph
        table = self._rows("embeddings.word_embeddings.weight")
        graph.constant("words", table.values)
        graph.constant("word scales", table.scales[:, None])
        word = graph.node("Gather", ["words", "ids"], "word rows")
        word = graph.node("Cast", [word], "word floats", to=FLOAT)
        scale = graph.node("Gather", ["word scales", "ids"], "word row scales")
        word = graph.node("Mul", [word, scale], "word")
        positions = self._rows("embeddings.position_embeddings.weight").floats()
        types = self._rows("embeddings.token_type_embeddings.weight").floats()
        if not with_types:
            positions += types[0]
        graph.constant("positions", positions)
        graph.node("Slice", ["batch shape", "second", "third"], "length")
        graph.node("Slice", ["positions", "first", "length"], "position")
        both = graph.node("Add", [word, "position"], "embedded")
        if with_types:
            graph.constant("types table", types)
            kind = graph.node("Gather", ["types table", "types"], "type")
            both = graph.node("Add", [both, kind], "embedded with types")
        both = graph.node("Reshape", [both, "as rows"], "embedded rows")
        return self._normalise("embeddings.LayerNorm", both)

    def _layer(self, name: str, rows: str) -> str:
        graph = self._graph
        own = f"{name}.attention.self"
        kinds = ("query", "key", "value")
        stacked = Rows.stacked(*(self._rows(f"{own}.{kind}.weight") for kind in kinds))
        bias = np.concatenate([self._floats(f"{own}.{kind}.bias") for kind in kinds])
        product = self._product(f"{own}.qkv", rows, stacked)
        split = [f"{own}.{kind} rows" for kind in kinds]
        graph.node("Split", [product], *split, axis=-1, num_outputs=3)
        texts = [graph.node("Reshape", [each, "as texts"], f"{each} by text") for each in split]
        attended = graph.node(
            "MultiHeadAttention",
            [*texts, graph.constant(f"{own}.bias", bias), "key mask"],
            f"{own} by text",
            domain=MICROSOFT,
            num_heads=self._shape.heads,
        )
        attended = graph.node("Reshape", [attended, "as rows"], f"{own} rows")
        rows = self._add(f"{name}.attention.output", attended, rows)
        inner = self._dense_product(f"{name}.intermediate.dense", rows)
        inner = graph.node(
            "BiasGelu",
            [inner, self._bias(f"{name}.intermediate.dense")],
            f"{name}.gelu",
            domain=MICROSOFT,
        )
        return self._add(f"{name}.output", inner, rows)

    def _add(self, name: str, inner: str, outer: str) -> str:
        """A dense layer, the connection around it, and the normalisation after both."""
        product = self._dense_product(f"{name}.dense", inner)
        product = self._graph.node("Add", [product, self._bias(f"{name}.dense")], f"{name}.biased")
        product = self._graph.node("Add", [product, outer], f"{name}.added")
        return self._normalise(f"{name}.LayerNorm", product)

    def _normalise(self, name: str, rows: str) -> str:
        scale = self._graph.constant(f"{name}.weight", self._floats(f"{name}.weight"))
        shift = self._graph.constant(f"{name}.bias", self._floats(f"{name}.bias"))
        epsilon = self._shape.epsilon
        return self._graph.node(
            "LayerNormalization", [rows, scale, shift], f"{name} out", axis=-1, epsilon=epsilon
        )

    def _dense_product(self, name: str, rows: str) -> str:
        return self._product(name, rows, self._rows(f"{name}.weight"))

    def _product(self, name: str, rows: str, weight: Rows) -> str:
        """Rows times a stored matrix, whose rows are output channels."""
        graph = self._graph
        if self._exact:
            matrix = graph.constant(f"{name}.matrix", weight.floats().T)
            return graph.node("MatMul", [rows, matrix], f"{name} out")
        size = graph.node("Abs", [rows], f"{name}.sizes")
        size = graph.node("ReduceMax", [size, "last axis"], f"{name}.largest", keepdims=0)
        size = graph.node("Max", [size, "least"], f"{name}.range")
        scale = graph.node("Mul", [size, "step"], f"{name}.scale of rows")
        scales = graph.node("Unsqueeze", [scale, "second"], f"{name}.scales of rows")
        small = graph.node("QuantizeLinear", [rows, scale, "middles"], f"{name}.small", axis=0)
        matrix = graph.constant(f"{name}.matrix", weight.values.T)
        channels = graph.constant(f"{name}.scale of channels", weight.scales)
        product = graph.node(
            "MatMulIntegerToFloat",
            [small, matrix, "one", channels, "middle"],
            f"{name}.product",
            domain=MICROSOFT,
        )
        return graph.node("Mul", [product, scales], f"{name} out")

    def _bias(self, name: str) -> str:
        return self._graph.constant(f"{name}.bias", self._floats(f"{name}.bias"))

    def _rows(self, name: str) -> Rows:
        tensor = self._weights[name]
        if not isinstance(tensor, Rows):
            raise KeyError(name)
        return tensor

    def _floats(self, name: str) -> Floats:
        tensor = self._weights[name]
        if isinstance(tensor, Rows):
            raise KeyError(name)
        return tensor


def build_probe() -> OnnxModel:
    """A small product in "int8" whose sums show whether the processor adds without clipping.

    Pairs of products of 255 and 127 go beyond 16 bits, where older x86 instructions clip silently
    (ONNX Runtime, "Quantize ONNX models", on U8S8 without VNNI).

    Returns:
        An ONNX model: `rows`, uint8 of shape (rows, 384), to `sums`. Rows of 255 must give
        `PROBE_SUM` everywhere.
    """
    graph = OnnxGraph("probe")
    graph.input("rows", UINT8, ("rows", 384))
    graph.constant("matrix", np.full((384, 64), 127, np.int8))
    graph.constant("one", np.array(1, np.float32))
    graph.constant("middle", np.array(128, np.uint8))
    graph.node(
        "MatMulIntegerToFloat", ["rows", "matrix", "one", "one", "middle"], "sums", domain=MICROSOFT
    )
    graph.output("sums", FLOAT, ("rows", 64))
    return graph.finish()


PROBE_SUM = 127 * 127 * 384
