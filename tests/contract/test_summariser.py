"""What every summariser promises: the extractive one at two lengths, one that words summaries
beside it, and the fake."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.models.abstractive import CheckedSummariser
from core.models.summariser import ExtractiveSummariser
from core.ports import Summariser
from tests.fakes.models import FakeEmbedder, FakeSummariser, FakeWriter

SUMMARISERS: dict[str, Summariser] = {
    "extractive": ExtractiveSummariser(),
    "extractive-short": ExtractiveSummariser(max_characters=40),
    "worded": CheckedSummariser(FakeWriter(), ExtractiveSummariser(), FakeEmbedder()),
    "worded-short": CheckedSummariser(
        FakeWriter(), ExtractiveSummariser(max_characters=40), FakeEmbedder(), max_characters=40
    ),
    "fake": FakeSummariser(),
}

TEXTS = st.lists(
    st.one_of(
        st.sampled_from(
            [
                "環境部昨日公布新版減碳目標，將在二〇三五年前把排放量降至六成。",
                "The ministry said on Monday that it would raise the wage. Unions disagree.",
                "相關新聞",
                "Read more",
                "（中央社記者王大明台北3日電）立法院三讀通過。",
                "「走吧！」他說。",
                "標題",
                "……",
            ]
        ),
        st.text(st.characters(exclude_categories=["Cs"])),
    ),
    max_size=30,
).map("\n".join)


@pytest.fixture(params=SUMMARISERS)
def summariser(request: pytest.FixtureRequest) -> Summariser:
    return SUMMARISERS[request.param]


@given(text=TEXTS, title=st.none() | st.text())
@pytest.mark.parametrize("name", SUMMARISERS)
def test_extracts_are_the_texts_own_in_order(name: str, text: str, title: str | None):
    """Each extract stands in the text where it says, none overlaps the one before."""
    summary = SUMMARISERS[name].summarise(text, title=title)

    end = 0
    for extract in summary.extracts:
        assert extract.text == text[extract.start : extract.end]
        assert extract.text.strip() == extract.text != ""
        assert extract.start >= end
        end = extract.end


@pytest.mark.parametrize(
    "text",
    [
        "字",
        "a",
        "首頁\n登入\n分享",
        "版權所有",
        "HOME | NEWS | SPORTS",
        "長" * 5000,
        "標題：\n內容：",
    ],
    ids=["character", "letter", "menu", "rights", "navigation", "endless", "colons"],
)
def test_a_text_with_a_letter_has_a_summary(summariser: Summariser, text: str):
    """However little it looks like an article."""
    assert summariser.summarise(text).extracts


def test_the_same_text_has_the_same_summary(summariser: Summariser):
    """Nothing is left to chance."""
    text = "\n".join(
        f"第{number}段談的是社區與河流的關係，以及{number}個例子。" for number in range(60)
    )

    assert summariser.summarise(text, title="河流") == summariser.summarise(text, title="河流")


def test_a_short_text_is_its_own_summary(summariser: Summariser):
    """All sentences are there."""
    text = "明天下午三點集合。請帶水！"

    assert summariser.summarise(text).text == text


def test_the_method_is_kept_with_the_summary(summariser: Summariser):
    """A summary tells what made it."""
    assert summariser.method
    assert summariser.summarise("一句話。").method == summariser.method
