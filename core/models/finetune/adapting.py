"""A pair model of the hub made a community's own, by adapters of low rank (LoRA).

Such a model may be large, so only thin matrices beside its own are trained, and merged into it at
the end: the folder is a checkpoint like any other, as big as the base. There are no folds, which
would cost as many trainings: a fifth of the stories is never learnt from, and tells what it came
to; by the others it is not judged (`core.unseen`). What tempts is found by the built-in towers,
which cost next to nothing.

Source: Hu et al. 2021, arXiv:2106.09685; the library is peft.
"""

import random
import shutil
import time
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from core import metrics, unseen
from core.domain import LANGUAGES, LabelPath
from core.errors import ModelUnavailable
from core.models.entailer import TowersEntailer
from core.models.finetune.folder import WORK, begin, described_with, finish
from core.models.finetune.material import Batch, Material, tempting
from core.models.finetune.plan import Plan
from core.models.finetune.report import Figures, Judged, Report
from core.models.finetune.tuning import settle
from core.models.pair import Opened, PairEntailer
from core.models.recipe.running import Task, Tell
from core.taxonomy import Taxonomy
from core.training_set import LEAST_WITH_LABEL, Example, checked, folds, with_label

HELD_OUT = 5
"""One story of so many is not learnt from."""

PAIRS = 32
"""In a batch: as many that hold as that do not, where there are so many."""

RATE = 2e-4
RANK, ALPHA = 16, 32

WRONG = 8
"""Labels that do not hold, asked about each text that is held out."""


def adapt(
    examples: Sequence[Example],
    taxonomy: Taxonomy,
    output: Path,
    *,
    base: str,
    plan: Plan | None = None,
    tell: Tell = lambda _: None,
    device: str = "cpu",
    threads: int | None = None,
    rate: float = RATE,
    replaces: bool = False,
) -> Report:
    """Train a pair model's adapters; see `core.models.finetune.training.fine_tune`.

    Args:
        base: folder or hub name of a sequence-classification model with an entailment label.
        rate: learning rate at its highest.
        replaces: whether a run that was begun there with something else makes room.

    Returns:
        Figures over the questions about texts held out: their labels, and tempting wrong ones.

    Raises:
        BadExamples: there are too few.
        BadFile: the folder was begun with something else, and keeps it.
        ModelUnavailable: the base cannot be had, or peft is not installed.
    """
    plan = plan or Plan()
    examples = checked(examples, taxonomy)
    began = time.monotonic()
    settle(threads=threads, seed=plan.seed)
    entailer = PairEntailer(base, device=device, threads=threads)
    opened = entailer.opened()
    work = output / WORK
    made_of = described_with(examples, taxonomy, entailer.version, plan)
    begin(output, work, made_of, replaces=replaces)
    fold_of = folds(examples, count=HELD_OUT, seed=plan.seed)
    logits = _towers(examples, taxonomy)
    wrong = tempting(examples, taxonomy, logits, most=WRONG)
    learn = [at for at, fold in enumerate(fold_of) if fold]
    asked = _questions(
        [(examples[at], wrong[at]) for at in range(len(examples)) if not fold_of[at]]
    )
    before = _judged(entailer, asked, taxonomy)
    own = [examples[at] for at in learn]
    material = Material(own, taxonomy, [wrong[at] for at in learn], languages=LANGUAGES)
    task = AdaptTask(opened, plan, material, steps=plan.steps(len(own)), device=device, rate=rate)
    task.train("pair", state=work / "pair.pt", tell=tell)
    _write(task, opened, output)
    unseen.write_learnt((each.premise for each in own), output)
    after = _judged(PairEntailer(str(output), device=device, threads=threads), asked, taxonomy)
    counts = with_label(own)
    report = Report(
        examples=len(examples),
        stories=len({each.story or each.id for each in examples}),
        learnt={path: n for path, n in sorted(counts.items()) if n >= LEAST_WITH_LABEL},
        rare={path: n for path, n in sorted(counts.items()) if n < LEAST_WITH_LABEL},
        before=before,
        after=after,
        seconds=time.monotonic() - began,
    )
    finish(output, work, report)
    return report


class AdaptTask(Task[nn.Module]):
    """Trains adapters.

    Args:
        opened: the model; it is changed.
        plan: how; its rate and frozen layers are for towers.
        material: draws batches.
    """

    def __init__(
        self,
        opened: Opened,
        plan: Plan,
        material: Material,
        *,
        steps: int,
        device: str,
        rate: float = RATE,
    ) -> None:
        super().__init__(_adapted(opened.model), steps=steps, seed=plan.seed)
        self._opened = opened
        self._plan = plan
        self._material = material
        self._device = device
        trained = [each for each in self.model.parameters() if each.requires_grad]
        self.optimise([{"params": trained, "lr": rate, "weight_decay": 0.0}])

    def loss(self, step: int) -> torch.Tensor:
        """The loss of one step, whose batch depends on seed and number alone."""
        chance = random.Random(f"{self._plan.seed} {step}")
        pairs, truth = balanced(self._material.draw(chance, self._plan), chance)
        encoded = self._opened.tokenizer(
            [premise for premise, _ in pairs],
            [claim for _, claim in pairs],
            truncation="only_first",
            max_length=min(self._opened.max_tokens, 2 * self._plan.text_tokens),
            padding=True,
            return_tensors="pt",
        ).to(self._device)
        columns = self.model(**encoded).logits.float()
        return functional.binary_cross_entropy_with_logits(
            log_odds(columns, self._opened.entailment), torch.tensor(truth).to(self._device)
        )


