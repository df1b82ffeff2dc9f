"""Methods of labelling, compared on texts whose labels are known, and each with itself."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from core.annotating import annotate
from core.domain import Document, Language, Summary
from core.errors import BadAnswer
from core.figures import Answers, Probabilities
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
        probabilities: of each text, by label: how sure it was; what it was not asked is not there.
            None: it states none.
    """

    model: str
    labels: Sequence[Labels]
    probabilities: Sequence[Probabilities] | None = None


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
        probabilities = [
            {answer.path: answer.probability for answer in each.answers} for each in labellings
        ]
        return Said(labellings[0].model, labels, probabilities)


@dataclass(frozen=True, slots=True)
class Evaluated:
    """How a method did.

    Attributes:
        model: as it stated itself; "" if it never answered.
        scores: mean of the runs; dimensions: the same for each; spread: between the runs.
        failed: texts, of all runs, without a usable answer; they count as without labels.
        seconds: per text.
        answers: of each run, to be measured and compared (`core.figures`).
    """

    model: str
    scores: Scores
    dimensions: dict[str, Scores]
    spread: Spread
    failed: int
    seconds: float
    answers: tuple[Answers, ...] = ()


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
    began, failed, model = time.monotonic(), 0, ""
    runs: list[Sequence[Labels]] = []
    answers: list[Answers] = []
    for number in range(repeat):

        def move(done: int, total: int, number: int = number) -> None:
            on_progress(number * total + done, repeat * total)

        said, without = label_all(method, documents, on_progress=move)
        model = said.model or model
        failed += without
        runs.append(said.labels)
        answers.append(Answers(said.labels, said.probabilities))
    dimensions = [by_dimension(right, run) for run in runs]
    return Evaluated(
        model=model,
        scores=mean([score(right, run) for run in runs]),
        dimensions={id_: mean([each[id_] for each in dimensions]) for id_ in dimensions[0]},
        spread=spread(right, runs, taxonomy),
        failed=failed,
        seconds=(time.monotonic() - began) / (len(documents) * repeat),
        answers=tuple(answers),
    )


def label_all(method: Method, documents: Documents, *, on_progress: Progress) -> tuple[Said, int]:
    """Let a method label texts in portions of the size that it likes.

    Args:
        on_progress: hears how many texts of how many are done.

    Returns:
        What it said about all (its model is "" if it never answered), and about how many of them
        it had no usable answer; these are without labels.

    Raises:
        ModelUnavailable, ModelBusy: as the method does.
    """
    model, failed = "", 0
    labels: list[Labels] = []
    probabilities: list[Probabilities] = []
    is_stated = True
    for start in range(0, len(documents), method.at_once):
        batch = documents[start : start + method.at_once]
        try:
            said = method.label(batch)
        except BadAnswer:
            said = Said(model, [frozenset()] * len(batch), [{} for _ in batch])
            failed += len(batch)
        model = said.model
        labels += said.labels
        is_stated = is_stated and said.probabilities is not None
        probabilities += said.probabilities or []
        on_progress(len(labels), len(documents))
    return Said(model, labels, probabilities if is_stated else None), failed
