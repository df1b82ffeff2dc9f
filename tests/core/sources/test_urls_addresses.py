"""Addresses are taken apart the way browsers do, or refused with a reason."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import BadAddress
from core.sources.urls.addresses import MAX_CHARACTERS, join, parse

# characters that matter to addresses, so that random text often is nearly one
NASTY = st.text(
    alphabet=st.one_of(
        st.sampled_from("htps:/\\.@?#[]%&=+~;,'\"<>|^`{}$!*()-_ \t\n0123456789abcxABF"),
        st.sampled_from("台灣。．：／＠％１２７ｈｔｐⓐ①\u00ad\u200b\u202e\ufeff\ud800éßİ·❤"),
        st.characters(),
    ),
    max_size=60,
)
WRITTEN = st.one_of(
    NASTY,
    st.builds("{}{}".format, st.sampled_from(["http://", "https://", "//", "HTTP:\\\\"]), NASTY),
    st.builds("https://example.com/{}".format, NASTY),
    st.builds("https://{}.a.test:{}/?{}#{}".format, NASTY, st.integers(-1, 70000), NASTY, NASTY),
)  # fmt: skip


REASONS = {"empty", "too-long", "characters", "scheme", "credentials", "host", "port"}


@given(WRITTEN)
def test_any_text_is_an_address_or_a_bad_one(written: str) -> None:
    """Nothing but BadAddress is ever raised, with a reason; and what is parsed stays as it is."""
    try:
        address = parse(written)
    except BadAddress as bad:
        address, reason = None, bad.facts["reason"]

    if address is None:
        assert reason in REASONS
        return
    assert parse(str(address)) == address
    assert str(address).isascii()
    assert str(address).isprintable()
    assert " " not in str(address)
    assert "@" not in address.authority
    assert address.path.startswith("/")


@given(WRITTEN, WRITTEN)
def test_any_text_can_be_joined_or_is_bad(base: str, written: str) -> None:
    """A relative address is read like a whole one."""
    try:
        address = join(parse(base), written)
    except BadAddress:
        return

    assert parse(str(address)) == address


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("https://example.com", "https://example.com/"),
        ("  https://example.com/a \n", "https://example.com/a"),
        ("\u200bhttps://example.com/a\u202c", "https://example.com/a"),
        ("HTTPS://EXAMPLE.COM/A", "https://example.com/A"),
        ("http://example.com:80/", "http://example.com/"),
        ("https://example.com:443/", "https://example.com/"),
        ("http://example.com:443/", "http://example.com:443/"),
        ("https://example.com:/a", "https://example.com/a"),
        ("https://example.com./a", "https://example.com/a"),
        ("https:\\\\example.com\\a\\b", "https://example.com/a/b"),
        ("https:///example.com/a", "https://example.com/a"),
        ("//example.com/a", "https://example.com/a"),
        ("example.com/a", "https://example.com/a"),
        ("example.com:8080", "https://example.com:8080/"),
        ("www.example.com?a", "https://www.example.com/?a"),
        ("https://my_blog.example.com/", "https://my_blog.example.com/"),
        ("https://EXAMPLE.com/a/./b/../c/", "https://example.com/a/c/"),
        ("https://example.com/../../a", "https://example.com/a"),
        ("https://example.com/a/..", "https://example.com/"),
        ("https://example.com/%2E%2e/a", "https://example.com/a"),
        ("https://example.com//a//", "https://example.com//a//"),
        ("https://example.com/%7euser/%e4%b8%ad", "https://example.com/~user/%E4%B8%AD"),
        ("https://example.com/中文 x", "https://example.com/%E4%B8%AD%E6%96%87%20x"),
        ("https://example.com/100%", "https://example.com/100%25"),
        ("https://example.com/%zz%%41", "https://example.com/%25zz%25A"),
        ("https://example.com/%2F%3F", "https://example.com/%2F%3F"),
        ("https://example.com/%A4%A4", "https://example.com/%A4%A4"),
        ("https://example.com/?", "https://example.com/"),
        ("https://example.com/?q=a b&c=[d]", "https://example.com/?q=a%20b&c=%5Bd%5D"),
        ("https://example.com/#", "https://example.com/"),
        ("https://example.com/?a#b?c", "https://example.com/?a#b?c"),
        ("https://example.com/@user", "https://example.com/@user"),
    ],
)
def test_spellings_of_one_address_become_one(written: str, expected: str) -> None:
    """Case, escapes, dots and default ports have one form; meaning is kept."""
    assert str(parse(written)) == expected


@pytest.mark.parametrize(
    ("written", "host"),
    [
        ("https://台灣.tw/", "xn--kpry57d.tw"),
        ("https://TÜV.example/", "xn--tv-xka.example"),
        ("https://faß.example/", "xn--fa-hia.example"),
        ("https://ｅｘａｍｐｌｅ．ｃｏｍ/", "example.com"),
        ("https://example。com/", "example.com"),
        ("https://%65xample.com/", "example.com"),
        ("https://exa\u00admple.com/", "example.com"),
        ("https://i❤.example/", "xn--i-7iq.example"),
        ("https://xn--kpry57d.tw/", "xn--kpry57d.tw"),
    ],
)
def test_names_in_any_script_become_ascii(written: str, host: str) -> None:
    """As the domain name system knows them."""
    assert parse(written).host == host


@pytest.mark.parametrize(
    "spelling",
    [
        "127.0.0.1", "127.0.0.1.", "2130706433", "0x7f000001", "0x7F.0.0.1", "0177.0.0.1",
        "0177.0.0.01", "127.1", "127.0.1", "0x7f.1", "017700000001", "00000177.0.0.1",
        "１２７.０.０.１", "127。0。0。1", "①②⑦.⓪.⓪.①", "%31%32%37.0.0.1", "127.0.0.0x1",
    ],
)  # fmt: skip
def test_odd_spellings_of_ipv4_are_undone(spelling: str) -> None:
    """Decimal, octal, hexadecimal, short, full-width or escaped: one address."""
    assert parse(f"http://{spelling}/").host == "127.0.0.1"


@pytest.mark.parametrize(
    ("written", "host"),
    [
        ("http://[::1]/", "::1"),
        ("http://[0:0:0:0:0:0:0:1]:8080/", "::1"),
        ("http://[2001:DB8::A]/", "2001:db8::a"),
    ],
)
def test_ipv6_has_one_spelling(written: str, host: str) -> None:
    """Short, in lower case; brackets only where an address is written."""
    address = parse(written)

    assert address.host == host
    assert f"[{host}]" in address.authority


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("", "empty"),
        (" \u200b ", "empty"),
        ("not an address", "scheme"),
        ("ftp://example.com/", "scheme"),
        ("file:///etc/passwd", "scheme"),
        ("javascript:alert(1)", "scheme"),
        ("data:text/html,<p>", "scheme"),
        ("mailto:a@example.com", "scheme"),
        ("gopher://127.0.0.1:25/", "scheme"),
        ("localhost:8080", "scheme"),
        ("https:example.com", "host"),
        ("https:/example.com", "host"),
        ("https://", "host"),
        ("https://?a", "host"),
        ("https://.", "host"),
        ("https://a..b/", "host"),
        ("https://example.com../", "host"),
        ("https://exa mple.com/", "host"),
        ("https://exam<ple.com/", "host"),
        ("https://example.com%2Fa/", "host"),
        ("https://%ff.com/", "host"),
        ("https://" + "a" * 64 + ".com/", "host"),
        ("https://" + "abc." * 70 + "com/", "host"),
        ("https://1.2.3.4.5/", "host"),
        ("https://1.2.3.256/", "host"),
        ("https://4294967296/", "host"),
        ("https://1.2.3.08/", "host"),
        ("https://example.0x7f/", "host"),
        ("https://" + "1" * 50 + "/", "host"),
        ("https://[::1", "host"),
        ("https://[::1]x/", "host"),
        ("https://[fe80::1%25eth0]/", "host"),
        ("https://[::g]/", "host"),
        ("https://a:b:c/", "host"),
        ("https://example.com:0/", "port"),
        ("https://example.com:65536/", "port"),
        ("https://example.com:99999999999999/", "port"),
        ("https://example.com:８０/", "host"),
        ("https://user@example.com/", "credentials"),
        ("https://user:secret@example.com/", "credentials"),
        ("https://google.com@evil.test/", "credentials"),
        ("https://example.com/a\nb", "characters"),
        ("https://exa\tmple.com/", "characters"),
        ("https://example.com/\x00", "characters"),
        ("https://example.com/\ud800", "characters"),
        ("https://example.com/" + "a" * MAX_CHARACTERS, "too-long"),
        ("https://example.com/" + "中" * (MAX_CHARACTERS // 9), "too-long"),
    ],
)
def test_what_cannot_be_opened_is_refused_with_a_reason(written: str, reason: str) -> None:
    """Each reason is a key that words for people hang on; secrets are not repeated."""
    with pytest.raises(BadAddress) as caught:
        parse(written)
    assert caught.value.facts["reason"] == reason
    assert "secret" not in caught.value.message
    assert len(caught.value.message) < 200


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("d", "http://example.com:81/a/d"),
        ("./d?x", "http://example.com:81/a/d?x"),
        ("../d", "http://example.com:81/d"),
        ("/d", "http://example.com:81/d"),
        ("\\d", "http://example.com:81/d"),
        ("?x=1", "http://example.com:81/a/b?x=1"),
        ("#top", "http://example.com:81/a/b?q=1#top"),
        ("", "http://example.com:81/a/b?q=1"),
        ("//example.org/d", "http://example.org/d"),
        ("\\/example.org/d", "http://example.org/d"),
        ("https://example.org/d", "https://example.org/d"),
        ("d.html", "http://example.com:81/a/d.html"),
    ],
)
def test_relative_addresses_are_joined(written: str, expected: str) -> None:
    """As a browser would from the same page."""
    assert str(join(parse("http://example.com:81/a/b?q=1#f"), written)) == expected
