"""A reader that answers from memory: pages by address, files by name, texts as they are."""

from collections.abc import Callable
from dataclasses import replace

from core.domain import Document, Given, Link, PastedText, SentFile
from core.errors import NotAnArticle, NotFound
from core.sources.urls import canonical


class FakeReader:
    """Reads what it was told of; an address that it was not told of is not found.

    Attributes:
        read_links: addresses in the order they were read.
        on_read: is called before each reading of a link; may raise, or wait.
    """

    reads_pictures = False

    def __init__(self) -> None:
        self.read_links: list[str] = []
        self.on_read: Callable[[str], None] = lambda _url: None
        self._pages: dict[str, Document | BaseException] = {}

    def page(self, url: str, text: str, *, to: str | None = None, **said: object) -> str:
        """Let an address show a text; `to` is where it really is, after redirects."""
        end = to or url
        document = Document(text=text, url=end, canonical_url=canonical(end), media="web")
        self._pages[url] = replace(document, **said)
        return url

    def fails(self, url: str, error: BaseException) -> str:
        """Let an address fail."""
        self._pages[url] = error
        return url

    def read(self, given: Given) -> Document:
        match given:
            case Link(url):
                return self._open(url)
            case PastedText():
                return self.read_text(given)
            case SentFile(_, data):
                return self.read_text(PastedText(data.decode()))

    def read_text(self, pasted: PastedText) -> Document:
        text = "\n".join(line.strip() for line in pasted.text.splitlines() if line.strip())
        if not text:
            raise NotAnArticle("The text is empty.", reason="no-text")
        address = None if pasted.url is None else canonical(pasted.url)
        return Document(
            text=text,
            title=pasted.title,
            url=pasted.url,
            canonical_url=address,
            published_on=pasted.published_on,
            language="zh-Hant" if "，" in text or "。" in text else "en",
        )

    def _open(self, url: str) -> Document:
        self.read_links.append(url)
        self.on_read(url)
        match self._pages.get(url):
            case Document() as document:
                return document
            case BaseException() as error:
                raise error
            case None:
                raise NotFound("There is no such page.", status=404)
