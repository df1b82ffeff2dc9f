"""Labels texts by asking an entailment model: one call per level of the trees, for all texts; or,
where a cheaper model's answers are never lower, one call about the labels that they leave standing.

It knows nothing of thresholds or trees: `core.labelling.descend` decides what to ask next and what
follows from the answers, `core.choosing` what is not worth a question. Hypotheses are worded in the
language asked for, whatever the text's own.
"""

import logging
import time
from collections.abc import Collection, Mapping, Sequence

from core.choosing import DEFAULT_WIDTH, Width, passed_over
from core.domain import Answer, Labelling, LabelPath, Language, Premise
from core.labelling import DEFAULT_RULE, Rule, Walk, descend, rests_on
from core.ports import Chooser, Entailer, Examples
from core.taxonomy import Label, Taxonomy

log = logging.getLogger(__name__)

_Known = Mapping[tuple[str, str], float]
_Answers = dict[LabelPath, float]


class EntailmentAnnotator:
    """An annotator that asks an entailer.

    Args:
        entailer: answers the questions.
        rule: how sure a "yes" must be.
        chooser: says which top labels are likely, so that the others are not asked; None: all are
            asked, as suits an entailer for which labels cost nothing.
        width: how many are likely.
        bound: answers at next to no cost, and never lower than the entailer: then only labels that
            it would accept are asked about, and no chooser is needed. Labels are those of asking
            everything for 99.9 % of texts and top topics, with 1.7 questions a text instead of 20
            (`python -m tests.eval.joining --data DIR --texts 60`; the rest differ since the typical
            label of a dimension is a little likelier while it has not been asked about).
    """

    def __init__(
        self,
        entailer: Entailer,
        *,
        rule: Rule = DEFAULT_RULE,
        chooser: Chooser | None = None,
        width: Width = DEFAULT_WIDTH,
        bound: Entailer | None = None,
    ) -> None:
        self._entailer = entailer
        self._rule = rule
        self._chooser = chooser
        self._width = width
        self._bound = bound

    def annotate(
        self,
        premises: Sequence[Premise],
        *,
        taxonomy: Taxonomy,
        language: Language,
        exhaustive: bool = False,
        earlier: Collection[Labelling] = (),
        examples: Examples | None = None,
    ) -> list[Labelling]:
        """Label each premise; see `core.ports.Annotator`.

        Raises:
            ModelUnavailable: as the entailer, the bound and the chooser do.
        """
        if not premises:
            return []
        started = time.monotonic()
        known = self._known(earlier)
        if self._bound is not None and not exhaustive:
            answers, walks, asked = self._settle(self._bound, premises, taxonomy, language, known)
        else:
            # a rule that lifts judges parents by their children
            everything = exhaustive or self._rule.lift is not None
            if everything or self._chooser is None:
                unlikely = [frozenset[LabelPath]() for _ in premises]
            else:
                unlikely = self._unlikely(
                    self._chooser, premises, taxonomy, language, examples, known
                )
            answers, walks, asked = self._walk_down(
                premises, unlikely, taxonomy, language, known, everything=everything
            )
        labellings = [
            self._labelling(premise, said, walk, taxonomy, language)
            for premise, said, walk in zip(premises, answers, walks, strict=True)
        ]
        seconds = time.monotonic() - started
        log.info("labelled premises=%s questions=%s in %.2f s", len(premises), asked, seconds)
        return labellings

    def _walk_down(
        self,
        premises: Sequence[Premise],
        unlikely: Sequence[Collection[LabelPath]],
        taxonomy: Taxonomy,
        language: Language,
        known: _Known,
        *,
        everything: bool,
    ) -> tuple[list[_Answers], list[Walk], int]:
        """Ask level by level.

        1. Ask the first questions about all premises together: the top labels that are not
           unlikely, or every label.
        2. Let each premise walk down; ask what they need next, again together, until none does.

        Returns:
            For each premise its answers and where they lead; how many questions were put.
        """
        # 1. first questions
        every = tuple(taxonomy.walk())
        asking = [
            every if everything else descend(taxonomy, {}, passed_over=passed).next
            for passed in unlikely
        ]
        answers: list[_Answers] = [{} for _ in premises]
        walks = [Walk(labels=(), thresholds={}, next=()) for _ in premises]
        asked = 0
        # 2. the rest
        while any(asking):
            asked += self._ask(premises, asking, answers, taxonomy, language, known)
            walks = [
                descend(taxonomy, said, rule=self._rule, passed_over=passed)
                for said, passed in zip(answers, unlikely, strict=True)
            ]
            asking = [walk.next for walk in walks]
        return answers, walks, asked

    def _settle(
        self,
        bound: Entailer,
        premises: Sequence[Premise],
        taxonomy: Taxonomy,
        language: Language,
        known: _Known,
    ) -> tuple[list[_Answers], list[Walk], int]:
        """Ask about what the bounds leave standing.

        1. Take every label's bound for its answer.
        2. Ask about the labels that would be accepted or told as unsure, all premises together,
           until no answer that counts is a mere bound.

        Returns:
            For each premise its answers, without mere bounds, and where they lead; how many
            questions were put.
        """
        every = tuple(taxonomy.walk())
        # 1. bounds
        pairs = [
            (premise.text, taxonomy.hypothesis(label.path, language))
            for premise in premises
            for label in every
        ]
        bounds = iter(bound.entail(pairs))
        answers: list[_Answers] = [{label.path: next(bounds) for label in every} for _ in premises]
        # 2. answers
        settled: list[_Answers] = [{} for _ in premises]
        asked = 0
        while True:
            walks = [descend(taxonomy, said, rule=self._rule) for said in answers]
            asking = [
                [
                    label
                    for label in rests_on(walk, taxonomy, said, rule=self._rule)
                    if label.path not in done
                ]
                for walk, said, done in zip(walks, answers, settled, strict=True)
            ]
            if not any(asking):
                return settled, walks, asked
            asked += self._ask(premises, asking, settled, taxonomy, language, known)
            for said, done in zip(answers, settled, strict=True):
                said |= done

    def _known(self, earlier: Collection[Labelling]) -> _Known:
        """What this model answered before, by premise and hypothesis."""
        if not earlier:
            return {}
        version = self._entailer.version
        return {
            (labelling.premise.text, answer.hypothesis): answer.probability
            for labelling in earlier
            if labelling.model == version
            for answer in labelling.answers
        }

    def _unlikely(
        self,
        chooser: Chooser,
        premises: Sequence[Premise],
        taxonomy: Taxonomy,
        language: Language,
        examples: Examples | None,
        known: _Known,
    ) -> list[frozenset[LabelPath]]:
        """What is not worth a question, for each premise; what is known already costs none."""
        likenesses = chooser.likeness(
            [premise.text for premise in premises],
            taxonomy=taxonomy,
            language=language,
            examples=examples,
        )
        return [
            frozenset(
                path
                for path in passed_over(taxonomy, likeness, width=self._width)
                if (premise.text, taxonomy.hypothesis(path, language)) not in known
            )
            for premise, likeness in zip(premises, likenesses, strict=True)
        ]

    def _ask(
        self,
        premises: Sequence[Premise],
        asking: Sequence[Sequence[Label]],
        answers: Sequence[_Answers],
        taxonomy: Taxonomy,
        language: Language,
        known: _Known,
    ) -> int:
        """Put all questions of one level in one call and write the answers down.

        Returns:
            How many questions were put; those whose answer is known were not.
        """
        pairs = [
            (premise.text, taxonomy.hypothesis(label.path, language))
            for premise, labels in zip(premises, asking, strict=True)
            for label in labels
        ]
        new = [pair for pair in pairs if pair not in known]
        probabilities = iter(self._entailer.entail(new) if new else ())
        said = iter([known[pair] if pair in known else next(probabilities) for pair in pairs])
        for own, labels in zip(answers, asking, strict=True):
            for label in labels:
                own[label.path] = next(said)
        return len(new)

    def _labelling(
        self,
        premise: Premise,
        said: _Answers,
        walk: Walk,
        taxonomy: Taxonomy,
        language: Language,
    ) -> Labelling:
        return Labelling(
            premise=premise,
            language=language,
            model=self._entailer.version,
            wording=taxonomy.wording,
            answers=tuple(
                Answer(
                    path=path,
                    hypothesis=taxonomy.hypothesis(path, language),
                    probability=probability,
                    threshold=walk.thresholds[path],
                )
                for path, probability in said.items()
            ),
            labels=walk.labels,
            unsure=walk.unsure,
        )
