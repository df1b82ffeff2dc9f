"""Long replies are cut for a platform, and missing buttons become something to type."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wcwidth import iter_graphemes

from bot.chat import Button, Capabilities, Line, Reply, Span, Style
from bot.render.fit import fit, needs_numbers, pages
from core.domain import SentFile

BUTTONS = Capabilities(max_text=4096, counts="utf-16", button_bytes=64, buttons=10)
TYPED = Capabilities()
FAMILY = "👩‍👩‍👧‍👦"

words = st.text(st.sampled_from("ab 。，.!移工é👀️" + FAMILY), max_size=60)
spans = st.builds(Span, words, st.sampled_from(Style), st.sampled_from([None, "https://e.org/"]))
lines = st.builds(
    Line,
    st.lists(spans, max_size=4).map(tuple),
    st.lists(spans, max_size=1).map(tuple),
    st.integers(0, 3),
    st.booleans(),
)
replies = st.lists(lines, min_size=1, max_size=6).map(lambda found: Reply(tuple(found)))
limits = st.builds(Capabilities, st.integers(30, 90), st.sampled_from(["characters", "utf-16"]))


def said(replies_: tuple[Reply, ...]) -> str:
    """Every character of the words, in order, with the kind of each."""
    return "".join(
        span.text
        for reply in replies_
        for line in reply.lines
        for span in (*line.lead, *line.spans)
    )


@given(replies, limits)
def test_cutting_loses_no_character(reply, capabilities):
    """The messages together say what the reply says, in the same order."""
    assert said(fit(reply, capabilities)) == said((reply,))


@given(replies, limits)
def test_every_message_fits(reply, capabilities):
    """No part is longer than the platform takes, in the platform's own unit."""
    parts = fit(reply, capabilities)

    assert all(capabilities.length(part.text) <= capabilities.max_text for part in parts)


@given(words, limits)
def test_no_sign_is_cut_apart(text, capabilities):
    """What people see as one sign stays in one message."""
    parts = fit(Reply((Line((Span(text),)),)), capabilities)

    cut = [sign for part in parts for sign in iter_graphemes(said((part,)))]

    assert cut == list(iter_graphemes(text))


@given(replies, limits)
def test_styles_and_links_survive_a_cut(reply, capabilities):
    """Each character keeps its style and link."""

    def kinds(parts):
        return [
            (character, span.style, span.link)
            for part in parts
            for line in part.lines
            for span in (*line.lead, *line.spans)
            for character in span.text
        ]

    assert sorted(kinds(fit(reply, capabilities)), key=repr) == sorted(kinds((reply,)), key=repr)


def test_a_short_reply_stays_as_it_is():
    """Nothing is touched that fits."""
    reply = Reply((Line((Span("好"),)),))

    assert fit(reply, BUTTONS) == (reply,)


def test_a_cut_falls_behind_a_sentence():
    """A reader is not left in the middle of one if it can be helped."""
    reply = Reply((Line((Span("這是第一句話，有一點長。這是第二句話。第三句"),)),))

    first, *_ = fit(reply, Capabilities(max_text=20))

    assert first.text == "這是第一句話，有一點長。這是第二句話。"


def test_buttons_stay_on_the_last_message():
    """They are about the whole reply."""
    row = (Button("為什麼", "why 7"),)
    reply = Reply((Line((Span("字" * 50),)),), (row,))

    *before, last = fit(reply, Capabilities(max_text=20, button_bytes=64, buttons=5))

    assert [part.buttons for part in before] == [()] * len(before)
    assert last.buttons == (row,)


def test_a_sign_longer_than_a_message_is_cut_rather_than_lost():
    """A letter under a thousand accents is no reason to say nothing."""
    zalgo = "e" + "\u0301" * 200

    parts = fit(Reply((Line((Span(zalgo),)),)), Capabilities(max_text=50))

    assert said(parts) == zalgo


def test_a_question_becomes_numbered_lines_without_buttons():
    """The number is an answer, and so is the command behind it."""
    reply = Reply(
        (Line((Span("再試一次？"),)),),
        ((Button("再試", "retry 7"), Button("貼上全文", "paste 7")),),
        asks=True,
    )

    (shown,) = fit(reply, TYPED)

    assert shown.text.split("\n")[-2:] == ["  1  再試  /retry 7", "  2  貼上全文  /paste 7"]
    assert shown.buttons == ()


def test_an_offer_becomes_commands_without_buttons():
    """Nothing is asked, so nothing is numbered; the shorter command is shown where there is one."""
    reply = Reply(
        (Line((Span("#7"),)),),
        ((Button("為什麼", "why 7"), Button("更多", "search page:2 移工", typed="more")),),
    )

    (shown,) = fit(reply, TYPED)

    assert shown.text.split("\n")[-1].strip() == "/why 7 為什麼 · /more 更多"


@pytest.mark.parametrize(
    ("does", "expected"),
    [
        pytest.param("search " + "工" * 19, False, id="64-bytes"),
        pytest.param("search " + "工" * 20, True, id="67-bytes"),
    ],
)
def test_a_button_that_says_too_much_is_typed(does, expected):
    """The limit counts bytes of UTF-8."""
    reply = Reply((), ((Button("搜尋", does),),), asks=True)

    assert needs_numbers(reply, BUTTONS) is expected


def test_more_buttons_than_a_message_bears_are_typed():
    """All of them, so that none is missing."""
    row = tuple(Button(str(n), f"show {n}") for n in range(11))

    assert needs_numbers(Reply((), (row,)), BUTTONS)


@given(st.text(st.sampled_from("工a b。\n"), max_size=300), st.integers(10, 50))
def test_pages_lose_nothing_but_the_line_breaks_between_them(text, most):
    """A text read page by page is the whole text."""
    assert "".join(pages(text, most)).replace("\n", "") == text.replace("\n", "")


def test_an_empty_text_has_one_empty_page():
    """There is always a first page."""
    assert pages("", 100) == [""]


def test_files_go_with_the_last_message():
    """Each once, however long the words are."""
    long = Reply((Line((Span("字" * 60),)),) * 3, files=(SentFile("a.csv", b"a"),))

    *others, last = fit(long, Capabilities(max_text=100))

    assert [each.files for each in others] == [()] * len(others)
    assert others
    assert last.files == long.files
