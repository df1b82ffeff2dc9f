"""How often a right topic is among those that the chooser lets be asked, at which price.

    python -m tests.eval.choosing --data DIR [--limit 300] [--seed 12] [--examples 0]

DIR and its sets are those of `tests.eval.labels`; each set is compared in its own language. With
`--examples N`, each topic has N texts of the same set that people could have given it.
"""

import argparse
import random
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from core.choosing import DEFAULT_WIDTH, Width, passed_over
from core.domain import LabelPath, Language
from core.models.choosing import PrototypeChooser
from core.models.embedder import BuiltinEmbedder
from core.taxonomy import starter
from tests.eval.labels import SETS, Case, cases

WIDTHS = (
    DEFAULT_WIDTH,
    Width(least=4, margin=0.1, most=8),
    Width(least=4, margin=0.3, most=8),
    Width(least=4, margin=0.3, most=12),
    Width(least=6, margin=0.0, most=6),
)


def recall(
    drawn: Sequence[Case], likenesses: Sequence[Mapping[LabelPath, float]], width: Width
) -> tuple[float, float]:
    """Share of texts with a right topic among those asked, and top labels asked about a text."""
    taxonomy = starter()
    top = {label.path for dimension in taxonomy.dimensions for label in dimension.labels}
    found = asked = 0
    for case, likeness in zip(drawn, likenesses, strict=True):
        left = top - passed_over(taxonomy, likeness, width=width)
        found, asked = found + bool(left & case.allowed), asked + len(left)
    return found / len(drawn), asked / len(drawn)


def main() -> None:
    """Compare, count, print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--limit", type=int, default=300, help="texts per set")
    parser.add_argument("--seed", type=int, default=12)
    parser.add_argument("--examples", type=int, default=0, help="texts per topic that are given")
    options = parser.parse_args()

    embedder = BuiltinEmbedder()
    chooser = PrototypeChooser(embedder)
    results = []
    for name, file, key, sections in SETS:
        found = [case for case in cases(options.data, file, key, sections) if case.allowed]
        random.Random(options.seed).shuffle(found)
        drawn, rest = found[: options.limit], found[options.limit :]
        given = {
            LabelPath(path): embedder.embed(
                [case.text for case in rest if path in case.allowed][: options.examples]
            )
            for path in {path for case in rest for path in case.allowed}
            if options.examples
        }
        language: Language = "en" if ", en" in name else "zh-TW"
        likenesses = chooser.likeness(
            [case.text for case in drawn],
            taxonomy=starter(),
            language=language,
            examples=lambda given=given: given,
        )
        results.append((name, [recall(drawn, likenesses, width) for width in WIDTHS]))
    for place, width in enumerate(WIDTHS):
        rows = [figures[place] for _, figures in results]
        means = [sum(column) / len(rows) for column in zip(*rows, strict=True)]
        sets = ", ".join(f"{name} {figures[place][0]:.1%}" for name, figures in results)
        sys.stdout.write(f"{width}\n  {means[0]:.1%} with {means[1]:.1f} questions: {sets}\n")


if __name__ == "__main__":
    main()
