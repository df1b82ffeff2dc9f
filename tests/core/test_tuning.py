"""A model is made from examples for a comparison, labels by them, and is thrown away again."""

from dataclasses import replace
from pathlib import Path

import pytest

from core.domain import Document
from core.errors import BadExamples, ModelUnavailable
from core.labelled import LabelledText
from core.labelling import BUILTIN_RULE
from core.learners import TunedLearner
from core.models.annotator import EntailmentAnnotator
from core.models.entailer import TowersEntailer
from core.models.finetune.plan import Plan
from core.taxonomy import parse
from core.tuning import FolderTuner
from tests.fakes.codebook import TAXONOMY
from tests.fakes.models import FakeAnnotator

TREE = parse(TAXONOMY)
SWIFT = Plan(tunes=False)
KINDS = [
    ("The night shift at plant {} asked for hand rails.", "topic/labour"),
    ("Herons nest again at pond {}, say the wardens.", "topic/environment"),
]
TEXTS = [
    LabelledText(
        str(number), KINDS[number % 2][0].format(number), None, "en",
        frozenset({KINDS[number % 2][1]}), frozenset({"topic"}),
    )
    for number in range(16)
]  # fmt: skip
DOCUMENTS = [(each.document(), None) for each in TEXTS]


def opened(folder: Path) -> EntailmentAnnotator:
    entailer = TowersEntailer(folder)
    return EntailmentAnnotator(entailer, rule=replace(BUILTIN_RULE, thresholds=entailer.thresholds))


def learner(work: Path) -> TunedLearner:
    tuner = FolderTuner(work, TREE, "en", opened, plan=SWIFT)
    return TunedLearner(FakeAnnotator(), tuner, TREE, "en")


def test_what_the_examples_say_is_learnt_and_the_last_model_alone_is_kept(tmp_path: Path):
    """Told with how far it is; another draw is another model."""
    steps: list[tuple[int, int]] = []
    way = learner(tmp_path)

    first = way.learn(TEXTS, DOCUMENTS, seed=1, on_progress=lambda *step: steps.append(step))
    said = first.label([(Document(text=KINDS[1][0].format(77), title=None, language="en"), None)])
    second = way.learn(TEXTS[:14], DOCUMENTS[:14], seed=2, on_progress=lambda *_: None)

    assert "topic/environment" in said.labels[0]
    assert "topic/labour" not in said.labels[0]
    assert steps == sorted(steps)
    assert len(list(tmp_path.iterdir())) == 1
    assert second.label(DOCUMENTS[:1]).model != said.model


def test_too_few_examples_have_no_point(tmp_path: Path):
    """The tuner says why; a comparison goes on without it."""
    few, documents = TEXTS[:4], DOCUMENTS[:4]
    tuner = FolderTuner(tmp_path, TREE, "en", opened, plan=SWIFT)

    with pytest.raises(BadExamples):
        tuner.tune(few, documents, seed=1, on_progress=lambda *_: None)
    found = learner(tmp_path).learn(few, documents, seed=1, on_progress=lambda *_: None)

    assert found is None


def test_without_torch_it_is_told_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """And how to do without."""
    monkeypatch.setattr("core.tuning.find_spec", lambda _name: None)

    with pytest.raises(ModelUnavailable, match=r"\[hub\].*without --shots"):
        learner(tmp_path).learn(TEXTS, DOCUMENTS, seed=1, on_progress=lambda *_: None)
