"""Use case: a community's decisions become a model of its own, which is judged before it is used.

1. `begin` writes down a version and what it is to learn from.
2. `work` trains it (`core.ports.Trainer`, a process of its own), judges it beside the live model
   (`core.model_judging`) and lets it wait for an admin, or keeps it aside. Whatever stops it, the
   next call goes on where it stood.
3. What an admin does then is `core.promotion`'s.

When a text that is learnt from may not be used any more, the training begins anew without it
(`core.teaching`).
"""

import logging
import shutil
import threading
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from core.domain import ChatRef, Community
from core.errors import BadModel, CommonplaceError
from core.model_card import CARD_FILE, card
from core.model_judging import Contender, Stopped, judge
from core.model_versions import UNDER_WAY, Cause, ModelVersion, VersionState
from core.ports import Clock, Shelf, Trainer, TrainingProgress
from core.promotion import Promotion
from core.store.repository import Repository
from core.taxonomy import Taxonomy
from core.teaching import Teaching
from core.training_examples import (
    LEAST_EXAMPLES,
    LEAST_WITH_LABEL,
    counted,
    is_enough,
)

log = logging.getLogger(__name__)

MOST_DECIDED = 2_000
"""So many of the newest decided items are judged by."""

MOST_ITEMS = 400
"""So many of a community's newest items are looked at for what would change."""

ENOUGH_NEW = 20
"""So many items must have been decided since the last version for a new one to begin by itself."""

EVERY = timedelta(days=7)
STOPPED_FOR = timedelta(days=7)
"""How long a stopped training's texts are kept, to go on with it."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a version is: its state, steps, and about how many seconds are left."""

    version: ModelVersion
    done: int = 0
    total: int = 0
    remaining_s: float | None = None


