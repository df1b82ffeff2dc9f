"""Addresses are found in chat texts as a reader of Traditional Chinese would."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.sources.urls import find_links
from tests.core.sources.test_urls_addresses import NASTY


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("", []),
        ("沒有連結，也沒有 example.com 這種簡寫", []),
        ("https://example.com/a", ["https://example.com/a"]),
        ("看這篇https://example.com/a很重要", ["https://example.com/a"]),
        ("請看：https://example.com/a。謝謝！", ["https://example.com/a"]),
        ("（https://example.com/a）", ["https://example.com/a"]),
        ("「https://example.com/a」、『https://example.com/b』", ["https://example.com/a", "https://example.com/b"]),
        ("《https://example.com/a》…", ["https://example.com/a"]),
        ("https://example.com/a　全形空白", ["https://example.com/a"]),
        ("https://example.com/a！https://example.com/b？", ["https://example.com/a", "https://example.com/b"]),
        ("https://example.com看這個", ["https://example.com"]),
        ("https://example.com/7看這個", ["https://example.com/7"]),
        ("https://example.com/?id=7這篇", ["https://example.com/?id=7"]),
        ("https://zh.wikipedia.org/wiki/台灣，很好", ["https://zh.wikipedia.org/wiki/台灣"]),
        ("https://zh.wikipedia.org/wiki/T恤 是", ["https://zh.wikipedia.org/wiki/T恤"]),
        ("https://zh.wikipedia.org/wiki/史蒂芬·霍金", ["https://zh.wikipedia.org/wiki/史蒂芬·霍金"]),
        ("https://example.com/2026-中文-slug/x 好", ["https://example.com/2026-中文-slug/x"]),
        ("https://example.com/search?q=能源轉型&p=2", ["https://example.com/search?q=能源轉型&p=2"]),
        ("https://台灣.tw/首頁 好", ["https://台灣.tw/首頁"]),
        ("https://www.公益.tw", ["https://www.公益.tw"]),
        ("See https://example.com/a.", ["https://example.com/a"]),
        ("Is it https://example.com/a?", ["https://example.com/a"]),
        ("https://example.com/a?b=c, then", ["https://example.com/a?b=c"]),
        ("https://example.com/a...", ["https://example.com/a"]),
        ("(see https://example.com/a)", ["https://example.com/a"]),
        ("https://en.wikipedia.org/wiki/Taipei_(city)", ["https://en.wikipedia.org/wiki/Taipei_(city)"]),
        ("(https://en.wikipedia.org/wiki/A_(b))", ["https://en.wikipedia.org/wiki/A_(b)"]),
        ("https://example.com/a(see below)", ["https://example.com/a"]),
        ("[here](https://example.com/a_(b))", ["https://example.com/a_(b)"]),
        ("[https://example.com/a](https://example.com/b)", ["https://example.com/a", "https://example.com/b"]),
        ("[1]: https://example.com/a", ["https://example.com/a"]),
        ("<https://example.com/a>", ["https://example.com/a"]),
        ("<https://example.com/a|words>", ["https://example.com/a"]),
        ('<a href="https://example.com/a">', ["https://example.com/a"]),
        ("'https://example.com/a'", ["https://example.com/a"]),
        ("**https://example.com/a**", ["https://example.com/a"]),
        ("_https://example.com/a_", ["https://example.com/a"]),
        ("https://example.com/a_", ["https://example.com/a_"]),
        ("~~https://example.com/a~~", ["https://example.com/a"]),
        ("`https://example.com/a`", ["https://example.com/a"]),
        ("https://example.com/a|https://example.com/b", ["https://example.com/a", "https://example.com/b"]),
        ("https://example.com/ahttps://example.com/b", ["https://example.com/a", "https://example.com/b"]),
        ("https://a.test/web/2026/https://b.test/", ["https://a.test/web/2026/https://b.test/"]),
        ("https://a.test/l?u=https://b.test/a", ["https://a.test/l?u=https://b.test/a"]),
        ("https://m.facebook.com/p?__cft__[0]=AZ&__tn__=R", ["https://m.facebook.com/p?__cft__[0]=AZ&__tn__=R"]),
        ("http://[::1]:8080/a", ["http://[::1]:8080/a"]),
        ("www.example.com/a，還有 WWW.example.org", ["https://www.example.com/a", "https://WWW.example.org"]),
        ("mail@www.example.com ./www.example.com awww.example.com", []),
        ("請到www.example.com看", ["https://www.example.com"]),
        ("HTTPS://EXAMPLE.COM/A", ["HTTPS://EXAMPLE.COM/A"]),
        ("http://a.test/ http://b.test/ http://a.test/", ["http://a.test/", "http://b.test/"]),
        ("https://example.com/a🙂https://example.com/b", ["https://example.com/a", "https://example.com/b"]),
        ("https://example.com/@user/p-1;x=1!", ["https://example.com/@user/p-1;x=1"]),
        ("https://user:secret@example.com/", ["https://user:secret@example.com/"]),
        ("https://example.com/café/日本語のページ", ["https://example.com/café/日本語のページ"]),
        ("https:// http://) www. www.。", []),
        ("ftp://example.com/a", []),
    ],
)  # fmt: skip
def test_links_are_found_and_nothing_more(text: str, links: list[str]) -> None:
    """In the order of first appearance, each once, without what stands around them."""
    assert find_links(text) == links


@given(NASTY, NASTY)
def test_any_text_may_be_searched(before: str, after: str) -> None:
    """Nothing breaks it; every link found stands in the text and has something behind "//"."""
    text = f"{before}https://{after}"

    for link in find_links(text):
        assert link in text or link.removeprefix("https://") in text
        assert link.lower().startswith(("http://", "https://"))
        assert link.partition("://")[2]


@given(
    st.lists(
        st.sampled_from(["https://example.com/a", "http://example.org/b?c=1", "https://x.tw"])
    ),
    st.sampled_from(["，", "。\n", " ", "、", "」「", "\n\n", "；"]),
)
def test_links_between_chinese_words_are_all_found(links: list[str], gap: str) -> None:
    """No link is lost among others."""
    text = "".join(f"說明：{link}{gap}" for link in links)

    assert find_links(text) == list(dict.fromkeys(links))


def test_a_run_without_an_end_is_cut() -> None:
    """A very long run is looked at once, not again and again."""
    text = "https://example.com/" + "(" * 20_000 + "a" * 20_000

    assert all(len(link) <= 8192 for link in find_links(text))
