"""Ways of labelling that learn, compared on a group's own texts, from no example to many.

1. Set texts aside to measure on (`core.shots`).
2. From the rest, draw so many texts a label, several times.
3. Let each way learn from each draw, and label what was set aside.
4. Measure: a point of the curve is the mean of the draws, with the interval in which it would lie
   for other texts of the kind (`core.figures`); any two ways are compared on the same redraws.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from core.bootstrap import TIMES, Difference
from core.errors import BadExamples
from core.evaluation import Documents, Method, label_all
from core.figures import Answers, Measured, Yardstick, gains
from core.labelled import LabelledText
from core.shots import draw, split
from core.taxonomy import Taxonomy

DRAWS = 3
MOST_MEASURED = 400

Move = Callable[[int, int], None]
"""Hears how many steps of how many are done."""

Told = Callable[[str, int, int], None]
"""The same, of the way that is named first."""

_NOTHING: tuple[tuple[int, ...], ...] = ((),)  # one draw of no text

_PARTS = 100  # of a draw's work, half of it learning


class Learner(Protocol):
    """A way of labelling that can learn from examples."""

    def learn(
        self,
        texts: Sequence[LabelledText],
        documents: Documents,
        *,
        seed: int,
        on_progress: Move,
    ) -> Method | None:
        """Learn from examples.

        Args:
            texts, documents: the same n examples, as they are labelled and as methods see them;
                perhaps none.
            seed: of what chance decides.
            on_progress: hears how many steps of how many are done.

        Returns:
            What labels by what was learnt; None where so few examples teach nothing, or more teach
            no more (a way that cannot learn is measured without examples only).
        """
        ...


@dataclass(frozen=True, slots=True)
class Point:
    """How well a way does with so many examples.

    Attributes:
        way: its name.
        shots: examples a label, as asked for.
        learnt: texts that were learnt from, mean of the draws.
        model: as it stated itself; "" if it never answered.
        measured: figures; see `core.figures`.
        failed: texts without a usable answer, of all draws; they count as without labels.
        learning_s: seconds that learning took, mean of the draws; labelling_s: per text.
    """

    way: str
    shots: int
    learnt: float
    model: str
    measured: Measured
    failed: int
    learning_s: float
    labelling_s: float


@dataclass(frozen=True, slots=True)
class Contest:
    """One way against another, with the same examples.

    Attributes:
        way, against: their names.
        gains: of the way, by figure; more is better for it.
        dimensions: the same in each dimension.
    """

    way: str
    against: str
    shots: int
    gains: Mapping[str, Difference]
    dimensions: Mapping[str, Mapping[str, Difference]]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What was found.

    Attributes:
        measured, learnable: how many texts were measured on, and could be drawn.
        points: by way as given, then by shots.
        contests: of the first way against each other one, wherever both have a point.
    """

    measured: int
    learnable: int
    points: tuple[Point, ...]
    contests: tuple[Contest, ...]


def compare_ways(
    learners: Mapping[str, Learner],
    texts: Sequence[LabelledText],
    documents: Documents,
    *,
    taxonomy: Taxonomy,
    shots: Sequence[int],
    draws: int = DRAWS,
    most: int = MOST_MEASURED,
    seed: int = 0,
    times: int = TIMES,
    on_progress: Told = lambda _way, _done, _total: None,
) -> Comparison:
    """Compare ways of labelling.

    Args:
        learners: by name; the first is the one that the others are compared with.
        texts, documents: the same n texts, as they are labelled and as methods see them.
        taxonomy: what may be said.
        shots: examples a label.
        draws: how often each number of examples is drawn; without examples there is nothing to
            draw.
        most: how many texts are measured on at most.
        seed: of the division and the draws.
        times: redraws of the bootstrap.
        on_progress: hears which way has come how far.

    Raises:
        BadExamples: the texts are too few to learn from some and measure on others, or no way
            could learn from so few.
        ModelUnavailable, ModelBusy, OverBudget, BadExamples: as the ways do.
    """
    # 1. set aside
    sides = split(texts, most=most, seed=seed)
    right = [texts[place] for place in sides.measure]
    yardstick = Yardstick(right, taxonomy, seed=seed, times=times)
    # 2. draw
    drawn = [draw(texts, sides.learn, shots, seed=seed + number) for number in range(draws)]
    jobs = _jobs(drawn, sorted(set(shots)))
    total = _PARTS * sum(len(chosen) for _, chosen in jobs)
    points: list[Point] = []
    for way, learner in learners.items():
        done = 0
        for shot, chosen in jobs:
            # 3. learn and label
            runs: list[_Run] = []
            for number, places in enumerate(chosen):
                move = _onwards(on_progress, way, done, total)
                run = _run(learner, texts, documents, places, sides.measure, seed + number, move)
                runs += [] if run is None else [run]
                done += _PARTS
                on_progress(way, done, total)
            # 4. measure
            if len(runs) == len(chosen):
                points.append(_point(way, shot, chosen, runs, yardstick))
    if not points:
        raise BadExamples(
            f"From {len(sides.learn)} texts, none of the ways could learn with {shots} a label. "
            "Label some more, or ask for more of them a label.",
            reason="nothing-learnt",
            found=len(sides.learn),
            expected=", ".join(map(str, shots)),
        )
    return Comparison(
        measured=len(right),
        learnable=len(sides.learn),
        points=tuple(points),
        contests=tuple(_contests(list(learners), points)),
    )


