"""The versions of a community's model: what each learnt from, how it did, and where it stands.

A version is counted per community from 1. It is trained, judged against the model that is live
(`core.gate`), and then waits for an admin, or is kept aside with its report. One is live at most;
where none is, the model of the settings is.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from core.domain import ChatRef, LabelPath


class VersionState(StrEnum):
    """Where a version stands."""

    TRAINING = "training"
    STOPPED = "stopped"
    JUDGING = "judging"
    CANDIDATE = "candidate"
    ASIDE = "aside"
    LIVE = "live"
    RETIRED = "retired"
    FAILED = "failed"


UNDER_WAY = (VersionState.TRAINING, VersionState.JUDGING)
"""Somebody is at work on it, or will be after the next start."""

WITH_WEIGHTS = (
    VersionState.JUDGING,
    VersionState.CANDIDATE,
    VersionState.ASIDE,
    VersionState.LIVE,
    VersionState.RETIRED,
)


class Cause(StrEnum):
    """Why a version came about."""

    COMMAND = "command"
    WEEKLY = "weekly"
    IMPORT = "import"


@dataclass(frozen=True, slots=True)
class Lessons:
    """What a version learnt from, as its card tells it.

    Attributes:
        examples: decided texts that it learnt from; unlabelled: others that it read.
        labels: for each label, of how many of the texts people said that it holds, and of how many
            that it does not.
        rounds: closed review rounds by then; agreement: Krippendorff's alpha of each dimension, as
            far as anybody knows.
        codebook: version of the codebook; wording: hash of its questions.
        newest: id of the newest line of the decision log that was known.
        seed: of every choice.
    """

    examples: int = 0
    labels: Mapping[LabelPath, tuple[int, int]] = field(default_factory=dict)
    rounds: int = 0
    agreement: Mapping[str, float] = field(default_factory=dict)
    codebook: str = ""
    wording: str = ""
    newest: int = 0
    seed: int = 1
    unlabelled: int = 0


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of the live model and the candidate, 0 to 1.

    Attributes:
        name: "micro", "macro", "hierarchical", "exact", "calibration", "general", or a dimension's
            id behind "dimension:".
        gain: by how much the candidate is better; low, high: the interval in which the middle 90 %
            of redraws lie. Of calibration less is better, so a gain is what the error fell by.
    """

    name: str
    live: float
    candidate: float
    gain: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Objection:
    """Why a candidate does not pass.

    Attributes:
        reason: "too-few", "not-better", "dimension" or "general".
        name: of what it is about, as `Figure.name`.
        value: how many texts there were, or by how much it is worse.
        limit: what would have done.
    """

    reason: str
    name: str
    value: float
    limit: float


@dataclass(frozen=True, slots=True)
class Change:
    """An item whose labels a candidate would change.

    Attributes:
        item: its id.
        gains, loses: labels.
        direction: "towards" what people decided, "away" from it, or "" where they decided nothing
            about these labels, or as much is won as lost.
    """

    item: int
    gains: tuple[LabelPath, ...]
    loses: tuple[LabelPath, ...]
    direction: str


@dataclass(frozen=True, slots=True)
class Report:
    """How a candidate did beside the live model.

    Attributes:
        live: which version that was; None: the model of the settings.
        texts: decided items; decisions: (item, label) pairs of them that people decided.
        figures: in the order in which they are told.
        objections: none: it passes.
        items: own items that both labelled; changes: those that would change.
        towards, away: how many of all these changes are.
        changed: how many there are; `changes` names some.
    """

    live: int | None
    texts: int
    decisions: int
    figures: tuple[Figure, ...]
    objections: tuple[Objection, ...]
    items: int = 0
    changed: int = 0
    towards: int = 0
    away: int = 0
    changes: tuple[Change, ...] = ()

    @property
    def passes(self) -> bool:
        """Nothing speaks against it."""
        return not self.objections

    def figure(self, name: str) -> Figure | None:
        """The figure of a name."""
        return next((each for each in self.figures if each.name == name), None)


@dataclass(frozen=True, slots=True)
class ModelVersion:
    """A version.

    Attributes:
        number: counted per community from 1.
        model: name and version of its weights (`Labelling.model`); "" until it has some.
        replaces: which version was live before it went live; None: the model of the settings.
        where: in which chat its end is told.
        failure: why it failed, in one sentence.
    """

    id: int
    community: int
    number: int
    state: VersionState
    cause: Cause
    begun_at: datetime
    lessons: Lessons = Lessons()
    model: str = ""
    finished_at: datetime | None = None
    live_at: datetime | None = None
    replaces: int | None = None
    report: Report | None = None
    where: ChatRef | None = None
    failure: str | None = None


# ── as objects ───────────────────────────────────────────────────────────────────────────────────


def lessons_of(said: Mapping[str, Any]) -> Lessons:
    """Lessons from what `dataclasses.asdict` made of them."""
    labels = {LabelPath(path): (int(yes), int(no)) for path, (yes, no) in said["labels"].items()}
    return Lessons(**{**said, "labels": labels})


def report_of(said: Mapping[str, Any]) -> Report:
    """A report from what `dataclasses.asdict` made of it."""

    def change(each: Mapping[str, Any]) -> Change:
        return Change(each["item"], tuple(each["gains"]), tuple(each["loses"]), each["direction"])

    return Report(
        **{
            **said,
            "figures": tuple(Figure(**each) for each in said["figures"]),
            "objections": tuple(Objection(**each) for each in said["objections"]),
            "changes": tuple(change(each) for each in said["changes"]),
        }
    )
