"""PDF files: text, title, author and date, and each way in which they cannot be read."""

from datetime import date

import pytest

from core.domain import Resource
from core.errors import TooLarge, Unreadable
from core.sources import pdf
from core.sources.reading import Extracted, ReadLimits
from tests.core.sources.pdf_samples import Set, make_pdf, paragraph

ZH_PAGE = [
    Set("空氣品質監測資料公開要點", 150, 760, 20),
    *paragraph(
        [
            "環保團體今天在立法院前召開記者會，要求政府公開全國二十二縣市",
            "的空氣品質監測資料，並訂出改善的期程。主辦單位表示，過去三年申",
            "請資料的公文往返超過四十次。",
        ],
        y=700,
    ),
    *paragraph(
        [
            "　　台中市一位小學老師帶來學生的觀察紀錄。她說，孩子們每天早上",
            "看窗外的山，看不見的日子比看得見的多。",
        ],
        y=640,
    ),
]
EN_PAGE = [
    Set("The Sugar Mill: A Report", 72, 760, 22),
    *paragraph(
        [
            "Residents of three riverside villages met on Saturday to decide what to do with",
            "the old sugar mill, which has stood empty since the last shift walked out of its",
            "gates in 1998. The meeting was the first of its kind in the district, and the orga-",
            "nisers had kept two chairs free in the front row.",
        ],
        y=700,
    ),
    *paragraph(
        [
            "A survey that the village school carried out last spring found that four families",
            "out of five would use a market hall.",
        ],
        y=630,
    ),
]


def extract(data: bytes, limits: ReadLimits = ReadLimits()) -> Extracted:  # noqa: B008 - frozen
    return pdf.extract(Resource(data, "application/pdf", url="https://example.com/a.pdf"), limits)


def test_chinese_lines_become_paragraphs_without_spaces():
    """A line's end is no word's end."""
    found = extract(make_pdf([ZH_PAGE]))

    assert found.text.split("\n") == [
        "空氣品質監測資料公開要點",
        (
            "環保團體今天在立法院前召開記者會，要求政府公開全國二十二縣市的空氣品質監測資"
            "料，並訂出改善的期程。"
            "主辦單位表示，過去三年申請資料的公文往返超過四十次。"
        ),
        (
            "台中市一位小學老師帶來學生的觀察紀錄。她說，孩子們每天早上看窗外的山，看不見"
            "的日子比看得見的多。"
        ),
    ]


def test_english_lines_become_paragraphs_with_spaces_and_whole_words():
    """A divided word is put together."""
    paragraphs = extract(make_pdf([EN_PAGE])).text.split("\n")

    assert paragraphs[0] == "The Sugar Mill: A Report"
    assert "the organisers had kept two chairs free" in paragraphs[1]
    assert "decide what to do with the old sugar mill" in paragraphs[1]
    assert paragraphs[2].startswith("A survey")
    assert len(paragraphs) == 3


def test_what_returns_on_every_page_is_left_out():
    """Running heads and page numbers; a paragraph goes on over the page."""
    words = ["river", "mill", "keys", "council"]
    pages = [
        [
            Set("Annual Report 2024", 72, 800, 9),
            *paragraph(
                [
                    (
                        f"This line about the {word} begins the page and is followed by another "
                        f"one that"
                    ),
                    (
                        f"is as long as it, and by a third one which says that the {word} is "
                        f"what it is and"
                    ),
                    (
                        f"that whoever reads about the {word} should turn the page and read "
                        f"on about the"
                    ),
                ]
            ),
            Set(f"- {number} -", 290, 40, 9),
        ]
        for number, word in enumerate(words, start=1)
    ]

    text = extract(make_pdf(pages)).text

    assert "Annual Report" not in text
    assert "- 2 -" not in text
    assert "read on about the This line about the mill begins" in text


