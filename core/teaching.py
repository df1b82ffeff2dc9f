"""What a model of a community learns from: its decided items, and the files of a training.

Texts lie in the work folder only as long as they are learnt from; when one of them may not be used
any more, the files are made anew without it.
"""

import json
import shutil
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from core.agreement import grouped
from core.domain import Community, Item
from core.judging import by_dimension, readings
from core.model_versions import Lessons, ModelVersion
from core.ports import Lesson
from core.rounds import counts
from core.store.repository import Repository
from core.taxonomy import Taxonomy, dimension_of
from core.training_examples import DecidedItem, counted, decided_item, row, undecided_row

EXAMPLES_FILE, TAXONOMY_FILE = "examples.jsonl", "taxonomy.toml"

MOST_UNDECIDED = 200
"""So many of the newest items of which nobody decided anything are read as well; each takes its
time in every part of a training (`python -m tests.bench training`)."""


class Teaching:
    """Gathers what is learnt from.

    Args:
        repository: knows decisions.
        folder: where a version of a community lies, or will.
        taxonomies: a community's taxonomy; codebook_version: of its codebook.
    """

    def __init__(
        self,
        repository: Repository,
        folder: Callable[[int, int], Path],
        taxonomies: Callable[[Community], Taxonomy],
        codebook_version: Callable[[Community], str],
    ) -> None:
        self._repository = repository
        self._folder = folder
        self._taxonomies = taxonomies
        self._codebook_version = codebook_version

    def examples(self, community: Community) -> list[DecidedItem]:
        """Decided items that can be learnt from, oldest first."""
        taxonomy = self._taxonomies(community)
        items = self._repository.items(self._repository.teachable(community.id))
        return [
            decided
            for item in items
            if (decided := decided_item(item, taxonomy)) is not None and row(decided) is not None
        ]

    def undecided(self, community: Community) -> list[Item]:
        """The newest items of which nobody decided anything and whose texts may be read, newest
        first."""
        ids = self._repository.readable(community.id, undecided=MOST_UNDECIDED)
        return [each for each in self._repository.items(ids) if undecided_row(each) is not None]

    def lessons(
        self, community: Community, examples: Sequence[DecidedItem], *, unlabelled: int = 0
    ) -> Lessons:
        """What a model that learns from these has learnt from, as its card tells it.

        Args:
            unlabelled: how many texts it reads beside these.
        """
        taxonomy = self._taxonomies(community)
        votes = self._repository.counted_votes(community)
        judgements = by_dimension(readings(votes, taxonomy), taxonomy)
        agreed = grouped(judgements, lambda each: dimension_of(each.label), times=0)
        return Lessons(
            examples=len(examples),
            labels=counted(examples),
            rounds=sum(counts(each) for each in self._repository.rounds(community.id)),
            agreement={
                dimension: round(each.alpha, 4)
                for dimension, each in agreed.items()
                if each.alpha is not None
            },
            codebook=self._codebook_version(community),
            wording=taxonomy.wording,
            newest=self._repository.newest_decision(community.id),
            unlabelled=unlabelled,
        )

    def lesson(
        self, community: Community, version: ModelVersion, *, reads_unlabelled: bool
    ) -> Lesson:
        """The files of a training: as they were when it was stopped, unless a text of theirs may
        not be learnt from any more, or labels changed.

        Args:
            reads_unlabelled: with texts of which nobody decided anything.
        """
        folder = self._work_folder(version)
        file, taxonomy = folder / EXAMPLES_FILE, self._taxonomies(community)
        is_good = False
        with suppress(OSError, ValueError, KeyError):
            kept = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
            text = (folder / TAXONOMY_FILE).read_text("utf-8")
            is_good = self._may_still(community, kept) and text == taxonomy.text
        if not is_good:
            self.clear(version)
            folder.mkdir(parents=True)
            examples = self.examples(community)
            undecided = self.undecided(community) if reads_unlabelled else []
            rows = [row(each) for each in examples] + [undecided_row(each) for each in undecided]
            lines = [json.dumps(each, ensure_ascii=False) for each in rows if each is not None]
            (folder / TAXONOMY_FILE).write_text(taxonomy.text, "utf-8")
            file.write_text("".join(f"{line}\n" for line in lines), "utf-8")
            lessons = self.lessons(community, examples, unlabelled=len(undecided))
            self._repository.model_learns(version.id, lessons)
        return Lesson(
            examples=file,
            taxonomy=folder / TAXONOMY_FILE,
            output=self._made(version),
            language=community.language,
            seed=version.lessons.seed,
        )

    def _may_still(self, community: Community, kept: Sequence[dict[str, Any]]) -> bool:
        """Whether everything in a file of examples may be learnt from as it stands there."""
        decided = {str(each) for each in self._repository.teachable(community.id)}
        readable = {str(each) for each in self._repository.readable(community.id)}
        return all(each["id"] in (decided if "open" in each else readable) for each in kept)

    def is_kept(self, version: ModelVersion) -> bool:
        """Whether a training can be gone on with."""
        return self._work_folder(version).is_dir()

    def clear(self, version: ModelVersion) -> None:
        """Remove what is only needed while a version is trained."""
        for folder in (self._work_folder(version), self._made(version)):
            shutil.rmtree(folder, ignore_errors=True)

    def _work_folder(self, version: ModelVersion) -> Path:
        return self._folder(version.community, version.number).with_suffix(".work")

    def _made(self, version: ModelVersion) -> Path:
        """Where weights grow: beside where they go, so that what they say of their base stays
        true."""
        return self._folder(version.community, version.number).with_suffix(".new")
