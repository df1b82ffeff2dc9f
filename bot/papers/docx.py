"""Papers as DOCX, for Word and LibreOffice: the one door to python-docx.

Headings are headings, so that a table of contents and the navigation pane work; quotations have a
style of their own, which a writer can restyle at one stroke; fonts name a Chinese face, because
Word otherwise chooses one of Mainland forms.
"""

import re
from collections.abc import Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Any

from bot.papers.paper import Block, Entry, Heading, Paper, Paragraph, Quotation, Run

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph as DocxParagraph

WESTERN, EASTERN = "Calibri", "Microsoft JhengHei"
"""Fonts that Word has in Taiwan; where they are missing, the next alike is taken."""

GREY, BLUE = "6B6B6B", "1F5FA8"
"""Of what steps back, and of links; both stand out from white by more than 4.5 to 1 (WCAG 2.2)."""

CHARACTERS = {"strong": "Strong", "faint": "Faint"}
"""Ids of the styles of words, by their weight."""

_NO_XML = re.compile("[^\t\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_STYLED = ("Normal", "Title", "Heading 1", "Heading 2", "Heading 3", "Quote", "List Bullet")


def docx(paper: Paper) -> bytes:
    """The whole of it."""
    import docx as library

    document = library.Document()
    _set_up(document, paper)
    _paragraph(document, "Title", _clean(paper.title))
    for block, following in zip(paper.blocks, (*paper.blocks[1:], None), strict=True):
        added = _add(document, block)
        # what a quotation is told under stays with it on its page
        if isinstance(block, Paragraph) and isinstance(following, Quotation):
            added.paragraph_format.keep_with_next = True
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _set_up(document: "Document", paper: Paper) -> None:
    from docx.enum.style import WD_STYLE_TYPE
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt, RGBColor

    about = document.core_properties
    about.title, about.author, about.language = (
        _clean(paper.title),
        _clean(paper.by),
        paper.language,
    )
    about.created = about.modified = paper.at.replace(tzinfo=None)
    about.comments = ""
    for name in _STYLED:
        style: Any = document.styles[name]
        style.font.name = WESTERN
        style.font.color.rgb = RGBColor(0, 0, 0)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        fonts.set(qn("w:eastAsia"), EASTERN)
    normal: Any = document.styles["Normal"]
    normal.font.size, normal.paragraph_format.space_after = Pt(11), Pt(6)
    normal.element.get_or_add_rPr().append(_language(paper))
    quote: Any = document.styles["Quote"]
    quote.font.italic = False  # Chinese letters are not slanted
    quote.paragraph_format.left_indent, quote.paragraph_format.space_after = Pt(18), Pt(6)
    for name, colour in (("Hyperlink", BLUE), ("Faint", GREY)):
        document.styles.add_style(
            name, WD_STYLE_TYPE.CHARACTER
        ).font.color.rgb = RGBColor.from_string(colour)
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    _number_pages(document)


def _language(paper: Paper) -> Any:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    element = OxmlElement("w:lang")
    element.set(qn("w:val"), "en-GB" if paper.language == "en" else "en-US")
    element.set(qn("w:eastAsia"), "zh-TW")
    return element


def _number_pages(document: "Document") -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    foot = document.sections[0].footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    foot._p.append(field)


def _add(document: "Document", block: Block) -> "DocxParagraph":
    match block:
        case Heading(words, level):
            return _paragraph(document, f"Heading{min(level, 3)}", _clean(words))
        case Paragraph(runs):
            added = document.add_paragraph()
            _write(added, runs)
        case Entry(runs):
            added = _paragraph(document, "ListBullet")
            _write(added, runs)
        case Quotation(words, source):
            added = _paragraph(document, "Quote", _clean(words))
            added.paragraph_format.keep_together = True
            added.add_run().add_break()
            _write(added, source)
    return added


def _paragraph(document: "Document", style: str, words: str = "") -> "DocxParagraph":
    """A paragraph of a style by its id: by its name, python-docx goes through all styles each
    time, which took half of the whole."""
    added = document.add_paragraph(words)
    added._p.style = style
    return added


def _write(paragraph: "DocxParagraph", runs: Sequence[Run]) -> None:
    for each in runs:
        if each.link is not None:
            _link(paragraph, each)
            continue
        run = paragraph.add_run(_clean(each.words))
        if each.weight != "plain":
            run._r.style = CHARACTERS[each.weight]


def _link(paragraph: "DocxParagraph", run: Run) -> None:
    """Words that lead to an address: python-docx reads links but does not write them."""
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    link = OxmlElement("w:hyperlink")
    target = paragraph.part.relate_to(
        _clean(run.link or ""), RELATIONSHIP_TYPE.HYPERLINK, is_external=True
    )
    link.set(qn("r:id"), target)
    inner = paragraph.add_run(_clean(run.words))
    inner._r.style = "Hyperlink"
    link.append(inner._r)
    paragraph._p.append(link)


def _clean(words: str) -> str:
    """Without what XML 1.0 has no place for (section 2.2), and on one line."""
    return _NO_XML.sub("", words.replace("\n", " "))
