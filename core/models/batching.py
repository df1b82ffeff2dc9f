"""How many texts to give a model at once, and how many threads to give the model."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path


def batches(lengths: Sequence[int], *, max_tokens: int) -> Iterator[list[int]]:
    """Group texts of like length, so that little padding is computed and memory stays bounded.

    Args:
        lengths: tokens of each text.
        max_tokens: tokens of a batch after padding; a longer text is a batch by itself.

    Yields:
        Positions in `lengths`; each once, the longest texts first.
    """
    batch: list[int] = []
    for index in sorted(range(len(lengths)), key=lambda each: -lengths[each]):
        if batch and (len(batch) + 1) * lengths[batch[0]] > max_tokens:
            yield batch
            batch = []
        batch.append(index)
    if batch:
        yield batch


def cores() -> int:
    """Physical cores that this process may use: what matrix products profit from.

    Respects the process' CPU affinity and, on Linux, the container's CPU quota.
    """
    try:
        allowed: set[int] = os.sched_getaffinity(0)
    except AttributeError:  # not on macOS and Windows
        return max(1, os.cpu_count() or 1)
    physical = len({_siblings(cpu) for cpu in allowed})
    return max(1, min(physical, _quota(physical)))


def _siblings(cpu: int) -> str:
    """Names the physical core of a logical CPU (Linux, sysfs)."""
    file = Path(f"/sys/devices/system/cpu/cpu{cpu}/topology/thread_siblings_list")
    try:
        return file.read_text(encoding="ascii")
    except OSError:
        return str(cpu)


def _quota(otherwise: int, *, file: Path = Path("/sys/fs/cgroup/cpu.max")) -> int:
    """The container's CPU quota in whole cores, rounded up (Linux, cgroup v2: "200000 100000")."""
    try:
        quota, period = file.read_text(encoding="ascii").split()
    except (OSError, ValueError):
        return otherwise
    return otherwise if quota == "max" else -(-int(quota) // int(period))
