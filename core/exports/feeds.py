"""RSS 2.0 and Atom, written by feedgenerator (Django's, kept by Pelican); the newest come first."""

import re
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from html import escape
from typing import IO, Literal
from uuid import NAMESPACE_URL, uuid5

from core.domain import Community
from core.exports.bookmarks import is_web
from core.exports.record import Record

MOST = 100
"""Entries of a feed: readers ask for all of them again and again."""

# XML 1.0 has no place for these, escaped or not (section 2.2)
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write_feed(
    records: Iterable[Record],
    stream: IO[bytes],
    *,
    form: Literal["rss", "atom"],
    community: Community,
    about: str,
    named: Callable[[str], str],
    now: datetime,
) -> int:
    """Write those that have an address.

    An entry keeps its id for as long as its address or number is the same, so readers show it once.

    Args:
        records: newest first; at most `MOST` are taken.
        stream: gets XML in UTF-8.
        community: whose; it has no address of its own, so its name makes one (`urn:uuid:`).
        about: a line on what the feed holds.
        named: what the label at a path is called.
        now: when it is made.

    Returns:
        How many are written.
    """
    from feedgenerator import Atom1Feed, Rss201rev2Feed

    here = _urn(f"commonplace:{community.name}")
    title = _clean(community.title or community.name)
    feed = (Atom1Feed if form == "atom" else Rss201rev2Feed)(
        title=title,
        author_name=title,  # Atom wants one where entries have none (RFC 4287, section 4.1.1)
        link=here,
        description=_clean(about),
        language=community.language,
        feed_guid=here,
    )
    taken = 0
    for record in records:
        if not is_web(record.url):
            continue
        feed.add_item(
            title=_clean(record.title),
            link=_clean(record.url or ""),
            # readers take a summary for HTML, and what a page says is none
            description=escape(_clean(record.generated or record.summary or ""), quote=False),
            author_name=_clean(record.author) if record.author else None,
            pubdate=record.received_at.astimezone(UTC),
            updateddate=record.received_at.astimezone(UTC),
            unique_id=_urn(f"commonplace:{community.name}:{record.number}:{record.url}"),
            unique_id_is_permalink=False,
            categories=[_clean(named(path)) for path in record.labels],
        )
        taken += 1
        if taken == MOST:
            break
    if not taken:  # an empty one says when it was made, a full one when its newest entry came
        feed.latest_post_date = lambda: now
    feed.write(stream, "utf-8")
    return taken


def _urn(words: str) -> str:
    return uuid5(NAMESPACE_URL, words).urn


def _clean(words: str) -> str:
    return _NO_XML.sub("", words)
