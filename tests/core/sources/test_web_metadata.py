# ruff: noqa: E501 - markup is as wide as it is
"""Metadata: each field from each place where sites put it, and not from where it is something else."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml.html import fromstring

from core.sources.dates import labelled_day, local_day
from core.sources.metadata import Guess, Metadata, collect
from core.sources.titles import without_site

URL = "https://www.example.com.tw/news/1"
NOTHING = Guess()


def of(
    head: str, *, body: str = "", opening: str = "", guess: Guess = NOTHING, lang: str = ""
) -> Metadata:
    tree = fromstring(f'<html lang="{lang}"><head>{head}</head><body>{body}<p>x</p></body></html>')
    return collect(tree, url=URL, guess=guess, opening=opening)


def ld(content: str) -> str:
    return f'<script type="application/ld+json">{content}</script>'


@pytest.mark.parametrize(
    ("title", "site", "expected"),
    [
        ("空品資料公開 | 生活 | 聯合新聞網", "聯合新聞網", "空品資料公開"),
        ("空品資料公開 - 生活 - 自由時報電子報", "自由時報電子報", "空品資料公開"),
        ("空品資料公開｜公視新聞網 PNN", "公視新聞網 PNN", "空品資料公開"),
        ("空品資料公開 @ 看山的部落格 :: 痞客邦 ::", "痞客邦", "空品資料公開 @ 看山的部落格"),
        ("Keys to the mill | The Herald", "The Herald", "Keys to the mill"),
        ("Keys to the mill – Herald", "herald", "Keys to the mill"),
        ("Keys to the mill - The Herald", "Herald", "Keys to the mill"),
        ("Mountain View: Looking at mountains", "Mountain View", "Looking at mountains"),
        ("Mountain View-Hotel burns down", "Mountain View", "Mountain View-Hotel burns down"),
        ("Why the Herald was wrong", "Herald", "Why the Herald was wrong"),
        ("The Herald", "The Herald", "The Herald"),
        ("缺電？ - 一個問題 - 範例網", "範例網", "缺電？ - 一個問題"),
        ("A | B test explained | The Herald", "The Herald", "A | B test explained"),
        ("Title", None, "Title"),
    ],
)
def test_a_title_loses_the_sites_name_and_nothing_else(title: str, site: str | None, expected: str):
    """Only at a separator, and only where something is left."""
    assert without_site(title, site) == expected


@given(st.text(max_size=40), st.text(min_size=1, max_size=15))
def test_a_title_never_becomes_empty(title: str, site: str):
    """Whatever it and the site are called."""
    assert bool(without_site(title, site).strip()) == bool(title.strip())


@pytest.mark.parametrize(
    ("head", "author"),
    [
        (ld('{"@type":"NewsArticle","author":{"@type":"Person","name":"Ana Ruiz"}}'), "Ana Ruiz"),
        (ld('{"@type":["NewsArticle"],"author":[{"name":"Ana"},{"name":"Ben"}]}'), "Ana; Ben"),
        (ld('{"@type":"Article","author":"王小明"}'), "王小明"),
        (ld('{"@type":"Article","author":{"name":"聯合報 記者林怡君／台北即時報導"}}'), "林怡君"),
        (
            ld('{"@type":"Article","author":{"name":"中央社記者陳小雲、張大山台北12日電"}}'),
            "陳小雲; 張大山",
        ),
        (
            ld('{"@type":"Article","author":{"@type":"Organization","name":"中央社"}}')
            + '<meta name="author" content="王小明">',
            "王小明",
        ),
        ('<meta name="author" content="王小明">', "王小明"),
        ('<meta name="author" content="By Ana Ruiz">', "Ana Ruiz"),
        ('<meta property="article:author" content="https://facebook.com/x">', None),
        ('<meta name="author" content="admin">', None),
        (ld("{not json") + '<meta name="author" content="王小明">', "王小明"),
        (ld("[" * 5000), None),
        ("", None),
    ],
)
def test_authors_are_people(head: str, author: str | None):
    """Not addresses, accounts or houses."""
    assert of(head).author == author


@pytest.mark.parametrize(
    ("opening", "author"),
    [
        ("〔記者王大同／台北報導〕環團今天", "王大同"),
        ("（中央社記者陳小雲台北12日電）環團", "陳小雲"),
        ("文／王小明\n環團今天", "王小明"),
        ("撰文｜王小明、李大華\n", "王小明; 李大華"),
        ("By Jo Brand and Sam Lee\n", "Jo Brand; Sam Lee"),
        ("作者\nmountain (看山的人)\n", "mountain"),
        ("記者會上，環團說", None),
        ("他是一位作者，也是老師", None),
        ("By the way, this is not a name\n", None),
    ],
)
def test_a_byline_is_read_where_nothing_is_declared(opening: str, author: str | None):
    """In the forms of Taiwanese papers, and in English."""
    assert of("", opening=opening).author == author


def test_what_trafilatura_found_fills_what_is_missing():
    """Our own findings come first, its come last; none is lost."""
    guess = Guess(
        "Its title", "Its Author", date(2024, 1, 2), "Its Site", "https://e.example/its.jpg"
    )

    found = of("", guess=guess)

    assert found == Metadata(
        "Its title", "Its Author", date(2024, 1, 2), "Its Site", "https://e.example/its.jpg"
    )


@pytest.mark.parametrize(
    ("text", "url", "day"),
    [
        ("2024-04-12", None, date(2024, 4, 12)),
        ("2024-04-12T23:30:00+08:00", "https://a.tw/", date(2024, 4, 12)),
        ("2024-04-12T23:30:00+08:00", "https://a.com/", date(2024, 4, 12)),
        ("2024-04-12T16:30:00Z", "https://a.com.tw/", date(2024, 4, 13)),
        ("2024-04-12T16:30:00Z", "https://a.com/", date(2024, 4, 12)),
        ("2024-04-12T15:30:00.000Z", "https://a.tw/", date(2024, 4, 12)),
        ("2024-04-12T16:30:00Z", "https://a.jp/", date(2024, 4, 13)),
        ("2024/4/2 13:30", None, date(2024, 4, 2)),
        ("2024年4月2日", None, date(2024, 4, 2)),
        ("2024-13-02", None, None),
        ("0001-01-01T00:00:00Z", "https://a.tw/", None),
        ("9999-12-31T23:00:00Z", "https://a.tw/", None),
        ("soon", None, None),
        ("", None, None),
    ],
)
def test_a_day_is_the_publishers(text: str, url: str | None, day: date | None):
    """In the publisher's calendar, also where his system writes UTC."""
    assert local_day(text, url) == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("發布日期：113-04-12", date(2024, 4, 12)),
        ("發布時間:113/4/12 10:00", date(2024, 4, 12)),
        ("張貼日期 2024.04.12", date(2024, 4, 12)),
        ("日期：民國113年4月12日", date(2024, 4, 12)),
        ("中華民國 113 年 4 月 12 日", date(2024, 4, 12)),
        ("更新日期：113-05-20\n發布日期：113-04-12", date(2024, 4, 12)),
        ("活動日期：113-05-20", None),
        ("截止日期：2024-05-20", None),
        ("日期：24/04/12", None),
        ("發布日期：113-14-12", None),
        ("113-04-12", None),
    ],
)
def test_a_labelled_day_is_read_in_either_era(text: str, day: date | None):
    """Taiwanese offices count from 1911."""
    assert labelled_day(text) == day


