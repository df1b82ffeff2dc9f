"""Few examples never harm, and more help: on made-up texts whose labels are known.

Texts and hypotheses are vectors. A text lies where its label does, and a little where the broad one
above does; a hypothesis lies beside its label, so that examples have something to teach.
"""

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pytest

from core import metrics
from core.domain import LabelPath
from core.labelling import BUILTIN_RULE, Rule, descend
from core.models.entailer import joined, probabilities
from core.models.finetune import seen as seen_by
from core.models.finetune.fitted import HALF_TRUSTED, calibrated, trusted
from core.models.finetune.labels import choose, simplest
from core.models.finetune.plan import Plan
from core.models.finetune.question import Question
from core.models.finetune.seen import Move, Seen, Tower
from core.models.finetune.unlabelled import Unlabelled
from core.taxonomy import Taxonomy, parse

HIDDEN, SCALE, BIAS = 48, 14.0, -6.0
BROAD, NARROW = 6, 4
MEASURED = 300


def taxonomy() -> Taxonomy:
    lines = [
        '[[dimension]]\nid = "d"\nchoice = "many"',
        'name = { en = "D" }\nhypothesis = { en = "It is about {label}." }',
    ]
    for one in range(BROAD):
        lines.append(f'[[dimension.label]]\nid = "b{one}"\nname = {{ en = "b{one}" }}')
        for other in range(NARROW):
            name = f"n{one}{other}"
            lines.append(f'[[dimension.label.label]]\nid = "{name}"\nname = {{ en = "{name}" }}')
    return parse("\n".join(lines))


TAXONOMY = taxonomy()
PATHS = [label.path for label in TAXONOMY.walk()]
NARROW_PATHS = [path for path in PATHS if path.count("/") == 2]


def unit(vectors: np.ndarray) -> np.ndarray:
    return (vectors / np.linalg.norm(vectors, axis=-1, keepdims=True)).astype(np.float32)


@dataclass(frozen=True)
class World:
    """Texts to learn from, then those to measure on; what a model makes of them, and the truth."""

    seen: Seen
    holds: np.ndarray
    judge: np.ndarray
    learn: int

    @classmethod
    def of(
        cls,
        shots: int,
        *,
        seed: int,
        doubt: float = 1.6,
        noise: float = 2.5,
        bare: frozenset[LabelPath] = frozenset(),
        unlabelled: int = 0,
    ) -> "World":
        """A world.

        Args:
            shots: texts to learn from for each narrow label.
            doubt: how far hypotheses lie from their labels; `noise`: texts.
            bare: narrow labels without a text to learn from; they are measured on, too.
            unlabelled: texts of which nobody said anything.
        """
        random = np.random.default_rng(seed)
        broad = {f"d/b{at}": random.normal(size=HIDDEN) for at in range(BROAD)}
        place = {
            path: broad[path.rpartition("/")[0]] + 1.3 * random.normal(size=HIDDEN)
            for path in NARROW_PATHS
        }
        right = [path for path in NARROW_PATHS if path not in bare for _ in range(shots)]
        learn = len(right)
        right += [LabelPath(str(each)) for each in random.choice(NARROW_PATHS, MEASURED)]
        texts = np.stack([place[path] for path in right])
        texts = unit(texts + noise * random.normal(size=texts.shape))
        truly = np.stack([place[path] if path in place else broad[path] for path in PATHS])
        hypotheses = unit(truly + doubt * random.normal(size=truly.shape))
        seen = Seen(texts, {"en": hypotheses}, SCALE, BIAS)
        holds = np.array([[path.startswith(each) for each in PATHS] for path in right])
        judge = SCALE * texts @ hypotheses.T + BIAS / 2 + random.normal(size=holds.shape)
        if unlabelled:
            about = [
                place[LabelPath(str(each))] for each in random.choice(NARROW_PATHS, unlabelled)
            ]
            others = unit(np.stack(about) + noise * random.normal(size=(unlabelled, HIDDEN)))
            seen = replace(seen, unlabelled=Unlabelled(others, ["en"] * unlabelled))
        return cls(seen, holds, judge, learn)

    def labels(self, logits: np.ndarray, rule: Rule) -> np.ndarray:
        """Which labels the texts that are measured on get."""
        said = joined(logits, self.judge[self.learn :])
        given = np.zeros_like(self.holds[self.learn :])
        for row, values in enumerate(said):
            answers = dict(zip(PATHS, probabilities(values), strict=True))
            for each in descend(TAXONOMY, answers, rule=rule).labels:
                given[row, PATHS.index(each.path)] = True
        return given

    def before(self) -> float:
        """Micro F1 of the model before."""
        return float(metrics.micro_f1(self.holds[self.learn :], self.labels_before()))

    def after(self) -> float:
        """Micro F1 of what was learnt."""
        return float(metrics.micro_f1(self.holds[self.learn :], self.labels_after()))

    def labels_before(self) -> np.ndarray:
        """By the model before."""
        rows = range(self.learn, len(self.holds))
        return self.labels(seen_by.before(self.seen, ["en"] * len(self.holds), rows), BUILTIN_RULE)

    def labels_after(self) -> np.ndarray:
        """By what was learnt."""
        learn = range(self.learn)
        languages = ["en"] * len(self.holds)
        seen = replace(self.seen, texts=self.seen.texts[: self.learn])
        asked = Question(
            self.holds[: self.learn],
            np.ones((self.learn, len(PATHS)), np.bool_),
            np.zeros(self.learn, np.bool_),
            languages[: self.learn],
            PATHS,
        )
        plan = Plan()
        part_of = [at % plan.parts for at in np.random.default_rng(1).permutation(self.learn)]
        fold_of = [part % plan.folds for part in part_of]
        others = list(range(len(seen.unlabelled.texts)))
        tower = Tower("main", Path(), list(learn), ("en",), others)
        choice = choose(
            [tower], {"main": [[seen] * (plan.folds + 1)]}, asked, fold_of, part_of, plan=plan
        )
        fitted = calibrated(choice.logits, choice.plain, asked)
        added = seen_by.added(
            seen,
            asked.holds,
            asked.known,
            languages,
            learn,
            move=choice.move,
            siblings=asked.siblings,
        )
        rows = range(self.learn, len(self.holds))
        said = seen_by.logits(self.seen, added, languages, rows)
        thresholds = fitted.thresholds(PATHS)
        said = fitted.logits(said, np.zeros(len(said), np.bool_))
        return self.labels(said, replace(BUILTIN_RULE, thresholds=thresholds))


