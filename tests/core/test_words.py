"""How texts become tokens and queries terms."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.folding import fold
from core.words import Term, phrase, stream, terms, tokens


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("移工權益", "移工 工权 权益 益", id="pairs and the last one"),
        pytest.param("貓", "猫", id="alone"),
        pytest.param("移工，權益", "移工 工 权益 益", id="a stop between"),
        pytest.param("IKEA買家具", "ikea 买家 家具 具", id="mixed"),
        pytest.param("COVID-19 5G h1n1", "covid 19 5 g h 1 n 1", id="letters and digits"),
        pytest.param("1,234,567 1,2 3.5", "1234567 1 2 3 5", id="numbers"),
        pytest.param("workers' worker's policies don't", "worker worker policy dont", id="endings"),
        pytest.param("bus class series shoes gas", "bus class sery shoes gas", id="other s"),
        pytest.param("हिन्दी भाषा", "हिन्दी भाषा", id="vowel signs stay"),
        pytest.param("ไทย", "ไท ทย ย", id="thai"),
        pytest.param("\U00020bb7野家", "\U00020bb7野 野家 家", id="beyond the basic plane"),
        pytest.param("👍 ！", "", id="signs"),
    ],
)
def test_a_text_becomes_a_stream(text, expected):
    """Words, numbers, and pairs of characters."""
    assert stream(fold(text)) == expected


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        pytest.param("移工權益", Term(("移工", "工权", "权益")), id="it may go on"),
        pytest.param("移", Term(("移",), is_prefix=True), id="one character"),
        pytest.param("new york", Term(("new", "york")), id="words"),
        pytest.param("台灣、香港", Term(("台湾", "湾", "香港")), id="across a stop"),
        pytest.param("covid 病", Term(("covid", "病"), is_prefix=True), id="ends in one"),
        pytest.param("？", None, id="nothing"),
    ],
)
def test_a_phrase_is_one_term(typed, expected):
    """Its tokens stand side by side."""
    assert phrase(fold(typed)) == expected


def test_a_word_is_several_pieces_of_evidence():
    """Pairs by themselves, but what is joined by signs or digits together."""
    assert terms(fold("IKEA買家具 covid-19 貓 new york")) == [
        Term(("ikea",)),
        Term(("买家",)),
        Term(("家具",)),
        Term(("covid", "19")),
        Term(("猫",), is_prefix=True),
        Term(("new",)),
        Term(("york",)),
    ]


@given(st.text(max_size=60))
def test_tokens_are_parts_of_the_text_in_order(text):
    """They never fall back, hold no space or quotation mark, and lie within the text."""
    folded = fold(text)
    found = list(tokens(folded))

    assert [each.start for each in found] == sorted(each.start for each in found)
    for each in found:
        assert 0 <= each.start < each.end <= len(folded)
        assert each.text
        assert not set(each.text) & set(' "\t\n')


@given(st.text(alphabet="移工權益a1 ，。-", min_size=1, max_size=12), st.data())
def test_every_part_of_a_run_is_found_in_it(text, data):
    """Whatever is cut out of one run of characters, its phrase stands in the text's stream."""
    folded = fold(text)
    runs = [part for part in folded.replace("-", " ").replace("，", " ").split() if part]
    runs = [run for run in runs if not any(c.isascii() or c == "。" for c in run)]
    if not runs:
        return
    run = data.draw(st.sampled_from(runs))
    start = data.draw(st.integers(0, len(run) - 1))
    end = data.draw(st.integers(start + 1, len(run)))
    term = phrase(run[start:end])

    text_tokens = [each.text for each in tokens(folded)]
    length = len(term.tokens)
    windows = [text_tokens[at : at + length] for at in range(len(text_tokens) - length + 1)]

    assert any(
        window[:-1] == list(term.tokens[:-1])
        and (
            window[-1].startswith(term.tokens[-1])
            if term.is_prefix
            else window[-1] == term.tokens[-1]
        )
        for window in windows
    )
