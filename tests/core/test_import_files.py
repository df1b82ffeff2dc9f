"""A collection from elsewhere becomes entries; a broken line is told and passed over."""

from datetime import date
from pathlib import Path

import pytest

from core.errors import BadFile
from core.import_files import read_entries
from core.ingest import ImportEntry


def entries(file: Path) -> tuple[list[ImportEntry], list[str]]:
    """What was read, and what was said of the rest."""
    problems: list[BadFile] = []
    found = list(read_entries(file, on_error=problems.append))
    return found, [problem.message for problem in problems]


def written(tmp_path: Path, name: str, text: str) -> Path:
    """A file with this text."""
    file = tmp_path / name
    file.write_text(text, "utf-8")
    return file


def test_json_lines_carry_every_field(tmp_path: Path):
    """Everything that an archive knows of an item arrives."""
    file = written(
        tmp_path,
        "archive.jsonl",
        '{"id": 7, "url": "https://example.org/a", "title": "移工", "text": "全文。",'
        ' "published_at": "2026-03-14T08:00:00+08:00", "labels": ["topic/labour"]}\n\n',
    )

    found, problems = entries(file)

    assert found == [
        ImportEntry(
            external_id="7",
            url="https://example.org/a",
            title="移工",
            text="全文。",
            published_on=date(2026, 3, 14),
            labels=("topic/labour",),
        )
    ]
    assert problems == []


def test_a_table_has_the_same_fields(tmp_path: Path):
    """A spreadsheet saved as CSV, with a byte order mark and labels separated by semicolons."""
    file = written(
        tmp_path,
        "sheet.csv",
        '\ufeffURL,Title,labels\nhttps://example.org/a,"移工, 一",topic/labour; place/taiwan\n'
        "https://example.org/b,,\n",
    )

    found, _ = entries(file)

    assert [(entry.url, entry.labels) for entry in found] == [
        ("https://example.org/a", ("topic/labour", "place/taiwan")),
        ("https://example.org/b", ()),
    ]


def test_bookmarks_are_links_with_titles(tmp_path: Path):
    """What a browser exports; its own pages are left out."""
    file = written(
        tmp_path,
        "bookmarks.html",
        "<!DOCTYPE NETSCAPE-Bookmark-file-1><DL><p>"
        '<DT><A HREF="https://example.org/?a=1&amp;b=2" ADD_DATE="1">居住 &amp; 正義</A>'
        '<DT><A HREF="javascript:alert(1)">no</A><DT><A HREF="place:sort=8">no</A></DL>',
    )

    found, _ = entries(file)

    assert found == [ImportEntry(url="https://example.org/?a=1&b=2", title="居住 & 正義")]


def test_a_list_of_links_may_have_remarks(tmp_path: Path):
    """One link a line, in a file of any other name."""
    file = written(
        tmp_path, "links", "# 2026\nhttps://example.org/a#part  # good\n\nhttps://example.org/b\n"
    )

    found, _ = entries(file)

    assert [entry.url for entry in found] == ["https://example.org/a#part", "https://example.org/b"]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        pytest.param('{"url": ', "not JSON", id="broken-json"),
        pytest.param('["https://example.org"]', "expected an object", id="no-object"),
        pytest.param('{"title": "x"}', 'a "url" or a "text"', id="nothing-to-keep"),
        pytest.param('{"url": "example.org"}', "http:// or https://", id="no-address"),
        pytest.param('{"text": ["x"]}', "a string", id="text-is-a-list"),
        pytest.param('{"text": "x", "labels": "topic"}', "a list of label paths", id="one-label"),
        pytest.param('{"text": "x", "published_at": "14.3.26"}', "2026-03-14", id="no-date"),
    ],
)
def test_a_broken_line_is_named_and_passed_over(tmp_path: Path, line: str, expected: str):
    """One mistake does not hold up the lines after it."""
    file = written(tmp_path, "a.jsonl", f'{{"text": "first"}}\n{line}\n{{"text": "third"}}\n')

    found, problems = entries(file)

    assert [entry.text for entry in found] == ["first", "third"]
    assert len(problems) == 1
    assert "line 2" in problems[0]
    assert expected in problems[0]


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        pytest.param("a.csv", "名稱,網址\nx,y\n".encode(), "columns", id="unknown-columns"),
        pytest.param("a.csv", b"url\n\xff\xfe\n", "UTF-8", id="table-not-utf8"),
        pytest.param("a.txt", b"https://a.example\n\xff\n", "UTF-8", id="list-not-utf8"),
        pytest.param("a.html", b"<html><p>An article.</p>", "no bookmarks", id="a-saved-page"),
    ],
)
def test_a_file_of_another_kind_is_refused(
    tmp_path: Path, name: str, content: bytes, expected: str
):
    """The reason names the file and what was expected."""
    file = tmp_path / name
    file.write_bytes(content)

    with pytest.raises(BadFile, match=expected) as caught:
        entries(file)

    assert str(file) in caught.value.message


def test_a_missing_file_is_told(tmp_path: Path):
    """No such file is the operator's to mend."""
    with pytest.raises(BadFile, match="Check the path"):
        entries(tmp_path / "nowhere.jsonl")
