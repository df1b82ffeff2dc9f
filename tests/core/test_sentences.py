"""Sentences: where they end, and exactly where they stand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.sentences import MAX_LENGTH, split

TRICKY = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from("。！？.!?…「」『』“”\"'（）()《》[]1a A\n\r\t\u3000\u2028說，;\x85\x1c"),
    )
)


def sentences(text: str) -> list[str]:
    return [extract.text for extract in split(text)]


@pytest.mark.parametrize(
    "expected",
    [
        pytest.param(["政府昨天宣布新法。", "學者表示歡迎！", "何時上路？"], id="stops"),
        pytest.param(["他說：「走吧！」", "然後離開。"], id="quotation-ends-the-sentence"),
        pytest.param(["「我不知道。」他說。", "她笑了。"], id="who-said-it-belongs-to-it"),
        pytest.param(["「真的嗎？」她問。", "沒人回答。"], id="who-asked"),
        pytest.param(["他說：「我不去。你去。」", "她去了。"], id="short-quotation-stays-whole"),
        pytest.param(["群眾高喊「還我土地！」後離開。"], id="quoted-in-passing"),
        pytest.param(["為什麼叫「台灣第一？」的原因不明。"], id="quoted-noun"),
        pytest.param(["《你好嗎？》這本書很好。", "值得讀。"], id="title-with-a-question-mark"),
        pytest.param(["如下。", "（見圖一。）", "接著說明。"], id="bracketed-sentence"),
        pytest.param(["他（真的！）來了。"], id="aside"),
        pytest.param(["他笑了……然後走了。", "再見……"], id="ellipsis-within"),
        pytest.param(["成本是3.14元。", "漲了2.5%。"], id="decimals"),
        pytest.param(["真的嗎?", "真的!", "我們走吧."], id="half-width-stops"),
        pytest.param(["Yahoo!奇摩宣布關站。", "使用者錯愕。"], id="exclamation-in-a-name"),
        pytest.param(['他說:"走吧!"', "然後離開。"], id="straight-quotes"),
        pytest.param(["今日は晴れです。", "「行こう。」と彼は言った。"], id="japanese"),
        pytest.param(["यह एक वाक्य है।", "दूसरा वाक्य।"], id="danda"),
    ],
)
def test_sentences_written_together(expected: list[str]):
    """Texts without spaces between sentences are cut at their stops."""
    assert sentences("".join(expected).replace("। ", "।")) == expected


@pytest.mark.parametrize(
    "expected",
    [
        pytest.param(["It rained.", "Was it cold?", "Yes!"], id="stops"),
        pytest.param(["Mr. Smith met Dr. Lee.", "They spoke."], id="titles"),
        pytest.param(["It left the U.S. yesterday.", "He stayed."], id="acronym-within"),
        pytest.param(["It left the U.S.", "He stayed."], id="acronym-at-the-end"),
        pytest.param(["J. R. R. Tolkien wrote it.", "We read it."], id="initials"),
        pytest.param(["See e.g. No. 5 in Fig. 2.", "It shows all."], id="numbers"),
        pytest.param(["That was No.", "He meant it."], id="no-is-a-word-too"),
        pytest.param(["Lee et al. (2020) agree.", "Others do not."], id="et-al"),
        pytest.param(["Apple Inc. Chief Tim Cook left.", "Sales fell."], id="company"),
        pytest.param(
            ["It cost $3.14 at www.example.com.", "So what."], id="decimals-and-addresses"
        ),
        pytest.param(["She left...", "Then he came."], id="ellipsis-before-a-capital"),
        pytest.param(["She left... and came back."], id="ellipsis-within"),
        pytest.param(['"Really?" she asked.', '"Yes."', "He nodded."], id="straight-quotes"),
        pytest.param(["“Stop!” Mary Jones said.", "He did."], id="who-said-it"),
        pytest.param(["“I won’t. You will,” he said.", "Go."], id="quotation-of-two"),
        pytest.param(["He said 'go.'", "They went."], id="single-quotes"),
        pytest.param(["It was so.[12][3]", "Then it was not."], id="notes"),
        pytest.param(["1. First do this.", "Then that."], id="list-number"),
        pytest.param(["Er kam am 3. Oktober an.", "Es regnete."], id="german-date"),
        pytest.param(["정부는 발표했다.", "“좋습니다.”라고 말했다."], id="korean"),
        pytest.param(["He came at 5 p.m. Monday (it was late.) and left."], id="aside"),
        pytest.param(["Well -- yes.", "... No."], id="leading-dots"),
    ],
)
def test_sentences_with_spaces_between(expected: list[str]):
    """A full stop ends a sentence only where what follows begins one."""
    assert sentences(" ".join(expected)) == expected


def test_wide_gaps_between_sentences():
    """However much white space follows a stop, the next word decides."""
    assert sentences("See No." + " " * 60 + "5 now. " + " " * 60 + "Go.") == [
        "See No." + " " * 60 + "5 now.",
        "Go.",
    ]


def test_every_line_ends_a_sentence():
    """Headings, list items and indented lines stand by themselves."""
    text = "標題沒有句號\r\n  第一段。第二句\n\n\u3000縮排\n"

    assert sentences(text) == ["標題沒有句號", "第一段。", "第二句", "縮排"]


def test_a_long_quotation_is_cut_inside():
    """A speech of many sentences is not one."""
    speech = "他說：「" + "這是很長的演說的其中一句話。" * 20 + "」"

    assert len(sentences(speech)) == 20


def test_an_unclosed_quotation_holds_nothing_back():
    """A forgotten mark does not glue the rest of the line together."""
    assert sentences("他說「好。然後走了。再見）。") == ["他說「好。", "然後走了。", "再見）。"]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        pytest.param("長" * 400 + "，" + "文" * 400, 401, id="comma"),
        pytest.param("ab " * 400, 599, id="space"),
        pytest.param("長" * 1000, MAX_LENGTH, id="nothing"),
    ],
)
def test_what_never_stops_is_cut(text: str, first: int):
    """Without a stop, the last comma or space that fits ends the piece."""
    cut = split(text)

    assert cut[0].end == first
    assert all(len(extract.text) <= MAX_LENGTH for extract in cut)


@given(TRICKY)
def test_offsets_are_exact_and_only_white_space_is_lost(text: str):
    """Each sentence stands where it says; in order; between them is nothing to read."""
    extracts = split(text)

    end = 0
    for extract in extracts:
        assert extract.text == text[extract.start : extract.end]
        assert extract.text
        assert extract.text == extract.text.strip()
        assert not text[end : extract.start].strip()
        end = extract.end
    assert not text[end:].strip()


@given(TRICKY, TRICKY)
def test_lines_are_read_by_themselves(one: str, other: str):
    """What stands in another line changes nothing."""
    assert sentences(one + "\n" + other) == sentences(one) + sentences(other)
