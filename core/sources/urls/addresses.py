"""Takes a web address apart once, the way browsers do, so that no two readers of it disagree.

What is checked must be what is contacted, and what is stored must be what is looked up. So every
other module works on an `Address` made here and never on the string: host names in ASCII, odd
spellings of IP addresses undone, percent-encoding in one form, dot segments gone, no user name and
no password. `parse(str(address)) == address` always holds.

Source: the rules are those of the WHATWG URL Standard for "special" schemes and RFC 3986 section
6.2.2; where browsers mend (tabs, user names), we refuse with a reason.
"""

import ipaddress
import re
import unicodedata
from dataclasses import dataclass
from urllib.parse import unquote_to_bytes

from core.errors import BadAddress

MAX_CHARACTERS = 8192  # of the address after "http://", percent-encoded; servers stop near here
DEFAULT_PORTS = {"http": 80, "https": 443}

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_WITHOUT_SCHEME = re.compile(r"[^\s/?#:@\\]+\.[^\s/?#:@\\]+(:[0-9]+)?(?=[/?#\\]|$)")
_AUTHORITY = re.compile(r"[^/\\?#]*")
_BRACKETED = re.compile(r"\[([^\[\]]*)\](?::([0-9]*))?")
_NAMED = re.compile(r"([^:\[\]]*)(?::([0-9]*))?")
_HOST_CHARACTERS = re.compile(r"[a-z0-9._-]+")
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
_ESCAPE_OR_CHARACTER = re.compile(r"%([0-9A-Fa-f]{2})|(.)", re.DOTALL)

_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_PATH = _UNRESERVED | frozenset("!$&'()*+,;=:@/")
_QUERY = _PATH | frozenset("?")

# what pasting leaves at the ends of an address: marks of direction and width that nobody sees
_INVISIBLE = (
    "\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
    "\u2060\u2066\u2067\u2068\u2069\ufeff"
)


