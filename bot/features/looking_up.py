"""Looking something up from any chat: items of the communities that a member belongs to."""

from collections.abc import Sequence
from itertools import chain, zip_longest
from typing import TYPE_CHECKING

from bot.chat import Found
from bot.render import cards, labels
from bot.render.spans import joined
from bot.texts import Texts
from core.domain import Community, Item, State
from core.errors import BadQuery

if TYPE_CHECKING:
    from core.library import Library


def look_up(
    library: "Library",
    communities: Sequence[Community],
    query: str,
    *,
    texts: Texts,
    offset: int,
    limit: int,
) -> list[Found]:
    """Find items, so that one of them can be put into a chat.

    Best ones first: every community's best, then every one's second, and so on, since scores of
    different collections say nothing about each other. Without a query, newest first.

    Args:
        library: where they are.
        communities: of which the member is one; nothing of others is ever found.
        query: in the query language; one that cannot be understood (yet: people are typing) finds
            nothing.
        texts: the member's words.
        offset: so many are passed over; limit: so many are told at most.
    """
    ranked = [
        [(each, item) for item in _best(library, each, query, most=offset + limit)]
        for each in communities
    ]
    if query.strip():
        in_turn = chain.from_iterable(zip_longest(*ranked))
        found = [each for each in in_turn if each is not None]
    else:
        found = sorted(chain(*ranked), key=lambda pair: pair[1].received_at, reverse=True)
    return [_offered(item, each, library, texts) for each, item in found[offset : offset + limit]]


def _best(library: "Library", community: Community, query: str, *, most: int) -> list[Item]:
    try:
        results = library.search.find(community, query, limit=most)
    except BadQuery:
        return []
    return [hit.item for hit in results.hits if hit.item.state is State.DONE]


def _offered(item: Item, community: Community, library: "Library", texts: Texts) -> Found:
    taxonomy = library.taxonomies(community)
    where_from = [span for each in cards.source(item, texts) for span in each.spans]
    about = joined([where_from, *labels.in_brief(item, taxonomy, texts)])
    return Found(
        key=f"{community.id}-{item.number}",
        title=cards.shortened(item.title, 100),
        about="".join(span.text for span in about),
        reply=cards.shared(item, taxonomy=taxonomy, texts=texts),
    )
