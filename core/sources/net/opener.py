"""The only opener of connections: fetches one address, and cannot be led anywhere it must not go.

Members and pages choose the addresses, so nothing about them is believed. A name is resolved once,
every IP address it has is checked (`networks`), and the connection goes to one of those checked
addresses, while certificates are checked against the name: a name that changes its mind between the
check and the connection ("DNS rebinding") changes nothing. Every redirect starts again from the
beginning.

Nothing is carried from one request to the next: no cookies, no user names, no connections, no
proxies from the environment; only which hosts asked us to wait (`patience`). All that a server can
stretch is bounded: time in all (a wall-clock deadline, however slowly bytes drip), header bytes,
packed and unpacked bytes, redirects.
"""

import logging
import ssl
import threading
import time
from collections.abc import Callable, Iterator

from core.clock import SystemClock
from core.domain import Resource
from core.errors import (
    BlockedAddress,
    CommonplaceError,
    Forbidden,
    RateLimited,
    TooLarge,
)
from core.ports import Clock
from core.sources.net.answers import REDIRECTS, Head, redirected, refusal
from core.sources.net.bodies import bounded, charset, media_type, unpacked
from core.sources.net.limits import DEFAULT_LIMITS, NetLimits, request_headers
from core.sources.net.lookup import Deadline, Resolver, checked_ips, system_resolver
from core.sources.net.networks import allowed
from core.sources.net.patience import Patience
from core.sources.urls.addresses import Address, parse

log = logging.getLogger(__name__)


def trusting_context() -> ssl.SSLContext:
    """A TLS context that trusts the public authorities (certifi) and those of this machine.

    The machine's are there for a group's own intranet; certifi's for machines that have none.
    """
    import certifi

    context = ssl.create_default_context(cafile=certifi.where())
    context.load_default_certs(ssl.Purpose.SERVER_AUTH)
    return context


class Net:
    """Opens connections to the public internet, and to what the operator has allowed. Thread-safe.

    Args:
        limits: how far a fetch may go.
        clock: tells the time by which hosts that asked us to wait are asked again.
        resolver: turns names into IP addresses.
        tls: makes the TLS context, on first need.

    Raises:
        BadConfig: the allow-list, the ports or the contact cannot be used.
    """

    def __init__(
        self,
        limits: NetLimits = DEFAULT_LIMITS,
        *,
        clock: Clock | None = None,
        resolver: Resolver = system_resolver,
        tls: Callable[[], ssl.SSLContext] = trusting_context,
    ) -> None:
        self._limits = limits
        self._allowed = allowed(limits.allow, ports=tuple(limits.ports))
        self._clock = clock or SystemClock()
        self._resolver = resolver
        self._make_tls = tls
        self._tls: ssl.SSLContext | None = None
        self._tls_lock = threading.Lock()
        self._patience = Patience(self._clock)
        self._headers = request_headers(limits)
        self._is_closed = False

    def open(self, url: str) -> Resource:
        """Fetch an address, following redirects. See `core.ports.Opener.open`.

        Args:
            url: http or https, as written by anybody.

        Returns:
            The unpacked body; `url` is where it came from, with the fragment that a browser would
            show.

        Raises:
            BadAddress: no web address, or redirected to none. Facts: `reason`, `host`.
            BlockedAddress: leads to a private, local or reserved network, or a port that is not
                allowed. Facts: `host`, `reason` ("port", or the kind of network), `address` or
                `port`.
            NotFound: 404, 410, or no such name. Facts: `host`, `status` or `reason` "no-such-name".
            Forbidden: any other 4xx, or redirects without an end, as sites that insist on cookies
                do. Facts: `host`, `status`, `reason` ("redirects", "login", "paywall",
                "bot-challenge") where known.
            TooLarge: head or body. Facts: `host`, `limit_bytes`, and `found_bytes` where declared.
            RateLimited: 429, or 503 with Retry-After, now or a short while ago. Facts: `host`.
            TimedOut: Facts: `host`, `phase` ("name", "connect", "read", "total"), `limit_s`.
            Unreachable: anything else. Facts: `host`, `status` or `reason` ("name", "connect",
                "certificate", "tls", "broken-answer", "broken-body", "bad-redirect").
        """
        if self._is_closed:
            raise CommonplaceError("The opener of connections is closed.")
        deadline = Deadline(self._limits.total_timeout_s)
        address = parse(url)
        seen: set[str] = set()
        while len(seen) <= self._limits.max_redirects and str(address) not in seen:
            seen.add(str(address))
            answer = self._ask(address, deadline)
            if isinstance(answer, Resource):
                return answer
            address = answer
        raise Forbidden(
            f"{address.host} sends us from page to page without an end ({len(seen)} so far); sites "
            "that insist on cookies or a login do this. Send the text instead.",
            host=address.host,
            reason="redirects",
        )

    def close(self) -> None:
        """Take no more calls; those under way end by themselves within `total_timeout_s`."""
        self._is_closed = True

    def _ask(self, address: Address, deadline: Deadline) -> Resource | Address:
        """One request: the page, or the address that it sends us on to."""
        self._check_port(address)
        self._patience.check(address.host)
        ips = checked_ips(
            address, allowed=self._allowed, resolver=self._resolver, deadline=deadline
        )
        began = time.monotonic()
        # brings httpcore, which a start without a fetch can do without
        from core.sources.net.route import exchange

        with exchange(
            address,
            ips,
            headers=self._headers,
            tls=self._context() if address.scheme == "https" else None,
            limits=self._limits,
            deadline=deadline,
        ) as (head, body):
            log.debug(
                "answer host=%s status=%s after %.2f s",
                address.host,
                head.status,
                time.monotonic() - began,
            )
            if head.status in REDIRECTS:
                return redirected(address, head)
            if error := refusal(address.host, head, now=self._clock.now()):
                if isinstance(error, RateLimited):
                    self._patience.let_rest(address.host, error.retry_after_s)
                raise error
            return self._read(address, head, body)

    def _check_port(self, address: Address) -> None:
        if not self._allowed.port(address):
            raise BlockedAddress(
                f"Port {address.port} of {address.host} may not be contacted; "
                f"allowed are {sorted(self._allowed.ports)}.",
                host=address.host,
                port=address.port,
                reason="port",
            )

    def _context(self) -> ssl.SSLContext:
        with self._tls_lock:
            if self._tls is None:
                self._tls = self._make_tls()
            return self._tls

    def _read(self, address: Address, head: Head, body: Iterator[bytes]) -> Resource:
        coding = head.get("content-encoding")
        limit = self._limits.max_bytes
        if not coding:
            limit = min(limit, self._limits.max_decompressed_bytes)
        declared = head.get("content-length")
        if declared.isdecimal() and int(declared[:18]) > limit:
            raise TooLarge(
                f"The page on {address.host} has {declared} bytes; the limit is {limit}. "
                "Send the text instead.",
                host=address.host,
                limit_bytes=limit,
                found_bytes=int(declared[:18]),
            )
        data = unpacked(
            bounded(body, limit=limit, host=address.host),
            coding=coding,
            limit=self._limits.max_decompressed_bytes,
            host=address.host,
        )
        content_type = head.get("content-type")
        return Resource(
            data=data,
            media_type=media_type(content_type),
            charset=charset(content_type),
            url=str(address),
        )
