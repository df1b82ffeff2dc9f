"""What votes say about agreement: which voices are judgements, and of what.

Pure. Votes come as they were cast; judgements go to `core.agreement`. The choices that matter:

- **Silence is missing, not "no".** Who pressed one label of five looked at that one; nobody knows
  about the others. Taking silence for "no" would make people agree on hundreds of labels that they
  never thought of.
- **A voice for a label is one for each label above it**, unless that member said something else of
  that one, just as decisions count them (`core.voting.tallies`). A voice against a label says
  nothing of those above; nor of those below, where it would count one quarrel several times.
- **"None fits" is a "no"** to every label that somebody judged on the item, unless the member said
  yes to it.
- **Where many labels may hold**, each label of an item is a unit of its own: yes or no.
- **Where one is to be chosen**, the dimension is the unit, and the value the label that was chosen
  at the top of the tree. Deeper levels have figures of their own, by label: put together, labels
  that can never be taken for one another would make chance look worse, and agreement better, than
  it is. Who stopped at the parent says nothing of the children; who chose two of one level has
  changed their mind, and the later one stands. Of each label alone, choosing another one of its
  level is a "no".
- **Rulings of editors and answers in practice rounds are no votes**, so they never come here.

What is left is what people said who could see the suggestion of the model, and perhaps of others:
agreement on cards is an upper bound of what blind rounds find.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from core.agreement import Judgement
from core.domain import DISCUSS, NONE_FITS, LabelPath, MemberRef, Vote
from core.taxonomy import Taxonomy, ancestors, dimension_of, parent_of

YES, NO = "yes", "no"

Cast = tuple[int, Vote]
"""A vote, and the id of the item that it is about."""


@dataclass(frozen=True, slots=True)
class Voice:
    """What one member said, or implied, of one label. `at`: when."""

    is_for: bool
    at: datetime


@dataclass(slots=True)
class Reading:
    """How one member reads one item.

    Attributes:
        voices: by label, implied ones included; labels that the taxonomy no longer has are left
            out.
        none_fits_at: when they said that no label fits; None: they did not.
    """

    item: int
    member: MemberRef
    voices: dict[LabelPath, Voice] = field(default_factory=dict)
    none_fits_at: datetime | None = None

    def yes(self) -> set[LabelPath]:
        """The labels that hold."""
        return {path for path, voice in self.voices.items() if voice.is_for}

    def chosen(self, taxonomy: Taxonomy) -> dict[str, LabelPath]:
        """In dimensions of choice one: what was chosen on each level, by the label above it, or by
        the dimension."""
        found: dict[str, LabelPath] = {}
        for path in self.yes():
            level = level_of(path)
            if taxonomy.dimension(path).choice == "one":
                rival = found.get(level)
                if rival is None or self._rank(path) > self._rank(rival):
                    found[level] = path
        return found

    def _rank(self, path: LabelPath) -> tuple[datetime, LabelPath]:
        return self.voices[path].at, path


def level_of(path: str) -> str:
    """What labels of one level share: the one above them, or their dimension."""
    return parent_of(path) or dimension_of(path)


def readings(votes: Iterable[Cast], taxonomy: Taxonomy) -> list[Reading]:
    """How each member reads each item that they voted on, in the order of their first votes."""
    found: dict[tuple[int, MemberRef], Reading] = {}
    implied: list[tuple[Reading, LabelPath, Voice]] = []
    for item, vote in votes:
        reading = found.setdefault((item, vote.member), Reading(item, vote.member))
        if vote.path == NONE_FITS:
            reading.none_fits_at = vote.at if vote.is_for else None
        elif vote.path != DISCUSS and vote.path in taxonomy:
            voice = reading.voices[vote.path] = Voice(vote.is_for, vote.at)
            if vote.is_for:
                implied += [(reading, path, voice) for path in ancestors(vote.path)]
    for reading, path, voice in implied:
        reading.voices.setdefault(path, voice)
    return list(found.values())


def by_dimension(given: Sequence[Reading], taxonomy: Taxonomy) -> list[Judgement]:
    """Judgements to measure dimensions by: `dimension_of(judgement.label)` is the dimension.

    Where many labels may hold, `label` is the label, and the value YES or NO. Where one is to be
    chosen, `label` is the dimension, and the value the path of a label at its top, or NONE_FITS.
    """
    judged = _judged(given)
    made: list[Judgement] = []
    for reading in given:
        for path, voice in _with_none(reading, judged).items():
            if taxonomy.dimension(path).choice == "many":
                made.append(_of(reading, path, YES if voice.is_for else NO))
        chosen: dict[str, str] = {
            level: path
            for level, path in reading.chosen(taxonomy).items()
            if level == dimension_of(path)
        }
        if reading.none_fits_at is not None:
            for path in judged[reading.item]:
                if taxonomy.dimension(path).choice == "one":
                    chosen.setdefault(dimension_of(path), NONE_FITS)
        made += [_of(reading, level, path) for level, path in chosen.items()]
    return made


def by_label(given: Sequence[Reading], taxonomy: Taxonomy) -> list[Judgement]:
    """Judgements to measure labels by: `label` is the label, and the value YES or NO."""
    judged = _judged(given)
    made: list[Judgement] = []
    for reading in given:
        said = {path: voice.is_for for path, voice in _with_none(reading, judged).items()}
        chosen = reading.chosen(taxonomy)
        for path in judged[reading.item]:
            rival = chosen.get(level_of(path))
            if rival is not None:
                said[path] = path == rival
        made += [_of(reading, path, YES if is_for else NO) for path, is_for in said.items()]
    return made


def first_votes(votes: Iterable[Cast]) -> dict[int, datetime]:
    """When each item was first voted on."""
    first: dict[int, datetime] = {}
    for item, vote in votes:
        first[item] = min(first.get(item, vote.at), vote.at)
    return first


def _judged(given: Iterable[Reading]) -> dict[int, dict[LabelPath, None]]:
    """The labels of each item that anybody judged, in the order in which they first were."""
    judged: dict[int, dict[LabelPath, None]] = {}
    for reading in given:
        judged.setdefault(reading.item, {}).update(dict.fromkeys(reading.voices))
    return judged


def _with_none(
    reading: Reading, judged: dict[int, dict[LabelPath, None]]
) -> dict[LabelPath, Voice]:
    if reading.none_fits_at is None:
        return reading.voices
    refused = Voice(False, reading.none_fits_at)
    return dict.fromkeys(judged[reading.item], refused) | reading.voices


def _of(reading: Reading, label: str, value: str) -> Judgement:
    return Judgement(reading.member, reading.item, label, value)
