"""What a community's model learnt about its labels, beside its weights: vectors and scales.

A label of which people gave examples is no longer known by its hypothesis alone: its vector is
moved to where its examples are, the further, the more of them there are, and its log odds are
calibrated (`core.calibration`). All of it hangs on the hypothesis, word for word: a label that is
reworded is asked like any other until the model is trained again.

A folder keeps this in `learned.json` (labels in order) and, for each tower, `learned.safetensors`
(a matrix with their rows in 8 bits, and for each the likeness to it that is no news).
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.domain import LabelPath
from core.labelling import Threshold
from core.models import weights as weights_file
from core.models.weights import Rows

FILE = "learned.json"
VECTORS_FILE = "learned.safetensors"
_ADDED, _USUAL = "added", "usual"


@dataclass(frozen=True, slots=True)
class Added:
    """What examples of one label add to its hypothesis, in one tower.

    Attributes:
        vector: of shape (hidden,).
        usual: likeness to it of a usual text, which says nothing: so labels with examples and
            labels without stay comparable.
    """

    vector: NDArray[np.float32]
    usual: float

    def to(self, text: NDArray[np.float32]) -> float:
        """Added to the cosine of a text and the hypothesis."""
        return float(text @ self.vector) - self.usual


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
        threshold: least calibrated probability of a "yes", and how far what was learnt is trusted.
    """

    path: LabelPath
    hypotheses: tuple[str, ...]
    texts: int
    chinese: Curve
    other: Curve
    threshold: Threshold


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

    def thresholds(self) -> Mapping[LabelPath, Threshold]:
        """How sure a "yes" must be, by path."""
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


def write(learned: Learned, folder: Path) -> None:
    """Write `learned.json`."""
    said = asdict(learned)
    text = json.dumps(said, ensure_ascii=False, indent=1) + "\n"
    (folder / FILE).write_text(text, encoding="utf-8")


def write_vectors(added: Sequence[Added], folder: Path) -> None:
    """Write what examples add in a tower, in the order of the labels."""
    vectors = np.stack([each.vector for each in added])
    usual = np.array([each.usual for each in added], np.float32)
    weights_file.write({_ADDED: Rows.of(vectors), _USUAL: usual}, folder / VECTORS_FILE)


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
            threshold=Threshold(**each["threshold"]),
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


def read_vectors(folder: Path) -> list[Added]:
    """What examples add in a tower, in the order of the labels.

    Raises:
        OSError, ValueError, KeyError: the file is missing or damaged.
    """
    kept = weights_file.read(folder / VECTORS_FILE)
    rows, usual = kept[_ADDED], kept[_USUAL]
    if not isinstance(rows, Rows) or isinstance(usual, Rows):
        raise ValueError(f"{VECTORS_FILE} holds other tensors")
    return [
        Added(vector, float(middle)) for vector, middle in zip(rows.floats(), usual, strict=True)
    ]
