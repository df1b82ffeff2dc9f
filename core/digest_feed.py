"""A digest as an Atom feed (RFC 4287), written by feedgenerator (Django's, kept by Pelican).

Words come in with the data, in the reader's language: nothing here speaks.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape
from io import BytesIO
from uuid import NAMESPACE_URL, uuid5

from core.domain import Community

# XML 1.0 has no place for these, escaped or not (section 2.2)
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Entry:
    """A story: its number in the community, where it can be read, and what is said of it."""

    number: int
    title: str
    link: str | None
    words: str
    at: datetime
    labels: tuple[str, ...] = ()


def atom(
    entries: Sequence[Entry], *, community: Community, title: str, about: str, now: datetime
) -> bytes:
    """A feed of stories in their order, in UTF-8. An entry keeps its id from digest to digest, so
    that readers show it once."""
    from feedgenerator import Atom1Feed

    here = _urn(f"commonplace:{community.name}:digest")
    feed = Atom1Feed(
        title=_clean(title),
        link=here,
        description=_clean(about),
        language=community.language,
        feed_guid=here,
    )
    for each in entries:
        at = each.at.astimezone(UTC)
        link = each.link or ""
        feed.add_item(
            title=_clean(each.title),
            link=_clean(link) or _urn(f"commonplace:{community.name}:{each.number}"),
            description=escape(_clean(each.words)),  # Atom: its summary is HTML
            pubdate=at,
            updateddate=at,
            unique_id=_urn(f"commonplace:{community.name}:{each.number}:{link}"),
            unique_id_is_permalink=False,
            categories=[_clean(label) for label in each.labels],
        )
    feed.latest_post_date = lambda: now.astimezone(UTC)
    out = BytesIO()
    feed.write(out, "utf-8")
    return out.getvalue()


def _urn(words: str) -> str:
    return uuid5(NAMESPACE_URL, words).urn


def _clean(words: str) -> str:
    return _NO_XML.sub("", words)
