"""From a community's examples to its model: the whole way, which can be stopped and gone on with.

1. **Folds**: examples are divided by story. For each fold a model is trained on the others, and
   asked about it: nothing else tells how it will do on what it has not seen. What costs no training
   is learnt anew for each of several parts of a fold, from all other parts.
2. **Towers**: each is trained on questions about the examples in its language
   (`core.models.finetune.material`), once for each fold and once on all; what it then makes of
   texts and hypotheses is kept.
3. **Labels**: a label's hypothesis is moved to where its examples are, and where those texts are
   that nobody labelled but the model does (`core.models.finetune.unlabelled`). A tower is replaced
   by the trained one, and hypotheses are moved, only as far as that answers better about texts
   unseen: with few examples it may do nothing, or harm. Log odds are calibrated, and thresholds
   chosen, on the answers about texts unseen (`core.models.finetune.labels`).
4. **Report**: labels and probabilities about texts unseen, before and after.
5. **Folder**: what the towers add to those before, in matrices of low rank, what the labels learnt,
   in `unseen.jsonl` what is said of the examples by models that had not seen them, and in
   `training.json` what it was made of and the report. `.work` in it holds what a stopped run goes
   on from, and is deleted at the end.
"""

import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from core import unseen
from core.errors import BadFile
from core.models import learned as learned_file
from core.models.entailer import is_chinese, is_ours
from core.models.finetune import seen as seen_by
from core.models.finetune.fitted import calibrated, cross_fitted
from core.models.finetune.folder import WORK, begin, described, finish, write
from core.models.finetune.labels import choose
from core.models.finetune.plan import Plan
from core.models.finetune.question import Question, others
from core.models.finetune.report import HeldOut, Report, judge_held_out
from core.models.finetune.stages import AS_IT_WAS, TRAINED, Clock, all_steps, towers_of, train
from core.models.finetune.tuning import settle
from core.models.learned import Learned
from core.models.model_folder import BUILTIN
from core.models.recipe.running import Tell
from core.taxonomy import Taxonomy, localised
from core.training_set import Example, checked, folds, with_label


def fine_tune(
    examples: Sequence[Example],
    taxonomy: Taxonomy,
    output: Path,
    *,
    base: Path | None = None,
    plan: Plan | None = None,
    tell: Tell = lambda _: None,
    device: str = "cpu",
    threads: int | None = None,
    replaces: bool = False,
) -> Report:
    """Train a community's model, in this process.

    Args:
        examples: what people said; see `core.training_set`. Of those that say nothing of any label
            the texts may teach, if that answers better about the others.
        taxonomy: what may be said.
        output: the folder; a run that was stopped there is gone on with.
        base: folder of the model to begin with; None: the one in the package.
        plan: how, with the seed.
        tell: hears of each step of the whole, and when all is done; what it raises stops the run,
            which can be gone on with.
        device: "cpu", or as torch names another; answers differ a little between devices.
        threads: for matrix products; None: as torch chooses.
        replaces: whether a run that was begun there with something else makes room.

    Raises:
        BadExamples: there are too few.
        BadFile: the folder was begun with other examples or another plan, and keeps them; or the
            base is none.
        ModelUnavailable: the base's files are missing or damaged.
    """
    plan = plan or Plan()
    base = base or BUILTIN
    given = examples
    unlabelled = [each for each in given if not each.is_labelled and each.premise.strip()]
    examples = checked(given, taxonomy)
    if not is_ours(base):
        raise BadFile(
            f"{base} holds no model of ours. Name a folder that `commonplace build-model` or "
            "`commonplace train` wrote, or leave it out to begin with the built-in model.",
            file=str(base),
        )
    began = time.monotonic()
    settle(threads=threads, seed=plan.seed)
    work = output / WORK
    begin(output, work, described(given, taxonomy, base, plan), replaces=replaces)
    labels = tuple(taxonomy.walk())
    paths = [label.path for label in labels]
    languages = [each.language for each in examples]
    # 1. folds
    part_of = folds(examples, count=plan.parts, seed=plan.seed)
    fold_of = [part % plan.folds for part in part_of]
    # 2. towers
    towers = towers_of(base, examples, unlabelled)
    clock = Clock(tell, sum(all_steps(tower, fold_of, plan) for tower in towers))
    options = {
        tower.name: train(
            tower,
            examples,
            unlabelled,
            taxonomy,
            fold_of,
            plan=plan,
            work=work,
            tell=clock,
            device=device,
        )
        for tower in towers
    }
    # 3. labels
    counts = with_label(examples)
    holds, known = seen_by.table(examples, paths)
    both = np.array(
        [
            is_chinese(each.premise)
            and is_chinese(localised(labels[0].hypotheses, each.language, ""))
            for each in examples
        ]
    )
    asked = Question(holds, known, both, languages, paths)
    choice = choose(towers, options, asked, fold_of, part_of, plan=plan)
    fitted = calibrated(choice.logits, choice.plain, asked)
    # 4. report
    held_out = HeldOut(
        logits=cross_fitted(choice.logits, choice.plain, asked, part_of),
        thresholds=[
            calibrated(choice.logits[rows], choice.plain[rows], asked.of(rows)).thresholds(paths)
            for rows in (others(part_of, part) for part in range(plan.parts))
        ],
        folds=part_of,
        learns=frozenset(paths[at] for at in asked.learns),
    )
    report, answered = judge_held_out(
        examples,
        taxonomy,
        base,
        held_out,
        seconds=time.monotonic() - began,
        unlabelled=len(unlabelled),
    )
    # 5. folder
    learned = Learned(
        tuple(fitted.label(at, labels[at], counts[paths[at]]) for at in asked.calibrates),
        choice.share,
    )
    seen = {
        name: each[TRAINED if choice.trained[name] else AS_IT_WAS][-1]
        for name, each in options.items()
    }
    write(output, towers, seen, choice, asked, plan=plan, work=work)
    learned_file.write(learned, output)
    unseen.write(zip((each.premise for each in examples), answered, strict=True), output)
    finish(output, work, report)
    return report
