"""Measures how fast the built-in encoder is, next to torch: a command, not a test.

    python -m tests.eval.speed [--rounds N]

The ways take turns, so that other load on the machine meets all of them; a way's figure is the
median of its rounds. Only ratios between ways mean anything on a machine that is shared.
"""

# ruff: noqa: T201 - a command prints
import argparse
import random
import statistics
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from core.models import weights as weights_file
from core.models.encoder import Encoder
from core.models.model_folder import BUILTIN, CONFIG_FILE
from core.models.tokenizer import BilingualTokenizer
from tests.eval.measure import Encode, torch_encoder

WORDS = ["環境", "勞工", "權益", "能源", "轉型", "climate", "workers", "rights", "school", "rent"]


def texts(count: int, words: int) -> list[str]:
    """Made-up texts of so many words in both languages, always the same."""
    chooser = random.Random(words)
    return [" ".join(chooser.choices(WORDS, k=words)) for _ in range(count)]


def torch_way(folder: Path) -> Encode:
    """The built-in weights in floats, run by torch."""
    import torch
    from transformers import BertConfig, BertModel

    weights = weights_file.floats(weights_file.read(BUILTIN / weights_file.FILE))
    model = BertModel(BertConfig.from_json_file(BUILTIN / CONFIG_FILE), add_pooling_layer=False)
    model.load_state_dict({name: torch.from_numpy(tensor) for name, tensor in weights.items()})
    model.save_pretrained(folder)
    return torch_encoder(folder, BilingualTokenizer(BUILTIN))


def clock(work: Callable[[], object], times: list[float]) -> None:
    """Note how long one run takes, in seconds."""
    started = time.perf_counter()
    work()
    times.append(time.perf_counter() - started)


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure three ways on three loads."""
    parser = argparse.ArgumentParser(prog="python -m tests.eval.speed", description=__doc__)
    parser.add_argument("--rounds", type=int, default=7)
    rounds = parser.parse_args(arguments).rounds
    with TemporaryDirectory() as folder:
        ways: dict[str, Encode] = {"torch float32": torch_way(Path(folder))}
    for precision in ("float32", "int8"):
        encoder = Encoder(precision=precision)
        ways[f"onnxruntime {precision}"] = lambda given, cut, own=encoder: own.encode(
            given, max_tokens=cut
        )
    loads = {
        "1 query of 4 words": (1, 4),
        "100 of 20 words": (100, 20),
        "16 of 200 words": (16, 200),
    }
    for name, (count, words) in loads.items():
        load = texts(count, words)
        times: dict[str, list[float]] = {way: [] for way in ways}
        for _ in range(rounds + 1):
            for way, encode in ways.items():
                clock(lambda run=encode, given=load: run(given, 256), times[way])
        for way, taken in times.items():
            median = statistics.median(taken[1:])
            print(f"{name:20} {way:22} {median * 1000:9.1f} ms {count / median:9.0f} texts/s")


if __name__ == "__main__":
    main()
