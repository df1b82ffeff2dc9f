"""The encoder: the real runtime over a tiny model, against torch, and over what is broken."""

import json
import shutil
import threading
from pathlib import Path

import numpy as np
import pytest
import torch
from transformers import BertConfig, BertModel

from core.errors import ModelUnavailable
from core.models import encoder as encoder_module
from core.models import low_rank
from core.models import weights as weights_file
from core.models.bert import Shape
from core.models.encoder import Encoder, best_precision, shared
from core.models.model_folder import BUILTIN
from core.models.tokenizer import BilingualTokenizer
from tests.fakes.checkpoints import bert_config

TEXTS = ["台灣環境", "abc def", "", "a" * 40 + " b c d", "環境 in taiwan, 2026!"]


def torch_vectors(folder: Path, texts: list[str], *, max_tokens: int) -> np.ndarray:
    """The same weights, run by torch one text at a time."""
    tensors = weights_file.floats(weights_file.read(folder / weights_file.FILE))
    model = BertModel(BertConfig(**bert_config()), add_pooling_layer=False).eval()
    state = {name: torch.from_numpy(tensor) for name, tensor in tensors.items()}
    model.load_state_dict(state)
    vectors = []
    for numbers in BilingualTokenizer(folder).encode(texts, max_tokens=max_tokens):
        with torch.inference_mode():
            states = model(input_ids=torch.tensor([numbers])).last_hidden_state[0]
        vectors.append(torch.nn.functional.normalize(states.mean(dim=0), dim=0).numpy())
    return np.stack(vectors)


@pytest.mark.parametrize(("precision", "least"), [("float32", 0.99999), ("int8", 0.995)])
def test_vectors_are_those_of_torch(two_tower: Path, precision, least: float):
    """The hand-written graph computes BERT with a mean over tokens; 8 bits come close."""
    expected = torch_vectors(two_tower, TEXTS, max_tokens=32)

    actual = Encoder(two_tower, precision=precision).encode(TEXTS, max_tokens=32)

    assert (actual * expected).sum(axis=1).min() > least


@pytest.mark.parametrize("precision", ["float32", "int8"])
def test_company_does_not_change_a_vector(
    two_tower: Path, precision, monkeypatch: pytest.MonkeyPatch
):
    """Padding and batch make no difference."""
    encoder = Encoder(two_tower, precision=precision)
    together = encoder.encode(TEXTS, max_tokens=32)

    monkeypatch.setattr(encoder_module, "BATCH_TOKENS", 1)
    alone = encoder.encode(TEXTS, max_tokens=32)

    assert np.abs(together - alone).max() < 1e-5


def test_texts_longer_than_the_positions_are_cut(two_tower: Path):
    """However many tokens are asked for, the model's positions are the limit."""
    encoder = Encoder(two_tower)

    vectors = encoder.encode(["a " * 500, "a " * 46], max_tokens=10_000)

    assert np.array_equal(vectors[0], vectors[1])


def test_making_an_encoder_reads_nothing(tmp_path: Path):
    """A folder that is not there is only missed on first use, and the message says what to do."""
    encoder = Encoder(tmp_path / "nowhere")

    with pytest.raises(ModelUnavailable, match=r"it has no config\.json, model\.safetensors"):
        encoder.encode(["a"], max_tokens=8)
    with pytest.raises(ModelUnavailable, match=r"commonplace build-model"):
        _ = encoder.version


@pytest.fixture
def own_copy(two_tower: Path, tmp_path: Path) -> Path:
    """A copy that a test may break."""
    return Path(shutil.copytree(two_tower, tmp_path / "copy"))


