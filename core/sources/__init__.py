"""Reading what members send: an address, a file or a text becomes a `Document`.

`Reader` is the door. It has addresses opened (`core.ports.Opener`), judges what came back by its
bytes (`kinds`), has it parsed (`web`, `pdf`, `text`; the risky ones in a child process, `sandbox`)
and finished (`reading`). A new kind of source is one module with an extractor, and its line in
`SOURCES`.
"""

from dataclasses import replace
from typing import TYPE_CHECKING, Self

from core.domain import Document, Given, Link, PastedText, Resource, SentFile
from core.errors import UnsupportedType
from core.sources.kinds import SUPPORTED, judge
from core.sources.reading import Extracted, Format, FormatSource, ReadLimits, Run
from core.sources.sandbox import Sandbox
from core.sources.urls import clean

if TYPE_CHECKING:  # at run time it would bring numpy into the child process
    from core.ports import Opener, Source

__all__ = ["SOURCES", "ReadLimits", "Reader"]

# What a page or a PDF is read with is imported by the process that reads one: the child.


def _pdf(resource: Resource, limits: ReadLimits) -> Extracted:
    from core.sources import pdf

    return pdf.extract(resource, limits)


def _web(resource: Resource, limits: ReadLimits) -> Extracted:
    from core.sources import web

    return web.extract(resource, limits)


def _text(resource: Resource, limits: ReadLimits) -> Extracted:
    from core.sources import text

    return text.extract(resource, limits)


def _picture(resource: Resource, limits: ReadLimits) -> Extracted:
    from core.sources import picture

    return picture.extract(resource, limits)


SOURCES: tuple[Format, ...] = (
    Format("pdf", "pdf", _pdf),
    Format("web", "html", _web),
    Format("text", "text", _text, is_risky=False),
    Format("picture", "picture", _picture),
)
"""Every format that is read; the first that accepts a resource reads it."""

_LIMITS = ReadLimits()

PICTURE_DEADLINE_S = 60.0  # a page of text takes 3 s on two cores
PICTURE_MEMORY_BYTES = 4 << 30
"""Address space of the process that reads pictures: it was seen to take 1.4 GB of it for a small
picture, of which it used 0.6 GB."""


class Reader:
    """Turns what was handed in into documents. Thread-safe; cheap to make.

    Args:
        opener: the way to the network.
        limits: how much is read, and how long that may take.

    Attributes:
        reads_pictures: whether words in pictures are read.
    """

    def __init__(self, opener: "Opener", *, limits: ReadLimits = _LIMITS) -> None:
        self._opener = opener
        self._limits = limits
        self.reads_pictures = limits.reads_pictures
        self._sandbox = Sandbox(limits)
        self._pictures = Sandbox(
            replace(
                limits,
                deadline_s=PICTURE_DEADLINE_S,
                memory_bytes=PICTURE_MEMORY_BYTES,
                keep_bytes=PICTURE_MEMORY_BYTES,
            )
        )
        self._sources: tuple[Source, ...] = tuple(
            FormatSource(format_, self._run_of(format_))
            for format_ in SOURCES
            if format_.name != "picture" or limits.reads_pictures
        )

    def read(self, given: Given) -> Document:
        """Read whatever a member handed in.

        Raises:
            SenderError, LaterError: see `read_link`, `read_resource` and `read_text`.
        """
        match given:
            case Link(url):
                return self.read_link(url)
            case SentFile(name, data):
                return self.read_file(name, data)
            case PastedText():
                return self.read_text(given)

    def read_link(self, url: str) -> Document:
        """Fetch and read an address; a redirector's own is not visited, where it names its target.

        Raises:
            SenderError, LaterError: those of `core.ports.Opener.open` and of `read_resource`.
        """
        return self.read_resource(self._opener.open(clean(url)))

    def read_file(self, name: str, data: bytes) -> Document:
        """Read a file's bytes; a saved web page finds its own address.

        Raises:
            SenderError, LaterError: those of `read_resource`.
        """
        return self.read_resource(Resource(data=data, file_name=name))

    def read_text(self, pasted: PastedText) -> Document:
        """Read a pasted text: its title is its first line, if that is clearly one.

        Raises:
            NotAnArticle: there is not one letter in it ("no-text").
            TooLarge: more characters than are kept.
        """
        from core.sources import text

        return text.read_pasted(pasted, limits=self._limits)

    def read_resource(self, resource: Resource) -> Document:
        """Read bytes, wherever they are from.

        Raises:
            UnsupportedType: nothing reads this kind; facts `found`, `supported`.
            NotAnArticle: a consent wall, an error page, an empty shell, a list of links, no text;
                fact `reason`.
            Forbidden: behind a login, a paywall or a bot check; fact `reason`.
            TooLarge: too many bytes, pages, elements or characters; facts `what`, `limit`.
            Unreadable: broken, encrypted, or without a text layer; fact `reason`.
            TimedOut: parsing took too long; facts `what`, `limit_s`.
        """
        for source in self._sources:
            if source.accepts(resource):
                return source.read(resource)
        found = judge(resource).found
        where = resource.url or resource.file_name or "The file"
        raise UnsupportedType(
            f"{where} is of a kind that cannot be read ({found}); {SUPPORTED} can. "
            f"Send the text instead.",
            found=found,
            supported=SUPPORTED,
        )

    def warm(self) -> None:
        """Start the child process now, without waiting, so that the first page need not wait for
        it."""
        self._sandbox.warm()

    def close(self) -> None:
        """End the child processes; the object is not used afterwards."""
        self._sandbox.close()
        self._pictures.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _run_of(self, format_: Format) -> Run:
        if format_.name == "picture":
            return self._pictures.run
        return self._sandbox.run if format_.is_risky else self._run_here

    def _run_here(self, name: str, resource: Resource) -> Extracted:
        """Run a harmless extractor in this process."""
        (format_,) = (one for one in SOURCES if one.name == name)
        return format_.extract(resource, self._limits)
