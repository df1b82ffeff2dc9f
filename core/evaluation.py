"""Methods of labelling, compared on texts whose labels are known, and each with itself."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from core.annotating import annotate
from core.domain import Document, Language, Summary
from core.errors import BadAnswer
from core.labelled import LabelledText
from core.ports import Annotator
from core.repeats import Spread, mean, spread
from core.scores import Labels, Scores, by_dimension, score
from core.taxonomy import Taxonomy

Documents = Sequence[tuple[Document, Summary | None]]
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Said:
    """What a method said about n texts.

    Attributes:
        model: name and version of what answered.
        labels: of each text, closed under ancestors.
    """

    model: str
    labels: Sequence[Labels]


class Method(Protocol):
    """A way of labelling texts."""

    @property
    def at_once(self) -> int:
        """How many texts it is best given together."""
        ...

    def label(self, documents: Documents) -> Said:
        """Label texts.

        Args:
            documents: n documents with their summaries.

        Raises:
            BadAnswer: there is no usable answer about them.
        """
        ...


@dataclass(frozen=True, slots=True)
class AnnotatorMethod:
    """Labels as an annotator gives them in the bot.

    Attributes:
        annotator, taxonomy, language: as for `core.annotating.annotate`.
        at_once: see `Method`; 1 where answers fail one by one.
    """

    annotator: Annotator
    taxonomy: Taxonomy
    language: Language
    at_once: int

    def label(self, documents: Documents) -> Said:
        """Label texts; see `Method`."""
        labellings = annotate(
            self.annotator, documents, taxonomy=self.taxonomy, language=self.language
        )
        labels = [frozenset(label.path for label in each.labels) for each in labellings]
        return Said(labellings[0].model, labels)


@dataclass(frozen=True, slots=True)
class Evaluated:
    """How a method did.

    Attributes:
        model: as it stated itself; "" if it never answered.
        scores: mean of the runs; dimensions: the same for each; spread: between the runs.
        failed: texts, of all runs, without a usable answer; they count as without labels.
        seconds: per text.
    """

    model: str
    scores: Scores
    dimensions: dict[str, Scores]
    spread: Spread
    failed: int
    seconds: float


def evaluate(
    method: Method,
    documents: Documents,
    right: Sequence[LabelledText],
    *,
    taxonomy: Taxonomy,
    repeat: int = 1,
    on_progress: Progress = lambda _done, _total: None,
) -> Evaluated:
    """Let a method label texts as often as asked, and judge the runs.

    Args:
        documents, right: the same n texts, at least one, as the method sees them and as they are.
        taxonomy: what may be said.
        repeat: runs, at least 1.
        on_progress: hears how many texts of how many are done.

    Raises:
        ModelUnavailable, ModelBusy: as the method does.
    """
    began, done, failed, model = time.monotonic(), 0, 0, ""
    runs: list[list[Labels]] = []
    for _ in range(repeat):
        run: list[Labels] = []
        for start in range(0, len(documents), method.at_once):
            batch = documents[start : start + method.at_once]
            try:
                said = method.label(batch)
                model, labels = said.model, said.labels
            except BadAnswer:
                labels = [frozenset()] * len(batch)
                failed += len(batch)
            run += labels
            done += len(batch)
            on_progress(done, len(documents) * repeat)
        runs.append(run)
    dimensions = [by_dimension(right, run) for run in runs]
    return Evaluated(
        model=model,
        scores=mean([score(right, run) for run in runs]),
        dimensions={id_: mean([each[id_] for each in dimensions]) for id_ in dimensions[0]},
        spread=spread(right, runs, taxonomy),
        failed=failed,
        seconds=(time.monotonic() - began) / (len(documents) * repeat),
    )
