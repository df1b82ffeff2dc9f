"""The reader: everything that members hand in becomes a document, or an error that says why not."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.domain import Link, PastedText, Resource, SentFile
from core.errors import NotFound, UnsupportedType
from core.sources import Reader, ReadLimits
from tests.core.sources.pdf_samples import make_pdf, paragraph
from tests.core.sources.web_samples import ENGLISH_NEWS, UDN, ZH
from tests.fakes.sources import FakeOpener


@pytest.fixture(scope="module")
def opener() -> FakeOpener:
    return FakeOpener()


@pytest.fixture(scope="module")
def reader(opener: FakeOpener) -> Iterator[Reader]:
    with Reader(opener) as one:
        yield one


def test_a_link_is_fetched_read_and_named(reader: Reader, opener: FakeOpener):
    """From an address to everything that a card shows."""
    opener.page(UDN.url, UDN.html)

    document = reader.read(Link(UDN.url))

    assert document.title == UDN.title
    assert document.published_on == UDN.published_on
    assert document.site == UDN.site
    assert document.language == "zh-Hant"
    assert document.canonical_url == UDN.url
    assert document.media == "web"
    assert all(paragraph in document.text.split("\n") for paragraph in ZH)


def test_a_page_in_big5_that_says_it_is_latin_is_read(reader: Reader, opener: FakeOpener):
    """The whole way, through the child process."""
    html = UDN.html.replace('<meta charset="utf-8">', "").encode("cp950", "xmlcharrefreplace")
    url = opener.page("https://news.example.tw/big5", html, charset="iso-8859-1")

    assert ZH[1] in reader.read_link(url).text


def test_what_the_opener_refuses_is_refused(reader: Reader):
    """Its errors are not ours to change."""
    with pytest.raises(NotFound):
        reader.read(Link("https://nowhere.example/"))


def test_a_pdf_is_read_by_its_bytes_whatever_it_was_called(reader: Reader, opener: FakeOpener):
    """Servers send them as anything."""
    data = make_pdf(
        [paragraph(["The keys of the mill are with the council, and nobody answers there."])]
    )
    url = opener.page(
        "https://example.com/download?id=3",
        data,
        media_type="application/octet-stream",
        charset=None,
    )

    assert reader.read_link(url).media == "pdf"
    assert reader.read(SentFile("mill.txt", data)).media == "pdf"


def test_a_saved_page_knows_its_address(reader: Reader):
    """From what the browser noted, or from what the page declares."""
    noted = reader.read_file(
        "page.html",
        b"<!-- saved from url=(0042)https://example.com/from?fbclid=1 -->\n"
        + ENGLISH_NEWS.html.encode(),
    )
    declared = reader.read_file("page.html", UDN.html.encode())
    neither = reader.read_file("page.html", ENGLISH_NEWS.html.encode())

    assert (noted.url, noted.canonical_url) == (
        "https://example.com/from?fbclid=1",
        "https://example.com/from",
    )
    assert (declared.url, declared.canonical_url) == (UDN.url, UDN.url)
    assert (neither.url, neither.canonical_url) == (None, None)


def test_a_saved_page_with_a_given_address_is_read_under_it(reader: Reader):
    """As `commonplace fetch --html FILE --url URL` does."""
    document = reader.read_resource(
        Resource(UDN.html.encode(), url=f"{UDN.url}?from=udn-ch1", file_name="a.html")
    )

    assert document.canonical_url == UDN.url


def test_a_pasted_text_needs_no_child_process(opener: FakeOpener):
    """An import reads thousands of them."""
    with Reader(opener) as one:
        document = one.read(PastedText(ZH[0]))

        assert document.text == ZH[0]
        assert one._sandbox.pid is None


def test_what_nobody_reads_is_named(reader: Reader):
    """With what it is, and what would do."""
    with pytest.raises(UnsupportedType) as caught:
        reader.read_file("photo.jpg", b"\xff\xd8\xff\xe0" + bytes(100))

    assert caught.value.facts == {
        "found": "JPEG image",
        "supported": "web pages (HTML), PDF, plain text and Markdown",
    }


def test_parsers_stay_out_of_this_process(opener: FakeOpener, tmp_path: Path):
    """They cost 40 MB, and only the child needs them."""
    import subprocess

    script = tmp_path / "read.py"
    script.write_text(
        "import sys\n"
        "from core.domain import Resource\n"
        "from core.sources import Reader\n"
        "page = '<html><body><article>' + '<p>A sentence of a page, in plain "
        "words.</p>' * 9 + '</article></body></html>'\n"
        "with Reader(None) as reader:\n"
        "    assert 'plain words' in reader.read_resource(Resource(page.encode(), "
        "'text/html')).text\n"
        "print(sorted({'trafilatura', 'lxml', 'pypdfium2', 'charset_normalizer', 'httpcore'} "
        "& sys.modules.keys()))\n"
    )

    done = subprocess.run(
        [sys.executable, str(script)],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONPATH": ":".join(sys.path)},
        stdin=subprocess.PIPE,
    )

    assert done.stdout == "[]\n"
    assert done.stderr == ""


def test_limits_are_the_readers(opener: FakeOpener):
    """All of them, in both processes."""
    limits = ReadLimits(max_characters=20)
    with Reader(opener, limits=limits) as one, pytest.raises(Exception, match="limit is 20"):
        one.read_file("a.html", UDN.html.encode())
