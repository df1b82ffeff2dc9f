"""Papers as Markdown and DOCX: words are words, whatever they look like, in both."""

import io
import re
import zipfile
from datetime import UTC, datetime
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.papers.docx import docx
from bot.papers.markdown import address, markdown, plain
from bot.papers.paper import Entry, Heading, Paper, Quotation, Run, entry, paragraph, strong

AT = datetime(2026, 3, 1, tzinfo=UTC)
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def paper(*blocks) -> Paper:
    return Paper("題目 <1>", blocks, "zh-TW", "移工盟", AT)


def paragraphs(data: bytes) -> list[tuple[str, str]]:
    """Style and words of every paragraph of a DOCX file."""
    body = ElementTree.fromstring(zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml"))
    found = []
    for each in body.iter(f"{WORD}p"):
        style = each.find(f"{WORD}pPr/{WORD}pStyle")
        words = "".join(
            "\n"
            if part.tag == f"{WORD}br"
            else "\t"
            if part.tag == f"{WORD}tab"
            else part.text or ""
            for part in each.iter()
            if part.tag in (f"{WORD}t", f"{WORD}br", f"{WORD}tab")
        )
        found.append(("" if style is None else style.get(f"{WORD}val"), words))
    return found


SOURCE = (Run("#7", link="https://news.example/7"), Run(" · 公視"))


def test_markdown():
    """Headings, paragraphs, a list, a quotation with its source."""
    written = markdown(
        paper(
            Heading("一章"),
            paragraph(strong("#7 題"), " · 公視"),
            Quotation("他說：「3.5% 的人。」", SOURCE),
            entry("一"),
            entry("二"),
        )
    )

    assert written == (
        "# 題目 \\<1\\>\n\n## 一章\n\n**\\#7 題** · 公視\n\n"
        "> 他說：「3.5% 的人。」\n>\n> [\\#7](<https://news.example/7>) · 公視\n\n- 一\n- 二\n"
    )


@pytest.mark.parametrize(
    ("words", "written"),
    [
        ("1. 第一", "1\\. 第一"),
        ("12) 一", "12\\) 一"),
        ("- 一", "\\- 一"),
        ("+ 一", "\\+ 一"),
        ("# 一", "\\# 一"),
        ("> 一", "\\> 一"),
        ("===", "\\==="),
        ("3.5% 的人", "3.5% 的人"),
        ("![x](y) &lt; $x$", "\\!\\[x\\](y) \\&lt; \\$x\\$"),
    ],
)
def test_a_beginning_is_no_markup(words, written):
    """A sentence that begins like a list, a heading or a quotation is none."""
    assert plain(words) == written


@given(st.text(st.characters(exclude_categories=["C", "Zl", "Zp"])))
def test_marks_taken_away_a_sentence_is_as_it_was(words):
    """Escaping adds backslashes before signs, and nothing else."""
    assert re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", plain(words)) == words


@given(st.text(min_size=1))
def test_an_address_does_not_end_early(link):
    """Whatever it holds."""
    assert not set("<>\\ \n").intersection(address(link))


def test_docx():
    """Styles that Word knows; a link leads to its address; pages are A4."""
    data = docx(
        paper(
            Heading("一章"),
            Heading("一節", 2),
            paragraph(strong("#7 題")),
            Quotation("他說：「走吧。」", SOURCE),
            Entry((Run("一"),)),
        )
    )

    assert paragraphs(data) == [
        ("Title", "題目 <1>"),
        ("Heading1", "一章"),
        ("Heading2", "一節"),
        ("", "#7 題"),
        ("Quote", "他說：「走吧。」\n#7 · 公視"),
        ("ListBullet", "一"),
    ]
    archive = zipfile.ZipFile(io.BytesIO(data))
    links = archive.read("word/_rels/document.xml.rels").decode()
    assert 'Target="https://news.example/7" TargetMode="External"' in links
    styles = archive.read("word/styles.xml").decode()
    assert 'w:eastAsia="Microsoft JhengHei"' in styles
    assert 'w:w="11906" w:h="16838"' in archive.read("word/document.xml").decode()


@given(st.text(st.characters(exclude_characters="\r\n"), max_size=80))
def test_any_words_can_be_written(words):
    """What XML cannot hold is left out; the rest is as it was."""
    (_, (_, written)) = paragraphs(docx(paper(paragraph(f"a{words}"))))

    kept = re.sub("[^\t\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "", words)
    assert written == f"a{kept}"