def change_config(folder: Path, **changes: object) -> None:
    file = folder / "config.json"
    config = json.loads(file.read_text(encoding="utf-8"))
    config.update(changes)
    file.write_text(json.dumps(config), encoding="utf-8")


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        pytest.param({"commonplace": None}, "not a two-tower model", id="foreign"),
        pytest.param({"commonplace": {"name": "x"}}, "does not say 'scale'", id="incomplete"),
        pytest.param({"hidden_act": "relu"}, "hidden_act is 'relu'", id="other-activation"),
        pytest.param({"model_type": "deberta"}, "model_type is 'deberta'", id="other-type"),
        pytest.param({"hidden_size": None}, "does not say hidden_size", id="no-size"),
    ],
)
def test_a_configuration_that_does_not_fit_is_refused(own_copy: Path, changes, message: str):
    """The error names what was found."""
    change_config(own_copy, **changes)

    with pytest.raises(ModelUnavailable, match=message):
        _ = Encoder(own_copy).settings


def test_a_configuration_that_is_no_json_is_refused(own_copy: Path):
    """So is one that cannot be read at all."""
    (own_copy / "config.json").write_text("{", encoding="utf-8")

    with pytest.raises(ModelUnavailable, match=r"config\.json cannot be used"):
        _ = Encoder(own_copy).size


def test_damaged_weights_are_refused(own_copy: Path):
    """A download that broke off is told, not run."""
    file = own_copy / "model.safetensors"
    file.write_bytes(file.read_bytes()[:1000])

    with pytest.raises(ModelUnavailable, match="not a whole safetensors file"):
        Encoder(own_copy).encode(["a"], max_tokens=8)


def test_a_missing_tensor_is_named(own_copy: Path):
    """A checkpoint of another kind lacks what the graph needs."""
    file = own_copy / "model.safetensors"
    weights = dict(weights_file.read(file))
    del weights["encoder.layer.1.output.dense.bias"]
    weights_file.write(weights, file)

    with pytest.raises(ModelUnavailable, match=r"has no 'encoder\.layer\.1\.output\.dense\.bias'"):
        Encoder(own_copy).encode(["a"], max_tokens=8)


def test_a_tensor_of_the_wrong_kind_is_named(own_copy: Path):
    """A bias where a matrix must be, and the other way round, is not taken."""
    file = own_copy / "model.safetensors"
    for name in ("encoder.layer.0.output.dense.weight", "encoder.layer.0.output.dense.bias"):
        weights = dict(weights_file.read(file))
        broken = own_copy / "broken"
        shutil.copytree(own_copy, broken, ignore=shutil.ignore_patterns("broken"))
        other = {"weight": np.ones(3, np.float32), "bias": weights_file.Rows.of(np.eye(3))}
        weights[name] = other[name.rpartition(".")[2]]
        weights_file.write(weights, broken / "model.safetensors")

        with pytest.raises(ModelUnavailable, match=name):
            Encoder(broken).encode(["a"], max_tokens=8)
        shutil.rmtree(broken)


def test_the_version_changes_with_any_file(own_copy: Path, two_tower: Path):
    """A digest of the whole folder is in it, so that nothing changes unnoticed."""
    before = Encoder(two_tower).version

    change_config(own_copy, layer_norm_eps=1e-6)

    assert before.startswith("tiny@")
    assert Encoder(own_copy).version.startswith("tiny@")
    assert Encoder(own_copy).version != before


def test_one_folder_has_one_encoder(two_tower: Path, monkeypatch: pytest.MonkeyPatch):
    """However it is spelled, so that weights are in memory once."""
    monkeypatch.chdir(two_tower)

    assert shared(two_tower) is shared(Path())
    assert shared(two_tower) is not shared(two_tower, threads=1)
    assert shared() is shared()


def test_threads_load_a_model_once(two_tower: Path, monkeypatch: pytest.MonkeyPatch):
    """The first use in several threads at once opens one session."""
    opened = []
    real = encoder_module.build

    def counting(*given, **options) -> bytes:
        opened.append(threading.get_ident())
        return real(*given, **options)

    monkeypatch.setattr(encoder_module, "build", counting)
    encoder = Encoder(two_tower)
    vectors: list[np.ndarray] = []
    threads = [
        threading.Thread(target=lambda: vectors.append(encoder.encode(TEXTS, max_tokens=32)))
        for _ in range(8)
    ]

    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(opened) == 1
    assert len(vectors) == 8
    assert all(np.array_equal(each, vectors[0]) for each in vectors)