@pytest.mark.parametrize(
    ("said", "title"),
    [
        pytest.param("Ten years of the mill", "Ten years of the mill", id="a-title"),
        pytest.param("空氣品質白皮書", "空氣品質白皮書", id="a-chinese-title"),
        pytest.param("Microsoft Word - 1130412.doc", "The Sugar Mill: A Report", id="word"),
        pytest.param("report_final2.docx", "The Sugar Mill: A Report", id="file-name"),
        pytest.param("PowerPoint 簡報", "The Sugar Mill: A Report", id="slides"),
        pytest.param("untitled", "The Sugar Mill: A Report", id="untitled"),
        pytest.param("20240412", "The Sugar Mill: A Report", id="digits"),
        pytest.param("", "The Sugar Mill: A Report", id="empty"),
    ],
)
def test_a_title_field_is_believed_when_it_looks_like_a_title(said: str, title: str):
    """Else the largest line at the top is it."""
    assert extract(make_pdf([EN_PAGE], info={"Title": said})).title == title


def test_a_title_in_large_letters_may_have_two_lines():
    """Both are of one size."""
    page = [
        Set("What the village wants", 72, 760, 22),
        Set("with the old mill", 72, 733, 22),
        *EN_PAGE[1:],
    ]

    assert extract(make_pdf([page])).title == "What the village wants with the old mill"


@pytest.mark.parametrize(
    ("said", "author"),
    [
        ("Ana Ruiz", "Ana Ruiz"),
        ("林怡君", "林怡君"),
        ("USER", None),
        ("admin", None),
        ("Windows 使用者", None),
        ("", None),
    ],
)
def test_an_author_field_is_believed_when_it_names_a_person(said: str, author: str | None):
    """And not the account on somebody's computer."""
    assert extract(make_pdf([EN_PAGE], info={"Author": said})).author == author


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("D:20240412233000+08'00'", date(2024, 4, 12)),
        ("20240412", date(2024, 4, 12)),
        ("D:20241399", None),
        ("D:19040101", None),
        ("soon", None),
    ],
)
def test_the_day_is_that_of_the_maker(said: str, day: date | None):
    """In his time zone."""
    assert extract(make_pdf([EN_PAGE], info={"CreationDate": said})).published_on == day


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        pytest.param(make_pdf([EN_PAGE], encrypt=True), "encrypted", id="encrypted"),
        pytest.param(make_pdf([[], []]), "no-text-layer", id="scan"),
        pytest.param(make_pdf([[Set("7")], [Set("8")]]), "no-text-layer", id="scan-with-numbers"),
        pytest.param(b"%PDF-1.4 and then nothing that makes sense", "broken", id="rubbish"),
        pytest.param(make_pdf([EN_PAGE])[:400], "broken", id="cut-off"),
    ],
)
def test_each_way_of_being_unreadable_has_its_reason(data: bytes, reason: str):
    """The sender reads which, since different things help."""
    with pytest.raises(Unreadable) as caught:
        extract(data)

    assert caught.value.facts["reason"] == reason


def test_letters_that_cannot_be_told_are_no_text_layer():
    """Fonts without a map to Unicode give private characters."""
    page = [Set("\ue001\ue002\ue003 \ue004\ue005" * 8, 72, 700)]

    with pytest.raises(Unreadable) as caught:
        extract(make_pdf([page]))

    assert caught.value.facts["reason"] == "no-text-layer"


@pytest.mark.parametrize(
    ("limits", "facts"),
    [
        pytest.param(ReadLimits(max_pages=2), {"what": "pages", "size": 3, "limit": 2}, id="pages"),
        pytest.param(ReadLimits(max_pdf_bytes=100), {"what": "bytes", "limit": 100}, id="bytes"),
        pytest.param(
            ReadLimits(max_characters=100), {"what": "characters", "limit": 100}, id="characters"
        ),
    ],
)
def test_too_large_a_file_is_refused_with_the_limit(limits: ReadLimits, facts: dict[str, object]):
    """Whichever it is beyond."""
    with pytest.raises(TooLarge) as caught:
        extract(make_pdf([EN_PAGE, ZH_PAGE, EN_PAGE]), limits)

    assert facts.items() <= caught.value.facts.items()
