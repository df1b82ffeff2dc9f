"""Events as they are written down before a platform is told that they came.

An event is one row until it is answered: its kind and its fields as JSON. What is read back is the
same value, so that an event from before a crash is answered like any other. How often an answer was
begun is counted, so that an event that brings the program down is given up.
"""

import base64
import json
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from pydantic import ConfigDict, TypeAdapter, ValidationError

from bot.chat import (
    ByMember,
    Commanded,
    Deleted,
    Edited,
    Event,
    Joined,
    Left,
    Moved,
    Pressed,
    Reacted,
    Wrote,
)
from core.domain import ChatRef
from core.ports import Clock
from core.soundness import sound

if TYPE_CHECKING:
    from core.store.repository import Repository

log = logging.getLogger(__name__)

MAX_ATTEMPTS = 5
"""So often an event is begun; one that the program died of each time is given up then."""

_KINDS: dict[str, Any] = {
    kind.__name__: kind
    for kind in (Wrote, Commanded, Pressed, Reacted, Edited, Deleted, Joined, Left, Moved)
}


@dataclass(frozen=True, slots=True)
class Waiting:
    """An event that is not answered yet. `id` is its row's."""

    id: int
    event: Event


class Inbox:
    """Keeps events.

    Args:
        repository: where.
        clock: tells when they came.
    """

    def __init__(self, repository: "Repository", clock: Clock) -> None:
        self._repository = repository
        self._clock = clock

    def keep(self, event: Event) -> Waiting | None:
        """Write an event down; None if it was written down before, whatever became of it."""
        where = where_of(event)
        kept = self._repository.keep_event(
            where.platform,
            key_of(event),
            where.chat,
            encode(event),
            at=self._clock.now(),
            thread=where.thread,
            message=event.message.id if isinstance(event, Wrote) else None,
        )
        return None if kept is None else Waiting(kept, event)

    def begin(self, waiting: Waiting) -> bool:
        """Count an attempt to answer; False if there were too many, and it is given up, or if it
        was removed meanwhile."""
        attempts = self._repository.begin_event(waiting.id)
        if attempts <= MAX_ATTEMPTS:
            return attempts > 0
        log.error("gave up event=%s after attempts=%s", waiting.id, MAX_ATTEMPTS)
        self.done(waiting)
        return False

    def done(self, waiting: Waiting) -> None:
        """It is answered; its words are not kept any longer."""
        self._repository.event_done(waiting.id)

    def leave(self) -> None:
        """What is begun now was stopped on purpose: that attempt does not count."""
        self._repository.forgive_events()

    def waiting(self, platform: str) -> Sequence[Waiting]:
        """What an earlier run left unanswered on a platform, oldest first."""
        found = []
        for kept in self._repository.waiting_events():
            if kept.platform != platform:
                continue
            try:
                found.append(Waiting(kept.id, decode(kept.body)))
            except (ValueError, KeyError, ValidationError):  # of a release that wrote otherwise
                log.exception("event=%s cannot be read; given up", kept.id)
                self._repository.event_done(kept.id)
        return found


def where_of(event: Event) -> ChatRef:
    """The chat, and the thread of it, in which something happened."""
    return event.message.where if isinstance(event, ByMember) else event.where


def key_of(event: Event) -> str:
    """By what an event is known when it is delivered again: its own key; without one, a message's
    address, and for everything else nothing, since it may well happen twice."""
    if event.id is not None:
        return event.id
    match event:
        case Wrote(message=message) | Commanded(message=message):
            return json.dumps(["message", message.where.chat, message.where.thread, message.id])
        case _:
            return uuid4().hex


def encode(event: Event) -> str:
    """An event as one line of JSON; halves of characters are replaced."""
    kind = type(event).__name__
    (fields,) = _adapter(kind).dump_python((event,), mode="python")
    return json.dumps({"kind": kind, "event": _plain(fields)}, ensure_ascii=False)


def decode(body: str) -> Event:
    """The event that `encode` wrote.

    Raises:
        ValueError, KeyError: it did not.
    """
    read = json.loads(body)
    event: Event
    (event,) = _adapter(read["kind"]).validate_json(json.dumps([read["event"]]))
    return event


def _plain(value: Any) -> Any:
    """Values as JSON has them; bytes in base64, as `_adapter` reads them back."""
    match value:
        case str():
            return sound(value)
        case bytes():
            return base64.urlsafe_b64encode(value).decode()
        case dict():
            return {key: _plain(each) for key, each in value.items()}
        case list() | tuple() | frozenset():
            return [_plain(each) for each in value]
        case _:
            return value


@cache
def _adapter(kind: str) -> TypeAdapter[Any]:
    # in a tuple, because a dataclass takes its configuration from what is around it
    one: Any = tuple.__class_getitem__(_KINDS[kind])
    return TypeAdapter(one, config=ConfigDict(val_json_bytes="base64"))
