"""The last messages that were seen, so that a reaction on one has its words and its topic.

Telegram delivers a reaction with the number of the message alone. What is forgotten here, or was
said before a restart, comes without words, and without its topic.
"""

from collections import OrderedDict

from bot.chat import Wrote
from core.domain import MessageRef

SIZE = 2000  # messages; some hours of a busy group


class Memory:
    """Holds messages until newer ones take their place."""

    def __init__(self, size: int = SIZE) -> None:
        self._size = size
        self._seen: OrderedDict[tuple[str, str], tuple[MessageRef, Wrote | None]] = OrderedDict()

    def keep(self, message: MessageRef, said: Wrote | None = None) -> None:
        """Remember a message, or what it says now; `said` is None for one of ours."""
        key = (message.where.chat, message.id)
        self._seen[key] = (message, said)
        self._seen.move_to_end(key)
        if len(self._seen) > self._size:
            self._seen.popitem(last=False)

    def find(self, message: MessageRef) -> tuple[MessageRef, Wrote | None]:
        """The message with its topic and what it says, as far as they are remembered."""
        return self._seen.get((message.where.chat, message.id), (message, None))
