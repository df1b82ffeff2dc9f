"""A reading process that does what hostile pages do to parsers: what a page says, happens.

Run as `python -m tests.fakes.bad_worker LIMITS`, in the place of `core.sources.worker`.
"""

import ctypes
import os
import sys
import time

from core.domain import Resource
from core.errors import NotAnArticle, RateLimited
from core.sources import worker
from core.sources.reading import Extracted, ReadLimits


def obey(resource: Resource, limits: ReadLimits) -> Extracted:
    """Do what the bytes say."""
    match resource.data.split(b" "):
        case [b"hang"]:
            while True:
                time.sleep(1)
        case [b"hang-in-native-code"]:
            ctypes.PyDLL(None).sleep(600)  # holds the interpreter's lock
        case [b"crash"]:
            ctypes.string_at(0)
        case [b"exit"]:
            os._exit(0)
        case [b"eat"]:
            return Extracted("x" * (limits.memory_bytes + 1))
        case [b"recurse"]:
            return obey(resource, limits)
        case [b"raise"]:
            raise ValueError("a parser's own")
        case [b"refuse"]:
            raise NotAnArticle("It is a wall.", reason="consent-wall")
        case [b"wait"]:
            raise RateLimited("Later.", retry_after_s=7.5, host="example.com")
        case [b"print"]:
            print("noise", flush=True)  # noqa: T201 - what a chatty library does
            os.write(1, b"more noise")
        case [b"babble"]:
            os.write(3, b"\xff" * 64)
        case [b"environment"]:
            return Extracted("\n".join(sorted(os.environ)))
    return Extracted(resource.data.decode())


if __name__ == "__main__":
    assert "tests" not in sys.argv[1]
    worker.EXTRACTORS["obey"] = obey
    worker.main()