def balanced(
    batch: Batch, chance: random.Random, *, most: int = PAIRS
) -> tuple[list[tuple[str, str]], list[float]]:
    """Known questions of a batch, as many that hold as that do not where there are so many."""
    sides: tuple[list[tuple[int, int]], list[tuple[int, int]]] = ([], [])
    for row, column in np.argwhere(batch.known > 0).tolist():
        sides[int(batch.truth[row, column] > 0)].append((row, column))
    no, yes = (chance.sample(each, min(len(each), most // 2)) for each in sides)
    pairs = [(batch.premises[row], batch.hypotheses[column]) for row, column in (*yes, *no)]
    return pairs, [1.0] * len(yes) + [0.0] * len(no)


def log_odds(columns: torch.Tensor, entailment: int) -> torch.Tensor:
    """Of the entailment column against all others, of shape (pairs,)."""
    if columns.shape[1] == 1:
        return columns[:, 0]
    others = [at for at in range(columns.shape[1]) if at != entailment]
    return columns[:, entailment] - torch.logsumexp(columns[:, others], 1)


def _adapted(model: Any) -> nn.Module:
    try:
        from peft import LoraConfig, get_peft_model
    except ImportError as error:
        raise ModelUnavailable(
            f"Training a pair model needs packages that are not here ({error.name or error}): in "
            "the program's folder, pip install '.[train]'",
            model=str(getattr(model, "name_or_path", "")),
        ) from error
    for part in model.modules():
        if isinstance(part, nn.Dropout):
            part.p = 0.0  # so few steps do not overfit, and a stopped run ends as if it were not
    config = LoraConfig(r=RANK, lora_alpha=ALPHA, target_modules="all-linear")
    with warnings.catch_warnings():
        # peft 0.21 asks for what transformers 5 calls by another name
        warnings.filterwarnings("ignore", "`is_gradient_checkpointing`", FutureWarning)
        adapted: nn.Module = get_peft_model(model, config)
    return adapted


def _write(task: AdaptTask, opened: Opened, output: Path) -> None:
    """The merged model as `transformers` saves it; written aside first, so that it is whole."""
    aside = output / WORK / "merged"
    merged: Any = task.model
    merged.merge_and_unload().save_pretrained(aside)
    opened.tokenizer.save_pretrained(aside)
    for file in sorted(aside.iterdir()):
        shutil.move(str(file), output / file.name)


Question = tuple[Example, LabelPath, bool]


def _questions(
    examples: Sequence[tuple[Example, Sequence[LabelPath]]],
) -> list[Question]:
    return [
        (each, path, path in each.holds)
        for each, wrong in examples
        for path in (*sorted(each.holds), *wrong)
    ]


def _judged(entailer: PairEntailer, asked: Sequence[Question], taxonomy: Taxonomy) -> Judged:
    """How well a model answers; a label needs one half."""
    asked = [each for each in asked if each[1] in taxonomy]
    pairs = [(each.premise, taxonomy.hypothesis(path, each.language)) for each, path, _ in asked]
    said = np.array(entailer.entail(pairs))
    truth = np.array([holds for _, _, holds in asked], np.bool_)
    labels = sorted({path for _, path, _ in asked})
    rows = {id(each): None for each, _, _ in asked}
    place = {key: at for at, key in enumerate(rows)}
    shape = (len(place), len(labels))
    right, given = np.zeros(shape, np.bool_), np.zeros(shape, np.bool_)
    for (each, path, holds), probability in zip(asked, said, strict=True):
        cell = place[id(each)], labels.index(path)
        right[cell], given[cell] = holds, probability >= 0.5
    return Judged(
        scores=Figures(
            texts=len(place),
            micro_f1=float(metrics.micro_f1(right, given)),
            macro_f1=float(metrics.macro_f1(right, given)),
            exact=float(metrics.exact_match(right, given)),
        ),
        dimensions={},
        calibration_error=float(metrics.calibration_error(truth[:, None], said[:, None])),
    )


def _towers(examples: Sequence[Example], taxonomy: Taxonomy) -> Any:
    labels = tuple(taxonomy.walk())
    pairs = [
        (each.premise, taxonomy.hypothesis(label.path, each.language))
        for each in examples
        for label in labels
    ]
    return TowersEntailer().logits(pairs).reshape(len(examples), len(labels))
