"""How long a community's model takes to train, with the built-in model and the starter taxonomy.

    python -m tests.bench training

Texts are made up, half Chinese, half English, each of a screen's length; every one has one or two
of the starter's labels and is complete in their dimensions. Beside them are as many texts of which
nobody decided anything as a community's training reads at most. Folds for calibration are part of
it.
"""

import random
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from core.labelling import SHORT_TEXT
from core.models.entailer import is_chinese
from core.models.finetune.training import fine_tune
from core.taxonomy import Taxonomy, ancestors, dimension_of, starter
from core.teaching import MOST_UNDECIDED
from core.training_set import Example
from tests.bench.rows import Options, Row
from tests.bench.texts import text

SIZES = {100: 180.0, 1_000: 1_200.0}
"""Decided items, and the most seconds that training may take."""

SEED = 20260301


def decided(count: int, taxonomy: Taxonomy) -> list[Example]:
    """Made-up items with labels."""
    chance = random.Random(SEED)
    paths = [label.path for label in taxonomy.walk()][:40]
    found = []
    for number in range(count):
        words = text(chance, sentences=12)[:SHORT_TEXT]
        labels = chance.sample(paths, chance.choice((1, 1, 2)))
        found.append(
            Example(
                id=str(number),
                premise=words,
                language="zh-TW" if is_chinese(words) else "en",
                holds=frozenset(above for path in labels for above in (*ancestors(path), path)),
                complete=frozenset(dimension_of(path) for path in labels),
            )
        )
    return found


def training(options: Options) -> list[Row]:
    """Train on few and on many."""
    taxonomy = starter()
    rows = []
    for count in options.trained_items:
        with tempfile.TemporaryDirectory() as folder:
            began, used = time.monotonic(), time.process_time()
            given = decided(count + MOST_UNDECIDED, taxonomy)
            others = [
                replace(each, holds=frozenset(), complete=frozenset()) for each in given[count:]
            ]
            fine_tune([*given[:count], *others], taxonomy, Path(folder) / "model")
            seconds, used = time.monotonic() - began, time.process_time() - used
        note = f"{used:.0f} s of processor"
        limit = SIZES.get(count)
        rows.append(Row(f"a model trained on {count:,} decided items", seconds, "s", limit, note))
    return rows
