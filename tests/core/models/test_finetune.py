"""A community's model: what it is asked, that it learns, stops, goes on, and is found again."""

import json
import random
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from core.domain import LabelPath
from core.errors import BadExamples, BadFile, ModelUnavailable
from core.models.entailer import BuiltinEntailer, make_entailer
from core.models.finetune.material import Material, tempting, worded
from core.models.finetune.plan import Plan
from core.models.finetune.report import Report
from core.models.finetune.seen import Move
from core.models.finetune.training import fine_tune
from core.models.finetune.tuning import contrast
from core.models.learned import FILE, VECTORS_FILE, read_vectors
from core.models.recipe.running import Progress
from core.training_set import Example
from tests.fakes.checkpoints import write_built
from tests.fakes.decided import MARINE, RENTS, SOUP, TAXONOMY, decided, example

PLAN = Plan(least_steps=6, rate=1e-3, texts=12)
ABOUT_WHALES = "It is about cetaceans."


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A whole tiny model; not to be changed."""
    return write_built(tmp_path_factory.mktemp("built"))


@pytest.fixture(scope="module")
def trained(built: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Report]:
    """A model trained on whales and rents; not to be changed."""
    output = tmp_path_factory.mktemp("trained") / "model"
    return output, fine_tune(decided(), TAXONOMY, output, base=built, plan=PLAN)


def files(folder: Path) -> dict[str, bytes]:
    """What a model is, without what tells of the training."""
    return {
        str(each.relative_to(folder)): each.read_bytes()
        for each in sorted(folder.rglob("*"))
        if each.is_file() and each.name != "training.json"
    }


# ── what is asked ────────────────────────────────────────────────────────────────────────────────


def draw(examples: Sequence[Example], wrong: Sequence[LabelPath] = (), seed: int = 1):
    material = Material(examples, TAXONOMY, [list(wrong)] * len(examples), languages=("en",))
    return material.draw(random.Random(seed), replace(PLAN, texts=6))


def test_right_taken_and_tempting_labels_are_asked():
    """With what people said of each, and nothing where they said nothing."""
    examples = [
        example(1, "one", MARINE, fails=[RENTS], complete=[]),
        example(2, "two", RENTS),
    ]

    batch = draw(examples, wrong=[SOUP])

    assert len(batch.hypotheses) == 3
    rows = {text: at for at, text in enumerate(batch.premises)}
    assert batch.truth.sum(axis=1).tolist() == [1, 1]
    assert batch.known[rows["one"]].sum() == 2
    assert batch.known[rows["two"]].sum() == 3


def test_texts_with_a_label_in_common_are_alike_and_the_unknown_is_neither():
    """Nobody said whether the third is about whales."""
    examples = [
        example(1, "one", MARINE),
        example(2, "two", MARINE),
        example(3, "three", RENTS, complete=[]),
    ]

    batch = draw(examples)

    one, two, three = (batch.premises.index(each) for each in ("one", "two", "three"))
    assert batch.alike[one, two]
    assert not batch.alike[one, three]
    assert not batch.strange[one, three]


def test_a_rare_label_is_drawn_as_often_as_a_common_one():
    """Half of the texts are drawn by label."""
    examples = [
        *(example(n, f"common {n}", MARINE) for n in range(60)),
        example("r", "rare", RENTS),
    ]

    seen = sum("rare" in draw(examples, seed=seed).premises for seed in range(40))

    assert seen > 25


def test_wordings_vary():
    """By hypothesis, name, alias and definition."""
    label = TAXONOMY.label(MARINE)

    found = {worded(label, "en", random.Random(seed)) for seed in range(60)}

    assert found == {"It is about cetaceans.", "cetaceans", "whales", "Whales at sea."}


def test_what_tempts_is_the_likeliest_wrong_label():
    """Never one that holds, nor one of which nobody said anything."""
    examples = [example(1, "one", MARINE), example(2, "two", MARINE, complete=[])]
    logits = np.array([[3.0, -2.0, 1.0], [3.0, -2.0, 1.0]])

    assert [found[:1] for found in tempting(examples, TAXONOMY, logits)] == [[SOUP], []]


def test_contrast_is_less_where_like_is_near():
    """And nothing where nothing is alike."""
    near = torch.tensor([[1.0, 0.0], [1.0, 0.0], [0.0, 1.0]])
    far = near[[0, 2, 1]]
    alike = torch.tensor([[0, 1, 0], [1, 0, 0], [0, 0, 0]]).bool()
    strange = ~alike & ~torch.eye(3, dtype=torch.bool)

    assert contrast(near, alike, strange) < contrast(far, alike, strange)
    assert float(contrast(near, alike & False, strange)) == 0


# ── training ─────────────────────────────────────────────────────────────────────────────────────


def test_it_learns_what_it_is_shown(built: Path, trained: tuple[Path, Report]):
    """A new text about whales is told from others, and probabilities mean more than before."""
    output, report = trained

    yes, no, none = make_entailer(str(output)).entail(
        [(words, ABOUT_WHALES) for words in ("ww xx ww 77", "rr qq rr 77", "bb oo bb 77")]
    )

    assert yes > 3 * no
    assert yes > 3 * none
    assert report.after.calibration_error < report.before.calibration_error
    assert report.after.scores.micro_f1 > report.before.scores.micro_f1


def test_a_model_is_small_and_has_the_judges_of_its_base(built: Path, trained):
    """It holds what it adds, and nothing of what training needed."""
    output, _ = trained

    entailer = make_entailer(str(output))

    assert isinstance(entailer, BuiltinEntailer)
    assert [each.folder for each in entailer.judges] == [built / "judge", built / "zh" / "judge"]
    assert not (output / ".work").exists()
    assert not list(output.rglob("wordpiece.json"))


def test_thresholds_are_trusted_by_what_a_dimension_has(built: Path, trained):
    """Soup has no example: it is judged by what holds for the labels beside it."""
    output, report = trained
    entailer = make_entailer(str(output))
    assert isinstance(entailer, BuiltinEntailer)

    shares = {path: each.share for path, each in entailer.towers.thresholds.items()}
    assert shares == pytest.approx({MARINE: 1 / 3, RENTS: 1 / 3, SOUP: 1 / 3})  # 16 of 16 + 32
    pair = ("ww xx", "It is about soup.")
    assert entailer.entail([pair])[0] <= entailer.towers.entail([pair])[0]
    assert report.learnt == {MARINE: 8, RENTS: 8}


def test_towers_never_say_less_than_tower_and_judge(trained):
    """On which the saving of questions rests."""
    entailer = make_entailer(str(trained[0]))
    assert isinstance(entailer, BuiltinEntailer)
    hypotheses = [words for label in TAXONOMY.walk() for words in label.hypotheses.values()]
    pairs = [(text, words) for text in ("ww xx", "台灣環境", "bb") for words in hypotheses]

    bounds, answers = entailer.towers.entail(pairs), entailer.entail(pairs)

    assert all(bound >= answer - 1e-9 for bound, answer in zip(bounds, answers, strict=True))


def test_the_same_seed_gives_the_same_bytes(built: Path, trained, tmp_path: Path):
    """And another one others."""
    fine_tune(decided(), TAXONOMY, tmp_path / "same", base=built, plan=PLAN)
    fine_tune(decided(), TAXONOMY, tmp_path / "other", base=built, plan=replace(PLAN, seed=2))

    assert files(tmp_path / "same") == files(trained[0])
    assert files(tmp_path / "other") != files(trained[0])


class Stop(Exception):
    pass


@pytest.mark.parametrize("at", [2, 9], ids=["in-the-first-stage", "in-a-later-stage"])
def test_a_training_that_was_stopped_ends_like_one_that_was_not(
    at: int, built: Path, trained, tmp_path: Path
):
    """What was done is not done again."""

    def stop(progress: Progress) -> None:
        if progress.step == at:
            raise Stop

    with pytest.raises(Stop):
        fine_tune(decided(), TAXONOMY, tmp_path / "m", base=built, plan=PLAN, tell=stop)
    told: list[Progress] = []
    fine_tune(decided(), TAXONOMY, tmp_path / "m", base=built, plan=PLAN, tell=told.append)

    assert [each.step for each in told] == list(range(at + 1, told[-1].steps + 1))
    assert files(tmp_path / "m") == files(trained[0])


def test_a_stopped_training_still_knows_the_texts_that_nobody_labelled(built: Path, tmp_path: Path):
    """It reads them, tells how many, and ends as if it had not been stopped."""
    others = [example(f"o{n}", f"ww xx rr {n}", complete=[]) for n in range(6)]
    given = [*decided(), *others]
    plan = replace(PLAN, moves=(Move(unlabelled=1.0),))

    def stop(progress: Progress) -> None:
        if progress.step == 9:
            raise Stop

    with pytest.raises(Stop):
        fine_tune(given, TAXONOMY, tmp_path / "m", base=built, plan=plan, tell=stop)
    report = fine_tune(given, TAXONOMY, tmp_path / "m", base=built, plan=plan)
    fine_tune(given, TAXONOMY, tmp_path / "same", base=built, plan=plan)
    fine_tune(decided(), TAXONOMY, tmp_path / "without", base=built, plan=PLAN)

    assert (report.examples, report.unlabelled) == (24, 6)
    assert files(tmp_path / "m") == files(tmp_path / "same")
    assert files(tmp_path / "m") != files(tmp_path / "without")


def test_texts_teach_no_tower_that_has_no_example(built: Path, tmp_path: Path):
    """Chinese texts that nobody labelled, and English examples: nothing tells if they mislead."""
    others = [example(f"o{n}", f"環境台灣 {n}", complete=[], language="zh-TW") for n in range(6)]
    plan = replace(PLAN, tunes=False, moves=(Move(1.0, unlabelled=1.0),))

    fine_tune([*decided(), *others], TAXONOMY, tmp_path / "m", base=built, plan=plan)

    assert not any(each.vector.any() for each in read_vectors(tmp_path / "m" / "zh"))
    assert any(each.vector.any() for each in read_vectors(tmp_path / "m"))


def test_another_training_does_not_go_on_in_the_same_folder(built: Path, trained, tmp_path: Path):
    """The error names what differs; nor does it begin among other files."""
    with pytest.raises(BadFile, match="different: examples, plan"):
        fine_tune(decided(9), TAXONOMY, trained[0], base=built, plan=replace(PLAN, seed=3))
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(BadFile, match="holds other files"):
        fine_tune(decided(), TAXONOMY, tmp_path, base=built, plan=PLAN)


def test_a_training_makes_room_for_another_if_asked(built: Path, trained, tmp_path: Path):
    """The program or its settings changed while it was stopped: it ends as if it had not begun."""

    def stop(progress: Progress) -> None:
        raise Stop

    with pytest.raises(Stop):
        fine_tune(
            decided(), TAXONOMY, tmp_path / "m", base=built, plan=replace(PLAN, seed=3), tell=stop
        )
    fine_tune(decided(), TAXONOMY, tmp_path / "m", base=built, plan=PLAN, replaces=True)

    assert files(tmp_path / "m") == files(trained[0])


def test_too_few_examples_begin_nothing(built: Path, tmp_path: Path):
    """The folder is not even made."""
    with pytest.raises(BadExamples):
        fine_tune(decided(2), TAXONOMY, tmp_path / "m", base=built, plan=PLAN)

    assert not (tmp_path / "m").exists()


def test_a_base_that_is_no_model_of_ours_is_told(tmp_path: Path):
    """With what could be named instead."""
    with pytest.raises(BadFile, match="no model of ours"):
        fine_tune(decided(), TAXONOMY, tmp_path / "m", base=tmp_path / "gone", plan=PLAN)


def test_training_goes_on_from_a_communitys_model(built: Path, trained, tmp_path: Path):
    """What both added is kept in one folder, on the first base."""
    output = tmp_path / "second"

    fine_tune(decided(), TAXONOMY, output, base=trained[0], plan=PLAN)

    own = json.loads((output / "config.json").read_text(encoding="utf-8"))["commonplace"]
    assert (output / own["base"]).resolve() == built.resolve()
    assert make_entailer(str(output)).entail([("ww xx ww 5", ABOUT_WHALES)])[0] > 0.2


def test_labels_alone_can_learn(built: Path, tmp_path: Path):
    """Without training a weight: hypotheses, examples, calibration."""
    told: list[Progress] = []

    report = fine_tune(
        decided(),
        TAXONOMY,
        tmp_path / "m",
        base=built,
        plan=replace(PLAN, tunes=False),
        tell=told.append,
    )

    assert told == []
    assert report.after.calibration_error < report.before.calibration_error


def test_chinese_and_english_are_learnt_together(built: Path, tmp_path: Path):
    """The Chinese tower sees the Chinese ones alone."""
    chinese = [
        *(example(f"c{n}", "環境環境 " * 3 + str(n), MARINE, language="zh-TW") for n in range(8)),
        *(example(f"d{n}", "台灣台灣 " * 3 + str(n), RENTS, language="zh-TW") for n in range(8)),
    ]

    fine_tune([*decided(), *chinese], TAXONOMY, tmp_path / "m", base=built, plan=PLAN)

    entailer = make_entailer(str(tmp_path / "m"))
    yes, no = entailer.entail([("環境環境 7", "關於環境"), ("台灣台灣 7", "關於環境")])
    assert yes > no


# ── the folder ───────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("name", "reason"),
    [(FILE, "Expecting property name"), (VECTORS_FILE, "not a whole safetensors file")],
)
def test_a_damaged_file_is_told(name: str, reason: str, built: Path, tmp_path: Path):
    """As any other file of a model."""
    plan = replace(PLAN, tunes=False)
    fine_tune(decided(), TAXONOMY, tmp_path / "m", base=built, plan=plan)
    (tmp_path / "m" / name).write_bytes(b"{")

    with pytest.raises(ModelUnavailable, match=f"cannot be loaded: .*{reason}"):
        make_entailer(str(tmp_path / "m")).entail([("a", ABOUT_WHALES)])


def test_versions_differ_by_what_labels_learnt(built: Path, trained, tmp_path: Path):
    """Also where the weights are the same."""
    plan = replace(PLAN, tunes=False)
    fine_tune(decided(), TAXONOMY, tmp_path / "a", base=built, plan=plan)
    fine_tune(decided(9), TAXONOMY, tmp_path / "b", base=built, plan=plan)

    versions = {make_entailer(str(each)).version for each in (tmp_path / "a", tmp_path / "b")}

    assert len(versions) == 2
