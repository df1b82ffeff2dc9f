"""A page's word about its own address is followed only where it cannot do harm."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import BadAddress
from core.sources.urls import canonical, trusted_canonical
from tests.core.sources.test_urls_addresses import WRITTEN

SITE = "https://www.example.com.tw"


@pytest.mark.parametrize(
    ("fetched", "declared", "expected"),
    [
        ("/news/123?x=1", "/news/123", "/news/123"),
        ("/news/123/a-title", "/news/123", "/news/123"),
        ("/?p=1234", "/2026/03/a-story", "/2026/03/a-story"),
        ("/?p=123456", "/2026/03/a-story", "/2026/03/a-story"),
        ("/news.aspx?id=5", "/story/5-a-title", "/story/5-a-title"),
        ("/a-story", "https://www.example.com.tw/a-story?utm_source=x#y", "/a-story"),
        ("/a-story", "//m.example.com.tw/a-story/", "/a-story"),
        ("/a-story", "/zh-tw/a-story", "/zh-tw/a-story"),
        ("/zh-tw/a-story?a=1", "/zh-tw/a-story", "/zh-tw/a-story"),
        ("/a-story?page=1", "/a-story", "/a-story"),
        ("/a-story?page=2", "/a-story?page=2&x=1", "/a-story?page=2&x=1"),
        ("/about", "/about-us", "/about-us"),
        ("/cat-a/story-1", "/cat-b/story-1", "/cat-b/story-1"),
    ],
)
def test_a_better_address_of_the_same_piece_is_taken(
    fetched: str, declared: str, expected: str
) -> None:
    """Without the parameters that do not matter, or under its permanent name."""
    own = "https://example.com.tw"

    assert trusted_canonical(SITE + fetched, declared) == own + expected


@pytest.mark.parametrize(
    ("fetched", "declared"),
    [
        pytest.param("/a-story", "https://evil.test/a-story", id="another-site"),
        pytest.param("/a-story", "https://evil.com.tw/a-story", id="another-registered-name"),
        pytest.param("/a-story", "https://www.example.com.tw:8443/a-story", id="another-port"),
        pytest.param("/a-story", "/", id="home-page"),
        pytest.param("/a-story", "https://example.com.tw", id="home-page-absolute"),
        pytest.param("/", "/a-story", id="home-page-that-is-an-article"),
        pytest.param("/news/123", "/news", id="section"),
        pytest.param("/news.aspx?id=5", "/news.aspx", id="without-parameters"),
        pytest.param("/2026/news.aspx?id=5", "/2026/news.aspx", id="without-parameters-dated"),
        pytest.param("/news.aspx?id=5", "/news.aspx?id=6", id="other-parameter"),
        pytest.param("/story/123456", "/story/654321", id="other-number"),
        pytest.param("/a-story?page=2", "/a-story", id="page-parameter"),
        pytest.param("/a-story/2", "/a-story", id="page-in-path"),
        pytest.param("/a-story/page/2", "/a-story", id="page-word"),
        pytest.param("/a-story", "/a-story/page/2", id="page-gained"),
        pytest.param("/en/a-story", "/a-story", id="language-lost"),
        pytest.param("/en/a-story", "/zh-tw/a-story", id="language-changed"),
        pytest.param("/a-story?lang=en", "/a-story?lang=zh", id="language-parameter"),
        pytest.param("/a-story", "https://blog.example.com.tw/other-story", id="other-host"),
        pytest.param("/a-story", "/undefined", id="undefined"),
        pytest.param("/a-story", "/404", id="error-page"),
        pytest.param("/a-story", "javascript:void(0)", id="no-address"),
        pytest.param("/a-story", "https://", id="no-host"),
        pytest.param("/a-story", "https://u:p@example.com.tw/b-story", id="credentials"),
        pytest.param("/a-story", "  ", id="blank"),
        pytest.param("/a-story", None, id="nothing"),
    ],
)
def test_a_word_that_could_mix_up_pages_is_not_taken(fetched: str, declared: str | None) -> None:
    """Then the address that the page came from is its identity."""
    assert trusted_canonical(SITE + fetched, declared) == canonical(SITE + fetched)


def test_another_host_of_the_site_is_believed_about_the_same_piece() -> None:
    """When both addresses name the piece alike."""
    declared = "https://news.example.com.tw/articles/7654321"

    assert trusted_canonical(f"{SITE}/share?id=7654321", declared) == declared


@pytest.mark.parametrize(
    ("fetched", "declared"),
    [
        ("https://alice.github.io/a-story", "https://mallory.github.io/a-story"),
        ("https://alice.blogspot.com/2026/03/a.html", "https://bob.blogspot.com/2026/03/a.html"),
        ("http://192.168.0.1:8080/a-story", "http://192.168.0.2:8080/a-story"),
        ("http://intranet/a-story", "http://other/a-story"),
    ],
)
def test_neighbours_on_a_platform_are_not_the_same_site(fetched: str, declared: str) -> None:
    """Hosts that anybody can register speak for themselves only."""
    assert trusted_canonical(fetched, declared) == canonical(fetched)


@pytest.mark.parametrize("host", ["http://192.168.0.1:8080", "http://intranet:8080"])
def test_an_intranet_is_a_site_too(host: str) -> None:
    """The same host and port."""
    assert trusted_canonical(f"{host}/a-1?x=1", "/a-1") == f"{host}/a-1"


@given(WRITTEN, WRITTEN | st.none())
def test_whatever_a_page_declares_the_result_is_canonical(
    fetched: str, declared: str | None
) -> None:
    """Nonsense never breaks it, and the result is a fixed point."""
    try:
        chosen = trusted_canonical(fetched, declared)
    except BadAddress:
        with pytest.raises(BadAddress):
            canonical(fetched)
        return

    assert canonical(chosen) == chosen
