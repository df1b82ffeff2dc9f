"""Certificates are checked against the name, although the connection goes to a number."""

import ssl
from collections.abc import Callable, Iterator, Sequence

import pytest
import trustme

from core.errors import Unreachable
from core.sources.net import Net, NetLimits
from tests.servers import WebServer, serve

NAME = "articles.test"


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def asked() -> list[str | None]:
    """The names that clients asked the server for (SNI)."""
    return []


@pytest.fixture
def web(authority: trustme.CA, asked: list[str | None]) -> Iterator[WebServer]:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert(NAME).configure_cert(context)
    context.sni_callback = lambda _socket, name, _context: asked.append(name)
    with serve(tls=context) as server:
        server.page("/", "secret")
        yield server


def to_loopback(host: str, port: int) -> Sequence[str]:
    return ["127.0.0.1"]


def on_loopback(port: int, tls: Callable[[], ssl.SSLContext] | None = None) -> Net:
    limits = NetLimits(allow=("127.0.0.0/8",), ports=(port,))
    if tls is None:
        return Net(limits, resolver=to_loopback)
    return Net(limits, resolver=to_loopback, tls=tls)


def test_the_certificate_of_the_name_is_accepted(
    web: WebServer, authority: trustme.CA, asked: list[str | None]
) -> None:
    """The server is asked for the name, not for the address that was checked."""

    def trusting() -> ssl.SSLContext:
        context = ssl.create_default_context()
        authority.configure_trust(context)
        return context

    net = on_loopback(web.port, trusting)

    assert net.open(web.url("/", host=NAME)).data == b"secret"
    assert asked == [NAME]
    with pytest.raises(Unreachable) as caught:
        net.open(web.url("/", host="other.test"))
    assert caught.value.facts == {"host": "other.test", "reason": "certificate"}


def test_an_unknown_authority_is_not_trusted(web: WebServer) -> None:
    """By default only public authorities and those of the machine count."""
    with pytest.raises(Unreachable) as caught:
        on_loopback(web.port).open(web.url("/", host=NAME))

    assert caught.value.facts == {"host": NAME, "reason": "certificate"}
    assert web.requests == []


def test_a_server_without_encryption_is_no_https_server() -> None:
    """Nothing is sent to it."""
    with serve() as plain, pytest.raises(Unreachable) as caught:
        on_loopback(plain.port).open(f"https://{NAME}:{plain.port}/")

    assert caught.value.facts["reason"] == "tls"
    assert plain.requests == []


def test_https_may_lead_to_http(web: WebServer, authority: trustme.CA) -> None:
    """There is nothing secret in a request, so a downgrade gives nothing away."""

    def trusting() -> ssl.SSLContext:
        context = ssl.create_default_context()
        authority.configure_trust(context)
        return context

    with serve() as plain:
        plain.page("/", "plain")
        web.redirect("/down", plain.url("/"))
        net = Net(
            NetLimits(allow=("127.0.0.0/8",), ports=(web.port, plain.port)),
            resolver=to_loopback,
            tls=trusting,
        )

        assert net.open(web.url("/down", host=NAME)).data == b"plain"
