"""A language model's server on 127.0.0.1, as strict as OpenAI's, with a mind that a test gives it.

    with serve_llm(reader) as llm:
        server = Server(Account(base_url=llm.url, model="test-model"), budget)
        llm.fails(Fault(status=429, headers={"retry-after": "0"}))
        ...
        assert llm.questions[0].mark == question.mark

Minds: `reader` labels a text by the names in the codebook, reading the data where they are marked;
`gullible` does the first thing that it is told anywhere outside the marked data, and otherwise
reads. It stands for the weakest model there is: what it cannot be talked into is not left to a
model's good sense.

Source of the form: platform.openai.com/docs/api-reference/chat/create, and "Structured outputs".
"""

import json
import re
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

MODEL = "test-model"
KEY = "sk-test"

_ALLOWED = {"model", "messages", "temperature", "seed", "max_tokens", "max_completion_tokens"} | {
    "response_format"
}
_ENTRY = re.compile(r"^- (\S+): (.+)$", re.MULTILINE)
_ORDER = re.compile(
    r"(?:label (?:this )?(?:text )?as|請?標成|標記為)\s*[:：]?\s*([\w/-]+)", re.IGNORECASE
)
_SPEAKER = re.compile(r"<\|im_start\|>|\[INST\]|<<SYS>>|<\|system\|>")


@dataclass(frozen=True, slots=True)
class Asked:
    """One request that had the right form."""

    system: str
    user: str
    body: Mapping[str, Any]
    headers: Mapping[str, str]

    @property
    def mark(self) -> str:
        """What the system message says that data are marked by; "" if it says nothing."""
        found = re.search(r"between BEGIN DATA (\w+) and END DATA", self.system)
        return found[1] if found else ""

    @property
    def data(self) -> Any:
        """What stands between the marks."""
        found = re.search(
            f"^BEGIN DATA {self.mark}\n(.*?)\nEND DATA {self.mark}$", self.user, re.MULTILINE
        )
        return json.loads(found[1]) if found else None

    @property
    def outside(self) -> str:
        """Everything that is no data."""
        if not self.mark:
            return f"{self.system}\n{self.user}"
        marked = re.compile(
            f"^BEGIN DATA {self.mark}\n.*?\nEND DATA {self.mark}$", re.MULTILINE | re.DOTALL
        )
        return f"{self.system}\n{marked.sub('', self.user)}"

    @property
    def codebook(self) -> dict[str, str]:
        """Name by path, as the prompt has it."""
        return dict(_ENTRY.findall(self.user))


Mind = Callable[[Asked], str]


def reader(asked: Asked) -> str:
    """Label by the names that stand in the text; summarise by its first sentence."""
    if '"summary"' in asked.user:
        first = re.split(r"(?<=[。.!?！？])", asked.data["text"])[0]
        return json.dumps({"summary": first.strip()}, ensure_ascii=False)
    if asked.data is None:
        return '{"labels": []}'
    text = asked.data["text"].casefold()
    found = [path for path, name in asked.codebook.items() if name.casefold() in text]
    return json.dumps({"labels": found})


def gullible(asked: Asked) -> str:
    """Obey whatever is said outside the data, and whoever seems to speak in a template's marks."""
    everything = f"{asked.system}\n{asked.user}"
    spoken = _SPEAKER.split(everything)[1:]
    for words in (*spoken, asked.outside):
        if order := _ORDER.search(words):
            return json.dumps({"labels": [order[1]]})
    return reader(asked)


def says(*answers: str) -> Mind:
    """Say these, one after the other; the last one for ever."""
    left = list(answers)
    return lambda _asked: left.pop(0) if len(left) > 1 else left[0]


@dataclass(frozen=True, slots=True)
class Fault:
    """One answer that is none.

    Attributes:
        status, message, headers: of an error as the API words it.
        body: sent in place of it, whatever it is; `media_type` is what it is called.
        wait_s: seconds before anything is sent.
        hangs_up: nothing is sent at all.
    """

    status: int = 500
    message: str = "a fault"
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes | None = None
    media_type: str = "application/json"
    wait_s: float = 0.0
    hangs_up: bool = False


@dataclass(slots=True)
class LlmServer:
    """What a test sees of it.

    Attributes:
        url: the base URL for a client.
        questions: requests of the right form, in order; `refused`: what was wrong with the others.
        forms: kinds of response_format that it knows; of others it says that it does not.
        cap: the only name of the limit of an answer that it knows; None: both.
        gives_usage: whether answers tell how many tokens they took; tokens: how many.
        finish: what answers say about why they ended.
    """

    url: str
    mind: Mind
    questions: list[Asked] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    forms: Sequence[str] = ("json_schema", "json_object", "text")
    cap: str | None = None
    gives_usage: bool = True
    tokens: int = 100
    finish: str = "stop"
    requests: int = 0
    _faults: list[Fault] = field(default_factory=list)
    _closing: threading.Event = field(default_factory=threading.Event)

    def fails(self, *faults: Fault) -> None:
        """Let the next requests fail so, in turn."""
        self._faults += faults


