"""What to ask about a text, and which labels follow from the answers: pure rules without a model.

Labels are yes/no questions walked level by level: the top labels of every dimension first, then the
children of each accepted one. `descend` is the whole rule as one function of the answers so far; it
says what is accepted and what to ask next, so that asking everything at once gives the same labels.
Where questions are dear, top labels that are unlikely (see `core.choosing`) are not asked at all.

Small models rank labels well but set their probabilities too low or too high, more so on some texts
than on others. So a "yes" is judged in odds, against the other answers about the same text: a label
must stand out from the typical one of its dimension, and not lag far behind its best sibling. The
probabilities that are kept and shown are the model's own. A threshold in the taxonomy file replaces
this judgement by a plain comparison.
"""

import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median

from core.domain import Document, ItemLabel, LabelPath, Language, Premise, Summary
from core.taxonomy import Dimension, Label, Taxonomy

SHORT_TEXT = 400
"""Characters up to which a text is asked about whole: what a small encoder reads at once (about
128 tokens of English, more of Chinese)."""

LONGEST_PREMISE = 2_000
"""Characters of body in a premise; models cut earlier, by their own tokens."""

_NEVER = 1.0
_EDGE = 1e-6  # probabilities are kept this far from 0 and 1 when odds are taken


@dataclass(frozen=True, slots=True)
class Threshold:
    """How sure a "yes" about one label must be, learnt from what people decided.

    Attributes:
        least: probability, 0 to 1.
        share: how far this is trusted, 0 to 1: the rest is the judgement in odds.
    """

    least: float
    share: float = 1.0


@dataclass(frozen=True, slots=True)
class Rule:
    """How sure a "yes" must be.

    Attributes:
        floor: least probability of any label.
        stand_out: least odds of a label, as a multiple of the odds of the typical (median) top
            label of its dimension about the same text.
        lag: greatest factor by which a top label's odds may lie behind those of its best sibling.
        child_lag: the same for a child, behind the best of its siblings and its parent: a child
            that is much less sure than its parent is not named, the parent alone says enough.
        most: how many siblings are accepted at most, where a dimension says nothing; for choice
            "one" it is always one.
        few: with fewer top labels than this, a dimension has no typical one, and the floor decides.
        near: greatest factor by which a refused label's odds may miss what it needed, to be told as
            unsure.
        lift: a label is at least as likely as its likeliest child whose odds are divided by this;
            None: a label stands for itself. Needs the answers of children before their parent is
            judged, so everything is asked at once: for models to which questions cost nothing.
        thresholds: of labels whose answers were calibrated on what people decided. The more
            examples a label has, the more its threshold takes the place of the judgement in odds:
            what is needed lies between both, in log odds. A threshold in the taxonomy file goes
            before either.

    `child_lag` was chosen by reading the labels of some 200 texts; for the rest, see the rules
    below.
    """

    floor: float = 0.1
    stand_out: float = 25.0
    lag: float = 5.0
    child_lag: float = 3.0
    most: int = 3
    few: int = 5
    near: float = 2.0
    lift: float | None = None
    thresholds: Mapping[LabelPath, Threshold] = field(default_factory=dict)


DEFAULT_RULE = Rule()

BUILTIN_RULE = Rule(floor=0.05, lag=3.0, lift=2.7)
"""For the built-in model. Tuned with the starter taxonomy's top topics, over Taiwan's statutes by
ministry and news by section (zh-Hant, en, zh-Hans; asked in zh-TW and in en), by sweeping
`stand_out`, `lag` and `floor`. This rule has a mean F1 of 0.62 and 0.52 to 0.81 topics on a text
that belongs under none; a bare threshold of 0.1 has 0.53, one of 0.5 has 0.42, always taking the
one best topic 0.63, for the price of a topic on every text (`python -m tests.eval.labels --data DIR
--limit 120 --seed 3`). These sets were seen in training, under other labels.

A narrow label is often answered better than the broad one above it, whose hypothesis lists this and
that. Mean F1 of 200 other texts of each set, asked of the towers alone with lift 1, 1.6, 2.7, 7.4,
20 and none: 0.628, 0.639, 0.644, 0.647, 0.643, 0.636; 2.7 finds more of the narrow labels than 7.4.
"""

PLAIN_RULE = Rule(floor=0.5, stand_out=1e-9, lag=math.inf, child_lag=math.inf)
"""For any other model, of whose probabilities nothing is known but that they are meant: more likely
than not, as in the usual multi-label zero-shot classification (Yin et al. 2019, arXiv:1909.00161).
"""


@dataclass(frozen=True, slots=True)
class Walk:
    """Where the answers lead.

    Attributes:
        labels: accepted ones with their probabilities, in taxonomy order; each has its parent here.
        thresholds: for every answered question, the least probability that would have accepted it,
            the other answers being what they are; 1 under a parent that is not accepted.
        next: labels to ask about before the walk is complete; empty when it is.
        unsure: refused labels that came near (`Rule.near`), in taxonomy order. Nothing is asked
            below them; their parents are accepted.
    """

    labels: tuple[ItemLabel, ...]
    thresholds: Mapping[LabelPath, float]
    next: tuple[Label, ...]
    unsure: tuple[ItemLabel, ...] = ()


