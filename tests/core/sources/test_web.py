# ruff: noqa: E501 - markup is as wide as it is
"""Web pages: the article and what is said about it, in the shapes of real sites."""

import logging
from datetime import date

import pytest
from trafilatura import extract as trafilatura_extract

from core.domain import Document, Resource
from core.errors import TooLarge
from core.sources import web
from core.sources.reading import Extracted, Format, FormatSource, ReadLimits
from tests.core.sources.web_samples import EN, PTT, SAMPLES, SHORT, UDN, ZH, Sample, p

URL = "https://news.example.com/2024/a-1"
samples = pytest.mark.parametrize("sample", [pytest.param(one, id=one.name) for one in SAMPLES])


def read(sample: Sample) -> Document:
    source = FormatSource(
        Format("web", "html", web.extract), lambda _, resource: web.extract(resource, ReadLimits())
    )
    return source.read(Resource(sample.html.encode(), "text/html", "utf-8", sample.url))


def extract(body: str, *, head: str = "", url: str = URL, lang: str = "en") -> Extracted:
    html = f'<!DOCTYPE html><html lang="{lang}"><head><meta charset="utf-8">{head}</head><body>{body}</body></html>'
    return web.extract(Resource(html.encode(), "text/html", "utf-8", url), ReadLimits())


@samples
def test_every_paragraph_is_there_on_a_line_of_its_own(sample: Sample):
    """Paragraphs are kept: each begins a line or stands within one, and no two share one."""
    lines = read(sample).text.split("\n")

    homes = [
        [number for number, line in enumerate(lines) if paragraph in line]
        for paragraph in sample.paragraphs
    ]
    assert all(homes)
    assert len({numbers[0] for numbers in homes}) == len(sample.paragraphs)


@samples
def test_menus_comments_and_other_articles_are_not(sample: Sample):
    """Nothing around the article gets into it."""
    text = read(sample).text

    assert [noise for noise in sample.noise if noise in text] == []


@samples
def test_what_the_page_says_about_itself_is_found(sample: Sample):
    """Title without the site's name, author, day, site, language, image."""
    document = read(sample)

    assert (
        document.title,
        document.author,
        document.published_on,
        document.site,
        document.language,
        document.image_url,
    ) == (
        sample.title,
        sample.author,
        sample.published_on,
        sample.site,
        sample.language,
        sample.image_url,
    )


@samples
def test_it_is_never_worse_than_trafilatura_alone(sample: Sample):
    """No sentence of the article that trafilatura finds is lost, and no noise that it avoids is
    found."""
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    alone = trafilatura_extract(sample.html, url=sample.url, include_comments=False) or ""

    ours = read(sample).text

    assert {one for one in sample.paragraphs if one in alone} <= {
        one for one in sample.paragraphs if one in ours
    }
    assert {one for one in sample.noise if one in ours} <= {
        one for one in sample.noise if one in alone
    }


def test_blank_lines_in_the_source_are_paragraphs():
    """On bulletin boards there is no other markup. trafilatura alone makes one line of them."""
    alone = trafilatura_extract(PTT.html, url=PTT.url, include_comments=False) or ""

    ours = read(PTT).text

    assert ours.split("\n") == list(ZH[:3])
    assert not set(ZH[:3]) & set(alone.split("\n"))


def test_a_short_notice_comes_without_the_menu():
    """trafilatura alone takes the whole page where it finds little."""
    alone = trafilatura_extract(SHORT.html, url=SHORT.url, include_comments=False) or ""

    ours = read(SHORT).text

    assert "社區選單3" in alone
    assert ours.split("\n") == ["停水通知", *SHORT.paragraphs]


def test_a_line_wrapped_between_chinese_characters_gets_no_space():
    """The wrap is the editor's, not the author's."""
    wrapped = ZH[0][:20] + "\n    " + ZH[0][20:]

    assert ZH[0] in extract(f"<article>{p((wrapped, *ZH[1:]))}</article>", lang="zh-TW").text


def test_english_lines_keep_their_spaces():
    """A wrap there is a space."""
    wrapped = EN[0].replace(" ", "\n   ", 5)

    assert EN[0] in extract(f"<article>{p((wrapped, *EN[1:]))}</article>").text


