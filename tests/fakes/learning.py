"""A trainer that learns words, and a shelf that opens what it wrote."""

import json
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from core import unseen
from core.domain import Answer, ItemLabel, Labelling, LabelPath, Language, Premise
from core.errors import BadExamples, ModelUnavailable
from core.ports import Examples, Lesson, TrainingProgress
from core.taxonomy import Taxonomy, ancestors
from core.unseen import Answered
from tests.fakes.models import FakeAnnotator, FakeEntailer, terms

FILE, STATE = "words.json", "state.json"
STEPS = 4
FOLDS = 10
LEAST = 3


class FakeTrainer:
    """Finds the words that only texts with a label have, in a few steps that it remembers.

    Attributes:
        lessons: every lesson that was begun or gone on with.
        steps: how many were done in all.
        on_step: is called after each; lets tests stop in between.
        problem: why nothing can be trained; "": it can.
        reads_unlabelled: whether it is given texts that nobody decided.
    """

    def __init__(self) -> None:
        self.lessons: list[Lesson] = []
        self.steps = 0
        self.on_step: Callable[[int], None] = lambda _step: None
        self.problem = ""
        self.reads_unlabelled = True

    def check(self) -> None:
        if self.problem:
            raise ModelUnavailable(self.problem, model="fake")

    def train(
        self,
        lesson: Lesson,
        *,
        on_progress: Callable[[TrainingProgress], None],
        should_stop: Callable[[], bool],
    ) -> bool:
        self.check()
        self.lessons.append(lesson)
        rows = [json.loads(line) for line in lesson.examples.read_text("utf-8").splitlines()]
        if len(rows) < LEAST:
            raise BadExamples("There are too few examples.", reason="too-few", found=len(rows))
        lesson.output.mkdir(parents=True, exist_ok=True)
        state = lesson.output / STATE
        done = json.loads(state.read_text("utf-8")) if state.is_file() else 0
        on_progress(TrainingProgress(done, STEPS))
        while done < STEPS:
            if should_stop():
                state.write_text(json.dumps(done), "utf-8")
                return False
            done += 1
            self.steps += 1
            on_progress(TrainingProgress(done, STEPS, float(STEPS - done)))
            self.on_step(done)
        if should_stop():
            state.write_text(json.dumps(done), "utf-8")
            return False
        state.unlink(missing_ok=True)
        unseen.write(said_unseen(rows), lesson.output)
        (lesson.output / FILE).write_text(
            json.dumps(learnt(rows), ensure_ascii=False, sort_keys=True), "utf-8"
        )
        return True


def said_unseen(rows: list[dict]) -> Iterable[tuple[str, Answered]]:
    """What a model that learnt from all other stories says of each text."""
    stories = sorted({each["story"] for each in rows})
    for place in range(FOLDS):
        own = set(stories[place::FOLDS])
        words = learnt(each for each in rows if each["story"] not in own)
        for each in rows:
            if each["story"] in own:
                given = frozenset(
                    LabelPath(path) for path in words if is_told(each["text"], words[path])
                )
                yield each["text"], Answered(given, dict.fromkeys(given, 0.9))


def is_told(text: str, words: dict[str, list[str]]) -> bool:
    """Whether words tell that a label holds."""
    there = set(terms(text))
    return len(there & set(words["for"])) > len(there & set(words["against"]))


def learnt(rows: Iterable[dict]) -> dict[str, dict[str, list[str]]]:
    """For each label the words that mostly texts with it have, and those that mostly others do."""
    rows = list(rows)
    labels = {path for each in rows for path in each["labels"]}
    found = {}
    for label in sorted(labels):
        own, other = Counter[str](), Counter[str]()
        for each in rows:
            (own if label in each["labels"] else other).update(set(terms(each["text"])))
        found[label] = {
            "for": sorted(word for word in own if own[word] >= 2 and own[word] > 2 * other[word]),
            "against": sorted(word for word in other if other[word] >= 3 and not own[word]),
        }
    return found


class LearntAnnotator(FakeAnnotator):
    """Labels as `FakeAnnotator` does, and as words tell of labels that were learnt."""

    def __init__(self, folder: Path) -> None:
        try:
            self.words = json.loads((folder / FILE).read_text("utf-8"))
        except (OSError, ValueError) as error:
            raise ModelUnavailable(
                f"The model in {folder} cannot be loaded: {error}", model=str(folder)
            ) from error
        super().__init__(version=version_of(self.words))

    def annotate(
        self,
        premises: Sequence[Premise],
        *,
        taxonomy: Taxonomy,
        language: Language,
        exhaustive: bool = False,
        earlier: Collection[Labelling] = (),
        examples: Examples | None = None,
    ) -> list[Labelling]:
        plain = super().annotate(
            premises, taxonomy=taxonomy, language=language, exhaustive=True, earlier=earlier
        )
        return [self._learnt(each, taxonomy) for each in plain]

    def _learnt(self, labelling: Labelling, taxonomy: Taxonomy) -> Labelling:
        given = {label.path for label in labelling.labels}
        for path, words in self.words.items():
            if path not in taxonomy:
                continue
            holds = is_told(labelling.premise.text, words)
            given = given | {LabelPath(path)} if holds else given - {LabelPath(path)}
        given |= {above for path in given for above in ancestors(path)}
        chances = dict.fromkeys(given, 0.9)
        return replace(
            labelling,
            answers=tuple(
                Answer(each.path, each.hypothesis, chances.get(each.path, 0.1))
                for each in labelling.answers
            ),
            labels=tuple(ItemLabel(path, 0.9) for path in sorted(given, key=taxonomy.position)),
        )


class FakeShelf:
    """Opens what `FakeTrainer` wrote.

    Attributes:
        configured: labels by the model of the settings.
        world: how well a model knows general pairs; "bad" ones answer 0 to everything.
    """

    def __init__(self, configured: FakeAnnotator) -> None:
        self.configured = configured
        self.forgotten: list[Path] = []
        self.bad: set[Path] = set()

    def annotator(self, folder: Path | None) -> FakeAnnotator:
        return self.configured if folder is None else LearntAnnotator(folder)

    def entailer(self, folder: Path | None) -> FakeEntailer:
        if folder is None:
            return FakeEntailer()
        return FakeEntailer(version=LearntAnnotator(folder)._version)

    def unseen(self, folder: Path | None) -> dict[str, Answered]:
        return {} if folder is None else unseen.read(folder)

    def learnt(self, folder: Path | None) -> frozenset[str]:
        return frozenset() if folder is None else unseen.read_learnt(folder)

    def forget(self, folder: Path) -> None:
        self.forgotten.append(folder)


def version_of(words: object) -> str:
    import hashlib

    said = json.dumps(words, sort_keys=True, ensure_ascii=False)
    return f"learnt@{hashlib.sha256(said.encode()).hexdigest()[:8]}"
