"""A digest as files: what pages say is text in them, never markup."""

from datetime import UTC, datetime
from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from bot.render.digest_files import feed, markdown
from bot.texts import Texts
from core.digest import Digest, Story
from core.domain import Community, Document, Item, Link, State
from core.taxonomy import parse
from tests.fakes.codebook import TAXONOMY

HOME = Community(1, "home", "zh-TW", "Asia/Taipei")
START, END = datetime(2026, 3, 2, 1, tzinfo=UTC), datetime(2026, 3, 9, 1, tzinfo=UTC)
ATOM = "{http://www.w3.org/2005/Atom}"


def digest(title: str, sentence: str) -> Digest:
    url = "https://news.example/a_(b)"
    document = Document(sentence, title=title, url=url)
    item = Item(1, 1, 7, State.DONE, Link(url), START, document=document)
    return Digest("", START, END, (Story(item, 1, sentence),), 1)


def test_markdown_escapes_what_a_title_says():
    """The link is ours; the signs in it are the page's."""
    found = markdown(digest("*[x](y)* <b>", "# 一"), HOME, parse(TAXONOMY), Texts("zh-TW"))

    assert r"## [\*\[x\](y)\* \<b\>](<https://news.example/a_(b)>)" in found
    assert r"> \# 一" in found
    assert "另有 1 篇同樣的內容" in found


@given(st.text(min_size=1, max_size=40), st.text(max_size=40))
def test_atom_is_xml_whatever_a_page_says(title, sentence):
    """With the same id each time; its summary is text in HTML."""
    found = digest(f"題{title}", f"句<b>{sentence}")

    first, again = (
        ElementTree.fromstring(feed(found, HOME, parse(TAXONOMY), Texts("en"), now=END))
        for _ in range(2)
    )

    (entry,) = first.findall(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}id") == again.findtext(f"{ATOM}entry/{ATOM}id")
    assert (entry.findtext(f"{ATOM}summary") or "").startswith("句&lt;b&gt;")
