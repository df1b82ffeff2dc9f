"""What every trainer promises: the fake, and one in a process of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from bot.app import build, make_trainer
from bot.config import Settings
from core import unseen
from core.errors import BadExamples
from core.models import training_process
from core.models.training_process import ProcessTrainer
from core.ports import Lesson, Trainer, TrainingProgress
from tests.fakes.checkpoints import write_pair
from tests.fakes.codebook import TAXONOMY
from tests.fakes.learning import FakeTrainer


@pytest.fixture(params=["fake", "process"])
def trainer(request: pytest.FixtureRequest) -> Trainer:
    """Each trainer in turn."""
    if request.param == "fake":
        return FakeTrainer()
    return ProcessTrainer(child="tests.fakes.training_child", needs=("json", "none"))


@pytest.fixture
def lesson(tmp_path: Path) -> Lesson:
    """Twenty texts, half of them about labour."""
    rows = [
        {
            "id": str(number),
            "story": str(number),
            "text": f"{number} " + ("wages and strikes" if number % 2 else "rivers and forests"),
            "labels": ["topic/labour"] if number % 2 else ["topic/environment"],
            "dimensions": ["topic"],
            "not": [],
            "open": [],
        }
        for number in range(20)
    ]
    return write(tmp_path, rows)


def write(folder: Path, rows: list[dict]) -> Lesson:
    """A lesson of some rows."""
    (folder / "examples.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    (folder / "taxonomy.toml").write_text(TAXONOMY, "utf-8")
    return Lesson(folder / "examples.jsonl", folder / "taxonomy.toml", folder / "model", "en")


def never() -> bool:
    return False


def test_a_model_is_there_at_the_end(trainer, lesson):
    """And it was told how far it was, never going back."""
    heard: list[TrainingProgress] = []

    is_done = trainer.train(lesson, on_progress=heard.append, should_stop=never)

    assert is_done
    assert any(lesson.output.iterdir())
    assert heard[-1].done == heard[-1].total
    assert [each.done for each in heard] == sorted(each.done for each in heard)


def test_a_training_that_was_stopped_goes_on(trainer, lesson):
    """Stopping is no failure, and what was done is not done again."""
    heard: list[TrainingProgress] = []
    (lesson.examples.parent / "slowly").touch()
    stopped = trainer.train(
        lesson,
        on_progress=heard.append,
        should_stop=lambda: bool(heard) and heard[-1].done >= 2,
    )
    assert not stopped
    reached = heard[-1].done
    (lesson.examples.parent / "slowly").unlink()

    heard.clear()
    is_done = trainer.train(lesson, on_progress=heard.append, should_stop=never)

    assert is_done
    assert heard[0].done == reached >= 2


def test_too_few_examples_are_told(trainer, tmp_path):
    """In the same words as on the command line."""
    lesson = write(tmp_path, [])

    with pytest.raises(BadExamples):
        trainer.train(lesson, on_progress=lambda _: None, should_stop=never)


PARENT = """
import sys
from pathlib import Path
from core.models.training_process import ProcessTrainer
from core.ports import Lesson

folder = Path(sys.argv[1])
ProcessTrainer(child="tests.fakes.training_child", needs=("json", "none")).train(
    Lesson(folder / "examples.jsonl", folder / "taxonomy.toml", folder / "model", "en"),
    on_progress=lambda now: print(now.done, flush=True),
    should_stop=lambda: False,
)
"""


def test_nothing_stays_when_the_bot_is_killed(lesson):
    """Also in the middle of something that asks nobody: the child ends by itself."""
    folder = lesson.examples.parent
    (folder / "deaf").touch()
    with subprocess.Popen(
        [sys.executable, "-c", PARENT, str(folder)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    ) as parent:
        assert parent.stdout is not None
        while parent.stdout.readline().strip() != "2":
            assert parent.poll() is None
        (child,) = psutil.Process(parent.pid).children()

        parent.kill()

    gone, _alive = psutil.wait_procs([child], timeout=60)
    assert gone == [child]


def test_a_child_that_does_not_listen_is_left(lesson):
    """Whoever stops it does not wait for a step that never ends."""
    (lesson.examples.parent / "deaf").touch()
    trainer = ProcessTrainer(child="tests.fakes.training_child", needs=("json", "none"))
    heard: list[TrainingProgress] = []

    is_done = trainer.train(
        lesson,
        on_progress=heard.append,
        should_stop=lambda: bool(heard) and heard[-1].done >= 2,
    )

    assert not is_done


def test_a_pair_model_learns_by_adapters(lesson, tmp_path, monkeypatch):
    """Of another folder, or of the hub; whoever judges it knows what it learnt from."""
    monkeypatch.setattr(training_process, "LOWEST", 0)  # other tests leave nothing to the lowest
    base = write_pair(tmp_path / "base", seed=2)
    settings = Settings(data=tmp_path / "data", models={"entailer": str(base)})
    trainer = make_trainer(settings)
    heard: list[TrainingProgress] = []

    is_done = trainer.train(lesson, on_progress=heard.append, should_stop=never)

    assert is_done
    assert heard[-1].done == heard[-1].total > 0
    with build(settings) as app:
        shelf = app.library.training._shelf
        assert len(shelf.learnt(lesson.output)) == 16, "a fifth of twenty is held out"
        said = shelf.entailer(lesson.output).entail([("wages", "It is about labour.")])
        assert 0 <= said[0] <= 1


def test_labels_learn_beside_the_built_in_model(lesson, monkeypatch):
    """And each text is answered by what was learnt from the others."""
    monkeypatch.setattr(training_process, "LOWEST", 0)
    trainer = make_trainer(Settings(models={"tunes": False}))

    is_done = trainer.train(lesson, on_progress=lambda _: None, should_stop=never)

    assert is_done
    assert len(unseen.read(lesson.output)) == 20
    assert not unseen.read_learnt(lesson.output)


@pytest.mark.parametrize("tunes", [True, False])
def test_the_child_is_told_whether_weights_are_trained(lesson, tunes):
    """Where they are not, labels alone are learnt, in seconds."""
    settings = Settings(models={"tunes": tunes})
    trainer = make_trainer(settings, child="tests.fakes.training_child")

    trainer.train(lesson, on_progress=lambda _: None, should_stop=never)

    told = json.loads((lesson.examples.parent / "told.json").read_text("utf-8"))
    assert bool(told["tunes"]) is tunes
    assert told["model"] == "builtin"


@pytest.mark.parametrize(
    ("model", "reads"), [(None, True), ("builtin", True), ("someone/a-pair-model", False)]
)
def test_only_towers_learn_from_texts_that_nobody_decided(model: str | None, reads: bool):
    """A pair model of the hub learns from labels alone."""
    assert ProcessTrainer(model).reads_unlabelled is reads
