"""What a model would have said of the texts that it learnt from, had it not learnt from them.

A model is judged on all that people decided, not on a part that is held out for good: of a few
dozen items a part says nothing. So whoever trains has each text answered by a model that learnt
from the others (cross-fitting: Stone 1974, "Cross-Validatory Choice and Assessment of Statistical
Predictions"), and keeps the answers beside the weights, a JSON object a line. Texts are known by a
digest, so that the file tells nothing to those who do not have them.

Where that would cost too many trainings, as with a large pair model, a part of the texts is held
out, and it is kept which ones were not: by those the model is not judged.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from core.domain import LabelPath

FILE, LEARNT_FILE = "unseen.jsonl", "learnt.txt"

_LEAST = 0.0005
"""Smaller probabilities are left out; they count as 0."""


@dataclass(frozen=True, slots=True)
class Answered:
    """What a model says of a text.

    Attributes:
        labels: that it gives, closed under ancestors.
        probabilities: of labels, 0 to 1; 0 where one is missing.
    """

    labels: frozenset[LabelPath]
    probabilities: Mapping[LabelPath, float]


def digest(text: str) -> str:
    """By which a text is known: 16 hex digits."""
    return hashlib.sha256(text.strip().encode()).hexdigest()[:16]


def write(said: Iterable[tuple[str, Answered]], folder: Path) -> None:
    """Keep what was said of texts beside a model."""
    lines = [
        json.dumps(
            {
                "text": digest(text),
                "labels": sorted(each.labels),
                "probabilities": {
                    path: round(value, 4)
                    for path, value in sorted(each.probabilities.items())
                    if value >= _LEAST
                },
            },
            ensure_ascii=False,
        )
        for text, each in said
    ]
    (folder / FILE).write_text("".join(f"{line}\n" for line in lines), "utf-8")


def read(folder: Path) -> dict[str, Answered]:
    """What is kept beside a model, by the texts' digests; nothing, if there is no such file.

    Raises:
        OSError, ValueError, KeyError, TypeError, AttributeError: the file is damaged.
    """
    file = folder / FILE
    if not file.is_file():
        return {}
    found = {}
    for line in file.read_text("utf-8").splitlines():
        said = json.loads(line)
        found[str(said["text"])] = Answered(
            frozenset(LabelPath(path) for path in said["labels"]),
            {LabelPath(path): float(value) for path, value in said["probabilities"].items()},
        )
    return found


def write_learnt(texts: Iterable[str], folder: Path) -> None:
    """Keep which texts a model learnt from without being asked about them beforehand."""
    lines = sorted({digest(text) for text in texts})
    (folder / LEARNT_FILE).write_text("".join(f"{line}\n" for line in lines), "utf-8")


def read_learnt(folder: Path) -> frozenset[str]:
    """The digests of these texts; none, if there is no such file.

    Raises:
        OSError, ValueError: the file is damaged.
    """
    file = folder / LEARNT_FILE
    return frozenset(file.read_text("utf-8").split()) if file.is_file() else frozenset()
