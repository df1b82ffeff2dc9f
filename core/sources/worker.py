"""The child process in which foreign bytes are parsed.

It is started as `python -m core.sources.worker LIMITS` by `core.sources.sandbox` and talks over its
own standard input and output (`core.sources.wire`). The first answer says that it is ready.

It never outlives its use: it ends when its input ends (also in the middle of work), a watchdog that
needs no interpreter ends it some time after the deadline, and it ends by itself after an answer
when it has grown large.
"""

import faulthandler
import json
import os
import queue
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Any

from core.domain import Resource
from core.errors import CommonplaceError, LaterError, TooLarge, Unreadable
from core.sources import SOURCES, web
from core.sources.reading import Extract, ReadLimits
from core.sources.wire import pack, read_request, write_answer

EXTRACTORS: dict[str, Extract] = {one.name: one.extract for one in SOURCES}

_GRACE_S = 2.0
"""The parent kills at the deadline; the watchdog is for when the parent is no longer there."""


# ── work ─────────────────────────────────────────────────────────────────────────────────────────


def answer(name: str, resource: Resource, limits: ReadLimits) -> dict[str, Any]:
    """Read a resource and say what came of it; raises nothing.

    Returns:
        `{"extracted": ...}`, or `{"error": code, "message", "facts", "retry_after_s"}` with a code
        of `core.errors`; `"cause"` names a foreign error for the log.
    """
    where = resource.url or resource.file_name or "the resource"
    try:
        return {"extracted": pack(EXTRACTORS[name](resource, limits))}
    except CommonplaceError as error:
        return _failure(error)
    except MemoryError:
        return _failure(
            TooLarge(
                f"{where} needs more than {limits.memory_bytes} bytes of memory to read. "
                f"Send the text instead.",
                what="memory",
                limit=limits.memory_bytes,
            )
        )
    except RecursionError:
        return _failure(
            TooLarge(
                f"{where} is nested too deeply to read. Send the text instead.",
                what="depth",
                limit=limits.max_depth,
            )
        )
    except ImportError as error:  # no page's fault
        return _failure(CommonplaceError(f"A parser is missing ({error}). Install again."))
    except Exception as error:  # noqa: BLE001 - the parsers' own, whatever they are
        said = _failure(
            Unreadable(f"{where} could not be parsed. Send the text instead.", reason="broken")
        )
        return {**said, "cause": f"{type(error).__name__}: {str(error)[:200]}"}


def _failure(error: CommonplaceError) -> dict[str, Any]:
    return {
        "error": error.code,
        "message": error.message,
        "facts": error.facts,
        "retry_after_s": error.retry_after_s if isinstance(error, LaterError) else None,
    }


def serve(
    requests: Iterator[tuple[str, Resource]],
    out: IO[bytes],
    limits: ReadLimits,
    *,
    watch: Callable[[float], None],
    unwatch: Callable[[], None],
    held: Callable[[], int],
) -> None:
    """Answer requests until there are none, or until this process holds too much memory.

    Args:
        requests: in the order of arrival.
        out: where answers go.
        limits: of each reading.
        watch: called before each with the seconds after which this process must be ended.
        unwatch: called after each.
        held: bytes of memory held now.
    """
    write_answer(out, {"ready": True})
    for name, resource in requests:
        watch(limits.deadline_s + _GRACE_S)
        result = answer(name, resource, limits)
        unwatch()
        is_last = held() > limits.keep_bytes or result.get("facts", {}).get("what") == "memory"
        write_answer(out, {**result, "last": is_last})
        if is_last:
            return


# ── the process ──────────────────────────────────────────────────────────────────────────────────


def limit_memory(max_bytes: int) -> None:
    """Limit this process's address space, where the system has such a limit (not on Windows)."""
    try:
        import resource
    except ImportError:
        return
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    ceiling = max_bytes if hard == resource.RLIM_INFINITY else min(max_bytes, hard)
    try:
        resource.setrlimit(resource.RLIMIT_AS, (ceiling, hard))
    except (ValueError, OSError):  # macOS knows the name and refuses the deed
        return


def memory_held() -> int:
    """Bytes of memory that this process holds; 0 where the system does not tell.

    From /proc: `getrusage` gives the largest size ever, which a child inherits from its parent.
    """
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError, AttributeError, IndexError):
        return 0


def requests(stream: IO[bytes]) -> Iterator[tuple[str, Resource]]:
    """Requests as they come, read by a thread of their own.

    So the end of the input, which is the end of the parent, is seen while a page is being parsed:
    the process then ends at once.
    """
    waiting: queue.SimpleQueue[tuple[str, Resource]] = queue.SimpleQueue()

    def listen() -> None:
        while (request := read_request(stream)) is not None:
            waiting.put(request)
        os._exit(0)

    threading.Thread(target=listen, daemon=True, name="listen").start()
    while True:
        yield waiting.get()


def main() -> None:
    """Be the child process."""
    limits = ReadLimits(**json.loads(sys.argv[1])) if len(sys.argv) > 1 else ReadLimits()
    # Ctrl-C is for the parent, which then closes our input
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    waiting = requests(sys.stdin.buffer)
    # Answers go out by a descriptor of their own: what a library prints must not mix with them.
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    limit_memory(limits.memory_bytes)
    web.prepare()
    with Path(os.devnull).open("w", encoding="ascii") as nowhere:
        serve(
            waiting,
            out,
            limits,
            watch=lambda seconds: faulthandler.dump_traceback_later(
                seconds, exit=True, file=nowhere
            ),
            unwatch=faulthandler.cancel_dump_traceback_later,
            held=memory_held,
        )


if __name__ == "__main__":
    main()
