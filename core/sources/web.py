"""Web pages: the article's text and what the page says about it.

The text is trafilatura's, in its balanced setting. On the sample pages of the tests all three
settings find every paragraph; "recall" adds nothing but a line with the time of an update,
"precision" drops headings, and "balanced" goes over to "recall" by itself where it finds little of
a page. What we do beside it is chosen so that it cannot lose anything the article says:

1. decode (`charset`), bound (`markup.bounded`), parse;
2. mend the paragraphs that only the source has (`markup.mend`), take out what readers wrote;
3. extract; put the whole text of JSON-LD in its place where the page shows only a beginning;
4. collect metadata (`metadata`), and only now, but before anybody labels it, see whether it is an
   article at all (`pages`).

Everything here runs in the child process (`sandbox`).
"""

import logging
import re
import sys
from datetime import date
from typing import TYPE_CHECKING

from core.domain import Resource
from core.sources import markup, metadata, pages
from core.sources.charset import decode
from core.sources.reading import Extracted, ReadLimits, check_length, check_size
from core.sources.tidy import clean, clean_line, weight

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_SAVED_FROM = re.compile(
    r"<!--\s*saved from url=\(\d{1,5}\)(https?://\S{3,2000}?)\s*-->", re.IGNORECASE
)

# What trafilatura takes for content, but other people wrote: pushes and the sender's line of PTT.
_NOT_THE_AUTHORS = (
    '//div[contains(concat(" ", @class, " "), " push ")][.//span[@class="push-content"]]',
    '//*[@id="main-content"]//div[starts-with(@class, "article-metaline")]',
    '//*[@id="main-content"]//span[@class="f2"][starts-with(normalize-space(.), "※")]',
)

_TABLE_RULE = re.compile(r"^\|(?:\s*:?-{2,}:?\s*\|)+\s*$")
_TABLE_ROW = re.compile(r"^\|\s?(.*?)\s?\|\s*$")

_RULE = re.compile(r"^[-–—_=*~·•\s]+$")
_SENTENCE_END = re.compile(r"[。！？]|[.!?](?:\s|$)")

_SHORT = 400
"""Weight (`tidy.weight`) up to which trafilatura may have fallen back on the whole page."""

_LEAST_NARROW = 16
"""Weight of the least text that can stand for a page by itself: a sentence."""

_OPENING = 1500
"""Characters of visible text around the heading in which bylines and dates are sought."""

_WHOLE = 1.5
"""JSON-LD's text takes the place of the shown one when it is this many times as long and begins
alike."""


def prepare() -> None:
    """Import what the first page would otherwise wait for (0.3 s)."""
    # trafilatura imports a language detector, and numpy with it, that this process never asks: 12
    # MB.
    sys.modules.setdefault("py3langid", None)  # type: ignore[arg-type]
    import trafilatura

    logging.getLogger(trafilatura.__name__).setLevel(logging.CRITICAL)
    logging.getLogger("htmldate").setLevel(logging.CRITICAL)


def extract(resource: Resource, limits: ReadLimits) -> Extracted:
    """Read a page.

    Raises:
        NotAnArticle, Forbidden: see `core.sources.pages.check`.
        TooLarge: bytes, elements, nesting or characters beyond the limits.
        Unreadable: not to be parsed at all.
    """
    check_size(resource, limits.max_html_bytes)
    where = resource.url or resource.file_name or "The page"
    html = decode(resource.data, declared=resource.charset, is_markup=True).text
    html = markup.bounded(html, limits, where=where)
    saved = _SAVED_FROM.search(html[:2000])
    url = resource.url or (saved[1] if saved else None)
    tree = markup.parse(html, where=where)

    opening = _opening(tree)
    navigation = markup.navigation_lines(tree)
    said = metadata.collect(tree, url=url, guess=_guess(tree, url), opening=opening)
    text = _without_navigation(_as_lines(_whole(_article(tree, url), said.body)), navigation)
    pages.check(markup.look(tree, html, text=text, url=url, is_free=said.is_free))
    check_length(text, limits)
    return Extracted(
        text=text,
        title=said.title,
        author=said.author,
        published_on=said.published_on,
        site=said.site,
        language=said.language,
        image_url=said.image_url,
        declared_url=said.declared_url,
        saved_from=saved[1] if saved else None,
    )


