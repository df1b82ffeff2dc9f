"""Web addresses: taken apart (`addresses`), one for a page (`identity`), found in text (`links`).

Nothing here touches the network.
"""

from core.sources.urls.identity import canonical, clean, host_site, trusted_canonical
from core.sources.urls.links import find_links

__all__ = ["canonical", "clean", "find_links", "host_site", "trusted_canonical"]
