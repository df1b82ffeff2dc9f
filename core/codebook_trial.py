"""Use case: what a change of the codebook would do, told before anybody accepts it.

Of structure: which items carry labels that go elsewhere, or are asked no more. Of wording: the
model labels items that people have decided, once as the codebook is and once as it would be, and
the answers are compared with the decisions. Nothing is kept of it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from core.annotating import annotate
from core.codebook import Change
from core.codebook_versions import Proposal
from core.codebooks import Codebooks, is_asked_otherwise
from core.domain import Community, Document, Item, LabelPath, Summary
from core.ports import Annotators
from core.store.repository import Repository
from core.taxonomy import Taxonomy, parse

MOST = 200
"""Decided items that are tried at most, the newest ones: a minute or so of a model that reads text
and label together."""

BATCH = 8
SHOWN = 5

_GO = ("moved", "merged", "split", "retired", "gone")


@dataclass(frozen=True, slots=True)
class Flip:
    """A decided item that would be labelled otherwise. `is_better`: as people decided."""

    item: Item
    path: LabelPath
    is_better: bool


@dataclass(frozen=True, slots=True)
class Findings:
    """What a change would do.

    Attributes:
        carriers: how many items carry a label that goes elsewhere or is asked no more; examples:
            some of them.
        asks_otherwise: models would be asked something else, so `labelled` items would be labelled
            again.
        decided: items on which people decided about labels that are asked otherwise; tried: so many
            of them were looked at.
        right_before, right_after: answers that are as people decided, of `answers`.
        flips: items whose answer would be another one.
    """

    carriers: int = 0
    examples: tuple[Item, ...] = ()
    asks_otherwise: bool = False
    labelled: int = 0
    decided: int = 0
    tried: int = 0
    answers: int = 0
    right_before: int = 0
    right_after: int = 0
    flips: tuple[Flip, ...] = ()


@dataclass(slots=True)
class Trial:
    """A change that is being looked at, a few items at a time.

    Attributes:
        left: ids of decided items that are still to be tried.
        findings: so far.
    """

    community: Community
    before: Taxonomy
    after: Taxonomy
    left: list[int]
    decisions: dict[int, dict[LabelPath, bool]]
    findings: Findings
    _flips: list[Flip] = field(default_factory=list)

    @property
    def is_done(self) -> bool:
        """Nothing is left to try."""
        return not self.left


class Trials:
    """Looks at changes.

    Args:
        repository: knows items and decisions.
        codebooks: the codebook as it is.
        annotators: who asks the model for a community.
    """

    def __init__(
        self, repository: Repository, codebooks: Codebooks, annotators: Annotators
    ) -> None:
        self._repository = repository
        self._codebooks = codebooks
        self._annotators = annotators

    def begin(self, community: Community, proposal: Proposal) -> Trial:
        """Find what a proposal would change; `step` tries it on what people decided."""
        before, after = self._codebooks.taxonomy(community), parse(proposal.text)
        carriers = self._repository.carriers(community.id, going(proposal.changes))
        asks = is_asked_otherwise(before, after)
        decisions = self._repository.decided_about(community.id, _reworded(before, after))
        ids = sorted(decisions, reverse=True)
        return Trial(
            community=community,
            before=before,
            after=after,
            left=ids[:MOST],
            decisions=decisions,
            findings=Findings(
                carriers=len(carriers),
                examples=tuple(self._repository.items(carriers[:SHOWN])),
                asks_otherwise=asks,
                labelled=self._repository.labelled_count(community.id) if asks else 0,
                decided=len(ids),
            ),
        )

    def step(self, trial: Trial) -> Trial:
        """Try the next few decided items.

        Raises:
            ModelUnavailable: the model cannot be asked.
        """
        ids, trial.left = trial.left[:BATCH], trial.left[BATCH:]
        items = [item for item in self._repository.items(ids) if item.document is not None]
        told = [(item.document, item.summary) for item in items if item.document is not None]
        was = self._labels(trial, trial.before, items, told)
        would = self._labels(trial, trial.after, items, told)
        found = trial.findings
        answers, right_before, right_after = found.answers, found.right_before, found.right_after
        for item, old, new in zip(items, was, would, strict=True):
            for path, is_right in trial.decisions[item.id].items():
                said, says = path in old, trial.after.resolve(path) in new
                answers += 1
                right_before += said == is_right
                right_after += says == is_right
                if said != says:
                    trial._flips.append(Flip(item, trial.after.resolve(path), says == is_right))
        trial.findings = Findings(
            carriers=found.carriers,
            examples=found.examples,
            asks_otherwise=found.asks_otherwise,
            labelled=found.labelled,
            decided=found.decided,
            tried=found.tried + len(items),
            answers=answers,
            right_before=right_before,
            right_after=right_after,
            flips=tuple(trial._flips),
        )
        return trial

    def _labels(
        self,
        trial: Trial,
        taxonomy: Taxonomy,
        items: Sequence[Item],
        told: Sequence[tuple[Document, Summary | None]],
    ) -> list[set[LabelPath]]:
        newest = (self._repository.labelling(item.id) for item in items)
        labellings = annotate(
            self._annotators(trial.community.id),
            told,
            taxonomy=taxonomy,
            language=trial.community.language,
            earlier=[each for each in newest if each is not None],
        )
        return [{label.path for label in each.labels} for each in labellings]


def going(changes: Sequence[Change]) -> list[LabelPath]:
    """The labels that go elsewhere, or are asked no more, where they were before."""
    return [
        each.to if each.kind == "moved" and each.to else each.path
        for each in changes
        if each.kind in _GO
    ]


def _reworded(before: Taxonomy, after: Taxonomy) -> list[LabelPath]:
    """Labels that are there now and would be asked otherwise."""
    found = []
    for label in before.walk():
        now = after.known(label.path)
        if now is None or now.is_retired:
            continue
        same = (label.hypotheses, before.threshold(label.path)) == (
            now.hypotheses,
            after.threshold(now.path),
        )
        if not same:
            found.append(label.path)
    return found