@dataclass(frozen=True, slots=True)
class Address:
    """A web address in its parts. Made by `parse` and `join` only.

    Attributes:
        scheme: "http" or "https".
        host: lower-case ASCII name without a trailing dot, dotted IPv4, or IPv6 without brackets.
        port: always there, the default one too.
        path: begins with "/", percent-encoded, without dot segments.
        query: percent-encoded, without "?"; None where there is none or an empty one.
        fragment: likewise, without "#".
    """

    scheme: str
    host: str
    port: int
    path: str = "/"
    query: str | None = None
    fragment: str | None = None

    @property
    def ip(self) -> IPAddress | None:
        """The host as an IP address, if it is one."""
        try:
            return ipaddress.ip_address(self.host)
        except ValueError:
            return None

    @property
    def has_default_port(self) -> bool:
        """Whether the port is the scheme's own."""
        return self.port == DEFAULT_PORTS[self.scheme]

    @property
    def authority(self) -> str:
        """Host and port as a Host header names them: no default port, brackets around IPv6."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.has_default_port else f"{host}:{self.port}"

    @property
    def target(self) -> str:
        """Path and query: what a request asks for."""
        return self.path if self.query is None else f"{self.path}?{self.query}"

    def __str__(self) -> str:
        end = "" if self.fragment is None else f"#{self.fragment}"
        return f"{self.scheme}://{self.authority}{self.target}{end}"


def parse(written: str) -> Address:
    """Take an address apart.

    Args:
        written: as anybody wrote it; space around it is passed over; without a scheme, a name with
            a dot in it ("example.com/a") is taken for https.

    Raises:
        BadAddress: it is not one that a browser could open, or it carries a user name. Facts:
            `reason`, one of "empty", "too-long", "characters", "scheme", "credentials", "host",
            "port".

    >>> str(parse(" HTTP://ＥＸＡＭＰＬＥ.com.:80/a/../b c?%7Eq#"))
    'http://example.com/b%20c?~q'
    >>> parse("http://0x7f.1/").host
    '127.0.0.1'
    """
    text = written.strip().strip(_INVISIBLE).strip()
    if not text:
        raise BadAddress(
            "The address is empty; expected one with https:// in front.", reason="empty"
        )
    if any(ord(c) < 0x20 or 0x7F <= ord(c) < 0xA0 or 0xD800 <= ord(c) < 0xE000 for c in text):
        raise BadAddress(
            "The address has control characters in it. Copy it again from the browser.",
            reason="characters",
        )
    if _WITHOUT_SCHEME.match(text):
        text = f"https://{text}"
    elif text.startswith("//"):
        text = f"https:{text}"
    scheme = _scheme(text)
    rest = text[len(scheme) + 1 :]
    if not rest.startswith(("//", "\\\\", "/\\", "\\/")):
        raise BadAddress(
            f"Expected two slashes after {scheme}: in {_shown(text)}.", reason="host", host=""
        )
    rest = rest.lstrip("/\\")
    authority = _AUTHORITY.match(rest)
    assert authority is not None  # the pattern matches the empty string
    host, port = _host_and_port(authority[0], scheme)
    before_fragment, _, fragment = rest[authority.end() :].partition("#")
    path, _, query = before_fragment.partition("?")
    address = Address(
        scheme,
        host,
        port,
        _without_dot_segments(_encoded(path.replace("\\", "/"), _PATH)),
        _encoded(query, _QUERY) or None,
        _encoded(fragment, _QUERY) or None,
    )
    length = len(str(address)) - len(scheme)
    if length > MAX_CHARACTERS:
        raise BadAddress(
            f"The address on {host} is {length} characters long; the limit is {MAX_CHARACTERS}.",
            reason="too-long",
            host=host,
            limit=MAX_CHARACTERS,
        )
    return address


def join(base: Address, written: str) -> Address:
    """Take apart an address that may be relative to another: a redirect's, or one in a page.

    Raises:
        BadAddress: as `parse` does.
    """
    text = written.strip()
    if _SCHEME.match(text):
        return parse(text)
    slashes = text[:2].replace("\\", "/")
    if slashes == "//":
        return parse(f"{base.scheme}:{text}")
    here = f"{base.scheme}://{base.authority}"
    if slashes.startswith("/"):
        return parse(here + text)
    if text.startswith("?"):
        return parse(here + base.path + text)
    if not text or text.startswith("#"):
        return parse(here + base.target + text)
    folder = base.path[: base.path.rindex("/") + 1]
    return parse(here + folder + text)


def _scheme(text: str) -> str:
    match = _SCHEME.match(text)
    scheme = match[1].lower() if match else ""
    if scheme not in DEFAULT_PORTS:
        raise BadAddress(
            f"Expected an address that begins with https:// or http://, found {_shown(text)}.",
            reason="scheme",
            scheme=scheme,
        )
    return scheme


def _host_and_port(authority: str, scheme: str) -> tuple[str, int]:
    if "@" in authority:
        # browsers would send these to the server; here they would also end up in everybody's list
        raise BadAddress(
            "The address carries a user name or a password before @. Send it without them.",
            reason="credentials",
        )
    if match := _BRACKETED.fullmatch(authority):
        host = _ipv6(match[1])
    elif match := _NAMED.fullmatch(authority):
        host = _name(match[1])
    else:
        raise _bad_host(authority)
    digits = match[2]
    port = int(digits[:9]) if digits else DEFAULT_PORTS[scheme]
    if not 0 < port < 65536:
        raise BadAddress(
            f"{_shown(digits)} is not a port; ports are 1 to 65535.", reason="port", host=host
        )
    return host, port


def _ipv6(text: str) -> str:
    try:
        if "%" in text:
            raise ValueError("an address with a zone means something on this machine only")
        return str(ipaddress.IPv6Address(text))
    except ValueError as error:
        raise _bad_host(text) from error


def _name(text: str) -> str:
    try:
        name = unquote_to_bytes(text).decode().lower()
        if not name.isascii():
            # also turns full-width digits, letters and dots into plain ones
            import idna

            name = idna.uts46_remap(name, std3_rules=False, transitional=False)
    except (UnicodeError, IndexError) as error:  # idna's errors are UnicodeErrors
        raise _bad_host(text) from error
    labels = [_ascii_label(label) for label in name.removesuffix(".").split(".")]
    name = ".".join(labels)
    if (
        not all(0 < len(label) < 64 for label in labels)
        or len(name) > 253
        or not _HOST_CHARACTERS.fullmatch(name)
    ):
        raise _bad_host(text)
    return _ipv4(labels, text) if _NUMBER.fullmatch(labels[-1]) else name


def _ascii_label(label: str) -> str:
    # not idna.alabel: it refuses names that exist and that browsers open (emoji among them)
    return label if label.isascii() else "xn--" + label.encode("punycode").decode()


def _ipv4(labels: list[str], written: str) -> str:
    """One to four numbers: decimal, octal (0…) or hexadecimal (0x…); the last fills the rest."""
    try:
        numbers = [_number(label) for label in labels]
    except ValueError as error:
        raise _bad_host(written) from error
    *first, last = numbers
    if len(numbers) > 4 or any(number > 255 for number in first) or last >= 256 ** (4 - len(first)):
        raise _bad_host(written)
    value = last + sum(number << (8 * (3 - place)) for place, number in enumerate(first))
    return str(ipaddress.IPv4Address(value))


def _number(label: str) -> int:
    if len(label) > 40:  # far more than 2**32 takes in any base
        raise ValueError("too long")
    if label.startswith("0x"):
        return int(label[2:] or "0", 16)
    return int(label, 8 if label.startswith("0") else 10)


def _encoded(text: str, safe: frozenset[str]) -> str:
    """Percent-encode what must be, decode what need not be; a stray "%" is encoded itself."""

    def one(match: re.Match[str]) -> str:
        escape, character = match.groups()
        if escape is not None:
            decoded = chr(int(escape, 16))
            return decoded if decoded in _UNRESERVED else f"%{escape.upper()}"
        if character in safe:
            return str(character)
        return "".join(f"%{byte:02X}" for byte in character.encode())

    return _ESCAPE_OR_CHARACTER.sub(one, text)


def _without_dot_segments(path: str) -> str:
    kept: list[str] = []
    segments = path.removeprefix("/").split("/")
    for segment in segments:
        if segment == "..":
            del kept[-1:]
        elif segment != ".":
            kept.append(segment)
    if segments[-1] in (".", ".."):
        kept.append("")
    return "/" + "/".join(kept)


def _bad_host(host: str) -> BadAddress:
    return BadAddress(
        f"{_shown(host)} is not a host name. Check the address for typing errors.",
        reason="host",
        host=_shown(host).strip("“”"),
    )


def _shown(text: str) -> str:
    """A piece of an address, short and harmless enough for a log line."""
    plain = "".join(c if unicodedata.category(c)[0] not in "CZ" else " " for c in text)
    return f"“{plain[:60]}…”" if len(plain) > 60 else f"“{plain}”"
