"""Which wording a model understands best, measured on labelled texts.

Each dimension is tried in each language, on the texts that are complete for it. A wording is
judged by mean average precision (how well each label ranks the texts; no threshold is needed), and
by macro F1 of the labels that `core.labelling.descend` gives. Both are compared with the present
wording by the paired bootstrap over texts (`core.bootstrap`).

The best of many looks better than it is. So what is proposed has been chosen on one half of the
texts and was better on the other half, which had no part in choosing; and since one split may be
lucky, this is done on `SPLITS` random ones, whose p are joined by `core.bootstrap.agreed`. Of one
dimension in one language:

1. All templates are compared; the one that most splits chose is accepted if its p is at most
   `ALPHA` and the labels given do not get worse. The p of a split is that of its own choice, which
   knew nothing of the other half, or that of the proposal, whichever is larger; and 1 where the
   present wording was chosen. (Ways that need a sentence for each label, such as aliases or
   definitions, are measured as well, but proposed label by label: else one label that gains much
   would change all the others.)
2. From there, each label with enough examples is tried alone: templates, aliases, definition. These
   p are raised by Holm's method, since there are many labels; accepted is what is still at most
   `ALPHA`, surest first, as long as the labels given do not get worse.
3. Everything accepted is compared with the present wording, together.

So in each dimension and language there is a chance of `ALPHA` at most for step 1, and the same for
step 2, to propose something that is no better at all (of 100 trials of a model that answers by
dice, with 42 texts, 3 labels and some ten wordings each, 4 did). All of it is said for texts
like these: other texts may differ (Berg-Kirkpatrick et al. 2012, section 5).
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from core.bootstrap import TIMES, Difference, Redraws, Sample, agreed, compare, halves, holm
from core.domain import LabelPath, Language
from core.labelled import LabelledText
from core.labelling import Rule, descend
from core.metrics import Truth, Values, average_precision, log_loss, macro_f1
from core.ports import Entailer
from core.taxonomy import Dimension, Label, Taxonomy, parent_of
from core.wording import Wording, dimension_wordings, label_wordings

ALPHA = 0.05
SPLITS = 20

FEWEST_TEXTS = 20
"""With fewer texts, a half has nothing to say."""

FEW = 10
"""With fewer examples, nothing is said about a label of its own: a half would hold a handful."""

_IN_ONE_LINE = ("present", "template", "template-for-all")

QUESTIONS_AT_ONCE = 256  # a slow model answers these within some ten seconds

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class View:
    """A dimension in a language, with the texts that say what is right in it.

    Attributes:
        dimension: without children that no text is an example of.
        texts, premises: n texts and what the model is to read of each.
        labels: the k labels of the dimension, parents before children.
        truth: shape (n, k): which labels hold.
    """

    dimension: Dimension
    language: Language
    texts: tuple[LabelledText, ...]
    premises: tuple[str, ...]
    labels: tuple[Label, ...]
    truth: Truth

    @cached_property
    def examples(self) -> Mapping[LabelPath, int]:
        """How many texts each label holds for."""
        counts: list[int] = self.truth.sum(axis=0).tolist()
        return {label.path: count for label, count in zip(self.labels, counts, strict=True)}


@dataclass(frozen=True)
class Trial:
    """A view and all that is to be asked: wordings of the dimension (the present one first), and of
    each label that has examples enough."""

    view: View
    wordings: tuple[Wording, ...]
    by_label: Mapping[LabelPath, tuple[Wording, ...]]

    def pairs(self) -> Iterator[tuple[str, str]]:
        """Every (premise, hypothesis) that is needed; some more than once."""
        questions = dict.fromkeys(
            question
            for wording in (*self.wordings, *(w for each in self.by_label.values() for w in each))
            for question in wording.questions.values()
        )
        return ((premise, each) for premise in self.view.premises for each in questions)


Answers = Mapping[tuple[str, str], float]


@dataclass(frozen=True, slots=True)
class Row:
    """How one wording of a dimension did.

    Attributes:
        ranking: mean average precision; f1: macro F1 of the labels given; loss: mean log loss.
            Labels without examples have no part in them.
        ranking_gain, f1_gain: against the present wording, on all texts; None for itself.
        chosen: share of the splits in which it was the best template.
    """

    wording: Wording
    ranking: float
    f1: float
    loss: float
    ranking_gain: Difference | None
    f1_gain: Difference | None
    chosen: float


@dataclass(frozen=True, slots=True)
class LabelRow:
    """How one label did.

    Attributes:
        examples, given, found: texts that it holds for, that it was given to, and both.
        precision: average precision, as it is asked about now.
        best: the wording that ranks the texts best, if one does better than now; gain: its own, on
            the texts that it was chosen on.
    """

    path: LabelPath
    examples: int
    given: int
    found: int
    precision: float
    f1: float
    loss: float
    best: Wording | None
    gain: Difference | None


@dataclass(frozen=True, slots=True)
class Confusion:
    """One label was given where its sibling holds.

    Attributes:
        count: texts for which this is so.
        examples: some of them.
    """

    holds: LabelPath
    given: LabelPath
    count: int
    examples: tuple[LabelledText, ...]


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


# ── before asking ────────────────────────────────────────────────────────────────────────────────


def views(
    taxonomy: Taxonomy,
    texts: Sequence[LabelledText],
    premises: Sequence[str],
    languages: Sequence[Language],
) -> list[View]:
    """Sort labelled texts by dimension and language; what has too few texts is there as well.

    Args:
        taxonomy: all of its dimensions are looked at.
        texts, premises, languages: of each of n texts, what is read and in which language it is
            asked about.
    """
    found = []
    for dimension in taxonomy.dimensions:
        for language in dict.fromkeys(languages):
            here = [
                place
                for place, text in enumerate(texts)
                if dimension.id in text.dimensions and languages[place] == language
            ]
            if not here:
                continue
            held = frozenset(path for place in here for path in texts[place].labels)
            seen = replace(dimension, labels=_with_examples(dimension.labels, held, top=True))
            labels = tuple(Taxonomy(dimensions=(seen,)).walk())
            truth = np.array([[each.path in texts[at].labels for each in labels] for at in here])
            found.append(
                View(
                    dimension=seen,
                    language=language,
                    texts=tuple(texts[place] for place in here),
                    premises=tuple(premises[place] for place in here),
                    labels=labels,
                    truth=truth,
                )
            )
    return found


def is_enough(view: View) -> bool:
    """Whether anything can be said: enough texts, and a label with enough examples."""
    return len(view.texts) >= FEWEST_TEXTS and max(view.examples.values()) >= FEW


def plan(view: View, *, taxonomy: Taxonomy, templates: Sequence[str] = ()) -> Trial:
    """Say what is to be asked.

    Args:
        view: with enough texts and examples.
        taxonomy: its own.
        templates: sentences with {label} in its language, tried besides those of the house.
    """
    present, *others = dimension_wordings(
        view.dimension,
        view.labels,
        taxonomy=taxonomy,
        language=view.language,
        templates=templates,
    )
    seen = [path for path, count in view.examples.items() if count]
    return Trial(
        view=view,
        wordings=(
            present,
            # one that asks the same about every label with examples can show nothing
            *(e for e in others if any(e.questions[p] != present.questions[p] for p in seen)),
        ),
        by_label={
            label.path: tuple(
                label_wordings(
                    label, dimension=view.dimension, language=view.language, templates=templates
                )
            )
            for label in view.labels
            if view.examples[label.path] >= FEW
        },
    )


# ── asking ───────────────────────────────────────────────────────────────────────────────────────


def ask(
    entailer: Entailer,
    pairs: Iterable[tuple[str, str]],
    *,
    on_progress: Progress = lambda _done, _total: None,
) -> Answers:
    """Ask each distinct (premise, hypothesis) once.

    Raises:
        ModelUnavailable: as the entailer does.
    """
    # of one text at a time, by length: whoever batches finds equals together
    distinct = sorted(dict.fromkeys(pairs), key=lambda pair: (len(pair[0]), pair[0]))
    answers: dict[tuple[str, str], float] = {}
    for start in range(0, len(distinct), QUESTIONS_AT_ONCE):
        batch = distinct[start : start + QUESTIONS_AT_ONCE]
        answers.update(zip(batch, entailer.entail(batch), strict=True))
        on_progress(len(answers), len(distinct))
    return answers


# ── comparing ────────────────────────────────────────────────────────────────────────────────────


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
    bench = _Bench(trial, answers, rule=rule, seed=seed, times=times)
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
    contest = bench.contest([each.questions for each in templates], present.questions, bench.judged)
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
    contests: list[tuple[LabelPath, Wording, _Contest]] = []
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
            found = bench.contest([base, *(each.questions for each in offered)], base, [place])
            contests.append((label.path, offered[max(0, found.best - 1)], found))
            step()
    raised = holm([found.p for _, _, found in contests])
    surest = sorted(
        zip(contests, raised, strict=True), key=lambda each: (each[1], -each[0][2].unseen_gain)
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
    bench = _Bench(Trial(view, (), {}), answers, rule=rule, seed=seed, times=TIMES)
    ours, theirs = bench.sampled(candidate), bench.sampled(present)
    return compare(ours[0], theirs[0]), compare(ours[1], theirs[1])


def confusions(view: View, given: Truth) -> list[Confusion]:
    """Pairs of siblings of which the wrong one was given and the right one was not; most first.

    Args:
        view: what is right.
        given: which labels were given, shape (n, k).
    """
    siblings: dict[LabelPath | None, list[int]] = defaultdict(list)
    for place, label in enumerate(view.labels):
        siblings[parent_of(label.path)].append(place)
    places: dict[tuple[int, int], list[int]] = defaultdict(list)
    for text in range(len(view.texts)):
        for group in siblings.values():
            missed = [at for at in group if view.truth[text, at] and not given[text, at]]
            wrong = [at for at in group if given[text, at] and not view.truth[text, at]]
            for pair in ((one, other) for one in missed for other in wrong):
                places[pair].append(text)
    return [
        Confusion(
            holds=view.labels[holds].path,
            given=view.labels[wrong].path,
            count=len(texts),
            examples=tuple(view.texts[text] for text in texts[:2]),
        )
        for (holds, wrong), texts in sorted(
            places.items(), key=lambda pair: (-len(pair[1]), pair[0])
        )
    ]


@dataclass(frozen=True, slots=True)
class _Contest:
    """Candidates, chosen on halves and confirmed on the others.

    Attributes:
        best: the place of the one that most splits chose; 0 is the present one.
        unseen_gain, p: its own.
        chosen: share of the splits that chose each.
    """

    best: int
    unseen_gain: float
    p: float
    chosen: tuple[float, ...]


Questions = Mapping[LabelPath, str]


class _Bench:
    """Where wordings are measured; what was measured once is kept."""

    def __init__(
        self, trial: Trial, answers: Answers, *, rule: Rule, seed: int, times: int
    ) -> None:
        self._trial, self._answers, self._rule = trial, answers, rule
        self._seed, self._times = seed, times
        view = trial.view
        self._truth = view.truth
        self.place = {label.path: place for place, label in enumerate(view.labels)}
        self.judged = [
            place for place, label in enumerate(view.labels) if view.examples[label.path]
        ]
        self._taxonomy = Taxonomy(dimensions=(view.dimension,))
        self._redraws = Redraws(len(view.texts), times=times, seed=seed)
        kinds = [row.tobytes() for row in self._truth]
        self._halves = list(halves(kinds, times=SPLITS, seed=seed))
        self._choosing = np.zeros((SPLITS, len(view.texts)))
        for split, (first, _) in enumerate(self._halves):
            self._choosing[split, first] = 1.0
        self._confirming = [
            Redraws(len(second), times=times, seed=seed + 1 + split)
            for split, (_, second) in enumerate(self._halves)
        ]
        self._columns: dict[str, Values] = {}
        self._precisions: dict[tuple[int, str], Sample] = {}
        self._on_halves: dict[tuple[int, str], Values] = {}
        self._unseen: dict[tuple[int, int, str], Sample] = {}
        self._given: dict[tuple[str, ...], Truth] = {}

    def sampled(self, questions: Questions) -> tuple[Sample, Sample, float]:
        """Mean average precision, macro F1, and mean log loss."""
        asked = [questions[label.path] for label in self._trial.view.labels]
        ranking = _mean([self._precision(place, asked[place]) for place in self.judged])
        given = self.given(questions)
        return ranking, self._f1(given), self._loss(self._scores(asked))

    def mean_of_answers(self) -> tuple[Sample, Sample, float]:
        """The same for the mean of the answers to all wordings of the dimension."""
        labels = self._trial.view.labels
        scores = np.mean(
            [
                self._scores([each.questions[label.path] for label in labels])
                for each in self._trial.wordings
            ],
            axis=0,
        )
        truth = self._truth[:, self.judged]
        ranking = self._redraws.sample(
            lambda weights: average_precision(truth, scores[:, self.judged], weights).mean(-1)
        )
        return ranking, self._f1(self._decided(scores)), self._loss(scores)

    def row(
        self,
        wording: Wording,
        own: tuple[Sample, Sample, float],
        present: tuple[Sample, Sample, float] | None,
        *,
        chosen: float,
    ) -> Row:
        """What is told about a wording."""
        ranking, f1, loss = own
        return Row(
            wording=wording,
            ranking=float(ranking.value),
            f1=float(f1.value),
            loss=loss,
            ranking_gain=compare(ranking, present[0]) if present else None,
            f1_gain=compare(f1, present[1]) if present else None,
            chosen=chosen,
        )

    def label_row(self, path: LabelPath, present: Questions) -> LabelRow:
        """What is told about a label: how it does now, and which wording would rank best."""
        place = self.place[path]
        truth, given = self._truth[:, place], self.given(present)[:, place]
        now = self._precision(place, present[path])
        others = [
            (each, self._precision(place, each.questions[path]))
            for each in self._trial.by_label.get(path, ())
            if each.questions[path] not in present.values()
        ]
        best = max(others, key=lambda each: float(each[1].value), default=None)
        if best is not None and best[1].value <= now.value:
            best = None
        column = self._column(present[path])[:, None]
        examples, given_to, found = int(truth.sum()), int(given.sum()), int((truth & given).sum())
        return LabelRow(
            path=path,
            examples=examples,
            given=given_to,
            found=found,
            precision=float(now.value),
            f1=2 * found / (examples + given_to),
            loss=float(log_loss(truth[:, None], column)[0]),
            best=best[0] if best else None,
            gain=compare(best[1], now) if best else None,
        )

    def contest(
        self, candidates: Sequence[Questions], present: Questions, places: Sequence[int]
    ) -> _Contest:
        """Choose on one half of the texts and confirm on the other, on every split.

        Args:
            candidates: the present one first.
            present: the first candidate.
            places: of the labels whose mean average precision decides.
        """
        paths = [self._trial.view.labels[place].path for place in places]
        standing = np.stack(
            [
                np.mean(
                    [
                        self._on_half(place, each[path])
                        for place, path in zip(places, paths, strict=True)
                    ],
                    axis=0,
                )
                for each in candidates
            ]
        )
        winners: list[int] = standing.argmax(axis=0).tolist()  # of equals, the present one
        count = Counter(winners)
        best = max(range(len(candidates)), key=lambda each: (count[each], -each))
        chosen = tuple(count[each] / SPLITS for each in range(len(candidates)))
        if best == 0:
            return _Contest(best=0, unseen_gain=0.0, p=1.0, chosen=chosen)

        def confirmed(split: int, asked: Questions) -> Sample:
            pairs = zip(places, paths, strict=True)
            return _mean([self._confirmed(split, place, asked[path]) for place, path in pairs])

        gains, shares = [], []
        for split, winner in enumerate(winners):
            now = confirmed(split, present)
            ours = compare(confirmed(split, candidates[best]), now)
            gains.append(ours.gain)
            # where others are as good, splits differ in which they choose: both must be better
            own_choice = compare(confirmed(split, candidates[winner]), now)
            shares.append(max(ours.p, own_choice.p) if winner else 1.0)
        return _Contest(
            best=best, unseen_gain=float(np.mean(gains)), p=agreed(shares), chosen=chosen
        )

    def given(self, questions: Questions) -> Truth:
        """Which labels the rule gives, shape (n, k)."""
        asked = tuple(questions[label.path] for label in self._trial.view.labels)
        if asked not in self._given:
            self._given[asked] = self._decided(self._scores(asked))
        return self._given[asked]

    def f1(self, questions: Questions) -> float:
        """Macro F1 of the labels that the rule gives."""
        given = self.given(questions)
        return float(macro_f1(self._truth[:, self.judged], given[:, self.judged]))

    def _f1(self, given: Truth) -> Sample:
        truth = self._truth[:, self.judged]
        return self._redraws.sample(lambda weights: macro_f1(truth, given[:, self.judged], weights))

    def _loss(self, scores: Values) -> float:
        return float(log_loss(self._truth[:, self.judged], scores[:, self.judged]).mean())

    def _decided(self, scores: Values) -> Truth:
        paths = [label.path for label in self._trial.view.labels]
        given = np.zeros(scores.shape, np.bool_)
        for text, row in enumerate(scores.tolist()):
            walk = descend(self._taxonomy, dict(zip(paths, row, strict=True)), rule=self._rule)
            for label in walk.labels:
                given[text, self.place[label.path]] = True
        return given

    def _scores(self, asked: Sequence[str]) -> Values:
        return np.stack([self._column(question) for question in asked], axis=1)

    def _column(self, question: str) -> Values:
        if question not in self._columns:
            self._columns[question] = np.array(
                [self._answers[premise, question] for premise in self._trial.view.premises]
            )
        return self._columns[question]

    def _precision(self, place: int, question: str) -> Sample:
        """Average precision of a label, asked so, on all texts."""
        if (place, question) not in self._precisions:
            figure = _figure(self._truth[:, place], self._column(question))
            self._precisions[place, question] = self._redraws.sample(figure)
        return self._precisions[place, question]

    def _on_half(self, place: int, question: str) -> Values:
        """The same on the choosing half of every split, shape (SPLITS,)."""
        if (place, question) not in self._on_halves:
            figure = _figure(self._truth[:, place], self._column(question))
            self._on_halves[place, question] = figure(self._choosing)
        return self._on_halves[place, question]

    def _confirmed(self, split: int, place: int, question: str) -> Sample:
        """The same on the confirming half of one split."""
        if (split, place, question) not in self._unseen:
            second = self._halves[split][1]
            figure = _figure(self._truth[second, place], self._column(question)[second])
            self._unseen[split, place, question] = self._confirming[split].sample(figure)
        return self._unseen[split, place, question]


def _figure(truth: NDArray[np.bool_], scores: Values) -> Callable[[Values], Values]:
    """Average precision of one label, as a figure of weights."""
    return lambda weights: average_precision(truth[:, None], scores[:, None], weights)[..., 0]


def _mean(samples: Sequence[Sample]) -> Sample:
    return Sample(
        np.mean([each.value for each in samples], axis=0),
        np.mean([each.redrawn for each in samples], axis=0),
    )


def _with_examples(
    labels: Sequence[Label], held: frozenset[LabelPath], *, top: bool = False
) -> tuple[Label, ...]:
    """Siblings compete, so a group stays whole if any of it has an example, and else goes."""
    if not top and not any(label.path in held for label in labels):
        return ()
    return tuple(replace(label, children=_with_examples(label.children, held)) for label in labels)
