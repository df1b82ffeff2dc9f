"""Finds the IP addresses of a host, once, and lets through only a host whose addresses may be used.

If one address of a name is blocked, the whole name is refused: an honest site has no private
address, and the answer must not depend on which one would have been picked.
"""

import socket
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from ipaddress import ip_address

from core.errors import BlockedAddress, NotFound, TimedOut, Unreachable
from core.sources.net.networks import Allowed, why_not_public
from core.sources.urls.addresses import Address, IPAddress

Resolver = Callable[[str, int], Sequence[str]]
"""Host name and port -> IP addresses, best first; raises OSError."""


def system_resolver(host: str, port: int) -> list[str]:
    """Ask the machine's resolver.

    Raises:
        OSError: as `socket.getaddrinfo` does.
    """
    answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(answer[4][0]) for answer in answers]


@dataclass(frozen=True, slots=True)
class Deadline:
    """A moment by which everything must be over, `total_s` seconds after it is made."""

    total_s: float
    ends: float = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "ends", time.monotonic() + self.total_s)

    @property
    def left_s(self) -> float:
        """Seconds left; negative when it is over."""
        return self.ends - time.monotonic()

    def at_most(self, seconds: float | None) -> float:
        """The shorter of a time-out and what is left, never quite 0: sockets read that as never."""
        left = max(self.left_s, 0.001)
        return left if seconds is None else min(seconds, left)


def checked_ips(
    address: Address, *, allowed: Allowed, resolver: Resolver, deadline: Deadline
) -> list[str]:
    """Resolve the host once, and check every address it has.

    Returns:
        At least one IP address, in the order to be tried.

    Raises:
        BlockedAddress: one of them is not on the public internet, and nobody allowed it. Facts:
            `host`, `address`, `reason` (the kind of network).
        NotFound: no such name. Facts: `host`, `reason` "no-such-name".
        TimedOut: Facts: `host`, `phase` "name", `limit_s`.
        Unreachable: the name could not be looked up. Facts: `host`, `reason` "name".
    """
    literal = address.ip
    ips = [literal] if literal is not None else _resolved(address, resolver, deadline)
    if not allowed.lists(address):
        for ip in ips:
            if not allowed.ip(ip):
                kind = why_not_public(ip) or "blocked"
                raise BlockedAddress(
                    f"{address.host} leads to {ip}, which is not on the public internet ({kind}). "
                    "The operator can allow it.",
                    host=address.host,
                    address=str(ip),
                    reason=kind,
                )
    return [str(ip) for ip in _families_in_turn(ips)]


def _resolved(address: Address, resolver: Resolver, deadline: Deadline) -> list[IPAddress]:
    try:
        found = _within(deadline, lambda: resolver(address.host, address.port))
    except TimeoutError as error:
        raise TimedOut(
            f"Looking up the name {address.host} took longer than {deadline.total_s:g} s. "
            "Try again later.",
            host=address.host,
            phase="name",
            limit_s=deadline.total_s,
        ) from error
    except UnicodeError as error:  # the resolver's own idea of what a name may be
        raise _no_such_name(address) from error
    except OSError as error:
        absent = (socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME))
        if isinstance(error, socket.gaierror) and error.errno in absent:
            raise _no_such_name(address) from error
        raise Unreachable(
            f"The name {address.host} could not be looked up ({error}). Try again later.",
            host=address.host,
            reason="name",
        ) from error
    ips = list(dict.fromkeys(ip_address(text) for text in found))
    if not ips:
        raise _no_such_name(address)
    return ips


def _within(deadline: Deadline, work: Callable[[], Sequence[str]]) -> Sequence[str]:
    """Do work that knows no time-out in a thread, which is left to itself when time is over.

    Raises:
        TimeoutError: time is over.
        Exception: whatever the work raises.
    """
    results: list[Sequence[str]] = []
    errors: list[Exception] = []

    def run() -> None:
        try:
            results.append(work())
        except Exception as error:  # noqa: BLE001  (handed on to the caller below)
            errors.append(error)

    thread = threading.Thread(target=run, name="name look-up", daemon=True)
    thread.start()
    thread.join(max(deadline.left_s, 0.0))
    if errors:
        raise errors[0]
    if not results:
        raise TimeoutError
    return results[0]


def _families_in_turn(ips: Sequence[IPAddress]) -> list[IPAddress]:
    """In the resolver's order, but IPv6 and IPv4 in turn: one of them may be broken here."""
    first = ips[0].version
    here = [ip for ip in ips if ip.version == first]
    there = [ip for ip in ips if ip.version != first]
    mixed: list[IPAddress] = []
    for place in range(max(len(here), len(there))):
        mixed += here[place : place + 1] + there[place : place + 1]
    return mixed


def _no_such_name(address: Address) -> NotFound:
    return NotFound(
        f"There is no host named {address.host}. Check the address for typing errors.",
        host=address.host,
        reason="no-such-name",
    )
