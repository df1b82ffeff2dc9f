"""A pair model is made a community's own: it learns, stops, goes on, and is read as any other."""

import random
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from core.errors import BadFile
from core.models.finetune.adapting import adapt, balanced, log_odds
from core.models.finetune.material import Batch
from core.models.finetune.plan import Plan
from core.models.pair import PairEntailer
from core.models.recipe.running import Progress
from tests.fakes.checkpoints import write_pair
from tests.fakes.decided import TAXONOMY, decided

PLAN = Plan(least_steps=120, texts=12)


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tiny three-way model; not to be changed."""
    return write_pair(tmp_path_factory.mktemp("pair"), seed=2)


def train(base: Path, output: Path, **changes: object):
    return adapt(
        decided(12), TAXONOMY, output, base=str(base), rate=1e-3, **{"plan": PLAN, **changes}
    )


def answers(folder: Path) -> list[float]:
    pairs = [(words, "It is about cetaceans.") for words in ("ww xx ww 7", "bb oo bb 7", "qq 3")]
    return PairEntailer(str(folder)).entail(pairs)


def test_it_learns_and_is_a_checkpoint_like_any_other(base: Path, tmp_path: Path):
    """Better on stories that it never saw; the base is as it was."""
    before = answers(base)

    report = train(base, tmp_path / "m")

    assert report.after.calibration_error < report.before.calibration_error
    assert report.after.scores.micro_f1 > report.before.scores.micro_f1
    assert answers(tmp_path / "m") != pytest.approx(before, abs=1e-3)
    assert answers(base) == pytest.approx(before)
    assert not (tmp_path / "m" / ".work").exists()


class Stop(Exception):
    pass


def test_a_training_that_was_stopped_ends_like_one_that_was_not(base: Path, tmp_path: Path):
    """The same seed, the same answers."""

    def stop(progress: Progress) -> None:
        if progress.step == 3:
            raise Stop

    plan = replace(PLAN, least_steps=6)
    train(base, tmp_path / "whole", plan=plan)
    with pytest.raises(Stop):
        train(base, tmp_path / "stopped", plan=plan, tell=stop)
    told: list[Progress] = []
    train(base, tmp_path / "stopped", plan=plan, tell=told.append)

    assert [each.step for each in told] == list(range(4, told[-1].steps + 1))
    assert answers(tmp_path / "stopped") == pytest.approx(answers(tmp_path / "whole"), abs=1e-5)


def test_another_training_does_not_go_on_in_the_same_folder(base: Path, tmp_path: Path):
    """As with our own models."""
    plan = replace(PLAN, least_steps=1)
    train(base, tmp_path / "m", plan=plan)

    with pytest.raises(BadFile, match="different: plan"):
        train(base, tmp_path / "m", plan=replace(plan, seed=7))


def test_as_many_questions_hold_as_do_not():
    """What is not known is not asked."""
    truth = np.array([[1, 0, 0, 0], [0, 0, 0, 1]], np.float32)
    known = np.array([[1, 1, 1, 0], [1, 1, 0, 1]], np.float32)
    nothing = np.zeros((2, 2), np.bool_)
    batch = Batch(["a", "b"], ["w", "x", "y", "z"], truth, known, nothing, nothing)

    pairs, said = balanced(batch, random.Random(1), most=4)

    assert said == [1.0, 1.0, 0.0, 0.0]
    assert set(pairs[:2]) == {("a", "w"), ("b", "z")}
    assert not {("a", "z"), ("b", "y")} & set(pairs)


def test_log_odds_are_those_of_the_entailment_column():
    """Of three columns, of two, of one."""
    columns = torch.tensor([[1.0, 2.0, 3.0]])

    assert torch.sigmoid(log_odds(columns, 1)) == pytest.approx(float(columns.softmax(1)[0, 1]))
    assert float(log_odds(columns[:, :1], 0)) == 1.0