@pytest.mark.parametrize(
    "head",
    [
        ld(
            '{"@graph":[{"@type":"WebPage"},{"@type":"NewsArticle","datePublished":"2024-04-12T08:00:00+08:00"}]}'
        ),
        ld('{"@type":"WebPage","mainEntity":{"@type":"BlogPosting","datePublished":"2024-04-12"}}'),
        '<meta property="article:published_time" content="2024-04-12T08:00:00+08:00">',
        '<meta itemprop="datePublished" content="2024/04/12 13:30">',
        '<meta name="pubdate" content="2024-04-12">',
        '<meta property="article:modified_time" content="2024-05-01"><meta name="date.available" content="2024/04/12 14:05:00">',
    ],
)
def test_a_declared_day_is_found(head: str):
    """The day of publication, not of a change."""
    assert of(head, guess=Guess(published_on=date(2020, 1, 1))).published_on == date(2024, 4, 12)


@pytest.mark.parametrize(
    "body",
    [
        '<time itemprop="datePublished" datetime="2024-04-12T10:00:00+08:00">yesterday</time>',
        '<time class="entry-published" datetime="2024-04-12">April</time>',
        '<abbr class="published" title="2024-04-12T10:30:00+08:00">10:30</abbr>',
    ],
)
def test_a_marked_up_day_is_found(body: str):
    """By microdata or class."""
    assert of("", body=body).published_on == date(2024, 4, 12)


