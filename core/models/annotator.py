"""Labels texts by asking an entailment model: one call per level of the trees, for all texts.

It knows nothing of thresholds or trees: `core.labelling.descend` decides what to ask next and what
follows from the answers. Hypotheses are worded in the language asked for, whatever the text's own.
"""

import logging
import time
from collections.abc import Sequence

from core.domain import Answer, Labelling, LabelPath, Language, Premise
from core.labelling import DEFAULT_RULE, Rule, Walk, descend
from core.ports import Entailer
from core.taxonomy import Label, Taxonomy

log = logging.getLogger(__name__)


class EntailmentAnnotator:
    """An annotator that asks an entailer.

    Args:
        entailer: answers the questions.
        rule: how sure a "yes" must be.
    """

    def __init__(self, entailer: Entailer, *, rule: Rule = DEFAULT_RULE) -> None:
        self._entailer = entailer
        self._rule = rule

    def annotate(
        self,
        premises: Sequence[Premise],
        *,
        taxonomy: Taxonomy,
        language: Language,
        exhaustive: bool = False,
    ) -> list[Labelling]:
        """Label each premise; see `core.ports.Annotator`.

        1. Ask the first questions about all premises together: the top labels, or every label.
        2. Let each premise walk down; ask what they need next, again together, until none does.

        Raises:
            ModelUnavailable: as the entailer does.
        """
        started = time.monotonic()
        # 1. first questions
        everything = tuple(taxonomy.walk())
        asking = [everything if exhaustive else descend(taxonomy, {}).next for _ in premises]
        answers: list[dict[LabelPath, float]] = [{} for _ in premises]
        walks = [Walk(labels=(), thresholds={}, next=()) for _ in premises]
        # 2. the rest
        while any(asking):
            self._ask(premises, asking, answers, taxonomy, language)
            walks = [descend(taxonomy, known, rule=self._rule) for known in answers]
            asking = [walk.next for walk in walks]
        labellings = [
            self._labelling(premise, known, walk, taxonomy, language)
            for premise, known, walk in zip(premises, answers, walks, strict=True)
        ]
        asked, seconds = sum(map(len, answers)), time.monotonic() - started
        log.info("labelled premises=%s questions=%s in %.2f s", len(premises), asked, seconds)
        return labellings

    def _ask(
        self,
        premises: Sequence[Premise],
        asking: Sequence[Sequence[Label]],
        answers: Sequence[dict[LabelPath, float]],
        taxonomy: Taxonomy,
        language: Language,
    ) -> None:
        """Put all questions of one level in one call and write the answers down."""
        pairs = [
            (premise.text, taxonomy.hypothesis(label.path, language))
            for premise, labels in zip(premises, asking, strict=True)
            for label in labels
        ]
        probabilities = iter(self._entailer.entail(pairs))
        for known, labels in zip(answers, asking, strict=True):
            for label in labels:
                known[label.path] = next(probabilities)

    def _labelling(
        self,
        premise: Premise,
        known: dict[LabelPath, float],
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
                for path, probability in known.items()
            ),
            labels=walk.labels,
        )
