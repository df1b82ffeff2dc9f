"""Replies become messages that Telegram takes, and nothing in them is markup."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.chat import Button, Line, Reply, Span, Style
from bot.platforms.telegram import TelegramPlatform
from bot.platforms.telegram_markup import MAX_LABEL, clean, html, keyboard, plain
from bot.render.fit import fit
from tests.bot.platforms.telegram_stage import reply, styled
from tests.fakes.telegram.markup import CannotParse, parsed, units

HOSTILE = '<b>*_`[x](https://e.org)&lt;&amp;</b> </blockquote> "移工" \\ @everyone 👩‍👩‍👧'

words = st.text(
    st.one_of(st.sampled_from("<>&\"'@_*`/ab 移工👩‍🇹"), st.characters(exclude_characters="\n\r")),
    max_size=20,
)
links = st.none() | st.sampled_from(
    ["https://e.org/?a=1&b=2", 'http://e.org/"><b>', "javascript:alert(1)", "https://e.org/\ud800"]
)
spans = st.builds(Span, words, st.sampled_from(Style), links)
lines = st.builds(
    Line,
    st.lists(spans, max_size=6).map(tuple),
    st.lists(spans, max_size=2).map(tuple),
    st.integers(0, 3),
    st.booleans(),
)
replies = st.builds(Reply, st.lists(lines, max_size=12).map(tuple))


@given(replies)
def test_whatever_is_said_is_what_telegram_reads(said):
    """Any spans, after parsing, are the text whose length was counted; nobody is called."""
    text, entities = parsed(html(said))

    assert text.replace("＠", "@") == clean(said.text).replace("＠", "@")
    assert units(text) == units(clean(said.text))
    assert len(entities) <= 100
    assert [each for each in entities if each.type == "mention"] == []


@given(replies)
def test_plain_words_call_nobody_either(said):
    """What goes out when markup is refused has the same length."""
    text, entities = parsed(
        plain(said).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    )

    assert [each for each in entities if each.type == "mention"] == []
    assert units(text) == units(clean(said.text))


@given(
    st.text(st.sampled_from("移工。 a👩‍👩‍👧‍👦<&\U0001f1f9\U0001f1fc"), min_size=20, max_size=60),
    st.integers(100, 300),
)
@settings(max_examples=10)  # cutting into signs takes its time
def test_long_words_fit_as_telegram_counts_them(text, times):
    """Each message is within 4,096 UTF-16 units, and nothing gets lost."""
    text *= times
    parts = fit(reply(text), TelegramPlatform.capabilities)

    shown = [parsed(html(part))[0] for part in parts]
    assert all(units(each) <= 4096 for each in shown)
    assert "".join(shown) == text


@pytest.mark.parametrize("style", Style)
@pytest.mark.parametrize("quote", [False, True])
def test_a_hostile_title_is_shown_as_it_is(style, quote):
    """In every style, quoted or not, with a link or without."""
    for link in (None, "https://example.org/?a=1&b=2"):
        said = Reply((Line((Span(HOSTILE, style, link),), quote=quote),))

        text, _ = parsed(html(said))

        assert text == HOSTILE


@pytest.mark.parametrize(
    ("style", "kinds"),
    [
        (Style.PLAIN, []),
        (Style.STRONG, ["bold"]),
        (Style.CODE, ["code"]),
        (Style.FOUND, ["underline"]),
        (Style.SUGGESTED, ["italic"]),
        (Style.DECIDED, ["bold"]),
    ],
)
def test_a_style_has_a_look(style, kinds):
    """What is suggested does not look like what is decided."""
    _, entities = parsed(html(styled("勞動", style)))

    assert [each.type for each in entities] == kinds


def test_a_link_leads_where_it_says():
    """With quotation marks and ampersands in it."""
    said = styled("標題", Style.STRONG, "https://example.org/?q=%22a%22&b='c'")

    _, entities = parsed(html(said))

    assert [(each.type, each.url) for each in entities] == [
        ("bold", None),
        ("text_link", "https://example.org/?q=%22a%22&b='c'"),
    ]


@pytest.mark.parametrize("link", ["javascript:alert(1)", "tg://user?id=1", "https://", "x y"])
def test_an_address_that_is_none_of_the_web_is_no_link(link):
    """Only http and https lead anywhere; the words stay."""
    assert parsed(html(styled("標題", link=link))) == ("標題", [])


def test_neighbouring_quotes_are_one():
    """An excerpt of several lines is one block."""
    quoted = [Line((Span(text),), quote=True) for text in ("一", "二")]
    said = Reply((Line((Span("前"),)), *quoted, Line((Span("後"),))))

    text, entities = parsed(html(said))

    assert text == "前\n一\n二\n後"
    assert [(each.type, each.of(text)) for each in entities] == [("blockquote", "一\n二")]


def test_leads_and_indents_stand_in_front():
    """As they are counted."""
    line = Line((Span("勞動"),), (Span("主題", Style.FAINT),), indent=1)

    assert parsed(html(Reply((line,))))[0] == "  主題  勞動"


@pytest.mark.parametrize("name", ["@alice", "（@alice）", "a @alice_1 b"])
def test_no_name_calls_anybody(name):
    """A name that Telegram would turn into a mention is set in type instead."""
    text, entities = parsed(html(reply(name)))

    assert text == name
    assert [each.type for each in entities] == ["code"]


def test_an_at_sign_in_an_address_stays_an_address():
    """Mail and pages of people are no mentions."""
    text = "a@example.org https://example.social/@alice"

    assert parsed(html(reply(text))) == (text, [])


def test_looks_beyond_a_hundred_are_dropped_and_links_stay():
    """Telegram ignores what is too many, so styles go first, from the end."""
    styles = [Span("粗", Style.STRONG)] * 80
    linked = [Span("連", Style.STRONG, f"https://e.org/{n}") for n in range(60)]
    said = Reply((Line(tuple(styles)), Line(tuple(linked))))

    text, entities = parsed(html(said))

    assert text == said.text
    kinds = [each.type for each in entities]
    assert (kinds.count("text_link"), kinds.count("bold")) == (60, 40)


def test_signs_that_cannot_be_sent_are_replaced():
    """Control characters and halves of pairs would make Telegram refuse the message."""
    text, _ = parsed(html(reply("a\x00b\x1b[31mc\ud83d")))

    assert text == "a b [31mc\ufffd"


# ── buttons ──────────────────────────────────────────────────────────────────────────────────────


def test_buttons_do_what_they_say():
    """In rows of at most eight."""
    row = tuple(Button(str(n), f"vote {n}") for n in range(10))

    rows = keyboard(replace(reply("?"), buttons=(row,))).inline_keyboard

    assert [len(each) for each in rows] == [8, 2]
    assert (rows[0][0].text, rows[0][0].callback_data) == ("0", "vote 0")


def test_a_long_label_is_cut_between_signs():
    """A family stays together."""
    ((cut,),) = keyboard(
        replace(reply("?"), buttons=((Button("👩‍👩‍👧‍👦" * 20, "a"),),))
    ).inline_keyboard

    assert len(cut.text) <= MAX_LABEL
    assert cut.text.rstrip("…").replace("👩‍👩‍👧‍👦", "") == ""


def test_no_buttons_are_no_keyboard():
    """An edit without buttons takes them away."""
    assert keyboard(reply("一")) is None


@pytest.mark.parametrize(
    "markup",
    ["<b>a", "a</b>", "<b><i>a</b></i>", "a & b", "a < b", "<code><b>a</b></code>", "<x>a</x>"],
)
def test_the_parser_of_the_tests_is_strict(markup):
    """What Telegram refuses, or only forgives, is an error here."""
    with pytest.raises(CannotParse):
        parsed(markup)
