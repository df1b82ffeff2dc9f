"""Lines of a page become paragraphs: what ends one, and what does not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.sources.lines import Line, join, paragraphs, without_running_heads

LEFT, RIGHT = 72.0, 520.0


def line(
    text: str, row: float, *, left: float = LEFT, right: float = RIGHT, size: float = 12
) -> Line:
    return Line(text, left, right, 700 - 15.6 * row, size)


FILL = [
    line("This full line goes on to the right edge of the page and then", 10 + row)
    for row in range(6)
]


@pytest.mark.parametrize(
    ("before", "after", "joined"),
    [
        ("a line", "goes on", "a line goes on"),
        ("orga-", "nised", "organised"),
        ("orga\u00ad", "nised", "organised"),
        ("well-", "Known", "well- Known"),
        ("pages 3-", "4", "pages 3- 4"),
        ("公開監測", "資料", "公開監測資料"),
        ("使用 Cookie", "的網站", "使用 Cookie的網站"),
        ("結束。", "Then", "結束。Then"),
    ],
)
def test_lines_are_joined_as_they_were_before_typesetting(before: str, after: str, joined: str):
    """Hyphens and spaces are the typesetter's."""
    assert join(before, after) == joined


@pytest.mark.parametrize(
    ("first", "second", "is_one"),
    [
        pytest.param(
            line("and so on to the edge", 0), line("of the page.", 1, right=150), True, id="goes-on"
        ),
        pytest.param(
            line("it ends here.", 0, right=150),
            line("A new one begins", 1),
            False,
            id="short-last-line",
        ),
        pytest.param(
            line("ends at the edge itself.", 0),
            line("and goes on", 1),
            True,
            id="full-line-with-stop",
        ),
        pytest.param(
            line("ends at the edge itself.", 0),
            line("A new one", 1, left=LEFT + 24),
            False,
            id="indented",
        ),
        pytest.param(
            line("A Heading", 0, size=16), line("and its text", 1.5), False, id="other-size"
        ),
        pytest.param(
            line("A heading of its own", 0, right=180),
            line("and its text at full length", 1),
            False,
            id="very-short",
        ),
        pytest.param(line("above the gap", 0), line("below the gap", 2.2), False, id="gap"),
        pytest.param(line("the following points", 0), line("• the first", 1), False, id="bullet"),
        pytest.param(line("依下列規定", 0), line("一、公開資料", 1), False, id="chinese-item"),
        pytest.param(line("條文如下", 0), line("第三條 主管機關", 1), False, id="article-of-law"),
        pytest.param(
            line("ragged right but going", 0, right=470), line("on and on", 1), True, id="ragged"
        ),
    ],
)
def test_what_ends_a_paragraph(first: Line, second: Line, is_one: bool):
    """And what is only the end of a line."""
    found = paragraphs([[first, second, *FILL]])

    assert (join(first.text, second.text) in found[0]) == is_one


def test_page_numbers_go_and_years_in_a_text_stay():
    """A number alone at the edge of a page is its number."""
    pages = [[line("Text of the only page, which is long.", 0), line("第 3 頁，共 12 頁", 40)]]

    assert paragraphs(pages) == ["Text of the only page, which is long."]


@pytest.mark.parametrize("number", ["7", "- 7 -", "Page 7 of 12", "7 / 12", "第7頁", "xii", "p. 7"])
def test_each_style_of_page_number_is_known(number: str):
    """At the top or at the bottom."""
    assert paragraphs([[line(number, 0), line("Some text stands here.", 2), line(number, 40)]]) == [
        "Some text stands here."
    ]


def test_a_page_with_one_line_keeps_it():
    """Even if it is a number."""
    assert paragraphs([[line("1984", 0)]]) == ["1984"]


def test_a_line_that_returns_inside_the_pages_stays():
    """A refrain is no running head."""
    pages = [
        [
            *(line(f"{word}{row} has its own words", row) for row in range(8)),
            line("Refrain", 8),
            *(line(f"{word}{row} ends with others", row + 9) for row in range(8)),
        ]
        for word in ("ada", "bea", "cyd")
    ]

    assert sum(paragraph.count("Refrain") for paragraph in paragraphs(pages)) == 3


def test_two_pages_have_no_running_heads():
    """Nothing can be said to return."""
    pages = [
        [line("Same words above", 0), line(f"{word} has its own", 2)] for word in ("ada", "bea")
    ]

    assert [[one.text for one in page] for page in without_running_heads(pages)] == [
        ["Same words above", "ada has its own"],
        ["Same words above", "bea has its own"],
    ]


@given(
    st.lists(
        st.lists(
            st.text(alphabet="abe 山水。", min_size=1, max_size=8).map(str.strip).filter(bool),
            max_size=6,
        ),
        max_size=2,
    )
)
def test_no_letter_is_lost_between_lines_and_paragraphs(texts: list[list[str]]):
    """Only spaces come and go, while nothing repeats."""
    pages = [[line(text, row) for row, text in enumerate(page)] for page in texts]

    kept = "".join("".join(paragraphs(pages)).split())

    assert kept == "".join("".join(text for page in texts for text in page).split())