def descend(
    taxonomy: Taxonomy,
    answers: Mapping[LabelPath, float],
    *,
    rule: Rule = DEFAULT_RULE,
    passed_over: Collection[LabelPath] = frozenset(),
) -> Walk:
    """Walk down every dimension as far as the answers carry.

    1. Siblings are judged together, once all of them are answered; else they are next to ask.
    2. The children of an accepted label are judged in the same way; those of a refused one are not.

    Args:
        taxonomy: what may be said.
        answers: probabilities, 0 to 1, by path; more than needed may be there.
        rule: how sure a "yes" must be.
        passed_over: labels that are not worth a question. They are never next, and count as refused
            unless they are answered anyway.
    """
    accepted: list[ItemLabel] = []
    unsure: list[ItemLabel] = []
    thresholds: dict[LabelPath, float] = dict.fromkeys(answers, _NEVER)
    unasked: list[Label] = []

    effective = _lifted(taxonomy, answers, rule)

    def judge(
        labels: Sequence[Label], dimension: Dimension, typical: float | None, above: float | None
    ) -> None:
        # 1. siblings
        labels = [each for each in labels if each.path in answers or each.path not in passed_over]
        missing = [label for label in labels if label.path not in answers]
        if missing:
            unasked.extend(missing)
            return
        given = [effective[label.path] for label in labels]
        needed = _needed(
            labels, given, dimension=dimension, typical=typical, above=above, rule=rule
        )
        for label, probability, least in zip(labels, given, needed, strict=True):
            thresholds[label.path] = least
            if probability >= least:
                thresholds[label.path] = min(least, answers[label.path])  # it may have been lifted
                accepted.append(ItemLabel(path=label.path, score=probability))
                # 2. children
                judge(label.children, dimension, typical, probability)
            elif _log_odds(probability) >= _log_odds(least) - math.log(rule.near):
                unsure.append(ItemLabel(path=label.path, score=probability))

    for dimension in taxonomy.dimensions:
        judge(dimension.labels, dimension, _typical(dimension, effective, rule), None)
    return Walk(
        labels=tuple(accepted), thresholds=thresholds, next=tuple(unasked), unsure=tuple(unsure)
    )


def rests_on(
    walk: Walk, taxonomy: Taxonomy, answers: Mapping[LabelPath, float], *, rule: Rule
) -> tuple[Label, ...]:
    """The labels that a walk says something of only because of their own answers.

    These are the accepted and the unsure ones and, where one is lifted by a label below it
    (`Rule.lift`), that one as well. If answers can only get lower, no other label need be looked at
    again: what is refused stays refused, unless one of these falls.

    Args:
        walk: what `descend` made of the same taxonomy, answers and rule.
    """
    effective = _lifted(taxonomy, answers, rule)
    found: dict[LabelPath, Label] = {}
    for said in (*walk.labels, *walk.unsure):
        label = taxonomy.label(said.path)
        found[label.path] = label
        while effective[label.path] > answers[label.path]:
            label = max(label.children, key=lambda each: effective.get(each.path, 0.0))
            found[label.path] = label
    return tuple(found.values())


def choose_premise(document: Document, summary: Summary | None) -> Premise:
    """The text that questions are asked about.

    The title stands first (the most telling sentence there is, and models cut at the end), unless
    the body begins with it. Then comes the whole text if it is short, else the summary, else, where
    there is none, the text's beginning.

    Which part is best was measured with the built-in model on long texts of known section: statutes
    put together from their articles, and articles of some 6,000 characters. Texts in percent whose
    most probable topic is a right one, and mean F1 of the labels (`python -m tests.eval.premises
    --data DIR --limit 80`; 80 texts, 60 of the articles):

        premise               statutes zh   statutes en   articles zh   articles en
        title alone             69   67      70   68      47   49      42   44
        title and lead          76   75      78   77      47   49      45   46
        title and whole, cut    76   75      80   76      47   49      47   46
        title and summary       76   76      76   77      47   47      50   47
        summary, no title       80   77      82   77      48   46      55   53
        chunks, the best one    62   58      62   62      55   53      48   44
        summary and chunks      62   58      62   62      55   53      48   44

    Summary and beginning differ by less than the noise (5 and 6 points); the summary stays, since
    what it says is also what people read. Without the title it did better by 1 to 6 points, which
    is noise, too; should it last, the title goes. Asking each chunk and taking the best answer
    costs fifteen times as much, is worse by 14 points or more on statutes, where some chunk always
    touches on something else, and better on Chinese articles.

    Returns:
        `kind` is "summary" if the summary was taken. At most `LONGEST_PREMISE` characters of body.
    """
    text = document.text.strip()
    is_short = len(text) <= SHORT_TEXT
    if is_short or summary is None or not summary.text.strip():
        return Premise(text=_titled(document.title, text), kind="text")
    return Premise(text=_titled(document.title, summary.text.strip()), kind="summary")