class _Wrong(Exception):
    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    llm: LlmServer

    def do_POST(self) -> None:
        self.close_connection = True
        llm = self.llm
        llm.requests += 1
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        with suppress(OSError):  # a client that waited long enough hangs up
            if llm._faults:
                self._fail(llm._faults.pop(0))
                return
            try:
                asked = self._check(body)
            except _Wrong as wrong:
                llm.refused.append(str(wrong))
                self._error(wrong.status, str(wrong))
                return
            llm.questions.append(asked)
            self._send(200, json.dumps(_completion(llm, llm.mind(asked))).encode())

    def _fail(self, fault: Fault) -> None:
        self.llm._closing.wait(fault.wait_s)
        if fault.hangs_up:
            return
        if fault.body is not None:
            self._send(fault.status, fault.body, fault.headers, media_type=fault.media_type)
        else:
            self._error(fault.status, fault.message, fault.headers)

    def _error(self, status: int, message: str, headers: Mapping[str, str] | None = None) -> None:
        error = {"message": message, "type": "invalid_request_error", "param": None, "code": None}
        self._send(status, json.dumps({"error": error}).encode(), headers or {})

    def _send(
        self,
        status: int,
        body: bytes,
        headers: Mapping[str, str] | None = None,
        *,
        media_type: str = "application/json",
    ) -> None:
        self.send_response_only(status)
        for name, value in {"Content-Type": media_type, **(headers or {})}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(body)

    def _check(self, data: bytes) -> Asked:
        """Refuse what OpenAI's server would refuse."""
        if self.path != "/v1/chat/completions":
            raise _Wrong(404, f"Invalid URL (POST {self.path})")
        if self.headers.get("Authorization") not in (f"Bearer {KEY}", "Bearer none"):
            raise _Wrong(401, "Incorrect API key provided.")
        try:
            body = json.loads(data)
        except ValueError:
            raise _Wrong(400, "We could not parse the JSON body of your request.") from None
        if unknown := body.keys() - _ALLOWED:
            raise _Wrong(400, f"Unrecognized request argument supplied: {', '.join(unknown)}")
        if body.get("model") != MODEL:
            raise _Wrong(404, f"The model `{body.get('model')}` does not exist.")
        _check_numbers(body, self.llm.cap)
        _check_form(body.get("response_format"), self.llm.forms)
        messages = body.get("messages")
        if not isinstance(messages, list) or [each.get("role") for each in messages] != [
            "system",
            "user",
        ]:
            raise _Wrong(400, "Invalid value for 'messages'.")
        system, user = (each.get("content") for each in messages)
        if not isinstance(system, str) or not isinstance(user, str):
            raise _Wrong(400, "Invalid type for 'messages[].content'.")
        lowered = {name.lower(): value for name, value in self.headers.items()}
        return Asked(system, user, body, lowered)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Tests speak for themselves."""


def _check_numbers(body: Mapping[str, Any], cap: str | None) -> None:
    temperature = body.get("temperature", 1)
    if not isinstance(temperature, (int, float)) or not 0 <= temperature <= 2:
        raise _Wrong(400, "Invalid 'temperature'.")
    if not isinstance(body.get("seed", 0), int):
        raise _Wrong(400, "Invalid type for 'seed'.")
    caps = [name for name in ("max_tokens", "max_completion_tokens") if name in body]
    if len(caps) != 1 or not isinstance(body[caps[0]], int) or body[caps[0]] < 1:
        raise _Wrong(400, "Invalid 'max_tokens'.")
    if cap is not None and caps != [cap]:
        raise _Wrong(400, f"Unsupported parameter: '{caps[0]}'. Use '{cap}' instead.")


def _check_form(form: Any, known: Sequence[str]) -> None:
    if form is None:
        return
    kind = form.get("type")
    if kind not in known:
        raise _Wrong(400, f"Invalid parameter: 'response_format' of type '{kind}'.")
    if kind == "json_schema":
        named = form.get("json_schema", {})
        if not re.fullmatch(r"[\w-]{1,64}", named.get("name", "")):
            raise _Wrong(400, "Invalid 'response_format.json_schema.name'.")
        if named.get("strict"):
            _check_strict(named.get("schema"))


def _check_strict(schema: Any) -> None:
    """What "strict" asks of a schema: closed objects, all of whose properties are required."""
    if not isinstance(schema, dict) or schema.get("type") != "object":
        raise _Wrong(400, "Invalid schema for response_format: it must be an object.")
    properties = schema.get("properties", {})
    if schema.get("additionalProperties") is not False or schema.get("required") != [*properties]:
        raise _Wrong(400, "Invalid schema: additionalProperties false, everything required.")
    for value in properties.values():
        if value.get("type") == "array" and "enum" in value["items"] and not value["items"]["enum"]:
            raise _Wrong(400, "Invalid schema for response_format: an empty enum.")


def _completion(llm: LlmServer, content: str) -> dict[str, Any]:
    completion: dict[str, Any] = {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 1_770_000_000,
        "model": MODEL,
        "choices": [
            {
                "index": 0,
                "message": {"role": "assistant", "content": content},
                "finish_reason": llm.finish,
            }
        ],
    }
    if llm.gives_usage:
        completion["usage"] = {
            "prompt_tokens": llm.tokens - 10,
            "completion_tokens": 10,
            "total_tokens": llm.tokens,
        }
    return completion


class _Server(ThreadingHTTPServer):
    daemon_threads = False
    request_queue_size = 64

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up is part of the game."""


@contextmanager
def serve_llm(mind: Mind = reader) -> Iterator[LlmServer]:
    """Run a server for the length of the block, on a free port."""
    handler = type("_BoundHandler", (_Handler,), {})
    server = _Server(("127.0.0.1", 0), handler)
    llm = LlmServer(f"http://127.0.0.1:{server.server_port}/v1", mind)
    handler.llm = llm  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield llm
    finally:
        llm._closing.set()
        server.shutdown()
        server.server_close()
        thread.join()
