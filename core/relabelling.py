"""Use case: items are labelled again, behind everything else: questions or the model changed.

1. `begin` writes down which items, why, and for which version; a job that was unfinished becomes
   part of the new one.
2. `step` takes the next few items: models are asked under the newest codebook (what they answered
   before is not asked again), suggestions follow, and what people decided stays. That, and how far
   the job has come, is one transaction, so that a job which was stopped goes on where it stood.
3. Only items whose labels became others are counted anew, and their cards marked stale.
"""

import logging
from collections.abc import Callable, Mapping, Sequence

from core.annotating import annotate
from core.codebooks import Codebooks
from core.domain import Community, Item, Labelling, LabelPath
from core.errors import CommonplaceError
from core.examples import DecidedExamples
from core.ports import Annotators, Clock, Embedder, VectorIndex
from core.store.relabelling import RelabellingJob
from core.store.repository import Repository
from core.taxonomy import Taxonomy
from core.voting import Voting

log = logging.getLogger(__name__)

BATCH = 8
"""Items between two looks at what else there is to do: less than a second of the built-in model."""

VISIBLE = 0.05
"""A score that moved by less makes nobody edit a card."""


class Relabelling:
    """Labels items again.

    Args:
        repository: knows items and jobs.
        annotators: who asks the model for a community.
        voting: counts items again whose labels became others.
        taxonomies: a community's taxonomy.
        clock: tells the time.
        embedder, vectors: know what people decided, for annotators that choose what to ask.
    """

    def __init__(
        self,
        repository: Repository,
        annotators: Annotators,
        voting: Voting,
        taxonomies: Callable[[Community], Taxonomy],
        clock: Clock,
        *,
        embedder: Embedder,
        vectors: VectorIndex,
    ) -> None:
        self._repository = repository
        self._annotators = annotators
        self._voting = voting
        self._taxonomies = taxonomies
        self._clock = clock
        self._examples = DecidedExamples(repository, embedder, vectors, clock)

    def begin(
        self,
        community: Community,
        *,
        cause: str,
        version: str,
        items: Sequence[int] | None = None,
    ) -> RelabellingJob:
        """Have items of a community labelled again.

        Args:
            cause: "codebook", "model", …: what is otherwise now; version: of that.
            items: ids of those that are concerned; None: all that a model labelled.
        """
        job = self._repository.begin_relabelling(
            community.id, cause=cause, version=version, at=self._clock.now(), items=items
        )
        log.info(
            "relabelling begun community=%s cause=%s version=%s items=%s",
            community.id,
            cause,
            version,
            job.total,
        )
        return job

    def progress(self, community: Community) -> RelabellingJob | None:
        """The unfinished job of a community; None: there is none."""
        return self._repository.relabelling(community.id)

    def step(self) -> RelabellingJob | None:
        """Label the next few items of the oldest job again.

        Returns:
            The job; None: there is nothing to do.

        Raises:
            CommonplaceError: the model cannot answer; the items stay due.
        """
        job = self._repository.relabelling()
        if job is None:
            return None
        ids = self._repository.to_relabel(job.id, limit=BATCH)
        if not ids:
            self._repository.finish_relabelling(job.id, at=self._clock.now())
            log.info("relabelling done job=%s items=%s changed=%s", job.id, job.done, job.changed)
            return job
        community = self._repository.community_by_id(job.community)
        taxonomy = self._taxonomies(community)
        items = [item for item in self._repository.items(ids) if item.document is not None]
        labellings = self._ask(community, taxonomy, items)
        with self._repository.transaction():
            changed = sum(
                self._keep(item, labelling, taxonomy)
                for item, labelling in zip(items, labellings, strict=True)
            )
            self._repository.relabelled(job.id, up_to=ids[-1], done=len(ids), changed=changed)
        return job

    def run(self, on_progress: Callable[[int, int], None]) -> None:
        """Do all jobs to their end, for whoever waits for them.

        Args:
            on_progress: is told how many items of how many are done.
        """
        while (job := self.step()) is not None:
            on_progress(min(job.done + BATCH, job.total), job.total)

    def _ask(
        self, community: Community, taxonomy: Taxonomy, items: Sequence[Item]
    ) -> list[Labelling]:
        earlier: list[Labelling] = []
        for item in items:
            newest = self._repository.labelling(item.id)
            earlier += [newest] if newest is not None else []
        return annotate(
            self._annotators(community.id),
            [(item.document, item.summary) for item in items if item.document is not None],
            taxonomy=taxonomy,
            language=community.language,
            earlier=earlier,
            examples=self._examples.of(community.id),
        )

    def _keep(self, item: Item, labelling: Labelling, taxonomy: Taxonomy) -> bool:
        """Keep what a model said now, if the item is still what it was asked about.

        Returns:
            Whether its labels are others now.
        """
        try:
            now = self._repository.item_by_id(item.id)
        except CommonplaceError:  # removed meanwhile
            return False
        if (now.document, now.summary) != (item.document, item.summary):
            return False  # it was labelled anew by whoever replaced it
        bases = self._repository.label_bases(now.id)
        self._repository.add_labelling(
            now.id, labelling, position=taxonomy.position, at=self._clock.now()
        )
        if self._repository.label_bases(now.id) != bases:
            self._voting.recount(now.id)
            return True
        if _moved(_scores(now), _scores(self._repository.item_by_id(now.id))):
            self._repository.mark_stale(now.id)
        return False


def _scores(item: Item) -> Mapping[LabelPath, float]:
    return {label.path: label.score for label in item.labels}


def _moved(before: Mapping[LabelPath, float], after: Mapping[LabelPath, float]) -> bool:
    return any(abs(score - before.get(path, score)) >= VISIBLE for path, score in after.items())


def join(codebooks: Codebooks, voting: Voting, relabelling: Relabelling) -> None:
    """Let codebooks have items counted and labelled again, which need codebooks themselves."""
    codebooks.recount = voting.recount
    codebooks.relabel = lambda community, version: relabelling.begin(
        community, cause="codebook", version=str(version.number)
    )
