"""What every opener of connections must do: the real one over a real server, and the fake."""

from collections.abc import Callable, Iterator
from typing import Protocol

import pytest

from core.errors import BadAddress, BlockedAddress, Forbidden, LaterError, NotFound, RateLimited
from core.ports import Opener
from core.sources.net import Net, NetLimits
from tests.fakes.sources import FakeOpener
from tests.servers import Answer, WebServer, serve


class Stage(Protocol):
    """A little web that an opener can look at; each method returns an address."""

    opener: Opener

    def page(self, path: str, body: bytes, *, content_type: str) -> str: ...
    def redirect(self, path: str, to: str) -> str: ...
    def refuses(self, path: str, *, status: int, retry_after_s: int | None = None) -> str: ...
    def missing(self) -> str: ...


class RealStage:
    """The real opener, allowed to see one local server."""

    def __init__(self, web: WebServer) -> None:
        self._web = web
        self.opener: Opener = Net(NetLimits(allow=(web.authority,)))

    def page(self, path: str, body: bytes, *, content_type: str) -> str:
        return self._web.page(path, body, content_type=content_type)

    def redirect(self, path: str, to: str) -> str:
        return self._web.redirect(path, to)

    def refuses(self, path: str, *, status: int, retry_after_s: int | None = None) -> str:
        headers = [] if retry_after_s is None else [("Retry-After", str(retry_after_s))]
        return self._web.answer(path, Answer(status, headers))

    def missing(self) -> str:
        return self._web.url("/missing")


class FakeStage:
    """The fake, told the same."""

    def __init__(self) -> None:
        self._fake = FakeOpener()
        self.opener: Opener = self._fake

    def page(self, path: str, body: bytes, *, content_type: str) -> str:
        kind, _, charset = content_type.partition("; charset=")
        url = f"https://example.com{path}"
        return self._fake.page(url, body, media_type=kind, charset=charset or None)

    def redirect(self, path: str, to: str) -> str:
        return self._fake.redirect(f"https://example.com{path}", to)

    def refuses(self, path: str, *, status: int, retry_after_s: int | None = None) -> str:
        error = (
            RateLimited("wait", retry_after_s=retry_after_s, status=status)
            if status == 429
            else Forbidden("no", status=status)
        )
        return self._fake.fails(f"https://example.com{path}", error)

    def missing(self) -> str:
        return "https://example.com/missing"


def real() -> Iterator[Stage]:
    with serve() as web:
        yield RealStage(web)


def fake() -> Iterator[Stage]:
    yield FakeStage()


@pytest.fixture(params=[real, fake])
def stage(request: pytest.FixtureRequest) -> Iterator[Stage]:
    make: Callable[[], Iterator[Stage]] = request.param
    yield from make()


def test_a_page_comes_with_what_the_server_declared(stage: Stage) -> None:
    """The body is as sent, the type is in lower case and without its charset."""
    url = stage.page("/a", "中文".encode("big5"), content_type="text/html; charset=big5")

    resource = stage.opener.open(url)

    assert resource.data == "中文".encode("big5")
    assert (resource.media_type, resource.charset) == ("text/html", "big5")
    assert resource.url == url
    assert resource.file_name is None


def test_a_redirect_is_followed_and_the_last_address_is_told(stage: Stage) -> None:
    """`url` is where the bytes came from, not where we began."""
    end = stage.page("/end", b"here", content_type="text/plain")
    middle = stage.redirect("/middle", end)
    start = stage.redirect("/start", middle)

    resource = stage.opener.open(start)

    assert (resource.data, resource.url) == (b"here", end)


def test_the_spelling_of_an_address_does_not_matter(stage: Stage) -> None:
    """Space around it, dot segments and needless escapes are undone."""
    url = stage.page("/a", b"here", content_type="text/plain")

    assert stage.opener.open(f"  {url.removesuffix('/a')}/b/../%61 ").data == b"here"


def test_what_is_not_there_is_not_found(stage: Stage) -> None:
    """A page that no server has is the sender's to mend."""
    with pytest.raises(NotFound):
        stage.opener.open(stage.missing())


def test_a_refusal_is_forbidden(stage: Stage) -> None:
    """403 is neither an empty page nor a reason to try again."""
    url = stage.refuses("/secret", status=403)

    with pytest.raises(Forbidden) as caught:
        stage.opener.open(url)
    assert caught.value.facts["status"] == 403


def test_a_host_that_wants_rest_says_for_how_long(stage: Stage) -> None:
    """The seconds of Retry-After arrive with the error."""
    url = stage.refuses("/busy", status=429, retry_after_s=120)

    with pytest.raises(RateLimited) as caught:
        stage.opener.open(url)
    assert isinstance(caught.value, LaterError)
    assert caught.value.retry_after_s == 120


@pytest.mark.parametrize(
    "url",
    ["ftp://example.com/a", "javascript:alert(1)", "", "https://", "https://a:b@example.com/"],
)
def test_what_is_no_web_address_is_refused(stage: Stage, url: str) -> None:
    """Only http and https, with a host, without a user name."""
    with pytest.raises(BadAddress):
        stage.opener.open(url)


@pytest.mark.parametrize("url", ["http://127.0.0.2/", "http://169.254.169.254/latest/meta-data"])
def test_private_addresses_are_blocked(stage: Stage, url: str) -> None:
    """Nobody can send the bot into its own network."""
    with pytest.raises(BlockedAddress):
        stage.opener.open(url)


def test_a_redirect_to_a_private_address_is_blocked(stage: Stage) -> None:
    """Each hop is checked like the first."""
    url = stage.redirect("/trap", "http://127.0.0.2/")

    with pytest.raises(BlockedAddress):
        stage.opener.open(url)
