"""Trains in a process of its own, at the lowest priority: the bot keeps answering meanwhile.

The child (`core.models.training_child`) gets the lesson as JSON in its arguments and tells how far
it is, a JSON object a line. It stops when its standard input ends, at its next step or soon after
in the middle of one, so it never outlives us, however we end; what it has done so far lies in the
lesson's folder, and the next one goes on from there.
"""

import json
import logging
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict
from importlib.util import find_spec
from typing import Any

from core.errors import BadExamples, BadFile, BadTaxonomy, CommonplaceError, ModelUnavailable
from core.ports import Lesson, TrainingProgress

log = logging.getLogger(__name__)

CHILD = "core.models.training_child"

STOP_S = 20.0
"""A child that has not stopped by then is ended; it goes on from what it kept before."""

GRACE_S = 5.0
"""A child that was told to stop may take so long to its next step, where it keeps what it did; then
it ends where it is, also if nobody is there any more to end it. Less than `STOP_S`."""

LOOK_S = 0.2
"""Between two looks at whether to stop."""

LOWEST = 19
"""The niceness of the child."""

_ERRORS: dict[str, type[CommonplaceError]] = {
    each.code: each for each in (BadExamples, BadFile, BadTaxonomy, ModelUnavailable)
}


class ProcessTrainer:
    """Trains by a child process; see `core.ports.Trainer`.

    Args:
        model: with which training begins: "builtin", or a folder with a model of ours.
        tunes: whether weights are trained, which takes minutes, or labels alone, which takes
            seconds.
        child: the module that is run.
        needs: what must be installed for it, and the extra that brings it.
    """

    def __init__(
        self,
        model: str | None = None,
        *,
        tunes: bool = True,
        child: str = CHILD,
        needs: tuple[str, str] = ("torch", "train"),
    ) -> None:
        self._model = model
        self._tunes = tunes
        self._child = child
        self._needs = needs

    @property
    def reads_unlabelled(self) -> bool:
        """Whether it trains towers: adapters of pair models learn from labels alone."""
        from core.models.entailer import BUILTIN_NAME, is_pair

        return not is_pair(self._model or BUILTIN_NAME)

    def check(self) -> None:
        """See whether anything can be trained here.

        Raises:
            ModelUnavailable: torch is not installed.
        """
        module, extra = self._needs
        if find_spec(module) is None:
            raise ModelUnavailable(
                f"Training needs {module}: pip install 'commonplace-bot[{extra}]'.",
                model=self._model or "builtin",
            )

    def train(
        self,
        lesson: Lesson,
        *,
        on_progress: Callable[[TrainingProgress], None],
        should_stop: Callable[[], bool],
    ) -> bool:
        """Train; see `core.ports.Trainer`.

        Raises:
            BadExamples, BadFile, BadTaxonomy, ModelUnavailable: as the child says.
        """
        self.check()
        said: dict[str, Any] = {}
        done = 0

        def hear(line: dict[str, Any]) -> None:
            nonlocal done
            if "total" in line:
                done = max(done, int(line["done"]))
                on_progress(TrainingProgress(done, int(line["total"]), line.get("remaining_s")))
            else:
                said.update(line)

        with self._running(lesson) as process:
            listening = threading.Thread(target=_listen, args=(process, hear), daemon=True)
            listening.start()
            is_stopped = False
            while process.poll() is None:
                if should_stop():
                    is_stopped = True
                    _stop(process)
                    break
                with suppress(subprocess.TimeoutExpired):
                    process.wait(LOOK_S)
            listening.join(STOP_S)
        if error := said.get("error"):
            kind = _ERRORS.get(error["code"], ModelUnavailable)
            raise kind(error["message"], **error["facts"])
        if said.get("finished"):
            return True
        if is_stopped or said.get("stopped"):
            return False
        raise ModelUnavailable(
            f"The process that trains ended without a word (exit code {process.returncode}). The "
            "machine may have too little memory; /train goes on where it was.",
            model=self._model or "builtin",
        )

    @contextmanager
    def _running(self, lesson: Lesson) -> "Iterator[subprocess.Popen[bytes]]":
        told = {key: str(value) for key, value in asdict(lesson).items()}
        told |= {"model": self._model or "builtin", "tunes": "yes" if self._tunes else ""}
        process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
            [sys.executable, "-P", "-m", self._child, json.dumps(told)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
            creationflags=getattr(subprocess, "IDLE_PRIORITY_CLASS", 0),
        )
        log.info("training pid=%s", process.pid)
        try:
            with suppress(AttributeError, OSError):  # Windows has its class; or it is gone already
                os.setpriority(os.PRIO_PROCESS, process.pid, LOWEST)
            yield process
        finally:
            if process.poll() is None:
                process.kill()
            process.wait()
            for stream in (process.stdin, process.stdout):
                if stream is not None:
                    with suppress(OSError, ValueError):
                        stream.close()


def _stop(process: "subprocess.Popen[bytes]") -> None:
    """Let the child see the end of its input, and stop."""
    assert process.stdin is not None
    with suppress(OSError):
        process.stdin.close()
    try:
        process.wait(STOP_S)
    except subprocess.TimeoutExpired:
        process.kill()


def _listen(process: "subprocess.Popen[bytes]", hear: Callable[[dict[str, Any]], None]) -> None:
    assert process.stdout is not None
    for line in process.stdout:
        with suppress(ValueError):  # a library's own words
            found = json.loads(line)
            if isinstance(found, dict):
                hear(found)


# ── in the child ─────────────────────────────────────────────────────────────────────────────────


class StopAsked(Exception):
    """The parent wants no more, or is gone."""


def watch(*, grace_s: float = GRACE_S) -> Callable[[], bool]:
    """Whether the parent wants us to stop: our standard input has ended. For the child to call,
    before it imports anything large.

    Args:
        grace_s: seconds from then until this process ends by itself, whatever it is doing: loading
            a library or judging takes long, and asks nobody. Files are written aside and renamed.
    """
    ended = threading.Event()

    def read() -> None:
        with suppress(OSError, ValueError):
            while sys.stdin.buffer.read(1):
                pass
        ended.set()
        time.sleep(grace_s)
        os._exit(0)

    threading.Thread(target=read, daemon=True).start()
    return ended.is_set


def tell(**said: object) -> None:
    """Tell the parent. For the child to call."""
    print(json.dumps(said), flush=True)  # noqa: T201 - the pipe to the parent


def tell_error(error: CommonplaceError) -> None:
    """Tell the parent what was wrong. For the child to call."""
    tell(error={"code": error.code, "message": error.message, "facts": error.facts})


def lesson_of(arguments: Sequence[str]) -> tuple[dict[str, str], str]:
    """The lesson as it was told, and the model to begin with. For the child to call."""
    told: dict[str, str] = json.loads(arguments[1])
    return told, told["model"]
