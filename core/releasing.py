"""Use case: a data set that others can work with and judge: items, labels and votes, with the
codebook, a datasheet, agreement figures and a licence.

1. Members' own words (pasted texts, files, notes) are in it only if all who handed them in let
   their words be used (/consent). Of others' pages it has title, address, sentences and labels;
   full texts only on request.
2. Votes are under pseudonyms that are made for this release, without times, and left out where so
   few voted that everybody would know who they are.
3. Agreement is measured on what is in the release.

Source of the datasheet's questions: Gebru et al. 2021, "Datasheets for Datasets", arXiv:1803.09010.
"""

import csv
import io
import json
import logging
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

from core.agreement import Agreement, grouped
from core.codebook_versions import Version
from core.domain import DISCUSS, Community, LabelPath, LabelStatus, Vote
from core.exporting import BATCH, OnProgress
from core.exports.place import new_folder
from core.exports.pseudonyms import Pseudonyms
from core.exports.record import Record, is_own_words, record_of
from core.exports.tabular import write_csv, write_jsonl
from core.judging import by_dimension, readings
from core.ports import Clock
from core.search import Search
from core.store.repository import Repository
from core.taxonomy import Taxonomy, dimension_of

log = logging.getLogger(__name__)

MIN_VOTERS = 3
"""Of fewer people votes are left out: in a small group everybody knows who the two are."""

MOST_SITES = 20
"""Sites that a datasheet names."""


@dataclass(slots=True)
class Facts:
    """What a datasheet tells, counted while items are written.

    Attributes:
        query: which items are in it; "" is all finished ones.
        licence: as given; None: none was.
        has_texts: full texts are in it.
        made_at: when; codebook: digest of the labels; versions: of the codebook, oldest first.
        items: how many are in it.
        left_out: items of members' own words, for want of consent.
        with_notes: items with a note that may be told.
        languages, sites, media: how many items of each; sites most first.
        published, received: first and last day; None: of no item it is known.
        labels: for each path how many items have it in which status.
        decided: how many decisions there are by path, status and kind (`core.store.surveying.BY`).
        votes, voters: how many there are in the collection; votes_told: they are in the release.
        agreement: on each dimension that two people judged.
    """

    query: str
    licence: str | None
    has_texts: bool
    made_at: datetime
    codebook: str
    versions: Sequence[Version] = ()
    items: int = 0
    left_out: int = 0
    with_notes: int = 0
    languages: Counter[str] = field(default_factory=Counter)
    sites: Counter[str] = field(default_factory=Counter)
    media: Counter[str] = field(default_factory=Counter)
    published: tuple[date, date] | None = None
    received: tuple[date, date] | None = None
    labels: dict[LabelPath, Counter[LabelStatus]] = field(default_factory=dict)
    decided: Mapping[tuple[LabelPath, LabelStatus, str], int] = field(default_factory=dict)
    votes: int = 0
    voters: int = 0
    votes_told: bool = False
    agreement: Mapping[str, Agreement] = field(default_factory=dict)

    def count(self, record: Record) -> None:
        """Count an item that is in it."""
        self.items += 1
        self.with_notes += bool(record.notes)
        self.languages[record.language or ""] += 1
        self.sites[record.site or ""] += 1
        self.media[record.media or ""] += 1
        self.published = _spanning(self.published, record.published_at)
        self.received = _spanning(self.received, record.received_at.date())
        for status, paths in (
            (LabelStatus.CONFIRMED, record.labels),
            (LabelStatus.SUGGESTED, record.suggested),
            (LabelStatus.DISPUTED, record.disputed),
            (LabelStatus.REJECTED, record.rejected),
        ):
            for path in paths:
                self.labels.setdefault(LabelPath(path), Counter())[status] += 1


Pages = Callable[[Facts, Taxonomy], Mapping[str, str]]
"""Words for people, by file name: datasheet and codebook in every language."""


