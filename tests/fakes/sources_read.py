"""A source of our own making: reads files that begin with "fake:", and fails on request."""

from core.domain import Document, Resource
from core.errors import Forbidden, NotAnArticle, Unreadable
from core.sources.urls import canonical

MARK = b"fake:"


class FakeSource:
    """Reads "fake:words" as the text "words"; "fake:!wall", "fake:!broken", "fake:!login" fail."""

    name = "fake"

    def accepts(self, resource: Resource) -> bool:
        """See `core.ports.Source.accepts`."""
        return resource.data.startswith(MARK)

    def read(self, resource: Resource) -> Document:
        """See `core.ports.Source.read`."""
        text = resource.data.removeprefix(MARK).decode().strip()
        if text == "!broken":
            raise Unreadable("It is broken.", reason="broken")
        if text == "!login":
            raise Forbidden("It is behind a login.", reason="login")
        if text == "!wall" or not text:
            raise NotAnArticle("There is no text.", reason="no-text")
        address = canonical(resource.url) if resource.url else None
        return Document(text=text, url=resource.url, canonical_url=address)
