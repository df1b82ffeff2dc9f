"""Runs extractors in one child process that can be killed: the parent's side.

Pages and PDFs come from anybody, and their parsers are native code that a page can keep busy for
minutes or crash. So they run in a child (`core.sources.worker`) with a deadline and a memory limit:
started when first needed, used again and again, started anew after a kill or a crash. Parsing
libraries are then imported only there (about 40 MB once, instead of in every process).

The child holds nothing of ours: it is a fresh interpreter, not a fork, with an environment without
our settings, and it ends when we end, however that happens, since its input ends with us.
"""

import json
import logging
import os
import subprocess
import sys
import threading
import weakref
from dataclasses import asdict
from typing import Any

from core.domain import Resource
from core.errors import CommonplaceError, LaterError, TimedOut, Unreadable
from core.sources.reading import Extracted, ReadLimits
from core.sources.wire import read_answer, unpack, write_request

log = logging.getLogger(__name__)

_START_S = 60.0
"""A cold start takes 0.5 s; a busy, small machine is given a minute before we say that it is
broken."""

_KEPT_VARIABLES = (
    "PATH",
    "SYSTEMROOT",
    "TEMP",
    "TMP",
    "TMPDIR",
    "HOME",
    "LANG",
    "LC_ALL",
    "LC_CTYPE",
    "TZ",
                   "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "VIRTUAL_ENV")  # fmt: skip


class Sandbox:
    """One child process for extractors. Thread-safe: one resource at a time, others wait.

    Args:
        limits: how much is read, and how long that may take.
        worker: the module that is the child process.
    """

    def __init__(self, limits: ReadLimits, *, worker: str = "core.sources.worker") -> None:
        self._limits = limits
        self._worker = worker
        self._child: _Child | None = None
        self._turn = threading.Lock()
        self._is_closed = False

    def warm(self) -> None:
        """Start the child now, without waiting for it, so that the first reading need not."""
        with self._turn:
            self._living()

    def run(self, name: str, resource: Resource) -> Extracted:
        """Extract a resource by the source of that name.

        Raises:
            CommonplaceError: what the extractor raised.
            TimedOut: it did not finish within `deadline_s`; facts `what`, `limit_s`.
            Unreadable: it brought the process down; fact `reason` is "crashed".
        """
        where = resource.url or resource.file_name or "the resource"
        with self._turn:
            try:
                answer = self._ask(name, resource)
            except _Expired as error:
                self._forget()
                raise TimedOut(
                    f"{where} could not be read within {self._limits.deadline_s:g} s. Send "
                    f"the text instead.",
                    what="reading",
                    limit_s=self._limits.deadline_s,
                ) from error
            except _Gone as error:
                self._forget()
                log.warning(
                    "reader process ended with code=%s while reading source=%s",
                    error.exit_code,
                    name,
                )
                raise Unreadable(
                    f"{where} could not be parsed: it brought the parser down. Send the "
                    f"text instead.",
                    reason="crashed",
                ) from error
            except BaseException:
                self._forget()  # an interrupt in the middle: the answer still to come is nobody's
                raise
            if answer.get("last"):
                self._forget()
        if "extracted" in answer:
            return unpack(answer["extracted"])
        if "cause" in answer:
            log.warning("source=%s raised %s", name, answer["cause"])
        raise _error(answer)

    def close(self) -> None:
        """End the child; the object is not used afterwards."""
        self._is_closed = True
        child = self._child
        if child is not None:
            child.kill()  # before taking the turn: whoever has it gets his answer now
        with self._turn:
            self._forget()

    @property
    def pid(self) -> int | None:
        """The child's process id, while there is one."""
        return self._child.pid if self._child is not None else None

    def _ask(self, name: str, resource: Resource) -> dict[str, Any]:
        """Ask the child; ask a fresh one when one that had waited turns out to have ended.

        A process that is killed while it waits (by a system short of memory, or by hand) counts as
        running until the last of its threads is gone, so its end may show only when it is asked.
        Only a process that was started for the question can have ended because of it.
        """
        has_waited = self._child is not None
        child = self._living()
        child.wait_until_ready()
        try:
            return child.ask(name, resource, deadline_s=self._limits.deadline_s)
        except _Gone:
            if not has_waited:
                raise
        self._forget()
        child = self._living()
        child.wait_until_ready()
        return child.ask(name, resource, deadline_s=self._limits.deadline_s)

    def _living(self) -> "_Child":
        if self._is_closed:
            raise CommonplaceError("The reader is closed.")
        if self._child is not None and not self._child.is_alive:
            self._forget()  # ended while idle: killed by the system or by hand
        if self._child is None:
            self._child = _Child(self._limits, self._worker)
        return self._child

    def _forget(self) -> None:
        if self._child is not None:
            self._child.kill()
            self._child = None


class _Expired(Exception):
    """The deadline passed; the child has been killed."""


class _Gone(Exception):
    """The child ended without an answer."""

    def __init__(self, exit_code: int | None) -> None:
        super().__init__(exit_code)
        self.exit_code = exit_code


class _Child:
    """A running child process and the conversation with it."""

    def __init__(self, limits: ReadLimits, worker: str) -> None:
        self._worker = worker
        self._max_answer_bytes = 8 * limits.max_characters + (1 << 20)
        self._is_ready = False
        self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
            [sys.executable, "-P", "-m", worker, json.dumps(asdict(limits))],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_environment(),
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        self.pid = self._process.pid
        # also when nobody closes us: no zombie, and no warning about one
        self._end = weakref.finalize(self, _end, self._process)

    @property
    def is_alive(self) -> bool:
        return self._process.poll() is None

    def kill(self) -> None:
        """End it now; harmless when it has ended."""
        self._end()

    def wait_until_ready(self) -> None:
        """Wait for a new child's first word.

        Raises:
            CommonplaceError: it did not come up.
        """
        if self._is_ready:
            return
        try:
            self._is_ready = bool(self._answer(_START_S).get("ready"))
        except (_Expired, _Gone) as error:
            code = self._process.poll()
            self.kill()
            raise CommonplaceError(
                f"The process that reads pages did not start (exit code {code}). "
                f"Run `python -m {self._worker}` to see why.",
            ) from error

    def ask(self, name: str, resource: Resource, *, deadline_s: float) -> dict[str, Any]:
        """Send a resource and wait for the answer.

        Raises:
            _Expired, _Gone
        """
        return self._answer(deadline_s, request=(name, resource))

    def _answer(
        self, seconds: float, *, request: tuple[str, Resource] | None = None
    ) -> dict[str, Any]:
        """Exchange messages; a timer kills the child at the deadline, which ends every wait."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        expired = threading.Event()

        def expire() -> None:
            expired.set()
            self._process.kill()

        timer = threading.Timer(seconds, expire)
        timer.daemon = True
        timer.start()
        answer = None
        try:
            if request is not None:
                write_request(self._process.stdin, *request)
            answer = read_answer(self._process.stdout, max_bytes=self._max_answer_bytes)
        except (OSError, ValueError):  # broken pipe; or closed by another thread
            answer = None
        finally:
            timer.cancel()
        if answer is not None:
            return answer
        if expired.is_set():
            raise _Expired
        self._process.kill()
        raise _Gone(self._process.wait())


def _end(process: "subprocess.Popen[bytes]") -> None:
    """Kill, reap and close."""
    process.kill()
    process.wait()
    for stream in (process.stdin, process.stdout):
        if stream is not None:
            try:
                stream.close()
            except OSError:  # what was still to be flushed has nowhere to go
                continue


def _environment() -> dict[str, str]:
    """What the child may know: where Python and its libraries are, and no secrets."""
    kept = {name: os.environ[name] for name in _KEPT_VARIABLES if name in os.environ}
    path = os.pathsep.join(entry for entry in sys.path if entry)
    return {**kept, "PYTHONPATH": path, "PYTHONUTF8": "1", "PYTHONNOUSERSITE": "1"}


def _error(answer: dict[str, Any]) -> CommonplaceError:
    """The error that the extractor raised, made anew from its code."""
    kind = _KINDS.get(answer.get("error", ""), CommonplaceError)
    message, facts = str(answer.get("message", "")), dict(answer.get("facts", {}))
    if issubclass(kind, LaterError):
        return kind(message, retry_after_s=answer.get("retry_after_s"), **facts)
    return kind(message, **facts)


def _family(kind: type[CommonplaceError]) -> list[type[CommonplaceError]]:
    return [kind, *(one for child in kind.__subclasses__() for one in _family(child))]


_KINDS: dict[str, type[CommonplaceError]] = {kind.code: kind for kind in _family(CommonplaceError)}