@pytest.mark.parametrize(("clipped", "expected"), [(False, "int8"), (True, "float32")])
def test_a_processor_that_clips_sums_gets_floats(
    clipped: bool, expected: str, monkeypatch: pytest.MonkeyPatch
):
    """8-bit products are used only where a probe comes out exact."""

    class Session:
        def run(self, output, *, rows):
            sums = np.full((len(rows), 64), 127 * 127 * 384, np.float32)
            return sums - 1000 if clipped else sums

    monkeypatch.setattr(encoder_module, "Session", lambda *_, **__: Session())

    assert best_precision() == expected


def test_the_probe_runs_here():
    """The real probe gives one of the two."""
    assert best_precision() in ("int8", "float32")


def test_a_shape_is_read_from_what_transformers_writes():
    """Unused keys do not matter."""
    shape = Shape.of({**bert_config(), "use_cache": True})

    assert shape == Shape(layers=2, heads=4, hidden=32, epsilon=1e-12)


# ── a model that adds to another ─────────────────────────────────────────────────────────────────


def fine_tuned(own_copy: Path, *, base: str = "..", of: Path | None = None) -> Path:
    """A folder in `own_copy` with what another model adds to it; what it should compute is `of`."""
    before = weights_file.read(own_copy / "model.safetensors")
    changed = {
        name: tensor + np.float32(0.3) * np.sin(np.arange(tensor.size)).reshape(tensor.shape)
        for name, tensor in weights_file.floats(before).items()
        if name != "embeddings.word_embeddings.weight"
    }
    folder = own_copy / "tuned"
    folder.mkdir()
    config = json.loads((own_copy / "config.json").read_text("utf-8"))
    config["commonplace"] |= {"base": base, "base_digest": low_rank.digest(own_copy)}
    (folder / "config.json").write_text(json.dumps(config), "utf-8")
    added = low_rank.difference(changed, before, rank=8)
    weights_file.write(added, folder / "model.safetensors")
    if of is not None:
        shutil.copytree(own_copy, of, ignore=shutil.ignore_patterns("tuned"))
        weights_file.write(low_rank.applied(added, before), of / "model.safetensors")
    return folder


def test_a_folder_may_hold_what_it_adds_to_another(own_copy: Path, tmp_path: Path):
    """Weights and tokenizer come from there; vectors are those of the whole model."""
    tuned = fine_tuned(own_copy, of=tmp_path / "whole")

    actual = Encoder(tuned, precision="float32").encode(TEXTS, max_tokens=32)

    whole = Encoder(tmp_path / "whole", precision="float32").encode(TEXTS, max_tokens=32)
    before = Encoder(own_copy, precision="float32").encode(TEXTS, max_tokens=32)
    assert np.allclose(actual, whole, atol=1e-5)
    assert not np.allclose(actual, before, atol=0.01)


def test_a_base_that_has_changed_since_is_refused(own_copy: Path):
    """What was trained on other weights would mean nothing here."""
    tuned = fine_tuned(own_copy)
    weights = dict(weights_file.read(own_copy / "model.safetensors"))
    weights["embeddings.LayerNorm.bias"] = weights["embeddings.LayerNorm.bias"] + 1
    weights_file.write(weights, own_copy / "model.safetensors")

    with pytest.raises(ModelUnavailable, match="has changed since"):
        Encoder(tuned).encode(["a"], max_tokens=8)


def test_a_base_may_be_the_model_in_the_package():
    """By name, wherever that is."""
    assert low_rank.base_of(Path("/anywhere"), {"base": "builtin/zh"}) == BUILTIN / "zh"
    assert low_rank.base_of(Path("/any/where"), {"base": ".."}) == Path("/any")
    assert low_rank.base_of(Path("/any/where"), {}) == Path("/any/where")
