"""Judges the head of a server's answer: a page, somewhere else to go, or which error."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from core.errors import (
    BadAddress,
    Fact,
    Forbidden,
    LaterError,
    NotFound,
    RateLimited,
    SenderError,
    Unreachable,
)
from core.sources.net.patience import retry_after_s
from core.sources.urls.addresses import Address, join

REDIRECTS = frozenset((301, 302, 303, 307, 308))


class Head:
    """Status and headers of an answer; of a header that comes twice, the first counts."""

    def __init__(self, status: int, headers: Iterable[tuple[bytes, bytes]]) -> None:
        self.status = status
        self._headers: dict[str, bytes] = {}
        for name, value in headers:
            self._headers.setdefault(name.decode("latin-1").lower(), value)

    def get(self, name: str) -> str:
        """A header by its name in lower case; "" if it is not there."""
        value = self._headers.get(name, b"")
        try:
            return value.decode()  # addresses in Location come as UTF-8, against the standard
        except UnicodeDecodeError:
            return value.decode("latin-1")


def redirected(address: Address, head: Head) -> Address:
    """Where a redirect leads, with the fragment that a browser would show.

    Raises:
        BadAddress: to something that is no web address. Facts: `host`, and those of `parse`.
        Unreachable: it does not say. Facts: `host`, `status`, `reason` "bad-redirect".
    """
    location = head.get("location")
    if not location.strip():
        raise Unreachable(
            f"{address.host} sends us on ({head.status}) without saying where.",
            host=address.host,
            status=head.status,
            reason="bad-redirect",
        )
    try:
        target = join(address, location)
    except BadAddress as error:
        raise BadAddress(
            f"{address.host} sends us on to something that is no web address: {error.message}",
            **{**error.facts, "host": address.host},
        ) from error
    return target if target.fragment else replace(target, fragment=address.fragment)


def refusal(host: str, head: Head, *, now: datetime) -> SenderError | LaterError | None:
    """The error that a status stands for; None for a page (2xx).

    The facts are `host`, `status`, and for some refusals `reason`: "login" (401), "paywall" (402),
    "bot-challenge" (Cloudflare wants to see a person; it says so in `cf-mitigated`).
    """
    status = head.status
    if 200 <= status < 300:
        return None
    if head.get("cf-mitigated").strip().lower() == "challenge":
        return Forbidden(
            f"{host} wants to see a person before it shows the page ({status}). "
            "Send the text instead.",
            host=host,
            status=status,
            reason="bot-challenge",
        )
    wait_s = retry_after_s(head.get("retry-after"), now=now)
    if status == 429 or (status == 503 and wait_s is not None):
        when = "later" if wait_s is None else f"in {wait_s:.0f} s"
        return RateLimited(
            f"{host} gets too many requests ({status}). Try again {when}.",
            retry_after_s=wait_s,
            host=host,
            status=status,
        )
    if status in (404, 410):
        return NotFound(
            f"{host} has no such page ({status}). Check the address.", host=host, status=status
        )
    if 400 <= status < 500 and status != 408:
        reasons: dict[int, dict[str, Fact]] = {401: {"reason": "login"}, 402: {"reason": "paywall"}}
        return Forbidden(
            f"{host} does not let us read the page ({status}). Send the text instead.",
            host=host,
            status=status,
            **reasons.get(status, {}),
        )
    return Unreachable(
        f"{host} answered with an error ({status}). Try again later.",
        retry_after_s=wait_s,
        host=host,
        status=status,
    )
