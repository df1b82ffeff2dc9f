"""The opener of connections against a real server that misbehaves in every way we know."""

import gzip
import itertools
import socket
import threading
import zlib
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pytest

from core.errors import (
    BadAddress,
    BadConfig,
    BlockedAddress,
    CommonplaceError,
    Forbidden,
    NotFound,
    RateLimited,
    TimedOut,
    TooLarge,
    Unreachable,
)
from core.sources.net import Net, NetLimits
from tests.fakes.sources import HandClock
from tests.servers import Answer, WebServer, serve


@pytest.fixture
def web() -> Iterator[WebServer]:
    with serve() as server:
        yield server


@pytest.fixture
def net(web: WebServer) -> Net:
    return Net(NetLimits(allow=(web.authority,)))


ENDLESS_HEAD = b"HTTP/1.1 200 OK\r\nX: "


class Names:
    """A resolver with answers in turn; the last one stays. It remembers what it was asked."""

    def __init__(self, *answers: Sequence[str]) -> None:
        self._answers = list(answers)
        self.asked: list[str] = []

    def __call__(self, host: str, port: int) -> Sequence[str]:
        self.asked.append(host)
        return self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]


def failing(error: Exception) -> Callable[[str, int], Sequence[str]]:
    """A resolver that fails."""

    def resolve(host: str, port: int) -> Sequence[str]:
        raise error

    return resolve


def on_loopback(web: WebServer, resolver: Callable[[str, int], Sequence[str]]) -> Net:
    """An opener that may go to 127.0.0.1 under whatever name."""
    return Net(NetLimits(allow=("127.0.0.1/32",), ports=(web.port,)), resolver=resolver)


# ── where it goes ────────────────────────────────────────────────────────────────────────────────


