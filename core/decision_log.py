"""Use case: the decision log is searched, in the language in which items are (`core.query`).

A number at the beginning means an item; `label:`, `-label:`, `since:`, `until:` and `is:` are about
the label and what it became; `by:` names a way of deciding or a person. Words are looked for in
items, labels and reasons. A person's votes are shown to that person alone: who looks for a name
finds what they did in public, such as rulings.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from core.domain import (
    NONE_FITS,
    Community,
    Decision,
    Item,
    LabelPath,
    LabelStatus,
    MemberRef,
)
from core.errors import BadQuery
from core.folding import fold
from core.ports import Clock, KeywordIndex, KeywordQuery
from core.query import Query, parse
from core.store.decisions import By, LogFilters, Sought
from core.store.repository import Repository
from core.taxonomy import Taxonomy

_NUMBER = re.compile(r"\s*[#＃]?(\d{1,9})(?=\s|$)")
_MENTION = re.compile(r"<@!?(\d+)>")
_MANY = 1 << 31


@dataclass(frozen=True, slots=True)
class LogPage:
    """A page of the log.

    Attributes:
        decisions: newest first.
        items: those that they are about, by id.
        total: how many there are on all pages.
    """

    decisions: tuple[Decision, ...]
    items: Mapping[int, Item]
    total: int


class DecisionLog:
    """Finds lines of a community's log.

    Args:
        repository: keeps it.
        keywords: finds items by words.
        taxonomies: a community's labels.
        clock: says what today is.
    """

    def __init__(
        self,
        repository: Repository,
        keywords: KeywordIndex,
        taxonomies: Callable[[Community], Taxonomy],
        clock: Clock,
    ) -> None:
        self._repository = repository
        self._keywords = keywords
        self._taxonomies = taxonomies
        self._clock = clock

    def find(
        self,
        community: Community,
        query: str,
        *,
        asker: MemberRef,
        limit: int,
        offset: int = 0,
        causes: Mapping[str, str] | None = None,
        myself: frozenset[str] = frozenset(),
    ) -> LogPage:
        """Find decisions.

        Args:
            query: see the module; an empty one finds all.
            asker: who asks, and may see their own acts.
            limit, offset: lines of the page, and before it.
            causes: what `by:` may call a kind of cause, folded, and the kind.
            myself: what `by:` may call the asker, folded.

        Raises:
            BadQuery: it cannot be understood, or asks for what the log does not know.
            UnknownItem: there is no item of that number.
        """
        item = None
        if (numbered := _NUMBER.match(query)) is not None:
            item = self._repository.item(community.id, int(numbered[1])).id
            query = query[numbered.end() :]
        zone, taxonomy = ZoneInfo(community.timezone), self._taxonomies(community)
        today = self._clock.now().astimezone(zone).date()
        parsed = parse(query, taxonomy=taxonomy, today=today)
        _check(parsed)
        filters = parsed.filters
        wanted = LogFilters(
            item=item,
            labels=(*filters.labels, *([NONE_FITS] if "none-fits" in filters.is_any else [])),
            not_labels=filters.not_labels,
            by=self._by(community, filters.by, asker, causes or {}, myself),
            asker=asker,
            since=None if filters.since is None else _midnight(filters.since, zone),
            until=None if filters.until is None else _midnight(filters.until, zone, days=1),
            after=_after(parsed),
            words=tuple(
                self._sought(community, taxonomy, each) for each in (*parsed.words, *parsed.phrases)
            ),
            unwanted=tuple(self._sought(community, taxonomy, each) for each in parsed.without),
        )
        found, total = self._repository.decisions(community.id, wanted, limit=limit, offset=offset)
        items = self._repository.items(list(dict.fromkeys(each.item for each in found)))
        return LogPage(tuple(found), {each.id: each for each in items}, total)

    def _by(
        self,
        community: Community,
        names: tuple[str, ...],
        asker: MemberRef,
        causes: Mapping[str, str],
        myself: frozenset[str],
    ) -> By | None:
        if not names:
            return None
        kinds: set[str] = set()
        members: set[MemberRef] = set()
        for name in names:
            folded = fold(name)
            if folded in causes:
                kinds.add(causes[folded])
            elif folded in myself:
                members.add(asker)
            elif (mention := _MENTION.fullmatch(name)) is not None:
                members.add(MemberRef(asker.platform, mention[1]))
            else:
                called = name.removeprefix("@")
                members.update(self._repository.members_called(community.id, called))
        return By(kinds, members)

    def _sought(self, community: Community, taxonomy: Taxonomy, words: str) -> Sought:
        asked = KeywordQuery(all_of=(words,))
        items = {each.item_id for each in self._keywords.find(community.id, asked, limit=_MANY)}
        return Sought(words, items, _called(taxonomy, words))


def _check(parsed: Query) -> None:
    """Refuse what is known of items, and not of decisions."""
    filters = parsed.filters
    strange = [
        *(f"site:{each}" for each in filters.sites),
        *(f"lang:{each}" for each in filters.languages),
        *(f"is:{each}" for each in filters.is_any if each == "failed"),
    ]
    if strange:
        raise BadQuery(
            f"The log knows no {strange[0]!r}; expected label:, by:, since:, until:, "
            "is:confirmed, is:rejected, is:disputed or is:none-fits.",
            part=strange[0],
            reason="not-in-log",
            suggestion="",
        )


def _after(parsed: Query) -> tuple[LabelStatus, ...]:
    """What the label became."""
    named = parsed.filters.is_any
    found = [LabelStatus(each) for each in named if each not in ("none-fits", "failed")]
    if "none-fits" in named:
        found.append(LabelStatus.CONFIRMED)
    return tuple(dict.fromkeys(found))


def _called(taxonomy: Taxonomy, words: str) -> list[LabelPath]:
    """The labels with these words in a name or an alias."""
    wanted = fold(words)
    return [
        label.path
        for label in taxonomy.walk()
        if any(
            wanted in fold(call)
            for call in (
                *label.names.values(),
                *(each for some in label.aliases.values() for each in some),
            )
        )
    ]


def _midnight(day: date, zone: ZoneInfo, *, days: int = 0) -> datetime | None:
    """The moment at which a day, or one so many days later, begins; None: before or after all."""
    try:
        return datetime.combine(day + timedelta(days=days), time.min, tzinfo=zone).astimezone(UTC)
    except OverflowError:
        return None
