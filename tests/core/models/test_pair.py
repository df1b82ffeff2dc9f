"""Pair models: columns by name, truncation, and what is told when a model cannot be had."""

import json
import shutil
import sys
from pathlib import Path

import pytest
import torch
from transformers import AutoModelForSequenceClassification, AutoTokenizer

from core.errors import ModelUnavailable
from core.models.pair import PairEntailer, entailment_column
from tests.fakes.checkpoints import write_pair

THREE = ("contradiction", "neutral", "entailment")
PAIR = ("台灣 environment", "about environment")


@pytest.fixture(scope="module")
def three_way(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tiny three-way model; not to be changed."""
    return write_pair(tmp_path_factory.mktemp("pair"), THREE)


@pytest.fixture
def own_copy(three_way: Path, tmp_path: Path) -> Path:
    """A copy that a test may break."""
    return Path(shutil.copytree(three_way, tmp_path / "copy"))


def change_config(folder: Path, **changes: object) -> None:
    file = folder / "config.json"
    config = json.loads(file.read_text(encoding="utf-8"))
    file.write_text(json.dumps(config | changes), encoding="utf-8")


def by_hand(folder: Path, premise: str, hypothesis: str) -> list[float]:
    """The softmax over all columns, as torch gives it."""
    tokenizer = AutoTokenizer.from_pretrained(folder)
    model = AutoModelForSequenceClassification.from_pretrained(folder).eval()
    with torch.inference_mode():
        logits = model(**tokenizer(premise, hypothesis, return_tensors="pt")).logits[0]
    return logits.softmax(dim=0).tolist()


def test_the_answer_is_the_entailment_column_among_all(three_way: Path):
    """Neutral counts as no."""
    answer = PairEntailer(str(three_way)).entail([PAIR])[0]

    assert answer == pytest.approx(by_hand(three_way, *PAIR)[2], abs=1e-5)


@pytest.mark.parametrize(
    ("labels", "column"),
    [
        pytest.param(THREE, 2, id="last"),
        pytest.param(("ENTAILMENT", "NEUTRAL", "CONTRADICTION"), 0, id="first-in-capitals"),
        pytest.param(("not_entailment", "entailment"), 1, id="two-way"),
        pytest.param(("neutral", " Entails ", "contradicts"), 1, id="middle"),
        pytest.param(("矛盾", "蕴含", "中立"), 1, id="chinese"),
    ],
)
def test_the_column_is_found_by_name(labels: tuple[str, ...], column: int):
    """Its place differs from model to model."""
    assert entailment_column(dict(enumerate(labels)), model="m") == column


@pytest.mark.parametrize(
    "labels",
    [
        pytest.param(("LABEL_0", "LABEL_1", "LABEL_2"), id="unnamed"),
        pytest.param(("positive", "negative"), id="sentiment"),
        pytest.param(("not_entailment", "neutral"), id="only-its-opposite"),
        pytest.param(("entailment", "Entailment"), id="twice"),
    ],
)
def test_a_model_without_one_entailment_column_is_refused(labels: tuple[str, ...]):
    """The error lists the columns found; nothing is guessed."""
    with pytest.raises(ModelUnavailable) as caught:
        entailment_column(dict(enumerate(labels)), model="some/model")

    assert all(repr(label) in caught.value.message for label in labels)
    assert caught.value.facts["model"] == "some/model"


def test_an_order_of_columns_in_the_file_is_obeyed(three_way: Path, own_copy: Path):
    """Renaming the columns moves the answer with the name."""
    change_config(own_copy, id2label={"0": "entailment", "1": "neutral", "2": "contradiction"})

    answer = PairEntailer(str(own_copy)).entail([PAIR])[0]

    assert answer == pytest.approx(by_hand(three_way, *PAIR)[0], abs=1e-5)


def test_a_single_column_gives_its_sigmoid(tmp_path: Path):
    """A model trained to say yes or no with one number is a probability, too."""
    folder = write_pair(tmp_path, ("entailment",))
    tokenizer = AutoTokenizer.from_pretrained(folder)
    model = AutoModelForSequenceClassification.from_pretrained(folder).eval()
    with torch.inference_mode():
        logit = model(**tokenizer(*PAIR, return_tensors="pt")).logits[0, 0]

    answer = PairEntailer(str(folder)).entail([PAIR])[0]

    assert answer == pytest.approx(float(logit.sigmoid()), abs=1e-5)


def test_only_the_premise_is_cut(three_way: Path):
    """A premise beyond the model's length loses its end; the hypothesis still decides."""
    entailer = PairEntailer(str(three_way))
    premise = "a b c " * 100

    same, other, tail = entailer.entail(
        [(premise, "台"), (premise, "about x"), (premise + "z z z", "台")]
    )

    assert same == pytest.approx(tail, abs=1e-5)
    assert same != pytest.approx(other, abs=1e-5)


def test_an_endless_hypothesis_leaves_room_for_the_premise(three_way: Path):
    """Of a hypothesis beyond half the model's length, the beginning counts."""
    entailer = PairEntailer(str(three_way))

    first, second, other = entailer.entail(
        [("a", "b " * 300), ("a", "b " * 400), ("c", "b " * 300)]
    )

    assert first == pytest.approx(second, abs=1e-5)
    assert first != pytest.approx(other, abs=1e-6)


def test_a_folder_is_read_without_the_network(three_way: Path, monkeypatch: pytest.MonkeyPatch):
    """Nothing is looked up, not even whether there is something newer."""
    import socket

    def refuse(*_: object) -> None:
        raise AssertionError("a folder needs no network")

    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setattr(socket.socket, "connect", refuse)

    assert len(PairEntailer(str(three_way)).entail([PAIR])) == 1


def test_the_version_of_a_folder_is_a_digest(three_way: Path, own_copy: Path):
    """Changed files are another version."""
    before = PairEntailer(str(own_copy)).version
    change_config(own_copy, layer_norm_eps=1e-6)

    assert before.partition("@")[2] == PairEntailer(str(three_way)).version.partition("@")[2]
    assert PairEntailer(str(own_copy)).version != before


@pytest.mark.parametrize("name", ["/no/such/folder", "./nowhere", "~/nowhere/at/all", "a/b/c"])
def test_a_folder_that_is_not_there_is_not_looked_for_on_the_hub(name: str):
    """What can only be a path is told to be a missing one."""
    with pytest.raises(ModelUnavailable, match="there is no folder"):
        PairEntailer(name).entail([PAIR])


def test_a_hub_out_of_reach_is_told_with_a_way_out(tmp_path: Path, monkeypatch):
    """The error says how to use a folder instead."""
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path))
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)

    with pytest.raises(ModelUnavailable, match="name the folder"):
        PairEntailer("no-such-person/no-such-model-here").entail([PAIR])


def test_a_broken_folder_is_told(own_copy: Path):
    """A file that cannot be parsed is the operator's to mend."""
    (own_copy / "model.safetensors").write_bytes(b"nothing")

    with pytest.raises(ModelUnavailable, match="the folder cannot be read"):
        PairEntailer(str(own_copy)).entail([PAIR])


def test_a_model_that_was_never_fine_tuned_is_refused(own_copy: Path):
    """Without a trained head the answers would be noise, whatever the columns are called."""
    from safetensors.numpy import load_file, save_file

    file = own_copy / "model.safetensors"
    tensors = load_file(file)
    kept = {name: each for name, each in tensors.items() if not name.startswith("classifier")}
    save_file(kept, file, metadata={"format": "pt"})

    with pytest.raises(ModelUnavailable, match="lack weights"):
        PairEntailer(str(own_copy)).entail([PAIR])


def test_a_missing_extra_is_told_with_the_command(three_way: Path, monkeypatch):
    """Without torch and transformers, the message is what to type."""
    monkeypatch.setitem(sys.modules, "transformers", None)

    with pytest.raises(ModelUnavailable, match=r"pip install '\.\[hub\]'"):
        PairEntailer(str(three_way)).entail([PAIR])
