"""Markup: bounded before it is parsed, mended after."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml.html import fromstring, tostring

from core.errors import NotAnArticle, TooLarge
from core.sources.markup import bounded, mend, navigation_lines, parse, visible
from core.sources.reading import ReadLimits

SMALL = ReadLimits(max_elements=50, max_depth=10, max_attributes=5)


def bound(html: str, limits: ReadLimits = SMALL) -> str:
    return bounded(html, limits, where="The page")


@pytest.mark.parametrize(
    "attributes",
    [
        pytest.param(" ".join(f'a{n}="1"' for n in range(50)), id="quoted"),
        pytest.param(" ".join(f"a{n}='x > y'" for n in range(50)), id="single-quoted"),
        pytest.param(" ".join(f"a{n}=1" for n in range(50)), id="bare"),
        pytest.param(" ".join(f"a{n}" for n in range(50)), id="without-values"),
        pytest.param("\n".join(f"a{n}" for n in range(50)), id="by-lines"),
    ],
)
def test_an_element_with_too_many_attributes_loses_them(attributes: str):
    """libxml2 needs quadratic time for them; the page is still read."""
    assert bound(f"<p>one</p><div {attributes}>two</div>") == "<p>one</p><div>two</div>"


def test_a_long_value_is_not_many_attributes():
    """Inlined images and lists of sources are long."""
    html = f'<img src="data:image/png;base64,{"A b = c " * 5000}" alt="x"><p>one</p>'

    assert bound(html) == html


@pytest.mark.parametrize(
    ("html", "what"),
    [
        pytest.param("<b>x</b>" * 51, "elements", id="elements"),
        pytest.param("<div>" * 11, "depth", id="depth"),
        pytest.param("<div><span>" * 6, "depth", id="depth-mixed"),
    ],
)
def test_too_much_markup_is_refused_with_the_limit(html: str, what: str):
    """Before a parser sees it."""
    with pytest.raises(TooLarge) as caught:
        bound(html)

    assert caught.value.facts["what"] == what


@pytest.mark.parametrize(
    "html",
    [
        pytest.param("<p>one" * 40, id="paragraphs-never-closed"),
        pytest.param("<ul>" + "<li>one" * 40 + "</ul>", id="items-never-closed"),
        pytest.param("<br>" * 40, id="void-elements"),
        pytest.param("<div/>" * 40, id="closed-at-once"),
        pytest.param("<script>" + "'<div>'" * 90 + "</script>", id="markup-in-scripts"),
        pytest.param("<!--" + "<div>" * 90 + "-->", id="markup-in-comments"),
        pytest.param("<p>x</p><!--" + "<div>" * 90, id="comment-never-closed"),
        pytest.param("<p>x</p><script>" + "<div>" * 90, id="script-never-closed"),
        pytest.param("<!-- " * 100_000, id="comments-in-comments"),
        pytest.param("<script " * 100_000, id="scripts-in-scripts"),
        pytest.param("<div></div>" * 40, id="side-by-side"),
        pytest.param("1 < 2 and 3 > 2 " * 90, id="no-markup"),
    ],
)
def test_what_only_looks_deep_is_not(html: str):
    """Real pages leave end tags out."""
    assert bound(html) == html


@given(st.text(alphabet="<>/ab \"'=!-\n", max_size=300))
def test_no_markup_makes_the_scan_fail(html: str):
    """It is refused, or comes back no longer than it was."""
    with suppress(TooLarge):
        assert len(bound(html)) <= len(html)


def test_an_empty_page_holds_no_text():
    """There is nothing to parse."""
    with pytest.raises(NotAnArticle) as caught:
        parse("  \n ", where="The page")

    assert caught.value.facts["reason"] == "no-text"


def mended(body: str) -> str:
    tree = fromstring(f"<html><body>{body}</body></html>")
    mend(tree)
    return str(tostring(tree.find("body"), encoding="unicode"))


@pytest.mark.parametrize(
    ("body", "result"),
    [
        pytest.param(
            "<div>第一段文字寫在這裡。\n\n第二段文字寫在這裡。\n \n第三段文字寫在這裡。</div>",
            "<div>第一段文字寫在這裡。<br>第二段文字寫在這裡。<br>第三段文字寫在這裡。</div>",
            id="text",
        ),
        pytest.param(
            "<div><b>a</b>第一段文字寫在這裡。\n\n第二段文字寫在這裡。<i>b</i></div>",
            "<div><b>a</b>第一段文字寫在這裡。<br>第二段文字寫在這裡。<i>b</i></div>",
            id="tail",
        ),
        pytest.param("<p>環保\n   團體</p>", "<p>環保團體</p>", id="wrapped-chinese"),
        pytest.param("<p>two\n   words</p>", "<p>two\n words</p>", id="wrapped-english"),
        pytest.param(
            "<pre>a long line of code\n\n\nanother line of code</pre>",
            "<pre>a long line of code\n\n\nanother line of code</pre>",
            id="code",
        ),
        pytest.param("<div>\n\n<p>one</p>\n\n</div>", "<div>\n\n<p>one</p>\n\n</div>", id="layout"),
    ],
)
def test_what_only_the_source_has_is_given_back(body: str, result: str):
    """Blank lines are paragraphs, and a wrap between Chinese characters is nothing."""
    assert mended(body).replace("\n \n", "\n\n") == f"<body>{result}</body>"


@given(st.lists(st.text(alphabet="山水ab \n", max_size=20), max_size=6))
def test_mending_loses_no_letter(texts: list[str]):
    """Only spaces come and go."""
    body = "".join(f"<b>x</b>{text}" for text in texts)

    kept = fromstring(f"<html><body>{mended(body)}</body></html>").text_content()

    assert "".join(kept.split()) == "".join(("x" + "".join(text.split())) for text in texts)


def test_visible_text_is_by_blocks_and_links_are_weighed():
    """Scripts, styles and what is hidden are not seen."""
    tree = fromstring(
        "<html><body><p>one <b>two</b></p><script>no</script><div style='display: none'>no</div>"
        "<div hidden>no</div><a href='/'>three <i>four</i></a><p>five</p></body></html>"
    )

    text, link_weight = visible(tree)

    assert text.split("\n") == ["one two", "three four", "five"]
    assert link_weight == 4


def test_the_links_of_menus_are_known():
    """By where they stand."""
    tree = fromstring(
        "<html><body><nav><a>News</a><a> </a></nav><p><a>text</a></p>"
        "<footer><a>About</a></footer></body></html>"
    )

    assert navigation_lines(tree) == {"News", "About"}
