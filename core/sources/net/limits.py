"""How far a fetch may go, and how it introduces itself."""

from collections.abc import Iterable
from dataclasses import dataclass
from importlib import metadata

from core.errors import BadConfig
from core.sources.net.bodies import CODINGS


@dataclass(frozen=True, slots=True)
class NetLimits:
    """How far a fetch may go.

    Attributes:
        ports: TCP ports that may be contacted.
        allow: hosts, "host:port", IP addresses or networks that may be contacted although they are
            not on the public internet; see `networks.allowed`.
        connect_timeout_s: seconds for each IP address that is tried, and for the TLS handshake.
        read_timeout_s: seconds between two pieces of an answer.
        total_timeout_s: seconds for everything, looking up the name and redirects included.
        max_bytes: of the body as it comes over the wire.
        max_decompressed_bytes: of the body unpacked.
        max_header_bytes: of an answer's head, to within one read (64 KiB).
        max_redirects: hops after the first address.
        contact: a web or mail address for the User-Agent, by which publishers reach the operator.
        languages: the header Accept-Language.
    """

    ports: Iterable[int] = (80, 443, 8080, 8443)
    allow: tuple[str, ...] = ()
    connect_timeout_s: float = 5.0
    read_timeout_s: float = 10.0
    total_timeout_s: float = 30.0
    max_bytes: int = 10_000_000
    max_decompressed_bytes: int = 30_000_000
    max_header_bytes: int = 65_536
    max_redirects: int = 5
    contact: str = ""
    languages: str = "zh-TW,zh;q=0.9,en;q=0.8,*;q=0.5"


DEFAULT_LIMITS = NetLimits()


def request_headers(limits: NetLimits) -> list[tuple[bytes, bytes]]:
    """The headers of every request, but Host.

    Raises:
        BadConfig: the contact or the languages do not fit into a header.
    """
    contact = limits.contact.strip()
    for key, text in (("contact", contact), ("languages", limits.languages)):
        if not (text.isascii() and (text.isprintable() or not text) and len(text) <= 200):
            expected = "at most 200 ASCII characters"
            raise BadConfig(
                f"{key} is sent in a header: expected {expected}, found “{text}”.",
                key=key,
                found=text,
                expected=expected,
            )
    try:
        version = metadata.version("commonplace-bot")
    except metadata.PackageNotFoundError:  # run from a source tree that is not installed
        version = "0"
    about = f"; +{contact}" if contact else ""
    return [
        (b"User-Agent", f"Mozilla/5.0 (compatible; Commonplace/{version}{about})".encode()),
        (
            b"Accept",
            b"text/html,application/xhtml+xml,application/pdf;q=0.9,text/plain;q=0.8,*/*;q=0.5",
        ),
        (b"Accept-Language", limits.languages.encode()),
        (b"Accept-Encoding", CODINGS.encode()),
        (b"Connection", b"close"),
    ]
