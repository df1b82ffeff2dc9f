"""Every page has one address, however it was shared; different pages keep different ones."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import BadAddress
from core.sources.urls import canonical, clean, host_site
from tests.core.sources.test_urls_addresses import WRITTEN

# each list is one page under several addresses; the first is its canonical one
SAME = {
    "spelling": [
        "https://example.com/news/7",
        "http://example.com/news/7",
        "https://www.example.com/news/7",
        "HTTPS://WWW.EXAMPLE.COM:443/news/7/",
        "http://www.example.com:80/news/./x/../7",
        "https://example.com./%6Eews/7?",
        "example.com/news/7#comments",
        "https://example.com/news/7#:~:text=a",
        "https://example.com/news/7;jsessionid=AB12?PHPSESSID=x",
    ],
    "trackers": [
        "https://example.com/a?id=3",
        "https://example.com/a?utm_source=line&utm_medium=social&id=3",
        "https://example.com/a?id=3&fbclid=IwAR0x&gclid=1&igshid=2",
        "https://example.com/a?mc_cid=1&mc_eid=2&id=3&spm=a2.1",
        "https://example.com/a?&id=3&&UTM_Source=x",
        "https://example.com/a?id=3&ref=facebook",
        "https://example.com/a?id=3&ref=newsletter.example.org",
        "https://example.com/a?id=3&from=line_share",
        "https://example.com/a?id=3&openExternalBrowser=1",
    ],
    "order": ["https://example.com/a?a=1&b=2", "https://example.com/a?b=2&a=1"],
    "mobile": [
        "https://example.com.tw/news/7",
        "https://m.example.com.tw/news/7",
        "https://mobile.example.com.tw/news/7/?utm_source=x",
        "https://www.example.com.tw/news/7",
    ],
    "amp": [
        "https://example.com/2026/03/a-story",
        "https://example.com/2026/03/a-story/amp",
        "https://example.com/2026/03/a-story/amp/",
        "https://example.com/amp/2026/03/a-story",
        "https://example.com/2026/03/a-story.amp",
        "https://example.com/2026/03/a-story?amp=1",
        "https://example.com/2026/03/a-story?amp",
        "https://example.com/2026/03/a-story?outputType=amp",
        "https://amp.example.com/2026/03/a-story",
        "https://www.google.com/amp/s/amp.example.com/2026/03/a-story?utm_source=x",
        "https://google.com.tw/amp/s/example.com/2026/03/a-story/amp/",
        "https://amp-example-com.cdn.ampproject.org/c/s/amp.example.com/2026/03/a-story?usqp=mq331AQ",
        "https://example-com.cdn.ampproject.org/v/s/example.com/2026/03/a-story?amp_js_v=0.1#aoh=1",
        "https://www.bing-amp.com/c/s/example.com/2026/03/a-story",
    ],
    "amp-html": ["https://example.com/a-1.html", "https://example.com/a-1.amp.html"],
    "blogger": [
        "https://example.blogspot.com/2026/03/a.html",
        "https://example.blogspot.com/2026/03/a.html?m=1",
    ],
    "redirectors": [
        "https://example.com/a?id=3",
        "https://l.facebook.com/l.php?u=https%3A%2F%2Fexample.com%2Fa%3Fid%3D3%26fbclid%3DIw&h=AT0",
        "https://lm.facebook.com/l.php?u=http%3A%2F%2Fwww.example.com%2Fa%3Fid%3D3",
        "https://www.facebook.com/flx/warn/?u=https%3A%2F%2Fexample.com%2Fa%3Fid%3D3",
        "https://www.facebook.com/sharer/sharer.php?u=https%3A%2F%2Fexample.com%2Fa%3Fid%3D3",
        "https://l.instagram.com/?u=https%3A%2F%2Fexample.com%2Fa%3Fid%3D3&e=AT",
        "https://l.threads.net/?u=https%3A%2F%2Fexample.com%2Fa%3Fid%3D3",
        "https://www.google.com/url?sa=t&url=https%3A%2F%2Fexample.com%2Fa%3Fid%3D3&usg=AO",
        "https://www.google.com.tw/url?q=https://example.com/a?id%3D3&sa=D",
        "https://social-plugins.line.me/lineit/share?url=https%3A%2F%2Fexample.com%2Fa%3Fid%3D3",
        "https://www.youtube.com/redirect?event=video&q=https%3A%2F%2Fexample.com%2Fa%3Fid%3D3",
        "https://out.reddit.com/t3_abc?url=https%3A%2F%2Fexample.com%2Fa%3Fid%3D3&token=x",
        "https://steamcommunity.com/linkfilter/?u=https%3A%2F%2Fexample.com%2Fa%3Fid%3D3",
        "https://vk.com/away.php?to=https%3A%2F%2Fexample.com%2Fa%3Fid%3D3",
        "https://disq.us/url?url=https%3A%2F%2Fexample.com%2Fa%3Fid%3D3%3AaBcDeFgHiJkLmNoPqRsTuV&cuid=1",
        "https://t.me/iv?url=https%3A%2F%2Fexample.com%2Fa%3Fid%3D3&rhash=1",
        "https://href.li/?https://example.com/a?id=3",
        "https://duckduckgo.com/l/?uddg=https%3A%2F%2Fexample.com%2Fa%3Fid%3D3",
        "https://nam01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fexample.com%2Fa%3Fid%3D3&data=x",
        "https://r.search.yahoo.com/_ylt=A/RV=2/RE=1/RU=https%3a%2f%2fexample.com%2fa%3fid%3d3/RK=2/RS=x-",
        "https://l.facebook.com/l.php?u=https%3A%2F%2Fwww.google.com%2Furl%3Fq%3Dhttps%253A%252F%252Fexample.com%252Fa%253Fid%253D3",
    ],
    "youtube": [
        "https://youtube.com/watch?v=dQw4w9WgXcQ",
        "https://youtu.be/dQw4w9WgXcQ?si=x&t=42",
        "https://m.youtube.com/watch?v=dQw4w9WgXcQ&feature=youtu.be",
        "https://www.youtube.com/watch?list=PL1&v=dQw4w9WgXcQ&index=3",
        "https://www.youtube.com/shorts/dQw4w9WgXcQ/",
        "https://www.youtube.com/live/dQw4w9WgXcQ?si=x",
        "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ",
        "https://music.youtube.com/watch?v=dQw4w9WgXcQ",
    ],
    "x": [
        "https://x.com/i/status/1234567890",
        "https://twitter.com/someone/status/1234567890?s=20&t=abc",
        "https://mobile.twitter.com/someone/status/1234567890",
        "https://x.com/renamed/status/1234567890/photo/1",
        "https://fxtwitter.com/someone/status/1234567890",
        "https://twitter.com/i/web/status/1234567890",
    ],
    "wikipedia": [
        "https://zh.wikipedia.org/wiki/%E5%8F%B0%E7%81%A3",
        "https://zh.wikipedia.org/zh-tw/台灣",
        "https://zh.wikipedia.org/zh-hant/%E5%8F%B0%E7%81%A3#歷史",
        "https://zh.m.wikipedia.org/zh-tw/台灣?wprov=sfti1",
        "https://zh.m.wikipedia.org/wiki/台灣",
        "https://zh.wikipedia.org/wiki/台灣?variant=zh-tw",
    ],
    "instagram": [
        "https://instagram.com/p/Cabc_123",
        "https://www.instagram.com/reel/Cabc_123/?igsh=x",
        "https://www.instagram.com/someone/p/Cabc_123/?img_index=2",
    ],
    "facebook": [
        "https://facebook.com/page/posts/123",
        "https://m.facebook.com/page/posts/123?__cft__[0]=AZ&__tn__=R",
        "https://zh-tw.facebook.com/page/posts/123/?comment_id=9",
        "https://mbasic.facebook.com/page/posts/123?mibextid=x&rdid=y",
    ],
    "facebook-story": [
        "https://facebook.com/story.php?id=5&story_fbid=7",
        "https://m.facebook.com/story.php?story_fbid=7&id=5&refid=17",
    ],
    "reddit": [
        "https://reddit.com/comments/1abc2d",
        "https://old.reddit.com/r/taiwan/comments/1abc2d/some_title/?share_id=x",
        "https://redd.it/1abc2d",
    ],
    "line-today": [
        "https://today.line.me/tw/v2/article/aBcD123",
        "https://liff.line.me/1454988218-NjbXbwlx/v2/article/aBcD123?utm_source=copyshare",
        "https://today.line.me/tw/v3/article/aBcD123",
    ],
    "ltn": [
        "https://news.ltn.com.tw/news/life/breakingnews/4567890",
        "https://m.ltn.com.tw/news/life/breakingnews/4567890",
        "https://news.ltn.com.tw/amp/news/life/breakingnews/4567890",
    ],
    "udn": [
        "https://udn.com/news/story/7321/8012345",
        "https://udn.com/news/story/7321/8012345?from=udn-catelistnews_ch2",
        "https://udn.com/news/amp/story/7321/8012345",
    ],
    "cna": [
        "https://cna.com.tw/news/aipl/202603010001.aspx",
        "https://www.cna.com.tw/amp/news/aipl/202603010001.aspx",
    ],
    "ptt": [
        "https://ptt.cc/bbs/Gossiping/M.1593673400.A.5A2.html",
        "https://www.ptt.cc/bbs/Gossiping/M.1593673400.A.5A2.html",
        "https://www.pttweb.cc/bbs/Gossiping/M.1593673400.A.5A2",
        "https://moptt.tw/p/Gossiping.M.1593673400.A.5A2",
    ],
    "route": [
        "https://example.com/#!/articles/7",
        "http://www.example.com/?utm_source=x#!/articles/7",
    ],
}  # fmt: skip

# no two of these are the same page
DIFFERENT = {
    "parameters": [
        "https://example.com/news.aspx?id=1",
        "https://example.com/news.aspx?id=2",
        "https://example.com/news.aspx?id=1&page=2",
        "https://example.com/news.aspx?id=1&p=2",
        "https://example.com/news.aspx?ID=1&lang=en",
        "https://example.com/news.aspx?id",
        "https://example.com/news.aspx",
    ],
    "case": ["https://example.com/Abc", "https://example.com/abc"],
    "order-of-one-name": [
        "https://example.com/a?x=1&x=2",
        "https://example.com/a?x=2&x=1",
    ],
    "ports": [
        "https://example.com/a",
        "https://example.com:8443/a",
        "http://example.com:8443/a",
        "http://example.com:443/a",
    ],
    "hosts": [
        "https://example.com/a",
        "https://news.example.com/a",
        "https://blog.example.com/a",
        "https://example.org/a",
        "https://en.example.com/a",
    ],
    "sections": ["https://example.com/dictionary/amp", "https://example.com/dictionary"],
    "guides": ["https://example.com/amp/guide", "https://example.com/guide"],
    "routes": [
        "https://example.com/#/a/1",
        "https://example.com/#/a/2",
        "https://example.com/#!a",
        "https://example.com/",
    ],
    "senders-that-are-not": [
        "https://example.com/a?ref=main",
        "https://example.com/a?ref=v2",
        "https://example.com/a?source=12",
        "https://example.com/a?from=2026-01-01",
        "https://example.com/a",
    ],
    "months": ["https://example.com/list?m=1", "https://example.com/list?m=2"],
    "searches": ["https://www.google.com/url?q=cats", "https://www.google.com/url?q=dogs"],
    "videos": [
        "https://www.youtube.com/watch?v=dQw4w9WgXcQ",
        "https://www.youtube.com/watch?v=dQw4w9WgXcR",
        "https://www.youtube.com/playlist?list=PL1",
    ],
    "revisions": [
        "https://zh.wikipedia.org/wiki/台灣",
        "https://zh.wikipedia.org/wiki/台灣?oldid=5",
        "https://en.wikipedia.org/wiki/台灣",
    ],
    "posts": [
        "https://www.facebook.com/permalink.php?story_fbid=1&id=5",
        "https://www.facebook.com/permalink.php?story_fbid=2&id=5",
        "https://www.facebook.com/photo/?fbid=1",
    ],
    "comments": [
        "https://www.reddit.com/r/a/comments/1abc2d/title/",
        "https://www.reddit.com/r/a/comments/1abc2d/title/k9x8y7z/",
    ],
    "suffixes": ["https://www.gov.tw/a", "https://m.me/a", "https://gov.tw/a", "https://me.com/a"],
}  # fmt: skip


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        pytest.param(written, urls[0], id=f"{name}-{place}")
        for name, urls in SAME.items()
        for place, written in enumerate(urls)
    ],
)
def test_one_page_has_one_address(written: str, expected: str) -> None:
    """However it was shared."""
    assert canonical(written) == expected


@pytest.mark.parametrize("urls", DIFFERENT.values(), ids=DIFFERENT.keys())
def test_different_pages_stay_different(urls: list[str]) -> None:
    """What names a page is never dropped."""
    for one, other in combinations(urls, 2):
        assert canonical(one) != canonical(other), (one, other)


PIECES = st.sampled_from(
    [
        "amp", "m", "www", "amp.html", ".amp", "a-1", "2026", "news", "..", "wiki", "zh-tw", "/",
        ";jsessionid=1", "台灣", "%2F", "%", "status", "123", "i", "embed", "dQw4w9WgXcQ", "s", "c",
        "example.com", "www.example.org", "M.1593673400.A.5A2", "bbs", "Gossiping", "comments", "p",
        "url", "l.php", "share", "watch", "RU=https%3A%2F%2Fexample.com%2Famp", "story",
    ]
)  # fmt: skip
HOSTS = st.sampled_from(
    [
        "example.com", "www.m.example.com", "m.www.amp.example.com.tw", "m.me", "www.gov.tw",
        "l.facebook.com", "zh-tw.facebook.com", "www.google.com", "youtu.be", "music.youtube.com",
        "mobile.twitter.com", "zh.m.wikipedia.org", "en.m.wikipedia.org", "cdn.ampproject.org",
        "x.cdn.ampproject.org", "m.ltn.com.tw", "m.cnyes.com", "moptt.tw", "www.pttweb.cc",
        "redd.it", "old.reddit.com", "liff.line.me", "disq.us", "href.li", "r.search.yahoo.com",
        "127.0.0.1", "[::1]", "localhost", "example.com:8080", "www.threads.net", "amp.localhost",
    ]
)  # fmt: skip
NAMES = st.sampled_from(
    ["utm_source", "id", "u", "url", "q", "ref", "amp", "m", "v", "fbclid", "page", "Z", "b", "x[]"]
)
VALUES = st.one_of(
    st.sampled_from(["", "1", "a", "line", "example.org", "%E4", "a%26b", "a+b", "dQw4w9WgXcQ"]),
    st.builds("https%3A%2F%2F{}%2F{}%3Fu%3D{}".format, HOSTS, PIECES, PIECES),
    st.builds("https://{}/{}/amp".format, HOSTS, PIECES),
)
QUERIES = st.lists(st.builds("{}={}".format, NAMES, VALUES) | NAMES, max_size=4).map("&".join)
URLS = st.builds(
    "{}://{}/{}?{}#{}".format,
    st.sampled_from(["http", "https"]),
    HOSTS,
    st.lists(PIECES, max_size=6).map("/".join),
    QUERIES,
    st.sampled_from(["", "top", "!/a", "/a", ":~:text=x", "/", "!", "_=_"]),
)


@given(URLS | WRITTEN)
def test_canonical_addresses_are_fixed_points(url: str) -> None:
    """Taking the canonical address of a canonical address changes nothing; so with cleaning."""
    try:
        once = canonical(url)
    except BadAddress:
        return

    assert canonical(once) == once
    assert clean(clean(url)) == clean(url)
    assert canonical(clean(url)) == once


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://www.example.com/a/?utm_source=x&b=2&a=1#part", "http://www.example.com/a/?b=2&a=1#part"),
        ("https://m.example.com/a?fbclid=1#:~:text=x", "https://m.example.com/a"),
        ("https://l.facebook.com/l.php?u=http%3A%2F%2Fwww.example.com%2F", "http://www.example.com/"),
        ("https://youtu.be/dQw4w9WgXcQ?si=x&t=42", "https://youtu.be/dQw4w9WgXcQ?t=42"),
    ],
)  # fmt: skip
def test_a_clean_link_still_opens_the_same_page(url: str, expected: str) -> None:
    """Only what says who sent it is gone: host, scheme, order and place in the page stay."""
    assert clean(url) == expected


def test_a_redirector_without_an_address_is_left_as_it_is() -> None:
    """What it carries must be an address that could be opened."""
    for inner in ("javascript:alert(1)", "/a", "https%3A%2F%2F", "https%3A%2F%2Fu%40example.com"):
        url = f"https://facebook.com/l.php?u={inner}"
        assert canonical(url).startswith("https://facebook.com/l.php?u=")


@pytest.mark.parametrize(
    ("url", "site"),
    [
        ("https://www.example.com/a", "example.com"),
        ("https://news.example.com:8443/a", "news.example.com:8443"),
        ("https://www.台灣.tw/", "台灣.tw"),
        ("https://xn--kpry57d.tw/", "台灣.tw"),
        ("https://xn--99999999.tw/", "xn--99999999.tw"),
        ("http://[::1]:8080/", "[::1]:8080"),
        ("http://www.com/", "www.com"),
    ],
)
def test_a_site_is_called_by_its_host(url: str, site: str) -> None:
    """Without "www.", in its own script."""
    assert host_site(url) == site
