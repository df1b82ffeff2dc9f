"""What a community's model learnt about its labels, beside its weights: vectors and scales.

A label of which people gave examples is no longer known by its hypothesis alone: what its texts
have in common is added to the hypothesis' vector (prototypes: Snell et al. 2017, arXiv:1703.05175;
with the label's name as the prior, as in Rocchio 1971). Its log odds are then calibrated
(`core.calibration`). All of it hangs on the hypothesis, word for word: a label that is reworded is
asked like any other until the model is trained again.

A folder keeps this in `learned.json` (labels in order) and, for each tower, `learned.safetensors`
(a matrix with their rows in 8 bits).
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.domain import LabelPath
from core.models import weights as weights_file
from core.models.weights import Rows

FILE = "learned.json"
VECTORS_FILE = "learned.safetensors"
_ADDED = "added"


@dataclass(frozen=True, slots=True)
class Curve:
    """Calibrated log odds = slope * log odds + offset."""

    slope: float
    offset: float


@dataclass(frozen=True, slots=True)
class LearnedLabel:
    """A label that has examples.

    Attributes:
        path: at the time.
        hypotheses: as it was asked, in every language.
        texts: how many had it.
        chinese: for questions whose sides are both Chinese; `other`: for all others.
        threshold: least calibrated probability of a "yes".
    """

    path: LabelPath
    hypotheses: tuple[str, ...]
    texts: int
    chinese: Curve
    other: Curve
    threshold: float


@dataclass(frozen=True)
class Learned:
    """Everything learnt about labels.

    Attributes:
        labels: in the order of the rows of the vectors.
        chinese_share: of the Chinese tower in log odds about Chinese pairs; None: as usual.
    """

    labels: tuple[LearnedLabel, ...]
    chinese_share: float | None = None

    def by_hypothesis(self) -> dict[str, int]:
        """The place of the label that each hypothesis asks about; none that two labels share."""
        found: dict[str, int] = {}
        shared: set[str] = set()
        for place, label in enumerate(self.labels):
            for hypothesis in label.hypotheses:
                if found.setdefault(hypothesis, place) != place:
                    shared.add(hypothesis)
        return {
            hypothesis: place for hypothesis, place in found.items() if hypothesis not in shared
        }

    def thresholds(self) -> Mapping[LabelPath, float]:
        """The least probabilities, by path."""
        return {label.path: label.threshold for label in self.labels}

    def calibrated(
        self,
        logits: NDArray[np.float64],
        hypotheses: list[str],
        is_chinese: NDArray[np.bool_],
    ) -> NDArray[np.float64]:
        """Log odds, calibrated where the question is about a label that was learnt.

        Args:
            logits: of n questions; hypotheses: of each; is_chinese: whether both sides are.
        """
        places = self.by_hypothesis()
        found = logits.copy()
        for row, hypothesis in enumerate(hypotheses):
            place = places.get(hypothesis)
            if place is not None:
                label = self.labels[place]
                curve = label.chinese if is_chinese[row] else label.other
                found[row] = curve.slope * logits[row] + curve.offset
        return found


def joined(vector: NDArray[np.float32], added: NDArray[np.float32]) -> NDArray[np.float32]:
    """A hypothesis' vector with what examples add to it, of unit norm again."""
    whole = vector + added
    norm = np.linalg.norm(whole)
    return (whole / norm).astype(np.float32) if norm else vector


def write(learned: Learned, folder: Path) -> None:
    """Write `learned.json`."""
    said = asdict(learned)
    text = json.dumps(said, ensure_ascii=False, indent=1) + "\n"
    (folder / FILE).write_text(text, encoding="utf-8")


def write_vectors(added: NDArray[np.float32], folder: Path) -> None:
    """Write a tower's matrix, of shape (labels, hidden)."""
    weights_file.write({_ADDED: Rows.of(added)}, folder / VECTORS_FILE)


def read(folder: Path) -> Learned | None:
    """What a folder learnt; None if it has no such file.

    Raises:
        OSError, ValueError, KeyError, TypeError: the file is damaged.
    """
    file = folder / FILE
    if not file.is_file():
        return None
    said: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    labels = tuple(
        LearnedLabel(
            path=LabelPath(each["path"]),
            hypotheses=tuple(each["hypotheses"]),
            texts=int(each["texts"]),
            chinese=Curve(**each["chinese"]),
            other=Curve(**each["other"]),
            threshold=float(each["threshold"]),
        )
        for each in said["labels"]
    )
    return Learned(labels, said["chinese_share"])


def digest(folder: Path) -> str:
    """12 hex digits that change with anything that was learnt about labels."""
    found = hashlib.sha256()
    files = [folder / FILE, folder / VECTORS_FILE, *sorted(folder.glob(f"*/{VECTORS_FILE}"))]
    for file in files:
        if file.is_file():
            found.update(file.read_bytes())
    return found.hexdigest()[:12]


def read_vectors(folder: Path) -> NDArray[np.float32]:
    """A tower's matrix, of shape (labels, hidden).

    Raises:
        OSError, ValueError, KeyError: the file is missing or damaged.
    """
    rows = weights_file.read(folder / VECTORS_FILE)[_ADDED]
    assert isinstance(rows, Rows), "a matrix is always kept as rows"
    return rows.floats()
