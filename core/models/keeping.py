"""What was computed before and may be wanted again: the things last used, up to a number."""

import threading
from collections import OrderedDict
from collections.abc import Hashable, Iterable, Mapping
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Kept(Generic[K, V]):
    """The things last used, by key; safe to share between threads.

    Args:
        size: how many are kept; those not used for longest go first.
    """

    def __init__(self, size: int) -> None:
        self._size = size
        self._things: OrderedDict[K, V] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, keys: Iterable[K]) -> dict[K, V]:
        """Those of the keys that are here."""
        with self._lock:
            found = {key: self._things[key] for key in keys if key in self._things}
            for key in found:
                self._things.move_to_end(key)
        return found

    def put(self, things: Mapping[K, V]) -> None:
        """Keep these; what a value refers to (such as the batch of a view) is kept with it."""
        with self._lock:
            for key, thing in things.items():
                self._things[key] = thing
                self._things.move_to_end(key)
            while len(self._things) > self._size:
                self._things.popitem(last=False)

    def __len__(self) -> int:
        """How many are here."""
        return len(self._things)
