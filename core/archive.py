"""Where an archive may have a page as it was: the address is built, nothing is fetched.

Source: archive.org/help/wayback_api.php; web.archive.org/web/TIMESTAMP/ADDRESS leads to the copy
that is nearest to a moment (14 digits, UTC), if there is one.
"""

from datetime import UTC, datetime
from urllib.parse import urlsplit

from core.domain import Item, Link

WAYBACK = "https://web.archive.org/web/"


def address_of(item: Item) -> str | None:
    """Where an item can be read; None for what has no web address."""
    url = item.document.url if item.document is not None else None
    if url is None and isinstance(item.given, Link):
        url = item.given.url
    return url if url and urlsplit(url).scheme in ("http", "https") else None


def wayback(url: str, at: datetime) -> str:
    """The address of the copy nearest to a moment."""
    return f"{WAYBACK}{at.astimezone(UTC):%Y%m%d%H%M%S}/{url.partition('#')[0]}"


def archived(item: Item) -> str | None:
    """The address of the copy nearest to when an item was kept; None for what has no address."""
    url = address_of(item)
    return None if url is None else wayback(url, item.received_at)
