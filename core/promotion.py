"""Use case: which version of a community's model is in use, and where versions lie.

A community's model stays its own: `FOLDER/COMMUNITY/NUMBER/`, nothing shared but the model of the
package that it adds to. The last few versions are kept, so that one can go back.
"""

import json
import logging
import shutil
from collections.abc import Callable, Collection
from dataclasses import asdict
from pathlib import Path

from core.domain import Community
from core.errors import BadFile, BadModel, ModelUnavailable
from core.model_versions import (
    WITH_WEIGHTS,
    Cause,
    Lessons,
    ModelVersion,
    VersionState,
    lessons_of,
)
from core.ports import Annotator, Clock, Shelf
from core.store.repository import Repository

log = logging.getLogger(__name__)

KEPT = 5
"""So many versions of a community keep their weights, besides the live one and the one before."""

LESSONS_FILE = "lessons.json"
"""In an exported folder: what the version learnt from."""

_MOST_BYTES = 4 << 30


class Promotion:
    """Puts versions live, takes them back, hands them out and takes them in.

    Args:
        repository: knows versions.
        shelf: opens models.
        folder: where models lie.
        clock: tells the time.
        relabel: has a community's items labelled again.
    """

    def __init__(
        self,
        repository: Repository,
        shelf: Shelf,
        folder: Path,
        clock: Clock,
        relabel: Callable[[Community, int], object],
    ) -> None:
        self._repository = repository
        self._shelf = shelf
        self._folder = folder
        self._clock = clock
        self._relabel = relabel
        self._broken: set[Path] = set()
        self._sound: set[Path] = set()

    # ── which one ────────────────────────────────────────────────────────────────────────────────

    def folder(self, community_id: int, number: int) -> Path:
        """Where a version's weights lie, or would."""
        return self._folder / str(community_id) / str(number)

    def live(self, community_id: int) -> int | None:
        """The number of the live version; None: the model of the settings is in use."""
        return self._repository.live_model(community_id)

    def live_folder(self, community_id: int) -> Path | None:
        """The folder of the live version; None: the model of the settings is in use, also because
        the live one cannot be opened (any more), which is logged."""
        number = self.live(community_id)
        if number is None:
            return None
        folder = self.folder(community_id, number)
        if folder not in self._sound:
            try:
                self._shelf.entailer(folder).version  # noqa: B018  (reads the folder)
            except ModelUnavailable as error:
                if folder not in self._broken:
                    log.warning("the model of community=%s is not used: %s", community_id, error)
                self._broken.add(folder)
                return None
            self._sound.add(folder)
            self._broken.discard(folder)
        return folder

    def is_broken(self, community_id: int) -> bool:
        """Whether there is a live version that cannot be used."""
        return self.live(community_id) is not None and self.live_folder(community_id) is None

    def annotator(self, community_id: int) -> Annotator:
        """Who labels a community's items now (`core.ports.Annotators`)."""
        return self._shelf.annotator(self.live_folder(community_id))

    def model(self, community_id: int) -> str:
        """Name and version of what labels a community's items now."""
        return self._shelf.entailer(self.live_folder(community_id)).version

    def versions(self, community_id: int) -> list[ModelVersion]:
        """All versions of a community, oldest first."""
        return self._repository.models(community_id)

    def version(self, community_id: int, number: int) -> ModelVersion:
        """One of them.

        Raises:
            BadModel: there is none of that number.
        """
        for each in self.versions(community_id):
            if each.number == number:
                return each
        raise BadModel(f"There is no version {number}.", reason="unknown", number=number)

    # ── in use, and no longer ────────────────────────────────────────────────────────────────────

    def promote(self, community: Community, number: int) -> ModelVersion:
        """Let a version that passed be live, or one that was live before; items are labelled again.

        Other candidates are judged again, since they were compared with another model.

        Raises:
            BadModel: it is live, did not pass, is not done, or its weights are not kept any more.
        """
        version = self.version(community.id, number)
        match version.state:
            case VersionState.LIVE:
                raise BadModel(f"Version {number} is live.", reason="is-live", number=number)
            case VersionState.CANDIDATE | VersionState.RETIRED:
                pass
            case VersionState.ASIDE:
                raise BadModel(
                    f"Version {number} is not better beyond noise, so it stays aside.",
                    reason="not-passed",
                    number=number,
                )
            case VersionState.TRAINING | VersionState.JUDGING:
                raise BadModel(
                    f"Version {number} is not done yet.", reason="under-way", number=number
                )
            case _:
                raise BadModel(
                    f"Version {number} has no weights.", reason="no-weights", number=number
                )
        self._require_weights(community.id, number)
        report = version.report if version.state is VersionState.CANDIDATE else None
        if report is not None and report.live != self.live(community.id):
            self._repository.model_is(version.id, VersionState.JUDGING)
            raise BadModel("It is judged again first.", reason="under-way", number=number)
        with self._repository.transaction():
            self._repository.put_live(community.id, number, at=self._clock.now())
            self._judge_again(community.id)
            self._relabel(community, number)
        log.info("live version=%s of community=%s", number, community.id)
        return self.version(community.id, number)

    def keep_aside(self, community: Community, number: int) -> ModelVersion:
        """Do not use a candidate; its report and weights stay.

        Raises:
            BadModel: it is no candidate.
        """
        version = self.version(community.id, number)
        if version.state is not VersionState.CANDIDATE:
            raise BadModel(
                f"Version {number} does not wait.", reason="not-under-way", number=number
            )
        self._repository.model_is(version.id, VersionState.ASIDE)
        return self.version(community.id, number)

    def roll_back(self, community: Community) -> int | None:
        """Go back to what was live before the live version; items are labelled again.

        Returns:
            The version that is live now; None: the model of the settings.

        Raises:
            BadModel: the model of the settings is in use.
        """
        number = self.live(community.id)
        if number is None:
            raise BadModel("The model of the settings is in use.", reason="not-live")
        before = self.version(community.id, number).replaces
        seen = {number}
        while before is not None and not self.folder(community.id, before).is_dir():
            seen.add(before)
            before = self.version(community.id, before).replaces
            before = None if before in seen else before
        with self._repository.transaction():
            self._repository.put_live(community.id, before, at=self._clock.now(), goes_back=True)
            self._judge_again(community.id)
            self._relabel(community, before or 0)
        log.info("back to version=%s of community=%s", before, community.id)
        return before

    def _judge_again(self, community_id: int) -> None:
        for each in self.versions(community_id):
            if each.state is VersionState.CANDIDATE:
                self._repository.model_is(each.id, VersionState.JUDGING)

    def _require_weights(self, community_id: int, number: int) -> Path:
        folder = self.folder(community_id, number)
        if not folder.is_dir():
            raise BadModel(
                f"The weights of version {number} are not kept any more.",
                reason="no-weights",
                number=number,
            )
        return folder

    # ── out and in ───────────────────────────────────────────────────────────────────────────────

    def export(self, community: Community, to: Path, *, number: int | None = None) -> ModelVersion:
        """Copy a version's folder, with what it learnt from (counts, no texts).

        Args:
            to: a folder that does not exist, or is empty.
            number: None: the live one.

        Raises:
            BadModel: there is none, or its weights are not kept.
            BadFile: the folder is not empty.
        """
        number = number if number is not None else self.live(community.id)
        if number is None:
            raise BadModel("The model of the settings is in use.", reason="not-live")
        version = self.version(community.id, number)
        folder = self._require_weights(community.id, number)
        if to.exists() and (not to.is_dir() or any(to.iterdir())):
            raise BadFile(f"{to} is not an empty folder. Name another one.", file=str(to), line=0)
        shutil.copytree(folder, to, dirs_exist_ok=True)
        said = json.dumps(asdict(version.lessons), ensure_ascii=False, indent=1)
        (to / LESSONS_FILE).write_text(said + "\n", "utf-8")
        return version

    def take_in(self, community: Community, source: Path) -> ModelVersion:
        """Make an exported folder a version of a community, to be judged like one of its own.

        Raises:
            BadFile: it is no folder, holds links, or is far too large.
            ModelUnavailable: it is no model that works here; the message says why.
        """
        if not source.is_dir():
            raise BadFile(f"There is no folder {source}. Check the path.", file=str(source), line=0)
        files = list(source.rglob("*"))
        if any(each.is_symlink() for each in files):
            raise BadFile(
                f"{source} holds links to other places. Copy the files themselves.",
                file=str(source),
                line=0,
            )
        size = sum(each.stat().st_size for each in files if each.is_file())
        if size > _MOST_BYTES:
            raise BadFile(f"{source} has {size} bytes, too many.", file=str(source), line=0)
        lessons = Lessons()
        try:
            lessons = lessons_of(json.loads((source / LESSONS_FILE).read_text("utf-8")))
        except OSError:
            log.info("nothing is known of what %s learnt from", source)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise BadFile(
                f"{source / LESSONS_FILE} cannot be used: {error}. Export it again, or delete the "
                "file.",
                file=str(source / LESSONS_FILE),
                line=0,
            ) from error
        entailer = self._shelf.entailer(source)
        try:
            model = entailer.version
            entailer.entail([("書店", "這篇文章與「書店」有關。")])
        finally:
            self._shelf.forget(source)
        version = self._repository.add_model(
            community.id,
            state=VersionState.TRAINING,
            cause=Cause.IMPORT,
            lessons=lessons,
            at=self._clock.now(),
        )
        try:
            target = self.folder(community.id, version.number)
            shutil.rmtree(target, ignore_errors=True)
            shutil.copytree(source, target)
        except OSError as error:
            self._repository.model_is(
                version.id, VersionState.FAILED, at=self._clock.now(), failure=str(error)
            )
            raise
        self._repository.model_is(version.id, VersionState.JUDGING, model=model)
        return self.version(community.id, version.number)

    # ── folders ──────────────────────────────────────────────────────────────────────────────────

    def prune(self, community_id: int) -> None:
        """Remove the weights of old versions."""
        versions = self.versions(community_id)
        live = self.live(community_id)
        kept = {each.number for each in versions if each.state in WITH_WEIGHTS}
        kept = set(sorted(kept)[-KEPT:])
        kept |= {each.number for each in versions if each.state is VersionState.CANDIDATE}
        if live is not None:
            before = self.version(community_id, live).replaces
            kept |= {live} | ({before} if before is not None else set())
        for each in versions:
            folder = self.folder(community_id, each.number)
            if each.number not in kept and folder.is_dir():
                self._shelf.forget(folder)
                shutil.rmtree(folder, ignore_errors=True)

    def sweep(self, known: Collection[int]) -> None:
        """Remove folders of communities that are gone."""
        if not self._folder.is_dir():
            return
        for folder in self._folder.iterdir():
            if folder.is_dir() and folder.name.isdecimal() and int(folder.name) not in known:
                shutil.rmtree(folder, ignore_errors=True)
                log.info("removed models of community=%s", folder.name)