def question_language(text_language: str | None, *, otherwise: Language) -> Language:
    """The language to ask about a text in: its own if hypotheses are worded in it.

    A text is mostly asked better in its own language: on English news the mean F1 of topics is 0.61
    asked in English, 0.55 in Chinese; on English statutes 0.80 and 0.76; on Chinese headlines asked
    in Chinese 0.41, in English 0.39; but on Chinese statutes 0.73 and 0.79 (`python -m
    tests.eval.labels --data DIR --limit 400 --seed 3`).

    Args:
        text_language: BCP 47 of the text; None if unknown.
        otherwise: the community's language.
    """
    primary = (text_language or "").partition("-")[0]
    match primary:
        case "zh":
            return "zh-TW"
        case "en":
            return "en"
        case _:
            return otherwise


def _titled(title: str | None, body: str) -> str:
    """Title and body as one paragraph, each cut and on a line of its own sense."""
    title, body = " ".join((title or "").split()), " ".join(body.split())[:LONGEST_PREMISE]
    if not title or body.startswith(title):
        return body
    if not body:
        return title
    if title[-1] in "。！？!?…":
        return f"{title}{'' if title[-1] in '。！？' else ' '}{body}"
    return f"{title}。{body}" if ord(title[-1]) > 0x2E7F else f"{title.rstrip('.')}. {body}"


def _needed(
    labels: Sequence[Label],
    given: Sequence[float],
    *,
    dimension: Dimension,
    typical: float | None,
    above: float | None,
    rule: Rule,
) -> Iterator[float]:
    """For each of these siblings, the least probability that accepts it.

    Args:
        labels, given: the siblings and what was answered about them.
        dimension: theirs.
        typical: log odds of the dimension's typical label, None if it has none.
        above: the parent's probability, None at the top.
        rule: how sure a "yes" must be.
    """
    most = 1 if dimension.choice == "one" else dimension.most or rule.most
    lag = rule.lag if above is None else rule.child_lag
    # of equals, the one that stands first in the file goes first
    ranked = sorted(range(len(given)), key=lambda place: (-given[place], place))
    rank = {place: at for at, place in enumerate(ranked)}

    def other(place: int, nth: int) -> int | None:
        """The place of the nth best (from 0) of the others."""
        at = nth if nth < rank[place] else nth + 1
        return ranked[at] if at < len(ranked) else None

    for place, label in enumerate(labels):
        own = dimension.threshold if label.threshold is None else label.threshold
        learnt = rule.thresholds.get(label.path)
        if own is not None:
            needs = [own]
        else:
            needs = [rule.floor]
            if typical is not None:
                needs.append(_probability(typical + math.log(rule.stand_out)))
            best = other(place, 0)
            rivals = [given[best]] if best is not None else []
            rivals += [above] if above is not None else []
            if rivals:
                needs.append(_probability(_log_odds(max(rivals)) - math.log(lag)))
            if learnt is not None:
                needs = [_between(max(needs), learnt.least, learnt.share)]
        last = other(place, most - 1)
        if last is not None:
            needs.append(math.nextafter(given[last], 2.0) if last < place else given[last])
        yield max(needs)


def _lifted(
    taxonomy: Taxonomy, answers: Mapping[LabelPath, float], rule: Rule
) -> Mapping[LabelPath, float]:
    """The answers, each at least what its children make of it (see `Rule.lift`)."""
    if rule.lift is None:
        return answers
    lift = math.log(rule.lift)
    lifted = dict(answers)
    for label in reversed(tuple(taxonomy.walk())):  # children before parents
        below = [_log_odds(lifted[each.path]) for each in label.children if each.path in lifted]
        if below and label.path in lifted:
            lifted[label.path] = max(lifted[label.path], _probability(max(below) - lift))
    return lifted


def _typical(dimension: Dimension, answers: Mapping[LabelPath, float], rule: Rule) -> float | None:
    """The log odds of the dimension's typical top label about this text; None if it has too few."""
    odds = [_log_odds(answers[each.path]) for each in dimension.labels if each.path in answers]
    return median(odds) if len(odds) >= rule.few else None


def _between(one: float, other: float, share: float) -> float:
    """A probability between two, in log odds; `share` of the other, which is exact at 0 and 1."""
    if share in (0.0, 1.0):
        return other if share else one
    return _probability((1 - share) * _log_odds(one) + share * _log_odds(other))


def _log_odds(probability: float) -> float:
    inside = min(max(probability, _EDGE), 1 - _EDGE)
    return math.log(inside / (1 - inside))


def _probability(log_odds: float) -> float:
    return 1 / (1 + math.exp(-log_odds))
