"""Every source keeps the promises of `core.ports.Source`, in this process and in the child."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from textwrap import wrap as wrapped

import pytest

from core.domain import Resource
from core.errors import (
    Forbidden,
    LaterError,
    NotAnArticle,
    NotFound,
    SenderError,
    TooLarge,
    Unreadable,
)
from core.ports import Source
from core.sources import SOURCES
from core.sources.reading import FormatSource, ReadLimits
from core.sources.sandbox import Sandbox
from core.sources.urls import canonical
from tests.core.sources.pdf_samples import Set, make_pdf, paragraph
from tests.core.sources.picture_samples import CAN_READ, make_picture
from tests.fakes.sources_read import FakeSource

LIMITS = ReadLimits(
    max_html_bytes=200_000,
    max_pdf_bytes=200_000,
    max_text_bytes=200_000,
    max_picture_bytes=200_000,
    reads_pictures=True,
    deadline_s=60,
    memory_bytes=4 << 30,
)
URL = "https://www.example.com/a/1?utm_source=mail#top"
WORDS = "Residents of three villages met on Saturday to decide what to do with the mill."

PAGE = (
    "<html><head><title>Mill</title></head><body><article><h1>Mill</h1>"
    f"{f'<p>{WORDS}</p>' * 4}</article></body></html>"
)
NOT_FOUND = (
    b"<html><head><title>404 Not Found</title></head><body><h1>404 Not Found</h1></body></html>"
)
PDF = make_pdf([[Set("Mill", 72, 760, 20), *paragraph([WORDS, WORDS])]])


@dataclass(frozen=True)
class Case:
    """What a source is fed with."""

    name: str
    good: Resource
    bad: tuple[Resource, ...]


CASES = (
    Case(
        "web",
        Resource(PAGE.encode(), "text/html", "utf-8", URL),
        (
            Resource(
                NOT_FOUND,
                "text/html",
                url=URL,
            ),
            Resource(b"<html><body></body></html>", "text/html", url=URL),
            Resource(b"<html>" + b" " * 200_000, "text/html", url=URL),
        ),
    ),
    Case(
        "pdf",
        Resource(PDF, "application/pdf", url=URL),
        (
            Resource(PDF[:300], "application/pdf", url=URL),
            Resource(make_pdf([[]]), "application/pdf", url=URL),
            Resource(PDF + b" " * 200_000, "application/pdf", url=URL),
        ),
    ),
    Case(
        "text",
        Resource(WORDS.encode(), "text/plain", "utf-8", URL),
        (Resource(b" \n ", "text/plain", url=URL), Resource(b"x" * 200_001, "text/plain", url=URL)),
    ),
    Case(
        "picture",
        Resource(make_picture(*wrapped(WORDS, 36)), "image/png", url=URL),
        (
            Resource(make_picture(), "image/png", url=URL),
            Resource(make_picture(WORDS)[:90], "image/png", url=URL),
            Resource(make_picture(WORDS) + b" " * 200_000, "image/png", url=URL),
        ),
    ),
    Case(
        "fake",
        Resource(b"fake:" + WORDS.encode(), url=URL),
        (
            Resource(b"fake:", url=URL),
            Resource(b"fake:!broken", url=URL),
            Resource(b"fake:!login", url=URL),
        ),
    ),
)


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    box = Sandbox(LIMITS)
    yield box
    box.close()


@pytest.fixture(
    params=[
        pytest.param((case, where), id=f"{case.name}-{where}")
        for case in CASES
        for where in ("here", "child")
        if (case.name != "fake" or where == "here") and (case.name != "picture" or CAN_READ)
    ]
)
def subject(request: pytest.FixtureRequest, sandbox: Sandbox) -> tuple[Source, Case]:
    case, where = request.param
    if case.name == "fake":
        return FakeSource(), case
    (format_,) = (one for one in SOURCES if one.name == case.name)
    run = (
        sandbox.run
        if where == "child"
        else lambda _name, resource: format_.extract(resource, LIMITS)
    )
    return FormatSource(format_, run), case


def test_it_has_its_name(subject: tuple[Source, Case]):
    """A short key."""
    source, case = subject

    assert source.name == case.name


def test_it_accepts_its_own_and_no_other(subject: tuple[Source, Case]):
    """Each resource has one source."""
    source, case = subject

    assert source.accepts(case.good)
    # FakeSource's resources are text to everybody else
    others = [other for other in CASES if other.name not in (case.name, "fake")]
    assert not any(source.accepts(other.good) for other in others)


def test_it_reads_a_text_with_its_address(subject: tuple[Source, Case]):
    """Clean, not empty, with the canonical address."""
    source, case = subject

    document = source.read(case.good)

    assert WORDS in document.text
    assert document.url == URL
    assert document.canonical_url == canonical(URL)
    assert unicodedata.is_normalized("NFC", document.text)
    assert all(line and line == line.strip() for line in document.text.split("\n"))


def test_the_same_bytes_give_the_same_document(subject: tuple[Source, Case]):
    """A retry changes nothing."""
    source, case = subject

    assert source.read(case.good) == source.read(case.good)


def test_it_says_why_it_cannot_read(subject: tuple[Source, Case]):
    """By an error of ours, with facts; never by another or with an empty text."""
    source, case = subject

    for resource in case.bad:
        with pytest.raises((SenderError, LaterError)) as caught:
            source.read(resource)
        assert isinstance(caught.value, NotAnArticle | Forbidden | NotFound | Unreadable | TooLarge)
        assert {"reason", "what"} & caught.value.facts.keys()
        assert caught.value.message