SEEDS = (1, 2)


def gains(shots: int, **settings: object) -> list[float]:
    """What F1 gains by learning, in several worlds."""
    worlds = [World.of(shots, seed=seed, **settings) for seed in SEEDS]
    return [world.after() - world.before() for world in worlds]


@pytest.mark.parametrize("shots", [1, 2, 3, 4])
def test_few_examples_do_not_harm(shots: int):
    """Broad labels have more examples than narrow ones, which must still be reached."""
    assert min(gains(shots)) > 0


@pytest.mark.parametrize("shots", [1, 2, 4, 8])
def test_what_is_known_already_is_not_unlearnt(shots: int):
    """Where the model before makes next to no mistake."""
    assert min(gains(shots, doubt=1.0, noise=1.2)) > -0.01


def test_more_examples_help_more():
    """From few to many."""
    after = [
        float(np.mean([World.of(shots, seed=seed).after() for seed in SEEDS]))
        for shots in (1, 2, 8, 32)
    ]

    assert after == sorted(after)
    assert after[-1] > 0.85


def test_labels_without_examples_are_found_at_least_as_before():
    """What others learnt takes nothing from them."""
    bare = frozenset(NARROW_PATHS[::4])
    columns = [PATHS.index(path) for path in bare]
    before, after = [], []
    for seed in SEEDS:
        world = World.of(16, seed=seed, bare=bare)
        for found, labels in ((before, world.labels_before()), (after, world.labels_after())):
            truth = world.holds[world.learn :, columns]
            found.append(float(metrics.micro_f1(truth, labels[:, columns])))

    assert np.mean(after) > np.mean(before)


@pytest.mark.parametrize("shots", [1, 2])
def test_texts_that_nobody_labelled_help_few_examples(shots: int):
    """Labels move to where the collection has them."""
    without, with_ = (
        float(np.mean([World.of(shots, seed=seed, unlabelled=count).after() for seed in SEEDS]))
        for count in (0, 300)
    )

    assert with_ > without + 0.01


def moved(move: Move, texts: np.ndarray, right: int) -> np.ndarray:
    """What the first texts, of which it is right, add to a label; another label has none."""
    hypotheses = unit(np.eye(2, HIDDEN))
    holds = np.array([[at < right, False] for at in range(len(texts))])
    seen = Seen(unit(texts), {"en": hypotheses}, SCALE, BIAS)
    languages, rows = ["en"] * len(texts), range(len(texts))
    siblings = [(None, [0, 1])]
    one, other = seen_by.added(
        seen, holds, np.ones_like(holds), languages, rows, move=move, siblings=siblings
    )
    assert not other.vector.any(), "nobody said what it is like"
    return one.vector


def test_a_label_is_compared_with_the_middle_of_its_examples():
    """It counts as much as the move says, and that of few for less."""
    texts = np.random.default_rng(1).normal(size=(12, HIDDEN))
    middle = unit(unit(texts)[:8].sum(axis=0)) - unit(texts).mean(axis=0)

    assert not moved(Move(), texts, 8).any()
    assert np.allclose(moved(Move(1.0), texts, 8), 8 / 9 * middle, atol=1e-6)
    assert np.allclose(moved(Move(0.5), texts, 8), 4 / 9 * middle, atol=1e-6)


def test_an_example_is_not_taken_as_like_itself():
    """Else regression would believe that likeness tells everything, and learn nothing more."""
    texts = np.eye(10, HIDDEN)[2:]  # no two are alike: others tell nothing

    more = moved(Move(1.0, 1.0), texts, 1) - moved(Move(1.0), texts, 1)

    assert np.allclose(more, moved(Move(0.0, 1.0), texts, 1), atol=0.01)


def test_nothing_is_trusted_to_nothing():
    """And half of it at so many examples."""
    assert trusted(0) == 0
    assert trusted(HALF_TRUSTED) == 0.5


def test_the_simplest_of_what_does_equally_well_is_taken():
    """A difference that may be chance is none."""
    random = np.random.default_rng(1)
    losses = random.normal(5, 1, 100)

    assert simplest([losses, losses + random.normal(-0.01, 1, 100)]) == 0
    assert simplest([losses, losses - random.normal(0.5, 1, 100)]) == 1