def test_code_keeps_its_lines():
    """There a blank line is the author's."""
    code = "first = 1\n\n\nsecond = 2\n\nthird = some_function(first, second)"

    text = extract(f"<article>{p(EN)}<pre><code>{code}</code></pre></article>").text

    assert "first = 1" in text
    assert "third = some_function(first, second)" in text


def test_tables_and_lists_are_lines():
    """Cells are divided, and nothing is left of the frame."""
    table = "<table><tr><th>City</th><th>Stations</th></tr><tr><td>Taichung</td><td>five</td></tr></table>"
    items = "<ul><li>The first demand is for data</li><li>The second demand is for a day</li></ul>"

    lines = extract(f"<article>{p(EN)}{items}{table}</article>").text.split("\n")

    assert "- The first demand is for data" in lines
    assert "Taichung | five" in lines
    assert not any("---" in line for line in lines)


def test_the_whole_text_of_json_ld_takes_the_place_of_a_beginning():
    """Sites that unfold an article by script carry it there."""
    whole = "\\n".join(ZH)
    head = f'<script type="application/ld+json">{{"@type":"NewsArticle","headline":"a","articleBody":"{whole}"}}</script>'

    found = extract(f"<article><h1>空品資料</h1>{p(ZH[:2])}</article>", head=head, lang="zh-TW")

    assert found.text.split("\n") == list(ZH)


def test_another_text_in_json_ld_is_left_alone():
    """Some sites put the text of another article there."""
    head = f'<script type="application/ld+json">{{"@type":"NewsArticle","articleBody":"{" ".join(EN)}"}}</script>'

    found = extract(f"<article>{p(ZH)}</article>", head=head, lang="zh-TW")

    assert ZH[4] in found.text
    assert EN[0] not in found.text


def test_markup_in_json_ld_is_taken_off():
    """It is plain text by the standard, and HTML in practice."""
    body = "".join(f"<p>{paragraph} &amp; <b>so on</b></p>" for paragraph in ZH)
    head = (
        f'<script type="application/ld+json">{{"@type":"Article","articleBody":"{body}"}}</script>'
    )

    found = extract(f"<article>{p(ZH[:1])}</article>", head=head, lang="zh-TW")

    assert found.text.split("\n") == [f"{paragraph} & so on" for paragraph in ZH]


def test_the_text_decides_the_language_and_the_page_only_hints():
    """Templates say en on Chinese pages."""
    wrong = Sample("wrong", UDN.html.replace('lang="zh-Hant-TW"', 'lang="en"'), UDN.url, ())

    assert read(wrong).language == "zh-Hant"


@pytest.mark.parametrize(
    ("limits", "what"),
    [
        pytest.param(ReadLimits(max_html_bytes=1000), "bytes", id="bytes"),
        pytest.param(ReadLimits(max_elements=20), "elements", id="elements"),
        pytest.param(ReadLimits(max_depth=3), "depth", id="depth"),
        pytest.param(ReadLimits(max_characters=100), "characters", id="characters"),
    ],
)
def test_a_page_beyond_a_limit_is_refused_with_it(limits: ReadLimits, what: str):
    """Before the parser sees it, where that can be."""
    with pytest.raises(TooLarge) as caught:
        web.extract(Resource(UDN.html.encode(), "text/html", url=UDN.url), limits)

    assert caught.value.facts["what"] == what


def test_an_address_noted_by_the_browser_resolves_relative_ones():
    """A saved page still has its picture."""
    html = (
        "<!-- saved from url=(0031)https://news.example.com/2024/a -->"
        f'<html><head><meta property="og:image" content="../lead.jpg"></head><body>{p(EN)}</body></html>'
    )

    found = web.extract(Resource(html.encode(), file_name="a.html"), ReadLimits())

    assert found.saved_from == "https://news.example.com/2024/a"
    assert found.image_url == "https://news.example.com/lead.jpg"


def test_a_bare_fragment_is_a_page_too():
    """Some exports leave the frame out."""
    found = web.extract(Resource(p(EN).encode(), "text/html"), ReadLimits())

    assert all(paragraph in found.text for paragraph in EN)
    assert found.published_on is None or found.published_on < date(2100, 1, 1)