class Training:
    """Trains models.

    Args:
        repository: knows decisions and versions.
        trainer: trains.
        shelf: opens models to judge them.
        promotion: knows folders, and which version is live.
        teaching: knows what is learnt from.
        taxonomies: a community's taxonomy.
        clock: tells the time.
    """

    def __init__(
        self,
        repository: Repository,
        trainer: Trainer,
        shelf: Shelf,
        promotion: Promotion,
        teaching: Teaching,
        taxonomies: Callable[[Community], Taxonomy],
        clock: Clock,
    ) -> None:
        self._repository = repository
        self._trainer = trainer
        self._shelf = shelf
        self._promotion = promotion
        self._teaching = teaching
        self._taxonomies = taxonomies
        self._clock = clock
        self._now: dict[int, TrainingProgress] = {}
        self._to_stop: set[int] = set()
        self._to_renew: set[int] = set()
        self._begun_again: set[int] = set()
        self._gone: set[int] = set()
        self._closing = threading.Event()
        self._working = threading.Lock()

    # ── what is asked for ────────────────────────────────────────────────────────────────────────

    def begin(
        self, community: Community, *, cause: Cause = Cause.COMMAND, where: ChatRef | None = None
    ) -> ModelVersion:
        """Have a model learn from what a community decided, or go on with one that was stopped.

        Args:
            where: where its end is to be told.

        Raises:
            BadModel: one is under way, or there is too little to learn from.
            ModelUnavailable: nothing can be trained on this machine.
        """
        if self.progress(community) is not None:
            raise BadModel("A model of this community is being made.", reason="under-way")
        self._trainer.check()
        stopped = [
            each
            for each in self._repository.models(community.id)
            if each.state is VersionState.STOPPED and self._teaching.is_kept(each)
        ]
        if stopped:
            self._to_stop.discard(stopped[-1].id)
            self._begun_again.add(stopped[-1].id)
            self._repository.model_is(stopped[-1].id, VersionState.TRAINING)
            return replace(stopped[-1], state=VersionState.TRAINING)
        examples = self._teaching.examples(community)
        if not is_enough(counted(examples), len(examples)):
            raise BadModel(
                f"{len(examples)} decided items can be learnt from; {LEAST_EXAMPLES} are needed, "
                f"{LEAST_WITH_LABEL} of them with the same label.",
                reason="too-few",
                found=len(examples),
                expected=LEAST_EXAMPLES,
                labelled=LEAST_WITH_LABEL,
            )
        version = self._repository.add_model(
            community.id,
            state=VersionState.TRAINING,
            cause=cause,
            lessons=self._teaching.lessons(community, examples),
            at=self._clock.now(),
            where=where,
        )
        log.info(
            "training begun community=%s version=%s cause=%s examples=%s",
            community.id,
            version.number,
            cause,
            len(examples),
        )
        return version

    def stop(self, community: Community) -> ModelVersion:
        """Stop what is under way; `begin` goes on with it.

        Raises:
            BadModel: nothing is being trained.
        """
        now = self.progress(community)
        if now is None or now.version.state is not VersionState.TRAINING:
            raise BadModel("Nothing is being trained.", reason="not-under-way")
        self._to_stop.add(now.version.id)
        self._repository.model_is(now.version.id, VersionState.STOPPED)
        return now.version

    def progress(self, community: Community) -> Progress | None:
        """The version that is under way; None: none is."""
        for version in self._repository.models_in(UNDER_WAY):
            if version.community == community.id:
                now = self._now.get(version.id)
                if now is None:
                    return Progress(version)
                return Progress(version, now.done, now.total, now.remaining_s)
        return None

    def begin_due(self) -> list[ModelVersion]:
        """Begin for each community in which enough was decided since the last version, once a week;
        nothing where a version waits for an admin."""
        begun = []
        for community in self._repository.communities():
            try:
                if self._is_due(community):
                    begun.append(self.begin(community, cause=Cause.WEEKLY))
            except CommonplaceError as error:
                log.info("no training community=%s: %s", community.id, error)
        return begun

    def _is_due(self, community: Community) -> bool:
        versions = self._repository.models(community.id)
        waiting = (*UNDER_WAY, VersionState.CANDIDATE, VersionState.STOPPED)
        if any(each.state in waiting for each in versions):
            return False
        newest = versions[-1] if versions else None
        if newest is not None and self._clock.now() - newest.begun_at < EVERY:
            return False
        known = 0 if newest is None else newest.lessons.newest
        return self._repository.decided_since(community.id, known) >= ENOUGH_NEW

    # ── the work ─────────────────────────────────────────────────────────────────────────────────

    def work(self) -> ModelVersion | None:
        """Bring the oldest version that is under way to its end.

        Returns:
            The version as it stands then; None: there is nothing to do, somebody else is at it, or
            the program ends.
        """
        if not self._working.acquire(blocking=False):
            return None
        try:
            tried: set[int] = set()
            while not self._closing.is_set():
                due = self._repository.models_in(UNDER_WAY)
                tried -= self._begun_again  # while the stopped one was still coming to its end
                version = next((each for each in due if each.id not in tried), None)
                if version is None:
                    break
                tried.add(version.id)  # one that was stopped is not in the way of others
                self._begun_again.discard(version.id)
                if (ended := self._bring_to_end(version)) is not None:
                    return ended
            return None
        finally:
            self._working.release()

    def close(self) -> None:
        """Stop what is under way, so that the next start goes on with it, and wait a little."""
        self._closing.set()
        if self._working.acquire(timeout=5):
            self._working.release()

    def texts_changed(self, communities: Collection[int]) -> None:
        """Texts of communities may not be learnt from any more: whatever learns from them begins
        anew. Of communities that are gone themselves, nothing is left."""
        known = {each.id for each in self._repository.communities()}
        self._gone |= set(communities) - known
        if self._gone:
            self._promotion.sweep(known)
        for version in self._repository.models_in((VersionState.TRAINING, VersionState.STOPPED)):
            if version.community in communities:
                self._to_renew.add(version.id)
                if version.state is VersionState.STOPPED:
                    self._teaching.clear(version)

    def sweep(self) -> None:
        """Remove folders that nobody needs: of communities that are gone, of trainings that ended
        or were stopped long ago, of versions that are too old to go back to."""
        known = {each.id for each in self._repository.communities()}
        self._promotion.sweep(known)
        for community in known:
            for version in self._repository.models(community):
                is_stale = version.state is VersionState.STOPPED and (
                    self._clock.now() - version.begun_at > STOPPED_FOR
                )
                if is_stale or version.state not in (VersionState.TRAINING, VersionState.STOPPED):
                    self._teaching.clear(version)

    def _bring_to_end(self, version: ModelVersion) -> ModelVersion | None:
        try:
            community = self._repository.community_by_id(version.community)
            if version.state is VersionState.TRAINING:
                if not self._train(community, version) or self._is_gone(version):
                    return None
                version = self._version(version)
            return self._judge(community, version)
        except Stopped:
            return None
        except (CommonplaceError, OSError) as error:
            log.warning(
                "version=%s of community=%s failed: %s", version.number, version.community, error
            )
            if self._is_gone(version):
                return None
            self._repository.model_is(
                version.id, VersionState.FAILED, at=self._clock.now(), failure=str(error)
            )
            self._teaching.clear(version)
            return self._version(version)
        finally:
            self._now.pop(version.id, None)
            if self._is_gone(version):
                self._promotion.sweep({each.id for each in self._repository.communities()})

    def _is_gone(self, version: ModelVersion) -> bool:
        return version.community in self._gone

    def _train(self, community: Community, version: ModelVersion) -> bool:
        """Train; whether the model is there."""
        while True:
            self._to_renew.discard(version.id)
            lesson = self._teaching.lesson(
                community, version, reads_unlabelled=self._trainer.reads_unlabelled
            )
            is_done = self._trainer.train(
                lesson,
                on_progress=lambda now: self._now.__setitem__(version.id, now),
                should_stop=lambda: (
                    self._closing.is_set()
                    or self._is_gone(version)
                    or version.id in self._to_stop
                    or version.id in self._to_renew
                ),
            )
            if version.id not in self._to_renew or self._is_gone(version):
                break
            self._teaching.clear(version)
        if not is_done or version.id in self._to_stop or self._is_gone(version):
            return False
        folder = self._promotion.folder(version.community, version.number)
        shutil.rmtree(folder, ignore_errors=True)
        shutil.move(lesson.output, folder)
        model = self._shelf.entailer(folder).version
        self._repository.model_is(version.id, VersionState.JUDGING, model=model)
        self._teaching.clear(version)
        log.info("trained version=%s of community=%s", version.number, community.id)
        return True

    def _judge(self, community: Community, version: ModelVersion) -> ModelVersion:
        taxonomy = self._taxonomies(community)
        decided = self._teaching.examples(community)
        ids = self._repository.finished(community.id, limit=MOST_ITEMS)
        folder = self._promotion.folder(community.id, version.number)
        live = self._promotion.live(community.id)
        was = self._promotion.live_folder(community.id)
        report = judge(
            decided[-MOST_DECIDED:],
            self._repository.items(ids),
            self._contender(was, knows_unseen=self._is_worded_as(live, taxonomy, community)),
            self._contender(folder),
            live_number=live,
            taxonomy=taxonomy,
            language=community.language,
            on_progress=lambda done, total: self._now.__setitem__(
                version.id, TrainingProgress(done, total)
            ),
            should_stop=lambda: self._closing.is_set() or self._is_gone(version),
        )
        state = VersionState.CANDIDATE if report.passes else VersionState.ASIDE
        self._repository.model_is(version.id, state, at=self._clock.now(), report=report)
        version = self._version(version)
        text = card(version, community, taxonomy)
        (folder / CARD_FILE).write_text(text, encoding="utf-8")
        self._promotion.prune(community.id)
        log.info("judged version=%s of community=%s: %s", version.number, community.id, state)
        return version

    def _contender(self, folder: Path | None, *, knows_unseen: bool = True) -> Contender:
        said = self._shelf.unseen(folder) if knows_unseen else {}
        return Contender(
            self._shelf.annotator(folder),
            self._shelf.entailer(folder),
            said,
            self._shelf.learnt(folder),
        )

    def _is_worded_as(self, live: int | None, taxonomy: Taxonomy, community: Community) -> bool:
        """Whether labels are asked about as they were when the live version learnt; else what is
        kept is about other questions, and it is taken as what it says now, which flatters it."""
        if live is None:
            return True
        return self._promotion.version(community.id, live).lessons.wording == taxonomy.wording

    def _version(self, version: ModelVersion) -> ModelVersion:
        return self._promotion.version(version.community, version.number)
