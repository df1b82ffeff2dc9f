"""Which wording a model understands better than the present one, beyond noise.

A wording is judged on texts that had no part in choosing it (`core.wording_contest`), and proposed
if the labels given do not get worse either. Of one dimension in one language:

1. All templates are compared; the one that most splits chose is accepted if its p is at most
   `ALPHA` and the labels given do not get worse. (Ways that need a sentence for each label, such as
   aliases or definitions, are measured as well, but proposed label by label: else one label that
   gains much would change all the others.)
2. From there, each label with enough examples is tried alone: templates, aliases, definition. These
   p are raised by Holm's method, since there are many labels; accepted is what is still at most
   `ALPHA`, surest first, as long as the labels given do not get worse.
3. Everything accepted is compared with the present wording, together.

So in each dimension and language there is a chance of `ALPHA` at most for step 1, and the same for
step 2, to propose something that is no better at all (of 100 trials of a model that answers by
dice, with 42 texts, 3 labels and some ten wordings each, 4 did). All of it is said for texts
like these: other texts may differ (Berg-Kirkpatrick et al. 2012, section 5).
"""

from collections.abc import Mapping
from dataclasses import dataclass

from core.bootstrap import TIMES, Difference, compare, holm
from core.domain import LabelPath
from core.labelling import Rule
from core.wording import Wording
from core.wording_bench import Bench, LabelRow, Row
from core.wording_confusion import Confusion, confusions
from core.wording_contest import Contest, Contests
from core.wording_trial import Answers, Progress, Trial, View

ALPHA = 0.05

_IN_ONE_LINE = ("present", "template", "template-for-all")


@dataclass(frozen=True, slots=True)
class Proposal:
    """A wording that is better beyond noise.

    Attributes:
        path: the label that it is for; None for the whole dimension.
        unseen_gain: in (mean) average precision, on texts that had no part in choosing; mean of the
            splits.
        p: how often so much would come about by chance; corrected as the module says.
    """

    path: LabelPath | None
    wording: Wording
    unseen_gain: float
    p: float


@dataclass(frozen=True)
class Comparison:
    """What a trial found.

    Attributes:
        rows: best ranking first.
        labels: in taxonomy order, those with examples.
        proposals: what to change; perhaps nothing.
        ranking_gain, f1_gain: of all proposals together, on all texts; None without proposals.
    """

    view: View
    rows: tuple[Row, ...]
    labels: tuple[LabelRow, ...]
    confusions: tuple[Confusion, ...]
    proposals: tuple[Proposal, ...]
    ranking_gain: Difference | None
    f1_gain: Difference | None


def judge(
    trial: Trial,
    answers: Answers,
    *,
    rule: Rule,
    seed: int = 0,
    times: int = TIMES,
    on_progress: Progress = lambda _done, _total: None,
) -> Comparison:
    """Compare all wordings of a trial, and propose; the numbers are those of the module's page.

    Args:
        trial: of a view with enough texts.
        answers: to all its pairs.
        rule: how labels are given.
        seed: of redraws and splits; the same seed gives the same comparison.
        times: redraws.
    """
    bench = Bench(trial, answers, rule=rule, seed=seed, times=times)
    contests = Contests(bench, trial.view, seed=seed, times=times)
    total = len(trial.wordings) + len(trial.by_label) + 1
    done = 0

    def step() -> None:
        nonlocal done
        done += 1
        on_progress(min(done, total), total)

    # 1. wordings of the dimension
    present = trial.wordings[0]
    sampled = {}
    for wording in trial.wordings:
        sampled[wording.words, wording.kind] = bench.sampled(wording.questions)
        step()
    mean = bench.mean_of_answers()
    templates = [each for each in trial.wordings if each.kind in _IN_ONE_LINE]
    contest = contests.hold([each.questions for each in templates], present.questions, bench.judged)
    step()
    base = dict(present.questions)
    proposals: list[Proposal] = []
    if contest.best and contest.p <= ALPHA:
        wording = templates[contest.best]
        if bench.f1(wording.questions) >= bench.f1(base):
            proposals.append(Proposal(None, wording, contest.unseen_gain, contest.p))
            base = dict(wording.questions)
    # 2. wordings of single labels
    labels = []
    held: list[tuple[LabelPath, Wording, Contest]] = []
    for label in trial.view.labels:
        if not trial.view.examples[label.path]:
            continue
        labels.append(bench.label_row(label.path, present.questions))
        offered = [
            each
            for each in trial.by_label.get(label.path, ())
            if each.questions[label.path] not in base.values()
        ]
        if offered:
            place = bench.place[label.path]
            found = contests.hold([base, *(each.questions for each in offered)], base, [place])
            held.append((label.path, offered[max(0, found.best - 1)], found))
            step()
    raised = holm([found.p for _, _, found in held])
    surest = sorted(
        zip(held, raised, strict=True), key=lambda each: (each[1], -each[0][2].unseen_gain)
    )
    for (path, wording, found), p in surest:
        changed = {**base, **wording.questions}
        asked_twice = wording.questions[path] in base.values()
        if p <= ALPHA and not asked_twice and bench.f1(changed) >= bench.f1(base):
            proposals.append(Proposal(path, wording, found.unseen_gain, p))
            base = changed
    # 3. all of it together
    ranking_gain = f1_gain = None
    if proposals:
        ranking, f1, _ = bench.sampled(base)
        before_ranking, before_f1, _ = sampled[present.words, present.kind]
        ranking_gain, f1_gain = compare(ranking, before_ranking), compare(f1, before_f1)
    chosen = dict(zip(map(id, templates), contest.chosen, strict=True))
    rows = [
        bench.row(
            wording,
            sampled[wording.words, wording.kind],
            None if wording is present else sampled[present.words, present.kind],
            chosen=chosen.get(id(wording), 0.0),
        )
        for wording in trial.wordings
    ]
    rows.append(
        bench.row(Wording("mean", "", {}), mean, sampled[present.words, present.kind], chosen=0.0)
    )
    on_progress(total, total)
    return Comparison(
        view=trial.view,
        rows=tuple(sorted(rows, key=lambda row: -row.ranking)),
        labels=tuple(labels),
        confusions=tuple(confusions(trial.view, bench.given(present.questions))),
        proposals=tuple(sorted(proposals, key=lambda each: each.path is not None)),
        ranking_gain=ranking_gain,
        f1_gain=f1_gain,
    )


def gains(
    view: View,
    present: Mapping[LabelPath, str],
    candidate: Mapping[LabelPath, str],
    answers: Answers,
    *,
    rule: Rule,
    seed: int = 0,
) -> tuple[Difference, Difference]:
    """How much better candidate questions are than present ones, on texts of any number.

    Args:
        view: texts that had no part in finding the candidate, if the gain is to be believed.
        present, candidate: a question for each label of the view.
        answers: to all of these questions.
        rule, seed: as for `judge`.

    Returns:
        The difference in mean average precision, and in macro F1.
    """
    bench = Bench(Trial(view, (), {}), answers, rule=rule, seed=seed, times=TIMES)
    ours, theirs = bench.sampled(candidate), bench.sampled(present)
    return compare(ours[0], theirs[0]), compare(ours[1], theirs[1])
