"""Which IP addresses are public, and what an allow-list adds."""

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import BadConfig
from core.sources.net.networks import allowed, why_not_public
from core.sources.urls.addresses import parse

NOT_PUBLIC = {
    "0.0.0.0": "unspecified",
    "0.1.2.3": "unspecified",
    "10.0.0.1": "private",
    "100.64.0.1": "shared",
    "100.127.255.255": "shared",
    "127.0.0.1": "loopback",
    "127.255.255.254": "loopback",
    "169.254.169.254": "link-local",
    "172.16.0.1": "private",
    "172.31.255.255": "private",
    "192.0.0.1": "reserved",
    "192.0.0.8": "reserved",
    "192.0.0.192": "reserved",  # the metadata service of one cloud
    "192.0.2.1": "documentation",
    "192.88.99.1": "6to4",
    "192.168.1.1": "private",
    "198.18.0.1": "benchmarking",
    "198.19.255.255": "benchmarking",
    "198.51.100.1": "documentation",
    "203.0.113.1": "documentation",
    "224.0.0.1": "multicast",
    "239.255.255.255": "multicast",
    "240.0.0.1": "reserved",
    "255.255.255.255": "broadcast",
    "::": "unspecified",
    "::1": "loopback",
    "::7f00:1": "IPv4-compatible",
    "::ffff:127.0.0.1": "IPv4-mapped",
    "::ffff:8.8.8.8": "IPv4-mapped",
    "::ffff:0:127.0.0.1": "IPv4-translated",
    "64:ff9b::127.0.0.1": "loopback in NAT64",
    "64:ff9b::10.0.0.1": "private in NAT64",
    "64:ff9b::169.254.169.254": "link-local in NAT64",
    "64:ff9b:1::10.0.0.1": "NAT64",
    "64:ff9b:1::8.8.8.8": "NAT64",
    "100::1": "discard",
    "100:0:0:1::1": "reserved",
    "2001::1": "Teredo",
    "2001:0:4136:e378:8000:63bf:80ff:fffe": "Teredo",  # 127.0.0.1 inside
    "2001:2::1": "benchmarking",
    "2001:10::1": "ORCHID",
    "2001:20::1": "ORCHID",
    "2001:30::1": "reserved",
    "2001:db8::1": "documentation",
    "2002:7f00:1::": "6to4",
    "2002:808:808::": "6to4",
    "2a00:1450::200:5efe:192.168.0.1": "private in ISATAP",
    "2a00:1450::5efe:127.0.0.1": "loopback in ISATAP",
    "3ffe::1": "reserved",
    "3fff::1": "documentation",
    "4000::1": "reserved",
    "5f00::1": "reserved",
    "fc00::1": "private",
    "fd00:ec2::254": "private",  # the metadata service of another cloud
    "fe80::1": "link-local",
    "fe80::1%eth0": "link-local",
    "fec0::1": "site-local",
    "ff02::1": "multicast",
}
PUBLIC = (
    "1.1.1.1",
    "8.8.8.8",
    "100.63.255.255",
    "100.128.0.1",
    "172.15.255.255",
    "172.32.0.1",
    "168.95.1.1",
    "192.0.1.1",
    "198.17.255.255",
    "198.20.0.1",
    "223.255.255.255",
    "2001:200::1",
    "2001:4860:4860::8888",
    "2404:6800:4012::200e",
    "2a00:1450::200:5efe:8.8.8.8",
    "2606:4700::1111",
    "64:ff9b::8.8.8.8",  # how an IPv6-only network sees a public server
)


@pytest.mark.parametrize(("ip", "kind"), NOT_PUBLIC.items())
def test_special_addresses_are_not_public(ip: str, kind: str) -> None:
    """Each is named after its entry in the registries."""
    assert why_not_public(ipaddress.ip_address(ip)) == kind


@pytest.mark.parametrize("ip", PUBLIC)
def test_ordinary_addresses_are_public(ip: str) -> None:
    """Those just outside a special network, too."""
    assert why_not_public(ipaddress.ip_address(ip)) is None