@pytest.mark.parametrize(
    ("head", "image"),
    [
        ('<meta property="og:image" content="/a.jpg">', "https://www.example.com.tw/a.jpg"),
        ('<meta property="og:image" content="//img.example/a.jpg">', "https://img.example/a.jpg"),
        (
            '<base href="https://cdn.example/x/"><meta name="twitter:image" content="a.jpg">',
            "https://cdn.example/x/a.jpg",
        ),
        ('<meta property="og:image" content="data:image/png;base64,AA">', None),
        ('<meta property="og:image" content="http://[bad/a.jpg">', None),
        (
            ld('{"@type":"Article","image":["https://e.example/1.jpg","https://e.example/2.jpg"]}'),
            "https://e.example/1.jpg",
        ),
        (
            ld(
                '{"@type":"Article","image":{"@type":"ImageObject","url":"https://e.example/1.jpg"}}'
            ),
            "https://e.example/1.jpg",
        ),
    ],
)
def test_the_image_has_an_absolute_web_address(head: str, image: str | None):
    """Or none."""
    assert of(head).image_url == image


@pytest.mark.parametrize(
    ("head", "site"),
    [
        ('<meta property="og:site_name" content="中央社 CNA">', "中央社 CNA"),
        (ld('{"@type":"Article","publisher":{"name":"自由時報"}}'), "自由時報"),
        ('<meta property="og:site_name" content="https://example.com">', None),
        ("", None),
    ],
)
def test_the_site_is_named_as_it_names_itself(head: str, site: str | None):
    """Letter for letter."""
    assert of(head).site == site


def test_microdata_names_the_publisher():
    """Old templates have nothing else."""
    body = '<div itemprop="publisher"><meta itemprop="name" content="河岸社區"></div>'

    assert of("", body=body).site == "河岸社區"


@pytest.mark.parametrize(
    ("lang", "head", "language"),
    [
        ("zh-TW", "", "zh-Hant"),
        ("zh-Hant-TW", "", "zh-Hant"),
        ("zh-CN", "", "zh-Hans"),
        ("zh", "", None),
        ("en-GB", "", "en"),
        ("", '<meta property="og:locale" content="zh_TW">', "zh-Hant"),
        ("nonsense!", "", None),
    ],
)
def test_a_declared_language_is_a_tag_of_ours(lang: str, head: str, language: str | None):
    """Chinese by script."""
    assert of(head, lang=lang).language == language


@pytest.mark.parametrize(
    ("said", "is_free"), [("false", False), ('"False"', False), ("true", True), ('"maybe"', None)]
)
def test_declared_access_is_read(said: str, is_free: bool | None):
    """As a boolean or as a word."""
    assert of(ld(f'{{"@type":"Article","isAccessibleForFree":{said}}}')).is_free is is_free


def test_the_pages_own_address_is_absolute():
    """`rel=canonical` before `og:url`."""
    both = '<meta property="og:url" content="https://e.example/og"><link rel="canonical" href="/canonical">'

    assert of(both).declared_url == "https://www.example.com.tw/canonical"
    assert (
        of('<meta property="og:url" content="https://e.example/og">').declared_url
        == "https://e.example/og"
    )
    assert of("").declared_url is None
