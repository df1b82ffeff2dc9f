"""A resource is what its bytes say, then what was declared, then what it is called."""

import io
import zipfile

import pytest

from core.domain import Resource
from core.sources.kinds import judge
from tests.core.sources.pdf_samples import make_pdf


def zipped(*names: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return buffer.getvalue()


HTML = "<!DOCTYPE html><html><body><p>一段文字</p></body></html>".encode()
TEXT = "一段文字，沒有標記。\n第二段。\n".encode()


@pytest.mark.parametrize(
    ("resource", "kind"),
    [
        pytest.param(Resource(HTML, "text/html"), "html", id="html"),
        pytest.param(Resource(HTML, "text/plain"), "html", id="html-as-text"),
        pytest.param(Resource(HTML, "application/octet-stream"), "html", id="html-as-bytes"),
        pytest.param(Resource(HTML, file_name="page.txt"), "html", id="html-called-text"),
        pytest.param(
            Resource(b"\xef\xbb\xbf\n <!-- a --> <HTML>" + HTML), "html", id="html-after-comment"
        ),
        pytest.param(Resource("<html>一</html>".encode("utf-16")), "html", id="html-in-utf-16"),
        pytest.param(Resource(b"<p>bare</p>", "text/html"), "html", id="fragment-declared"),
        pytest.param(Resource(b"<div>bare</div>"), "html", id="fragment"),
        pytest.param(
            Resource(b'<?xml version="1.0"?><html xmlns="x"></html>', "application/xhtml+xml"),
            "html",
            id="xhtml",
        ),
        pytest.param(Resource(b"words", file_name="page.HTM"), "html", id="named-html"),
        pytest.param(
            Resource(b"words", "text/html", url="https://e.example/a.pdf"),
            "html",
            id="declared-over-name",
        ),
        pytest.param(Resource(make_pdf([[]]), "text/html"), "pdf", id="pdf-as-html"),
        pytest.param(Resource(b"\0\0junk\n" + make_pdf([[]])), "pdf", id="pdf-after-junk"),
        pytest.param(Resource(b"not one", "application/pdf"), "pdf", id="pdf-declared"),
        pytest.param(
            Resource(b"\0\1\2\3" * 30, "application/pdf"), "pdf", id="pdf-declared-binary"
        ),
        pytest.param(Resource(TEXT, "text/plain"), "text", id="text"),
        pytest.param(
            Resource(TEXT.decode().encode("cp950"), file_name="a.txt"), "text", id="text-in-big5"
        ),
        pytest.param(
            Resource(TEXT.decode().encode("utf-16"), file_name="a.txt"), "text", id="text-in-utf-16"
        ),
        pytest.param(Resource(TEXT, file_name="README.md"), "text", id="markdown"),
        pytest.param(
            Resource(b"<div>a</div>\n\n# b", file_name="README.md"), "text", id="markdown-with-html"
        ),
        pytest.param(Resource(TEXT), "text", id="text-undeclared"),
        pytest.param(Resource(b""), "text", id="empty"),
        pytest.param(Resource(b"\x89PNG\r\n\x1a\n" + bytes(50), "text/html"), "picture", id="png"),
        pytest.param(Resource(b"\xff\xd8\xff\xe1" + bytes(50)), "picture", id="jpeg"),
        pytest.param(Resource(b"RIFF\0\0\0\0WEBPVP8 " + bytes(50)), "picture", id="webp"),
        pytest.param(Resource(b"<!---->" * 280 + b"<x>"), "text", id="nothing-but-comments"),
    ],
)
def test_what_is_read_is_recognised(resource: Resource, kind: str):
    """Bytes first."""
    assert judge(resource).kind == kind


@pytest.mark.parametrize(
    ("resource", "found"),
    [
        pytest.param(Resource(b"GIF89a" + bytes(50)), "GIF image", id="gif"),
        pytest.param(Resource(b"\0\0\0\x1cftypavif" + bytes(50)), "AVIF or HEIC image", id="avif"),
        pytest.param(Resource(b"\0\0\0\x1cftypmp42" + bytes(50)), "MP4 audio or video", id="mp4"),
        pytest.param(Resource(b"ID3\x04" + bytes(50)), "MP3 audio", id="mp3"),
        pytest.param(Resource(b"\xff\xfb\x90" + bytes(50)), "MP3 audio", id="mp3-bare"),
        pytest.param(
            Resource(zipped("[Content_Types].xml", "word/document.xml"), file_name="a.docx"),
            "Word document",
            id="docx",
        ),
        pytest.param(Resource(zipped("xl/workbook.xml")), "Excel workbook", id="xlsx"),
        pytest.param(Resource(zipped("a.txt"), file_name="a.txt"), "ZIP archive", id="zip"),
        pytest.param(
            Resource(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(50)),
            "Word, Excel or PowerPoint document (97-2003)",
            id="doc",
        ),
        pytest.param(Resource(b"{\\rtf1 a}"), "RTF document", id="rtf"),
        pytest.param(
            Resource(b'<?xml version="1.0"?><rss version="2.0"></rss>', "application/rss+xml"),
            "XML file or feed",
            id="feed",
        ),
        pytest.param(
            Resource(b'<svg xmlns="http://www.w3.org/2000/svg"></svg>', "image/svg+xml"),
            "SVG image",
            id="svg",
        ),
        pytest.param(Resource(b'{"a": 1}', "application/json"), "application/json", id="json"),
        pytest.param(Resource(b"a,b\n", file_name="table.csv"), ".csv", id="csv"),
        pytest.param(Resource(b"MIME-Version: 1.0\n"), "MHTML archive or mail", id="mhtml"),
        pytest.param(
            Resource(bytes(range(256)) * 4, file_name="a.bin"), ".bin", id="binary-with-a-name"
        ),
        pytest.param(
            Resource(bytes(range(256)) * 4, "application/octet-stream"), "binary file", id="binary"
        ),
    ],
)
def test_what_is_not_read_is_named(resource: Resource, found: str):
    """For the one who sent it."""
    judged = judge(resource)

    assert (judged.kind, judged.found) == ("other", found)