@given(st.ip_addresses(v=4))
def test_no_embedding_makes_a_special_address_public(inner: ipaddress.IPv4Address) -> None:
    """Wrapped into IPv6 in any way, an IPv4 address is never more public than by itself."""
    number = int(inner)
    wrapped = [
        number,  # compatible
        0xFFFF << 32 | number,  # mapped
        0xFFFF << 48 | number,  # translated
        0x64FF9B << 96 | number,
        0x64FF9B0001 << 80 | number,
        0x2002 << 112 | number << 80,
        0x20010000 << 96 | number ^ 0xFFFF_FFFF,
        0x2A001450 << 96 | 0x5EFE << 32 | number,
        0x2A001450 << 96 | 0x0200_5EFE << 32 | number,
    ]

    if why_not_public(inner) is not None:
        assert all(why_not_public(ipaddress.IPv6Address(address)) for address in wrapped)


@given(st.ip_addresses())
def test_what_python_calls_special_is_never_public_here(
    ip: ipaddress.IPv4Address | ipaddress.IPv6Address,
) -> None:
    """The standard library's own judgement is the least that we keep."""
    if ip.is_private or ip.is_loopback or ip.is_multicast or ip.is_link_local or ip.is_unspecified:
        assert why_not_public(ip) is not None


def test_a_name_on_the_list_opens_the_usual_ports_only() -> None:
    """With a port of its own it opens that one, and no other host."""
    rules = allowed(("wiki.test", "db.test:5000"), ports=(80, 443))

    assert rules.lists(parse("http://wiki.test/"))
    assert rules.lists(parse("http://WIKI.test.:443/"))
    assert not rules.port(parse("http://wiki.test:5000/"))
    assert rules.lists(parse("http://db.test:5000/"))
    assert rules.port(parse("http://db.test:5000/"))
    assert not rules.lists(parse("http://db.test/"))
    assert not rules.lists(parse("http://sub.wiki.test/"))


@pytest.mark.parametrize(
    ("entry", "url"),
    [
        ("127.0.0.1:5000", "http://127.0.0.1:5000/"),
        ("127.0.0.1:5000", "http://0x7f.1:5000/"),
        ("[::1]:5000", "http://[::1]:5000/"),
        ("公司.test", "http://公司.test/"),
        ("wiki.test:80", "http://wiki.test/"),
        ("wiki.test:443", "https://wiki.test/"),
    ],
)
def test_entries_mean_the_host_however_it_is_spelt(entry: str, url: str) -> None:
    """The list is read with the same eyes as addresses are."""
    assert allowed((entry,), ports=(80,)).lists(parse(url))


def test_a_network_on_the_list_is_allowed_under_any_name() -> None:
    """Only that network: not its neighbours, nor the same numbers inside IPv6."""
    rules = allowed(("10.1.0.0/16", "fd00::/8", "192.168.0.7"), ports=(80,))

    for ip in ("10.1.2.3", "fd12::1", "192.168.0.7", "8.8.8.8"):
        assert rules.ip(ipaddress.ip_address(ip)), ip
    for ip in ("10.2.0.1", "::ffff:10.1.2.3", "192.168.0.8", "127.0.0.1"):
        assert not rules.ip(ipaddress.ip_address(ip)), ip


@pytest.mark.parametrize(
    "entry",
    ["", "http://a.test", "a.test/x", "a b", "10.0.0.0/33", "10.1.2.3/8", "u@a.test", "a#b"],
)
def test_an_entry_that_cannot_be_used_is_named(entry: str) -> None:
    """A wrong allow-list stops the start, it is not passed over."""
    with pytest.raises(BadConfig) as caught:
        allowed((entry,), ports=(80,))
    assert caught.value.facts["found"] == entry


@pytest.mark.parametrize("port", [0, -1, 65536])
def test_ports_are_ports(port: int) -> None:
    """1 to 65535."""
    with pytest.raises(BadConfig):
        allowed((), ports=(port,))
