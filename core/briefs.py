"""Use case: a writer asks for what the collection says about something.

1. What the query keeps is read, the newest up to `MOST`; filters and words as in an export, so that
   the same query always makes the same dossier.
2. One item speaks for each story; its sentences are weighed, stories grouped, numbers and dates
   read off, gaps counted (`core.brief`).
3. A language model, if one is set up, is asked for a draft over the quotations, and held to them
   (`core.drafting`). The dossier stands without it.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import chain, zip_longest
from zoneinfo import ZoneInfo

from core.brief import (
    Brief,
    Material,
    grouped,
    heads,
    heard,
    matters,
    speakers,
    stance_of,
    undecided,
)
from core.brief_facts import facts
from core.brief_gaps import gaps
from core.domain import Community, Item, Language, State
from core.draft import Drafter
from core.drafting import drafted
from core.ports import Clock
from core.query import Query
from core.quote import Quote
from core.quoting import weighed
from core.search import Search
from core.store.repository import Repository
from core.taxonomy import Taxonomy, dimension_of

MOST = 500
"""Items that a dossier rests on at most: as many sources as a book may have."""

CHOSEN_QUOTES = 60
"""Quotations that a language model is shown at most."""


class Briefs:
    """Makes dossiers.

    Args:
        repository: has the texts.
        search: knows what a query keeps.
        taxonomies: a community's taxonomy.
        clock: tells the time.
        drafter: a language model; None: there is none.
    """

    def __init__(
        self,
        repository: Repository,
        search: Search,
        taxonomies: Callable[[Community], Taxonomy],
        clock: Clock,
        drafter: Drafter | None = None,
    ) -> None:
        self._repository = repository
        self._search = search
        self._taxonomies = taxonomies
        self._clock = clock
        self._drafter = drafter

    @property
    def drafts(self) -> bool:
        """Whether a language model is asked."""
        return self._drafter is not None

    def compose(self, community: Community, query: str) -> Brief:
        """Make a dossier of what a query keeps, without a draft.

        Raises:
            BadQuery: it cannot be understood.
        """
        taxonomy = self._taxonomies(community)
        ids, parsed = self._search.select(community, query)
        found = self._repository.items(ids[-MOST:])
        items = sorted((each for each in found if _is_readable(each)), key=lambda each: each.number)
        stories = self._stories(items, community, parsed, taxonomy)
        among = heads(parsed.filters.labels, taxonomy)
        groups = grouped(stories, among)
        stance = stance_of(taxonomy)
        figures, days = facts(
            [(each.item.number, each.at, _published(each.item), each.sentences) for each in stories]
        )
        now = self._clock.now()
        today = now.astimezone(ZoneInfo(community.timezone)).date()
        return Brief(
            query=str(parsed),
            at=now,
            items=tuple(items),
            stories=len(stories),
            groups=groups,
            figures=figures,
            days=days,
            gaps=gaps(
                [each.item for each in stories],
                days=[each.at for each in stories],
                about=dimension_of(among[0]) if among else None,
                heads=among if parsed.filters.labels else (),
                full=[each.path for each in groups if each.path is not None],
                suggested=undecided(stories, parsed.filters.labels[:1] or among),
                taxonomy=taxonomy,
                stance=stance,
                since=parsed.filters.since,
                until=min(parsed.filters.until, today) if parsed.filters.until else None,
            ),
            asked=parsed.filters.labels,
            words=(*parsed.words, *(f'"{each}"' for each in parsed.phrases)),
            left_out=max(0, len(ids) - MOST),
            stance=None if stance is None else stance.id,
            voices=() if stance is None else heard(stories, stance),
        )

    def with_draft(self, brief: Brief, *, language: Language) -> Brief:
        """The same with what a language model makes of it; unchanged if there is none, or nothing
        to draft from."""
        quotes = chosen_quotes(brief)
        if self._drafter is None or not quotes:
            return brief
        draft = drafted(self._drafter, quotes, brief.items, about=brief.query, language=language)
        return replace(brief, draft=draft)

    def _stories(
        self, items: list[Item], community: Community, parsed: Query, taxonomy: Taxonomy
    ) -> list[Material]:
        matter = matters(parsed.filters.labels, (*parsed.words, *parsed.phrases), taxonomy)
        zone = ZoneInfo(community.timezone)
        stories = []
        for item, others in speakers(items):
            assert item.document is not None
            at = item.document.published_on or item.received_at.astimezone(zone).date()
            sentences = weighed(item.document, item.summary, matter=matter)
            stories.append(Material(item, others, at, tuple(sentences)))
        return stories


def chosen_quotes(brief: Brief) -> list[Quote]:
    """Quotations for a language model: every group's first, then every one's second, and so on, so
    that no group is left out for another's length; voices first."""
    lists = [
        [quote for each in told for quote in each.quotes]
        for told in (
            *(voice.told for voice in brief.voices),
            *(group.told for group in brief.groups),
        )
    ]
    in_turn = chain.from_iterable(zip_longest(*lists))
    return list(dict.fromkeys(each for each in in_turn if each is not None))[:CHOSEN_QUOTES]


def _is_readable(item: Item) -> bool:
    return item.state is State.DONE and item.document is not None


def _published(item: Item) -> date | None:
    return item.document.published_on if item.document is not None else None
