"""Replies as lines of a terminal: columns, colours, links."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat import Line, Reply, Span, Style
from bot.platforms.console_paint import Look, columns, paint

SGR = re.compile(r"\x1b\[[0-9;]*m|\x1b\]8;;[^\x1b]*\x1b\\")


def reply(*lines: Line) -> Reply:
    return Reply(tuple(lines))


def line(text: str, **kwargs) -> Line:
    return Line((Span(text),), **kwargs)


words = st.text(st.sampled_from("ab c。，「」移工的é👀"), max_size=200)


@given(words, st.integers(20, 60))
def test_no_row_is_wider_than_the_terminal(text, width):
    """Chinese characters and most emoji count two columns."""
    rows = paint(reply(line(text)), Look(width)).split("\n")

    assert all(columns(row) <= width for row in rows)


@given(words, st.integers(20, 60))
def test_wrapping_loses_no_sign(text, width):
    """Only spaces at the ends of rows disappear."""
    painted = paint(reply(line(text)), Look(width))

    assert re.sub(r"\s", "", painted) == re.sub(r"\s", "", text)


def test_punctuation_never_begins_a_row():
    """A full stop stays with the sentence it ends."""
    painted = paint(reply(line("一二三四五六七八九十。一二三")), Look(20))

    assert painted.split("\n") == ["一二三四五六七八九", "十。一二三"]


def test_a_word_is_not_divided():
    """Latin words move to the next row whole."""
    painted = paint(reply(line("移工團體在凱道集結 demonstration")), Look(24))

    assert painted.split("\n") == ["移工團體在凱道集結", "demonstration"]


def test_a_name_in_a_list_is_not_divided():
    """The next row begins with a label, not with the rest of one; a quotation fills its rows."""
    names = (Span("動物保護法", Style.SUGGESTED), Span(" · "), Span("移工權益", Style.SUGGESTED))

    assert paint(reply(Line(names)), Look(20)).split("\n") == ["動物保護法 ·", "移工權益"]
    assert paint(reply(Line(names, quote=True)), Look(20)).split("\n") == [
        "▎ 動物保護法 · 移工",
        "▎ 權益",
    ]


def test_a_word_wider_than_a_row_is_divided():
    """A long address does not run out of the window."""
    rows = paint(reply(line("x" * 50)), Look(20)).split("\n")

    assert rows == ["x" * 20, "x" * 20, "x" * 10]


def test_continued_rows_hang_under_their_beginning():
    """Lead and indent stand once, the rest lines up behind them."""
    painted = paint(reply(Line((Span("一二三四五六七八九十" * 2),), (Span("#7"),))), Look(24))

    assert painted.split("\n") == ["#7  一二三四五六七八九十", "    一二三四五六七八九十"]


def test_leads_of_one_indent_stand_in_one_column():
    """However long each of them is."""
    painted = paint(
        reply(
            line("有", lead=(Span("主題"),), indent=1),
            line("無", lead=(Span("政策階段"),), indent=1),
        ),
        Look(60),
    )

    assert painted.split("\n") == ["  主題      有", "  政策階段  無"]


def test_indent_one_stands_under_the_words_behind_the_lead():
    """A card's body lines up with its title."""
    painted = paint(reply(line("標題", lead=(Span("#12"),)), line("內文", indent=1)), Look(60))

    assert painted.split("\n") == ["#12  標題", "     內文"]


def test_a_quotation_has_a_bar_on_every_row():
    """What the source says is told apart from what we say."""
    painted = paint(reply(line("一二三四五六七八九十", quote=True)), Look(20))

    assert painted.split("\n") == ["▎ 一二三四五六七八九", "▎ 十"]


def test_colours_and_links_are_sequences():
    """Bold by SGR, the address by OSC 8."""
    span = Span("標題", Style.STRONG, "https://example.org/a")

    painted = paint(reply(Line((span,))), Look(60, colours=True))

    assert painted == "\x1b]8;;https://example.org/a\x1b\\\x1b[1m標題\x1b[0m\x1b]8;;\x1b\\"


def test_without_colours_there_is_no_escape_and_links_are_written_out():
    """A pipe gets plain text with everything in it."""
    span = Span("標題", Style.STRONG, "https://example.org/a")

    assert paint(reply(Line((span,))), Look()) == "標題 https://example.org/a"


def test_a_link_that_is_its_own_text_is_written_once():
    """An address is not said twice."""
    span = Span("https://example.org/a", Style.STRONG, "https://example.org/a")

    assert paint(reply(Line((span,))), Look()) == "https://example.org/a"


def test_a_link_over_several_spans_is_written_behind_the_last():
    """A title in which words are marked is one link."""
    link = "https://example.org/a"
    spans = (Span("移工", Style.FOUND, link), Span("集結", Style.STRONG, link), Span("！"))

    assert paint(reply(Line(spans)), Look()) == f"移工集結 {link}！"


@pytest.mark.parametrize("colours", [True, False])
@pytest.mark.parametrize(
    "control", ["\x1b[2J", "\x1b]0;title\x07", "\x9b31m", "\r", "\b", "\u2028"]
)
def test_what_a_page_says_cannot_steer_the_terminal(control, colours):
    """Titles and links are data: their control characters are left out."""
    span = Span(f"標{control}題", Style.PLAIN, f"https://example.org/{control}a")

    painted = paint(reply(Line((span,))), Look(60, colours=colours))

    assert not any(c < " " or "\x7f" <= c <= "\x9f" or c == "\u2028" for c in SGR.sub("", painted))


@given(words)
def test_colours_change_nothing_but_colour(text):
    """With the sequences taken out, a coloured reply is the plain one."""
    shown = reply(Line((Span(text, Style.FOUND),), (Span("1", Style.STRONG),)))

    assert (
        SGR.sub("", paint(shown, Look(40, colours=True))).rstrip()
        == paint(shown, Look(40)).rstrip()
    )


def test_a_margin_is_left_free():
    """Answers stand a little to the right of what was typed."""
    assert paint(reply(line("好"), Line(), line("的")), Look(40, margin=2)) == "  好\n\n  的"
