"""Makes a model folder that the package can ship or load, from a checkpoint in floats.

    python -m core.models.pack --seed SEEDS --checkpoint aligned-labels --output FOLDER

SEEDS holds `pieces.tsv`, `wordpiece-tokenizer.json`, `check.json` (with the entailment's scale and
bias) and a folder per checkpoint (`config.json`, `model.safetensors`). The same seeds give the same
bytes. With `--blend NAME WEIGHT`, the weights become a mixture: (1 - WEIGHT) of the checkpoint and
WEIGHT of another.
"""

import argparse
import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from core.models import weights as weights_file
from core.models.model_folder import CONFIG_FILE
from core.models.tokenizer import PIECES_FILE, WORDPIECE_FILE
from core.models.weights import Rows, Weights

KEPT = (
    "model_type",
    "architectures",
    "hidden_act",
    "hidden_size",
    "intermediate_size",
    "layer_norm_eps",
    "max_position_embeddings",
    "num_attention_heads",
    "num_hidden_layers",
    "pad_token_id",
    "type_vocab_size",
    "vocab_size",
)


def pack(
    seed: Path,
    output: Path,
    *,
    checkpoint: str,
    name: str,
    tokens: dict[str, int],
    blend: tuple[str, float] | None = None,
) -> None:
    """Write a model folder.

    Args:
        seed: where the seeds are (see the module's own words).
        output: made if need be; files of the same names are replaced.
        checkpoint: the seed's folder to pack.
        name: what the model is called in versions.
        tokens: `text_tokens`, `hypothesis_tokens`, `passage_tokens` (see `encoder.Settings`).
        blend: another checkpoint and its share, 0 to 1.
    """
    output.mkdir(parents=True, exist_ok=True)
    weights = read_floats(seed / checkpoint)
    if blend is not None:
        other, share = read_floats(seed / blend[0]), blend[1]
        weights = {key: (1 - share) * weights[key] + share * other[key] for key in weights}
    weights_file.write(quantised(weights), output / weights_file.FILE)
    config = json.loads((seed / checkpoint / "config.json").read_text(encoding="utf-8"))
    entailment = json.loads((seed / "check.json").read_text(encoding="utf-8"))["entailment"]
    own = {"name": name, "scale": entailment["scale"], "bias": entailment["bias"], **tokens}
    described: dict[str, Any] = {key: config[key] for key in KEPT if key in config}
    described["commonplace"] = own
    text = json.dumps(described, indent=2) + "\n"
    (output / CONFIG_FILE).write_text(text, encoding="utf-8")
    shutil.copyfile(seed / "wordpiece-tokenizer.json", output / WORDPIECE_FILE)
    shutil.copyfile(seed / "pieces.tsv", output / PIECES_FILE)


def read_floats(folder: Path) -> dict[str, weights_file.Floats]:
    """A checkpoint's tensors in 32 bits, whatever they are stored in."""
    import numpy as np
    from safetensors.numpy import load_file

    tensors = load_file(folder / weights_file.FILE)
    return {key: tensor.astype(np.float32) for key, tensor in tensors.items()}


def quantised(tensors: dict[str, weights_file.Floats]) -> Weights:
    """Every matrix in 8 bits, the rest as it is."""
    return {key: Rows.of(each) if each.ndim == 2 else each for key, each in tensors.items()}


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the command line and pack."""
    parser = argparse.ArgumentParser(prog="python -m core.models.pack", description=__doc__)
    parser.add_argument("--seed", type=Path, required=True)
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument("--checkpoint", default="aligned-labels")
    parser.add_argument("--blend", nargs=2, metavar=("NAME", "WEIGHT"))
    parser.add_argument("--name", default="commonplace-two-tower")
    parser.add_argument("--text-tokens", type=int, default=96)
    parser.add_argument("--hypothesis-tokens", type=int, default=24)
    parser.add_argument("--passage-tokens", type=int, default=256)
    given = parser.parse_args(arguments)
    pack(
        given.seed,
        given.output,
        checkpoint=given.checkpoint,
        name=given.name,
        tokens={
            "text_tokens": given.text_tokens,
            "hypothesis_tokens": given.hypothesis_tokens,
            "passage_tokens": given.passage_tokens,
        },
        blend=(given.blend[0], float(given.blend[1])) if given.blend else None,
    )


if __name__ == "__main__":
    main()