@dataclass(frozen=True, slots=True)
class _Run:
    model: str
    answers: Answers
    failed: int
    learning_s: float
    labelling_s: float


def _jobs(
    drawn: Sequence[Mapping[int, tuple[int, ...]]], shots: Sequence[int]
) -> list[tuple[int, list[tuple[int, ...]]]]:
    """Numbers of shots with their draws; one that draws nothing new is left out."""
    jobs: list[tuple[int, list[tuple[int, ...]]]] = []
    for shot in shots:
        chosen = [each[shot] for each in drawn] if shot else list(_NOTHING)
        if not jobs or [*map(set, chosen)] != [*map(set, jobs[-1][1])]:
            jobs.append((shot, chosen))
    return jobs


def _onwards(tell: Told, way: str, done: int, total: int) -> Callable[[int], None]:
    """Tells how far a draw has come, as a part of the whole."""
    return lambda part: tell(way, done + part, total)


def _run(
    learner: Learner,
    texts: Sequence[LabelledText],
    documents: Documents,
    places: Sequence[int],
    measure: Sequence[int],
    seed: int,
    move: Callable[[int], None],
) -> _Run | None:
    half = _PARTS // 2
    began = time.monotonic()
    method = learner.learn(
        [texts[place] for place in places],
        [documents[place] for place in places],
        seed=seed,
        on_progress=lambda done, total: move(half * done // max(1, total)),
    )
    if method is None:
        return None
    learnt = time.monotonic()
    said, failed = label_all(
        method,
        [documents[place] for place in measure],
        on_progress=lambda done, total: move(half + half * done // total),
    )
    labelled = time.monotonic()
    return _Run(
        model=said.model,
        answers=Answers(said.labels, said.probabilities),
        failed=failed,
        learning_s=learnt - began,
        labelling_s=(labelled - learnt) / len(measure),
    )


def _point(
    way: str,
    shots: int,
    chosen: Sequence[Sequence[int]],
    runs: Sequence[_Run],
    yardstick: Yardstick,
) -> Point:
    return Point(
        way=way,
        shots=shots,
        learnt=sum(map(len, chosen)) / len(chosen),
        model=next((run.model for run in runs if run.model), ""),
        measured=yardstick.measure([run.answers for run in runs]),
        failed=sum(run.failed for run in runs),
        learning_s=sum(run.learning_s for run in runs) / len(runs),
        labelling_s=sum(run.labelling_s for run in runs) / len(runs),
    )


def _contests(ways: Sequence[str], points: Sequence[Point]) -> list[Contest]:
    place = {(point.way, point.shots): point.measured for point in points}
    first, *others = ways
    return [
        Contest(
            way=first,
            against=other,
            shots=shots,
            gains=gains(own.whole, place[other, shots].whole),
            dimensions={
                id_: gains(figures, place[other, shots].dimensions[id_])
                for id_, figures in own.dimensions.items()
            },
        )
        for (way, shots), own in place.items()
        if way == first
        for other in others
        if (other, shots) in place
    ]
