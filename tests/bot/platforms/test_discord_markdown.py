"""Whatever a page or a member says, Discord shows it as it is."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.chat import Line, Reply, Span, Style
from bot.platforms.discord_markdown import (
    MAX_CONTENT,
    MAX_EMBED,
    MAX_EMBEDS,
    length,
    one_sheet,
    paragraph,
    sheets,
)
from tests.fakes.discord_reader import read

OURS = {"strong", "underline", "code", "small", "quote", "link", "address"}
HOSTILE = (
    *"*_~`|<>[]()#-+.:@!\\/&1aA ",
    *("**", "__", "~~", "||", "```", "> ", "# ", "-# ", "1. ", "](", "](https://evil.example)"),
    *("@everyone", "<@1>", "<#1>", "<@&1>", "<t:1:R>", "</a:1>", "<:a:1>", ":smile:", "<id:home>"),
    *("https://evil.example", "discord.gg/x", "移工", "👩‍👩‍👧", "é"),
)
TEXTS = st.lists(st.sampled_from(HOSTILE), min_size=1, max_size=12).map("".join)
LINK = "https://e.org/a_(b)*c*?d=[e]&f=移工"


def line_of(*spans: Span) -> Line:
    return Line(spans)


@given(text=TEXTS, style=st.sampled_from(Style), lead=TEXTS)
def test_text_is_seen_as_it_is(text, style, lead):
    """In every style and place, and nothing in it takes effect."""
    seen = read(paragraph(Line((Span(text, style),), lead=(Span(lead),))))

    assert seen.text.strip() == f"{lead}  {text}".strip()
    assert seen.kinds <= OURS
    assert seen.links == []


@given(spans=st.lists(st.tuples(TEXTS, st.sampled_from(Style)), min_size=1, max_size=4))
def test_neighbours_do_not_meddle(spans):
    """Two bold spans side by side are no broken one."""
    seen = read(paragraph(line_of(*(Span(text, style) for text, style in spans))))

    assert seen.text.strip() == "".join(text for text, _ in spans).strip()
    assert seen.kinds <= OURS


@given(text=TEXTS, style=st.sampled_from(Style), bare=st.booleans())
def test_a_link_leads_only_where_it_says(text, style, bare):
    """Its words are seen, and no other address is hidden in them."""
    seen = read(paragraph(line_of(Span(text, style, LINK)), bare=bare))

    where = "https://e.org/a_%28b%29%2Ac%2A?d=%5Be%5D&f=移工"
    assert {target for _, target in seen.links} <= {where}
    assert seen.text.replace(where, "").strip() == text.strip()
    assert seen.links != [] or not text.strip("[] ")


def test_a_title_that_looks_like_an_address_does_not_mask_another():
    """Discord would show the markup; people should see both."""
    seen = read(paragraph(line_of(Span("https://bank.example", link="https://e.org"))))

    assert seen.text == "https://bank.example https://e.org"
    assert seen.links == [("https://e.org", "https://e.org")]


@pytest.mark.parametrize(
    ("line", "markdown"),
    [
        pytest.param(Line((Span("小字", Style.FAINT),)), "-# 小字", id="small"),
        pytest.param(Line((Span("原文"),), quote=True), "> 原文", id="quote"),
        pytest.param(Line((Span("勞動"),), indent=1), "\u2003勞動", id="indent"),
        pytest.param(Line((Span("a`b", Style.CODE),)), "a\\`b", id="code-in-code"),
        pytest.param(Line((Span("x", Style.CODE),)), "`x`", id="code"),
        pytest.param(Line((Span(" 移工 ", Style.FOUND),)), " **移工** ", id="space-outside"),
        pytest.param(Line((Span("1. 第一"),)), "1\\. 第一", id="no-list"),
        pytest.param(Line(), "", id="empty"),
    ],
)
def test_lines_look_like_what_they_are(line, markdown):
    """And the text between is not escaped more than it must."""
    assert paragraph(line) == markdown


@settings(max_examples=40)
@given(
    texts=st.lists(st.tuples(TEXTS, st.integers(1, 200)), min_size=1, max_size=6),
    link=st.sampled_from([None, LINK]),
    may_embed=st.booleans(),
)
def test_every_sheet_keeps_the_limits(texts, link, may_embed):
    """However much escaping adds, and nothing is left out."""
    lines = tuple(Line((Span(text * times, link=link),)) for text, times in texts)

    found = sheets(Reply(lines), may_embed=may_embed)

    for sheet in found:
        assert length(sheet.content) <= MAX_CONTENT
        assert all(length(text) <= MAX_EMBED for text in sheet.embeds)
        assert sum(map(length, sheet.embeds)) <= MAX_EMBEDS
        assert may_embed or not sheet.embeds
    parts = [part for sheet in found for part in (sheet.content, *sheet.embeds)]
    if link is None:
        shown = "".join("".join(read(part).text.split()) for part in parts)
        assert shown == "".join("".join(line.text.split()) for line in lines)


def test_words_alone_are_content_and_links_are_embedded():
    """Notifications show content; embeds have room for addresses."""
    (words,) = sheets(Reply((line_of(Span("收好了")),)))
    (card,) = sheets(Reply((line_of(Span("標題", link="https://e.org")),)))

    assert (words.content, words.embeds) == ("收好了", ())
    assert (card.content, card.embeds) == ("", ("[標題](https://e.org)",))


@pytest.mark.parametrize("is_in_a_line", [True, False], ids=["in-a-line", "named-alone"])
def test_only_the_address_asked_for_is_previewed(is_in_a_line):
    """Angle brackets keep Discord from showing the others."""
    lines = [line_of(Span("甲", link="https://a.example"))]
    if is_in_a_line:
        lines.append(line_of(Span("乙", link="https://b.example")))

    (sheet,) = sheets(Reply(tuple(lines), previews="https://b.example"))

    second = "[乙](https://b.example)" if is_in_a_line else "https://b.example"
    assert sheet.content == f"[甲](<https://a.example>)\n{second}"


def test_an_edit_is_one_message():
    """Without its links a long reply fits again; what is longer still loses its end."""
    link = "https://e.org/" + "a" * 900
    lines = tuple(line_of(Span(f"標題{number}", link=link)) for number in range(30))

    sheet = one_sheet(Reply(lines))

    assert "標題29" in sheet.content + "".join(sheet.embeds)


def test_emoji_are_not_divided():
    """A family stays together, and so does an accent."""
    family = "👩‍👩‍👧‍👦"
    found = sheets(Reply((line_of(Span(family * 400)),)))

    assert all(
        part.startswith("👩") and part.endswith("👦")
        for sheet in found
        for part in (sheet.content, *sheet.embeds)
        if part
    )