def test_a_name_is_resolved_once_and_the_checked_address_is_used(
    web: WebServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name that answers differently the second time (DNS rebinding) changes nothing."""
    web.page("/", "the checked one")
    names = Names(["127.0.0.1"], ["10.0.0.1"])
    looked_up: list[object] = []
    really = socket.getaddrinfo

    def watched(host: Any, *rest: Any, **options: Any) -> Any:
        looked_up.append(host)
        return really(host, *rest, **options)

    monkeypatch.setattr(socket, "getaddrinfo", watched)

    resource = on_loopback(web, names).open(web.url("/", host="rebind.test"))

    assert resource.data == b"the checked one"
    assert names.asked == ["rebind.test"]
    assert set(looked_up) <= {"127.0.0.1"}  # an address in figures needs no resolver
    assert web.requests[0].headers["host"] == f"rebind.test:{web.port}"


def test_a_name_that_turns_private_is_blocked_at_the_next_hop(web: WebServer) -> None:
    """Each redirect resolves and checks anew, the same name too."""
    web.redirect("/a", "/b")
    web.page("/b", "never seen")
    net = on_loopback(web, Names(["127.0.0.1"], ["10.0.0.1"]))

    with pytest.raises(BlockedAddress) as caught:
        net.open(web.url("/a", host="rebind.test"))

    assert caught.value.facts == {"host": "rebind.test", "address": "10.0.0.1", "reason": "private"}
    assert [seen.target for seen in web.requests] == ["/a"]


def test_one_blocked_address_blocks_the_name(web: WebServer) -> None:
    """A name with a good and a private address is refused, wherever the private one stands."""
    net = on_loopback(web, Names(["127.0.0.1", "192.168.1.1"]))

    with pytest.raises(BlockedAddress):
        net.open(web.url("/", host="mixed.test"))
    assert web.requests == []


def test_without_permission_nothing_local_is_reached(web: WebServer) -> None:
    """By default the loopback server is not even connected to."""
    net = Net(NetLimits(ports=(web.port,)), resolver=Names(["127.0.0.1"]))

    for host in ("127.0.0.1", "localhost", "innocent.test", "2130706433", "0177.0.0.1", "[::1]"):
        with pytest.raises(BlockedAddress):
            net.open(web.url("/", host=host))
    assert web.requests == []


def test_a_host_on_the_list_may_lead_anywhere(web: WebServer) -> None:
    """A group's own intranet is reached by its name, on its port."""
    web.page("/", "wiki")
    limits = NetLimits(allow=(f"wiki.test:{web.port}",))
    net = Net(limits, resolver=Names(["127.0.0.1"]))

    assert net.open(web.url("/", host="wiki.test")).data == b"wiki"
    with pytest.raises(BlockedAddress):
        net.open(web.url("/", host="other.test"))


def test_a_port_that_is_not_listed_is_blocked(web: WebServer) -> None:
    """A name on the list without a port opens the usual ports only."""
    net = Net(NetLimits(allow=("127.0.0.1",)))

    with pytest.raises(BlockedAddress) as caught:
        net.open(web.url("/"))

    assert caught.value.facts["port"] == web.port
    assert caught.value.facts["reason"] == "port"


def test_a_dead_address_is_passed_over(web: WebServer) -> None:
    """When the first address of a name does not answer, the next one is tried."""
    web.page("/", "second")
    net = Net(
        NetLimits(allow=("127.0.0.1/32", "::1/128"), ports=(web.port,)),
        resolver=Names(["::1", "127.0.0.1"]),
    )

    assert net.open(web.url("/", host="dual.test")).data == b"second"


# ── redirects ────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_of_every_kind_are_followed(web: WebServer, net: Net, status: int) -> None:
    """Relative ones too."""
    web.page("/b/c", "end")
    start = web.redirect("/b/a?x=1", "c", status=status)

    assert net.open(start).url == web.url("/b/c")


def test_five_redirects_are_followed_and_six_are_not(web: WebServer, net: Net) -> None:
    """The limit counts hops after the first address."""
    web.page("/0", "end")
    for hop in range(1, 7):
        web.redirect(f"/{hop}", f"/{hop - 1}")

    assert net.open(web.url("/5")).data == b"end"
    with pytest.raises(Forbidden) as caught:
        net.open(web.url("/6"))
    assert caught.value.facts["reason"] == "redirects"


def test_a_circle_of_redirects_ends_at_once(web: WebServer, net: Net) -> None:
    """A page that sends us back to itself is asked once."""
    url = web.redirect("/a", "/a")

    with pytest.raises(Forbidden):
        net.open(url)
    assert len(web.requests) == 1


@pytest.mark.parametrize(
    "target",
    ["http://10.0.0.1/", "http://[::ffff:169.254.169.254]/", "//0/", "http://0x7f000001:22/"],
)
def test_a_redirect_into_the_network_is_blocked(web: WebServer, net: Net, target: str) -> None:
    """However the address is spelt."""
    url = web.redirect("/a", target)

    with pytest.raises(BlockedAddress):
        net.open(url)


@pytest.mark.parametrize("target", ["ftp://example.com/", "line://msg", "https://u:p@example.com/"])
def test_a_redirect_to_no_web_address_says_who_sent_us(
    web: WebServer, net: Net, target: str
) -> None:
    """The host at fault is the one that redirects."""
    url = web.redirect("/a", target)

    with pytest.raises(BadAddress) as caught:
        net.open(url)
    assert caught.value.facts["host"] == "127.0.0.1"


def test_a_redirect_without_a_target_is_the_servers_fault(web: WebServer, net: Net) -> None:
    """302 without Location."""
    url = web.answer("/a", Answer(302))

    with pytest.raises(Unreachable) as caught:
        net.open(url)
    assert caught.value.facts["reason"] == "bad-redirect"


def test_a_target_in_chinese_is_understood(web: WebServer, net: Net) -> None:
    """Servers send UTF-8 in Location although they should not."""
    web.page("/%E6%96%87", "here")
    raw = b"HTTP/1.1 302 Found\r\nLocation: /\xe6\x96\x87\r\nContent-Length: 0\r\n\r\n"
    url = web.answer("/a", Answer(raw=[raw]))

    assert net.open(url).data == b"here"


def test_a_target_in_no_known_encoding_is_kept(web: WebServer, net: Net) -> None:
    """Bytes that are not UTF-8 are passed on as Latin-1 rather than refused."""
    web.page("/%C3%BC", "here")
    raw = b"HTTP/1.1 302 Found\r\nLocation: /\xfc\r\nContent-Length: 0\r\n\r\n"
    url = web.answer("/a", Answer(raw=[raw]))

    assert net.open(url).data == b"here"


def test_the_fragment_goes_along(web: WebServer, net: Net) -> None:
    """It is never sent, and kept for whoever wants to know which part was meant."""
    web.page("/b", "here")
    web.redirect("/a", "/b")

    assert net.open(web.url("/a#!/7")).url == web.url("/b#!/7")
    assert [seen.target for seen in web.requests] == ["/a", "/b"]


# ── what it says about itself ────────────────────────────────────────────────────────────────────


def test_nothing_but_the_question_is_sent(web: WebServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """No cookies even if one was set on the way, no credentials, no referrer; a polite name."""
    monkeypatch.setenv("HTTP_PROXY", "http://10.0.0.1:3128")
    monkeypatch.setenv("ALL_PROXY", "http://10.0.0.1:3128")
    web.page("/b", "here", headers={"Set-Cookie": "b=2"})
    web.answer("/a", Answer(302, [("Location", "/b"), ("Set-Cookie", "a=1; Path=/")]))
    net = Net(NetLimits(allow=(web.authority,), contact="https://example.org/bot"))

    net.open(web.url("/a"))
    net.open(web.url("/b"))

    assert len(web.requests) == 3
    for seen in web.requests:
        assert seen.method == "GET"
        assert set(seen.headers) == {
            "host", "user-agent", "accept", "accept-language", "accept-encoding", "connection",
        }  # fmt: skip
        assert "Commonplace/" in seen.headers["user-agent"]
        assert "+https://example.org/bot" in seen.headers["user-agent"]
        assert seen.headers["accept-language"].startswith("zh-TW")


@pytest.mark.parametrize("contact", ["a\r\nCookie: x=1", "聯絡", "x" * 201])
def test_a_contact_that_is_no_header_is_refused(contact: str) -> None:
    """The operator is told at the start, not a publisher later."""
    with pytest.raises(BadConfig) as caught:
        Net(NetLimits(contact=contact))
    assert caught.value.facts["key"] == "contact"


# ── what servers answer ──────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("status", "error"),
    [
        (400, Forbidden), (401, Forbidden), (402, Forbidden), (403, Forbidden), (404, NotFound),
        (406, Forbidden), (408, Unreachable), (410, NotFound), (429, RateLimited), (451, Forbidden),
        (500, Unreachable), (502, Unreachable), (503, Unreachable), (504, Unreachable),
        (304, Unreachable), (999, Unreachable),
    ],
)  # fmt: skip
def test_each_status_has_its_error(
    web: WebServer, net: Net, status: int, error: type[CommonplaceError]
) -> None:
    """The status is among the facts, the host too, and what is known about the reason."""
    url = web.page("/a", "an error page that nobody reads", status=status)

    with pytest.raises(error) as caught:
        net.open(url)
    assert type(caught.value) is error
    reason = {401: {"reason": "login"}, 402: {"reason": "paywall"}}.get(status, {})
    assert caught.value.facts == {"host": "127.0.0.1", "status": status} | reason


@pytest.mark.parametrize("status", [403, 503])
def test_a_site_that_wants_to_see_a_person_is_told_apart(
    web: WebServer, net: Net, status: int
) -> None:
    """Trying again later will not help there."""
    url = web.answer("/a", Answer(status, [("cf-mitigated", "challenge"), ("Retry-After", "5")]))

    with pytest.raises(Forbidden) as caught:
        net.open(url)
    assert caught.value.facts["reason"] == "bot-challenge"


def test_an_empty_page_is_a_page(web: WebServer, net: Net) -> None:
    """Whether it is worth keeping is for others to say."""
    resource = net.open(web.answer("/a", Answer(200)))

    assert (resource.data, resource.media_type, resource.charset) == (b"", None, None)


@pytest.mark.parametrize(
    "raw",
    [b"", b"SSH-2.0-OpenSSH_9.6\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nfour"],
    ids=["hangs-up", "not-http", "cut-short"],
)
def test_a_server_that_breaks_off_is_unreachable(web: WebServer, net: Net, raw: bytes) -> None:
    """Half a page is never taken for a whole one."""
    url = web.answer("/a", Answer(raw=[raw]))

    with pytest.raises(Unreachable) as caught:
        net.open(url)
    assert caught.value.facts["reason"] == "broken-answer"


def test_nobody_at_home_is_unreachable() -> None:
    """A closed port is said to be one."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    net = Net(NetLimits(allow=(f"127.0.0.1:{port}",)))

    with pytest.raises(Unreachable) as caught:
        net.open(f"http://127.0.0.1:{port}/")
    assert caught.value.facts == {"host": "127.0.0.1", "reason": "connect"}


# ── names ────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("resolver", "error", "reason"),
    [
        (failing(socket.gaierror(socket.EAI_NONAME, "unknown")), NotFound, "no-such-name"),
        (failing(UnicodeError("label too long")), NotFound, "no-such-name"),
        (Names([]), NotFound, "no-such-name"),
        (failing(socket.gaierror(socket.EAI_AGAIN, "later")), Unreachable, "name"),
        (failing(OSError("no network")), Unreachable, "name"),
    ],
    ids=["absent", "impossible", "empty", "resolver-busy", "no-network"],
)
def test_a_name_that_leads_nowhere_says_why(
    resolver: Callable[[str, int], Sequence[str]], error: type[CommonplaceError], reason: str
) -> None:
    """A typing error is the sender's to mend; a resolver that is down is not."""
    with pytest.raises(error) as caught:
        Net(resolver=resolver).open("https://nowhere.test/")
    assert caught.value.facts == {"host": "nowhere.test", "reason": reason}


def test_the_machines_own_resolver_is_asked(web: WebServer) -> None:
    """By default names go to the resolver that every program here uses."""
    web.page("/", "here")
    net = Net(NetLimits(allow=("127.0.0.0/8", "::1"), ports=(web.port,)))

    assert net.open(web.url("/", host="localhost")).data == b"here"


def test_a_resolver_that_never_answers_is_not_waited_for() -> None:
    """The deadline covers the look-up as well, which knows no time-out of its own."""
    enough = threading.Event()

    def resolve(host: str, port: int) -> Sequence[str]:
        enough.wait(60)
        return []

    net = Net(NetLimits(total_timeout_s=0.05), resolver=resolve)

    with pytest.raises(TimedOut) as caught:
        net.open("https://slow.test/")
    enough.set()
    assert caught.value.facts["phase"] == "name"


# ── time ─────────────────────────────────────────────────────────────────────────────────────────


def test_a_server_that_says_nothing_runs_into_the_read_timeout(web: WebServer) -> None:
    """The connection stands, the answer does not come."""
    url = web.answer("/a", Answer(wait_s=60))
    net = Net(NetLimits(allow=(web.authority,), read_timeout_s=0.1))

    with pytest.raises(TimedOut) as caught:
        net.open(url)
    assert caught.value.facts == {"host": "127.0.0.1", "phase": "read", "limit_s": 0.1}


def test_a_server_that_never_shakes_hands_runs_into_the_connect_timeout() -> None:
    """Somebody listens, nobody answers, and https cannot begin."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        authority = f"127.0.0.1:{server.getsockname()[1]}"
        net = Net(NetLimits(allow=(authority,), connect_timeout_s=0.1))

        with pytest.raises(TimedOut) as caught:
            net.open(f"https://{authority}/")
    assert caught.value.facts == {"host": "127.0.0.1", "phase": "connect", "limit_s": 0.1}


@pytest.mark.parametrize(
    "answer",
    [
        Answer(pieces=itertools.repeat(b"."), pause_s=0.02),
        Answer(pieces=itertools.repeat(b"."), pause_s=0.02, chunked=True),
        Answer(raw=itertools.chain([ENDLESS_HEAD], itertools.repeat(b"x")), pause_s=0.02),
        Answer(raw=itertools.repeat(b"HTTP/1.1 100 Continue\r\n\r\n"), pause_s=0.02),
    ],
    ids=["body", "chunks", "head", "continue"],
)  # fmt: skip
def test_a_slow_drip_ends_with_the_total_time(web: WebServer, answer: Answer) -> None:
    """Every drip comes well within the read time-out, and still there is an end."""
    url = web.answer("/a", answer)
    net = Net(NetLimits(allow=(web.authority,), read_timeout_s=5, total_timeout_s=0.3))

    with pytest.raises(TimedOut) as caught:
        net.open(url)
    assert caught.value.facts == {"host": "127.0.0.1", "phase": "total", "limit_s": 0.3}


def test_redirects_share_one_deadline(web: WebServer) -> None:
    """A chain of slow hops is not a way to stretch the total time."""
    for hop in range(5):
        web.answer(f"/{hop}", Answer(302, [("Location", f"/{hop + 1}")], wait_s=0.1))
    net = Net(NetLimits(allow=(web.authority,), total_timeout_s=0.25))

    with pytest.raises(TimedOut):
        net.open(web.url("/0"))
    assert len(web.requests) < 5


# ── size ─────────────────────────────────────────────────────────────────────────────────────────


def small(web: WebServer, **limits: Any) -> Net:
    """An opener with tight limits."""
    return Net(NetLimits(allow=(web.authority,), **limits))


def test_a_declared_size_is_believed_before_a_byte_is_read(web: WebServer) -> None:
    """Content-Length over the limit ends it, and is told."""
    url = web.answer("/a", Answer(headers=[("Content-Length", "5000")], body=b""))

    with pytest.raises(TooLarge) as caught:
        small(web, max_bytes=1000).open(url)
    assert caught.value.facts == {"host": "127.0.0.1", "limit_bytes": 1000, "found_bytes": 5000}


def test_an_undeclared_size_is_counted(web: WebServer) -> None:
    """A body without an end is given up at the limit."""
    url = web.answer("/a", Answer(pieces=itertools.repeat(b"x" * 500)))

    with pytest.raises(TooLarge):
        small(web, max_bytes=10_000).open(url)


def test_a_body_of_just_the_limit_is_taken(web: WebServer) -> None:
    """The limit itself is allowed, one byte more is not."""
    web.page("/a", b"x" * 1000)
    web.page("/b", b"x" * 1001)
    net = small(web, max_bytes=1000)

    assert len(net.open(web.url("/a")).data) == 1000
    with pytest.raises(TooLarge):
        net.open(web.url("/b"))


def test_a_bomb_stops_early(web: WebServer) -> None:
    """A small body that unpacks to a large one is not unpacked to the end, nor read to the end."""
    taken: list[int] = []
    bomb = gzip.compress(b"\0" * 5_000_000)
    pieces = [bomb[at : at + 1000] for at in range(0, len(bomb), 1000)]

    def counted() -> Iterator[bytes]:
        for piece in itertools.chain(pieces, itertools.repeat(b"x" * 1000, 100_000)):
            taken.append(len(piece))
            yield piece

    url = web.answer("/a", Answer(headers=[("Content-Encoding", "gzip")], pieces=counted()))

    with pytest.raises(TooLarge) as caught:
        small(web, max_bytes=100_000_000, max_decompressed_bytes=100_000).open(url)
    assert caught.value.facts["limit_bytes"] == 100_000
    assert sum(taken) < 50_000_000  # what the server could get rid of before we hung up


def test_packed_pages_are_unpacked(web: WebServer, net: Net) -> None:
    """gzip, deflate with and without its header, and one inside the other."""
    text = "很長的文章。".encode() * 1000
    bare = zlib.compressobj(wbits=-15)
    bodies = {
        "gzip": gzip.compress(text),
        "x-gzip": gzip.compress(text),
        "deflate": zlib.compress(text),
        "Deflate": bare.compress(text) + bare.flush(),
        "deflate, gzip": gzip.compress(zlib.compress(text)),
        "identity": text,
    }

    for coding, body in bodies.items():
        url = web.page("/a", body, headers={"Content-Encoding": coding})
        assert net.open(url).data == text, coding


@pytest.mark.parametrize(
    "pieces",
    [
        [b"HTTP/1.1 200 OK\r\n", *[b"X-%d: %s\r\n" % (n, b"x" * 1000) for n in range(500)]],
        [b"HTTP/1.1 200 OK\r\nX: ", *[b"x" * 10_000] * 50],
        [b"HTTP/1.1 103 Early Hints\r\nLink: " + b"x" * 1000 + b"\r\n\r\n"] * 500,
    ],
    ids=["many", "long", "early-hints"],
)
def test_a_head_without_an_end_is_given_up(web: WebServer, pieces: list[bytes]) -> None:
    """No server may fill our memory with headers."""
    url = web.answer("/a", Answer(raw=pieces))

    with pytest.raises((TooLarge, Unreachable)):
        small(web, max_header_bytes=10_000).open(url)


# ── patience ─────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


def test_a_host_that_wants_rest_is_not_asked_again_before(web: WebServer, clock: HandClock) -> None:
    """Another link to the same host waits too; afterwards it is asked again."""
    net = Net(NetLimits(allow=(web.authority,)), clock=clock)
    web.answer("/a", Answer(429, [("Retry-After", "100")]))
    web.page("/b", "here")

    with pytest.raises(RateLimited) as first:
        net.open(web.url("/a"))
    clock.forward(40)
    with pytest.raises(RateLimited) as second:
        net.open(web.url("/b"))
    clock.forward(61)

    assert net.open(web.url("/b")).data == b"here"
    assert (first.value.retry_after_s, second.value.retry_after_s) == (100, 60)
    assert [seen.target for seen in web.requests] == ["/a", "/b"]


def test_a_date_says_when_as_well(web: WebServer, clock: HandClock) -> None:
    """503 with an HTTP date is a request for patience like 429."""
    net = Net(NetLimits(allow=(web.authority,)), clock=clock)
    url = web.answer("/a", Answer(503, [("Retry-After", "Sun, 01 Mar 2026 12:00:30 GMT")]))

    with pytest.raises(RateLimited) as caught:
        net.open(url)
    assert caught.value.retry_after_s == 30


def test_a_host_that_names_no_time_gets_a_minute(web: WebServer, clock: HandClock) -> None:
    """The first error says that no time was named; the host is left alone all the same."""
    net = Net(NetLimits(allow=(web.authority,)), clock=clock)
    url = web.answer("/a", Answer(429))

    with pytest.raises(RateLimited) as first:
        net.open(url)
    with pytest.raises(RateLimited) as second:
        net.open(url)

    assert (first.value.retry_after_s, second.value.retry_after_s) == (None, 60)
    assert len(web.requests) == 1


# ── life ─────────────────────────────────────────────────────────────────────────────────────────


def test_several_threads_share_one_opener(web: WebServer, net: Net) -> None:
    """Pages do not get mixed up."""
    urls = [web.page(f"/{n}", f"page {n}") for n in range(8)]
    got: dict[str, bytes] = {}

    def fetch(url: str) -> None:
        got[url] = net.open(url).data

    threads = [threading.Thread(target=fetch, args=(url,)) for url in urls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert got == {url: f"page {n}".encode() for n, url in enumerate(urls)}


def test_a_closed_opener_takes_no_more_calls(web: WebServer, net: Net) -> None:
    """Closing is final."""
    net.close()

    with pytest.raises(CommonplaceError):
        net.open(web.url("/"))
    assert web.requests == []
