"""Connects to checked IP addresses only, keeps the deadline, and names what goes wrong."""

import ssl
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager

import httpcore

from core.errors import TimedOut, TooLarge, Unreachable
from core.sources.net.answers import Head
from core.sources.net.limits import NetLimits
from core.sources.net.lookup import Deadline
from core.sources.urls.addresses import Address

MAX_ADDRESSES_TRIED = 4


@contextmanager
def exchange(
    address: Address,
    ips: Sequence[str],
    *,
    headers: Sequence[tuple[bytes, bytes]],
    tls: ssl.SSLContext | None,
    limits: NetLimits,
    deadline: Deadline,
) -> Generator[tuple[Head, Iterator[bytes]]]:
    """Ask one server for one address, on a connection of its own.

    Args:
        address: what to ask for; its host is what certificates are checked against.
        ips: checked addresses of the host; the first that answers is used.
        headers: all but Host.
        tls: for https.
        limits, deadline: how long, and how long a head, at most.

    Returns:
        For the length of the block: the head of the answer, and the body as it comes, still packed.

    Raises:
        TimedOut, TooLarge, Unreachable: also while the body is read; see `Net.open`.
    """
    scheme, host = address.scheme.encode(), address.host.encode()
    route = Route(ips, limits, deadline, address.host)
    request = httpcore.Request(
        method=b"GET",
        url=httpcore.URL(scheme=scheme, host=host, port=address.port, target=address.target),
        headers=[(b"Host", address.authority.encode()), *headers],
        extensions={
            "timeout": {
                "connect": limits.connect_timeout_s,
                "read": limits.read_timeout_s,
                "write": limits.read_timeout_s,
            }
        },
    )
    origin = httpcore.Origin(scheme, host, address.port)
    with (
        _translated(address, limits, deadline),
        httpcore.HTTPConnection(origin, ssl_context=tls, network_backend=route) as connection,
    ):
        response = connection.handle_request(request)
        try:
            route.head_is_read = True
            yield Head(response.status, response.headers), response.iter_stream()
        finally:
            response.close()


class Route(httpcore.NetworkBackend):
    """Connects to checked IP addresses, whatever name it is told."""

    def __init__(
        self, ips: Sequence[str], limits: NetLimits, deadline: Deadline, host: str
    ) -> None:
        self._ips = ips
        self._sockets = httpcore.SyncBackend()
        self.limits = limits
        self.deadline = deadline
        self.host = host
        self.head_is_read = False
        self.head_bytes = 0

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        failure: Exception = httpcore.ConnectError(f"no address to try for {host}")
        for ip in self._ips[:MAX_ADDRESSES_TRIED]:
            try:
                stream = self._sockets.connect_tcp(
                    ip, port, self.deadline.at_most(timeout), local_address, socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
                if self.deadline.left_s <= 0:
                    break
            else:
                return Stream(stream, self)
        raise failure


class Stream(httpcore.NetworkStream):
    """A connection that ends with the deadline, and when the head of the answer grows too long."""

    def __init__(self, inner: httpcore.NetworkStream, route: Route) -> None:
        self._inner = inner
        self._route = route

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        route = self._route
        if route.deadline.left_s <= 0:
            raise httpcore.ReadTimeout("the total time is over")
        if not route.head_is_read and route.head_bytes > route.limits.max_header_bytes:
            raise TooLarge(
                f"The head of the answer of {route.host} is longer than "
                f"{route.limits.max_header_bytes} bytes.",
                host=route.host,
                limit_bytes=route.limits.max_header_bytes,
            )
        data = self._inner.read(max_bytes, route.deadline.at_most(timeout))
        if not route.head_is_read:
            route.head_bytes += len(data)
        return data

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, self._route.deadline.at_most(timeout))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        inner = self._inner.start_tls(
            ssl_context, server_hostname, self._route.deadline.at_most(timeout)
        )
        return Stream(inner, self._route)

    def get_extra_info(self, info: str) -> object:
        return self._inner.get_extra_info(info)


@contextmanager
def _translated(address: Address, limits: NetLimits, deadline: Deadline) -> Iterator[None]:
    """Turn the wire's errors into ours."""
    try:
        yield
    except httpcore.TimeoutException as error:
        if deadline.left_s <= 0:
            raise _timed_out(address, limits, phase="total") from error
        phase = "connect" if isinstance(error, httpcore.ConnectTimeout) else "read"
        raise _timed_out(address, limits, phase=phase) from error
    except httpcore.ConnectError as error:
        cause = error.__cause__ or error.__context__
        if isinstance(cause, ssl.SSLCertVerificationError):
            raise Unreachable(
                f"The certificate of {address.host} is not to be trusted "
                f"({cause.verify_message}). If it is your own, add its authority to this machine.",
                host=address.host,
                reason="certificate",
            ) from error
        if isinstance(cause, ssl.SSLError):
            raise Unreachable(
                f"{address.host} and we found no common way to encrypt ({cause.reason}).",
                host=address.host,
                reason="tls",
            ) from error
        raise Unreachable(
            f"{address.host} could not be reached ({error}). Try again later.",
            host=address.host,
            reason="connect",
        ) from error
    except (httpcore.NetworkError, httpcore.ProtocolError) as error:
        raise Unreachable(
            f"{address.host} broke off, or did not speak HTTP ({error}). Try again later.",
            host=address.host,
            reason="broken-answer",
        ) from error


def _timed_out(address: Address, limits: NetLimits, *, phase: str) -> TimedOut:
    limit_s = {"connect": limits.connect_timeout_s, "read": limits.read_timeout_s}.get(
        phase, limits.total_timeout_s
    )
    return TimedOut(
        f"{address.host} took longer than {limit_s:g} s ({phase}). Try again later.",
        host=address.host,
        phase=phase,
        limit_s=limit_s,
    )
