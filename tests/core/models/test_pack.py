"""Packing checkpoints into model folders."""

import json
from pathlib import Path

import numpy as np
import pytest

from core.models import weights as weights_file
from core.models.encoder import Encoder
from core.models.pack import main
from tests.fakes.checkpoints import two_tower_tensors, write_seed


def files(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir()}


def test_a_packed_folder_loads_and_comes_out_the_same_each_time(tmp_path: Path):
    """The command makes four files from the seed, byte for byte the same on every run."""
    seed = write_seed(tmp_path / "seed")
    command = ["--seed", str(seed), "--checkpoint", "one", "--name", "mine", "--text-tokens", "20"]

    main([*command, "--output", str(tmp_path / "first")])
    main([*command, "--output", str(tmp_path / "second")])

    first = files(tmp_path / "first")
    assert first == files(tmp_path / "second")
    assert sorted(first) == ["config.json", "model.safetensors", "pieces.tsv", "wordpiece.json"]
    settings = Encoder(tmp_path / "first").settings
    assert (settings.name, settings.text_tokens) == ("mine", 20)
    assert (settings.scale, settings.bias) == (8.0, -4.0)


def test_a_blend_lies_between_two_checkpoints(tmp_path: Path):
    """With a share of a quarter, weights are three parts one and one part the other."""
    seed = write_seed(tmp_path / "seed", checkpoints=("one", "two"))
    one, two = two_tower_tensors(seed=0), two_tower_tensors(seed=1)

    main(
        [
            *("--seed", str(seed), "--output", str(tmp_path / "out")),
            *("--checkpoint", "one", "--blend", "two", "0.25"),
        ]
    )

    packed = weights_file.floats(weights_file.read(tmp_path / "out" / "model.safetensors"))
    assert packed.keys() == one.keys()
    for name, tensor in packed.items():
        expected = 0.75 * one[name] + 0.25 * two[name]
        assert np.abs(tensor - expected).max() <= np.abs(expected).max() / 127


def test_the_shipped_folder_is_what_the_command_writes():
    """Its configuration has what packing keeps, and nothing that names a machine or a version."""
    config = json.loads((Encoder().folder / "config.json").read_text(encoding="utf-8"))

    assert "transformers_version" not in config
    assert set(config["commonplace"]) == {
        "name",
        "scale",
        "bias",
        "text_tokens",
        "hypothesis_tokens",
        "passage_tokens",
    }


def test_the_command_asks_for_its_folders():
    """Without a seed and an output there is nothing to do."""
    with pytest.raises(SystemExit):
        main([])
