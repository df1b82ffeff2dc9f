"""What every source shares: limits, what an extractor hands over, and how that becomes a Document.

Reading has two halves. *Extracting* touches foreign bytes with native parsers; it is a plain
function per kind (`web.extract`, `pdf.extract`, `text.extract`) that knows nothing but the bytes,
so that it can run in a child process. *Finishing* (`finish`) runs at home, where the language
models are: it adds the canonical address, the site and the language.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from core.domain import Document, Resource
from core.errors import BadAddress, NotAnArticle, TooLarge
from core.language import detect
from core.sources.kinds import Kind, judge
from core.sources.tidy import clean, clean_line
from core.sources.urls import host_site, trusted_canonical

Media = Literal["web", "pdf", "text", "picture"]


@dataclass(frozen=True, slots=True)
class ReadLimits:
    """How much of a foreign resource is read, and how long that may take.

    Attributes:
        max_html_bytes, max_pdf_bytes, max_text_bytes: decompressed size. A long article's page is
            under 1 MB; 8 MB leaves room for inlined images.
        reads_pictures: whether words in pictures are read (needs the extra `ocr`).
        max_picture_bytes: as they come; max_picture_points: width times height, unpacked.
        max_pages: of a PDF.
        max_elements: of a page. Long encyclopedia pages have 30,000.
        max_depth: of nested elements. libxml2 gives up at 256; real pages stay below 100.
        max_attributes: of one element; the attributes of an element with more are left out.
        max_characters: of the text that comes out.
        deadline_s: for one resource, parsing and all; then the child process is killed.
        memory_bytes: address space of the child process (where the system can limit it).
        keep_bytes: a child process that has grown past this answers and ends, so that what one
            big page needed is not held for ever.
    """

    max_html_bytes: int = 8 << 20
    max_pdf_bytes: int = 32 << 20
    max_text_bytes: int = 8 << 20
    reads_pictures: bool = False
    max_picture_bytes: int = 20 << 20
    max_picture_points: int = 50_000_000
    max_pages: int = 500
    max_elements: int = 60_000
    max_depth: int = 240
    max_attributes: int = 400
    max_characters: int = 2_000_000
    deadline_s: float = 15.0
    memory_bytes: int = 1 << 30
    keep_bytes: int = 160 << 20


@dataclass(frozen=True, slots=True)
class Extracted:
    """What an extractor found in a resource; everything else is found at home.

    Attributes:
        text: paragraphs one per line.
        site: the publisher's name as the resource gives it.
        language: as declared by the resource; a hint only.
        declared_url: what the resource says its address is (`rel=canonical`, `og:url`), absolute.
        saved_from: the address that a browser noted when it saved the page.
    """

    text: str
    title: str | None = None
    author: str | None = None
    published_on: date | None = None
    site: str | None = None
    language: str | None = None
    image_url: str | None = None
    declared_url: str | None = None
    saved_from: str | None = None


Extract = Callable[[Resource, ReadLimits], Extracted]
"""An extractor: pure, and allowed to crash the process it runs in."""

Run = Callable[[str, Resource], Extracted]
"""Runs the extractor of a source's name, here or elsewhere (see `core.sources.sandbox`)."""


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of resource that can be read: one line in the register `core.sources.SOURCES`.

    Attributes:
        name: short key, and what a document says that it was read from.
        kind: what `core.sources.kinds.judge` calls it.
        extract: its extractor.
        is_risky: its parser is native code that foreign bytes can hang or crash: needs the child
            process.
    """

    name: Media
    kind: Kind
    extract: Extract
    is_risky: bool = True


class FormatSource:
    """A `core.ports.Source` for one format.

    Args:
        format_: what it reads.
        run: where the extractor runs.
    """

    def __init__(self, format_: Format, run: Run) -> None:
        self._format = format_
        self._run = run

    @property
    def name(self) -> str:
        """The format's key."""
        return self._format.name

    def accepts(self, resource: Resource) -> bool:
        """Whether the resource is of this format, by its first bytes, declared type and name."""
        return judge(resource).kind == self._format.kind

    def read(self, resource: Resource) -> Document:
        """Read it (see `core.ports.Source.read`)."""
        return finish(self._run(self.name, resource), resource, media=self._format.name)


def finish(extracted: Extracted, resource: Resource, *, media: Media) -> Document:
    """Make a document of what was extracted.

    The text's own language decides; a declared one is believed only where the text is too short to
    say. An address that the resource declares is followed only where it can be trusted.

    Raises:
        NotAnArticle: nothing is left of the text ("no-text").
    """
    text = clean(extracted.text)
    if not any(character.isalnum() for character in text):
        where = resource.url or resource.file_name or "the resource"
        raise NotAnArticle(
            f"No text was found in {where}. Send the text instead.",
            reason="no-text",
            url=resource.url or "",
        )
    url, canonical_url = _address(resource, extracted)
    return Document(
        text=text,
        title=clean_line(extracted.title),
        author=clean_line(extracted.author),
        published_on=extracted.published_on,
        site=clean_line(extracted.site) or (host_site(url) if url else None),
        language=detect(text) or extracted.language,
        url=url,
        canonical_url=canonical_url,
        image_url=extracted.image_url,
        media=media,
    )


def _address(resource: Resource, extracted: Extracted) -> tuple[str | None, str | None]:
    """Where it is from, and the canonical form of that: both or neither.

    What was fetched has an address. What came as a file is asked where it was saved from, and only
    then where it says that it belongs: nobody vouches for that, but there is nothing to overrule.
    """
    for url in (resource.url, extracted.saved_from, extracted.declared_url):
        if url is None:
            continue
        try:
            return url, trusted_canonical(url, extracted.declared_url)
        except BadAddress:
            continue
    return None, None


def check_size(resource: Resource, limit: int) -> None:
    """Refuse more bytes than a source reads.

    Raises:
        TooLarge: facts `size` and `limit` in bytes.
    """
    if len(resource.data) > limit:
        where = resource.url or resource.file_name or "The resource"
        raise TooLarge(
            f"{where} has {len(resource.data)} bytes; the limit is {limit}. Send the text instead.",
            what="bytes",
            size=len(resource.data),
            limit=limit,
        )


def check_length(text: str, limits: ReadLimits) -> None:
    """Refuse more text than is kept.

    Raises:
        TooLarge: facts `size` and `limit` in characters.
    """
    if len(text) > limits.max_characters:
        raise TooLarge(
            f"The text has {len(text)} characters; the limit is {limits.max_characters}. "
            f"Send a part of it.",
            what="characters",
            size=len(text),
            limit=limits.max_characters,
        )
