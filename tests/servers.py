"""A small real web server on 127.0.0.1 that says exactly what a test tells it to say.

Use it as a context manager, or as the fixture `web` built on it:

    with serve() as web:
        url = web.page("/a", "<p>hello</p>")
        net = Net(NetLimits(allow=(web.authority,)))
        net.open(url)
        assert web.requests[0].headers["host"] == web.authority

Each answer is sent on a connection of its own, which is closed afterwards. Nothing here sleeps for
longer than the test: delays end at once when the server is closed.
"""

import re
import ssl
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(frozen=True, slots=True)
class Answer:
    """What one path says.

    Attributes:
        status: HTTP status.
        headers: pairs in order; a name may come twice. Content-Length is added unless it, or
            Transfer-Encoding, is among them, or `pieces` are given.
        body: sent after the headers in one go.
        pieces: sent instead of `body`, one after the other with `pause_s` between them; may be
            endless. The end of the connection ends them.
        chunked: send the pieces as HTTP/1.1 chunks.
        wait_s: seconds before anything is sent.
        pause_s: seconds between pieces.
        raw: bytes to send in place of status line, headers and body.
    """

    status: int = 200
    headers: Sequence[tuple[str, str]] = ()
    body: bytes = b""
    pieces: Iterable[bytes] | None = None
    chunked: bool = False
    wait_s: float = 0.0
    pause_s: float = 0.0
    raw: Iterable[bytes] | None = None


@dataclass(frozen=True, slots=True)
class Seen:
    """A request that arrived: `target` as on the wire, header names in lower case."""

    method: str
    target: str
    headers: Mapping[str, str]
    body: bytes = b""


@dataclass(slots=True)
class WebServer:
    """Answers by path; an unknown path is a 404. Made by `serve`."""

    host: str
    port: int
    scheme: str = "http"
    requests: list[Seen] = field(default_factory=list)
    _answers: dict[str, list[Answer]] = field(default_factory=dict)
    _closing: threading.Event = field(default_factory=threading.Event)

    @property
    def authority(self) -> str:
        """`"127.0.0.1:PORT"`, as an allow-list entry wants it."""
        return f"{self.host}:{self.port}"

    def url(self, path: str = "/", *, host: str | None = None) -> str:
        """The address of a path; `host` names the server otherwise than by its number."""
        return f"{self.scheme}://{host or self.host}:{self.port}{path}"

    def answer(self, path: str, *answers: Answer) -> str:
        """Say what a path answers, query and all; several are given in turn, the last one stays.

        Returns:
            The path's address.
        """
        self._answers[path] = list(answers)
        return self.url(path)

    def page(
        self,
        path: str,
        body: str | bytes,
        *,
        content_type: str | None = "text/html; charset=utf-8",
        status: int = 200,
        headers: Mapping[str, str] | None = None,
    ) -> str:
        """Serve a body. Returns the path's address."""
        data = body.encode() if isinstance(body, str) else body
        pairs = [("Content-Type", content_type)] if content_type is not None else []
        pairs += (headers or {}).items()
        return self.answer(path, Answer(status, pairs, data))

    def redirect(self, path: str, to: str, *, status: int = 302) -> str:
        """Send whoever asks for a path on to another. Returns the path's address."""
        return self.answer(path, Answer(status, [("Location", to)]))

    def _next(self, target: str) -> Answer:
        answers = self._answers.get(target)
        if not answers:
            return Answer(404, [("Content-Type", "text/plain")], b"no such page")
        return answers.pop(0) if len(answers) > 1 else answers[0]


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 10  # seconds; a client that says nothing must not keep the server from closing
    web: WebServer

    def _handle(self) -> None:
        self.close_connection = True
        length = re.fullmatch(r"\d+", self.headers.get("Content-Length", ""))
        body = self.rfile.read(int(length[0])) if length else b""
        self.web.requests.append(Seen(self.command, self.path, _lowered(self.headers), body))
        answer = self.web._next(self.path)
        with suppress(OSError):  # the client may hang up whenever it likes
            self._send(answer)

    do_GET = do_POST = _handle  # noqa: N815  (the base class looks for these names)

    def _send(self, answer: Answer) -> None:
        if self._wait(answer.wait_s):
            return
        if answer.raw is not None:
            self._send_pieces(answer.raw, pause_s=answer.pause_s)
            return
        self.send_response_only(answer.status)
        for name, value in answer.headers:
            self.send_header(name, value)
        named = {name.lower() for name, _ in answer.headers}
        if answer.chunked:
            self.send_header("Transfer-Encoding", "chunked")
        elif answer.pieces is None and not named & {"content-length", "transfer-encoding"}:
            self.send_header("Content-Length", str(len(answer.body)))
        self.send_header("Connection", "close")
        self.end_headers()
        if answer.pieces is None:
            self.wfile.write(answer.body)
        else:
            pieces = (
                (b"%x\r\n%s\r\n" % (len(piece), piece) for piece in answer.pieces)
                if answer.chunked
                else answer.pieces
            )
            if self._send_pieces(pieces, pause_s=answer.pause_s) and answer.chunked:
                self.wfile.write(b"0\r\n\r\n")

    def _send_pieces(self, pieces: Iterable[bytes], *, pause_s: float) -> bool:
        for piece in pieces:
            self.wfile.write(piece)
            self.wfile.flush()
            if self._wait(pause_s):
                return False
        return True

    def _wait(self, seconds: float) -> bool:
        """Wait; True if the server is closing."""
        closing = self.web._closing
        return closing.wait(seconds) if seconds else closing.is_set()

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Tests speak for themselves."""


class _Server(ThreadingHTTPServer):
    daemon_threads = False  # so that closing waits for every answer, and leaves no socket behind
    request_queue_size = 64

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up, or refuses our certificate, is part of the game."""


def _lowered(headers: Message) -> dict[str, str]:
    return {name.lower(): value for name, value in headers.items()}


@contextmanager
def serve(*, tls: ssl.SSLContext | None = None, host: str = "127.0.0.1") -> Iterator[WebServer]:
    """Run a server for the length of the block, on a free port.

    Args:
        tls: a server-side context, for https.
        host: the loopback address to listen on.
    """
    handler = type("_BoundHandler", (_Handler,), {})
    server = _Server((host, 0), handler)
    if tls is not None:
        server.socket = tls.wrap_socket(
            server.socket, server_side=True, do_handshake_on_connect=False
        )
    web = WebServer(host, server.server_port, "https" if tls is not None else "http")
    handler.web = web  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield web
    finally:
        web._closing.set()
        server.shutdown()
        server.server_close()
        thread.join()