class Releasing:
    """Makes releases.

    Args:
        repository: knows items, votes and consents.
        search: says which items are wanted.
        taxonomies: a community's labels; versions: of its codebook, oldest first.
        clock: says when a release is made.
    """

    def __init__(
        self,
        repository: Repository,
        search: Search,
        taxonomies: Callable[[Community], Taxonomy],
        versions: Callable[[Community], Sequence[Version]],
        clock: Clock,
    ) -> None:
        self._repository = repository
        self._search = search
        self._taxonomies = taxonomies
        self._versions = versions
        self._clock = clock

    def release(
        self,
        community: Community,
        place: Path,
        *,
        pages: Pages,
        query: str = "",
        licence: str | None = None,
        with_texts: bool = False,
        on_progress: OnProgress = lambda _done, _total: None,
    ) -> Facts:
        """Make a release in a new folder: whole, or nothing.

        Args:
            community: whose.
            place: the folder.
            pages: word the facts.
            query: which items (see `Search.select`).
            licence: under which it is given away, as SPDX names it.
            with_texts: full texts, too.

        Raises:
            BadQuery: the query is not understood.
            BadPlace: it cannot be put there.
        """
        taxonomy = self._taxonomies(community)
        ids, parsed = self._search.select(community, query)
        facts = Facts(
            query=str(parsed),
            licence=licence,
            has_texts=with_texts,
            made_at=self._clock.now(),
            codebook=taxonomy.digest,
        )
        with new_folder(place) as folder:
            ids = self._consented(ids, facts)
            for name, write in (("items.jsonl", write_jsonl), ("items.csv", write_csv)):
                is_first = name == "items.jsonl"
                move = on_progress if is_first else lambda _done, _total: None
                records = self._records(ids, with_texts=with_texts, on_progress=move)
                with (folder / name).open("wb") as stream:
                    write(_counted(records, facts) if is_first else records, stream)
            self._write_votes(community, ids, taxonomy, folder, facts)
            facts.decided = self._repository.decided_by(ids)
            facts.versions = tuple(self._versions(community))
            (folder / "codebook.toml").write_text(facts.versions[-1].text, encoding="utf-8")
            _write_history(folder / "codebook_history.jsonl", facts.versions)
            for name, words in pages(facts, taxonomy).items():
                (folder / name).write_text(words, encoding="utf-8", newline="\n")
        log.info("released community=%s items=%s", community.id, facts.items)
        return facts

    def _consented(self, ids: Sequence[int], facts: Facts) -> list[int]:
        """Without members' own words that somebody who handed them in keeps back."""
        kept: list[int] = []
        for start in range(0, len(ids), BATCH):
            batch = ids[start : start + BATCH]
            consents = self._repository.consenting(batch)
            for item in self._repository.items(batch):
                said = consents.get(item.id, {}).values()
                if is_own_words(item) and not (said and all(said)):
                    facts.left_out += 1
                else:
                    kept.append(item.id)
        return kept

    def _records(
        self, ids: Sequence[int], *, with_texts: bool, on_progress: OnProgress
    ) -> Iterator[Record]:
        for start in range(0, len(ids), BATCH):
            batch = ids[start : start + BATCH]
            notes = self._repository.notes(batch)
            for item in self._repository.items(batch):
                yield record_of(item, notes=notes.get(item.id, ()), with_text=with_texts)
            on_progress(start + len(batch), len(ids))

    def _write_votes(
        self,
        community: Community,
        ids: Sequence[int],
        taxonomy: Taxonomy,
        folder: Path,
        facts: Facts,
    ) -> None:
        """Votes and agreement, on the items of the release."""
        released = set(ids)
        votes = [
            (item_id, vote)
            for item_id, vote in self._repository.counted_votes(community)
            if item_id in released and vote.path != DISCUSS
        ]
        facts.votes, facts.voters = len(votes), len({vote.member for _, vote in votes})
        facts.votes_told = facts.voters >= MIN_VOTERS
        if not facts.votes_told:
            return
        judgements = by_dimension(readings(votes, taxonomy), taxonomy)
        facts.agreement = grouped(judgements, lambda each: dimension_of(each.label))
        rows = sorted(self._anonymous(votes))
        _write_table(folder / "votes.csv", ("item", "label", "is_right", "voter"), rows)
        _write_table(
            folder / "agreement.csv",
            ("dimension", "alpha", "low", "high", "agreement", "items", "units", "voters"),
            [
                (dimension, *map(_rounded, (a.alpha, a.low, a.high, a.percent_agreement)),
                 a.items, a.units, a.raters)
                for dimension, a in facts.agreement.items()
            ],
        )  # fmt: skip

    def _anonymous(self, votes: Sequence[tuple[int, Vote]]) -> Iterator[tuple[int, str, int, str]]:
        numbers = self._numbers([item_id for item_id, _ in votes])
        pseudonyms = Pseudonyms()
        for item_id, vote in votes:
            yield numbers[item_id], vote.path, int(vote.is_for), pseudonyms.of(vote.member)

    def _numbers(self, ids: Sequence[int]) -> dict[int, int]:
        unique = list(dict.fromkeys(ids))
        return {
            item.id: item.number
            for start in range(0, len(unique), BATCH)
            for item in self._repository.items(unique[start : start + BATCH])
        }


def _counted(records: Iterator[Record], facts: Facts) -> Iterator[Record]:
    for record in records:
        facts.count(record)
        yield record


def _write_history(file: Path, versions: Sequence[Version]) -> None:
    """A version a line, oldest first, without who made it and their words beside it."""
    with file.open("w", encoding="utf-8", newline="\n") as stream:
        for version in versions:
            told = {
                "version": version.number,
                "parent": version.parent,
                "on": version.at.astimezone(UTC).date().isoformat(),
                "cause": version.cause,
                "changes": [
                    {key: each for key, each in asdict(change).items() if each not in (None, ())}
                    for change in version.changes
                ],
                "codebook": version.text,
            }
            stream.write(json.dumps(told, ensure_ascii=False) + "\n")


def _spanning(span: tuple[date, date] | None, day: date | None) -> tuple[date, date] | None:
    if day is None:
        return span
    return (day, day) if span is None else (min(span[0], day), max(span[1], day))


def _rounded(figure: float | None) -> float | str:
    return "" if figure is None else round(figure, 4)


def _write_table(file: Path, columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow(columns)
    table.writerows(rows)
    file.write_text(text.getvalue(), encoding="utf-8", newline="")
