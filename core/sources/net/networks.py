"""Knows which IP addresses belong to the public internet, and which others a group has allowed.

A member can make the bot fetch any address, so one that leads into the machine, its network or
its cloud provider must never be contacted. The rules are tables out of the IANA special-purpose
registries; IPv6 addresses that carry an IPv4 address inside are judged by both.

Source: iana.org/assignments/iana-ipv4-special-registry and iana-ipv6-special-registry,
as of 2025; RFC 4291 (mapped, compatible, site-local), RFC 6052 and 8215 (NAT64), RFC 3056 (6to4),
RFC 4380 (Teredo), RFC 5214 (ISATAP). Python's `is_global` follows the same registries, but each
release another state of them, and it looks into none of the embeddings.
"""

import ipaddress
from dataclasses import dataclass, field

from core.errors import BadAddress, BadConfig
from core.sources.urls.addresses import Address, IPAddress, parse

_Network = ipaddress.IPv4Network | ipaddress.IPv6Network

# each with the word for people who read the log; the first match names it
_NOT_PUBLIC_V4: tuple[tuple[ipaddress.IPv4Network, str], ...] = tuple(
    (ipaddress.IPv4Network(network), kind)
    for network, kind in (
        ("0.0.0.0/8", "unspecified"),
        ("10.0.0.0/8", "private"),
        ("100.64.0.0/10", "shared"),
        ("127.0.0.0/8", "loopback"),
        ("169.254.0.0/16", "link-local"),  # 169.254.169.254 hands out cloud credentials
        ("172.16.0.0/12", "private"),
        ("192.0.0.0/24", "reserved"),
        ("192.0.2.0/24", "documentation"),
        ("192.88.99.0/24", "6to4"),
        ("192.168.0.0/16", "private"),
        ("198.18.0.0/15", "benchmarking"),
        ("198.51.100.0/24", "documentation"),
        ("203.0.113.0/24", "documentation"),
        ("224.0.0.0/4", "multicast"),
        ("255.255.255.255/32", "broadcast"),
        ("240.0.0.0/4", "reserved"),
    )
)
_NOT_PUBLIC_V6: tuple[tuple[ipaddress.IPv6Network, str], ...] = tuple(
    (ipaddress.IPv6Network(network), kind)
    for network, kind in (
        ("::/128", "unspecified"),
        ("::1/128", "loopback"),
        ("::ffff:0:0/96", "IPv4-mapped"),
        ("::ffff:0:0:0/96", "IPv4-translated"),
        ("::/96", "IPv4-compatible"),
        ("64:ff9b:1::/48", "NAT64"),
        ("100::/64", "discard"),
        ("2001::/32", "Teredo"),
        ("2001:2::/48", "benchmarking"),
        ("2001:10::/28", "ORCHID"),
        ("2001:20::/28", "ORCHID"),
        ("2001:db8::/32", "documentation"),
        ("2001::/23", "reserved"),
        ("2002::/16", "6to4"),
        ("3ffe::/16", "reserved"),
        ("3fff::/20", "documentation"),
        ("fc00::/7", "private"),
        ("fe80::/10", "link-local"),
        ("fec0::/10", "site-local"),
        ("ff00::/8", "multicast"),
    )
)
_GLOBAL_UNICAST = ipaddress.IPv6Network("2000::/3")  # all that IANA has given out so far
# the one prefix with an IPv4 address inside that is public: an IPv6-only network behind DNS64
# sees every IPv4 server of the world there
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_ISATAP = (0x0000_5EFE, 0x0200_5EFE)


def why_not_public(ip: IPAddress) -> str | None:
    """Name what keeps an IP address off the public internet; None for a public one.

    >>> why_not_public(ipaddress.ip_address("64:ff9b::a9fe:a9fe"))
    'link-local in NAT64'
    """
    if isinstance(ip, ipaddress.IPv4Address):
        return next((kind for network, kind in _NOT_PUBLIC_V4 if ip in network), None)
    if ip.scope_id is not None:
        return "link-local"
    low = ipaddress.IPv4Address(int(ip) & 0xFFFF_FFFF)
    if ip in _NAT64:
        inner = why_not_public(low)
        return f"{inner} in NAT64" if inner else None
    for network, kind in _NOT_PUBLIC_V6:
        if ip in network:
            return kind
    if ip not in _GLOBAL_UNICAST:
        return "reserved"
    if (int(ip) >> 32) & 0xFFFF_FFFF in _ISATAP and (inner := why_not_public(low)):
        return f"{inner} in ISATAP"
    return None


@dataclass(frozen=True, slots=True)
class Allowed:
    """What may be contacted beyond the public internet, and on which ports.

    Attributes:
        ports: for every host.
        names: (host, port) pairs; a port of None means any of `ports`.
        networks: IP networks, on `ports`.
    """

    ports: frozenset[int]
    names: frozenset[tuple[str, int | None]] = frozenset()
    networks: tuple[_Network, ...] = field(default=())

    def port(self, address: Address) -> bool:
        """Whether the address' port may be used."""
        return address.port in self.ports or (address.host, address.port) in self.names

    def lists(self, address: Address) -> bool:
        """Whether the host itself is on the list: then it may lead to any IP address."""
        return not self.names.isdisjoint({(address.host, address.port), (address.host, None)})

    def ip(self, ip: IPAddress) -> bool:
        """Whether an IP address may be contacted, no matter under which name."""
        return why_not_public(ip) is None or any(ip in network for network in self.networks)


def allowed(entries: tuple[str, ...], *, ports: tuple[int, ...]) -> Allowed:
    """Read an allow-list.

    Args:
        entries: each a host name ("wiki.example.org"), a host with a port ("wiki.example.org:8443",
            "127.0.0.1:5000", "[::1]:5000"), an IP address, or a network ("10.1.0.0/16"). A name
            that is listed may lead anywhere, so list only names whose DNS is your own. An entry
            with a port allows that port; the others allow `ports` only.
        ports: 1 to 65535.

    Raises:
        BadConfig: an entry is none of these.
    """
    names: set[tuple[str, int | None]] = set()
    networks: list[_Network] = []
    for entry in entries:
        try:
            networks.append(ipaddress.ip_network(entry.strip()))
        except ValueError:
            names.add(_host_entry(entry.strip()))
    for port in ports:
        if not 0 < port < 65536:
            raise BadConfig(
                f"{port} is not a port; ports are 1 to 65535.",
                key="ports",
                found=port,
                expected="1-65535",
            )
    return Allowed(frozenset(ports), frozenset(names), tuple(networks))


def _host_entry(entry: str) -> tuple[str, int | None]:
    try:
        as_http, as_https = parse(f"http://{entry}"), parse(f"https://{entry}")
        if as_http.target != "/" or as_http.fragment is not None:
            raise BadAddress("more than a host")
    except BadAddress as error:
        expected = 'a host ("wiki.example.org"), a host and port, or a network ("10.1.0.0/16")'
        raise BadConfig(
            f"The allow-list holds “{entry}”; expected {expected}.",
            key="allow",
            found=entry,
            expected=expected,
        ) from error
    # a port that changes with the scheme is none that was written
    return as_http.host, as_http.port if as_http.port == as_https.port else None
