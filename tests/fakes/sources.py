"""A fake of the network: pages, redirects and failures by address; and a clock moved by hand."""

from datetime import UTC, datetime, timedelta

from core.domain import Resource
from core.errors import BlockedAddress, CommonplaceError, NotFound
from core.sources.net.networks import why_not_public
from core.sources.urls.addresses import parse


class FakeOpener:
    """Answers from memory; what it was not told of is not found.

    Like the real one it refuses what is no web address, and IP addresses that are not public.

    Attributes:
        opened: addresses in the order asked for, as written.
    """

    def __init__(self) -> None:
        self.opened: list[str] = []
        self._answers: dict[str, Resource | str | CommonplaceError] = {}

    def page(
        self,
        url: str,
        body: str | bytes,
        *,
        media_type: str | None = "text/html",
        charset: str | None = "utf-8",
    ) -> str:
        """Serve a body. Returns the address."""
        data = body.encode() if isinstance(body, str) else body
        self._answers[str(parse(url))] = Resource(data, media_type, charset, url=str(parse(url)))
        return url

    def redirect(self, url: str, to: str) -> str:
        """Send whoever asks for an address on to another. Returns the address."""
        self._answers[str(parse(url))] = to
        return url

    def fails(self, url: str, error: CommonplaceError) -> str:
        """Raise an error whenever an address is asked for. Returns the address."""
        self._answers[str(parse(url))] = error
        return url

    def open(self, url: str) -> Resource:
        """See `core.ports.Opener.open`."""
        self.opened.append(url)
        while True:
            address = parse(url)
            if address.ip is not None and (kind := why_not_public(address.ip)):
                raise BlockedAddress(f"{address.host} is {kind}.", host=address.host, reason=kind)
            match self._answers.get(str(address)):
                case Resource() as resource:
                    return resource
                case str() as url:
                    continue
                case CommonplaceError() as error:
                    raise error
                case None:
                    raise NotFound(
                        f"{address.host} has no such page.", host=address.host, status=404
                    )


class HandClock:
    """A clock that stands still until somebody moves it."""

    def __init__(self, now: datetime = datetime(2026, 3, 1, 12, tzinfo=UTC)) -> None:
        self._now = now

    def now(self) -> datetime:
        """See `core.ports.Clock.now`."""
        return self._now

    def forward(self, seconds: float) -> None:
        """Let time pass."""
        self._now += timedelta(seconds=seconds)
