"""Labels texts by asking an entailment model: one call per level of the trees, for all texts.

It knows nothing of thresholds or trees: `core.labelling.descend` decides what to ask next and what
follows from the answers, `core.choosing` what is not worth a question. Hypotheses are worded in the
language asked for, whatever the text's own.
"""

import logging
import time
from collections.abc import Collection, Mapping, Sequence

from core.choosing import DEFAULT_WIDTH, Width, passed_over
from core.domain import Answer, Labelling, LabelPath, Language, Premise
from core.labelling import DEFAULT_RULE, Rule, Walk, descend
from core.ports import Chooser, Entailer, Examples
from core.taxonomy import Label, Taxonomy

log = logging.getLogger(__name__)

_Known = Mapping[tuple[str, str], float]


class EntailmentAnnotator:
    """An annotator that asks an entailer.

    Args:
        entailer: answers the questions.
        rule: how sure a "yes" must be.
        chooser: says which top labels are likely, so that the others are not asked; None: all are
            asked, as suits an entailer for which labels cost nothing.
        width: how many are likely.
    """

    def __init__(
        self,
        entailer: Entailer,
        *,
        rule: Rule = DEFAULT_RULE,
        chooser: Chooser | None = None,
        width: Width = DEFAULT_WIDTH,
    ) -> None:
        self._entailer = entailer
        self._rule = rule
        self._chooser = chooser
        self._width = width

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

        1. Set aside, for each premise, the labels that are not worth a question.
        2. Ask the first questions about all premises together: the top labels, or every label.
        3. Let each premise walk down; ask what they need next, again together, until none does.

        Raises:
            ModelUnavailable: as the entailer and the chooser do.
        """
        if not premises:
            return []
        started = time.monotonic()
        exhaustive = (
            exhaustive or self._rule.lift is not None
        )  # parents are judged by their children
        known = self._known(earlier)
        # 1. what is not asked
        if exhaustive or self._chooser is None:
            unlikely = [frozenset[LabelPath]() for _ in premises]
        else:
            unlikely = self._unlikely(self._chooser, premises, taxonomy, language, examples, known)
        # 2. first questions
        everything = tuple(taxonomy.walk())
        asking = [
            everything if exhaustive else descend(taxonomy, {}, passed_over=passed).next
            for passed in unlikely
        ]
        answers: list[dict[LabelPath, float]] = [{} for _ in premises]
        walks = [Walk(labels=(), thresholds={}, next=()) for _ in premises]
        asked = 0
        # 3. the rest
        while any(asking):
            asked += self._ask(premises, asking, answers, taxonomy, language, known)
            walks = [
                descend(taxonomy, said, rule=self._rule, passed_over=passed)
                for said, passed in zip(answers, unlikely, strict=True)
            ]
            asking = [walk.next for walk in walks]
        labellings = [
            self._labelling(premise, said, walk, taxonomy, language)
            for premise, said, walk in zip(premises, answers, walks, strict=True)
        ]
        seconds = time.monotonic() - started
        log.info("labelled premises=%s questions=%s in %.2f s", len(premises), asked, seconds)
        return labellings

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
        answers: Sequence[dict[LabelPath, float]],
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
        said: dict[LabelPath, float],
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
