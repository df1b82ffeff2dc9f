"""A sign of life: a small file in the data folder that a serving process touches.

`commonplace doctor --alive` reads it, so that a container knows whether the process still answers
without starting a second one, which could not have the folder.
"""

import json
from collections.abc import Sequence
from pathlib import Path

FILE = "alive.json"
BEAT_S = 20.0
MISSED_S = 90.0
"""A file that is older says that the process hangs or is gone: four beats, and some."""


def tell(data: Path, *, platforms: Sequence[str], busy: int, now: float) -> None:
    """Leave a sign of life.

    Args:
        data: the folder.
        platforms: names of those that are served; busy: pieces of work under way.
        now: seconds since the epoch.
    """
    told = {"at": now, "platforms": list(platforms), "busy": busy}
    (data / FILE).write_text(json.dumps(told), encoding="utf-8")


def forget(data: Path) -> None:
    """The process ends."""
    (data / FILE).unlink(missing_ok=True)


def is_alive(data: Path, *, now: float) -> bool:
    """Whether a process serves this data folder and has given a sign of life lately."""
    try:
        told = json.loads((data / FILE).read_text(encoding="utf-8"))
        return bool(0 <= now - float(told["at"]) < MISSED_S)
    except (OSError, ValueError, KeyError, TypeError):
        return False
