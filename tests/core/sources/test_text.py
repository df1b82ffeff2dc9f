"""Text files and pasted texts: what the title is, and what stays text."""

from datetime import date

import pytest

from core.domain import PastedText, Resource
from core.errors import NotAnArticle, TooLarge
from core.sources import text
from core.sources.reading import Extracted, ReadLimits

LIMITS = ReadLimits()
BODY = (
    "環保團體今天在立法院前召開記者會，要求政府公開全國二十二縣市的空氣品質監測資"
    "料，並訂出改善的期程。"
    "主辦單位表示，過去三年申請資料的公文往返超過四十次，居民完全無從得知自己呼吸的空氣裡有什麼。"
)
ENGLISH = (
    "Residents of three riverside villages met on Saturday to decide what "
    "to do with the old sugar mill, which has "
    "stood empty since the last shift walked out of its gates in 1998, "
    "and nobody from the company came to hear them."
)


def pasted(words: str, **given: object):
    return text.read_pasted(PastedText(words, **given), limits=LIMITS)  # type: ignore[arg-type]


def of_file(words: str | bytes, name: str = "note.txt", charset: str | None = None) -> Extracted:
    data = words.encode() if isinstance(words, str) else words
    return text.extract(Resource(data, file_name=name, charset=charset), LIMITS)


@pytest.mark.parametrize(
    ("words", "title"),
    [
        pytest.param(f"空品資料應公開\n\n{BODY}", "空品資料應公開", id="blank-line"),
        pytest.param(f"空品資料應公開\n{BODY}", "空品資料應公開", id="long-paragraph"),
        pytest.param(f"我們呼吸的是什麼？\n\n{BODY}", "我們呼吸的是什麼？", id="question-set-off"),
        pytest.param(
            f"Villages want the keys\n\n{ENGLISH}", "Villages want the keys", id="english"
        ),
        pytest.param(f"【公告】停水通知\n\n{BODY}", "【公告】停水通知", id="bracketed"),
    ],
)
def test_a_first_line_that_is_clearly_a_title_becomes_it(words: str, title: str):
    """And is no longer part of the text."""
    document = pasted(words)

    assert document.title == title
    assert document.text in (BODY, ENGLISH)


@pytest.mark.parametrize(
    "words",
    [
        pytest.param(BODY, id="one-paragraph"),
        pytest.param(f"今天的會議改到下午三點。\n\n{BODY}", id="sentence"),
        pytest.param(f"大家好\n\n{BODY}", id="greeting"),
        pytest.param(f"Dear all\n\n{ENGLISH}", id="english-greeting"),
        pytest.param(f"轉傳給大家看\n\n{BODY}", id="forwarded"),
        pytest.param(f"這樣可以嗎？\n{BODY}", id="question-not-set-off"),
        pytest.param("第一項\n第二項\n第三項", id="list"),
        pytest.param(f"1. 公開資料\n{BODY}", id="numbered"),
        pytest.param(f"- 公開資料\n{BODY}", id="bulleted"),
        pytest.param(f"https://example.com/a\n\n{BODY}", id="address"),
        pytest.param("短短一行\n\n也是短短一行", id="too-little-follows"),
        pytest.param(f"{BODY[:60]}\n\n{BODY}", id="too-long"),
        pytest.param(f"…\n\n{BODY}", id="no-letters"),
        pytest.param(f"各位鄰居：\n\n{BODY}", id="colon"),
    ],
)
def test_any_other_first_line_stays_text(words: str):
    """A wrong title is worse than none."""
    document = pasted(words)

    assert document.title is None
    assert document.text.split("\n")[0] == words.split("\n")[0]


def test_a_title_that_came_with_the_text_stands():
    """An import knows better."""
    document = pasted(
        f"空品資料應公開\n\n{BODY}",
        title="匯入的標題",
        url="https://example.com/a?utm_source=x",
        published_on=date(2024, 4, 12),
    )

    assert document.title == "匯入的標題"
    assert document.text.startswith("空品資料應公開\n")
    assert document.published_on == date(2024, 4, 12)
    assert document.canonical_url == "https://example.com/a"
    assert document.site == "example.com"
    assert document.language == "zh-Hant"
    assert document.media == "text"


def test_an_address_that_is_none_does_not_spoil_an_import():
    """The text is what matters."""
    document = pasted(BODY, title="標題", url="not an address")

    assert document.text == BODY
    assert (document.url, document.canonical_url) == (None, None)


@pytest.mark.parametrize("words", ["", "   \n\t", "……\n——", "\u200b\ufeff"])
def test_a_text_without_a_letter_is_no_text(words: str):
    """There is nothing to label in it."""
    with pytest.raises(NotAnArticle) as caught:
        pasted(words)

    assert caught.value.facts["reason"] == "no-text"


def test_too_long_a_text_is_refused_with_the_limit():
    """The one who sent it reads how much is kept."""
    with pytest.raises(TooLarge) as caught:
        text.read_pasted(PastedText("山" * 11), limits=ReadLimits(max_characters=10))

    assert caught.value.facts == {"what": "characters", "size": 11, "limit": 10}


def test_too_large_a_file_is_refused_before_it_is_read():
    """By its bytes."""
    with pytest.raises(TooLarge) as caught:
        text.extract(Resource(b"x" * 11, file_name="a.txt"), ReadLimits(max_text_bytes=10))

    assert caught.value.facts == {"what": "bytes", "size": 11, "limit": 10}


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "cp950"])
def test_a_text_file_is_read_in_its_character_set(codec: str):
    """Notepad in Taiwan wrote Big5 for twenty years."""
    found = of_file(f"空品資料應公開\r\n\r\n{BODY}\r\n".encode(codec))

    assert found.title == "空品資料應公開"
    assert found.text.strip() == BODY


@pytest.mark.parametrize(
    ("words", "title"),
    [
        (f"# 空品資料\n\n{BODY}", "空品資料"),
        (f"# 空品資料 #\n{BODY}", "空品資料"),
        (f"空品資料\n====\n\n{BODY}", "空品資料"),
        (f"## 小節\n\n{BODY}", None),
        (f"# a{' ' * 300_000}b\n{BODY}", None),
        (BODY, None),
    ],
)
def test_a_markdown_file_is_named_by_its_first_heading(words: str, title: str | None):
    """Of the first level only."""
    found = of_file(words, "note.md")

    assert found.title == title
    assert BODY in found.text


def test_front_matter_names_title_author_and_day():
    """And is no part of the text."""
    head = (
        '---\ntitle: "空品資料"\nauthor: 林怡君\ndate: 2024-04-12T10:00:00+08:00\ntags: [a]\n---\n'
    )

    found = of_file(f"{head}\n{BODY}", "note.md")

    assert (found.title, found.author, found.published_on) == (
        "空品資料",
        "林怡君",
        date(2024, 4, 12),
    )
    assert found.text.strip() == BODY


def test_a_date_that_is_none_is_left_out():
    """Rather than guessed."""
    assert of_file(f"---\ntitle: a b c\ndate: soon\n---\n{BODY}", "note.md").published_on is None


def test_a_heading_with_nothing_below_it_is_the_text():
    """A title alone would leave no text."""
    assert of_file("# 只有標題", "note.md").text.strip() == "# 只有標題"