def _guess(tree: "HtmlElement", url: str | None) -> metadata.Guess:
    """trafilatura's idea of the metadata, from the page as it came."""
    from trafilatura import extract_metadata

    found = extract_metadata(tree, default_url=url)
    return metadata.Guess(
        title=clean_line(found.title),
        author=clean_line(found.author),
        published_on=_iso_day(found.date),
        site=clean_line(found.sitename),
        image_url=found.image,
    )


def _article(tree: "HtmlElement", url: str | None) -> str:
    """The text that trafilatura finds.

    Below 250 letters it does not trust itself and takes the whole page, menus included. But 250
    letters are 40 English words, and a whole notice in Chinese. So for a short text it is asked
    again to trust itself, and where the whole page adds not one sentence, the smaller text stands.
    """
    from copy import deepcopy

    mended = deepcopy(tree)
    for path in _NOT_THE_AUTHORS:
        for element in mended.xpath(path):
            element.drop_tree()
    markup.mend(mended)
    wide = _run_trafilatura(mended, url)
    if not wide or weight(wide) > _SHORT:
        return wide
    narrow = _run_trafilatura(mended, url, trusts_itself=True)
    lines = set(narrow.split("\n"))
    added = [line for line in wide.split("\n") if line not in lines]
    if weight(narrow) < _LEAST_NARROW or any(
        _SENTENCE_END.search(line) and weight(line) > 8 for line in added
    ):
        return wide
    return narrow


def _run_trafilatura(tree: "HtmlElement", url: str | None, *, trusts_itself: bool = False) -> str:
    from trafilatura import bare_extraction
    from trafilatura.settings import Document, Extractor

    options = Extractor(output_format="python", comments=False, tables=True, url=url)
    if trusts_itself:
        options.min_extracted_size = 1
    found = bare_extraction(tree, options=options)
    return clean(found.text or "") if isinstance(found, Document) else ""


def _opening(tree: "HtmlElement") -> str:
    """The first lines around the article's heading: its title, byline and date."""
    visible, _ = markup.visible(tree)
    heading = next((element for element in tree.iter("h1") if markup.words(element)), None)
    start = visible.find(markup.words(heading)) if heading is not None else 0
    return visible[max(0, start - 200) :][:_OPENING]


def _whole(shown: str, body: str | None) -> str:
    """The text from JSON-LD where the page shows only the beginning of it, or shows it as one
    block.

    Only where that holds all that is shown, or is much longer and begins with the same words: some
    sites put another text there.
    """
    if body is None:
        return shown
    whole = clean(_without_tags(body))
    letters = _letters(whole)
    if _letters(shown) in letters:
        has_more = (weight(whole), whole.count("\n")) > (weight(shown), shown.count("\n"))
        return whole if has_more else shown
    if weight(whole) < _WHOLE * weight(shown):
        return shown
    begin = letters[:2000]
    lines = [line for one in shown.split("\n") if len(line := _letters(one)) >= 12]
    return whole if any(line[:12] in begin for line in lines) else shown


def _without_tags(text: str) -> str:
    """JSON-LD's text is plain by the standard and HTML on some sites."""
    if not re.search(r"<(?:p|br|div|a|strong|span|h\d)\b", text, re.IGNORECASE):
        return text
    text = re.sub(r"</?(?:p|br|div|li|h\d)\b[^>]{0,500}>", "\n", text, flags=re.IGNORECASE)
    return re.sub(r"<[^>]{0,1000}>", "", text)


def _letters(text: str) -> str:
    return "".join(character for character in text if character.isalnum())


def _as_lines(text: str) -> str:
    """Tables as lines of cells; no rules, no outer bars."""
    lines = []
    for line in text.split("\n"):
        if _TABLE_RULE.match(line) or _RULE.match(line):
            continue
        row = _TABLE_ROW.match(line)
        lines.append(row[1] if row else line)
    return "\n".join(line for line in lines if line.strip(" |"))


def _without_navigation(text: str, navigation: frozenset[str]) -> str:
    """Leave out lines that are nothing but a link in a menu.

    When a page has little text, trafilatura falls back on all of it, menus included. Three such
    lines show that this has happened; a single one might be the article's own.
    """
    lines = text.split("\n")
    kept = [line for line in lines if line.removeprefix("- ") not in navigation]
    return "\n".join(kept) if len(lines) - len(kept) >= 3 and kept else text


def _iso_day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text[:10]) if text else None
    except ValueError:
        return None
